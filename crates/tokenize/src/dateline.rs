//! Datelines: `MOSCOW, February 24. /TASS/.` before the first sentence.

use crate::dates;
use crate::view::{Words, is_dash};
use decalque_text::{Span, TokenKind};

/// A dateline at the beginning of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// One past its last token.
    pub(crate) end: usize,
    /// The place; none in `April 1 (Bloomberg) —`.
    pub(crate) place: Option<Span>,
    /// The agency's name.
    pub(crate) agency: Option<Span>,
    /// A place and a dash, nothing more.
    bare: bool,
}

impl Dateline {
    /// True when a date or an agency shows that it is one.
    pub(crate) const fn is_certain(&self) -> bool {
        !self.bare
    }
}

/// Agencies that also stand without brackets.
#[rustfmt::skip]
const AGENCIES: &[&[&str]] = &[
    &["TASS"], &["ITAR-TASS"], &["INTERFAX"], &["Interfax"], &["RIA", "Novosti"], &["RIA", "NOVOSTI"],
    &["REUTERS"], &["Reuters"], &["AP"], &["AFP"], &["UPI"], &["DPA"], &["Xinhua"], &["XINHUA"],
    &["Sputnik"], &["INTERFAX.RU"], &["Interfax-Ukraine"], &["Ukrinform"], &["SANA"], &["BelTA"],
    &["BELTA"], &["Anadolu"], &["ТАСС"], &["РИА", "Новости"], &["ИНТЕРФАКС"],
];

/// Those of [`AGENCIES`] that begin with the same byte as a word.
fn agencies(word: &str) -> impl Iterator<Item = &'static &'static [&'static str]> {
    let first = word.as_bytes().first();
    let may_begin = first.is_some_and(|b| b.is_ascii_uppercase() || !b.is_ascii());
    let all = if may_begin { AGENCIES } else { &[] };
    all.iter().filter(move |name| name.first().and_then(|w| w.as_bytes().first()) == first)
}

/// Agencies that stand in brackets after a place without a date. Sorted.
#[rustfmt::skip]
const BRACKETED: &[&str] = &[
    "AA", "AFP", "ANI", "ANSA", "AP", "BBC", "Bloomberg", "CNN", "DPA", "DW", "EFE", "IANS", "INTERFAX",
    "IRNA", "Interfax", "KUNA", "Kyodo", "NBC", "Novosti", "PTI", "Petra", "REUTERS", "RFE", "RIA", "RT",
    "Reuters", "SANA", "SPA", "Sputnik", "TASS", "UNIAN", "UPI", "Ukrinform", "WAM", "XINHUA", "Xinhua",
    "Yonhap", "dpa", "РИА", "ТАСС",
];

/// Longest name of an agency, in bytes.
const LONGEST_NAME: usize = 24;

/// Capitals that are no place: with a dash behind them they begin an ordinary sentence.
#[rustfmt::skip]
const ACRONYMS: &[&str] = &[
    "NATO", "ISIS", "ISIL", "NASA", "TASS", "OSCE", "OPEC", "UNESCO", "UNICEF", "BREAKING", "UPDATE",
    "VIDEO", "PHOTO", "PHOTOS", "EXCLUSIVE", "OPINION", "WATCH", "NOTE", "LIVE",
];

/// Longest dateline in tokens.
const LONGEST: usize = 24;

/// The dateline that `from..to` begins with.
pub(crate) fn parse(words: Words<'_>, from: usize, to: usize) -> Option<Dateline> {
    if matches!(words.word(from), "(" | "/") {
        return agency_alone(words, from, to.min(from + LONGEST));
    }
    if !words.is_upper(from) || words.kind(from) != Some(TokenKind::Word) || goes_on_small(words, from + 1) {
        return None;
    }
    let to = to.min(from + LONGEST);
    if dates::month(words.word(from)).is_some() {
        let tail = Tail::read(words, from, to);
        let valid = tail.agency.is_some() && (tail.dash || tail.stop);
        return valid.then_some(Dateline { end: tail.at, place: None, agency: tail.agency, bare: false });
    }
    let (city_end, place_end, capitals) = place(words, from, to)?;
    let tail = Tail::read(words, place_end, to);
    let strong = tail.dated || tail.agency.is_some();
    let closed = tail.dash || tail.stop || tail.agency.is_some() && words.is_upper(tail.at);
    let valid = if capitals {
        closed && (strong || tail.dash && is_bare_place(words, from, city_end, tail.at))
    } else {
        closed && (tail.agency.is_some() || tail.dated && tail.dash)
    };
    if !valid {
        return None;
    }
    let city = words.get(from)?.span.cover(words.get(city_end.checked_sub(1)?)?.span);
    // `TASS, February 25.`
    let (place, agency) = match tail.agency {
        None if is_agency(city.text(words.text)) => (None, Some(city)),
        agency => (Some(city), agency),
    };
    Some(Dateline { end: tail.at, place, agency, bare: !strong })
}

/// `The minister`: no place and no date goes on with a small letter, unless it is that of a month or a day.
fn goes_on_small(words: Words<'_>, i: usize) -> bool {
    let word = words.word(i);
    words.kind(i) == Some(TokenKind::Word)
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && dates::month(word).is_none()
        && !dates::is_weekday(word)
}

/// `(Reuters) -`, `/TASS/.`: a known agency in brackets, and a mark or a capital after it.
fn agency_alone(words: Words<'_>, from: usize, to: usize) -> Option<Dateline> {
    let tail = Tail::read(words, from, to);
    let is_known = tail.agency.is_some_and(|a| a.text(words.text).split('/').any(is_agency));
    let is_closed = tail.dash || tail.stop || words.is_upper(tail.at);
    (is_known && is_closed).then_some(Dateline {
        end: tail.at,
        place: None,
        agency: tail.agency,
        bare: false,
    })
}

/// True for the name of an agency, or of several between slashes.
pub(crate) fn is_agency(name: &str) -> bool {
    let is_listed = |name: &str| {
        // Nearly every line that is asked about is too long: it need not be compared with all of them.
        name.len() <= LONGEST_NAME
            && (BRACKETED.binary_search(&name).is_ok()
                || agencies(name).any(|words| words.iter().copied().eq(name.split(' '))))
    };
    name.split('/').all(|name| is_listed(name.trim()))
}

/// The end of the city, the end of city and country, and whether the city is in capitals.
fn place(words: Words<'_>, from: usize, to: usize) -> Option<(usize, usize, bool)> {
    let capitals = is_capitals(words.word(from));
    let belongs = |i: usize| {
        let word = words.word(i);
        let dashed = words.kind(i) == Some(TokenKind::Word) && dates::month(word).is_none();
        dashed
            && if capitals {
                is_capitals(word)
            } else {
                words.is_upper(i) && !dates::is_weekday(word) && !is_capitals(word)
            }
    };
    // `BEIRUT/GENEVA`
    let joins = |i: usize| capitals && words.word(i) == "/" && belongs(i + 1) && words.touches(i + 1);
    let city_end = (from..to.min(from + 4)).find(|&i| !belongs(i) && !joins(i)).unwrap_or(to.min(from + 4));
    if city_end == from {
        return None;
    }
    Some((city_end, country(words, city_end, to), capitals))
}

/// The end of what follows a city after commas: its region, its country.
fn country(words: Words<'_>, city_end: usize, to: usize) -> usize {
    let is_day = |word: &str| dates::month(word).is_some() || dates::is_weekday(word);
    let mut end = city_end;
    while words.word(end) == "," && end + 1 < to && words.is_upper(end + 1) && !is_day(words.word(end + 1)) {
        let names = (end + 1..to.min(end + 4))
            .take_while(|&i| words.is_upper(i) && words.kind(i) == Some(TokenKind::Word))
            .count();
        end += 1 + names;
    }
    end
}

/// Three capitals or more, nothing else but hyphens and stops.
fn is_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).take(3).count() == 3
        && word.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '.' | '\'' | '’'))
}

/// `WASHINGTON — The`: a long dash, a capital after it, and no acronym before it.
fn is_bare_place(words: Words<'_>, from: usize, city_end: usize, end: usize) -> bool {
    let dash = end.checked_sub(1).map_or("", |i| words.word(i));
    let long = matches!(dash, "—" | "--" | "―");
    let acronym = ACRONYMS.contains(&words.word(from)) || words.word(from).len() < 4;
    long && !acronym && city_end - from <= 3 && words.is_upper(end)
}

/// Reads what comes after the place.
struct Tail<'a> {
    words: Words<'a>,
    to: usize,
    at: usize,
    agency: Option<Span>,
    dated: bool,
    dash: bool,
    stop: bool,
}

impl Tail<'_> {
    fn read(words: Words<'_>, at: usize, to: usize) -> Tail<'_> {
        let mut tail = Tail { words, to, at, agency: None, dated: false, dash: false, stop: false };
        while tail.at < to && tail.step() {}
        tail
    }

    /// Takes the next part; false when the dateline has ended.
    fn step(&mut self) -> bool {
        let word = self.words.word(self.at);
        match word {
            "," if !self.stop => self.advance(1),
            "." => {
                self.stop = true;
                self.advance(1) && self.goes_on()
            }
            "/" => self.enclosed("/"),
            "(" => self.enclosed(")"),
            _ if is_dash(word) => {
                self.dash = true;
                self.advance(1) && self.known_agency()
            }
            _ if self.agency.is_none() && self.known_agency() => true,
            _ => self.date_part(word),
        }
    }

    fn advance(&mut self, n: usize) -> bool {
        self.at += n;
        true
    }

    /// After a stop only an agency or a date belongs to the dateline.
    fn goes_on(&self) -> bool {
        let word = self.words.word(self.at);
        let agency = matches!(word, "/" | "(") || is_dash(word) || self.agency_length().is_some();
        agency && self.agency.is_none() || !self.dated && self.begins_date()
    }

    /// `February`, `24 February`
    fn begins_date(&self) -> bool {
        let is_month = |i: usize| dates::month(self.words.word(i)).is_some();
        is_month(self.at)
            || self.words.kind(self.at) == Some(TokenKind::Number)
                && self.words.word(self.at).len() <= 2
                && is_month(self.at + 1)
    }

    /// `/TASS/`, `(AP)`, `(ANTARA News/AFP)`
    fn enclosed(&mut self, close: &str) -> bool {
        let inner = self.at + 1;
        let Some(end) = (inner..self.to.min(inner + 6)).find(|&i| self.words.word(i) == close) else {
            return false;
        };
        let named = end > inner
            && (inner..end).all(|i| self.words.is_upper(i) || matches!(self.words.word(i), "-" | "." | "/"));
        // Brackets also hold other names: `Islamic State (ISIS) —`.
        let known = close == "/"
            || self.dated
            || (inner..end).any(|i| BRACKETED.binary_search(&self.words.word(i)).is_ok());
        if !named || !known || self.agency.is_some() {
            return false;
        }
        self.name(inner, end);
        self.stop = false;
        self.advance(end + 1 - self.at)
    }

    fn name(&mut self, from: usize, to: usize) {
        if let (Some(a), Some(b)) = (self.words.get(from), self.words.get(to - 1)) {
            self.agency = Some(a.span.cover(b.span));
        }
    }

    fn agency_length(&self) -> Option<usize> {
        agencies(self.words.word(self.at))
            .find(|name| name.iter().enumerate().all(|(i, w)| self.words.word(self.at + i) == *w))
            .map(|name| name.len())
    }

    fn known_agency(&mut self) -> bool {
        let Some(n) = self.agency_length() else { return false };
        // "MOSCOW - Reuters reports" is a sentence: a mark must follow.
        let next = self.words.word(self.at + n);
        if self.agency.is_some()
            || !(next == "." || next == "," || is_dash(next) || next == "/" || next == ")")
        {
            return false;
        }
        self.name(self.at, self.at + n);
        self.stop = false;
        self.dash = false;
        self.advance(n)
    }

    /// Month, day, year, day of the week, hour.
    fn date_part(&mut self, word: &str) -> bool {
        let near_month = |i: usize| dates::month(self.words.word(i)).is_some();
        let number = self.words.kind(self.at) == Some(TokenKind::Number);
        let before = || self.at.checked_sub(1).is_some_and(near_month);
        let day = number && word.len() <= 2 && (near_month(self.at + 1) || before());
        let year_or_hour = number && self.dated;
        let month = near_month(self.at);
        if self.stop && !self.begins_date() || !(month || day || year_or_hour || dates::is_weekday(word)) {
            return false;
        }
        self.dated = true;
        self.stop = false;
        self.advance(1)
    }
}

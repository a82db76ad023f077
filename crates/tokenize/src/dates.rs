//! Dates and times as news pages write them.

use crate::view::Words;
use decalque_text::TokenKind;
use jiff::civil::{Date, DateTime, Time};

/// Parts of a date that were found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Found {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<(i8, i8, i8)>,
    /// Words that belong to no date.
    other: usize,
}

const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "января", "янв"],
    &["february", "feb", "февраля", "фев"],
    &["march", "mar", "марта", "мар"],
    &["april", "apr", "апреля", "апр"],
    &["may", "мая", "май"],
    &["june", "jun", "июня", "июн"],
    &["july", "jul", "июля", "июл"],
    &["august", "aug", "августа", "авг"],
    &["september", "sep", "sept", "сентября", "сен"],
    &["october", "oct", "октября", "окт"],
    &["november", "nov", "ноября", "ноя"],
    &["december", "dec", "декабря", "дек"],
];

#[rustfmt::skip]
const DAYS: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues",
    "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "понедельник", "вторник", "среда", "четверг",
    "пятница", "суббота", "воскресенье",
];

#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "at", "on", "am", "pm", "a.m", "p.m", "gmt", "utc", "msk", "est", "edt", "et", "pst", "pdt", "cet",
    "cest", "bst", "ist", "z", "published", "updated", "posted", "last", "date", "time", "hrs", "h",
    "moscow", "в", "г", "года", "мск", "опубликовано", "обновлено",
];

/// The number of the month a word names.
pub(crate) fn month(word: &str) -> Option<i8> {
    // The longest name has 16 bytes.
    if word.len() > 18 {
        return None;
    }
    let n = match &beginning(word)? {
        b"jan" => 1,
        b"feb" => 2,
        b"mar" => 3,
        b"apr" => 4,
        b"may" => 5,
        b"jun" => 6,
        b"jul" => 7,
        b"aug" => 8,
        b"sep" => 9,
        b"oct" => 10,
        b"nov" => 11,
        b"dec" => 12,
        start if !start.is_ascii() => return wide_month(word),
        _ => return None,
    };
    let word = word.trim_end_matches('.');
    MONTHS[n - 1].iter().any(|name| name.eq_ignore_ascii_case(word)).then_some(n as i8)
}

/// The number of the month that a word names, which is not in Latin letters.
fn wide_month(word: &str) -> Option<i8> {
    let lower = word.trim_end_matches('.').to_lowercase();
    (1..).zip(MONTHS).find(|(_, names)| names.contains(&lower.as_str())).map(|(n, _)| n)
}

/// The first three bytes, in lower case where they are ASCII: no name of a month or day is shorter, and those in Latin
/// letters are told apart from all but a few other words by them.
fn beginning(word: &str) -> Option<[u8; 3]> {
    word.as_bytes().first_chunk::<3>().map(|start| start.map(|b| b.to_ascii_lowercase()))
}

/// True for the name of a day of the week.
pub(crate) fn is_weekday(word: &str) -> bool {
    if word.len() > 22 {
        return false;
    }
    match beginning(word).as_ref() {
        Some(b"mon" | b"tue" | b"wed" | b"thu" | b"fri" | b"sat" | b"sun") => {
            let word = word.trim_end_matches('.');
            DAYS.iter().any(|name| name.eq_ignore_ascii_case(word))
        }
        Some(start) if !start.is_ascii() => {
            DAYS.contains(&word.trim_end_matches('.').to_lowercase().as_str())
        }
        _ => false,
    }
}

/// Reads the parts of a date from tokens.
pub(crate) fn read(words: Words<'_>, from: usize, to: usize) -> Found {
    let mut found = Found::default();
    (from..to).for_each(|i| found.take_token(words, i));
    found
}

/// True when the tokens are a date and nothing else.
pub(crate) fn is_date_line(words: Words<'_>, from: usize, to: usize) -> bool {
    let mut found = Found::default();
    // The first other word decides.
    let is_plain = (from..to).all(|i| {
        found.take_token(words, i);
        found.other == 0
    });
    is_plain && found.is_complete()
}

impl Found {
    /// True when year, month and day are known.
    pub(crate) fn is_complete(&self) -> bool {
        self.date().is_some()
    }

    fn date(&self) -> Option<Date> {
        Date::new(self.year?, self.month?, self.day?).ok()
    }

    /// Milliseconds since 1970-01-01T00:00 of the civil time.
    pub(crate) fn millis(&self) -> Option<i64> {
        let (hour, minute, second) = self.time.unwrap_or((0, 0, 0));
        let time = Time::new(hour, minute, second, 0).unwrap_or(Time::midnight());
        let epoch = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
        i64::try_from(self.date()?.to_datetime(time).duration_since(epoch).as_millis()).ok()
    }

    fn take_token(&mut self, words: Words<'_>, i: usize) {
        match words.kind(i) {
            Some(TokenKind::Punctuation | TokenKind::Symbol) | None => {}
            _ => self.take(words.word(i)),
        }
    }

    /// Takes what one word says.
    fn take(&mut self, word: &str) {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            self.take_number(word);
        } else if let Some(month) = month(word) {
            self.month.get_or_insert(month);
        } else if !is_weekday(word) && !self.take_filler(word) {
            self.other += 1;
        }
    }

    fn take_filler(&mut self, word: &str) -> bool {
        let lower = word.trim_end_matches('.').to_lowercase();
        let shift = match (lower.as_str(), self.time) {
            ("pm" | "p.m", Some((hour @ 1..=11, _, _))) => Some(hour + 12),
            ("am" | "a.m", Some((12, _, _))) => Some(0),
            _ => None,
        };
        if let (Some(hour), Some(time)) = (shift, self.time.as_mut()) {
            time.0 = hour;
        }
        FILLERS.contains(&lower.as_str())
    }

    fn take_number(&mut self, word: &str) {
        let parts: Vec<&str> = word.split(|c: char| !c.is_ascii_digit()).take(8).collect();
        let number = |i: usize| parts.get(i).and_then(|p| p.parse::<i16>().ok());
        let separator = word.bytes().find(|b| !b.is_ascii_digit());
        match (parts.len(), separator) {
            (1, None) => self.take_whole(word.len(), number(0)),
            (_, Some(b':')) => self.take_time(number(0), number(1), number(2)),
            (3.., Some(separator @ (b'/' | b'.' | b'-'))) => {
                self.take_date([number(0), number(1), number(2)], separator);
                if parts.len() > 4 {
                    self.take_time(number(3), number(4), number(5));
                }
            }
            (_, Some(b's' | b'n' | b'r' | b't' | b'a' | b'p')) => self.take_suffixed(word, number(0)),
            _ => self.other += 1,
        }
    }

    /// `25`, `2016`
    fn take_whole(&mut self, digits: usize, number: Option<i16>) {
        match (digits, number) {
            (4, Some(year @ 1900..=2100)) => {
                self.year.get_or_insert(year);
            }
            (1 | 2, Some(day @ 1..=31)) => {
                self.day.get_or_insert(day as i8);
            }
            _ => self.other += 1,
        }
    }

    /// `25th`, `5pm`
    fn take_suffixed(&mut self, word: &str, number: Option<i16>) {
        match (word.trim_start_matches(|c: char| c.is_ascii_digit()), number) {
            ("st" | "nd" | "rd" | "th", Some(day @ 1..=31)) => {
                self.day.get_or_insert(day as i8);
            }
            (half @ ("am" | "pm"), Some(hour @ 1..=12)) => {
                self.time.get_or_insert((hour as i8, 0, 0));
                self.take_filler(half);
            }
            _ => self.other += 1,
        }
    }

    fn take_time(&mut self, hour: Option<i16>, minute: Option<i16>, second: Option<i16>) {
        match (hour, minute, second.unwrap_or(0)) {
            (Some(hour @ 0..=23), Some(minute @ 0..=59), second @ 0..=59) => {
                self.time.get_or_insert((hour as i8, minute as i8, second as i8));
            }
            _ => self.other += 1,
        }
    }

    /// `2016-02-25`, `02/25/2016` (American), `25.02.2016`; a month above 12 shows the other order.
    fn take_date(&mut self, parts: [Option<i16>; 3], separator: u8) {
        let [Some(a), Some(b), Some(c)] = parts else {
            self.other += 1;
            return;
        };
        let (year, month, day) = match (a, separator) {
            (1900.., _) => (a, b, c),
            (..=12, b'/') if b > 12 || a <= 12 => (c, a, b),
            _ => (c, b, a),
        };
        let year = if year < 100 { year + 2000 } else { year };
        match (i8::try_from(month), i8::try_from(day)) {
            (Ok(month), Ok(day)) if Date::new(year, month, day).is_ok() && self.year.is_none() => {
                (self.year, self.month, self.day) = (Some(year), Some(month), Some(day));
            }
            _ => self.other += 1,
        }
    }
}

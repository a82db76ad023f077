//! One pass over a document: where a name of a person or an organisation stands.

use crate::fold::{is_slavic, surname_key_of};
use crate::keys::Keys;
use crate::known::Known;
use crate::lexis::{Lexis, Marks, Memo, without_possessive};
use crate::lists;
use crate::organisations::{Lexicon, Organisation, organisation_key};
use decalque_evidence::{FullName, full_name};
use decalque_text::{Role, Sentence, Span, TokenKind, View};
use std::borrow::Cow;

/// A full name in the text.
#[derive(Debug, Clone)]
pub(crate) struct Full<'a> {
    pub(crate) token: usize,
    pub(crate) span: Span,
    pub(crate) given: &'a str,
    pub(crate) surname: &'a str,
    /// The office that stands before or after it.
    pub(crate) office: Option<&'a str>,
}

/// A capitalised word that may be a family name alone. Where something beside it says that it may be part of another name,
/// or its capital tells nothing, something else says that it is a person.
#[derive(Debug, Clone)]
pub(crate) struct Bare<'a> {
    pub(crate) token: usize,
    pub(crate) span: Span,
    /// Number of its key.
    pub(crate) key: u32,
    /// Whether an honorific says it is a woman.
    pub(crate) is_woman: Option<bool>,
    /// The office before it.
    pub(crate) office: Option<&'a str>,
    /// Something beside it says that it is a person.
    pub(crate) is_clear: bool,
    /// At the beginning of a sentence, and never with a capital inside one.
    pub(crate) is_unseen: bool,
    /// A given name, without a title before it.
    pub(crate) is_given: bool,
}

/// An organisation in the text.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) span: Span,
    /// Its key, without `organisation/`.
    pub(crate) key: Cow<'static, str>,
    /// Its name, when it is a well-known one.
    pub(crate) name: Option<&'static str>,
}

/// All names of a document, in text order each.
#[derive(Debug, Default)]
pub(crate) struct Found<'a> {
    pub(crate) full: Vec<Full<'a>>,
    pub(crate) bare: Vec<Bare<'a>>,
    pub(crate) groups: Vec<Group>,
    /// Acronyms that the document explains, as they are written, and the number of their group.
    pub(crate) acronyms: Vec<(&'a str, usize)>,
    /// Tokens in capitals that are no known organisation.
    pub(crate) capitals: Vec<usize>,
}

/// Buffers that are filled anew for every document.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    /// Of its tokens.
    marks: Vec<Marks>,
    /// Tokens that can begin a name.
    beginnings: Vec<u32>,
}

impl Buffers {
    fn fill(&mut self, view: &View, memo: &mut Memo, known: &Known) {
        memo.read(view, known, &mut self.marks);
        self.beginnings.resize(self.marks.len(), 0);
        let mut n = 0;
        for (i, marks) in (0..).zip(&self.marks) {
            // Written always, kept when it is one: a jump would be guessed wrong too often.
            self.beginnings[n] = i;
            n += usize::from(marks.has(Marks::BEGINNING));
        }
        self.beginnings.truncate(n);
    }
}

/// A sentence while it is scanned.
struct Line<'a, 'm> {
    lexis: Lexis<'a>,
    known: &'m Known<'m>,
    memo: &'m mut Memo,
    keys: &'m mut Keys,
    /// Of its tokens, from the first one.
    marks: &'m [Marks],
    start: usize,
    end: usize,
    /// Capitals tell nothing: a headline in title case.
    is_title_case: bool,
    /// Some word can be the head of an organisation's name.
    has_head: bool,
    /// One past the last run of capitals that was looked at for an organisation.
    looked: usize,
}

/// Find the names of a document.
pub(crate) fn scan<'a>(
    view: &'a View<'a>,
    known: &Known,
    (memo, keys): (&mut Memo, &mut Keys),
    buffers: &mut Buffers,
) -> Found<'a> {
    let mut found = Found::default();
    buffers.fill(view, memo, known);
    let Buffers { marks, beginnings } = buffers;
    for sentence in &view.layout.sentences {
        let (start, end) = (sentence.first_token as usize, (sentence.end_token as usize).min(marks.len()));
        let own = within(beginnings, start, end);
        let may = !own.is_empty() && sentence.role.is_content();
        let Some(marks) = may.then(|| marks.get(start..end)).flatten() else { continue };
        let Some((is_title_case, has_head)) = capitals(marks, sentence) else { continue };
        let (memo, keys) = (&mut *memo, &mut *keys);
        let (lexis, looked) = (Lexis(view), start);
        let line = Line { lexis, known, memo, keys, marks, start, end, is_title_case, has_head, looked };
        line.scan(own, &mut found);
    }
    found
}

/// Those of ascending places that lie between two.
fn within(places: &[u32], start: usize, end: usize) -> &[u32] {
    let before = |place: usize| places.partition_point(|&at| (at as usize) < place);
    places.get(before(start)..before(end)).unwrap_or_default()
}

/// Whether nearly all words of a line have a capital, and whether a head is among them; none for a line in which no name
/// can be found, because nearly all are capitals only.
fn capitals(marks: &[Marks], sentence: &Sentence) -> Option<(bool, bool)> {
    let (mut small, mut upper, mut title) = (0, 0, 0);
    let mut all = Marks::default();
    for &here in marks {
        small += here.count(Marks::SMALL);
        upper += here.count(Marks::UPPER);
        title += here.count(Marks::NAME);
        all = all.or(here);
    }
    let is_headline = matches!(sentence.role, Role::Title | Role::Heading);
    let (least, share) = if is_headline { (3, 3) } else { (6, 8) };
    let is_shouted = upper >= 4 && upper >= small + title;
    (!is_shouted).then_some((title >= least && small * share <= title, all.has(Marks::HEAD)))
}

/// What is no family name on its own.
const NEVER_BARE: Marks = Marks::HONORIFIC
    .or(Marks::OFFICE)
    .or(Marks::HEAD)
    .or(Marks::TIME)
    .or(Marks::PLACE)
    .or(Marks::THING)
    .or(Marks::ODD)
    .or(Marks::LONE);

impl<'a> Line<'a, '_> {
    fn scan(mut self, beginnings: &[u32], found: &mut Found<'a>) {
        let mut end = self.start;
        for at in beginnings.iter().map(|&at| at as usize) {
            if at >= end {
                end = self.step(at, self.marks(at), found);
            }
        }
    }

    /// What begins at a token, and one past its end; the token itself when nothing does.
    fn step(&mut self, at: usize, marks: Marks, found: &mut Found<'a>) -> usize {
        if marks.has(Marks::LISTED)
            && let Some(end) = self.listed(at, found)
        {
            return self.define(end, found);
        }
        if self.has_head
            && !self.is_title_case
            && marks.has(Marks::NAME.or(Marks::UPPER))
            && at >= self.looked
            && let Some(end) = self.pattern(at, found)
        {
            return self.define(end, found);
        }
        if marks.has(Marks::NAME.or(Marks::GIVEN))
            && let Some(end) = self.full(at, found)
        {
            return end;
        }
        if marks.has(Marks::NAME) {
            return self.bare(at, marks, found);
        }
        if marks.has(Marks::UPPER) {
            found.capitals.push(at);
        }
        at
    }

    fn has(&self, i: usize, marks: Marks) -> bool {
        self.marks(i).has(marks)
    }

    /// The marks of token `i`; none when it is not in the line.
    fn marks(&self, i: usize) -> Marks {
        i.checked_sub(self.start).and_then(|i| self.marks.get(i)).copied().unwrap_or_default()
    }

    /// Token `i` is followed by a blank and another token of the line.
    fn goes_on(&self, i: usize) -> bool {
        i + 1 < self.end && self.lexis.is_blank_after(i)
    }

    /// The text of tokens `from..to` without a possessive ending.
    fn span(&self, from: usize, to: usize) -> Span {
        let tokens = self.lexis.view().tokens();
        let last = tokens[to - 1].span;
        if !self.has(to - 1, Marks::POSSESSIVE) {
            return Span::new(tokens[from].span.start, last.end);
        }
        let kept = without_possessive(last.text(self.lexis.view().text)).len() as u32;
        Span::new(tokens[from].span.start, last.start + kept.max(1).min(last.len()))
    }

    // Organisations.

    fn listed(&self, at: usize, found: &mut Found<'a>) -> Option<usize> {
        let (org, end) = Lexicon::built_in().find(&self.lexis, at, self.end)?;
        let is_single = end == at + 1;
        // `RT @someone` is a forwarded message.
        if is_single && self.lexis.view().tokens().get(end).is_some_and(|t| t.kind == TokenKind::Handle) {
            return None;
        }
        if is_single && self.has(at, Marks::NAME) && self.has(at, Marks::COMMON) && self.opens(at) {
            return None;
        }
        // A longer name that only begins like this one: `Congress Hall`, `Republican Party of Armenia`.
        if is_single && self.has(at, Marks::NAME) && self.goes_on(end - 1) && self.is_longer(at, end) {
            return None;
        }
        found.groups.push(self.group_of(org, at, end));
        Some(end)
    }

    fn is_longer(&self, at: usize, end: usize) -> bool {
        !self.is_title_case
            && !self.has(at, Marks::POSSESSIVE)
            && self.has(end, Marks::HEAD.or(Marks::THING))
            && self.has(end, Marks::NAME)
    }

    fn group_of(&self, org: &'static Organisation, at: usize, end: usize) -> Group {
        let key = org.id.strip_prefix("organisation/").unwrap_or(&org.id);
        let mut span = self.span(at, end);
        // An apostrophe that belongs to the name: `McDonald's`.
        if org.name.ends_with("'s") && self.has(end - 1, Marks::POSSESSIVE) {
            span.end = self.lexis.view().tokens()[end - 1].span.end;
        }
        Group { span, key: key.into(), name: Some(&org.name) }
    }

    /// An organisation by the shape of its name: capitals that end in `Ministry`, or begin with `Ministry of`.
    fn pattern(&mut self, at: usize, found: &mut Found<'a>) -> Option<usize> {
        let end = self.run_end(at);
        self.looked = end;
        if !(at..end).any(|i| self.has(i, Marks::HEAD)) {
            return None;
        }
        let (from, to) = self.of_form(at, end).or_else(|| self.head_last(at, end))?;
        // Names before it in the run are looked at on their own.
        for i in at..from {
            if self.has(i, Marks::NAME) && !self.has(i, Marks::OFFICE) {
                self.full(i, found);
            }
        }
        let name = self.span(from, to);
        let key = organisation_key(name.text(self.lexis.view().text));
        let known = Lexicon::built_in().of_key(&key);
        found.groups.push(match known {
            Some(org) => Group { span: name, ..self.group_of(org, from, to) },
            None => Group { span: name, key: key.into(), name: None },
        });
        Some(to)
    }

    /// One past the run of capitals that begins at a token, connectors between them included.
    fn run_end(&self, at: usize) -> usize {
        let is_capital = |i: usize| self.has(i, Marks::NAME.or(Marks::UPPER));
        let mut end = at + 1;
        while self.goes_on(end - 1) && !(self.has(end - 1, Marks::POSSESSIVE)) {
            let gap = (end..self.end.min(end + 2))
                .take_while(|&i| self.has(i, Marks::CONNECTOR) && self.goes_on(i));
            let next = end + gap.count();
            if next >= self.end || !is_capital(next) {
                break;
            }
            end = next + 1;
        }
        end
    }

    /// `Ministry of Defense of Russia`, with the words before the head.
    fn of_form(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        let is_of = |i: usize| i < end && matches!(self.lexis.norm(i), "of" | "for");
        let is_on = |i: usize| {
            let head = self.lexis.norm(i);
            i + 1 < end
                && matches!(head, "commission" | "committee" | "board")
                && self.lexis.norm(i + 1) == "on"
        };
        let head = (at..end).find(|&i| self.has(i, Marks::HEAD) && (is_of(i + 1) || is_on(i)))?;
        let mut to = self.complement(head, head + 2, end)?;
        if is_of(to)
            && let Some(more) = self.complement(head, to + 1, end)
            && lists::country(self.lexis.norm(more - 1)).is_some()
        {
            to = more;
        }
        let from = self.trimmed(at, head);
        let nation = lists::country(self.lexis.norm(to - 1));
        // `Association of European businesses`, `Department of Ukraine` say too little.
        let is_adjective =
            nation.is_some_and(|n| n != self.lexis.norm(to - 1)) && self.lexis.norm(to - 1) != "federation";
        let is_bare = nation.is_some() && from == head && to <= head + 4 && !self.is_national(head);
        (!is_adjective && !is_bare || self.is_ministry_of_two(head, to)).then_some((from, to))
    }

    /// Heads that a country alone makes a name: `Bank of Russia`.
    fn is_national(&self, head: usize) -> bool {
        matches!(self.lexis.norm(head), "bank" | "parliament" | "embassy" | "army")
    }

    /// `Ministry of Defense of Russia`: more than a country after the head.
    fn is_ministry_of_two(&self, head: usize, to: usize) -> bool {
        (head + 2..to).filter(|&i| self.lexis.norm(i) == "of").count() == 1
    }

    /// One past the words after `of`: `the Defense`, `Industry and Trade`. A person's name, a day and a second head end
    /// them.
    fn complement(&self, head: usize, at: usize, end: usize) -> Option<usize> {
        let first = at + usize::from(self.lexis.norm(at) == "the");
        let is_double = matches!(
            self.lexis.norm(head),
            "ministry"
                | "department"
                | "committee"
                | "commission"
                | "council"
                | "center"
                | "centre"
                | "museum"
        );
        let goes_on = |&i: &usize| match () {
            () if self.has(i, Marks::TIME) => false,
            () if self.has(i, Marks::CONNECTOR) => is_double && i > first && self.lexis.norm(i) == "and",
            () => i == first || !self.has(i, Marks::GIVEN),
        };
        let mut to = (first..end).take_while(goes_on).last()? + 1;
        if self.has(to - 1, Marks::CONNECTOR) {
            to -= 1;
        }
        let is_head = to == first + 1 && self.has(first, Marks::HEAD);
        (to > first && !is_head).then_some(to)
    }

    /// `Russian Foreign Ministry`: capitals before a head, back to the last connector.
    fn head_last(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        let head = (at..end).rev().find(|&i| self.has(i, Marks::HEAD) && self.has(i, Marks::NAME))?;
        let from = self.trimmed(at, head);
        let has_name = (from..head).any(|i| !self.has(i, Marks::TIME));
        let is_state = matches!(
            (self.lexis.norm(from), self.lexis.norm(head)),
            ("soviet", "union") | (_, "federation") if from + 1 == head && self.has(from, Marks::PLACE)
        );
        let is_no_group = matches!(
            (self.lexis.norm(from), self.lexis.norm(head)),
            ("oval", "office")
                | ("electoral", "college")
                | ("wall", _)
                | ("trade", "center")
                | ("home" | "front", "front")
        );
        (from < head && has_name && !is_state && !is_no_group).then_some((from, head + 1))
    }

    /// Where the words before a head begin: after connectors, offices, honorifics, days, and the first word of a
    /// sentence when its capital tells nothing.
    fn trimmed(&self, at: usize, head: usize) -> usize {
        let stop = Marks::CONNECTOR
            .or(Marks::OFFICE)
            .or(Marks::HONORIFIC)
            .or(Marks::TIME)
            .or(Marks::POSSESSIVE)
            .or(Marks::LOOSE);
        let from = (at..head).rev().take_while(|&i| !self.has(i, stop)).last().unwrap_or(head);
        let opens = from == self.start || self.after_mark(from);
        let tells_nothing = opens && self.has(from, Marks::COMMON) && !self.has(from, Marks::PLACE);
        if tells_nothing && from < head { from + 1 } else { from }
    }

    /// Right after a mark that may begin a sentence.
    fn after_mark(&self, at: usize) -> bool {
        let mark = at.checked_sub(1).filter(|&i| i >= self.start);
        mark.is_some_and(|i| {
            let token = self.lexis.view().tokens()[i];
            token.kind == TokenKind::Punctuation
                && !matches!(self.lexis.view().token_text(i), "," | "(" | "-" | "–")
        })
    }

    /// `(ACR)` after a group: the document's own acronym.
    fn define(&self, end: usize, found: &mut Found<'a>) -> usize {
        let view = self.lexis.view();
        let is_defined = end + 2 < self.end
            && self.has(end + 1, Marks::UPPER)
            && view.token_text(end) == "("
            && view.token_text(end + 2) == ")";
        if let (true, Some(number)) = (is_defined, found.groups.len().checked_sub(1)) {
            let (acronym, full) = (view.token_text(end + 1), found.groups[number].span.text(view.text));
            if is_acronym(acronym, full) {
                found.acronyms.push((acronym, number));
            }
        }
        end
    }

    // People.

    fn full(&mut self, at: usize, found: &mut Found<'a>) -> Option<usize> {
        let name = self.full_name(at)?;
        let end = name.end.min(self.end);
        let is_headline = self.is_title_case && self.is_common(end - 1);
        let is_titled = self.has(at, Marks::OFFICE) && !self.has(at, Marks::GIVEN);
        let is_person =
            end > at && self.is_person(at, end) && !self.is_called_after(end) && self.is_apart(at);
        if !is_person || is_headline || is_titled {
            return None;
        }
        let (surname, end) = self.longer(name.surname, end);
        let office = self.office_before(at).or_else(|| self.office_after(end));
        let span = self.span(at, end);
        found.full.push(Full { token: at, span, given: name.given, surname, office });
        Some(end)
    }

    /// More often written small, whatever its case is here.
    fn is_common(&self, i: usize) -> bool {
        match self.has(i, Marks::LOWER) {
            true => self.known.is_common(&self.lexis.view().word(i)),
            false => self.has(i, Marks::COMMON),
        }
    }

    /// Not a pair of capitals that names something else.
    fn is_person(&self, at: usize, end: usize) -> bool {
        let never = Marks::THING.or(Marks::HEAD).or(Marks::TIME).or(Marks::PLACE).or(Marks::PATRONYMIC);
        let speaks = (at + 1..end).any(|i| self.has(i, Marks::SPEECH));
        let is_short = self.has(end - 1, Marks::LETTERS.or(Marks::INITIAL));
        end > at + 1 && !self.has(end - 1, never) && !self.has(at, Marks::PLACE) && !speaks && !is_short
    }

    /// A name of three words: `Keith Lamont Scott`. The last is the family name.
    fn longer(&self, surname: &'a str, end: usize) -> (&'a str, usize) {
        let never = Marks::OFFICE
            .or(Marks::HONORIFIC)
            .or(Marks::TIME)
            .or(Marks::PLACE)
            .or(Marks::THING)
            .or(Marks::HEAD);
        let begins_another = self.has(end, Marks::GIVEN) && self.next_is_capital(end);
        let is_part = !self.is_title_case
            && self.goes_on(end - 1)
            && !self.has(end - 1, Marks::POSSESSIVE)
            && self.has(end, Marks::NAME)
            && !self.has(end, never.or(Marks::COMMON).or(Marks::ODD).or(Marks::LISTED))
            && !begins_another
            && !matches!(self.lexis.norm(end), "jr." | "sr." | "jr" | "sr")
            && !surname.contains(' ')
            && !is_slavic(&surname_key_of(surname));
        let last = without_possessive(self.lexis.view().token_text(end));
        if is_part { (last, end + 1) } else { (surname, end) }
    }

    /// A full name by its given name or an office; else one that the corpus has.
    fn full_name(&mut self, at: usize) -> Option<FullName<'a>> {
        let may = self.has(at, Marks::GIVEN)
            || self.has(at, Marks::NAME)
                && at > self.start
                && self.has(at - 1, Marks::OFFICE)
                && self.goes_on(at - 1);
        let by_given = may.then(|| full_name(self.lexis.view(), at)).flatten();
        by_given.or_else(|| self.known_name(at))
    }

    /// A given name or an initial, and a family name that the corpus has with it.
    fn known_name(&mut self, at: usize) -> Option<FullName<'a>> {
        let last = (at + 1..self.end.min(at + 4)).find(|&i| !self.has(i, Marks::INITIAL))?;
        // `Valery heletey`: a family name that lost its capital.
        let is_small = last == at + 1
            && self.has(at, Marks::GIVEN)
            && self.has(at, Marks::NAME)
            && !self.has(at, Marks::INITIAL)
            && self.has(last, Marks::LOWER);
        let is_name = self.has(last, Marks::NAME);
        let begins = self.has(at, Marks::NAME.or(Marks::INITIAL));
        let view = self.lexis.view();
        if !(begins && (is_small || is_name) && (at..last).all(|i| matches!(view.gap_after(i), " " | ""))) {
            return None;
        }
        let (given, surname) = (view.token_text(at), without_possessive(view.token_text(last)));
        let fits = (!is_name || self.is_known(last))
            && (self.has(at, Marks::INITIAL)
                || last == at + 1 && self.known.has(given, &surname_key_of(surname)));
        fits.then_some(FullName { given, surname, end: last + 1 })
    }

    /// The name at token `i` is the family name of somebody whom the corpus names in full.
    fn is_known(&mut self, i: usize) -> bool {
        let key = self.key(i);
        self.keys.is_known(key, self.known)
    }

    /// The number of the key of the name at token `i` as a family name.
    fn key(&mut self, i: usize) -> u32 {
        let view = self.lexis.view();
        view.terms.get(i).map_or(0, |&term| self.memo.key(term, view.vocabulary, self.keys))
    }

    /// `Nelson Mandela Bay`, `Alexander Nevsky Cathedral`.
    fn is_called_after(&self, end: usize) -> bool {
        let is_thing = self.has(end, Marks::THING.or(Marks::HEAD)) && self.has(end, Marks::NAME);
        is_thing && self.goes_on(end - 1) && !self.has(end - 1, Marks::POSSESSIVE) && !self.is_title_case
    }

    /// No capital right before it that could be the beginning of the name.
    fn is_apart(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|&i| self.has(i, Marks::NAME) && self.goes_on(i));
        let fine = Marks::OFFICE.or(Marks::HONORIFIC).or(Marks::POSSESSIVE).or(Marks::PLACE).or(Marks::TIME);
        before.is_none_or(|i| {
            self.is_title_case || i == self.start || self.has(i, fine) || !self.has(i, Marks::GIVEN)
        })
    }

    fn office_before(&self, at: usize) -> Option<&'a str> {
        let i = at.checked_sub(1)?;
        (self.has(i, Marks::OFFICE) && self.goes_on(i)).then(|| self.lexis.norm(i))
    }

    /// `, the Kremlin spokesman,`
    fn office_after(&self, end: usize) -> Option<&'a str> {
        if end >= self.end || self.lexis.view().token_text(end) != "," {
            return None;
        }
        let office = (end + 1..self.end.min(end + 6)).find(|&i| self.has(i, Marks::OFFICE))?;
        Some(self.lexis.norm(office))
    }

    /// Note a family name that stands alone; one past it.
    fn bare(&mut self, at: usize, marks: Marks, found: &mut Found<'a>) -> usize {
        if marks.has(NEVER_BARE) {
            return at;
        }
        let from = self.particles(at);
        let (honorific, office) = (self.honorific_before(from), self.office_before(from));
        let is_titled = honorific.is_some() || office.is_some();
        let is_joined = self.joins(from, at, is_titled);
        let tells_nothing = marks.has(Marks::COMMON.or(Marks::UNSEEN)) && self.opens(at);
        let is_doubtful = is_joined || tells_nothing && marks.has(Marks::COMMON);
        let is_clear = !is_joined && (is_titled || self.speaks(at));
        if is_doubtful && !is_clear {
            return at + 1;
        }
        found.bare.push(Bare {
            token: at,
            span: self.span(from, at + 1),
            key: self.key(at),
            is_woman: honorific.and_then(is_womans_title),
            office,
            is_clear,
            is_unseen: tells_nothing && marks.has(Marks::UNSEEN),
            is_given: marks.has(Marks::GIVEN) && !is_titled,
        });
        at + 1
    }

    /// The honorific right before a token; `Miss Universe` and `St. Louis` are no people.
    fn honorific_before(&self, at: usize) -> Option<&'a str> {
        let i = at.checked_sub(1).filter(|&i| self.has(i, Marks::HONORIFIC) && self.goes_on(i))?;
        Some(self.lexis.norm(i)).filter(|norm| !matches!(*norm, "miss" | "st" | "st."))
    }

    /// The first of the particles right before a family name: `de Mistura`.
    fn particles(&self, at: usize) -> usize {
        let before = (self.start.max(at.saturating_sub(3))..at).rev();
        before.take_while(|&i| self.has(i, Marks::PARTICLE) && self.goes_on(i)).last().unwrap_or(at)
    }

    fn opens(&self, at: usize) -> bool {
        at == self.start || self.after_mark(at) || self.is_title_case
    }

    /// A verb of speech right after it, or right before it with nothing more of a name after. At the beginning of a
    /// sentence a verb says little of a word that is usually small: `Authorities said`.
    fn speaks(&self, at: usize) -> bool {
        let follows =
            || self.has(at + 1, Marks::SPEECH) && self.has(at + 1, Marks::LOWER) && self.goes_on(at);
        let leads = || {
            at > self.start
                && self.has(at - 1, Marks::INVERTED)
                && self.has(at - 1, Marks::LOWER)
                && self.goes_on(at - 1)
                && !self.next_is_capital(at)
        };
        !self.has(at, Marks::POSSESSIVE.or(Marks::COMMON)) && (follows() || leads())
    }

    fn next_is_capital(&self, at: usize) -> bool {
        self.has(at + 1, Marks::NAME.or(Marks::UPPER)) && self.goes_on(at)
    }

    /// Capitals beside it that make it part of another name.
    fn joins(&self, from: usize, at: usize, is_titled: bool) -> bool {
        if self.is_title_case {
            return self.has(at + 1, Marks::THING.or(Marks::HEAD)) && !self.has(at, Marks::POSSESSIVE);
        }
        let next = self.next_is_capital(at)
            && !self.has(at, Marks::POSSESSIVE)
            && !self.has(at + 1, Marks::TIME.or(Marks::PLACE));
        let fine = Marks::OFFICE.or(Marks::HONORIFIC).or(Marks::POSSESSIVE).or(Marks::PLACE).or(Marks::TIME);
        let is_capital = |i: usize| self.has(i, Marks::NAME.or(Marks::UPPER)) && !self.has(i, fine);
        let before = from.checked_sub(1).filter(|&i| i > self.start && is_capital(i) && self.goes_on(i));
        next || before.is_some() && !is_titled
    }
}

/// Whether an honorific is a woman's; none when it does not tell.
fn is_womans_title(norm: &str) -> Option<bool> {
    match norm.strip_suffix('.').unwrap_or(norm) {
        "mr" | "sir" | "lord" => Some(false),
        "mrs" | "ms" | "miss" | "lady" | "dame" => Some(true),
        _ => None,
    }
}

/// Whether the letters of an acronym are the first letters of a name's capitalised words, in order.
fn is_acronym(acronym: &str, full: &str) -> bool {
    let initials = full.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase());
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() >= 2 && initials.eq(letters)
}

//! Noun phrases beside a verb, found without a grammar: closed word classes end them.

use crate::lexis::Flags;
use crate::page::Page;

/// A noun phrase: tokens `start..end`, within one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Longest noun phrase in tokens.
const LONGEST: usize = 14;

const NOT_NOUN: Flags = Flags::PREPOSITION
    .and(Flags::CONJUNCTION)
    .and(Flags::SUBORDINATOR)
    .and(Flags::RELATIVE)
    .and(Flags::AUXILIARY)
    .and(Flags::PRONOUN)
    .and(Flags::TIME)
    .and(Flags::ADVERB)
    .and(Flags::DETERMINER);

impl Page<'_> {
    /// A word that can stand inside a noun phrase. Capitals win over word classes: `May`, `Will`, `Just`.
    fn is_nominal(&self, i: usize) -> bool {
        let is_function = self.is(i, NOT_NOUN) && !self.is(i, Flags::GIVEN.and(Flags::HONORIFIC));
        self.is(i, Flags::WORD) && !is_function
    }

    fn is_name_part(&self, i: usize) -> bool {
        self.is_nominal(i) && self.is(i, Flags::CAPITAL) || self.is_particle(i)
    }

    /// `de` between capitals
    fn is_particle(&self, i: usize) -> bool {
        let is_between = i > 0 && self.is(i - 1, Flags::CAPITAL) && self.is(i + 1, Flags::CAPITAL);
        is_between
            && matches!(
                self.norm(i),
                "de" | "van" | "von" | "der" | "bin" | "al" | "el" | "da" | "di" | "la" | "le" | "&"
            )
    }

    fn is_verb(&self, i: usize) -> bool {
        self.is(i, Flags::SAYS.and(Flags::JUDGES))
            && !self.is(i, Flags::CAPITAL)
            && !self.is(i, Flags::OFFICE)
    }

    /// The noun phrase whose last token is `last`, no further left than `lo`, with what `of` and `for` hang on it:
    /// `a spokesman for the ministry`.
    pub(crate) fn phrase_before(&self, last: usize, lo: usize) -> Option<Phrase> {
        let mut start = self.simple_before(last, lo)?;
        while start > lo + 1 && last - start < LONGEST {
            let (preposition, head) = (start - 1, start - 2);
            match self.hangs_on(preposition, head).then(|| self.simple_before(head, lo)).flatten() {
                // `On the eve of the talks Lavrov said`
                Some(wider)
                    if wider > lo
                        && self.is(wider - 1, Flags::PREPOSITION)
                        && !self.begins_sentence(wider) =>
                {
                    break;
                }
                Some(wider) => start = wider,
                None => break,
            }
        }
        Some(Phrase { start, end: last + 1 })
    }

    /// True when this preposition hangs an attribute on the noun before it.
    fn hangs_on(&self, preposition: usize, head: usize) -> bool {
        let is_agent =
            || self.is(head, Flags::AGENT.and(Flags::SPEECH_NOUN)) || self.norm(head).ends_with('s');
        let is_hung = || match self.norm(preposition) {
            "of" => true,
            "for" | "at" | "in" | "from" | "with" | "to" | "on" => is_agent(),
            _ => false,
        };
        self.is(preposition, Flags::PREPOSITION)
            && is_hung()
            && self.is_nominal(head)
            && !self.is_verb(head)
            && !self.begins_sentence(preposition)
    }

    /// Where the noun phrase without attributes that ends at `last` begins.
    fn simple_before(&self, last: usize, lo: usize) -> Option<usize> {
        if !self.is_nominal(last) || self.is_verb(last) {
            return None;
        }
        let low = lo.max(last.saturating_sub(LONGEST));
        let run = |from: usize, is: &dyn Fn(usize) -> bool| {
            (low..from).rev().take_while(|&i| is(i) && !self.begins_sentence(i + 1)).last().unwrap_or(from)
        };
        let mut start = last;
        if self.is_name_part(last) {
            start = run(last, &|i| self.is_name_part(i));
            let common =
                run(start, &|i| self.is_nominal(i) && !self.is_verb(i) && !self.is(i, Flags::GERUND));
            let in_adverbial = common > low && self.is(common - 1, Flags::PREPOSITION)
                || common > low + 1
                    && self.is(common - 1, Flags::DETERMINER)
                    && self.is(common - 2, Flags::PREPOSITION);
            if !in_adverbial || self.is(start - usize::from(start > low), Flags::AGENT) {
                start = common;
            }
        } else {
            start = run(start, &|i| self.is_nominal(i) && !self.is_verb(i));
        }
        let determined = start > low && self.is(start - 1, Flags::DETERMINER) && !self.begins_sentence(start);
        Some(start - usize::from(determined))
    }

    /// The noun phrase that begins at `from`, below `hi`; adverbs and dates before it are skipped.
    pub(crate) fn phrase_after(&self, from: usize, hi: usize) -> Option<Phrase> {
        let skip = Flags::ADVERB.and(Flags::TIME);
        let start = (from..hi.min(from + 4))
            .find(|&i| !self.is(i, skip) || self.is(i, Flags::GIVEN.and(Flags::HONORIFIC)))?;
        if self.is(start, Flags::PRONOUN) {
            return Some(Phrase { start, end: start + 1 });
        }
        let head = start + usize::from(self.is(start, Flags::DETERMINER));
        let end = self.simple_end(head, hi.min(head + LONGEST));
        (end > head).then(|| Phrase { start, end: self.hung_end(head, end, hi) })
    }

    /// One past the noun phrase without attributes whose first noun or adjective is at `head`.
    fn simple_end(&self, head: usize, hi: usize) -> usize {
        let (mut i, mut is_named) = (head, false);
        let is_determined = head > 0 && self.is(head - 1, Flags::DETERMINER);
        let is_noun = |i: usize| !self.is_verb(i) || i == head && is_determined;
        while i < hi
            && (self.is_nominal(i) || self.is_particle(i))
            && is_noun(i)
            && (i == head || !self.begins_sentence(i))
        {
            let is_capital = self.is(i, Flags::CAPITAL);
            // A name ends where small letters begin, unless they are an office between the parts: `MSNBC host Chris Matthews`.
            let before_name = (i..hi.min(i + 3))
                .take_while(|&j| self.is_nominal(j) && !self.is_verb(j))
                .any(|j| self.is(j, Flags::AGENT))
                || i > head && self.is(i - 1, Flags::POSSESSIVE);
            // `a State Department memo said`
            let before_verb = is_determined
                && (self.is_verb(i + 1)
                    || self.is(i + 1, Flags::AUXILIARY)
                    || self.is_word(i + 1, Flags::LEAD, "put"));
            if is_named && !is_capital && !before_name && !before_verb && !self.is_particle(i) {
                break;
            }
            is_named = is_capital || is_named && before_name;
            i += 1;
        }
        i
    }

    /// `the head of the agency`: an attribute belongs to a common noun, not to a name.
    fn hung_end(&self, head: usize, end: usize, hi: usize) -> usize {
        let is_hung = end < hi
            && self.is(end, Flags::PREPOSITION)
            && matches!(self.norm(end), "of" | "for" | "at" | "to")
            && !self.begins_sentence(end);
        let is_common = (head..end).any(|i| !self.is(i, Flags::CAPITAL)) || self.is(end - 1, Flags::OFFICE);
        let last_is_name = self.is(end - 1, Flags::CAPITAL) && !self.is(end - 1, Flags::OFFICE);
        if !is_hung || !is_common || last_is_name {
            return end;
        }
        let inner = end + 1 + usize::from(self.is(end + 1, Flags::DETERMINER));
        let wider = self.simple_end(inner, hi.min(inner + LONGEST));
        if wider > inner { self.hung_end_once(inner, wider, hi) } else { end }
    }

    fn hung_end_once(&self, inner: usize, end: usize, hi: usize) -> usize {
        if !self.is_word(end, Flags::PREPOSITION, "of") || self.begins_sentence(end) {
            return end;
        }
        let from = end + 1 + usize::from(self.is(end + 1, Flags::DETERMINER));
        let wider = self.simple_end(from, hi.min(from + LONGEST));
        if wider > from && wider - inner < LONGEST { wider } else { end }
    }
}

//! Verbs of speech and their subjects.

use crate::lexis::Flags;
use crate::page::Page;
use crate::phrase::Phrase;

/// Farthest a subject is looked for, in tokens.
const REACH: usize = 70;

/// Most adverbs before a verb.
const ADVERBS: usize = 4;
/// Most verbs between one and its main verb.
const DEPTH: u32 = 3;

const VERB: Flags = Flags::SAYS.and(Flags::JUDGES);
/// What stands between a subject and its verb.
const PASSED: Flags = Flags::ADVERB.and(Flags::AUXILIARY).and(Flags::TIME).and(Flags::NUMBER);
/// What ties a verb to another one: `and`, `to`, `while`.
const LINKS: Flags = Flags::CONJUNCTION
    .and(Flags::PREPOSITION)
    .and(Flags::COMMA)
    .and(Flags::DASH)
    .and(Flags::SUBORDINATOR)
    .and(VERB);
/// What opens a sentence before its subject.
const INTRODUCTION: Flags = Flags::PREPOSITION
    .and(Flags::SUBORDINATOR)
    .and(Flags::GERUND)
    .and(Flags::ADVERB)
    .and(Flags::TIME)
    .and(Flags::NUMBER);
/// Classes of words that are no adjective.
const NO_ADJECTIVE: Flags = Flags::CAPITAL
    .and(Flags::AGENT)
    .and(Flags::PRONOUN)
    .and(Flags::AUXILIARY)
    .and(Flags::ADVERB)
    .and(Flags::CONJUNCTION)
    .and(Flags::TIME)
    .and(Flags::RELATIVE)
    .and(Flags::SUBORDINATOR);

/// Who speaks, by which word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Source {
    /// The verb; none for a colon or a dash.
    pub(crate) cue: Option<usize>,
    /// The words that name the speaker.
    pub(crate) phrase: Phrase,
}

/// What a walk to the left meets first, adverbs, auxiliaries, dates and brackets passed over.
enum Met {
    /// The sentence begins.
    Start,
    /// A quotation that opens here.
    Quotation,
    /// A pronoun joined to an auxiliary: `he's`.
    Joined(usize),
    /// Any other token.
    Token(usize),
}

impl Page<'_> {
    /// The nearest verb of speech left of `from` in its sentence, with its subject; else the nearest noun (`his claim`).
    /// A pronoun that another verb of the sentence leads (`Petrov said he hopes`) gives way to the subject of that verb.
    pub(crate) fn source_before(&self, from: usize, lo: usize, reach: usize) -> Option<Source> {
        let found = self.walk(from, lo, reach, |i| self.source_at(i, lo, from));
        let Some(source) = found else { return self.walk(from, lo, reach, |i| self.noun_at(i, lo)) };
        let start = source.phrase.start;
        let is_led = self.is(start, Flags::PRONOUN)
            && start > lo
            && !self.begins_sentence(start)
            && !self.is(start - 1, Flags::CONJUNCTION.and(Flags::COMMA));
        let is_before = source.cue.is_some_and(|cue| start < cue);
        let is_embedded = is_before && (is_led || self.is(source.phrase.end, Flags::RELATIVE));
        let outer =
            is_embedded.then(|| self.walk(start, lo, reach, |i| self.source_at(i, lo, start))).flatten();
        Some(outer.unwrap_or(source))
    }

    /// The first find on the way left to the sentence's start, at most `reach` tokens.
    fn walk<T>(&self, from: usize, lo: usize, reach: usize, find: impl Fn(usize) -> Option<T>) -> Option<T> {
        let mut i = from;
        for _ in 0..reach {
            if self.begins_sentence(i) {
                return None;
            }
            i = self.left(i, lo)?;
            let found = if self.is_quotation(i) { None } else { find(i) };
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The leftmost finite verb of speech, with its subject, in the nearest sentence before `from` that has one.
    pub(crate) fn main_source_before(&self, from: usize, lo: usize, reach: usize) -> Option<Source> {
        let (mut i, mut found) = (from, None);
        for _ in 0..reach {
            if found.is_some() && self.begins_sentence(i) {
                break;
            }
            let Some(j) = self.left(i, lo) else { break };
            i = j;
            if !self.is_quotation(i)
                && (found.is_none() || self.is(i, Flags::SAYS) && self.is(i, Flags::FINITE))
            {
                found = self.source_at(i, lo, from).or(found);
            }
        }
        found
    }

    fn noun_at(&self, i: usize, lo: usize) -> Option<Source> {
        if !self.is(i, Flags::SPEECH_NOUN) {
            return None;
        }
        self.possessor(i, lo).map(|phrase| Source { cue: Some(i), phrase })
    }

    /// The verb (or `according to`) at `i` with its subject, if it is one.
    pub(crate) fn source_at(&self, i: usize, lo: usize, hi: usize) -> Option<Source> {
        if !self.is(i, VERB.and(Flags::LEAD)) {
            return None;
        }
        let is_lead = self.is(i, Flags::LEAD);
        if is_lead && self.norm(i) == "to" && i > lo && self.is_word(i - 1, Flags::LEAD, "according") {
            let phrase = self.phrase_after(i + 1, hi)?;
            return Some(Source { cue: Some(i - 1), phrase });
        }
        if is_lead && self.norm(i) == "put" && self.norm(i + 1) == "it" {
            return self.subject(i, lo, hi, 0).map(|phrase| Source { cue: Some(i), phrase });
        }
        if !self.is(i, VERB)
            || self.is(i, Flags::CAPITAL) && !self.begins_sentence(i)
            || self.is_passive(i, lo)
            || self.is_noun(i, lo)
        {
            return None;
        }
        self.subject(i, lo, hi, 0).map(|phrase| Source { cue: Some(i), phrase })
    }

    /// `Trump's claim`, `in his words`: whose words they are.
    fn possessor(&self, noun: usize, lo: usize) -> Option<Phrase> {
        let near = (lo.max(noun.saturating_sub(4))..noun)
            .rev()
            .take_while(|&i| !self.begins_sentence(i + 1) && self.is(i, Flags::WORD));
        let owner = near.into_iter().find(|&i| {
            self.is(i, Flags::POSSESSIVE) || matches!(self.norm(i), "his" | "her" | "their" | "its")
        })?;
        if self.is(owner, Flags::POSSESSIVE) {
            self.phrase_before(owner, lo)
        } else {
            Some(Phrase { start: owner, end: owner + 1 })
        }
    }

    /// `claim`, `report`, `call` after an article or an adjective.
    fn is_noun(&self, i: usize, lo: usize) -> bool {
        if i <= lo || self.begins_sentence(i) {
            return false;
        }
        let before = i - 1;
        let can_be = || self.is(i, Flags::BASE.and(Flags::SPEECH_NOUN)) || self.norm(i).ends_with('s');
        let is_many = || matches!(self.norm(before), "all" | "many" | "both" | "some" | "few" | "most");
        self.is(before, Flags::DETERMINER.and(Flags::POSSESSIVE)) && can_be() && !is_many()
            || self.is(i, Flags::NOUN_TOO) && self.is_adjective(before, self.is(i, Flags::BASE))
    }

    /// A word that makes a noun of what follows it: small letters, no class of its own; before a base form no plural,
    /// as that is its subject (`sources report`).
    fn is_adjective(&self, i: usize, before_base: bool) -> bool {
        let is_to = || self.is_word(i, Flags::LEAD, "to");
        let is_attribute = self.is(i, Flags::WORD) && !self.is(i, NO_ADJECTIVE) && !is_to();
        is_attribute && !(before_base && self.norm(i).ends_with('s'))
    }

    /// `was told`, but not `was saying`.
    fn is_passive(&self, i: usize, lo: usize) -> bool {
        let mut j = i;
        for _ in 0..ADVERBS {
            match self.left(j, lo).filter(|&k| self.is(k, Flags::ADVERB) && !self.begins_sentence(j)) {
                Some(k) => j = k,
                None => break,
            }
        }
        let before = self.left(j, lo).filter(|_| !self.begins_sentence(j));
        self.is(i, Flags::PASSIVE)
            && before.is_some_and(|k| self.is(k, Flags::BE) || self.is(k, Flags::DETERMINER) && k + 1 < i)
    }

    fn meet(&self, mut i: usize, lo: usize) -> Met {
        for _ in 0..REACH {
            let Some(j) = self.left(i, lo).filter(|_| !self.begins_sentence(i)) else { return Met::Start };
            if self.is_quotation(j) {
                return Met::Quotation;
            }
            if self.is(j, Flags::PRONOUN) && self.is(j, Flags::AUXILIARY) {
                return Met::Joined(j);
            }
            match self.passed_over(j, i, lo) {
                Some(next) => i = next,
                None => return Met::Token(j),
            }
        }
        Met::Start
    }

    /// Where a walk to the left goes on when it can ignore the token at `j`, left of `i`.
    fn passed_over(&self, j: usize, i: usize, lo: usize) -> Option<usize> {
        if self.is_bracket(j, ")") || self.is_bracket(j, "]") {
            return self.opening_bracket(j, lo);
        }
        let is_dated = self.is(i, Flags::TIME) && self.is_word(j, Flags::PREPOSITION, "on");
        (self.is(j, PASSED) && !self.is(j, Flags::GIVEN) || is_dated).then_some(j)
    }

    fn opening_bracket(&self, close: usize, lo: usize) -> Option<usize> {
        (lo.max(close.saturating_sub(20))..close)
            .rev()
            .find(|&i| self.is_bracket(i, "(") || self.is_bracket(i, "["))
    }

    /// The subject of the verb at `verb`.
    fn subject(&self, verb: usize, lo: usize, hi: usize, depth: u32) -> Option<Phrase> {
        if depth > DEPTH {
            return None;
        }
        let is_participle = self.is(verb, Flags::GERUND) && !self.is_progressive(verb, lo);
        let one = |i: usize| Some(Phrase { start: i, end: i + 1 });
        let main = || self.main_subject(verb, lo, hi, depth);
        match self.meet(verb, lo) {
            Met::Joined(i) => one(i),
            Met::Start if self.is(verb, Flags::GERUND) => self.first_phrase(verb, hi, true),
            Met::Start => self.phrase_after(verb + 1, hi),
            Met::Quotation => self.phrase_after(verb + 1, hi).or_else(main),
            Met::Token(i) if self.is(i, Flags::PRONOUN) => one(i),
            Met::Token(i) if self.is(i, Flags::RELATIVE) || self.is_word(i, Flags::SUBORDINATOR, "that") => {
                self.antecedent(i, lo)
            }
            Met::Token(i) if self.is(i, Flags::COMMA) && !is_participle => self.clause_phrase(verb, lo, hi),
            Met::Token(i) if is_participle && !self.is(i, Flags::CAPITAL) || self.is(i, LINKS) => main(),
            Met::Token(i) => self.phrase_before(i, lo).or_else(main),
        }
    }

    /// `is saying`, `was repeatedly saying`
    fn is_progressive(&self, verb: usize, lo: usize) -> bool {
        let is_led = |i: usize| i > lo && self.is(i, Flags::ADVERB) && self.is(i - 1, Flags::BE);
        self.left(verb, lo).is_some_and(|i| self.is(i, Flags::AUXILIARY) || is_led(i))
    }

    /// `Ivanov, who`
    fn antecedent(&self, relative: usize, lo: usize) -> Option<Phrase> {
        let before = self.left(relative, lo)?;
        let last = if self.is(before, Flags::COMMA) { self.left(before, lo)? } else { before };
        self.phrase_before(last, lo)
    }

    /// The subject of the verb on which the one at `verb` depends, or to which it is joined by `and`.
    fn main_subject(&self, verb: usize, lo: usize, hi: usize, depth: u32) -> Option<Phrase> {
        let mut i = verb;
        for _ in 0..REACH {
            if self.begins_sentence(i) {
                break;
            }
            let Some(j) = self.left(i, lo) else { break };
            i = j;
            let is_finite = self.is(i, VERB) && self.is(i, Flags::FINITE) && !self.is(i, Flags::CAPITAL);
            if is_finite && !self.is_passive(i, lo) && !self.is_noun(i, lo) {
                return self.subject(i, lo, hi, depth + 1);
            }
        }
        self.first_phrase(i, hi, false)
    }

    /// The first noun phrase of the clause before `verb`: `Ivan Petrov, the head of the agency, said`.
    fn clause_phrase(&self, verb: usize, lo: usize, hi: usize) -> Option<Phrase> {
        let mut i = verb;
        for _ in 0..REACH {
            if self.begins_sentence(i) {
                break;
            }
            match self.left(i, lo) {
                Some(j) if self.is_quotation(j) || self.is(j, Flags::STOP) => break,
                Some(j) => i = j,
                None => break,
            }
        }
        self.first_phrase(i, hi.min(verb), false)
    }

    /// The first noun phrase from `from` on; what comes before the subject (`In Moscow,`) is skipped, and with
    /// `must_skip` all before the first comma.
    pub(crate) fn first_phrase(&self, from: usize, hi: usize, must_skip: bool) -> Option<Phrase> {
        let hi = hi.min(from + REACH);
        let mut i = from;
        while i < hi && (self.is(i, Flags::CONJUNCTION) || self.is_quotation(i) || !self.is(i, Flags::WORD)) {
            i = self.right(i, hi)?;
        }
        if !must_skip && !self.is_introduction(i) {
            return self.phrase_after(i, hi);
        }
        let comma = (i..hi).find(|&j| self.is(j, Flags::COMMA));
        let after = comma.and_then(|c| self.right(c, hi)).and_then(|j| self.phrase_after(j, hi));
        after.or_else(|| self.phrase_after(i + 1, hi))
    }

    /// `In`, `When`, `Speaking` before the subject.
    fn is_introduction(&self, i: usize) -> bool {
        let is_participle = || self.begins_sentence(i) && self.norm(i).ends_with("ing");
        (self.is(i, INTRODUCTION) || is_participle()) && !self.is(i, Flags::GIVEN.and(Flags::HONORIFIC))
    }
}

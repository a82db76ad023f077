//! What people said in the reporter's words: `Lavrov said that …`, `According to Lavrov, …`, `…, Lavrov said.`

use crate::clause::Source;
use crate::lexis::Flags;
use crate::page::{Page, Paragraph};
use crate::pairs::Pair;

/// What was said, as tokens, and by whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Indirect {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) source: Source,
}

/// Fewest words of a statement.
const WORDS: usize = 3;
/// Farthest `that` stands behind its verb: `told reporters in Geneva that`.
const THAT: usize = 10;
/// Longest statement in tokens.
const LONGEST: usize = 200;

/// The statements of a document in text order, disjoint. `pairs` are its quotations.
pub(crate) fn indirect(page: &Page, cues: &[u32], pairs: &[Pair], paragraphs: &[Paragraph]) -> Vec<Indirect> {
    let mut all: Vec<Indirect> = Vec::new();
    let (mut n, mut quoted) = (0, pairs.iter().filter(|p| p.level == 0).peekable());
    for cue in cues.iter().map(|&c| c as usize) {
        while paragraphs.get(n).is_some_and(|p| p.hi <= cue) {
            n += 1;
        }
        while quoted.next_if(|p| p.close < cue).is_some() {}
        let is_inside = quoted.peek().is_some_and(|p| p.open < cue);
        let Some(p) = paragraphs.get(n).filter(|p| p.lo <= cue && !is_inside) else { continue };
        let from = all.last().map_or(0, |last| last.end);
        all.extend(statement(page, cue, *p).filter(|s| cue >= from && s.start >= from && is_told(page, s)));
    }
    all
}

fn statement(page: &Page, cue: usize, p: Paragraph) -> Option<Indirect> {
    if page.is_word(cue, Flags::LEAD, "according") {
        return according(page, cue, p);
    }
    // `refused to say that` tells of nothing said.
    let is_infinitive = page.is(cue, Flags::BASE) && cue > p.lo && page.is_word(cue - 1, Flags::LEAD, "to");
    if !page.is(cue, Flags::SAYS)
        || !page.is(cue, Flags::FINITE)
        || is_infinitive
        || is_denied(page, cue, p.lo)
    {
        return None;
    }
    let hi = sentence_end(page, cue, p.hi);
    let source = page.source_at(cue, p.lo, hi).filter(|s| s.phrase.end <= cue)?;
    if let Some(start) = clause_after(page, cue, hi) {
        return Some(Indirect { start, end: trimmed(page, start, hi), source });
    }
    behind(page, cue, hi, source, p.lo)
}

/// `did not say`, `never said`: what follows was not said.
fn is_denied(page: &Page, cue: usize, lo: usize) -> bool {
    let before = (lo..cue).rev().take(3);
    let mut verbs = before.take_while(|&i| page.is(i, Flags::AUXILIARY.and(Flags::ADVERB)));
    verbs.any(|i| matches!(page.norm(i), "not" | "never") || page.norm(i).ends_with("n't"))
}

/// One past the sentence of `from`; quotations are stepped over.
fn sentence_end(page: &Page, from: usize, hi: usize) -> usize {
    let mut i = from;
    while let Some(j) = page.right(i, hi).filter(|&j| j < from + LONGEST) {
        if page.begins_sentence(j) {
            return j;
        }
        i = j;
    }
    // The last token, or the mark that closes a quotation.
    page.partner(i).filter(|&p| p > i).unwrap_or(i) + 1
}

/// Without the stop at the end, unless a quotation ends there.
fn trimmed(page: &Page, start: usize, mut end: usize) -> usize {
    while end > start && page.is(end - 1, Flags::STOP.and(Flags::COMMA).and(Flags::DASH)) {
        end -= 1;
    }
    end
}

/// Where the clause that depends on the verb begins: behind `that`, or at once (`said he would`).
fn clause_after(page: &Page, cue: usize, hi: usize) -> Option<usize> {
    let stops = Flags::SAYS
        .and(Flags::STOP)
        .and(Flags::COMMA)
        .and(Flags::MARK)
        .and(Flags::CONJUNCTION)
        .and(Flags::RELATIVE);
    let near = (cue + 1..hi.min(cue + THAT))
        .take_while(|&i| !page.is(i, stops) && !page.is(i, Flags::AUXILIARY) && !page.is(i, Flags::PRONOUN));
    if let Some(that) = near.into_iter().find(|&i| page.is_word(i, Flags::SUBORDINATOR, "that")) {
        let start = that + 1 + usize::from(page.is(that + 1, Flags::COMMA));
        return Some(start).filter(|&s| s < hi && !page.is(s, Flags::AUXILIARY));
    }
    let is_passed = |i: usize| page.is(i, Flags::TIME) || page.is_word(i, Flags::PREPOSITION, "on");
    let first = (cue + 1..hi.min(cue + 4)).find(|&i| !is_passed(i))?;
    let has_verb = (first + 1..hi.min(first + 12))
        .take_while(|&i| !page.is(i, Flags::STOP.and(Flags::MARK)))
        .any(|i| page.is(i, Flags::AUXILIARY));
    let subject = Flags::PRONOUN.and(Flags::DETERMINER).and(Flags::CAPITAL);
    let begins = page.is(first, Flags::PRONOUN)
        || has_verb && (page.is(first, subject) || matches!(page.norm(first), "there" | "this"));
    (begins && !page.is(first, Flags::MARK) && !needs_that(page.norm(cue))).then_some(first)
}

/// Verbs whose clause has a `that`.
fn needs_that(verb: &str) -> bool {
    matches!(
        verb,
        "told"
            | "tells"
            | "tell"
            | "asked"
            | "asks"
            | "ask"
            | "called"
            | "calls"
            | "call"
            | "find"
            | "finds"
            | "found"
            | "wrote"
            | "writes"
    )
}

/// `The talks failed, Lavrov said.`
fn behind(page: &Page, cue: usize, hi: usize, source: Source, lo: usize) -> Option<Indirect> {
    let next = (cue + 1..hi).find(|&i| !page.is(i, Flags::TIME.and(Flags::ADVERB)));
    let ends = next.is_none_or(|i| page.is(i, Flags::STOP) || page.is(i, Flags::PREPOSITION) && hi - i < 12);
    let comma = source.phrase.start.checked_sub(1).filter(|&c| ends && c > lo && page.is(c, Flags::COMMA))?;
    let start = sentence_start(page, comma, lo)?;
    // `In a statement on Friday, Lavrov said`
    let intro = Flags::PREPOSITION.and(Flags::SUBORDINATOR).and(Flags::ADVERB).and(Flags::TIME);
    let first = start + usize::from(page.is(start, Flags::CONJUNCTION));
    (!page.is(first, intro)).then_some(Indirect { start, end: comma, source })
}

/// Where the sentence before a comma begins; none when it begins with a quotation or is too long.
fn sentence_start(page: &Page, comma: usize, lo: usize) -> Option<usize> {
    let mut i = comma;
    for _ in 0..LONGEST {
        let j = page.left(i, lo)?;
        if page.is_quotation(j) && (i == comma || page.begins_sentence(j) || j == lo) {
            return None;
        }
        i = j;
        if page.begins_sentence(i) || i == lo {
            return Some(i);
        }
    }
    None
}

/// `According to Lavrov, the talks failed` and `The talks failed, according to Lavrov`.
fn according(page: &Page, cue: usize, p: Paragraph) -> Option<Indirect> {
    let hi = sentence_end(page, cue, p.hi);
    let source = (cue + 1 < hi && page.is_word(cue + 1, Flags::LEAD, "to"))
        .then(|| page.source_at(cue + 1, p.lo, hi))
        .flatten()?;
    if page.begins_sentence(cue) {
        let comma =
            (source.phrase.end..hi.min(source.phrase.end + 12)).find(|&i| page.is(i, Flags::COMMA))?;
        return Some(Indirect { start: comma + 1, end: trimmed(page, comma + 1, hi), source });
    }
    let is_last = source.phrase.end >= hi || page.is(source.phrase.end, Flags::STOP);
    if !is_last {
        return None;
    }
    let end = cue - usize::from(page.is(cue - 1, Flags::COMMA));
    Some(Indirect { start: sentence_start(page, end, p.lo)?, end, source })
}

/// Enough words that stand in no quotation: else it is direct speech.
fn is_told(page: &Page, s: &Indirect) -> bool {
    let (mut i, mut words) = (s.start, 0);
    while i < s.end && words < WORDS {
        words += usize::from(page.is(i, Flags::WORD) && !page.is_quotation(i));
        match page.right(i, s.end) {
            Some(j) => i = j,
            None => break,
        }
    }
    words >= WORDS
}

//! Which quotation is whose: what stands after it, before it, or before the paragraph.

use crate::clause::Source;
use crate::lexis::Flags;
use crate::page::{Page, Paragraph};
use crate::pairs::Pair;
use crate::phrase::Phrase;

/// How a quotation is tied to its speaker, surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tie {
    /// The verb stands beside the quotation.
    Beside,
    /// The verb stands in the same sentence.
    Clause,
    /// An earlier sentence or paragraph says who speaks.
    Earlier,
    /// The sentence has no verb of speech; its subject is taken.
    Subject,
    /// Nothing says who speaks.
    Nothing,
}

/// A quotation with its speaker.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attributed {
    pub(crate) pair: Pair,
    pub(crate) source: Option<Source>,
    pub(crate) tie: Tie,
}

/// Tokens looked back over for a verb in the same sentence, and in earlier ones.
const NEAR: usize = 60;
const FAR: usize = 120;
/// Farthest the verb stands behind a quotation whose speaker has a long title.
const TITLE: usize = 45;

/// The quotations of a document with their speakers, in the order of `pairs`.
pub(crate) fn attribute(page: &Page, pairs: &[Pair], paragraphs: &[Paragraph]) -> Vec<Attributed> {
    let mut all: Vec<Attributed> = Vec::with_capacity(pairs.len());
    // The innermost open pair at each level, whose words bound what is said about those inside.
    let mut around: Vec<Pair> = Vec::new();
    for &pair in pairs {
        around.truncate(pair.level as usize);
        let p = paragraphs[pair.paragraph];
        let bounds = around.last().map_or(p, |outer| Paragraph { lo: outer.first, hi: outer.close });
        let (pair, mended) = mend(page, pair, bounds);
        let (source, tie) = match mended.or_else(|| local(page, pair, bounds)) {
            Some((source, tie)) => (Some(source), tie),
            None if pair.level == 0 => earlier(page, pair, &all, paragraphs),
            None => (None, Tie::Nothing),
        };
        around.push(pair);
        all.push(Attributed { pair, source, tie });
    }
    spread(&mut all);
    all
}

/// A quotation without a closing mark ends before the words that say whose it is: `“We agree, said Peskov.`
fn mend(page: &Page, pair: Pair, bounds: Paragraph) -> (Pair, Option<(Source, Tie)>) {
    if pair.close < bounds.hi || pair.goes_on {
        return (pair, None);
    }
    let comma = |i: &usize| page.is(*i, Flags::COMMA) && !page.begins_sentence(i + 1);
    let found = (pair.first + 1..bounds.hi).filter(comma).find_map(|i| {
        let source = after_from(page, i + 1, sentence_end(page, i + 1, bounds.hi), i)?;
        source.cue.filter(|&cue| cue <= i + 4 && page.is(cue, Flags::SAYS)).map(|_| (i + 1, source))
    });
    found.map_or((pair, None), |(close, source)| (Pair { close, ..pair }, Some((source, Tie::Beside))))
}

/// Paragraphs of one quotation have one speaker: the one that stands beside any of them.
fn spread(all: &mut [Attributed]) {
    let mut from = 0;
    while from < all.len() {
        let on = all[from..].iter().take_while(|a| a.pair.goes_on).count();
        let chain = from..all.len().min(from + on + 1);
        if let Some(source) =
            all[chain.clone()].iter().find(|a| a.tie == Tie::Beside).and_then(|a| a.source).filter(|_| on > 0)
        {
            for a in &mut all[chain.clone()] {
                (a.source, a.tie) = (Some(source), Tie::Beside);
            }
        }
        from = chain.end;
    }
}

/// What the words around a quotation say.
fn local(page: &Page, pair: Pair, bounds: Paragraph) -> Option<(Source, Tie)> {
    if let Some(source) = transcript(page, pair) {
        return Some((source, Tie::Beside));
    }
    let before = page.source_before(pair.open, bounds.lo, NEAR);
    let is_led = before.is_some_and(|s| leads(page, s, pair.open, bounds.lo));
    let opens_sentence =
        page.begins_sentence(pair.open) || pair.open == bounds.lo || follows_stop(page, pair.open);
    if is_led && !opens_sentence {
        return before.map(|s| (s, Tie::Beside));
    }
    let after = after(page, pair, bounds).map(|s| (s, Tie::Beside));
    let trailing = || trailing(page, pair, bounds).map(|s| (s, Tie::Clause));
    let colon = || label(page, pair.open, bounds.lo).map(|s| (s, Tie::Beside));
    let before = before.filter(|_| !opens_sentence).map(|s| (s, Tie::Clause));
    after.or_else(colon).or(before).or_else(trailing)
}

/// `The “plan for peace” has failed, Peskov said.`
fn trailing(page: &Page, pair: Pair, bounds: Paragraph) -> Option<Source> {
    let from = pair.close + 1;
    if from >= bounds.hi || page.begins_sentence(from) {
        return None;
    }
    let hi = sentence_end(page, from, bounds.hi);
    let verb = (from..hi).find(|&i| {
        is_finite(page, i)
            && page.is(i, Flags::SAYS)
            && (i + 1 >= hi || page.is(i + 1, Flags::STOP.and(Flags::COMMA).and(Flags::TIME)))
    })?;
    let comma = (from..verb).rev().find(|&i| page.is(i, Flags::COMMA))?;
    let phrase = page.phrase_after(comma + 1, verb)?;
    (phrase.end == verb).then_some(Source { cue: Some(verb), phrase })
}

/// The mark stands after a stop that the sentence splitter took for none.
fn follows_stop(page: &Page, open: usize) -> bool {
    open > 0 && page.is(open - 1, Flags::STOP) && !matches!(page.norm(open - 1), ":" | ";")
}

/// Only a comma, a colon, `that` or an addressee stands between the verb and the quotation.
fn leads(page: &Page, source: Source, open: usize, lo: usize) -> bool {
    let Some(cue) = source.cue else { return false };
    let mark = page.is(open - 1, Flags::COMMA)
        || page.is_word(open - 1, Flags::STOP, ":")
        || page.is_word(open - 1, Flags::SUBORDINATOR, "that");
    let addressed = open - 1 > cue && !page.is(open - 1, Flags::AUXILIARY.and(Flags::PREPOSITION));
    open > lo && open > cue && (open == cue + 1 || open == cue + 2 && addressed || mark && open - cue <= 12)
}

/// `“PETROV: We agree.`: a transcript's label inside the marks.
fn transcript(page: &Page, pair: Pair) -> Option<Source> {
    let label = pair.first;
    let colon = (label + 1..pair.close.min(label + 4)).find(|&i| page.is_word(i, Flags::STOP, ":"))?;
    let is_label =
        (label..colon).all(|i| page.is(i, Flags::CAPITAL) && page.view.case(i) == decalque_text::Case::Upper);
    is_label.then_some(Source { cue: None, phrase: Phrase { start: label, end: colon } })
}

/// `Peskov: “…”`: a short name and a colon.
fn label(page: &Page, open: usize, lo: usize) -> Option<Source> {
    let colon = open.checked_sub(1).filter(|&c| c > lo && page.is_word(c, Flags::STOP, ":"))?;
    let phrase = page.phrase_before(colon - 1, lo)?;
    let is_alone = page.begins_sentence(phrase.start) && page.is(phrase.start, Flags::CAPITAL);
    is_alone.then_some(Source { cue: None, phrase })
}

/// What stands behind a quotation: `said Peskov`, `Peskov said`, `according to Peskov`, `– Peskov`.
fn after(page: &Page, pair: Pair, bounds: Paragraph) -> Option<Source> {
    let mut i = pair.close + 1;
    let last = pair.close.checked_sub(1)?;
    let mut has_dash = false;
    let mut is_open =
        page.is(last, Flags::COMMA.and(Flags::DASH)) || page.is(last, Flags::STOP) && page.norm(last) != ".";
    while i < bounds.hi && (page.is(i, Flags::COMMA.and(Flags::DASH))) {
        (has_dash, is_open) = (has_dash || page.is(i, Flags::DASH), true);
        i += 1;
    }
    if i >= bounds.hi {
        return None;
    }
    let hi = sentence_end(page, i, bounds.hi);
    if let Some(inside) = bracketed(page, i, hi) {
        return after_from(page, inside.1, hi, pair.close)
            .or(Some(inside.0))
            .filter(|_| !page.begins_sentence(i));
    }
    let is_small = page.is(i, Flags::WORD) && !page.is(i, Flags::CAPITAL);
    if !is_open && page.begins_sentence(i) && !(is_small && page.norm(last) == ".") {
        return None;
    }
    if !is_open && !is_small && page.norm(last) == "." && !has_dash {
        return None;
    }
    let source = after_from(page, i, hi, pair.close);
    if source.is_none() && has_dash && page.is(i, Flags::CAPITAL) {
        return signature(page, i, hi, bounds.hi);
    }
    source
}

fn sentence_end(page: &Page, from: usize, hi: usize) -> usize {
    (from + 1..hi.min(from + NEAR)).find(|&i| page.begins_sentence(i)).unwrap_or_else(|| hi.min(from + NEAR))
}

/// `” – Anna Petrova` at the end of a line.
fn signature(page: &Page, i: usize, hi: usize, end: usize) -> Option<Source> {
    let phrase = page.phrase_after(i, hi)?;
    let is_all = (phrase.end..end).all(|j| !page.is(j, Flags::WORD)) || page.is(phrase.end, Flags::COMMA);
    is_all.then_some(Source { cue: None, phrase })
}

/// `(quoted by RIA Novosti)`: the agency, and the token behind the bracket.
fn bracketed(page: &Page, i: usize, hi: usize) -> Option<(Source, usize)> {
    if !page.is_bracket(i, "(") {
        return None;
    }
    let close = (i..hi.min(i + 14)).find(|&j| page.is_bracket(j, ")"))?;
    let by = (i..close).find(|&j| matches!(page.norm(j), "by" | "to" | "quotes" | "cites"))?;
    let cue = (i..by + 1).find(|&j| {
        matches!(page.norm(j), "quoted" | "cited" | "quotes" | "cites" | "according" | "reported")
    })?;
    let phrase = page.phrase_after(by + 1, close)?;
    Some((Source { cue: Some(cue), phrase }, close + 1))
}

/// The attribution that begins at `i`, behind a quotation whose last token is `close`.
pub(crate) fn after_from(page: &Page, i: usize, hi: usize, close: usize) -> Option<Source> {
    let is_passed =
        |j: usize| page.is(j, Flags::COMMA.and(Flags::ADVERB)) || page.is_word(j, Flags::SUBORDINATOR, "as");
    let i = (i..hi.min(i + 3)).find(|&j| !is_passed(j))?;
    if page.is_word(i, Flags::LEAD, "according") && page.norm(i + 1) == "to" {
        let phrase = page.phrase_after(i + 2, hi)?;
        return Some(Source { cue: Some(i), phrase });
    }
    if is_finite(page, i) && page.is(i, Flags::SAYS) {
        return inverted(page, i, hi).map(|phrase| Source { cue: Some(i), phrase });
    }
    let phrase = page.phrase_after(i, hi).filter(|p| p.start < i + 3)?;
    let verb = verb_after(page, phrase, hi)?;
    (verb > close).then_some(Source { cue: Some(verb), phrase })
}

fn is_finite(page: &Page, i: usize) -> bool {
    page.is(i, Flags::FINITE) && !page.is(i, Flags::CAPITAL)
}

/// The subject behind its verb. Engines keep the Russian order, with the addressee first: `told reporters Peskov`.
fn inverted(page: &Page, verb: usize, hi: usize) -> Option<Phrase> {
    let first = page.phrase_after(verb + 1, hi);
    let is_person = |i: usize| page.is(i, Flags::GIVEN.and(Flags::HONORIFIC)) && page.is(i, Flags::CAPITAL);
    let second = |first: Phrase| page.phrase_after(first.end, hi).filter(|p| p.start == first.end);
    match first {
        Some(phrase) if matches!(page.norm(verb), "quoted" | "quotes" | "cites" | "cited") => {
            Some(second(phrase).map_or(phrase, |p| owner_of_words(page, p)))
        }
        Some(phrase) if page.norm(verb) != "told" => Some(phrase),
        Some(phrase) => addressed(page, phrase).or_else(|| second(phrase)),
        None if page.is(verb + 1, Flags::PREPOSITION) => {
            let person = (verb + 2..hi.min(verb + 15))
                .find(|&i| is_person(i) && !page.is(i - 1, Flags::PREPOSITION))?;
            page.phrase_after(person, hi)
        }
        None => None,
    }
}

/// The speaker in `told reporters Peskov`: the addressee has small letters, the name behind it has not.
fn addressed(page: &Page, phrase: Phrase) -> Option<Phrase> {
    let capital = (phrase.start..phrase.end).find(|&i| page.is(i, Flags::CAPITAL))?;
    let is_split = capital > phrase.start && !page.is(phrase.start, Flags::DETERMINER);
    is_split.then_some(Phrase { start: capital, end: phrase.end })
}

/// The minister in `the words of the minister`.
fn owner_of_words(page: &Page, phrase: Phrase) -> Phrase {
    let of = (phrase.start..phrase.end)
        .find(|&i| page.norm(i) == "of" && i > phrase.start && page.is(i - 1, Flags::SPEECH_NOUN));
    of.map_or(phrase, |of| Phrase { start: of + 1, end: phrase.end })
}

/// The finite verb of a subject behind a quotation: at once, or behind what is set between commas or brackets.
fn verb_after(page: &Page, phrase: Phrase, hi: usize) -> Option<usize> {
    let skip = Flags::ADVERB.and(Flags::AUXILIARY).and(Flags::TIME);
    let direct = (phrase.end..hi.min(phrase.end + 5)).find(|&i| !page.is(i, skip))?;
    let is_verb = |i: usize| {
        is_finite(page, i) && page.is(i, Flags::SAYS)
            || page.is_word(i, Flags::LEAD, "put") && page.norm(i + 1) == "it"
    };
    if is_verb(direct) {
        return Some(direct);
    }
    let is_title = page
        .is(direct, Flags::COMMA.and(Flags::PREPOSITION).and(Flags::RELATIVE).and(Flags::CONJUNCTION))
        || page.is_bracket(direct, "(");
    if !is_title {
        return None;
    }
    let closes =
        |i: usize| page.is(i, Flags::COMMA.and(Flags::ADVERB)) || page.is_bracket(i, ")") || direct + 8 > i;
    (direct + 1..hi.min(direct + TITLE))
        .take_while(|&i| !page.is(i, Flags::MARK))
        .find(|&i| is_verb(i) && closes(i - 1) && !page.is(i - 1, Flags::RELATIVE))
}

/// Who spoke before: in this paragraph, or at the end of the one before.
fn earlier(page: &Page, pair: Pair, done: &[Attributed], paragraphs: &[Paragraph]) -> (Option<Source>, Tie) {
    let p = paragraphs[pair.paragraph];
    let last = done.iter().rev().take(8).find(|a| a.pair.level == 0);
    let opens_sentence =
        page.begins_sentence(pair.open) || pair.open == p.lo || follows_stop(page, pair.open);
    if !opens_sentence {
        let subject = sentence_subject(page, pair.open, p.lo);
        return (subject, if subject.is_some() { Tie::Subject } else { Tie::Nothing });
    }
    let here = page.main_source_before(pair.open, p.lo, FAR);
    let previous =
        last.filter(|a| a.pair.paragraph == pair.paragraph && a.tie <= Tie::Earlier).and_then(|a| a.source);
    let is_pronoun = here.is_some_and(|s| page.is(s.phrase.start, Flags::PRONOUN));
    let before = || previous_paragraph(page, pair, last, paragraphs);
    let here = if is_pronoun { previous.or(here) } else { here.or(previous) };
    let found = here.or_else(before);
    (found, if found.is_some() { Tie::Earlier } else { Tie::Nothing })
}

fn previous_paragraph(
    page: &Page,
    pair: Pair,
    last: Option<&Attributed>,
    paragraphs: &[Paragraph],
) -> Option<Source> {
    let n = pair.paragraph.checked_sub(1)?;
    let p = paragraphs[n];
    let last = last.filter(|a| a.pair.paragraph + 3 > pair.paragraph);
    let end = last.filter(|a| a.pair.paragraph == n && a.pair.close >= p.hi).map_or(p.hi, |a| a.pair.open);
    if end == p.hi && page.is_word(end - 1, Flags::STOP, ":") {
        return page.source_before(end - 1, p.lo, NEAR).or_else(|| sentence_subject(page, end, p.lo));
    }
    let spoken = last.filter(|a| a.pair.paragraph == n).and_then(|a| a.source);
    spoken.or_else(|| page.main_source_before(end, p.lo, FAR)).or_else(|| last.and_then(|a| a.source))
}

/// The subject of the sentence that holds the token before `from`.
fn sentence_subject(page: &Page, from: usize, lo: usize) -> Option<Source> {
    let mut i = from;
    for _ in 0..NEAR {
        if page.begins_sentence(i) {
            break;
        }
        match page.left(i, lo) {
            Some(j) => i = j,
            None => break,
        }
    }
    let phrase = page.first_phrase(i, from, false)?;
    let is_person = (phrase.start..phrase.end).any(|i| page.is(i, Flags::AGENT.and(Flags::PRONOUN)));
    (is_person || page.name_in(phrase).is_some()).then_some(Source { cue: None, phrase })
}

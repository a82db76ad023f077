//! Quotations of a document, and who speaks.
#![deny(missing_docs)]

mod attribution;
mod clause;
mod dashes;
mod indirect;
mod lexis;
mod nest;
mod page;
mod pairs;
mod phrase;
mod speaker;

use attribution::{Attributed, Tie};
use clause::Source;
use decalque_evidence::{Evidence, Facts};
use decalque_text::{Quote, Speech, View};
use lexis::Flags;
use page::{Buffers, Page, Paragraph};
use pairs::Pair;
use speaker::{Corpus, Names};
use std::ops::Range;

/// The quotations of a document, in text order.
///
/// ```
/// use decalque_evidence::{Evidence, Facts};
/// use decalque_text::{Layout, View, Vocabulary};
/// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
/// assert!(decalque_quote::quotes(&view, &Facts::default(), &Evidence::default()).is_empty());
/// ```
pub fn quotes(view: &View, facts: &Facts, evidence: &Evidence) -> Vec<Quote> {
    Quoter::new(evidence).quotes(view, facts)
}

/// Finds quotations of documents against one evidence, and remembers the words it met: what [`quotes`] gives, in less
/// time.
#[derive(Debug)]
pub struct Quoter<'e> {
    corpus: Corpus<'e>,
    /// One a vocabulary, by its number.
    memos: Vec<(u64, lexis::Memo)>,
    buffers: Buffers,
}

impl<'e> Quoter<'e> {
    /// A finder that has met no word yet.
    ///
    /// ```
    /// let evidence = decalque_evidence::Evidence::default();
    /// # let _ =
    /// decalque_quote::Quoter::new(&evidence);
    /// ```
    pub fn new(evidence: &'e Evidence) -> Self {
        Self { corpus: Corpus::new(evidence), memos: Vec::new(), buffers: Buffers::default() }
    }

    /// The quotations of a document, in text order. `facts` are those of the document itself.
    pub fn quotes(&mut self, view: &View, facts: &Facts) -> Vec<Quote> {
        let number = view.vocabulary.number();
        let known = self.memos.iter().position(|m| m.0 == number);
        let at = known.unwrap_or_else(|| {
            self.memos.push((number, lexis::Memo::default()));
            self.memos.len() - 1
        });
        self.buffers.fill(view, &mut self.memos[at].1);
        find(view, facts, &self.corpus, &mut self.buffers)
    }
}

fn find(view: &View, facts: &Facts, corpus: &Corpus, buffers: &mut Buffers) -> Vec<Quote> {
    let Buffers { flags, marks, cues, paragraphs, partner } = buffers;
    let pairs = pairs::pairs(&Page { view, flags, partner: &[] }, marks, paragraphs, partner);
    let page = Page { view, flags, partner };
    let mut direct = direct(&page, &pairs, paragraphs);
    let mut told = indirect::indirect(&page, cues, &pairs, paragraphs);
    let all = direct.iter_mut().filter_map(|a| a.source.as_mut()).chain(told.iter_mut().map(|t| &mut t.source));
    all.for_each(|s| s.phrase = page.with_apposition(s.phrase));
    let sources = direct.iter().filter_map(|a| a.source).chain(told.iter().map(|t| t.source));
    let names = Names::new(&page, facts, sources.map(|s| s.phrase), corpus);
    let statements = statements(&direct);
    let parts =
        direct.iter().zip(statements).map(|(a, n)| (a.pair.first..a.pair.close, Speech::Direct, a.source, n));
    let first = direct.len() as u32;
    let rest = told.iter().zip(first..).map(|(t, n)| (t.start..t.end, Speech::Indirect, Some(t.source), n));
    let quotes = parts
        .chain(rest)
        .filter_map(|(tokens, speech, source, n)| quote(&page, &names, tokens, speech, source, n));
    nest::nest(quotes.collect())
}

/// Quotations between marks and dashes, in text order.
fn direct(page: &Page, pairs: &[Pair], paragraphs: &[Paragraph]) -> Vec<Attributed> {
    let mut all = attribution::attribute(page, pairs, paragraphs);
    all.retain(|a| is_quotation(page, a));
    all.extend(dashes::dashes(page, pairs, paragraphs));
    all.sort_by_key(|a| (a.pair.open, std::cmp::Reverse(a.pair.close)));
    all
}

fn quote(
    page: &Page,
    names: &Names,
    tokens: Range<usize>,
    speech: Speech,
    source: Option<Source>,
    statement: u32,
) -> Option<Quote> {
    Some(Quote {
        span: page.span(tokens.start, tokens.end)?,
        speech,
        statement,
        level: 0,
        cue: source.and_then(|s| s.cue).and_then(|i| page.span(i, i + 1)),
        speaker: source.and_then(|s| names.name(page, s.phrase)),
        speaker_at: source.and_then(|s| page.span(s.phrase.start, s.phrase.end)),
    })
}

/// The number of the statement each quotation belongs to.
fn statements(all: &[Attributed]) -> Vec<u32> {
    let mut number = 0;
    let step = |i: usize| {
        number += u32::from(i > 0 && !is_joined(&all[i - 1], &all[i]));
        number
    };
    (0..all.len()).map(step).collect()
}

/// Parts of one statement: the quotation goes on in the next paragraph, or one verb stands for both.
fn is_joined(before: &Attributed, a: &Attributed) -> bool {
    let same_cue =
        a.source.is_some_and(|s| s.cue.is_some()) && a.source.map(|s| s.cue) == before.source.map(|s| s.cue);
    before.pair.goes_on
        || same_cue && before.pair.paragraph == a.pair.paragraph && before.pair.level == a.pair.level
}

/// True for what somebody said; false for titles, names and words set in quotation marks for doubt.
fn is_quotation(page: &Page, a: &Attributed) -> bool {
    let Pair { open, first, close, level, is_single, .. } = a.pair;
    let words = (first..close).filter(|&i| page.is(i, Flags::WORD)).take(9).count();
    let ends = page.is(close - 1, Flags::COMMA.and(Flags::STOP))
        || page.is(close + 1, Flags::COMMA.and(Flags::STOP));
    let is_sentence = page.is(first, Flags::CAPITAL) && ends;
    let introduced =
        open > 0 && page.is(open - 1, Flags::COMMA.and(Flags::STOP)) && !page.begins_sentence(open)
            || page.begins_sentence(open) && page.is(close - 1, Flags::COMMA.and(Flags::STOP));
    let follows = a.tie == Tie::Earlier && page.is(close - 1, Flags::STOP);
    if is_single && a.tie != Tie::Beside && !follows || level > 0 && a.tie != Tie::Beside {
        return false;
    }
    match a.tie {
        Tie::Beside => words >= 1 && (introduced || !is_title(page, first, close)),
        Tie::Clause => words >= 2 && !is_title(page, first, close),
        Tie::Earlier if follows => words >= 2 && is_sentence,
        Tie::Earlier | Tie::Nothing => words >= 5 && page.is(first, Flags::CAPITAL) || words >= 8,
        Tie::Subject => words >= 3 && !is_title(page, first, close),
    }
}

/// `Face the Nation`: every word but the small ones has a capital, and nothing ends a sentence.
fn is_title(page: &Page, from: usize, to: usize) -> bool {
    let small = Flags::PREPOSITION.and(Flags::CONJUNCTION).and(Flags::DETERMINER).and(Flags::NUMBER);
    let words = || (from..to).filter(|&i| page.is(i, Flags::WORD));
    words().take(9).count() <= 8
        && words().all(|i| page.is(i, Flags::CAPITAL) || page.is(i, small))
        && words().any(|i| page.is(i, Flags::CAPITAL))
}

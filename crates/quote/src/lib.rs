//! Quotations of a document, and who speaks.
//!
//! Direct speech stands between marks of any style, or between dashes; marks that are missing, doubled or the wrong way
//! round are survived. Indirect speech hangs on a verb (`Lavrov said that …`) or on `according to`. Each gets the words
//! that name its speaker, and where the document or the corpus knows it the full name. Sentences that are not the
//! article are skipped; so are titles, names and words in doubtful marks.
//!
//! There is no grammar here: closed word classes, one list of verbs and bounded looks to both sides. Time grows with the
//! length of the text, whatever it holds. Verbs and pronouns are English.
//!
//! ```
//! use decalque_evidence::{Evidence, Facts};
//! use decalque_text::{Layout, View, Vocabulary};
//! let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
//! assert!(decalque_quote::quotes(&view, &Facts::default(), &Evidence::default()).is_empty());
//! ```
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
mod sift;
mod speaker;

use attribution::Attributed;
use clause::Source;
use decalque_evidence::{Evidence, Facts};
use decalque_text::{Quote, Speech, View};
use page::{Buffers, Page, Paragraph};
use pairs::Pair;
use speaker::{Corpus, Names};
use std::ops::Range;

/// What people said in a document, in text order. `facts` are those of the document itself. For many documents of one
/// corpus [`Quoter`] does the same faster.
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
    /// let quoter = decalque_quote::Quoter::new(&evidence);
    /// # let _ = quoter;
    /// ```
    pub fn new(evidence: &'e Evidence) -> Self {
        Self { corpus: Corpus::new(evidence), memos: Vec::new(), buffers: Buffers::default() }
    }

    /// What people said in a document, in text order; places are bytes of its text. `facts` are those of the document
    /// itself.
    ///
    /// ```
    /// use decalque_text::{Layout, View, Vocabulary};
    /// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
    /// let evidence = decalque_evidence::Evidence::default();
    /// assert!(decalque_quote::Quoter::new(&evidence).quotes(&view, &Default::default()).is_empty());
    /// ```
    pub fn quotes(&mut self, view: &View, facts: &Facts) -> Vec<Quote> {
        self.buffers.fill(view, memo(&mut self.memos, view.vocabulary.number()));
        find(view, facts, &self.corpus, &mut self.buffers)
    }
}

/// The memory of the vocabulary with this number; vocabularies are few, one a language.
fn memo(memos: &mut Vec<(u64, lexis::Memo)>, number: u64) -> &mut lexis::Memo {
    let known = memos.iter().position(|m| m.0 == number);
    let at = known.unwrap_or_else(|| {
        memos.push((number, lexis::Memo::default()));
        memos.len() - 1
    });
    &mut memos[at].1
}

fn find(view: &View, facts: &Facts, corpus: &Corpus, buffers: &mut Buffers) -> Vec<Quote> {
    let Buffers { flags, marks, cues, paragraphs, partner } = buffers;
    let pairs = pairs::pairs(&Page { view, flags, partner: &[] }, marks, paragraphs, partner);
    let page = Page { view, flags, partner };
    let parts = parts(&page, &pairs, cues, paragraphs);
    let phrases = parts.iter().filter_map(|p| p.source).map(|s| s.phrase);
    let names = Names::new(&page, facts, phrases, corpus);
    nest::nest(parts.iter().filter_map(|p| quote(&page, &names, p)).collect())
}

/// A stretch of speech before its speaker's full name is looked up.
struct Part {
    tokens: Range<usize>,
    speech: Speech,
    source: Option<Source>,
    statement: u32,
}

/// Direct speech, then indirect speech, each in text order.
fn parts(page: &Page, pairs: &[Pair], cues: &[u32], paragraphs: &[Paragraph]) -> Vec<Part> {
    let direct = direct(page, pairs, paragraphs);
    let quoted = direct.iter().zip(statements(&direct)).map(|(a, statement)| {
        let tokens = a.pair.first..a.pair.close;
        Part { tokens, speech: Speech::Direct, source: a.source, statement }
    });
    let told = indirect::indirect(page, cues, pairs, paragraphs);
    let told = told.iter().zip(direct.len() as u32..).map(|(t, statement)| {
        let tokens = t.start..t.end;
        Part { tokens, speech: Speech::Indirect, source: Some(t.source), statement }
    });
    let mut all: Vec<Part> = quoted.chain(told).collect();
    for source in all.iter_mut().filter_map(|p| p.source.as_mut()) {
        source.phrase = page.with_apposition(source.phrase);
    }
    all
}

/// Quotations between marks and dashes, in text order.
fn direct(page: &Page, pairs: &[Pair], paragraphs: &[Paragraph]) -> Vec<Attributed> {
    let mut all = attribution::attribute(page, pairs, paragraphs);
    all.retain(|a| sift::is_speech(page, a));
    all.extend(dashes::dashes(page, pairs, paragraphs));
    all.sort_by_key(|a| (a.pair.open, std::cmp::Reverse(a.pair.close)));
    all
}

fn quote(page: &Page, names: &Names, part: &Part) -> Option<Quote> {
    let phrase = part.source.map(|s| s.phrase);
    let cue = part.source.and_then(|s| s.cue);
    Some(Quote {
        span: page.span(part.tokens.start, part.tokens.end)?,
        speech: part.speech,
        statement: part.statement,
        level: 0,
        cue: cue.and_then(|i| page.span(i, i + 1)),
        speaker: phrase.and_then(|p| names.name(page, p)),
        speaker_at: phrase.and_then(|p| page.span(p.start, p.end)),
        speaker_entity: None,
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
    let cue = |a: &Attributed| a.source.and_then(|s| s.cue);
    let same_verb = cue(a).is_some() && cue(a) == cue(before);
    let same_place = before.pair.paragraph == a.pair.paragraph && before.pair.level == a.pair.level;
    before.pair.goes_on || same_verb && same_place
}

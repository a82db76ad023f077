//! Quotations of a document, and who speaks.
#![deny(missing_docs)]

mod attribution;
mod clause;
mod lexis;
mod page;
mod pairs;
mod phrase;
mod speaker;

use attribution::{Attributed, Tie};
use decalque_evidence::{Evidence, Facts};
use decalque_text::{Quote, Speech, View};
use lexis::Flags;
use page::{Buffers, Page};
use pairs::Pair;
use speaker::Corpus;

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
    let Buffers { flags, marks, paragraphs, partner, .. } = buffers;
    let pairs = pairs::pairs(&Page { view, flags, partner: &[] }, marks, paragraphs, partner);
    let page = Page { view, flags, partner };
    let all = attribution::attribute(&page, &pairs, paragraphs);
    let kept: Vec<Attributed> = all.into_iter().filter(|a| is_quotation(&page, a)).collect();
    let phrases = kept.iter().filter_map(|a| a.source).map(|s| s.phrase);
    let names = speaker::Names::new(&page, facts, phrases, corpus);
    let mut statement = 0;
    let mut quotes: Vec<Quote> = Vec::with_capacity(kept.len());
    for (i, a) in kept.iter().enumerate() {
        let joined = i.checked_sub(1).map(|j| &kept[j]).is_some_and(|before| is_joined(before, a));
        statement += u32::from(i > 0 && !joined);
        quotes.extend(quote(&page, a, statement, &names));
    }
    quotes
}

fn quote(page: &Page, a: &Attributed, statement: u32, names: &speaker::Names) -> Option<Quote> {
    let span = page.span(a.pair.open + 1, a.pair.close)?;
    let cue = a.source.and_then(|s| s.cue).and_then(|i| page.span(i, i + 1));
    Some(Quote {
        span,
        speech: Speech::Direct,
        statement,
        level: a.pair.level,
        cue,
        speaker: a.source.and_then(|s| names.name(page, s.phrase)),
        speaker_at: a.source.and_then(|s| page.span(s.phrase.start, s.phrase.end)),
    })
}

/// Parts of one statement: the quotation goes on in the next paragraph, or one verb stands for both.
fn is_joined(before: &Attributed, a: &Attributed) -> bool {
    let same_cue = a.source.is_some_and(|s| s.cue.is_some()) && a.source.map(|s| s.cue) == before.source.map(|s| s.cue);
    before.pair.goes_on || same_cue && before.pair.paragraph == a.pair.paragraph && before.pair.level == a.pair.level
}

/// True for what somebody said; false for titles, names and words set in quotation marks for doubt.
fn is_quotation(page: &Page, a: &Attributed) -> bool {
    let Pair { open, close, level, is_single, .. } = a.pair;
    let words = (open + 1..close).filter(|&i| page.is(i, Flags::WORD)).take(9).count();
    let ends = page.is(close - 1, Flags::COMMA.and(Flags::STOP)) || page.is(close + 1, Flags::COMMA.and(Flags::STOP));
    let is_sentence = page.is(open + 1, Flags::CAPITAL) && ends;
    if is_single && a.tie != Tie::Beside || level > 0 && a.tie != Tie::Beside {
        return false;
    }
    match a.tie {
        Tie::Beside => words >= 1 && (words > 2 || !is_title(page, open + 1, close)),
        Tie::Clause => words >= 2 && !is_title(page, open + 1, close),
        Tie::Earlier if page.is(close - 1, Flags::STOP) => words >= 2 && is_sentence,
        Tie::Earlier | Tie::Nothing => words >= 5 && page.is(open + 1, Flags::CAPITAL) || words >= 8,
        Tie::Subject => words >= 3 && !is_title(page, open + 1, close),
    }
}

/// `Face the Nation`: every word but the small ones has a capital, and nothing ends a sentence.
fn is_title(page: &Page, from: usize, to: usize) -> bool {
    let small = Flags::PREPOSITION.and(Flags::CONJUNCTION).and(Flags::DETERMINER).and(Flags::NUMBER);
    let words = || (from..to).filter(|&i| page.is(i, Flags::WORD));
    words().take(9).count() <= 8 && words().all(|i| page.is(i, Flags::CAPITAL) || page.is(i, small)) && words().any(|i| page.is(i, Flags::CAPITAL))
        && !page.is(to - 1, Flags::STOP)
}

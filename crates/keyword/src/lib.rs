//! Keyphrases of a document, ranked.
//!
//! Candidates are noun phrases and names: runs of content words inside one sentence, broken by function words, verbs
//! of speech and other frequent verbs, adverbs and marks; and the shorter phrases within a run. Capitalised names are
//! kept together, also across `of` and `de`. Sentences that are not the article are skipped.
//!
//! Each candidate is described by a few numbers (how often it stands alone or inside a longer phrase, where it first
//! stands, how rare its words are in the corpus, what its words look like) and ranked by their weighted sum; module
//! `score` names each number, its weight and its source. A phrase that lives only inside a longer one is folded, and a
//! surname counts under the one full name the document has for it. There are no settings.
//!
//! ```
//! use decalque_evidence::Evidence;
//! use decalque_text::{Layout, View, Vocabulary};
//! let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
//! assert!(decalque_keyword::rank(&view, &Evidence::default(), 10).is_empty());
//! ```
#![deny(missing_docs)]

mod form;
mod lexis;
mod lists;
mod memo;
mod names;
mod phrases;
mod runs;
mod score;
mod surface;

use decalque_evidence::Evidence;
use decalque_text::{Keyword, View};

/// Name and version of the ranking, for the `method` column of the table `keywords`.
pub const METHOD: &str = "decalque-phrases 1";

/// The keyphrases of a document, best first, at most `limit`.
///
/// With evidence of few documents (or none) the ranking rests on the document alone. For many documents of one corpus
/// [`Ranker`] does the same faster.
///
/// ```
/// use decalque_evidence::Evidence;
/// use decalque_text::{Layout, View, Vocabulary};
/// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
/// assert!(decalque_keyword::rank(&view, &Evidence::default(), 10).is_empty());
/// ```
pub fn rank(view: &View, evidence: &Evidence, limit: usize) -> Vec<Keyword> {
    Ranker::new(evidence).rank(view, limit)
}

/// Ranks documents against one evidence, and remembers the words it met: what [`rank`] gives, in less time.
#[derive(Debug)]
pub struct Ranker<'e> {
    evidence: &'e Evidence,
    /// One a vocabulary, by its number.
    memos: Vec<(u64, memo::Memo<'e>)>,
    scorer: score::Scorer,
    buffers: Buffers,
}

/// What is filled anew for every document.
#[derive(Debug, Default)]
struct Buffers {
    lexis: lexis::Lexis,
    runs: runs::Runs,
    phrases: phrases::Phrases,
    names: Vec<(u32, u32)>,
}

impl<'e> Ranker<'e> {
    /// A ranker that has met no word yet.
    ///
    /// ```
    /// let evidence = decalque_evidence::Evidence::default();
    /// let ranker = decalque_keyword::Ranker::new(&evidence);
    /// # let _ = ranker;
    /// ```
    pub fn new(evidence: &'e Evidence) -> Self {
        Self { evidence, memos: Vec::new(), scorer: score::Scorer::new(), buffers: Buffers::default() }
    }

    /// The evidence it ranks by.
    ///
    /// ```
    /// let evidence = decalque_evidence::Evidence::default();
    /// assert_eq!(decalque_keyword::Ranker::new(&evidence).evidence().n_docs(), 0);
    /// ```
    pub const fn evidence(&self) -> &'e Evidence {
        self.evidence
    }

    /// The keyphrases of a document, best first, at most `limit`.
    ///
    /// ```
    /// use decalque_text::{Layout, View, Vocabulary};
    /// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
    /// let evidence = decalque_evidence::Evidence::default();
    /// assert!(decalque_keyword::Ranker::new(&evidence).rank(&view, 10).is_empty());
    /// ```
    pub fn rank(&mut self, view: &View, limit: usize) -> Vec<Keyword> {
        if limit == 0 {
            return Vec::new();
        }
        let memo = memo(&mut self.memos, self.evidence, view.vocabulary.number());
        let Buffers { lexis, runs, phrases, names } = &mut self.buffers;
        lexis.read(view, memo);
        runs.collect(runs::Reader { view, lexis, memo });
        phrases.collect(runs);
        names::fold_surnames(runs, phrases, names);
        let best = self.scorer.best(phrases, runs, limit);
        surface::keywords(view, runs, phrases, best)
    }
}

/// The memory of the vocabulary with this number; vocabularies are few, one a language.
fn memo<'m, 'e>(
    memos: &'m mut Vec<(u64, memo::Memo<'e>)>,
    evidence: &'e Evidence,
    number: u64,
) -> &'m mut memo::Memo<'e> {
    let known = memos.iter().position(|m| m.0 == number);
    let at = known.unwrap_or_else(|| {
        memos.push((number, memo::Memo::new(evidence)));
        memos.len() - 1
    });
    &mut memos[at].1
}

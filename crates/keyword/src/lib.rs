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

mod lexis;
mod lists;
mod names;
mod phrases;
mod score;
mod surface;

use decalque_evidence::Evidence;
use decalque_text::{Keyword, View};

/// Name and version of the ranking, for the `method` column of the table `keywords`.
pub const METHOD: &str = "decalque-phrases 1";

/// The keyphrases of a document, best first, at most `limit`.
///
/// With evidence of few documents (or none) the ranking rests on the document alone.
///
/// ```
/// use decalque_evidence::Evidence;
/// use decalque_text::{Layout, View, Vocabulary};
/// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
/// assert!(decalque_keyword::rank(&view, &Evidence::default(), 10).is_empty());
/// ```
pub fn rank(view: &View, evidence: &Evidence, limit: usize) -> Vec<Keyword> {
    if limit == 0 {
        return Vec::new();
    }
    let lexis = lexis::Lexis::new(view, evidence);
    let mut phrases = phrases::Phrases::collect(view, &lexis);
    names::fold_surnames(view, &lexis, &mut phrases);
    let best = score::best(&phrases, &lexis, limit);
    surface::keywords(view, &lexis, &phrases, &best)
}

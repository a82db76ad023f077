//! Keyphrases of a document, ranked.
//!
//! Candidates are noun phrases and names: runs of content words inside one sentence, and the shorter phrases within
//! them. Each is described by a few numbers (how often it stands alone or inside a longer phrase, where it first
//! stands, how rare its words are in the corpus, what its words look like) and ranked by their weighted sum.
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

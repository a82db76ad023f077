//! What one document contributes.

use crate::people::{Person, people};
use decalque_text::{TokenKind, View};
use std::hash::{BuildHasher, BuildHasherDefault};

/// What pass 1 learns from one document. Plain values, cheap to merge.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// People named in full, sorted.
    pub people: Vec<Person>,
    /// Keys of the distinct stems, sorted.
    pub stems: Vec<u64>,
    /// Keys of the distinct short lines, sorted.
    pub lines: Vec<u64>,
}

/// Longest line, in bytes, that is watched for being repeated across documents.
const LINE_LIMIT: usize = 160;

/// Gather the facts of a document.
///
/// ```
/// # use decalque_text::{View, Vocabulary, Layout};
/// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
/// assert_eq!(decalque_evidence::gather(&view), Default::default());
/// ```
pub fn gather(view: &View) -> Facts {
    Facts { people: people(view), stems: stems(view), lines: lines(view) }
}

/// The facts of a document that its own repair needs, without those that only a corpus counts.
///
/// ```
/// # use decalque_text::{View, Vocabulary, Layout};
/// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
/// assert_eq!(decalque_evidence::own(&view), Default::default());
/// ```
pub fn own(view: &View) -> Facts {
    Facts { people: people(view), ..Facts::default() }
}

fn stems(view: &View) -> Vec<u64> {
    let words = view.tokens().iter().zip(view.terms).filter(|(t, _)| t.kind == TokenKind::Word);
    let mut terms: Vec<_> = words.map(|(_, &term)| term).collect();
    terms.sort_unstable();
    terms.dedup();
    terms.retain(|&t| !view.vocabulary.is_stop(t));
    terms.sort_by_key(|&t| view.vocabulary.stem_id(t));
    terms.dedup_by_key(|t| view.vocabulary.stem_id(*t));
    distinct(terms.iter().map(|&t| stem_key(view.vocabulary.word(t).stem)).collect())
}

fn lines(view: &View) -> Vec<u64> {
    let short = view.text.lines().map(str::trim).filter(|l| !l.is_empty() && l.len() <= LINE_LIMIT);
    distinct(short.map(line_key).collect())
}

fn distinct(mut keys: Vec<u64>) -> Vec<u64> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn key(text: &str) -> u64 {
    BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one(text)
}

/// The key a stem is counted under.
///
/// ```
/// assert_eq!(decalque_evidence::stem_key("plan"), decalque_evidence::stem_key("plan"));
/// ```
pub fn stem_key(stem: &str) -> u64 {
    key(stem)
}

/// The key a trimmed line is counted under.
///
/// ```
/// assert_ne!(decalque_evidence::line_key("Read more"), decalque_evidence::line_key("See also"));
/// ```
pub fn line_key(line: &str) -> u64 {
    key(line)
}

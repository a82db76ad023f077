//! What one document contributes.

use crate::people::{Person, people};
use decalque_text::{Case, TokenKind, View};
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
    /// Keys of the distinct words that are capitalised inside a sentence, in lower case, sorted.
    pub names: Vec<u64>,
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
    Facts { people: people(view), stems: stems(view), lines: lines(view), names: names(view) }
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

/// Capitals that no sentence start explains.
fn names(view: &View) -> Vec<u64> {
    let tokens = view.tokens();
    let is_mark = |i: usize| tokens.get(i).is_none_or(|t| t.kind == TokenKind::Punctuation);
    let inside = tokens.windows(2).zip(view.terms.iter().skip(1)).enumerate();
    let mut terms: Vec<_> = inside
        .filter(|(_, (pair, _))| pair[0].sentence == pair[1].sentence && pair[1].kind == TokenKind::Word)
        // After a quote or a bracket a sentence may begin, unless it ends right there.
        .filter(|(i, _)| !is_mark(*i) || is_mark(i + 2))
        .map(|(_, (_, &term))| term)
        .filter(|&t| view.vocabulary.case(t) != Case::Lower && !view.vocabulary.is_stop(t))
        .collect();
    terms.sort_unstable();
    terms.dedup();
    distinct(terms.iter().map(|&t| name_key(view.vocabulary.norm(t))).collect())
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

/// The key a capitalised word is counted under, given in lower case; a possessive ending does not count.
///
/// ```
/// assert_eq!(decalque_evidence::name_key("peskov's"), decalque_evidence::name_key("peskov"));
/// ```
pub fn name_key(norm: &str) -> u64 {
    key(norm.strip_suffix("'s").unwrap_or(norm))
}

/// True for the keys of one stem in four: those by which documents on one story are known. The same everywhere, so
/// that samples can be compared.
///
/// ```
/// use decalque_evidence::{in_sample, stem_key};
/// let some = ["war", "talks", "truce", "envoy", "cargo", "budget", "court", "storm", "harvest", "bridge"];
/// assert!(some.iter().filter(|s| in_sample(stem_key(s))).count() < some.len());
/// ```
pub const fn in_sample(stem_key: u64) -> bool {
    stem_key >> 62 == 0
}

/// The key a trimmed line is counted under.
///
/// ```
/// assert_ne!(decalque_evidence::line_key("Read more"), decalque_evidence::line_key("See also"));
/// ```
pub fn line_key(line: &str) -> u64 {
    key(line)
}

//! What one document contributes.

use crate::people::{NamePart, Person, name_part, people, people_from};
use decalque_text::{Case, TermId, TokenKind, View};
use rustc_hash::FxHashMap;
use std::hash::{BuildHasher, BuildHasherDefault};

/// What pass 1 learns from one document. Plain values, cheap to merge.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// People named in full, sorted.
    pub people: Vec<Person>,
    /// Keys of the distinct stems, in the order they first stand in the text.
    pub stems: Vec<u64>,
    /// Keys of the distinct short lines, sorted.
    pub lines: Vec<u64>,
    /// Keys of the distinct words that are capitalised inside a sentence, in lower case, in the order they first do.
    pub names: Vec<u64>,
}

/// Longest line, in bytes, that is watched for being repeated across documents.
const LINE_LIMIT: usize = 160;

/// Gather the facts of a document.
///
/// For many documents of one vocabulary a [`Gatherer`] does the same faster.
///
/// ```
/// # use decalque_text::{View, Vocabulary, Layout};
/// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
/// assert_eq!(decalque_evidence::gather(&view), Default::default());
/// ```
pub fn gather(view: &View) -> Facts {
    Gatherer::default().gather(view)
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

/// Gathers documents of one vocabulary, and remembers the keys of its words: what [`gather`] gives, in less time. Given
/// a document of another vocabulary it begins anew.
#[derive(Debug, Default)]
pub struct Gatherer {
    vocabulary: Option<u64>,
    words: Vec<Entry>,
    /// Of each stem: its key, and the last document it stood in.
    stems: Vec<(u64, u32)>,
    /// Of each word that may be a name: its key, and the last document it was one in.
    names: Vec<(u64, u32)>,
    /// The place of a key in `names`.
    name_of: FxHashMap<u64, u32>,
    document: u32,
}

/// What is remembered of an entry of the vocabulary.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// The last document it stood in.
    seen: u32,
    /// Its place in `names`, where it may be a name.
    name: Option<u32>,
    part: NamePart,
}

impl Gatherer {
    /// Gather the facts of a document.
    ///
    /// ```
    /// # use decalque_text::{View, Vocabulary, Layout};
    /// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
    /// assert_eq!(decalque_evidence::Gatherer::default().gather(&view), Default::default());
    /// ```
    pub fn gather(&mut self, view: &View) -> Facts {
        self.begin(view);
        let (mut stems, mut names, mut starts) = (Vec::new(), Vec::new(), Vec::new());
        for (i, (token, &term)) in view.tokens().iter().zip(view.terms).enumerate() {
            if token.kind != TokenKind::Word {
                continue;
            }
            let Some(&Entry { name, part, .. }) = self.words.get(term.0 as usize) else { continue };
            self.stem(view, term, &mut stems);
            if let Some(name) = name {
                self.name(view, i, name, &mut names);
            }
            starts.extend(part.start(i));
        }
        Facts { people: people_from(view, starts), stems, lines: lines(view), names }
    }

    /// Begin a document: learn the words that came since the last.
    fn begin(&mut self, view: &View) {
        let vocabulary = view.vocabulary;
        let is_new = self.vocabulary.replace(vocabulary.number()) != Some(vocabulary.number());
        if is_new || self.document == u32::MAX {
            *self = Self { vocabulary: self.vocabulary, ..Self::default() };
        }
        self.document += 1;
        for i in self.words.len()..vocabulary.len() {
            let word = vocabulary.word(TermId(i as u32));
            let may_be_name = word.case != Case::Lower && !word.is_stop;
            let name = may_be_name.then(|| self.name_slot(name_key(word.norm)));
            self.words.push(Entry { seen: 0, name, part: name_part(word) });
            let stem = word.stem_id as usize;
            if self.stems.len() <= stem {
                self.stems.resize(stem + 1, (0, 0));
            }
            if let Some(slot) = self.stems.get_mut(stem) {
                slot.0 = stem_key(word.stem);
            }
        }
    }

    fn name_slot(&mut self, key: u64) -> u32 {
        *self.name_of.entry(key).or_insert_with(|| {
            self.names.push((key, 0));
            self.names.len() as u32 - 1
        })
    }

    /// Note the stem of a word, once a document.
    fn stem(&mut self, view: &View, term: TermId, stems: &mut Vec<u64>) {
        let Some(entry) = self.words.get_mut(term.0 as usize) else { return };
        let last = std::mem::replace(&mut entry.seen, self.document);
        if last == self.document || view.vocabulary.is_stop(term) {
            return;
        }
        let slot = self.stems.get_mut(view.vocabulary.stem_id(term) as usize);
        if let Some((key, last)) = slot.filter(|s| s.1 != self.document) {
            *last = self.document;
            stems.push(*key);
        }
    }

    /// Note a capital that no sentence start explains, once a document. After a quote or a bracket a sentence may begin,
    /// unless it ends right there.
    fn name(&mut self, view: &View, i: usize, name: u32, names: &mut Vec<u64>) {
        let tokens = view.tokens();
        let is_mark = |i: usize| tokens.get(i).is_none_or(|t| t.kind == TokenKind::Punctuation);
        let same = i > 0 && tokens[i - 1].sentence == tokens[i].sentence;
        if !same || is_mark(i - 1) && !is_mark(i + 1) {
            return;
        }
        if let Some((key, last)) = self.names.get_mut(name as usize).filter(|n| n.1 != self.document) {
            *last = self.document;
            names.push(*key);
        }
    }
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

/// The key under which a line, given by its [`line_key`], is counted for one source.
pub(crate) fn site_line_key(source: &str, line: u64) -> u64 {
    BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one((source, line))
}

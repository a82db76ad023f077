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
    found: Found,
}

/// What is found in a document: lists that are filled anew for each, so that they need not grow each time.
#[derive(Debug, Default)]
struct Found {
    stems: Vec<u64>,
    names: Vec<u64>,
    starts: Vec<usize>,
}

/// What is remembered of an entry of the vocabulary.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// The last document it stood in.
    seen: u32,
    /// Its place in `stems`; [`NOWHERE`] for function words.
    stem: u32,
    /// Its place in `names`; [`NOWHERE`] where it is no name.
    name: u32,
    part: NamePart,
}

const NOWHERE: u32 = u32::MAX;

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
        let mut found = std::mem::take(&mut self.found);
        for (i, (token, &term)) in view.tokens().iter().zip(view.terms).enumerate() {
            let Some(entry) = self.words.get_mut(term.0 as usize) else { continue };
            if token.kind != TokenKind::Word {
                continue;
            }
            let is_new = std::mem::replace(&mut entry.seen, self.document) != self.document;
            let Entry { stem, name, part, .. } = *entry;
            if is_new && stem != NOWHERE {
                note(&mut self.stems, stem, self.document, &mut found.stems);
            }
            if name != NOWHERE && is_inside(view, i) {
                note(&mut self.names, name, self.document, &mut found.names);
            }
            found.starts.extend(part.start(i));
        }
        let people = people_from(view, found.starts.drain(..));
        let facts =
            Facts { people, stems: found.stems.clone(), lines: lines(view), names: found.names.clone() };
        found.stems.clear();
        found.names.clear();
        self.found = found;
        facts
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
            let name = if may_be_name { self.name_slot(name_key(word.norm)) } else { NOWHERE };
            let stem = if word.is_stop { NOWHERE } else { word.stem_id };
            self.words.push(Entry { seen: 0, stem, name, part: name_part(word) });
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
}

/// Note a key, once a document.
fn note(keys: &mut [(u64, u32)], at: u32, document: u32, found: &mut Vec<u64>) {
    if let Some((key, last)) = keys.get_mut(at as usize).filter(|k| k.1 != document) {
        *last = document;
        found.push(*key);
    }
}

/// True where no sentence start explains a capital. After a quote or a bracket a sentence may begin, unless it ends
/// right there.
fn is_inside(view: &View, i: usize) -> bool {
    let tokens = view.tokens();
    let is_mark = |i: usize| tokens.get(i).is_none_or(|t| t.kind == TokenKind::Punctuation);
    let same = i > 0 && tokens[i - 1].sentence == tokens[i].sentence;
    same && (!is_mark(i - 1) || is_mark(i + 1))
}

fn lines(view: &View) -> Vec<u64> {
    let mut keys = Vec::new();
    let mut from = 0;
    let mut add = |line: &str| {
        let line = line.trim();
        if !line.is_empty() && line.len() <= LINE_LIMIT {
            keys.push(line_key(line));
        }
    };
    for end in memchr::memchr_iter(b'\n', view.text.as_bytes()) {
        add(&view.text[from..end]);
        from = end + 1;
    }
    add(&view.text[from..]);
    distinct(keys)
}

fn distinct(mut keys: Vec<u64>) -> Vec<u64> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

pub(crate) fn key(text: &str) -> u64 {
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

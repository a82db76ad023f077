//! What one document contributes.

use crate::Gathered;
use crate::people::{NamePart, Person, name_part, people, people_from};
use decalque_text::{Case, TermId, TokenKind, View, Word};
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
    /// What each word is, in bits: a byte a word, so that the bytes of all stay near the processor.
    words: Vec<u8>,
    /// Of each word its place in `names`; [`NOWHERE`] where it is no name.
    name_of_word: Vec<u32>,
    stems: Vec<Met>,
    stem_keys: Vec<u64>,
    /// Of each word that may be a name.
    names: Vec<Met>,
    name_keys: Vec<u64>,
    /// The place of a key in `names`.
    name_of: FxHashMap<u64, u32>,
    document: u32,
    found: Found,
}

/// A stem, or a word that is a name.
#[derive(Debug, Clone, Copy, Default)]
struct Met {
    /// The last document that has it.
    document: u32,
    /// Documents that have it, of those that were counted and not handed over yet.
    n_docs: u32,
}

/// What is found in a document: lists that are filled anew for each, so that they need not grow each time.
#[derive(Debug, Default)]
struct Found {
    /// Stems of the words that are no function words; then those that are new.
    stems: Vec<u32>,
    n_stems: usize,
    /// Tokens of which more than the stem counts.
    others: Vec<u32>,
    names: Vec<u32>,
    starts: Vec<usize>,
}

impl Found {
    /// The distinct stems.
    fn stems(&self) -> &[u32] {
        &self.stems[..self.n_stems]
    }
}

/// Its stem counts.
const STEM: u8 = 1;
/// It may be a name.
const NAME: u8 = 2;
/// A full name may begin with it.
const FIRST: u8 = 4;
/// A full name may begin after it.
const OFFICE: u8 = 8;

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
        let mut facts = self.find(view);
        let keys = |keys: &[u64], found: &[u32]| found.iter().map(|&i| keys[i as usize]).collect();
        facts.stems = keys(&self.stem_keys, self.found.stems());
        facts.names = keys(&self.name_keys, &self.found.names);
        facts
    }

    /// Count a document as [`Gathered::add_watching`] counts its facts, which are told without stems and names: those are
    /// counted here, by their numbers, until [`Gatherer::hand_over`] is called. It is to be called for the same `all`
    /// before that is used.
    ///
    /// ```
    /// # use decalque_text::{View, Vocabulary, Layout};
    /// # use decalque_evidence::{Gathered, Gatherer};
    /// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
    /// let (mut gatherer, mut all) = (Gatherer::default(), Gathered::default());
    /// gatherer.count(&view, |surname| surname == "Peskov", &mut all);
    /// gatherer.hand_over(&mut all);
    /// assert_eq!(all.freeze().n_docs(), 1);
    /// ```
    pub fn count(&mut self, view: &View, is_watched: impl Fn(&str) -> bool, all: &mut Gathered) -> Facts {
        if self.is_new_to(view) {
            self.hand_over(all);
        }
        self.begin(view);
        let facts = self.find(view);
        let Self { found, stems, stem_keys, names, .. } = self;
        found.stems().iter().for_each(|&stem| stems[stem as usize].n_docs += 1);
        found.names.iter().for_each(|&name| names[name as usize].n_docs += 1);
        all.add_apart(&facts, is_watched, || found.stems().iter().map(|&stem| stem_keys[stem as usize]));
        facts
    }

    /// Add the stems and names of the documents that were counted.
    ///
    /// ```
    /// let mut all = decalque_evidence::Gathered::default();
    /// decalque_evidence::Gatherer::default().hand_over(&mut all);
    /// assert_eq!(all.bytes(), 0);
    /// ```
    pub fn hand_over(&mut self, all: &mut Gathered) {
        let stems = self.stem_keys.iter().copied().zip(counts(&mut self.stems));
        let names = self.name_keys.iter().copied().zip(counts(&mut self.names));
        all.add_counts(stems, names);
    }

    /// Find all that counts in a document: the facts without the keys of stems and names, whose numbers stand in `found`.
    fn find(&mut self, view: &View) -> Facts {
        let mut found = std::mem::take(&mut self.found);
        found.names.clear();
        let (n_stems, n_others) = self.sift(view, &mut found);
        found.n_stems = self.new_stems(&mut found.stems[..n_stems]);
        self.look(view, &found.others[..n_others], &mut found.names, &mut found.starts);
        let people = people_from(view, found.starts.drain(..));
        self.found = found;
        Facts { people, lines: lines(view), ..Facts::default() }
    }

    /// The stems that count and the tokens to look at, and how many they are. Half of the tokens are neither: which is not
    /// known before, so that there is no branch on it.
    fn sift(&self, view: &View, found: &mut Found) -> (usize, usize) {
        let (tokens, vocabulary) = (view.tokens(), view.vocabulary);
        let room = found.stems.len().max(tokens.len());
        found.stems.resize(room, 0);
        found.others.resize(room, 0);
        let (mut stems, mut others) = (0, 0);
        for (i, (token, &term)) in (0u32..).zip(tokens.iter().zip(view.terms)) {
            let is_word = u8::from(token.kind == TokenKind::Word);
            let word = self.words.get(term.0 as usize).copied().unwrap_or(0) * is_word;
            found.stems[stems] = vocabulary.stem_id(term);
            stems += usize::from(word & STEM != 0);
            found.others[others] = i;
            others += usize::from(word & !STEM != 0);
        }
        (stems, others)
    }

    /// Leave the distinct stems, in the order they first stand, in front; how many there are.
    fn new_stems(&mut self, stems: &mut [u32]) -> usize {
        let mut new = 0;
        for at in 0..stems.len() {
            let stem = stems[at];
            stems[new] = stem;
            if let Some(met) = self.stems.get_mut(stem as usize) {
                new += usize::from(met.document != self.document);
                met.document = self.document;
            }
        }
        new
    }

    /// Names, and where full names may begin.
    fn look(&mut self, view: &View, at: &[u32], names: &mut Vec<u32>, starts: &mut Vec<usize>) {
        for i in at.iter().map(|&i| i as usize) {
            let term = view.terms[i].0 as usize;
            let word = self.words[term];
            if word & NAME != 0 && is_inside(view, i) {
                note(&mut self.names, self.name_of_word[term], self.document, names);
            }
            if word & (FIRST | OFFICE) != 0 {
                starts.push(i + usize::from(word & OFFICE != 0));
            }
        }
    }

    /// Whether all is to be learned anew for a document.
    fn is_new_to(&self, view: &View) -> bool {
        self.vocabulary != Some(view.vocabulary.number()) || self.document == u32::MAX
    }

    /// Begin a document: learn the words that came since the last.
    fn begin(&mut self, view: &View) {
        let vocabulary = view.vocabulary;
        if self.is_new_to(view) {
            *self = Self { vocabulary: Some(vocabulary.number()), ..Self::default() };
        }
        self.document += 1;
        (self.words.len()..vocabulary.len()).for_each(|i| self.learn(vocabulary.word(TermId(i as u32))));
    }

    fn learn(&mut self, word: Word) {
        let may_be_name = word.case != Case::Lower && !word.is_stop;
        let has = |flag: u8, is: bool| if is { flag } else { 0 };
        let part = match name_part(word) {
            NamePart::First => FIRST,
            NamePart::Office => OFFICE,
            NamePart::None => 0,
        };
        self.words.push(part | has(STEM, !word.is_stop) | has(NAME, may_be_name));
        let name = if may_be_name { self.name_slot(name_key(word.norm)) } else { NOWHERE };
        self.name_of_word.push(name);
        let stem = word.stem_id as usize;
        if self.stems.len() <= stem {
            self.stems.resize(stem + 1, Met::default());
            self.stem_keys.resize(stem + 1, 0);
        }
        if let Some(key) = self.stem_keys.get_mut(stem) {
            *key = stem_key(word.stem);
        }
    }

    fn name_slot(&mut self, key: u64) -> u32 {
        *self.name_of.entry(key).or_insert_with(|| {
            self.names.push(Met::default());
            self.name_keys.push(key);
            self.names.len() as u32 - 1
        })
    }
}

/// Note a word that is a name, once a document.
fn note(names: &mut [Met], name: u32, document: u32, found: &mut Vec<u32>) {
    if let Some(met) = names.get_mut(name as usize).filter(|met| met.document != document) {
        met.document = document;
        found.push(name);
    }
}

/// Take out how many documents have each.
fn counts(met: &mut [Met]) -> impl Iterator<Item = u32> {
    met.iter_mut().map(|met| std::mem::take(&mut met.n_docs))
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

#[cfg(test)]
mod tests {
    use super::*;
    use decalque_text::{Form, Layout, Role, Sentence, Span, Token, Vocabulary};
    use proptest::prelude::*;

    const WORDS: [&str; 9] =
        ["the", "Talks", "talks", "talk", "Dmitry", "Peskov", "Peskov's", ",", "minister"];

    /// Words with a space between them, in one sentence.
    fn laid(words: &[&str], vocabulary: &mut Vocabulary) -> (String, Layout, Vec<TermId>) {
        let (mut at, mut layout) = (0, Layout::default());
        for word in words {
            let kind = if *word == "," { TokenKind::Punctuation } else { TokenKind::Word };
            let span = Span::new(at, at + word.len() as u32);
            layout.tokens.push(Token { span, kind, sentence: 0 });
            at = span.end + 1;
        }
        let span = Span::new(0, at.saturating_sub(1));
        let end_token = words.len() as u32;
        layout.sentences.push(Sentence { span, paragraph: 0, role: Role::Body, first_token: 0, end_token });
        (words.join(" "), layout, words.iter().map(|word| vocabulary.intern(word, form)).collect())
    }

    fn form(word: &str) -> Form {
        let norm = word.to_lowercase();
        let case = if norm == word { Case::Lower } else { Case::Title };
        Form { stem: norm.trim_end_matches('s').to_owned(), is_stop: norm == "the", norm, case }
    }

    /// The keys of distinct stems and names, in the order they first stand.
    fn keys(view: &View) -> (Vec<u64>, Vec<u64>) {
        let (mut stems, mut names) = (Vec::new(), Vec::new());
        let note = |list: &mut Vec<u64>, key| {
            if !list.contains(&key) {
                list.push(key);
            }
        };
        let is_word = |&i: &usize| view.tokens()[i].kind == TokenKind::Word && !view.is_stop(i);
        for i in (0..view.tokens().len()).filter(is_word) {
            note(&mut stems, stem_key(view.word(i).stem));
            if view.case(i) != Case::Lower && is_inside(view, i) {
                note(&mut names, name_key(view.norm(i)));
            }
        }
        (stems, names)
    }

    proptest! {
        /// What a gatherer remembers of earlier documents does not show in the next one.
        #[test]
        fn documents_are_gathered_alike(documents in prop::collection::vec(prop::collection::vec(0..WORDS.len(), 0..20), 1..5)) {
            let (mut gatherer, mut vocabulary) = (Gatherer::default(), Vocabulary::default());
            for picks in documents {
                let words: Vec<&str> = picks.iter().map(|&i| WORDS[i]).collect();
                let (text, layout, terms) = laid(&words, &mut vocabulary);
                let view = View { text: &text, layout: &layout, terms: &terms, vocabulary: &vocabulary };
                let facts = gatherer.gather(&view);
                prop_assert_eq!(&facts, &gather(&view));
                prop_assert_eq!((facts.stems, facts.names), keys(&view));
                prop_assert_eq!(facts.people, people(&view));
            }
        }

        /// Counted by numbers, of two vocabularies, documents come to the same as by their keys.
        #[test]
        fn documents_are_counted_alike(documents in prop::collection::vec((any::<bool>(), prop::collection::vec(0..WORDS.len(), 0..20)), 1..6)) {
            let (mut gatherer, mut vocabularies) = (Gatherer::default(), [Vocabulary::default(), Vocabulary::default()]);
            let (mut by_number, mut by_key) = (Gathered::default(), Gathered::default());
            let is_watched = |surname: &str| surname == "Peskov";
            for (which, picks) in documents {
                let words: Vec<&str> = picks.iter().map(|&i| WORDS[i]).collect();
                let vocabulary = &mut vocabularies[usize::from(which)];
                let (text, layout, terms) = laid(&words, vocabulary);
                let view = View { text: &text, layout: &layout, terms: &terms, vocabulary };
                let told = gatherer.count(&view, is_watched, &mut by_number);
                let facts = gather(&view);
                by_key.add_watching(&facts, is_watched);
                prop_assert_eq!(told, Facts { stems: vec![], names: vec![], ..facts });
            }
            gatherer.hand_over(&mut by_number);
            prop_assert_eq!(by_number.snapshot(), by_key.snapshot());
        }
    }
}

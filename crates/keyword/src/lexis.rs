//! The distinct words of one document, each classified once.

use crate::lists::{BREAKS, CONNECTORS, GENERAL, TIMES, holds};
use decalque_evidence::Evidence;
use decalque_text::{Case, Sentence, TokenKind, View, Word};
use rustc_hash::FxHashMap;

/// What a word can do in a phrase; a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks(u16);

impl Marks {
    /// No phrase holds it.
    pub(crate) const BREAK: Self = Self(1);
    /// A name: capitals that no sentence start explains.
    pub(crate) const NAME: Self = Self(1 << 1);
    /// Digits.
    pub(crate) const NUMBER: Self = Self(1 << 2);
    /// `of`, `de` and their kind: only between two words of a phrase.
    pub(crate) const CONNECTOR: Self = Self(1 << 3);
    /// A participle: begins a phrase, never ends one.
    pub(crate) const PARTICIPLE: Self = Self(1 << 4);
    /// Looks like an adjective.
    pub(crate) const ADJECTIVE: Self = Self(1 << 5);
    /// Ends in `-ing`.
    pub(crate) const GERUND: Self = Self(1 << 6);
    /// A word of any text: `result`, `people`.
    pub(crate) const GENERAL: Self = Self(1 << 7);
    /// A day, a month, a word of time.
    pub(crate) const TIME: Self = Self(1 << 8);
    /// Ends in `'s` or `'`.
    pub(crate) const POSSESSIVE: Self = Self(1 << 9);
    /// Capitals only: `NATO`.
    pub(crate) const ACRONYM: Self = Self(1 << 10);

    /// One character: `x`. No phrase by itself.
    pub(crate) const LETTER: Self = Self(1 << 11);

    /// True when the two share a mark.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Either mark.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn with(self, other: Self, when: bool) -> Self {
        if when { Self(self.0 | other.0) } else { self }
    }
}

/// A distinct surface form of the document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    /// Index of its stem in the document.
    pub(crate) stem: u32,
    /// What it can do.
    pub(crate) marks: Marks,
    /// Its length in characters, without a possessive ending.
    pub(crate) chars: u32,
}

/// A distinct stem of the document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stem {
    /// How rare it is in the corpus, 0 (in every document) to 1 (in one alone).
    pub(crate) rarity: f64,
}

/// The words of a document: an entry for each token, classified once for each distinct form.
#[derive(Debug, Default)]
pub(crate) struct Lexis {
    of_token: Vec<u32>,
    entries: Vec<Entry>,
    stems: Vec<Stem>,
}

/// The rarity of a word while there is no corpus to tell.
const UNKNOWN_RARITY: f64 = 0.7;
/// So many documents of corpus weigh as much as knowing nothing.
const CORPUS_PRIOR: f64 = 10.0;

impl Lexis {
    /// Classify every word of a document.
    pub(crate) fn new(view: &View, evidence: &Evidence) -> Self {
        let mut lexis = Self { of_token: Vec::with_capacity(view.tokens().len()), ..Self::default() };
        let mut samples = Vec::new();
        let mut seen = FxHashMap::default();
        for (i, token) in view.tokens().iter().enumerate() {
            let key = (view.terms.get(i).map_or(u32::MAX, |t| t.0), is_wordlike(token.kind));
            let id = *seen.entry(key).or_insert_with(|| {
                samples.push(i);
                samples.len() as u32 - 1
            });
            lexis.of_token.push(id);
        }
        let names = names(view, &lexis.of_token, samples.len());
        let mut stems = FxHashMap::default();
        for (&sample, &is_name) in samples.iter().zip(&names) {
            let word = view.word(sample);
            let next = lexis.stems.len() as u32;
            let stem = *stems.entry(word.stem_id).or_insert(next);
            if stem == next {
                lexis.stems.push(Stem { rarity: rarity(evidence, word.stem) });
            }
            let kind = view.tokens().get(sample).map_or(TokenKind::Punctuation, |t| t.kind);
            lexis.entries.push(Entry { stem, marks: marks(&word, kind, is_name), chars: bare(word.norm).chars().count() as u32 });
        }
        lexis
    }

    /// The entry of token `i`.
    pub(crate) fn entry(&self, i: usize) -> Entry {
        let entry = self.of_token.get(i).and_then(|&id| self.entries.get(id as usize));
        entry.copied().unwrap_or(Entry { stem: u32::MAX, marks: Marks::BREAK, chars: 0 })
    }

    /// Number of distinct stems.
    pub(crate) fn n_stems(&self) -> usize {
        self.stems.len()
    }

    /// What is known of stem `id`.
    pub(crate) fn stem(&self, id: u32) -> Stem {
        self.stems.get(id as usize).copied().unwrap_or(Stem { rarity: 0.0 })
    }
}

const fn is_wordlike(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Word | TokenKind::Number)
}

/// How rare a stem is in the corpus (inverse document frequency, Spärck Jones 1972, scaled to 0..1). A small corpus
/// says little: its word is mixed with a constant.
fn rarity(evidence: &Evidence, stem: &str) -> f64 {
    let n = evidence.n_docs() as f64;
    if n < 2.0 {
        return UNKNOWN_RARITY;
    }
    let df = f64::from(evidence.document_frequency(stem)).max(1.0);
    let idf = ((n + 1.0) / (df + 0.5)).ln() / ((n + 1.0) / 1.5).ln();
    let trust = n / (n + CORPUS_PRIOR);
    trust * idf.clamp(0.0, 1.0) + (1.0 - trust) * UNKNOWN_RARITY
}

/// For each distinct form, whether it is capitalised where no sentence start and no headline explains it.
fn names(view: &View, of_token: &[u32], n: usize) -> Vec<bool> {
    let mut names = vec![false; n];
    for sentence in view.layout.sentences.iter().filter(|s| s.role.is_content()) {
        if is_headline_case(view, sentence) {
            continue;
        }
        for i in sentence.tokens().skip(1) {
            // After an opening quote or a bracket a capital may begin a sentence as well.
            let after_word = view.tokens().get(i - 1).is_some_and(|t| is_wordlike(t.kind)) || view.token_text(i - 1) == ",";
            if after_word && let Some(name) = of_token.get(i).and_then(|&id| names.get_mut(id as usize)) {
                *name |= is_capitalised(view.word(i).case);
            }
        }
    }
    names
}

const fn is_capitalised(case: Case) -> bool {
    matches!(case, Case::Title | Case::Upper | Case::Mixed)
}

/// True when most words of a sentence are capitalised: `Leaders Meet in Minsk`. Capitals then tell no names.
fn is_headline_case(view: &View, sentence: &Sentence) -> bool {
    let (mut capitals, mut words) = (0, 0);
    for i in sentence.tokens() {
        let word = view.word(i);
        let counts = !word.is_stop && view.tokens().get(i).is_some_and(|t| t.kind == TokenKind::Word);
        words += u32::from(counts);
        capitals += u32::from(counts && is_capitalised(word.case));
    }
    capitals * 4 >= words * 3
}

fn marks(word: &Word, kind: TokenKind, seen_as_name: bool) -> Marks {
    let none = Marks::default();
    if CONNECTORS.contains(&word.surface) {
        return Marks::CONNECTOR;
    }
    if kind == TokenKind::Number {
        return Marks::NUMBER;
    }
    if kind != TokenKind::Word || word.is_stop || !word.norm.chars().any(char::is_alphabetic) {
        return Marks::BREAK;
    }
    let acronym = word.case == Case::Upper && word.surface.len() > 1;
    let name = seen_as_name || acronym || word.case == Case::Mixed;
    let norm = bare(word.norm);
    if !name && (holds(BREAKS, norm) || is_adverb(norm) || norm.chars().count() < 2) {
        return Marks::BREAK;
    }
    none.with(Marks::NAME, name)
        .with(Marks::ACRONYM, acronym)
        .with(Marks::LETTER, norm.chars().count() < 2)
        .with(Marks::POSSESSIVE, norm.len() < word.norm.len())
        .with(Marks::GENERAL, holds(GENERAL, norm))
        .with(Marks::TIME, holds(TIMES, norm))
        .with(Marks::PARTICIPLE, !name && ends_in(norm, &["ed"]) && !norm.ends_with("eed"))
        .with(Marks::GERUND, !name && ends_in(norm, &["ing"]))
        .with(Marks::ADJECTIVE, !name && is_adjective(norm))
}

/// The word without a possessive ending.
pub(crate) fn bare(word: &str) -> &str {
    ["'s", "’s", "'", "’"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}

fn ends_in(norm: &str, endings: &[&str]) -> bool {
    endings.iter().any(|e| norm.len() > e.len() + 2 && norm.ends_with(e))
}

/// Adverbs in `-ly`; nouns in `-ly` are few.
fn is_adverb(norm: &str) -> bool {
    const NOUNS: &[&str] = &[
        "ally", "anomaly", "assembly", "belly", "bully", "butterfly", "family", "fly", "homily", "jelly", "lily",
        "monopoly", "rally", "reply", "supply",
    ];
    ends_in(norm, &["ly"]) && !holds(NOUNS, norm)
}

fn is_adjective(norm: &str) -> bool {
    const ENDINGS: &[&str] =
        &["ous", "ful", "ible", "able", "ive", "ical", "less", "ish", "ary", "ial", "ual", "nal", "ent", "ant", "tic"];
    ends_in(norm, ENDINGS)
}

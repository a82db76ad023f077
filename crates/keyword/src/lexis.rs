//! The distinct words of one document, each classified once.

use crate::lists::listed;
use decalque_evidence::Evidence;
use decalque_text::{Case, Token, TokenKind, View, Word};
use rustc_hash::{FxBuildHasher, FxHashMap};

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

    /// A noun, whatever its ending.
    pub(crate) const NOUN: Self = Self(1 << 12);

    /// Surely an adjective: says how a thing is, names none.
    pub(crate) const QUALITY: Self = Self(1 << 13);

    /// True when the two share a mark.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Either mark.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// All marks but these.
    const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
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

/// The words of a document: an entry for each token, classified once for each distinct form.
#[derive(Debug, Default)]
pub(crate) struct Lexis {
    of_token: Vec<u32>,
    entries: Vec<Entry>,
    /// How rare each stem is in the corpus, 0 (in every document) to 1 (in one alone).
    rarities: Vec<f64>,
}

/// The rarity of a word while there is no corpus to tell.
const UNKNOWN_RARITY: f64 = 0.7;
/// So many documents of corpus weigh as much as knowing nothing.
const CORPUS_PRIOR: f64 = 10.0;

impl Lexis {
    /// Classify every word of a document.
    pub(crate) fn new(view: &View, evidence: &Evidence) -> Self {
        let (of_token, forms) = distinct(view);
        let names = names(view, &of_token, &forms);
        let mut lexis = Self { of_token, entries: Vec::with_capacity(forms.len()), rarities: Vec::new() };
        let mut stems = FxHashMap::with_capacity_and_hasher(forms.len(), FxBuildHasher);
        for (form, &is_name) in forms.iter().zip(&names) {
            let marks = marks(&form.word, form.kind, is_name);
            let next = lexis.rarities.len() as u32;
            let stem = *stems.entry(form.word.stem_id).or_insert(next);
            if stem == next {
                let counts = !marks.has(Marks::BREAK);
                lexis.rarities.push(if counts { rarity(evidence, form.word.stem) } else { UNKNOWN_RARITY });
            }
            lexis.entries.push(Entry { stem, marks, chars: bare(form.word.norm).chars().count() as u32 });
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
        self.rarities.len()
    }

    /// How rare a stem is in the corpus.
    pub(crate) fn rarity(&self, stem: u32) -> f64 {
        self.rarities.get(stem as usize).copied().unwrap_or(UNKNOWN_RARITY)
    }
}

/// A distinct surface form and kind of token.
struct Form<'a> {
    word: Word<'a>,
    kind: TokenKind,
}

impl Form<'_> {
    const fn is_capitalised(&self) -> bool {
        matches!(self.word.case, Case::Title | Case::Upper | Case::Mixed)
    }

    /// True for words that would be capitalised in a headline.
    fn is_content(&self) -> bool {
        self.kind == TokenKind::Word && !self.word.is_stop
    }

    /// True for a capitalised first word that a name may begin with: `Dmitry` in `Dmitry Peskov said`.
    fn can_begin_name(&self) -> bool {
        self.is_content() && self.is_capitalised() && !listed(bare(self.word.norm)).has(Marks::BREAK)
    }

    /// True for what a sentence cannot begin after: a capital there is a name's.
    fn goes_on(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Number) || self.word.surface == ","
    }
}

/// The number of each token's form, and the forms.
fn distinct<'a>(view: &View<'a>) -> (Vec<u32>, Vec<Form<'a>>) {
    let tokens = view.tokens();
    let mut forms = Vec::with_capacity(tokens.len() / 2);
    let mut numbers = FxHashMap::with_capacity_and_hasher(tokens.len() / 2, FxBuildHasher);
    let number = |(i, token): (usize, &Token)| {
        let key = (view.terms.get(i).map_or(u32::MAX, |t| t.0), token.kind);
        *numbers.entry(key).or_insert_with(|| {
            forms.push(Form { word: view.word(i), kind: token.kind });
            forms.len() as u32 - 1
        })
    };
    let of_token = tokens.iter().enumerate().map(number).collect();
    (of_token, forms)
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
fn names(view: &View, of_token: &[u32], forms: &[Form]) -> Vec<bool> {
    let mut names = vec![false; forms.len()];
    for sentence in view.layout.sentences.iter().filter(|s| s.role.is_content()) {
        let numbers = of_token.get(sentence.tokens()).unwrap_or(&[]);
        if is_headline_case(numbers, forms) {
            continue;
        }
        for (i, pair) in numbers.windows(2).enumerate() {
            let &[before, here] = pair else { continue };
            let (first, second) = (&forms[before as usize], &forms[here as usize]);
            // After an opening quote or a bracket a capital may begin a sentence as well.
            if first.goes_on() && second.is_capitalised() {
                names[here as usize] = true;
                names[before as usize] |= i == 0 && first.can_begin_name();
            }
        }
    }
    names
}

/// True when most words of a line without a stop are capitalised: `Leaders Meet in Minsk`. Capitals then tell no names.
fn is_headline_case(numbers: &[u32], forms: &[Form]) -> bool {
    let words = || numbers.iter().map(|&n| &forms[n as usize]).filter(|f| f.is_content());
    let stops = numbers
        .last()
        .is_some_and(|&n| matches!(forms[n as usize].word.surface, "." | "!" | "?" | "…" | "..."));
    !stops && words().filter(|f| f.is_capitalised()).count() * 4 >= words().count() * 3
}

fn marks(word: &Word, kind: TokenKind, seen_as_name: bool) -> Marks {
    match kind {
        TokenKind::Number => return Marks::NUMBER,
        TokenKind::Word => {}
        _ => return Marks::BREAK,
    }
    let norm = bare(word.norm);
    let listed = listed(norm);
    if listed.has(Marks::CONNECTOR) && word.case == Case::Lower {
        return Marks::CONNECTOR;
    }
    let acronym = word.case == Case::Upper && word.surface.len() > 1;
    let name = seen_as_name || acronym || word.case == Case::Mixed;
    let letter = norm.chars().nth(1).is_none();
    let ordinary = !name && (listed.has(Marks::BREAK) || letter || is_adverb(norm, listed));
    if word.is_stop || ordinary || !norm.chars().any(char::is_alphabetic) {
        return Marks::BREAK;
    }
    let shape = if name { Marks::NAME } else { ending(norm) };
    listed
        .without(Marks::BREAK.or(Marks::CONNECTOR))
        .or(shape)
        .with(Marks::ACRONYM, acronym)
        .with(Marks::LETTER, letter)
        .with(Marks::POSSESSIVE, norm.len() < word.norm.len())
}

/// The word without a possessive ending.
pub(crate) fn bare(word: &str) -> &str {
    let plain = word.strip_suffix(['\'', '’']).unwrap_or(word);
    ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(plain)
}

/// Adverbs in `-ly`; nouns in `-ly` are few and listed.
fn is_adverb(norm: &str, listed: Marks) -> bool {
    norm.len() > 4 && norm.ends_with("ly") && !listed.has(Marks::NOUN)
}

/// What the ending of an ordinary word makes of it.
fn ending(norm: &str) -> Marks {
    let sure = Marks::ADJECTIVE.or(Marks::QUALITY);
    match norm.as_bytes() {
        [_, _, _, .., b'e', b'e', b'd'] => Marks::default(),
        [_, _, _, .., b'e', b'd'] => Marks::PARTICIPLE,
        [_, _, _, .., b'i', b'n', b'g'] => Marks::GERUND,
        [_, _, _, .., b'i', b'c', b'a', b'l'] | [_, _, _, .., b'l', b'e', b's', b's'] => sure,
        [_, _, _, .., b'o', b'u', b's'] | [_, _, _, .., b'f', b'u', b'l'] => sure,
        [_, _, _, .., b'i', b'b', b'l', b'e'] | [_, _, _, .., b't', b'i', b'a', b'l'] => sure,
        [_, _, _, _, .., b'a', b'b', b'l', b'e'] | [_, _, _, .., b'o', b'n', b'a', b'l'] => sure,
        [_, _, _, .., b'i', b'v', b'e'] | [_, _, _, .., b'i', b's', b'h'] => Marks::ADJECTIVE,
        [_, _, _, .., b'a', b'r', b'y'] | [_, _, _, .., b't', b'i', b'c'] => Marks::ADJECTIVE,
        [_, _, _, .., b'm', b'e', b'n', b't'] => Marks::default(),
        [_, _, _, .., b'i' | b'u' | b'n', b'a', b'l'] | [_, _, _, .., b'e' | b'a', b'n', b't'] => {
            Marks::ADJECTIVE
        }
        _ => Marks::default(),
    }
}

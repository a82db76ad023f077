//! How likely a document is machine translation.
//!
//! A sum of weighted rates: how often, in a thousand tokens, a document has each of a few marks (a quote torn from its
//! comma, a title half in capitals) and function words (engines keep Russian's `which` and lack its missing articles).
//! The weights are a logistic regression (Cox 1958) with a ridge, learned by `tools/train_mt_score.py` from public
//! machine translations of Russian news against human translations of the same articles, so that the topic says nothing.

use crate::Seen;
use crate::weights::{BIAS, WEIGHTS};
use decalque_text::{Case, Correction, Kind, Status, TermId, TokenKind, View};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Rates by which a translation engine is known, per thousand tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct MachineScore {
    /// 0 (written by a person) to 1 (machine translation).
    pub value: f64,
    /// Name and rate of every feature that is not zero, in a fixed order.
    pub features: Vec<(&'static str, f64)>,
}

/// Features that are counted by looking at a place; those after them are words.
const PLACES: [&str; 11] = [
    "detached_quote",
    "quote_comma",
    "spaced_hyphen",
    "half_capital",
    "lonely_capital",
    "latin_residue",
    "cyrillic",
    "year_noun",
    "double_stop",
    "contraction",
    "possessive",
];

/// Findings of the local rules, each kind a feature.
const KINDS: [Kind; 3] = [Kind::Casing, Kind::Typography, Kind::LetterCalque];

/// Words that each are a feature; variants of one feature are separated by `|`.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "the", "a|an", "of", "to", "in", "for", "with", "by", "on", "at", "from", "as", "that", "which", "who|whom|whose",
    "it", "its", "this|these", "those", "he|she", "his|her", "they", "their", "was|were", "is|are", "has|have", "had",
    "be|been|being", "will", "would", "could", "can", "may", "not", "and", "or", "but", "also", "however",
    "so", "about", "up|out|off|down|over", "into|onto", "after", "before", "when|while", "if", "than", "more", "most",
    "such", "during", "between", "among", "said|says", "told", "noted|stressed|emphasized|underlined", "according",
    "might", "currently", "around", "regarding|concerning", "bit|lots|sort|things|stuff", "necessary|possible|impossible",
    "fact", "began|begin|begun|begins", "became|become|becomes", "does|did|do", "near", "various|certain", "carried|conducted",
    "everything|everyone", "participation|implementation|organization|realization", "obtained|received", "connection", "moreover|besides", "same", "own", "all", "any|some", "only", "already", "now", "there", "what|how",
    "one", "year|years", "time", "number", "because", "since|due", "i", "we|our", "you|your",
];

/// Number of features.
pub(crate) const N: usize = FOUND + KINDS.len();

/// The feature of two stops in a row.
const DOUBLE_STOP: usize = 8;

/// The first feature of [`KINDS`].
const FOUND: usize = PLACES.len() + WORDS.len();

/// Tokens that every document is lengthened by, so that a short one proves little.
const PRIOR: f64 = 100.0;

/// The score of a document as it came, with what the rules of the local layer found in it.
///
/// ```
/// use decalque_text::{Layout, View, Vocabulary};
/// use decalque_normalize::{Triggered, machine_score};
/// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
/// assert!(machine_score(&view, &[], &mut Triggered::default()).value < 0.9);
/// ```
pub fn machine_score(view: &View, found: &[Correction], triggered: &mut crate::Triggered) -> MachineScore {
    Tells::of(view, triggered).score(found)
}

/// What the words of a document tell of a machine. Rules are called by it, and with what they find it becomes the score.
///
/// ```
/// use decalque_text::{Layout, View, Vocabulary};
/// use decalque_normalize::{Tells, Triggered};
/// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
/// let score = Tells::of(&view, &mut Triggered::default()).score(&[]);
/// assert!(score.features.is_empty() && (0.0..=1.0).contains(&score.value));
/// ```
#[derive(Debug, Clone)]
pub struct Tells {
    counts: [u32; N],
    tokens: f64,
    /// Weighted logarithms of the rates, in the order of the features; findings come last.
    sum: f64,
}

impl Tells {
    /// Count them.
    pub fn of(view: &View, triggered: &mut crate::Triggered) -> Self {
        let (counts, tokens) = count(view, triggered);
        let mut tells = Self { counts, tokens, sum: 0.0 };
        tells.sum = (0..N).fold(0.0, |sum, i| sum + tells.part(i));
        tells
    }

    /// The likelihood of machine translation by the words alone.
    ///
    /// ```
    /// use decalque_text::{Layout, View, Vocabulary};
    /// use decalque_normalize::{Tells, Triggered};
    /// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
    /// let tells = Tells::of(&view, &mut Triggered::default());
    /// assert_eq!(tells.guess(), tells.score(&[]).value);
    /// ```
    pub fn guess(&self) -> f64 {
        round(1.0 / (1.0 + (-BIAS - self.sum).exp()), 1e4)
    }

    /// The score, with what the rules of the local layer found.
    pub fn score(mut self, found: &[Correction]) -> MachineScore {
        let tells = |c: &&Correction| c.status != Status::Refused && c.edit.rule != crate::rules::MOJIBAKE;
        for correction in found.iter().filter(tells) {
            if let Some(k) = KINDS.iter().position(|k| *k == correction.edit.kind) {
                self.counts[FOUND + k] += 1;
            }
        }
        self.sum = (FOUND..N).fold(self.sum, |sum, i| sum + self.part(i));
        let seen = || (0..N).filter(|&i| self.counts[i] > 0);
        // Counted first, so that the list need not grow.
        let mut features = Vec::with_capacity(seen().count());
        features.extend(seen().map(|i| (name(i), round(self.rate(i), 1e2))));
        MachineScore { value: self.guess(), features }
    }

    /// How often a feature is there, in a thousand tokens.
    fn rate(&self, i: usize) -> f64 {
        f64::from(self.counts[i]) * 1000.0 / (self.tokens + PRIOR)
    }

    /// What a feature adds to the score.
    fn part(&self, i: usize) -> f64 {
        // Most features are not there, and a logarithm takes long.
        if self.counts[i] == 0 { 0.0 } else { WEIGHTS[i] * self.rate(i).ln_1p() }
    }
}

/// Rounded, so that the last bit does not depend on the platform.
fn round(x: f64, parts: f64) -> f64 {
    (x * parts).round() / parts
}

fn name(i: usize) -> &'static str {
    let word = || i.checked_sub(PLACES.len()).and_then(|w| WORDS.get(w));
    let kind = || KINDS.get(i - FOUND).map_or("", |k| k.name());
    PLACES.get(i).or_else(word).copied().unwrap_or_else(kind)
}

fn count(view: &View, triggered: &mut crate::Triggered) -> ([u32; N], f64) {
    let classes = triggered.classes(view.vocabulary);
    let class_of = |term: &TermId| classes.get(term.0 as usize).copied().unwrap_or(Class::NONE);
    // By class, so that the words that are nothing need no branch.
    let (mut seen, mut tokens) = ([0_u32; 256], 0);
    for sentence in view.layout.sentences.iter().filter(|s| s.role.is_content()) {
        tokens += sentence.end_token - sentence.first_token;
        let places = sentence.tokens();
        for (i, class) in places.clone().zip(view.terms.get(places).unwrap_or(&[]).iter().map(class_of)) {
            seen[usize::from(class.0)] += 1;
            if let Some(look) = class.look()
                && let Some(n) = look_at(view, i, look, i == sentence.first_token as usize)
            {
                seen[usize::from(Class::feature(n).0)] += 1;
            }
        }
    }
    (std::array::from_fn(|n| seen[usize::from(Class::feature(n).0)]), f64::from(tokens))
}

/// What a word is to the score, by itself, in one byte: nothing, the number of a feature, or why to look at its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Class(u8);

impl Class {
    const NONE: Self = Self(0);
    /// The class of the first [`Look`].
    const FIRST_LOOK: u8 = 128;

    const fn feature(n: usize) -> Self {
        Self(n as u8 + 1)
    }

    const fn at_look(look: Look) -> Self {
        Self(Self::FIRST_LOOK + look as u8)
    }

    /// Why to look at its neighbours, if it depends on them.
    fn look(self) -> Option<Look> {
        self.0.checked_sub(Self::FIRST_LOOK).and_then(|n| LOOKS.get(usize::from(n))).copied()
    }
}

const _: () = assert!(N < Class::FIRST_LOOK as usize, "features and looks have classes of their own");

/// Why to look at the neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Quote,
    Dash,
    Stop,
    Year,
    /// A capitalised English word.
    Capital,
    /// A capitalised noun of office.
    Office,
}

/// All of them, in the order of their classes.
const LOOKS: [Look; 6] = [Look::Quote, Look::Dash, Look::Stop, Look::Year, Look::Capital, Look::Office];

fn words() -> &'static FxHashMap<&'static str, u8> {
    static MAP: OnceLock<FxHashMap<&'static str, u8>> = OnceLock::new();
    MAP.get_or_init(|| {
        let all = WORDS.iter().zip(0u8..);
        all.flat_map(|(words, n)| words.split('|').map(move |w| (w, n))).collect()
    })
}

/// Classify a word once for its vocabulary.
pub(crate) fn class_of(word: &Seen) -> Class {
    match word.norm {
        "\"" | "”" | "“" | "''" => return Class::at_look(Look::Quote),
        "-" => return Class::at_look(Look::Dash),
        "." => return Class::at_look(Look::Stop),
        ".." => return Class::feature(DOUBLE_STOP),
        "year" if word.case == Case::Lower => return Class::at_look(Look::Year),
        _ => {}
    }
    if let Some(&n) = words().get(word.norm) {
        return Class::feature(PLACES.len() + usize::from(n));
    }
    if word.surface.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}')) {
        return Class::feature(6);
    }
    if let Some(feature) = contraction(word.norm) {
        return feature;
    }
    match word.case {
        Case::Lower if is_residue(word) => Class::feature(5),
        Case::Title if is_office(word.norm) => Class::at_look(Look::Office),
        Case::Title if word.is_english() => Class::at_look(Look::Capital),
        _ => Class::NONE,
    }
}

/// `don't`, `we've`; and possessives, `Moscow's`.
fn contraction(norm: &str) -> Option<Class> {
    let is_of = |endings: &[&str]| {
        endings.iter().any(|e| norm.ends_with(e)) && norm.bytes().any(|b| b.is_ascii_alphabetic())
    };
    match () {
        () if is_of(&["n't", "'re", "'ve", "'ll", "'m"]) => Some(Class::feature(9)),
        () if is_of(&["'s"]) => Some(Class::feature(10)),
        () => None,
    }
}

/// A Russian word in Latin letters.
fn is_residue(word: &Seen) -> bool {
    let is_plain = word.norm.chars().all(char::is_alphabetic);
    let is_russian = || word.looks_russian() || word.norm.chars().count() >= 5 && word.is_russian();
    is_plain && !word.is_english() && is_russian()
}

/// The feature that the neighbours of token `i` make of it.
fn look_at(view: &View, i: usize, look: Look, first: bool) -> Option<usize> {
    let before = || i.checked_sub(1).map_or("", |p| view.norm(p));
    let gap_before = || i.checked_sub(1).map_or("", |p| view.gap_after(p));
    let gap = || view.gap_after(i);
    match look {
        Look::Quote if matches!(before(), "," | ".") && gap_before() == " " => Some(0),
        Look::Quote
            if gap().is_empty()
                && matches!(view.norm(i + 1), "," | "-" | "–")
                && !gap_before().contains(' ') =>
        {
            Some(1)
        }
        Look::Dash if gap() == " " && gap_before() == " " => Some(2),
        Look::Stop if gap().is_empty() && view.norm(i + 1) == "." => Some(DOUBLE_STOP),
        Look::Year if is_number(view, i.wrapping_sub(1)) => Some(7),
        Look::Office if !first && is_small(view, i.wrapping_sub(1)) && !view.is_stop(i - 1) => Some(3),
        Look::Office | Look::Capital
            if !first
                && is_small(view, i.wrapping_sub(1))
                && !is_capital(view, i + 1)
                && gap_before() == " " =>
        {
            Some(4)
        }
        _ => None,
    }
}

fn is_number(view: &View, i: usize) -> bool {
    view.tokens().get(i).is_some_and(|t| t.kind == TokenKind::Number)
}

fn is_small(view: &View, i: usize) -> bool {
    view.case(i) == Case::Lower
}

fn is_capital(view: &View, i: usize) -> bool {
    matches!(view.case(i), Case::Title | Case::Upper | Case::Mixed)
}

fn is_office(norm: &str) -> bool {
    matches!(
        norm,
        "minister"
            | "ministry"
            | "department"
            | "council"
            | "state"
            | "secretary"
            | "committee"
            | "service"
            | "agency"
            | "president"
            | "director"
            | "house"
            | "cup"
            | "bank"
            | "court"
            | "duma"
            | "chairman"
            | "commission"
    )
}

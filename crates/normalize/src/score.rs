//! How likely a document is machine translation.
//!
//! A sum of weighted rates: how often, in a thousand tokens, a document has each of a few marks (a quote torn from its
//! comma, a title half in capitals) and function words (engines keep Russian's `which` and lack its missing articles).
//! The weights are a logistic regression (Cox 1958) with a ridge, learned by `tools/train_mt_score.py` from public
//! machine translations of Russian news against human translations of the same articles, so that the topic says nothing.

use crate::Seen;
use crate::weights::{BIAS, WEIGHTS};
use decalque_text::{Case, Correction, Kind, Status, TokenKind, View};
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
pub(crate) const N: usize = PLACES.len() + WORDS.len() + KINDS.len();

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
    let (mut counts, tokens) = count(view, triggered);
    let tells = |c: &&Correction| c.status != Status::Refused && c.edit.rule != crate::rules::MOJIBAKE;
    for correction in found.iter().filter(tells) {
        if let Some(k) = KINDS.iter().position(|k| *k == correction.edit.kind) {
            counts[PLACES.len() + WORDS.len() + k] += 1;
        }
    }
    let rates = counts.map(|n| f64::from(n) * 1000.0 / (tokens + PRIOR));
    let sum: f64 = WEIGHTS.iter().zip(rates).map(|(w, x)| w * x.ln_1p()).sum();
    let features = (0..N).filter(|&i| counts[i] > 0).map(|i| (name(i), round(rates[i], 1e2))).collect();
    MachineScore { value: round(1.0 / (1.0 + (-BIAS - sum).exp()), 1e4), features }
}

/// Rounded, so that the last bit does not depend on the platform.
fn round(x: f64, parts: f64) -> f64 {
    (x * parts).round() / parts
}

fn name(i: usize) -> &'static str {
    let word = || i.checked_sub(PLACES.len()).and_then(|w| WORDS.get(w));
    let kind = || KINDS.get(i - PLACES.len() - WORDS.len()).map_or("", |k| k.name());
    PLACES.get(i).or_else(word).copied().unwrap_or_else(kind)
}

fn count(view: &View, triggered: &mut crate::Triggered) -> ([u32; N], f64) {
    let mut counts = [0; N];
    let mut tokens = 0;
    let classes = triggered.classes(view.vocabulary);
    for sentence in view.layout.sentences.iter().filter(|s| s.role.is_content()) {
        for i in sentence.tokens() {
            tokens += 1;
            let class = view.terms.get(i).and_then(|term| classes.get(term.0 as usize));
            match *class.unwrap_or(&Class::None) {
                Class::None => {}
                Class::Word(n) => counts[PLACES.len() + usize::from(n)] += 1,
                Class::Place(n) => counts[usize::from(n)] += 1,
                Class::Look(look) => {
                    let first = i == sentence.first_token as usize;
                    if let Some(n) = look_at(view, i, look, first) {
                        counts[n] += 1;
                    }
                }
            }
        }
    }
    (counts, f64::from(tokens))
}

/// What a word is to the score, by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Nothing.
    None,
    /// A feature of [`WORDS`].
    Word(u8),
    /// A feature of [`PLACES`], wherever it stands.
    Place(u8),
    /// It depends on its neighbours.
    Look(Look),
}

/// Why to look at the neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Quote,
    Dash,
    Mark,
    Year,
    /// A capitalised English word.
    Capital,
    /// A capitalised noun of office.
    Office,
}

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
        "\"" | "”" | "“" | "''" => return Class::Look(Look::Quote),
        "-" | "–" | "—" => return Class::Look(Look::Dash),
        "," | "." | ";" | ":" | "!" | "?" | ".." => return Class::Look(Look::Mark),
        "year" if word.case == Case::Lower => return Class::Look(Look::Year),
        _ => {}
    }
    if let Some(&n) = words().get(word.norm) {
        return Class::Word(n);
    }
    let letters = word.norm.bytes().any(|b| b.is_ascii_alphabetic());
    if word.surface.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}')) {
        return Class::Place(6);
    }
    if letters
        && (word.norm.ends_with("n't") || ["'re", "'ve", "'ll", "'m"].iter().any(|e| word.norm.ends_with(e)))
    {
        return Class::Place(9);
    }
    if letters && word.norm.ends_with("'s") {
        return Class::Place(10);
    }
    match word.case {
        Case::Lower if is_residue(word) => Class::Place(5),
        Case::Title if is_office(word.norm) => Class::Look(Look::Office),
        Case::Title if word.is_english() => Class::Look(Look::Capital),
        _ => Class::None,
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
    let before = |k: usize| i.checked_sub(k).map_or("", |p| view.norm(p));
    let gap_before = i.checked_sub(1).map_or("", |p| view.gap_after(p));
    let gap = view.gap_after(i);
    match look {
        Look::Quote if matches!(before(1), "," | ".") && gap_before == " " => Some(0),
        Look::Quote
            if gap.is_empty() && matches!(view.norm(i + 1), "," | "-" | "–") && !gap_before.contains(' ') =>
        {
            Some(1)
        }
        Look::Dash if gap == " " && gap_before == " " => (view.norm(i) == "-").then_some(2),
        Look::Mark
            if view.norm(i) == ".." || gap.is_empty() && view.norm(i) == "." && view.norm(i + 1) == "." =>
        {
            Some(8)
        }
        Look::Year if is_number(view, i.wrapping_sub(1)) => Some(7),
        Look::Office if !first && is_small(view, i.wrapping_sub(1)) && !view.is_stop(i - 1) => Some(3),
        Look::Office | Look::Capital
            if !first
                && gap_before == " "
                && is_small(view, i.wrapping_sub(1))
                && !is_capital(view, i + 1) =>
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
    view.tokens().get(i).is_some() && view.case(i) == Case::Lower
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

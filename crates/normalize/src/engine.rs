//! One scan over the tokens; the rules that can match are called.

use crate::arbitration::{Proposal, arbitrate};
use crate::score;
use crate::{Context, RULES, Rule, Trigger};
use decalque_text::{Confidence, Correction, Edit, Layer, TermId, Vocabulary, Word};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What a run is configured to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Repairs below this confidence are suggested, not applied.
    pub min_confidence: Confidence,
    /// Every document is machine translation, whatever its score says.
    pub assume_machine: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { min_confidence: Confidence::new(900), assume_machine: false }
    }
}

/// What each word of a vocabulary is to the rules and to the machine score. Bit `n` of a mask stands for `RULES[n]`. Filled as words come; one a vocabulary.
#[derive(Debug, Clone, Default)]
pub struct Triggered {
    masks: Vec<u64>,
    classes: Vec<score::Class>,
}

impl Triggered {
    fn mask(&mut self, vocabulary: &Vocabulary, term: TermId) -> u64 {
        let known = self.masks.len()..vocabulary.len();
        self.masks.extend(known.map(|i| mask_of(&vocabulary.word(TermId(i as u32)))));
        self.masks.get(term.0 as usize).copied().unwrap_or(0)
    }

    /// What a word is to the machine score.
    pub(crate) fn class(&mut self, vocabulary: &Vocabulary, term: TermId) -> score::Class {
        self.classes.extend(score::classes(vocabulary, self.classes.len()));
        self.classes.get(term.0 as usize).copied().unwrap_or(score::Class::None)
    }
}

fn trigger_words() -> &'static FxHashMap<&'static str, u64> {
    static WORDS: OnceLock<FxHashMap<&'static str, u64>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut map = FxHashMap::default();
        for (n, rule) in RULES.iter().enumerate() {
            if let Trigger::Words(words) = rule.trigger {
                words.iter().for_each(|w| *map.entry(*w).or_default() |= 1u64 << n);
            }
        }
        map
    })
}

fn mask_of(word: &Word) -> u64 {
    let by_word = trigger_words().get(word.norm).copied().unwrap_or(0);
    let by_shape =
        RULES.iter().enumerate().filter(|(_, r)| matches!(r.trigger, Trigger::Shape(is) if is(word)));
    by_shape.fold(by_word, |mask, (n, _)| mask | 1u64 << n)
}

/// Run the rules of one layer over one document and arbitrate what they found.
///
/// The corrections come sorted by place; those applied are disjoint. Spans are in `context.view.text`.
///
/// ```
/// use decalque_normalize::{repair, Context, Options, Triggered};
/// use decalque_text::{Layer, Layout, View, Vocabulary};
/// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
/// let (facts, evidence) = Default::default();
/// let context = Context::new(view, &facts, &evidence);
/// assert!(repair(&context, Layer::Local, &mut Triggered::default(), Options::default()).is_empty());
/// ```
pub fn repair(
    context: &Context,
    layer: Layer,
    triggered: &mut Triggered,
    options: Options,
) -> Vec<Correction> {
    let in_layer = RULES.iter().enumerate().filter(|(_, r)| r.layer == layer);
    let in_layer: u64 = in_layer.fold(0, |mask, (n, _)| mask | 1u64 << n);
    let mut found = Vec::new();
    for (at, &term) in context.view.terms.iter().enumerate() {
        let mask = triggered.mask(context.view.vocabulary, term) & in_layer;
        if mask != 0 {
            call(context, at, mask, &mut found);
        }
    }
    arbitrate(found, layer, options.min_confidence)
}

fn call(context: &Context, at: usize, mut mask: u64, found: &mut Vec<Proposal>) {
    while mask != 0 {
        let rule = RULES[mask.trailing_zeros() as usize];
        found.extend((rule.find)(context, at).map(|f| proposal(rule, f)));
        mask &= mask - 1;
    }
}

fn proposal(rule: &Rule, f: crate::Finding) -> Proposal {
    Proposal {
        edit: Edit::new(f.span, f.after, rule.kind, rule.id, f.confidence, f.evidence),
        safety: rule.safety,
    }
}

//! One scan over the tokens; the rules that can match are called.

use crate::arbitration::{Proposal, Word as Said, arbitrate};
use crate::{Context, Lexicon, Options, RULES, Seen, Trigger, Verdict, score};
use decalque_text::{Confidence, Correction, Edit, Layer, TermId, Vocabulary};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What each word of a vocabulary is to the rules and to the machine score. Bit `n` of a mask stands for `RULES[n]`. Filled as words come; one a vocabulary.
#[derive(Debug, Clone, Default)]
pub struct Triggered {
    masks: Vec<u64>,
    classes: Vec<score::Class>,
}

impl Triggered {
    /// Ask about the words that came since the last time.
    fn learn(&mut self, vocabulary: &Vocabulary, lexicon: &Lexicon) {
        for i in self.masks.len()..vocabulary.len() {
            let seen = Seen::new(vocabulary.word(TermId(i as u32)));
            self.masks.push(mask_of(&seen, lexicon));
            if self.classes.len() == i {
                self.classes.push(score::class_of(&seen));
            }
        }
    }

    /// What a word is to the machine score.
    pub(crate) fn class(&mut self, vocabulary: &Vocabulary, term: TermId) -> score::Class {
        // Words that no rule was asked about: of a language that is not repaired.
        let known = self.classes.len()..vocabulary.len();
        self.classes.extend(known.map(|i| score::class_of(&Seen::new(vocabulary.word(TermId(i as u32))))));
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

fn mask_of(word: &Seen, lexicon: &Lexicon) -> u64 {
    let by_word = trigger_words().get(word.norm).copied().unwrap_or(0);
    let by_shape = RULES
        .iter()
        .enumerate()
        .filter(|(_, r)| matches!(r.trigger, Trigger::Shape(is) if is(word, lexicon)));
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
/// assert!(repair(&context, Layer::Local, &mut Triggered::default(), &Options::default()).is_empty());
/// ```
pub fn repair(
    context: &Context,
    layer: Layer,
    triggered: &mut Triggered,
    options: &Options,
) -> Vec<Correction> {
    let is_on = |n: usize| RULES[n].layer == layer && options.threshold(n).is_some();
    let in_layer: u64 = (0..RULES.len()).filter(|&n| is_on(n)).fold(0, |mask, n| mask | 1u64 << n);
    let mut found = Vec::new();
    triggered.learn(context.view.vocabulary, options.lexicon());
    for (at, &term) in context.view.terms.iter().enumerate() {
        let mask = triggered.masks.get(term.0 as usize).copied().unwrap_or(0) & in_layer;
        if mask != 0 {
            call(context, at, mask, options, &mut found);
        }
    }
    if found.is_empty() {
        return Vec::new();
    }
    heed(context, options, &mut found);
    arbitrate(found, layer)
}

fn call(context: &Context, at: usize, mut mask: u64, options: &Options, found: &mut Vec<Proposal>) {
    while mask != 0 {
        let n = mask.trailing_zeros() as usize;
        if let Some(finding) = (RULES[n].find)(context, at) {
            found.push(proposal(n, finding, options));
        }
        mask &= mask - 1;
    }
}

fn proposal(n: usize, f: crate::Finding, options: &Options) -> Proposal {
    let rule = RULES[n];
    Proposal {
        edit: Edit::new(f.span, f.after, rule.kind, rule.id, f.confidence, f.evidence),
        safety: rule.safety,
        min: options.threshold(n).unwrap_or(Confidence::new(1000)),
        word: None,
    }
}

/// Note on every proposal what people said of it: a name is protected, a correction was decided.
fn heed(context: &Context, options: &Options, found: &mut [Proposal]) {
    let protected = options.protected(context.view.text);
    let holds = |p: &Proposal| {
        protected.iter().any(|r| r.start < p.edit.span.range().end && p.edit.span.range().start < r.end)
    };
    for p in found {
        if holds(p) {
            p.word = Some(Said::Protected);
            continue;
        }
        match options.decision(&p.edit, p.edit.span.text(context.view.text), context.doc_id) {
            Some(Verdict::Reject) => p.word = Some(Said::Rejected),
            Some(Verdict::Accept(instead)) => accept(p, instead.as_deref()),
            None => {}
        }
    }
}

fn accept(p: &mut Proposal, instead: Option<&str>) {
    p.word = Some(Said::Accepted);
    if let Some(words) = instead {
        words.clone_into(&mut p.edit.replacement);
    }
}

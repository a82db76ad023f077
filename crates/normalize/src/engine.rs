//! One scan over the tokens; the rules that can match are called.

use crate::arbitration::{Proposal, Word as Said, arbitrate};
use crate::context::is_capital;
use crate::rule::ANY_CASE;
use crate::{Context, Lexicon, Options, PhrasePart, RULES, Rule, Seen, Trigger, Verdict, score};
use decalque_text::{Case, Confidence, Correction, Edit, Layer, TermId, TokenKind, Vocabulary};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What each word of a vocabulary is to the rules and to the machine score. Bit `n` of a mask stands for `RULES[n]`. Filled as words come; one a vocabulary.
#[derive(Debug, Clone, Default)]
pub struct Triggered {
    /// The place of each word's masks in `distinct`: there are few different ones, and they stay near the processor.
    masks: Vec<u32>,
    distinct: Vec<Masks>,
    place_of: FxHashMap<Masks, u32>,
    /// What the masks come to: a byte a word, so that those of all words stay near the processor.
    calls: Vec<u8>,
    classes: Vec<score::Class>,
}

/// The rules that a word calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Masks {
    /// By itself.
    alone: u64,
    /// When the next word allows it.
    first: u64,
    /// Those that it allows the word before it to call.
    second: u64,
}

/// A word calls a rule of the local layer.
const LOCAL: u8 = 1;
/// It calls one of the corpus layer that is asked in all documents.
const CORPUS: u8 = 2;
/// It calls one of the corpus layer that is asked in machine translation alone.
const MACHINE: u8 = 4;
/// It calls a rule when the next word allows it.
const FIRST: u8 = 8;
/// It allows the word before it to call one: one bit above, so that both can be compared in one step.
const SECOND: u8 = FIRST << 1;
/// It begins with a capital.
const CAPITAL: u8 = 32;

/// Tokens that are looked at in one go: which of them count is not known before, and a branch on each would cost more
/// than all the rest.
const BLOCK: usize = 64;

/// A bit for each byte of a block that is not zero.
fn nonzero(bytes: &[u8; BLOCK]) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let (eights, _) = bytes.as_chunks::<8>();
    eights.iter().rev().fold(0, |bits, eight| {
        let x = u64::from_le_bytes(*eight);
        // The highest bit of every byte that has any; and these eight bits side by side.
        let highest = (((x & LOW) + LOW) | x) & !LOW;
        bits << 8 | (highest >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

/// The places of the ones among the bits.
fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(first)
    })
}

/// The calls that a document wants, of this layer and with this likelihood of machine translation.
const fn wanted(layer: Layer, machine: f64) -> u8 {
    match layer {
        Layer::Local => LOCAL,
        Layer::Corpus if machine >= LEAST_GATE => CORPUS | MACHINE,
        Layer::Corpus => CORPUS,
    }
}

/// The least likelihood of machine translation from which some rule is asked.
const LEAST_GATE: f64 = {
    let (mut least, mut n) = (1.0, 0);
    while n < RULES.len() {
        if RULES[n].least_machine > 0.0 && RULES[n].least_machine < least {
            least = RULES[n].least_machine;
        }
        n += 1;
    }
    least
};

/// The rules of the local layer, and those that are asked in machine translation alone, a bit each.
const LOCAL_RULES: u64 = rules(true, false);
const GATED_RULES: u64 = rules(false, true);

const fn rules(local: bool, gated: bool) -> u64 {
    let (mut mask, mut n) = (0, 0);
    while n < RULES.len() {
        let is_local = matches!(RULES[n].layer, Layer::Local);
        if local && is_local || gated && RULES[n].least_machine > 0.0 {
            mask |= 1 << n;
        }
        n += 1;
    }
    mask
}

/// The rules that a document is asked about in a layer, a bit each.
fn asked(context: &Context, layer: Layer, options: &Options) -> u64 {
    let of_layer = if layer == Layer::Local { LOCAL_RULES } else { !LOCAL_RULES };
    let is_below = |&n: &usize| context.machine < RULES[n].least_machine;
    let below = ones(GATED_RULES & of_layer).filter(is_below).fold(0, |mask, n| mask | 1u64 << n);
    of_layer & options.on() & !below
}

impl Masks {
    fn calls(&self) -> u8 {
        let has = |flag: u8, is: bool| if is { flag } else { 0 };
        let bits = (0..RULES.len()).filter(|n| self.alone & 1 << n != 0);
        let alone = bits.map(|n| match RULES[n] {
            Rule { layer: Layer::Local, .. } => LOCAL,
            Rule { least_machine: 0.0, .. } => CORPUS,
            _ => MACHINE,
        });
        alone.fold(0, |all, one| all | one) | has(FIRST, self.first != 0) | has(SECOND, self.second != 0)
    }
}

impl Triggered {
    /// Ask about the words that came since the last time. [`repair`] does so too; done before the machine score, each
    /// word is looked up once for both.
    ///
    /// ```
    /// use decalque_normalize::{Lexicon, Triggered};
    /// let words = decalque_text::Vocabulary::default();
    /// Triggered::default().learn(&words, Lexicon::built_in());
    /// ```
    pub fn learn(&mut self, vocabulary: &Vocabulary, lexicon: &Lexicon) {
        for i in self.masks.len()..vocabulary.len() {
            let seen = Seen::new(vocabulary.word(TermId(i as u32)), lexicon);
            let masks = masks_of(&seen);
            self.calls.push(masks.calls() | if is_capital(seen.surface, seen.case) { CAPITAL } else { 0 });
            let place = *self.place_of.entry(masks).or_insert_with(|| {
                self.distinct.push(masks);
                self.distinct.len() as u32 - 1
            });
            self.masks.push(place);
            if self.classes.len() == i {
                self.classes.push(score::class_of(&seen));
            }
        }
    }

    /// The places where rules of a layer may be called; notes on the way where the capitals are.
    fn places(&self, context: &Context, layer: Layer) -> Vec<usize> {
        let (terms, tokens) = (context.view.terms, context.view.tokens());
        let calls = |t: &TermId| self.calls.get(t.0 as usize).copied().unwrap_or(0);
        let alone = wanted(layer, context.machine);
        let room = || terms.len() / 6;
        let (mut places, mut capitals) = (Vec::with_capacity(room()), Vec::with_capacity(room()));
        for (n, block) in terms.chunks(BLOCK).enumerate() {
            let from = n * BLOCK;
            let (mut own, mut next) = ([0; BLOCK], [0; BLOCK]);
            own.iter_mut().zip(block).for_each(|(own, term)| *own = calls(term));
            next[..BLOCK - 1].copy_from_slice(&own[1..]);
            next[block.len() - 1] = terms.get(from + BLOCK).map_or(0, calls);
            let is_word = |i: &usize| tokens.get(*i).is_some_and(|t| t.kind == TokenKind::Word);
            let mut are_capital = own;
            are_capital.iter_mut().for_each(|own| *own &= CAPITAL);
            ones(nonzero(&are_capital)).map(|k| from + k).filter(is_word).for_each(|i| capitals.push(i));
            for (own, next) in own.iter_mut().zip(next) {
                *own = *own & alone | (*own << 1) & next & SECOND;
            }
            ones(nonzero(&own)).for_each(|k| places.push(from + k));
        }
        context.note_capitals(capitals);
        places
    }

    /// The rules that token `at` calls.
    fn mask(&self, terms: &[TermId], at: usize) -> u64 {
        let place = |i: usize| terms.get(i).and_then(|t| self.masks.get(t.0 as usize));
        let masks = |i: usize| place(i).and_then(|&place| self.distinct.get(place as usize));
        let next = masks(at + 1).map_or(0, |m| m.second);
        masks(at).map_or(0, |m| m.alone | m.first & next)
    }

    /// What each word is to the machine score, by its number.
    pub(crate) fn classes(&mut self, vocabulary: &Vocabulary) -> &[score::Class] {
        // Words that no rule was asked about: of a language that is not repaired.
        let (known, lexicon) = (self.classes.len()..vocabulary.len(), Lexicon::built_in());
        let seen = |i| Seen::new(vocabulary.word(TermId(i as u32)), lexicon);
        self.classes.extend(known.map(|i| score::class_of(&seen(i))));
        &self.classes
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

/// A rule that is asked about each distinct word, as a bit, with its question.
type Asked<Answer> = (u64, fn(&Seen) -> Answer);

/// The rules that are asked about each distinct word in a case.
#[derive(Debug, Default)]
struct Questions {
    shapes: Vec<Asked<bool>>,
    phrases: Vec<Asked<PhrasePart>>,
}

fn questions(case: Case) -> &'static Questions {
    static ALL: OnceLock<[Questions; ANY_CASE.len()]> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let mut all: [Questions; ANY_CASE.len()] = Default::default();
        for (n, rule) in RULES.iter().enumerate() {
            match rule.trigger {
                Trigger::Words(_) => {}
                Trigger::Shape(cases, is) => {
                    cases.iter().for_each(|&case| all[case as usize].shapes.push((1 << n, is)));
                }
                Trigger::Phrase(cases, part) => {
                    cases.iter().for_each(|&case| all[case as usize].phrases.push((1 << n, part)));
                }
            }
        }
        all
    });
    &all[case as usize]
}

fn masks_of(word: &Seen) -> Masks {
    let questions = questions(word.case);
    let bit = |rule: u64, is: bool| if is { rule } else { 0 };
    let alone = trigger_words().get(word.norm).copied().unwrap_or(0);
    let mut masks = Masks { alone, first: 0, second: 0 };
    for &(rule, is) in &questions.shapes {
        masks.alone |= bit(rule, is(word));
    }
    for &(rule, part) in &questions.phrases {
        let part = part(word);
        masks.alone |= bit(rule, part.whole);
        masks.first |= bit(rule, part.first);
        masks.second |= bit(rule, part.second);
    }
    masks
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
    let asked = asked(context, layer, options);
    let mut found = Vec::new();
    triggered.learn(context.view.vocabulary, options.lexicon());
    for at in triggered.places(context, layer) {
        let mask = triggered.mask(context.view.terms, at) & asked;
        call(context, at, mask, options, &mut found);
    }
    if found.is_empty() {
        return Vec::new();
    }
    heed(context, options, &mut found);
    arbitrate(found, layer)
}

fn call(context: &Context, at: usize, mask: u64, options: &Options, found: &mut Vec<Proposal>) {
    for n in ones(mask) {
        if let Some(finding) = (RULES[n].find)(context, at) {
            found.push(proposal(n, finding, options));
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use decalque_text::{Case, Form, Layout, Role, Sentence, Span, Token, View};
    use proptest::prelude::*;

    /// Words that call rules, alone and in phrases, and words that call none.
    const WORDS: [&str; 14] = [
        "Sands", "said", "the", "fire", "point", "White", "house", "foreign", "Minister", ",", "“", "News",
        "”.", "and",
    ];

    /// Names in all that may stand around them.
    const NAMES: [&str; 11] =
        ["Sands", "Sands's", "sands", "Mr", "Philippe", "The", "said", ",", "“", "”", "Wolf"];

    /// Words with a space between them, in one sentence.
    fn laid(words: &[&str], vocabulary: &mut Vocabulary) -> (String, Layout, Vec<TermId>) {
        let (mut at, mut layout) = (0, Layout::default());
        for word in words {
            let is_word = word.chars().all(char::is_alphabetic);
            let kind = if is_word { TokenKind::Word } else { TokenKind::Punctuation };
            let span = Span::new(at, at + word.len() as u32);
            layout.tokens.push(Token { span, kind, sentence: 0 });
            at = span.end + 1;
        }
        let end_token = words.len() as u32;
        let span = Span::new(0, at.saturating_sub(1));
        layout.sentences.push(Sentence { span, paragraph: 0, role: Role::Body, first_token: 0, end_token });
        let case = |word: &str| match word.chars().next() {
            Some(c) if c.is_uppercase() => Case::Title,
            Some(c) if c.is_lowercase() => Case::Lower,
            _ => Case::None,
        };
        let form = |word: &str| Form { norm: word.to_lowercase(), case: case(word), ..Form::default() };
        (words.join(" "), layout, words.iter().map(|word| vocabulary.intern(word, form)).collect())
    }

    proptest! {
        /// No block hides a place from the rules, and a document's capitals are those that it has.
        #[test]
        fn every_place_that_calls_a_rule_is_found(picks in prop::collection::vec(0..WORDS.len(), 0..200), machine in 0.0..1.0) {
            let words: Vec<&str> = picks.iter().map(|&i| WORDS[i]).collect();
            let mut vocabulary = Vocabulary::default();
            let (text, layout, terms) = laid(&words, &mut vocabulary);
            let view = View { text: &text, layout: &layout, terms: &terms, vocabulary: &vocabulary };
            let (facts, evidence) = Default::default();
            let context = Context::new(view, &facts, &evidence).with_machine(machine);
            let mut triggered = Triggered::default();
            triggered.learn(&vocabulary, Lexicon::built_in());
            for layer in [Layer::Local, Layer::Corpus] {
                let places = triggered.places(&context, layer);
                let asked = |n: usize| RULES[n].layer == layer && RULES[n].least_machine <= machine;
                let asked: u64 = (0..RULES.len()).filter(|&n| asked(n)).fold(0, |mask, n| mask | 1 << n);
                let missed = |at: &usize| triggered.mask(&terms, *at) & asked != 0 && !places.contains(at);
                prop_assert_eq!((0..terms.len()).find(missed), None);
            }
            let capitals: Vec<usize> = (0..terms.len()).filter(|&i| context.is_capital(i)).collect();
            prop_assert_eq!(context.capital_tokens().collect::<Vec<_>>(), capitals);
        }

        /// What is made of a document that is asked often says the same as a look at it.
        #[test]
        fn sets_of_a_document_say_what_a_look_says(picks in prop::collection::vec(0..NAMES.len(), 0..40)) {
            let words: Vec<&str> = picks.iter().map(|&i| NAMES[i]).collect();
            let mut vocabulary = Vocabulary::default();
            let (text, layout, terms) = laid(&words, &mut vocabulary);
            let view = View { text: &text, layout: &layout, terms: &terms, vocabulary: &vocabulary };
            let (facts, evidence) = Default::default();
            let context = || Context::new(view, &facts, &evidence);
            let often = context();
            for norm in ["sands", "sands's", "mr", "wolf", "none"] {
                let says = |cx: &Context| {
                    let sets = [cx.has_capital(norm), cx.is_established(norm), cx.is_addressed(norm)];
                    (sets, cx.count_small(norm), cx.has_title(norm), cx.has_alone("Sands"))
                };
                for _ in 0..100 {
                    says(&often);
                }
                prop_assert_eq!(says(&often), says(&context()));
            }
        }
    }
}

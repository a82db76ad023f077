use crate::lexicon::{Class, Entry};
use crate::rule::ANY_CASE;
use crate::{Context, Example, Finding, Lexicon, PhrasePart, Rule, Safety, Seen, Trigger};
use decalque_text::{Kind, Layer};

/// `the exit from the environment`: a phrase in which Russian means another sense.
pub(super) const RULE: Rule = Rule {
    id: "sense.collocation",
    kind: Kind::WordSense,
    layer: Layer::Corpus,
    summary: "Words with several senses of which the engine took the wrong one (окружение: environment for encirclement), known by the words beside them. Offered: a meaning is changed by people alone.",
    safety: Safety::Offer,
    least_machine: LIKELY,
    trigger: Trigger::Phrase(ANY_CASE, part),
    find,
    examples: &[
        Example::Flag("The battalion fought its way out of the environment near the town.", "environment"),
        Example::Flag("She became champion of peace in the relay.", "champion of peace"),
        Example::Keep("The ministry protects the environment. The battalion has gone."),
        Example::Keep("The prisoner was filmed by a camera in the hall of the museum."),
    ],
};

fn part(word: &Seen) -> PhrasePart {
    word.part(Class::Collocation, |_| true)
}

fn entries<'a>(lexicon: &'a Lexicon, norm: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
    lexicon.starting_with(norm).iter().filter(|e| e.class == Class::Collocation)
}

/// From this likelihood of machine translation on, a phrase that people use as well is taken for an engine's.
const LIKELY: f64 = 0.7;

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let is_near = |e: &Entry| cx.sentence_tokens(at).any(|i| e.context.contains(&cx.norm(i)));
    // Frequent words begin many phrases: most of them are told by their next word.
    let next = cx.norm(at + 1);
    let goes_on = |e: &&Entry| e.printed.get(1).is_none_or(|second| *second == next);
    let all = entries(cx.lexicon, cx.norm(at)).filter(goes_on).filter(|e| cx.matches(at, &e.printed));
    let entry = all.filter(|e| e.context.is_empty() || is_near(e)).max_by_key(|e| e.printed.len())?;
    let right = entry.right.first()?;
    let why = format!("Russian “{}” means {right} here.", entry.form);
    cx.finding(at, at + entry.printed.len(), *right, 600, why)
}

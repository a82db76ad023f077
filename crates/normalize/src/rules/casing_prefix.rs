use crate::english::is_english;
use crate::rule::ANY_CASE;
use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_text::{Kind, Layer, Word};

/// `Pro-Russian` inside a sentence: the prefix took the capital of the name.
pub(super) const RULE: Rule = Rule {
    id: "casing.prefix",
    kind: Kind::Casing,
    layer: Layer::Corpus,
    summary: "A prefix that engines print with a capital before a name in the middle of a sentence (the Pro-Russian militia), or with the name small (pro-russian); in machine translations.",
    safety: Safety::Apply,
    least_machine: crate::context::LIKELY,
    trigger: Trigger::Shape(ANY_CASE, |word| fixed(word).is_some()),
    find,
    examples: &[
        Example::Machine(
            "The talks with the Pro-Russian militia failed.",
            "The talks with the pro-Russian militia failed.",
        ),
        Example::Machine("They held an Anti-Ukrainian rally.", "They held an anti-Ukrainian rally."),
        Example::Keep("Pro-Russian militia left the town."),
        Example::Keep("The Anti-Corruption Bureau and the Pro-Life League met."),
        Example::Keep("“Anti-Russian” is what he called it."),
    ],
};

/// The prefix small and the name as it is, when the name is one.
fn fixed(word: &Word) -> Option<String> {
    let (prefix, name) = word.surface.split_once('-')?;
    let is_prefix = matches!(prefix, "Pro" | "Anti" | "Non" | "Ex" | "Post" | "Pre");
    let is_name = name.starts_with(char::is_uppercase) && !is_english(&name.to_lowercase());
    (is_prefix && is_name).then(|| format!("{}-{name}", prefix.to_lowercase()))
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let fixed = fixed(&cx.word(at))?;
    let is_part =
        cx.is_spaced(at) && cx.is_capital(at + 1) || at > 0 && cx.is_capital(at - 1) && cx.is_spaced(at - 1);
    let fits = !is_part && !cx.opens_sentence(at) && !cx.is_title_case(at);
    let why = "A prefix has no capital inside a sentence; the document is a machine translation.";
    fits.then(|| cx.finding(at, at + 1, fixed, 930, why))?
}

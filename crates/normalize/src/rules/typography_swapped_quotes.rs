use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_text::{Kind, Layer};

/// `the source" Spark "- and`: both quotes of a pair on the wrong side.
pub(super) const RULE: Rule = Rule {
    id: "typography.swapped_quotes",
    kind: Kind::Typography,
    layer: Layer::Corpus,
    summary: "A pair of straight quotes around a few words, the first glued to the word before it, the second apart from the word it closes (the source\" Spark \"-); in machine translations.",
    safety: Safety::Apply,
    least_machine: crate::context::LIKELY,
    trigger: Trigger::Words(&["\""]),
    find,
    examples: &[
        Example::Machine(
            "So says the source\" Spark \"- and nobody else.",
            "So says the source \"Spark\" - and nobody else.",
        ),
        Example::Machine("It was quoted by RIA\" Novosti \".", "It was quoted by RIA \"Novosti\"."),
        Example::Machine("They recorded the\" song \"of the sea.", "They recorded the \"song\" of the sea."),
        Example::Keep("They read \"Spark\" and \"Light\" every day."),
        Example::Keep("The word \"of\" is short, \"the\" is not."),
    ],
};

/// Most words between the two quotes.
const WORDS: usize = 5;

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let is_closing =
        at > 0 && cx.is_word(at - 1) && cx.is_glued(at - 1) && cx.is_spaced(at) && cx.is_word(at + 1);
    if !is_closing {
        return None;
    }
    let second = (at + 2..=at + 1 + WORDS).find(|&i| !cx.is_word(i))?;
    let is_apart = cx.norm(second) == "\"" && cx.is_spaced(second - 1) && !cx.is_spaced(second);
    let before_mark = cx.is_glued(second) && matches!(cx.norm(second + 1), "-" | "–" | "," | "." | ";" | ")");
    let is_even = || cx.straight_quotes(at).is_some_and(|(before, all)| before % 2 == 0 && all % 2 == 0);
    let fits = is_apart && (before_mark || cx.is_word(second + 1) && is_even());
    let gap = if matches!(cx.norm(second + 1), "-" | "–") || cx.is_word(second + 1) { " " } else { "" };
    let fixed = || format!(" \"{}\"{gap}", cx.text(at + 1, second));
    let why = "Both quotes of a pair stand on the wrong side; the document is a machine translation.";
    fits.then(|| cx.finding(at, second + 1, fixed(), 920, why))?
}

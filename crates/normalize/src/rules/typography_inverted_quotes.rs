use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `from the terrorists "and the beginning of" the`: a quotation that ends where its mark says it begins.
pub(super) const RULE: Rule = Rule {
    id: "typography.inverted_quotes",
    kind: Kind::Typography,
    layer: Layer::Corpus,
    summary: "A straight quote glued after an article or “that” opens what follows (saying that\" when), and the next one, before “and”, closes it; some engines put both on the wrong side. In machine translations.",
    safety: Safety::Apply,
    least_machine: crate::context::LIKELY,
    trigger: Trigger::Words(&["\""]),
    find,
    examples: &[
        Example::Machine(
            "He declared that\" the siege of the old town by the river is over \"and left.",
            "He declared that\" the siege of the old town by the river is over\" and left.",
        ),
        Example::Machine(
            "They spoke of\" great losses among the men of the first line \"and of fear.",
            "They spoke of\" great losses among the men of the first line\" and of fear.",
        ),
        Example::Keep("They spoke of \"losses\" and of \"fear and hunger\"."),
        Example::Keep("He has \"all he hoped for\" and \"and\" is a word."),
    ],
};

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let is_opening = at > 0 && cx.is_spaced(at - 1) && cx.is_glued(at);
    let joins = matches!(cx.norm(at + 1), "and" | "or" | "but" | "in" | "of" | "is" | "was" | "with")
        && cx.is_spaced(at + 1);
    if !is_opening || !joins || cx.case(at - 1) == Case::None {
        return None;
    }
    let first = (cx.sentence_tokens(at).start..at).rev().find(|&i| cx.norm(i) == "\"")?;
    let is_wrong = first > 0
        && cx.is_glued(first - 1)
        && cx.is_spaced(first)
        && matches!(cx.norm(first - 1), "of" | "the" | "a" | "an" | "that" | "by" | "from");
    let is_word = first >= 2 && cx.norm(first - 2) == "\"";
    let why = "A quote glued before “and” after one glued to an article: it closes; the document is a machine translation.";
    let mut finding = (is_wrong && !is_word).then(|| cx.finding(at, at + 1, "\" ", 910, why))??;
    finding.span.start -= 1;
    Some(finding)
}

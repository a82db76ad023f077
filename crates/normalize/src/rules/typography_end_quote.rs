use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_text::{Kind, Layer};

/// `adequately. "`: a closing quote set apart at the end of a paragraph.
pub(super) const RULE: Rule = Rule {
    id: "typography.end_quote",
    kind: Kind::Typography,
    layer: Layer::Local,
    summary: "A straight quote that ends a paragraph closes it, and stands apart from its stop (We wait. \") only because an engine set the marks apart.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Words(&["\""]),
    find,
    examples: &[
        Example::Fix("\"We will wait. \"\nNobody came.", "\"We will wait.\"\nNobody came."),
        Example::Fix("\"Who will wait? \"", "\"Who will wait?\""),
        Example::Keep("\"We will wait. \" He left."),
        Example::Keep("\"We will wait.\"\nNobody came."),
        Example::Keep("The board is 12 in. \" The frame is 14."),
    ],
};

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let stop = at.checked_sub(1).filter(|&p| matches!(cx.norm(p), "." | "!" | "?") && cx.is_spaced(p))?;
    let is_last = at + 1 >= cx.view.tokens().len() || cx.view.gap_after(at).contains('\n');
    let after_word = stop > 0 && cx.is_word(stop - 1);
    let fixed = || format!("{}\"", cx.norm(stop));
    (is_last && after_word)
        .then(|| cx.finding(stop, at + 1, fixed(), 960, "A quote at the end of a paragraph closes it."))?
}

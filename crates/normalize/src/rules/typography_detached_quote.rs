use crate::speech::is_speech_verb;
use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_text::{Kind, Layer};

/// `, " he said`: a straight closing quote set apart from what it closes.
pub(super) const RULE: Rule = Rule {
    id: "typography.detached_quote",
    kind: Kind::Typography,
    layer: Layer::Local,
    summary: "A straight closing quote torn from its comma (, \" he said), as engines leave it that tokenise marks apart; only where the quotes of the paragraph pair up.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Words(&["\""]),
    find,
    examples: &[
        Example::Fix("\"We will wait, \" he said.", "\"We will wait,\" he said."),
        Example::Fix("\"We will wait, \"said the minister.", "\"We will wait,\" said the minister."),
        Example::Keep("\"We will wait,\" he said."),
        Example::Keep("He said, \"said is a verb.\""),
        Example::Keep("He wrote, \" he said nothing"),
    ],
};

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let comma = at.checked_sub(1).filter(|&p| cx.norm(p) == "," && cx.is_spaced(p))?;
    let verb = at + 1;
    let attributes = is_speech_verb(cx.norm(verb))
        || matches!(cx.norm(verb), "he" | "she" | "they") && is_speech_verb(cx.norm(verb + 1));
    if !attributes || !closes(cx, at) {
        return None;
    }
    let mut finding = cx.finding(
        comma,
        at + 1,
        ",\" ",
        950,
        "A closing quote set apart from its comma before the speaker.",
    )?;
    finding.span.end += u32::from(cx.is_spaced(at));
    Some(finding)
}

/// The straight quotes of the paragraph pair up and this one is the second of its pair.
fn closes(cx: &Context, at: usize) -> bool {
    cx.straight_quotes(at).is_some_and(|(before, all)| before % 2 == 1 && all % 2 == 0)
}

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
    let Some(paragraph) = cx.sentence(at).map(|s| s.paragraph) else { return false };
    let inside = |i: &usize| cx.sentence(*i).is_some_and(|s| s.paragraph == paragraph);
    let is_quote = |i: &usize| cx.norm(*i) == "\"";
    let before = (0..at).rev().take_while(inside).filter(is_quote).count();
    let after = (at + 1..cx.view.tokens().len()).take_while(inside).filter(is_quote).count();
    before % 2 == 1 && (before + 1 + after) % 2 == 0
}

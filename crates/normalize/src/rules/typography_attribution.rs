use crate::speech::is_speech_verb;
use crate::{Context, Example, Finding, PhrasePart, Rule, Safety, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `”, – said`: Russian sets a comma and a dash after the closing quote, English a comma before it.
pub(super) const RULE: Rule = Rule {
    id: "typography.attribution",
    kind: Kind::Typography,
    layer: Layer::Local,
    summary: "Russian closes a quotation with quote, comma, dash (”, – said); English sets the comma inside the quote and no dash.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Phrase(&[Case::None], |word| PhrasePart {
        whole: false,
        first: matches!(word.norm, "”" | "\"" | "»"),
        second: word.norm == "," || DASHES.contains(&word.norm),
    }),
    find,
    examples: &[
        Example::Fix("“We agree”, – said the minister.", "“We agree,” said the minister."),
        Example::Fix("“We agree,” – said the minister.", "“We agree,” said the minister."),
        Example::Fix("\"We agree\", - he explained.", "\"We agree,\" he explained."),
        Example::Keep("“We agree,” said the minister."),
        Example::Keep("The “plan B”, – if there is one – is secret."),
        Example::Keep("“Yes” – that was all."),
    ],
};

const DASHES: &[&str] = &["–", "—", "-"];

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let inside = at > 0 && matches!(cx.norm(at - 1), "," | "!" | "?" | "…") && cx.is_glued(at - 1);
    let comma = usize::from(cx.norm(at + 1) == "," && cx.is_glued(at));
    let dash = at + 1 + comma;
    let is_dash = DASHES.contains(&cx.norm(dash)) && cx.is_spaced(dash);
    // `“Great!” – said no one, ever.`
    let is_joke = matches!(cx.norm(dash + 2), "no" | "nobody" | "none");
    if !is_dash || is_joke || !(inside || comma == 1) || !attributes(cx, dash + 1) {
        return None;
    }
    let quote = cx.text(at, at + 1);
    let fixed = if inside { format!("{quote} ") } else { format!(",{quote} ") };
    let why = "A closing quote, comma and dash before the speaker: Russian punctuation.";
    let mut finding = cx.finding(at, dash + 1, fixed, 970, why)?;
    // The space after the dash goes with it.
    finding.span.end += 1;
    Some(finding)
}

/// A speech verb follows, at once or after its subject: `said Peskov`, `he explained`, `the source said`.
fn attributes(cx: &Context, at: usize) -> bool {
    is_speech_verb(cx.norm(at))
        || (1..=3).any(|k| (at..at + k).all(|i| cx.is_word(i)) && is_speech_verb(cx.norm(at + k)))
}

use crate::speech::is_speech_verb;
use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_text::{Kind, Layer};

/// `partners, "continued the minister`: a closing quote that has gone over to the speaker.
pub(super) const RULE: Rule = Rule {
    id: "typography.lone_quote",
    kind: Kind::Typography,
    layer: Layer::Corpus,
    summary: "A straight quote between a comma and the speaker (partners, \"continued the minister) closes what came before: nothing that could introduce a quotation stands before the comma. In machine translations, where the opening quote is often lost.",
    safety: Safety::Apply,
    least_machine: crate::context::LIKELY,
    trigger: Trigger::Words(&["\""]),
    find,
    examples: &[
        Example::Machine(
            "We know our partners, \"continued the minister.",
            "We know our partners,\" continued the minister.",
        ),
        Example::Machine("That is too early, \"Mr Orlov said.", "That is too early,\" Mr Orlov said."),
        Example::Machine(
            "They know nothing of war, \"the statement said.",
            "They know nothing of war,\" the statement said.",
        ),
        Example::Machine("It is undesirable, \" says Cancer.", "It is undesirable,\" says Cancer."),
        Example::Keep("He wrote to her, \"said is a verb.\""),
        Example::Keep("He added, \"the minister said nothing.\""),
        Example::Keep("They sell bread, \"milk and cheese\" and wine."),
    ],
};

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let comma = at.checked_sub(1).filter(|&p| cx.norm(p) == "," && cx.is_spaced(p))?;
    let alone = cx.straight_quotes(at).is_some_and(|(before, all)| before % 2 == 1 || all == 1);
    let fits = alone && is_attribution(cx, at + 1) && !introduces(cx, comma);
    let why = "A closing quote set apart from its comma, before the speaker; the document is a machine translation.";
    let mut finding = fits.then(|| cx.finding(comma, at + 1, ",\" ", 930, why))??;
    finding.span.end += u32::from(cx.is_spaced(at));
    Some(finding)
}

/// A verb of speech shortly before the comma: what follows may be the quotation.
fn introduces(cx: &Context, comma: usize) -> bool {
    (comma.saturating_sub(4)..comma).any(|i| is_speech_verb(cx.norm(i)))
}

/// `continued the minister`, `he said`, `Mr Lavrov said`, `the statement said`
fn is_attribution(cx: &Context, at: usize) -> bool {
    let opens = matches!(cx.norm(at), "he" | "she" | "they" | "the" | "a" | "an") || cx.is_capital(at);
    let subject = |k: usize| (at..at + k).all(|i| cx.is_word(i)) && is_speech_verb(cx.norm(at + k));
    is_speech_verb(cx.norm(at)) || opens && (1..=4).any(subject)
}

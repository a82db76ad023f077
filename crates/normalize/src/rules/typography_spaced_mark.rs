use crate::rule::ANY_CASE;
use crate::{Context, Example, Finding, PhrasePart, Rule, Safety, Trigger};
use decalque_text::{Kind, Layer, Span};

/// `the Federation ,"`, `Tu-204 's`: a mark torn from the word it belongs to.
pub(super) const RULE: Rule = Rule {
    id: "typography.spaced_mark",
    kind: Kind::Typography,
    layer: Layer::Local,
    summary: "A comma or a possessive torn from its word (the Federation ,\", Tu-204 's), as engines leave them that tokenise marks apart.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Phrase(ANY_CASE, |word| PhrasePart {
        whole: matches!(word.norm, "'" | "’" | "'s" | "’s"),
        first: word.norm == ",",
        second: matches!(word.norm, "\"" | "”"),
    }),
    find,
    examples: &[
        Example::Fix("\"He is in the Federation ,\" she said.", "\"He is in the Federation,\" she said."),
        Example::Fix(
            "The crash of the Tu-204 's engine was loud.",
            "The crash of the Tu-204's engine was loud.",
        ),
        Example::Keep("She is in Paris, he said."),
        Example::Keep("He called it 's wonderful', and 'so did she'."),
    ],
};

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let before = at.checked_sub(1).filter(|&p| cx.is_word(p) && cx.is_spaced(p))?;
    let comma = cx.norm(at) == "," && cx.is_glued(at) && matches!(cx.norm(at + 1), "\"" | "”");
    let end = if comma { Some(at + 1) } else { possessive(cx, at) }?;
    let place = Span::new(cx.span(before, at).end, cx.span(at, end).end);
    let why = "A mark set apart from its word.";
    let mut finding = cx.finding(before, end, cx.text(at, end), 920, why)?;
    finding.span = place;
    Some(finding)
}

/// The end of a possessive that is followed by what is owned.
fn possessive(cx: &Context, at: usize) -> Option<usize> {
    let whole = matches!(cx.norm(at), "'s" | "’s");
    let parts = matches!(cx.norm(at), "'" | "’") && cx.is_glued(at) && cx.norm(at + 1) == "s";
    let end = if whole { at + 1 } else { at + 2 };
    let owner = cx.is_capital(at - 1) || cx.norm(at - 1).ends_with(|c: char| c.is_ascii_digit());
    ((whole || parts) && owner && cx.is_spaced(end - 1) && cx.is_word(end)).then_some(end)
}

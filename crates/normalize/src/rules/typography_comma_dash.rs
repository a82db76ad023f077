use crate::english::is_english;
use crate::{Context, Example, Finding, PhrasePart, Rule, Safety, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `partners,-continued`: Russian's comma and dash before the speaker, run together.
pub(super) const RULE: Rule = Rule {
    id: "typography.comma_dash",
    kind: Kind::Typography,
    layer: Layer::Local,
    summary: "A comma and a hyphen run together between two words (partners,-continued): Russian sets a comma and a dash there, and the spaces are lost.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Phrase(&[Case::None], |word| PhrasePart {
        whole: word.norm == ",-",
        first: word.norm == ",",
        second: word.norm == "-",
    }),
    find,
    examples: &[
        Example::Fix(
            "We know our partners,-continued the minister.",
            "We know our partners, - continued the minister.",
        ),
        Example::Fix("It is too early,-he said.", "It is too early, - he said."),
        Example::Keep("We know our partners, - continued the minister."),
        Example::Keep("Options are -a,-b and x,-y."),
    ],
};

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let is_pair = cx.norm(at) == "," && cx.norm(at + 1) == "-" && cx.is_glued(at);
    let end = if is_pair { at + 2 } else { at + 1 };
    let glued = at > 0 && cx.is_glued(at - 1) && cx.is_glued(end - 1) && (is_pair || cx.norm(at) == ",-");
    let is_plain = |i: usize| {
        cx.is_word(i) && cx.case(i) == Case::Lower && cx.norm(i).len() >= 2 && is_english(cx.norm(i))
    };
    let fits = glued && is_plain(at - 1) && is_plain(end);
    fits.then(|| {
        cx.finding(at, end, ", - ", 950, "A comma and a hyphen between two English words, without spaces.")
    })?
}

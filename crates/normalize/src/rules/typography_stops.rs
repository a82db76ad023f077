use crate::context::MACHINE;
use crate::{Context, Example, Finding, PhrasePart, Rule, Safety, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `Syria..`: two stops where one was meant.
pub(super) const RULE: Rule = Rule {
    id: "typography.stops",
    kind: Kind::Typography,
    layer: Layer::Corpus,
    summary: "Exactly two stops after a word at the end of a sentence: one too many. An ellipsis has three. People type this too, and it is theirs: only in machine translations.",
    safety: Safety::Apply,
    least_machine: MACHINE,
    trigger: Trigger::Phrase(&[Case::None], |word| PhrasePart {
        whole: word.norm == "..",
        first: word.norm == ".",
        second: word.norm == ".",
    }),
    find,
    examples: &[
        Example::Machine(
            "There is a truce in Syria.. Nobody kept it.",
            "There is a truce in Syria. Nobody kept it.",
        ),
        Example::Machine("They left the city..", "They left the city."),
        Example::Keep("Well.. that is what he said."),
        Example::Keep("They left… The city slept."),
        Example::Keep("They left... The city slept."),
        Example::Keep("Go to ../docs for more."),
        Example::Keep("They met in the U.S."),
    ],
};

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let is_pair = cx.is_glued(at) && cx.norm(at) == "." && cx.norm(at + 1) == ".";
    if !is_pair && cx.norm(at) != ".." {
        return None;
    }
    let end = if is_pair { at + 2 } else { at + 1 };
    let after_word = at > 0 && cx.is_word(at - 1) && cx.is_glued(at - 1) && !cx.norm(at - 1).ends_with('.');
    let more = cx.norm(end).starts_with('.') && cx.is_glued(end - 1);
    // A pause in the middle of a sentence (`Well.. that is`) is the writer's.
    let line_ends = cx.view.gap_after(end - 1).contains('\n');
    let closes = end >= cx.view.tokens().len() || line_ends || !cx.is_glued(end - 1) && cx.is_capital(end);
    (after_word && !more && closes).then(|| cx.finding(at, end, ".", 950, "Two stops end the sentence."))?
}

use crate::context::MACHINE;
use crate::english::is_english;
use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `country,and`: the space after a comma is lost.
pub(super) const RULE: Rule = Rule {
    id: "typography.comma",
    kind: Kind::Typography,
    layer: Layer::Corpus,
    summary: "A comma glued between two English words before a function word (country,and) has lost its space; in machine translations, since people write so, too.",
    safety: Safety::Apply,
    least_machine: MACHINE,
    trigger: Trigger::Words(&[","]),
    find,
    examples: &[
        Example::Machine("He left the country,and nobody asked.", "He left the country, and nobody asked."),
        Example::Machine("It was late,but they went.", "It was late, but they went."),
        Example::Keep("It cost 1,000 roubles, and he paid."),
        Example::Keep("The tuple x,y is printed."),
        Example::Keep("The flags read,write are set."),
    ],
};

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let before = at.checked_sub(1).filter(|&p| cx.is_glued(p) && cx.is_glued(at))?;
    let is_plain = |i: usize| cx.is_word(i) && cx.case(i) == Case::Lower && cx.norm(i).len() >= 2;
    let is_run = at >= 2 && cx.norm(at - 2) == "," && cx.is_glued(at - 2)
        || cx.norm(at + 2) == "," && cx.is_glued(at + 1);
    let fits = is_plain(before)
        && is_plain(at + 1)
        && cx.view.is_stop(at + 1)
        && !is_run
        && is_english(cx.norm(before))
        && is_english(cx.norm(at + 1));
    fits.then(|| cx.finding(at, at + 1, ", ", 950, "A comma between two English words without a space."))?
}

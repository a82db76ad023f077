use crate::institutions::{Institution, Use, institution_at};
use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `Institute for strategic studies`: what an institution is of, printed small after its capital.
pub(super) const RULE: Rule = Rule {
    id: "casing.complement",
    kind: Kind::Casing,
    layer: Layer::Corpus,
    summary: "In Russian only the first word of an institution's name has a capital, and engines keep that (Institute for strategic studies); repaired in machine translations.",
    safety: Safety::Apply,
    least_machine: crate::context::LIKELY,
    trigger: Trigger::Words(&[
        "academy",
        "agency",
        "association",
        "center",
        "centre",
        "commission",
        "committee",
        "council",
        "directorate",
        "federation",
        "foundation",
        "institute",
        "ministry",
        "school",
        "service",
        "university",
    ]),
    find,
    examples: &[
        Example::Machine(
            "He left the Minsk Institute for strategic studies in May.",
            "He left the Minsk Institute for Strategic Studies in May.",
        ),
        Example::Machine(
            "She wrote to the Federation of modern pentathlon in May.",
            "She wrote to the Federation of Modern Pentathlon in May.",
        ),
        Example::Keep("The institute for strategic studies closed."),
        Example::Keep("The Institute of Strategic Studies closed."),
        Example::Keep("The Council of elders met in the Centre of town."),
    ],
};

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let links = matches!(cx.norm(at + 1), "of" | "for" | "on") && cx.is_spaced(at) && cx.is_spaced(at + 1);
    if cx.case(at) != Case::Title || !links {
        return None;
    }
    let is_small = |n: &Institution| n.capitals(cx, at + 2).0 == 0;
    let name = institution_at(cx, at + 2, &[Use::Portfolio, Use::Field], is_small)?;
    let end = at + 2 + name.words.len();
    let why = format!(
        "“{}” has a capital for its first word alone; the document is a machine translation.",
        cx.text(at, end)
    );
    let is_part = cx.is_spaced(end - 1) && cx.is_word(end) && !cx.view.is_stop(end) && !cx.is_capital(end);
    (!is_part || cx.norm(at) == "ministry").then(|| cx.finding(at + 2, end, name.right, 920, why))?
}

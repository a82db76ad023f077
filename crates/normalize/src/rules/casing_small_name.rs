use crate::institutions::{Institution, Use, institution_at};
use crate::rule::ANY_CASE;
use crate::{Context, Example, Finding, PhrasePart, Rule, Safety, Seen, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `great patriotic war`, `National guard`: a fixed name that lost its capitals, in a machine translation.
pub(super) const RULE: Rule = Rule {
    id: "casing.small_name",
    kind: Kind::Casing,
    layer: Layer::Corpus,
    summary: "Fixed names printed small, or with a capital for their first word alone (great patriotic war, National guard): Russian writes most of them so. People may, too, so only in a machine translation.",
    safety: Safety::Apply,
    least_machine: crate::context::LIKELY,
    trigger: Trigger::Phrase(ANY_CASE, part),
    find,
    examples: &[
        Example::Machine(
            "He fought in the great patriotic war and after.",
            "He fought in the Great Patriotic War and after.",
        ),
        Example::Machine(
            "Soldiers of the National guard left the town.",
            "Soldiers of the National Guard left the town.",
        ),
        Example::Machine(
            "Two jets of the Ukrainian air force took off.",
            "Two jets of the Ukrainian Air Force took off.",
        ),
        Example::Keep("They live in a white house by the river."),
        Example::Keep("The party wants an Islamic state."),
        Example::Keep("National guard of the border is a duty."),
        Example::Keep("The air force and the armed forces of any state obey."),
    ],
};

fn part(word: &Seen) -> PhrasePart {
    word.part_of_name()
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let is_article = matches!(cx.norm_before(at), "a" | "an" | "another" | "every");
    if is_article {
        return None;
    }
    let name = institution_at(cx, at, &[Use::Name], |n| is_small(cx, at, n))?;
    if cx.is_title_case(at) {
        return None;
    }
    let end = at + name.words.len();
    let why = format!(
        "“{}” is the fixed name {}, without its capitals; the document is a machine translation.",
        cx.text(at, end),
        name.right
    );
    let is_part = cx.is_spaced(end - 1) && cx.is_capital(end);
    (!is_part || name.is_telling_small).then(|| cx.finding(at, end, name.right, 930, why))?
}

/// All its words are small and can mean nothing else, or the first alone has a capital that no sentence start gives it.
fn is_small(cx: &Context, at: usize, name: &Institution) -> bool {
    let (capitals, small) = name.capitals(cx, at);
    let opening = cx.case(at) != Case::Lower && cx.opens_sentence(at);
    if capitals == 0 || opening && capitals == 1 {
        return small > 0 && name.is_telling_small;
    }
    small > 0 && !opening
}

use crate::institutions::{Institution, Use, institution_at};
use crate::notes::is_quote;
use crate::rule::ANY_CASE;
use crate::{Context, Example, Finding, PhrasePart, Rule, Safety, Seen, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `Islamic state`, `White house`, `world Cup`: a fixed name with one capital too few.
pub(super) const RULE: Rule = Rule {
    id: "casing.institution",
    kind: Kind::Casing,
    layer: Layer::Local,
    summary: "Fixed names of institutions, groups and events that engines print half in capitals, half in small letters (White house, world Cup).",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Phrase(ANY_CASE, part),
    find,
    examples: &[
        Example::Fix(
            "Fighters of “Islamic state” fled the town.",
            "Fighters of “Islamic State” fled the town.",
        ),
        Example::Fix(
            "Officials in the White house would not say.",
            "Officials in the White House would not say.",
        ),
        Example::Fix("She won the world Cup in March.", "She won the World Cup in March."),
        Example::Fix(
            "They met in the International Syria support group in Vienna.",
            "They met in the International Syria Support Group in Vienna.",
        ),
        Example::Keep("They live in a white house by the river."),
        Example::Keep("The party wants an Islamic state."),
        Example::Keep("Islamic state institutions were discussed."),
        Example::Keep("The US air force base is near. The European commission met."),
        Example::Keep("They fight against Islamic state institutions."),
        Example::Keep("He wrote with a red Cross pen in the far East End."),
        Example::Keep("What would an “Islamic state” mean?"),
        Example::Keep("The Russian armed forces and the Bank of Russia agree."),
        Example::Keep("The US secretary of state met the Russian Orthodox church."),
    ],
};

fn part(word: &Seen) -> PhrasePart {
    word.part_of_name()
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let fits = |n: &Institution| is_half_capital(cx, at, n) && has_witness(cx, at, n);
    let name = institution_at(cx, at, &[Use::Name], fits)?;
    let end = at + name.words.len();
    let why = format!("“{}” is the fixed name {}, printed half in capitals.", cx.text(at, end), name.right);
    // `the White house` of Walter White.
    let is_of_person = || name.words.len() == 2 && cx.is_established(cx.norm(at));
    (!goes_on(cx, at, end) && !is_of_person()).then(|| cx.finding(at, end, name.right, 950, why))?
}

/// Some word has a capital and some has none. Names that begin with a capital (`World cup`) may be a house style or
/// the start of a sentence; they count only where the name demands a witness, or has three words and more.
fn is_half_capital(cx: &Context, at: usize, name: &Institution) -> bool {
    let (capitals, small) = name.capitals(cx, at);
    let small_first = cx.case(at) == Case::Lower;
    let opening = !small_first && cx.opens_sentence(at) && !is_quote(cx.norm_before(at));
    let own_capital = capitals > usize::from(name.begins_ordinary() && !small_first);
    let is_long = !name.before.is_empty() || name.words.len() > 2 && name.begins_ordinary();
    let is_telling = small_first || own_capital || !opening && is_long;
    capitals > 0 && small > 0 && is_telling && !cx.is_title_case(at)
}

/// The name goes on, is part of another, or is words about words: `far East End`, `Islamic state institutions`.
fn goes_on(cx: &Context, at: usize, end: usize) -> bool {
    cx.is_spaced(end - 1) && is_part_after(cx, end) || is_scare_quote(cx, at, end)
}

fn is_part_after(cx: &Context, end: usize) -> bool {
    cx.is_word(end) && !cx.view.is_stop(end) && (cx.is_capital(end) || cx.case(end - 1) == Case::Lower)
}

/// An opening quote that does not close right after the name, or an article before it.
fn is_scare_quote(cx: &Context, at: usize, end: usize) -> bool {
    let article = at.checked_sub(2).is_some_and(|i| matches!(cx.norm(i), "a" | "an"));
    let opens = matches!(cx.norm_before(at), "“" | "\"" | "«" | "‘");
    opens && (article || !matches!(cx.norm(end), "”" | "\"" | "»" | "’"))
}

fn has_witness(cx: &Context, at: usize, name: &Institution) -> bool {
    name.before.is_empty() || name.before.contains(&cx.norm_before(at))
}

use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `Islamic state`, `White house`, `world Cup`: a fixed name with one capital too few.
pub(super) const RULE: Rule = Rule {
    id: "casing.institution",
    kind: Kind::Casing,
    layer: Layer::Local,
    summary: "Fixed names of institutions, groups and events that engines print half in capitals, half in small letters (White house, world Cup).",
    safety: Safety::Apply,
    trigger: Trigger::Words(FIRST),
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
    ],
};

/// A fixed name. `needs` are words of which one must stand right before it (after an opening quote, if any); none: anywhere.
struct Name {
    right: &'static str,
    words: &'static [&'static str],
    needs: &'static [&'static str],
}

const fn name(right: &'static str, words: &'static [&'static str], needs: &'static [&'static str]) -> Name {
    Name { right, words, needs }
}

const FIRST: &[&str] =
    &["islamic", "white", "world", "international", "great", "far", "trilateral", "red", "arab"];

const NAMES: &[Name] = &[
    name(
        "Islamic State",
        &["islamic", "state"],
        &[
            "“",
            "\"",
            "«",
            "‘",
            "group",
            "organization",
            "organisation",
            "against",
            "militants",
            "terrorists",
            "fighters",
        ],
    ),
    name("White House", &["white", "house"], &["the"]),
    name("World Cup", &["world", "cup"], &[]),
    name("World Bank", &["world", "bank"], &["the"]),
    name("World Trade Organization", &["world", "trade", "organization"], &["the"]),
    name("World Health Organization", &["world", "health", "organization"], &["the"]),
    name("International Syria Support Group", &["international", "syria", "support", "group"], &[]),
    name("International Monetary Fund", &["international", "monetary", "fund"], &["the"]),
    name("International Atomic Energy Agency", &["international", "atomic", "energy", "agency"], &["the"]),
    name("Great Patriotic War", &["great", "patriotic", "war"], &["the"]),
    name("Far East", &["far", "east"], &["the", "russian", "russia's"]),
    name("Far Eastern", &["far", "eastern"], &["russian"]),
    name("Trilateral Contact Group", &["trilateral", "contact", "group"], &[]),
    name("Red Cross", &["red", "cross"], &["the"]),
    name("Arab League", &["arab", "league"], &["the"]),
];

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let fits = |n: &&Name| cx.matches(at, n.words) && is_half_capital(cx, at, n) && has_witness(cx, at, n);
    let name = NAMES.iter().filter(fits).max_by_key(|n| n.words.len())?;
    let end = at + name.words.len();
    let goes_on = cx.is_spaced(end - 1) && is_part_after(cx, end) || is_scare_quote(cx, at, end);
    let why = format!("“{}” is the fixed name {}, printed half in capitals.", cx.text(at, end), name.right);
    (!goes_on).then(|| cx.finding(at, end, name.right, 950, why))?
}

/// Some word has a capital and some has none. Two words that begin with a capital (`World cup`) may be a house style
/// or the start of a sentence; they count only where the name demands a witness, or has three words and more.
fn is_half_capital(cx: &Context, at: usize, name: &Name) -> bool {
    let words = at..at + name.words.len();
    let capitals = words.clone().filter(|&i| cx.is_capital(i)).count();
    let small_first = cx.case(at) == Case::Lower;
    let opening = !small_first && cx.opens_sentence(at) && !is_quoted(cx, at);
    let is_telling = small_first || !opening && (!name.needs.is_empty() || name.words.len() > 2);
    capitals > 0 && capitals < words.len() && is_telling && !cx.is_title_case(at)
}

/// The name goes on, or is part of another: `far East End`, `Islamic state institutions`.
fn is_part_after(cx: &Context, end: usize) -> bool {
    cx.is_word(end) && !cx.view.is_stop(end) && (cx.is_capital(end) || cx.case(end - 1) == Case::Lower)
}

/// An opening quote that does not close right after the name, or an article before it: words about words.
fn is_scare_quote(cx: &Context, at: usize, end: usize) -> bool {
    let article = at.checked_sub(2).is_some_and(|i| matches!(cx.norm(i), "a" | "an"));
    is_quoted(cx, at) && (article || !matches!(cx.norm(end), "”" | "\"" | "»" | "’"))
}

fn is_quoted(cx: &Context, at: usize) -> bool {
    matches!(cx.norm_before(at), "“" | "\"" | "«" | "‘")
}

fn has_witness(cx: &Context, at: usize, name: &Name) -> bool {
    name.needs.is_empty() || name.needs.contains(&cx.norm_before(at))
}

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
        Example::Fix(
            "Four planes of the U.S. air force took off.",
            "Four planes of the U.S. Air Force took off.",
        ),
        Example::Keep("They live in a white house by the river."),
        Example::Keep("The party wants an Islamic state."),
        Example::Keep("Islamic state institutions were discussed."),
        Example::Keep("The Soviet air force was large."),
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

const FIRST: &[&str] = &[
    "islamic",
    "white",
    "world",
    "international",
    "air",
    "great",
    "far",
    "trilateral",
    "european",
    "red",
    "arab",
    "warsaw",
    "human",
    "investigative",
];

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
    name("World Trade Organization", &["world", "trade", "organization"], &[]),
    name("World Health Organization", &["world", "health", "organization"], &[]),
    name("International Syria Support Group", &["international", "syria", "support", "group"], &[]),
    name("International Monetary Fund", &["international", "monetary", "fund"], &[]),
    name("International Atomic Energy Agency", &["international", "atomic", "energy", "agency"], &[]),
    name("Air Force", &["air", "force"], &["u.s.", "us"]),
    name("Great Patriotic War", &["great", "patriotic", "war"], &[]),
    name("Far East", &["far", "east"], &["the", "russian", "russia's"]),
    name("Far Eastern", &["far", "eastern"], &["the", "russian"]),
    name("Trilateral Contact Group", &["trilateral", "contact", "group"], &[]),
    name("European Union", &["european", "union"], &[]),
    name("European Commission", &["european", "commission"], &[]),
    name("European Parliament", &["european", "parliament"], &[]),
    name("Red Cross", &["red", "cross"], &[]),
    name("Arab League", &["arab", "league"], &[]),
];

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let fits = |n: &&Name| {
        cx.matches(at, n.words) && is_half_capital(cx, at, n.words.len()) && has_witness(cx, at, n)
    };
    let name = NAMES.iter().filter(fits).max_by_key(|n| n.words.len())?;
    let end = at + name.words.len();
    let goes_on = cx.is_spaced(end - 1) && cx.is_capital(end) && cx.case(end - 1) == Case::Lower;
    let why = format!("“{}” is the fixed name {}, printed half in capitals.", cx.text(at, end), name.right);
    (!goes_on).then(|| cx.finding(at, end, name.right, 950, why))?
}

/// Some word has a capital and some has none. A capital that merely opens a sentence does not count as one; all small
/// counts only where a witness is demanded, and never at a sentence start.
fn is_half_capital(cx: &Context, at: usize, len: usize) -> bool {
    let capitals = (at..at + len).filter(|&i| cx.is_capital(i)).count();
    let opening = usize::from(cx.is_capital(at) && cx.opens_sentence(at) && !is_quoted(cx, at));
    let us_force = cx.norm(at) == "air" && capitals == 0;
    (capitals > opening && capitals < len || us_force) && !cx.is_title_case(at)
}

fn is_quoted(cx: &Context, at: usize) -> bool {
    matches!(cx.norm_before(at), "“" | "\"" | "«" | "‘")
}

fn has_witness(cx: &Context, at: usize, name: &Name) -> bool {
    name.needs.is_empty() || name.needs.contains(&cx.norm_before(at))
}

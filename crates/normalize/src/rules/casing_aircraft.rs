use crate::context::capital;
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `su-27`, `mig-29`, `tu-204`: the type of an aircraft printed small.
pub(super) const RULE: Rule = Rule {
    id: "casing.aircraft",
    kind: Kind::Casing,
    layer: Layer::Local,
    summary: "Types of Soviet and Russian aircraft are a bureau and a number (Su-27, MiG-29); engines that put unknown words in small letters print su-27.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Shape(&[Case::Lower], is_small_type),
    find,
    examples: &[
        Example::Fix("Rebels shot down a su-27 over the hills.", "Rebels shot down a Su-27 over the hills."),
        Example::Fix("Two mig-29 fighters and an il-76 landed.", "Two MiG-29 fighters and an Il-76 landed."),
        Example::Keep("Rebels shot down a Su-27 over the hills."),
        Example::Keep("He set an-1 and be-2 in the table, and ki-67 was high."),
        Example::Keep("The su-chef added il-faut."),
    ],
};

/// Bureaus with the types they built, so that no other label is one: `an-1` is nothing.
const TYPES: &[(&str, &str, &[&str])] = &[
    (
        "an",
        "An",
        &[
            "2", "12", "22", "24", "26", "28", "30", "32", "70", "72", "74", "124", "140", "148", "158",
            "178", "225",
        ],
    ),
    ("be", "Be", &["200"]),
    ("il", "Il", &["2", "14", "18", "20", "22", "38", "62", "76", "78", "80", "86", "96", "112", "114"]),
    ("ka", "Ka", &["27", "28", "29", "31", "50", "52", "60", "62", "226"]),
    ("mi", "Mi", &["1", "2", "4", "6", "8", "14", "17", "24", "26", "28", "35", "38", "171"]),
    ("mig", "MiG", &["15", "17", "19", "21", "23", "25", "27", "29", "31", "35"]),
    ("su", "Su", &["7", "15", "17", "22", "24", "25", "27", "29", "30", "33", "34", "35", "47", "57", "75"]),
    (
        "tu",
        "Tu",
        &["4", "16", "22", "95", "104", "114", "124", "134", "142", "144", "154", "160", "204", "214", "334"],
    ),
    ("yak", "Yak", &["3", "9", "18", "38", "40", "42", "52", "54", "130", "141"]),
];

fn is_small_type(word: &Seen) -> bool {
    right(word.norm).is_some()
}

/// `su-27` → `Su-27`, a letter after the number included (`su-25t`).
fn right(norm: &str) -> Option<String> {
    let (bureau, rest) = norm.split_once('-')?;
    let number = rest.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let (_, name, _) = TYPES.iter().find(|(b, _, numbers)| *b == bureau && numbers.contains(&number))?;
    (rest.len() - number.len() <= 2)
        .then(|| format!("{name}-{number}{}", rest[number.len()..].to_uppercase()))
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let fixed = right(cx.norm(at))?;
    let why = format!("{} is a type of aircraft.", capital(&fixed));
    cx.finding(at, at + 1, fixed, 960, why)
}

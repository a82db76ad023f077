use crate::notes::is_quote;
use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_text::{Kind, Layer};

/// Plan “And” for plan “A”: the Russian letter А is also the word for "and".
pub(super) const RULE: Rule = Rule {
    id: "letter.label",
    kind: Kind::LetterCalque,
    layer: Layer::Local,
    summary: "A letter that labels a plan or a group is translated as the word it spells in Russian: А is “and”, В “in”, С “with”, О “about”, К “to”.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Words(LABELS),
    find,
    examples: &[
        Example::Fix(
            "The plan “And” failed, and there is no plan “B”.",
            "The plan “A” failed, and there is no plan “B”.",
        ),
        Example::Fix(
            "Option \"And\" is cheaper than option \"B\".",
            "Option \"A\" is cheaper than option \"B\".",
        ),
        Example::Offer("The group “And” won its first match.", "And"),
        Example::Keep("The plan “and what follows” failed, unlike plan “B”."),
        Example::Keep("Their plan “A” failed."),
        Example::Offer("The version “And” came after version “A” was out.", "And"),
        Example::Keep("The series “With” runs on Monday."),
    ],
};

const LABELS: &[&str] = &[
    "plan",
    "option",
    "group",
    "variant",
    "category",
    "class",
    "scenario",
    "version",
    "paragraph",
    "annex",
    "team",
    "block",
    "zone",
    "building",
    "grade",
    "subgroup",
];

/// The letter a translated word stands for. В and С may be Latin letters of the same look or the third and the
/// nineteenth of the Russian alphabet, so only А is ever sure.
fn letter(word: &str) -> Option<(&'static str, bool)> {
    Some(match word {
        "And" | "But" | "AND" => ("A", true),
        "In" => ("B", false),
        "About" => ("O", false),
        "To" => ("K", false),
        _ => return None,
    })
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let word = at + 2;
    let is_quoted = cx.is_spaced(at)
        && is_quote(cx.norm(at + 1))
        && is_quote(cx.norm(at + 3))
        && cx.is_glued(at + 1)
        && cx.is_glued(word);
    if !is_quoted {
        return None;
    }
    let (right, is_sure) = letter(cx.word(word).surface)?;
    let other = cx.labels_of(cx.norm(at)).iter().copied().find(|&i| cx.word(i).surface != right);
    let thousandths = if is_sure && other.is_some() { 980 } else { 600 };
    let why = match other {
        Some(i) => format!("The document also has {} “{}”.", cx.norm(at), cx.text(i, i + 1)),
        None => format!("A single quoted word after “{}”; in Russian {right} spells it.", cx.norm(at)),
    };
    cx.finding(word, word + 1, right, thousandths, why)
}

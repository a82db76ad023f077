use super::translit_word::is_loan;
use crate::context::capital;
use crate::english::is_english;
use crate::lexicon::Lexicon;
use crate::russian::is_known;
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_evidence::is_given_name;
use decalque_text::{Case, Kind, Layer, Word};

/// `Roman rozhnikovsky`, `maja Kocijancic`, `jabhat al-Nusra`: half of a name printed small.
pub(super) const RULE: Rule = Rule {
    id: "casing.surname",
    kind: Kind::Casing,
    layer: Layer::Corpus,
    summary: "Half of a name printed small (Roman rozhnikovsky, maja Kocijancic, rosseti): engines put words they do not know in small letters. No English word, beside the other half or a name of the lexicon; in machine translations.",
    safety: Safety::Apply,
    least_machine: crate::context::LIKELY,
    trigger: Trigger::Shape(&[Case::Lower], is_strange),
    find,
    examples: &[
        Example::Machine("So says the cook Igor melnichenkov.", "So says the cook Igor Melnichenkov."),
        Example::Machine(
            "Her spokesman maja Petrovich was silent.",
            "Her spokesman Maja Petrovich was silent.",
        ),
        Example::Machine("A cable from rosseti broke.", "A cable from Rosseti broke."),
        Example::Machine("Fighters of jabhat al-Nusra left.", "Fighters of Jabhat al-Nusra left."),
        Example::Keep("Ivan said that Boris wants it."),
        Example::Keep("The spetstsentr Ukraine built is closed."),
        Example::Keep("We spoke with Anna yesterday; iphone sales rose."),
    ],
};

fn is_strange(word: &Seen) -> bool {
    word.norm.len() >= 4
        && word.norm.bytes().all(|b| b.is_ascii_lowercase())
        && !word.is_stop
        && !is_loan(word.norm)
        && !word.is_english()
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let (why, thousandths) = reason(cx, at)?;
    cx.finding(at, at + 1, capital(cx.norm(at)), thousandths, why)
}

fn reason(cx: &Context, at: usize) -> Option<(String, u16)> {
    let before = at.checked_sub(1).filter(|&p| cx.is_spaced(p) && cx.case(p) == Case::Title);
    let given = before.filter(|&p| is_given_name(cx.norm(p)));
    let after = (cx.is_spaced(at) && cx.is_word(at + 1)).then(|| cx.word(at + 1));
    if let Some(p) = given {
        return Some((format!("The given name {} stands before it.", cx.text(p, p + 1)), 930));
    }
    if after.is_some_and(|w| is_arabic(w.surface)) {
        return Some((format!("It is half of a name with {}.", cx.text(at + 1, at + 2)), 920));
    }
    if is_given_name(cx.norm(at)) && after.is_some_and(is_surname) {
        return Some((format!("It is a given name before {}.", cx.text(at + 1, at + 2)), 930));
    }
    if after.is_some_and(is_surname) && at > 0 && is_office(cx.norm(at - 1)) {
        return Some((format!("“{}” stands before it, the other half after it.", cx.norm(at - 1)), 920));
    }
    // What is a Russian word as well (kultura) may be one that was left untranslated.
    (Lexicon::is_name(cx.norm(at)) && !is_known(cx.norm(at)))
        .then(|| ("The lexicon knows no other word of these letters than the name.".to_owned(), 920))
}

/// Nouns that a person's name follows.
fn is_office(norm: &str) -> bool {
    matches!(
        norm,
        "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "minister"
            | "president"
            | "chairman"
            | "director"
            | "analyst"
            | "expert"
            | "lawyer"
            | "coach"
            | "journalist"
            | "secretary"
            | "singer"
            | "actor"
            | "actress"
            | "blogger"
            | "deputy"
            | "ambassador"
            | "economist"
            | "governor"
            | "mayor"
            | "captain"
            | "colonel"
            | "general"
    )
}

/// `al-Nusra`
fn is_arabic(surface: &str) -> bool {
    let rest = surface.strip_prefix("al-").or_else(|| surface.strip_prefix("el-"));
    rest.is_some_and(|r| r.starts_with(char::is_uppercase))
}

fn is_surname(word: Word) -> bool {
    word.case == Case::Title && !is_english(word.norm)
}

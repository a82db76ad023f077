use super::translit_word::is_loan;
use crate::context::MACHINE;
use crate::english::is_english;
use crate::translit::ends_with;
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `if prikidcu wins`: a word of no language, in a text that an engine made.
pub(super) const RULE: Rule = Rule {
    id: "residue.unknown",
    kind: Kind::TranslitResidue,
    layer: Layer::Corpus,
    summary: "In what is surely machine translation, a word in small letters that is neither English nor a known name nor found in the Russian dictionary: a garbled rest. Flagged.",
    safety: Safety::Offer,
    least_machine: MACHINE,
    trigger: Trigger::Shape(&[Case::Lower], is_unknown),
    find,
    examples: &[
        Example::Flag("The last word is with the coach if zvukolm wins.", "zvukolm"),
        Example::Flag("They have caught grbk and other fish.", "grbk"),
        Example::Keep("The last word is with the coach if zvukolm wins."),
        Example::Keep("The start-up sells e-bikes, photobooks and cryptocoins."),
    ],
};

/// Shortest word, in letters.
const SHORTEST: usize = 4;

fn is_unknown(word: &Seen) -> bool {
    let is_plain = || word.surface.chars().all(|c| c.is_alphabetic() && !matches!(c, '\u{370}'..='\u{1dff}'));
    let is_odd = || !word.is_english() && !word.looks_russian() && !word.is_russian();
    let is_learned = || ENDINGS.iter().any(|e| ends_with(word.norm, e));
    let is_long = || word.norm.chars().count() >= SHORTEST;
    is_long() && is_plain() && !is_learned() && is_odd()
}

/// Endings of learned and derived English words, which no list has all of.
const ENDINGS: &[&str] = &[
    "tion", "sion", "sis", "ase", "ist", "ists", "ism", "isms", "ic", "ics", "logy", "ment", "ness", "ive",
    "al", "ous", "ing", "ed", "ly", "able", "ible", "ity", "ure", "ize", "ise", "ized", "ised", "izing",
    "poly", "ine", "ide", "ian", "ians", "ory", "ary", "ance", "ence", "ant", "ent", "form", "gram", "graph",
    "phile", "phobia", "able", "ish", "like",
];

/// Two English words in one: `photobook`.
fn is_compound(norm: &str) -> bool {
    let cut = |i: usize| norm.is_char_boundary(i) && is_english(&norm[..i]) && is_english(&norm[i..]);
    (3..norm.len().saturating_sub(2)).any(cut)
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    if !cx.is_word(at) {
        return None;
    }
    let norm = cx.norm(at);
    // A word that many documents have is a word.
    let is_known = cx.evidence.document_frequency(cx.word(at).stem) > 2
        || cx.evidence.name_frequency(norm) > 0
        || cx.has_capital(norm);
    let is_quoted = || crate::notes::is_quote(cx.norm_before(at));
    let fits = !is_known && !is_loan(norm) && !is_quoted() && !is_compound(norm) && cx.count_small(norm) <= 2;
    fits.then(|| {
        cx.finding(at, at + 1, "", 600, "Neither English nor a known name, in machine translation.")
    })?
}

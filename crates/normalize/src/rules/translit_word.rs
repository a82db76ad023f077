use crate::english::is_english;
use crate::translit::looks_russian;
use crate::{Context, Example, Finding, Lexicon, Rule, Safety, Trigger};
use decalque_text::{Case, Kind, Layer, Word};

/// `spetstsentr`: a Russian word in Latin letters.
pub(super) const RULE: Rule = Rule {
    id: "translit.word",
    kind: Kind::TranslitResidue,
    layer: Layer::Local,
    summary: "A word the engine did not know and spelled in Latin letters: no English word, and made of letter groups only romanised Russian has. Flagged.",
    safety: Safety::Offer,
    trigger: Trigger::Shape(is_residue),
    find,
    examples: &[
        Example::Offer("They will create spetstsentr with the military.", "spetstsentr"),
        Example::Offer("It depends on the Syrian oppoztsii alone.", "oppoztsii"),
        Example::Keep("They will create a special centre with the military."),
        Example::Keep("The oligarchs and their dachas were in the news."),
        Example::Keep("The footballer zhuzhed up his hair at @shchetkin."),
    ],
};

fn is_residue(word: &Word, _: &Lexicon) -> bool {
    let is_plain = word.surface.chars().all(|c| c.is_alphabetic() && !matches!(c, '\u{370}'..='\u{1dff}'));
    word.case == Case::Lower && is_plain && looks_russian(word.norm) && !is_english(word.norm)
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let is_word = cx.is_word(at) && !LOANS.contains(&cx.norm(at));
    is_word
        .then(|| cx.finding(at, at + 1, "", 900, "No English word, and spelled like romanised Russian."))?
}

/// Russian words that English writers use on purpose and the word list lacks.
const LOANS: &[&str] = &[
    "novichok",
    "siloviki",
    "silovik",
    "maskirovka",
    "zemstvo",
    "oblast",
    "zhuzhed",
    "zhuzh",
    "shchi",
    "borshch",
    "pirozhki",
];

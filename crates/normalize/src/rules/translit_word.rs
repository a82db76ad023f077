use crate::russian::in_english;
use crate::translit::looks_russian;
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `spetstsentr`: a Russian word in Latin letters.
pub(super) const RULE: Rule = Rule {
    id: "translit.word",
    kind: Kind::TranslitResidue,
    layer: Layer::Corpus,
    summary: "A word the engine did not know and spelled in Latin letters: no English word, and one of the Russian dictionary (then its English is offered) or made of letter groups only romanised Russian has (then it is flagged).",
    safety: Safety::Offer,
    least_machine: 0.0,
    trigger: Trigger::Shape(&[Case::Lower, Case::Title], is_residue),
    find,
    examples: &[
        Example::Offer("They will create spetstsentr with the military.", "spetstsentr"),
        Example::Offer("It depends on the Syrian oppoztsii alone.", "oppoztsii"),
        Example::Flag("We caught gorbushu and went home.", "gorbushu"),
        Example::Flag("Zadeystvovat we are ready all our means.", "Zadeystvovat"),
        Example::Keep("They will create a special centre with the military."),
        Example::Keep("The oligarchs and their dachas were in the news."),
        Example::Keep("The footballer zhuzhed up his hair at @shchetkin."),
        Example::Keep("Zadornov we know, and Gorbushin too."),
    ],
};

/// From this likelihood of machine translation on, a word of the Russian dictionary is taken for one.
const LIKELY: f64 = 0.6;

/// Shortest word, in letters: shorter ones are too often foreign words of the same look.
const SHORTEST: usize = 5;
/// Shortest capitalised one: most of those are names.
const SHORTEST_CAPITAL: usize = 8;

fn is_residue(word: &Seen) -> bool {
    let is_plain = || word.surface.chars().all(|c| c.is_alphabetic() && !matches!(c, '\u{370}'..='\u{1dff}'));
    let letters = word.norm.chars().count();
    match word.case {
        _ if !is_plain() || letters < SHORTEST || word.is_english() => false,
        Case::Lower => word.looks_russian() || word.is_russian(),
        Case::Title => letters >= SHORTEST_CAPITAL && word.is_russian(),
        _ => false,
    }
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let next = if matches!(cx.norm(at + 1), "'" | "′" | "’") { at + 2 } else { at + 1 };
    let starts = cx.opens_sentence(at) && cx.case(next) == Case::Lower;
    let is_word = cx.is_word(at) && !LOANS.contains(&cx.norm(at)) && (cx.case(at) == Case::Lower || starts);
    if !is_word {
        return None;
    }
    // A dictionary word without Russian looks may be foreign, and a capitalised one a name.
    let is_name = || cx.has_capital(cx.norm(at)) || cx.evidence.name_frequency(cx.norm(at)) > 0;
    let is_doubtful = || {
        cx.machine < LIKELY && !looks_russian(cx.norm(at))
            || cx.is_capital(at) && (cx.machine < LIKELY || is_name())
    };
    if is_doubtful() {
        return None;
    }
    match in_english(cx.norm(at)) {
        Some(english) => {
            let why = format!("No English word; in Russian letters it is one that means “{english}”.");
            cx.finding(at, at + 1, cased(cx, at, &english), 750, why)
        }
        None => cx.finding(at, at + 1, "", 900, "No English word, and spelled like romanised Russian."),
    }
}

fn cased(cx: &Context, at: usize, english: &str) -> String {
    if cx.is_capital(at) { crate::context::capital(english) } else { english.to_owned() }
}

/// True for a Russian word that English writers use on purpose.
pub(super) fn is_loan(norm: &str) -> bool {
    LOANS.contains(&norm)
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
    "krai",
    "raion",
    "kompromat",
    "agitprop",
    "spetsnaz",
    "banya",
    "ulitsa",
    "muzhik",
    "muzhiks",
    "nomenklatura",
    "perestroika",
    "glasnost",
    "samizdat",
    "apparatchik",
    "babushka",
    "matryoshka",
];

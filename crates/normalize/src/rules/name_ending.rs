use crate::english::is_english;
use crate::names::{OFFER, machine_odds, thousandths};
use crate::{Context, Example, Finding, Lexicon, Rule, Safety, Trigger};
use decalque_evidence::is_given_name;
use decalque_text::{Case, Kind, Layer, Word};

/// `the bronze went to Pulyaevu`: a name copied with its Russian case ending.
pub(super) const RULE: Rule = Rule {
    id: "name.ending",
    kind: Kind::TranslitResidue,
    layer: Layer::Corpus,
    summary: "Names that an engine copies come with the ending of their Russian case (Пуляеву → Pulyaevu); the name without it stands elsewhere in the document or in others of the run.",
    safety: Safety::Apply,
    trigger: Trigger::Shape(has_ending),
    find,
    examples: &[
        Example::Fix(
            "Mikhail Gusarov lost the final. The silver went to Gusarovu in March.",
            "Mikhail Gusarov lost the final. The silver went to Gusarov in March.",
        ),
        Example::Fix(
            "Oleg Dubovsky spoke. The letter was sent to Dubovskomu on Monday.",
            "Oleg Dubovsky spoke. The letter was sent to Dubovsky on Monday.",
        ),
        Example::Offer("Mikhail Gusarov lost. The rival Gusarova could not fight.", "Gusarova"),
        Example::Keep("Mikhail Gusarov came with his wife. Anna Gusarova smiled."),
        Example::Keep("Mara came late. Mare was at home, and so was Marie."),
        Example::Keep("Ivan Petrov lives in Petrovo."),
    ],
};

/// A Russian case ending, what stands there in the nominative, and whether a nominative may look the same.
struct Ending {
    printed: &'static str,
    bare: &'static [&'static str],
    is_nominative_too: bool,
}

const fn never(printed: &'static str, bare: &'static [&'static str]) -> Ending {
    Ending { printed, bare, is_nominative_too: false }
}

const ENDINGS: &[Ending] = &[
    never("skogo", &["sky", "skiy", "skii"]),
    never("skomu", &["sky", "skiy", "skii"]),
    never("skim", &["sky", "skiy", "skii"]),
    never("skom", &["sky", "skiy", "sk"]),
    never("skoj", &["skaya", "skaja"]),
    never("skoy", &["skaya", "skoi"]),
    never("skuyu", &["skaya"]),
    never("ovym", &["ov"]),
    never("evym", &["ev"]),
    never("inym", &["in"]),
    never("ovoy", &["ova"]),
    never("ovoi", &["ova"]),
    never("ovoj", &["ova"]),
    never("evoy", &["eva"]),
    never("evoj", &["eva"]),
    never("ovu", &["ov", "ova"]),
    never("evu", &["ev", "eva"]),
    never("inu", &["in", "ina"]),
    never("ove", &["ov", "ova"]),
    never("eve", &["ev", "eva"]),
    never("om", &[""]),
    never("em", &["", "y"]),
    never("u", &["", "a", "ya"]),
    // The plural of the word that the name is also a form of: панки, панков.
    never("i", &["ov"]),
    never("y", &["ov"]),
    never("ey", &["i"]),
    never("ej", &["i"]),
    never("e", &["a"]),
    Ending { printed: "a", bare: &[""], is_nominative_too: true },
];

/// Shortest name without its ending, in bytes.
const SHORTEST: usize = 4;

fn has_ending(word: &Word, _: &Lexicon) -> bool {
    let is_plain = word.norm.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    word.case == Case::Title
        && is_plain
        && word.norm.len() > SHORTEST
        && ENDINGS.iter().any(|e| word.norm.ends_with(e.printed))
        && !is_given_name(word.norm)
        && !is_english(word.norm)
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let surface = cx.word(at).surface;
    let is_other = cx.is_established(cx.norm(at)) && is_person(cx, surface) || is_person(cx, surface);
    if is_other || at > 0 && cx.is_capital(at - 1) && is_woman(cx.norm(at - 1)) {
        return None;
    }
    let (name, ending, here) = ENDINGS.iter().find_map(|e| nominative(cx, surface, e))?;
    let source = if here { 1.4 } else { -0.2 };
    let odds = source + machine_odds(cx) + if ending.is_nominative_too { -0.9 } else { 0.6 };
    let sure = thousandths(odds);
    let place = if here { "The document has" } else { "Other documents have" };
    let why = format!("{place} {name}; -{} is a Russian case ending.", ending.printed);
    (sure >= OFFER).then(|| cx.finding(at, at + 1, name, sure, why))?
}

fn is_person_here(cx: &Context, surname: &str) -> bool {
    cx.facts.people.iter().any(|p| p.surname == surname)
}

/// Somebody of this very name.
fn is_person(cx: &Context, surface: &str) -> bool {
    is_person_here(cx, surface) || !cx.evidence.people_named(surface).is_empty()
}

/// Given names in -a: a family name after one is a woman's.
fn is_woman(norm: &str) -> bool {
    is_given_name(norm) && norm.ends_with('a')
}

/// The name without the ending, if the document (or else the corpus) knows it.
fn nominative(
    cx: &Context,
    surface: &str,
    ending: &'static Ending,
) -> Option<(String, &'static Ending, bool)> {
    let stem = surface.strip_suffix(ending.printed).filter(|s| s.len() >= SHORTEST)?;
    let names = || ending.bare.iter().map(|b| format!("{stem}{b}")).filter(|n| n != surface);
    // A word in -a may be a case form itself: only a person tells.
    let knows = |n: &String| if n.ends_with('a') { is_person_here(cx, n) } else { cx.knows_name(n) };
    let here = names().find(knows).map(|n| (n, ending, true));
    let there = || names().find(|n| !cx.evidence.people_named(n).is_empty()).map(|n| (n, ending, false));
    here.or_else(there)
}

use crate::names::{OFFER, least_odds, thousandths};
use crate::translit::ends_with;
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_evidence::is_given_name;
use decalque_text::{Case, Kind, Layer};

/// `the bronze went to Pulyaevu`: a name copied with its Russian case ending.
pub(super) const RULE: Rule = Rule {
    id: "name.ending",
    kind: Kind::TranslitResidue,
    layer: Layer::Corpus,
    summary: "Names that an engine copies come with the ending of their Russian case (Пуляеву → Pulyaevu); the name without it stands elsewhere in the document or in others of the run.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Shape(&[Case::Title, Case::Mixed], has_ending),
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
    never("e", &["a", ""]),
    Ending { printed: "a", bare: &[""], is_nominative_too: true },
];

/// The endings that a word has, in the order of the list.
fn endings(word: &str) -> impl Iterator<Item = &'static Ending> {
    ENDINGS.iter().filter(move |e| ends_with(word, e.printed))
}

/// Shortest name without its ending, in bytes.
const SHORTEST: usize = 4;

fn has_ending(word: &Seen) -> bool {
    let is_plain = word.norm.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    word.case == Case::Mixed && capitals_of(word.surface).is_some()
        || word.case == Case::Title
            && is_plain
            && word.norm.len() > SHORTEST
            && endings(word.norm).next().is_some()
            && !is_given_name(word.norm)
            && !word.is_english()
}

/// The capitals of an acronym with a Russian case ending: `SIRIZu`.
fn capitals_of(surface: &str) -> Option<&str> {
    let capitals = surface.trim_end_matches(|c: char| c.is_lowercase());
    let ending = &surface[capitals.len()..];
    let is_acronym = capitals.len() >= 4 && capitals.bytes().all(|b| b.is_ascii_uppercase());
    (is_acronym && matches!(ending, "a" | "u" | "e" | "y" | "om" | "oj" | "oy")).then_some(capitals)
}

fn acronym(cx: &Context, at: usize, surface: &str) -> Option<Finding> {
    let capitals = capitals_of(surface)?;
    let sure = if cx.machine >= crate::context::MACHINE { 800 } else { 500 };
    cx.finding(at, at + 1, capitals, sure, "An acronym with the ending of a Russian case.")
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let surface = cx.word(at).surface;
    if cx.case(at) == Case::Mixed {
        return acronym(cx, at, surface);
    }
    // In what people write nothing comes of it.
    if least_odds(cx.machine_odds + CASED) > HERE {
        return None;
    }
    // A name that is surely in a case may follow a given name: `Mikhail Pulyaevu`.
    let is_telling = TELLING.iter().any(|(printed, _)| ends_with(surface, printed));
    if cx.machine < LIKELY && !is_telling {
        return None;
    }
    if !is_telling && is_person(cx, surface) || at > 0 && cx.is_capital(at - 1) && is_woman(cx.norm(at - 1)) {
        return None;
    }
    let norm = cx.norm(at);
    let Some((name, ending, here)) = endings(surface).find_map(|e| nominative(cx, surface, norm, e)) else {
        return unheard(cx, at, surface);
    };
    let source = if here { HERE } else { -0.2 };
    let odds = source + cx.machine_odds + if ending.is_nominative_too { -0.9 } else { CASED };
    let sure = thousandths(odds);
    let place = if here { "The document has" } else { "Other documents have" };
    let why = || format!("{place} {name}; -{} is a Russian case ending.", ending.printed);
    (sure >= OFFER).then(|| cx.finding(at, at + 1, name.as_str(), sure, why()))?
}

fn is_person_here(cx: &Context, surname: &str) -> bool {
    cx.facts.people.iter().any(|p| p.surname == surname)
}

/// Log-odds of a name that the document has without the ending, and of an ending that no nominative has.
const HERE: f64 = 1.4;
const CASED: f64 = 0.6;

/// From this likelihood of machine translation on, endings that other languages have as well are taken for Russian.
const LIKELY: f64 = 0.5;

/// Endings by which a name that nobody else has is seen to be in a case, in an engine's text.
const TELLING: &[(&str, &str)] = &[
    ("skogo", "sky"),
    ("skomu", "sky"),
    ("ovu", "ov"),
    ("evu", "ev"),
    ("inu", "in"),
    ("rom", "r"),
    ("tom", "t"),
    ("nom", "n"),
];

/// A name that nobody else has: offered without the ending.
fn unheard(cx: &Context, at: usize, surface: &str) -> Option<Finding> {
    let (printed, bare) = TELLING.iter().find(|(printed, _)| surface.ends_with(printed))?;
    let name = format!("{}{bare}", surface.strip_suffix(printed)?);
    let why = format!("-{printed} is an ending of Russian cases; no document has the name in another form.");
    let fits = cx.machine >= 0.7 && surface.len() >= 7 && !cx.opens_sentence(at);
    fits.then(|| cx.finding(at, at + 1, name, 500, why))?
}

/// Somebody of this very name.
fn is_person(cx: &Context, surface: &str) -> bool {
    is_person_here(cx, surface) || !cx.evidence.people_named(surface).is_empty()
}

/// Given names in -a: a family name after one is a woman's.
fn is_woman(norm: &str) -> bool {
    is_given_name(norm) && norm.ends_with('a')
}

/// The name without the ending, if the document (or else the corpus) knows it. `norm` is the surface in lower case.
fn nominative(
    cx: &Context,
    surface: &str,
    norm: &str,
    ending: &'static Ending,
) -> Option<(String, &'static Ending, bool)> {
    let stem = surface.strip_suffix(ending.printed).filter(|s| s.len() >= SHORTEST)?;
    let norm = norm.strip_suffix(ending.printed)?;
    let mut elsewhere = None;
    for bare in ending.bare {
        let (name, norm) = ([stem, bare].concat(), [norm, bare].concat());
        if name == surface {
            continue;
        }
        if is_here(cx, &name, &norm) {
            return Some((name, ending, true));
        }
        if elsewhere.is_none() && is_elsewhere(cx, &name, &norm) {
            elsewhere = Some(name);
        }
    }
    elsewhere.map(|name| (name, ending, false))
}

/// The document has the name. A word in -a may be a case form itself: only a person tells.
fn is_here(cx: &Context, name: &str, norm: &str) -> bool {
    if name.ends_with('a') { is_person_here(cx, name) } else { cx.knows_name(name, norm) }
}

/// Other documents have it.
fn is_elsewhere(cx: &Context, name: &str, norm: &str) -> bool {
    !cx.evidence.people_named(name).is_empty() || !name.ends_with('a') && cx.evidence.name_frequency(norm) > 0
}

/// A given name, without a case ending if it must be.
fn given_name(latin: &str) -> Option<String> {
    let is_name = |name: &str| is_given_name(&name.to_lowercase());
    let bare = |e: &Ending| {
        let stem = latin.strip_suffix(e.printed)?;
        e.bare.iter().map(|b| format!("{stem}{b}")).find(|n| n.len() > 3 && is_name(n))
    };
    is_name(latin).then(|| latin.to_owned()).or_else(|| ENDINGS.iter().find_map(bare))
}

/// A romanised name as the document (true) or else the corpus (false) has it, without a case ending if it must be.
pub(super) fn known(cx: &Context, latin: &str) -> Option<(String, bool)> {
    let norm = latin.to_lowercase();
    if cx.knows_name(latin, &norm) {
        return Some((latin.to_owned(), true));
    }
    if let Some(given) = given_name(latin) {
        return Some((given, true));
    }
    let bare = endings(latin).find_map(|e| nominative(cx, latin, &norm, e));
    let elsewhere = || cx.evidence.name_frequency(&norm) > 0;
    bare.map(|(name, _, here)| (name, here)).or_else(|| elsewhere().then(|| (latin.to_owned(), false)))
}

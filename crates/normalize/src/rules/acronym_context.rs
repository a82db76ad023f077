use super::organisation_spelling::{HALF, HUMAN};
use crate::english::is_english;
use crate::lexicon::{Class, Entry};
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_text::{Case, Kind, Layer};

/// An acronym printed letter by letter or wrongly expanded, beside words that tell which one is meant.
pub(super) const RULE: Rule = Rule {
    id: "acronym.context",
    kind: Kind::Acronym,
    layer: Layer::Local,
    summary: "Russian acronyms copied letter by letter (ВКС → VCS) get their English form when words nearby leave no other reading.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Shape(&[Case::Upper], is_known),
    find,
    examples: &[
        Example::Machine(
            "Strikes are left to the Russian VCS alone.",
            "Strikes are left to the Russian VKS alone.",
        ),
        Example::Machine(
            "Aircraft of the Russian VCS bombed the depot.",
            "Aircraft of the Russian VKS bombed the depot.",
        ),
        Example::Offer("Later the VCS aircraft bombed the depot.", "VCS"),
        Example::Keep("The startup raised money from three VCS in Boston."),
        Example::Keep("The VCS Group makes shoes."),
        Example::Keep("The Vintage Cycling Society met near Moscow. Russia hosted the VCS again."),
    ],
};

fn is_known(word: &Seen) -> bool {
    acronyms(word.rows()).next().is_some()
}

fn acronyms(rows: &[Entry]) -> impl Iterator<Item = &Entry> {
    rows.iter().filter(|e| e.class == Class::Acronym && e.printed.len() == 1)
}

/// How many tokens away a word still speaks for a reading.
const NEAR: usize = 2;

/// Words that leave no doubt which country's acronym it is. Others (police, army, union) are the same everywhere, and
/// letters mean different things there: they only suggest.
const PLACES: &[&str] = &[
    "russian",
    "russia",
    "russia's",
    "kremlin",
    "moscow",
    "ukrainian",
    "ukraine",
    "ukraine's",
    "kiev",
    "kyiv",
    "donetsk",
    "luhansk",
    "lugansk",
    "donbass",
    "donbas",
    "crimea",
    "belarusian",
    "belarus",
    "chechen",
    "syrian",
];

fn find(cx: &Context, at: usize) -> Option<Finding> {
    if cx.machine < HUMAN
        || is_company(cx, at)
        || is_spelled_out(cx, at)
        || cx.is_spelled_out(cx.word(at).surface)
    {
        return None;
    }
    let (entry, word, distance) =
        acronyms(cx.lexicon.starting_with(cx.norm(at))).find_map(|e| witness(cx, at, e))?;
    let right = entry.right.first()?;
    // `the Russian RF jammers`: no engine says it twice.
    if cx.norm_before(at).starts_with(&right.to_lowercase()) {
        return None;
    }
    let is_sure = cx.machine >= HALF
        && distance <= NEAR
        && PLACES.contains(&word.to_lowercase().as_str())
        && !is_english(cx.norm(at));
    let thousandths = if is_sure { 940 } else { 600 };
    let why = format!(
        "“{word}” stands near: {} is printed {} by translation engines.",
        entry.form.to_uppercase(),
        cx.text(at, at + 1)
    );
    cx.finding(at, at + 1, *right, thousandths, why)
}

/// The context word nearest to the acronym in its sentence.
fn witness<'a>(cx: &Context<'a>, at: usize, entry: &'a Entry) -> Option<(&'a Entry, &'a str, usize)> {
    let near = cx.sentence_tokens(at).filter(|&i| i != at && entry.context.contains(&cx.norm(i)));
    near.min_by_key(|&i| (!PLACES.contains(&cx.norm(i)), i.abs_diff(at)))
        .map(|i| (entry, cx.text(i, i + 1), i.abs_diff(at)))
}

/// `VCS Group`, `VCS Inc.`: a capitalised word right after makes it a name of its own.
fn is_company(cx: &Context, at: usize) -> bool {
    cx.is_spaced(at) && cx.is_capital(at + 1) && cx.case(at + 1) == Case::Title
}

/// `(VCS)` right after its own expansion is what the author says it is.
fn is_spelled_out(cx: &Context, at: usize) -> bool {
    cx.norm_before(at) == "(" && at > 1 && cx.is_capital(at - 2)
}

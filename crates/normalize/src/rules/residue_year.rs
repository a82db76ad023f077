use crate::rule::ANY_CASE;
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_text::{Kind, Layer};

/// `In 2013-m he won`, `by December 2014, g.`: what Russian writes after a year.
pub(super) const RULE: Rule = Rule {
    id: "residue.year",
    kind: Kind::TranslitResidue,
    layer: Layer::Corpus,
    summary: "Russian adds an ending to a year in figures (2013-м) or an abbreviation (2014 г.); engines copy it, in Cyrillic or Latin letters.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Shape(ANY_CASE, is_tailed),
    find,
    examples: &[
        Example::Machine("In 2013-m he won two cups.", "In 2013 he won two cups."),
        Example::Machine(
            "It will be ready by May 2014, g.; a plan is known.",
            "It will be ready by May 2014; a plan is known.",
        ),
        Example::Fix("In 2012-м he won two cups.", "In 2012 he won two cups."),
        Example::Keep("He drove a Volvo 2013-x and a 1900-G."),
        Example::Keep("They paid 2014 dollars, G. Ivanov said."),
        Example::Keep("The class of 2013 g was heavy."),
    ],
};

/// Endings of ordinals in figures, and the abbreviation of year.
const TAILS: &[&str] = &["m", "go", "mu", "h", "kh", "м", "го", "му", "х", "й", "г"];

fn is_tailed(word: &Seen) -> bool {
    matches!(word.surface, "g" | "г" | "g." | "г.") || split(word.surface).is_some()
}

/// The year and its ending.
fn split(surface: &str) -> Option<(&str, &str)> {
    let (year, tail) = surface.split_once('-')?;
    (is_year(year) && TAILS.contains(&tail)).then_some((year, tail))
}

fn is_year(text: &str) -> bool {
    text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|b| b.is_ascii_digit())
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    match split(cx.word(at).surface) {
        Some((year, tail)) => {
            let sure = if tail.is_ascii() && cx.machine < crate::context::MACHINE { 600 } else { 950 };
            cx.finding(at, at + 1, year, sure, format!("“-{tail}” is the ending of a Russian ordinal."))
        }
        None => abbreviation(cx, at),
    }
}

/// `2014, g.` and `2014 г.`, up to the stop.
fn abbreviation(cx: &Context, at: usize) -> Option<Finding> {
    let comma = usize::from(cx.norm_before(at) == ",");
    let year = at.checked_sub(1 + comma).filter(|&y| is_year(cx.word(y).surface))?;
    let dotted = cx.word(at).surface.ends_with('.');
    let stop = usize::from(!dotted && cx.norm(at + 1) == "." && cx.is_glued(at));
    let is_latin = cx.word(at).surface.is_ascii();
    let fits = !is_latin || cx.machine >= crate::context::MACHINE && (dotted || stop == 1);
    let after = cx.word(year).surface;
    fits.then(|| cx.finding(year, at + 1 + stop, after, 950, "“г.” abbreviates the Russian word for year."))?
}

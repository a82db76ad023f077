use crate::lexicon::{Entry, Lexicon};
use crate::names::{OFFER, Reading, STORY, Source, best, read, surnames, thousandths};
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `Butcherykov`: half of the name translated, its tail in Latin letters.
pub(super) const RULE: Rule = Rule {
    id: "name.tail",
    kind: Kind::NameCalque,
    layer: Layer::Corpus,
    summary: "Engines that translate pieces of words print half a name (Мясников → Butcherykov): an English word with a Russian tail, where documents name somebody whose name has that meaning.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Shape(&[Case::Title], is_half),
    find,
    examples: &[
        Example::Fix(
            "Alexander Myasnikov gave advice. “Do not smoke,” said Butcherykov.",
            "Alexander Myasnikov gave advice. “Do not smoke,” said Myasnikov.",
        ),
        Example::Fix("Sergei Orlov came. “Good,” added Eaglesov.", "Sergei Orlov came. “Good,” added Orlov."),
        Example::Keep("The band met Butcherykov, a fan."),
        Example::Keep("Alexander Myasnikov met Vladimir Berezin and Wolfov."),
        Example::Keep("Alexander Myasnikov met the butchers."),
    ],
};

/// Tails that engines leave, longest first.
/// -in, -ev and -sky end English and Polish names as well.
const TAILS: &[&str] = &["nikov", "enko", "ykov", "ikov", "okov", "ov"];

/// Shortest translated half, in bytes.
const SHORTEST: usize = 4;

fn is_half(word: &Seen) -> bool {
    word.norm.is_ascii() && entries(word.lexicon(), word.norm).next().is_some() && !word.is_english()
}

/// Rows whose printed word is this one without a tail.
fn entries<'a>(lexicon: &'a Lexicon, norm: &'a str) -> impl Iterator<Item = &'a Entry> {
    let halves = TAILS.iter().filter_map(|t| norm.strip_suffix(t)).filter(|h| h.len() >= SHORTEST);
    halves.flat_map(|half| surnames(lexicon, half))
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let reading = best(entries(cx.lexicon, cx.norm(at)).filter_map(|e| read(cx, e, None, STORY)))?;
    let is_known = matches!(reading.source, Source::Document | Source::Surname | Source::Story(_));
    // A person of that very name leaves no doubt.
    let is_person =
        cx.is_established(cx.norm(at)) || !cx.evidence.people_named(cx.text(at, at + 1)).is_empty();
    let sure = thousandths(reading.odds() + cx.machine_odds + 0.8);
    let fits = is_known && !is_person && sure >= OFFER;
    fits.then(|| cx.finding(at, at + 1, reading.surname, sure, why(cx, at, &reading)))?
}

fn why(cx: &Context, at: usize, reading: &Reading) -> String {
    format!(
        "“{}” is “{}” with a Russian tail. {}",
        cx.text(at, at + 1),
        reading.entry.printed[0],
        reading.sentence()
    )
}

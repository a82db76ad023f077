use crate::lexicon::{Class, Entry};
use crate::names::{OFFER, thousandths};
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_evidence::{given_key, is_given_name};
use decalque_text::{Case, Kind, Layer};

/// A given name translated before its family name: `Seeds Semenchenko`.
pub(super) const RULE: Rule = Rule {
    id: "name.first",
    kind: Kind::NameCalque,
    layer: Layer::Corpus,
    summary: "A Russian given name that is also a form of a common word, translated before its family name (Семён Семенченко → Seeds Semenchenko).",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Shape(&[Case::Title], is_gloss),
    find,
    examples: &[
        Example::Fix(
            "Semyon Petrenko led the battalion. In the night Seeds Petrenko wrote of losses.",
            "Semyon Petrenko led the battalion. In the night Semyon Petrenko wrote of losses.",
        ),
        Example::Fix(
            "Lev Gorbenko was there. The speaker was not Lion Gorbenko.",
            "Lev Gorbenko was there. The speaker was not Lev Gorbenko.",
        ),
        Example::Keep("Hope Hicks and Faith Ivanova met Rose Petrenko."),
        Example::Keep("The firm Seeds Kharkov sells wheat."),
        Example::Keep("Semyon Petrenko led it. The Lion King was shown."),
    ],
};

fn is_gloss(word: &Seen) -> bool {
    given_names(word.rows()).next().is_some() && !is_given_name(word.norm)
}

fn given_names(rows: &[Entry]) -> impl Iterator<Item = &Entry> {
    rows.iter().filter(|e| e.class == Class::Given && e.printed.len() == 1)
}

/// Endings of family names that hardly another language has.
const ENDINGS: &[&str] =
    &["enko", "ov", "ev", "sky", "skiy", "skyi", "chuk", "shvili", "ova", "eva", "skaya", "yan"];

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let surname = cx.word(at + 1).surface;
    let stands = cx.is_spaced(at) && cx.case(at + 1) == Case::Title && !cx.norm_before(at).is_empty();
    let part = at > 0 && cx.is_spaced(at - 1) && cx.is_capital(at - 1) && !cx.opens_sentence(at - 1);
    if !stands || part || !ENDINGS.iter().any(|e| surname.ends_with(e)) {
        return None;
    }
    let (entry, known) = given_names(cx.lexicon.starting_with(cx.norm(at)))
        .map(|e| (e, known(cx, e, surname)))
        .max_by_key(|(_, k)| k.is_some())?;
    let odds = known.as_ref().map_or(-1.6, |_| 2.0) + cx.machine_odds + 0.4;
    let right = known.as_deref().or(entry.right.first().copied())?;
    let why = format!("“{}” is also a form of a common word; {surname} is a family name.", entry.form);
    let sure = thousandths(odds);
    (sure >= OFFER).then(|| cx.finding(at, at + 1, right, sure, why))?
}

/// The given name under which the document or the corpus knows the family name, when it is one of the row's.
fn known(cx: &Context, entry: &Entry, surname: &str) -> Option<String> {
    let here = cx.facts.people.iter().filter(|p| p.surname == surname).map(|p| &p.given);
    let there = cx.evidence.people_named(surname).iter().map(|p| &p.given);
    let mut all = here.chain(there);
    all.find(|g| entry.right.iter().any(|r| given_key(r) == given_key(g))).cloned()
}

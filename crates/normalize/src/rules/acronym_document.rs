use crate::english::is_english;
use crate::lexicon::{Class, Entry};
use crate::notes::is_quote;
use crate::rule::ANY_CASE;
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_text::{Case, Kind, Layer};
use std::collections::BTreeSet;

/// `schools in DND`, `the Investigative Committee of Russia (TFR)`: the rest of the document tells whose letters they are.
pub(super) const RULE: Rule = Rule {
    id: "acronym.document",
    kind: Kind::Acronym,
    layer: Layer::Corpus,
    summary: "Acronyms that engines garble (ДНР → DND, СКР → TFR), where the document spells the organisation out, or has several words that belong to it and is a machine translation. What is also an English word needs the full name or quotation marks.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Shape(ANY_CASE, is_known),
    find,
    examples: &[
        Example::Machine(
            "Schools in DND open late. The militia of Donetsk said so.",
            "Schools in DPR open late. The militia of Donetsk said so.",
        ),
        Example::Fix(
            "The Investigative Committee of Russia (TFR) opened a case.",
            "The Investigative Committee of Russia (SKR) opened a case.",
        ),
        Example::Machine(
            "The cars are made by “gas”, AvtoVAZ and others: an automaker needs steel.",
            "The cars are made by “GAZ”, AvtoVAZ and others: an automaker needs steel.",
        ),
        Example::Keep("The DND game was sold to children in Donetsk."),
        Example::Keep("Mrs Orlova met the Investigative Committee on the stock market."),
        Example::Keep("The militia of Donetsk heard of DND (a game) on Monday."),
        Example::Keep("Prices of “gas” and oil fell."),
    ],
};

fn is_known(word: &Seen) -> bool {
    acronyms(word.rows()).next().is_some()
}

fn acronyms(rows: &[Entry]) -> impl Iterator<Item = &Entry> {
    rows.iter().filter(|e| e.class == Class::Acronym)
}

/// What the score must reach where the full name stands somewhere in the document: it proves much by itself.
const SPELLED_OUT: f64 = 0.7;
/// Different words of the organisation that a document must have, where its full name is missing.
const WITNESSES: usize = 2;

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let stands =
        |e: &&Entry| cx.matches(at, &e.printed) && (cx.machine >= SPELLED_OUT || cx.norm_before(at) == "(");
    let found = acronyms(cx.lexicon.starting_with(cx.norm(at)))
        .filter(stands)
        .find_map(|e| Some((e, reason(cx, at, e)?)));
    let (entry, why) = found?;
    let end = at + entry.printed.len();
    let thousandths = if ACCEPTED.contains(&cx.norm(at)) { 700 } else { 920 };
    (!is_glossed(cx, end)).then(|| cx.finding(at, end, right(cx, at, end, entry)?, thousandths, why))?
}

/// Letters that people who write about Russia use, too: they are only offered.
const ACCEPTED: &[&str] = &["mfa", "rf"];

/// `PVO (Air Defence)`: the engine has said itself what it means.
fn is_glossed(cx: &Context, end: usize) -> bool {
    matches!(cx.norm(end), "(" | "[")
}

fn reason(cx: &Context, at: usize, entry: &Entry) -> Option<String> {
    let (end, form) = (at + entry.printed.len(), || entry.form.to_uppercase());
    if let Some(name) = spelled_out(cx, at, end, entry) {
        return Some(format!("The document names the {name}: {} is its acronym.", form()));
    }
    if !cx.is_machine() || !is_name(cx, at, end, entry) {
        return None;
    }
    let witnesses = witnesses(cx, at, entry);
    let list: Vec<_> = witnesses.iter().copied().take(3).collect();
    let (list, form, printed) = (list.join(", "), form(), cx.text(at, end));
    (witnesses.len() >= WITNESSES)
        .then(|| format!("The document has {list}: {form} is printed {printed} by translation engines."))
}

/// Capitals, or for what is also an English word quotation marks.
fn is_name(cx: &Context, at: usize, end: usize, entry: &Entry) -> bool {
    if entry.printed.iter().all(|w| is_english(w)) {
        return is_quoted(cx, at, end) && entry.printed.len() == 1;
    }
    is_loud(cx, at, end) && !is_company(cx, end)
}

fn is_loud(cx: &Context, at: usize, end: usize) -> bool {
    (at..end).all(|i| cx.case(i) == Case::Upper)
}

/// The full name of the organisation: right before the parenthesis, or in capitals elsewhere in a machine translation.
fn spelled_out(cx: &Context, at: usize, end: usize, entry: &Entry) -> Option<&'static str> {
    let full = entry.right.iter().find(|r| r.contains(' '))?;
    let is_beside = is_parenthesis(cx, at, end);
    let is_elsewhere =
        cx.machine >= SPELLED_OUT && is_loud(cx, at, end) && !witnesses(cx, at, entry).is_empty();
    if !is_beside && !is_elsewhere {
        return None;
    }
    let words: Vec<String> = full.split(' ').map(str::to_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let named = |i: usize| cx.is_capital(i) && cx.matches(i, &words);
    let after = |i: usize| (i + words.len()..i + words.len() + NEAR).contains(&at.saturating_sub(1));
    let fits =
        |i: usize| named(i) && (is_beside && after(i) || is_elsewhere && (i + words.len() <= at || i >= end));
    cx.places_of(words.first()?).any(fits).then_some(*full)
}

/// Words between a full name and the parenthesis with its acronym: `the Investigative Committee of Russia (TFR)`.
const NEAR: usize = 4;

/// Words of the row's context that the document has, the printed form itself apart.
fn witnesses<'a>(cx: &Context, at: usize, entry: &'a Entry) -> BTreeSet<&'a str> {
    let has = |w: &&&str| **w != cx.norm(at) && cx.places_of(w).next().is_some();
    entry.context.iter().filter(has).copied().collect()
}

/// In parentheses or beside another acronym stand letters, elsewhere the name.
fn right(cx: &Context, at: usize, end: usize, entry: &Entry) -> Option<&'static str> {
    let letters = entry.right.iter().rev().find(|r| !r.contains(' '));
    let beside = at > 0 && matches!(cx.norm(at - 1), "+" | "/" | "-");
    let short = is_parenthesis(cx, at, end) || beside;
    letters.filter(|_| short).or_else(|| entry.right.first()).copied()
}

fn is_parenthesis(cx: &Context, at: usize, end: usize) -> bool {
    cx.norm_before(at) == "(" && cx.norm(end) == ")"
}

/// A capitalised word right after makes it a name of its own.
fn is_company(cx: &Context, end: usize) -> bool {
    cx.is_spaced(end - 1) && cx.case(end) == Case::Title
}

/// Quotation marks on both sides, with or without the commas that engines leave inside.
fn is_quoted(cx: &Context, at: usize, end: usize) -> bool {
    let comma = |i: usize| usize::from(cx.norm(i) == ",");
    let before = at.checked_sub(1).and_then(|i| i.checked_sub(comma(i)));
    before.is_some_and(|i| is_quote(cx.norm(i))) && is_quote(cx.norm(end + comma(end)))
}

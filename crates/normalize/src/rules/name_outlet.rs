use crate::lexicon::{Class, Entry};
use crate::names::{OFFER, thousandths};
use crate::notes::is_quote;
use crate::rule::ANY_CASE;
use crate::{Context, Example, Finding, PhrasePart, Rule, Safety, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `he told "Light"`: a newspaper, firm or ship whose name is a common word, translated.
pub(super) const RULE: Rule = Rule {
    id: "name.outlet",
    kind: Kind::NameCalque,
    layer: Layer::Corpus,
    summary: "Names of newspapers, firms, parties and ships that are common words (Ведомости → “Statements”), translated; in quotes, as Russian sets them, and best where documents have the right name.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Phrase(ANY_CASE, |word| PhrasePart {
        whole: false,
        first: is_quote(word.norm),
        second: works(word.rows()).next().is_some() || matches!(word.norm, "the" | "a"),
    }),
    find,
    examples: &[
        Example::Machine(
            "The paper Izvestia asked him. He told the “News” that he would not go.",
            "The paper Izvestia asked him. He told the “Izvestia” that he would not go.",
        ),
        Example::Fix(
            "The paper Vedomosti wrote so. A copy of the plan is with “Statements”.",
            "The paper Vedomosti wrote so. A copy of the plan is with “Vedomosti”.",
        ),
        Example::Flag("Dinner came from “the little Potato” once more.", "the little Potato"),
        Example::Keep("The company \"Light\" opened a shop, and \"statement\" is a word."),
        Example::Keep("He called the speech \"news\" and the rest \"money\"."),
        Example::Keep("The statements were made in the light of the news."),
    ],
};

fn works(rows: &[Entry]) -> impl Iterator<Item = &Entry> {
    rows.iter().filter(|e| e.class == Class::Work)
}

/// Words beside a name that tell of the press, of trade, of arms: what the classes of the lexicon are.
const CUES: &[&str] = &[
    "newspaper",
    "newspapers",
    "magazine",
    "weekly",
    "daily",
    "edition",
    "publication",
    "interview",
    "told",
    "writes",
    "wrote",
    "reports",
    "reported",
    "copy",
    "correspondent",
    "journalist",
    "editor",
    "source",
    "asked",
    "request",
    "inquiry",
    "portal",
    "site",
    "channel",
    "station",
    "agency",
    "company",
    "firm",
    "chain",
    "restaurant",
    "cafe",
    "shop",
    "store",
    "brand",
    "bank",
    "factory",
    "plant",
    "holding",
    "group",
    "concern",
    "party",
    "faction",
    "movement",
    "ship",
    "vessel",
    "frigate",
    "cruiser",
    "submarine",
    "icebreaker",
    "ferry",
    "missile",
    "missiles",
    "complex",
    "system",
    "tank",
    "howitzer",
    "rocket",
    "vaccine",
    "vaccines",
    "club",
    "team",
    "stadium",
    "theater",
    "theatre",
    "airline",
    "aircraft",
    "train",
    "operator",
    "network",
    "said",
    "lists",
    "quoted",
    "quotes",
    "leads",
];

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let name = at + 1;
    let has_article = matches!(cx.norm(name), "the" | "a") && cx.is_word(name);
    named(cx, name, name).or_else(|| if has_article { named(cx, name, name + 1) } else { None })
}

/// A name in quotes that begins at token `at`, with what stands in the quotes from token `from` on.
fn named(cx: &Context, from: usize, at: usize) -> Option<Finding> {
    if cx.case(at) == Case::Upper {
        return None;
    }
    let fits = |e: &&Entry| cx.matches(at, &e.printed) && closes(cx, at + e.printed.len());
    let rows = cx.lexicon.starting_with(cx.norm(at));
    let longest = works(rows).filter(fits).map(|e| e.printed.len()).max()?;
    let rows = works(rows).filter(|e| e.printed.len() == longest).filter(fits);
    let (source, row) = rows.map(|e| (source(cx, e), e)).reduce(|a, b| if b.0 > a.0 { b } else { a })?;
    let end = at + longest;
    let right = row.right.first()?;
    if cx.text(at, end).eq_ignore_ascii_case(right) {
        return None;
    }
    let sure = thousandths(source + place(cx, at, end) + cx.machine_odds);
    let why = format!(
        "In quotes, as Russian sets names. {} “{}” is also a common word.",
        known(source, right),
        row.form
    );
    (sure >= OFFER).then(|| cx.finding(from, end, *right, sure, why))?
}

/// A closing quote follows, at once or after a mark.
fn closes(cx: &Context, end: usize) -> bool {
    is_quote(cx.norm(end)) || matches!(cx.norm(end), "," | ".") && is_quote(cx.norm(end + 1))
}

const DOCUMENT: f64 = 1.6;
const LEXICON: f64 = -1.9;
/// At most: where one document in fifty has the name, less where fewer have it.
const CORPUS: f64 = 0.4;
const USUAL: f64 = 0.02;

/// The capitalised words of a name, in lower case: one of them alone (the People of Servant of the People) proves nothing.
fn words_of(right: &str) -> impl Iterator<Item = String> {
    let is_telling =
        |w: &&str| w.len() > 1 && w.starts_with(char::is_uppercase) && !matches!(*w, "An" | "The");
    right.split([' ', '-']).filter(is_telling).map(str::to_lowercase)
}

/// Log-odds of where the right name is known from.
fn source(cx: &Context, entry: &Entry) -> f64 {
    let is_here = |right: &str| words_of(right).all(|w| cx.has_capital(&w));
    let heard = |right: &str| words_of(right).map(|w| cx.evidence.name_frequency(&w)).min().unwrap_or(0);
    let here = entry.right.iter().any(|r| is_here(r));
    let there = entry.right.iter().map(|r| heard(r)).max().unwrap_or(0);
    let share = f64::from(there) / (cx.evidence.n_docs() as f64).max(1.0);
    match (here, there) {
        (true, _) => DOCUMENT,
        (false, 0) => LEXICON,
        (false, _) => CORPUS + (share / USUAL).ln().clamp(-1.0, 0.0),
    }
}

fn known(source: f64, right: &str) -> String {
    let who = match source {
        DOCUMENT => "The document has",
        LEXICON => "No document has",
        _ => "Other documents have",
    };
    format!("{who} {right};")
}

/// Log-odds of a capital and of a cue nearby.
fn place(cx: &Context, at: usize, end: usize) -> f64 {
    let capital = if (at..end).any(|i| cx.is_capital(i)) { 0.7 } else { -0.3 };
    let near = at.saturating_sub(6)..(end + 4).min(cx.view.tokens().len());
    let same = near.filter(|&i| cx.view.tokens()[i].sentence == cx.view.tokens()[at].sentence);
    let cue = same.into_iter().any(|i| CUES.contains(&cx.norm(i)));
    capital + if cue { 0.7 } else { -0.4 }
}

use crate::context::MACHINE;
use crate::names::{Source, best, read, surnames, surnames_in, thousandths};
use crate::speech::is_speech_verb;
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `he said sands`: a family name translated and in small letters too.
pub(super) const RULE: Rule = Rule {
    id: "name.small",
    kind: Kind::NameCalque,
    layer: Layer::Corpus,
    summary: "A translated family name that lost its capital as well (said sands), only where the document names the person in full, is surely machine translation and uses the word nowhere else.",
    safety: Safety::Apply,
    least_machine: MACHINE,
    trigger: Trigger::Shape(&[Case::Lower], is_gloss),
    find,
    examples: &[
        Example::Machine(
            "Dmitry Peskov was asked. “There is no plan,” said sands, and left.",
            "Dmitry Peskov was asked. “There is no plan,” said Peskov, and left.",
        ),
        Example::Machine(
            "Andrei Pankov runs it. Sales will grow, is sure the punks, or not.",
            "Andrei Pankov runs it. Sales will grow, is sure Pankov, or not.",
        ),
        Example::Keep("Dmitry Peskov was asked. “There is no plan,” said sands, and left."),
        Example::Keep("Dmitry Peskov spoke of the sands of Libya. They walk on the sands."),
    ],
};

fn is_gloss(word: &Seen) -> bool {
    word.norm.ends_with('s') && surnames_in(word.rows()).next().is_some()
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let start = if cx.norm_before(at) == "the" { at - 1 } else { at };
    let verb = cx.norm_before(start);
    let speaks = is_speech_verb(verb) || matches!(verb, "sure" | "convinced" | "confident");
    if !speaks || !ends_clause(cx, at + 1) || cx.count_small(cx.norm(at)) > 1 {
        return None;
    }
    let least = Source::Document.odds();
    let reading = best(surnames(cx.lexicon, cx.norm(at)).filter_map(|e| read(cx, e, None, least)))?;
    let odds = reading.odds() + cx.machine_odds - 0.2;
    let why = format!("{} “{verb}” takes a person here.", reading.sentence());
    let is_here = reading.source == Source::Document;
    is_here.then(|| cx.finding(start, at + 1, reading.surname, thousandths(odds), why))?
}

/// A mark ends the clause: `said sands,`, not `said sources in`.
fn ends_clause(cx: &Context, i: usize) -> bool {
    matches!(cx.norm(i), "," | "." | ";" | "”" | "\"")
}

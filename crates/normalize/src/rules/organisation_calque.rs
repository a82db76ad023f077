use super::organisation_spelling::{HALF, HUMAN, entry_at};
use crate::english::is_english;
use crate::lexicon::{Class, Entry};
use crate::rule::ANY_CASE;
use crate::{Context, Example, Finding, PhrasePart, Rule, Safety, Seen, Trigger};
use decalque_text::{Kind, Layer};

/// `the Ministry of Figures`: an organisation's short name translated word by word.
pub(super) const RULE: Rule = Rule {
    id: "organisation.calque",
    kind: Kind::NameCalque,
    layer: Layer::Local,
    summary: "Short names of organisations that engines translate part by part (Минцифры → Ministry of Figures); the lexicon lists such names; sure in machine translation only.",
    safety: Safety::Apply,
    least_machine: HUMAN,
    trigger: Trigger::Phrase(ANY_CASE, part),
    find,
    examples: &[
        Example::Machine(
            "The order came from the Ministry of Figures on Monday.",
            "The order came from the Ministry of Digital Development on Monday.",
        ),
        Example::Machine(
            "Rescuers of the White Hard Hats came first.",
            "Rescuers of the White Helmets came first.",
        ),
        Example::Keep("A ministry of figures and tables is what he leads."),
        Example::Keep("The Ministry of Digital Development is new."),
    ],
};

fn part(word: &Seen) -> PhrasePart {
    word.part(Class::Organisation, is_calque)
}

/// Printed as two English words and more: translated, not transliterated.
pub(super) fn is_calque(entry: &Entry) -> bool {
    entry.printed.len() > 1 && entry.printed.iter().all(|w| is_english(w))
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let entry = entry_at(cx, at, is_calque)?;
    let end = at + entry.printed.len();
    let right = entry.right.first()?;
    let is_name =
        cx.is_capital(at) && cx.is_capital(end - 1) && !cx.text(at, end).eq_ignore_ascii_case(right);
    let why = format!("“{}” is {right}: its Russian name {} word by word.", cx.text(at, end), entry.form);
    let sure = if cx.machine >= HALF { 950 } else { 600 };
    (is_name && !cx.is_title_case(at)).then(|| cx.finding(at, end, *right, sure, why))?
}

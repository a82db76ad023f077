use super::organisation_calque::is_calque;
use crate::english::is_english;
use crate::lexicon::{Class, Entry};
use crate::rule::ANY_CASE;
use crate::{Context, Example, Finding, PhrasePart, Rule, Safety, Seen, Trigger};
use decalque_text::{Kind, Layer};

/// `dzhebhat EN-Nusra`: an Arabic name romanised from its Russian spelling.
pub(super) const RULE: Rule = Rule {
    id: "organisation.spelling",
    kind: Kind::TranslitResidue,
    layer: Layer::Local,
    summary: "Foreign names that went through Russian come back in Russian dress (dzhebhat EN-Nusra); the lexicon lists such spellings; some are foreign words or names as well, so they are sure in machine translation only.",
    safety: Safety::Apply,
    least_machine: HUMAN,
    trigger: Trigger::Phrase(ANY_CASE, part),
    find,
    examples: &[
        Example::Machine(
            "The truce excludes “dzhebhat EN-Nusra” and others.",
            "The truce excludes “Jabhat al-Nusra” and others.",
        ),
        Example::Machine("They fight jabhat an Nusra in Idlib.", "They fight Jabhat al-Nusra in Idlib."),
        Example::Keep("The fans sang of boing and the fule."),
        Example::Keep("They fight Jabhat al-Nusra in Idlib."),
        Example::Keep("They fight the Nusra Front in Idlib."),
    ],
};

fn part(word: &Seen) -> PhrasePart {
    word.part(Class::Organisation, |e| !is_calque(e))
}

/// The longest row of these organisations that stands at token `at`.
pub(super) fn entry_at<'a>(cx: &Context<'a>, at: usize, is_kind: fn(&Entry) -> bool) -> Option<&'a Entry> {
    let rows = cx.lexicon.starting_with(cx.norm(at)).iter().filter(|e| e.class == Class::Organisation);
    // Whether a row is of the kind takes looks into a dictionary: only those that stand here are asked.
    rows.filter(|e| cx.matches(at, &e.printed) && is_kind(e)).max_by_key(|e| e.printed.len())
}

/// Below this likelihood of machine translation, a spelling is the writer's and no question is asked.
pub(super) const HUMAN: f64 = 0.3;

/// From this likelihood of machine translation on, what people hardly ever write is an engine's.
pub(super) const HALF: f64 = 0.5;

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let entry = entry_at(cx, at, |e| !is_calque(e))?;
    let end = at + entry.printed.len();
    let right = entry.right.first()?;
    let same = cx.text(at, end).eq_ignore_ascii_case(right) && cx.is_capital(at);
    let why =
        format!("“{}” is {right} romanised from its Russian spelling {}.", cx.text(at, end), entry.form);
    // One small word is a word; in a text that people wrote, so is a capitalised one.
    let is_word = entry.printed.len() == 1 && !cx.is_capital(at);
    // A short word is a name somewhere: Payet, Hende, ANB.
    let is_short = entry.printed.len() == 1 && entry.printed[0].len() < 8;
    let least = if is_short { crate::context::LIKELY } else { HALF };
    let sure = if cx.machine >= least { 960 } else { 600 };
    let is_fit = !same && !is_word && (cx.is_capital(at) || !is_english(cx.norm(at)));
    is_fit.then(|| cx.finding(at, end, *right, sure, why))?
}

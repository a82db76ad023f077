use super::organisation_calque::is_calque;
use crate::lexicon::{Class, Entry, Lexicon};
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_text::{Kind, Layer};

/// `dzhebhat EN-Nusra`: an Arabic name romanised from its Russian spelling.
pub(super) const RULE: Rule = Rule {
    id: "organisation.spelling",
    kind: Kind::TranslitResidue,
    layer: Layer::Local,
    summary: "Foreign names that went through Russian come back in Russian dress (dzhebhat EN-Nusra); the lexicon lists spellings no English text uses.",
    safety: Safety::Apply,
    trigger: Trigger::Shape(begins_name),
    find,
    examples: &[
        Example::Fix(
            "The truce excludes “dzhebhat EN-Nusra” and others.",
            "The truce excludes “Jabhat al-Nusra” and others.",
        ),
        Example::Fix("They fight jabhat an Nusra in Idlib.", "They fight Jabhat al-Nusra in Idlib."),
        Example::Keep("They fight Jabhat al-Nusra in Idlib."),
        Example::Keep("They fight the Nusra Front in Idlib."),
    ],
};

fn begins_name(word: &Seen, lexicon: &Lexicon) -> bool {
    entries(lexicon, word.norm).next().is_some()
}

fn entries<'a>(lexicon: &'a Lexicon, norm: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
    lexicon.starting_with(norm).iter().filter(|e| e.class == Class::Organisation && !is_calque(e))
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let fits = |e: &&Entry| cx.matches(at, &e.printed);
    let entry = entries(cx.lexicon, cx.norm(at)).filter(fits).max_by_key(|e| e.printed.len())?;
    let end = at + entry.printed.len();
    let right = entry.right.first()?;
    let same = cx.text(at, end).eq_ignore_ascii_case(right) && cx.is_capital(at);
    let why =
        format!("“{}” is {right} romanised from its Russian spelling {}.", cx.text(at, end), entry.form);
    (!same).then(|| cx.finding(at, end, *right, 960, why))?
}

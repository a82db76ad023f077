use crate::names::{
    OFFER, Reading, Source, bare, best, is_english_surname, is_slavic, least_odds, possessive, read,
    surnames, thousandths,
};
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_evidence::{given_key, is_given_name};
use decalque_text::{Case, Kind, Layer};

/// A family name translated after a given name: `Sergei Cancer`, `Artem the Seagull`, `Kirill issues`.
pub(super) const RULE: Rule = Rule {
    id: "name.given",
    kind: Kind::NameCalque,
    layer: Layer::Corpus,
    summary: "A Russian family name translated after its given name (Сергей Рак → Sergei Cancer), at times with an article or a preposition slipped in; whom documents name so in full tells who is meant.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Shape(&[Case::Title], is_russian_given),
    find,
    examples: &[
        Example::Fix(
            "Artyom Chaika runs the mill. “We pay on time,” said Artem the Seagull.",
            "Artyom Chaika runs the mill. “We pay on time,” said Artem Chaika.",
        ),
        Example::Fix(
            "Kirill Voprosov trains in Omsk. The bronze went to Kirill Issues, who was glad.",
            "Kirill Voprosov trains in Omsk. The bronze went to Kirill Voprosov, who was glad.",
        ),
        Example::Flag("The mill was sold by Sergei Beetles, who did so.", "Beetles"),
        Example::Keep("Andrei Volkov met Michael Wolf, who was 21."),
        Example::Keep("The film stars Alexander Fox and Victor King."),
        Example::Keep("Sergei Volkov met Ivan the Terrible and Peter Rabbit on the stage."),
        Example::Keep("Sergei issues a statement every day."),
        Example::Keep("The road from Vladimir Gates leads to the Roman Forum."),
    ],
};

fn is_russian_given(word: &Seen) -> bool {
    let foreign = || given_key(word.norm) != word.norm;
    is_given_name(word.norm) && is_slavic(word.norm) || foreign()
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let name = surname_at(cx, at)?;
    let norm = bare(cx.norm(name));
    let given = cx.norm(at);
    let least = least_odds(cx.machine_odds + BEST_MANNER);
    let reading = best(surnames(cx.lexicon, norm).filter_map(|e| read(cx, e, Some(given), least)))?;
    // Another person's family name in the document is no witness for this one.
    let is_known = reading.source != Source::Lexicon;
    // `Michael` may be anyone; only whom documents name in full will do.
    let is_far = matches!(reading.source, Source::Lexicon | Source::Heard | Source::Surname);
    let is_guess = is_far && !is_slavic(given) && name == at + 1;
    if is_guess {
        return None;
    }
    let odds =
        reading.odds() + cx.machine_odds + manner(cx, at, name, is_known)? - namesake(norm, given, &reading);
    let sure = thousandths(odds);
    let after = format!("{}{}", reading.surname, possessive(cx.word(name).surface));
    let why = format!("It stands after the given name {}. {}", cx.text(at, at + 1), reading.sentence());
    (sure >= OFFER).then(|| cx.finding(at + 1, name + 1, after, sure, why))?
}

/// The token of the family name: right after the given name, or after `the` or `of`.
fn surname_at(cx: &Context, at: usize) -> Option<usize> {
    let slipped = cx.is_spaced(at) && matches!(cx.norm(at + 1), "the" | "of");
    let name = if slipped { at + 2 } else { at + 1 };
    let fits = cx.is_spaced(at)
        && cx.is_spaced(name - 1)
        && cx.is_word(name)
        && surnames(cx.lexicon, bare(cx.norm(name))).next().is_some();
    // `Ivan the Terrible and`: a by-name; `Alexander Fox Hunter`: a longer name.
    let goes_on = cx.is_spaced(name) && cx.is_capital(name + 1) && !cx.view.is_stop(name + 1);
    (fits && !goes_on).then_some(name)
}

/// English families are called Smith and Fox, so an English-looking full name is what it says, unless the document or
/// its story knows better.
fn namesake(norm: &str, given: &str, reading: &Reading) -> f64 {
    match reading.source {
        _ if !is_english_surname(norm) => 0.0,
        Source::Document if is_slavic(given) => 1.0,
        Source::Document => 2.0,
        _ => 2.5,
    }
}

/// The most that [`manner`] says.
const BEST_MANNER: f64 = 2.2;

/// How much the place says for a translated name, in log-odds; none where it speaks against it.
fn manner(cx: &Context, at: usize, name: usize, is_known: bool) -> Option<f64> {
    let is_small = cx.case(name) == Case::Lower;
    let slipped = name > at + 1;
    let slavic = if is_slavic(cx.norm(at)) { 1.2 } else { 0.2 };
    let own_name = cx.opens_sentence(at) && !cx.is_title_case(at);
    match (is_small, slipped) {
        // A small word after a name is as a rule a verb or a noun of the sentence.
        (true, _) if !is_known || !ends_phrase(cx, name) => None,
        (true, true) => None,
        (true, false) => Some(0.4),
        (false, true) if !is_known => None,
        (false, true) => Some(1.0),
        // English has families called Fox and King.
        (false, false) if is_known => Some(1.0 + slavic),
        (false, false) => Some(slavic + if own_name { 0.0 } else { 0.2 }),
    }
}

/// The phrase ends after token `i`: a mark, or a function word.
fn ends_phrase(cx: &Context, i: usize) -> bool {
    !cx.is_word(i + 1) || cx.view.is_stop(i + 1)
}

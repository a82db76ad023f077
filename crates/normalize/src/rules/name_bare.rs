use crate::names::{
    OFFER, Reading, Source, bare, best, is_english_surname, is_proper, least_odds, possessive, read,
    surnames, surnames_in, thousandths,
};
use crate::speech::{is_singular_verb, is_speech_verb};
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_evidence::{is_given_name, is_honorific};
use decalque_text::{Case, Kind, Layer};

/// A bare family name translated as the word it also is: `said Sands` for Peskov.
pub(super) const RULE: Rule = Rule {
    id: "name.bare",
    kind: Kind::NameCalque,
    layer: Layer::Corpus,
    summary: "A Russian family name that is also a form of a common word is translated when it stands alone (Песков → Sands); the full name nearby, which engines get right, tells who is meant.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Shape(&[Case::Title], is_in_lexicon),
    find,
    examples: &[
        Example::Fix(
            "“We agree,” Dmitry Peskov told reporters. “There is no other way,” added Sands.",
            "“We agree,” Dmitry Peskov told reporters. “There is no other way,” added Peskov.",
        ),
        Example::Fix(
            "Sergei Orlov runs the plant. Eagles believes that sales will grow.",
            "Sergei Orlov runs the plant. Orlov believes that sales will grow.",
        ),
        Example::Keep("Dmitry Peskov met the lawyer Philippe Sands. “It is a crime,” said Sands."),
        Example::Keep("Dmitry Peskov was asked about the casino. Las Vegas Sands said it would appeal."),
        Example::Keep("Dmitry Peskov spoke. The Sands is a hotel. Mr Sands owns it, said Sands."),
        Example::Offer("Sergei Volkov scored. Later Wolves said they would appeal.", "Wolves"),
        Example::Keep("Alexei Zaitsev came. “No,” said Hare, the playwright."),
        Example::Keep("Yegor Zhukov came. It was sold out, said Beetles fans."),
        Example::Keep("“It was cold,” said Frost."),
        Example::Keep("Sergei Orlov coaches the club. The Eagles believe they can win."),
        Example::Keep("Alexei Volkov won. Most Wolves said they would come back."),
    ],
};

fn is_in_lexicon(word: &Seen) -> bool {
    surnames_in(word.bare_rows()).next().is_some() && !is_proper(bare(word.norm))
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    if !stands_alone(cx, at) {
        return None;
    }
    let (norm, witness) = (bare(cx.norm(at)), witness(cx, at));
    let least = |opens| least_odds(witness.odds(opens) + cx.machine_odds + MOST_SILENT);
    // Most places are done with here: in what people write, no source makes up for the machine that is missing.
    if least(false) > Source::Document.odds() || !may_be_meant(cx, at, norm, witness) {
        return None;
    }
    let opens = opens(cx, at);
    if witness == Witness::None && opens && cx.has_small(norm) {
        return None;
    }
    let reading = best(surnames(cx.lexicon, norm).filter_map(|e| read(cx, e, None, least(opens))))?;
    let odds = reading.odds() + witness.odds(opens) + cx.machine_odds + silence(cx, witness, &reading);
    let sure = thousandths(odds);
    let fits = sure >= OFFER && !is_doubtful(cx, norm, witness, &reading);
    fits.then(|| called(cx, at, &reading, sure, witness))?
}

fn called(cx: &Context, at: usize, reading: &Reading, sure: u16, witness: Witness) -> Option<Finding> {
    let after = format!("{}{}", reading.surname, possessive(cx.word(at).surface));
    cx.finding(at, at + 1, after, sure, format!("{}{}", reading.sentence(), witness.sentence()))
}

/// A capital means nothing here.
fn opens(cx: &Context, at: usize) -> bool {
    cx.opens_sentence(at) || cx.is_title_case(at)
}

/// It stands like a person, and the document knows nobody else of this name.
fn may_be_meant(cx: &Context, at: usize, norm: &str, witness: Witness) -> bool {
    (witness == Witness::Honorific || is_bare_subject(cx, at)) && !cx.is_established(norm)
}

/// `Dr Butcher` is as a rule a real person, unless the document is an engine's and names no Butcher in full.
fn is_doubtful(cx: &Context, norm: &str, witness: Witness, reading: &Reading) -> bool {
    let is_titled = witness == Witness::Honorific || cx.is_addressed(norm);
    is_titled && (cx.machine < crate::context::MACHINE || reading.source != Source::Document)
}

/// The most that [`silence`] says.
const MOST_SILENT: f64 = 0.3;

/// A writer names a person in full once and then by the family name; where that never stands alone, something else
/// stands for it. And where neither the document nor the place speaks for a person, it is a guess.
fn silence(cx: &Context, witness: Witness, reading: &Reading) -> f64 {
    let is_namesake = is_english_surname(reading.entry.printed[0]);
    match reading.source {
        // In what people wrote, Wolf is called Wolf.
        _ if is_namesake && cx.machine < 0.5 => -1.0,
        Source::Document if !cx.has_alone(reading.surname) => MOST_SILENT,
        Source::Document | Source::Surname => 0.0,
        _ if witness == Witness::None => -0.8,
        _ => 0.0,
    }
}

/// Words before a noun that no family name has before it.
const DETERMINERS: &[&str] = &[
    "the", "a", "an", "this", "these", "those", "some", "of", "and", "&", "his", "her", "their", "our", "my",
    "many", "all", "other", "most", "no", "any", "few", "several", "both", "such", "more", "its",
];

/// No article, given name or other capitalised word belongs to it.
fn stands_alone(cx: &Context, at: usize) -> bool {
    let before = at.checked_sub(1).filter(|&p| cx.is_spaced(p));
    let is_part = |p: usize| {
        let norm = cx.norm(p);
        let is_name =
            cx.is_capital(p) && !cx.word(p).is_stop && !opens_with_verb(cx, p) && !is_honorific(norm);
        is_given_name(norm) && cx.is_capital(p) || is_name || DETERMINERS.contains(&norm)
    };
    let after = cx.is_spaced(at) && cx.is_capital(at + 1) && !cx.word(at + 1).is_stop
        || matches!(cx.norm(at + 1), "&" | "-");
    !before.is_some_and(is_part) && !after
}

/// `Added Sands:` at a sentence start.
fn opens_with_verb(cx: &Context, p: usize) -> bool {
    cx.opens_sentence(p) && (is_speech_verb(cx.norm(p)) || cx.view.is_stop(p))
}

/// What shows that a person is meant.
fn witness<'a>(cx: &Context<'a>, at: usize) -> Witness<'a> {
    let before = at.checked_sub(1).filter(|&p| cx.is_spaced(p)).map_or("", |p| cx.norm(p));
    if is_speech_verb(before) {
        return Witness::Inverted(before);
    }
    if is_honorific(before) {
        return Witness::Honorific;
    }
    if is_sure_adjective(before)
        && at >= 2
        && !cx.is_capital(at - 2)
        && (!cx.is_word(at - 2) || cx.norm(at - 2) == "is")
    {
        return Witness::Inverted(before);
    }
    if before == "to" && at >= 2 && cx.norm(at - 2) == "according" {
        return Witness::Inverted("according to");
    }
    let verb = if cx.is_spaced(at) && opens_clause(cx, at) { cx.norm(at + 1) } else { "" };
    let is_plural = cx.norm(at).ends_with('s') && !cx.norm(at).ends_with("'s");
    match is_speech_verb(verb) || is_plural && is_singular_verb(verb) {
        true if is_plural && is_singular_verb(verb) => Witness::Disagreement(verb),
        true => Witness::Weak(verb),
        false => Witness::None,
    }
}

/// Russian says `уверен Песков`, is sure Peskov, as English says `said Peskov`.
fn is_sure_adjective(norm: &str) -> bool {
    matches!(norm, "sure" | "confident" | "convinced" | "certain")
}

/// How the words beside it speak for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Witness<'a> {
    /// `said Sands`: the speaker after the verb, as after a quotation.
    Inverted(&'a str),
    /// `Punks believes`: a plural noun with a singular verb is one person.
    Disagreement(&'a str),
    /// `Dr Butcher`.
    Honorific,
    /// `Wolves said`: teams and firms say things too.
    Weak(&'a str),
    /// Nothing.
    None,
}

impl Witness<'_> {
    /// Log-odds, less where a capital means nothing.
    fn odds(self, opens: bool) -> f64 {
        let (odds, at_start) = match self {
            Self::Inverted(_) => (1.2, 0.3),
            Self::Disagreement(_) => (1.5, 0.0),
            Self::Honorific => (1.2, 0.3),
            Self::Weak(_) => (-0.3, 0.4),
            Self::None => (-0.6, 1.0),
        };
        if opens { odds - at_start } else { odds }
    }

    fn sentence(self) -> String {
        match self {
            Self::Inverted(verb) | Self::Disagreement(verb) | Self::Weak(verb) => {
                format!(" “{verb}” takes a person here.")
            }
            Self::Honorific => " A title stands before it.".to_owned(),
            Self::None => String::new(),
        }
    }
}

/// After `said Sands` comes a mark or a function word, not a noun (`said Beetles fans`) nor who this is
/// (`said Hare, the playwright`): a writer introduces people by what they are, an engine's victim was introduced already.
fn is_bare_subject(cx: &Context, at: usize) -> bool {
    let next = at + 1;
    let introduces = matches!(cx.norm(next + 1), "who" | "the" | "a" | "an" | "whose" | "then" | "now");
    let is_introduced = cx.norm(next) == "," && introduces;
    let is_part = |i: usize| cx.is_word(i) && !cx.view.is_stop(i) && !is_speech_verb(cx.norm(i));
    // `says Head of market analysis`
    let heads = cx.is_spaced(at) && cx.norm(next) == "of";
    !(is_introduced || heads || cx.is_spaced(at) && is_part(next))
}

/// Before the word stands nothing, a mark or a function word: no noun that it belongs to (`director Stone said`).
fn opens_clause(cx: &Context, at: usize) -> bool {
    let is_titled = |p: usize| is_honorific(cx.norm(p));
    at.checked_sub(1)
        .is_none_or(|p| !cx.is_word(p) || cx.view.is_stop(p) || is_titled(p) || cx.norm(p) == "earlier")
}

use crate::lexicon::{Class, Entry, Lexicon};
use crate::speech::{is_singular_verb, is_speech_verb};
use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_evidence::{KnownPerson, Person, is_given_name, is_honorific};
use decalque_text::{Case, Kind, Layer, Word};
use std::cmp::Reverse;

/// A bare family name translated as the word it also is: `said Sands` for Peskov.
pub(super) const RULE: Rule = Rule {
    id: "name.bare",
    kind: Kind::NameCalque,
    layer: Layer::Corpus,
    summary: "A Russian family name that is also a form of a common word is translated when it stands alone (Песков → Sands); the full name nearby, which engines get right, tells who is meant.",
    safety: Safety::Apply,
    trigger: Trigger::Shape(is_in_lexicon),
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
    ],
};

fn is_in_lexicon(word: &Word) -> bool {
    word.case == Case::Title && entries(word.norm.strip_suffix("'s").unwrap_or(word.norm)).next().is_some()
}

fn entries(norm: &str) -> impl Iterator<Item = &'static Entry> {
    Lexicon::built_in()
        .starting_with(norm)
        .iter()
        .filter(|e| e.class == Class::Surname && e.printed.len() == 1)
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let norm = cx.norm(at).strip_suffix("'s").unwrap_or(cx.norm(at));
    if !stands_alone(cx, at) || !is_bare_subject(cx, at) || cx.is_established(norm) {
        return None;
    }
    let verb = speech_verb(cx, at);
    let opens = cx.opens_sentence(at) || cx.is_title_case(at);
    if verb.is_none() && opens {
        return None;
    }
    let known = entries(norm).filter_map(|e| known_person(cx, e)).max_by_key(Known::strength)?;
    let suffix = &cx.word(at).surface[norm_len(cx, at, norm)..];
    let why = format!(
        "{}{}",
        known.sentence(),
        verb.map(|(v, _)| format!(" “{v}” takes a person here.")).unwrap_or_default()
    );
    cx.finding(
        at,
        at + 1,
        format!("{}{suffix}", known.surname),
        known.confidence(verb.map(|(_, w)| w), opens),
        why,
    )
}

/// Length in bytes of the surface without its possessive.
fn norm_len(cx: &Context, at: usize, norm: &str) -> usize {
    let surface = cx.word(at).surface;
    if norm.len() == cx.norm(at).len() {
        surface.len()
    } else {
        surface.rfind(['\'', '’']).unwrap_or(surface.len())
    }
}

/// No article, honorific, given name or other capitalised word belongs to it.
fn stands_alone(cx: &Context, at: usize) -> bool {
    let before = at.checked_sub(1).filter(|&p| cx.is_spaced(p));
    let is_part = |p: usize| {
        let norm = cx.norm(p);
        let names = is_honorific(norm)
            || is_given_name(norm)
            || cx.is_capital(p) && !cx.word(p).is_stop && !opens_with_verb(cx, p);
        names
            || matches!(
                norm,
                "the"
                    | "a"
                    | "an"
                    | "this"
                    | "these"
                    | "those"
                    | "some"
                    | "of"
                    | "and"
                    | "&"
                    | "his"
                    | "her"
                    | "their"
                    | "our"
                    | "my"
            )
    };
    let after = cx.is_spaced(at) && cx.is_capital(at + 1) && !cx.word(at + 1).is_stop
        || matches!(cx.norm(at + 1), "&" | "-");
    !before.is_some_and(is_part) && !after
}

/// `Added Sands:` at a sentence start.
fn opens_with_verb(cx: &Context, p: usize) -> bool {
    cx.opens_sentence(p) && is_speech_verb(cx.norm(p))
}

/// The verb that shows a person, and how well.
fn speech_verb<'a>(cx: &Context<'a>, at: usize) -> Option<(&'a str, Witness)> {
    let before =
        at.checked_sub(1).filter(|&p| cx.is_spaced(p)).map(|p| cx.norm(p)).filter(|n| is_speech_verb(n));
    if let Some(verb) = before {
        return Some((verb, Witness::Inverted));
    }
    let verb = cx.is_spaced(at).then(|| cx.norm(at + 1)).filter(|_| opens_clause(cx, at))?;
    let is_plural = cx.norm(at).ends_with('s') && !cx.norm(at).ends_with("'s");
    match is_plural && is_singular_verb(verb) {
        true => Some((verb, Witness::Disagreement)),
        false => is_speech_verb(verb).then_some((verb, Witness::Weak)),
    }
}

/// How a verb speaks for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Witness {
    /// `said Sands`: the speaker after the verb, as after a quotation.
    Inverted,
    /// `Punks believes`: a plural noun with a singular verb is one person.
    Disagreement,
    /// `Wolves said`: teams and firms say things too.
    Weak,
}

/// After `said Sands` comes a mark or a function word, not a noun (`said Beetles fans`) nor who this is
/// (`said Hare, the playwright`): a writer introduces people by what they are, an engine's victim was introduced already.
fn is_bare_subject(cx: &Context, at: usize) -> bool {
    let next = at + 1;
    let introduces = matches!(cx.norm(next + 1), "who" | "the" | "a" | "an" | "whose" | "then" | "now");
    let is_introduced = cx.norm(next) == "," && introduces;
    let is_part = |i: usize| cx.is_word(i) && !cx.view.is_stop(i) && !is_speech_verb(cx.norm(i));
    !(is_introduced || cx.is_spaced(at) && is_part(next))
}

/// Before the word stands nothing, a mark or a function word: no noun that it belongs to (`director Stone said`).
fn opens_clause(cx: &Context, at: usize) -> bool {
    at.checked_sub(1).is_none_or(|p| !cx.is_word(p) || cx.view.is_stop(p))
}

/// Who the word may stand for, and how we know.
struct Known<'a> {
    surname: &'a str,
    given: &'a str,
    form: &'static str,
    in_document: bool,
    n_docs: u32,
}

impl Known<'_> {
    fn strength(&self) -> (bool, u32, Reverse<(String, String)>) {
        (self.in_document, self.n_docs, Reverse((self.surname.to_owned(), self.given.to_owned())))
    }

    fn confidence(&self, witness: Option<Witness>, opens: bool) -> u16 {
        match (self.in_document, witness) {
            (true, Some(Witness::Inverted)) if opens => 950,
            (true, Some(Witness::Inverted)) => 980,
            (true, Some(Witness::Disagreement)) => 950,
            (true, Some(Witness::Weak)) => 850,
            (true, None) => 800,
            (false, Some(Witness::Weak)) => 600,
            (false, Some(_)) => 700,
            (false, None) => 400,
        }
    }

    fn sentence(&self) -> String {
        let form = self.form;
        match self.in_document {
            true => format!(
                "The document names {} {}; “{form}” is also a form of a common word.",
                self.given, self.surname
            ),
            false => format!(
                "{} other documents name {} {}; “{form}” is also a form of a common word.",
                self.n_docs, self.given, self.surname
            ),
        }
    }
}

/// Whoever of this name the document names in full; else, whom most documents of the corpus name.
fn known_person<'a>(cx: &Context<'a>, entry: &'static Entry) -> Option<Known<'a>> {
    let form = entry.form;
    let here = entry.right.iter().find_map(|right| named_here(cx, right));
    let here =
        here.map(|p| Known { surname: &p.surname, given: &p.given, form, in_document: true, n_docs: 1 });
    here.or_else(|| {
        let there = entry.right.iter().flat_map(|r| cx.evidence.people_named(r));
        let most = there.max_by_key(|p: &&KnownPerson| (p.n_docs, Reverse(&p.given)))?;
        Some(Known {
            surname: &most.surname,
            given: &most.given,
            form,
            in_document: false,
            n_docs: most.n_docs,
        })
    })
}

fn named_here<'a>(cx: &Context<'a>, surname: &str) -> Option<&'a Person> {
    let people = &cx.facts.people;
    people.get(people.partition_point(|p| p.surname.as_str() < surname)).filter(|p| p.surname == surname)
}

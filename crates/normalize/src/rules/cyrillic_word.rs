use super::name_ending;
use crate::names::thousandths;
use crate::rule::ANY_CASE;
use crate::russian::in_english;
use crate::translit::from_cyrillic;
use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_text::{Kind, Layer, Word};

/// Russian left standing in an English sentence.
pub(super) const RULE: Rule = Rule {
    id: "cyrillic.word",
    kind: Kind::CyrillicResidue,
    layer: Layer::Corpus,
    summary: "A word the engine did not translate and left in Cyrillic: a name that the document or others have in Latin letters gets them, another name is offered letter by letter, a word of the dictionary in English; the rest is flagged.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Shape(ANY_CASE, |word| is_cyrillic(word)),
    find,
    examples: &[
        Example::Machine(
            "Oleg Dubrovin won. The coach of Олега Дубровина was glad, and Дубровин too.",
            "Oleg Dubrovin won. The coach of Oleg Dubrovin was glad, and Dubrovin too.",
        ),
        Example::Offer("The coach is Когуашвили, who may change his style.", "Когуашвили"),
        Example::Offer("They came with громким slamming of doors.", "громким"),
        Example::Keep("The wrestler Bilyal may change his style."),
        Example::Keep("The paper is called «Новая газета» in Russian."),
    ],
};

fn is_cyrillic(word: &Word) -> bool {
    let mut letters = word.surface.chars();
    let has_digit = word.surface.bytes().any(|b| b.is_ascii_digit());
    !has_digit && word.norm.chars().count() > 1 && letters.any(|c| matches!(c, '\u{400}'..='\u{52f}'))
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    if !cx.is_word(at) || is_citation(cx, at) || !stands_in_english(cx, at) {
        return None;
    }
    if cx.is_capital(at) {
        return name(cx, at);
    }
    match english(cx.norm(at)) {
        Some(english) => {
            let why = format!("A Russian word in Cyrillic letters; it means “{english}”.");
            cx.finding(at, at + 1, english, 750, why)
        }
        None => cx.finding(
            at,
            at + 1,
            "",
            950,
            "A word in Cyrillic letters in an English sentence: left untranslated.",
        ),
    }
}

/// The word, or a compound by its parts: `греко-римскую`.
fn english(norm: &str) -> Option<String> {
    let parts = || norm.split('-').map(in_english).collect::<Option<Vec<_>>>().map(|p| p.join("-"));
    in_english(norm).or_else(|| norm.contains('-').then(parts).flatten())
}

/// A capitalised word: a name, as a rule. Neighbours in Cyrillic are one name, or one remain, with it.
fn name(cx: &Context, at: usize) -> Option<Finding> {
    let is_part = |i: usize| cx.is_capital(i) && is_cyrillic_at(cx, i);
    if at > 0 && cx.is_spaced(at - 1) && is_part(at - 1) {
        return None;
    }
    let end = (at..at + LONGEST).find(|&i| !(cx.is_spaced(i) && is_part(i + 1))).map_or(at + 1, |i| i + 1);
    let follows = at > 0 && is_cyrillic_at(cx, at - 1);
    let alone = !follows && !is_cyrillic_at(cx, end);
    let known: Option<Vec<_>> = (at..end).map(|i| name_ending::known(cx, &latin(cx, i))).collect();
    if let Some(parts) = known.filter(|_| alone) {
        return known_name(cx, at, end, &parts);
    }
    let word = english(cx.norm(at)).filter(|_| cx.opens_sentence(at) && end == at + 1);
    let letters = || (at..end).map(|i| latin(cx, i)).collect::<Vec<_>>().join(" ");
    let after = word.map_or_else(letters, |w| crate::context::capital(&w));
    cx.finding(
        at,
        end,
        after,
        700,
        "A capitalised word in Cyrillic letters in an English sentence: romanised letter by letter.",
    )
}

/// Most words of a name.
const LONGEST: usize = 4;

fn known_name(cx: &Context, at: usize, end: usize, parts: &[(String, bool)]) -> Option<Finding> {
    let here = parts.iter().all(|p| p.1);
    let name = parts.iter().map(|p| p.0.as_str()).collect::<Vec<_>>().join(" ");
    let place = if here { "The document has" } else { "Other documents have" };
    let why = format!("A name in Cyrillic letters. {place} {name}.");
    let sure = thousandths(if here { 2.0 } else { 0.8 } + cx.machine_odds);
    cx.finding(at, end, name, sure, why)
}

fn latin(cx: &Context, i: usize) -> String {
    from_cyrillic(cx.text(i, i + 1))
}

fn is_cyrillic_at(cx: &Context, i: usize) -> bool {
    is_cyrillic(&cx.word(i))
}

/// Russian titles in guillemets are cited on purpose.
fn is_citation(cx: &Context, at: usize) -> bool {
    let sentence = cx.sentence_tokens(at);
    let opens = sentence.clone().take_while(|&i| i < at).filter(|&i| matches!(cx.norm(i), "«" | "“")).count();
    let closes = sentence.take_while(|&i| i < at).filter(|&i| matches!(cx.norm(i), "»" | "”")).count();
    opens > closes
}

/// Most words of the sentence are in Latin letters.
fn stands_in_english(cx: &Context, at: usize) -> bool {
    let words = cx.sentence_tokens(at).filter(|&i| cx.is_word(i));
    let (latin, other): (Vec<usize>, Vec<usize>) =
        words.partition(|&i| cx.word(i).norm.bytes().any(|b| b.is_ascii_alphabetic()));
    latin.len() > other.len()
}

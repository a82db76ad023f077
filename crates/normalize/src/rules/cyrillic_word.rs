use crate::translit::from_cyrillic;
use crate::{Context, Example, Finding, Lexicon, Rule, Safety, Trigger};
use decalque_text::{Kind, Layer, Word};

/// Russian left standing in an English sentence.
pub(super) const RULE: Rule = Rule {
    id: "cyrillic.word",
    kind: Kind::CyrillicResidue,
    layer: Layer::Local,
    summary: "A word the engine did not translate and left in Cyrillic: a name is offered in Latin letters, another word is flagged.",
    safety: Safety::Offer,
    trigger: Trigger::Shape(is_cyrillic),
    find,
    examples: &[
        Example::Offer("The wrestler Билял may change his style.", "Билял"),
        Example::Offer("They came with громким slamming of doors.", "громким"),
        Example::Keep("The wrestler Bilyal may change his style."),
        Example::Keep("The paper is called «Новая газета» in Russian."),
    ],
};

fn is_cyrillic(word: &Word, _: &Lexicon) -> bool {
    word.surface.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}'))
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    if is_citation(cx, at) || !stands_in_english(cx, at) {
        return None;
    }
    if cx.is_capital(at) {
        let name = from_cyrillic(cx.text(at, at + 1));
        return cx.finding(
            at,
            at + 1,
            name,
            700,
            "A capitalised word in Cyrillic letters in an English sentence: romanised letter by letter.",
        );
    }
    cx.finding(at, at + 1, "", 950, "A word in Cyrillic letters in an English sentence: left untranslated.")
}

/// Russian titles in guillemets are cited on purpose.
fn is_citation(cx: &Context, at: usize) -> bool {
    let sentence = cx.sentence_tokens(at);
    let opens = sentence.clone().take_while(|&i| i < at).filter(|&i| cx.norm(i) == "«").count();
    let closes = sentence.take_while(|&i| i < at).filter(|&i| cx.norm(i) == "»").count();
    opens > closes
}

/// Most words of the sentence are in Latin letters.
fn stands_in_english(cx: &Context, at: usize) -> bool {
    let words = cx.sentence_tokens(at).filter(|&i| cx.is_word(i));
    let (latin, other): (Vec<usize>, Vec<usize>) =
        words.partition(|&i| cx.word(i).norm.bytes().any(|b| b.is_ascii_alphabetic()));
    latin.len() > other.len()
}

use crate::context::capital;
use crate::english::is_english;
use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_evidence::is_given_name;
use decalque_text::{Case, Kind, Layer, Word};

/// `the RUSSIAN FOREIGN MINISTRY`, `Sergei RAK`: capitals that engines give to words they took for acronyms.
pub(super) const RULE: Rule = Rule {
    id: "casing.all_capitals",
    kind: Kind::Casing,
    layer: Layer::Corpus,
    summary: "Words in capitals (RUSSIAN FOREIGN MINISTRY for МИД РФ, Sergei RAK, EN route): engines expand an acronym in capitals, or take a word for one. In machine translations, where the document has the same word in small letters or as a name.",
    safety: Safety::Apply,
    least_machine: crate::context::LIKELY,
    trigger: Trigger::Shape(&[Case::Upper], |word| word.norm.bytes().all(|b| b.is_ascii_lowercase())),
    find,
    examples: &[
        Example::Machine(
            "The RUSSIAN FOREIGN MINISTRY denied it on Monday. Nobody in the Russian capital asked.",
            "The Russian Foreign Ministry denied it on Monday. Nobody in the Russian capital asked.",
        ),
        Example::Machine(
            "Prices doubled, says Sergei RAK, the owner.",
            "Prices doubled, says Sergei Rak, the owner.",
        ),
        Example::Machine(
            "With the entry of RUSSIA it changed. Russia waits.",
            "With the entry of Russia it changed. Russia waits.",
        ),
        Example::Machine("The jet was EN route from Prague.", "The jet was en route from Prague."),
        Example::Keep("The US and the IT firm left us. It works."),
        Example::Keep("WHO says what? NATO and the OSCE agree. The SWIFT system is swift."),
        Example::Keep("MOSCOW, RUSSIA STATE NEWS: Russia and Moscow agree."),
    ],
};

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let is_number = cx.norm(at).bytes().all(|b| b"ivxlcdm".contains(&b));
    if is_number || cx.opens_sentence(at) || is_loud(cx, at) {
        return None;
    }
    given(cx, at).or_else(|| word(cx, at))
}

/// Half the words of the sentence and more are in capitals: a headline, a dateline.
fn is_loud(cx: &Context, at: usize) -> bool {
    let words: Vec<usize> = cx.sentence_tokens(at).filter(|&i| cx.is_word(i)).collect();
    let loud = words.iter().filter(|&&i| cx.case(i) == Case::Upper).count();
    loud * 2 >= words.len()
}

/// `Sergei RAK`
fn given(cx: &Context, at: usize) -> Option<Finding> {
    let before = at.checked_sub(1).filter(|&p| cx.is_spaced(p) && cx.case(p) == Case::Title)?;
    let norm = cx.norm(at);
    let is_name =
        is_given_name(cx.norm(before)) && norm.len() >= 3 && norm.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let goes_on = cx.is_spaced(at) && cx.is_capital(at + 1);
    let why = format!("“{}” is a given name: a family name follows it.", cx.text(before, at));
    (is_name && !goes_on).then(|| cx.finding(at, at + 1, capital(norm), 920, why))?
}

/// `RUSSIA`, where the document has `Russia`; `EN route`, a phrase that has no capitals.
fn word(cx: &Context, at: usize) -> Option<Finding> {
    let norm = cx.norm(at);
    if cx.matches(at, &["en", "route"]) {
        return cx.finding(at, at + 1, "en", 940, "“En route” is a phrase without capitals.");
    }
    let in_run = |i: usize| cx.case(i) == Case::Upper && is_long(cx.word(i));
    let beside = at > 0 && in_run(at - 1) && cx.is_spaced(at - 1) || cx.is_spaced(at) && in_run(at + 1);
    // `SAN FRANCISCO`: the short word before it would stay as it is.
    if at > 0 && cx.case(at - 1) == Case::Upper && cx.is_spaced(at - 1) && !in_run(at - 1) {
        return None;
    }
    let is_word = || if is_english(norm) { beside } else { cx.has_title(norm) };
    if !is_long(cx.word(at)) || !is_word() {
        return None;
    }
    let fixed = capital(norm);
    let why = format!("“{}” stands in capitals among words that do not.", cx.text(at, at + 1));
    cx.finding(at, at + 1, fixed, 920, why)
}

/// Too long for an acronym that is also a word.
fn is_long(word: Word) -> bool {
    word.norm.len() >= 6 && word.norm.bytes().all(|b| b.is_ascii_lowercase())
}

use crate::context::capital;
use crate::{Context, Example, Finding, PhrasePart, Rule, Safety, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `ban Ki-moon`: a family name that is also an English word lost its capital.
pub(super) const RULE: Rule = Rule {
    id: "casing.korean_name",
    kind: Kind::Casing,
    layer: Layer::Local,
    summary: "A Korean family name printed small before its hyphenated given name (ban Ki-moon): the engine read it as a word.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Phrase(&[Case::Lower, Case::Mixed], |word| PhrasePart {
        whole: false,
        first: word.case == Case::Lower && FAMILIES.contains(&word.norm),
        second: is_korean_given(word.surface),
    }),
    find,
    examples: &[
        Example::Fix("UN chief ban Ki-moon welcomed the truce.", "UN chief Ban Ki-moon welcomed the truce."),
        Example::Fix("He spoke with park Geun-hye in Seoul.", "He spoke with Park Geun-hye in Seoul."),
        Example::Keep("Schools should ban Wi-fi and park Lee-ann elsewhere."),
        Example::Keep("They ban Al-Manar from the air."),
        Example::Keep("There is no Ki-moon on the list."),
        Example::Keep("Meeting an Al-Jazeera reporter, he smiled."),
    ],
};

/// Family names that an engine takes for words. `an`, `no`, `son`, `song` and `you` before a hyphenated name are far
/// more often the English words.
const FAMILIES: &[&str] = &["ban", "chin", "chung", "kang", "kim", "lee", "moon", "park", "shin", "yoon"];

fn find(cx: &Context, at: usize) -> Option<Finding> {
    // `to ban Wi-fi`
    if cx.norm_before(at) == "to" || !cx.is_spaced(at) {
        return None;
    }
    let why =
        format!("“{}” is a Korean given name; a family name stands before it.", cx.text(at + 1, at + 2));
    cx.finding(at, at + 1, capital(cx.norm(at)), 970, why)
}

/// Syllables of Korean given names, as news romanises them.
const SYLLABLES: &[&str] = &[
    "bak", "beom", "bin", "bok", "bong", "bum", "chan", "chang", "cheol", "chul", "chun", "dae", "dong",
    "eun", "geun", "gi", "gil", "gon", "gun", "gyu", "gyung", "ha", "hae", "han", "hee", "ho", "hoe", "hong",
    "hoon", "hui", "hwa", "hwan", "hye", "hyeok", "hyeon", "hyo", "hyuk", "hyun", "hyung", "ik", "il", "in",
    "jae", "je", "jeong", "ji", "jin", "jong", "joo", "joon", "ju", "jun", "jung", "ki", "koo", "kook",
    "kun", "kwan", "kwang", "kwon", "kyu", "kyun", "kyung", "mi", "min", "mo", "moo", "moon", "mun",
    "myeong", "myong", "myung", "na", "nam", "ok", "pil", "ra", "rae", "rim", "ryul", "sam", "sang", "seo",
    "seok", "seon", "seong", "seung", "shin", "shik", "sik", "so", "sok", "soo", "sook", "soon", "suk",
    "sun", "sung", "tae", "taek", "ui", "uk", "un", "weon", "won", "woo", "wook", "ye", "yeol", "yeon",
    "yeong", "yo", "yol", "yong", "yoo", "yoon", "young", "yu", "yul", "yun",
];

/// `Ki-moon`, `Geun-hye`: two syllables of Korean names, the second small.
fn is_korean_given(surface: &str) -> bool {
    let Some((first, second)) = surface.split_once('-') else { return false };
    let is_cased =
        first.starts_with(|c: char| c.is_ascii_uppercase()) && second.bytes().all(|b| b.is_ascii_lowercase());
    is_cased && SYLLABLES.contains(&first.to_ascii_lowercase().as_str()) && SYLLABLES.contains(&second)
}

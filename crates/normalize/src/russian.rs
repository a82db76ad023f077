//! What does this Russian word mean?

use crate::fold::fold;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

static FORMS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/russian.fst"));
static MEANINGS: &str = include_str!(concat!(env!("OUT_DIR"), "/russian.txt"));
static PARTS: &str = include_str!("../lexicon/word_parts.tsv");

fn forms() -> Option<&'static fst::Map<&'static [u8]>> {
    static MAP: OnceLock<Option<fst::Map<&'static [u8]>>> = OnceLock::new();
    MAP.get_or_init(|| fst::Map::new(FORMS).ok()).as_ref()
}

fn meanings() -> &'static [&'static str] {
    static ROWS: OnceLock<Vec<&'static str>> = OnceLock::new();
    ROWS.get_or_init(|| MEANINGS.lines().collect())
}

/// Folded first parts of compounds that begin with a sign, with their English.
fn parts(first: u8) -> &'static [(String, &'static str)] {
    static PAIRS: OnceLock<FxHashMap<u8, Vec<(String, &'static str)>>> = OnceLock::new();
    let all = PAIRS.get_or_init(|| {
        let mut all = FxHashMap::<u8, Vec<(String, &str)>>::default();
        for (part, english) in PARTS.lines().skip(1).filter_map(|l| l.split_once('\t')) {
            let key = fold(part);
            if let Some(&first) = key.as_bytes().first().filter(|_| key.len() > 2) {
                all.entry(first).or_default().push((key, english));
            }
        }
        all
    });
    all.get(&first).map_or(&[], Vec::as_slice)
}

/// The English of a form of a Russian word in Cyrillic or Latin letters, in a fitting form: `pink salmon` for `gorbushu`.
/// Compounds of a known first part are translated by parts. None for a word the dictionary does not have.
///
/// The caller makes sure that the word is no English one: a hundred Russian forms look like English words.
///
/// ```
/// use decalque_normalize::in_english;
/// assert_eq!(in_english("горбушу").as_deref(), Some("pink salmon"));
/// assert_eq!(in_english("spetszasedanie").as_deref(), Some("special meeting"));
/// assert_eq!(in_english("wibble"), None);
/// ```
pub fn in_english(word: &str) -> Option<String> {
    let key = fold(word);
    // The German habit: sch for ш.
    let german = || word.contains("sch").then(|| look_up(&fold(&word.replace("sch", "sh")))).flatten();
    look_up(&key).or_else(german).or_else(|| {
        parts(*key.as_bytes().first()?).iter().find_map(|(part, english)| compound(&key, part, english))
    })
}

/// Shortest rest of a compound, in signs: shorter ones fit by chance.
const SHORTEST: usize = 5;

fn compound(key: &str, part: &str, english: &str) -> Option<String> {
    let rest = key.strip_prefix(part).filter(|rest| rest.len() >= SHORTEST)?;
    let rest = look_up(rest)?;
    Some(if english.ends_with('-') { format!("{english}{rest}") } else { format!("{english} {rest}") })
}

/// True for a word that [`in_english`] knows; says so without making the English.
pub(crate) fn is_known(word: &str) -> bool {
    let has = |key: &str| forms().is_some_and(|f| f.contains_key(key));
    let key = fold(word);
    let german = || word.contains("sch") && has(&fold(&word.replace("sch", "sh")));
    let is_rest = |part: &str| key.strip_prefix(part).is_some_and(|r| r.len() >= SHORTEST && has(r));
    let compound = || key.as_bytes().first().is_some_and(|&f| parts(f).iter().any(|(part, _)| is_rest(part)));
    has(&key) || german() || compound()
}

fn look_up(key: &str) -> Option<String> {
    let value = forms()?.get(key)?;
    let packed = meanings().get(usize::try_from(value >> 3).ok()?)?;
    Some(unpack(packed, (value & 7) as usize))
}

/// `head|middles|tail`: the middle of the slot, the last one for slots beyond.
fn unpack(packed: &str, slot: usize) -> String {
    let mut pieces = packed.split('|');
    let (head, middles, tail) = (pieces.next(), pieces.next(), pieces.next());
    let middle =
        middles.map_or("", |m| m.split(',').nth(slot).or_else(|| m.split(',').next_back()).unwrap_or(""));
    format!("{}{middle}{}", head.unwrap_or(""), tail.unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::{in_english, is_known};

    #[test]
    fn forms_are_known_in_any_letters() {
        let known = [
            ("задействовать", "use"),
            ("zadeystvovat", "use"),
            ("rukopozhatnogo", "socially acceptable"),
            ("spodobâtsâ", "deign"),
            ("ènergopaketa", "energy package"),
            ("pyatiborke", "pentathlete"),
            ("natsgvardeytsy", "national guardsmen"),
        ];
        for (word, english) in known {
            assert_eq!(in_english(word).as_deref(), Some(english), "{word}");
        }
    }

    #[test]
    fn a_word_is_known_when_it_has_an_english() {
        for word in ["gorbushu", "spetszasedanie", "wibble", "школа", "schkola", "ship", "goskompaniya"]
        {
            assert_eq!(is_known(word), in_english(word).is_some(), "{word}");
        }
    }

    #[test]
    fn anything_may_be_asked() {
        for word in ["", "ь", "123", "日本", "\u{301}", "x", "sh"] {
            assert_eq!(is_known(word), in_english(word).is_some(), "{word}");
        }
    }
}

//! Is this an English word?

use std::sync::OnceLock;

static LIST: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/english.fst"));

fn words() -> Option<&'static fst::Set<&'static [u8]>> {
    static SET: OnceLock<Option<fst::Set<&'static [u8]>>> = OnceLock::new();
    SET.get_or_init(|| fst::Set::new(LIST).ok()).as_ref()
}

/// True for a word of the English word list (SCOWL), in lower case, or a regular inflection or compound of one.
///
/// ```
/// use decalque_normalize::is_english;
/// assert!(is_english("ceasefire") && is_english("air-to-air") && is_english("militant's"));
/// assert!(!is_english("spetstsentr") && !is_english("oppoztsii"));
/// ```
pub fn is_english(norm: &str) -> bool {
    let Some(set) = words() else { return true };
    let norm = norm.strip_suffix("'s").unwrap_or(norm);
    let plain = |w: &str| {
        set.contains(w)
            || STEMS.iter().any(|end| w.strip_suffix(end).is_some_and(|s| s.len() > 2 && set.contains(s)))
    };
    let compound = |w: &str| {
        PREFIXES.iter().any(|p| w.strip_prefix(p).is_some_and(|rest| rest.len() > 3 && plain(rest)))
    };
    norm.split('-').all(|part| part.is_empty() || plain(part) || compound(part))
        || norm.contains('-') && norm.split('-').any(plain)
}

const STEMS: &[&str] = &["s", "es", "ed", "d", "ing", "ly", "er", "ers", "ness", "less"];
const PREFIXES: &[&str] = &[
    "anti", "non", "pre", "re", "un", "over", "under", "counter", "inter", "intra", "multi", "super",
    "cyber", "geo", "micro",
];

//! Is this an English word?

use crate::translit::ends_with;
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

static LIST: &str = include_str!("../lexicon/english.txt");

/// Made in about three milliseconds when a word is first asked about; a finite-state set would need none, but five times
/// as long for each word.
fn words() -> &'static FxHashSet<&'static str> {
    static SET: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    SET.get_or_init(|| LIST.lines().collect())
}

/// True for a word of the English word list (SCOWL), in lower case, or a regular inflection or compound of one.
///
/// ```
/// use decalque_normalize::is_english;
/// assert!(is_english("ceasefire") && is_english("air-to-air") && is_english("militant's"));
/// assert!(!is_english("spetstsentr") && !is_english("oppoztsii"));
/// ```
pub fn is_english(norm: &str) -> bool {
    let set = words();
    let norm = norm.strip_suffix("'s").unwrap_or(norm);
    let is_stem = |w: &str, end: &str| w.strip_suffix(end).is_some_and(|s| s.len() > 2 && set.contains(s));
    let plain = |w: &str| set.contains(w) || STEMS.iter().any(|end| ends_with(w, end) && is_stem(w, end));
    let begins = |w: &str, p: &str| w.as_bytes().first() == p.as_bytes().first();
    let is_rest = |w: &str, p: &str| w.strip_prefix(p).is_some_and(|rest| rest.len() > 3 && plain(rest));
    let compound = |w: &str| PREFIXES.iter().any(|p| begins(w, p) && is_rest(w, p));
    norm.split('-').all(|part| part.is_empty() || plain(part) || compound(part))
        || norm.contains('-') && norm.split('-').any(plain)
}

const STEMS: &[&str] = &["s", "es", "ed", "d", "ing", "ly", "er", "ers", "ness", "less"];
const PREFIXES: &[&str] = &[
    "anti", "non", "pre", "re", "un", "over", "under", "counter", "inter", "intra", "multi", "super",
    "cyber", "geo", "micro",
];

//! Organisations: a list of well-known ones, and the key by which `Ministry of Defence of Russia` is the `Russian
//! Defense Ministry`.

use crate::fold::slug;
use crate::lexis::{Lexis, without_possessive};
use crate::lists::country;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::sync::OnceLock;

/// Name and spellings of well-known organisations.
const OWN: &str = include_str!("../data/organisations.tsv");

/// Names that went through Russian, with the spellings that repair mends; those that are not mended are known by them.
const GARBLED: &str = include_str!("../../normalize/lexicon/organisations.tsv");

/// An organisation with one name for all spellings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Organisation {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// Well-known organisations by their spellings: a trie of words.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    all: Vec<Organisation>,
    by_key: FxHashMap<String, usize>,
    firsts: FxHashSet<String>,
    /// The nodes after a node, by the next word; node 0 is the root.
    next: Vec<FxHashMap<String, usize>>,
    /// What ends at each node: organisations, and how their spellings are cased.
    ends: Vec<Vec<(usize, String)>>,
}

/// Longest spelling, in tokens.
const LONGEST: usize = 10;

impl Lexicon {
    pub(crate) fn built_in() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            let mut lexicon = Self::default();
            for line in OWN.lines().skip(1) {
                let (name, spellings) = line.split_once('\t').unwrap_or((line, ""));
                lexicon.add(name, spellings.split('|'));
            }
            for line in GARBLED.lines().skip(1) {
                let cells: Vec<&str> = line.split('\t').collect();
                if let [_, printed, right, "organisation", ..] = cells[..] {
                    let name = right.split('|').next().unwrap_or(right);
                    lexicon.add(name, right.split('|').chain(printed.split('|')));
                }
            }
            lexicon
        })
    }

    fn add<'a>(&mut self, name: &'a str, spellings: impl Iterator<Item = &'a str>) {
        let key = key(name);
        let at = self.by_key.get(&key).copied().unwrap_or_else(|| {
            self.all.push(Organisation { id: format!("organisation/{key}"), name: name.to_owned() });
            self.all.len() - 1
        });
        for spelling in std::iter::once(name).chain(spellings).filter(|s| !s.is_empty()) {
            self.by_key.entry(self::key(spelling)).or_insert(at);
            self.spell(at, spelling);
        }
    }

    fn spell(&mut self, at: usize, spelling: &str) {
        let norm = spelling.to_lowercase();
        let mut node = 0;
        for (i, word) in norm.split_whitespace().enumerate() {
            if i == 0 {
                self.firsts.insert(word.to_owned());
            }
            let fresh = self.next.len().max(1);
            self.next.resize_with(self.next.len().max(node + 1), FxHashMap::default);
            node = *self.next[node].entry(word.to_owned()).or_insert(fresh);
            self.next.resize_with(self.next.len().max(node + 1), FxHashMap::default);
        }
        self.ends.resize_with(self.ends.len().max(node + 1), Vec::new);
        let ends = &mut self.ends[node];
        if !ends.iter().any(|(_, s)| s == spelling) {
            ends.push((at, spelling.to_owned()));
        }
    }

    /// True for the first word of a spelling, in lower case.
    pub(crate) fn begins(&self, norm: &str) -> bool {
        self.firsts.contains(norm)
    }

    /// The organisation of a key.
    pub(crate) fn of_key(&self, key: &str) -> Option<&Organisation> {
        self.by_key.get(key).map(|&i| &self.all[i])
    }

    /// The longest spelling that begins at a token, and one past its last token.
    pub(crate) fn find(&self, lexis: &Lexis, at: usize, end: usize) -> Option<(&Organisation, usize)> {
        let (mut node, mut best) = (0, None);
        for i in at..end.min(at + LONGEST) {
            let Some(next) = self.next.get(node).filter(|next| !next.is_empty()) else { break };
            // An apostrophe may be part of the spelling: `McDonald's`.
            let whole = lexis.view().norm(i);
            let norm = without_possessive(whole);
            let is_possessive = norm.len() < whole.len();
            let cut = || next.get(norm).filter(|_| is_possessive);
            let Some(&found) = next.get(whole).or_else(cut) else { break };
            node = found;
            let fits = |spelling: &str| is_cased(lexis, at, i, spelling);
            if let Some((org, _)) = self.ends.get(node).and_then(|e| e.iter().find(|(_, s)| fits(s))) {
                best = Some((&self.all[*org], i + 1));
            }
            if !lexis.is_blank_after(i) || is_possessive {
                break;
            }
        }
        best
    }
}

/// Whether tokens `at..=last` are cased as a spelling is: each word that has a capital there has one here, letters that
/// are all capitals stay so. A garbled spelling in small letters fits any capital.
fn is_cased(lexis: &Lexis, at: usize, last: usize, spelling: &str) -> bool {
    let is_capital = |s: &str| s.chars().any(char::is_uppercase);
    let is_acronym = |s: &str| s.len() > 1 && s.chars().all(|c| !c.is_lowercase());
    let word = |i: usize| lexis.view().token_text(i);
    if !is_capital(spelling) {
        return (at..=last).any(|i| is_capital(word(i)));
    }
    spelling.split_whitespace().zip(at..=last).all(|(s, i)| {
        let here = word(i);
        match () {
            () if is_acronym(s) => here.starts_with(s),
            () if is_capital(s) => is_capital(here),
            () => true,
        }
    })
}

/// The key of an organisation's name: words folded, British and American spellings joined, `X of Y` turned to `Y X`, the
/// country first.
///
/// ```
/// use decalque_mention::organisation_key;
/// assert_eq!(organisation_key("Ministry of Defence of the Russian Federation"), "russia-defense-ministry");
/// assert_eq!(organisation_key("Russian Defense Ministry"), "russia-defense-ministry");
/// ```
pub fn organisation_key(name: &str) -> String {
    key(name)
}

fn key(name: &str) -> String {
    let slug = whole_nations(slug(name));
    let words: SmallVec<[&str; 12]> = slug.split('-').map(usual).filter(|w| *w != "the").collect();
    let (nation, rest) = take_country(&words);
    let (last, rest) = turn(rest);
    let mut out = String::with_capacity(slug.len());
    for word in nation.into_iter().chain(rest.iter().copied()).chain(last) {
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(word);
    }
    short(out)
}

/// Countries of two words as one.
fn whole_nations(slug: Cow<'_, str>) -> Cow<'_, str> {
    // Nearly no name has them, and to look is cheaper than to replace.
    let may = slug.split('-').skip(1).any(|w| w.starts_with("federation") || w.starts_with("states"));
    if !may {
        return slug;
    }
    slug.replace("russian-federation", "russia").replace("united-states", "us").into()
}

/// One spelling for British and American ones.
fn usual(word: &str) -> &str {
    match word {
        "defence" => "defense",
        "organisation" => "organization",
        "centre" => "center",
        "labour" => "labor",
        "programme" => "program",
        "theatre" => "theater",
        "cooperation" => "co-operation",
        w => w,
    }
}

/// The country at the beginning (`Russian …`) or at the end (`… of Russia`), and the other words.
fn take_country<'w, 'a>(words: &'w [&'a str]) -> (Option<&'a str>, &'w [&'a str]) {
    match words {
        [first, rest @ ..] if rest.len() > 1 && country(first).is_some() => (country(first), rest),
        // `Bank of Russia` has no other words to be known by: still the country and `bank`.
        [rest @ .., "of", last] if !rest.is_empty() && country(last).is_some() => (country(last), rest),
        _ => (None, words),
    }
}

/// `Ministry of Defense` as `defense ministry`, the head apart: only for the heads that news writes both ways.
fn turn<'w, 'a>(words: &'w [&'a str]) -> (Option<&'a str>, &'w [&'a str]) {
    match words {
        [head @ ("ministry" | "department" | "parliament" | "embassy"), "of" | "for", rest @ ..]
            if !rest.is_empty() =>
        {
            (Some(head), rest)
        }
        _ => (None, words),
    }
}

/// Longer names of ministries that are also called shortly.
fn short(key: String) -> String {
    let names = [
        ("foreign-affairs-ministry", "foreign-ministry"),
        ("internal-affairs-ministry", "interior-ministry"),
        ("emergency-situations-ministry", "emergencies-ministry"),
        ("department-of-state", "state-department"),
    ];
    let may = key.split('-').skip(2).any(|w| w.starts_with("ministry") || w.starts_with("state"));
    if !may {
        return key;
    }
    names.iter().fold(key, |key, (long, short)| key.replace(long, short))
}

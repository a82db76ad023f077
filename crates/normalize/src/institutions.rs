//! Fixed names of institutions, events, wars and places: data in `lexicon/institutions.tsv`, compiled in.

use crate::english::is_english;
use crate::{Context, PhrasePart};
use decalque_text::Case;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// How a row may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// A name of its own: White House, World Cup.
    Name,
    /// What ministries and their ministers are of: Economic Development.
    Portfolio,
    /// What institutes, federations and academies are of: Modern Pentathlon.
    Field,
}

/// A fixed name.
#[derive(Debug)]
pub(crate) struct Institution {
    /// With the right capitals.
    pub(crate) right: &'static str,
    /// Its words in lower case.
    pub(crate) words: Vec<String>,
    /// Printed wholly small it can only be the name.
    pub(crate) is_telling_small: bool,
    /// Words of which one must stand right before it where only a capital is missing; none: anywhere.
    pub(crate) before: Vec<&'static str>,
    kind: Use,
    /// Which words may lack their capital: not `of`, and not names such as Russian, which never do.
    ordinary: Vec<bool>,
}

static FILE: &str = include_str!("../lexicon/institutions.tsv");

fn rows() -> &'static FxHashMap<&'static str, Vec<Institution>> {
    static ROWS: OnceLock<FxHashMap<&'static str, Vec<Institution>>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut rows = FxHashMap::<&str, Vec<Institution>>::default();
        for row in FILE.lines().skip(1).filter_map(read) {
            let first: &'static str = row.words.first().cloned().unwrap_or_default().leak();
            rows.entry(first).or_default().push(row);
        }
        // Sorted for the second word; rows of one first and second word stay in the order of the file.
        rows.values_mut().for_each(|rows| rows.sort_by(|a, b| a.second().cmp(b.second())));
        rows
    })
}

/// English words that have a capital in these names whatever the house style: `the Roman Catholic church`.
const ALWAYS: &[&str] = &[
    "arctic",
    "bologna",
    "catholic",
    "china",
    "communist",
    "democratic",
    "i",
    "ii",
    "japan",
    "liberal",
    "los",
    "new",
    "orange",
    "orthodox",
    "pacific",
    "polish",
    "republican",
    "roman",
    "shanghai",
    "soviet",
];

fn read(line: &'static str) -> Option<Institution> {
    let mut cells = line.split('\t');
    let (right, class, small, before) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let kind = match class {
        "portfolio" => Use::Portfolio,
        "field" => Use::Field,
        _ => Use::Name,
    };
    let words: Vec<String> = right.split(' ').map(str::to_lowercase).collect();
    let is_capital = |w: &str| w.starts_with(char::is_uppercase);
    // `Islamic`, where a witness stands before it.
    let any = before != "-";
    let may_lack = |w: &str, norm: &str| any || is_english(norm) && w != "US" && !ALWAYS.contains(&norm);
    let ordinary = right.split(' ').zip(&words).map(|(w, norm)| is_capital(w) && may_lack(w, norm)).collect();
    let before = if before == "-" { Vec::new() } else { before.split('|').collect() };
    Some(Institution { right, words, is_telling_small: small == "yes", before, kind, ordinary })
}

/// What a word (in lower case) can be to the fixed names.
pub(crate) fn part_of_name(norm: &str) -> PhrasePart {
    let mut part = PhrasePart { second: seconds().contains(norm), ..PhrasePart::default() };
    for name in rows().get(norm).into_iter().flatten().filter(|i| i.kind == Use::Name) {
        part.whole |= name.words.len() == 1;
        part.first |= name.words.len() > 1;
    }
    part
}

fn seconds() -> &'static FxHashSet<&'static str> {
    static WORDS: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let names = rows().values().flatten().filter(|i| i.kind == Use::Name);
        names.map(Institution::second).filter(|w| !w.is_empty()).collect()
    })
}

/// The longest row of these uses that stands at token `at` and fits.
pub(crate) fn institution_at(
    cx: &Context,
    at: usize,
    uses: &[Use],
    fits: impl Fn(&Institution) -> bool,
) -> Option<&'static Institution> {
    let stands = |i: &&Institution| uses.contains(&i.kind) && i.stands_at(cx, at) && fits(i);
    let (rows, next) = (rows().get(cx.norm(at))?, cx.norm(at + 1));
    let from = rows.partition_point(|i| i.second() < next);
    let same = rows[from..].iter().take_while(|i| i.second() == next);
    let single = rows.iter().take_while(|i| i.second().is_empty());
    same.chain(single).filter(stands).max_by_key(|i| i.words.len())
}

impl Institution {
    /// Its second word, empty when it has one.
    fn second(&self) -> &str {
        self.words.get(1).map_or("", String::as_str)
    }

    fn stands_at(&self, cx: &Context, at: usize) -> bool {
        // The first word is what the row was found by.
        let same = self.words.iter().enumerate().skip(1).all(|(k, w)| cx.norm(at + k) == w);
        same && (0..self.words.len() - 1).all(|k| cx.is_spaced(at + k))
    }

    /// How many of its ordinary words are printed with a capital at token `at`, and how many are small.
    pub(crate) fn capitals(&self, cx: &Context, at: usize) -> (usize, usize) {
        let count = |case: fn(Case) -> bool| {
            self.ordinary.iter().enumerate().filter(|&(k, o)| *o && case(cx.case(at + k))).count()
        };
        (count(|c| c != Case::Lower), count(|c| c == Case::Lower))
    }

    /// Its first word is one that may lack its capital.
    pub(crate) fn begins_ordinary(&self) -> bool {
        self.ordinary.first() == Some(&true)
    }
}

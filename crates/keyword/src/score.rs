//! The score of a phrase: a weighted sum of a few numbers.
//!
//! What is measured comes from the literature: occurrences on one's own and nested in longer phrases (C-value, Frantzi,
//! Ananiadou & Mima 2000), rarity in the corpus (inverse document frequency, Spärck Jones 1972), position of the first
//! occurrence (KEA, Witten et al. 1999), length of the phrase and frequency of its words (RAKE, Rose et al. 2010),
//! shape of the words (Hulth 2003; YAKE, Campos et al. 2020).
//!
//! As in KEA and Hulth's work the weights are learned from texts in which people marked keywords: least squares with a
//! small ridge, features and marks centred in each document (so that only the order inside a document counts), every
//! document with the same weight. The texts are news stories, abstracts and paragraphs of science, in equal shares,
//! seen with and without a corpus.
//!
//! Readers of news mark single words and names, readers of science mark long noun phrases. What tells the two apart is
//! the share of names among the words; each weight therefore has a part that grows with that share. One setting serves
//! both, and everything between.

use crate::lexis::{Entry, Lexis, Marks};
use crate::phrases::{NONE, Phrase, Phrases, is_seam};

/// Number of features.
pub(crate) const N: usize = 25;

/// The weight of each feature in a text without names, and what a share of names of 1 would add.
#[rustfmt::skip]
const WEIGHTS: [(f64, f64); N] = [
    ( 1.724, -10.638), // two words
    ( 1.635,  -9.780), // three words
    ( 0.597,  -6.558), // four words or more
    ( 0.164,   2.910), // occurrences, ln
    ( 1.874,  -1.232), // occurrences as a whole noun phrase, ln(1 + n)
    (-0.527,  -0.207), // share of whole occurrences
    (-0.785,  -1.033), // share inside its most frequent longer phrase
    ( 0.961,   1.222), // position of the first sentence, 1/sqrt(1 + n)
    ( 0.525,  -2.298), // stands in the title or a heading
    ( 3.483,  -1.817), // mean rarity of its words
    (-1.666,   3.721), // least rarity of its words
    (-0.129,  -4.585), // sum of the rarities of its words
    ( 3.288,  -9.352), // ends in an acronym
    ( 1.388,  -4.199), // holds a name
    (-1.776,   5.031), // begins with a word of any text
    (-0.429,   0.508), // ends in a word of any text
    (-0.808,   2.521), // ends in an adjective
    (-1.203,   2.703), // begins with a gerund
    (-1.999,   4.394), // seams inside: `producer | Ivan`
    (-1.922,   7.334), // holds a number
    (-0.715,   1.286), // share right before `of`
    ( 0.619,  -2.112), // share right before a mark or the end
    (-0.064,  -0.109), // mean length of its words
    ( 1.379,   3.218), // length, ln of characters
    ( 0.457,  -2.478), // occurrences of its most frequent word, ln(1 + n)
];

/// Shares of names beyond this are no more newslike: no text with marks had many more.
const MOST_NAMES: f64 = 0.4;

/// Added to a name of several words. Not learned: readers who mark words one by one split names, and a full name tells
/// more than its parts.
const FULL_NAME: f64 = 0.5;

/// The best phrases, best first, with their scores.
pub(crate) fn best(phrases: &Phrases, lexis: &Lexis, limit: usize) -> Vec<(u32, f64)> {
    let weights = weights(phrases);
    let mut ranked: Vec<(u32, f64)> = (0u32..)
        .zip(&phrases.all)
        .filter(|(_, p)| p.count > 0 && !is_folded(p))
        .map(|(id, p)| (id, score(&weights, p, phrases, lexis)))
        .collect();
    let order = |a: &(u32, f64), b: &(u32, f64)| {
        let (p, q) = (&phrases.all[a.0 as usize], &phrases.all[b.0 as usize]);
        // First token and length name a phrase, so the order is total.
        b.1.total_cmp(&a.1).then(q.count.cmp(&p.count)).then(p.first.cmp(&q.first)).then(q.len.cmp(&p.len))
    };
    if limit < ranked.len() {
        ranked.select_nth_unstable_by(limit, order);
        ranked.truncate(limit);
    }
    ranked.sort_unstable_by(order);
    ranked
}

/// True for a phrase that hardly ever stands alone, nearly always inside the same longer one, and for a surname that
/// is counted under the full name.
fn is_folded(phrase: &Phrase) -> bool {
    let inside = phrase.whole * 4 <= phrase.count && phrase.longer * 4 >= phrase.count * 3;
    phrase.folded_into != NONE || inside
}

/// The weights for one document, by its share of names.
fn weights(phrases: &Phrases) -> [f64; N] {
    let names = f64::from(phrases.n_names) / f64::from(phrases.n_words.max(1));
    WEIGHTS.map(|(plain, named)| plain + names.min(MOST_NAMES) * named)
}

/// The weighted sum, rounded so that every platform prints the same.
fn score(weights: &[f64; N], phrase: &Phrase, phrases: &Phrases, lexis: &Lexis) -> f64 {
    let features = features(phrase, phrases, lexis);
    let sum: f64 = weights.iter().zip(features).map(|(w, x)| w * x).sum();
    let is_full_name = phrase.len > 1 && phrase.names == phrase.count && phrase.whole * 2 > phrase.count;
    ((sum + FULL_NAME * flag(is_full_name)) * 1e6).round() / 1e6
}

/// The numbers that describe a phrase, in the order of [`WEIGHTS`].
pub(crate) fn features(phrase: &Phrase, phrases: &Phrases, lexis: &Lexis) -> [f64; N] {
    let words = Words::read(phrase, phrases, lexis);
    let (first, last, len) = (words.first, words.last, f64::from(phrase.len));
    let long = phrase.len > 1;
    [
        flag(phrase.len == 2),
        flag(phrase.len == 3),
        flag(phrase.len > 3),
        f64::from(phrase.count).ln(),
        f64::from(phrase.whole).ln_1p(),
        phrase.share(phrase.whole),
        phrase.share(phrase.longer),
        1.0 / (1.0 + f64::from(phrase.first_sentence)).sqrt(),
        flag(phrase.titles > 0),
        words.rarity / len,
        words.least_rarity,
        words.rarity,
        flag(last.has(Marks::ACRONYM)),
        flag(words.any.has(Marks::NAME)),
        flag(long && first.has(Marks::GENERAL)),
        flag(last.has(Marks::GENERAL)),
        flag(last.has(Marks::ADJECTIVE)),
        flag(long && first.has(Marks::GERUND)),
        f64::from(words.seams),
        flag(words.any.has(Marks::NUMBER)),
        phrase.share(phrase.before_of),
        phrase.share(phrase.before_mark),
        f64::from(words.chars) / len,
        f64::from(words.chars.max(1)).ln(),
        f64::from(words.most_frequent).ln_1p(),
    ]
}

fn flag(is: bool) -> f64 {
    f64::from(u8::from(is))
}

/// What the words of a phrase add up to.
struct Words {
    first: Marks,
    last: Marks,
    any: Marks,
    rarity: f64,
    least_rarity: f64,
    seams: u32,
    chars: u32,
    most_frequent: u32,
}

impl Words {
    fn read(phrase: &Phrase, phrases: &Phrases, lexis: &Lexis) -> Self {
        let first = lexis.entry(phrase.first as usize);
        let mut words = Self {
            first: first.marks,
            last: first.marks,
            any: Marks::default(),
            rarity: 0.0,
            least_rarity: 1.0,
            seams: 0,
            chars: 0,
            most_frequent: 0,
        };
        let mut before = None;
        for i in phrase.tokens() {
            let entry = lexis.entry(i);
            words.add(entry, before, lexis.rarity(entry.stem));
            let count = phrases.stem_counts.get(entry.stem as usize).copied();
            words.most_frequent = words.most_frequent.max(count.unwrap_or(0));
            before = Some(entry);
        }
        words
    }

    fn add(&mut self, entry: Entry, before: Option<Entry>, rarity: f64) {
        self.last = entry.marks;
        self.any = self.any.or(entry.marks);
        self.rarity += rarity;
        self.least_rarity = self.least_rarity.min(rarity);
        self.seams += u32::from(before.is_some_and(|b| is_seam(b, entry)));
        self.chars += entry.chars;
    }
}

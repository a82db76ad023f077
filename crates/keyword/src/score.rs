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

use crate::form::Marks;
use crate::memo::NONE;
use crate::phrases::{Phrase, Phrases, is_seam};
use crate::runs::{Runs, Stem};
use std::cmp::{Ordering, Reverse};

/// Number of features.
const N: usize = 25;

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

/// A phrase with its score.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scored {
    /// Index of the phrase.
    pub(crate) phrase: u32,
    /// The higher, the better.
    pub(crate) score: f64,
}

/// Scores the phrases of one document after the other.
#[derive(Debug)]
pub(crate) struct Scorer {
    curves: Curves,
    ranked: Vec<Scored>,
}

impl Scorer {
    pub(crate) fn new() -> Self {
        Self { curves: Curves::new(), ranked: Vec::new() }
    }

    /// The best phrases, best first, with their scores.
    pub(crate) fn best(&mut self, phrases: &Phrases, runs: &Runs, limit: usize) -> &[Scored] {
        let (weights, curves) = (weights(runs), &self.curves);
        let ranked = &mut self.ranked;
        ranked.clear();
        for (phrase, p) in (0u32..).zip(&phrases.all).filter(|(_, p)| p.count > 0 && !is_folded(p)) {
            ranked.push(Scored { phrase, score: score(&weights, p, runs, curves) });
        }
        let order = |a: &Scored, b: &Scored| {
            b.score.total_cmp(&a.score).then_with(|| tie(phrases, a.phrase, b.phrase))
        };
        if limit < ranked.len() {
            ranked.select_nth_unstable_by(limit, order);
            ranked.truncate(limit);
        }
        ranked.sort_unstable_by(order);
        ranked
    }
}

/// The order of phrases with one score. First word and length name a phrase, so it is total.
#[cold]
fn tie(phrases: &Phrases, a: u32, b: u32) -> Ordering {
    let key = |id: u32| {
        let p = &phrases.all[id as usize];
        (Reverse(p.count), p.first, Reverse(p.len))
    };
    key(a).cmp(&key(b))
}

/// True for a phrase that hardly ever stands alone, nearly always inside the same longer one, and for a surname that
/// is counted under the full name.
fn is_folded(phrase: &Phrase) -> bool {
    let inside = phrase.whole * 4 <= phrase.count && phrase.longer * 4 >= phrase.count * 3;
    phrase.folded_into != NONE || inside
}

/// The weights for one document, by its share of names.
fn weights(runs: &Runs) -> [f64; N] {
    let names = f64::from(runs.n_names) / f64::from((runs.words.len() as u32).max(1));
    WEIGHTS.map(|(plain, named)| plain + names.min(MOST_NAMES) * named)
}

/// Functions of small whole numbers, which nearly all are: looked up, not worked out.
#[derive(Debug)]
struct Curves([Curve; CURVED]);

/// Numbers below this are looked up.
const CURVED: usize = 128;

/// The functions of one number.
#[derive(Debug, Clone, Copy)]
struct Curve {
    /// Of 1 for 0.
    ln: f64,
    /// ln(1 + n)
    ln_1p: f64,
    /// 1/sqrt(1 + n)
    root: f64,
}

impl Curve {
    fn of(n: u32) -> Self {
        let x = f64::from(n);
        Self { ln: x.max(1.0).ln(), ln_1p: x.ln_1p(), root: 1.0 / (1.0 + x).sqrt() }
    }
}

impl Curves {
    fn new() -> Self {
        Self(std::array::from_fn(|n| Curve::of(n as u32)))
    }

    fn of(&self, n: u32) -> Curve {
        self.0.get(n as usize).copied().unwrap_or_else(|| Curve::of(n))
    }
}

/// The weighted sum, rounded so that every platform prints the same.
fn score(weights: &[f64; N], phrase: &Phrase, runs: &Runs, curves: &Curves) -> f64 {
    let mut sum = Sum { weights, sum: 0.0 };
    sum.occurrences(phrase, curves);
    sum.words(phrase, &Words::read(phrase, runs), curves);
    let is_long = phrase.len > 1;
    let is_full_name = is_long && phrase.names == phrase.count && phrase.whole * 2 > phrase.count;
    ((sum.sum + if is_full_name { FULL_NAME } else { 0.0 }) * 1e6).round() / 1e6
}

/// A weighted sum that grows from the first feature to the last, in the order of [`WEIGHTS`]. What is 0 may be left out.
struct Sum<'w> {
    weights: &'w [f64; N],
    sum: f64,
}

impl Sum<'_> {
    /// How long it is, how often and where it stands: the first features.
    #[inline(always)]
    fn occurrences(&mut self, phrase: &Phrase, curves: &Curves) {
        if phrase.len > 1 {
            self.one((phrase.len as usize - 2).min(2));
        }
        if phrase.count > 1 {
            self.add(3, curves.of(phrase.count).ln);
        }
        self.add(4, curves.of(phrase.whole).ln_1p);
        self.add(5, phrase.share(phrase.whole));
        self.add(6, phrase.share(phrase.longer));
        self.add(7, curves.of(phrase.first_sentence).root);
        self.flag(8, phrase.titles > 0);
    }

    /// What its words are, and what stands around it: the others.
    #[inline(always)]
    fn words(&mut self, phrase: &Phrase, words: &Words, curves: &Curves) {
        let (len, is_long) = (f64::from(phrase.len), phrase.len > 1);
        self.add(9, words.rarity / len);
        self.add(10, words.least_rarity);
        self.add(11, words.rarity);
        self.flag(12, words.last.has(Marks::ACRONYM));
        self.flag(13, words.any.has(Marks::NAME));
        self.flag(14, is_long && words.first.has(Marks::GENERAL));
        self.flag(15, words.last.has(Marks::GENERAL));
        self.flag(16, words.last.has(Marks::ADJECTIVE));
        self.flag(17, is_long && words.first.has(Marks::GERUND));
        self.add(18, f64::from(words.seams));
        self.flag(19, words.any.has(Marks::NUMBER));
        self.add(20, phrase.share(phrase.before_of));
        self.add(21, phrase.share(phrase.before_mark));
        self.add(22, f64::from(words.chars) / len);
        self.add(23, curves.of(words.chars).ln);
        self.add(24, curves.of(words.most_frequent).ln_1p);
    }

    #[inline(always)]
    fn add(&mut self, feature: usize, x: f64) {
        self.sum += self.weights[feature] * x;
    }

    #[inline(always)]
    fn one(&mut self, feature: usize) {
        self.sum += self.weights[feature];
    }

    #[inline(always)]
    fn flag(&mut self, feature: usize, is: bool) {
        if is {
            self.one(feature);
        }
    }
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
    fn read(phrase: &Phrase, runs: &Runs) -> Self {
        let words = &runs.words[phrase.words()];
        let first = words[0].marks;
        let mut sum = Self {
            first,
            last: first,
            any: Marks::default(),
            rarity: 0.0,
            least_rarity: 1.0,
            seams: 0,
            chars: 0,
            most_frequent: 0,
        };
        for (i, word) in words.iter().enumerate() {
            sum.seams += u32::from(i > 0 && is_seam(sum.last, word.marks));
            sum.last = word.marks;
            sum.any = sum.any.or(word.marks);
            sum.chars += word.chars;
            let stem = runs.stems.get(word.stem as usize).copied().unwrap_or(Stem::NONE);
            sum.rarity += stem.rarity;
            sum.least_rarity = sum.least_rarity.min(stem.rarity);
            sum.most_frequent = sum.most_frequent.max(stem.count);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_looked_up_are_those_worked_out() {
        let curves = Curves::new();
        for n in (1..CURVED as u32 + 9).chain([100_000, u32::MAX]) {
            let (found, x) = (curves.of(n), f64::from(n));
            let worked_out = [x.ln(), x.ln_1p(), 1.0 / (1.0 + x).sqrt()];
            assert_eq!([found.ln, found.ln_1p, found.root].map(f64::to_bits), worked_out.map(f64::to_bits));
        }
        assert_eq!((curves.of(0).ln, curves.of(0).ln_1p, curves.of(0).root), (0.0, 0.0, 1.0));
    }
}

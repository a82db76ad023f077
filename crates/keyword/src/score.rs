//! The score of a phrase: a weighted sum of a few numbers.

use crate::lexis::{Lexis, Marks};
use crate::phrases::{NONE, Phrase, Phrases, is_seam};

/// Number of features.
pub(crate) const N: usize = 25;

/// What each feature is called, in the order of [`features`].
pub(crate) const NAMES: [&str; N] = [
    "two words", "three words", "four words or more", "log count", "log whole", "whole", "longer", "early", "title",
    "rarity", "least rarity", "sum of rarities", "acronym", "name inside", "general first", "general last",
    "adjective last", "gerund first", "seams", "number inside", "before of", "before mark", "characters a word",
    "log characters", "log count of words",
];

pub(crate) fn features(phrase: &Phrase, phrases: &Phrases, lexis: &Lexis) -> [f64; N] {
    let tokens = phrase.tokens();
    let words = || tokens.clone().map(|i| lexis.entry(i));
    let flag = |is: bool| f64::from(u8::from(is));
    let (first, last) = (lexis.entry(tokens.start).marks, lexis.entry(tokens.end - 1).marks);
    let (mut sum, mut least, mut seams, mut chars, mut most) = (0.0, 1.0f64, 0.0, 0.0, 0);
    let mut any = Marks::default();
    let mut previous = None;
    for word in words() {
        let rarity = lexis.stem(word.stem).rarity;
        sum += rarity;
        least = least.min(rarity);
        seams += flag(previous.is_some_and(|p| is_seam(p, word)));
        chars += f64::from(word.chars);
        most = most.max(phrases.stem_counts.get(word.stem as usize).copied().unwrap_or(0));
        any = any.or(word.marks);
        previous = Some(word);
    }
    let len = f64::from(phrase.len);
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
        sum / len,
        least,
        sum,
        flag(last.has(Marks::ACRONYM)),
        flag(any.has(Marks::NAME)),
        flag(long && first.has(Marks::GENERAL)),
        flag(last.has(Marks::GENERAL)),
        flag(last.has(Marks::ADJECTIVE)),
        flag(long && first.has(Marks::GERUND)),
        seams,
        flag(any.has(Marks::NUMBER)),
        phrase.share(phrase.before_of),
        phrase.share(phrase.before_mark),
        chars / len,
        chars.ln(),
        f64::from(most).ln_1p(),
    ]
}
/*W*/
/// Weight of each feature: in a text without names, and how it changes with the share of names among the words.
#[rustfmt::skip]
const WEIGHTS: [(f64, f64); N] = [(0.0, 0.0); N];
/*W*/

/// The best phrases, best first, with their scores.
pub(crate) fn best(phrases: &Phrases, lexis: &Lexis, limit: usize) -> Vec<(u32, f64)> {
    let weights = weights(phrases);
    let mut ranked: Vec<(u32, f64)> = (0u32..)
        .zip(&phrases.all)
        .filter(|(_, p)| p.count > 0 && !is_folded(p))
        .map(|(id, p)| (id, score(&weights, &features(p, phrases, lexis))))
        .collect();
    // The first token and the length name a phrase, so the order is total.
    ranked.sort_unstable_by(|a, b| {
        let (p, q) = (&phrases.all[a.0 as usize], &phrases.all[b.0 as usize]);
        b.1.total_cmp(&a.1).then(q.count.cmp(&p.count)).then(p.first.cmp(&q.first)).then(q.len.cmp(&p.len))
    });
    ranked.truncate(limit);
    ranked
}

/// True for a phrase that never stands alone while a longer one around it is as frequent, and for a surname that is
/// counted under the full name.
fn is_folded(phrase: &Phrase) -> bool {
    let inside = phrase.whole == 0 && phrase.longer >= phrase.count;
    phrase.folded_into != NONE || (inside && phrase.len > 1)
}

/// The weights for one document, by its share of names.
fn weights(phrases: &Phrases) -> [f64; N] {
    let names = f64::from(phrases.n_names) / f64::from(phrases.n_words.max(1));
    WEIGHTS.map(|(plain, named)| plain + names * named)
}

/// The weighted sum, rounded so that every platform prints the same.
fn score(weights: &[f64; N], features: &[f64; N]) -> f64 {
    let sum: f64 = weights.iter().zip(features).map(|(w, x)| w * x).sum();
    (sum * 1e6).round() / 1e6
}

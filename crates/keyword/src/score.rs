//! The score of a phrase: a weighted sum of a few numbers.

use crate::lexis::{Lexis, Marks};
use crate::phrases::{Phrase, Phrases, is_seam};

/// The best phrases, best first, with their scores.
pub(crate) fn best(phrases: &Phrases, lexis: &Lexis, limit: usize) -> Vec<(u32, f64)> {
    let mut ranked: Vec<(u32, f64)> = (0u32..)
        .zip(&phrases.all)
        .filter(|(_, p)| p.count > 0 && !is_folded(p))
        .map(|(id, p)| (id, rounded(score(p, phrases, lexis))))
        .collect();
    // The first token and the length name a phrase, so the order is total.
    ranked.sort_unstable_by(|a, b| {
        let (p, q) = (&phrases.all[a.0 as usize], &phrases.all[b.0 as usize]);
        b.1.total_cmp(&a.1).then(q.count.cmp(&p.count)).then(p.first.cmp(&q.first)).then(q.len.cmp(&p.len))
    });
    ranked.truncate(limit);
    ranked
}

/// True for a phrase that never stands alone while a longer one around it is as frequent.
fn is_folded(phrase: &Phrase) -> bool {
    phrase.len > 1 && phrase.whole == 0 && phrase.longer == phrase.count
}

fn rounded(score: f64) -> f64 {
    (score * 1e6).round() / 1e6
}

fn score(phrase: &Phrase, phrases: &Phrases, lexis: &Lexis) -> f64 {
    let words = phrase.first as usize..(phrase.first + phrase.len) as usize;
    let rarity: f64 = words.clone().map(|i| lexis.stem(lexis.entry(i).stem).rarity).sum::<f64>() / f64::from(phrase.len);
    let general = words.clone().filter(|&i| lexis.entry(i).marks.has(Marks::GENERAL.or(Marks::TIME))).count() as f64;
    let seams = words.clone().skip(1).filter(|&i| is_seam(lexis.entry(i - 1), lexis.entry(i))).count() as f64;
    let alone = f64::from(phrase.whole) / f64::from(phrase.count);
    let early = 1.0 / (1.0 + f64::from(phrase.first_sentence)).sqrt();
    let long = f64::from(phrase.len.min(4)).sqrt() * (300.0 / (300.0 + f64::from(phrases.n_words)));
    let frequent = f64::from(phrase.count).ln_1p();
    frequent * (0.5 + rarity) + 0.8 * alone + early + 1.5 * long + 0.5 * f64::from(u8::from(phrase.titles > 0))
        - 0.5 * general
        - 1.5 * seams
}

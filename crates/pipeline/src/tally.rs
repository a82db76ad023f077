//! Counting the words of the whole corpus for the table `terms`.

use decalque_text::{CorpusTerm, TermId, TokenKind, View, Vocabulary};
use std::collections::BTreeMap;

/// Where a stem stands most often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Peak {
    count: u32,
    /// Words of that document.
    words: u32,
    document: usize,
}

impl Peak {
    /// The higher count; of equals, the document that comes first.
    fn best(self, other: Self) -> Self {
        let wins =
            (other.count, std::cmp::Reverse(other.document)) > (self.count, std::cmp::Reverse(self.document));
        if wins { other } else { self }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Stem {
    docs: u64,
    count: u64,
    peak: Peak,
}

/// Counts by vocabulary ids: no hashing while documents go by.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    words: u64,
    surfaces: Vec<u64>,
    stems: Vec<Stem>,
}

impl Tally {
    /// Count the words of one document; what is no part of the article does not count.
    pub(crate) fn add(&mut self, view: &View, document: usize) {
        let sentences = &view.layout.sentences;
        let counts = |s: u32| sentences.get(s as usize).is_some_and(|s| s.role.is_content());
        let words = view
            .tokens()
            .iter()
            .zip(view.terms)
            .filter(|(t, _)| t.kind == TokenKind::Word && counts(t.sentence));
        let mut terms: Vec<TermId> = words.map(|(_, &t)| t).collect();
        let total = terms.len() as u32;
        self.words += u64::from(total);
        terms.sort_unstable();
        let mut by_stem: Vec<(u32, u32)> = Vec::new();
        for same in terms.chunk_by(|a, b| a == b) {
            let (term, n) = (same[0], same.len());
            if !view.vocabulary.is_stop(term) {
                *slot(&mut self.surfaces, term.0) += n as u64;
                by_stem.push((view.vocabulary.stem_id(term), n as u32));
            }
        }
        by_stem.sort_unstable();
        for same in by_stem.chunk_by(|a, b| a.0 == b.0) {
            let count: u32 = same.iter().map(|&(_, n)| n).sum();
            let stem = slot(&mut self.stems, same[0].0);
            stem.docs += 1;
            stem.count += u64::from(count);
            stem.peak = stem.peak.best(Peak { count, words: total, document });
        }
    }
}

fn slot<T: Default + Clone>(list: &mut Vec<T>, id: u32) -> &mut T {
    let id = id as usize;
    if list.len() <= id {
        list.resize(id + 1, T::default());
    }
    &mut list[id]
}

/// Counts of all workers by the words themselves.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    words: u64,
    stems: BTreeMap<String, (Stem, BTreeMap<String, u64>)>,
}

impl Totals {
    /// Take in one worker's counts of one language.
    pub(crate) fn add(&mut self, tally: &Tally, vocabulary: &Vocabulary) {
        self.words += tally.words;
        let ids = (0..tally.surfaces.len()).filter(|&i| tally.surfaces[i] > 0);
        let mut seen = vec![false; tally.stems.len()];
        for id in ids {
            let word = vocabulary.word(TermId(id as u32));
            let (stem, surfaces) = self.stems.entry(word.stem.to_owned()).or_default();
            *surfaces.entry(word.surface.to_owned()).or_default() += tally.surfaces[id];
            let at = word.stem_id as usize;
            if !std::mem::replace(&mut seen[at], true) {
                let more = tally.stems[at];
                stem.docs += more.docs;
                stem.count += more.count;
                stem.peak = stem.peak.best(more.peak);
            }
        }
    }

    /// The rows of `terms`, sorted by stem.
    pub(crate) fn rows(self, doc_id: impl Fn(usize) -> String) -> Vec<CorpusTerm> {
        let all = self.words;
        let row = |(norm, (stem, surfaces)): (String, (Stem, BTreeMap<String, u64>))| {
            let surface = surfaces.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
            let surface = surface.map(|(s, _)| s.clone()).unwrap_or_default();
            let (peak, count) = (stem.peak, stem.count);
            let keyness = log_likelihood(u64::from(peak.count), u64::from(peak.words), count, all);
            CorpusTerm { surface, norm, n_docs: stem.docs, count, keyness, key_doc: doc_id(peak.document) }
        };
        self.stems.into_iter().map(row).collect()
    }
}

/// Log-likelihood G² of a word that stands `part` times in `part_words` words and `whole` times in all `whole_words`
/// (Dunning 1993; the two-cell form of Rayson and Garside 2000). 0 when the part is the whole.
fn log_likelihood(part: u64, part_words: u64, whole: u64, whole_words: u64) -> f64 {
    let (a, b) = (part as f64, (whole - part.min(whole)) as f64);
    let (c, d) = (part_words as f64, (whole_words - part_words.min(whole_words)) as f64);
    if d == 0.0 {
        return 0.0;
    }
    let expected = |n: f64| n * (a + b) / (c + d);
    let cell = |seen: f64, n: f64| if seen > 0.0 { seen * (seen / expected(n)).ln() } else { 0.0 };
    // Rounded: the last bits of a logarithm differ between platforms.
    (2.0 * (cell(a, c) + cell(b, d)) * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::log_likelihood;

    #[test]
    fn log_likelihood_is_zero_for_an_even_spread_and_grows_with_the_surplus() {
        assert_eq!(log_likelihood(5, 100, 10, 200), 0.0);
        assert_eq!(log_likelihood(5, 100, 5, 100), 0.0);
        let (some, more) = (log_likelihood(10, 100, 12, 1000), log_likelihood(12, 100, 12, 1000));
        assert!(some > 20.0 && more > some, "{some} {more}");
    }
}

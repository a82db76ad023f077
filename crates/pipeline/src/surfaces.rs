//! Spellings of one thing, with how often each was counted.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// Counts by spelling, sorted by it, each once. Most things are spelled in one way, and need no memory apart.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Surfaces(SmallVec<[(String, u64); 1]>);

impl Surfaces {
    pub(crate) fn add(&mut self, surface: &str, n: u64) {
        match self.place(surface) {
            Ok(at) => self.0[at].1 += n,
            Err(at) => self.0.insert(at, (surface.to_owned(), n)),
        }
    }

    fn add_owned(&mut self, (surface, n): (String, u64)) {
        match self.place(&surface) {
            Ok(at) => self.0[at].1 += n,
            Err(at) => self.0.insert(at, (surface, n)),
        }
    }

    fn place(&self, surface: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(surface))
    }

    pub(crate) fn merge(&mut self, other: Self) {
        other.0.into_iter().for_each(|counted| self.add_owned(counted));
    }

    pub(crate) fn total(&self) -> u64 {
        self.0.iter().map(|(_, n)| n).sum()
    }

    /// The most frequent one, of equals the first by spelling; empty when there is none.
    pub(crate) fn most_frequent(&self) -> String {
        let most = self.0.iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        most.map(|(surface, _)| surface.clone()).unwrap_or_default()
    }

    /// All of them, the most frequent first, equals by spelling.
    pub(crate) fn sorted(self) -> Vec<(String, u64)> {
        let mut all = self.0.into_vec();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all
    }
}

impl FromIterator<(String, u64)> for Surfaces {
    fn from_iter<I: IntoIterator<Item = (String, u64)>>(counts: I) -> Self {
        let mut all = Self::default();
        counts.into_iter().for_each(|counted| all.add_owned(counted));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::Surfaces;

    #[test]
    fn ties_go_by_spelling() {
        let mut all = Surfaces::default();
        ["b", "a", "c", "c"].into_iter().for_each(|s| all.add(s, 1));
        assert_eq!((all.most_frequent().as_str(), all.total()), ("c", 4));
        all.merge([("a".to_owned(), 1)].into_iter().collect());
        assert_eq!(all.most_frequent(), "a");
        assert_eq!(all.sorted(), [("a".to_owned(), 2), ("c".to_owned(), 2), ("b".to_owned(), 1)]);
        assert_eq!(Surfaces::default().most_frequent(), "");
    }
}

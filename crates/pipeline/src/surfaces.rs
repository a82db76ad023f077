//! Spellings of one thing, with how often each was counted.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Counts by spelling.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Surfaces(BTreeMap<String, u64>);

impl Surfaces {
    pub(crate) fn add(&mut self, surface: &str, n: u64) {
        match self.0.get_mut(surface) {
            Some(count) => *count += n,
            None => drop(self.0.insert(surface.to_owned(), n)),
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        other.0.into_iter().for_each(|(surface, n)| *self.0.entry(surface).or_default() += n);
    }

    pub(crate) fn total(&self) -> u64 {
        self.0.values().sum()
    }

    /// The most frequent one, of equals the first by spelling; empty when there is none.
    pub(crate) fn most_frequent(&self) -> String {
        let most = self.0.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        most.map(|(surface, _)| surface.clone()).unwrap_or_default()
    }

    /// All of them, the most frequent first, equals by spelling.
    pub(crate) fn sorted(self) -> Vec<(String, u64)> {
        let mut all: Vec<(String, u64)> = self.0.into_iter().collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all
    }
}

impl FromIterator<(String, u64)> for Surfaces {
    fn from_iter<I: IntoIterator<Item = (String, u64)>>(counts: I) -> Self {
        let mut all = Self::default();
        counts.into_iter().for_each(|(surface, n)| *all.0.entry(surface).or_default() += n);
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

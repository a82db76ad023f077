//! What a thread keeps from document to document: vocabularies and counts, one set a language.

use crate::tally::Tally;
use decalque_normalize::Triggered;
use decalque_text::{Lang, Vocabulary};
use decalque_tokenize::Stemmer;
use std::collections::BTreeMap;

/// One language's share of a worker.
pub(crate) struct Tongue {
    pub(crate) stemmer: Stemmer,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) triggered: Triggered,
    pub(crate) tally: Tally,
}

/// A thread's memory. Holds caches and sums only: what a document becomes never depends on it.
#[derive(Default)]
pub(crate) struct Worker {
    tongues: BTreeMap<Lang, Tongue>,
}

impl Worker {
    pub(crate) fn tongue(&mut self, lang: Lang) -> &mut Tongue {
        self.tongues.entry(lang).or_insert_with(|| Tongue {
            stemmer: Stemmer::new(lang),
            vocabulary: Vocabulary::default(),
            triggered: Triggered::default(),
            tally: Tally::default(),
        })
    }

    pub(crate) fn tongues(&self) -> impl Iterator<Item = &Tongue> {
        self.tongues.values()
    }
}

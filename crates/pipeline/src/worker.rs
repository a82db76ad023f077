//! What a thread keeps from document to document: vocabularies and counts, one set a language.

use crate::document::Prepared;
use crate::packed::Packed;
use crate::tally::{Drained, Tally};
use decalque_evidence::{Facts, Gatherer};
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
    pub(crate) gatherer: Gatherer,
}

/// A thread's memory. Holds caches and sums only: what a document becomes never depends on it.
#[derive(Default)]
pub(crate) struct Worker {
    tongues: BTreeMap<Lang, Tongue>,
    /// Documents that pass 1 prepared and pass 2 need not prepare again, by their number. Their terms, where they still
    /// have them, are ids of this worker's vocabularies.
    kept: BTreeMap<usize, Box<Packed>>,
}

impl Worker {
    pub(crate) fn keep(&mut self, document: usize, packed: Packed) {
        self.kept.insert(document, Box::new(packed));
    }

    /// A document that was kept; `raw` is its text.
    pub(crate) fn take(&mut self, document: usize, raw: &str) -> Option<(Prepared, Facts)> {
        let kept = self.kept.remove(&document)?;
        let tongue = self.tongue(kept.lang);
        Some(kept.open(raw, tongue))
    }

    /// Forget all words when there are more than `most`; of the documents that are kept, which words they are. Call it when
    /// no count is left in the tallies. The bytes that this gives back to what is kept, if it did: memories of these words
    /// should go too.
    pub(crate) fn forget(&mut self, most: usize) -> Option<usize> {
        let words: usize = self.tongues.values().map(|t| t.vocabulary.len()).sum();
        (words > most).then(|| {
            self.tongues.clear();
            self.kept.values_mut().map(|kept| kept.forget()).sum()
        })
    }

    pub(crate) fn tongue(&mut self, lang: Lang) -> &mut Tongue {
        self.tongues.entry(lang).or_insert_with(|| Tongue {
            stemmer: Stemmer::new(lang),
            vocabulary: Vocabulary::default(),
            triggered: Triggered::default(),
            tally: Tally::default(),
            gatherer: Gatherer::default(),
        })
    }

    /// What was counted since this was last asked: the terms, in no order, and the words, in all and by group.
    pub(crate) fn drain(&mut self) -> Drained {
        let mut all = Drained::default();
        for tongue in self.tongues.values_mut() {
            tongue.tally.drain(&tongue.vocabulary, &mut all);
        }
        all
    }
}

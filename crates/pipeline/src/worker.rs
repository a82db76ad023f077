//! What a thread keeps from document to document: vocabularies and counts, one set a language.

use crate::document::Prepared;
use crate::packed::Packed;
use crate::shelf::{Place, Shelf};
use crate::tally::{Drained, Tally};
use decalque_evidence::{Facts, Gatherer};
use decalque_normalize::Triggered;
use decalque_text::{Lang, Vocabulary};
use decalque_tokenize::Stemmer;
use std::collections::BTreeMap;
use std::path::Path;

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
    kept: BTreeMap<usize, Kept>,
    shelf: Option<Shelf>,
}

/// Where a document is kept.
enum Kept {
    Memory(Box<Packed>),
    Shelf(Place),
}

impl Kept {
    /// The vocabulary is dropped: the bytes that this gives back.
    fn forget(&mut self) -> usize {
        match self {
            Self::Memory(packed) => packed.forget(),
            Self::Shelf(_) => 0,
        }
    }
}

impl Worker {
    pub(crate) fn keep(&mut self, document: usize, packed: Packed) {
        self.kept.insert(document, Kept::Memory(packed.into()));
    }

    /// Keep a document in a file, which is made in this folder when it is first wanted.
    pub(crate) fn keep_aside(&mut self, document: usize, packed: &Packed, folder: &Path) {
        let place = self.shelf.get_or_insert_with(|| Shelf::new(folder)).put(packed);
        self.kept.extend(place.map(|place| (document, Kept::Shelf(place))));
    }

    /// A document that was kept; `raw` is its text.
    pub(crate) fn take(&mut self, document: usize, raw: &str) -> Option<(Prepared, Facts)> {
        let packed = match self.kept.remove(&document)? {
            Kept::Memory(packed) => *packed,
            Kept::Shelf(place) => self.shelf.as_mut()?.take(place)?,
        };
        let tongue = self.tongue(packed.lang);
        Some(packed.open(raw, tongue))
    }

    /// Forget all words when there are more than `most`; of the documents that are kept, which words they are. Call it when
    /// no count is left in the tallies. The bytes that this gives back to what is kept, if it did: memories of these words
    /// should go too.
    pub(crate) fn forget(&mut self, most: usize) -> Option<usize> {
        let words: usize = self.tongues.values().map(|t| t.vocabulary.len()).sum();
        (words > most).then(|| {
            self.tongues.clear();
            self.kept.values_mut().map(Kept::forget).sum()
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

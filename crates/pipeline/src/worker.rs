//! What a thread keeps from document to document: vocabularies and counts, one set a language.

use crate::document::Prepared;
use crate::packed::Packed;
use crate::shelf::{Place, Shelf};
use crate::tally::{Drained, Tally};
use decalque_evidence::{Facts, Gathered, Gatherer};
use decalque_normalize::Triggered;
use decalque_text::{Lang, Vocabulary};
use decalque_tokenize::Stemmer;
use std::collections::BTreeMap;
use std::ops::Range;
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
    /// Documents that pass 1 prepared and pass 2 need not prepare again: a list a chunk, by the number of the chunk's first
    /// document. Their terms, where they still have them, are ids of this worker's vocabularies.
    kept: BTreeMap<usize, Vec<Option<Kept>>>,
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
    /// Documents of this chunk will be kept, in their order.
    pub(crate) fn begin(&mut self, chunk: &Range<usize>) {
        self.kept.insert(chunk.start, Vec::with_capacity(chunk.len()));
    }

    pub(crate) fn keep(&mut self, document: usize, packed: Packed) {
        self.put(document, Kept::Memory(packed.into()));
    }

    fn put(&mut self, document: usize, kept: Kept) {
        if let Some((first, list)) = self.kept.range_mut(..=document).next_back() {
            // Documents between the last one and this one are not kept.
            list.resize_with(list.len().max(document - first), || None);
            list.push(Some(kept));
        }
    }

    /// Keep a document in a file, which is made in this folder when it is first wanted.
    pub(crate) fn keep_aside(&mut self, document: usize, packed: &Packed, folder: &Path) {
        let place = self.shelf.get_or_insert_with(|| Shelf::new(folder)).put(packed);
        place.into_iter().for_each(|place| self.put(document, Kept::Shelf(place)));
    }

    /// A document that was kept; `raw` is its text.
    pub(crate) fn take(&mut self, document: usize, raw: &str) -> Option<(Prepared, Facts)> {
        let packed = match self.find(document)? {
            Kept::Memory(packed) => *packed,
            Kept::Shelf(place) => self.shelf.as_mut()?.take(place)?,
        };
        let tongue = self.tongue(packed.lang);
        Some(packed.open(raw, tongue))
    }

    fn find(&mut self, document: usize) -> Option<Kept> {
        let (&first, list) = self.kept.range_mut(..=document).next_back()?;
        let kept = list.get_mut(document - first)?.take();
        if document - first + 1 == list.len() {
            self.kept.remove(&first);
        }
        kept
    }

    /// Add what was counted by the numbers of words since this was last called.
    pub(crate) fn hand_over(&mut self, gathered: &mut Gathered) {
        self.tongues.values_mut().for_each(|tongue| tongue.gatherer.hand_over(gathered));
    }

    /// Forget all words when there are more than `most`; of the documents that are kept, which words they are. Call it when
    /// no count is left by their numbers: all was handed over, or drained. The bytes that this gives back to what is kept, if it did: memories of these words
    /// should go too.
    pub(crate) fn forget(&mut self, most: usize) -> Option<usize> {
        let words: usize = self.tongues.values().map(|t| t.vocabulary.len()).sum();
        (words > most).then(|| {
            self.tongues.clear();
            self.kept.values_mut().flatten().flatten().map(Kept::forget).sum()
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

//! What is counted of a chunk, and over all chunks of a run.
//!
//! Every chunk leaves a note in the journal of the output: plain counts, and one sorted run each of terms, entities and
//! keyphrases. The totals are made of the notes alone, so that a run that was interrupted and resumed has the same.

use crate::Error;
use crate::document::Finished;
use crate::entities::{self, Entities};
use crate::origin::Groups;
use crate::runs::{Runs, Sum, encode};
use crate::summary::{KindCount, Rejected, Summary};
use crate::surfaces::Surfaces;
use crate::tally::{Drained, RowMaker, Words};
use decalque_export::{Notes, Output, ROWS_A_GROUP};
use decalque_text::{Entity, EntityKind, Kind, Source, Status};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::ops::Range;
use std::time::{Duration, Instant};

/// How many keyphrases of each document stand for it in the summary.
const LEADING: usize = 5;
/// Rows of `terms` that are made and written together.
const TERMS_AT_ONCE: usize = 50_000;
/// How many keyphrases, and people, the summary shows.
const SHOWN: usize = 12;

/// Counts of one chunk while its documents go by.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    plain: Plain,
    keywords: FxHashMap<String, Surfaces>,
    pub(crate) entities: Entities,
}

/// Sums that take no room.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Plain {
    documents: u64,
    bytes: u64,
    sentences: u64,
    tokens: u64,
    quotes: u64,
    repaired: u64,
    /// Words that count for the terms.
    words: Words,
    /// Repairs by kind, in the order of [`Kind::ALL`]: applied, suggested, flagged, refused.
    corrections: BTreeMap<usize, [u64; 4]>,
    rejected: Vec<Rejected>,
    /// Nanoseconds in each stage of pass 2, in the order of [`Stage`].
    nanos: [u64; Stage::NAMES.len()],
}

/// The parts of pass 2 whose time is told in the manifest.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stage {
    Read,
    Prepare,
    Finish,
    Mention,
    Rows,
    Encode,
}

impl Stage {
    /// What the manifest calls them.
    const NAMES: [&'static str; 6] = [
        "read",
        "layout and local repair",
        "corpus repair, keywords, quotes",
        "terms, mentions",
        "rows",
        "encode",
    ];
}

/// Time since it was last asked.
#[derive(Debug)]
pub(crate) struct Watch(Instant);

impl Watch {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn lap(&mut self) -> Duration {
        let before = std::mem::replace(&mut self.0, Instant::now());
        self.0 - before
    }
}

impl Counts {
    pub(crate) fn time(&mut self, stage: Stage, took: Duration) {
        self.plain.nanos[stage as usize] += took.as_nanos() as u64;
    }

    pub(crate) fn accept(&mut self, source: &Source, done: &Finished) {
        let layout = &done.prepared.page.layout;
        let plain = &mut self.plain;
        plain.documents += 1;
        plain.bytes += source.bytes;
        plain.sentences += layout.sentences.len() as u64;
        plain.tokens += layout.tokens.len() as u64;
        plain.quotes += done.quotes.len() as u64;
        plain.repaired += u64::from(done.corrections.iter().any(|c| c.status == Status::Applied));
        for c in &done.corrections {
            let kind = Kind::ALL.iter().position(|k| *k == c.edit.kind).unwrap_or(0);
            plain.corrections.entry(kind).or_default()[status(c.status)] += 1;
        }
        for k in done.keywords.iter().take(LEADING) {
            match self.keywords.get_mut(&k.norm) {
                Some(surfaces) => surfaces.add(&k.surface, 1),
                None => self.keywords.entry(k.norm.clone()).or_default().add(&k.surface, 1),
            }
        }
    }

    pub(crate) fn reject(&mut self, source: &Source) {
        self.plain.bytes += source.bytes;
        let reason = source.reason.clone().unwrap_or_default();
        let (doc_id, path) = (source.doc_id.clone(), source.path.clone());
        self.plain.rejected.push(Rejected { doc_id, path, reason });
    }

    /// All of it as bytes, with the terms of the chunk.
    #[expect(clippy::iter_over_hash_type, reason = "a run is sorted")]
    pub(crate) fn note(mut self, drained: Drained) -> Vec<u8> {
        self.plain.words = drained.words;
        let mut phrases = Vec::with_capacity(self.keywords.len());
        for (norm, surfaces) in self.keywords {
            phrases.push(Phrase { norm, surfaces });
        }
        // Into a vector nothing can fail but a length that is not known, and all are.
        let plain = postcard::to_stdvec(&self.plain).unwrap_or_default();
        let (entities, phrases) = (encode(self.entities.into_sums()), encode(phrases));
        together([&plain, &entities, &phrases].into_iter().chain(&drained.terms))
    }
}

const fn status(status: Status) -> usize {
    match status {
        Status::Applied => 0,
        Status::Suggested => 1,
        Status::Flagged => 2,
        Status::Refused => 3,
    }
}

/// Bytes of a length in a note.
const LENGTH: usize = 8;

/// The parts of a note: how many they are, how long each is, then the parts.
fn together<'p>(parts: impl Iterator<Item = &'p Vec<u8>> + Clone) -> Vec<u8> {
    let lengths = std::iter::once(parts.clone().count()).chain(parts.clone().map(Vec::len));
    let mut note = Vec::with_capacity(LENGTH + parts.clone().map(|p| LENGTH + p.len()).sum::<usize>());
    lengths.for_each(|n| note.extend_from_slice(&(n as u64).to_le_bytes()));
    parts.for_each(|p| note.extend_from_slice(p));
    note
}

/// Where the parts of a note are.
fn parts(notes: &Notes, place: Range<u64>) -> Result<Vec<Range<u64>>, Error> {
    let number = |bytes: &[u8]| bytes.try_into().map_or(0, u64::from_le_bytes);
    let other = || Error::scratch(notes.path())(std::io::Error::other("this is no note on a chunk"));
    let within = |from: u64, n: u64| from.checked_add(n).filter(|end| *end <= place.end).ok_or_else(other);
    let start = within(place.start, LENGTH as u64)?;
    let lengths = number(&notes.read(place.start..start)?).saturating_mul(LENGTH as u64);
    let mut at = within(start, lengths)?;
    let part = |length: &[u8]| {
        let (from, end) = (at, within(at, number(length))?);
        at = end;
        Ok(from..end)
    };
    notes.read(start..start + lengths)?.chunks_exact(LENGTH).map(part).collect()
}

/// Documents a keyphrase leads in, by its surface forms.
#[derive(Debug, Serialize, Deserialize)]
struct Phrase {
    norm: String,
    surfaces: Surfaces,
}

impl Sum for Phrase {
    type Key<'a> = &'a str;

    fn key(&self) -> &str {
        &self.norm
    }

    fn add(&mut self, other: Self) {
        self.surfaces.merge(other.surfaces);
    }
}

/// The least of all that were offered, [`SHOWN`] of them.
#[derive(Debug, Default)]
struct Least<T>(BinaryHeap<T>);

impl<T: Ord> Least<T> {
    fn offer(&mut self, item: T) {
        self.0.push(item);
        if self.0.len() > SHOWN {
            self.0.pop();
        }
    }
}

/// The counts of a whole run, and where its terms and entities are until they are written.
#[derive(Debug)]
pub(crate) struct Totals {
    plain: Plain,
    notes: Notes,
    terms: Vec<Range<u64>>,
    entities: Vec<Range<u64>>,
    phrases: Vec<Range<u64>>,
}

impl Totals {
    /// Read the notes of an output.
    pub(crate) fn read(output: &Output) -> Result<Self, Error> {
        let notes = output.notes()?;
        let empty = (Plain::default(), Vec::new(), Vec::new(), Vec::new());
        let (plain, terms, entities, phrases) = empty;
        let mut this = Self { plain, notes, terms, entities, phrases };
        (0..this.notes.len()).try_for_each(|n| this.add(n))?;
        this.plain.rejected.sort_by(|a, b| a.doc_id.cmp(&b.doc_id));
        Ok(this)
    }

    fn add(&mut self, n: usize) -> Result<(), Error> {
        let mut parts = parts(&self.notes, self.notes.place(n))?.into_iter();
        let mut next = || parts.next().unwrap_or_default();
        let (plain, entities, phrases) = (next(), next(), next());
        let plain = postcard::from_bytes(&self.notes.read(plain)?).map_err(std::io::Error::other);
        self.plain.merge(plain.map_err(Error::scratch(self.notes.path()))?);
        self.entities.push(entities);
        self.phrases.push(phrases);
        self.terms.extend(parts);
        Ok(())
    }

    fn runs(&self, places: &[Range<u64>]) -> Runs {
        Runs { path: self.notes.path().to_owned(), places: places.to_vec() }
    }

    /// Write the tables of the whole corpus, and sum up. Call it on the threads of the run.
    pub(crate) fn write<'d>(
        self,
        output: &mut Output,
        groups: &Groups,
        doc_id: impl Fn(usize) -> &'d str + Sync + Send,
    ) -> Result<Summary, Error> {
        self.write_terms(output, groups, doc_id)?;
        let people = self.write_entities(output)?;
        let keywords = self.keywords(output)?;
        let kind = |(i, k): (usize, &Kind)| {
            let [applied, suggested, flagged, refused] =
                self.plain.corrections.get(&i).copied().unwrap_or_default();
            (k.name(), KindCount { applied, suggested, flagged, refused })
        };
        Ok(Summary {
            documents: self.plain.documents,
            bytes: self.plain.bytes,
            sentences: self.plain.sentences,
            tokens: self.plain.tokens,
            quotes: self.plain.quotes,
            repaired: self.plain.repaired,
            corrections: Kind::ALL.iter().enumerate().map(kind).collect(),
            keywords,
            people,
            rejected: self.plain.rejected,
            stages: Stage::NAMES.into_iter().zip(self.plain.nanos.map(|n| n as f64 / 1e9)).collect(),
            ..Summary::default()
        })
    }

    /// Write the table `terms`: while some rows are encoded, the next are made. Call it on the threads of the run.
    fn write_terms<'d>(
        &self,
        output: &mut Output,
        groups: &Groups,
        doc_id: impl Fn(usize) -> &'d str + Sync + Send,
    ) -> Result<(), Error> {
        let mut terms = self.runs(&self.terms).open(&output.scratch().join("terms"))?;
        let mut maker = RowMaker::new(&self.plain.words, groups, |i| doc_id(i));
        let batches = output.batches();
        let mut rows = maker.fill(&mut terms, TERMS_AT_ONCE)?;
        while !rows.is_empty() {
            let (encoded, next) =
                rayon::join(|| batches.terms(rows), || maker.fill(&mut terms, TERMS_AT_ONCE));
            output.terms(encoded?)?;
            rows = next?;
        }
        Ok(())
    }

    /// Write the table `entities`: the people that most documents name, with the number of documents; of equals, those
    /// named more often.
    fn write_entities(&self, output: &mut Output) -> Result<Vec<(String, u64)>, Error> {
        let scratch = output.scratch().join("entities");
        let (mut rows, mut top) = (Vec::<Entity>::new(), Least::default());
        self.runs(&self.entities).merge::<entities::Count>(&scratch, |count| {
            let row = count.row();
            if row.kind == EntityKind::Person {
                top.offer((Reverse((row.n_docs, row.n_mentions)), row.entity_id.clone(), row.name.clone()));
            }
            rows.push(row);
            if rows.len() == ROWS_A_GROUP {
                output.entities(&std::mem::take(&mut rows))?;
            }
            Ok(())
        })?;
        output.entities(&rows)?;
        let top = top.0.into_sorted_vec().into_iter();
        Ok(top.map(|(Reverse((docs, _)), _, name)| (name, docs)).collect())
    }

    /// The keyphrases that lead in most documents; a total order, so that hashes leave no trace.
    fn keywords(&self, output: &Output) -> Result<Vec<(String, u64)>, Error> {
        let scratch = output.scratch().join("keywords");
        let mut top = Least::default();
        self.runs(&self.phrases).merge::<Phrase>(&scratch, |phrase| {
            top.offer((Reverse(phrase.surfaces.total()), phrase.surfaces.most_frequent()));
            Ok(())
        })?;
        Ok(top.0.into_sorted_vec().into_iter().map(|(Reverse(docs), surface)| (surface, docs)).collect())
    }
}

impl Plain {
    fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        self.bytes += other.bytes;
        self.sentences += other.sentences;
        self.tokens += other.tokens;
        self.quotes += other.quotes;
        self.repaired += other.repaired;
        self.words.merge(&other.words);
        for (kind, counts) in other.corrections {
            let mine = self.corrections.entry(kind).or_default();
            mine.iter_mut().zip(counts).for_each(|(a, b)| *a += b);
        }
        self.rejected.extend(other.rejected);
        self.nanos.iter_mut().zip(other.nanos).for_each(|(a, b)| *a += b);
    }
}

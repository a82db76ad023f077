//! The documents of a run: found, named, sorted, and cut into chunks of work.

use crate::Error;
use crate::config::Config;
use crate::files::{File, Input, Unreadable, list};
use crate::read::{
    Coding, Found, Handles, Kind, LARGEST, Listing, Open, Place, Reading, Spools, index, load,
};
use decalque_text::{Metadata, Source};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::Xxh3Default;

/// Fewest and most bytes of documents that are worked on, and written, together: one row group a table. Small ones
/// repeat their dictionaries and sum the same words up again (a run takes a fifth longer with 2 MB than with 8 MB);
/// large ones take more memory.
const CHUNK_BYTES: (u64, u64) = (2_000_000, 8_000_000);
/// Chunks that a corpus has before they grow beyond the fewest bytes: work for as many threads. (More have work from 128 MB
/// on; below, a run takes seconds.)
const CHUNKS: u64 = 16;
/// Documents of a chunk at most.
const CHUNK_DOCUMENTS: usize = 20_000;

/// One document of a run, not yet read: 48 bytes and its id.
#[derive(Debug, Clone)]
struct Entry {
    doc_id: Box<str>,
    offset: u64,
    stored: u32,
    /// Bytes of the document; at most [`LARGEST`] unless it is rejected.
    size: u32,
    check: u32,
    file: u32,
    /// Why it cannot be read at all: one more than the place among the reasons; 0 when it can.
    rejected: u32,
    coding: Coding,
    kind: Kind,
}

/// All documents of a run, sorted by id; ids are unique.
#[derive(Debug)]
pub(crate) struct Corpus {
    files: Vec<File>,
    entries: Vec<Entry>,
    reasons: Vec<String>,
    chunks: Vec<Range<usize>>,
    reading: Reading,
    handles: Handles,
    skipped: u64,
    /// What the inputs are: a hash of names, sizes and times of change.
    inputs: u64,
    /// The folder for temporary files, where one was named.
    temp_dir: Option<PathBuf>,
}

impl Corpus {
    /// Find every document of the inputs.
    pub(crate) fn find(inputs: &[Input], config: &Config, skip: Option<&Path>) -> Result<Self, Error> {
        let reading = Reading::new(config)?;
        let folder = config.temp_dir.clone().unwrap_or_else(std::env::temp_dir);
        let spools = Spools::new(folder, config.temp_gb.saturating_mul(1_000_000_000));
        let (files, unreadable) = list(inputs, &reading.patterns, skip)?;
        // Before they are unpacked, which would have to be read once more.
        let inputs = identity(&files);
        let listings: Vec<Listing> =
            files.into_par_iter().map(|file| index(file, &reading, &spools)).collect();
        spools.check()?;
        let mut found = Collected::default();
        listings.into_iter().for_each(|listing| found.add(listing));
        unreadable.iter().for_each(|bad| found.add(cannot_read(bad)));
        let Collected { files, mut entries, mut reasons, skipped } = found;
        make_unique(&mut entries, &files, &mut reasons);
        let (chunks, handles, temp_dir) = (chunks(&entries), Handles::default(), config.temp_dir.clone());
        Ok(Self { files, entries, reasons, chunks, reading, handles, skipped, inputs, temp_dir })
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Parts of the inputs that are no documents and were passed over, such as a crawler's requests.
    pub(crate) fn skipped(&self) -> u64 {
        self.skipped
    }

    /// The folder for temporary files, where one was named.
    pub(crate) fn temp_dir(&self) -> Option<&Path> {
        self.temp_dir.as_deref()
    }

    /// True when its chunks are of full size, so that a thread takes all the memory that one can.
    pub(crate) fn has_full_chunks(&self) -> bool {
        self.bytes() / CHUNKS >= CHUNK_BYTES.1
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.entries.iter().map(|e| u64::from(e.size)).sum()
    }

    pub(crate) fn chunks(&self) -> &[Range<usize>] {
        &self.chunks
    }

    pub(crate) fn doc_id(&self, i: usize) -> &str {
        self.entries.get(i).map_or("", |e| &e.doc_id)
    }

    pub(crate) fn size(&self, i: usize) -> u64 {
        self.entries.get(i).map_or(0, |e| u64::from(e.size))
    }

    /// Hand out all by which a later run can tell whether it has the same documents before it: names, sizes and times of
    /// change of the inputs (of standard input, its hash), and where in them the documents are.
    pub(crate) fn identify(&self, mut part: impl FnMut(&[u8])) {
        part(&self.inputs.to_le_bytes());
        // What is finished of an interrupted run is told in chunks.
        self.chunks.iter().for_each(|chunk| part(&(chunk.end as u64).to_le_bytes()));
        for entry in &self.entries {
            part(entry.doc_id.as_bytes());
            let Entry { file, offset, stored, size, check, .. } = *entry;
            let numbers = [file.into(), offset, stored.into(), size.into(), check.into()];
            numbers.iter().for_each(|n: &u64| part(&n.to_le_bytes()));
            part(self.reason(entry).map_or("", String::as_str).as_bytes());
        }
    }

    /// Read and decode document `i`.
    pub(crate) fn load(&self, i: usize) -> (Source, Metadata) {
        let entry = &self.entries[i];
        let file = &self.files[entry.file as usize];
        match self.reason(entry) {
            None => load(file, self.open(entry, file), &entry.place(), &entry.doc_id, &self.reading),
            Some(reason) => {
                let source = Source {
                    doc_id: entry.doc_id.to_string(),
                    path: file.path.clone(),
                    bytes: u64::from(entry.size),
                    ..Source::default()
                };
                (Source { reason: Some(reason.clone()), encoding: "unknown", ..source }, Metadata::default())
            }
        }
    }

    fn reason(&self, entry: &Entry) -> Option<&String> {
        self.reasons.get((entry.rejected as usize).checked_sub(1)?)
    }

    /// The entry's file. One that is a single document will not be asked for again soon; others stay open a while.
    fn open(&self, entry: &Entry, file: &File) -> Result<Open, String> {
        let is_single = matches!(entry.kind, Kind::Text | Kind::Html) && entry.doc_id[..] == file.name[..];
        if is_single { file.content.open() } else { self.handles.open(entry.file as usize, &file.content) }
    }
}

/// A hash by which inputs are known again.
fn identity(files: &[File]) -> u64 {
    let mut hash = Xxh3Default::new();
    for file in files {
        for part in [&file.name, &file.path] {
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        file.content.identity().iter().for_each(|n| hash.update(&n.to_le_bytes()));
    }
    hash.digest()
}

impl Entry {
    fn place(&self) -> Place {
        Place {
            offset: self.offset,
            stored: u64::from(self.stored),
            size: u64::from(self.size),
            coding: self.coding,
            kind: self.kind,
            check: self.check,
        }
    }
}

/// The listings of all files put together.
#[derive(Default)]
struct Collected {
    files: Vec<File>,
    entries: Vec<Entry>,
    reasons: Vec<String>,
    skipped: u64,
}

impl Collected {
    fn add(&mut self, listing: Listing) {
        let before = self.files.len();
        self.files.extend(listing.files);
        self.skipped += listing.skipped;
        self.entries.reserve(listing.documents.len());
        for found in listing.documents {
            let entry = self.entry(before, found);
            self.entries.push(entry);
        }
    }

    fn entry(&mut self, before: usize, found: Found) -> Entry {
        let Place { offset, stored, size, coding, kind, check } = found.place;
        let too_large = (size.max(stored) > LARGEST).then(|| crate::read::too_large(size.max(stored)));
        Entry {
            doc_id: found.doc_id.into(),
            offset,
            stored: u32::try_from(stored).unwrap_or(u32::MAX),
            size: u32::try_from(size).unwrap_or(u32::MAX),
            check,
            file: u32::try_from(before + found.file).unwrap_or(u32::MAX),
            rejected: found.rejected.or(too_large).map_or(0, |reason| note(&mut self.reasons, reason)),
            coding,
            kind,
        }
    }
}

/// The number of a new reason.
fn note(reasons: &mut Vec<String>, reason: String) -> u32 {
    reasons.push(reason);
    u32::try_from(reasons.len()).unwrap_or(u32::MAX)
}

/// A path that could not be followed, as a document that cannot be read.
fn cannot_read(bad: &Unreadable) -> Listing {
    let place = Place { offset: 0, stored: 0, size: 0, coding: Coding::Stored, kind: Kind::Text, check: 0 };
    let found = Found { doc_id: bad.name.clone(), file: 0, place, rejected: Some(bad.reason.clone()) };
    Listing { files: vec![File::unreadable(bad)], documents: vec![found], skipped: 0 }
}

/// What reading alone finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Survey {
    /// Documents that can be read.
    pub documents: u64,
    /// Inputs that cannot.
    pub rejected: u64,
    /// Bytes of all of them.
    pub bytes: u64,
}

/// Find, read and decode every document, and do nothing with it: what a run would accept.
///
/// # Errors
/// When there is nothing to read.
///
/// ```
/// use decalque_pipeline::{survey, Config, Input};
/// let input = Input::Bytes { name: "stdin".into(), bytes: b"Some text.".to_vec().into() };
/// assert_eq!(survey(&[input], &Config::default()).unwrap().documents, 1);
/// ```
pub fn survey(inputs: &[Input], config: &Config) -> Result<Survey, Error> {
    let corpus = Corpus::find(inputs, config, None)?;
    let documents = (0..corpus.len()).filter(|&i| corpus.load(i).0.is_ok).count() as u64;
    Ok(Survey { documents, rejected: corpus.len() as u64 - documents, bytes: corpus.bytes() })
}

/// Sort by id; of several documents with one id the first keeps it, the others are rejected under an id of their own.
fn make_unique(entries: &mut [Entry], files: &[File], reasons: &mut Vec<String>) {
    sort(entries);
    let repeats: Vec<usize> =
        (1..entries.len()).filter(|&i| entries[i].doc_id == entries[i - 1].doc_id).collect();
    let mut renamed: BTreeMap<usize, Box<str>> = BTreeMap::new();
    let mut given: BTreeSet<Box<str>> = BTreeSet::new();
    let mut next = 2u64;
    for i in repeats {
        let id = &entries[i].doc_id;
        if !renamed.contains_key(&(i - 1)) {
            next = 2;
        }
        let is_taken = |id: &str| entries.binary_search_by(|e| e.doc_id[..].cmp(id)).is_ok();
        let name = |n: u64| -> Box<str> { format!("{id}~{n}").into() };
        while is_taken(&name(next)) || given.contains(&name(next)) {
            next += 1;
        }
        given.insert(name(next));
        renamed.insert(i, name(next));
    }
    for (i, new) in renamed {
        let id = std::mem::replace(&mut entries[i].doc_id, new);
        if entries[i].rejected == 0 {
            let path = files.get(entries[i].file as usize).map_or("", |f| &f.path);
            let reason =
                format!("the id {id} is already taken by another document of the run; this one is in {path}");
            entries[i].rejected = note(reasons, reason);
        }
    }
    sort(entries);
}

fn sort(entries: &mut [Entry]) {
    entries.par_sort_by(|a, b| (&a.doc_id, a.file, a.offset).cmp(&(&b.doc_id, b.file, b.offset)));
}

/// Most chunks, each a row group of every table: Parquet files have 32,767 at most.
const MOST_CHUNKS: u64 = 30_000;

/// The bytes and the documents that end a chunk of so much in all. Either may end it: half of the chunks are for each.
fn chunk_limits(bytes: u64, documents: usize) -> (u64, usize) {
    let half = MOST_CHUNKS / 2;
    let chunk_bytes = (bytes / CHUNKS).clamp(CHUNK_BYTES.0, CHUNK_BYTES.1);
    (chunk_bytes.max(bytes.div_ceil(half)), CHUNK_DOCUMENTS.max(documents.div_ceil(half as usize)))
}

fn chunks(entries: &[Entry]) -> Vec<Range<usize>> {
    let (mut out, mut start, mut bytes) = (Vec::new(), 0, 0);
    let all = entries.iter().map(|e| u64::from(e.size)).sum();
    let (most_bytes, most_documents) = chunk_limits(all, entries.len());
    for (i, entry) in entries.iter().enumerate() {
        bytes += u64::from(entry.size);
        if bytes >= most_bytes || i + 1 - start >= most_documents || i + 1 == entries.len() {
            out.push(start..i + 1);
            (start, bytes) = (i + 1, 0);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_of_however_much_fit_a_file() {
        assert_eq!(chunk_limits(0, 0), (2_000_000, CHUNK_DOCUMENTS));
        assert_eq!(chunk_limits(64_000_000, 1_000), (4_000_000, CHUNK_DOCUMENTS));
        assert_eq!(chunk_limits(30_000_000_000, 1_000_000), (8_000_000, CHUNK_DOCUMENTS));
        for (bytes, documents) in [(90_000_000_000, 10), (10, 900_000_000), (1 << 60, 1 << 40)] {
            let (most_bytes, most_documents) = chunk_limits(bytes, documents);
            let chunks = bytes.div_ceil(most_bytes) + documents.div_ceil(most_documents) as u64;
            assert!(chunks <= MOST_CHUNKS, "{bytes} {documents}: {chunks}");
        }
    }
}

//! The documents of a run: found, named, sorted, and cut into chunks of work.

use crate::config::Config;
use crate::files::{File, Input, list};
use crate::read::{Place, load, reader_of};
use crate::{Error, Format};
use decalque_text::{Metadata, Source};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::Range;

/// Bytes of documents that are worked on, and written, together: one row group a table. Measured: larger ones leave
/// the caches, smaller ones repeat their dictionaries.
const CHUNK_BYTES: u64 = 2_000_000;
/// Documents of a chunk at most.
const CHUNK_DOCUMENTS: usize = 20_000;

/// One document of a run, not yet read.
#[derive(Debug, Clone)]
struct Entry {
    doc_id: String,
    file: usize,
    place: Place,
    /// Why it cannot be read at all.
    rejected: Option<String>,
}

/// All documents of a run, sorted by id; ids are unique.
#[derive(Debug, Clone)]
pub(crate) struct Corpus {
    files: Vec<File>,
    entries: Vec<Entry>,
    chunks: Vec<Range<usize>>,
    format: Format,
}

impl Corpus {
    /// Find every document of the inputs.
    pub(crate) fn find(
        inputs: &[Input],
        config: &Config,
        skip: Option<&std::path::Path>,
    ) -> Result<Self, Error> {
        let (mut files, unreadable) = list(inputs, skip)?;
        let indexed: Vec<Vec<Entry>> =
            files.par_iter().enumerate().map(|(i, f)| index(i, f, config.format)).collect();
        let mut entries: Vec<Entry> = indexed.into_iter().flatten().collect();
        for bad in unreadable {
            let place = Place { record: None, offset: 0, bytes: 0 };
            entries.push(Entry {
                doc_id: bad.name.clone(),
                file: files.len(),
                place,
                rejected: Some(bad.reason),
            });
            files.push(File {
                name: bad.name,
                path: bad.path,
                content: crate::files::Content::OnDisk(String::new().into()),
            });
        }
        make_unique(&mut entries, &files);
        let chunks = chunks(&entries);
        Ok(Self { files, entries, chunks, format: config.format })
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.entries.iter().map(|e| e.place.bytes).sum()
    }

    pub(crate) fn chunks(&self) -> &[Range<usize>] {
        &self.chunks
    }

    pub(crate) fn doc_id(&self, i: usize) -> &str {
        self.entries.get(i).map_or("", |e| &e.doc_id)
    }

    pub(crate) fn size(&self, i: usize) -> u64 {
        self.entries.get(i).map_or(0, |e| e.place.bytes)
    }

    /// Hand out all by which a later run can tell whether it has the same documents before it: names, sizes, times of
    /// change (of standard input, its hash), and where in the files the documents are.
    pub(crate) fn identify(&self, mut part: impl FnMut(&[u8])) {
        for file in &self.files {
            part(file.name.as_bytes());
            part(file.path.as_bytes());
            file.identify(&mut part);
        }
        for entry in &self.entries {
            part(entry.doc_id.as_bytes());
            let Place { offset, bytes, .. } = entry.place;
            [entry.file as u64, offset, bytes].iter().for_each(|n| part(&n.to_le_bytes()));
            part(entry.rejected.as_deref().unwrap_or_default().as_bytes());
        }
    }

    /// Read and decode document `i`.
    pub(crate) fn load(&self, i: usize) -> (Source, Metadata) {
        let entry = &self.entries[i];
        let file = &self.files[entry.file];
        match &entry.rejected {
            None => load(file, &entry.place, &entry.doc_id, self.format),
            Some(reason) => {
                let source = Source {
                    doc_id: entry.doc_id.clone(),
                    path: file.path.clone(),
                    bytes: entry.place.bytes,
                    ..Source::default()
                };
                (Source { reason: Some(reason.clone()), encoding: "unknown", ..source }, Metadata::default())
            }
        }
    }
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

fn index(i: usize, file: &File, format: Format) -> Vec<Entry> {
    match reader_of(file, format).index(file) {
        Ok(places) => places.into_iter().map(|p| entry(i, file, p)).collect(),
        Err(reason) => {
            let bytes = crate::read::size(file).unwrap_or(0);
            let place = Place { record: None, offset: 0, bytes };
            vec![Entry { doc_id: file.name.clone(), file: i, place, rejected: Some(reason) }]
        }
    }
}

fn entry(file_index: usize, file: &File, place: Place) -> Entry {
    let doc_id = match &place.record {
        Some(record) => format!("{}#{record}", file.name),
        None => file.name.clone(),
    };
    Entry { doc_id, file: file_index, place, rejected: None }
}

/// Sort by id; of several documents with one id the first keeps it, the others are rejected under an id of their own.
fn make_unique(entries: &mut [Entry], files: &[File]) {
    sort(entries);
    let mut used: BTreeSet<String> = entries.iter().map(|e| e.doc_id.clone()).collect();
    let (mut last, mut next) = (String::new(), 2u64);
    for i in 0..entries.len() {
        let id = entries[i].doc_id.clone();
        if i == 0 || id != last {
            (last, next) = (id, 2);
            continue;
        }
        let free = (next..).find(|n| used.insert(format!("{id}~{n}"))).unwrap_or(next);
        next = free + 1;
        entries[i].doc_id = format!("{id}~{free}");
        let path = &files[entries[i].file].path;
        entries[i].rejected.get_or_insert(format!(
            "the id {id} is already taken by another document of the run; this one is in {path}"
        ));
    }
    sort(entries);
}

fn sort(entries: &mut [Entry]) {
    entries.sort_by(|a, b| (&a.doc_id, a.file, a.place.offset).cmp(&(&b.doc_id, b.file, b.place.offset)));
}

fn chunks(entries: &[Entry]) -> Vec<Range<usize>> {
    let (mut out, mut start, mut bytes) = (Vec::new(), 0, 0);
    for (i, entry) in entries.iter().enumerate() {
        bytes += entry.place.bytes;
        if bytes >= CHUNK_BYTES || i + 1 - start >= CHUNK_DOCUMENTS || i + 1 == entries.len() {
            out.push(start..i + 1);
            (start, bytes) = (i + 1, 0);
        }
    }
    out
}

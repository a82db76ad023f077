//! Files with what pass 1 found: of a whole corpus, or of parts of it that are put together.
//!
//! First a line that says what the file is; then one sorted run each of people, stems, lines, names and lines by source;
//! then what they are of; how long that is; and a hash of all before it. The runs are merged as they are read, so that a
//! merge takes no more memory than what does not grow with the corpus.

use crate::Error;
use crate::aside::{Aside, SECTIONS, Sections};
use crate::frame::{HASH, Hashing};
use decalque_evidence::{Evidence, Gathered, Snapshot};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempDir};

/// First bytes of the file; the number counts its versions.
const MAGIC: &[u8] = b"decalque evidence, 2\n";
/// Bytes after what it is of: how many those are, and the hash.
const TAIL: u64 = 8 + HASH as u64;

/// What evidence is of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct About {
    /// Which inputs and which settings, by [`crate::resume::evidence_key`].
    pub(crate) key: u64,
    /// Documents of the inputs.
    pub(crate) documents: usize,
    /// Those that were read, by their numbers: disjoint, in order, none empty.
    pub(crate) read: Vec<Range<usize>>,
    /// The content hashes of those, in their order; none of rejected ones.
    pub(crate) hashes: Vec<Option<u64>>,
    /// What does not grow with the corpus.
    pub(crate) gathered: Snapshot,
    /// Bytes of each run.
    lengths: [u64; SECTIONS],
}

/// A file with evidence.
#[derive(Debug)]
pub(crate) struct EvidenceFile {
    path: PathBuf,
    pub(crate) about: About,
}

/// What a file with evidence is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// Documents whose evidence is in it.
    pub documents: u64,
    /// Documents of the inputs.
    pub of: u64,
}

impl Coverage {
    /// True when nothing is missing: `decalque run --evidence` takes it.
    ///
    /// ```
    /// assert!(decalque_pipeline::Coverage { documents: 2, of: 2 }.is_whole());
    /// ```
    pub const fn is_whole(&self) -> bool {
        self.documents == self.of
    }
}

impl About {
    pub(crate) fn new(key: u64, documents: usize, read: Range<usize>, hashes: Vec<Option<u64>>) -> Self {
        let read = Some(read).into_iter().filter(|r| !r.is_empty()).collect();
        Self { key, documents, read, hashes, gathered: Snapshot::default(), lengths: [0; SECTIONS] }
    }

    pub(crate) fn coverage(&self) -> Coverage {
        let read: usize = self.read.iter().map(ExactSizeIterator::len).sum();
        Coverage { documents: read as u64, of: self.documents as u64 }
    }

    /// Whether it says what can be.
    fn is_sound(&self, bytes: u64) -> bool {
        let starts = self.read.iter().map(|r| r.start).skip(1).chain([self.documents]);
        let ordered = self.read.iter().zip(starts).all(|(r, next)| r.start < r.end && r.end <= next);
        let lengths = self.lengths.iter().try_fold(MAGIC.len() as u64, |sum, &n| sum.checked_add(n));
        ordered && self.coverage().documents == self.hashes.len() as u64 && lengths == Some(bytes)
    }
}

/// Write what was gathered, in the place of an older file when it is whole.
pub(crate) fn write(
    path: &Path,
    mut about: About,
    (all, sections): (Gathered, Sections),
) -> Result<Coverage, Error> {
    let failed = |e: io::Error| Error::evidence(path, e);
    let mut file = NamedTempFile::new_in(folder_of(path)).map_err(failed)?;
    let mut buffer = BufWriter::new(file.as_file_mut());
    let mut out = Hashing::new(&mut buffer);
    out.write_all(MAGIC).map_err(failed)?;
    about.lengths = sections.write(path, &mut out)?;
    about.gathered = all.snapshot();
    let bytes = postcard::to_stdvec(&about).map_err(|e| failed(io::Error::other(e)))?;
    out.write_all(&bytes)
        .and_then(|()| out.write_all(&(bytes.len() as u64).to_le_bytes()))
        .map_err(failed)?;
    out.end().and_then(|()| buffer.flush()).map_err(failed)?;
    drop(buffer);
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|e| failed(e.error))?;
    Ok(about.coverage())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// A folder for what is put aside on the way to a file.
pub(crate) fn scratch(path: &Path) -> Result<TempDir, Error> {
    TempDir::new_in(folder_of(path)).map_err(|e| Error::evidence(path, e))
}

impl EvidenceFile {
    /// Open a file, and compare every byte with the hash at its end.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let about = read(path).map_err(|e| Error::evidence(path, e))?;
        Ok(Self { path: path.to_owned(), about })
    }

    fn sections(&self) -> [Range<u64>; SECTIONS] {
        let mut end = MAGIC.len() as u64;
        self.about.lengths.map(|length| {
            end += length;
            end - length..end
        })
    }

    /// The evidence of a whole corpus, and the content hashes of its documents.
    pub(crate) fn freeze(self) -> Result<(Evidence, Vec<Option<u64>>), Error> {
        let places = self.sections().map(|section| vec![section]);
        let sections = Sections { scratch: self.path.clone(), path: self.path, places };
        Ok((sections.freeze(Gathered::from(self.about.gathered))?, self.about.hashes))
    }
}

fn read(path: &Path) -> io::Result<About> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let other = || io::Error::other("it is no file of `decalque evidence`, or is damaged");
    let mut first = [0; MAGIC.len()];
    file.read_exact(&mut first).map_err(|_| other())?;
    let end = length.checked_sub(TAIL).filter(|_| first == MAGIC).ok_or_else(other)?;
    if hash_of(&mut file, length - HASH as u64)? != number(&mut file, length - HASH as u64)? {
        return Err(other());
    }
    let start = end.checked_sub(number(&mut file, end)?).ok_or_else(other)?;
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.take(end - start).read_to_end(&mut bytes)?;
    postcard::from_bytes(&bytes).ok().filter(|about: &About| about.is_sound(start)).ok_or_else(other)
}

/// The number that stands at a place.
fn number(file: &mut File, at: u64) -> io::Result<u64> {
    let mut bytes = [0; 8];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

/// The hash of the first bytes of a file.
fn hash_of(file: &mut File, bytes: u64) -> io::Result<u64> {
    file.seek(SeekFrom::Start(0))?;
    let mut nowhere = io::sink();
    let mut hashing = Hashing::new(&mut nowhere);
    io::copy(&mut file.take(bytes), &mut hashing)?;
    Ok(hashing.digest())
}

/// Put the evidence of parts together: of a whole corpus, or of a larger part of it.
///
/// # Errors
/// When a file cannot be read or written, when they are of different inputs or settings, and when a document is in two
/// of them.
///
/// ```
/// use decalque_pipeline::{Config, Input, Quiet, Shard, gather, merge_evidence};
/// let dir = tempfile::tempdir().unwrap();
/// std::fs::write(dir.path().join("a.txt"), "The talks began.\n").unwrap();
/// let (inputs, part) = ([Input::Path(dir.path().join("a.txt"))], dir.path().join("1"));
/// gather(&inputs, &part, Shard::WHOLE, &Config::default(), &Quiet).unwrap();
/// let all = merge_evidence(&[part], &dir.path().join("all")).unwrap();
/// assert!(all.is_whole());
/// ```
pub fn merge_evidence(parts: &[PathBuf], out: &Path) -> Result<Coverage, Error> {
    let mut files = parts.iter().map(|p| EvidenceFile::open(p)).collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(|f| f.about.read.first().map(|r| r.start));
    let about = together(&files)?;
    let folder = scratch(out)?;
    let (aside, mut all) = (Aside::new(folder.path(), 0), Gathered::default());
    for file in &files {
        let mut from = File::open(&file.path).map_err(|e| Error::evidence(&file.path, e))?;
        aside.adopt(&mut from, &file.sections())?;
        all.merge(Gathered::from(file.about.gathered.clone()));
    }
    write(out, about, aside.close(vec![all])?)
}

/// Documents in a row whose evidence is in one file.
#[derive(Clone, Copy)]
struct Stretch<'a> {
    start: usize,
    hashes: &'a [Option<u64>],
    path: &'a Path,
}

impl Stretch<'_> {
    const fn end(&self) -> usize {
        self.start + self.hashes.len()
    }
}

impl EvidenceFile {
    fn stretches(&self) -> impl Iterator<Item = Stretch<'_>> {
        let mut hashes = self.about.hashes.as_slice();
        self.about.read.iter().map(move |read| {
            let (own, rest) = hashes.split_at(read.len().min(hashes.len()));
            hashes = rest;
            Stretch { start: read.start, hashes: own, path: &self.path }
        })
    }
}

/// What several files are of.
fn together(files: &[EvidenceFile]) -> Result<About, Error> {
    let none = || Error::Setting("name the files with the evidence of the parts".to_owned());
    let first = files.first().ok_or_else(none)?;
    let is_other =
        |f: &&EvidenceFile| (f.about.key, f.about.documents) != (first.about.key, first.about.documents);
    if let Some(other) = files.iter().find(is_other) {
        let why = format!("its inputs or settings are not those of {}", first.path.display());
        return Err(Error::evidence(&other.path, io::Error::other(why)));
    }
    let mut parts: Vec<Stretch<'_>> = files.iter().flat_map(EvidenceFile::stretches).collect();
    parts.sort_by_key(|part| part.start);
    let twice = |(one, other): &(&Stretch<'_>, &Stretch<'_>)| one.end() > other.start;
    if let Some((one, other)) = parts.iter().zip(parts.iter().skip(1)).find(twice) {
        let why = format!("it has documents that {} has as well", one.path.display());
        return Err(Error::evidence(other.path, io::Error::other(why)));
    }
    let hashes = parts.iter().flat_map(|part| part.hashes).copied().collect();
    let mut about = About::new(first.about.key, first.about.documents, 0..0, hashes);
    for part in parts {
        match about.read.last_mut() {
            Some(last) if last.end == part.start => last.end = part.end(),
            _ => about.read.push(part.start..part.end()),
        }
    }
    Ok(about)
}

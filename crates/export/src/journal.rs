//! What an unfinished run has finished: a record for each batch, appended when its row groups are in the files.
//!
//! A record holds where every file ends after the batch and a hash of all bytes up to there, the footers of the new row
//! groups, and a note of the caller. A record that was half written, or whose files do not have the bytes it speaks of,
//! counts for nothing, and so do all after it.

use crate::ExportError;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

pub(crate) const NAME: &str = "journal";

/// Length of the head, length of the note, hash of both.
const PREFIX: usize = 24;

/// What became of one table's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mark {
    /// Bytes of the file.
    pub(crate) bytes: u64,
    /// XXH3-64 of them.
    pub(crate) hash: u64,
    /// The footer of the row group that was appended; none when the table got no row.
    pub(crate) footer: Option<Vec<u8>>,
}

/// What a record says, apart from the note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// One for each table that is written.
    pub(crate) marks: Vec<Mark>,
    /// First and last document.
    pub(crate) order: (Option<String>, Option<String>),
}

/// The file of records, growing.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    file: File,
    end: u64,
    /// Where the note of each batch is.
    pub(crate) notes: Vec<Range<u64>>,
}

impl Journal {
    pub(crate) fn create(folder: &Path) -> Result<Self, ExportError> {
        let path = folder.join(NAME);
        let file = File::create(&path).map_err(ExportError::file(&path))?;
        Ok(Self { path, file, end: 0, notes: Vec::new() })
    }

    /// Open the journal of an interrupted run, and read the heads of its records as far as they are whole.
    pub(crate) fn open(folder: &Path) -> Result<(Self, Vec<Head>), ExportError> {
        let path = folder.join(NAME);
        let options = OpenOptions::new().read(true).write(true).open(&path);
        let mut file = options.map_err(ExportError::file(&path))?;
        let (notes, heads) = records(&mut file).map_err(ExportError::file(&path))?;
        let end = notes.last().map_or(0, |note| note.end);
        Ok((Self { path, file, end, notes }, heads))
    }

    /// Read a journal that is finished: the file, where its notes are, and the heads. An error when it is not whole.
    pub(crate) fn read(path: &Path) -> io::Result<(File, Vec<Range<u64>>, Vec<Head>)> {
        let mut file = File::open(path)?;
        let (notes, heads) = records(&mut file)?;
        let is_whole = notes.last().map_or(0, |note| note.end) == file.metadata()?.len();
        if is_whole { Ok((file, notes, heads)) } else { Err(io::Error::other("the journal is damaged")) }
    }

    /// Forget all but the first `n` records.
    pub(crate) fn truncate(&mut self, n: usize) -> Result<(), ExportError> {
        self.notes.truncate(n);
        self.end = self.notes.last().map_or(0, |note| note.end);
        let cut = self.file.set_len(self.end).and_then(|()| self.file.seek(SeekFrom::Start(self.end)));
        cut.map(drop).map_err(ExportError::file(&self.path))
    }

    /// Append a record.
    pub(crate) fn append(&mut self, head: &Head, note: &[u8]) -> Result<(), ExportError> {
        let head = postcard::to_stdvec(head);
        let head = head.map_err(|e| ExportError::file(&self.path)(io::Error::other(e)))?;
        let body = [&head, note].concat();
        let lengths = [head.len() as u64, note.len() as u64];
        let mut bytes = Vec::with_capacity(PREFIX + body.len());
        for n in lengths.into_iter().chain([xxh3_64(&body)]) {
            bytes.extend_from_slice(&n.to_le_bytes());
        }
        bytes.extend_from_slice(&body);
        self.file.write_all(&bytes).map_err(ExportError::file(&self.path))?;
        self.end += bytes.len() as u64;
        self.notes.push(self.end - lengths[1]..self.end);
        Ok(())
    }
}

/// Where the notes are, and the heads, of the records up to the first that is not whole.
fn records(file: &mut File) -> io::Result<(Vec<Range<u64>>, Vec<Head>)> {
    let (mut notes, mut heads, mut end) = (Vec::new(), Vec::new(), 0);
    let length = file.metadata()?.len();
    while let Some((head, note)) = record(file, end, length) {
        end = note.end;
        notes.push(note);
        heads.push(head);
    }
    Ok((notes, heads))
}

/// The record at a place; none when it is not whole.
fn record(file: &mut File, at: u64, length: u64) -> Option<(Head, Range<u64>)> {
    file.seek(SeekFrom::Start(at)).ok()?;
    let mut prefix = [0; PREFIX];
    file.read_exact(&mut prefix).ok()?;
    let number = |i: usize| prefix.get(i * 8..i * 8 + 8)?.try_into().ok().map(u64::from_le_bytes);
    let (head, note, hash) = (number(0)?, number(1)?, number(2)?);
    let start = at + PREFIX as u64;
    let end = start.checked_add(head)?.checked_add(note)?;
    if end > length {
        return None;
    }
    let mut body = vec![0; (end - start) as usize];
    file.read_exact(&mut body).ok()?;
    let parsed = postcard::from_bytes(body.get(..head as usize)?).ok()?;
    (xxh3_64(&body) == hash).then_some((parsed, start + head..end))
}

/// How many of these marks, from the first, a file bears out; and no more than `most`.
pub(crate) fn borne_out(path: &Path, marks: &[&Mark]) -> io::Result<usize> {
    let mut file = io::BufReader::with_capacity(1 << 16, File::open(path)?);
    let (mut hasher, mut at) = (Xxh3Default::new(), 0);
    for (n, mark) in marks.iter().enumerate() {
        let more = mark.bytes.saturating_sub(at);
        let read = io::copy(&mut file.by_ref().take(more), &mut Hashed(&mut hasher))?;
        at += read;
        if read != more || hasher.digest() != mark.hash {
            return Ok(n);
        }
    }
    Ok(marks.len())
}

struct Hashed<'a>(&'a mut Xxh3Default);

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn head(n: u64) -> Head {
        let mark = Mark { bytes: n, hash: n, footer: n.is_multiple_of(2).then(|| vec![n as u8]) };
        Head { marks: vec![mark], order: (None, Some(format!("{n}.txt"))) }
    }

    fn written(dir: &Path) -> u64 {
        let mut journal = Journal::create(dir).unwrap();
        (0..3).for_each(|n| journal.append(&head(n), &vec![b'n'; n as usize * 10]).unwrap());
        journal.end
    }

    proptest! {
        /// Cut anywhere, it holds the records before the cut; a byte changed, those before that byte.
        #[test]
        fn whole_records_are_read_and_no_others(cut in 0.0..1.0, flip in any::<bool>()) {
            let dir = tempfile::tempdir().unwrap();
            let end = written(dir.path());
            let path = dir.path().join(NAME);
            let ends: Vec<u64> = Journal::open(dir.path()).unwrap().0.notes.iter().map(|n| n.end).collect();
            let at = (end as f64 * cut) as u64;
            let mut bytes = std::fs::read(&path).unwrap();
            if flip { bytes[at as usize] ^= 1 } else { bytes.truncate(at as usize) }
            std::fs::write(&path, bytes).unwrap();
            let (mut journal, heads) = Journal::open(dir.path()).unwrap();
            prop_assert_eq!(heads.len(), ends.iter().filter(|&&e| e <= at).count());
            prop_assert!(heads.iter().zip(0..).all(|(h, n)| *h == head(n)));
            journal.truncate(heads.len()).unwrap();
            journal.append(&head(9), b"x").unwrap();
            prop_assert_eq!(Journal::open(dir.path()).unwrap().1.len(), heads.len() + 1);
        }
    }

    #[test]
    fn files_bear_out_the_bytes_they_have() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t");
        let text = b"one two three";
        let mark = |n: usize| Mark { bytes: n as u64, hash: xxh3_64(&text[..n]), footer: None };
        let marks = [mark(3), mark(3), mark(7), mark(13)];
        let marks: Vec<&Mark> = marks.iter().collect();
        for (bytes, want) in [(&text[..], 4), (b"one two thre", 3), (b"one twO three", 2), (b"on", 0)] {
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(borne_out(&path, &marks).unwrap(), want);
        }
    }
}

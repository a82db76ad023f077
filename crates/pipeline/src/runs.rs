//! Sums by key that need not fit into memory: sorted runs of them in a file, merged when all are there.
//!
//! Every chunk of a run leaves one run of each kind in the journal of the output. They are merged at the end, a few
//! hundred at a time, so that memory does not grow with the corpus; sums commute, so that the cut into runs leaves no
//! trace.
//!
//! A run is a list of records, each its length and its bytes, which begin with the key. Merging compares the keys where
//! they lie: what stands in one run alone is copied, or read once.

use crate::Error;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::marker::PhantomData;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Runs that are merged at a time.
const FAN_IN: usize = 256;
/// Bytes read of a run at a time.
const BLOCK: usize = 1 << 15;

/// A key, with a number by which most keys are told apart: of two keys the lesser never has the greater number.
pub(crate) trait Key: Ord {
    fn head(&self) -> u64;
}

impl Key for u64 {
    fn head(&self) -> u64 {
        *self
    }
}

/// The first eight bytes, and zeros where there are fewer.
impl Key for &[u8] {
    fn head(&self) -> u64 {
        let mut head = [0; 8];
        let n = self.len().min(8);
        head[..n].copy_from_slice(&self[..n]);
        u64::from_be_bytes(head)
    }
}

impl Key for &str {
    fn head(&self) -> u64 {
        self.as_bytes().head()
    }
}

impl Key for (&str, &str) {
    fn head(&self) -> u64 {
        self.0.head()
    }
}

/// Something counted under a key. Its serialised form begins with the key's.
pub(crate) trait Sum: Serialize + DeserializeOwned {
    type Key<'a>: Key + Deserialize<'a>
    where
        Self: 'a;
    fn key(&self) -> Self::Key<'_>;
    /// Take in the count of another part under the same key. Commutative and associative.
    fn add(&mut self, other: Self);
}

/// A kind of records: how they are read, added up, and written again.
pub(crate) trait Kind {
    type Key<'a>: Key;
    /// What records of one key say together; it may borrow from them.
    type Value<'a>;
    /// None of a record that is damaged.
    fn key(record: &[u8]) -> Option<Self::Key<'_>>;
    /// What a record says.
    fn read(record: &[u8]) -> Option<Self::Value<'_>>;
    /// Take in another record of the same key. Commutative and associative.
    fn add<'a>(value: &mut Self::Value<'a>, record: &'a [u8]) -> Option<()>;
    fn write(value: &Self::Value<'_>, out: &mut Vec<u8>);
}

impl<T: Sum + 'static> Kind for T {
    type Key<'a> = T::Key<'a>;
    type Value<'a> = T;

    fn key(record: &[u8]) -> Option<T::Key<'_>> {
        postcard::take_from_bytes(record).ok().map(|(key, _)| key)
    }

    fn read(record: &[u8]) -> Option<T> {
        postcard::from_bytes(record).ok()
    }

    fn add(value: &mut T, record: &[u8]) -> Option<()> {
        value.add(postcard::from_bytes(record).ok()?);
        Some(())
    }

    fn write(value: &T, out: &mut Vec<u8>) {
        // Into a vector nothing can fail but a length that is not known, and all are.
        if let Ok(bytes) = postcard::to_extend(value, std::mem::take(out)) {
            *out = bytes;
        }
    }
}

/// One run: sums sorted by key, each key once.
pub(crate) fn encode<T: Sum + 'static>(mut sums: Vec<T>) -> Vec<u8> {
    sums.sort_unstable_by(|a, b| a.key().cmp(&b.key()));
    let mut out = Vec::new();
    let mut last: Option<T> = None;
    for sum in sums {
        match &mut last {
            Some(same) if same.key() == sum.key() => same.add(sum),
            _ => last.replace(sum).iter().for_each(|done| push(&mut out, done)),
        }
    }
    last.iter().for_each(|done| push(&mut out, done));
    out
}

/// Append the record of a sum.
pub(crate) fn push<T: Sum + 'static>(out: &mut Vec<u8>, sum: &T) {
    push_record(out, |out| <T as Kind>::write(sum, out));
}

/// Append a record: its length, then the bytes that are written.
pub(crate) fn push_record(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    write(out);
    let length = (out.len() - start - 4) as u32;
    out[start..start + 4].copy_from_slice(&length.to_le_bytes());
}

/// Runs in a file.
#[derive(Debug)]
pub(crate) struct Runs {
    pub(crate) path: PathBuf,
    pub(crate) places: Vec<Range<u64>>,
}

impl Runs {
    /// Give every sum to `each`, sorted by key, each key once. `scratch` is a path for a file that is made when there
    /// are many runs.
    pub(crate) fn merge<T: Kind>(
        self,
        scratch: &Path,
        mut each: impl FnMut(T::Value<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut merge = self.open::<T>(scratch)?;
        while let Some(sum) = merge.next()? {
            each(sum)?;
        }
        Ok(())
    }

    /// The same sums, one by one as they are asked for.
    pub(crate) fn open<T: Kind>(self, scratch: &Path) -> Result<Merge<T>, Error> {
        let (mut runs, mut level) = (self, 0);
        while runs.places.len() > FAN_IN {
            level += 1;
            runs = runs.fewer::<T>(&scratch.with_extension(level.to_string()))?;
        }
        let failed = Error::scratch(&runs.path);
        let file = File::open(&runs.path).map_err(&failed)?;
        let merger = Merger::new(&file, &runs.places).map_err(&failed)?;
        drop(failed);
        Ok(Merge { path: runs.path, file, merger })
    }

    /// Merge every [`FAN_IN`] runs into one, in a file of their own.
    fn fewer<T: Kind>(self, path: &Path) -> Result<Self, Error> {
        let places = self.write_merged::<T>(path).map_err(Error::scratch(path))?;
        Ok(Self { path: path.to_owned(), places })
    }

    fn write_merged<T: Kind>(&self, path: &Path) -> io::Result<Vec<Range<u64>>> {
        let (file, mut out) = (File::open(&self.path)?, BufWriter::new(File::create(path)?));
        let (mut places, mut at, mut bytes) = (Vec::new(), 0, Vec::new());
        for part in self.places.chunks(FAN_IN) {
            let (start, mut merger) = (at, Merger::<T>::new(&file, part)?);
            while merger.next(&file)? {
                bytes.clear();
                merger.push_to(&mut bytes)?;
                out.write_all(&bytes)?;
                at += bytes.len() as u64;
            }
            places.push(start..at);
        }
        out.flush()?;
        Ok(places)
    }
}

/// The sums of several runs, sorted by key, each key once.
pub(crate) struct Merge<T> {
    path: PathBuf,
    file: File,
    merger: Merger<T>,
}

impl<T: Kind> Merge<T> {
    /// The next sum; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<T::Value<'_>>, Error> {
        let Self { path, file, merger } = self;
        let next = merger.next(file).and_then(|any| any.then(|| merger.value()).transpose());
        next.map_err(|e| Error::scratch(path)(e))
    }
}

/// Goes through several runs at once, key by key.
struct Merger<T> {
    cursors: Vec<Cursor>,
    /// Runs by their next key: a binary heap, the least first. That of the standard library compares its items alone, and
    /// these are compared by the records they stand for.
    heads: Vec<Head>,
    /// The runs that have the key where it is.
    same: Vec<Head>,
    kind: PhantomData<T>,
}

/// A run, with the number of its next key.
#[derive(Debug, Clone, Copy)]
struct Head {
    key: u64,
    run: usize,
}

impl<T: Kind> Merger<T> {
    fn new(file: &File, places: &[Range<u64>]) -> io::Result<Self> {
        let cursors = places.iter().map(Cursor::new).collect();
        let mut this = Self { cursors, heads: Vec::new(), same: Vec::new(), kind: PhantomData };
        (0..places.len()).try_for_each(|run| this.advance(file, run))?;
        Ok(this)
    }

    /// Go on to the next key; false at the end.
    fn next(&mut self, file: &File) -> io::Result<bool> {
        while let Some(head) = self.same.pop() {
            self.advance(file, head.run)?;
        }
        while let Some(&least) = self.heads.first() {
            if self.same.first().is_some_and(|&first| self.order(first, least).is_ne()) {
                break;
            }
            self.same.push(least);
            self.remove_least();
        }
        Ok(!self.same.is_empty())
    }

    /// All that is counted under the key.
    fn value(&self) -> io::Result<T::Value<'_>> {
        let (first, more) = self.same.split_first().ok_or_else(damaged)?;
        let mut sum = T::read(self.record(first.run)).ok_or_else(damaged)?;
        for head in more {
            T::add(&mut sum, self.record(head.run)).ok_or_else(damaged)?;
        }
        Ok(sum)
    }

    /// Append it as one record.
    fn push_to(&self, out: &mut Vec<u8>) -> io::Result<()> {
        if let [only] = *self.same {
            push_record(out, |out| out.extend_from_slice(self.record(only.run)));
        } else {
            let sum = self.value()?;
            push_record(out, |out| T::write(&sum, out));
        }
        Ok(())
    }

    fn record(&self, run: usize) -> &[u8] {
        self.cursors.get(run).map_or(&[], Cursor::record)
    }

    /// Go on to the next record of a run, and put the run in its place.
    fn advance(&mut self, file: &File, run: usize) -> io::Result<()> {
        if self.cursors[run].advance(file)? {
            let key = T::key(self.record(run)).ok_or_else(damaged)?.head();
            self.insert(Head { key, run });
        }
        Ok(())
    }

    fn order(&self, a: Head, b: Head) -> Ordering {
        let key = |head: Head| T::key(self.record(head.run));
        a.key.cmp(&b.key).then_with(|| key(a).cmp(&key(b)))
    }

    fn insert(&mut self, head: Head) {
        let mut at = self.heads.len();
        self.heads.push(head);
        while at > 0 && self.order(head, self.heads[(at - 1) / 2]).is_lt() {
            self.heads.swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    fn remove_least(&mut self) {
        let (mut at, end) = (0, self.heads.len().saturating_sub(1));
        self.heads.swap_remove(0);
        while 2 * at + 1 < end {
            let (left, right) = (2 * at + 1, 2 * at + 2);
            let is_right = right < end && self.order(self.heads[right], self.heads[left]).is_lt();
            let child = if is_right { right } else { left };
            if self.order(self.heads[at], self.heads[child]).is_le() {
                break;
            }
            self.heads.swap(at, child);
            at = child;
        }
    }
}

fn damaged() -> io::Error {
    io::Error::from(io::ErrorKind::InvalidData)
}

/// Reads one run, a block at a time; all cursors of a merge share one file.
struct Cursor {
    left: Range<u64>,
    block: Vec<u8>,
    at: usize,
    /// The record where it is, in the block.
    record: Range<usize>,
}

impl Cursor {
    fn new(place: &Range<u64>) -> Self {
        Self { left: place.clone(), block: Vec::new(), at: 0, record: 0..0 }
    }

    fn record(&self) -> &[u8] {
        self.block.get(self.record.clone()).unwrap_or_default()
    }

    /// Go on to the next record; false at the end.
    fn advance(&mut self, mut file: &File) -> io::Result<bool> {
        if self.at == self.block.len() && self.left.is_empty() {
            return Ok(false);
        }
        let mut length = [0; 4];
        length.copy_from_slice(self.take(&mut file, 4)?);
        let length = u32::from_le_bytes(length) as usize;
        self.take(&mut file, length)?;
        self.record = self.at - length..self.at;
        Ok(true)
    }

    /// The next `n` bytes.
    fn take(&mut self, file: &mut &File, n: usize) -> io::Result<&[u8]> {
        if self.block.len() - self.at < n {
            self.block.drain(..self.at);
            self.at = 0;
            let left = self.left.end - self.left.start;
            let more = (n.max(BLOCK) as u64).min(left);
            file.seek(SeekFrom::Start(self.left.start))?;
            self.left.start += file.take(more).read_to_end(&mut self.block)? as u64;
        }
        self.at += n;
        let bytes = self.block.get(self.at - n..self.at);
        bytes.ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    #[derive(Serialize, Deserialize)]
    struct Count(String, u64);

    impl Sum for Count {
        type Key<'a> = &'a str;
        fn key(&self) -> &str {
            &self.0
        }
        fn add(&mut self, other: Self) {
            self.1 += other.1;
        }
    }

    fn merged(parts: &[Vec<(String, u64)>]) -> Vec<(String, u64)> {
        let dir = tempfile::tempdir().unwrap();
        let (path, mut bytes, mut places) = (dir.path().join("runs"), b"head".to_vec(), Vec::new());
        for part in parts {
            let run = encode(part.iter().map(|(k, n)| Count(k.clone(), *n)).collect());
            places.push(bytes.len() as u64..(bytes.len() + run.len()) as u64);
            bytes.extend(run);
        }
        std::fs::write(&path, bytes).unwrap();
        let mut out = Vec::new();
        let runs = Runs { path, places };
        runs.merge::<Count>(&dir.path().join("scratch"), |c| {
            out.push((c.0, c.1));
            Ok(())
        })
        .unwrap();
        out
    }

    fn summed(parts: &[Vec<(String, u64)>]) -> Vec<(String, u64)> {
        let mut map = BTreeMap::new();
        parts.iter().flatten().for_each(|(k, n)| *map.entry(k.clone()).or_default() += n);
        map.into_iter().collect()
    }

    proptest! {
        #[test]
        fn a_merge_is_what_a_map_says(parts in prop::collection::vec(prop::collection::vec(("(aaaaaaaa)?[a-d]{0,3}", 1u64..9), 0..20), 0..9)) {
            prop_assert_eq!(merged(&parts), summed(&parts));
        }
    }

    #[test]
    fn many_runs_and_long_keys() {
        let part = |i: usize| vec![(format!("{:05}", i % 700), 1), ("x".repeat(BLOCK + i % 3), 2)];
        let parts: Vec<_> = (0..FAN_IN + 5).map(part).collect();
        assert_eq!(merged(&parts), summed(&parts));
    }

    #[test]
    fn a_run_that_is_cut_off_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("runs");
        let run = encode(vec![Count("a".into(), 1), Count("b".into(), 1)]);
        std::fs::write(&path, &run[..run.len() - 1]).unwrap();
        let places = std::iter::once(0..run.len() as u64).collect();
        let runs = Runs { path, places };
        assert!(runs.merge::<Count>(&dir.path().join("scratch"), |_| Ok(())).is_err());
    }
}

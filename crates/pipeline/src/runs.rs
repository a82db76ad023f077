//! Sums by key that need not fit into memory: sorted runs of them in a file, merged when all are there.
//!
//! Every chunk of a run leaves one run of each kind in the journal of the output. They are merged at the end, a few
//! hundred at a time, so that memory does not grow with the corpus; sums commute, so that the cut into runs leaves no
//! trace.

use crate::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Runs that are merged at a time.
const FAN_IN: usize = 256;
/// Bytes read of a run at a time.
const BLOCK: usize = 1 << 15;

/// Something counted under a key.
pub(crate) trait Sum: Serialize + DeserializeOwned {
    type Key<'a>: Ord
    where
        Self: 'a;
    fn key(&self) -> Self::Key<'_>;
    /// Take in the count of another part under the same key. Commutative and associative.
    fn add(&mut self, other: Self);
}

/// One run: sums sorted by key, each key once.
pub(crate) fn encode<T: Sum>(mut sums: Vec<T>) -> Vec<u8> {
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

/// Length, then the sum.
pub(crate) fn push<T: Sum>(out: &mut Vec<u8>, sum: &T) {
    let start = out.len();
    out.extend_from_slice(&[0; 4]);
    // Into a vector nothing can fail but a length that is not known, and all are.
    if let Ok(bytes) = postcard::to_extend(sum, std::mem::take(out)) {
        *out = bytes;
        let length = (out.len() - start - 4) as u32;
        out[start..start + 4].copy_from_slice(&length.to_le_bytes());
    }
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
    pub(crate) fn merge<T: Sum>(
        self,
        scratch: &Path,
        mut each: impl FnMut(T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (mut runs, mut level) = (self, 0);
        while runs.places.len() > FAN_IN {
            level += 1;
            runs = runs.fewer::<T>(&scratch.with_extension(level.to_string()))?;
        }
        let file = File::open(&runs.path).map_err(Error::scratch(&runs.path))?;
        let mut merger = Merger::<T>::new(&file, &runs.places).map_err(Error::scratch(&runs.path))?;
        while let Some(sum) = merger.next(&file).map_err(Error::scratch(&runs.path))? {
            each(sum)?;
        }
        Ok(())
    }

    /// Merge every [`FAN_IN`] runs into one, in a file of their own.
    fn fewer<T: Sum>(self, path: &Path) -> Result<Self, Error> {
        let places = self.write_merged::<T>(path).map_err(Error::scratch(path))?;
        Ok(Self { path: path.to_owned(), places })
    }

    fn write_merged<T: Sum>(&self, path: &Path) -> io::Result<Vec<Range<u64>>> {
        let (file, mut out) = (File::open(&self.path)?, BufWriter::new(File::create(path)?));
        let (mut places, mut at) = (Vec::new(), 0);
        for part in self.places.chunks(FAN_IN) {
            let (start, mut merger) = (at, Merger::<T>::new(&file, part)?);
            while let Some(sum) = merger.next(&file)? {
                let mut bytes = Vec::new();
                push(&mut bytes, &sum);
                out.write_all(&bytes)?;
                at += bytes.len() as u64;
            }
            places.push(start..at);
        }
        out.flush()?;
        Ok(places)
    }
}

struct Merger<T> {
    cursors: Vec<Cursor>,
    heads: BinaryHeap<Next<T>>,
}

impl<T: Sum> Merger<T> {
    fn new(file: &File, places: &[Range<u64>]) -> io::Result<Self> {
        let cursors = places.iter().map(|p| Cursor { left: p.clone(), block: Vec::new(), at: 0 }).collect();
        let mut this = Self { cursors, heads: BinaryHeap::with_capacity(places.len()) };
        (0..places.len()).try_for_each(|run| this.pull(file, run))?;
        Ok(this)
    }

    fn pull(&mut self, file: &File, run: usize) -> io::Result<()> {
        if let Some(sum) = self.cursors[run].next(file)? {
            self.heads.push(Next { sum, run });
        }
        Ok(())
    }

    fn next(&mut self, file: &File) -> io::Result<Option<T>> {
        let Some(Next { mut sum, run }) = self.heads.pop() else { return Ok(None) };
        self.pull(file, run)?;
        while let Some(same) = self.heads.peek().filter(|n| n.sum.key() == sum.key()).map(|n| n.run) {
            if let Some(next) = self.heads.pop() {
                sum.add(next.sum);
            }
            self.pull(file, same)?;
        }
        Ok(Some(sum))
    }
}

/// The next sum of a run. The heap's greatest is the one with the least key.
struct Next<T> {
    sum: T,
    run: usize,
}

impl<T: Sum> Ord for Next<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        (other.sum.key(), other.run).cmp(&(self.sum.key(), self.run))
    }
}

impl<T: Sum> PartialOrd for Next<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: Sum> PartialEq for Next<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<T: Sum> Eq for Next<T> {}

/// Reads one run, a block at a time; all cursors of a merge share one file.
struct Cursor {
    left: Range<u64>,
    block: Vec<u8>,
    at: usize,
}

impl Cursor {
    fn next<T: Sum>(&mut self, mut file: &File) -> io::Result<Option<T>> {
        if self.at == self.block.len() && self.left.is_empty() {
            return Ok(None);
        }
        let mut length = [0; 4];
        length.copy_from_slice(self.take(&mut file, 4)?);
        let bytes = self.take(&mut file, u32::from_le_bytes(length) as usize)?;
        postcard::from_bytes(bytes).map(Some).map_err(io::Error::other)
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
        runs.merge(&dir.path().join("scratch"), |c: Count| {
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
        fn a_merge_is_what_a_map_says(parts in prop::collection::vec(prop::collection::vec(("[a-d]{0,3}", 1u64..9), 0..20), 0..9)) {
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
        assert!(runs.merge(&dir.path().join("scratch"), |_: Count| Ok(())).is_err());
    }
}

//! Where bytes are, and how any part of them is read again.
//!
//! Documents are read in the order of their ids, not of their places, and twice. So everything they lie in can be read
//! anywhere: files, memory, parts of both, and, for what only unpacks from its beginning, the temporary files of
//! [`Spools`].

use super::LARGEST;
use crate::Error;
use crate::files::io_reason;
use std::collections::VecDeque;
use std::fs;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::UNIX_EPOCH;
use xxhash_rust::xxh3::xxh3_64;

/// What holds bytes.
#[derive(Debug, Clone)]
enum Base {
    Disk(PathBuf),
    Memory(Arc<Vec<u8>>),
    Spool(Arc<fs::File>),
    /// A file without a name, and the hash of what is in it.
    Given(Arc<fs::File>, u64),
}

/// A file's bytes: a whole file, or a part of one.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    base: Base,
    /// First byte and length; none for all of it.
    part: Option<(u64, u64)>,
}

impl Content {
    pub(crate) fn on_disk(path: PathBuf) -> Self {
        Self { base: Base::Disk(path), part: None }
    }

    pub(crate) fn given(file: Arc<fs::File>, hash: u64) -> Self {
        Self { base: Base::Given(file, hash), part: None }
    }

    pub(crate) fn in_memory(bytes: Arc<Vec<u8>>) -> Self {
        Self { base: Base::Memory(bytes), part: None }
    }

    /// `len` bytes from `start` on.
    pub(crate) fn part(&self, start: u64, len: u64) -> Self {
        let before = self.part.map_or(0, |(start, _)| start);
        Self { base: self.base.clone(), part: Some((before.saturating_add(start), len)) }
    }

    /// Length in bytes.
    pub(crate) fn len(&self) -> Result<u64, String> {
        match (&self.base, self.part) {
            (_, Some((_, len))) => Ok(len),
            (Base::Disk(path), None) => fs::metadata(path).map(|m| m.len()).map_err(|e| io_reason(&e)),
            (Base::Memory(bytes), None) => Ok(bytes.len() as u64),
            (Base::Spool(file) | Base::Given(file, _), None) => {
                file.metadata().map(|m| m.len()).map_err(|e| io_reason(&e))
            }
        }
    }

    /// What tells whether an input is the same later: size and time of change, or the hash of what came without a name.
    /// Says nothing of what was unpacked.
    pub(crate) fn identity(&self) -> [u64; 2] {
        match &self.base {
            Base::Memory(bytes) => [bytes.len() as u64, xxh3_64(bytes)],
            Base::Given(file, hash) => [file.metadata().map_or(0, |m| m.len()), *hash],
            Base::Spool(_) => [0, 0],
            Base::Disk(path) => {
                let about = fs::metadata(path).ok();
                let changed = about.as_ref().and_then(|m| m.modified().ok());
                let since = changed.and_then(|t| t.duration_since(UNIX_EPOCH).ok());
                [about.map_or(0, |m| m.len()), since.map_or(0, |d| d.as_nanos() as u64)]
            }
        }
    }

    pub(crate) fn open(&self) -> Result<Open, String> {
        let bytes = match &self.base {
            Base::Disk(path) => Bytes::File(Arc::new(fs::File::open(path).map_err(|e| io_reason(&e))?)),
            Base::Memory(bytes) => Bytes::Memory(Arc::clone(bytes)),
            Base::Spool(file) | Base::Given(file, _) => Bytes::File(Arc::clone(file)),
        };
        let (start, len) = match (self.part, &bytes) {
            (Some(part), _) => part,
            (None, Bytes::Memory(bytes)) => (0, bytes.len() as u64),
            (None, Bytes::File(file)) => (0, file.metadata().map_err(|e| io_reason(&e))?.len()),
        };
        Ok(Open { bytes, start, len })
    }
}

#[derive(Debug, Clone)]
enum Bytes {
    File(Arc<fs::File>),
    Memory(Arc<Vec<u8>>),
}

/// Content that can be read; cheap to copy.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    bytes: Bytes,
    start: u64,
    len: u64,
}

impl Open {
    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    /// Up to `len` bytes from `at` on; fewer at the end.
    pub(crate) fn bytes(&self, at: u64, len: u64) -> Result<Vec<u8>, String> {
        let len = len.min(self.len.saturating_sub(at)).min(LARGEST + 1);
        let mut out = vec![0; usize::try_from(len).unwrap_or(usize::MAX)];
        let mut filled = 0;
        while filled < out.len() {
            match self.read_at(at + filled as u64, &mut out[filled..]).map_err(|e| io_reason(&e))? {
                0 => break,
                n => filled += n,
            }
        }
        out.truncate(filled);
        Ok(out)
    }

    /// All bytes from `at` to `end`, in order.
    pub(crate) fn stream(&self, at: u64) -> Stream {
        Stream { open: self.clone(), at }
    }

    fn read_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.len.saturating_sub(at)).unwrap_or(usize::MAX);
        let most = left.min(buffer.len());
        let from = self.start.saturating_add(at);
        let Some(buffer) = buffer.get_mut(..most) else { return Ok(0) };
        match &self.bytes {
            Bytes::File(file) => retry(|| read_at(file, buffer, from)),
            Bytes::Memory(bytes) => {
                let rest = usize::try_from(from).ok().and_then(|from| bytes.get(from..)).unwrap_or_default();
                let n = rest.len().min(buffer.len());
                buffer[..n].copy_from_slice(&rest[..n]);
                Ok(n)
            }
        }
    }
}

fn retry(mut read: impl FnMut() -> io::Result<usize>) -> io::Result<usize> {
    loop {
        match read() {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

#[cfg(unix)]
fn read_at(file: &fs::File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &fs::File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

#[cfg(unix)]
fn write_at(file: &fs::File, bytes: &[u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::write_at(file, bytes, at)
}

#[cfg(windows)]
fn write_at(file: &fs::File, bytes: &[u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_write(file, bytes, at)
}

/// Content as a stream that can be moved.
#[derive(Debug, Clone)]
pub(crate) struct Stream {
    open: Open,
    at: u64,
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.open.read_at(self.at, buffer)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Stream {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(n) => Some(n),
            SeekFrom::End(n) => self.open.len.checked_add_signed(n),
            SeekFrom::Current(n) => self.at.checked_add_signed(n),
        };
        self.at = target.ok_or_else(|| io::Error::other("a position before the beginning"))?;
        Ok(self.at)
    }
}

/// How many files with several documents stay open.
const OPEN_FILES: usize = 16;

/// The files last read from, so that neighbours of one file open it once.
#[derive(Debug, Default)]
pub(crate) struct Handles(Mutex<VecDeque<(usize, Open)>>);

impl Handles {
    pub(crate) fn open(&self, number: usize, content: &Content) -> Result<Open, String> {
        if let Some((_, open)) = lock(&self.0).iter().find(|(n, _)| *n == number) {
            return Ok(open.clone());
        }
        let open = content.open()?;
        let mut recent = lock(&self.0);
        recent.truncate(OPEN_FILES - 1);
        recent.push_front((number, open.clone()));
        Ok(open)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Temporary files, without a name, for what can only be unpacked from its beginning; they vanish with the program.
/// One for each thread that unpacks at a time, however many inputs there are.
#[derive(Debug)]
pub(crate) struct Spools {
    folder: PathBuf,
    /// Most bytes in all of them.
    limit: u64,
    used: AtomicU64,
    free: Mutex<Vec<Spool>>,
    /// Why the run cannot go on: the disk is full, or the limit reached.
    failed: Mutex<Option<String>>,
}

#[derive(Debug)]
struct Spool {
    file: Arc<fs::File>,
    len: u64,
}

impl Spools {
    pub(crate) fn new(folder: PathBuf, limit: u64) -> Self {
        let (free, failed) = (Mutex::default(), Mutex::default());
        Self { folder, limit, used: AtomicU64::new(0), free, failed }
    }

    /// The failure of the folder, if there was one: it is none of a document's.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match lock(&self.failed).take() {
            None => Ok(()),
            Some(reason) => Err(Error::Unpack { folder: self.folder.clone(), reason }),
        }
    }

    pub(crate) fn writer(&self) -> SpoolWriter<'_> {
        SpoolWriter { spools: self, spool: None, start: 0, buffer: Vec::new() }
    }

    fn take(&self) -> io::Result<Spool> {
        if let Some(spool) = lock(&self.free).pop() {
            return Ok(spool);
        }
        Ok(Spool { file: Arc::new(tempfile::tempfile_in(&self.folder)?), len: 0 })
    }

    fn fail(&self, reason: String) -> io::Error {
        lock(&self.failed).get_or_insert(reason);
        io::Error::other("the temporary folder has no room for what it unpacks to")
    }
}

/// How much is written at a time.
const BUFFER: usize = 1 << 18;

/// Writes one stretch of a temporary file. What is not finished is written over by the next.
#[derive(Debug)]
pub(crate) struct SpoolWriter<'a> {
    spools: &'a Spools,
    spool: Option<Spool>,
    start: u64,
    buffer: Vec<u8>,
}

impl SpoolWriter<'_> {
    /// All that was written, to be read.
    pub(crate) fn finish(mut self) -> io::Result<Content> {
        self.spill()?;
        let Some(spool) = self.spool.take() else {
            return Ok(Content::in_memory(Arc::default()));
        };
        let part = Some((self.start, spool.len - self.start));
        let content = Content { base: Base::Spool(Arc::clone(&spool.file)), part };
        self.spools.used.fetch_add(spool.len - self.start, Ordering::Relaxed);
        lock(&self.spools.free).push(spool);
        Ok(content)
    }

    fn spill(&mut self) -> io::Result<()> {
        let spools = self.spools;
        if self.spool.is_none() {
            let spool = spools.take().map_err(|e| spools.fail(io_reason(&e)))?;
            self.start = spool.len;
            self.spool = Some(spool);
        }
        let Some(spool) = &mut self.spool else { return Ok(()) };
        let mut rest = self.buffer.as_slice();
        let own = spool.len - self.start + rest.len() as u64;
        if spools.used.load(Ordering::Relaxed).saturating_add(own) > spools.limit {
            let limit = spools.limit / 1_000_000_000;
            return Err(spools.fail(format!("it takes more than {limit} GB, the limit; raise --temp-gb")));
        }
        while !rest.is_empty() {
            let n =
                retry(|| write_at(&spool.file, rest, spool.len)).map_err(|e| spools.fail(io_reason(&e)))?;
            spool.len += n as u64;
            rest = rest.get(n..).unwrap_or_default();
        }
        self.buffer.clear();
        Ok(())
    }
}

impl Write for SpoolWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= BUFFER {
            self.spill()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for SpoolWriter<'_> {
    fn drop(&mut self) {
        if let Some(spool) = self.spool.take() {
            lock(&self.spools.free).push(Spool { len: self.start, ..spool });
        }
    }
}

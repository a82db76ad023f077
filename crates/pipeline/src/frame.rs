//! Values in files that must be known again: a first line, the value, a hash of both.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, Write};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

/// Bytes of the hash at the end.
pub(crate) const HASH: usize = 8;

/// Write a value behind its first line.
pub(crate) fn write(magic: &[u8], value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut out = Hashing::new(out);
    out.write_all(magic)?;
    postcard::to_io(value, &mut out).map_err(io::Error::other)?;
    out.end()
}

/// Read it back: none when it is damaged or of another kind.
pub(crate) fn read<T: DeserializeOwned>(magic: &[u8], bytes: &[u8]) -> Option<T> {
    let (body, hash) = bytes.split_at_checked(bytes.len().checked_sub(HASH)?)?;
    let value = postcard::from_bytes(body.strip_prefix(magic)?).ok()?;
    (xxh3_64(body).to_le_bytes() == hash).then_some(value)
}

/// Hashes what it writes.
pub(crate) struct Hashing<'a> {
    out: &'a mut dyn Write,
    hash: Xxh3Default,
}

impl<'a> Hashing<'a> {
    pub(crate) fn new(out: &'a mut dyn Write) -> Self {
        Self { out, hash: Xxh3Default::new() }
    }

    /// The hash of all that was written.
    pub(crate) fn digest(&self) -> u64 {
        self.hash.digest()
    }

    /// Write it too.
    pub(crate) fn end(self) -> io::Result<()> {
        self.out.write_all(&self.digest().to_le_bytes())
    }
}

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.hash.update(bytes.get(..n).unwrap_or(bytes));
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

//! Distinct strings of a batch.

use arrow::array::{ArrayRef, StringArray};
use arrow::buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use arrow::error::ArrowError;
use hashbrown::HashTable;
use std::hash::{BuildHasher, BuildHasherDefault};
use std::sync::Arc;

/// Distinct strings, numbered from 0 as they come; laid out as the Arrow array they end as.
#[derive(Debug)]
pub(crate) struct Interner {
    arena: String,
    /// Where each string begins, and where the last ends.
    offsets: Vec<i32>,
    ids: HashTable<i32>,
}

impl Default for Interner {
    fn default() -> Self {
        Self { arena: String::new(), offsets: vec![0], ids: HashTable::new() }
    }
}

fn hash(text: &str) -> u64 {
    BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one(text)
}

fn cut<'a>(arena: &'a str, offsets: &[i32], id: i32) -> Option<&'a str> {
    let id = id as usize;
    match offsets.get(id..id + 2) {
        Some(&[start, end]) => arena.get(start as usize..end as usize),
        _ => None,
    }
}

impl Interner {
    /// The number of a string.
    pub(crate) fn intern(&mut self, text: &str) -> i32 {
        let hashed = hash(text);
        let (arena, offsets) = (&self.arena, &self.offsets);
        if let Some(&id) = self.ids.find(hashed, |&id| cut(arena, offsets, id) == Some(text)) {
            return id;
        }
        let id = self.append(text);
        let (arena, offsets) = (&self.arena, &self.offsets);
        self.ids.insert_unique(hashed, id, |&other| hash(cut(arena, offsets, other).unwrap_or("")));
        id
    }

    /// The string of a number.
    pub(crate) fn get(&self, id: i32) -> Option<&str> {
        cut(&self.arena, &self.offsets, id)
    }

    /// The number of a string that is known to be new; it will not be found again.
    pub(crate) fn append(&mut self, text: &str) -> i32 {
        let id = (self.offsets.len() - 1) as i32;
        self.arena.push_str(text);
        self.offsets.push(self.arena.len() as i32);
        id
    }

    /// Bytes of all distinct strings.
    pub(crate) fn bytes(&self) -> usize {
        self.arena.len()
    }

    /// All strings, in the order of their numbers.
    pub(crate) fn into_strings(self) -> Result<StringArray, ArrowError> {
        let offsets = OffsetBuffer::new(ScalarBuffer::from(self.offsets));
        StringArray::try_new(offsets, Buffer::from_vec(self.arena.into_bytes()), None)
    }

    /// As [`Interner::into_strings`].
    pub(crate) fn into_array(self) -> Result<ArrayRef, ArrowError> {
        self.into_strings().map(|strings| Arc::new(strings) as ArrayRef)
    }
}

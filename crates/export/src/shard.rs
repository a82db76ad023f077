//! Parts of a run, written by themselves and put together later: the very same bytes as one run writes.
//!
//! A shard is an output folder like any other, without the tables of the whole corpus, and with two files more: the
//! journal, which says where each batch is and keeps the note on it, and what the caller needs to know of the part.

use crate::folder::{SHARD_JOURNAL, SHARD_STATE};
use crate::journal::{Head, Mark, borne_out};
use crate::output::{Notes, Written};
use crate::{ExportError, Output, Table, tables};
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// The tables that only the whole corpus fills.
const OF_ALL: [&str; 2] = ["terms", "entities"];

/// True for a table that a shard of a run has.
///
/// ```
/// use decalque_export::{is_in_shards, table};
/// assert!(is_in_shards(table("tokens").unwrap()));
/// assert!(!is_in_shards(table("terms").unwrap()));
/// ```
pub fn is_in_shards(table: &Table) -> bool {
    !OF_ALL.contains(&table.name)
}

impl Output {
    /// As [`Output::finish`], of a part of a run: the folder can then be given to [`Shard::open`], which hands out
    /// `state`.
    ///
    /// # Errors
    /// Those of [`Output::finish`].
    ///
    /// ```
    /// # fn main() -> Result<(), decalque_export::ExportError> {
    /// # let (dir, all) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    /// use decalque_export::{Options, Output, Shard, is_in_shards};
    /// use decalque_text::Source;
    /// let mut options = Options::default();
    /// options.tables.retain(|table| is_in_shards(table));
    /// let mut part = Output::create(dir.path(), &options)?;
    /// let mut batch = part.batch();
    /// batch.reject(&Source { doc_id: "a".into(), ..Source::default() });
    /// part.append(batch.encode()?, b"note")?;
    /// part.finish_shard(b"first of one", |_| serde_json::json!({}))?;
    ///
    /// let shard = Shard::open(dir.path())?;
    /// assert_eq!(shard.state(), b"first of one");
    /// let mut out = Output::create(all.path(), &Options::default())?;
    /// (0..shard.len()).try_for_each(|n| out.adopt(&shard, n))?;
    /// assert_eq!(out.rows().next(), Some(("sources", 1)));
    /// # Ok(()) }
    /// ```
    pub fn finish_shard(
        self,
        state: &[u8],
        manifest: impl FnOnce(&Written) -> serde_json::Value,
    ) -> Result<Written, ExportError> {
        self.keep(SHARD_STATE, |out| out.write_all(state))?;
        self.finish_with(&[SHARD_JOURNAL, SHARD_STATE], manifest)
    }

    /// Append batch `n` of a shard, with its note: the bytes of its row groups as they are.
    ///
    /// # Errors
    /// Those of [`Output::append`], and [`ExportError::File`] when the shard cannot be read.
    pub fn adopt(&mut self, shard: &Shard, n: usize) -> Result<(), ExportError> {
        let Some(head) = shard.heads.get(n) else { return Ok(()) };
        let batch = shard.files.iter().zip(&head.marks);
        let groups = batch.filter_map(|((table, file), mark)| Some((*table, file, mark.footer.as_deref()?)));
        self.adopt_groups(groups, head.order.clone(), &shard.notes.read(shard.notes.place(n))?)
    }
}

/// A finished shard, open to be read.
#[derive(Debug)]
pub struct Shard {
    state: Vec<u8>,
    heads: Vec<Head>,
    notes: Notes,
    files: Vec<(&'static Table, File)>,
}

impl Shard {
    /// Open the folder that [`Output::finish_shard`] wrote. Every byte of its row groups is compared with the hashes in
    /// its journal.
    ///
    /// # Errors
    /// [`ExportError::NoShard`] when the folder holds none, or a damaged one; [`ExportError::Place`] when a move that was
    /// interrupted cannot be completed.
    pub fn open(dir: &Path) -> Result<Self, ExportError> {
        crate::settle(dir)?;
        let wrong = |reason: &str| ExportError::NoShard { path: dir.to_owned(), reason: reason.to_owned() };
        let said = |e: io::Error| wrong(&e.to_string());
        let state = fs::read(dir.join(SHARD_STATE)).map_err(|_| wrong("it is no part of a run"))?;
        let (notes, heads) = Notes::read_finished(&dir.join(SHARD_JOURNAL)).map_err(said)?;
        let files = tables_of(dir)?;
        for (i, (table, _)) in files.iter().enumerate() {
            let marks: Vec<&Mark> = heads.iter().filter_map(|h| h.marks.get(i)).collect();
            let is_whole = marks.len() == heads.len()
                && borne_out(&dir.join(table.file_name()), &marks).map_err(said)? == heads.len();
            if !is_whole {
                return Err(wrong(&format!("{} was changed, or is of another run", table.file_name())));
            }
        }
        let is_fit = heads.iter().all(|h| h.marks.len() == files.len());
        if is_fit { Ok(Self { state, heads, notes, files }) } else { Err(wrong("a table is missing")) }
    }

    /// What the caller of [`Output::finish_shard`] had to say.
    pub fn state(&self) -> &[u8] {
        &self.state
    }

    /// Number of batches.
    #[expect(clippy::len_without_is_empty, reason = "nobody asks")]
    pub const fn len(&self) -> usize {
        self.heads.len()
    }
}

/// The tables of a shard, in the order of [`crate::tables`].
fn tables_of(dir: &Path) -> Result<Vec<(&'static Table, File)>, ExportError> {
    let there = tables().iter().filter(|t| is_in_shards(t) && dir.join(t.file_name()).is_file());
    let open = |table: &'static Table| {
        let path = dir.join(table.file_name());
        let file = File::open(&path).map_err(|source| ExportError::Read { path, source })?;
        Ok((table, file))
    };
    there.map(open).collect()
}

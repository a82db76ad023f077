//! Whether an output folder is what a run wrote: files against the manifest, tables against one another, positions
//! against the texts.

mod columns;
mod files;
mod laws;
mod slices;

use crate::folder::settle;
use crate::{ExportError, Table};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Problems told of one table; the others are counted.
const TOLD: usize = 5;

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The tables that were read, with their rows, in the order of [`tables`](crate::tables).
    pub tables: Vec<(&'static str, u64)>,
    /// Positions that were compared with their texts.
    pub positions: u64,
    /// Every problem: the file or table, and a sentence. Of many in one table the first few.
    pub problems: Vec<(String, String)>,
    /// How many problems each file or table has.
    pub counts: BTreeMap<String, u64>,
    /// What could not be checked because tables were not written, as sentences.
    pub skipped: Vec<String>,
}

impl Report {
    /// True when nothing is wrong.
    ///
    /// ```
    /// assert!(decalque_export::Report::default().is_whole());
    /// ```
    pub fn is_whole(&self) -> bool {
        self.counts.is_empty()
    }

    fn problem(&mut self, place: &str, sentence: impl FnOnce() -> String) {
        let count = self.counts.entry(place.to_owned()).or_default();
        *count += 1;
        if *count <= TOLD as u64 {
            self.problems.push((place.to_owned(), sentence()));
        }
    }
}

/// Check an output folder: that `manifest.json` is there and every table is the file it speaks of (size, rows,
/// XXH3-64); that the tables have the columns they should have; that rows are in order and every `doc_id` is in
/// `documents`; that counts agree; and that every position of tokens, sentences, corrections, mentions and quotes is
/// where its words are, in the repaired text and in the raw text.
///
/// Tables are read a piece at a time: memory is bounded by the largest document. A move that a killed run left half-way
/// is completed first.
///
/// # Errors
/// [`ExportError::Read`] when the folder cannot be read at all; [`ExportError::Busy`], [`ExportError::Place`] when a
/// move is under way, or cannot be completed. What is wrong with the tables is no error but in the report.
///
/// ```
/// # let dir = tempfile::tempdir().unwrap();
/// assert!(decalque_export::check(&dir.path().join("missing")).is_err());
/// assert!(!decalque_export::check(dir.path()).unwrap().is_whole()); // no manifest
/// ```
pub fn check(folder: &Path) -> Result<Report, ExportError> {
    std::fs::read_dir(folder).map_err(|source| ExportError::Read { path: folder.to_owned(), source })?;
    settle(folder)?;
    let mut report = Report::default();
    let found = files::check(folder, &mut report);
    report.tables = found.iter().map(|f| (f.table.name, f.rows)).collect();
    laws::check(&found, &mut report);
    Ok(report)
}

/// A table whose file can be read.
#[derive(Debug)]
struct Found {
    table: &'static Table,
    path: PathBuf,
    rows: u64,
}

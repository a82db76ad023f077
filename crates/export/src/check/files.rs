//! The files of a folder against its manifest.

use super::{Found, Report};
use crate::folder::MANIFEST;
use crate::{Table, tables};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::Value;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use xxhash_rust::xxh3::Xxh3Default;

/// The tables that can be read, in the order of [`tables`].
pub(super) fn check(folder: &Path, report: &mut Report) -> Vec<Found> {
    let manifest = manifest(folder, report);
    let listed = manifest.as_ref().and_then(|m| m.get("tables"));
    if let (Some(_), None) = (&manifest, listed) {
        report.problem(MANIFEST, || "it lists no tables: an older version wrote it; run again".to_owned());
    }
    let mut found = Vec::new();
    for table in tables() {
        let path = folder.join(table.file_name());
        match (listed.and_then(|l| l.get(table.name)), path.exists()) {
            (Some(about), true) => found.extend(one(table, &path, Some(about), report)),
            (Some(_), false) => report.problem(&table.file_name(), || "it is missing".to_owned()),
            (None, true) if listed.is_some() => {
                report.problem(&table.file_name(), || {
                    "it is not of this run: the manifest does not list it".to_owned()
                });
            }
            (None, true) => found.extend(one(table, &path, None, report)),
            (None, false) => {}
        }
    }
    if let Some(counts) = manifest.as_ref().and_then(|m| m.get("counts")) {
        agree(counts, &found, report);
    }
    found
}

fn manifest(folder: &Path, report: &mut Report) -> Option<Value> {
    let text = match std::fs::read(folder.join(MANIFEST)) {
        Ok(text) => text,
        Err(e) => {
            let why = if e.kind() == io::ErrorKind::NotFound {
                "it is missing: no run was finished here".to_owned()
            } else {
                format!("it cannot be read: {e}")
            };
            report.problem(MANIFEST, || why);
            return None;
        }
    };
    let parsed = serde_json::from_slice(&text);
    parsed.map_err(|e| report.problem(MANIFEST, || format!("it is not valid JSON: {e}"))).ok()
}

/// A file against what the manifest says of it; none when it is damaged, so that nothing goes by what it says.
fn one(table: &'static Table, path: &Path, about: Option<&Value>, report: &mut Report) -> Option<Found> {
    let number = |key: &str| about?.get(key)?.as_u64();
    let read = || {
        let (bytes, hash) = hash(path).map_err(|e| format!("it cannot be read: {e}"))?;
        if let Some(want) = number("bytes").filter(|&want| want != bytes) {
            return Err(format!("it has {bytes} bytes; the manifest says {want}"));
        }
        if let Some(want) = about.and_then(|a| a.get("xxh3")?.as_str()).filter(|want| *want != hash) {
            return Err(format!("its XXH3-64 is {hash}; the manifest says {want}"));
        }
        let rows = rows(table, path)?;
        match number("rows").filter(|&want| want != rows) {
            Some(want) => Err(format!("it has {rows} rows; the manifest says {want}")),
            None => Ok(Found { table, path: path.to_owned(), rows }),
        }
    };
    read().map_err(|why| report.problem(&table.file_name(), || why)).ok()
}

/// Size and XXH3-64 of a file.
fn hash(path: &Path) -> io::Result<(u64, String)> {
    let (mut file, mut hasher) = (File::open(path)?, Xxh3Default::new());
    let (mut block, mut bytes) = (vec![0; 1 << 16], 0);
    loop {
        let n = file.read(&mut block)?;
        if n == 0 {
            return Ok((bytes, format!("{:016x}", hasher.digest())));
        }
        bytes += n as u64;
        hasher.update(block.get(..n).unwrap_or_default());
    }
}

/// Rows of a table by its footer, if it has the columns it should have.
fn rows(table: &Table, path: &Path) -> Result<u64, String> {
    let open = File::open(path).map_err(|e| format!("it cannot be read: {e}"))?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(open);
    let reader = reader.map_err(|e| format!("it is no Parquet file: {e}"))?;
    let (have, want) = (reader.schema(), table.arrow_schema());
    let name = |f: &arrow::datatypes::FieldRef| format!("{} {}", f.name(), f.data_type());
    let (have, want): (Vec<_>, Vec<_>) =
        (have.fields().iter().map(name).collect(), want.fields().iter().map(name).collect());
    match want.iter().find(|column| !have.contains(column)) {
        Some(missing) => Err(format!("it has no column {missing}: another version wrote it; run again")),
        None => Ok(u64::try_from(reader.metadata().file_metadata().num_rows()).unwrap_or(0)),
    }
}

/// Counts of the manifest that are rows of a table.
fn agree(counts: &Value, found: &[Found], report: &mut Report) {
    for name in ["documents", "sentences", "tokens", "quotes"] {
        let rows = found.iter().find(|f| f.table.name == name).map(|f| f.rows);
        let want = counts.get(name).and_then(Value::as_u64);
        if let (Some(rows), Some(want)) = (rows, want)
            && rows != want
        {
            report.problem(MANIFEST, || format!("it counts {want} {name}; the table has {rows}"));
        }
    }
}

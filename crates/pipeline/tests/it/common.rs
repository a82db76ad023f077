//! Reading the tables back.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::Int32Type;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::BTreeMap;
use std::path::Path;

/// A row of a table with places; fields that a table lacks are empty.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub(crate) doc_id: String,
    pub(crate) char_start: usize,
    pub(crate) char_end: usize,
    pub(crate) raw_start: usize,
    pub(crate) raw_end: usize,
    pub(crate) paragraph: i32,
    pub(crate) role: String,
    pub(crate) text: String,
    pub(crate) status: String,
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) speaker_text: String,
    /// char_start, char_end, raw_start, raw_end of the words that name the speaker; zeros when there are none.
    pub(crate) speaker: [usize; 4],
}

fn batches(folder: &Path, table: &str) -> Vec<RecordBatch> {
    let file = std::fs::File::open(folder.join(format!("{table}.parquet"))).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    reader.map(Result::unwrap).collect()
}

fn string(batch: &RecordBatch, column: &str, i: usize) -> String {
    let Some(array) = batch.column_by_name(column) else { return String::new() };
    if array.is_null(i) { String::new() } else { array.as_string::<i32>().value(i).to_owned() }
}

fn int(batch: &RecordBatch, column: &str, i: usize) -> i32 {
    let value =
        |a: &arrow::array::ArrayRef| if a.is_null(i) { 0 } else { a.as_primitive::<Int32Type>().value(i) };
    batch.column_by_name(column).map_or(0, value)
}

pub(crate) fn rows(folder: &Path, table: &str) -> Vec<Row> {
    let row = |b: &RecordBatch, i: usize| {
        let place = |column: &str| usize::try_from(int(b, column, i)).unwrap();
        Row {
            doc_id: string(b, "doc_id", i),
            char_start: place("char_start"),
            char_end: place("char_end"),
            raw_start: place("raw_start"),
            raw_end: place("raw_end"),
            paragraph: int(b, "paragraph", i),
            role: string(b, "role", i),
            text: string(b, "text", i),
            status: string(b, "status", i),
            before: string(b, "before", i),
            after: string(b, "after", i),
            speaker_text: string(b, "speaker_text", i),
            speaker: ["char_start", "char_end", "raw_start", "raw_end"]
                .map(|c| place(&format!("speaker_{c}"))),
        }
    };
    let batches = batches(folder, table);
    batches.iter().flat_map(|b| (0..b.num_rows()).map(|i| row(b, i)).collect::<Vec<_>>()).collect()
}

/// Clean and raw text of every document, as characters.
pub(crate) struct Texts {
    pub(crate) clean: BTreeMap<String, Vec<char>>,
    pub(crate) raw: BTreeMap<String, Vec<char>>,
}

pub(crate) fn texts(folder: &Path) -> Texts {
    let column = |table: &str, column: &str| {
        let mut out = BTreeMap::new();
        for b in batches(folder, table) {
            out.extend(
                (0..b.num_rows()).map(|i| (string(&b, "doc_id", i), string(&b, column, i).chars().collect())),
            );
        }
        out
    };
    Texts { clean: column("documents", "text"), raw: column("sources", "raw_text") }
}

pub(crate) fn slice(chars: &[char], start: usize, end: usize) -> String {
    chars[start..end].iter().collect()
}

//! Reading a table row by row.

use super::Found;
use arrow::array::{Array, ArrayRef, AsArray, Int32Array, RecordBatch, StringArray};
use arrow::datatypes::Int32Type;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use std::fs::File;

/// A table read in order, a batch at a time; only the columns that are asked for.
pub(super) struct Cursor {
    reader: ParquetRecordBatchReader,
    texts: Vec<&'static str>,
    numbers: Vec<&'static str>,
    batch: Option<Columns>,
    at: usize,
    /// The row the cursor stands on, counted in the table.
    pub(super) row: u64,
}

struct Columns {
    texts: Vec<StringArray>,
    numbers: Vec<Int32Array>,
    rows: usize,
}

impl Cursor {
    /// At the first row. `rows` are read at a time; fewer where they hold whole texts.
    pub(super) fn open(
        found: &Found,
        texts: &[&'static str],
        numbers: &[&'static str],
        rows: usize,
    ) -> Result<Self, String> {
        let file = File::open(&found.path).map_err(|e| format!("it cannot be read: {e}"))?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(damaged)?;
        let names = texts.iter().chain(numbers).copied();
        let mask = ProjectionMask::columns(builder.parquet_schema(), names);
        let reader = builder.with_projection(mask).with_batch_size(rows).build().map_err(damaged)?;
        let (texts, numbers) = (texts.to_vec(), numbers.to_vec());
        let mut this = Self { reader, texts, numbers, batch: None, at: 0, row: 0 };
        this.fill()?;
        Ok(this)
    }

    /// Go to the next row.
    pub(super) fn step(&mut self) -> Result<(), String> {
        self.at += 1;
        self.row += 1;
        if self.batch.as_ref().is_some_and(|b| self.at >= b.rows) { self.fill() } else { Ok(()) }
    }

    fn fill(&mut self) -> Result<(), String> {
        (self.batch, self.at) = (None, 0);
        while let Some(batch) = self.reader.next() {
            let batch = batch.map_err(damaged)?;
            if batch.num_rows() > 0 {
                self.batch = Some(self.columns(&batch)?);
                return Ok(());
            }
        }
        Ok(())
    }

    fn columns(&self, batch: &RecordBatch) -> Result<Columns, String> {
        let column = |name: &&'static str| -> Result<ArrayRef, String> {
            batch.column_by_name(name).cloned().ok_or_else(|| format!("it has no column {name}"))
        };
        let other = |name: &str| format!("its column {name} is of another type");
        let text = |name| Ok(column(name)?.as_string_opt::<i32>().ok_or_else(|| other(name))?.clone());
        let number =
            |name| Ok(column(name)?.as_primitive_opt::<Int32Type>().ok_or_else(|| other(name))?.clone());
        Ok(Columns {
            texts: self.texts.iter().map(text).collect::<Result<_, String>>()?,
            numbers: self.numbers.iter().map(number).collect::<Result<_, String>>()?,
            rows: batch.num_rows(),
        })
    }

    /// False at the end of the table.
    pub(super) fn is_there(&self) -> bool {
        self.batch.is_some()
    }

    /// The `i`th text column that was asked for; none when it is null, and at the end.
    pub(super) fn text(&self, i: usize) -> Option<&str> {
        let column = self.batch.as_ref()?.texts.get(i)?;
        (self.at < column.len() && column.is_valid(self.at)).then(|| column.value(self.at))
    }

    /// The `i`th number column that was asked for; none when it is null, and at the end.
    pub(super) fn number(&self, i: usize) -> Option<i32> {
        let column = self.batch.as_ref()?.numbers.get(i)?;
        (self.at < column.len() && column.is_valid(self.at)).then(|| column.value(self.at))
    }
}

/// What a broken page means.
fn damaged(error: impl std::fmt::Display) -> String {
    format!("it is damaged: {error}")
}

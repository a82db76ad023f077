//! Parquet: one record a row.
//!
//! Rows are read once, in order, and kept as JSON lines in a temporary file. Documents are visited in the order of their
//! ids; rows of one group are no neighbours in it, and a group would be unpacked again for each of them.

use super::fields::{self, Columns};
use super::store::{Open, Spools, Stream};
use crate::files::io_reason;
use arrow::array::{Array, ArrayRef, RecordBatch, make_array};
use arrow::datatypes::{DataType, SchemaRef};
use arrow::error::ArrowError;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{ChunkReader, Length};
use serde_json::{Map, Value};
use std::io::{BufReader, Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes of values that are unpacked together, about.
const BATCH_BYTES: u64 = 16_000_000;

/// All rows as JSON lines.
///
/// # Errors
/// Why the file is rejected, as a sentence.
pub(crate) fn as_lines(
    open: &Open,
    columns: &Columns,
    spools: &Spools,
    most: u64,
) -> Result<super::store::Content, String> {
    // A damaged file may make the library panic; the file is then rejected and the run goes on.
    let read = catch_unwind(AssertUnwindSafe(|| lines(open, columns, spools, most)));
    read.unwrap_or_else(|_| Err("the Parquet file is damaged".to_owned()))
}

fn lines(
    open: &Open,
    columns: &Columns,
    spools: &Spools,
    most: u64,
) -> Result<super::store::Content, String> {
    let damaged = |e: &dyn std::fmt::Display| format!("the Parquet file cannot be read: {e}");
    let builder = ParquetRecordBatchReaderBuilder::try_new(Chunks(open.clone())).map_err(|e| damaged(&e))?;
    let schema = builder.schema().clone();
    check(&schema, columns)?;
    let (rows, bytes) = size(builder.metadata());
    if bytes > most {
        return Err(super::too_much(most));
    }
    let kept = schema.fields().iter().enumerate().filter(|(_, f)| is_kept(f.data_type())).map(|(i, _)| i);
    let mask = ProjectionMask::roots(builder.parquet_schema(), kept);
    let batch = (BATCH_BYTES.saturating_mul(rows) / bytes.max(1)).clamp(1, 1024) as usize;
    let reader = builder.with_projection(mask).with_batch_size(batch).build().map_err(|e| damaged(&e))?;
    let (mut out, mut left) = (spools.writer(), most);
    for batch in reader {
        for line in json(&batch.map_err(|e| damaged(&e))?)? {
            left = left.checked_sub(line.len() as u64 + 1).ok_or_else(|| super::too_much(most))?;
            writeln!(out, "{line}").map_err(|e| io_reason(&e))?;
        }
    }
    out.finish().map_err(|e| io_reason(&e))
}

/// Rows and bytes as the footer gives them, which may lie.
fn size(metadata: &ParquetMetaData) -> (u64, u64) {
    metadata.row_groups().iter().fold((0, 0), |(rows, bytes): (u64, u64), group| {
        let (more, size) = (group.num_rows().unsigned_abs(), group.total_byte_size().unsigned_abs());
        (rows.saturating_add(more), bytes.saturating_add(size))
    })
}

fn check(schema: &SchemaRef, columns: &Columns) -> Result<(), String> {
    let names: Vec<String> = schema.fields().iter().map(|f| f.name().clone()).collect();
    if let Some(reason) = columns.missing(&names) {
        return Err(reason);
    }
    let text = fields::position(names.iter().map(String::as_str), &columns.text);
    match text.map(|i| schema.field(i)).filter(|field| !is_kept(field.data_type())) {
        Some(field) => {
            Err(format!("its column {} holds {}: cast it to a string", field.name(), field.data_type()))
        }
        None => Ok(()),
    }
}

/// Times of a named zone as those of UTC: which offset a zone had when is nothing that the file tells.
fn in_utc(array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    match array.data_type() {
        DataType::Timestamp(unit, Some(zone)) if !zone.starts_with(['+', '-']) => {
            let utc = DataType::Timestamp(*unit, Some("+00:00".into()));
            Ok(make_array(array.to_data().into_builder().data_type(utc).build()?))
        }
        _ => Ok(array.clone()),
    }
}

/// Strings, numbers, dates and lists of strings; binary data and nested structures are left out.
fn is_kept(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_kept(values),
        DataType::List(item) | DataType::LargeList(item) => is_string(item.data_type()),
        _ => is_string(kind) || is_number(kind) || kind.is_temporal() || *kind == DataType::Boolean,
    }
}

fn is_string(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

fn is_number(kind: &DataType) -> bool {
    kind.is_integer() || matches!(kind, DataType::Float32 | DataType::Float64)
}

/// The rows of a batch as JSON objects; values that are missing are left out.
fn json(batch: &RecordBatch) -> Result<Vec<String>, String> {
    let options = FormatOptions::new().with_null("");
    let broken = |e: ArrowError| format!("the Parquet file cannot be read: {e}");
    let (schema, arrays) = (batch.schema(), batch.columns().iter().map(in_utc));
    let arrays = arrays.collect::<Result<Vec<_>, _>>().map_err(broken)?;
    let mut columns = Vec::new();
    for (field, array) in schema.fields().iter().zip(&arrays) {
        columns.push((field.name(), array, ArrayFormatter::try_new(array, &options).map_err(broken)?));
    }
    let row = |i: usize| {
        let mut row = Map::new();
        for (name, array, format) in &columns {
            if array.is_valid(i) {
                let text = format.value(i).try_to_string().map_err(broken)?;
                row.insert((*name).clone(), value(array.data_type(), text));
            }
        }
        Ok(Value::Object(row).to_string())
    };
    (0..batch.num_rows()).map(row).collect()
}

fn value(kind: &DataType, text: String) -> Value {
    if is_number(kind) || *kind == DataType::Boolean {
        serde_json::from_str(&text).unwrap_or(Value::String(text))
    } else {
        Value::String(text)
    }
}

/// The file as the library wants it.
struct Chunks(Open);

impl Length for Chunks {
    fn len(&self) -> u64 {
        self.0.len()
    }
}

impl ChunkReader for Chunks {
    type T = BufReader<Stream>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        let mut stream = self.0.stream(0);
        stream.seek(SeekFrom::Start(start))?;
        Ok(BufReader::new(stream))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        let bytes = self.0.bytes(start, length as u64).map_err(ParquetError::General)?;
        if bytes.len() == length {
            Ok(bytes.into())
        } else {
            Err(ParquetError::EOF("the file is cut off".into()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::TimestampSecondArray;
    use std::sync::Arc;

    #[test]
    fn a_time_of_a_named_zone_keeps_its_instant() {
        let check = |zone: &str, want: &str| {
            let times = TimestampSecondArray::from(vec![1_456_437_600]).with_timezone(zone);
            let times: ArrayRef = Arc::new(times);
            let lines = json(&RecordBatch::try_from_iter([("date", times)]).unwrap()).unwrap();
            assert!(lines[0].contains(want), "{zone}: {}", lines[0]);
        };
        check("UTC", "2016-02-25T22:00:00Z");
        check("Europe/Moscow", "2016-02-25T22:00:00Z");
        check("+03:00", "2016-02-26T01:00:00+03:00");
    }
}

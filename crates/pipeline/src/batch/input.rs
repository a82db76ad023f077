//! Documents in a record batch.

use crate::Error;
use crate::read::{Columns, LARGEST, document, names, position, read_as, too_large};
use arrow::array::{Array, AsArray, LargeStringArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use decalque_text::{Metadata, Source};
use serde_json::{Map, Value};
use xxhash_rust::xxh3::xxh3_64;

/// Most bytes of text that are worked on together: the strings of a table must stay below 2 GiB.
const MOST: u64 = LARGEST;

/// The column of the ids.
const ID: &str = "doc_id";

/// The documents of a batch, their columns found and of one type.
pub(super) struct Documents<'a> {
    columns: &'a Columns,
    ids: LargeStringArray,
    text: LargeStringArray,
    /// By name; those that the batch has.
    fields: Vec<(&'a str, LargeStringArray)>,
}

impl<'a> Documents<'a> {
    pub(super) fn of(batch: &RecordBatch, columns: &'a Columns) -> Result<Self, Error> {
        let ids = required(batch, ID)?;
        check_ids(&ids)?;
        let text = required(batch, &columns.text)?;
        check_size(&text, &columns.text)?;
        let mut fields = Vec::new();
        for name in ["title", "url", "author", columns.date.as_str()] {
            fields.extend(strings(batch, name)?.map(|array| (name, array)));
        }
        Ok(Self { columns, ids, text, fields })
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Source, Metadata)> {
        (0..self.ids.len()).map(|i| self.load(i))
    }

    /// A document as it would be read from a record of these fields.
    fn load(&self, i: usize) -> (Source, Metadata) {
        let text = self.text.is_valid(i).then(|| self.text.value(i));
        let bytes = text.unwrap_or_default().as_bytes();
        let source = Source {
            doc_id: self.ids.value(i).to_owned(),
            bytes: bytes.len() as u64,
            content_hash: xxh3_64(bytes),
            ..Source::default()
        };
        if source.bytes > LARGEST {
            let reason = too_large(source.bytes);
            return read_as(source, Err(reason));
        }
        let mut record = Map::new();
        let present = self.fields.iter().filter(|(_, array)| array.is_valid(i));
        record.extend(present.map(|(name, array)| ((*name).to_owned(), array.value(i).into())));
        record.insert(self.columns.text.clone(), text.map_or(Value::Null, Value::from));
        read_as(source, document(record, self.columns))
    }
}

/// The place of a column, by its name or else by its name in other case.
fn place(batch: &RecordBatch, name: &str) -> Option<usize> {
    let schema = batch.schema();
    position(schema.fields().iter().map(|f| f.name().as_str()), name)
}

/// A column that must be there.
///
/// # Errors
/// That it is not, with those that are.
pub(super) fn found(batch: &RecordBatch, name: &str) -> Result<usize, Error> {
    place(batch, name).ok_or_else(|| {
        let (schema, name) = (batch.schema(), name.to_owned());
        let reason = format!("is missing; the batch has {}", names(schema.fields().iter().map(|f| f.name())));
        Error::Column { name, reason }
    })
}

fn required(batch: &RecordBatch, name: &str) -> Result<LargeStringArray, Error> {
    found(batch, name).and_then(|i| strings_at(batch, i))
}

fn strings(batch: &RecordBatch, name: &str) -> Result<Option<LargeStringArray>, Error> {
    place(batch, name).map(|i| strings_at(batch, i)).transpose()
}

/// A column of strings of any kind; a column of nothing but nulls may have no type.
fn strings_at(batch: &RecordBatch, i: usize) -> Result<LargeStringArray, Error> {
    let (array, schema) = (batch.column(i), batch.schema());
    let wrong = |reason: String| Error::Column { name: schema.field(i).name().clone(), reason };
    if !is_text(array.data_type()) {
        return Err(wrong(format!("holds {}; it must hold strings", array.data_type())));
    }
    let cast = cast(array, &DataType::LargeUtf8).map_err(|e| wrong(format!("cannot be read: {e}")))?;
    Ok(cast.as_string_opt().cloned().unwrap_or_else(|| LargeStringArray::new_null(array.len())))
}

fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_text(values),
        _ => kind.is_string() || kind.is_null(),
    }
}

/// Every document needs an id, and no reader of the tables may end it early.
fn check_ids(ids: &LargeStringArray) -> Result<(), Error> {
    let is_id = |id: Option<&str>| id.is_some_and(|id| !id.trim().is_empty() && !id.contains('\0'));
    match ids.iter().position(|id| !is_id(id)) {
        Some(row) => {
            let reason =
                format!("has no id in row {row}, counted from 0: null, blank, or with a NUL character");
            Err(Error::Column { name: ID.to_owned(), reason })
        }
        None => Ok(()),
    }
}

fn check_size(text: &LargeStringArray, name: &str) -> Result<(), Error> {
    let sizes = text.iter().flatten().map(|t| t.len() as u64);
    let bytes: u64 = sizes.filter(|&bytes| bytes <= LARGEST).sum();
    let reason = || format!("holds {bytes} bytes; a batch may hold {MOST}: use smaller batches");
    if bytes > MOST { Err(Error::Column { name: name.to_owned(), reason: reason() }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::StringArray;
    use std::sync::Arc;

    #[test]
    fn a_field_under_two_names_is_taken_once() {
        let columns = Columns { text: "title".to_owned(), ..Columns::default() };
        let column = |value: &str| Arc::new(StringArray::from(vec![value])) as arrow::array::ArrayRef;
        let batch = RecordBatch::try_from_iter([("doc_id", column("a")), ("Title", column("It snowed."))]);
        let documents = Documents::of(&batch.unwrap(), &columns);
        let (source, fields) = documents.unwrap().iter().next().unwrap();
        assert_eq!((source.raw_text.as_str(), fields.title), ("It snowed.", None));
    }
}

//! Columns under construction, and the Arrow arrays they become.

use crate::interner::Interner;
use crate::places::{Place, Places};
use crate::schema::item;
use arrow::array::{Array, ArrayRef, DictionaryArray, Int32Array, ListArray, StringArray, StructArray};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{Fields, Int32Type};
use arrow::error::ArrowError;
use decalque_text::Span;
use std::sync::Arc;

/// The arrays of a table, in the order of its columns.
pub(crate) type Arrays = Result<Vec<ArrayRef>, ArrowError>;

/// A dictionary array. Its field is declared plain UTF-8: the writer takes either, and readers see strings.
pub(crate) fn dictionary(keys: Int32Array, values: ArrayRef) -> Result<ArrayRef, ArrowError> {
    Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(keys, values)?))
}

/// Strings that repeat.
#[derive(Debug, Default)]
pub(crate) struct Repeated {
    values: Interner,
    keys: Vec<i32>,
    /// One flag a row; true for a value.
    valid: Vec<bool>,
}

impl Repeated {
    pub(crate) fn push(&mut self, value: &str) {
        // Many columns hold runs of one value.
        let last = self.keys.last().copied().filter(|&key| self.values.get(key) == Some(value));
        self.keys.push(last.unwrap_or_else(|| self.values.intern(value)));
        self.valid.push(true);
    }

    pub(crate) fn push_option(&mut self, value: Option<&str>) {
        match value {
            Some(value) => self.push(value),
            None => {
                self.keys.push(0);
                self.valid.push(false);
            }
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.values.bytes()
    }

    pub(crate) fn into_array(self) -> Result<ArrayRef, ArrowError> {
        let nulls = self.valid.contains(&false).then(|| NullBuffer::from(self.valid));
        dictionary(Int32Array::try_new(self.keys.into(), nulls)?, self.values.into_array()?)
    }
}

/// The doc_id column: one string and one count of rows a document, spread out at the end.
#[derive(Debug, Default)]
pub(crate) struct DocIds {
    values: Vec<String>,
    rows: Vec<usize>,
}

impl DocIds {
    pub(crate) fn push(&mut self, doc_id: &str, rows: usize) {
        if rows > 0 {
            self.values.push(doc_id.to_owned());
            self.rows.push(rows);
        }
    }

    pub(crate) fn into_array(self) -> Result<ArrayRef, ArrowError> {
        let mut keys = Vec::with_capacity(self.rows.iter().sum());
        for (key, rows) in self.rows.iter().enumerate() {
            keys.resize(keys.len() + rows, key as i32);
        }
        dictionary(Int32Array::from(keys), Arc::new(StringArray::from(self.values)))
    }
}

/// The four columns of positions.
#[derive(Debug, Default)]
pub(crate) struct PlaceColumns {
    char_start: Vec<i32>,
    char_end: Vec<i32>,
    raw_start: Vec<i32>,
    raw_end: Vec<i32>,
}

impl PlaceColumns {
    /// Room for so many rows.
    pub(crate) fn with_capacity(rows: usize) -> Self {
        let [char_start, char_end, raw_start, raw_end] = [(); 4].map(|()| Vec::with_capacity(rows));
        Self { char_start, char_end, raw_start, raw_end }
    }

    /// Add the places of many spans of the repaired text, in text order.
    pub(crate) fn extend<S>(&mut self, spans: S, places: &mut Places<'_>)
    where
        S: Iterator<Item = Span> + Clone,
    {
        if places.is_edited() {
            return spans.for_each(|span| self.push(places.of(span)));
        }
        // Both texts are the same.
        let first = self.char_start.len();
        if let Some(end) = places.ascii() {
            self.char_start.extend(spans.clone().map(|span| span.start.min(end) as i32));
            self.char_end.extend(spans.map(|span| span.end.min(end) as i32));
        } else {
            for (start, end) in spans.map(|span| places.chars(span)) {
                self.char_start.push(start);
                self.char_end.push(end);
            }
        }
        self.raw_start.extend_from_slice(&self.char_start[first..]);
        self.raw_end.extend_from_slice(&self.char_end[first..]);
    }

    #[inline]
    pub(crate) fn push(&mut self, place: Place) {
        self.char_start.push(place.chars.0);
        self.char_end.push(place.chars.1);
        self.raw_start.push(place.raw.0);
        self.raw_end.push(place.raw.1);
    }

    /// char_start, char_end, raw_start, raw_end.
    pub(crate) fn into_arrays(self) -> [ArrayRef; 4] {
        [self.char_start, self.char_end, self.raw_start, self.raw_end].map(int32)
    }
}

pub(crate) fn int32(values: Vec<i32>) -> ArrayRef {
    Arc::new(Int32Array::from(values))
}

/// A count as the tables hold it: the few that do not fit are cut off at the largest.
pub(crate) fn fit32(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// As [`fit32`], for bytes and counts over the corpus.
pub(crate) fn fit64(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A list of structs for each row: the columns of all elements, one after the other, and how many each row has.
pub(crate) fn list(
    fields: Fields,
    columns: Vec<ArrayRef>,
    lengths: impl IntoIterator<Item = usize>,
) -> Result<ArrayRef, ArrowError> {
    let values = StructArray::try_new(fields.clone(), columns, None)?;
    let offsets = OffsetBuffer::from_lengths(lengths);
    Ok(shared(ListArray::try_new(item(fields), offsets, shared(values), None)?))
}

/// An array of any kind, shared.
pub(crate) fn shared(array: impl Array + 'static) -> ArrayRef {
    Arc::new(array)
}

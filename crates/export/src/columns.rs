//! Columns under construction, and the Arrow arrays they become.

use crate::delta::Packer;
use crate::dictionary::{Coded, Ids};
use crate::interner::Interner;
use crate::places::{Place, Places};
use crate::schema::item;
use crate::texts::Pager;
use arrow::array::{
    Array, ArrayRef, DictionaryArray, Int32Array, LargeStringBuilder, ListArray, StringArray, StructArray,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{Fields, Int32Type};
use arrow::error::ArrowError;
use decalque_text::Span;
use std::sync::Arc;

/// The arrays of a table, in the order of its columns.
pub(crate) type Arrays = Result<Vec<ArrayRef>, ArrowError>;

/// The columns of a table, in their order.
pub(crate) type Columns = Result<Vec<Content>, ArrowError>;

/// As columns.
pub(crate) fn columns(arrays: Arrays) -> Columns {
    Ok(arrays?.into_iter().map(Content::from).collect())
}

/// What stands in a column, when it is complete.
#[derive(Debug)]
pub(crate) enum Content {
    Array(ArrayRef),
    /// Strings that repeat.
    Coded(Coded),
    /// Integers that are packed already.
    Packed(Packer),
    /// Texts that are in pages already.
    Paged(Box<Pager>),
}

impl Content {
    /// The column as an array.
    ///
    /// # Errors
    /// When it was laid down for a file already.
    pub(crate) fn into_array(self) -> Result<ArrayRef, ArrowError> {
        match self {
            Self::Array(array) => Ok(array),
            Self::Coded(column) => column.into_array(),
            Self::Packed(_) | Self::Paged(_) => Err(ArrowError::CastError("pages are no array".into())),
        }
    }
}

impl From<ArrayRef> for Content {
    fn from(array: ArrayRef) -> Self {
        Self::Array(array)
    }
}

/// A column of few strings, all of them known before; which one each row holds.
pub(crate) fn few<'s>(names: impl IntoIterator<Item = &'s str>, mut ids: Vec<u8>) -> Content {
    let (mut is_used, mut numbers, mut values) = ([false; 256], [0; 256], Vec::new());
    ids.iter().for_each(|&id| is_used[usize::from(id)] = true);
    // The footer tells the least and the greatest of the values: they must be those that are there.
    for (id, name) in names.into_iter().enumerate().take(256).filter(|&(id, _)| is_used[id]) {
        numbers[id] = values.len() as u8;
        values.push(name);
    }
    ids.iter_mut().for_each(|id| *id = numbers[usize::from(*id)]);
    Content::Coded(Coded { values: StringArray::from(values), ids: Ids::Few(ids) })
}

/// A column of one string in so many rows.
pub(crate) fn constant(value: &str, rows: usize) -> Content {
    Content::Coded(Coded { values: StringArray::from_iter_values([value]), ids: Ids::Ends(vec![rows]) })
}

/// Integers of a column, or those of them that are not packed yet.
#[derive(Debug, Default)]
pub(crate) struct Ints {
    values: Vec<i32>,
    packer: Option<Packer>,
}

/// Integers that wait to be packed: they stay in the first cache.
const WAITING: usize = 2048;

impl Ints {
    /// No integers yet, but room for some. They are packed as they come: no array can be made of them.
    pub(crate) fn packed(room: usize) -> Self {
        Self { values: Vec::with_capacity(2 * WAITING), packer: Some(Packer::with_room(room)) }
    }

    pub(crate) fn extend(&mut self, values: impl Iterator<Item = i32>) {
        self.values.extend(values);
        self.settle();
    }

    fn push(&mut self, value: i32) {
        self.values.push(value);
    }

    /// Pack what waits, when it is much.
    fn settle(&mut self) {
        if let Some(packer) = self.packer.as_mut().filter(|_| self.values.len() >= WAITING) {
            let left = packer.pack_blocks(&self.values);
            self.values.drain(..self.values.len() - left);
        }
    }

    pub(crate) fn into_column(self) -> Content {
        match self.packer {
            None => int32(self.values).into(),
            Some(mut packer) => {
                packer.pack(&self.values);
                Content::Packed(packer)
            }
        }
    }
}

/// Whole texts: an array under construction, or pages that are written as they fill.
#[derive(Debug)]
pub(crate) enum Texts {
    Array(LargeStringBuilder),
    Paged(Box<Pager>),
}

impl Default for Texts {
    fn default() -> Self {
        Self::Array(LargeStringBuilder::new())
    }
}

impl Texts {
    /// No texts yet. When they are `paged`, room is taken for `bytes` of text, and no array can be made of them.
    pub(crate) fn new(paged: bool, is_nullable: bool, bytes: usize) -> Self {
        match paged {
            true => Self::Paged(Box::new(Pager::new(is_nullable, bytes / 2))),
            false => Self::default(),
        }
    }

    pub(crate) fn push(&mut self, text: Option<&str>) {
        match self {
            Self::Array(texts) => texts.append_option(text),
            Self::Paged(texts) => texts.push(text),
        }
    }

    pub(crate) fn into_column(self) -> Content {
        match self {
            Self::Array(mut texts) => shared(texts.finish()).into(),
            Self::Paged(texts) => Content::Paged(texts),
        }
    }
}

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

    pub(crate) fn into_column(self) -> Result<Content, ArrowError> {
        self.into_array().map(Content::from)
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

    pub(crate) fn into_column(self) -> Content {
        let ends = self.rows.iter().scan(0, |end, rows| {
            *end += rows;
            Some(*end)
        });
        let ids = Ids::Ends(ends.collect());
        Content::Coded(Coded { values: StringArray::from(self.values), ids })
    }
}

/// The four columns of positions.
#[derive(Debug, Default)]
pub(crate) struct PlaceColumns {
    char_start: Ints,
    char_end: Ints,
    raw_start: Ints,
    raw_end: Ints,
}

impl PlaceColumns {
    /// See [`Ints::packed`].
    pub(crate) fn packed(room: usize) -> Self {
        let [char_start, char_end, raw_start, raw_end] = [(); 4].map(|()| Ints::packed(room));
        Self { char_start, char_end, raw_start, raw_end }
    }

    /// Add the places of many spans of the repaired text, in text order.
    pub(crate) fn extend<S>(&mut self, spans: S, places: &mut Places<'_>)
    where
        S: Iterator<Item = Span> + Clone,
    {
        if places.is_edited() {
            spans.for_each(|span| self.push(places.of(span)));
        } else {
            self.extend_both(spans, places);
        }
        for column in [&mut self.char_start, &mut self.char_end, &mut self.raw_start, &mut self.raw_end] {
            column.settle();
        }
    }

    /// As [`PlaceColumns::extend`] when both texts are the same.
    fn extend_both<S>(&mut self, spans: S, places: &mut Places<'_>)
    where
        S: Iterator<Item = Span> + Clone,
    {
        let (starts, ends) = (&mut self.char_start.values, &mut self.char_end.values);
        let first = starts.len();
        if let Some(end) = places.ascii() {
            starts.extend(spans.clone().map(|span| span.start.min(end) as i32));
            ends.extend(spans.map(|span| span.end.min(end) as i32));
        } else {
            for (start, end) in spans.map(|span| places.chars(span)) {
                starts.push(start);
                ends.push(end);
            }
        }
        self.raw_start.values.extend_from_slice(&starts[first..]);
        self.raw_end.values.extend_from_slice(&ends[first..]);
    }

    #[inline]
    pub(crate) fn push(&mut self, place: Place) {
        self.char_start.push(place.chars.0);
        self.char_end.push(place.chars.1);
        self.raw_start.push(place.raw.0);
        self.raw_end.push(place.raw.1);
    }

    /// char_start, char_end, raw_start, raw_end.
    pub(crate) fn into_columns(self) -> [Content; 4] {
        [self.char_start, self.char_end, self.raw_start, self.raw_end].map(Ints::into_column)
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

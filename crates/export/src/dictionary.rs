//! A column of repeated strings, written from its keys.
//!
//! The Parquet writer would look at every string of a dictionary array again, hash it and find the key that was known
//! all along. Here keys are renumbered by a table, where they are not numbers as they are met already, and packed.

use crate::chunk::{PagedChunk, Pages, Zstd, bit_width, levels, pack};
use crate::columns;
use arrow::array::{Array, ArrayRef, Int32Array, StringArray};
use arrow::error::ArrowError;
use parquet::basic::Encoding;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::statistics::Statistics;
use parquet::schema::types::ColumnDescPtr;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Rows of a data page.
const PAGE_ROWS: usize = 1 << 15;

/// The distinct strings of a column in the order they are first met, and the column as numbers of them.
struct Numbered<'k> {
    /// Without nulls.
    ids: Cow<'k, [i32]>,
    /// Which value each number stands for.
    values: Vec<usize>,
}

/// The chunk of a column: row `i` holds `values[keys[i]]`, or nothing.
pub(crate) fn encode(
    column: ColumnDescPtr,
    keys: &Int32Array,
    values: &StringArray,
    has_statistics: bool,
    zstd: &mut Zstd,
) -> Result<PagedChunk, ParquetError> {
    let numbered = number(keys, values.len())?;
    let mut pages = dictionary(&numbered.values, values, keys.len(), zstd)?;
    let width = bit_width(numbered.values.len());
    let (mut ids, nulls) = (&numbered.ids[..], keys.nulls());
    for start in (0..keys.len()).step_by(PAGE_ROWS) {
        let rows = start..keys.len().min(start + PAGE_ROWS);
        let held = rows.len() - nulls.map_or(0, |n| n.slice(start, rows.len()).null_count());
        let (here, rest) = ids.split_at(held);
        ids = rest;
        let n = rows.len();
        let valid = rows.map(|i| nulls.is_none_or(|n| n.is_valid(i)));
        let mut page = if column.max_def_level() == 0 { Vec::new() } else { levels(valid) };
        page.push(width);
        pack(here, width, &mut page);
        pages.data(page.into(), n, Encoding::RLE_DICTIONARY, Some(zstd))?;
    }
    let statistics =
        if has_statistics { statistics(&numbered.values, values, keys.null_count()) } else { None };
    pages.close(column, statistics)
}

/// A column without nulls that never was an array: each page's ids are made when it is written.
#[derive(Debug)]
pub(crate) struct Coded {
    /// All of them stand in the column.
    pub(crate) values: StringArray,
    pub(crate) ids: Ids,
}

/// Which value each row holds.
#[derive(Debug)]
pub(crate) enum Ids {
    /// The word of each row, and the value of each word.
    Words(Arc<Vec<u32>>, Vec<i32>),
    /// Where the rows of each value end.
    Ends(Vec<usize>),
    /// The values themselves.
    Few(Vec<u8>),
}

impl Ids {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Words(words, _) => words.len(),
            Self::Ends(ends) => ends.last().copied().unwrap_or(0),
            Self::Few(ids) => ids.len(),
        }
    }

    /// Append the ids of some rows.
    pub(crate) fn append(&self, rows: Range<usize>, out: &mut Vec<i32>) {
        match self {
            Self::Words(words, keys) => {
                let key = |&word: &u32| keys.get(word as usize).copied().unwrap_or_default();
                out.extend(words[rows].iter().map(key));
            }
            Self::Few(ids) => out.extend(ids[rows].iter().map(|&id| i32::from(id))),
            Self::Ends(ends) => {
                let (first, base) = (ends.partition_point(|&end| end <= rows.start), out.len());
                for (id, &end) in ends.iter().enumerate().skip(first) {
                    out.resize(base + end.min(rows.end) - rows.start, id as i32);
                    if end >= rows.end {
                        break;
                    }
                }
            }
        }
    }
}

impl Coded {
    /// The column as a dictionary array.
    pub(crate) fn into_array(self) -> Result<ArrayRef, ArrowError> {
        let mut keys = Vec::new();
        self.ids.append(0..self.ids.len(), &mut keys);
        columns::dictionary(Int32Array::from(keys), Arc::new(self.values))
    }

    /// The chunk of the column.
    pub(crate) fn encode(
        &self,
        column: ColumnDescPtr,
        has_statistics: bool,
        zstd: &mut Zstd,
    ) -> Result<PagedChunk, ParquetError> {
        let all: Vec<usize> = (0..self.values.len()).collect();
        let mut pages = dictionary(&all, &self.values, self.ids.len(), zstd)?;
        let (width, mut ids, mut page) = (bit_width(all.len()), Vec::new(), Vec::new());
        for start in (0..self.ids.len()).step_by(PAGE_ROWS) {
            let rows = start..self.ids.len().min(start + PAGE_ROWS);
            let n = rows.len();
            ids.clear();
            page.clear();
            self.ids.append(rows, &mut ids);
            page.push(width);
            pack(&ids, width, &mut page);
            pages.data(page.as_slice().into(), n, Encoding::RLE_DICTIONARY, Some(zstd))?;
        }
        pages.close(column, if has_statistics { statistics(&all, &self.values, 0) } else { None })
    }
}

fn number(keys: &Int32Array, n_values: usize) -> Result<Numbered<'_>, ParquetError> {
    if keys.null_count() == 0 && is_numbered(keys.values(), n_values) {
        return Ok(Numbered { ids: keys.values()[..].into(), values: (0..n_values).collect() });
    }
    let none = ParquetError::General("a key without a value".into());
    renumber(keys.iter().flatten(), keys.len(), n_values).ok_or(none)
}

/// Whether the keys are numbers from 0 in the order they are met, and every value is met.
fn is_numbered(keys: &[i32], n_values: usize) -> bool {
    let mut next = 0;
    let known = |&key: &i32| {
        let is_known = 0 <= key && key <= next;
        next += i32::from(key == next);
        is_known
    };
    keys.iter().all(known) && next as usize == n_values
}

/// None for a key without a value.
fn renumber(keys: impl Iterator<Item = i32>, n: usize, n_values: usize) -> Option<Numbered<'static>> {
    const NEW: i32 = -1;
    let mut numbers = vec![NEW; n_values];
    let (mut ids, mut values) = (Vec::with_capacity(n), Vec::new());
    for key in keys {
        let number = numbers.get_mut(key as usize)?;
        if *number == NEW {
            *number = values.len() as i32;
            values.push(key as usize);
        }
        ids.push(*number);
    }
    Some(Numbered { ids: ids.into(), values })
}

/// The pages of a column of so many rows: so far, the dictionary of these values.
fn dictionary(
    numbers: &[usize],
    values: &StringArray,
    rows: usize,
    zstd: &mut Zstd,
) -> Result<Pages, ParquetError> {
    let bytes = values.value_data().len() + numbers.len() * size_of::<u32>();
    let (mut plain, mut pages) = (Vec::with_capacity(bytes), Pages::new(bytes + 2 * rows));
    for &i in numbers {
        let value = values.value(i).as_bytes();
        plain.extend_from_slice(&(value.len() as u32).to_le_bytes());
        plain.extend_from_slice(value);
    }
    pages.dictionary(plain, numbers.len(), zstd)?;
    Ok(pages)
}

/// Smallest and largest string, and how many are missing.
fn statistics(numbers: &[usize], values: &StringArray, nulls: usize) -> Option<Statistics> {
    let used = || numbers.iter().map(|&i| values.value(i));
    let (min, max) = (used().min()?, used().max()?);
    let (min, max) = (ByteArray::from(min), ByteArray::from(max));
    Some(Statistics::byte_array(Some(min), Some(max), None, Some(nulls as u64), false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_are_numbers_already_stay() {
        for (keys, n, is) in [
            (&[0, 1, 0, 2][..], 3, true),
            (&[0, 1, 0, 2], 4, false),
            (&[1, 0], 2, false),
            (&[0, 2, 1], 3, false),
            (&[0, -1], 1, false),
            (&[], 0, true),
        ] {
            assert_eq!(is_numbered(keys, n), is, "{keys:?}");
        }
        let numbered = renumber([4, 1, 4, 0].into_iter(), 4, 5).unwrap();
        assert_eq!((&numbered.ids[..], &numbered.values[..]), (&[0, 1, 0, 2][..], &[4, 1, 0][..]));
        assert!(renumber([5].into_iter(), 1, 5).is_none() && renumber([-1].into_iter(), 1, 5).is_none());
    }
}

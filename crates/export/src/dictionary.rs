//! A column of repeated strings, written from its keys.
//!
//! The Parquet writer would look at every string of a dictionary array again, hash it and find the key that was known
//! all along. Here keys are renumbered by a table, where they are not numbers as they are met already, and packed.

use crate::chunk::{PagedChunk, Pages, bit_width, levels, pack};
use arrow::array::{Array, Int32Array, StringArray};
use parquet::basic::Encoding;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::statistics::Statistics;
use parquet::schema::types::ColumnDescPtr;
use std::borrow::Cow;

/// Rows of a data page.
const PAGE_ROWS: usize = 1 << 17;

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
    mut pages: Pages<'_>,
) -> Result<PagedChunk, ParquetError> {
    let numbered = number(keys, values.len())?;
    dictionary(&numbered, values, &mut pages)?;
    let width = bit_width(numbered.values.len());
    let (mut ids, nulls) = (&numbered.ids[..], keys.nulls());
    for start in (0..keys.len()).step_by(PAGE_ROWS) {
        let rows = start..keys.len().min(start + PAGE_ROWS);
        let held = rows.len() - nulls.map_or(0, |n| n.slice(start, rows.len()).null_count());
        let (here, rest) = ids.split_at(held);
        ids = rest;
        let (n, mut page) = (rows.len(), levels(&column, nulls, rows));
        page.push(width);
        pack(here, width, &mut page);
        pages.data(page, n, Encoding::RLE_DICTIONARY)?;
    }
    let statistics = if has_statistics { statistics(&numbered, values, keys.null_count()) } else { None };
    pages.close(column, statistics)
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

fn dictionary(
    column: &Numbered<'_>,
    values: &StringArray,
    pages: &mut Pages<'_>,
) -> Result<(), ParquetError> {
    let mut plain = Vec::new();
    for &i in &column.values {
        let value = values.value(i).as_bytes();
        plain.extend_from_slice(&(value.len() as u32).to_le_bytes());
        plain.extend_from_slice(value);
    }
    pages.dictionary(plain, column.values.len())
}

/// Smallest and largest string, and how many are missing.
fn statistics(column: &Numbered<'_>, values: &StringArray, nulls: usize) -> Option<Statistics> {
    let used = || column.values.iter().map(|&i| values.value(i));
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

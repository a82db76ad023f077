//! Integers that are near their neighbours, DELTA_BINARY_PACKED (Lemire and Boytsov 2015) as the Parquet format tells it.

use crate::chunk::{PagedChunk, Pages, bits, varint};
use parquet::basic::Encoding;
use parquet::errors::ParquetError;
use parquet::file::statistics::{Statistics, ValueStatistics};
use parquet::schema::types::ColumnDescPtr;

/// Differences in a block, and in each of its four parts.
const BLOCK: usize = 128;
const PART: usize = 32;
/// Rows of a data page.
const PAGE_ROWS: usize = 1 << 20;

/// The chunk of a column without nulls. Its pages are not compressed any further: of packed positions nothing is left to
/// save (3 % of their size).
pub(crate) fn encode(
    column: ColumnDescPtr,
    values: &[i32],
    has_statistics: bool,
) -> Result<PagedChunk, ParquetError> {
    let mut pages = Pages::new(None);
    for values in values.chunks(PAGE_ROWS) {
        let mut page = Vec::with_capacity(values.len() + 64);
        pack(values, &mut page);
        pages.data(page, values.len(), Encoding::DELTA_BINARY_PACKED)?;
    }
    pages.close(column, if has_statistics { statistics(values) } else { None })
}

/// Least and greatest, also in the old fields of the footer, as the Parquet writer does.
fn statistics(values: &[i32]) -> Option<Statistics> {
    let (min, max) = (values.iter().min().copied(), values.iter().max().copied());
    let range = ValueStatistics::new(min, max, None, Some(0), false);
    Some(Statistics::Int32(range.with_backwards_compatible_min_max(true))).filter(|_| min.is_some())
}

fn pack(values: &[i32], out: &mut Vec<u8>) {
    let first = values.first().copied().unwrap_or(0);
    varint(BLOCK as u64, out);
    varint((BLOCK / PART) as u64, out);
    varint(values.len() as u64, out);
    varint(zigzag(first), out);
    let mut deltas = [0; BLOCK];
    for start in (1..values.len()).step_by(BLOCK) {
        let (before, block) = (&values[start - 1..], &values[start..values.len().min(start + BLOCK)]);
        let differences = block.iter().zip(before).map(|(value, before)| value.wrapping_sub(*before));
        deltas.iter_mut().zip(differences).for_each(|(delta, difference)| *delta = difference);
        pack_block(&mut deltas, block.len(), out);
    }
}

/// The least of so many differences, the widths of the parts, and each part's differences beyond the least. A part that
/// is begun is filled up with zeros; those that are not begun are left out.
fn pack_block(deltas: &mut [i32; BLOCK], n: usize, out: &mut Vec<u8>) {
    let least = deltas[..n].iter().fold(i32::MAX, |least, &d| least.min(d));
    deltas[n..].fill(least);
    deltas.iter_mut().for_each(|d| *d = d.wrapping_sub(least));
    varint(zigzag(least), out);
    let widths = out.len();
    out.extend_from_slice(&[0; BLOCK / PART]);
    for (i, part) in deltas.as_chunks::<PART>().0.iter().enumerate().take(n.div_ceil(PART)) {
        let all = part.iter().fold(0, |all, &d| all | d as u32);
        let width = (u32::BITS - all.leading_zeros()) as u8;
        out[widths + i] = width;
        bits(part, width, out);
    }
}

/// Small numbers of either sign as small numbers without one.
fn zigzag(n: i32) -> u64 {
    let n = i64::from(n);
    (n << 1 ^ n >> 63) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn varint(bytes: &mut &[u8]) -> u64 {
        let n = bytes.iter().take_while(|&&b| b >= 0x80).count() + 1;
        let value = bytes[..n].iter().rev().fold(0, |value, b| value << 7 | u64::from(b & 0x7f));
        *bytes = &bytes[n..];
        value
    }

    fn signed(bytes: &mut &[u8]) -> i64 {
        let n = varint(bytes);
        (n >> 1) as i64 ^ -((n & 1) as i64)
    }

    /// Read it as the Parquet specification tells it.
    fn unpack(mut bytes: &[u8]) -> Vec<i32> {
        let (block, parts) = (varint(&mut bytes) as usize, varint(&mut bytes) as usize);
        let (n, first) = (varint(&mut bytes) as usize, signed(&mut bytes));
        let mut out = vec![first as i32];
        while out.len() < n {
            let least = signed(&mut bytes) as i32;
            let (widths, rest) = bytes.split_at(parts);
            bytes = rest;
            for &width in widths {
                if out.len() == n {
                    break;
                }
                let len = block / parts;
                let (part, rest) = bytes.split_at(len / 8 * usize::from(width));
                bytes = rest;
                let bit = |i: usize| u32::from(part[i / 8] >> (i % 8) & 1);
                for i in (0..len).take(n - out.len()) {
                    let at = i * usize::from(width);
                    let beyond = (0..usize::from(width)).fold(0, |sum, b| sum | bit(at + b) << b);
                    let last = *out.last().unwrap();
                    out.push(last.wrapping_add(least).wrapping_add(beyond as i32));
                }
            }
        }
        assert!(bytes.is_empty());
        out
    }

    proptest! {
        #[test]
        fn numbers_come_back(values in prop::collection::vec(prop_oneof![0i32..500, any::<i32>(), Just(7)], 1..700)) {
            let mut packed = Vec::new();
            pack(&values, &mut packed);
            prop_assert_eq!(unpack(&packed), values);
        }
    }
}

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

/// The chunk of a column without nulls.
pub(crate) fn encode(
    column: ColumnDescPtr,
    values: &[i32],
    has_statistics: bool,
) -> Result<PagedChunk, ParquetError> {
    let mut packer = Packer::default();
    packer.pack(values);
    packer.close(column, if has_statistics { statistics(values) } else { None })
}

/// Packs a column while it grows. Its pages are not compressed any further: of packed positions nothing is left to save
/// (3 % of their size).
#[derive(Debug, Default)]
pub(crate) struct Packer {
    full: Vec<Packed>,
    page: Packed,
    last: i32,
}

/// The values of one page: how many, the first one, and the differences after it.
#[derive(Debug, Default)]
struct Packed {
    n: usize,
    first: i32,
    blocks: Vec<u8>,
}

impl Packer {
    /// Nothing packed yet; room is taken for about so many values.
    pub(crate) fn with_room(values: usize) -> Self {
        let mut packer = Self::default();
        packer.page.blocks.reserve(values);
        packer
    }

    /// Pack the next values.
    pub(crate) fn pack(&mut self, values: &[i32]) {
        let rest = self.pack_blocks(values);
        let mut values = &values[values.len() - rest..];
        while !values.is_empty() {
            values = self.take(values);
        }
    }

    /// Pack the next values as far as they fill blocks; how many are left. A block that is not full ends its page.
    pub(crate) fn pack_blocks(&mut self, mut values: &[i32]) -> usize {
        while values.len() >= BLOCK {
            values = self.take(values);
        }
        values.len()
    }

    /// Pack a block, or the first value of a page; what is left.
    fn take<'v>(&mut self, values: &'v [i32]) -> &'v [i32] {
        if self.page.n == PAGE_ROWS {
            self.full.push(std::mem::take(&mut self.page));
        }
        let most = if self.page.n == 0 { 1 } else { BLOCK.min(PAGE_ROWS - self.page.n) };
        let (block, rest) = values.split_at(most.min(values.len()));
        match block {
            [first] if self.page.n == 0 => self.page.first = *first,
            _ => pack_block(self.last, block, &mut self.page.blocks),
        }
        self.page.n += block.len();
        self.last = block.last().copied().unwrap_or(self.last);
        rest
    }

    /// The chunk of a column of these values.
    pub(crate) fn close(
        self,
        column: ColumnDescPtr,
        statistics: Option<Statistics>,
    ) -> Result<PagedChunk, ParquetError> {
        let mut pages = Pages::new(self.full.iter().chain([&self.page]).map(|p| p.blocks.len() + 64).sum());
        for page in self.full.into_iter().chain([self.page]) {
            pages.data(page.bytes().into(), page.n, Encoding::DELTA_BINARY_PACKED, None)?;
        }
        pages.close(column, statistics)
    }
}

impl Packed {
    fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.blocks.len() + 32);
        varint(BLOCK as u64, &mut out);
        varint((BLOCK / PART) as u64, &mut out);
        varint(self.n as u64, &mut out);
        varint(zigzag(self.first), &mut out);
        out.extend_from_slice(&self.blocks);
        out
    }
}

/// Least and greatest, also in the old fields of the footer, as the Parquet writer does.
fn statistics(values: &[i32]) -> Option<Statistics> {
    let (min, max) = (values.iter().min().copied(), values.iter().max().copied());
    let range = ValueStatistics::new(min, max, None, Some(0), false);
    Some(Statistics::Int32(range.with_backwards_compatible_min_max(true))).filter(|_| min.is_some())
}

/// The differences of at most so many values to the ones before them: the least, the widths of the parts, and each part's
/// differences beyond the least. A part that is begun is filled up with zeros; those that are not begun are left out.
fn pack_block(before: i32, values: &[i32], out: &mut Vec<u8>) {
    let mut deltas = [0; BLOCK];
    let mut last = before;
    for (delta, &value) in deltas.iter_mut().zip(values) {
        *delta = value.wrapping_sub(last);
        last = value;
    }
    let n = values.len().min(BLOCK);
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
            let mut packer = Packer::default();
            packer.pack(&values);
            prop_assert_eq!(packer.page.n, values.len());
            prop_assert_eq!(unpack(&packer.page.bytes()), values);
        }

        #[test]
        fn it_is_the_same_in_pieces(values in prop::collection::vec(0i32..500, 1..900), at in any::<prop::sample::Index>()) {
            let (mut whole, mut pieces) = (Packer::default(), Packer::default());
            whole.pack(&values);
            let left = pieces.pack_blocks(&values[..at.index(values.len())]);
            pieces.pack(&values[at.index(values.len()) - left..]);
            prop_assert_eq!(whole.page.bytes(), pieces.page.bytes());
        }
    }
}

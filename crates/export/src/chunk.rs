//! Column chunks written page by page.
//!
//! The Parquet writer looks at every value by itself, and copies texts more than once. Columns of integers, of repeated
//! strings and of whole texts are laid down here (`delta.rs`, `dictionary.rs`, `texts.rs`); file, footer and all other
//! columns stay with the Parquet writer.

use bytes::Bytes;
use parquet::basic::{Compression, Encoding, PageType};
use parquet::column::page::{CompressedPage, Page, PageWriteSpec, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ColumnChunkMetaDataBuilder, PageEncodingStats};
use parquet::file::statistics::Statistics;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;
use std::borrow::Cow;
use std::fmt;

/// Equal values in a row that are worth a run of their own.
const MIN_RUN: usize = 64;

/// A column chunk: its pages, and what the footer says of them.
#[derive(Debug)]
pub(crate) struct PagedChunk {
    pub(crate) bytes: Bytes,
    pub(crate) close: ColumnCloseResult,
}

/// Compresses pages.
pub(crate) type Zstd = zstd::bulk::Compressor<'static>;

/// Pages as they are written, and what the footer will need.
pub(crate) struct Pages {
    sink: TrackedWrite<Vec<u8>>,
    is_compressed: bool,
    dictionary_offset: Option<u64>,
    data_offset: Option<u64>,
    stats: Vec<PageEncodingStats>,
    values: usize,
    uncompressed: usize,
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("values", &self.values).finish_non_exhaustive()
    }
}

impl Pages {
    /// No pages yet; `room` bytes are taken for them. Either all of them are compressed or none.
    pub(crate) fn new(room: usize) -> Self {
        let (sink, stats) = (TrackedWrite::new(Vec::with_capacity(room)), Vec::new());
        let (is_compressed, dictionary_offset, data_offset) = (false, None, None);
        Self { sink, is_compressed, dictionary_offset, data_offset, stats, values: 0, uncompressed: 0 }
    }

    /// Write the dictionary: plain values, so many.
    pub(crate) fn dictionary(
        &mut self,
        plain: Vec<u8>,
        values: usize,
        zstd: &mut Zstd,
    ) -> Result<(), ParquetError> {
        let (encoding, uncompressed) = (Encoding::PLAIN, plain.len());
        let (buf, num_values) = (self.compress(plain.into(), Some(zstd))?, values as u32);
        let page = Page::DictionaryPage { buf, num_values, encoding, is_sorted: false };
        let spec = self.write(page, uncompressed)?;
        self.dictionary_offset.get_or_insert(spec.offset);
        self.count(PageType::DICTIONARY_PAGE, encoding);
        Ok(())
    }

    /// Write a page of so many values, levels included.
    pub(crate) fn data(
        &mut self,
        bytes: Cow<'_, [u8]>,
        values: usize,
        encoding: Encoding,
        zstd: Option<&mut Zstd>,
    ) -> Result<(), ParquetError> {
        let uncompressed = bytes.len();
        let page = Page::DataPage {
            buf: self.compress(bytes, zstd)?,
            num_values: values as u32,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        let spec = self.write(page, uncompressed)?;
        self.data_offset.get_or_insert(spec.offset);
        self.values += values;
        self.count(PageType::DATA_PAGE, encoding);
        Ok(())
    }

    fn compress(&mut self, bytes: Cow<'_, [u8]>, zstd: Option<&mut Zstd>) -> Result<Bytes, ParquetError> {
        self.is_compressed = zstd.is_some();
        Ok(match zstd {
            Some(zstd) => zstd.compress(&bytes)?.into(),
            None => bytes.into_owned().into(),
        })
    }

    fn write(&mut self, page: Page, uncompressed: usize) -> Result<PageWriteSpec, ParquetError> {
        let page = CompressedPage::new(page, uncompressed);
        let spec = SerializedPageWriter::new(&mut self.sink).write_page(page)?;
        self.uncompressed += spec.uncompressed_size;
        Ok(spec)
    }

    fn count(&mut self, page_type: PageType, encoding: Encoding) {
        match self.stats.last_mut() {
            Some(last) if (last.page_type, last.encoding) == (page_type, encoding) => last.count += 1,
            _ => self.stats.push(PageEncodingStats { page_type, encoding, count: 1 }),
        }
    }

    /// The chunk of a column.
    pub(crate) fn close(
        self,
        column: ColumnDescPtr,
        statistics: Option<Statistics>,
    ) -> Result<PagedChunk, ParquetError> {
        let (mut metadata, rows_written) = (self.describe(column), self.values as u64);
        let bytes = Bytes::from(self.sink.into_inner()?);
        metadata = metadata.set_total_compressed_size(bytes.len() as i64);
        if let Some(statistics) = statistics {
            metadata = metadata.set_statistics(statistics);
        }
        let close = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written,
            metadata: metadata.build()?,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok(PagedChunk { bytes, close })
    }

    /// What the footer says of the pages.
    fn describe(&self, column: ColumnDescPtr) -> ColumnChunkMetaDataBuilder {
        let zstd = Compression::ZSTD(Default::default());
        let mut encodings: Vec<Encoding> = self.stats.iter().map(|s| s.encoding).collect();
        encodings.push(Encoding::RLE);
        ColumnChunkMetaData::builder(column)
            .set_encodings(encodings)
            .set_page_encoding_stats(self.stats.clone())
            .set_compression(if self.is_compressed { zstd } else { Compression::UNCOMPRESSED })
            .set_num_values(self.values as i64)
            .set_total_uncompressed_size(self.uncompressed as i64)
            .set_dictionary_page_offset(self.dictionary_offset.map(|at| at as i64))
            .set_data_page_offset(self.data_offset.unwrap_or(0) as i64)
    }
}

/// The levels of a page of a column that can be without a value: which of its rows hold one.
pub(crate) fn levels(valid: impl Iterator<Item = bool>) -> Vec<u8> {
    let flags: Vec<i32> = valid.map(i32::from).collect();
    let mut levels = vec![0; 4];
    pack(&flags, 1, &mut levels);
    let len = (levels.len() - 4) as u32;
    levels[..4].copy_from_slice(&len.to_le_bytes());
    levels
}

/// Bits that hold any of `n` numbers; at least one.
pub(crate) fn bit_width(n: usize) -> u8 {
    (usize::BITS - n.saturating_sub(1).leading_zeros()).max(1) as u8
}

/// Append numbers in Parquet's hybrid of runs and bit-packed groups of eight. They count as numbers without a sign.
pub(crate) fn pack(ids: &[i32], width: u8, out: &mut Vec<u8>) {
    let (mut at, mut packed_from) = (0, 0);
    while at < ids.len() {
        let run = run(&ids[at..]);
        if run < MIN_RUN {
            at = ids.len().min(at + 8);
            continue;
        }
        pack_groups(&ids[packed_from..at], width, out);
        varint((run as u64) << 1, out);
        out.extend_from_slice(&ids[at].to_le_bytes()[..usize::from(width.div_ceil(8))]);
        at += run;
        packed_from = at;
    }
    pack_groups(&ids[packed_from..], width, out);
}

/// How many numbers are equal to the first.
fn run(ids: &[i32]) -> usize {
    match ids {
        // Nearly always, and told at once.
        [a, b, ..] if a != b => 1,
        [a, ..] => ids.iter().take_while(|b| a == *b).count(),
        [] => 0,
    }
}

/// One bit-packed run; the last group is filled up with zeros.
fn pack_groups(ids: &[i32], width: u8, out: &mut Vec<u8>) {
    if !ids.is_empty() {
        varint((ids.len().div_ceil(8) as u64) << 1 | 1, out);
        bits(ids, width, out);
    }
}

/// Append the low bits of numbers, the first lowest; the last group of eight is filled up with zeros. No number may have
/// more bits.
pub(crate) fn bits(numbers: &[i32], width: u8, out: &mut Vec<u8>) {
    out.reserve(numbers.len().div_ceil(8) * usize::from(width) + size_of::<u128>());
    let (groups, rest) = numbers.as_chunks::<8>();
    groups.iter().for_each(|group| group_of_8(group, width, out));
    if !rest.is_empty() {
        let mut group = [0; 8];
        group[..rest.len()].copy_from_slice(rest);
        group_of_8(&group, width, out);
    }
}

/// As many bytes as a number has bits.
#[inline]
fn group_of_8(group: &[i32; 8], width: u8, out: &mut Vec<u8>) {
    let plain = |n: i32| u64::from(n as u32);
    let &[a, b, c, d, e, f, g, h] = group;
    let [a, b, c, d] = [plain(a), plain(b), plain(c), plain(d)];
    let [e, f, g, h] = [plain(e), plain(f), plain(g), plain(h)];
    let w = u32::from(width);
    let bytes = usize::from(width);
    if width <= 16 {
        let low = a | b << w | (c | d << w) << (2 * w);
        let high = e | f << w | (g | h << w) << (2 * w);
        return head(u128::from(low) | u128::from(high) << (4 * w), bytes, out);
    }
    let wide = |low: u64, high: u64, by: u32| u128::from(low) | u128::from(high) << by;
    let (low, high) = (wide(a | b << w, c | d << w, 2 * w), wide(e | f << w, g | h << w, 2 * w));
    // Whole bytes of the first four, then the half byte that both share, if any.
    let (first, shared) = (bytes / 2, 4 * w % 8);
    head(low, first, out);
    let rest = if shared == 0 { 0 } else { low >> (4 * w - shared) };
    head(rest | high << shared, bytes - first, out);
}

/// Append the lowest bytes.
#[inline]
fn head(bits: u128, bytes: usize, out: &mut Vec<u8>) {
    let end = out.len() + bytes;
    out.extend_from_slice(&bits.to_le_bytes());
    out.truncate(end);
}

/// Append an unsigned LEB128 number.
pub(crate) fn varint(mut n: u64, out: &mut Vec<u8>) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Read the hybrid as the Parquet specification tells it.
    fn unpack(bytes: &[u8], width: u8, n: usize) -> Vec<u32> {
        let (mut out, mut at) = (Vec::new(), 0);
        while out.len() < n {
            let (header, used) = read_varint(&bytes[at..]);
            at += used;
            if header & 1 == 0 {
                let len = usize::from(width.div_ceil(8));
                let mut value = [0; 4];
                value[..len].copy_from_slice(&bytes[at..at + len]);
                out.extend(std::iter::repeat_n(u32::from_le_bytes(value), (header >> 1) as usize));
                at += len;
                continue;
            }
            let len = (header >> 1) as usize * usize::from(width);
            let bit = |i: usize| u32::from(bytes[at + i / 8] >> (i % 8) & 1);
            let value =
                |i: usize| (0..usize::from(width)).map(|b| bit(i * usize::from(width) + b) << b).sum();
            out.extend((0..(header >> 1) as usize * 8).map(|i| -> u32 { value(i) }));
            at += len;
        }
        assert_eq!(at, bytes.len());
        out.truncate(n);
        out
    }

    fn read_varint(bytes: &[u8]) -> (u64, usize) {
        let n = bytes.iter().take_while(|&&b| b >= 0x80).count() + 1;
        (bytes[..n].iter().rev().fold(0, |value, b| value << 7 | u64::from(b & 0x7f)), n)
    }

    #[test]
    fn widths() {
        assert_eq!([0, 1, 2, 3, 4, 5, 256, 257].map(bit_width), [1, 1, 1, 2, 2, 3, 8, 9]);
    }

    proptest! {
        #[test]
        fn packed_numbers_come_back(
            runs in prop::collection::vec((any::<u32>(), prop_oneof![1usize..4, 1usize..300]), 0..60),
            width in 1u8..=32,
        ) {
            let mask = u32::MAX >> (32 - width);
            let ids: Vec<u32> = runs.iter().flat_map(|&(id, n)| std::iter::repeat_n(id & mask, n)).collect();
            let signed: Vec<i32> = ids.iter().map(|&id| id as i32).collect();
            let mut packed = Vec::new();
            pack(&signed, width, &mut packed);
            prop_assert_eq!(unpack(&packed, width, ids.len()), ids);
        }
    }
}

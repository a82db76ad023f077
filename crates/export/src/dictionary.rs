//! A column of repeated strings, written from its keys.
//!
//! The Parquet writer would look at every string of a dictionary array again, hash it and find the key that was known
//! all along; for tokens that costs more than all else together. Here keys are renumbered by a table and packed.

use arrow::array::{Array, StringArray};
use parquet::basic::{Compression, Encoding, PageType};
use parquet::column::page::{CompressedPage, Page, PageWriteSpec, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, PageEncodingStats};
use parquet::file::statistics::Statistics;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

/// Values in a data page.
const PAGE_ROWS: usize = 1 << 17;
/// Equal values in a row that are worth a run of their own.
const MIN_RUN: usize = 64;

/// A column chunk: its pages, and what the footer says of them.
#[derive(Debug)]
pub(crate) struct DictionaryChunk {
    pub(crate) bytes: bytes::Bytes,
    pub(crate) close: ColumnCloseResult,
}

/// The distinct strings of a column in the order they are first met, and the column as numbers of them.
struct Renumbered {
    ids: Vec<u32>,
    /// Which value each number stands for.
    values: Vec<usize>,
}

/// The chunk of a column without nulls: row `i` holds `values[keys[i]]`.
pub(crate) fn encode(
    column: ColumnDescPtr,
    keys: &[i32],
    values: &StringArray,
    has_statistics: bool,
) -> Result<DictionaryChunk, ParquetError> {
    let column_of_ids = renumber(keys, values.len())?;
    let mut pages = Pages::new()?;
    pages.dictionary(&column_of_ids, values)?;
    let width = bit_width(column_of_ids.values.len());
    for ids in column_of_ids.ids.chunks(PAGE_ROWS) {
        pages.data(ids, width)?;
    }
    let statistics = if has_statistics { statistics(&column_of_ids, values) } else { None };
    pages.close(column, keys.len(), statistics)
}

fn renumber(keys: &[i32], n_values: usize) -> Result<Renumbered, ParquetError> {
    const NEW: u32 = u32::MAX;
    let mut numbers = vec![NEW; n_values];
    let mut out = Renumbered { ids: Vec::with_capacity(keys.len()), values: Vec::new() };
    for &key in keys {
        let number = numbers
            .get_mut(key as usize)
            .ok_or_else(|| ParquetError::General("a key without a value".into()))?;
        if *number == NEW {
            *number = out.values.len() as u32;
            out.values.push(key as usize);
        }
        out.ids.push(*number);
    }
    Ok(out)
}

/// Smallest and largest string.
fn statistics(column: &Renumbered, values: &StringArray) -> Option<Statistics> {
    let used = || column.values.iter().map(|&i| values.value(i));
    let (min, max) = (used().min()?, used().max()?);
    Some(Statistics::byte_array(Some(ByteArray::from(min)), Some(ByteArray::from(max)), None, Some(0), false))
}

/// Pages as they are written, and what the footer will need.
struct Pages {
    sink: TrackedWrite<Vec<u8>>,
    zstd: zstd::bulk::Compressor<'static>,
    data_offset: Option<u64>,
    n_data: i32,
    uncompressed: usize,
}

impl Pages {
    fn new() -> Result<Self, ParquetError> {
        let zstd = zstd::bulk::Compressor::new(crate::writer::ZSTD_LEVEL)?;
        let sink = TrackedWrite::new(Vec::new());
        Ok(Self { sink, zstd, data_offset: None, n_data: 0, uncompressed: 0 })
    }

    fn dictionary(&mut self, column: &Renumbered, values: &StringArray) -> Result<(), ParquetError> {
        let mut plain = Vec::new();
        for &i in &column.values {
            let value = values.value(i).as_bytes();
            plain.extend_from_slice(&(value.len() as u32).to_le_bytes());
            plain.extend_from_slice(value);
        }
        let buf = self.zstd.compress(&plain)?.into();
        let num_values = column.values.len() as u32;
        let page = Page::DictionaryPage { buf, num_values, encoding: Encoding::PLAIN, is_sorted: false };
        self.write(page, plain.len())?;
        Ok(())
    }

    fn data(&mut self, ids: &[u32], width: u8) -> Result<(), ParquetError> {
        let mut packed = vec![width];
        pack(ids, width, &mut packed);
        let page = Page::DataPage {
            buf: self.zstd.compress(&packed)?.into(),
            num_values: ids.len() as u32,
            encoding: Encoding::RLE_DICTIONARY,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        let at = self.write(page, packed.len())?.offset;
        self.data_offset.get_or_insert(at);
        self.n_data += 1;
        Ok(())
    }

    fn write(&mut self, page: Page, uncompressed: usize) -> Result<PageWriteSpec, ParquetError> {
        let page = CompressedPage::new(page, uncompressed);
        let spec = SerializedPageWriter::new(&mut self.sink).write_page(page)?;
        self.uncompressed += spec.uncompressed_size;
        Ok(spec)
    }

    fn close(
        self,
        column: ColumnDescPtr,
        rows: usize,
        statistics: Option<Statistics>,
    ) -> Result<DictionaryChunk, ParquetError> {
        let bytes = bytes::Bytes::from(self.sink.into_inner()?);
        let stats = |page_type, encoding, count| PageEncodingStats { page_type, encoding, count };
        let mut metadata = ColumnChunkMetaData::builder(column)
            .set_encodings(vec![Encoding::PLAIN, Encoding::RLE, Encoding::RLE_DICTIONARY])
            .set_page_encoding_stats(vec![
                stats(PageType::DICTIONARY_PAGE, Encoding::PLAIN, 1),
                stats(PageType::DATA_PAGE, Encoding::RLE_DICTIONARY, self.n_data),
            ])
            .set_compression(Compression::ZSTD(Default::default()))
            .set_num_values(rows as i64)
            .set_total_compressed_size(bytes.len() as i64)
            .set_total_uncompressed_size(self.uncompressed as i64)
            .set_dictionary_page_offset(Some(0))
            .set_data_page_offset(self.data_offset.unwrap_or(0) as i64);
        if let Some(statistics) = statistics {
            metadata = metadata.set_statistics(statistics);
        }
        let close = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written: rows as u64,
            metadata: metadata.build()?,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok(DictionaryChunk { bytes, close })
    }
}

/// Bits that hold any of `n` numbers; at least one.
fn bit_width(n: usize) -> u8 {
    (usize::BITS - n.saturating_sub(1).leading_zeros()).max(1) as u8
}

/// Append numbers in Parquet's hybrid of runs and bit-packed groups of eight.
fn pack(ids: &[u32], width: u8, out: &mut Vec<u8>) {
    let (mut at, mut packed_from) = (0, 0);
    while at < ids.len() {
        let run = ids[at..].iter().take_while(|&&id| id == ids[at]).count();
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

/// One bit-packed run; the last group is filled up with zeros.
fn pack_groups(ids: &[u32], width: u8, out: &mut Vec<u8>) {
    if ids.is_empty() {
        return;
    }
    let groups = ids.len().div_ceil(8);
    varint((groups as u64) << 1 | 1, out);
    let end = out.len() + groups * usize::from(width);
    let (mut bits, mut n_bits) = (0u64, 0);
    for &id in ids {
        bits |= u64::from(id) << n_bits;
        n_bits += width;
        if n_bits >= 32 {
            out.extend_from_slice(&(bits as u32).to_le_bytes());
            bits >>= 32;
            n_bits -= 32;
        }
    }
    out.extend_from_slice(&bits.to_le_bytes()[..usize::from(n_bits.div_ceil(8))]);
    out.resize(end, 0);
}

/// Append an unsigned LEB128 number.
fn varint(mut n: u64, out: &mut Vec<u8>) {
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
            width in 1u8..=24,
        ) {
            let mask = (1 << width) - 1;
            let ids: Vec<u32> = runs.iter().flat_map(|&(id, n)| std::iter::repeat_n(id & mask, n)).collect();
            let mut packed = Vec::new();
            pack(&ids, width, &mut packed);
            prop_assert_eq!(unpack(&packed, width, ids.len()), ids);
        }
    }
}

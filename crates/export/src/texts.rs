//! Whole texts, as plain values in large pages.

use crate::chunk::{PagedChunk, Pages, levels};
use arrow::array::{Array, GenericStringArray, OffsetSizeTrait};
use parquet::basic::Encoding;
use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescPtr;

/// Longest page of several texts, in bytes.
const PAGE_BYTES: usize = 1 << 20;

/// The chunk of a column; no statistics, which would hold pieces of the texts.
pub(crate) fn encode<O: OffsetSizeTrait>(
    column: ColumnDescPtr,
    texts: &GenericStringArray<O>,
    mut pages: Pages<'_>,
) -> Result<PagedChunk, ParquetError> {
    let mut start = 0;
    while start < texts.len() {
        let (end, bytes) = page_end(texts, start);
        let mut page = levels(&column, texts.nulls(), start..end);
        page.reserve_exact(bytes);
        for text in (start..end).filter(|&i| texts.is_valid(i)).map(|i| texts.value(i)) {
            page.extend_from_slice(&(text.len() as u32).to_le_bytes());
            page.extend_from_slice(text.as_bytes());
        }
        pages.data(page, end - start, Encoding::PLAIN)?;
        start = end;
    }
    pages.close(column, None)
}

/// One past the last row of the page that begins at a row, and the bytes of its values.
fn page_end<O: OffsetSizeTrait>(texts: &GenericStringArray<O>, start: usize) -> (usize, usize) {
    let length = |i: usize| size_of::<u32>() + texts.value_length(i).as_usize();
    let (mut end, mut bytes) = (start + 1, length(start));
    while end < texts.len() && bytes + length(end) <= PAGE_BYTES {
        bytes += length(end);
        end += 1;
    }
    (end, bytes)
}

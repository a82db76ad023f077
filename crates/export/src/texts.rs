//! Whole texts, as plain values in large pages.

use crate::chunk::{PagedChunk, Pages, Zstd, levels};
use crate::writer::ZSTD_LEVEL;
use arrow::array::{GenericStringArray, OffsetSizeTrait};
use parquet::basic::Encoding;
use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescPtr;
use std::fmt;

/// Longest page of several texts, in bytes.
const PAGE_BYTES: usize = 1 << 19;

/// The chunk of a column; no statistics, which would hold pieces of the texts.
pub(crate) fn encode<O: OffsetSizeTrait>(
    column: ColumnDescPtr,
    texts: &GenericStringArray<O>,
) -> Result<PagedChunk, ParquetError> {
    let mut pager = Pager::new(column.max_def_level() > 0, 0);
    texts.iter().for_each(|text| pager.push(text));
    pager.close(column)
}

/// Room before the values of a page: the levels of rows that all hold a value take less.
const LEVELS: usize = 16;

/// Texts on their way into pages; each page is compressed when it is full, while it is in the cache.
pub(crate) struct Pager {
    is_nullable: bool,
    /// Some room for levels, then values.
    page: Vec<u8>,
    /// One flag a row of the page; true for a value.
    valid: Vec<bool>,
    pages: Pages,
    zstd: Option<Zstd>,
    /// The first thing that went wrong; told by `close`.
    failure: Option<ParquetError>,
}

impl fmt::Debug for Pager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pager").field("pages", &self.pages).finish_non_exhaustive()
    }
}

impl Pager {
    /// No texts yet; `room` bytes are taken for their pages.
    pub(crate) fn new(is_nullable: bool, room: usize) -> Self {
        let (mut page, valid, pages) =
            (Vec::with_capacity(LEVELS + room.min(PAGE_BYTES)), Vec::new(), Pages::new(room));
        page.resize(LEVELS, 0);
        Self { is_nullable, page, valid, pages, zstd: None, failure: None }
    }

    pub(crate) const fn is_nullable(&self) -> bool {
        self.is_nullable
    }

    /// Append a row.
    pub(crate) fn push(&mut self, text: Option<&str>) {
        let bytes = text.map_or(0, |t| size_of::<u32>() + t.len());
        if self.page.len() + bytes > LEVELS + PAGE_BYTES {
            self.flush();
        }
        self.valid.push(text.is_some());
        if let Some(text) = text {
            self.page.extend_from_slice(&(text.len() as u32).to_le_bytes());
            self.page.extend_from_slice(text.as_bytes());
        }
    }

    /// Write the page, if it has rows.
    fn flush(&mut self) {
        if !self.valid.is_empty()
            && let Err(failure) = self.write()
        {
            self.failure.get_or_insert(failure);
        }
        self.page.truncate(LEVELS);
        // A very long text leaves no long buffer behind.
        self.page.shrink_to(2 * PAGE_BYTES);
        self.valid.clear();
    }

    fn write(&mut self) -> Result<(), ParquetError> {
        let levels = if self.is_nullable { levels(self.valid.iter().copied()) } else { Vec::new() };
        // Right before the values, which then need not move.
        let page = match LEVELS.checked_sub(levels.len()) {
            Some(start) => {
                self.page[start..LEVELS].copy_from_slice(&levels);
                self.page[start..].into()
            }
            None => [&levels, &self.page[LEVELS..]].concat().into(),
        };
        let zstd = match &mut self.zstd {
            Some(zstd) => zstd,
            none => none.insert(Zstd::new(ZSTD_LEVEL)?),
        };
        self.pages.data(page, self.valid.len(), Encoding::PLAIN, Some(zstd))
    }

    /// The chunk of the column.
    pub(crate) fn close(mut self, column: ColumnDescPtr) -> Result<PagedChunk, ParquetError> {
        self.flush();
        match self.failure {
            Some(failure) => Err(failure),
            None => self.pages.close(column, None),
        }
    }
}

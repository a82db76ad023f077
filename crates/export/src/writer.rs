//! One table's Parquet file: how it is laid down, and its row groups, encoded apart from the file.

use crate::ExportError;
use crate::columns::Arrays;
use crate::dictionary::{self, DictionaryChunk};
use crate::schema::{Coding, Table};
use arrow::array::{Array, ArrayRef, AsArray, StringArray};
use arrow::datatypes::{Int32Type, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves,
};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnDescPtr, ColumnPath};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Largest dictionary of a column in a row group; beyond it the rest of the column is plain.
const DICTIONARY_BYTES: usize = 4 << 20;

/// How hard pages are compressed.
pub(crate) const ZSTD_LEVEL: i32 = 1;

/// A row group of one table, encoded and compressed.
#[derive(Debug)]
pub(crate) struct RowGroup {
    chunks: Vec<Chunk>,
    rows: usize,
}

/// One column of a row group.
#[derive(Debug)]
enum Chunk {
    Arrow(ArrowColumnChunk),
    Dictionary(DictionaryChunk),
}

impl Chunk {
    fn append_to(self, group: &mut SerializedRowGroupWriter<'_, File>) -> Result<(), ParquetError> {
        match self {
            Self::Arrow(chunk) => chunk.append_to_row_group(group),
            Self::Dictionary(chunk) => group.append_column(&chunk.bytes, chunk.close),
        }
    }
}

/// Encodes row groups of one table; shared by all threads.
#[derive(Debug)]
pub(crate) struct Encoder {
    pub(crate) table: &'static Table,
    schema: SchemaRef,
    columns: Vec<ColumnDescPtr>,
    factory: ArrowRowGroupWriterFactory,
}

impl Encoder {
    /// Encode arrays as one row group; nothing for no rows.
    pub(crate) fn encode(&self, rows: usize, arrays: Arrays) -> Result<Option<RowGroup>, ExportError> {
        let arrays = arrays.map_err(ExportError::table(self.table.name))?;
        if rows == 0 {
            return Ok(None);
        }
        let chunks = self.chunks(arrays).map_err(ExportError::table(self.table.name))?;
        Ok(Some(RowGroup { chunks, rows }))
    }

    /// One column after the other, so that at most one is there twice.
    fn chunks(&self, arrays: Vec<ArrayRef>) -> Result<Vec<Chunk>, ParquetError> {
        let mut writers = self.factory.create_column_writers(0)?.into_iter();
        let (mut chunks, mut leaf) = (Vec::with_capacity(self.columns.len()), 0);
        for (i, array) in arrays.into_iter().enumerate() {
            let n = self.table.columns[i].ty.leaves();
            self.column((i, leaf), &array, writers.by_ref().take(n), &mut chunks)?;
            leaf += n;
        }
        Ok(chunks)
    }

    /// A column of the table becomes one chunk of the file for each of its leaves; `place` is its number and that of
    /// its first leaf.
    fn column(
        &self,
        place: (usize, usize),
        array: &ArrayRef,
        writers: impl Iterator<Item = ArrowColumnWriter>,
        chunks: &mut Vec<Chunk>,
    ) -> Result<(), ParquetError> {
        let (i, leaf) = place;
        if !self.schema.field(i).is_nullable()
            && let Some((keys, values)) = dense(array)
        {
            // The writer it does not need is taken from the list all the same.
            writers.for_each(drop);
            let is_key = self.table.columns[i].coding == Coding::Key;
            let chunk = dictionary::encode(self.columns[leaf].clone(), keys, values, is_key)?;
            chunks.push(Chunk::Dictionary(chunk));
            return Ok(());
        }
        for (leaf, mut writer) in compute_leaves(self.schema.field(i), array)?.into_iter().zip(writers) {
            writer.write(&leaf)?;
            chunks.push(Chunk::Arrow(writer.close()?));
        }
        Ok(())
    }
}

/// Keys and strings of a dictionary array without nulls that is small enough to be a dictionary in the file too.
fn dense(array: &ArrayRef) -> Option<(&[i32], &StringArray)> {
    let array = array.as_any_dictionary_opt()?;
    let (keys, values) =
        (array.keys().as_primitive_opt::<Int32Type>()?, array.values().as_string_opt::<i32>()?);
    let is_dense = keys.null_count() == 0 && values.value_data().len() <= DICTIONARY_BYTES;
    is_dense.then(|| (&keys.values()[..], values))
}

/// One table's file while it grows.
pub(crate) struct TableFile {
    pub(crate) table: &'static Table,
    pub(crate) path: PathBuf,
    pub(crate) rows: u64,
    writer: SerializedFileWriter<File>,
}

impl TableFile {
    /// Create the file in a folder.
    pub(crate) fn create(
        folder: &Path,
        table: &'static Table,
        sorted: bool,
    ) -> Result<(Self, Encoder), ExportError> {
        let path = folder.join(table.file_name());
        let file = File::create(&path).map_err(ExportError::file(&path))?;
        let schema = table.arrow_schema();
        let (writer, factory) = ArrowWriter::try_new(file, schema.clone(), Some(properties(table, sorted)))
            .and_then(ArrowWriter::into_serialized_writer)
            .map_err(ExportError::table(table.name))?;
        let columns = writer.schema_descr().columns().to_vec();
        Ok((Self { table, path, rows: 0, writer }, Encoder { table, schema, columns, factory }))
    }

    /// Append a row group to the file.
    pub(crate) fn append(&mut self, group: RowGroup) -> Result<(), ExportError> {
        self.splice(group.chunks).map_err(ExportError::table(self.table.name))?;
        self.rows += group.rows as u64;
        Ok(())
    }

    fn splice(&mut self, chunks: Vec<Chunk>) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for chunk in chunks {
            chunk.append_to(&mut group)?;
        }
        group.close()?;
        Ok(())
    }

    /// Write the footer; the size of the file in bytes.
    pub(crate) fn close(self) -> Result<u64, ExportError> {
        self.writer.close().map_err(ExportError::table(self.table.name))?;
        let about = std::fs::metadata(&self.path).map_err(ExportError::file(&self.path))?;
        Ok(about.len())
    }
}

fn properties(table: &Table, sorted: bool) -> WriterProperties {
    let base = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL).unwrap_or_default()))
        .set_dictionary_enabled(false)
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        .set_statistics_enabled(EnabledStatistics::None)
        // Row groups are small; an index of their pages would cost more than it saves.
        .set_offset_index_disabled(true)
        .set_sorting_columns(sorting(table).filter(|_| sorted));
    let set = |builder, column: &crate::Column| coding(builder, ColumnPath::from(column.name), column.coding);
    table.columns.iter().fold(base, set).build()
}

fn coding(builder: WriterPropertiesBuilder, path: ColumnPath, coding: Coding) -> WriterPropertiesBuilder {
    let with_range =
        |b: WriterPropertiesBuilder| b.set_column_statistics_enabled(path.clone(), EnabledStatistics::Chunk);
    match coding {
        Coding::Key => with_range(builder).set_column_dictionary_enabled(path, true),
        Coding::Repeated => builder.set_column_dictionary_enabled(path, true),
        Coding::Delta => builder.set_column_encoding(path, Encoding::DELTA_BINARY_PACKED),
        Coding::Number => with_range(builder).set_column_encoding(path, Encoding::DELTA_BINARY_PACKED),
        Coding::Plain => with_range(builder),
        Coding::Text => builder,
    }
}

/// By doc_id, for the tables whose first column it is.
fn sorting(table: &Table) -> Option<Vec<SortingColumn>> {
    let is_by_document = table.columns.first().is_some_and(|c| c.name == "doc_id");
    is_by_document.then(|| vec![SortingColumn { column_idx: 0, descending: false, nulls_first: false }])
}

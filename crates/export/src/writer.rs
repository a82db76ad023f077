//! One table's Parquet file: how it is laid down, and its row groups, encoded apart from the file.

use crate::ExportError;
use crate::columns::Arrays;
use crate::schema::{Coding, Table};
use arrow::array::ArrayRef;
use arrow::datatypes::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves,
};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Largest dictionary of a column in a row group; beyond it the rest of the column is plain.
const DICTIONARY_BYTES: usize = 4 << 20;

/// A row group of one table, encoded and compressed.
#[derive(Debug)]
pub(crate) struct RowGroup {
    chunks: Vec<ArrowColumnChunk>,
    rows: usize,
}

/// Encodes row groups of one table; shared by all threads.
#[derive(Debug)]
pub(crate) struct Encoder {
    pub(crate) table: &'static Table,
    schema: SchemaRef,
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

    fn chunks(&self, arrays: Vec<ArrayRef>) -> Result<Vec<ArrowColumnChunk>, ParquetError> {
        let mut writers = self.factory.create_column_writers(0)?.into_iter();
        let mut chunks = Vec::with_capacity(arrays.len());
        for (field, array) in self.schema.fields().iter().zip(arrays) {
            for leaf in compute_leaves(field, &array)? {
                let writer =
                    writers.next().ok_or_else(|| ParquetError::General("a column too many".into()))?;
                chunks.push(write(writer, &leaf)?);
            }
        }
        Ok(chunks)
    }
}

fn write(
    mut writer: ArrowColumnWriter,
    leaf: &parquet::arrow::arrow_writer::ArrowLeafColumn,
) -> Result<ArrowColumnChunk, ParquetError> {
    writer.write(leaf)?;
    writer.close()
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
        Ok((Self { table, path, rows: 0, writer }, Encoder { table, schema, factory }))
    }

    /// Append a row group to the file.
    pub(crate) fn append(&mut self, group: RowGroup) -> Result<(), ExportError> {
        self.splice(group.chunks).map_err(ExportError::table(self.table.name))?;
        self.rows += group.rows as u64;
        Ok(())
    }

    fn splice(&mut self, chunks: Vec<ArrowColumnChunk>) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for chunk in chunks {
            chunk.append_to_row_group(&mut group)?;
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
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_dictionary_enabled(false)
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_sorting_columns(sorting(table).filter(|_| sorted));
    let set = |builder, column: &crate::Column| coding(builder, ColumnPath::from(column.name), column.coding);
    table.columns.iter().fold(base, set).build()
}

fn coding(builder: WriterPropertiesBuilder, path: ColumnPath, coding: Coding) -> WriterPropertiesBuilder {
    let statistics = |b: WriterPropertiesBuilder, s| b.set_column_statistics_enabled(path.clone(), s);
    match coding {
        Coding::Key => statistics(builder, EnabledStatistics::Page).set_column_dictionary_enabled(path, true),
        Coding::Repeated => builder.set_column_dictionary_enabled(path, true),
        Coding::Delta => statistics(builder, EnabledStatistics::Chunk)
            .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED),
        Coding::Plain => statistics(builder, EnabledStatistics::Page),
        Coding::Text => builder,
    }
}

/// By doc_id, for the tables whose first column it is.
fn sorting(table: &Table) -> Option<Vec<SortingColumn>> {
    let is_by_document = table.columns.first().is_some_and(|c| c.name == "doc_id");
    is_by_document.then(|| vec![SortingColumn { column_idx: 0, descending: false, nulls_first: false }])
}

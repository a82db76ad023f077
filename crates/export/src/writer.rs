//! One table's Parquet file: how it is laid down, and its row groups, encoded apart from the file.

use crate::ExportError;
use crate::chunk::{PagedChunk, Zstd};
use crate::columns::{Columns, Content};
use crate::journal::Mark;
use crate::schema::{Coding, Table};
use crate::{delta, dictionary, texts};
use arrow::array::{Array, ArrayRef, AsArray, Int32Array, StringArray};
use arrow::datatypes::{Int32Type, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowColumnWriter, compute_leaves};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnDescPtr, ColumnPath};
use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use xxhash_rust::xxh3::Xxh3Default;

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
    Paged(PagedChunk),
}

impl Chunk {
    fn append_to(self, group: &mut SerializedRowGroupWriter<'_, Sink>) -> Result<(), ParquetError> {
        match self {
            Self::Arrow(chunk) => chunk.append_to_row_group(group),
            Self::Paged(chunk) => group.append_column(&chunk.bytes, chunk.close),
        }
    }
}

/// Encodes row groups of one table; shared by all threads.
#[derive(Debug)]
pub(crate) struct Encoder {
    pub(crate) table: &'static Table,
    schema: SchemaRef,
    columns: Vec<ColumnDescPtr>,
    properties: WriterProperties,
}

/// A writer of a table's file, and the encoder of its row groups.
fn open<W: Write + Send>(
    sink: W,
    table: &'static Table,
    sorted: bool,
) -> Result<(SerializedFileWriter<W>, Encoder), ExportError> {
    let schema = table.arrow_schema();
    let properties = properties(table, sorted);
    let (writer, _) = ArrowWriter::try_new(sink, schema.clone(), Some(properties.clone()))
        .and_then(ArrowWriter::into_serialized_writer)
        .map_err(ExportError::table(table.name))?;
    let columns = writer.schema_descr().columns().to_vec();
    Ok((writer, Encoder { table, schema, columns, properties }))
}

impl Encoder {
    /// One that belongs to no file.
    pub(crate) fn detached(table: &'static Table, sorted: bool) -> Result<Self, ExportError> {
        Ok(open(io::sink(), table, sorted)?.1)
    }

    /// Encode columns as one row group; nothing for no rows.
    pub(crate) fn encode(&self, rows: usize, columns: Columns) -> Result<Option<RowGroup>, ExportError> {
        let columns = columns.map_err(ExportError::table(self.table.name))?;
        if rows == 0 {
            return Ok(None);
        }
        let chunks = self.chunks(columns).map_err(ExportError::table(self.table.name))?;
        Ok(Some(RowGroup { chunks, rows }))
    }

    /// One column after the other, so that at most one is there twice.
    fn chunks(&self, columns: Vec<Content>) -> Result<Vec<Chunk>, ParquetError> {
        let mut zstd = Zstd::new(ZSTD_LEVEL)?;
        let (mut chunks, mut leaf) = (Vec::with_capacity(self.columns.len()), 0);
        for (i, column) in columns.into_iter().enumerate() {
            match self.paged((i, leaf), column, &mut zstd)? {
                Laid::Down(chunk) => chunks.push(Chunk::Paged(*chunk)),
                Laid::Not(array) => self.column(i, &array, &mut chunks)?,
            }
            leaf += self.table.columns[i].ty.leaves();
        }
        Ok(chunks)
    }

    /// A column of the table becomes one chunk of the file for each of its leaves.
    fn column(&self, i: usize, array: &ArrayRef, chunks: &mut Vec<Chunk>) -> Result<(), ParquetError> {
        let leaves = compute_leaves(self.schema.field(i), array)?;
        for (leaf, mut writer) in leaves.into_iter().zip(self.writers(i)?) {
            writer.write(&leaf)?;
            chunks.push(Chunk::Arrow(writer.close()?));
        }
        Ok(())
    }

    /// The writers of a column's leaves. Those of the whole table would each bring a compressor, for columns that are
    /// laid down without one too.
    fn writers(&self, i: usize) -> Result<Vec<ArrowColumnWriter>, ParquetError> {
        let schema = Arc::new(self.schema.project(&[i])?);
        let writer = ArrowWriter::try_new(io::sink(), schema, Some(self.properties.clone()))?;
        writer.into_serialized_writer()?.1.create_column_writers(0)
    }

    /// Lay a column down if it can be; `place` is its number and that of its first leaf.
    fn paged(&self, place: (usize, usize), column: Content, zstd: &mut Zstd) -> Result<Laid, ParquetError> {
        let (about, coding) = (self.columns[place.1].clone(), self.table.columns[place.0].coding);
        if !is_laid_down_well(&column, coding, about.max_def_level() > 0) {
            let name = about.name();
            return Err(ParquetError::General(format!("the column {name} is laid down for another schema")));
        }
        let array = match column {
            Content::Packed(packer) => return packer.close(about, None).map(Laid::down),
            Content::Paged(texts) => return texts.close(about).map(Laid::down),
            Content::Coded(coded) if coded.values.value_data().len() <= DICTIONARY_BYTES => {
                return coded.encode(about, coding == Coding::Key, zstd).map(Laid::down);
            }
            other => other.into_array()?,
        };
        Ok(self::array(about, coding, &array, zstd)?.map_or(Laid::Not(array), Laid::down))
    }
}

/// Whether a column that was laid down before its place was known has the levels and the statistics that belong there.
fn is_laid_down_well(column: &Content, coding: Coding, is_nullable: bool) -> bool {
    match column {
        Content::Array(_) => true,
        Content::Coded(_) => !is_nullable,
        Content::Packed(_) => !is_nullable && coding == Coding::Delta,
        Content::Paged(texts) => is_nullable == texts.is_nullable() && coding == Coding::Text,
    }
}

/// A column, on its way into a file.
enum Laid {
    Down(Box<PagedChunk>),
    /// It is for the Parquet writer.
    Not(ArrayRef),
}

impl Laid {
    fn down(chunk: PagedChunk) -> Self {
        Self::Down(Box::new(chunk))
    }
}

/// The chunk of an array that can be laid down at once.
fn array(
    column: ColumnDescPtr,
    coding: Coding,
    array: &ArrayRef,
    zstd: &mut Zstd,
) -> Result<Option<PagedChunk>, ParquetError> {
    if let Some((keys, values)) = dense(array) {
        return dictionary::encode(column, keys, values, coding == Coding::Key, zstd).map(Some);
    }
    match coding {
        Coding::Delta | Coding::Number if array.null_count() == 0 && column.max_def_level() == 0 => {
            let numbers = array.as_primitive_opt::<Int32Type>();
            numbers.map(|n| delta::encode(column, n.values(), coding == Coding::Number)).transpose()
        }
        Coding::Text => text(column, array),
        _ => Ok(None),
    }
}

/// The chunk of a column of texts.
fn text(column: ColumnDescPtr, array: &ArrayRef) -> Result<Option<PagedChunk>, ParquetError> {
    match (array.as_string_opt::<i64>(), array.as_string_opt::<i32>()) {
        (Some(texts), _) => texts::encode(column, texts).map(Some),
        (_, Some(texts)) => texts::encode(column, texts).map(Some),
        _ => Ok(None),
    }
}

/// Keys and strings of a dictionary array that is small enough to be a dictionary in the file too.
fn dense(array: &ArrayRef) -> Option<(&Int32Array, &StringArray)> {
    let array = array.as_any_dictionary_opt()?;
    let (keys, values) =
        (array.keys().as_primitive_opt::<Int32Type>()?, array.values().as_string_opt::<i32>()?);
    (values.value_data().len() <= DICTIONARY_BYTES).then_some((keys, values))
}

/// One table's file while it grows.
pub(crate) struct TableFile {
    pub(crate) table: &'static Table,
    pub(crate) path: PathBuf,
    pub(crate) rows: u64,
    writer: SerializedFileWriter<Sink>,
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
        Self::new(path, Sink::new(file, 0), table, sorted)
    }

    fn new(
        path: PathBuf,
        sink: Sink,
        table: &'static Table,
        sorted: bool,
    ) -> Result<(Self, Encoder), ExportError> {
        let (writer, encoder) = open(sink, table, sorted)?;
        Ok((Self { table, path, rows: 0, writer }, encoder))
    }

    /// Go on with the file of an interrupted run: its row groups by their footers, and what comes after them is cut off.
    pub(crate) fn resume<'f>(
        folder: &Path,
        table: &'static Table,
        sorted: bool,
        bytes: u64,
        footers: impl Iterator<Item = &'f [u8]>,
    ) -> Result<(Self, Encoder), ExportError> {
        let path = folder.join(table.file_name());
        let open = || OpenOptions::new().read(true).write(true).open(&path);
        let file = open().and_then(|file| file.set_len(bytes).map(|()| file));
        let file = file.map_err(ExportError::file(&path))?;
        let before = open().map_err(ExportError::file(&path))?;
        let (mut this, encoder) = Self::new(path, Sink::new(file, bytes), table, sorted)?;
        for footer in footers {
            this.replay(&before, footer)?;
        }
        Ok((this, encoder))
    }

    /// Append a row group to the file.
    pub(crate) fn append(&mut self, group: RowGroup) -> Result<(), ExportError> {
        self.splice(group.chunks).map_err(self.failed())?;
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

    fn failed(&self) -> impl Fn(ParquetError) -> ExportError + use<> {
        ExportError::appending(self.table.name, &self.path)
    }

    /// Append the row groups of a footer from a file that holds them.
    pub(crate) fn replay(&mut self, from: &File, footer: &[u8]) -> Result<(), ExportError> {
        self.copy(from, footer).map_err(self.failed())
    }

    fn copy(&mut self, from: &File, footer: &[u8]) -> Result<(), ParquetError> {
        for group in footer::read(footer)?.row_groups() {
            let mut out = self.writer.next_row_group()?;
            for column in group.columns() {
                let close = ColumnCloseResult {
                    bytes_written: fit(column.compressed_size()),
                    rows_written: fit(group.num_rows()),
                    metadata: footer::complete(column)?,
                    bloom_filter: None,
                    column_index: None,
                    offset_index: None,
                };
                out.append_column(from, close)?;
            }
            out.close()?;
            self.rows += fit(group.num_rows());
        }
        Ok(())
    }

    /// Hand what was appended to the system; how far the file is, with the footer of the last row group if it is new.
    pub(crate) fn mark(&mut self, is_new: bool) -> Result<Mark, ExportError> {
        self.writer.flush().map_err(ExportError::file(&self.path))?;
        let last = self.writer.flushed_row_groups().last().filter(|_| is_new).cloned();
        let schema = self.writer.schema_descr();
        let footer = last.map(|group| footer::write(group, schema)).transpose();
        let footer = footer.map_err(ExportError::table(self.table.name))?;
        let sink = self.writer.inner();
        Ok(Mark { bytes: sink.at, hash: sink.hash.digest(), footer })
    }

    /// Write the footer and wait until all is on the disk: size of the file in bytes, and its hash.
    pub(crate) fn close(mut self) -> Result<(u64, u64), ExportError> {
        self.writer.finish().map_err(self.failed())?;
        let sink = self.writer.inner();
        sink.file.sync_all().map_err(ExportError::file(&self.path))?;
        Ok((sink.at, sink.hash.digest()))
    }
}

/// A count that a footer gives with a sign.
fn fit(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

/// The file behind a Parquet writer: hashes what passes. Of the bytes that are in the file already, when a run is
/// resumed, it takes note and writes none.
struct Sink {
    file: File,
    hash: Xxh3Default,
    at: u64,
    there: u64,
}

impl Sink {
    fn new(file: File, there: u64) -> Self {
        Self { file, hash: Xxh3Default::new(), at: 0, there }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let known = usize::try_from(self.there.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let n = match known {
            0 => self.file.write(bytes)?,
            n => {
                let n = n.min(bytes.len());
                self.file.seek(SeekFrom::Start(self.at + n as u64))?;
                n
            }
        };
        self.hash.update(bytes.get(..n).unwrap_or(bytes));
        self.at += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The footer of single row groups, as the journal keeps it.
mod footer {
    use parquet::errors::ParquetError;
    use parquet::file::metadata::{
        ColumnChunkMetaData, FileMetaData, ParquetMetaData, ParquetMetaDataOptions, ParquetMetaDataReader,
        ParquetMetaDataWriter, RowGroupMetaData,
    };
    use parquet::file::statistics::Statistics;
    use parquet::schema::types::SchemaDescriptor;
    use std::sync::Arc;

    /// Bytes after the footer proper: its length, and the mark of Parquet.
    const TAIL: usize = 8;

    pub(super) fn write(group: RowGroupMetaData, schema: &SchemaDescriptor) -> Result<Vec<u8>, ParquetError> {
        let schema = Arc::new(SchemaDescriptor::new(schema.root_schema_ptr()));
        let about = FileMetaData::new(1, group.num_rows(), None, None, schema, None);
        let mut bytes = Vec::new();
        ParquetMetaDataWriter::new(&mut bytes, &ParquetMetaData::new(about, vec![group])).finish()?;
        bytes.truncate(bytes.len().saturating_sub(TAIL));
        Ok(bytes)
    }

    /// A column chunk as the writer described it at first: reading drops that least and greatest numbers stood in the
    /// old fields of the footer, too.
    pub(super) fn complete(column: &ColumnChunkMetaData) -> Result<ColumnChunkMetaData, ParquetError> {
        let Some(statistics) = column.statistics() else { return Ok(column.clone()) };
        let is_old_too = column.column_descr().sort_order().is_signed();
        let statistics = match statistics.clone() {
            Statistics::Boolean(s) => s.with_backwards_compatible_min_max(is_old_too).into(),
            Statistics::Int32(s) => s.with_backwards_compatible_min_max(is_old_too).into(),
            Statistics::Int64(s) => s.with_backwards_compatible_min_max(is_old_too).into(),
            Statistics::Double(s) => s.with_backwards_compatible_min_max(is_old_too).into(),
            other => other,
        };
        column.clone().into_builder().set_statistics(statistics).build()
    }

    /// With everything in it: what it leaves out would be missing from the new file.
    pub(super) fn read(footer: &[u8]) -> Result<ParquetMetaData, ParquetError> {
        let options = ParquetMetaDataOptions::new().with_encoding_stats_as_mask(false);
        ParquetMetaDataReader::decode_metadata_with_options(footer, Some(&options))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::{Content, DocIds, Ints, Repeated, Texts, few, int32, shared};
    use crate::dictionary::{Coded, Ids};
    use crate::interner::Interner;
    use crate::schema::{Column, ColumnType};
    use arrow::array::{LargeStringArray, RecordBatch};
    use arrow::compute::concat_batches;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use proptest::prelude::*;

    const fn column(name: &'static str, ty: ColumnType, nullable: bool, coding: Coding) -> Column {
        Column { name, ty, nullable, unit: "", meaning: "", coding }
    }

    /// One column of each kind that is laid down at once.
    static TABLE: Table = Table {
        name: "all",
        summary: "",
        columns: &[
            column("key", ColumnType::Utf8, false, Coding::Key),
            column("repeated", ColumnType::Utf8, true, Coding::Repeated),
            column("place", ColumnType::Int32, false, Coding::Delta),
            column("number", ColumnType::Int32, false, Coding::Number),
            column("text", ColumnType::Utf8, true, Coding::Text),
        ],
    };

    static NUMBERS: Table = Table {
        name: "numbers",
        summary: "",
        columns: &[column("place", ColumnType::Int32, false, Coding::Delta)],
    };

    static KEYS: Table =
        Table { name: "keys", summary: "", columns: &[column("key", ColumnType::Utf8, false, Coding::Key)] };

    type Row = (String, Option<String>, i32, Option<String>);

    /// From arrays.
    fn columns(rows: &[Row]) -> Columns {
        let (mut keys, mut repeated) = (Repeated::default(), Repeated::default());
        for row in rows {
            keys.push(&row.0);
            repeated.push_option(row.1.as_deref());
        }
        let places: Vec<i32> = rows.iter().map(|r| r.2).collect();
        let texts: LargeStringArray = rows.iter().map(|r| r.3.as_deref()).collect();
        Ok(vec![
            keys.into_column()?,
            repeated.into_column()?,
            int32(places.clone()).into(),
            int32(places).into(),
            shared(texts).into(),
        ])
    }

    /// Laid down as the rows come.
    fn laid_down(rows: &[Row]) -> Columns {
        let (mut places, mut texts) = (Ints::packed(0), Texts::new(true, true, 0));
        let (mut keys, mut words) = (DocIds::default(), Interner::default());
        for row in rows {
            keys.push(&row.0, 1);
            places.extend([row.2].into_iter());
            texts.push(row.3.as_deref());
        }
        let mut repeated = Repeated::default();
        rows.iter().for_each(|row| repeated.push_option(row.1.as_deref()));
        let all: Vec<u32> = rows.iter().map(|row| words.intern(&row.0) as u32).collect();
        let same = (0..all.iter().max().map_or(0, |n| *n as i32 + 1)).collect();
        let keys = match rows.len() % 2 {
            0 => keys.into_column(),
            _ => {
                Content::Coded(Coded { values: words.into_strings()?, ids: Ids::Words(Arc::new(all), same) })
            }
        };
        let numbers = int32(rows.iter().map(|r| r.2).collect()).into();
        Ok(vec![keys, repeated.into_column()?, places.into_column(), numbers, texts.into_column()])
    }

    /// Write groups of rows to a file; its bytes.
    fn write(groups: &[Vec<Row>], columns: fn(&[Row]) -> Columns) -> bytes::Bytes {
        write_groups(&TABLE, groups.iter().map(|rows| (rows.len(), columns(rows))))
    }

    /// Write a table of one column.
    fn write_one(table: &'static Table, rows: usize, column: Content) -> bytes::Bytes {
        write_groups(table, [(rows, Ok(vec![column]))])
    }

    fn write_groups(
        table: &'static Table,
        groups: impl IntoIterator<Item = (usize, Columns)>,
    ) -> bytes::Bytes {
        let (mut writer, encoder) = open(Vec::new(), table, false).unwrap();
        for (rows, columns) in groups {
            let group = encoder.encode(rows, columns).unwrap().unwrap();
            let mut out = writer.next_row_group().unwrap();
            for chunk in group.chunks {
                match chunk {
                    Chunk::Paged(chunk) => out.append_column(&chunk.bytes, chunk.close).unwrap(),
                    Chunk::Arrow(_) => panic!("a column was left to the Parquet writer"),
                }
            }
            out.close().unwrap();
        }
        writer.into_inner().unwrap().into()
    }

    /// Least and greatest value of a column of the first row group, by the footer.
    fn range(file: &bytes::Bytes, column: usize) -> Option<(Vec<u8>, Vec<u8>)> {
        let file = ParquetRecordBatchReaderBuilder::try_new(file.clone()).unwrap();
        let statistics = file.metadata().row_group(0).column(column).statistics()?.clone();
        Some((statistics.min_bytes_opt()?.to_vec(), statistics.max_bytes_opt()?.to_vec()))
    }

    fn read(bytes: bytes::Bytes) -> RecordBatch {
        let reader = ParquetRecordBatchReaderBuilder::try_new(bytes).unwrap();
        let schema = reader.schema().clone();
        concat_batches(&schema, &reader.build().unwrap().map(|b| b.unwrap()).collect::<Vec<_>>()).unwrap()
    }

    /// What a reader of the file sees is what was written.
    fn check(groups: &[Vec<Row>]) {
        check_columns(groups, columns);
        check_columns(groups, laid_down);
    }

    fn check_columns(groups: &[Vec<Row>], columns: fn(&[Row]) -> Columns) {
        let read = read(write(groups, columns));
        let rows: Vec<Row> = groups.iter().flatten().cloned().collect();
        let strings = |i: usize| read.column(i).as_string::<i32>().iter().map(|s| s.map(str::to_owned));
        assert!(strings(0).eq(rows.iter().map(|r| Some(r.0.clone()))));
        assert!(strings(1).eq(rows.iter().map(|r| r.1.clone())));
        assert!(strings(4).eq(rows.iter().map(|r| r.3.clone())));
        for i in [2, 3] {
            assert!(read.column(i).as_primitive::<Int32Type>().values().iter().eq(rows.iter().map(|r| &r.2)));
        }
    }

    fn row() -> impl Strategy<Value = Row> {
        let text = prop_oneof![Just(String::new()), "[a-c]{1,2}", "\\PC{0,40}"];
        (
            text.clone(),
            prop::option::of(text.clone()),
            prop_oneof![0i32..90, any::<i32>()],
            prop::option::of(text),
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn rows_come_back(groups in prop::collection::vec(prop::collection::vec(row(), 1..300), 1..3)) {
            check(&groups);
        }
    }

    #[test]
    fn columns_of_several_pages_come_back() {
        let row = |i: i32| {
            let repeated = (i % 3 != 0).then(|| (i / 1000).to_string());
            let text = (i % 5 != 0).then(|| "word ".repeat(i as usize % 20));
            ((i % 700).to_string(), repeated, i * 3, text)
        };
        let nothing = |n: i32| (String::new(), None, n, None);
        check(&[(0..150_000).map(row).collect(), (0..3).map(row).collect(), (0..9).map(nothing).collect()]);
    }

    #[test]
    fn packed_columns_of_several_pages_come_back() {
        let mut numbers: Vec<i32> = (0..(1 << 20) + 200).map(|i| i * 7 % 1000 + i).collect();
        numbers[1 << 20] = i32::MIN;
        let mut column = Ints::packed(0);
        numbers.chunks(1000).for_each(|some| column.extend(some.iter().copied()));
        let read = read(write_one(&NUMBERS, numbers.len(), column.into_column()));
        assert!(read.column(0).as_primitive::<Int32Type>().values().iter().eq(&numbers));
    }

    #[test]
    fn ids_of_several_pages_come_back() {
        let (names, n) = (["a", "b", "c", "d"], 70_000);
        let ids: Vec<u8> = (0..n).map(|i| 1 + u8::from(i % 900 > 800)).collect();
        let file = write_one(&KEYS, n, few(names, ids.clone()));
        assert_eq!(range(&file, 0), Some((b"b".to_vec(), b"c".to_vec())));
        let words = Ids::Words(Arc::new(ids.iter().map(|&id| u32::from(id)).collect()), vec![3, 0, 1]);
        let values = StringArray::from_iter_values(&names[1..3]);
        let again = write_one(&KEYS, n, Content::Coded(Coded { values, ids: words }));
        for file in [file, again] {
            let read = read(file);
            let wanted = ids.iter().map(|&id| Some(names[usize::from(id)]));
            assert!(read.column(0).as_string::<i32>().iter().eq(wanted));
        }
    }

    #[test]
    fn the_footer_tells_the_range() {
        let rows = |n: i32| (n.to_string(), None, n, None);
        let file = write(&[vec![rows(5), rows(-2), rows(7)]], columns);
        let range = |i| range(&file, i);
        assert_eq!(range(0), Some((b"-2".to_vec(), b"7".to_vec())));
        assert_eq!(range(3), Some(((-2i32).to_le_bytes().to_vec(), 7i32.to_le_bytes().to_vec())));
        assert_eq!((range(1), range(2), range(4)), (None, None, None));
    }
}

//! Rows as Arrow record batches, without files: for systems that write themselves.

use crate::batch::{Batch, Batches, Plan};
use crate::columns::{Columns, Content};
use crate::writer::Encoder;
use crate::{ExportError, Options, Table};
use arrow::array::RecordBatch;
use arrow::compute::cast;
use arrow::error::ArrowError;
use std::sync::Arc;

impl Batches {
    /// A maker of batches that belong to no output.
    ///
    /// # Errors
    /// [`ExportError::Table`] when the Parquet library does not take the schema of a table.
    ///
    /// ```
    /// use decalque_export::{Batches, Options};
    /// assert!(Batches::detached(&Options::default()).unwrap().batch().is_empty());
    /// ```
    pub fn detached(options: &Options) -> Result<Self, ExportError> {
        let encoders = options.chosen().map(|table| Encoder::detached(table, options.sorted));
        let (encoders, keyword_method) =
            (encoders.collect::<Result<_, _>>()?, options.keyword_method.clone());
        Ok(Self(Arc::new(Plan { encoders, sorted: options.sorted, keyword_method, for_files: false })))
    }
}

impl Batch {
    /// The rows as record batches: one for each table that documents fill, also when it has no rows, in the order of
    /// [`tables`](crate::tables) and with the schema of [`Table::arrow_schema`].
    ///
    /// # Errors
    /// [`ExportError::TooLarge`], [`ExportError::OutOfOrder`], and [`ExportError::Record`] when the strings of a column
    /// are more than an Arrow array holds, or the batch is of an [`Output`](crate::Output): its columns are pages already.
    ///
    /// ```
    /// use decalque_export::{Batches, Options};
    /// use decalque_text::Source;
    /// let mut batch = Batches::detached(&Options::default()).unwrap().batch();
    /// batch.reject(&Source { doc_id: "a.doc".into(), ..Source::default() });
    /// let records = batch.into_record_batches().unwrap();
    /// assert_eq!((records[0].0.name, records[0].1.num_rows()), ("sources", 1));
    /// assert_eq!((records[1].0.name, records[1].1.num_rows()), ("documents", 0));
    /// ```
    pub fn into_record_batches(self) -> Result<Vec<(&'static Table, RecordBatch)>, ExportError> {
        let (plan, tables, _) = self.into_tables()?;
        let mut records = Vec::with_capacity(tables.len());
        for (i, rows) in tables {
            let table = plan.encoders[i].table;
            let record = record(table, rows.into_columns());
            records
                .push((table, record.map_err(|source| ExportError::Record { table: table.name, source })?));
        }
        Ok(records)
    }
}

/// Columns as the schema declares them: dictionaries and large strings become plain strings.
fn record(table: &Table, columns: Columns) -> Result<RecordBatch, ArrowError> {
    let schema = table.arrow_schema();
    let arrays = columns?.into_iter().map(Content::into_array).zip(schema.fields());
    let declared = arrays.map(|(array, f)| cast(&array?, f.data_type()));
    let declared = declared.collect::<Result<_, _>>()?;
    RecordBatch::try_new(schema, declared)
}

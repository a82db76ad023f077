//! Both passes as functions from Arrow record batches to record batches, for systems that hold a corpus in partitions
//! (Spark, Ray, Daft) and call a function on each.
//!
//! 1. [`evidence`] of every partition: what pass 1 learns from it, in one cell.
//! 2. [`merge_evidence`] puts those of all partitions together, in any order and grouping.
//! 3. [`Stages`], once a partition, with the evidence of the whole corpus: the tables of its documents.
//!
//! The rows are those that [`run`](crate::run) writes for the same documents, ids and settings: both call the same
//! functions. `terms` and `entities` are sums over the corpus and are not made here: `tokens` and `mentions` hold what
//! they count.
//!
//! A batch of documents has the columns `doc_id` and `text` and may have `title`, `url`, `author` and `date`, all of them
//! strings (Utf8, LargeUtf8, Utf8View, or a dictionary of these); [`Config::text_column`] and [`Config::date_column`]
//! rename two. They are taken as a reader takes the fields of a JSON record; other columns are passed over. Ids are the
//! caller's to keep unique in the corpus. A document whose text is null, blank, holds a NUL character, or has more than
//! 400 MB is rejected: a row of `sources` with a reason, and of no other table.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use arrow::array::{ArrayRef, RecordBatch, StringArray};
//! use decalque_pipeline::batch::{Stages, evidence, merge_evidence};
//! use decalque_pipeline::Config;
//! use std::sync::Arc;
//! let column = |values: [&str; 2]| -> ArrayRef { Arc::new(StringArray::from(values.to_vec())) };
//! let texts = column(["The Russian foreign Minister left.", "It rained."]);
//! let documents = RecordBatch::try_from_iter([("doc_id", column(["a", "b"])), ("text", texts)])?;
//! let config = Config::default();
//! let whole = merge_evidence(&evidence(&documents, &config)?)?;
//! let stages = Stages::new(&config, &whole)?;
//! assert_eq!(stages.documents(&documents)?.num_rows(), 2);
//! assert_eq!(stages.corrections(&documents)?.num_rows(), 1);
//! # Ok(()) }
//! ```

mod input;
mod sealed;
mod stages;

pub use stages::Stages;

use crate::Error;
use crate::config::Config;
use crate::document::{Settings, learn};
use crate::read::Columns;
use crate::worker::Worker;
use arrow::array::RecordBatch;
use decalque_evidence::Gathered;
use input::Documents;

/// Pass 1: what the corpus learns from these documents, as one row with one binary column, `evidence`.
///
/// # Errors
/// [`Error::Column`] when a column of the documents is missing or wrong, and when a setting is impossible.
///
/// ```
/// # use arrow::array::{ArrayRef, RecordBatch, StringArray};
/// # use std::sync::Arc;
/// let column = |value: &str| -> ArrayRef { Arc::new(StringArray::from(vec![value])) };
/// let documents = [("doc_id", column("a")), ("text", column("The minister spoke on Friday."))];
/// let documents = RecordBatch::try_from_iter(documents).unwrap();
/// let row = decalque_pipeline::batch::evidence(&documents, &Default::default()).unwrap();
/// assert_eq!((row.num_rows(), row.schema().field(0).name().as_str()), (1, "evidence"));
/// ```
pub fn evidence(documents: &RecordBatch, config: &Config) -> Result<RecordBatch, Error> {
    config.check()?;
    let (settings, columns) = (Settings::new(config)?, Columns::new(config));
    let documents = Documents::of(documents, &columns)?;
    let (mut worker, mut gathered) = (Worker::default(), Gathered::default());
    for (source, fields) in documents.iter().filter(|(source, _)| source.is_ok) {
        let language = decalque_tokenize::language(&source.raw_text);
        learn(&source, &fields, language, &mut worker, &settings, &mut gathered);
    }
    worker.hand_over(&mut gathered);
    sealed::record(gathered)
}

/// Put evidence together: any number of rows of [`evidence`], or of this function, become one. Order and grouping leave
/// no trace in the bytes; of no row comes the evidence of no document.
///
/// # Errors
/// [`Error::Column`] when the column `evidence` is missing or not binary, [`Error::EvidenceCell`] when a row holds something
/// else, is of another version, or all together are more than a cell holds.
///
/// ```
/// # use arrow::array::{ArrayRef, RecordBatch, StringArray};
/// # use arrow::compute::concat_batches;
/// # use decalque_pipeline::batch::{evidence, merge_evidence};
/// # use std::sync::Arc;
/// let of = |id: &str| {
///     let column = |value: &str| -> ArrayRef { Arc::new(StringArray::from(vec![value])) };
///     let documents = [("doc_id", column(id)), ("text", column("The talks went on in Geneva."))];
///     evidence(&RecordBatch::try_from_iter(documents).unwrap(), &Default::default()).unwrap()
/// };
/// let both = |a, b| merge_evidence(&concat_batches(&RecordBatch::schema(a), [a, b]).unwrap()).unwrap();
/// assert_eq!(both(&of("a"), &of("b")), both(&of("b"), &of("a")));
/// ```
pub fn merge_evidence(evidence: &RecordBatch) -> Result<RecordBatch, Error> {
    sealed::record(sealed::merged(evidence)?)
}

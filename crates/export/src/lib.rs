//! The tables: their schemas, the Arrow record batches they are made as, and the Parquet files they are written to.
//!
//! A run opens an [`Output`], fills one [`Batch`] after another (on as many threads as it likes), appends the encoded
//! batches in order and finishes. Until then the previous tables in the folder stay as they are.
//!
//! Everywhere else positions are bytes; here they become **Unicode characters**, for readers in Python, R and SQL.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use decalque_export::{Options, Output};
//! use decalque_text::Source;
//! let folder = tempfile::tempdir()?;
//! let mut out = Output::create(folder.path(), &Options::default())?;
//! let mut batch = out.batch();
//! batch.reject(&Source { doc_id: "a.doc".into(), reason: Some("not a text".into()), ..Source::default() });
//! out.append(batch.encode()?, b"")?;
//! let written = out.finish(|_| serde_json::json!({ "version": "0.1.0" }))?;
//! assert_eq!(written.rows("sources"), 1);
//! assert!(folder.path().join("tokens.parquet").is_file()); // empty, with its columns
//! # Ok(()) }
//! ```
#![deny(missing_docs)]

mod batch;
mod chars;
mod check;
mod chunk;
mod columns;
mod delta;
mod dictionary;
mod error;
mod folder;
mod interner;
mod journal;
mod output;
mod places;
mod record;
mod rows;
mod schema;
mod shard;
mod suggestions;
mod texts;
mod writer;

pub use batch::{Batch, Batches, EncodedBatch, EncodedTerms};
pub use check::{Report, check};
pub use error::ExportError;
pub use folder::{Folder, discard, is_resumable, settle};
pub use output::{Notes, Options, Output, ROWS_A_GROUP, Written, WrittenTable};
pub use rows::TermRows;
pub use schema::{Column, ColumnType, Table, schema_json, schema_text, table, tables};
pub use shard::{Shard, is_in_shards};
pub use suggestions::{Suggestion, suggestions};

//! Reading inputs and the two passes over a corpus.
//!
//! [`run`] is the whole job: documents in, tables out. [`explain`] does the same for one input and keeps what happened
//! in memory, for a person to read. Both call the same pure per-document functions in `document`.
#![deny(missing_docs)]

mod aside;
pub mod batch;
mod budget;
mod config;
mod corpus;
mod counts;
mod decisions;
mod document;
mod entities;
mod error;
mod explain;
mod files;
mod frame;
mod gathered;
mod grouped;
mod merge;
mod origin;
mod packed;
mod patterns;
mod progress;
mod read;
mod resume;
mod run;
mod runs;
mod shard;
mod shelf;
mod summary;
mod surfaces;
mod tally;
mod turns;
mod varint;
mod worker;

pub use config::{Config, Format, Switch};
pub use corpus::{Survey, survey};
pub use error::Error;
pub use explain::{Explained, explain};
pub use files::{Input, Spooled};
pub use gathered::{Coverage, merge_evidence};
pub use merge::merge;
pub use progress::{Progress, Quiet};
pub use run::{gather, run, run_part};
pub use shard::{Part, Shard};
pub use summary::{KindCount, Rejected, Summary};

/// The table contract: names, columns, types, meanings.
pub use decalque_export::{
    Report, Suggestion, check, is_resumable, schema_json, schema_text, suggestions, tables,
};
/// The catalogue of repair rules.
pub use decalque_normalize::{Example, RULES, Rule};
/// Kinds and standings of repairs, as the tables name them.
pub use decalque_text::{
    Confidence, Correction, Edited, EntityKind, Kind, Layer, Mention, Quote, Span, Speech, Status,
};

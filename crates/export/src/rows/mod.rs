//! One file a table: how a record becomes its rows.

mod corrections;
mod documents;
mod entities;
mod keywords;
mod mentions;
mod quotes;
mod sentences;
mod sources;
mod terms;
mod tokens;

use crate::columns::Columns;
use crate::places::Places;
use decalque_text::Record;

pub(crate) use corrections::Corrections;
pub(crate) use documents::Documents;
pub(crate) use entities::entities;
pub(crate) use keywords::Keywords;
pub(crate) use mentions::Mentions;
pub(crate) use quotes::Quotes;
pub(crate) use sentences::Sentences;
pub(crate) use sources::Sources;
pub use terms::TermRows;
pub(crate) use tokens::Tokens;

/// The rows of one table in one batch.
pub(crate) trait Rows: Send + std::fmt::Debug {
    /// Append what one document has to say. `places` belongs to the same record.
    fn push(&mut self, record: &Record<'_>, places: &mut Places<'_>);

    /// Number of rows.
    fn len(&self) -> usize;

    /// Bytes of the longest arena of strings; must stay below 2 GiB.
    fn bytes(&self) -> usize {
        0
    }

    /// The columns, in the order of the table's.
    fn into_columns(self: Box<Self>) -> Columns;
}

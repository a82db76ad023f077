use crate::columns::{Arrays, fit64, list, shared};
use crate::schema::group_fields;
use arrow::array::{ArrayRef, Float64Array, Int64Array, LargeStringBuilder, StringBuilder};
use arrow::error::ArrowError;
use decalque_text::{CorpusTerm, GroupCount};

/// Rows of `terms` under construction, column by column: a corpus has many, and a row by itself would be looked up in
/// memory once for each of its columns.
///
/// ```
/// use decalque_export::TermRows;
/// assert!(TermRows::default().is_empty());
/// ```
#[derive(Debug, Default)]
pub struct TermRows {
    surfaces: LargeStringBuilder,
    norms: LargeStringBuilder,
    n_docs: Vec<i64>,
    counts: Vec<i64>,
    keyness: Vec<f64>,
    key_docs: LargeStringBuilder,
    sources: Groups,
    months: Groups,
}

impl TermRows {
    /// Append a word.
    pub fn push(&mut self, term: &CorpusTerm<'_>) {
        self.surfaces.append_value(term.surface);
        self.norms.append_value(term.norm);
        self.n_docs.push(fit64(term.n_docs));
        self.counts.push(fit64(term.count));
        self.keyness.push(term.keyness);
        self.key_docs.append_value(term.key_doc);
        self.sources.push(term.sources);
        self.months.push(term.months);
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The arrays, in the order of the table's columns.
    pub(crate) fn into_arrays(mut self) -> Arrays {
        Ok(vec![
            shared(self.surfaces.finish()),
            shared(self.norms.finish()),
            shared(Int64Array::from(self.n_docs)),
            shared(Int64Array::from(self.counts)),
            shared(Float64Array::from(self.keyness)),
            shared(self.key_docs.finish()),
            self.sources.into_array("source")?,
            self.months.into_array("month")?,
        ])
    }
}

/// The groups of each term.
#[derive(Debug, Default)]
struct Groups {
    lengths: Vec<usize>,
    names: StringBuilder,
    n_docs: Vec<i64>,
    counts: Vec<i64>,
    keyness: Vec<f64>,
}

impl Groups {
    fn push(&mut self, groups: &[GroupCount<'_>]) {
        self.lengths.push(groups.len());
        groups.iter().for_each(|g| self.names.append_value(g.group));
        self.n_docs.extend(groups.iter().map(|g| fit64(g.n_docs)));
        self.counts.extend(groups.iter().map(|g| fit64(g.count)));
        self.keyness.extend(groups.iter().map(|g| g.keyness));
    }

    /// A list of structs for each term.
    fn into_array(mut self, name: &str) -> Result<ArrayRef, ArrowError> {
        let columns = vec![
            shared(self.names.finish()),
            shared(Int64Array::from(self.n_docs)),
            shared(Int64Array::from(self.counts)),
            shared(Float64Array::from(self.keyness)),
        ];
        list(group_fields(name), columns, self.lengths)
    }
}

use super::Rows;
use crate::batch::Plan;
use crate::columns::{Columns, Repeated, Texts, fit64, shared};
use crate::places::Places;
use arrow::array::{Int64Array, LargeStringBuilder, StringBuilder};
use decalque_text::{Record, Source};

/// Rows of `sources`.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    doc_id: StringBuilder,
    path: Repeated,
    bytes: Vec<i64>,
    encoding: Repeated,
    content_hash: StringBuilder,
    status: Repeated,
    reason: Repeated,
    raw_text: Texts,
    metadata: LargeStringBuilder,
}

impl Sources {
    /// No rows yet; see [`Plan`].
    pub(crate) fn new(plan: &Plan) -> Self {
        Self { raw_text: plan.texts(true), ..Self::default() }
    }

    /// Append a document that is in no other table.
    pub(crate) fn reject(&mut self, source: &Source) {
        self.append(source, "rejected", None);
    }

    fn append(&mut self, source: &Source, status: &str, raw_text: Option<&str>) {
        self.doc_id.append_value(&source.doc_id);
        self.path.push(&source.path);
        self.bytes.push(fit64(source.bytes));
        self.encoding.push_option(Some(source.encoding).filter(|e| !e.is_empty()));
        self.content_hash.append_value(format!("{:016x}", source.content_hash));
        self.status.push(status);
        self.reason.push_option(source.reason.as_deref());
        self.raw_text.push(raw_text);
        self.metadata.append_option(source.metadata.as_deref());
    }
}

impl Rows for Sources {
    fn push(&mut self, record: &Record<'_>, _: &mut Places<'_>) {
        self.append(record.source, "ok", Some(&record.source.raw_text));
    }

    fn len(&self) -> usize {
        self.bytes.len()
    }

    fn into_columns(mut self: Box<Self>) -> Columns {
        Ok(vec![
            shared(self.doc_id.finish()).into(),
            self.path.into_column()?,
            shared(Int64Array::from(self.bytes)).into(),
            self.encoding.into_column()?,
            shared(self.content_hash.finish()).into(),
            self.status.into_column()?,
            self.reason.into_column()?,
            self.raw_text.into_column(),
            shared(self.metadata.finish()).into(),
        ])
    }
}

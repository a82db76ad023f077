use super::Rows;
use crate::columns::{Columns, DocIds, PlaceColumns, Repeated, fit32, int32, shared};
use crate::places::{Place, Places};
use arrow::array::Float64Array;
use decalque_text::{Correction, Decision, Layer, Record, Span};

/// Rows of `corrections`.
#[derive(Debug, Default)]
pub(crate) struct Corrections {
    doc_id: DocIds,
    correction: Vec<i32>,
    kind: Repeated,
    rule: Repeated,
    status: Repeated,
    confidence: Vec<f64>,
    places: PlaceColumns,
    before: Repeated,
    after: Repeated,
    evidence: Repeated,
    refused_by: Repeated,
    decision: Repeated,
}

impl Corrections {
    fn append(&mut self, correction: &Correction) {
        let edit = &correction.edit;
        self.kind.push(edit.kind.name());
        self.rule.push(edit.rule);
        self.status.push(correction.status.name());
        self.confidence.push(edit.confidence.value());
        self.after.push_option(Some(edit.replacement.as_str()).filter(|r| !r.is_empty()));
        self.evidence.push(&edit.evidence);
        self.refused_by.push_option(correction.refused_by);
        self.decision.push_option(correction.decision.map(Decision::name));
    }
}

impl Rows for Corrections {
    fn push(&mut self, record: &Record<'_>, places: &mut Places<'_>) {
        self.doc_id.push(&record.source.doc_id, record.corrections.len());
        for (i, correction) in record.corrections.iter().enumerate() {
            let (raw, clean) = spans(record, correction);
            self.correction.push(fit32(i));
            self.append(correction);
            self.before.push(raw.text(&record.source.raw_text));
            self.places.push(Place { chars: places.chars(clean), raw: places.raw_chars(raw) });
        }
    }

    fn len(&self) -> usize {
        self.correction.len()
    }

    fn bytes(&self) -> usize {
        self.before.bytes().max(self.after.bytes()).max(self.evidence.bytes())
    }

    fn into_columns(self: Box<Self>) -> Columns {
        let [char_start, char_end, raw_start, raw_end] = self.places.into_columns();
        Ok(vec![
            self.doc_id.into_column(),
            int32(self.correction).into(),
            self.kind.into_column()?,
            self.rule.into_column()?,
            self.status.into_column()?,
            shared(Float64Array::from(self.confidence)).into(),
            raw_start,
            raw_end,
            char_start,
            char_end,
            self.before.into_column()?,
            self.after.into_column()?,
            self.evidence.into_column()?,
            self.refused_by.into_column()?,
            self.decision.into_column()?,
        ])
    }
}

/// The span a correction is about in the raw text, and what became of it in the repaired text.
///
/// An applied edit maps exactly to the replacement that stands in its place, so one way serves every status.
fn spans(record: &Record<'_>, correction: &Correction) -> (Span, Span) {
    let span = correction.edit.span;
    match correction.layer {
        Layer::Local => (span, record.corpus.to_clean(record.local.to_clean(span))),
        Layer::Corpus => (record.local.to_raw(span), record.corpus.to_clean(span)),
    }
}

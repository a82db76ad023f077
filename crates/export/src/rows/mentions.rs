use super::Rows;
use crate::columns::{Columns, DocIds, PlaceColumns, Repeated, fit32, int32, shared};
use crate::places::Places;
use arrow::array::Int32Array;
use decalque_text::Record;

/// Rows of `mentions`.
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    doc_id: DocIds,
    mention: Vec<i32>,
    entity_id: Repeated,
    places: PlaceColumns,
    text: Repeated,
    kind: Repeated,
    correction: Vec<Option<i32>>,
}

impl Rows for Mentions {
    fn push(&mut self, record: &Record<'_>, places: &mut Places<'_>) {
        let text = record.corpus.clean();
        self.doc_id.push(&record.source.doc_id, record.mentions.len());
        for (i, mention) in record.mentions.iter().enumerate() {
            self.mention.push(fit32(i));
            self.entity_id.push(&mention.entity_id);
            self.places.push(places.of(mention.span));
            self.text.push(mention.span.text(text));
            self.kind.push(mention.kind.name());
            self.correction.push(mention.correction.map(|n| fit32(n as usize)));
        }
    }

    fn len(&self) -> usize {
        self.mention.len()
    }

    fn bytes(&self) -> usize {
        self.text.bytes().max(self.entity_id.bytes())
    }

    fn into_columns(self: Box<Self>) -> Columns {
        let mut columns =
            vec![self.doc_id.into_column(), int32(self.mention).into(), self.entity_id.into_column()?];
        columns.extend(self.places.into_columns());
        columns.extend([self.text.into_column()?, self.kind.into_column()?]);
        columns.push(shared(Int32Array::from(self.correction)).into());
        Ok(columns)
    }
}

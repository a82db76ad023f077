use super::Rows;
use crate::columns::{Columns, DocIds, PlaceColumns, Repeated, few, fit32, int32};
use crate::places::Places;
use decalque_text::{Record, Role};

/// Rows of `sentences`.
#[derive(Debug, Default)]
pub(crate) struct Sentences {
    doc_id: DocIds,
    sentence: Vec<i32>,
    paragraph: Vec<i32>,
    places: PlaceColumns,
    role: Vec<u8>,
    lang: Repeated,
}

impl Rows for Sentences {
    fn push(&mut self, record: &Record<'_>, places: &mut Places<'_>) {
        let sentences = &record.layout.sentences;
        self.doc_id.push(&record.source.doc_id, sentences.len());
        self.places.extend(sentences.iter().map(|s| s.span), places);
        for (i, sentence) in sentences.iter().enumerate() {
            self.sentence.push(fit32(i));
            self.paragraph.push(fit32(sentence.paragraph as usize));
            self.role.push(sentence.role as u8);
            self.lang.push(record.langs.get(i).unwrap_or(&record.lang).tag());
        }
    }

    fn len(&self) -> usize {
        self.sentence.len()
    }

    fn into_columns(self: Box<Self>) -> Columns {
        let mut columns =
            vec![self.doc_id.into_column(), int32(self.sentence).into(), int32(self.paragraph).into()];
        columns.extend(self.places.into_columns());
        columns.extend([few(Role::ALL.map(Role::name), self.role), self.lang.into_column()?]);
        Ok(columns)
    }
}

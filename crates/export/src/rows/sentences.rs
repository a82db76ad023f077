use super::Rows;
use crate::columns::{Arrays, DocIds, PlaceColumns, Repeated, fit32, int32};
use crate::places::Places;
use decalque_text::Record;

/// Rows of `sentences`.
#[derive(Debug, Default)]
pub(crate) struct Sentences {
    doc_id: DocIds,
    sentence: Vec<i32>,
    paragraph: Vec<i32>,
    places: PlaceColumns,
    role: Repeated,
    lang: Repeated,
}

impl Rows for Sentences {
    fn push(&mut self, record: &Record<'_>, places: &mut Places<'_>) {
        let sentences = &record.layout.sentences;
        self.doc_id.push(&record.source.doc_id, sentences.len());
        for (i, sentence) in sentences.iter().enumerate() {
            self.sentence.push(fit32(i));
            self.paragraph.push(fit32(sentence.paragraph as usize));
            self.places.push(places.of(sentence.span));
            self.role.push(sentence.role.name());
            self.lang.push(record.langs.get(i).unwrap_or(&record.lang).tag());
        }
    }

    fn len(&self) -> usize {
        self.sentence.len()
    }

    fn into_arrays(self: Box<Self>) -> Arrays {
        let mut arrays = vec![self.doc_id.into_array()?, int32(self.sentence), int32(self.paragraph)];
        arrays.extend(self.places.into_arrays());
        arrays.extend([self.role.into_array()?, self.lang.into_array()?]);
        Ok(arrays)
    }
}

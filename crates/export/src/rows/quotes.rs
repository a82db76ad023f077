use super::Rows;
use crate::columns::{Columns, DocIds, PlaceColumns, Repeated, fit32, int32, shared};
use crate::places::Places;
use arrow::array::{Int32Array, StringBuilder};
use decalque_text::{Quote, Record};

/// Rows of `quotes`.
#[derive(Debug, Default)]
pub(crate) struct Quotes {
    doc_id: DocIds,
    quote: Vec<i32>,
    places: PlaceColumns,
    text: StringBuilder,
    speech: Repeated,
    cue: Repeated,
    speaker: Repeated,
    speaker_entity: Repeated,
    speaker_text: Repeated,
    /// char_start, char_end, raw_start, raw_end of the words that name the speaker.
    speaker_at: [Vec<Option<i32>>; 4],
    statement: Vec<i32>,
    level: Vec<i32>,
}

impl Quotes {
    fn push_speaker(&mut self, quote: &Quote, clean: &str, places: &mut Places<'_>) {
        self.cue.push_option(quote.cue.map(|s| s.text(clean)));
        self.speaker.push_option(quote.speaker.as_deref());
        self.speaker_entity.push_option(quote.speaker_entity.as_deref());
        self.speaker_text.push_option(quote.speaker_at.map(|s| s.text(clean)));
        let place = quote.speaker_at.map(|s| places.of(s));
        let positions = place.map(|p| [p.chars.0, p.chars.1, p.raw.0, p.raw.1]);
        for (i, column) in self.speaker_at.iter_mut().enumerate() {
            column.push(positions.map(|p| p[i]));
        }
    }
}

impl Rows for Quotes {
    fn push(&mut self, record: &Record<'_>, places: &mut Places<'_>) {
        let clean = record.corpus.clean();
        self.doc_id.push(&record.source.doc_id, record.quotes.len());
        for (i, quote) in record.quotes.iter().enumerate() {
            self.quote.push(fit32(i));
            self.places.push(places.of(quote.span));
            self.text.append_value(quote.span.text(clean));
            self.speech.push(quote.speech.name());
            self.push_speaker(quote, clean, places);
            self.statement.push(fit32(quote.statement as usize));
            self.level.push(fit32(quote.level as usize));
        }
    }

    fn len(&self) -> usize {
        self.quote.len()
    }

    fn bytes(&self) -> usize {
        self.text.values_slice().len().max(self.speaker_text.bytes())
    }

    fn into_columns(mut self: Box<Self>) -> Columns {
        let mut columns = vec![self.doc_id.into_column(), int32(self.quote).into()];
        columns.extend(self.places.into_columns());
        columns.extend([
            shared(self.text.finish()).into(),
            self.speech.into_column()?,
            self.cue.into_column()?,
            self.speaker.into_column()?,
            self.speaker_entity.into_column()?,
            self.speaker_text.into_column()?,
        ]);
        columns.extend(self.speaker_at.map(|column| shared(Int32Array::from(column)).into()));
        columns.extend([int32(self.statement).into(), int32(self.level).into()]);
        Ok(columns)
    }
}

use super::Rows;
use crate::columns::{Columns, DocIds, Repeated, constant, fit32, int32, shared};
use crate::places::Places;
use arrow::array::{Float64Array, Int64Array};
use decalque_text::Record;

/// Rows of `keywords`.
#[derive(Debug, Default)]
pub(crate) struct Keywords {
    /// How keyphrases were ranked: the same for all rows.
    ranked_by: String,
    doc_id: DocIds,
    rank: Vec<i32>,
    keyword: Repeated,
    norm: Repeated,
    score: Vec<f64>,
    count: Vec<i64>,
    first_char_start: Vec<i32>,
}

impl Keywords {
    pub(crate) fn new(ranked_by: &str) -> Self {
        Self { ranked_by: ranked_by.to_owned(), ..Self::default() }
    }
}

impl Rows for Keywords {
    fn push(&mut self, record: &Record<'_>, places: &mut Places<'_>) {
        self.doc_id.push(&record.source.doc_id, record.keywords.len());
        for (i, keyword) in record.keywords.iter().enumerate() {
            self.rank.push(fit32(i + 1));
            self.keyword.push(&keyword.surface);
            self.norm.push(&keyword.norm);
            self.score.push(keyword.score);
            self.count.push(i64::from(keyword.count));
            self.first_char_start.push(places.chars(keyword.first).0);
        }
    }

    fn len(&self) -> usize {
        self.rank.len()
    }

    fn bytes(&self) -> usize {
        self.keyword.bytes().max(self.norm.bytes())
    }

    fn into_columns(self: Box<Self>) -> Columns {
        let method = constant(&self.ranked_by, self.len());
        Ok(vec![
            self.doc_id.into_column(),
            int32(self.rank).into(),
            self.keyword.into_column()?,
            self.norm.into_column()?,
            shared(Float64Array::from(self.score)).into(),
            method,
            shared(Int64Array::from(self.count)).into(),
            int32(self.first_char_start).into(),
        ])
    }
}

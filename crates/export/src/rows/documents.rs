use super::Rows;
use crate::batch::Plan;
use crate::columns::{Columns, Repeated, Texts, fit32, int32, shared};
use crate::places::Places;
use arrow::array::{Float64Array, LargeStringBuilder, TimestampMillisecondArray};
use decalque_text::{Record, Role, Sentence, Span, Status};
use std::fmt::Write as _;

/// Rows of `documents`.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    doc_id: LargeStringBuilder,
    title: Texts,
    text: Texts,
    body: Texts,
    lang: Repeated,
    lang_confidence: Vec<f64>,
    mt_score: Vec<f64>,
    mt_features: Texts,
    published: Vec<Option<i64>>,
    agency: Repeated,
    place: Repeated,
    url: LargeStringBuilder,
    author: Repeated,
    counts: [Vec<i32>; 4],
}

impl Documents {
    /// No rows yet; see [`Plan`].
    pub(crate) fn new(plan: &Plan) -> Self {
        let [text, body, mt_features] = [(); 3].map(|()| plan.texts(false));
        Self { title: plan.texts(true), text, body, mt_features, ..Self::default() }
    }
}

impl Rows for Documents {
    fn push(&mut self, record: &Record<'_>, _: &mut Places<'_>) {
        let fields = &record.head.fields;
        self.doc_id.append_value(&record.source.doc_id);
        self.title.push(record.title);
        self.text.push(Some(record.corpus.clean()));
        self.body.push(Some(&body(record)));
        self.lang.push(record.lang.tag());
        self.lang_confidence.push(record.lang_confidence);
        self.mt_score.push(record.mt_score);
        self.mt_features.push(Some(&json(record.mt_features)));
        self.published.push(fields.published);
        self.agency.push_option(fields.agency.as_deref());
        self.place.push_option(fields.place.as_deref());
        self.url.append_option(fields.url.as_deref());
        self.author.push_option(fields.author.as_deref());
        for (column, count) in self.counts.iter_mut().zip(counts(record)) {
            column.push(fit32(count));
        }
    }

    fn len(&self) -> usize {
        self.mt_score.len()
    }

    fn into_columns(mut self: Box<Self>) -> Columns {
        let mut columns = vec![
            shared(self.doc_id.finish()).into(),
            self.title.into_column(),
            self.text.into_column(),
            self.body.into_column(),
            self.lang.into_column()?,
            shared(Float64Array::from(self.lang_confidence)).into(),
            shared(Float64Array::from(self.mt_score)).into(),
            shared(TimestampMillisecondArray::from(self.published)).into(),
            self.agency.into_column()?,
            self.place.into_column()?,
            shared(self.url.finish()).into(),
            self.author.into_column()?,
        ];
        columns.extend(self.counts.map(|counts| int32(counts).into()));
        columns.push(self.mt_features.into_column());
        Ok(columns)
    }
}

/// A JSON object of plain names and numbers.
fn json(features: &[(&'static str, f64)]) -> String {
    let mut out = String::with_capacity(features.len() * 24 + 2);
    for (i, &(name, rate)) in features.iter().enumerate() {
        out.push_str(if i == 0 { "{\"" } else { ",\"" });
        out.push_str(name);
        out.push_str("\":");
        number(rate, &mut out);
    }
    out.push_str(if features.is_empty() { "{}" } else { "}" });
    out
}

/// As [`f64`] is displayed; rates have two decimals at most, and those are written three times as fast.
fn number(rate: f64, out: &mut String) {
    let hundredths = (rate * 100.0).round();
    if rate.is_sign_negative() || hundredths > 1e9 || hundredths / 100.0 != rate {
        // Into a string nothing can fail.
        return write!(out, "{rate}").unwrap_or_default();
    }
    let (whole, part) = (hundredths as u64 / 100, (hundredths as u64 % 100) as u8);
    out.push_str(itoa::Buffer::new().format(whole));
    if part > 0 {
        out.push('.');
        out.push(char::from(b'0' + part / 10));
    }
    if part % 10 > 0 {
        out.push(char::from(b'0' + part % 10));
    }
}

/// n_sentences, n_tokens, n_applied, n_suggested.
fn counts(record: &Record<'_>) -> [usize; 4] {
    let of = |status| record.corrections.iter().filter(|c| c.status == status).count();
    [record.layout.sentences.len(), record.layout.tokens.len(), of(Status::Applied), of(Status::Suggested)]
}

/// The title and body sentences: a line for each paragraph, neighbours joined as they were in the text.
fn body(record: &Record<'_>) -> String {
    let text = record.corpus.clean();
    let mut out = String::with_capacity(text.len());
    let mut last: Option<(usize, &Sentence)> = None;
    let is_body = |s: &Sentence| matches!(s.role, Role::Title | Role::Body);
    for (i, sentence) in record.layout.sentences.iter().enumerate().filter(|(_, s)| is_body(s)) {
        match last {
            None => {}
            Some((_, before)) if before.paragraph != sentence.paragraph => out.push('\n'),
            Some((j, before)) if j + 1 == i => out.push_str(gap(before, sentence).text(text)),
            Some(_) => out.push(' '),
        }
        out.push_str(sentence.span.text(text));
        last = Some((i, sentence));
    }
    out
}

fn gap(before: &Sentence, after: &Sentence) -> Span {
    Span::new(before.span.end, after.span.start.max(before.span.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rates_are_written_as_floats_are_displayed(hundredths in 0u32..2_000_000, any in any::<f64>()) {
            for rate in [f64::from(hundredths) / 100.0, f64::from(hundredths), any, -0.0, 1e300, f64::NAN] {
                let mut out = String::new();
                number(rate, &mut out);
                prop_assert_eq!(out, rate.to_string());
            }
        }
    }

    #[test]
    fn features_are_an_object() {
        assert_eq!(json(&[]), "{}");
        assert_eq!(json(&[("a", 1.5), ("b", 2.0)]), r#"{"a":1.5,"b":2}"#);
    }
}

//! Hand-made documents, and a reader of what was written.

use arrow::array::{AsArray, RecordBatch};
use arrow::compute::concat_batches;
use arrow::datatypes::{Float64Type, Int32Type, Int64Type};
use decalque_text::*;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::path::Path;

/// Everything a record borrows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Doc {
    pub(crate) source: Source,
    pub(crate) local: Edited,
    pub(crate) corpus: Edited,
    pub(crate) layout: Layout,
    pub(crate) terms: Vec<TermId>,
    pub(crate) corrections: Vec<Correction>,
    pub(crate) head: Head,
    pub(crate) keywords: Vec<Keyword>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) quotes: Vec<Quote>,
    pub(crate) langs: Vec<Lang>,
}

/// `(before, after)`: replace the first `before` of a snapshot.
pub(crate) type Fix<'a> = (&'a str, &'a str);

impl Doc {
    pub(crate) fn new(
        doc_id: &str,
        raw: &str,
        local: &[Fix<'_>],
        corpus: &[Fix<'_>],
        words: &mut Vocabulary,
    ) -> Self {
        let mut doc = Self { source: source(doc_id, raw), ..Self::default() };
        doc.local = doc.layer(raw, local, Layer::Local);
        let middle = doc.local.clean().to_owned();
        doc.corpus = doc.layer(&middle, corpus, Layer::Corpus);
        let by_place = |c: &Correction| match c.layer {
            Layer::Local => c.edit.span,
            Layer::Corpus => doc.local.to_raw(c.edit.span),
        };
        doc.corrections.sort_by_key(by_place);
        doc.layout = layout(doc.corpus.clean());
        let form =
            |s: &str| Form { norm: s.to_lowercase(), stem: stem(s), is_stop: s == "the", ..Form::default() };
        let text = doc.corpus.clean();
        doc.terms = doc.layout.tokens.iter().map(|t| words.intern(t.span.text(text), form)).collect();
        doc
    }

    fn layer(&mut self, snapshot: &str, fixes: &[Fix<'_>], layer: Layer) -> Edited {
        let edits: Vec<Edit> = fixes.iter().map(|f| edit(snapshot, *f)).collect();
        let applied = edits.iter().filter(|e| !e.replacement.is_empty()).cloned().collect();
        self.corrections.extend(edits.into_iter().map(|edit| {
            let status = if edit.replacement.is_empty() { Status::Flagged } else { Status::Applied };
            Correction { edit, layer, status, refused_by: None, decision: None }
        }));
        Edited::apply(snapshot, applied).0
    }

    pub(crate) fn record<'a>(&'a self, words: &'a Vocabulary) -> Record<'a> {
        Record {
            source: &self.source,
            local: &self.local,
            corpus: &self.corpus,
            layout: &self.layout,
            terms: &self.terms,
            vocabulary: words,
            corrections: &self.corrections,
            head: &self.head,
            title: self.head.title.map(|t| t.text(self.corpus.clean())),
            lang: Lang::EN,
            lang_confidence: 0.99,
            langs: &self.langs,
            mt_score: 0.5,
            mt_features: &[],
            keywords: &self.keywords,
            mentions: &self.mentions,
            quotes: &self.quotes,
        }
    }
}

pub(crate) fn source(doc_id: &str, raw: &str) -> Source {
    Source {
        doc_id: doc_id.into(),
        path: format!("in/{doc_id}"),
        bytes: raw.len() as u64,
        encoding: "UTF-8",
        content_hash: 0xabc,
        is_ok: true,
        raw_text: raw.into(),
        ..Source::default()
    }
}

fn edit(snapshot: &str, (before, after): Fix<'_>) -> Edit {
    let start = snapshot.find(before).expect("the snapshot holds it");
    let span = Span::of(start..start + before.len());
    Edit::new(span, after, Kind::NameCalque, "test.rule", Confidence::new(950), "Because.")
}

fn stem(word: &str) -> String {
    word.to_lowercase().trim_end_matches('s').to_owned()
}

/// A sentence a line, the first a title; runs of letters and digits are words, all else but white space is marks.
pub(crate) fn layout(text: &str) -> Layout {
    let (mut layout, mut at) = (Layout::default(), 0);
    for (paragraph, line) in text.split('\n').enumerate() {
        if !line.trim().is_empty() {
            let start = at + line.len() - line.trim_start().len();
            add_line(&mut layout, start, line.trim(), paragraph as u32);
        }
        at += line.len() + 1;
    }
    layout
}

fn add_line(layout: &mut Layout, start: usize, line: &str, paragraph: u32) {
    let sentence = layout.sentences.len() as u32;
    let first_token = layout.tokens.len() as u32;
    let mut word: Option<usize> = None;
    for (i, c) in line.char_indices().chain([(line.len(), ' ')]) {
        if c.is_alphanumeric() {
            word.get_or_insert(i);
            continue;
        }
        let mut add = |from: usize, to: usize, kind| {
            layout.tokens.push(Token { span: Span::of(start + from..start + to), kind, sentence });
        };
        if let Some(from) = word.take() {
            add(from, i, TokenKind::Word);
        }
        if !c.is_whitespace() {
            add(i, i + c.len_utf8(), TokenKind::Punctuation);
        }
    }
    layout.sentences.push(Sentence {
        span: Span::of(start..start + line.len()),
        paragraph,
        role: if sentence == 0 { Role::Title } else { Role::Body },
        first_token,
        end_token: layout.tokens.len() as u32,
    });
}

/// All rows of a table.
pub(crate) fn read(folder: &Path, table: &str) -> RecordBatch {
    let file = File::open(folder.join(format!("{table}.parquet"))).expect("the table is there");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("it is Parquet");
    let schema = reader.schema().clone();
    let batches: Vec<_> = reader.build().expect("it opens").map(|b| b.expect("it reads")).collect();
    concat_batches(&schema, &batches).expect("one schema")
}

/// A column of strings; null is `None`.
pub(crate) fn strings(batch: &RecordBatch, column: &str) -> Vec<Option<String>> {
    let array = batch.column_by_name(column).expect("the column is there").as_string::<i32>();
    array.iter().map(|s| s.map(str::to_owned)).collect()
}

/// A column of strings without nulls.
pub(crate) fn texts(batch: &RecordBatch, column: &str) -> Vec<String> {
    strings(batch, column).into_iter().map(|s| s.expect("no null")).collect()
}

pub(crate) fn ints(batch: &RecordBatch, column: &str) -> Vec<i64> {
    let array = batch.column_by_name(column).expect("the column is there");
    match array.as_primitive_opt::<Int32Type>() {
        Some(array) => array.values().iter().map(|&n| i64::from(n)).collect(),
        None => array.as_primitive::<Int64Type>().values().to_vec(),
    }
}

pub(crate) fn floats(batch: &RecordBatch, column: &str) -> Vec<f64> {
    batch.column_by_name(column).expect("the column is there").as_primitive::<Float64Type>().values().to_vec()
}

/// `text[start:end]` as Python slices it.
pub(crate) fn slice(text: &str, start: i64, end: i64) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

/// Names of what is in a folder, sorted.
pub(crate) fn listing(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

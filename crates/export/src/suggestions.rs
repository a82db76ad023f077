//! What awaits a decision, read back from the tables.

use crate::ExportError;
use arrow::array::{Array, AsArray, Float64Array, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::errors::ParquetError;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A repair that is offered, or a place that is surely broken, with all its occurrences.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Kind of artifact.
    pub kind: String,
    /// What stands there.
    pub before: String,
    /// What should stand there; none when the repair is unknown.
    pub after: Option<String>,
    /// The rule of its surest occurrence.
    pub rule: String,
    /// The highest confidence of an occurrence, 0 to 1.
    pub confidence: f64,
    /// The evidence of that occurrence.
    pub evidence: String,
    /// Number of occurrences.
    pub count: u64,
    /// Number of documents.
    pub documents: u64,
    /// The first document by name.
    pub example: String,
}

#[derive(Debug, Default)]
struct Group {
    count: u64,
    documents: BTreeSet<String>,
    /// Confidence in thousandths, rule, evidence; the greatest wins, so that the order of rows leaves no trace.
    best: (u32, String, String),
}

const COLUMNS: [&str; 8] = ["doc_id", "kind", "rule", "status", "confidence", "before", "after", "evidence"];

/// What the table `corrections` in a folder suggests or flags and nobody decided: equal repairs together, the most
/// frequent first.
///
/// # Errors
/// When the table is missing or is none of decalque's, or a killed run's move cannot be completed.
///
/// ```
/// let folder = tempfile::tempdir().unwrap();
/// assert!(decalque_export::suggestions(folder.path()).is_err()); // no tables here
/// ```
pub fn suggestions(folder: &Path) -> Result<Vec<Suggestion>, ExportError> {
    crate::settle(folder)?;
    let path = folder.join("corrections.parquet");
    let file =
        std::fs::File::open(&path).map_err(|source| ExportError::Read { path: path.clone(), source })?;
    let not_ours = |source: ParquetError| ExportError::NotOurs { path: path.clone(), source };
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).map_err(not_ours)?;
    let mask = ProjectionMask::columns(reader.parquet_schema(), COLUMNS);
    let mut groups = BTreeMap::new();
    for batch in reader.with_projection(mask).build().map_err(not_ours)? {
        let added = batch.map_err(ParquetError::from).and_then(|batch| add(&mut groups, &batch));
        added.map_err(not_ours)?;
    }
    Ok(sorted(groups))
}

type Key = (String, String, Option<String>);

fn add(groups: &mut BTreeMap<Key, Group>, batch: &RecordBatch) -> Result<(), ParquetError> {
    let column = |name: &str| {
        let column = batch.column_by_name(name);
        column.ok_or_else(|| ParquetError::General(format!("there is no column {name}")))
    };
    let text = |name: &str| -> Result<StringArray, ParquetError> {
        let plain = cast(column(name)?, &DataType::Utf8)?;
        Ok(plain.as_string::<i32>().clone())
    };
    let confidence = column("confidence")?.as_any().downcast_ref::<Float64Array>().cloned();
    let confidence = confidence.ok_or_else(|| ParquetError::General("confidence is no number".into()))?;
    let (doc, kind, rule, status) = (text("doc_id")?, text("kind")?, text("rule")?, text("status")?);
    let (before, after, evidence) = (text("before")?, text("after")?, text("evidence")?);
    for i in (0..batch.num_rows()).filter(|&i| matches!(status.value(i), "suggested" | "flagged")) {
        let after = after.is_valid(i).then(|| after.value(i).to_owned());
        let group: &mut Group =
            groups.entry((kind.value(i).into(), before.value(i).into(), after)).or_default();
        group.count += 1;
        group.documents.insert(doc.value(i).to_owned());
        let sure = (confidence.value(i) * 1000.0).round() as u32;
        let this = (sure, rule.value(i).to_owned(), evidence.value(i).to_owned());
        group.best = std::mem::take(&mut group.best).max(this);
    }
    Ok(())
}

fn sorted(groups: BTreeMap<Key, Group>) -> Vec<Suggestion> {
    let one = |((kind, before, after), group): (Key, Group)| Suggestion {
        kind,
        before,
        after,
        rule: group.best.1,
        confidence: f64::from(group.best.0) / 1000.0,
        evidence: group.best.2,
        count: group.count,
        documents: group.documents.len() as u64,
        example: group.documents.into_iter().next().unwrap_or_default(),
    };
    let mut all: Vec<_> = groups.into_iter().map(one).collect();
    // Stable: equal counts stay sorted by kind and words.
    all.sort_by_key(|s| std::cmp::Reverse(s.count));
    all
}

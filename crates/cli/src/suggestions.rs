//! `decalque suggestions`: what awaits a decision, as a table to fill in.

use crate::Outcome;
use crate::args::SuggestionsArgs;
use crate::terminal;
use decalque_pipeline::{Suggestion, suggestions};

/// The columns, in the order a person reads them; `run --decisions` reads the first six.
const HEADER: [&str; 12] = [
    "decision",
    "kind",
    "before",
    "after",
    "instead",
    "doc_id",
    "count",
    "documents",
    "rule",
    "confidence",
    "evidence",
    "example",
];

pub(crate) fn execute(args: &SuggestionsArgs) -> Outcome {
    terminal::print(&table(&suggestions(&args.tables)?)?)?;
    Ok(0)
}

fn table(all: &[Suggestion]) -> Result<String, crate::Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for s in all {
        let (count, documents) = (s.count.to_string(), s.documents.to_string());
        let (after, confidence) = (s.after.as_deref().unwrap_or(""), s.confidence.to_string());
        let row = [
            "",
            &s.kind,
            &s.before,
            after,
            "",
            "",
            &count,
            &documents,
            &s.rule,
            &confidence,
            &s.evidence,
            &s.example,
        ];
        writer.write_record(row)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

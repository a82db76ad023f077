//! `--log-format json`: what happens, for programs: one JSON object a line on standard error.

use crate::stop::Stop;
use decalque_pipeline::{Progress, Summary};
use serde_json::{Map, Value, json};
use std::io::Write;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Lines of progress of a pass.
const LINES: u64 = 100;
/// Inputs named for a reason; all are in the manifest.
const EXAMPLES: usize = 3;

/// Writes events as lines of JSON. Every line has `event` and `seconds`, counted from the start.
#[derive(Debug)]
pub(crate) struct Log {
    start: Instant,
    stop: Stop,
    quiet: bool,
    pass: Mutex<Pass>,
    documents: AtomicU64,
    bytes: AtomicU64,
    /// Bytes at which the next line is due.
    due: AtomicU64,
}

#[derive(Debug, Default, Clone)]
struct Pass {
    name: String,
    documents: u64,
    bytes: u64,
}

impl Log {
    /// A log; one that is quiet tells of failures alone.
    pub(crate) fn new(stop: Stop, quiet: bool) -> Self {
        let (documents, bytes, due) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
        Self { start: Instant::now(), stop, quiet, pass: Mutex::default(), documents, bytes, due }
    }

    /// Write a line, unless quiet.
    pub(crate) fn event(&self, name: &str, fields: Value) {
        if !self.quiet {
            self.line(name, fields);
        }
    }

    fn line(&self, name: &str, fields: Value) {
        let seconds = (self.start.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
        let mut line =
            Map::from_iter([("event".to_owned(), json!(name)), ("seconds".to_owned(), json!(seconds))]);
        if let Value::Object(fields) = fields {
            line.extend(fields);
        }
        // One write, so that lines of several threads do not mix. When nobody reads them, nobody misses them.
        let _ = std::io::stderr().lock().write_all(format!("{}\n", Value::Object(line)).as_bytes());
    }

    pub(crate) fn error(&self, message: &str) {
        self.line("error", json!({ "message": message }));
    }

    pub(crate) fn warning(&self, message: &str) {
        self.event("warning", json!({ "message": message }));
    }

    /// What a run did: rejected inputs by reason, and the end.
    pub(crate) fn summary(&self, summary: &Summary) {
        for (reason, list) in summary.reasons() {
            let examples: Vec<&str> = list.iter().take(EXAMPLES).map(|r| r.doc_id.as_str()).collect();
            self.event("rejected", json!({ "reason": reason, "inputs": list.len(), "examples": examples }));
        }
        let tables: Map<String, Value> =
            summary.tables.iter().map(|(name, rows, _)| (name.clone(), json!(rows))).collect();
        self.event(
            "end",
            json!({
                "status": summary.exit_code(), "documents": summary.documents, "rejected": summary.rejected.len(),
                "bytes": summary.bytes, "rows": tables, "out": summary.folder,
            }),
        );
    }

    fn pass(&self) -> Pass {
        self.pass.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn progress(&self, bytes: u64) {
        let pass = self.pass();
        let documents = self.documents.load(Ordering::Relaxed);
        self.event(
            "progress",
            json!({
                "pass": pass.name, "documents": documents, "of_documents": pass.documents, "bytes": bytes,
                "of_bytes": pass.bytes,
            }),
        );
    }
}

impl Progress for Log {
    fn pass(&self, name: &str, documents: u64, bytes: u64) {
        let pass = Pass { name: name.to_owned(), documents, bytes };
        *self.pass.lock().unwrap_or_else(PoisonError::into_inner) = pass;
        self.documents.store(0, Ordering::Relaxed);
        self.bytes.store(0, Ordering::Relaxed);
        self.due.store((bytes / LINES).max(1), Ordering::Relaxed);
        self.progress(0);
    }

    fn advance(&self, documents: u64, bytes: u64) {
        self.documents.fetch_add(documents, Ordering::Relaxed);
        let done = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let due = self.due.load(Ordering::Relaxed);
        if done < due {
            return;
        }
        let step = (self.pass().bytes / LINES).max(1);
        // Of threads that come to the mark together one writes the line.
        let next = done + step;
        if self.due.compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            self.progress(done);
        }
    }

    fn notice(&self, sentence: &str) {
        self.event("notice", json!({ "message": sentence }));
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_asked()
    }
}

//! What a run did, for the reader at the terminal and for the manifest.

use crate::run::About;
use decalque_export::{Written, WrittenTable};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Repairs of one kind, by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct KindCount {
    /// The text was changed.
    pub applied: u64,
    /// Offered.
    pub suggested: u64,
    /// Surely broken, repair unknown.
    pub flagged: u64,
    /// Another repair stands there.
    pub refused: u64,
}

/// An input that is in `sources` with a reason and in no other table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// Its id.
    pub doc_id: String,
    /// The file.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// What a run did.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Where the tables are.
    pub folder: PathBuf,
    /// Documents in the tables.
    pub documents: u64,
    /// Bytes of all inputs, rejected ones as well.
    pub bytes: u64,
    /// Sentences in the tables.
    pub sentences: u64,
    /// Tokens in the tables.
    pub tokens: u64,
    /// Stretches of direct and indirect speech in the tables.
    pub quotes: u64,
    /// Documents with at least one applied repair.
    pub repaired: u64,
    /// Repairs by kind; every kind is there.
    pub corrections: BTreeMap<&'static str, KindCount>,
    /// The keyphrases that lead in most documents: surface, documents.
    pub keywords: Vec<(String, u64)>,
    /// The people that most documents name: name, documents.
    pub people: Vec<(String, u64)>,
    /// Rejected inputs, sorted by id.
    pub rejected: Vec<Rejected>,
    /// Parts of web archives that are no pages (requests, pictures, notes of the crawler) and were passed over.
    pub skipped: u64,
    /// Tables written: name, rows, bytes.
    pub tables: Vec<(String, u64, u64)>,
    /// Seconds of each stage of the run.
    pub seconds: Vec<(&'static str, f64)>,
    /// Seconds of each part of pass 2, summed over threads; of a run that was resumed, all its parts.
    pub stages: Vec<(&'static str, f64)>,
}

impl Summary {
    /// Exit status that scripts can trust: 0, or 2 when an input was rejected.
    ///
    /// ```
    /// assert_eq!(decalque_pipeline::Summary::default().exit_code(), 0);
    /// ```
    pub fn exit_code(&self) -> u8 {
        if self.rejected.is_empty() { 0 } else { 2 }
    }

    /// Rejected inputs by what is common to their reasons (the words before a colon or semicolon; what follows is about
    /// one input), the most frequent first.
    ///
    /// ```
    /// assert!(decalque_pipeline::Summary::default().reasons().is_empty());
    /// ```
    pub fn reasons(&self) -> Vec<(&str, Vec<&Rejected>)> {
        let mut groups: BTreeMap<&str, Vec<&Rejected>> = BTreeMap::new();
        for one in &self.rejected {
            let end = one.reason.find([':', ';']).unwrap_or(one.reason.len());
            groups.entry(&one.reason[..end]).or_default().push(one);
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(_, list)| std::cmp::Reverse(list.len()));
        groups
    }

    /// True when more than one input in a hundred was rejected: something is probably wrong with all of them.
    ///
    /// ```
    /// assert!(!decalque_pipeline::Summary::default().is_much_rejected());
    /// ```
    pub fn is_much_rejected(&self) -> bool {
        let rejected = self.rejected.len() as u64;
        rejected * 100 > rejected + self.documents
    }

    /// The manifest. Timings and counts; nothing in the tables depends on it.
    pub(crate) fn manifest(&self, about: &About<'_>, written: &Written) -> serde_json::Value {
        let part =
            about.share.map(|s| serde_json::json!({ "chunks": [s.chunks.start, s.chunks.end], "of": s.of }));
        let table =
            |t: &WrittenTable| serde_json::json!({ "rows": t.rows, "bytes": t.bytes, "xxh3": t.hash });
        serde_json::json!({
            "program": "decalque",
            "version": env!("CARGO_PKG_VERSION"),
            "stemmer": decalque_tokenize::STEMMER,
            "configuration": about.config,
            "inputs": about.inputs,
            "part": part,
            "counts": {
                "documents": self.documents, "rejected": self.rejected.len(), "skipped": self.skipped, "bytes": self.bytes,
                "sentences": self.sentences, "tokens": self.tokens, "quotes": self.quotes, "documents_repaired": self.repaired,
            },
            "corrections": self.corrections,
            "mt_score": "logistic regression over documents.mt_features: see ARCHITECTURE.md",
            "seconds": rounded(&self.seconds),
            "thread_seconds": rounded(&self.stages),
            "tables": written.tables.iter().map(|t| (t.name.to_owned(), table(t))).collect::<serde_json::Map<_, _>>(),
            "rejected_by_reason": self.reasons().iter().map(|(reason, list)| (*reason, list.len())).collect::<BTreeMap<_, _>>(),
            "rejected": self.rejected,
        })
    }

    pub(crate) fn written(&mut self, written: &Written) {
        self.tables = written.tables.iter().map(|t| (t.name.to_owned(), t.rows, t.bytes)).collect();
    }
}

/// Seconds to the millisecond.
fn rounded(seconds: &[(&'static str, f64)]) -> BTreeMap<&'static str, f64> {
    seconds.iter().map(|(name, s)| (*name, (s * 1000.0).round() / 1000.0)).collect()
}

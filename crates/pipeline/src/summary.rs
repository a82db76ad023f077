//! What a run did, for the reader at the terminal and for the manifest.

use crate::config::Config;
use crate::entities::Entities;
use decalque_export::Written;
use decalque_text::{Correction, Entity, EntityKind, Keyword, Kind, Source, Status};
use rustc_hash::FxHashMap;
use serde::Serialize;
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

impl KindCount {
    fn add(&mut self, status: Status) {
        match status {
            Status::Applied => self.applied += 1,
            Status::Suggested => self.suggested += 1,
            Status::Flagged => self.flagged += 1,
            Status::Refused => self.refused += 1,
        }
    }

    fn merge(&mut self, other: Self) {
        self.applied += other.applied;
        self.suggested += other.suggested;
        self.flagged += other.flagged;
        self.refused += other.refused;
    }
}

/// An input that is in `sources` with a reason and in no other table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

    /// The manifest. Timings and counts; nothing in the tables depends on it.
    pub(crate) fn manifest(&self, config: &Config, inputs: &[String]) -> serde_json::Value {
        serde_json::json!({
            "program": "decalque",
            "version": env!("CARGO_PKG_VERSION"),
            "stemmer": decalque_tokenize::STEMMER,
            "configuration": config,
            "inputs": inputs,
            "counts": {
                "documents": self.documents, "rejected": self.rejected.len(), "skipped": self.skipped, "bytes": self.bytes,
                "sentences": self.sentences, "tokens": self.tokens, "quotes": self.quotes, "documents_repaired": self.repaired,
            },
            "corrections": self.corrections,
            "mt_score": "logistic regression over documents.mt_features: see ARCHITECTURE.md",
            "seconds": self.seconds.iter().map(|(name, s)| (*name, (s * 1000.0).round() / 1000.0)).collect::<BTreeMap<_, _>>(),
            "rejected": self.rejected,
        })
    }

    pub(crate) fn written(&mut self, written: &Written) {
        self.tables = written.tables.iter().map(|t| (t.name.to_owned(), t.rows, t.bytes)).collect();
    }
}

/// How many keyphrases of each document stand for it in the summary.
const LEADING: usize = 5;
/// How many of them the summary shows.
const SHOWN: usize = 12;

/// Counts of one worker; they merge in any order.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    documents: u64,
    bytes: u64,
    sentences: u64,
    tokens: u64,
    quotes: u64,
    repaired: u64,
    corrections: BTreeMap<Kind, KindCount>,
    keywords: FxHashMap<String, Leader>,
    pub(crate) entities: Entities,
    rejected: Vec<Rejected>,
}

/// Documents a keyphrase leads in, by its surface forms.
type Leader = FxHashMap<String, u64>;

impl Counts {
    pub(crate) fn accept(
        &mut self,
        source: &Source,
        sentences: usize,
        tokens: usize,
        corrections: &[Correction],
        keywords: &[Keyword],
        quotes: usize,
    ) {
        self.documents += 1;
        self.bytes += source.bytes;
        self.sentences += sentences as u64;
        self.tokens += tokens as u64;
        self.quotes += quotes as u64;
        self.repaired += u64::from(corrections.iter().any(|c| c.status == Status::Applied));
        corrections.iter().for_each(|c| self.corrections.entry(c.edit.kind).or_default().add(c.status));
        for k in keywords.iter().take(LEADING) {
            let known = self.keywords.get_mut(&k.norm).and_then(|l| l.get_mut(&k.surface));
            match known {
                Some(n) => *n += 1,
                None => {
                    *self
                        .keywords
                        .entry(k.norm.clone())
                        .or_default()
                        .entry(k.surface.clone())
                        .or_default() += 1;
                }
            }
        }
    }

    pub(crate) fn reject(&mut self, source: &Source) {
        self.bytes += source.bytes;
        let reason = source.reason.clone().unwrap_or_default();
        self.rejected.push(Rejected { doc_id: source.doc_id.clone(), path: source.path.clone(), reason });
    }

    #[expect(clippy::iter_over_hash_type, reason = "additions of integers commute")]
    pub(crate) fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        self.bytes += other.bytes;
        self.sentences += other.sentences;
        self.tokens += other.tokens;
        self.quotes += other.quotes;
        self.repaired += other.repaired;
        other.corrections.into_iter().for_each(|(k, n)| self.corrections.entry(k).or_default().merge(n));
        for (norm, surfaces) in other.keywords {
            let mine = self.keywords.entry(norm).or_default();
            surfaces.into_iter().for_each(|(s, n)| *mine.entry(s).or_default() += n);
        }
        self.entities.merge(other.entities);
        self.rejected.extend(other.rejected);
    }

    pub(crate) fn summary(mut self, folder: PathBuf) -> Summary {
        self.rejected.sort_by(|a, b| a.doc_id.cmp(&b.doc_id));
        let corrections =
            Kind::ALL.iter().map(|k| (k.name(), self.corrections.get(k).copied().unwrap_or_default()));
        Summary {
            folder,
            documents: self.documents,
            bytes: self.bytes,
            sentences: self.sentences,
            tokens: self.tokens,
            quotes: self.quotes,
            repaired: self.repaired,
            corrections: corrections.collect(),
            keywords: top_keywords(self.keywords),
            rejected: self.rejected,
            ..Summary::default()
        }
    }
}

/// The people that most documents name, with the number of documents; of equals, those named more often.
pub(crate) fn top_people(entities: &[Entity]) -> Vec<(String, u64)> {
    let mut list: Vec<&Entity> = entities.iter().filter(|e| e.kind == EntityKind::Person).collect();
    let rank = |e: &Entity| std::cmp::Reverse((e.n_docs, e.n_mentions));
    list.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.entity_id.cmp(&b.entity_id)));
    list.into_iter().take(SHOWN).map(|e| (e.name.clone(), e.n_docs)).collect()
}

/// The keyphrases that lead in most documents; a total order, so that hashes leave no trace.
fn top_keywords(all: FxHashMap<String, Leader>) -> Vec<(String, u64)> {
    let lead = |surfaces: Leader| {
        let docs = surfaces.values().sum();
        let surface = surfaces.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        surface.map(|(surface, _)| (surface, docs))
    };
    let mut list: Vec<(String, u64)> = all.into_values().filter_map(lead).collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    list.truncate(SHOWN);
    list
}

//! News that people wrote stays as it is. The documents are invented, persons and quotations too, and full of what looks
//! like an engine's mistake. `human/known` holds those that are still repaired wrongly; they are not read here.

use decalque_pipeline::{Config, Explained, Input, Status, explain};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Suggestions and flags in a thousand words that a reader of human English may be asked to look at.
const MOST_OFFERS: f64 = 3.0;

/// The documents of the folder itself, in the order of their names.
fn paths() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/human");
    let all = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let mut paths: Vec<PathBuf> = all.filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    paths.sort();
    paths
}

/// All of them through both passes, as one corpus.
fn told() -> &'static [Explained] {
    static TOLD: OnceLock<Vec<Explained>> = OnceLock::new();
    TOLD.get_or_init(|| {
        let inputs: Vec<Input> = paths().into_iter().map(Input::Path).collect();
        explain(&inputs, &Config::default()).unwrap()
    })
}

/// A line for each correction of these standings: document, score, rule, before, after, evidence.
fn lines(wanted: &[Status]) -> Vec<String> {
    let line = |t: &Explained, before: &str, e: &decalque_pipeline::Correction| {
        let (id, score, e) = (&t.source.doc_id, t.mt_score, &e.edit);
        let (rule, after, sure) = (e.rule, &e.replacement, e.confidence.value());
        format!("{id} ({score:.2}) {rule} {sure} {before:?} -> {after:?} {}", e.evidence)
    };
    let of = |t: &'static Explained| {
        let found = t.corrections.iter().filter(|(_, c)| wanted.contains(&c.status));
        found.map(move |(raw, c)| line(t, raw.text(&t.source.raw_text), c))
    };
    told().iter().flat_map(of).collect()
}

#[test]
fn human_english_is_left_alone() {
    assert!(told().len() >= 40 && told().iter().all(|t| t.source.is_ok), "the documents are there");
    let applied = lines(&[Status::Applied]);
    assert!(applied.is_empty(), "{} false repairs:\n{}", applied.len(), applied.join("\n"));
}

#[test]
fn human_english_raises_few_questions() {
    let words: usize = told().iter().map(|t| t.source.raw_text.split_whitespace().count()).sum();
    let offers = lines(&[Status::Suggested, Status::Flagged]);
    let rate = offers.len() as f64 * 1000.0 / words as f64;
    let list = offers.join("\n");
    assert!(rate <= MOST_OFFERS, "{} offers in {words} words, {rate:.2} a thousand:\n{list}", offers.len());
}

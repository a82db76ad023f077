//! Reviewed snapshots: every correction, and every sentence's role, in every seed.

use decalque_pipeline::{Config, Explained, Input, Quiet, explain, run};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds")
}

/// A line a correction: place, kind, status, before and after, rule, confidence, evidence.
fn corrections(told: &Explained) -> String {
    let raw = &told.source.raw_text;
    let mut out = format!("{} lang {} mt_score {:.3}\n", told.source.doc_id, told.lang, told.mt_score);
    for (span, c) in &told.corrections {
        let line = raw[..span.start as usize].lines().count().max(1);
        let e = &c.edit;
        let by = c.refused_by.map(|r| format!(" by {r}")).unwrap_or_default();
        let _ = writeln!(
            out,
            "{line:3} {}{by} {} {:?} -> {:?}",
            c.status.name(),
            e.rule,
            span.text(raw),
            e.replacement
        );
        let _ = writeln!(out, "      {} {}", e.confidence.value(), e.evidence);
    }
    out
}

#[test]
fn every_correction_in_every_seed() {
    let told = explain(&[Input::Path(seeds())], &Config::default()).unwrap();
    assert_eq!(told.len(), 5);
    for seed in &told {
        insta::assert_snapshot!(&seed.source.doc_id[..3], corrections(seed));
    }
}

#[test]
fn every_role_in_every_seed() {
    let folder = tempfile::tempdir().unwrap();
    run(&[Input::Path(seeds())], folder.path(), &Config::default(), &Quiet).unwrap();
    insta::assert_snapshot!("roles", roles(folder.path()));
}

fn roles(folder: &Path) -> String {
    let texts = crate::common::texts(folder);
    let mut out = String::new();
    for s in crate::common::rows(folder, "sentences") {
        let text: String = crate::common::slice(&texts.clean[&s.doc_id], s.char_start, s.char_end)
            .chars()
            .take(60)
            .collect();
        let _ = writeln!(out, "{} {:2} {:11} {text}", &s.doc_id[..3], s.paragraph, s.role);
    }
    out
}

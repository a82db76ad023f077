//! The output folder: what a run leaves, and what it leaves alone.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Doc, listing, read, source, texts};
use decalque_export::{Batches, EncodedBatch, ExportError, Options, Output, tables};
use decalque_text::Vocabulary;
use serde_json::json;
use std::fs;
use std::path::Path;

fn docs(words: &mut Vocabulary) -> Vec<Doc> {
    let text = |i: usize| format!("Title {i}\n“Sands” said {} times. Да 👍.", i * 7);
    (0..40).map(|i| Doc::new(&format!("{i:03}"), &text(i), &[("Sands", "Peskov")], &[], words)).collect()
}

fn fill(batches: &Batches, docs: &[Doc], words: &Vocabulary) -> EncodedBatch {
    let mut batch = batches.batch();
    docs.iter().for_each(|d| batch.push(&d.record(words)));
    batch.encode().unwrap()
}

/// Write with as many threads as there are batches, or with one.
fn run(folder: &Path, is_parallel: bool) {
    let mut words = Vocabulary::default();
    let docs = docs(&mut words);
    let mut out = Output::create(folder, &Options::default()).unwrap();
    let (batches, words) = (out.batches(), &words);
    let encoded: Vec<EncodedBatch> = if is_parallel {
        std::thread::scope(|scope| {
            let threads: Vec<_> =
                docs.chunks(7).map(|part| scope.spawn(|| fill(&batches, part, words))).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect()
        })
    } else {
        docs.chunks(7).map(|part| fill(&batches, part, words)).collect()
    };
    encoded.into_iter().for_each(|b| out.append(b).unwrap());
    out.finish(&json!({ "version": 1 })).unwrap();
}

#[test]
fn threads_do_not_change_a_byte() {
    let [one, many] = [false, true].map(|is_parallel| {
        let folder = tempfile::tempdir().unwrap();
        run(folder.path(), is_parallel);
        tables().iter().map(|t| fs::read(folder.path().join(t.file_name())).unwrap()).collect::<Vec<_>>()
    });
    assert!(one == many);
    assert!(one.iter().all(|bytes| bytes.len() > 100));
}

#[test]
fn many_batches_are_one_table() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), true);
    let ids = texts(&read(folder.path(), "documents"), "doc_id");
    assert_eq!(ids.len(), 40);
    assert!(ids.is_sorted());
}

#[test]
fn finish_leaves_the_tables_and_what_was_not_its_own() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("README.md"), "mine").unwrap();
    run(folder.path(), false);
    let out = Output::create(folder.path(), &Options::only(["tokens", "sources"]).unwrap()).unwrap();
    let written = out.finish(&json!({ "version": 2 })).unwrap();
    assert_eq!(listing(folder.path()), ["README.md", "manifest.json", "sources.parquet", "tokens.parquet"]);
    assert_eq!(written.tables.iter().map(|t| t.name).collect::<Vec<_>>(), ["sources", "tokens"]);
    assert_eq!(written.tables[0].bytes, fs::metadata(&written.tables[0].path).unwrap().len());
    assert_eq!(fs::read_to_string(written.manifest).unwrap(), "{\n  \"version\": 2\n}\n");
    assert_eq!(read(folder.path(), "tokens").num_rows(), 0);
}

#[test]
fn dropping_leaves_the_output_of_the_run_before() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), false);
    let before = listing(folder.path());
    let mut out = Output::create(folder.path(), &Options::default()).unwrap();
    let mut batch = out.batch();
    batch.reject(&source("other", ""));
    out.append(batch.encode().unwrap()).unwrap();
    assert_eq!(read(folder.path(), "documents").num_rows(), 40);
    drop(out);
    assert_eq!(listing(folder.path()), before);
    assert_eq!(read(folder.path(), "documents").num_rows(), 40);
    assert!(fs::read_to_string(folder.path().join("manifest.json")).unwrap().contains("\"version\": 1"));
}

#[test]
fn leftovers_of_killed_runs_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    for pid in [1, 4_000_000, std::process::id()] {
        let left = folder.path().join(format!(".decalque-partial-{pid}"));
        fs::create_dir(&left).unwrap();
        fs::write(left.join("tokens.parquet"), "half").unwrap();
    }
    drop(Output::create(folder.path(), &Options::default()).unwrap());
    assert_eq!(listing(folder.path()), [""; 0]);
}

#[test]
fn two_runs_do_not_write_to_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let first = Output::create(folder.path(), &Options::default()).unwrap();
    let second = Output::create(folder.path(), &Options::default());
    assert!(matches!(second, Err(ExportError::Busy { .. })));
    first.finish(&json!({})).unwrap();
    Output::create(folder.path(), &Options::default()).unwrap();
}

#[test]
fn folders_that_cannot_be_written_are_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "no folder").unwrap();
    for path in [file.clone(), file.join("below")] {
        let error = Output::create(&path, &Options::default()).unwrap_err();
        assert!(matches!(error, ExportError::Folder { .. }), "{error:?}");
        assert!(error.to_string().contains("Choose another folder"), "{error}");
    }
}

#[test]
fn tables_that_cannot_be_placed_leave_no_manifest() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), false);
    let tokens = folder.path().join("tokens.parquet");
    fs::remove_file(&tokens).unwrap();
    fs::create_dir(&tokens).unwrap();
    let out = Output::create(folder.path(), &Options::default()).unwrap();
    let error = out.finish(&json!({})).unwrap_err();
    assert!(matches!(error, ExportError::Place { .. }), "{error:?}");
    assert!(!folder.path().join("manifest.json").exists());
    assert!(listing(folder.path()).iter().all(|name| !name.starts_with('.')));
}

#[test]
fn outputs_and_batches_go_to_other_threads() {
    fn check<T: Send + Sync>() {}
    fn check_send<T: Send>() {}
    check::<Output>();
    check::<Batches>();
    check_send::<decalque_export::Batch>();
    check_send::<EncodedBatch>();
}

//! The output folder: what a run leaves, and what it leaves alone.

use crate::common::{Doc, listing, read, source, texts};
use decalque_export::{Batches, EncodedBatch, ExportError, Folder, Options, Output, tables};
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
    let mut out = Output::create(folder, &Options { sorted: true, ..Options::default() }).unwrap();
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
    encoded.into_iter().for_each(|b| out.append(b, b"").unwrap());
    out.finish(|_| json!({ "version": 1 })).unwrap();
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
    let written = out.finish(|_| json!({ "version": 2 })).unwrap();
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
    out.append(batch.encode().unwrap(), b"").unwrap();
    assert_eq!(read(folder.path(), "documents").num_rows(), 40);
    drop(out);
    let visible = listing(folder.path()).into_iter().filter(|name| !name.starts_with('.'));
    assert_eq!(visible.collect::<Vec<_>>(), before);
    assert_eq!(read(folder.path(), "documents").num_rows(), 40);
    assert!(fs::read_to_string(folder.path().join("manifest.json")).unwrap().contains("\"version\": 1"));
}

#[test]
fn leftovers_of_killed_runs_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    {
        let left = folder.path().join(".decalque-partial");
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
    first.finish(|_| json!({})).unwrap();
    Output::create(folder.path(), &Options::default()).unwrap();
}

#[test]
fn files_that_no_run_wrote_are_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let mine = folder.path().join("tokens.parquet");
    fs::write(&mine, "mine").unwrap();
    let error = Output::create(folder.path(), &Options::default()).unwrap_err();
    assert!(matches!(error, ExportError::Foreign { .. }), "{error:?}");
    assert_eq!(fs::read_to_string(&mine).unwrap(), "mine");
    assert_eq!(listing(folder.path()), ["tokens.parquet"]);
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
fn a_folder_in_the_way_is_seen_before_anything_moves() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), false);
    let tokens = folder.path().join("tokens.parquet");
    fs::remove_file(&tokens).unwrap();
    fs::create_dir(&tokens).unwrap();
    let manifest = fs::read(folder.path().join("manifest.json")).unwrap();
    let out = Output::create(folder.path(), &Options::default()).unwrap();
    let error = out.finish(|_| json!({})).unwrap_err();
    assert!(matches!(error, ExportError::Place { .. }), "{error:?}");
    assert!(error.to_string().contains("tokens.parquet"), "{error}");
    assert_eq!(fs::read(folder.path().join("manifest.json")).unwrap(), manifest);
}

/// The files of a folder and its temporary one, with all they hold.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    listing(folder).into_iter().map(|name| (name.clone(), fs::read(folder.join(name)).unwrap())).collect()
}

/// Append all batches from `from` on.
fn go_on(out: &mut Output, from: usize, to: usize) {
    let mut words = Vocabulary::default();
    let docs = docs(&mut words);
    for (n, part) in docs.chunks(7).enumerate().skip(from).take(to - from) {
        let encoded = fill(&out.batches(), part, &words);
        out.append(encoded, format!("note {n}").as_bytes()).unwrap();
    }
}

/// Interrupt a run after `done` of its 6 batches, do something to its files, resume it; it must find `want` batches.
fn check_resumed(done: usize, spoil: impl Fn(&Path), want: usize) {
    let [whole, folder] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    run(whole.path(), false);
    let options = Options { sorted: true, ..Options::default() };
    let mut out = Output::create(folder.path(), &options).unwrap();
    go_on(&mut out, 0, done);
    drop(out);
    spoil(&folder.path().join(".decalque-partial"));
    let mut out = Folder::open(folder.path()).unwrap().resume(&options).unwrap();
    let notes = out.notes().unwrap();
    assert_eq!(notes.len(), want);
    (0..want).for_each(|n| assert_eq!(notes.read(notes.place(n)).unwrap(), format!("note {n}").into_bytes()));
    go_on(&mut out, want, 6);
    assert_eq!(out.rows().find(|(name, _)| *name == "documents"), Some(("documents", 40)));
    out.finish(|_| json!({ "version": 1 })).unwrap();
    let [got, wanted] = [&folder, &whole].map(|f| files(f.path()));
    assert_eq!(got.len(), wanted.len());
    for ((name, got), (_, wanted)) in got.iter().zip(&wanted) {
        assert!(got == wanted, "{name} differs after {done} batches");
    }
}

#[test]
fn an_interrupted_run_is_resumed_to_the_same_bytes() {
    (1..=6).for_each(|done| check_resumed(done, |_| {}, done));
}

#[test]
fn what_is_damaged_is_done_again() {
    let cut = |name: &'static str, bytes: u64| {
        move |partial: &Path| {
            let file = fs::OpenOptions::new().write(true).open(partial.join(name)).unwrap();
            let length = file.metadata().unwrap().len();
            file.set_len(length - bytes).unwrap();
        }
    };
    check_resumed(4, cut("tokens.parquet", 1), 3);
    check_resumed(4, cut("journal", 1), 3);
    check_resumed(1, cut("sources.parquet", 1), 0);
    let more = |partial: &Path| {
        for name in ["tokens.parquet", "journal"] {
            let mut file = fs::OpenOptions::new().append(true).open(partial.join(name)).unwrap();
            std::io::Write::write_all(&mut file, b"half a row group").unwrap();
        }
    };
    check_resumed(4, more, 4);
    let flip = |partial: &Path| {
        let mut bytes = fs::read(partial.join("sentences.parquet")).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(partial.join("sentences.parquet"), bytes).unwrap();
    };
    check_resumed(4, flip, 1);
}

#[test]
fn the_manifest_can_name_the_hash_of_every_table() {
    let folder = tempfile::tempdir().unwrap();
    let out = Output::create(folder.path(), &Options::default()).unwrap();
    let written = out.finish(|w| json!(w.tables.iter().map(|t| &t.hash).collect::<Vec<_>>())).unwrap();
    for table in &written.tables {
        let hash = xxhash_rust::xxh3::xxh3_64(&fs::read(&table.path).unwrap());
        assert_eq!(table.hash, format!("{hash:016x}"), "{}", table.name);
    }
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

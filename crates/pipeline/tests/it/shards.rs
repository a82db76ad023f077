//! A run in parts: the same bytes, and nothing else is taken for them.

use decalque_pipeline::{
    Config, Error, Input, Part, Progress, Quiet, Shard, check, gather, merge, merge_evidence, run, run_part,
};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Documents for two pieces of work: a piece has 20,000 at most.
const DOCUMENTS: usize = 20_010;

fn record(n: usize) -> String {
    let (name, city) = (["Petrov", "Ivanov", "Smirnov"][n % 3], n % 17);
    let text = format!("The foreign Minister met Sergei {name} in City{city}. “Good,” said {name}.");
    let url = ["https://tass.com/1", "https://rt.com/2"][n % 2];
    serde_json::json!({ "id": format!("{n:05}"), "text": text, "url": url }).to_string()
}

fn tables(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let name = |n: &str| (n.to_owned(), fs::read(folder.join(format!("{n}.parquet"))).unwrap());
    decalque_pipeline::tables().iter().map(|t| name(t.name)).collect()
}

fn assert_same(one: &Path, other: &Path) {
    for ((name, got), (_, want)) in tables(one).iter().zip(&tables(other)) {
        assert!(got == want, "{name} differs");
    }
}

/// A folder for the files of a test.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A JSONL file with so many documents, one of them empty.
    fn news(&self, documents: usize) -> [Input; 1] {
        let path = self.path("news.jsonl");
        let lines: Vec<String> =
            (0..documents).map(record).chain(["{\"id\": \"zz\", \"text\": \"\"}".to_owned()]).collect();
        fs::write(&path, lines.join("\n")).unwrap();
        [Input::Path(path)]
    }

    fn parts(&self, name: &str, of: usize) -> Vec<PathBuf> {
        (1..=of).map(|k| self.path(&format!("{name}.{k}"))).collect()
    }
}

fn shard(k: usize, of: usize) -> Shard {
    format!("{k}/{of}").parse().unwrap()
}

/// The evidence of so many parts, put together pair by pair from the last on.
fn evidence(place: &Place, inputs: &[Input], config: &Config, of: usize) -> PathBuf {
    let parts = place.parts("known", of);
    for (k, part) in (1..).zip(&parts) {
        gather(inputs, part, shard(k, of), config, &Quiet).unwrap();
    }
    let mut all = parts.last().unwrap().clone();
    for part in parts.iter().rev().skip(1) {
        let both = place.path(&format!("{}+", all.file_name().unwrap().to_str().unwrap()));
        merge_evidence(&[all, part.clone()], &both).unwrap();
        all = both;
    }
    all
}

fn run_parts(place: &Place, inputs: &[Input], config: &Config, known: &Path, of: usize) -> Vec<PathBuf> {
    let parts = place.parts("part", of);
    for (k, out) in (1..).zip(&parts) {
        let part = Part { evidence: Some(known.to_owned()), shard: Some(shard(k, of)) };
        run_part(inputs, out, &part, config, &Quiet).unwrap();
    }
    parts
}

#[test]
fn parts_put_together_are_the_run() {
    let place = Place::new();
    let (inputs, config) = (place.news(DOCUMENTS), Config { threads: 2, ..Config::default() });
    let [whole, at_once, known_at_once] = ["whole", "at once", "known at once"].map(|n| place.path(n));
    let want = run(&inputs, &whole, &config, &Quiet).unwrap();
    // Of three parts of two pieces, one has none.
    let known = evidence(&place, &inputs, &config, 3);
    merge_evidence(&place.parts("known", 3), &known_at_once).unwrap();
    assert!(fs::read(&known).unwrap() == fs::read(&known_at_once).unwrap(), "an order of merging shows");
    let mut parts = run_parts(&place, &inputs, &config, &known, 3);
    parts.rotate_left(1);
    let got = merge(&parts, &at_once, &Quiet).unwrap();
    assert_same(&at_once, &whole);
    assert_eq!((got.documents, &got.people, &got.keywords), (want.documents, &want.people, &want.keywords));
    assert_eq!((&got.corrections, &got.tables, got.rejected.len()), (&want.corrections, &want.tables, 1));
    assert!(check(&at_once).unwrap().is_whole());
    assert!(parts.iter().all(|part| check(part).unwrap().is_whole()));
    assert!(!parts[0].join("terms.parquet").exists());
}

/// Stops in pass 2, at once.
#[derive(Default)]
struct Stopping(AtomicBool);

impl Progress for Stopping {
    fn pass(&self, name: &str, _: u64, _: u64) {
        self.0.store(matches!(name, "repairing" | "merging"), Ordering::Relaxed);
    }

    fn advance(&self, _: u64, _: u64) {}

    fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let place = Place::new();
    let (inputs, config) = (place.news(30), Config { threads: 1, ..Config::default() });
    let known = evidence(&place, &inputs, &config, 2);
    let part =
        |evidence: &Path, k: usize| Part { evidence: Some(evidence.to_owned()), shard: Some(shard(k, 2)) };
    let out = place.path("out");
    let fails = |part: &Part, config: &Config, want: &str| {
        let error = run_part(&inputs, &out, part, config, &Quiet).unwrap_err().to_string();
        assert!(error.contains(want), "{error}");
    };
    fails(&Part { evidence: None, shard: Some(shard(1, 2)) }, &config, "needs the evidence");
    fails(&part(&place.path("known.1"), 1), &config, "is of 0 of 31 documents");
    fails(&part(&known, 1), &Config { min_confidence: 0.8, ..config.clone() }, "with other settings");
    fails(&part(&place.path("nothing"), 1), &config, "No such file");
    fails(&part(&place.path("news.jsonl"), 1), &config, "it is no file of `decalque evidence`");
    assert!(!out.join("manifest.json").exists());

    let parts = run_parts(&place, &inputs, &config, &known, 2);
    let other = place.path("other");
    let less = Config { keywords: 1, ..config.clone() };
    run_part(&inputs, &other, &part(&known, 2), &less, &Quiet).unwrap();
    let merging = |parts: &[PathBuf], want: &str| {
        let error = merge(parts, &out, &Quiet).unwrap_err().to_string();
        assert!(error.contains(want), "{error}");
        assert!(!out.join("sources.parquet").exists());
    };
    merging(&parts[..1], "is missing");
    merging(&[parts[1].clone(), parts[1].clone()], "has documents that another part has as well");
    merging(&[parts[0].clone(), other], "is of other inputs or settings");
    merging(&[], "name the folders");
    let error = merge(&parts, &parts[0], &Quiet).unwrap_err();
    assert!(matches!(error, Error::OutputIsInput { .. }), "{error}");
    let error = merge(&parts, &out, &Stopping::default()).unwrap_err();
    assert!(matches!(error, Error::Stopped) && !out.join(".decalque-partial").exists(), "{error}");
    merge(&parts, &out, &Quiet).unwrap();
    assert!(check(&out).unwrap().is_whole());

    // A folder of a part becomes one of a run, and is then no part.
    assert!(parts[0].join("shard.journal").exists());
    run_part(&inputs, &parts[0], &Part { evidence: Some(known), shard: None }, &config, &Quiet).unwrap();
    assert_same(&parts[0], &out);
    assert!(!parts[0].join("shard.journal").exists());
    let error = merge(&parts, &out, &Quiet).unwrap_err().to_string();
    assert!(error.contains("it is no part of a run"), "{error}");
}

/// A byte changed anywhere, or cut off, and the file or the folder is refused.
#[test]
fn damage_is_noticed() {
    let place = Place::new();
    let (inputs, config) = (place.news(20), Config { threads: 1, ..Config::default() });
    let known = evidence(&place, &inputs, &config, 1);
    let parts = run_parts(&place, &inputs, &config, &known, 1);
    let tokens = parts[0].join("tokens.parquet");
    // Its own footer is not copied: what it says is made anew.
    let bytes = fs::read(&tokens).unwrap();
    let length = bytes[bytes.len() - 8..].first_chunk().map_or(0, |n| u32::from_le_bytes(*n) as usize);
    let footer = bytes.len() - 8 - length;
    for file in [&known, &parts[0].join("shard.journal"), &parts[0].join("shard.state"), &tokens] {
        let whole = fs::read(file).unwrap();
        for at in (0..whole.len()).step_by(whole.len() / 20 + 1).chain([whole.len() - 1]) {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(file, &bytes).unwrap();
            let part = Part { evidence: Some(known.clone()), shard: None };
            let result = match file == &known {
                true => run_part(&inputs, &place.path("out"), &part, &config, &Quiet),
                false => merge(&parts, &place.path("out"), &Quiet),
            };
            let is_footer = file == &tokens && at >= footer;
            assert!(result.is_err() || is_footer, "{} at {at}", file.display());
        }
        fs::write(file, &whole).unwrap();
    }
}

#[test]
fn a_part_that_was_stopped_is_resumed() {
    let place = Place::new();
    let (inputs, config) = (place.news(400), Config { threads: 1, resume: true, ..Config::default() });
    let known = evidence(&place, &inputs, &config, 1);
    let (out, all, whole) = (place.path("part.1"), place.path("all"), place.path("whole"));
    let part = Part { evidence: Some(known), shard: Some(Shard::WHOLE) };
    let error = run_part(&inputs, &out, &part, &config, &Stopping::default()).unwrap_err();
    assert!(matches!(error, Error::Stopped), "{error}");
    run_part(&inputs, &out, &part, &config, &Quiet).unwrap();
    merge(&[out], &all, &Quiet).unwrap();
    run(&inputs, &whole, &config, &Quiet).unwrap();
    assert_same(&all, &whole);
}

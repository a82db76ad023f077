//! A run that was stopped, and resumed.

use decalque_pipeline::{Config, Error, Input, Progress, Quiet, check, run};
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Documents enough for two pieces of work: a piece has 20,000 at most.
const DOCUMENTS: u64 = 20_500;

fn news(path: &Path) {
    let record = |n: u64| {
        let (name, city) = (["Petrov", "Ivanov", "Smirnov"][n as usize % 3], n % 17);
        let text =
            format!("The Russian foreign Minister met Sergei {name} in City{city}. “Good,” said {name}.");
        serde_json::json!({ "id": format!("{n:05}"), "text": text }).to_string()
    };
    fs::write(path, (0..DOCUMENTS).map(record).collect::<Vec<_>>().join("\n")).unwrap();
}

/// Stops pass 2 after some documents.
#[derive(Default)]
struct Stopping {
    after: u64,
    is_second: AtomicU64,
    done: AtomicU64,
    told: Mutex<Vec<String>>,
}

impl Progress for Stopping {
    fn pass(&self, name: &str, _: u64, _: u64) {
        self.is_second.store(u64::from(name == "repairing"), Ordering::Relaxed);
    }

    fn advance(&self, documents: u64, _: u64) {
        self.done.fetch_add(documents * self.is_second.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    fn notice(&self, sentence: &str) {
        self.told.lock().unwrap().push(sentence.to_owned());
    }

    fn is_stopped(&self) -> bool {
        self.done.load(Ordering::Relaxed) >= self.after
    }
}

fn tables(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let name = |n: &str| (n.to_owned(), fs::read(folder.join(format!("{n}.parquet"))).unwrap());
    decalque_pipeline::tables().iter().map(|t| name(t.name)).collect()
}

#[test]
fn a_stopped_run_is_resumed_to_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let [input, whole, out] = ["news.jsonl", "whole", "out"].map(|name| dir.path().join(name));
    news(&input);
    let inputs = [Input::Path(input)];
    let config = Config { threads: 2, resume: true, ..Config::default() };
    let want = run(&inputs, &whole, &config, &Quiet).unwrap();
    let stopping = Stopping { after: 20_100, ..Stopping::default() };
    let error = run(&inputs, &out, &Config { threads: 1, ..config.clone() }, &stopping).unwrap_err();
    assert!(matches!(error, Error::Stopped) && error.is_midway(), "{error}");
    assert!(decalque_pipeline::is_resumable(&out));
    assert!(!out.join("manifest.json").exists());
    let last = Stopping { after: u64::MAX, ..Stopping::default() };
    let got = run(&inputs, &out, &config, &last).unwrap();
    assert!(last.told.lock().unwrap().iter().any(|t| t.contains("were finished")));
    assert!(last.done.load(Ordering::Relaxed) == DOCUMENTS);
    for ((name, got), (_, want)) in tables(&out).iter().zip(&tables(&whole)) {
        assert!(got == want, "{name} differs");
    }
    assert_eq!((got.documents, got.people, got.keywords), (want.documents, want.people, want.keywords));
    assert_eq!((got.corrections, got.tables), (want.corrections, want.tables));
    assert!(check(&out).unwrap().is_whole());
    assert!(!decalque_pipeline::is_resumable(&out));
}

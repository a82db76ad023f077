//! `decalque run`: tables, summary, promises.

use crate::common::{Place, REPAIRED, decalque, seeds, tables, text};
use predicates::prelude::*;
use std::fs;
use std::path::Path;
use std::time::Duration;

const NAMES: [&str; 10] = [
    "corrections",
    "documents",
    "entities",
    "keywords",
    "mentions",
    "quotes",
    "sentences",
    "sources",
    "terms",
    "tokens",
];

#[test]
fn a_run_writes_the_tables_and_tells_what_it_did() {
    let place = Place::with(&[("a.txt", REPAIRED), ("b.txt", b"Nothing is wrong here.\n")]);
    let done = place.run().assert().success();
    let names: Vec<String> = tables(&place.out()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, NAMES.map(|n| format!("{n}.parquet")));
    assert_eq!(place.manifest()["counts"]["documents"], 2);
    let said = text(&done.get_output().stdout);
    for part in [
        "2 documents, 2 sentences",
        " 0 quotes",
        "casing",
        "1 of 2 documents repaired",
        "corrections.parquet",
        "duckdb -c",
    ] {
        assert!(said.contains(part), "{part} is not in:\n{said}");
    }
    assert!(!said.contains('\u{1b}') && done.get_output().stderr.is_empty());
}

#[test]
fn quiet_prints_nothing() {
    let place = Place::with(&[("a.txt", REPAIRED)]);
    place.run().arg("--quiet").assert().success().stdout("").stderr("");
    place.write("b.txt", b"");
    place.run().arg("--quiet").assert().code(2).stdout("").stderr("");
}

#[test]
fn colours_can_be_forced_and_forbidden() {
    let place = Place::with(&[("a.txt", REPAIRED)]);
    let colour = predicate::str::contains("\u{1b}[");
    place.run().env("CLICOLOR_FORCE", "1").assert().stdout(colour.clone());
    place.run().env("NO_COLOR", "1").assert().stdout(colour.not());
}

#[test]
fn only_the_tables_asked_for_are_written() {
    let place = Place::with(&[("a.txt", REPAIRED)]);
    let done = place.run().args(["--tables", "tokens,documents"]).assert().success();
    let names: Vec<String> = tables(&place.out()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["documents.parquet", "tokens.parquet"]);
    // The query to paste is about a table that is there.
    done.stdout(predicate::str::contains("documents.parquet' LIMIT"));
}

/// Run over `input` with 1, 2 and 7 threads and compare the files.
fn same_at_any_number_of_threads(input: &Path) {
    let place = Place::new();
    let run = |threads: &str| {
        let out = place.path(&format!("out{threads}"));
        let mut command = decalque();
        command.arg("run").arg(input).arg("--out").arg(&out).args(["--threads", threads, "--quiet"]);
        command.assert().success();
        tables(&out)
    };
    let one = run("1");
    assert_eq!(one.len(), NAMES.len());
    for threads in ["2", "7"] {
        for ((name, bytes), (_, same)) in run(threads).iter().zip(&one) {
            assert!(bytes == same, "{name} differs with {threads} threads");
        }
    }
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    same_at_any_number_of_threads(&seeds());
}

/// The seeds are one piece of work; these are several, so that threads really take turns.
#[test]
fn large_documents_come_in_one_order() {
    let place = Place::new();
    for document in 0..5 {
        let line = |n: usize| format!("The Russian foreign Minister left Aleppo {document}{n}.\n");
        place.write(&format!("{document}.txt"), (0..21_000).map(line).collect::<String>().as_bytes());
    }
    same_at_any_number_of_threads(&place.input());
}

#[test]
fn a_failed_run_leaves_the_old_tables_whole() {
    let place = Place::with(&[("a.txt", REPAIRED)]);
    place.run().assert().success();
    let (old, manifest) = (tables(&place.out()), place.manifest());
    let missing = place.path("missing");
    let failed = decalque().arg("run").arg(&missing).arg("--out").arg(place.out()).assert().code(1);
    failed.stdout("").stderr(predicate::str::contains("missing"));
    place.run().args(["--min-confidence", "7"]).assert().code(1);
    assert!(tables(&place.out()) == old && place.manifest() == manifest);
    // Nothing half-made stays behind either.
    assert_eq!(fs::read_dir(place.out()).unwrap().count(), NAMES.len() + 1);
}

#[test]
fn flags_override_the_configuration_file() {
    let place = Place::with(&[("a.txt", REPAIRED)]);
    let file = place.path("settings.toml");
    fs::write(&file, "min_confidence = 1.0\nkeywords = 3\n").unwrap();
    let configuration = |flags: &[&str]| {
        place.run().arg("--config").arg(&file).args(flags).assert().success();
        place.manifest()["configuration"].clone()
    };
    let (from_file, overridden) = (configuration(&[]), configuration(&["--min-confidence", "0.4"]));
    assert_eq!((&from_file["min_confidence"], &overridden["min_confidence"]), (&1.0.into(), &0.4.into()));
    assert_eq!((&from_file["keywords"], &overridden["keywords"]), (&3.into(), &3.into()));
}

#[test]
fn no_configuration_is_read_that_was_not_named() {
    let place = Place::with(&[("a.txt", REPAIRED)]);
    fs::write(place.path("decalque.toml"), "this is no setting").unwrap();
    place.run().current_dir(place.path(".")).assert().success();
}

#[test]
fn standard_input_is_text_or_records() {
    let place = Place::new();
    let run = |bytes: &[u8], format: &[&str]| {
        let mut command = decalque();
        command.args(["run", "-", "--out"]).arg(place.out()).args(format).write_stdin(bytes);
        command.assert().success();
        place.manifest()["counts"]["documents"].clone()
    };
    let records = b"{\"id\":\"a\",\"text\":\"One.\"}\n{\"id\":\"b\",\"text\":\"Two.\"}\n";
    assert_eq!(run(REPAIRED, &[]), 1);
    assert_eq!(run(records, &[]), 2);
    assert_eq!(run(records, &["--format", "txt"]), 1);
    assert_eq!(run(b" {\"text\":\"One.\"}", &["--format", "jsonl"]), 1);
}

#[test]
fn a_long_line_takes_no_time() {
    let line = "Prices rose in the region, and nobody knew why. ".repeat(3_000_000 / 48);
    let place = Place::with(&[("long.txt", line.as_bytes())]);
    let mut command = place.run();
    command.args(["--tables", "documents,corrections"]).timeout(Duration::from_secs(120)).assert().success();
}

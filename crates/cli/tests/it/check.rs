//! `decalque check`: whole folders, and folders with every kind of damage.

use crate::common::{Place, decalque, seeds, tables, text};
use predicates::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::Path;

const ONE: &str = "MOSCOW, February 24. /TASS/. The Russian foreign Minister Sergei Lavrov said “the talks – go on”. \
    “We are ready for them,” said Sergei Lavrov on Monday. Barack Obama did not answer.\n";
const OTHER: &str = "Damascus fell quiet, and the Russian foreign Minister left. “It is a good day for all,” Barack \
    Obama said, and John Kerry agreed with him. Nobody else spoke about the plan “And” and plan “B”.\n";

/// A folder with the tables of a run over one document.
fn tables_of(document: &str) -> Place {
    let place = Place::with(&[("a.txt", document.as_bytes()), ("b.bin", b"\0")]);
    place.run().arg("--quiet").assert().code(2);
    place
}

fn told(folder: &Path) -> (bool, String) {
    let output = decalque().arg("check").arg(folder).output().unwrap();
    assert!(output.stderr.is_empty(), "{output:?}");
    (output.status.success(), text(&output.stdout))
}

/// Damage the tables of a run; the check must tell of it.
fn check(damage: impl Fn(&Path), part: &str) {
    let place = tables_of(ONE);
    damage(&place.out());
    let (is_whole, said) = told(&place.out());
    assert!(!is_whole && said.contains(part), "{part} is not in: {said}");
}

fn edit(folder: &Path, change: impl Fn(&mut Value)) {
    let path = folder.join("manifest.json");
    let mut manifest: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut manifest);
    fs::write(path, manifest.to_string()).unwrap();
}

/// Put something else in the place of a table, and let the manifest say nothing of it.
fn strange(folder: &Path, bytes: &[u8]) {
    fs::write(folder.join("terms.parquet"), bytes).unwrap();
    edit(folder, |manifest| manifest["tables"]["terms"] = Value::Null);
}

#[test]
fn whole_folders_are_well() {
    let place = tables_of(ONE);
    let (is_whole, said) = told(&place.out());
    assert!(is_whole && said.contains("all is well") && said.contains("tokens.parquet"), "{said}");
    let place = Place::new();
    for tables in ["", "documents,tokens", "sources,terms", "tokens"] {
        let mut run = decalque();
        run.arg("run").arg(seeds()).arg("--out").arg(place.out()).arg("--quiet");
        if !tables.is_empty() {
            run.args(["--tables", tables]);
        }
        run.assert().success();
        let (is_whole, said) = told(&place.out());
        assert!(is_whole, "{tables}: {said}");
        assert_eq!(said.contains("not checked"), !tables.is_empty(), "{tables}: {said}");
    }
}

#[test]
fn a_byte_changed_anywhere_in_a_table_is_seen() {
    let place = tables_of(ONE);
    for (name, bytes) in tables(&place.out()) {
        for at in [0, bytes.len() / 3, bytes.len() - 1] {
            let mut changed = bytes.clone();
            changed[at] ^= 4;
            fs::write(place.out().join(&name), changed).unwrap();
            let (is_whole, said) = told(&place.out());
            assert!(!is_whole && said.contains(&name), "{name} at {at}: {said}");
        }
        fs::write(place.out().join(&name), bytes).unwrap();
    }
    assert!(told(&place.out()).0);
}

#[test]
fn files_that_are_missing_or_strange_are_seen() {
    check(|f| fs::remove_file(f.join("manifest.json")).unwrap(), "no run was finished here");
    check(|f| fs::write(f.join("manifest.json"), "{").unwrap(), "not valid JSON");
    check(|f| fs::remove_file(f.join("quotes.parquet")).unwrap(), "it is missing");
    check(|f| fs::write(f.join("terms.parquet"), "PAR1").unwrap(), "it has 4 bytes");
    check(|f| strange(f, b"PAR1PAR1PAR1"), "it is no Parquet file");
    check(|f| strange(f, &fs::read(f.join("quotes.parquet")).unwrap()), "it has no column");
    check(
        |f| edit(f, |m| drop(m["tables"].as_object_mut().unwrap().remove("terms"))),
        "it is not of this run",
    );
    check(|f| edit(f, |m| m["tables"]["tokens"]["rows"] = 1.into()), "the manifest says 1");
    check(|f| edit(f, |m| m["counts"]["quotes"] = 99.into()), "it counts 99 quotes");
    check(|f| edit(f, |m| drop(m.as_object_mut().unwrap().remove("tables"))), "it lists no tables");
}

/// Put a table of another run into a folder, and make the manifest agree: only the laws can tell.
#[test]
fn a_table_of_another_run_breaks_the_laws() {
    let other = tables_of(OTHER);
    let about = other.manifest()["tables"].clone();
    for (name, part) in [
        ("tokens", "is not at"),
        ("mentions", "is not at"),
        ("quotes", "is not at"),
        ("corrections", "is not at"),
        ("sentences", "is no piece of documents.text"),
        ("documents", "is not at"),
        ("sources", "in the raw text"),
        ("entities", "is not in entities"),
    ] {
        check(
            |folder| {
                let file = format!("{name}.parquet");
                fs::copy(other.out().join(&file), folder.join(&file)).unwrap();
                edit(folder, |manifest| manifest["tables"][name] = about[name].clone());
            },
            part,
        );
    }
}

#[test]
fn rows_of_documents_that_are_not_there_are_seen() {
    let place = Place::with(&[("a.txt", ONE.as_bytes()), ("z.txt", OTHER.as_bytes())]);
    place.run().arg("--quiet").assert().success();
    let about = place.manifest()["tables"].clone();
    for name in ["tokens", "sentences", "corrections", "quotes", "mentions", "keywords", "sources"] {
        check(
            |folder| {
                let file = format!("{name}.parquet");
                fs::copy(place.out().join(&file), folder.join(&file)).unwrap();
                edit(folder, |manifest| manifest["tables"][name] = about[name].clone());
            },
            "\"z.txt\" is",
        );
    }
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let place = Place::new();
    let missing = place.path("missing");
    let run = decalque().arg("check").arg(&missing).assert().code(1);
    run.stdout("").stderr(predicate::str::contains("missing"));
}

/// A run that was killed while its tables moved: the note says what is left to do.
#[test]
fn a_move_that_was_killed_is_completed() {
    let [old, new] = [ONE, OTHER].map(tables_of);
    let partial = old.out().join(".decalque-partial");
    fs::create_dir(&partial).unwrap();
    let names: Vec<String> = tables(&new.out()).into_iter().map(|(name, _)| name).collect();
    for name in names.iter().map(String::as_str).chain(["manifest.json"]) {
        fs::copy(new.out().join(name), partial.join(name)).unwrap();
    }
    let note = serde_json::json!({ "files": names, "stale": [] });
    fs::write(partial.join("move.json"), note.to_string()).unwrap();
    // Killed after the first steps.
    fs::remove_file(old.out().join("manifest.json")).unwrap();
    fs::rename(partial.join("tokens.parquet"), old.out().join("tokens.parquet")).unwrap();
    assert!(told(&old.out()).0);
    assert!(tables(&old.out()) == tables(&new.out()) && old.manifest() == new.manifest());
    assert!(!partial.exists());
}

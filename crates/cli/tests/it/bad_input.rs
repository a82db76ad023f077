//! Bad input never stops a run and never disappears; bad arguments stop it before any work.

use crate::common::{Place, REPAIRED, decalque, text};
use predicates::prelude::*;
use std::fs;

/// Run over one good document and one bad file: the good one is in the tables, the bad one in the manifest with a reason
/// that has `part`, and the summary names it.
fn check(name: &str, bytes: &[u8], part: &str) {
    let place = Place::with(&[("good.txt", REPAIRED), (name, bytes)]);
    rejects(&place, name, part);
}

fn rejects(place: &Place, doc_id: &str, part: &str) {
    let done = place.run().assert().code(2);
    let reason = place.reason(doc_id);
    assert!(reason.is_some_and(|r| r.contains(part)), "{doc_id}, {part}: {}", place.manifest()["rejected"]);
    assert_eq!(place.manifest()["counts"]["documents"], 1);
    let said = text(&done.get_output().stdout);
    assert!(said.contains("Rejected 1 input") && said.contains(doc_id), "{said}");
}

#[test]
fn bytes_that_are_no_text() {
    check("empty.txt", b"", "empty");
    check("blank.txt", b" \n\t\n", "white space");
    check("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x01\x02\x03\xff\xfe", "picture");
    check("damaged.txt", b"\xe2\x80\x9cNo,\xe2\x80 he said.", "damaged in 1 places");
    check("unclear.txt", b"one \xe9 \xd1 \xf8\xcf \xaa\xb5 and", "not certain");
    check("page.html", b"<html><body></body></html>", "no text");
    check("a.csv", b"one,two\n1,2\n", "--text-column");
    check("a.zip", b"PK\x03\x04 cut off", "zip archive");
    check("a.docx", b"PK\x03\x04", "office document");
    check("nul.txt", b"one\0two", "NUL");
    check("half.txt", b"\xff\xfeA", "utf-16");
}

#[test]
fn utf16_with_a_mark_is_read() {
    let text = "The Russian foreign Minister left.";
    let little: Vec<u8> =
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let place = Place::with(&[("big.txt", &big), ("little.txt", &little)]);
    place.run().assert().success();
    assert_eq!(place.manifest()["corrections"]["casing"]["applied"], 2);
}

#[test]
fn records_that_are_none() {
    for (line, part) in [("{broken", "not valid JSON"), ("{\"id\":\"x\"}", "no text"), ("7", "not an object")]
    {
        let place = Place::with(&[]);
        place.write("d.jsonl", format!("{{\"id\":\"a\",\"text\":\"One.\"}}\n{line}\n").as_bytes());
        rejects(&place, if line.contains("\"x\"") { "d.jsonl#x" } else { "d.jsonl#L2" }, part);
    }
}

#[test]
fn an_id_twice() {
    let place =
        Place::with(&[("d.jsonl", b"{\"id\":\"a\",\"text\":\"One.\"}\n{\"id\":\"a\",\"text\":\"Two.\"}\n")]);
    rejects(&place, "d.jsonl#a~2", "taken");
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere() {
    let place = Place::with(&[("good.txt", REPAIRED)]);
    std::os::unix::fs::symlink("nowhere", place.input().join("dangling.txt")).unwrap();
    rejects(&place, "dangling.txt", "dangling");
    let place = Place::with(&[("good.txt", REPAIRED)]);
    std::os::unix::fs::symlink(".", place.input().join("loop")).unwrap();
    rejects(&place, "loop", "leads back");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with(&[("good.txt", REPAIRED), ("secret.txt", b"Secret.")]);
    let secret = place.input().join("secret.txt");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser reads everything.
    if fs::read(&secret).is_err() {
        rejects(&place, "secret.txt", "permission");
    }
}

#[test]
fn all_inputs_rejected_is_still_a_run() {
    let place = Place::with(&[("empty.txt", b"")]);
    place.run().assert().code(2);
    assert_eq!(place.manifest()["counts"]["documents"], 0);
}

/// The program fails at once with a message that has all `parts`, and makes no output.
fn refuses(place: &Place, mut command: assert_cmd::Command, parts: &[&str]) {
    let done = command.assert().code(1).stdout("").stderr(predicate::str::starts_with("error: "));
    let said = text(&done.get_output().stderr);
    for part in parts {
        assert!(said.contains(part), "{part} is not in: {said}");
    }
    assert!(!place.out().join("manifest.json").exists());
}

#[test]
fn nothing_to_read() {
    let place = Place::new();
    refuses(&place, place.run(), &["nothing to read"]);
    let mut none = decalque();
    none.args(["run", "--out"]).arg(place.out());
    refuses(&place, none, &["INPUT"]);
    let mut missing = decalque();
    missing.arg("run").arg(place.path("gone.txt")).arg("--out").arg(place.out());
    refuses(&place, missing, &["gone.txt"]);
}

#[test]
fn an_output_folder_that_cannot_be() {
    let place = Place::with(&[("a.txt", REPAIRED)]);
    fs::write(place.out(), "a file").unwrap();
    refuses(&place, place.run(), &["out", "folder"]);
    assert_eq!(fs::read(place.out()).unwrap(), b"a file");
    let mut same = decalque();
    same.arg("run").arg(place.input()).arg("--out").arg(place.input());
    refuses(&place, same, &["also an input"]);
}

#[test]
fn settings_that_cannot_be() {
    let place = Place::with(&[("a.txt", REPAIRED)]);
    let with = |args: &[&str]| {
        let mut command = place.run();
        command.args(args);
        command
    };
    refuses(&place, with(&["--tables", "documents,verbs"]), &["verbs", "documents", "terms"]);
    refuses(&place, with(&["--min-confidence", "1.5"]), &["1.5", "between 0 and 1"]);
    refuses(&place, with(&["--min-confidence", "-1"]), &["-1", "between 0 and 1"]);
    refuses(&place, with(&["--min-confidence", "much"]), &["much"]);
    refuses(&place, with(&["--threads", "70000"]), &["70000", "1024"]);
    refuses(&place, with(&["--format", "docx"]), &["docx", "jsonl"]);
    refuses(&place, with(&["--colour"]), &["--colour"]);
}

#[test]
fn a_configuration_that_cannot_be() {
    let place = Place::with(&[("a.txt", REPAIRED)]);
    let file = place.path("settings.toml");
    let with = |toml: &str| {
        fs::write(&file, toml).unwrap();
        let mut command = place.run();
        command.arg("--config").arg(&file);
        command
    };
    refuses(&place, with("threads = 2\nmin_confidence = \n"), &["settings.toml", "line 2"]);
    refuses(&place, with("threads = 2\n\ncolour = 1\n"), &["settings.toml", "line 3", "colour"]);
    refuses(&place, with("tables = [\"verbs\"]\n"), &["settings.toml", "verbs", "documents"]);
    let mut gone = place.run();
    gone.arg("--config").arg(place.path("gone.toml"));
    refuses(&place, gone, &["gone.toml"]);
}

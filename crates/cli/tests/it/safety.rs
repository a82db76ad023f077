//! What happens when a run is killed, when the disk is full, when there are no file handles left, when it is stopped.
//!
//! Limits are set by the shell (`ulimit`), so that a run ends at a place that depends on its bytes and not on time.
#![cfg(unix)]

use crate::common::{Place, REPAIRED, decalque, tables, text};
use predicates::prelude::*;
use serde_json::Value;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Few tables, for speed, and one that is only known at the end.
const TABLES: &str = "sources,documents,corrections,terms";

/// Documents enough for two pieces of work.
fn large() -> Place {
    let place = Place::new();
    for document in 0..4 {
        let line = |n: usize| {
            format!(
                "The Russian foreign Minister Sergei Lavrov left for the town of Aleppo{document}x{n} on Monday morning.\n"
            )
        };
        place.write(&format!("{document}.txt"), (0..12_000).map(line).collect::<String>().as_bytes());
    }
    place
}

/// A run under limits that the shell sets before.
fn limited(place: &Place, limits: &str, arguments: &[&str]) -> Output {
    let program = decalque().get_program().to_owned();
    let mut shell = Command::new("bash");
    shell.args(["-c", &format!("{limits}; exec \"$0\" \"$@\"")]).arg(program);
    shell.arg("run").arg(place.input()).arg("--out").arg(place.out());
    shell.args(["--tables", TABLES]).args(arguments);
    shell.output().unwrap()
}

fn run(place: &Place, arguments: &[&str]) -> Output {
    limited(place, "true", arguments)
}

/// Tables of another run, which must survive.
fn old_tables(place: &Place) -> Vec<(String, Vec<u8>)> {
    let other = place.path("other.txt");
    fs::write(&other, REPAIRED).unwrap();
    decalque().arg("run").arg(other).arg("--out").arg(place.out()).arg("--quiet").assert().success();
    tables(&place.out())
}

fn is_whole(folder: &Path) -> bool {
    decalque().arg("check").arg(folder).output().unwrap().status.success()
}

/// The messages of events of one kind.
fn messages(output: &Output, event: &str) -> Vec<String> {
    let lines = text(&output.stderr);
    let events = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let wanted = events.filter(|e| e["event"] == event);
    wanted.map(|e| e["message"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Sizes in KiB at which runs are ended: before the first piece is finished, after some, before the end.
const SIZES: [u64; 5] = [1, 500, 990, 1500, 1700];

#[test]
fn a_run_killed_anywhere_leaves_the_old_tables_and_is_resumed() {
    let place = large();
    run(&place, &["-q"]);
    let whole = tables(&place.out());
    let mut resumed = 0;
    for kib in SIZES {
        let old = old_tables(&place);
        // Writing beyond the limit kills at once: nothing is tidied up.
        let killed = limited(&place, &format!("ulimit -c 0; ulimit -f {kib}"), &["-q"]);
        assert_eq!(killed.status.code(), None, "{kib} KiB: {killed:?}");
        assert!(tables(&place.out()) == old && is_whole(&place.out()), "{kib} KiB");
        let done = run(&place, &["--resume", "--log-format", "json"]);
        assert!(done.status.success(), "{kib} KiB: {done:?}");
        resumed += usize::from(messages(&done, "notice").iter().any(|m| m.contains("were finished")));
        assert!(tables(&place.out()) == whole && is_whole(&place.out()), "{kib} KiB");
    }
    assert!((1..SIZES.len()).contains(&resumed), "{resumed} were resumed");
}

#[test]
fn a_full_disk_is_told_and_leaves_the_old_tables() {
    let place = large();
    run(&place, &["-q"]);
    let whole = tables(&place.out());
    let old = old_tables(&place);
    // Writing beyond the limit fails, as on a full disk, and the run goes on to its end.
    let failed = limited(&place, "trap '' XFSZ; ulimit -f 1500", &["-q"]);
    let said = text(&failed.stderr);
    assert_eq!(failed.status.code(), Some(1), "{said}");
    for part in ["cannot write", "/out/", "space left on the disk", "--resume"] {
        assert!(said.contains(part), "{part} is not in: {said}");
    }
    assert!(tables(&place.out()) == old && is_whole(&place.out()));
    assert!(run(&place, &["-q", "--resume"]).status.success());
    assert!(tables(&place.out()) == whole);
}

#[test]
fn without_file_handles_the_old_tables_stay() {
    let place = Place::with(&[("a.txt", b"Nothing is wrong here.\n"), ("b.txt", REPAIRED)]);
    let old = old_tables(&place);
    let mut failed = 0;
    for handles in 4..24 {
        let run = limited(&place, &format!("ulimit -n {handles}"), &["-q"]);
        if run.status.success() {
            assert!(is_whole(&place.out()));
            continue;
        }
        failed += 1;
        assert!(tables(&place.out()) == old, "{handles} handles: {run:?}");
        assert!(is_whole(&place.out()), "{handles} handles");
        assert!(!text(&run.stderr).contains("panicked"), "{handles} handles: {run:?}");
    }
    assert!((1..20).contains(&failed), "{failed} of 20 failed");
}

#[test]
fn without_resume_all_begins_anew_and_other_settings_are_not_resumed() {
    let place = large();
    run(&place, &["-q"]);
    let whole = tables(&place.out());
    let interrupt = || assert!(!limited(&place, "trap '' XFSZ; ulimit -f 1500", &["-q"]).status.success());
    let check = |arguments: &[&str], part: &str| {
        let done = run(&place, &[&["--log-format", "json"], arguments].concat());
        assert!(done.status.success(), "{done:?}");
        let told = messages(&done, "notice");
        assert!(told.iter().any(|m| m.contains(part)), "{arguments:?}: {told:?}");
    };
    interrupt();
    check(&[], "--resume would have taken it up");
    assert!(tables(&place.out()) == whole);
    interrupt();
    check(&["--resume", "--min-confidence", "0.8"], "nothing is resumed");
    interrupt();
    // The speed is no such setting.
    check(&["--resume", "--threads", "1"], "were finished");
    assert!(tables(&place.out()) == whole);
    interrupt();
    place.write("0.txt", REPAIRED);
    check(&["--resume"], "nothing is resumed");
    check(&["--resume"], "no run was interrupted");
}

#[test]
fn a_folder_belongs_to_one_run_at_a_time() {
    let place = Place::with(&[("a.txt", REPAIRED)]);
    place.run().assert().success();
    let old = tables(&place.out());
    let held = File::open(place.out()).unwrap();
    held.lock().unwrap();
    place.run().assert().code(1).stderr(predicate::str::contains("another run is writing"));
    assert!(tables(&place.out()) == old);
    drop(held);
    place.run().assert().success();
}

/// Send a signal to a run that has begun, and see it end. It stands still where it reads its decisions: a pipe into which
/// the test writes when the signal is sent.
fn stopped_by(signal: &str) -> (Option<i32>, String) {
    let place = Place::with(&[("a.txt", REPAIRED)]);
    let pipe = place.path("decisions.csv");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut command = Command::new(decalque().get_program());
    command.arg("run").arg(place.input()).arg("--out").arg(place.out());
    command.arg("--decisions").arg(&pipe).args(["--log-format", "json"]).stdout(Stdio::null());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    // Opens when the run opens its end.
    let mut decisions = File::options().write(true).open(&pipe).unwrap();
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    decisions.write_all(b"decision,kind,before,after\n").unwrap();
    drop(decisions);
    let said: Vec<String> =
        BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap).collect();
    let status = child.wait().unwrap().code();
    assert!(tables(&place.out()).is_empty());
    (status, said.join("\n"))
}

#[test]
fn signals_end_a_run_in_order() {
    for (signal, status) in [("-INT", 130), ("-TERM", 143)] {
        let (code, said) = stopped_by(signal);
        assert_eq!(code, Some(status), "{said}");
        assert!(said.contains("stopped; the tables of the run before are untouched"), "{said}");
    }
}

#[test]
fn events_are_lines_of_json() {
    let place = Place::with(&[("a.txt", REPAIRED), ("b.bin", b"\0\0"), ("c.txt", b"")]);
    let done = run(&place, &["--log-format", "json"]);
    assert_eq!(done.status.code(), Some(2));
    let said = text(&done.stderr);
    let events: Vec<Value> = said.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let names: Vec<&str> = events.iter().map(|e| e["event"].as_str().unwrap()).collect();
    assert_eq!((names[0], names[names.len() - 1]), ("start", "end"));
    for name in ["progress", "rejected", "warning"] {
        assert!(names.contains(&name), "{name} is not in {said}");
    }
    let end = &events[events.len() - 1];
    assert_eq!((&end["status"], &end["documents"], &end["rejected"]), (&2.into(), &1.into(), &2.into()));
    assert_eq!(place.manifest()["rejected_by_reason"].as_object().unwrap().len(), 2);
    assert!(!said.contains('\u{1b}'));
    let wrong = limited(&place, "true", &["--log-format", "json", "--min-confidence", "7"]);
    assert_eq!((wrong.status.code(), messages(&wrong, "error").len()), (Some(1), 1));
    for unclear in [["--log-format", "json"].as_slice(), &["--log-format=json"]] {
        let unclear = limited(&place, "true", &[&["--no-such-flag"], unclear].concat());
        assert!(messages(&unclear, "error")[0].starts_with("unexpected argument '--no-such-flag'"));
        assert_eq!(unclear.status.code(), Some(1));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_summary_that_nobody_can_see_fails_no_run() {
    let place = Place::with(&[("a.txt", REPAIRED)]);
    let full = File::options().write(true).open("/dev/full").unwrap();
    let mut run = Command::new(decalque().get_program());
    run.arg("run").arg(place.input()).arg("--out").arg(place.out());
    let done = run.stdout(full).output().unwrap();
    let said = text(&done.stderr);
    assert!(done.status.success() && said.contains("the work itself is done"), "{said}");
    assert!(is_whole(&place.out()));
}

#[test]
fn many_rejected_inputs_are_a_warning() {
    let place = Place::with(&[("a.txt", REPAIRED), ("b.txt", b"")]);
    place.run().assert().code(2).stderr(predicate::str::contains("1 of 2 inputs (50.0 %) were rejected"));
    (0..99).for_each(|n| place.write(&format!("ok{n}.txt"), REPAIRED));
    place.run().assert().code(2).stderr(predicate::str::contains("rejected").not());
}

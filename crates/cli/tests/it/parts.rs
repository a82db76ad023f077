//! `decalque evidence`, `run --shard`, `merge`: a run in parts.

use crate::common::{Place, decalque, seeds, tables, text};
use std::path::Path;

fn evidence(command: &str, out: &Path) -> assert_cmd::Command {
    let mut evidence = decalque();
    evidence.args(["evidence", command, "--out"]).arg(out);
    evidence
}

fn run(out: &Path) -> assert_cmd::Command {
    let mut run = decalque();
    run.arg("run").arg(seeds()).arg("--out").arg(out);
    run
}

#[test]
fn the_parts_of_a_run_are_put_together() {
    let place = Place::new();
    let [known, whole, one, two] = ["known", "whole", "one", "two"].map(|name| place.path(name));
    // Parts are cut at pieces of 2 MB and more: all that there is here is in the last.
    let said =
        [("1/2", "known.1", "Evidence of 0 documents, of 5"), ("2/2", "known.2", "Evidence of 5 documents")];
    for (part, out, said) in said {
        let done =
            evidence("gather", &place.path(out)).arg(seeds()).args(["--shard", part]).assert().success();
        assert!(text(&done.get_output().stdout).starts_with(said));
    }
    let parts = [place.path("known.2"), place.path("known.1")];
    let done = evidence("merge", &known).args(parts).assert().success();
    assert!(text(&done.get_output().stdout).starts_with("Evidence of 5 documents, all there are"));
    for (part, out) in [("1/2", &one), ("2/2", &two)] {
        let done = run(out).arg("--evidence").arg(&known).args(["--shard", part]).assert().success();
        assert!(text(&done.get_output().stdout).starts_with(&format!("Part {part}: ")));
    }
    decalque().arg("merge").args([&two, &one]).arg("--out").arg(place.out()).assert().success();
    run(&whole).assert().success();
    assert!(tables(&place.out()) == tables(&whole));
}

#[test]
fn events_are_told_of_every_step() {
    let place = Place::new();
    let known = place.path("known");
    let json = ["--log-format", "json"];
    let events = |command: &mut assert_cmd::Command| {
        let done = command.args(json).assert().success().stdout("");
        let lines = text(&done.get_output().stderr);
        let event =
            |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["event"].to_string();
        (event(lines.lines().next().unwrap()), event(lines.lines().last().unwrap()))
    };
    let want = ("\"start\"".to_owned(), "\"end\"".to_owned());
    assert_eq!(events(evidence("gather", &known).arg(seeds())), want);
    assert_eq!(events(evidence("merge", &place.path("all")).arg(&known)), want);
    let part = place.path("part");
    assert_eq!(events(run(&part).arg("--evidence").arg(&known).args(["--shard", "1/1"])), want);
    assert_eq!(events(decalque().arg("merge").arg(&part).arg("--out").arg(place.out())), want);
}

#[test]
fn wrong_calls_say_how() {
    let place = Place::new();
    for (shard, said) in [("3/2", "such as 2/8"), ("0/1", "such as 2/8"), ("1/2", "--evidence")] {
        let failed = run(&place.out()).args(["--shard", shard]).assert().code(1);
        assert!(text(&failed.get_output().stderr).contains(said));
    }
    let failed = decalque().arg("merge").arg(seeds()).arg("--out").arg(place.out()).assert().code(1);
    assert!(text(&failed.get_output().stderr).contains("is no whole part of a run"));
    let failed = run(&place.out()).arg("--evidence").arg(seeds().join("README.md")).assert().code(1);
    assert!(text(&failed.get_output().stderr).contains("cannot use the evidence"));
}

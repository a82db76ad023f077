//! `decalque explain`: before, after, and why.

mod common;

use common::{Place, REPAIRED, decalque, seeds, text};
use predicates::prelude::*;

#[test]
fn a_repair_is_shown_with_rule_and_evidence() {
    let seed = seeds().join("003_e3bb45fe7ef72744.txt");
    let done = decalque().arg("explain").arg(seed).assert().success();
    let said = text(&done.get_output().stdout);
    for part in [
        "003_e3bb45fe7ef72744.txt\n",
        "mt_score",
        "keywords",
        "[Sands → Peskov]",
        "name.bare (name_calque)",
        "Dmitry Peskov",
    ] {
        assert!(said.contains(part), "{part} is not in:\n{said}");
    }
    assert!(said.contains("applied  ") && !said.contains('\u{1b}'));
    assert!(said.trim_end().lines().last().unwrap().starts_with("1 document: "));
}

#[test]
fn quotes_are_shown_with_their_speakers() {
    let mut command = decalque();
    command.args(["explain", "-"]).write_stdin("“We agree,” said Dmitry Peskov. He added that it was late.");
    let done = command.assert().success();
    done.stdout(
        predicate::str::contains("Dmitry Peskov (said): “We agree,”")
            .and(predicate::str::contains("Dmitry Peskov (He, added): it was late")),
    );
}

#[test]
fn people_and_organisations_are_shown() {
    let mut command = decalque();
    let text = "Dmitry Peskov spoke at the United Nations. Mr Peskov left. Anna Petrova of the United Nations stayed.";
    command.args(["explain", "-"]).write_stdin(text);
    command.assert().success().stdout(
        predicate::str::contains("  people Dmitry Peskov (2), Anna Petrova (1)\n")
            .and(predicate::str::contains("  organisations United Nations (2)\n")),
    );
}

#[test]
fn colours_mark_before_and_after() {
    let place = Place::with(&[("a.txt", REPAIRED)]);
    let mut command = decalque();
    command.arg("explain").arg(place.input()).env("CLICOLOR_FORCE", "1");
    command.assert().success().stdout(predicate::str::contains("\u{1b}[32m"));
}

#[test]
fn the_threshold_decides_what_is_applied() {
    let place = Place::with(&[("a.txt", REPAIRED)]);
    let mut command = decalque();
    command.arg("explain").arg(place.input()).args(["--min-confidence", "1"]);
    command.assert().success().stdout(predicate::str::contains("suggested  casing."));
}

#[test]
fn nothing_found_is_said() {
    let mut command = decalque();
    command.args(["explain", "-"]).write_stdin("Nothing is wrong here.");
    let done = command.assert().success();
    done.stdout(
        predicate::str::contains("Nothing to repair was found.")
            .and(predicate::str::contains("1 document: nothing")),
    );
}

#[test]
fn rejected_documents_have_their_reason() {
    let place = Place::with(&[("a.txt", REPAIRED), ("empty.txt", b"")]);
    let done = decalque().arg("explain").arg(place.input()).assert().code(2);
    done.stdout(
        predicate::str::contains("rejected: the document is empty")
            .and(predicate::str::contains("1 input rejected")),
    );
}

#[test]
fn one_document_can_be_chosen() {
    let place = Place::with(&[("a.txt", REPAIRED), ("b.txt", REPAIRED), ("empty.txt", b"")]);
    let explain = |id: &str| decalque().arg("explain").arg(place.input()).args(["--doc", id]).assert();
    let one = predicate::str::contains("b.txt").and(predicate::str::contains("a.txt").not());
    explain("b.txt").success().stdout(one);
    explain("c.txt")
        .code(1)
        .stdout("")
        .stderr(predicate::str::contains("c.txt").and(predicate::str::contains("a.txt")));
}

#[test]
fn a_document_cannot_drive_the_terminal() {
    let mut command = decalque();
    command.args(["explain", "-"]).env("CLICOLOR_FORCE", "1");
    let done =
        command.write_stdin("The \u{1b}]0;title\u{7}Russian foreign Minister left.").assert().success();
    done.stdout(predicate::str::contains("\u{1b}]").not().and(predicate::str::contains('\u{7}').not()));
}

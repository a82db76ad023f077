//! Help, `decalque rules` and `decalque schema`: what the program says of itself.

use crate::common::{decalque, text};
use predicates::prelude::*;
use serde_json::Value;
use std::io::Read;
use std::process::Stdio;

fn said(args: &[&str]) -> String {
    text(&decalque().args(args).assert().success().get_output().stdout)
}

/// The long help of a command names each of these, has examples and exit statuses, and the short help is shorter.
fn check(command: &[&str], flags: &[&str]) {
    let help = said(&[command, &["--help"]].concat());
    for part in flags.iter().chain(&["Usage:", "Examples:", "Exit status:", "--help"]) {
        assert!(help.contains(part), "{part} is not in the help of {command:?}:\n{help}");
    }
    assert!(said(&[command, &["-h"]].concat()).len() < help.len());
}

#[test]
fn help_names_every_flag() {
    check(&[], &["run", "explain", "rules", "schema", "--version", "NO_COLOR"]);
    let shared = ["INPUT", "--min-confidence", "--config", "--format", "auto", "txt", "jsonl"];
    check(&["run"], &[&shared[..], &["--out", "--threads", "--tables", "--quiet", "corrections"]].concat());
    check(&["explain"], &[&shared[..], &["--doc"]].concat());
    check(&["rules"], &["RULE", "--json"]);
    check(&["schema"], &["TABLE", "--json"]);
}

#[test]
fn without_arguments_there_is_help() {
    decalque().assert().code(1).stdout("").stderr(predicate::str::contains("Usage: decalque"));
    decalque().arg("--version").assert().success().stdout(predicate::str::starts_with("decalque "));
    decalque().arg("repair").assert().code(1).stderr(predicate::str::contains("repair"));
}

#[test]
fn rules_are_listed_for_people_and_programs() {
    let rules: Vec<Value> = serde_json::from_str(&said(&["rules", "--json"])).unwrap();
    let list = said(&["rules"]);
    assert!(rules.len() > 10);
    for rule in &rules {
        let id = rule["id"].as_str().unwrap();
        assert!(
            list.contains(&format!("{id}  {}, ", rule["kind"].as_str().unwrap())),
            "{id} is not in:\n{list}"
        );
        assert!(rule["examples"].as_array().unwrap().len() >= 4, "{id}");
        let known = |key: &str, all: &[&str]| all.contains(&rule[key].as_str().unwrap());
        assert!(known("layer", &["local", "corpus"]) && known("safety", &["apply", "offer"]), "{id}");
        assert!(!rule["summary"].as_str().unwrap().is_empty(), "{id}");
    }
    assert!(rules.is_sorted_by_key(|r| r["id"].as_str().unwrap().to_owned()));
}

#[test]
fn rules_can_be_chosen_by_id_or_kind() {
    let ids = |names: &[&str]| {
        let rules: Vec<Value> = serde_json::from_str(&said(&[&["rules", "--json"], names].concat())).unwrap();
        rules.iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["name.bare"]), ["name.bare"]);
    assert!(ids(&["casing"]).iter().all(|id| id.starts_with("casing.")));
    decalque().args(["rules", "no.such"]).assert().code(1).stderr(predicate::str::contains("name.bare"));
}

#[test]
fn every_table_is_described() {
    let schema: Value = serde_json::from_str(&said(&["schema", "--json"])).unwrap();
    let list = said(&["schema"]);
    let tables = schema["tables"].as_array().unwrap();
    assert_eq!(tables.len(), 10);
    for table in tables {
        assert!(list.contains(&format!("{}.parquet\n", table["name"].as_str().unwrap())));
        for column in table["columns"].as_array().unwrap() {
            assert!(list.contains(&format!("\n  {} ", column["name"].as_str().unwrap())), "{column}");
        }
    }
    let terms: Value = serde_json::from_str(&said(&["schema", "terms", "--json"])).unwrap();
    assert_eq!(
        (terms["tables"].as_array().unwrap().len(), &terms["tables"][0]["name"]),
        (1, &"terms".into())
    );
    assert!(said(&["schema", "terms"]).starts_with("terms.parquet\n"));
    decalque().args(["schema", "verbs"]).assert().code(1).stderr(predicate::str::contains("corrections"));
}

#[test]
fn what_it_says_of_itself_does_not_change_between_calls() {
    for args in [&["rules"][..], &["rules", "--json"], &["schema"], &["schema", "--json"]] {
        assert_eq!(said(args), said(args));
    }
}

/// As in `decalque rules | head -1`, but the pipe is closed before anything is read.
#[test]
fn a_reader_that_went_away_is_no_failure() {
    let program = assert_cmd::cargo::cargo_bin("decalque");
    for args in [&["rules"][..], &["schema", "--json"], &["--help"]] {
        let mut child = std::process::Command::new(&program);
        let mut child = child.args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut errors = String::new();
        child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        assert!(child.wait().unwrap().success() && errors.is_empty(), "{args:?}: {errors}");
    }
}

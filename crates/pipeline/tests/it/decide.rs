//! What a researcher decides: protected names, own rows, switches, decisions.

use decalque_pipeline::{Config, Explained, Input, Status, Switch, explain};
use std::path::PathBuf;

const TEXT: &str = "Dmitry Peskov met the foreign Minister. “There is no plan,” said Sands.";

fn run(text: &str, config: &Config) -> Explained {
    let input = Input::Bytes { name: "a".into(), bytes: text.as_bytes().to_vec().into() };
    explain(&[input], config).unwrap().remove(0)
}

fn refusal(told: &Explained, before: &str) -> Option<&'static str> {
    let all = told.corrections.iter();
    let of = all.filter(|(raw, _)| raw.text(&told.source.raw_text) == before);
    of.filter(|(_, c)| c.status == Status::Refused).find_map(|(_, c)| c.refused_by)
}

/// A file with this text, which lives as long as the folder.
fn file(name: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

#[test]
fn without_a_word_both_are_repaired() {
    let clean = run(TEXT, &Config::default()).clean;
    assert_eq!(clean, "Dmitry Peskov met the Foreign Minister. “There is no plan,” said Peskov.");
}

#[test]
fn a_protected_name_is_never_touched() {
    let told = run(TEXT, &Config { protect: vec!["Sands".into()], ..Config::default() });
    assert!(told.clean.contains("said Sands") && told.clean.contains("Foreign Minister"));
    assert_eq!(refusal(&told, "Sands"), Some("protect"));
}

#[test]
fn kinds_and_rules_have_switches_and_thresholds() {
    let switch = |on, min_confidence| Switch { on, min_confidence };
    let set = |name: &str, s| [(name.to_owned(), s)].into_iter().collect();
    let off = Config { kinds: set("casing", switch(Some(false), None)), ..Config::default() };
    assert!(run(TEXT, &off).clean.contains("foreign Minister"));
    let strict = Config { rules: set("name.bare", switch(None, Some(1.0))), ..Config::default() };
    let told = run(TEXT, &strict);
    assert!(
        told.clean.contains("said Sands")
            && told.corrections.iter().any(|(_, c)| c.status == Status::Suggested)
    );
    let both = Config { rules: set("casing.office", switch(Some(true), None)), ..off };
    assert!(run(TEXT, &both).clean.contains("Foreign Minister"), "a rule wins over its kind");
    let unknown = Config { rules: set("name.none", switch(None, None)), ..Config::default() };
    assert!(unknown.check().unwrap_err().to_string().contains("name.bare"), "the rules there are");
}

#[test]
fn a_decision_changes_the_next_run_and_is_on_record() {
    let lines = "decision,kind,before,after\nreject,name_calque,Sands,Peskov\n";
    let (_folder, path) = file("d.csv", lines);
    let told = run(TEXT, &Config { decisions: Some(path), ..Config::default() });
    assert!(told.clean.contains("said Sands"));
    assert_eq!(refusal(&told, "Sands"), Some("decision"));
}

#[test]
fn what_is_only_offered_can_be_accepted_with_other_words() {
    let text = "They will create spetstsentr with the military.";
    let lines = "decision,kind,before,after,instead\naccept,translit_residue,spetstsentr,,a special centre\n";
    let (_folder, path) = file("d.csv", lines);
    let told = run(text, &Config { decisions: Some(path.clone()), ..Config::default() });
    let offered = run(text, &Config::default());
    // Whatever the rule offers by itself, the decision is on that.
    let after = offered
        .corrections
        .iter()
        .find(|(_, c)| c.edit.rule == "translit.word")
        .unwrap()
        .1
        .edit
        .replacement
        .clone();
    if after.is_empty() {
        assert_eq!(told.clean, "They will create a special centre with the military.");
    }
    let wrong = "decision,kind,before,after\nperhaps,casing,a,b\n";
    std::fs::write(&path, wrong).unwrap();
    let input = Input::Bytes { name: "a".into(), bytes: b"a".to_vec().into() };
    let error =
        explain(&[input], &Config { decisions: Some(path), ..Config::default() }).unwrap_err().to_string();
    assert!(error.contains("line 2") && error.contains("d.csv"), "{error}");
}

#[test]
fn own_rows_are_read_like_those_built_in() {
    let (_folder, path) = file("own.tsv", "printed\tright\tclass\nfrostings|frosting\tMorozin\tsurname\n");
    let text = "Oleg Morozin spoke. “It is late,” said Frostings.";
    assert_eq!(run(text, &Config::default()).clean, text);
    let told = run(text, &Config { lexicon: vec![path.clone()], ..Config::default() });
    assert_eq!(told.clean, "Oleg Morozin spoke. “It is late,” said Morozin.");
    std::fs::write(&path, "printed\tright\tclass\nx\tY\tnoun\n").unwrap();
    let input = Input::Bytes { name: "a".into(), bytes: b"a".to_vec().into() };
    let error =
        explain(&[input], &Config { lexicon: vec![path], ..Config::default() }).unwrap_err().to_string();
    assert!(error.contains("line 2: there is no class \"noun\""), "{error}");
}

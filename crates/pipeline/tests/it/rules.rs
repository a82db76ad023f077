//! Every rule's own examples, and what all rules owe.

use decalque_pipeline::{Config, Example, Explained, Input, RULES, Rule, Status, explain};
use std::collections::BTreeSet;

/// One text through both passes.
fn run(text: &str) -> Explained {
    run_as(text, false)
}

/// One text through both passes, taken for machine translation or not.
fn run_as(text: &str, assume_machine: bool) -> Explained {
    let input = Input::Bytes { name: "example".into(), bytes: text.as_bytes().to_vec().into() };
    explain(&[input], &Config { assume_machine, ..Config::default() }).unwrap().remove(0)
}

/// The rule turns one text into another, and leaves the other alone.
fn check_fix(rule: &Rule, before: &str, after: &str, assume_machine: bool) {
    let id = rule.id;
    let told = run_as(before, assume_machine);
    assert_eq!(told.clean, after, "{id}: {:#?}", told.corrections);
    assert!(found(&told, rule).any(|(_, s)| s == Status::Applied), "{id} did not do it: {before}");
    let again = run_as(after, assume_machine);
    assert_eq!(again.clean, after, "{id} does not leave its own output alone");
    assert!(!found(&again, rule).any(|(_, s)| s == Status::Applied), "{id}: {after}");
}

fn found<'a>(told: &'a Explained, rule: &'a Rule) -> impl Iterator<Item = (&'a str, Status)> {
    let mine = told.corrections.iter().filter(|(_, c)| c.edit.rule == rule.id);
    mine.map(|(raw, c)| (raw.text(&told.source.raw_text), c.status))
}

/// The rule offers a part of a text, or flags it, and changes nothing.
fn check_offer(rule: &Rule, text: &str, part: &str, assume_machine: bool) {
    let (id, told) = (rule.id, run_as(text, assume_machine));
    assert_eq!(told.clean, text, "{id} should only offer");
    let offers = |(raw, s): (&str, Status)| raw == part && matches!(s, Status::Suggested | Status::Flagged);
    assert!(found(&told, rule).any(offers), "{id} does not offer {part:?}: {:#?}", told.corrections);
}

fn check(rule: &Rule, example: &Example) {
    let id = rule.id;
    match *example {
        Example::Fix(before, after) => check_fix(rule, before, after, false),
        Example::Machine(before, after) => check_fix(rule, before, after, true),
        Example::Offer(text, part) => check_offer(rule, text, part, false),
        Example::Flag(text, part) => check_offer(rule, text, part, true),
        Example::Keep(text) => {
            let told = run(text);
            let got: Vec<_> = found(&told, rule).collect();
            assert!(got.is_empty(), "{id} should leave alone: {text}: {got:?}");
            assert_eq!(told.clean, text, "{id}: another rule changes this example: {:#?}", told.corrections);
            // What is a good form stays one whoever wrote it; a name may be a calque in an engine's text alone.
            let is_form = matches!(rule.kind.name(), "casing" | "typography" | "acronym");
            let machine = run_as(text, is_form);
            assert!(
                !found(&machine, rule).any(|(_, s)| s == Status::Applied),
                "{id} in machine text: {text}"
            );
        }
    }
}

#[test]
fn every_example_of_every_rule_holds() {
    // All of them are tried, so that one run shows every failure.
    let examples = RULES.iter().flat_map(|r| r.examples.iter().map(move |e| (r, e)));
    let failed = examples.filter(|(r, e)| std::panic::catch_unwind(|| check(r, e)).is_err()).count();
    assert_eq!(failed, 0, "examples that do not hold");
}

#[test]
fn ids_are_unique_and_carry_their_family() {
    let ids: BTreeSet<_> = RULES.iter().map(|r| r.id).collect();
    assert_eq!(ids.len(), RULES.len());
    assert!(ids.iter().all(|id| id.split_once('.').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty())));
}

#[test]
fn every_rule_has_two_examples_each_way_and_a_sentence() {
    for rule in RULES {
        let keeps = rule.examples.iter().filter(|e| matches!(e, Example::Keep(_))).count();
        assert!(keeps >= 2 && rule.examples.len() - keeps >= 2, "{}: two to fix, two to keep", rule.id);
        assert!(rule.summary.len() > 30 && rule.summary.ends_with('.'), "{}: {}", rule.id, rule.summary);
    }
}

#[test]
fn evidence_is_a_sentence_for_every_repair() {
    for rule in RULES {
        for example in rule.examples {
            let (Example::Fix(text, _)
            | Example::Machine(text, _)
            | Example::Offer(text, _)
            | Example::Flag(text, _)) = *example
            else {
                continue;
            };
            for (_, c) in &run_as(text, true).corrections {
                assert!(
                    c.edit.evidence.ends_with('.') && c.edit.evidence.len() > 10,
                    "{}: {:?}",
                    c.edit.rule,
                    c.edit.evidence
                );
            }
        }
    }
}

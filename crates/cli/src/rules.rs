//! `decalque rules`: the catalogue of repair rules, from the rules themselves.

use crate::args::RulesArgs;
use crate::terminal::{self, AFTER, BEFORE, FAINT, NOTICE, STRONG, plain, styled, wrap};
use crate::{Failure, Outcome};
use decalque_pipeline::{Example, Layer, RULES, Rule};
use serde_json::{Value, json};

pub(crate) fn execute(args: &RulesArgs) -> Outcome {
    let rules = chosen(&args.rules)?;
    terminal::print(&if args.json { json_text(&rules) } else { text(&rules) })?;
    Ok(0)
}

/// The rules of these ids or kinds, sorted by id; all when none is named.
fn chosen(names: &[String]) -> Result<Vec<&'static Rule>, Failure> {
    let is = |rule: &Rule, name: &str| rule.id == name || rule.kind.name() == name;
    let mut rules: Vec<&'static Rule> = RULES.to_vec();
    rules.sort_by_key(|r| r.id);
    if let Some(unknown) = names.iter().find(|n| !rules.iter().any(|r| is(r, n))) {
        let ids: Vec<&str> = rules.iter().map(|r| r.id).collect();
        return Err(format!("there is no rule or kind {unknown:?}; the rules are {}", ids.join(", ")).into());
    }
    rules.retain(|r| names.is_empty() || names.iter().any(|n| is(r, n)));
    Ok(rules)
}

fn text(rules: &[&Rule]) -> String {
    rules.iter().map(|r| entry(r)).collect::<Vec<_>>().join("\n")
}

fn entry(rule: &Rule) -> String {
    let gate = match rule.least_machine {
        0.0 => String::new(),
        least => format!(", where mt_score is {least} and more"),
    };
    let about = format!("{}, {}, {}{gate}", rule.kind.name(), layer(rule.layer), rule.safety.name());
    let mut out = format!("{}  {}\n", styled(STRONG, rule.id), styled(FAINT, &about));
    out += &wrap("  ", rule.summary);
    out.push('\n');
    rule.examples.iter().for_each(|e| out += &example(e));
    out
}

fn example(example: &Example) -> String {
    match example {
        Example::Fix(before, after) => {
            pair("fix  ", &styled(BEFORE, &plain(before)), &styled(AFTER, &plain(after)))
        }
        Example::Machine(before, after) => {
            pair("fix in machine translation", &styled(BEFORE, &plain(before)), &styled(AFTER, &plain(after)))
        }
        Example::Flag(text, words) => {
            pair("flag in machine translation", &plain(text), &styled(NOTICE, &plain(words)))
        }
        Example::Offer(text, words) => pair("offer", &plain(text), &styled(NOTICE, &plain(words))),
        Example::Keep(text) => format!("    {} {}\n", styled(FAINT, "keep "), plain(text)),
    }
}

fn pair(label: &str, before: &str, after: &str) -> String {
    format!("    {} {before}\n        {} {after}\n", styled(FAINT, label), styled(FAINT, "→"))
}

fn layer(layer: Layer) -> &'static str {
    match layer {
        Layer::Local => "local",
        Layer::Corpus => "corpus",
    }
}

fn json_text(rules: &[&Rule]) -> String {
    let all: Vec<Value> = rules.iter().map(|r| rule_json(r)).collect();
    format!("{:#}\n", Value::Array(all))
}

fn rule_json(rule: &Rule) -> Value {
    let examples: Vec<Value> = rule.examples.iter().map(example_json).collect();
    json!({
        "id": rule.id,
        "kind": rule.kind.name(),
        "layer": layer(rule.layer),
        "safety": rule.safety.name(),
        "least_machine": rule.least_machine,
        "summary": rule.summary,
        "examples": examples,
    })
}

fn example_json(example: &Example) -> Value {
    match example {
        Example::Fix(before, after) => json!({ "type": "fix", "before": before, "after": after }),
        Example::Machine(before, after) => {
            json!({ "type": "fix", "machine": true, "before": before, "after": after })
        }
        Example::Flag(text, words) => {
            json!({ "type": "offer", "machine": true, "text": text, "words": words })
        }
        Example::Offer(text, words) => json!({ "type": "offer", "text": text, "words": words }),
        Example::Keep(text) => json!({ "type": "keep", "text": text }),
    }
}

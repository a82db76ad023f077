//! `decalque schema`: the tables and their columns.

use crate::Outcome;
use crate::args::SchemaArgs;
use crate::terminal::{self, FAINT, STRONG, styled, wrap};
use decalque_pipeline::{schema_json, tables};
use std::fmt::Write as _;

pub(crate) fn execute(args: &SchemaArgs) -> Outcome {
    terminal::print(&if args.json { json_text(&args.tables) } else { text(&args.tables) })?;
    Ok(0)
}

fn is_chosen(names: &[String], table: &str) -> bool {
    names.is_empty() || names.iter().any(|n| n == table)
}

fn json_text(names: &[String]) -> String {
    let mut schema = schema_json();
    if let Some(all) = schema["tables"].as_array_mut() {
        all.retain(|t| is_chosen(names, t["name"].as_str().unwrap_or_default()));
    }
    format!("{schema:#}\n")
}

fn text(names: &[String]) -> String {
    let mut out = String::new();
    for table in tables().iter().filter(|t| is_chosen(names, t.name)) {
        let gap = if out.is_empty() { "" } else { "\n" };
        let width = table.columns.iter().map(|c| c.name.len()).max().unwrap_or(0);
        // Writing into a String cannot fail.
        let _ = writeln!(out, "{gap}{}\n{}\n", styled(STRONG, &table.file_name()), wrap("", table.summary));
        for c in table.columns {
            let ty = format!("{}{}", c.ty.name(), if c.nullable { "?" } else { "" });
            let unit = if c.unit.is_empty() { String::new() } else { format!(" [{}]", c.unit) };
            let label = format!("  {:width$}  {}  ", c.name, styled(FAINT, &format!("{ty:10}")));
            let _ = writeln!(out, "{}", wrap(&label, &format!("{}{unit}", c.meaning)));
        }
    }
    out
}

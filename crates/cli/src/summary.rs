//! What a run did, as a person likes to read it.

use crate::number::{count, counted, duration, rate, size};
use crate::terminal::{AFTER, FAINT, NOTICE, STRONG, plain, styled, wrap};
use decalque_pipeline::{KindCount, Rejected, Shard, Summary};
use std::path::Path;

/// Reasons shown of rejected inputs, and inputs shown of a reason. All of them are in the manifest.
const REASONS: usize = 8;
const PATHS: usize = 3;

/// The whole summary; `seconds` is how long the run took.
pub(crate) fn text(summary: &Summary, seconds: f64) -> String {
    let parts = [
        counts(summary, seconds),
        repairs(summary),
        ranked("Top keywords  ", &summary.keywords),
        ranked("Top people    ", &summary.people),
        rejected(summary),
        tables(summary),
        query(summary),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    parts.join("\n\n") + "\n"
}

/// What there is to say of a part of a run.
pub(crate) fn part(summary: &Summary, shard: Option<Shard>) -> String {
    let documents = styled(STRONG, &counted(summary.documents, "document"));
    let (part, out) = (shard.unwrap_or(Shard::WHOLE), plain(&summary.folder.display().to_string()));
    let repaired = format!("{documents}, {} of them repaired\n", count(summary.repaired));
    let rejected = rejected(summary);
    let rejected = if rejected.is_empty() { rejected } else { format!("\n{rejected}\n\n") };
    format!("Part {part}: {repaired}{rejected}{out}: `decalque merge` puts the parts together\n")
}

fn counts(s: &Summary, seconds: f64) -> String {
    let documents = styled(STRONG, &counted(s.documents, "document"));
    let (sentences, tokens) = (counted(s.sentences, "sentence"), counted(s.tokens, "token"));
    let quotes = counted(s.quotes, "quote");
    let (bytes, took, speed) = (size(s.bytes), duration(seconds), rate(s.bytes, seconds));
    let skipped = match s.skipped {
        0 => String::new(),
        n => format!("\n{} of web archives passed over: no pages", counted(n, "record")),
    };
    format!("{documents}, {sentences}, {tokens}, {quotes}\n{bytes} in {took}, {speed}{skipped}")
}

fn repairs(s: &Summary) -> String {
    let rows: Vec<_> = s.corrections.iter().filter(|(_, n)| shown(n).iter().sum::<u64>() > 0).collect();
    if rows.is_empty() {
        return "No repairs: nothing was found that looks like an artifact of machine translation."
            .to_owned();
    }
    let sum = |i: usize| rows.iter().map(|(_, n)| shown(n)[i]).sum();
    let mut lines =
        vec![styled(STRONG, &row("Repairs", &["applied", "suggested", "flagged"].map(str::to_owned)))];
    lines.extend(rows.iter().map(|(kind, n)| row(&format!("  {kind}"), &shown(n).map(number))));
    lines.push(row("  all", &[sum(0), sum(1), sum(2)].map(number)));
    lines.push(format!("{} of {} repaired", count(s.repaired), counted(s.documents, "document")));
    lines.join("\n")
}

/// What the table shows; what was refused lost to a repair that is shown.
fn shown(n: &KindCount) -> [u64; 3] {
    [n.applied, n.suggested, n.flagged]
}

/// A zero says little and is shown little.
fn number(n: u64) -> String {
    if n == 0 { "·".to_owned() } else { count(n) }
}

fn row(name: &str, cells: &[String; 3]) -> String {
    let [a, b, c] = cells;
    format!("{name:20}{a:>12}{b:>12}{c:>12}")
}

/// What leads in most documents, with the number of documents.
fn ranked(label: &str, list: &[(String, u64)]) -> String {
    let list: Vec<String> = list.iter().map(|(word, n)| format!("{} ({})", plain(word), count(*n))).collect();
    if list.is_empty() {
        return String::new();
    }
    wrap(&styled(STRONG, label), &list.join(", "))
}

fn rejected(s: &Summary) -> String {
    if s.rejected.is_empty() {
        return String::new();
    }
    let groups = s.reasons();
    let mut lines = vec![styled(NOTICE, &format!("Rejected {}", counted(s.rejected.len() as u64, "input")))];
    lines.extend(groups.iter().take(REASONS).flat_map(|(reason, list)| group(reason, list)));
    if let Some(more) = groups.get(REASONS..).filter(|m| !m.is_empty()) {
        lines.push(format!("  and {}", counted(more.len() as u64, "other reason")));
    }
    lines.push("  Each has a row with its reason in sources, and stands in manifest.json.".to_owned());
    lines.join("\n")
}

fn group(reason: &str, list: &[&Rejected]) -> Vec<String> {
    let reason = if let [one] = list { &one.reason } else { reason };
    let mut lines = vec![wrap(&format!("{:>5}  ", count(list.len() as u64)), &plain(reason))];
    lines.extend(list.iter().take(PATHS).map(|r| format!("         {}", plain(place(r)))));
    if list.len() > PATHS {
        lines.push(format!("         and {} more", count((list.len() - PATHS) as u64)));
    }
    lines
}

/// The path, which can be opened; for one of several documents in a file its id, which says which one.
fn place(rejected: &Rejected) -> &str {
    let is_whole_file = rejected.path.ends_with(&rejected.doc_id);
    if is_whole_file { &rejected.path } else { &rejected.doc_id }
}

fn tables(s: &Summary) -> String {
    let folder = plain(&s.folder.display().to_string());
    let mut lines = vec![format!("Tables in {}", styled(AFTER, &folder))];
    let name = |(name, rows, bytes): &(String, u64, u64)| {
        format!("  {:20}{:>18}{:>12}", format!("{name}.parquet"), counted(*rows, "row"), size(*bytes))
    };
    lines.extend(s.tables.iter().map(name));
    lines.push("  manifest.json".to_owned());
    lines.join("\n")
}

/// A command to paste: the most frequent repairs, or the rows of the first table when those were not written.
fn query(s: &Summary) -> String {
    let is_written = |name: &str| s.tables.iter().any(|(table, _, _)| table == name);
    let sql = if is_written("corrections") {
        let from = literal(&s.folder.join("corrections.parquet"));
        format!(
            "SELECT before, after, count(*) AS n FROM {from} WHERE status = 'applied' GROUP BY ALL ORDER BY n DESC LIMIT 20"
        )
    } else if let Some((first, _, _)) = s.tables.first() {
        format!("SELECT * FROM {} LIMIT 20", literal(&s.folder.join(format!("{first}.parquet"))))
    } else {
        return String::new();
    };
    format!("{}\n  duckdb -c {}", styled(FAINT, "Have a look:"), shell(&sql))
}

/// A path as a string of SQL. DuckDB reads `*`, `?` and `[` as patterns, unless they stand in brackets.
fn literal(path: &Path) -> String {
    let mut out = "'".to_owned();
    for c in path.display().to_string().chars() {
        match c {
            '\'' => out += "''",
            '*' | '?' | '[' => out.extend(['[', c, ']']),
            _ => out.push(c),
        }
    }
    out + "'"
}

/// SQL as one word of a shell: in double quotes, which leave its own quotes readable, unless the shell would change
/// something in there.
fn shell(sql: &str) -> String {
    if sql.contains(['"', '$', '`', '\\', '!']) {
        format!("'{}'", sql.replace('\'', r"'\''"))
    } else {
        format!("\"{sql}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reject(doc_id: &str, path: &str, reason: &str) -> Rejected {
        Rejected { doc_id: doc_id.into(), path: path.into(), reason: reason.into() }
    }

    fn summary() -> Summary {
        let casing = KindCount { applied: 1200, suggested: 3, flagged: 0, refused: 7 };
        Summary {
            folder: "out".into(),
            documents: 1,
            bytes: 12_000_000,
            sentences: 4321,
            tokens: 1_234_567,
            quotes: 12,
            repaired: 1,
            corrections: [("acronym", KindCount::default()), ("casing", casing)].into(),
            keywords: vec![("Aleppo".into(), 4), ("Dmitry Peskov".into(), 2)],
            people: vec![("Dmitry Peskov".into(), 3)],
            tables: vec![("sources".into(), 1, 800), ("corrections".into(), 1210, 43_210)],
            ..Summary::default()
        }
    }

    fn shown_text(summary: &Summary) -> String {
        anstream::adapter::strip_str(&text(summary, 2.0)).to_string()
    }

    #[test]
    fn a_person_can_read_it() {
        let want = "\
1 document, 4,321 sentences, 1,234,567 tokens, 12 quotes
12.0 MB in 2.0 s, 6.0 MB/s

Repairs                  applied   suggested     flagged
  casing                   1,200           3           ·
  all                      1,200           3           ·
1 of 1 document repaired

Top keywords  Aleppo (4), Dmitry Peskov (2)

Top people    Dmitry Peskov (3)

Tables in out
  sources.parquet                  1 row       800 B
  corrections.parquet         1,210 rows     43.2 kB
  manifest.json

Have a look:
  duckdb -c \"SELECT before, after, count(*) AS n FROM 'out/corrections.parquet' WHERE status = 'applied' GROUP BY ALL ORDER BY n DESC LIMIT 20\"
";
        assert_eq!(shown_text(&summary()), want);
    }

    #[test]
    fn nothing_found_is_said() {
        let nothing = Summary { corrections: [("casing", KindCount::default())].into(), ..summary() };
        assert!(shown_text(&nothing).contains("No repairs"));
    }

    #[test]
    fn rejected_inputs_stand_by_reason() {
        let mut list: Vec<Rejected> = (0..5)
            .map(|i| {
                reject(
                    &format!("{i}.txt"),
                    &format!("in/{i}.txt"),
                    &format!("it is not valid UTF-8: byte {i}"),
                )
            })
            .collect();
        list.push(reject("d.jsonl#L2", "in/d.jsonl", "the line is not valid JSON: EOF at column 3"));
        let got = shown_text(&Summary { rejected: list, ..summary() });
        let want = "\
Rejected 6 inputs
    5  it is not valid UTF-8
         in/0.txt
         in/1.txt
         in/2.txt
         and 2 more
    1  the line is not valid JSON: EOF at column 3
         d.jsonl#L2
  Each has a row with its reason in sources, and stands in manifest.json.
";
        assert!(got.contains(want), "{got}");
    }

    #[test]
    fn the_command_to_paste_survives_odd_folders() {
        let odd = |folder: &str| query(&Summary { folder: folder.into(), ..summary() });
        assert!(odd("it's").contains(r#"-c "SELECT before, after, count(*) AS n FROM 'it''s/corrections"#));
        assert!(odd("a $b").contains(r"FROM '\''a $b/corrections.parquet'\'' WHERE"));
        assert!(odd("a[1]*").contains("FROM 'a[[]1][*]/corrections"));
        let only = Summary { tables: vec![("tokens".into(), 1, 1)], ..summary() };
        assert!(query(&only).ends_with(r#"duckdb -c "SELECT * FROM 'out/tokens.parquet' LIMIT 20""#));
        assert_eq!(query(&Summary { tables: Vec::new(), ..summary() }), "");
    }
}

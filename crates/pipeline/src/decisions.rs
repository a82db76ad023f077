//! Decisions of people on corrections, read from a CSV file.

use decalque_normalize::{Decisions, Verdict};
use decalque_text::Kind;

/// Columns that a file of decisions must have.
const NEEDED: [&str; 4] = ["decision", "kind", "before", "after"];

/// Read decisions: CSV with the columns `decision` (accept, reject, or empty for none yet), `kind`, `before` and
/// `after`, and, if wanted, `instead` (what to put in place of `after`) and `doc_id` (empty: every document). Further
/// columns are for the reader.
///
/// # Errors
/// When a column is missing, or a line has an unknown decision or kind, accepts nothing, or contradicts another line;
/// the message has the line.
pub(crate) fn parse(text: &str) -> Result<Decisions, String> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().map_err(|e| e.to_string())?.clone();
    let column = |name: &str| headers.iter().position(|h| h.trim() == name);
    if let Some(missing) = NEEDED.iter().find(|name| column(name).is_none()) {
        return Err(format!(
            "line 1: there is no column {missing}; the first line must name {}",
            NEEDED.join(", ")
        ));
    }
    let mut all = Decisions::default();
    for record in reader.records() {
        let record = record.map_err(|e| e.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |name: &str| column(name).and_then(|i| record.get(i)).unwrap_or("");
        note(&mut all, cell).map_err(|reason| format!("line {line}: {reason}"))?;
    }
    Ok(all)
}

fn note<'a>(all: &mut Decisions, cell: impl Fn(&str) -> &'a str) -> Result<(), String> {
    let (instead, doc_id) = (cell("instead"), cell("doc_id"));
    let verdict = match cell("decision").trim().to_lowercase().as_str() {
        "" => return Ok(()),
        "accept" | "accepted" => Verdict::Accept(Some(instead).filter(|i| !i.is_empty()).map(str::to_owned)),
        "reject" | "rejected" => Verdict::Reject,
        other => {
            return Err(format!("there is no decision {other:?}; write accept or reject, or leave it empty"));
        }
    };
    let (kind, before, after) = (cell("kind").trim(), cell("before"), cell("after"));
    let kind = Kind::ALL
        .into_iter()
        .find(|k| k.name() == kind)
        .ok_or_else(|| format!("there is no kind {kind:?}"))?;
    if before.is_empty() {
        return Err("before is empty".to_owned());
    }
    if verdict == Verdict::Accept(None) && after.is_empty() {
        return Err(format!("nothing is known to put for {before:?}; write it in the column instead"));
    }
    match all.note(kind, before, after, Some(doc_id).filter(|d| !d.is_empty()), &verdict) {
        Some(_) => Err(format!("another line decides otherwise on {before:?}")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    const HEADER: &str = "decision,kind,before,after,instead,doc_id\n";

    fn check(lines: &str, error: Option<&str>) {
        let got = parse(&format!("{HEADER}{lines}")).err();
        assert_eq!(got.is_some(), error.is_some(), "{lines}: {got:?}");
        assert!(error.is_none_or(|e| got.as_deref().is_some_and(|g| g.contains(e))), "{lines}: {got:?}");
    }

    #[test]
    fn lines_are_read_or_named() {
        check("accept,name_calque,Sands,Peskov,,\n", None);
        check(",name_calque,Sands,Peskov,,\n", None);
        check("reject,name_calque,\"Sands, Inc.\",Peskov,,a.txt\n", None);
        check("maybe,name_calque,Sands,Peskov,,\n", Some("line 2: there is no decision"));
        check("accept,name,Sands,Peskov,,\n", Some("line 2: there is no kind"));
        check("accept,translit_residue,spetstsentr,,,\n", Some("column instead"));
        check("accept,translit_residue,spetstsentr,,special centre,\n", None);
        check("accept,casing,a,b,,\nreject,casing,a,b,,\n", Some("line 3: another line"));
        check("accept,casing,a,b,,\nreject,casing,a,b,,x.txt\n", None);
        assert!(parse("decision,kind\n").unwrap_err().contains("no column before"));
        assert!(parse("").unwrap_err().contains("line 1"));
    }
}

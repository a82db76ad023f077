//! The tables against one another, and positions against texts: one pass over all tables, document by document.

use super::columns::Cursor;
use super::slices::Slices;
use super::{Found, Report};
use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

/// Rows read at a time where a row is small, and where it holds a whole text.
const ROWS: usize = 4096;
const TEXTS: usize = 16;

/// A table whose rows belong to documents and are numbered in each.
struct Law {
    table: &'static str,
    /// The column that numbers the rows of a document, and the number of the first.
    index: (&'static str, i32),
    /// Text columns after doc_id.
    texts: &'static [&'static str],
    /// Number columns after the index.
    numbers: &'static [&'static str],
    /// The column of documents that counts the rows, by its place in [`COUNTS`].
    count: Option<usize>,
    row: fn(&Cursor, &mut Document) -> Result<(), String>,
}

const PLACES: [&str; 4] = ["char_start", "char_end", "raw_start", "raw_end"];

/// Corrections come first: the other tables ask which pieces of the raw text were changed.
const LAWS: [Law; 6] = [
    Law {
        table: "corrections",
        index: ("correction", 0),
        texts: &["status", "before", "after"],
        numbers: &PLACES,
        count: None,
        row: correction,
    },
    Law {
        table: "sentences",
        index: ("sentence", 0),
        texts: &[],
        numbers: &PLACES,
        count: Some(0),
        row: sentence,
    },
    Law {
        table: "tokens",
        index: ("token", 0),
        texts: &["text"],
        numbers: &PLACES,
        count: Some(1),
        row: words,
    },
    Law {
        table: "mentions",
        index: ("mention", 0),
        texts: &["text"],
        numbers: &PLACES,
        count: None,
        row: words,
    },
    Law {
        table: "quotes",
        index: ("quote", 0),
        texts: &["text", "speaker_text"],
        numbers: &[
            "char_start",
            "char_end",
            "raw_start",
            "raw_end",
            "speaker_char_start",
            "speaker_char_end",
            "speaker_raw_start",
            "speaker_raw_end",
        ],
        count: None,
        row: quote,
    },
    Law {
        table: "keywords",
        index: ("rank", 1),
        texts: &[],
        numbers: &["first_char_start"],
        count: None,
        row: keyword,
    },
];

/// Columns of documents that count rows of other tables.
const COUNTS: [&str; 4] = ["n_sentences", "n_tokens", "n_applied", "n_suggested"];

/// One document while its rows go by.
#[derive(Default)]
struct Document {
    id: String,
    text: Slices,
    /// None when the table sources was not written.
    raw: Option<Slices>,
    counts: [Option<i32>; 4],
    /// Applied and suggested corrections seen.
    decided: [i32; 2],
    /// Places in the raw text that were changed; none when the table corrections was not written.
    changed: Option<Vec<(i32, i32)>>,
    positions: u64,
}

pub(super) fn check(found: &[Found], report: &mut Report) {
    let one = |name: &str| found.iter().find(|f| f.table.name == name);
    let Some(documents) = one("documents") else {
        report.skipped.push("positions and joins: the table documents is not there, or damaged".to_owned());
        return;
    };
    for (name, what) in [
        ("sources", "positions in raw texts"),
        ("corrections", "what raw texts say where nothing was changed"),
    ] {
        if one(name).is_none() {
            report.skipped.push(format!("{what}: the table {name} is not there, or damaged"));
        }
    }
    match Walk::open(documents, one("sources"), found) {
        Ok(mut walk) => walk.all(report),
        Err((table, why)) => report.problem(&table, || why),
    }
    entities(found, report);
}

/// A failure to read, with the file it is about.
type Unread = (String, String);

struct Walk<'a> {
    documents: (String, Cursor),
    sources: Option<(String, Cursor)>,
    tables: Vec<(&'a Law, String, Cursor)>,
    has_corrections: bool,
}

impl Walk<'_> {
    fn open(documents: &Found, sources: Option<&Found>, found: &[Found]) -> Result<Self, Unread> {
        let open = |f: &Found, texts: &[&'static str], numbers: &[&'static str], rows| {
            let name = f.table.file_name();
            Cursor::open(f, texts, numbers, rows).map(|c| (name.clone(), c)).map_err(|why| (name, why))
        };
        let mut tables = Vec::new();
        for law in &LAWS {
            if let Some(f) = found.iter().find(|f| f.table.name == law.table) {
                let texts = [&["doc_id"], law.texts].concat();
                let (name, cursor) = open(f, &texts, &[&[law.index.0], law.numbers].concat(), ROWS)?;
                tables.push((law, name, cursor));
            }
        }
        Ok(Self {
            documents: open(documents, &["doc_id", "text"], &COUNTS, TEXTS)?,
            sources: sources.map(|f| open(f, &["doc_id", "raw_text", "status"], &[], TEXTS)).transpose()?,
            has_corrections: tables.iter().any(|(law, ..)| law.table == "corrections"),
            tables,
        })
    }

    fn all(&mut self, report: &mut Report) {
        let mut last: Option<String> = None;
        while self.documents.1.is_there() {
            let mut document = self.document();
            let (name, row) = (&self.documents.0, self.documents.1.row);
            if last.as_ref().is_some_and(|last| *last >= document.id) {
                report.problem(name, || format!("row {row}: {:?} is not in order", document.id));
            }
            self.source(&mut document, report);
            for (law, name, cursor) in &mut self.tables {
                if let Err(why) = rows(law, name, cursor, &mut document, report) {
                    report.problem(name, || why);
                }
            }
            counted(&document, self.has_corrections, report);
            report.positions += document.positions;
            last = Some(document.id);
            if let Err(why) = self.documents.1.step() {
                report.problem(&self.documents.0, || why);
                return;
            }
        }
        self.rest(report);
    }

    fn document(&self) -> Document {
        let cursor = &self.documents.1;
        Document {
            id: cursor.text(0).unwrap_or_default().to_owned(),
            text: Slices::new(cursor.text(1).unwrap_or_default()),
            counts: [0, 1, 2, 3].map(|i| cursor.number(i)),
            changed: self.has_corrections.then(Vec::new),
            ..Document::default()
        }
    }

    /// Find the raw text of a document, over sources that were rejected.
    fn source(&mut self, document: &mut Document, report: &mut Report) {
        let Some((name, cursor)) = &mut self.sources else { return };
        while let Some(id) = cursor.text(0).filter(|id| **id <= *document.id) {
            let is_here = *id == *document.id;
            if is_here {
                document.raw = Some(Slices::new(cursor.text(1).unwrap_or_default()));
            } else {
                stray(name, cursor, report);
            }
            if let Err(why) = cursor.step() {
                report.problem(name, || why);
            }
            if is_here {
                return;
            }
        }
        report.problem(name, || format!("it has no row for the document {:?}", document.id));
    }

    /// What is left when all documents are done.
    fn rest(&mut self, report: &mut Report) {
        if let Some((name, cursor)) = &mut self.sources {
            while cursor.is_there() {
                stray(name, cursor, report);
                if let Err(why) = cursor.step() {
                    report.problem(name, || why);
                }
            }
        }
        for (_, name, cursor) in &self.tables {
            if let Some(id) = cursor.text(0) {
                let row = cursor.row;
                report.problem(name, || format!("row {row}: {id:?} is not in documents, or out of order"));
            }
        }
    }
}

/// A source without a document must be a rejected one.
fn stray(name: &str, cursor: &Cursor, report: &mut Report) {
    if cursor.text(2) != Some("rejected") {
        let (id, row) = (cursor.text(0).unwrap_or_default(), cursor.row);
        report.problem(name, || format!("row {row}: {id:?} is ok, but is not in documents, or out of order"));
    }
}

/// Check the rows of a document in one table.
fn rows(
    law: &Law,
    name: &str,
    cursor: &mut Cursor,
    document: &mut Document,
    report: &mut Report,
) -> Result<(), String> {
    let mut next = law.index.1;
    while let Some(id) = cursor.text(0).filter(|id| **id <= *document.id) {
        let row = cursor.row;
        if *id != *document.id {
            report.problem(name, || format!("row {row}: {id:?} is not in documents, or out of order"));
        } else {
            if cursor.number(0) != Some(next) {
                report.problem(name, || format!("row {row}: {} is not {next} in {id:?}", law.index.0));
            }
            next += 1;
            if let Err(why) = (law.row)(cursor, document) {
                report.problem(name, || format!("row {row} of {:?}: {why}", document.id));
            }
        }
        cursor.step()?;
    }
    let (have, want) =
        (next - law.index.1, law.count.and_then(|i| document.counts.get(i).copied().flatten()));
    if let Some(want) = want.filter(|&want| want != have) {
        let id = &document.id;
        report.problem(name, || format!("{id:?} has {have} rows; documents says {want}"));
    }
    Ok(())
}

fn counted(document: &Document, has_corrections: bool, report: &mut Report) {
    let [_, _, applied, suggested] = document.counts;
    if has_corrections && [applied, suggested] != document.decided.map(Some) {
        report.problem("corrections.parquet", || {
            let [applied, suggested] = document.decided;
            format!(
                "{:?} has {applied} applied and {suggested} suggested; documents says otherwise",
                document.id
            )
        });
    }
}

/// Four number columns from `i` on: where something is in the text, and where in the raw text.
fn place(cursor: &Cursor, i: usize) -> Result<[i32; 4], String> {
    let number = |n: usize| cursor.number(i + n).ok_or_else(|| "a position is missing".to_owned());
    Ok([number(0)?, number(1)?, number(2)?, number(3)?])
}

impl Document {
    fn clean(&self, at: [i32; 4]) -> Result<&str, String> {
        let [start, end, ..] = at;
        self.text.get(start, end).ok_or_else(|| format!("{start}:{end} is no piece of documents.text"))
    }

    fn raw(&self, at: [i32; 4]) -> Result<Option<&str>, String> {
        let [_, _, start, end] = at;
        let Some(raw) = &self.raw else { return Ok(None) };
        let piece = raw.get(start, end);
        piece.map(Some).ok_or_else(|| format!("{start}:{end} is no piece of sources.raw_text"))
    }

    /// Both pieces are there; they are equal unless something was changed between; the repaired one is `want`.
    fn place(&mut self, at: [i32; 4], want: Option<&str>) -> Result<(), String> {
        let (clean, raw) = (self.clean(at)?, self.raw(at)?);
        if let Some(want) = want.filter(|want| *want != clean) {
            return Err(format!("{want:?} is not at {}:{}, where {clean:?} is", at[0], at[1]));
        }
        let (Some(changed), Some(raw)) = (&self.changed, raw) else { return Ok(()) };
        let is_changed = || changed.iter().any(|&(start, end)| start < at[3] && at[2] < end);
        if raw != clean && !is_changed() {
            return Err(format!("{clean:?} is {raw:?} in the raw text, and nothing was corrected there"));
        }
        self.positions += 1;
        Ok(())
    }
}

fn sentence(cursor: &Cursor, document: &mut Document) -> Result<(), String> {
    document.place(place(cursor, 1)?, None)
}

fn words(cursor: &Cursor, document: &mut Document) -> Result<(), String> {
    document.place(place(cursor, 1)?, Some(cursor.text(1).unwrap_or_default()))
}

fn quote(cursor: &Cursor, document: &mut Document) -> Result<(), String> {
    words(cursor, document)?;
    match cursor.text(2) {
        Some(speaker) => document.place(place(cursor, 5)?, Some(speaker)),
        None => Ok(()),
    }
}

fn keyword(cursor: &Cursor, document: &mut Document) -> Result<(), String> {
    let start = cursor.number(1).unwrap_or(-1);
    document.text.get(start, start).map(drop).ok_or_else(|| format!("{start} is no place in documents.text"))
}

fn correction(cursor: &Cursor, document: &mut Document) -> Result<(), String> {
    let at = place(cursor, 1)?;
    let (before, after) = (cursor.text(2).unwrap_or_default(), cursor.text(3));
    match cursor.text(1) {
        Some("applied") => applied(at, after, document)?,
        Some("suggested") => document.decided[1] += 1,
        _ => {}
    }
    document.clean(at)?;
    match document.raw(at)? {
        Some(raw) if raw != before => {
            Err(format!("{before:?} is not at {}:{} of the raw text, where {raw:?} is", at[2], at[3]))
        }
        _ => {
            document.positions += 1;
            Ok(())
        }
    }
}

/// What was written stands in the text.
fn applied(at: [i32; 4], after: Option<&str>, document: &mut Document) -> Result<(), String> {
    document.decided[0] += 1;
    document.changed.iter_mut().for_each(|all| all.push((at[2], at[3])));
    let clean = document.clean(at)?;
    if after == Some(clean) {
        return Ok(());
    }
    let after = after.unwrap_or("null");
    Err(format!("{after} is not at {}:{}, where {clean:?} is", at[0], at[1]))
}

/// Everyone who is mentioned, or speaks, is in entities.
fn entities(found: &[Found], report: &mut Report) {
    let one = |name: &str| found.iter().find(|f| f.table.name == name);
    let Some(all) = one("entities") else { return };
    let mut known = FxHashSet::default();
    let listed = each(all, "entity_id", |id, _| {
        known.insert(xxh3_64(id.as_bytes()));
    });
    if let Err(why) = listed {
        report.problem(&all.table.file_name(), || why);
        return;
    }
    for (name, column) in [("mentions", "entity_id"), ("quotes", "speaker_entity_id")] {
        let Some(table) = one(name) else { continue };
        let file = table.table.file_name();
        let read = each(table, column, |id, row| {
            if !known.contains(&xxh3_64(id.as_bytes())) {
                report.problem(&file, || format!("row {row}: {id:?} is not in entities"));
            }
        });
        if let Err(why) = read {
            report.problem(&file, || why);
        }
    }
}

fn each(found: &Found, column: &'static str, mut f: impl FnMut(&str, u64)) -> Result<(), String> {
    let mut cursor = Cursor::open(found, &[column], &[], ROWS)?;
    while cursor.is_there() {
        if let Some(text) = cursor.text(0) {
            f(text, cursor.row);
        }
        cursor.step()?;
    }
    Ok(())
}

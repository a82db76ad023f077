//! JSON Lines: one record a line. A file that is one JSON object is one record, a list of objects several.

use super::fields::{self, Columns, document};
use super::store::Open;
use super::{LARGEST, Loaded, Row};
use crate::files::io_reason;
use memchr::memchr2;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::ops::Range;

/// The rows of a file: bytes and, where they say one, ids. Lines without an id are called by their number after `letter`.
///
/// # Errors
/// Why the file cannot be read, as a sentence.
pub(crate) fn rows(
    open: &Open,
    columns: &Columns,
    letter: char,
    found: &mut dyn FnMut(Row),
) -> Result<(), String> {
    if whole(open, columns, letter, found)? {
        return Ok(());
    }
    let mut lines = BufReader::with_capacity(1 << 20, open.stream(0));
    let (mut line, mut offset, mut number, mut any) = (Vec::new(), 0u64, 0u64, false);
    loop {
        line.clear();
        let read = next_line(&mut lines, &mut line).map_err(|e| io_reason(&e))?;
        if read == 0 {
            break;
        }
        number += 1;
        let body = line.trim_ascii_end();
        if !body.trim_ascii_start().is_empty() {
            let id = id_of(body, &columns.id).unwrap_or_else(|| format!("{letter}{number}"));
            let bytes = if read > LARGEST { read } else { body.len() as u64 };
            found(Row::new(id, offset, bytes));
            any = true;
        }
        offset += read;
    }
    if any { Ok(()) } else { Err("the file holds no records".to_owned()) }
}

/// Read a line, of which no more than the largest document stays in memory; all its bytes are counted.
fn next_line(lines: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<u64> {
    let mut read = lines.by_ref().take(LARGEST).read_until(b'\n', line)? as u64;
    if read == LARGEST {
        read += lines.skip_until(b'\n')? as u64;
    }
    Ok(read)
}

/// A file that is one JSON value and not lines: an object, as programs print it for people, or a list of objects. False
/// when it is neither.
fn whole(open: &Open, columns: &Columns, letter: char, found: &mut dyn FnMut(Row)) -> Result<bool, String> {
    const FIRST: u64 = 4096;
    let head = open.bytes(0, FIRST)?;
    let head = unmarked(&head).trim_ascii_start();
    // `{` alone on its line.
    let is_object = head.strip_prefix(b"{").is_some_and(|rest| matches!(rest.first(), Some(b'\n' | b'\r')));
    let is_list = head.strip_prefix(b"[").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"{"));
    if !is_object && !is_list {
        return Ok(false);
    }
    if open.len() > LARGEST {
        return if is_list { Err(super::too_large(open.len())) } else { Ok(false) };
    }
    let bytes = open.bytes(0, open.len())?;
    if serde_json::from_slice::<IgnoredAny>(unmarked(&bytes)).is_err() {
        return if is_list {
            Err("the file is a JSON list that is broken or cut off".to_owned())
        } else {
            Ok(false)
        };
    }
    let values =
        if is_list { elements(&bytes) } else { std::iter::once(0..bytes.trim_ascii_end().len()).collect() };
    for (i, place) in values.into_iter().enumerate() {
        let value = bytes.get(place.clone()).unwrap_or_default();
        let id = id_of(value, &columns.id).unwrap_or_else(|| format!("{letter}{}", i + 1));
        found(Row::new(id, place.start as u64, value.len() as u64));
    }
    Ok(true)
}

/// The places of the values of a list.
fn elements(file: &[u8]) -> Vec<Range<usize>> {
    let mut scan = Scan { rest: unmarked(file) };
    let mut out = Vec::new();
    let mut next = scan.take(b'[');
    while next.is_some() {
        let start = file.len() - scan.rest.trim_ascii_start().len();
        if let Some(value) = scan.value() {
            out.push(start..start + value.trim_ascii_end().len());
        }
        next = scan.take(b',');
    }
    out
}

fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// The record's id; none when it has none or the line is broken before it.
fn id_of(line: &[u8], column: &str) -> Option<String> {
    let value = Scan { rest: unmarked(line) }.value_of(column)?;
    fields::id(&serde_json::from_slice(value).ok()?)
}

/// Finds one field of an object without reading the others: the index needs the id alone, and most of a record is text.
struct Scan<'a> {
    rest: &'a [u8],
}

impl<'a> Scan<'a> {
    /// The bytes of the field's value. Of several names that differ in case only, the exact one; of equal ones, the last,
    /// as the parser does.
    fn value_of(mut self, column: &str) -> Option<&'a [u8]> {
        let (mut exact, mut close) = (None, None);
        self.take(b'{')?;
        while self.take(b'"').is_some() {
            let key = self.string()?;
            self.take(b':')?;
            let value = self.value()?;
            if key == column.as_bytes() {
                exact = Some(value);
            } else if close.is_none() && is_close(key, column) {
                close = Some(value);
            }
            if self.take(b',').is_none() {
                break;
            }
        }
        exact.or(close)
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        self.rest = self.rest.trim_ascii_start().strip_prefix(&[byte])?;
        Some(())
    }

    /// What stands up to the closing mark; the opening one is taken.
    fn string(&mut self) -> Option<&'a [u8]> {
        let (all, mut at) = (self.rest, 0);
        loop {
            at += memchr2(b'"', b'\\', all.get(at..)?)?;
            if all.get(at) == Some(&b'"') {
                self.rest = all.get(at + 1..)?;
                return all.get(..at);
            }
            at += 2;
        }
    }

    /// A value of any kind, as it stands.
    fn value(&mut self) -> Option<&'a [u8]> {
        self.rest = self.rest.trim_ascii_start();
        let (all, mut depth) = (self.rest, 0usize);
        loop {
            match self.rest.first()? {
                b'"' => {
                    self.rest = self.rest.get(1..)?;
                    self.string()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.rest = self.rest.get(1..)?;
                }
                b'}' | b']' if depth == 0 => break,
                b'}' | b']' => {
                    depth -= 1;
                    self.rest = self.rest.get(1..)?;
                }
                b',' if depth == 0 => break,
                _ => self.rest = self.rest.get(1..)?,
            }
            if depth == 0 && matches!(self.rest.first(), Some(b',' | b'}' | b']')) {
                break;
            }
        }
        all.get(..all.len() - self.rest.len())
    }
}

fn is_close(key: &[u8], column: &str) -> bool {
    std::str::from_utf8(key).is_ok_and(|key| fields::position([key].into_iter(), column).is_some())
}

/// The document of one row.
pub(crate) fn load(bytes: &[u8], columns: &Columns) -> Result<Loaded, String> {
    let text = std::str::from_utf8(unmarked(bytes))
        .map_err(|e| format!("the line is not valid UTF-8: byte {} cannot be decoded", e.valid_up_to()))?;
    let value = serde_json::from_str(text).map_err(|e| format!("the line is not valid JSON: {e}"))?;
    match value {
        Value::Object(record) => document(record, columns),
        _ => Err("the line is JSON but not an object".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::store::Content;
    use super::*;

    fn load_line(line: &str) -> Result<Loaded, String> {
        load(line.as_bytes(), &Columns::default())
    }

    #[test]
    fn fields_with_a_column_leave_the_metadata() {
        let l = load_line(
            r#"{"id":7,"text":"Hi.","title":"T","date":"2016-02-25","url":"u","site":"x","tags":[1]}"#,
        )
        .unwrap();
        assert_eq!(l.fields.published, Some(1_456_358_400_000));
        assert_eq!(l.metadata.as_deref(), Some(r#"{"site":"x","tags":[1]}"#));
    }

    #[test]
    fn an_unreadable_date_stays_in_the_metadata() {
        let l = load_line(r#"{"text":"Hi.","date":"yesterday"}"#).unwrap();
        assert_eq!((l.fields.published, l.metadata.as_deref()), (None, Some(r#"{"date":"yesterday"}"#)));
    }

    #[test]
    fn bad_records_say_why() {
        for (line, why) in [
            ("{", "not valid JSON"),
            ("[1]", "not an object"),
            ("{}", "no text"),
            (r#"{"body":"x"}"#, "no text; it has body"),
            (r#"{"text":3}"#, "not a string"),
            (r#"{"text":" "}"#, "empty"),
            (r#"{"text":"a\u0000b"}"#, "NUL"),
        ] {
            assert!(load_line(line).unwrap_err().contains(why), "{line}");
        }
    }

    fn check(file: &str, want: &[(&str, u64, u64)]) {
        let open = Content::in_memory(file.as_bytes().to_vec().into()).open().unwrap();
        let mut got = Vec::new();
        rows(&open, &Columns::default(), 'L', &mut |row| got.push(row)).unwrap();
        let got: Vec<_> = got.iter().map(|r| (r.id.as_str(), r.offset, r.bytes)).collect();
        assert_eq!(got, want, "{file}");
    }

    #[test]
    fn rows_count_bytes_and_skip_blank_lines() {
        let file = "{\"id\":\"a\"}\n\n  \n{broken\r\n{\"id\":2}\n[\"q\"]";
        check(file, &[("a", 0, 10), ("L4", 15, 7), ("2", 24, 8), ("L6", 33, 5)]);
    }

    #[test]
    fn a_file_can_be_one_record() {
        check("{\n  \"id\": \"a\",\n  \"text\": \"x\"\n}\n", &[("a", 0, 30)]);
        check("[ {\"id\":\"a\"},\n {\"x\":[1,{}]} ]\n", &[("a", 2, 10), ("L2", 15, 12)]);
        check("{\n}\n{\n}", &[("L1", 0, 1), ("L2", 2, 1), ("L3", 4, 1), ("L4", 6, 1)]);
    }

    #[test]
    fn ids_are_found_among_other_fields() {
        for (line, id) in [
            (r#"{"text":"\"id\": 1, {[","id":"a"}"#, Some("a")),
            (r#"{"x":{"id":1},"y":[{"id":2}],"id":"b"}"#, Some("b")),
            (r#"{ "Id" : 3.5 , "n" : null }"#, Some("3.5")),
            (r#"{"ID":"c","id":"d"}"#, Some("d")),
            (r#"{"id":"d\u0021"}"#, Some("d!")),
            (r#"{"id":"a","id":"b"}"#, Some("b")),
            (r#"{"id":null}"#, None),
            (r#"{"id":"  "}"#, None),
            (r#"["id","a"]"#, None),
            (r#"{"id"#, None),
            (r#"{"id":"#, None),
            ("", None),
        ] {
            assert_eq!(id_of(line.as_bytes(), "id").as_deref(), id, "{line}");
        }
    }
}

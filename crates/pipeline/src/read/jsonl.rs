//! JSON Lines: one record a line, with `text` and, if known, `id`, `title`, `url`, `date`, `author`.

use super::{LARGEST, Loaded, Place, Reader};
use crate::files::{Content, File, io_reason};
use decalque_text::Metadata;
use jiff::civil::DateTime;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::io::{BufRead, BufReader, Cursor, Read};

/// One document a line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct JsonLines;

impl Reader for JsonLines {
    fn index(&self, file: &File) -> Result<Vec<Place>, String> {
        if super::begins_with(file, &[b"\xff\xfe", b"\xfe\xff"])? {
            return Err("JSON Lines must be UTF-8, and this file is UTF-16: convert it".to_owned());
        }
        match &file.content {
            Content::InMemory(bytes) => places(Cursor::new(bytes.as_slice())),
            Content::OnDisk(path) => {
                let file = std::fs::File::open(path).map_err(|e| io_reason(&e))?;
                places(BufReader::with_capacity(1 << 20, file))
            }
        }
    }

    fn load(&self, bytes: &[u8]) -> Result<Loaded, String> {
        let line = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(line).map_err(|e| {
            format!("the line is not valid UTF-8: byte {} cannot be decoded", e.valid_up_to())
        })?;
        let value = serde_json::from_str(text).map_err(|e| format!("the line is not valid JSON: {e}"))?;
        match value {
            Value::Object(record) => document(record),
            _ => Err("the line is JSON but not an object".to_owned()),
        }
    }
}

fn places(mut lines: impl BufRead) -> Result<Vec<Place>, String> {
    let (mut out, mut line, mut offset, mut number) = (Vec::new(), Vec::new(), 0u64, 0u64);
    loop {
        line.clear();
        let mut read =
            lines.by_ref().take(LARGEST).read_until(b'\n', &mut line).map_err(|e| io_reason(&e))? as u64;
        if read == LARGEST {
            read += lines.skip_until(b'\n').map_err(|e| io_reason(&e))? as u64;
        }
        if read == 0 {
            break;
        }
        number += 1;
        let body = line.trim_ascii_end();
        if !body.trim_ascii_start().is_empty() {
            let record = Some(id_of(body).unwrap_or_else(|| format!("L{number}")));
            let bytes = if read > LARGEST { read } else { body.len() as u64 };
            out.push(Place { record, offset, bytes });
        }
        offset += read;
    }
    if out.is_empty() { Err("the file holds no records".to_owned()) } else { Ok(out) }
}

#[derive(Deserialize)]
struct Identified {
    id: Option<Value>,
}

/// The record's id; none when it has none or the line is broken.
fn id_of(line: &[u8]) -> Option<String> {
    // Serde would read an array as the fields in order.
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii_start();
    if !line.starts_with(b"{") {
        return None;
    }
    match serde_json::from_slice::<Identified>(line).ok()?.id? {
        Value::String(s) if !s.trim().is_empty() && !s.contains('\0') => Some(s.trim().to_owned()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

fn document(mut record: Map<String, Value>) -> Result<Loaded, String> {
    let text = match record.remove("text") {
        Some(Value::String(text)) if !text.trim().is_empty() => text,
        Some(Value::String(_)) => return Err("the record's text is empty".to_owned()),
        Some(_) => return Err("the record's text is not a string".to_owned()),
        None => return Err("the record has no text".to_owned()),
    };
    let has_nul = |key: &str| record.get(key).and_then(Value::as_str).is_some_and(|s| s.contains('\0'));
    if text.contains('\0') || ["title", "url", "author"].into_iter().any(has_nul) {
        return Err("the record holds a NUL character".to_owned());
    }
    record.remove("id");
    let mut take = |key: &str| match record.get(key) {
        Some(Value::String(s)) if !s.trim().is_empty() => {
            let s = s.trim().to_owned();
            record.remove(key);
            Some(s)
        }
        _ => None,
    };
    let mut fields =
        Metadata { title: take("title"), url: take("url"), author: take("author"), ..Metadata::default() };
    // A date that cannot be read stays with the other fields, so that it is not lost.
    fields.published = record.get("date").and_then(Value::as_str).and_then(published);
    if fields.published.is_some() {
        record.remove("date");
    }
    let metadata = (!record.is_empty()).then(|| Value::Object(record).to_string());
    Ok(Loaded { text, encoding: "utf-8", note: None, fields, metadata })
}

/// Milliseconds of an ISO 8601 date or date and time, on its own clock (an offset is dropped).
fn published(date: &str) -> Option<i64> {
    let civil: DateTime =
        date.trim().parse().ok().or_else(|| date.trim().trim_end_matches('Z').parse().ok())?;
    let zoned = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(zoned.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(line: &str) -> Result<Loaded, String> {
        JsonLines.load(line.as_bytes())
    }

    #[test]
    fn fields_with_a_column_leave_the_metadata() {
        let l =
            load(r#"{"id":7,"text":"Hi.","title":"T","date":"2016-02-25","url":"u","site":"x","tags":[1]}"#)
                .unwrap();
        assert_eq!(l.fields.published, Some(1_456_358_400_000));
        assert_eq!(l.metadata.as_deref(), Some(r#"{"site":"x","tags":[1]}"#));
    }

    #[test]
    fn an_unreadable_date_stays_in_the_metadata() {
        let l = load(r#"{"text":"Hi.","date":"yesterday"}"#).unwrap();
        assert_eq!((l.fields.published, l.metadata.as_deref()), (None, Some(r#"{"date":"yesterday"}"#)));
    }

    #[test]
    fn bad_records_say_why() {
        for (line, why) in [
            ("{", "not valid JSON"),
            ("[1]", "not an object"),
            ("{}", "no text"),
            (r#"{"text":3}"#, "not a string"),
            (r#"{"text":" "}"#, "empty"),
        ] {
            assert!(load(line).unwrap_err().contains(why), "{line}");
        }
    }

    #[test]
    fn places_count_bytes_and_skip_blank_lines() {
        let got = places(Cursor::new("{\"id\":\"a\"}\n\n  \n{broken\r\n{\"id\":2}\n[\"q\"]")).unwrap();
        let ids: Vec<_> =
            got.iter().map(|p| (p.record.as_deref().unwrap_or(""), p.offset, p.bytes)).collect();
        assert_eq!(ids, [("a", 0, 10), ("L4", 15, 7), ("2", 24, 8), ("L6", 33, 5)]);
    }
}

//! Records with named fields, from JSON, CSV or Parquet: which field is what.

use super::Loaded;
use crate::config::Config;
use decalque_text::Metadata;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use memchr::memchr;
use serde_json::{Map, Value};

/// The names of the fields that hold text, id and date. Case does not matter; an exact name comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) text: String,
    pub(crate) id: String,
    pub(crate) date: String,
}

impl Columns {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            text: config.text_column.clone(),
            id: config.id_column.clone(),
            date: config.date_column.clone(),
        }
    }

    /// Why a file with these columns cannot be read: the one with the text is not there, or one that was asked for by
    /// another name than the usual.
    pub(crate) fn missing(&self, all: &[String]) -> Option<String> {
        let usual = Self::default();
        let wanted = [
            (&self.text, "", "name the one with the text with --text-column"),
            (&self.id, &usual.id[..], "name the one with the id with --id-column"),
            (&self.date, &usual.date[..], "name the one with the date with --date-column"),
        ];
        let is_there = |name: &str| position(all.iter().map(String::as_str), name).is_some();
        let (name, _, way_out) = wanted.iter().find(|(name, usual, _)| name != usual && !is_there(name))?;
        Some(format!("it has no column {name}; its columns are {}: {way_out}", names(all.iter())))
    }
}

impl Default for Columns {
    fn default() -> Self {
        Self { text: "text".to_owned(), id: "id".to_owned(), date: "date".to_owned() }
    }
}

/// The place of a name among names: the same, or else the same but for case.
pub(crate) fn position<'a>(mut names: impl Iterator<Item = &'a str> + Clone, wanted: &str) -> Option<usize> {
    let exact = names.clone().position(|n| n == wanted);
    exact.or_else(|| names.position(|n| is_same(n.trim(), wanted)))
}

/// The same but for case.
fn is_same(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        a.eq_ignore_ascii_case(b)
    } else {
        a.to_lowercase() == b.to_lowercase()
    }
}

fn key(record: &Map<String, Value>, wanted: &str) -> Option<String> {
    if record.contains_key(wanted) {
        return Some(wanted.to_owned());
    }
    let at = position(record.keys().map(String::as_str), wanted)?;
    record.keys().nth(at).cloned()
}

/// The id of a record, as a value says it.
pub(crate) fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(s) if !s.trim().is_empty() && !s.contains('\0') => Some(s.trim().to_owned()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

/// The document of a record. Fields that have no column of the tables stay in `metadata`.
pub(crate) fn document(mut record: Map<String, Value>, columns: &Columns) -> Result<Loaded, String> {
    let text = text(&mut record, &columns.text)?;
    if let Some(key) = key(&record, &columns.id) {
        record.remove(&key);
    }
    let title = take(&mut record, "title")?;
    let url = take(&mut record, "url")?;
    let author = take(&mut record, "author")?;
    // A date that cannot be read stays with the other fields, so that it is not lost.
    let key = key(&record, &columns.date);
    let published = key.as_ref().and_then(|k| published(&date(record.get(k)?)?));
    if let (Some(key), Some(_)) = (key, published) {
        record.remove(&key);
    }
    let fields = Metadata { title, url, author, published, ..Metadata::default() };
    let metadata = (!record.is_empty()).then(|| Value::Object(record).to_string());
    Ok(Loaded { text, encoding: "utf-8", note: None, fields, metadata })
}

fn text(record: &mut Map<String, Value>, column: &str) -> Result<String, String> {
    let found = key(record, column).and_then(|key| record.remove(&key));
    match found {
        Some(Value::String(text)) if memchr(0, text.as_bytes()).is_some() => {
            Err("the record holds a NUL character".to_owned())
        }
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(text),
        Some(Value::String(_) | Value::Null) => Err("the record's text is empty".to_owned()),
        Some(_) => Err("the record's text is not a string".to_owned()),
        None => Err(format!("the record has no {column}; it has {}", names(record.keys()))),
    }
}

/// Names for a message; of many only the first.
pub(crate) fn names<'a>(names: impl Iterator<Item = &'a String>) -> String {
    const SHOWN: usize = 12;
    let all: Vec<&str> = names.map(String::as_str).collect();
    let cut: String = all.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    match all.len() {
        0 => "no fields".to_owned(),
        n if n > SHOWN => format!("{cut} and {} more", n - SHOWN),
        _ => cut,
    }
}

/// Take a field that is a string with something in it.
fn take(record: &mut Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    let Some(key) = key(record, name) else { return Ok(None) };
    match record.get(&key) {
        Some(Value::String(s)) if s.contains('\0') => Err("the record holds a NUL character".to_owned()),
        Some(Value::String(s)) if !s.trim().is_empty() => {
            let taken = s.trim().to_owned();
            record.remove(&key);
            Ok(Some(taken))
        }
        _ => Ok(None),
    }
}

fn date(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

/// Milliseconds of an ISO 8601 date or date and time, on its own clock (an offset is dropped), of an RFC 2822 date, or of
/// whole seconds or milliseconds since 1970.
pub(crate) fn published(date: &str) -> Option<i64> {
    let date = date.trim();
    let civil = date.parse::<DateTime>().ok();
    let civil = civil.or_else(|| date.trim_end_matches('Z').parse().ok());
    let civil = civil.or_else(|| date.parse::<Date>().ok().map(|d| d.at(0, 0, 0, 0)));
    let civil = civil.or_else(|| jiff::fmt::rfc2822::parse(date).ok().map(|z| z.datetime()));
    match civil {
        Some(civil) => Some(civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond()),
        None => epoch(date),
    }
}

/// Seconds or milliseconds since 1970, of the years 1990 to 2100 only: other numbers are no dates.
fn epoch(date: &str) -> Option<i64> {
    const SECONDS: std::ops::Range<i64> = 631_152_000..4_102_444_800;
    let n: i64 = date.parse().ok()?;
    let stamp = if SECONDS.contains(&n) {
        Timestamp::from_second(n)
    } else if SECONDS.contains(&(n / 1000)) {
        Timestamp::from_millisecond(n)
    } else {
        return None;
    };
    stamp.ok().map(Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_many_forms() {
        let day = Some(1_456_358_400_000);
        for date in [
            "2016-02-25",
            "2016-02-25T00:00:00",
            "2016-02-25T00:00:00Z",
            "2016-02-25 00:00:00+03:00",
            "Thu, 25 Feb 2016 00:00:00 +0300",
            "1456358400",
            "1456358400000",
        ] {
            assert_eq!(published(date), day, "{date}");
        }
        for date in ["yesterday", "", "7", "2016-13-01"] {
            assert_eq!(published(date), None, "{date}");
        }
    }

    #[test]
    fn names_are_found_whatever_their_case_and_the_exact_one_first() {
        assert_eq!(position(["TEXT", "text"].into_iter(), "text"), Some(1));
        assert_eq!(position(["Id", "Текст "].into_iter(), "текст"), Some(1));
        assert_eq!(position(["body"].into_iter(), "text"), None);
    }
}

//! CSV and TSV: a header, then one record a row.

use super::decode::detect;
use super::fields::{self, Columns, document};
use super::store::Open;
use super::{LARGEST, Loaded, Row};
use crate::files::io_reason;
use csv_core::ReadRecordResult;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use memchr::memchr_iter;
use serde_json::{Map, Value};
use std::io::{BufRead, BufReader};

/// What the first row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    names: Vec<String>,
    delimiter: u8,
}

/// The encoding a file has to be brought to UTF-8 from before its rows are looked for; none for UTF-8.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn encoding(open: &Open) -> Result<Option<&'static Encoding>, String> {
    let head = open.bytes(0, 1 << 20)?;
    if let Some((encoding, _)) = Encoding::for_bom(&head) {
        return Ok(Some(encoding).filter(|&e| e == UTF_16LE || e == UTF_16BE));
    }
    let is_utf8 = std::str::from_utf8(&head).map_or_else(|e| e.error_len().is_none(), |_| true);
    Ok(if is_utf8 { None } else { detect(&head) })
}

/// The header and, through `found`, the rows of a file: their bytes and ids. Rows without an id are called by their
/// number.
///
/// # Errors
/// Why the whole file is rejected, as a sentence.
pub(crate) fn rows(open: &Open, columns: &Columns, found: &mut dyn FnMut(Row)) -> Result<Header, String> {
    let delimiter = delimiter(open, columns)?;
    let mut records = Records::new(open, delimiter);
    if records.next()?.ok_or("the file holds no rows")?.bytes > LARGEST {
        return Err("the header does not end".to_owned());
    }
    let header = Header { names: records.fields(), delimiter };
    let place = |name: &str| fields::position(header.names.iter().map(String::as_str), name);
    if let Some(reason) = columns.missing(&header.names) {
        return Err(reason);
    }
    let id = place(&columns.id);
    let mut number = 0u64;
    while let Some(record) = records.next()? {
        number += 1;
        let own = id.and_then(|i| records.field(i)).filter(|id| !id.is_empty());
        let broken = records.unclosed()?;
        found(Row { id: own.unwrap_or_else(|| format!("R{number}")), broken, ..record });
    }
    if number == 0 { Err("the file holds no rows".to_owned()) } else { Ok(header) }
}

/// Tab, semicolon or comma: the first under which the header has the column with the text; else the one it has most of.
fn delimiter(open: &Open, columns: &Columns) -> Result<u8, String> {
    let head = open.bytes(0, 1 << 16)?;
    let line = head.split(|&b| b == b'\n').find(|l| !l.trim_ascii().is_empty()).unwrap_or_default();
    let line = String::from_utf8_lossy(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)).into_owned();
    let has_text = |d: &u8| {
        let names = line.split(char::from(*d)).map(|n| n.trim().trim_matches('"'));
        fields::position(names, &columns.text).is_some()
    };
    let count = |d: &u8| line.bytes().filter(|b| b == d).count();
    let all = [b',', b'\t', b';'];
    let most = || all.iter().rev().max_by_key(|d| count(d)).copied().unwrap_or(b',');
    Ok(all.iter().filter(|d| count(d) > 0).find(|d| has_text(d)).copied().unwrap_or_else(most))
}

/// Goes through a file row by row; of a row no more than the largest document is kept.
struct Records {
    input: BufReader<super::store::Stream>,
    reader: csv_core::Reader,
    offset: u64,
    out: Vec<u8>,
    ends: Vec<usize>,
    /// Fields and bytes of the row.
    filled: (usize, usize),
    marks: Marks,
}

/// Line ends and quotation marks of a row.
#[derive(Default)]
struct Marks {
    /// Line ends before the row, empty lines included.
    before: u64,
    lines: u64,
    quotes: usize,
    has_begun: bool,
    last: u8,
}

impl Marks {
    /// The same before the next row.
    fn next(&self) -> Self {
        Self { before: self.before + self.lines, ..Self::default() }
    }

    fn take(&mut self, bytes: &[u8]) {
        let is_end = |b: &&u8| matches!(**b, b'\r' | b'\n');
        let empty = if self.has_begun { 0 } else { bytes.iter().take_while(is_end).count() };
        let (empty, row) = bytes.split_at(empty);
        self.before += memchr_iter(b'\n', empty).count() as u64;
        self.lines += memchr_iter(b'\n', row).count() as u64;
        self.quotes += memchr_iter(b'"', row).count();
        self.has_begun |= !row.is_empty();
        self.last = row.last().copied().unwrap_or(self.last);
    }

    /// True for several lines with an odd number of quotation marks.
    fn is_open(&self) -> bool {
        self.quotes % 2 == 1 && self.lines + u64::from(self.last != b'\n') > 1
    }
}

impl Records {
    fn new(open: &Open, delimiter: u8) -> Self {
        let reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        let input = BufReader::with_capacity(1 << 18, open.stream(0));
        let (out, ends, marks) = (vec![0; 1 << 16], vec![0; 64], Marks::default());
        Self { input, reader, offset: 0, out, ends, filled: (0, 0), marks }
    }

    /// Why the row cannot be read, if it runs to the end of the file within a quotation mark.
    fn unclosed(&mut self) -> Result<Option<String>, String> {
        let is_last = self.input.fill_buf().map_err(|e| io_reason(&e))?.is_empty();
        Ok((is_last && self.marks.is_open()).then(|| {
            let line = self.marks.before + 1;
            format!(
                "the row on line {line} has a quotation mark that is never closed, and takes in all lines to the end of \
                 the file: close it or remove it"
            )
        }))
    }

    /// The next row's place; the id is not set.
    fn next(&mut self) -> Result<Option<Row>, String> {
        let start = self.offset;
        self.marks = self.marks.next();
        self.filled = (0, 0);
        loop {
            let input = self.input.fill_buf().map_err(|e| io_reason(&e))?;
            let (fields, bytes) = self.filled;
            let (out, ends) = (&mut self.out[bytes..], &mut self.ends[fields..]);
            let (result, read, written, ended) = self.reader.read_record(input, out, ends);
            self.marks.take(input.get(..read).unwrap_or_default());
            self.input.consume(read);
            self.offset += read as u64;
            self.filled = (fields + ended, bytes + written);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.grow_out(),
                ReadRecordResult::OutputEndsFull => self.grow_ends(),
                ReadRecordResult::Record => {
                    let bytes = self.offset - start;
                    return Ok(Some(Row::new(String::new(), start, bytes)));
                }
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    /// Beyond the largest document what was read is forgotten: the row will be rejected by its length.
    fn grow_out(&mut self) {
        if self.out.len() as u64 > LARGEST {
            self.filled.1 = 0;
        } else {
            self.out.resize(self.out.len() * 2, 0);
        }
    }

    fn grow_ends(&mut self) {
        const MOST_FIELDS: usize = 1 << 16;
        if self.ends.len() > MOST_FIELDS {
            self.filled.0 = 0;
        } else {
            self.ends.resize(self.ends.len() * 2, 0);
        }
    }

    fn field(&self, i: usize) -> Option<String> {
        if i >= self.filled.0 {
            return None;
        }
        let start = if i == 0 { 0 } else { *self.ends.get(i - 1)? };
        let bytes = self.out.get(start..*self.ends.get(i)?)?;
        Some(String::from_utf8_lossy(bytes).replace('\0', "").trim().to_owned())
    }

    fn fields(&self) -> Vec<String> {
        let unmarked = |name: String| name.trim_start_matches('\u{feff}').to_owned();
        (0..self.filled.0).filter_map(|i| self.field(i)).map(unmarked).collect()
    }
}

/// The document of one row.
pub(crate) fn load(bytes: &[u8], header: &Header, columns: &Columns) -> Result<Loaded, String> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(header.delimiter).buffer_capacity(4096);
    let mut record = csv::ByteRecord::new();
    let read = builder.from_reader(bytes).read_byte_record(&mut record);
    if !read.map_err(|e| format!("the row cannot be read: {e}"))? {
        return Err("the row is empty".to_owned());
    }
    if record.len() > header.names.len() {
        let (has, named) = (record.len(), header.names.len());
        return Err(format!("the row has {has} fields and the header {named}: a quotation mark is amiss"));
    }
    let mut fields = Map::new();
    for (name, value) in header.names.iter().zip(&record) {
        let value = std::str::from_utf8(value).map_err(|_| format!("the field {name} is not valid UTF-8"))?;
        if !value.trim().is_empty() {
            fields.insert(name.clone(), Value::String(value.to_owned()));
        }
    }
    if fields::position(fields.keys().map(String::as_str), &columns.text).is_none() {
        return Err("the row's text is empty".to_owned());
    }
    document(fields, columns)
}

#[cfg(test)]
mod tests {
    use super::super::store::Content;
    use super::*;

    /// The ids of the rows and what each says, or why not.
    fn check(file: &str, want: &[(&str, Result<&str, &str>)]) {
        let content = Content::in_memory(file.as_bytes().to_vec().into());
        let (open, columns) = (content.open().unwrap(), Columns::default());
        let mut found = Vec::new();
        let header = rows(&open, &columns, &mut |row| found.push(row)).unwrap();
        assert_eq!(found.len(), want.len(), "{file}");
        for (row, (id, says)) in found.iter().zip(want) {
            assert_eq!(row.id, *id, "{file}");
            let got = load(&open.bytes(row.offset, row.bytes).unwrap(), &header, &columns);
            match (got, says) {
                (Ok(l), Ok(text)) => assert_eq!(l.text, *text),
                (Err(reason), Err(part)) => assert!(reason.contains(part), "{reason}"),
                (got, _) => panic!("{file}: {got:?}"),
            }
        }
    }

    #[test]
    fn rows_have_ids_or_numbers() {
        check("id,text\n7,One.\n,Two.\n", &[("7", Ok("One.")), ("R2", Ok("Two."))]);
        check(
            "\u{feff}TEXT;note\n\"a; \"\"b\"\"\nc\";x\n\nd;\n",
            &[("R1", Ok("a; \"b\"\nc")), ("R2", Ok("d"))],
        );
        check("title\ttext\nT\tOne, two.\r\n", &[("R1", Ok("One, two."))]);
    }

    #[test]
    fn broken_rows_say_why() {
        check("text,x\na,b,c\n,b\nd", &[("R1", Err("3 fields")), ("R2", Err("empty")), ("R3", Ok("d"))]);
        check("x,text\n1,\"open\n2,b\n", &[("R1", Ok("open\n2,b\n"))]);
        let of = |file: &str| {
            let open = Content::in_memory(file.as_bytes().to_vec().into()).open().unwrap();
            rows(&open, &Columns::default(), &mut |_| {}).unwrap_err()
        };
        assert!(of("a,b\n1,2\n").contains("columns are a, b"));
        assert!(of("").contains("no rows"));
    }
}

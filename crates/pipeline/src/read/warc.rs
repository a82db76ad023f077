//! WARC: pages as a crawler stored them, with the address and the time.
//!
//! Records follow one another, each as long as its header says. In `.warc.gz` each is a gzip stream of its own, so that
//! it can be read by itself; the index keeps where each one is.

use super::store::Open;
use super::unpack::Coding;
use super::{Loaded, Place, detect::Kind, fields::published, html, text};
use crate::files::io_reason;
use decalque_text::Metadata;
use flate2::bufread::{GzDecoder, ZlibDecoder};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read, Seek};

/// Longest header, of the record and of the HTTP response together.
const HEADERS: u64 = 1 << 16;

/// What a scan of records finds.
pub(crate) enum Found {
    /// A page or a text.
    Document { id: String, place: Place },
    /// A record that holds no text: a request, a picture, a note of the crawler.
    Other,
    /// What follows cannot be read.
    Broken { id: String, reason: String },
}

/// The records of an uncompressed file.
pub(crate) fn records(open: &Open, found: &mut dyn FnMut(Found)) -> Result<(), String> {
    let (mut at, mut number) = (0u64, 0u64);
    while at < open.len() {
        let head = open.bytes(at, HEADERS)?;
        let blank = head.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        if blank > 0 {
            at += blank as u64;
            continue;
        }
        number += 1;
        let record = match Record::parse(&head) {
            Some(record) if record.end().is_some_and(|end| end <= open.len() - at) => record,
            other => {
                let why = if other.is_some() { "is cut off" } else { "has no header that can be read" };
                found(Found::Broken { id: format!("R{number}"), reason: broken(why, at) });
                break;
            }
        };
        let size = record.end().unwrap_or(0);
        found(record.found(
            number,
            Place { offset: at, stored: size, size, coding: Coding::Stored, kind: Kind::Warc, check: 0 },
        ));
        at += size;
    }
    if number == 0 { Err("the file holds no records".to_owned()) } else { Ok(()) }
}

fn broken(why: &str, at: u64) -> String {
    format!("the WARC record at byte {at} {why}; what follows it is not read")
}

/// The records of a file of gzip streams, a record each. False when a stream holds several: then the file must be
/// unpacked as a whole, and nothing was found. `most` is how much they may unpack to in all.
///
/// # Errors
/// Why the file is rejected.
pub(crate) fn gzipped(open: &Open, most: u64, found: &mut dyn FnMut(Found)) -> Result<bool, String> {
    let mut input = BufReader::with_capacity(1 << 18, open.stream(0));
    let (mut number, mut left) = (0u64, most);
    loop {
        let at = position(&mut input)?;
        if input.fill_buf().map_err(|e| io_reason(&e))?.is_empty() {
            return Ok(true);
        }
        number += 1;
        let broken = |why: &str| Found::Broken { id: format!("R{number}"), reason: broken(why, at) };
        let (head, size) = match member(&mut input, left) {
            Ok(member) => member,
            Err(why) => {
                found(broken(&why));
                return Ok(true);
            }
        };
        left -= size.min(left);
        let Some(record) = Record::parse(&head) else {
            found(broken("has no header that can be read"));
            return Ok(true);
        };
        let end = record.end().unwrap_or(u64::MAX);
        if number == 1 && end.saturating_add(4) < size {
            return Ok(false);
        }
        let stored = position(&mut input)? - at;
        let place = Place { offset: at, stored, size, coding: Coding::Gzip, kind: Kind::Warc, check: 0 };
        found(record.found(number, place));
    }
}

fn position(input: &mut BufReader<super::store::Stream>) -> Result<u64, String> {
    input.stream_position().map_err(|e| io_reason(&e))
}

/// The beginning of one gzip stream and how much it unpacks to.
fn member(input: &mut impl BufRead, most: u64) -> Result<(Vec<u8>, u64), String> {
    let mut stream = GzDecoder::new(input).take(most.saturating_add(1));
    let mut head = Vec::new();
    let cut = |_| "is damaged or cut off".to_owned();
    let first = stream.by_ref().take(HEADERS).read_to_end(&mut head).map_err(cut)? as u64;
    let size = first + std::io::copy(&mut stream, &mut std::io::sink()).map_err(cut)?;
    if size > most { Err("unpacks to too much".to_owned()) } else { Ok((head, size)) }
}

/// Names and values of a header.
type Fields = Vec<(String, String)>;

/// The header of a record.
struct Record<'a> {
    fields: Fields,
    /// Length of the header.
    len: usize,
    /// What follows it, as far as it is there.
    rest: &'a [u8],
}

impl<'a> Record<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let version = bytes.strip_prefix(b"WARC/")?;
        let line = version.iter().position(|&b| b == b'\n')? + b"WARC/".len() + 1;
        let (fields, read) = headers(bytes.get(line..)?)?;
        let len = line + read;
        Some(Self { fields, len, rest: bytes.get(len..)? })
    }

    fn get(&self, name: &str) -> Option<&str> {
        get(&self.fields, name)
    }

    /// Bytes of the record, from its first; none when it does not say.
    fn end(&self) -> Option<u64> {
        let content: u64 = self.get("content-length")?.parse().ok()?;
        (self.len as u64).checked_add(content)
    }

    fn id(&self, number: u64) -> String {
        let id = self.get("warc-record-id").map(|id| id.trim_matches(['<', '>']));
        let id = id.map(|id| id.strip_prefix("urn:uuid:").unwrap_or(id)).filter(|id| !id.is_empty());
        id.map_or_else(|| format!("R{number}"), str::to_owned)
    }

    fn found(&self, number: u64, place: Place) -> Found {
        match self.content(self.rest) {
            Some(_) => Found::Document { id: self.id(number), place },
            None => Found::Other,
        }
    }

    /// What the record carries, if that is a page or a text; `block` is all of it or its beginning.
    fn content<'b>(&self, block: &'b [u8]) -> Option<Carried<'b>> {
        match self.get("warc-type")?.to_ascii_lowercase().as_str() {
            "response" => response(block),
            "resource" | "conversion" => {
                let mime = self.get("content-type")?;
                Some(Carried {
                    is_html: is_html(mime)?,
                    mime: mime.to_owned(),
                    body: block,
                    coding: None,
                    chunked: false,
                })
            }
            _ => None,
        }
    }
}

/// The fields of a header and its length. Characters beyond ASCII are taken as they come.
fn headers(bytes: &[u8]) -> Option<(Fields, usize)> {
    let mut slots = [httparse::EMPTY_HEADER; 256];
    match httparse::parse_headers(bytes, &mut slots).ok()? {
        httparse::Status::Complete((len, fields)) => {
            let field = |h: &httparse::Header<'_>| {
                (h.name.to_owned(), String::from_utf8_lossy(h.value).trim().to_owned())
            };
            Some((fields.iter().map(field).collect(), len))
        }
        httparse::Status::Partial => None,
    }
}

fn get<'h>(fields: &'h Fields, name: &str) -> Option<&'h str> {
    fields.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// A page or a text inside a record.
struct Carried<'a> {
    is_html: bool,
    mime: String,
    body: &'a [u8],
    coding: Option<String>,
    chunked: bool,
}

/// The body of a successful HTTP response that is HTML or plain text.
fn response(block: &[u8]) -> Option<Carried<'_>> {
    let mut slots = [httparse::EMPTY_HEADER; 256];
    let mut parsed = httparse::Response::new(&mut slots);
    let httparse::Status::Complete(len) = parsed.parse(block).ok()? else { return None };
    if parsed.code != Some(200) {
        return None;
    }
    let field = |name: &str| {
        let found = parsed.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name));
        found.map(|h| String::from_utf8_lossy(h.value).trim().to_ascii_lowercase())
    };
    let mime = field("content-type")?;
    let chunked = field("transfer-encoding").is_some_and(|t| t.contains("chunked"));
    Some(Carried {
        is_html: is_html(&mime)?,
        mime,
        body: block.get(len..)?,
        coding: field("content-encoding"),
        chunked,
    })
}

/// Whether a type of content is HTML; none when it is no text either.
fn is_html(mime: &str) -> Option<bool> {
    match mime.split(';').next()?.trim().to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Some(true),
        "text/plain" => Some(false),
        _ => None,
    }
}

/// The document of one record.
///
/// # Errors
/// Why it is rejected, as a sentence.
pub(crate) fn load(bytes: &[u8]) -> Result<Loaded, String> {
    let record = Record::parse(bytes).ok_or("the record has no header that can be read")?;
    let end = record.end().and_then(|end| usize::try_from(end).ok()).unwrap_or(bytes.len());
    let block = bytes.get(record.len..end.min(bytes.len())).unwrap_or_default();
    let carried = record.content(block).ok_or("the record holds no page")?;
    let body = carried.decoded()?;
    let url = record.get("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_owned());
    let charset = carried.mime.split_once("charset=").and_then(|(_, rest)| html::label(rest));
    let loaded = if carried.is_html {
        html::load(&body, charset, url.as_deref())?
    } else {
        text::load_declared(&body, charset)?
    };
    let date = record.get("warc-date");
    let fields =
        Metadata { url: url.or(loaded.fields.url), fetched: date.and_then(published), ..loaded.fields };
    let metadata = with_date(loaded.metadata, date);
    Ok(Loaded { fields, metadata, ..loaded })
}

/// When the page was fetched is no date of publication, but should not be lost.
fn with_date(metadata: Option<String>, date: Option<&str>) -> Option<String> {
    let Some(date) = date else { return metadata };
    let read = metadata.and_then(|m| serde_json::from_str::<Map<String, Value>>(&m).ok());
    let mut all = read.unwrap_or_default();
    all.insert("warc_date".to_owned(), Value::String(date.to_owned()));
    Some(Value::Object(all).to_string())
}

impl Carried<'_> {
    /// The body as the server meant it.
    fn decoded(&self) -> Result<Cow<'_, [u8]>, String> {
        let body = if self.chunked { Cow::Owned(unchunked(self.body)) } else { Cow::Borrowed(self.body) };
        let damaged = |_| "the body of the response is damaged, or unpacks to too much".to_owned();
        match self.coding.as_deref() {
            None | Some("" | "identity") => Ok(body),
            // Crawlers often unpack a body and leave the header as it was.
            Some("gzip" | "x-gzip") if !body.starts_with(b"\x1f\x8b") => Ok(body),
            Some("gzip" | "x-gzip") => limited(GzDecoder::new(&*body)).map(Cow::Owned).map_err(damaged),
            Some("deflate") => limited(ZlibDecoder::new(&*body)).map(Cow::Owned).map_err(damaged),
            Some(other) => Err(format!("the body of the response is packed as {other}, which is not read")),
        }
    }
}

/// Most bytes that the body of a response may unpack to.
const LARGEST_BODY: u64 = 64_000_000;

fn limited(stream: impl Read) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    stream.take(LARGEST_BODY + 1).read_to_end(&mut out)?;
    if out.len() as u64 > LARGEST_BODY { Err(std::io::Error::other("too much")) } else { Ok(out) }
}

/// Chunks put together; a body that only claims to be chunked, or breaks off, is taken as it is from there.
fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    while let Ok(httparse::Status::Complete((at, len))) = httparse::parse_chunk_size(body) {
        if len == 0 {
            return out;
        }
        let end = usize::try_from(len).ok().and_then(|len| at.checked_add(len));
        let Some((chunk, rest)) = end.and_then(|end| Some((body.get(at..end)?, body.get(end..)?))) else {
            break;
        };
        out.extend_from_slice(chunk);
        body = rest.strip_prefix(b"\r\n").unwrap_or(rest);
    }
    out.extend_from_slice(body);
    out
}

//! Readers: what documents a file holds, and what one of them says.

mod decode;
mod jsonl;
mod text;

use crate::config::Format;
use crate::files::{Content, File, io_reason};
use decalque_text::{Metadata, Source};
use std::io::{Read, Seek, SeekFrom};
use xxhash_rust::xxh3::xxh3_64;

pub(crate) use jsonl::JsonLines;
pub(crate) use text::PlainText;

/// Largest document, in bytes. Positions in the tables are 32-bit, and one document is worked on as a whole.
pub(crate) const LARGEST: u64 = 400_000_000;

/// One document's place in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The part of the id after `#`; none when the file is the document.
    pub(crate) record: Option<String>,
    /// First byte.
    pub(crate) offset: u64,
    /// Bytes.
    pub(crate) bytes: u64,
}

/// A document as its reader decoded it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Loaded {
    pub(crate) text: String,
    pub(crate) encoding: &'static str,
    pub(crate) note: Option<String>,
    pub(crate) fields: Metadata,
    pub(crate) metadata: Option<String>,
}

/// A format. Later formats join by another implementation and a line in [`reader_of`].
pub(crate) trait Reader: Sync {
    /// The documents a file holds, in file order.
    ///
    /// # Errors
    /// Why the whole file is rejected, as a sentence.
    fn index(&self, file: &File) -> Result<Vec<Place>, String>;

    /// What the bytes of one document say.
    ///
    /// # Errors
    /// Why the document is rejected, as a sentence.
    fn load(&self, bytes: &[u8]) -> Result<Loaded, String>;
}

/// The reader for a file.
pub(crate) fn reader_of(file: &File, format: Format) -> &'static dyn Reader {
    let by_name = || {
        file.name.rsplit_once('.').is_some_and(|(_, end)| {
            matches!(end.to_ascii_lowercase().as_str(), "jsonl" | "ndjson" | "jsonlines")
        })
    };
    let by_content = || matches!(&file.content, Content::InMemory(b) if looks_like_json(b));
    match format {
        Format::Jsonl => &JsonLines,
        Format::Auto if by_name() || by_content() => &JsonLines,
        Format::Auto | Format::Txt => &PlainText,
    }
}

/// `{ "`: the beginning of a JSON object.
fn looks_like_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let inside = bytes.trim_ascii_start().strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    inside.is_some_and(|rest| rest.starts_with(b"\"") || rest.starts_with(b"}"))
}

/// True when a file begins with one of these marks.
pub(crate) fn begins_with(file: &File, marks: &[&[u8]]) -> Result<bool, String> {
    let head = bytes_of(file, &Place { record: None, offset: 0, bytes: 4 })?;
    Ok(marks.iter().any(|m| head.starts_with(m)))
}

/// Size of a file in bytes.
pub(crate) fn size(file: &File) -> Result<u64, String> {
    match &file.content {
        Content::InMemory(bytes) => Ok(bytes.len() as u64),
        Content::OnDisk(path) => std::fs::metadata(path).map(|m| m.len()).map_err(|e| io_reason(&e)),
    }
}

/// The bytes of one document.
pub(crate) fn bytes_of(file: &File, place: &Place) -> Result<Vec<u8>, String> {
    if place.bytes > LARGEST {
        return Err(format!("the document has {} bytes; the limit is {LARGEST}: split it", place.bytes));
    }
    match &file.content {
        Content::InMemory(all) => {
            let start = place.offset as usize;
            Ok(all.get(start..all.len().min(start + place.bytes as usize)).unwrap_or_default().to_vec())
        }
        Content::OnDisk(path) => read_range(path, place).map_err(|e| io_reason(&e)),
    }
}

fn read_range(path: &std::path::Path, place: &Place) -> std::io::Result<Vec<u8>> {
    let mut file = std::fs::File::open(path)?;
    if place.offset > 0 {
        file.seek(SeekFrom::Start(place.offset))?;
    }
    let mut bytes = Vec::with_capacity(place.bytes as usize);
    file.take(place.bytes).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Read and decode one document; a rejected one has `is_ok` false and a reason.
pub(crate) fn load(file: &File, place: &Place, doc_id: &str, format: Format) -> (Source, Metadata) {
    let mut source = Source {
        doc_id: doc_id.to_owned(),
        path: file.path.clone(),
        bytes: place.bytes,
        ..Source::default()
    };
    let loaded = bytes_of(file, place).and_then(|bytes| {
        source.content_hash = xxh3_64(&bytes);
        source.bytes = bytes.len() as u64;
        reader_of(file, format).load(&bytes)
    });
    match loaded {
        Ok(l) => {
            let ok = Source {
                is_ok: true,
                encoding: l.encoding,
                reason: l.note,
                raw_text: l.text,
                metadata: l.metadata,
                ..source
            };
            (ok, l.fields)
        }
        Err(reason) => (Source { reason: Some(reason), encoding: "unknown", ..source }, Metadata::default()),
    }
}

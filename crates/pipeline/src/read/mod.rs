//! Readers: what documents a file holds, and what one of them says.
//!
//! [`index`] goes once through a file, through archives and compressions down to single documents, and tells the place
//! of each. [`load`] reads a document at its place, in any order and as often as is asked.

mod csv;
mod decode;
mod detect;
mod fields;
mod html;
mod jsonl;
mod parquet;
mod store;
mod text;
mod unpack;
mod warc;

use crate::Error;
use crate::config::{Config, Format};
use crate::files::File;
use crate::patterns::Patterns;
use decalque_text::{Metadata, Source};
use detect::{HEAD, Shape, by_name, shape, unpacked_name};
use std::sync::Arc;
use unpack::{Budget, Listed, Member};
use xxhash_rust::xxh3::xxh3_64;

pub(crate) use csv::Header;
pub(crate) use detect::Kind;
pub(crate) use fields::{Columns, document, names, position};
pub(crate) use store::{Content, Handles, Open, Spools};
pub(crate) use unpack::Coding;

/// Largest document, in bytes. Positions in the tables are 32-bit, and one document is worked on as a whole.
pub(crate) const LARGEST: u64 = 400_000_000;

/// Archives and compressions inside one another, at most.
const DEEPEST: u8 = 4;

/// Why a file is rejected that nothing was found in, such as an empty archive; readers of records have words of their own.
const NOTHING: &str = "it holds no document";

/// How inputs are read.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) format: Format,
    pub(crate) columns: Columns,
    pub(crate) patterns: Patterns,
}

impl Reading {
    pub(crate) fn new(config: &Config) -> Result<Self, Error> {
        let patterns = Patterns::new(config)?;
        Ok(Self { format: config.format, columns: Columns::new(config), patterns })
    }
}

/// Where a document is in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// First byte.
    pub(crate) offset: u64,
    /// Bytes as they lie there.
    pub(crate) stored: u64,
    /// Bytes of the document.
    pub(crate) size: u64,
    pub(crate) coding: Coding,
    pub(crate) kind: Kind,
    /// CRC-32 of the document; 0 for none.
    pub(crate) check: u32,
}

impl Place {
    fn plain(kind: Kind, offset: u64, size: u64) -> Self {
        Self { offset, stored: size, size, coding: Coding::Stored, kind, check: 0 }
    }
}

/// A row of a file of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    id: String,
    offset: u64,
    bytes: u64,
    /// Why it cannot be read.
    broken: Option<String>,
}

impl Row {
    fn new(id: String, offset: u64, bytes: u64) -> Self {
        Self { id, offset, bytes, broken: None }
    }
}

/// A document that was found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) doc_id: String,
    /// Its file among [`Listing::files`].
    pub(crate) file: usize,
    pub(crate) place: Place,
    /// Why it cannot be read.
    pub(crate) rejected: Option<String>,
}

/// What a file holds.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// The file, and those inside it that have places of their own.
    pub(crate) files: Vec<File>,
    pub(crate) documents: Vec<Found>,
    /// Parts that are no documents, such as a crawler's requests.
    pub(crate) skipped: u64,
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

fn joined(a: Option<String>, b: Option<String>) -> Option<String> {
    match (a, b) {
        (Some(a), Some(b)) => Some(format!("{a}; {b}")),
        (a, b) => a.or(b),
    }
}

/// Why a document of so many bytes is rejected.
pub(crate) fn too_large(bytes: u64) -> String {
    format!("the document has {bytes} bytes; the limit is {LARGEST}: split it")
}

fn too_much(most: u64) -> String {
    let megabytes = most / 1_000_000;
    format!(
        "it unpacks to more than {megabytes} MB, too much for its size: unpack it yourself if you trust it"
    )
}

/// The documents a file holds, in file order. What cannot be read is one of them, with a reason.
pub(crate) fn index(file: File, reading: &Reading, spools: &Spools) -> Listing {
    let mut scan = Scan { reading, spools, budget: Budget::of(0), unwanted: 0, out: Listing::default() };
    let label = file.name.rsplit('/').next().unwrap_or_default().to_owned();
    let is_plain = matches!(by_name(&label), Some(Shape::Document(_))) && reading.format == Format::Auto;
    if let (true, Some(Shape::Document(kind)), Ok(size)) = (is_plain, by_name(&label), file.content.len()) {
        // Its name says all: it need not be opened yet.
        scan.whole(file, kind, size);
    } else {
        scan.budget = Budget::of(file.content.len().unwrap_or(0));
        scan.file(file, &label, 0);
    }
    scan.out
}

struct Scan<'a> {
    reading: &'a Reading,
    spools: &'a Spools,
    budget: Budget,
    /// Members of archives that are not wanted.
    unwanted: u64,
    out: Listing,
}

impl Scan<'_> {
    /// A file that is one document.
    fn whole(&mut self, file: File, kind: Kind, size: u64) {
        let (doc_id, number) = (file.name.clone(), self.out.files.len());
        self.out.files.push(file);
        self.out.documents.push(Found {
            doc_id,
            file: number,
            place: Place::plain(kind, 0, size),
            rejected: None,
        });
    }

    /// A file of any shape; `label` is the name that says which, without the endings of what was unpacked.
    fn file(&mut self, file: File, label: &str, depth: u8) {
        let number = self.out.files.len();
        let name = file.name.clone();
        self.out.files.push(file.clone());
        let before = self.seen();
        let opened = self.open(file, number, label, depth);
        let nothing = || (self.seen() == before).then(|| NOTHING.to_owned());
        if let Some(reason) = opened.err().or_else(nothing) {
            let size = self.out.files.get(number).and_then(|f| f.content.len().ok()).unwrap_or(0);
            self.reject(number, name, size, reason);
        }
    }

    /// All that was found so far, whatever became of it.
    fn seen(&self) -> u64 {
        self.out.documents.len() as u64 + self.out.skipped + self.unwanted
    }

    fn reject(&mut self, file: usize, doc_id: String, size: u64, reason: String) {
        let place = Place::plain(Kind::Text, 0, size);
        self.out.documents.push(Found { doc_id, file, place, rejected: Some(reason) });
    }

    fn open(&mut self, file: File, number: usize, label: &str, depth: u8) -> Result<(), String> {
        let open = file.content.open()?;
        let head = open.bytes(0, HEAD)?;
        let found = shape(label, &head, self.reading.format);
        if depth >= DEEPEST && matches!(found, Shape::Gzip | Shape::Zstd | Shape::Zip | Shape::Tar) {
            return Err(format!("it is packed more than {DEEPEST} times over: unpack it first"));
        }
        match found {
            Shape::Document(kind) => {
                let place = Place::plain(kind, 0, open.len());
                self.out.documents.push(Found { doc_id: file.name, file: number, place, rejected: None });
                Ok(())
            }
            Shape::JsonLines => self.json_lines(&file, number, &open),
            Shape::Csv => self.csv(&file, number, &open),
            Shape::Parquet => self.parquet(&file, number, &open),
            Shape::Warc => self.warc(&file, number, |found| warc::records(&open, found)),
            Shape::Gzip if unpacked_name(label).ends_with(".warc") => {
                self.warc_gz(file, number, &open, depth)
            }
            Shape::Gzip | Shape::Zstd => self.compressed(file, found, number, &open, label, depth),
            Shape::Zip => self.archive(&file, number, &open, depth, unpack::zip),
            Shape::Tar => self.archive(&file, number, &open, depth, unpack::tar),
            Shape::Useless(reason) => Err(reason.to_owned()),
        }
    }

    fn row(&mut self, file: usize, name: &str, kind: Kind, row: &Row) {
        let doc_id = format!("{name}#{}", row.id);
        let place = Place::plain(kind, row.offset, row.bytes);
        self.out.documents.push(Found { doc_id, file, place, rejected: row.broken.clone() });
    }

    fn json_lines(&mut self, file: &File, number: usize, open: &Open) -> Result<(), String> {
        let open = self.in_utf8(number, open, &[b"\xff\xfe", b"\xfe\xff"])?;
        let columns = &self.reading.columns;
        jsonl::rows(&open, columns, 'L', &mut |row| self.row(number, &file.name, Kind::Json, &row))
    }

    fn csv(&mut self, file: &File, number: usize, open: &Open) -> Result<(), String> {
        let open = self.in_utf8(number, open, &[])?;
        let columns = &self.reading.columns;
        let header = csv::rows(&open, columns, &mut |row| self.row(number, &file.name, Kind::Csv, &row))?;
        if let Some(file) = self.out.files.get_mut(number) {
            file.header = Some(Arc::new(header));
        }
        Ok(())
    }

    /// A file of records in another encoding becomes one in UTF-8 first, so that rows can be found by their bytes. With
    /// `marks`, only files that begin with one of them.
    fn in_utf8(&mut self, number: usize, open: &Open, marks: &[&[u8]]) -> Result<Open, String> {
        let head = open.bytes(0, 4)?;
        let wanted = marks.is_empty() || marks.iter().any(|m| head.starts_with(m));
        let Some(encoding) = (if wanted { csv::encoding(open)? } else { None }) else {
            return Ok(open.clone());
        };
        // A byte of another encoding becomes four of UTF-8 at most.
        let most = open.len().saturating_mul(4);
        let content = unpack::spool(decode::Utf8::new(open.stream(0), encoding), "text", most, self.spools)?;
        let open = content.open()?;
        if let Some(file) = self.out.files.get_mut(number) {
            (file.content, file.encoding) = (content, Some(decode::spoken(encoding)));
        }
        Ok(open)
    }

    fn parquet(&mut self, file: &File, number: usize, open: &Open) -> Result<(), String> {
        let columns = &self.reading.columns;
        let most = Budget::of(open.len()).left();
        let content = parquet::as_lines(open, columns, self.spools, most)?;
        let lines = content.open()?;
        if let Some(file) = self.out.files.get_mut(number) {
            file.content = content;
        }
        jsonl::rows(&lines, columns, 'R', &mut |row| self.row(number, &file.name, Kind::Json, &row))
    }

    fn warc<T>(
        &mut self,
        file: &File,
        number: usize,
        scan: impl FnOnce(&mut dyn FnMut(warc::Found)) -> Result<T, String>,
    ) -> Result<T, String> {
        scan(&mut |found| match found {
            warc::Found::Other => self.out.skipped += 1,
            warc::Found::Document { id, place } => {
                let doc_id = format!("{}#{id}", file.name);
                self.out.documents.push(Found { doc_id, file: number, place, rejected: None });
            }
            warc::Found::Broken { id, reason } => {
                self.reject(number, format!("{}#{id}", file.name), 0, reason);
            }
        })
    }

    fn warc_gz(&mut self, file: File, number: usize, open: &Open, depth: u8) -> Result<(), String> {
        let most = self.budget.left();
        if self.warc(&file, number, |found| warc::gzipped(open, most, found))? {
            return Ok(());
        }
        self.compressed(file, Shape::Gzip, number, open, "unpacked.warc", depth)
    }

    /// A compressed file is unpacked into a temporary one, which takes its place.
    fn compressed(
        &mut self,
        file: File,
        shape: Shape,
        number: usize,
        open: &Open,
        label: &str,
        depth: u8,
    ) -> Result<(), String> {
        let most = self.budget.left();
        let unpack = if shape == Shape::Gzip { unpack::gunzip } else { unpack::unzstd };
        let content = unpack(open, most, self.spools)?;
        self.budget.take(content.len()?);
        let unpacked = File { content, ..file };
        if let Some(file) = self.out.files.get_mut(number) {
            *file = unpacked.clone();
        }
        self.open(unpacked, number, &unpacked_name(label), depth + 1)
    }

    fn archive(
        &mut self,
        file: &File,
        number: usize,
        open: &Open,
        depth: u8,
        list: impl FnOnce(&Open, &mut dyn FnMut(Listed) -> bool) -> Result<(), String>,
    ) -> Result<(), String> {
        list(open, &mut |listed| match listed {
            Err((name, reason)) if name.is_empty() => {
                self.reject(number, file.name.clone(), 0, reason);
                true
            }
            Err((name, reason)) => {
                if self.wants(file, &name) {
                    self.reject(number, format!("{}/{name}", file.name), 0, reason);
                }
                true
            }
            Ok(member) => self.member(file, number, open, &member, depth),
        })
    }

    fn wants(&mut self, archive: &File, member: &str) -> bool {
        let wanted = self.reading.patterns.wants_member(&archive.name, member);
        self.unwanted += u64::from(!wanted);
        wanted
    }

    /// One file of an archive. False when the rest of the archive is not to be read.
    fn member(&mut self, archive: &File, number: usize, open: &Open, member: &Member, depth: u8) -> bool {
        if !self.wants(archive, &member.name) {
            return true;
        }
        let doc_id = format!("{}/{}", archive.name, member.name);
        if member.coding != Coding::Stored && !self.budget.take(member.size) {
            let reason =
                "with it the archive unpacks to too much for its size; it and what follows are not read";
            self.reject(number, doc_id, member.size, reason.to_owned());
            return false;
        }
        let label = member.name.rsplit('/').next().unwrap_or_default();
        match self.member_shape(open, member, label) {
            Ok(Shape::Document(kind)) => {
                let Member { offset, stored, size, coding, check, .. } = *member;
                let place = Place { offset, stored, size, coding, kind, check };
                self.out.documents.push(Found { doc_id, file: number, place, rejected: None });
            }
            Ok(Shape::Useless(reason)) => self.reject(number, doc_id, member.size, reason.to_owned()),
            Ok(_) => match unpack::content(&archive.content, open, member, self.spools) {
                Ok(content) => {
                    let inner = File { name: doc_id, content, ..archive.clone() };
                    self.file(inner, label, depth + 1);
                }
                Err(reason) => self.reject(number, doc_id, member.size, reason),
            },
            Err(reason) => self.reject(number, doc_id, member.size, reason),
        }
        true
    }

    fn member_shape(&self, open: &Open, member: &Member, label: &str) -> Result<Shape, String> {
        match by_name(label) {
            Some(shape @ Shape::Document(_)) if self.reading.format == Format::Auto => Ok(shape),
            _ => Ok(shape(label, &unpack::head(open, member, HEAD)?, self.reading.format)),
        }
    }
}

/// Read and decode one document; a rejected one has `is_ok` false and a reason.
pub(crate) fn load(
    file: &File,
    open: Result<Open, String>,
    place: &Place,
    doc_id: &str,
    reading: &Reading,
) -> (Source, Metadata) {
    let mut source =
        Source { doc_id: doc_id.to_owned(), path: file.path.clone(), bytes: place.size, ..Source::default() };
    let loaded = open.and_then(|open| unpack::document(&open, place)).and_then(|bytes| {
        source.content_hash = xxh3_64(&bytes);
        source.bytes = bytes.len() as u64;
        read(file, place.kind, &bytes, reading)
    });
    read_as(source, loaded)
}

/// What a reader made of a document; a rejected one has `is_ok` false and a reason.
pub(crate) fn read_as(source: Source, loaded: Result<Loaded, String>) -> (Source, Metadata) {
    match loaded {
        Ok(l) => {
            let Loaded { text: raw_text, encoding, note: reason, fields, metadata } = l;
            let ok = Source { is_ok: true, encoding, reason, raw_text, metadata, ..source };
            (ok, fields)
        }
        Err(reason) => (Source { reason: Some(reason), encoding: "unknown", ..source }, Metadata::default()),
    }
}

fn read(file: &File, kind: Kind, bytes: &[u8], reading: &Reading) -> Result<Loaded, String> {
    let loaded = match kind {
        Kind::Text => text::load(bytes),
        Kind::Html => html::load(bytes, None, None),
        Kind::Json => jsonl::load(bytes, &reading.columns),
        Kind::Warc => warc::load(bytes),
        Kind::Csv => {
            let header = file.header.as_deref().ok_or("the file has no header")?;
            csv::load(bytes, header, &reading.columns)
        }
    }?;
    let Some(encoding) = file.encoding else { return Ok(loaded) };
    let note = joined(Some(format!("decoded from {encoding}")), loaded.note);
    Ok(Loaded { encoding, note, ..loaded })
}

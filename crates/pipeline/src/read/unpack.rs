//! Archives and compressed files: what is inside, and how one document of it is unpacked.
//!
//! Nothing is unpacked by name: members are read where they lie, or from nameless temporary files.

use super::store::{Content, Open, Spools};
use super::{LARGEST, Place, too_large, too_much};
use crate::files::io_reason;
use flate2::Crc;
use flate2::bufread::{DeflateDecoder, GzDecoder, MultiGzDecoder};
use std::io::{self, BufReader, Read};
use zip::CompressionMethod;

/// How the bytes of a document are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Stored,
    /// A member of a zip archive.
    Deflate,
    /// A member of a zip archive.
    Zstd,
    /// A gzip stream of its own.
    Gzip,
}

/// A file in an archive.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// Its path with `/`, made harmless.
    pub(crate) name: String,
    pub(crate) offset: u64,
    pub(crate) stored: u64,
    /// Bytes when unpacked, as the archive says.
    pub(crate) size: u64,
    pub(crate) coding: Coding,
    /// CRC-32 of the unpacked bytes; 0 for none.
    pub(crate) check: u32,
}

/// What goes through an archive hands over: a member, or one that cannot be read and why.
pub(crate) type Listed = Result<Member, (String, String)>;

/// How much more the file being unpacked may unpack to: small files that unpack to very much are attacks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget(u64);

/// Bytes any file may unpack to.
const FREE: u64 = 256_000_000;
/// And so many times its own size. Text is packed to a tenth, very alike pages to a hundredth.
const RATIO: u64 = 200;

impl Budget {
    /// Of a file of so many bytes.
    pub(crate) fn of(size: u64) -> Self {
        Self(FREE.saturating_add(size.saturating_mul(RATIO)))
    }

    pub(crate) fn left(self) -> u64 {
        self.0
    }

    /// Take some of it. False, and nothing left, when there is less.
    pub(crate) fn take(&mut self, bytes: u64) -> bool {
        let left = self.0.checked_sub(bytes);
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}

/// A member's path below the archive: no root, no drive, no `..`, no control characters. None when nothing is left.
pub(crate) fn harmless(path: &str) -> Option<String> {
    let parts = path.split(['/', '\\']).map(|p| p.trim_matches(|c: char| c.is_control() || c == ' '));
    let is_drive = |p: &str| p.len() == 2 && p.ends_with(':');
    let kept: Vec<String> = parts
        .filter(|p| !matches!(*p, "" | "." | "..") && !is_drive(p))
        .map(|p| p.chars().map(|c| if c.is_control() { '_' } else { c }).collect())
        .collect();
    (!kept.is_empty()).then(|| kept.join("/"))
}

/// Unpack a whole stream into a temporary file. `most` is how much it may unpack to.
///
/// # Errors
/// Why it is rejected, as a sentence.
pub(crate) fn spool(
    mut stream: impl Read,
    what: &str,
    most: u64,
    spools: &Spools,
) -> Result<Content, String> {
    let mut out = spools.writer();
    let mut buffer = vec![0; 1 << 17];
    let mut total = 0u64;
    loop {
        let n = match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(format!("the {what} data is damaged or cut off: {}", io_reason(&e))),
        };
        total += n as u64;
        if total > most {
            return Err(too_much(most));
        }
        io::Write::write_all(&mut out, buffer.get(..n).unwrap_or_default()).map_err(|e| io_reason(&e))?;
    }
    out.finish().map_err(|e| io_reason(&e))
}

/// A gzip file, of one stream or many.
pub(crate) fn gunzip(open: &Open, most: u64, spools: &Spools) -> Result<Content, String> {
    spool(MultiGzDecoder::new(BufReader::with_capacity(1 << 17, open.stream(0))), "gzip", most, spools)
}

/// A zstd file, of one frame or many.
pub(crate) fn unzstd(open: &Open, most: u64, spools: &Spools) -> Result<Content, String> {
    let stream = zstd::stream::read::Decoder::with_buffer(BufReader::with_capacity(1 << 17, open.stream(0)));
    spool(stream.map_err(|e| io_reason(&e))?, "zstd", most, spools)
}

/// A stream of what is packed at a place.
fn unpacking<'a>(packed: impl io::BufRead + 'a, coding: Coding) -> io::Result<Box<dyn Read + 'a>> {
    Ok(match coding {
        Coding::Stored => Box::new(packed),
        Coding::Deflate => Box::new(DeflateDecoder::new(packed)),
        Coding::Gzip => Box::new(GzDecoder::new(packed)),
        Coding::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(packed)?),
    })
}

/// A member of an archive as a file of its own: in place, or unpacked into a temporary file.
pub(crate) fn content(
    archive: &Content,
    open: &Open,
    member: &Member,
    spools: &Spools,
) -> Result<Content, String> {
    if member.coding == Coding::Stored {
        return Ok(archive.part(member.offset, member.stored));
    }
    let packed = BufReader::new(open.stream(member.offset).take(member.stored));
    let stream = unpacking(packed, member.coding).map_err(|e| io_reason(&e))?;
    spool(stream, "packed", member.size, spools)
}

/// The first bytes of a member.
pub(crate) fn head(open: &Open, member: &Member, len: u64) -> Result<Vec<u8>, String> {
    let packed = BufReader::with_capacity(1024, open.stream(member.offset).take(member.stored));
    let stream = unpacking(packed, member.coding);
    let mut out = Vec::new();
    stream.and_then(|s| s.take(len).read_to_end(&mut out)).map_err(|_| damaged())?;
    Ok(out)
}

fn damaged() -> String {
    "its packed data is damaged or cut off".to_owned()
}

/// The bytes of one document, unpacked and checked.
///
/// # Errors
/// Why it is rejected, as a sentence.
pub(crate) fn document(open: &Open, place: &Place) -> Result<Vec<u8>, String> {
    if place.size > LARGEST {
        return Err(too_large(place.size));
    }
    let stored = open.bytes(place.offset, place.stored)?;
    let bytes = if place.coding == Coding::Stored { stored } else { unpacked(&stored, place)? };
    let mut crc = Crc::new();
    if place.check != 0 {
        crc.update(&bytes);
    }
    if crc.sum() == place.check {
        Ok(bytes)
    } else {
        Err("its checksum is not what the archive gives: it is damaged".to_owned())
    }
}

fn unpacked(stored: &[u8], place: &Place) -> Result<Vec<u8>, String> {
    // The size is the archive's word: it is not believed before the bytes are there.
    let mut out = Vec::with_capacity(usize::try_from(place.size).unwrap_or(0).min(1 << 24));
    let stream = unpacking(stored, place.coding);
    stream.and_then(|s| s.take(place.size + 1).read_to_end(&mut out)).map_err(|_| damaged())?;
    if out.len() as u64 == place.size {
        Ok(out)
    } else {
        Err("it does not unpack to the size that the archive gives".to_owned())
    }
}

/// The files of a zip archive.
///
/// # Errors
/// Why the archive is rejected, as a sentence.
pub(crate) fn zip(open: &Open, found: &mut dyn FnMut(Listed) -> bool) -> Result<(), String> {
    let stream = BufReader::with_capacity(2048, open.stream(0));
    let broken = |e: zip::result::ZipError| format!("the zip archive cannot be read: {e}");
    let mut archive = zip::ZipArchive::new(stream).map_err(broken)?;
    for i in 0..archive.len() {
        let listed = match archive.by_index_raw(i) {
            Ok(file) if file.is_dir() || file.is_symlink() => continue,
            Ok(file) => zipped(&file),
            Err(e) => Err((format!("member {}", i + 1), broken(e))),
        };
        if !found(listed) {
            return Ok(());
        }
    }
    if archive.has_duplicate_names() {
        let reason = "the archive holds several members of one name, of which only the last is read";
        found(Err((String::new(), reason.to_owned())));
    }
    Ok(())
}

fn zipped<R: Read + io::Seek>(file: &zip::read::ZipFile<'_, R>) -> Listed {
    const ZSTD: u16 = 93;
    let name = harmless(&zip_name(file.name_raw())).unwrap_or_else(|| "unnamed".to_owned());
    #[expect(deprecated, reason = "a method that is not built in has no other name")]
    let coding = match file.compression() {
        CompressionMethod::Stored => Coding::Stored,
        CompressionMethod::Deflated => Coding::Deflate,
        CompressionMethod::Unsupported(ZSTD) => Coding::Zstd,
        other => return Err((name, format!("it is packed as {other:?}; stored, deflate and zstd are read"))),
    };
    if file.encrypted() {
        return Err((name, "it is encrypted".to_owned()));
    }
    let Some(offset) = file.data_start() else { return Err((name, damaged())) };
    let (stored, size, check) = (file.compressed_size(), file.size(), file.crc32());
    Ok(Member { name, offset, stored, size, coding, check })
}

/// Names are UTF-8, or else, in archives of Russian Windows, code page 866.
fn zip_name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::IBM866.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// The files of a tar archive.
///
/// # Errors
/// Why the archive, from some member on, cannot be read.
pub(crate) fn tar(open: &Open, found: &mut dyn FnMut(Listed) -> bool) -> Result<(), String> {
    let mut archive = tar::Archive::new(BufReader::with_capacity(4096, open.stream(0)));
    let broken = |e: io::Error| format!("the tar archive is damaged or cut off: {}", io_reason(&e));
    for entry in archive.entries_with_seek().map_err(broken)? {
        let entry = entry.map_err(broken)?;
        let kind = entry.header().entry_type();
        if !(kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse()) {
            continue;
        }
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let name = harmless(&path).unwrap_or_else(|| "unnamed".to_owned());
        let (offset, size) = (entry.raw_file_position(), entry.size());
        let listed = if kind.is_gnu_sparse() {
            Err((name, "it is a sparse file, which is not read".to_owned()))
        } else if offset.saturating_add(size) > open.len() {
            Err((name, "it is cut off with the archive".to_owned()))
        } else {
            Ok(Member { name, offset, stored: size, size, coding: Coding::Stored, check: 0 })
        };
        if !found(listed) {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_harmless() {
        for (path, want) in [
            ("a/b.txt", Some("a/b.txt")),
            ("/etc/passwd", Some("etc/passwd")),
            ("../../a.txt", Some("a.txt")),
            ("..\\..\\windows\\a.txt", Some("windows/a.txt")),
            ("C:\\a.txt", Some("a.txt")),
            ("./a//b/../c.txt", Some("a/b/c.txt")),
            ("a\u{0}\nb.txt", Some("a__b.txt")),
            ("..", None),
            ("", None),
        ] {
            assert_eq!(harmless(path).as_deref(), want, "{path}");
        }
    }

    #[test]
    fn a_budget_is_spent_once() {
        let mut budget = Budget::of(0);
        assert!(budget.take(FREE) && !budget.take(1) && budget.left() == 0);
        let mut budget = Budget::of(1_000_000);
        assert!(!budget.take(u64::MAX) && !budget.take(1));
    }
}

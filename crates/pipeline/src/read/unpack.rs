//! Archives and compressed files: what is inside, and how one document of it is unpacked.
//!
//! Nothing is unpacked by name: members are read where they lie, or from nameless temporary files.

use super::store::{Content, Open, Spools, Stream};
use super::{LARGEST, Place, too_large, too_much};
use crate::files::io_reason;
use flate2::Crc;
use flate2::bufread::{DeflateDecoder, GzDecoder, MultiGzDecoder};
use std::collections::BTreeMap;
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
            Ok(file) if file.is_dir() => continue,
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
    if file.is_symlink() {
        return Err((name, "it is a link, and links in zip archives are not followed".to_owned()));
    }
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

/// The files of a tar archive. A link is the file that it leads to, as in a folder.
///
/// # Errors
/// Why the archive, from some member on, cannot be read.
pub(crate) fn tar(open: &Open, found: &mut dyn FnMut(Listed) -> bool) -> Result<(), String> {
    let (mut links, mut goes_on) = (Links::default(), true);
    let read = entries(open, |entry| {
        links.note(entry);
        goes_on = file(entry, open.len()).is_none_or(&mut *found);
        goes_on
    });
    if goes_on {
        links.find(open, found);
    }
    read
}

type Entry<'a> = tar::Entry<'a, BufReader<Stream>>;

/// Go through the members, until one wants no more.
fn entries(open: &Open, mut each: impl FnMut(&Entry<'_>) -> bool) -> Result<(), String> {
    let mut archive = tar::Archive::new(BufReader::with_capacity(4096, open.stream(0)));
    let broken = |e: io::Error| format!("the tar archive is damaged or cut off: {}", io_reason(&e));
    for entry in archive.entries_with_seek().map_err(broken)? {
        if !each(&entry.map_err(broken)?) {
            break;
        }
    }
    Ok(())
}

fn name(entry: &Entry<'_>) -> String {
    harmless(&String::from_utf8_lossy(&entry.path_bytes())).unwrap_or_else(|| "unnamed".to_owned())
}

/// A member of an archive of so many bytes; none when it is no file.
fn file(entry: &Entry<'_>, len: u64) -> Option<Listed> {
    let kind = entry.header().entry_type();
    if !(kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse()) {
        return None;
    }
    let (name, offset, size) = (name(entry), entry.raw_file_position(), entry.size());
    Some(if kind.is_gnu_sparse() {
        Err((name, "it is a sparse file, which is not read".to_owned()))
    } else if offset.saturating_add(size) > len {
        Err((name, "it is cut off with the archive".to_owned()))
    } else {
        Ok(Member { name, offset, stored: size, size, coding: Coding::Stored, check: 0 })
    })
}

/// The links of a tar archive: their names, by what they lead to.
#[derive(Debug, Default)]
struct Links(BTreeMap<String, Vec<String>>);

impl Links {
    /// Note a member if it is a link.
    fn note(&mut self, entry: &Entry<'_>) {
        let kind = entry.header().entry_type();
        if !(kind.is_hard_link() || kind.is_symlink()) {
            return;
        }
        let name = name(entry);
        // A hard link names a member; a symbolic one leads on from the folder that it is in.
        let base = if kind.is_hard_link() { "" } else { folder(&name) };
        let target = entry.link_name_bytes().unwrap_or_default();
        self.0.entry(resolved(base, &String::from_utf8_lossy(&target))).or_default().push(name);
    }

    /// Hand over each link as the file that it leads to, or as one that leads nowhere. What is in a folder has a place of its
    /// own, so that of links to folders nothing is lost.
    fn find(mut self, open: &Open, found: &mut dyn FnMut(Listed) -> bool) {
        if self.0.is_empty() {
            return;
        }
        // All of them come to no more than what an archive may unpack to.
        let mut budget = Budget::of(open.len());
        // That the archive is damaged was told before.
        let _ = entries(open, |entry| {
            let (target, is_folder) = (file(entry, open.len()), entry.header().entry_type().is_dir());
            let is_wanted = is_folder || target.is_some();
            let links = is_wanted.then(|| self.0.remove(&name(entry))).flatten().unwrap_or_default();
            let mut pairs = target.iter().flat_map(|file| links.iter().map(move |link| (file, link)));
            pairs.all(|(file, link)| found(linked(link.clone(), file, &mut budget)))
        });
        for (target, links) in self.0 {
            let reason = format!("it is a link to {target}, which is not in the archive");
            for link in links {
                found(Err((link, reason.clone())));
            }
        }
    }
}

/// A link as the file that it leads to.
fn linked(link: String, target: &Listed, budget: &mut Budget) -> Listed {
    match target {
        Ok(file) if budget.take(file.size) => Ok(Member { name: link, ..file.clone() }),
        Ok(_) => Err((link, "with it the links of the archive come to too much for its size".to_owned())),
        Err((_, reason)) => Err((link, reason.clone())),
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Where a path leads from a folder of an archive; never out of the archive.
fn resolved(folder: &str, path: &str) -> String {
    // What was packed by absolute paths stands in the archive without their first `/`.
    let folder = if path.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    harmless(&parts.join("/")).unwrap_or_default()
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
    fn links_lead_to_members() {
        for (folder, path, want) in [
            ("", "a.txt", "a.txt"),
            ("news/may", "1.txt", "news/may/1.txt"),
            ("news/may", "../june/./1.txt", "news/june/1.txt"),
            ("news", "../../../etc/passwd", "etc/passwd"),
            ("news", "/may/1.txt", "may/1.txt"),
            ("news", "..", ""),
        ] {
            assert_eq!(resolved(folder, path), want, "{path}");
        }
    }

    #[test]
    fn links_may_not_multiply_an_archive() {
        let file = Member {
            name: "a.txt".into(),
            offset: 512,
            stored: FREE,
            size: FREE,
            coding: Coding::Stored,
            check: 0,
        };
        let (target, mut budget) = (Ok(file), Budget::of(0));
        assert_eq!(linked("b.txt".into(), &target, &mut budget).unwrap().name, "b.txt");
        assert!(linked("c.txt".into(), &target, &mut budget).unwrap_err().1.contains("too much"));
    }

    #[test]
    fn a_budget_is_spent_once() {
        let mut budget = Budget::of(0);
        assert!(budget.take(FREE) && !budget.take(1) && budget.left() == 0);
        let mut budget = Budget::of(1_000_000);
        assert!(!budget.take(u64::MAX) && !budget.take(1));
    }
}

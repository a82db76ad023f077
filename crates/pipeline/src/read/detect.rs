//! What a file is: by its name, and by how it begins.

use crate::config::Format;

/// How the text of a document stands in its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// A JSON object.
    Json,
    /// A row of a CSV file.
    Csv,
    /// A WARC record.
    Warc,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One document.
    Document(Kind),
    /// JSON, one record a line or one in all.
    JsonLines,
    /// Rows with a header, cut by commas, semicolons or tabs.
    Csv,
    Parquet,
    Warc,
    Zip,
    Tar,
    Gzip,
    Zstd,
    /// No text, and why.
    Useless(&'static str),
}

/// Bytes of the beginning that [`shape`] wants.
pub(crate) const HEAD: u64 = 1024;

/// What a name says; none when it says nothing.
pub(crate) fn by_name(name: &str) -> Option<Shape> {
    let (_, end) = name.rsplit_once('.')?;
    Some(match end.to_ascii_lowercase().as_str() {
        "txt" | "text" | "md" => Shape::Document(Kind::Text),
        "html" | "htm" | "xhtml" | "shtml" => Shape::Document(Kind::Html),
        "jsonl" | "ndjson" | "jsonlines" | "json" => Shape::JsonLines,
        "csv" | "tsv" | "tab" => Shape::Csv,
        "parquet" | "pq" => Shape::Parquet,
        "warc" => Shape::Warc,
        "zip" => Shape::Zip,
        "tar" => Shape::Tar,
        "gz" | "tgz" => Shape::Gzip,
        "zst" | "zstd" | "tzst" => Shape::Zstd,
        "docx" | "odt" | "rtf" | "pptx" | "xlsx" | "ods" | "epub" => {
            Shape::Useless("it is an office document: save it as text, HTML or CSV")
        }
        _ => return None,
    })
}

/// The name without the ending of its compression: `a.tar` for `a.tgz`.
pub(crate) fn unpacked_name(name: &str) -> String {
    let Some((stem, end)) = name.rsplit_once('.') else { return name.to_owned() };
    match end.to_ascii_lowercase().as_str() {
        "gz" | "zst" | "zstd" => stem.to_owned(),
        "tgz" | "tzst" => format!("{stem}.tar"),
        _ => name.to_owned(),
    }
}

/// What a file is, by the format that was asked for, its name and its first [`HEAD`] bytes.
///
/// Compressions, archives and Parquet are known by their marks, whatever the name; texts by their names, else by how
/// they look.
pub(crate) fn shape(name: &str, head: &[u8], format: Format) -> Shape {
    let marked = by_mark(head);
    if let Some(shape @ (Shape::Gzip | Shape::Zstd | Shape::Zip | Shape::Tar)) = marked {
        let is_office = |s: &Shape| matches!(s, Shape::Useless(_));
        return by_name(name).filter(is_office).unwrap_or(shape);
    }
    if let Some(shape) = asked(format) {
        return shape;
    }
    let named = by_name(name);
    match (named, marked) {
        // Tar archives of the first kind have no mark.
        (Some(Shape::Tar), None) if head.len() >= 512 => Shape::Tar,
        (_, Some(shape)) => shape,
        (Some(Shape::Document(_) | Shape::JsonLines | Shape::Csv | Shape::Useless(_)), None) => {
            named.unwrap_or(Shape::Document(Kind::Text))
        }
        (Some(_), None) if !head.is_empty() => {
            Shape::Useless("it is not what its name says: the mark of that format is missing")
        }
        _ => by_look(head),
    }
}

fn asked(format: Format) -> Option<Shape> {
    Some(match format {
        Format::Auto => return None,
        Format::Txt => Shape::Document(Kind::Text),
        Format::Html => Shape::Document(Kind::Html),
        Format::Jsonl => Shape::JsonLines,
        Format::Csv => Shape::Csv,
        Format::Parquet => Shape::Parquet,
        Format::Warc => Shape::Warc,
    })
}

/// Formats that begin with bytes no text begins with.
fn by_mark(head: &[u8]) -> Option<Shape> {
    const MARKS: [(&[u8], Shape); 21] = [
        (b"\x1f\x8b", Shape::Gzip),
        (b"\x28\xb5\x2f\xfd", Shape::Zstd),
        (b"PK\x03\x04", Shape::Zip),
        (b"PK\x05\x06", Shape::Zip),
        (b"PAR1", Shape::Parquet),
        (b"WARC/", Shape::Warc),
        (b"%PDF-", Shape::Useless("it is a PDF: convert it to text first")),
        (b"{\\rtf", Shape::Useless("it is a rich text document: save it as text or HTML")),
        (b"\xd0\xcf\x11\xe0", Shape::Useless("it is an old office document: save it as text or HTML")),
        (b"BZh", Shape::Useless("it is compressed with bzip2: decompress it; gzip and zstd are read")),
        (b"\xfd7zXZ", Shape::Useless("it is compressed with xz: decompress it; gzip and zstd are read")),
        (b"7z\xbc\xaf", Shape::Useless("it is a 7z archive: unpack it; zip and tar are read")),
        (b"Rar!", Shape::Useless("it is a RAR archive: unpack it; zip and tar are read")),
        (b"\x89PNG", Shape::Useless("it is a picture, not text")),
        (b"\xff\xd8\xff", Shape::Useless("it is a picture, not text")),
        (b"GIF8", Shape::Useless("it is a picture, not text")),
        (b"RIFF", Shape::Useless("it is a picture, sound or film, not text")),
        (b"OggS", Shape::Useless("it is sound, not text")),
        (b"\x7fELF", Shape::Useless("it is a program, not text")),
        (b"MZ\x90", Shape::Useless("it is a program, not text")),
        (b"SQLite format 3", Shape::Useless("it is a database: export its table as CSV")),
    ];
    let known = MARKS.iter().find(|(mark, _)| head.starts_with(mark)).map(|(_, shape)| *shape);
    let is_tar = || head.get(257..262).is_some_and(|mark| mark == b"ustar");
    known.or_else(|| is_tar().then_some(Shape::Tar))
}

/// Why these bytes are no text, if they have a mark that says so.
pub(crate) fn why_useless(bytes: &[u8]) -> Option<String> {
    Some(match by_mark(bytes)? {
        Shape::Useless(reason) => reason.to_owned(),
        Shape::Gzip | Shape::Zstd => "it is compressed, and its name does not say so: rename it".to_owned(),
        Shape::Zip | Shape::Tar => "it is an archive, and its name does not say so: rename it".to_owned(),
        Shape::Parquet => "it is a Parquet file, and its name does not say so: rename it".to_owned(),
        _ => return None,
    })
}

fn by_look(head: &[u8]) -> Shape {
    if looks_like_json(head) {
        Shape::JsonLines
    } else if looks_like_html(head) {
        Shape::Document(Kind::Html)
    } else {
        Shape::Document(Kind::Text)
    }
}

/// `{ "`: the beginning of a JSON object, or of a list of them.
fn looks_like_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let bytes = bytes.strip_prefix(b"[").unwrap_or(bytes);
    let inside = bytes.trim_ascii_start().strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    inside.is_some_and(|rest| rest.starts_with(b"\"") || rest.starts_with(b"}"))
}

/// `<!doctype html` or `<html`, perhaps after comments and an XML prolog.
pub(crate) fn looks_like_html(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if !bytes.starts_with(b"<") {
        return false;
    }
    let head = bytes.get(..bytes.len().min(HEAD as usize)).unwrap_or_default().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| {
        let at = head.windows(tag.len()).position(|w| w == tag.as_bytes());
        at.is_some_and(|at| at == 0 || matches!(head.get(..2), Some(b"<?" | b"<!")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, head: &[u8], want: Shape) {
        assert_eq!(shape(name, head, Format::Auto), want, "{name}");
    }

    #[test]
    fn files_are_known_by_mark_name_and_look() {
        check("a.txt", b"{\"text\":1}", Shape::Document(Kind::Text));
        check("a.jsonl", b"\x1f\x8b\x08", Shape::Gzip);
        check("page.php", b"<!DOCTYPE html><p>", Shape::Document(Kind::Html));
        check("page", b"<?xml version='1.0'?>\n<html>", Shape::Document(Kind::Html));
        check("stdin", b" {\"text\":1}", Shape::JsonLines);
        check("stdin", b"{braces} in a text", Shape::Document(Kind::Text));
        check("a.parquet", b"PAR1", Shape::Parquet);
        check("a.CSV", b"text\n", Shape::Csv);
        check("a.docx", b"PK\x03\x04", by_name("a.docx").unwrap());
        check("a.dat", b"PK\x03\x04", Shape::Zip);
        assert!(
            matches!(shape("a.gz", b"no gzip", Format::Auto), Shape::Useless(why) if why.contains("mark"))
        );
        assert!(matches!(shape("a", b"%PDF-1.4", Format::Auto), Shape::Useless(why) if why.contains("PDF")));
    }

    #[test]
    fn a_format_asked_for_wins_over_names_but_not_over_compression() {
        assert_eq!(shape("a.csv", b"{}", Format::Txt), Shape::Document(Kind::Text));
        assert_eq!(shape("a.txt", b"\x1f\x8b", Format::Txt), Shape::Gzip);
    }

    #[test]
    fn compressions_leave_the_name() {
        assert_eq!([unpacked_name("a.tgz"), unpacked_name("a.csv.ZST")], ["a.tar", "a.csv"]);
    }
}

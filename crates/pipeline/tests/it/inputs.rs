//! Every kind of input, whole and broken, alone and mixed.

use arrow::array::{
    ArrayRef, BinaryArray, Int64Array, RecordBatch, StringArray, StringViewArray, TimestampMicrosecondArray,
};
use arrow::datatypes::{DataType, Int32Type};
use decalque_pipeline::{Config, Error, Explained, Format, Input, Quiet, explain, run, survey};
use parquet::arrow::ArrowWriter;
use proptest::prelude::*;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

type Files<'a> = &'a [(&'a str, Vec<u8>)];

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

fn zip_of(files: Files, method: CompressionMethod) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        out.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn deflated(files: Files) -> Vec<u8> {
    zip_of(files, CompressionMethod::Deflated)
}

fn tar_of(files: Files) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        // The library refuses to write `..`; those who mean harm do not.
        let field = &mut header.as_gnu_mut().unwrap().name;
        field[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        out.append(&header, bytes.as_slice()).unwrap();
    }
    out.into_inner().unwrap()
}

fn warc_record(kind: &str, mime: &str, id: &str, block: &str) -> Vec<u8> {
    let length = block.len();
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Date: 2021-03-04T05:06:07Z\r\n\
         WARC-Target-URI: https://example.org/{id}\r\nContent-Type: {mime}\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
    )
    .into_bytes()
}

fn response(id: &str, head: &str, body: &str) -> Vec<u8> {
    let block = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{body}");
    warc_record("response", "application/http; msgtype=response", id, &block)
}

fn warc_records() -> Vec<Vec<u8>> {
    vec![
        warc_record("warcinfo", "application/warc-fields", "w", "software: own"),
        response(
            "page",
            "Content-Type: text/html; charset=utf-8",
            "<html><body><p>A page.</p></body></html>",
        ),
        response(
            "chunks",
            "Content-Type: text/plain\r\nTransfer-Encoding: chunked",
            "4\r\nIn c\r\n5\r\nhunks\r\n0\r\n\r\n",
        ),
        response("picture", "Content-Type: image/png", "\u{1}"),
        warc_record("request", "application/http; msgtype=request", "r", "GET / HTTP/1.1\r\n\r\n"),
        warc_record("conversion", "text/plain", "text", "Plain text."),
    ]
}

fn parquet_of(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut out = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut out, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    out
}

fn folder(files: Files) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn told(dir: &Path, config: &Config) -> Vec<Explained> {
    explain(&[Input::Path(dir.to_owned())], config).unwrap()
}

/// What is read of files: ids with texts, or parts of reasons.
fn check_with(files: Files, config: &Config, want: &[(&str, Result<&str, &str>)]) -> Vec<Explained> {
    let dir = folder(files);
    let got = told(dir.path(), config);
    let ids: Vec<_> = got.iter().map(|t| t.source.doc_id.as_str()).collect();
    let reasons: Vec<_> = got.iter().filter(|t| !t.source.is_ok).map(|t| &t.source.reason).collect();
    assert_eq!(ids, want.iter().map(|w| w.0).collect::<Vec<_>>(), "{reasons:?}");
    for (t, (id, says)) in got.iter().zip(want) {
        let reason = t.source.reason.as_deref().unwrap_or_default();
        match says {
            Ok(text) => {
                assert_eq!((t.source.raw_text.as_str(), t.source.is_ok), (*text, true), "{id}: {reason}");
            }
            Err(part) => assert!(!t.source.is_ok && reason.contains(part), "{id}: {reason}"),
        }
    }
    got
}

fn check(files: Files, want: &[(&str, Result<&str, &str>)]) -> Vec<Explained> {
    check_with(files, &Config::default(), want)
}

fn text(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

#[test]
fn archives_are_read_member_by_member() {
    let files = [
        ("a.txt", text("One.")),
        ("sub/b.html", text("<html><body><p>Two.</p></body></html>")),
        ("sub/c.jsonl", text("{\"id\":\"x\",\"text\":\"Three.\"}\n{\"text\":\"Four.\"}\n")),
        ("d.csv.gz", gz(b"id,text\n7,Five.\n")),
        ("noname", text("Six.")),
        ("p.png", text("\u{89}PNG")),
        (".hidden", text("Not read.")),
    ];
    let want = |archive: &str| {
        [
            ("a.txt", Ok("One.")),
            ("d.csv.gz#7", Ok("Five.")),
            ("noname", Ok("Six.")),
            ("p.png", Ok("\u{89}PNG")),
            ("sub/b.html", Ok("Two.")),
            ("sub/c.jsonl#L2", Ok("Four.")),
            ("sub/c.jsonl#x", Ok("Three.")),
        ]
        .map(|(id, says)| (format!("{archive}/{id}"), says))
    };
    for (name, bytes) in [
        ("a.zip", deflated(&files)),
        ("a.zip", zip_of(&files, CompressionMethod::Stored)),
        ("a.tar", tar_of(&files)),
        ("a.tgz", gz(&tar_of(&files))),
        ("a.tar.zst", zst(&tar_of(&files))),
        ("archive", deflated(&files)),
    ] {
        let want = want(name);
        let want: Vec<_> = want.iter().map(|(id, says)| (id.as_str(), *says)).collect();
        check(&[(name, bytes)], &want);
    }
}

#[test]
fn archives_inside_archives() {
    let inner = tar_of(&[("t/a.txt", text("Deep."))]);
    let outer = deflated(&[("x/inner.tar.gz", gz(&inner)), ("x/plain.tar", inner)]);
    check(
        &[("o.zip", outer)],
        &[("o.zip/x/inner.tar.gz/t/a.txt", Ok("Deep.")), ("o.zip/x/plain.tar/t/a.txt", Ok("Deep."))],
    );
    let mut bytes = text("Too deep.");
    for _ in 0..6 {
        bytes = gz(&bytes);
    }
    check(&[("a.txt.gz", bytes)], &[("a.txt.gz", Err("more than 4 times"))]);
}

#[test]
fn names_in_archives_lead_nowhere() {
    let files = [("../../up.txt", text("Up.")), ("/root.txt", text("Root."))];
    for (name, bytes) in [("a.tar", tar_of(&files)), ("a.zip", deflated(&files))] {
        let (root, up) = (format!("{name}/root.txt"), format!("{name}/up.txt"));
        check(&[(name, bytes)], &[(&root, Ok("Root.")), (&up, Ok("Up."))]);
    }
}

#[test]
fn links_in_archives_are_what_they_lead_to() {
    use tar::EntryType::{Directory, Link, Regular, Symlink};
    let mut out = tar::Builder::new(Vec::new());
    for (kind, name, says) in [
        (Symlink, "before.txt", "may/1.txt"),
        (Directory, "may/", ""),
        (Regular, "may/1.txt", "One."),
        (Link, "hard.txt", "may/1.txt"),
        (Symlink, "june/1.txt", "../may/./1.txt"),
        (Symlink, "out.txt", "/etc/passwd"),
        (Symlink, "self.txt", "self.txt"),
        (Symlink, "latest", "may"),
        (Symlink, "nowhere", "june"),
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_mode(0o644);
        let bytes = if kind == Regular { says } else { "" };
        header.set_size(bytes.len() as u64);
        if matches!(kind, Regular | Directory) {
            out.append_data(&mut header, name, bytes.as_bytes()).unwrap();
        } else {
            out.append_link(&mut header, name, says).unwrap();
        }
    }
    check(
        &[("a.tar", out.into_inner().unwrap())],
        &[
            ("a.tar/before.txt", Ok("One.")),
            ("a.tar/hard.txt", Ok("One.")),
            ("a.tar/june/1.txt", Ok("One.")),
            ("a.tar/may/1.txt", Ok("One.")),
            ("a.tar/nowhere", Err("a link to june, which is not in the archive")),
            ("a.tar/out.txt", Err("a link to etc/passwd, which")),
            ("a.tar/self.txt", Err("a link to self.txt, which")),
        ],
    );
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    out.add_symlink("b.txt", "a.txt", SimpleFileOptions::default()).unwrap();
    let bytes = out.finish().unwrap().into_inner();
    check(&[("a.zip", bytes)], &[("a.zip/b.txt", Err("links in zip archives are not followed"))]);
}

#[test]
fn compressed_files_of_every_kind() {
    check(
        &[
            ("a.txt.gz", gz(b"One.")),
            ("b.jsonl.zst", zst(b"{\"id\":1,\"text\":\"Two.\"}")),
            ("c.html.gz", gz(b"<html><body><p>Three.</p></body></html>")),
            // Two gzip streams, one after the other, are one file.
            ("d.txt.gz", [gz(b"Four "), gz(b"and five.")].concat()),
            // A name that does not tell.
            ("e.dat", gz(b"Six.")),
        ],
        &[
            ("a.txt.gz", Ok("One.")),
            ("b.jsonl.zst#1", Ok("Two.")),
            ("c.html.gz", Ok("Three.")),
            ("d.txt.gz", Ok("Four and five.")),
            ("e.dat", Ok("Six.")),
        ],
    );
}

#[test]
fn web_archives() {
    let records = warc_records();
    let apart = records.iter().map(|r| gz(r)).collect::<Vec<_>>().concat();
    for (name, bytes) in [
        ("a.warc", records.concat()),
        ("a.warc.gz", apart),
        ("a.warc.gz", gz(&records.concat())),
        ("a.warc.zst", zst(&records.concat())),
    ] {
        let ids = ["chunks", "page", "text"].map(|id| format!("{name}#{id}"));
        let says = [Ok("In chunks"), Ok("A page."), Ok("Plain text.")];
        let want: Vec<_> = ids.iter().map(String::as_str).zip(says).collect();
        let got = check(&[(name, bytes)], &want);
        assert!(got[1].source.metadata.as_ref().unwrap().contains("\"warc_date\":\"2021-03-04T05:06:07Z\""));
    }
}

#[test]
fn parquet_of_every_kind_of_string() {
    let texts = ["One.", "Two."];
    let plain: ArrayRef = Arc::new(StringArray::from(texts.to_vec()));
    let view: ArrayRef = Arc::new(StringViewArray::from(texts.to_vec()));
    let large = arrow::compute::cast(&plain, &DataType::LargeUtf8).unwrap();
    let keys = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let dictionary = arrow::compute::cast(&plain, &keys).unwrap();
    assert!(dictionary.as_any().is::<arrow::array::DictionaryArray<Int32Type>>());
    let ids: ArrayRef = Arc::new(Int64Array::from(vec![Some(7), None]));
    let titles: ArrayRef = Arc::new(StringArray::from(vec![Some("A title"), None]));
    for column in [plain, view, large, dictionary] {
        let bytes = parquet_of(vec![("Text", column), ("id", ids.clone()), ("note", titles.clone())]);
        let got =
            check(&[("a.parquet", bytes)], &[("a.parquet#7", Ok("One.")), ("a.parquet#R2", Ok("Two."))]);
        assert_eq!(got[0].source.metadata.as_deref(), Some("{\"note\":\"A title\"}"));
    }
    let bytes = parquet_of(vec![("words", ids)]);
    check(&[("a.parquet", bytes)], &[("a.parquet", Err("its columns are words"))]);
}

#[test]
fn encodings_are_found_out_and_recorded() {
    let russian =
        "Министр иностранных дел России заявил в четверг, что переговоры продолжатся на следующей неделе.";
    let cyrillic = |s: &str| encoding_rs::WINDOWS_1251.encode(s).0.into_owned();
    let utf16 = |s: &str| {
        [0xfeff].into_iter().chain(s.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    };
    let line = format!("{{\"id\":\"x\",\"text\":\"{russian}\"}}\n");
    let table = format!("id;text\r\n1;\"{russian}\"\r\n");
    let got = check(
        &[
            ("a.txt", cyrillic(russian)),
            ("b.csv", cyrillic(&table)),
            ("c.jsonl", utf16(&line)),
            ("d.csv", utf16(&table)),
        ],
        &[
            ("a.txt", Ok(russian)),
            ("b.csv#1", Ok(russian)),
            ("c.jsonl#x", Ok(russian)),
            ("d.csv#1", Ok(russian)),
        ],
    );
    let encodings: Vec<_> = got.iter().map(|t| t.source.encoding).collect();
    assert_eq!(encodings, ["windows-1251", "windows-1251", "utf-16le", "utf-16le"]);
    assert!(got.iter().all(|t| t.source.reason.as_ref().unwrap().contains("decoded from")));
}

#[test]
fn columns_can_be_named() {
    let config = Config {
        text_column: "Body".into(),
        id_column: "url".into(),
        date_column: "day".into(),
        ..Config::default()
    };
    let column = |values: [&str; 1]| -> ArrayRef { Arc::new(StringArray::from(values.to_vec())) };
    let rows = vec![("body", column(["Three."])), ("url", column(["c"])), ("day", column(["2016-02-25"]))];
    check_with(
        &[
            ("a.jsonl", text("{\"url\":\"a\",\"body\":\"One.\",\"day\":\"2016-02-25\"}")),
            ("b.csv", text("day,url,BODY\n2016-02-25,b,Two.\n")),
            ("c.parquet", parquet_of(rows)),
        ],
        &config,
        &[("a.jsonl#a", Ok("One.")), ("b.csv#b", Ok("Two.")), ("c.parquet#c", Ok("Three."))],
    );
}

#[test]
fn a_column_that_was_named_has_to_be_there() {
    let config = Config { id_column: "nope".into(), ..Config::default() };
    let why = "no column nope; its columns are id, text: name the one with the id with --id-column";
    check_with(&[("a.csv", text("id,text\n1,One.\n"))], &config, &[("a.csv", Err(why))]);
    let config = Config { date_column: "day".into(), ..Config::default() };
    check_with(&[("a.csv", text("text\nOne.\n"))], &config, &[("a.csv", Err("with --date-column"))]);
    check(&[("a.csv", text("text\nOne.\n"))], &[("a.csv#R1", Ok("One."))]);
}

#[test]
fn patterns_choose_files_and_members() {
    let files = [("a.txt", text("One.")), ("b.html", text("<html><p>No.")), ("old/c.txt", text("No."))];
    let config = Config { include: vec!["*.txt".into()], exclude: vec!["old".into()], ..Config::default() };
    let all = [files.as_slice(), &[("d.zip", deflated(&files))]].concat();
    check_with(&all, &config, &[("a.txt", Ok("One.")), ("d.zip/a.txt", Ok("One."))]);
    let bad = Config { include: vec!["a[".into()], ..Config::default() };
    assert!(bad.check().unwrap_err().to_string().contains("a["));
}

#[test]
fn what_is_broken_says_why() {
    let cut = |bytes: Vec<u8>| bytes[..bytes.len() * 2 / 3].to_vec();
    let long = text(&"Many different words stand here, 1 2 3 4 5 6 7 8 9. ".repeat(40));
    let column: ArrayRef = Arc::new(StringArray::from(vec!["One."]));
    check(
        &[
            ("a.gz", text("no gzip")),
            ("b.txt.gz", cut(gz(&long))),
            ("c.zst", cut(zst(&long))),
            ("d.zip", cut(deflated(&[("a.txt", long.clone())]))),
            ("e.parquet", cut(parquet_of(vec![("text", column)]))),
            ("f.parquet", text("PAR1")),
            ("g.csv", text("a,b\n")),
            ("h.csv", Vec::new()),
            ("h2.csv", text("id,text\n")),
            ("i.pdf", text("%PDF-1.7 ...")),
            ("j.docx", deflated(&[("word/document.xml", text("x"))])),
            ("k.html", text("<html><body></body></html>")),
            ("l.html", text(&"<div>".repeat(100_000))),
            ("m.json", text("{}")),
            ("n.warc", text("WARC/1.0\r\nContent-Length: 9\r\n\r\nshort")),
            ("o.exe", b"MZ\x90\x00\x03".to_vec()),
            ("p.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".to_vec()),
        ],
        &[
            ("a.gz", Err("not what its name says")),
            ("b.txt.gz", Err("cut off")),
            ("c.zst", Err("cut off")),
            ("d.zip", Err("zip archive cannot be read")),
            ("e.parquet", Err("Parquet file cannot be read")),
            ("f.parquet", Err("Parquet file cannot be read")),
            ("g.csv", Err("no column text; its columns are a, b")),
            ("h.csv", Err("no rows")),
            ("h2.csv", Err("no rows")),
            ("i.pdf", Err("PDF")),
            ("j.docx", Err("office document")),
            ("k.html", Err("no text")),
            ("l.html", Err("nested")),
            ("m.json#L1", Err("no text")),
            ("n.warc#R1", Err("cut off")),
            ("o.exe", Err("program")),
            ("p.txt", Err("picture")),
        ],
    );
}

#[test]
fn a_quotation_mark_that_is_never_closed_takes_no_rows_along_unseen() {
    let fine = "id,text\n1,\"One,\ntwo.\"\n2,\"A \"\"3\"\" disk.\"\n3,A 5\" pipe.\n4,A 5\" end.";
    check(
        &[
            ("a.csv", text("id,text\n1,One.\n2,\"Two.\n3,Three.\n4,Four.\n")),
            ("b.csv", text(fine)),
            ("c.csv", text("id,text\r\n1,One.\r\n\r\n2,A 5\" end.")),
            ("d.csv", text("id,text\r\n1,One.\r\n2,\"Two.\r\n3,Three.")),
        ],
        &[
            ("a.csv#1", Ok("One.")),
            ("a.csv#2", Err("on line 3 has a quotation mark that is never closed, and takes in all lines")),
            ("b.csv#1", Ok("One,\ntwo.")),
            ("b.csv#2", Ok("A \"3\" disk.")),
            ("b.csv#3", Ok("A 5\" pipe.")),
            ("b.csv#4", Ok("A 5\" end.")),
            ("c.csv#1", Ok("One.")),
            ("c.csv#2", Ok("A 5\" end.")),
            ("d.csv#1", Ok("One.")),
            ("d.csv#2", Err("on line 3 has a quotation mark")),
        ],
    );
}

#[test]
fn rows_with_times_of_any_zone_are_read() {
    let words: ArrayRef = Arc::new(StringArray::from(vec!["One."]));
    for zone in ["UTC", "Europe/Moscow", "+03:00"] {
        let times = TimestampMicrosecondArray::from(vec![1_456_394_400_000_000]).with_timezone(zone);
        let bytes = parquet_of(vec![("text", words.clone()), ("date", Arc::new(times))]);
        check(&[("a.parquet", bytes)], &[("a.parquet#R1", Ok("One."))]);
    }
}

#[test]
fn what_holds_nothing_is_told() {
    let none: ArrayRef = Arc::new(StringArray::from(Vec::<&str>::new()));
    let only_hidden = tar_of(&[(".hidden", text("Not read."))]);
    let files = [
        ("a.zip", deflated(&[])),
        ("b.tar", vec![0; 1024]),
        ("c.jsonl", text("\n\n")),
        ("d.parquet", parquet_of(vec![("text", none)])),
        ("e.tar", only_hidden),
        ("f.zip", deflated(&[("in.zip", deflated(&[]))])),
        ("g.txt", text("One.")),
    ];
    let nothing = Err("no document");
    let want = [
        ("a.zip", nothing),
        ("b.tar", nothing),
        ("c.jsonl", Err("no records")),
        ("d.parquet", Err("no records")),
        ("f.zip/in.zip", nothing),
        ("g.txt", Ok("One.")),
    ];
    check(&files, &want);
}

#[test]
fn bytes_are_no_text() {
    let column: ArrayRef = Arc::new(BinaryArray::from(vec![&b"One."[..]]));
    check(
        &[("a.parquet", parquet_of(vec![("text", column)]))],
        &[("a.parquet", Err("its column text holds Binary: cast it to a string"))],
    );
}

#[test]
fn a_cut_archive_gives_what_is_whole() {
    let files = [("a.txt", text("One.")), ("b.txt", text(&"Two. ".repeat(400)))];
    let bytes = tar_of(&files);
    check(
        &[("a.tar", bytes[..2000].to_vec())],
        &[("a.tar/a.txt", Ok("One.")), ("a.tar/b.txt", Err("cut off"))],
    );
    let records = warc_records();
    let whole: Vec<u8> = records[..2].iter().flat_map(|r| gz(r)).collect();
    let cut = gz(&records[5]);
    let bytes = [whole, cut[..cut.len() / 2].to_vec()].concat();
    check(&[("a.warc.gz", bytes)], &[("a.warc.gz#R3", Err("cut off")), ("a.warc.gz#page", Ok("A page."))]);
}

#[test]
fn a_damaged_member_is_rejected_and_the_others_are_read() {
    let mut bytes = zip_of(&[("a.txt", text("One.")), ("b.txt", text("Two."))], CompressionMethod::Stored);
    let at = bytes.windows(4).position(|w| w == b"Two.").unwrap();
    bytes[at] = b'X';
    check(&[("a.zip", bytes)], &[("a.zip/a.txt", Ok("One.")), ("a.zip/b.txt", Err("checksum"))]);
}

#[test]
fn ids_twice_in_one_file_and_in_one_archive() {
    check(
        &[("a.csv", text("id,text\n1,One.\n1,Two.\n"))],
        &[("a.csv#1", Ok("One.")), ("a.csv#1~2", Err("taken"))],
    );
    let files = [("../a.txt", text("One.")), ("a.txt", text("Two.")), ("./a.txt", text("Three."))];
    check(
        &[("a.tar", tar_of(&files))],
        &[("a.tar/a.txt", Ok("One.")), ("a.tar/a.txt~2", Err("taken")), ("a.tar/a.txt~3", Err("taken"))],
    );
}

#[test]
fn what_unpacks_to_too_much_is_rejected() {
    let bomb = zstd::encode_all(std::io::repeat(b' ').take(300_000_000), 1).unwrap();
    assert!(bomb.len() < 100_000);
    check(&[("a.txt.zst", bomb)], &[("a.txt.zst", Err("unpacks to more than"))]);
    // An archive that says so itself is not unpacked at all: the sizes in its directory are set to 3 GB.
    let mut bytes = deflated(&[("a.txt", text(&"One. ".repeat(50))), ("b.txt", text("Two."))]);
    let directory = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    bytes[directory + 24..directory + 28].copy_from_slice(&3_000_000_000u32.to_le_bytes());
    check(&[("a.zip", bytes.clone())], &[("a.zip/a.txt", Err("too much for its size"))]);
    // One that lies is found out when it is read.
    bytes[directory + 24..directory + 28].copy_from_slice(&10u32.to_le_bytes());
    check(
        &[("a.zip", bytes)],
        &[("a.zip/a.txt", Err("size that the archive gives")), ("a.zip/b.txt", Ok("Two."))],
    );
}

#[test]
fn documents_have_a_limit() {
    let dir = tempfile::tempdir().unwrap();
    fs::File::create(dir.path().join("huge.txt")).unwrap().set_len(500_000_000).unwrap();
    let got = told(dir.path(), &Config::default());
    assert!(got[0].source.reason.as_ref().unwrap().contains("500000000 bytes; the limit is 400000000"));
    fs::write(dir.path().join("large.txt"), "A long document. ".repeat(45_000_000 / 17)).unwrap();
    let read = survey(&[Input::Path(dir.path().to_owned())], &Config::default()).unwrap();
    assert_eq!((read.documents, read.rejected), (1, 1));
}

#[test]
fn a_temporary_folder_that_is_too_small_ends_the_run_before_any_work() {
    let dir = folder(&[("a.txt.gz", gz(b"One."))]);
    let config = Config { temp_gb: 0, ..Config::default() };
    let error = explain(&[Input::Path(dir.path().to_owned())], &config).unwrap_err();
    assert!(matches!(error, Error::Unpack { .. }) && error.to_string().contains("--temp-gb"), "{error}");
    let config = Config { temp_dir: Some(dir.path().join("gone")), ..Config::default() };
    let error = explain(&[Input::Path(dir.path().to_owned())], &config).unwrap_err();
    assert!(error.to_string().contains("gone"), "{error}");
}

/// One folder with everything, the broken as well.
fn mixed() -> Vec<(&'static str, Vec<u8>)> {
    let said = "“We will not leave,” said Sands. The spokesman, Dmitry Peskov, added nothing.";
    let column: ArrayRef = Arc::new(StringArray::from(vec![said, "The Russian foreign Minister left."]));
    let page =
        format!("<html><head><title>T</title></head><body><article><p>{said}</p></article></body></html>");
    let line = serde_json::json!({ "id": "j", "text": said }).to_string();
    let csv = format!("id,text\nr,\"{said}\"\n");
    let inner = [("a.txt", text(said)), ("b.html", text(&page)), ("c.jsonl", text(&line))];
    vec![
        ("a.txt", text(said)),
        ("b.html", text(&page)),
        ("c.jsonl", text(&line)),
        ("d.csv", text(&csv)),
        ("e.parquet", parquet_of(vec![("text", column)])),
        ("f.warc.gz", warc_records().iter().flat_map(|r| gz(r)).collect()),
        ("g.zip", deflated(&inner)),
        ("h.tar.zst", zst(&tar_of(&inner))),
        ("i.csv.gz", gz(csv.as_bytes())),
        (
            "j.txt",
            encoding_rs::WINDOWS_1251
                .encode("Министр иностранных дел России заявил об этом в четверг.")
                .0
                .into_owned(),
        ),
        ("k.gz", text("broken")),
        ("l.png", b"\x89PNG\r\n".to_vec()),
        ("m.json", text("{\n \"id\": 5,\n \"text\": \"One object.\"\n}\n")),
    ]
}

fn tables(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    all.retain(|p| p.extension().is_some_and(|e| e == "parquet"));
    all.sort();
    all.iter()
        .map(|p| (p.display().to_string().rsplit('/').next().unwrap().to_owned(), fs::read(p).unwrap()))
        .collect()
}

#[test]
fn a_mixed_folder_gives_the_same_tables_on_one_thread_and_on_two() {
    let dir = folder(&mixed());
    let out = tempfile::tempdir().unwrap();
    let inputs = [Input::Path(dir.path().to_owned())];
    let of = |threads: usize| {
        let folder = out.path().join(threads.to_string());
        let config = Config { threads, ..Config::default() };
        (run(&inputs, &folder, &config, &Quiet).unwrap(), tables(&folder))
    };
    let ((one, first), (two, second)) = (of(1), of(2));
    assert_eq!((one.documents, one.rejected.len(), one.skipped), (18, 2, 3), "{:?}", one.rejected);
    assert_eq!(one.documents, two.documents);
    assert!(!first.is_empty() && first == second);
}

#[test]
fn standard_input_is_known_by_how_it_begins() {
    for (bytes, n) in [
        (gz(b"{\"text\":\"One.\"}\n{\"text\":\"Two.\"}"), 2),
        (deflated(&[("a.txt", text("One.")), ("b.csv", text("text\nTwo.\nThree.\n"))]), 3),
        (text("<!doctype html><p>One."), 1),
        (warc_records().concat(), 3),
    ] {
        let input = Input::Bytes { name: "stdin".into(), bytes: bytes.into() };
        assert_eq!(survey(&[input], &Config::default()).unwrap().documents, n);
    }
}

/// The beginning of each format, so that arbitrary bytes get past the first look.
fn beginnings() -> Vec<Vec<u8>> {
    let files = [("a.txt", text("One.")), ("b.jsonl", text("{\"text\":\"Two.\"}"))];
    let column: ArrayRef = Arc::new(StringArray::from(vec!["One."]));
    vec![
        Vec::new(),
        gz(b"Some text."),
        zst(b"Some text."),
        deflated(&files),
        tar_of(&files),
        warc_records().concat(),
        warc_records().iter().flat_map(|r| gz(r)).collect(),
        parquet_of(vec![("text", column)]),
        text("<html><body><p>Some text."),
        text("id,text\n1,\"x\"\n"),
        text("{\"id\":1,\"text\":\"x\"}"),
    ]
}

/// Bytes of some format, damaged, put in and cut off, and what they are said to be.
fn damaged() -> impl Strategy<Value = (Vec<u8>, Format)> {
    use Format::{Auto, Csv, Html, Jsonl, Parquet, Txt, Warc};
    let place = any::<prop::sample::Index>;
    let format = prop::sample::select(vec![Auto, Csv, Html, Jsonl, Parquet, Txt, Warc]);
    let damage = prop::collection::vec((place(), any::<u8>()), 0..8);
    (prop::sample::select(beginnings()), prop::option::of(place()), damage, format).prop_map(
        |(mut bytes, cut, damage, format)| {
            bytes.push(b'\n');
            for (at, byte) in damage {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len()) + 1));
            (bytes, format)
        },
    )
}

proptest! {
    /// Nothing panics and nothing disappears, whatever bytes are damaged, cut or put in. `PROPTEST_CASES` tries more.
    #[test]
    fn damaged_bytes_are_documents_or_rejected((bytes, format) in damaged()) {
        let input = Input::Bytes { name: "stdin".into(), bytes: bytes.into() };
        for told in explain(&[input], &Config { format, ..Config::default() }).unwrap() {
            prop_assert_eq!(told.source.is_ok, !told.source.raw_text.is_empty());
            prop_assert!(told.source.is_ok || told.source.reason.is_some());
        }
    }
}

proptest! {
    // Files are brought to the disk in each case.
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 10, ..ProptestConfig::default() })]

    /// Whatever bytes come in, valid tables come out: every hash, count, join and position holds.
    #[test]
    fn tables_of_damaged_bytes_are_whole(files in prop::collection::vec(damaged(), 1..4)) {
        let dir = tempfile::tempdir().unwrap();
        let name = |n: usize| format!("{n}.{}", ["bin", "txt", "jsonl", "csv"][n % 4]);
        let input = |(n, (bytes, _)): (usize, &(Vec<u8>, Format))| Input::Bytes { name: name(n), bytes: bytes.clone().into() };
        let inputs: Vec<Input> = files.iter().enumerate().map(input).collect();
        let config = Config { format: files[0].1, threads: 1, ..Config::default() };
        let read = survey(&inputs, &config).unwrap();
        let done = run(&inputs, dir.path(), &config, &Quiet).unwrap();
        prop_assert_eq!((done.documents, done.rejected.len() as u64), (read.documents, read.rejected));
        let report = decalque_pipeline::check(dir.path()).unwrap();
        prop_assert!(report.is_whole(), "{:?}", report.problems);
    }
}

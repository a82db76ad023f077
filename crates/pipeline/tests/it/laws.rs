//! Laws of the whole: offsets, order, the way back, and the same bytes at any thread count.

use crate::common::{Row, Texts, rows, slice, texts};
use decalque_pipeline::{Config, Input, Quiet, Status, explain, run};
use proptest::prelude::*;
use std::path::Path;

fn input(text: &str) -> Input {
    Input::Bytes { name: "made.txt".into(), bytes: text.as_bytes().to_vec().into() }
}

/// The offset law for every row of every table that has places.
fn check_offsets(folder: &Path) {
    let texts = texts(folder);
    for table in ["sentences", "tokens", "corrections", "mentions", "quotes"] {
        rows(folder, table).iter().for_each(|row| check_row(table, row, &texts));
    }
}

fn check_row(table: &str, row: &Row, texts: &Texts) {
    let clean = slice(&texts.clean[&row.doc_id], row.char_start, row.char_end);
    let raw = slice(&texts.raw[&row.doc_id], row.raw_start, row.raw_end);
    assert!(!clean.is_empty() && !raw.is_empty(), "{table}: {row:?}");
    match table {
        "tokens" | "mentions" => assert_eq!(clean, row.text, "{row:?}"),
        "quotes" => {
            assert_eq!(clean, row.text, "{row:?}");
            check_speaker(row, texts);
        }
        "corrections" => {
            assert_eq!(raw, row.before, "{row:?}");
            assert!(row.status != "applied" || clean == row.after, "{clean:?} {row:?}");
        }
        _ => assert_eq!(clean, clean.trim(), "{row:?}"),
    }
}

/// The words that name a speaker, where a quote has some.
fn check_speaker(row: &Row, texts: &Texts) {
    let [start, end, raw_start, raw_end] = row.speaker;
    assert_eq!(slice(&texts.clean[&row.doc_id], start, end), row.speaker_text, "{row:?}");
    assert_eq!(slice(&texts.raw[&row.doc_id], raw_start, raw_end).is_empty(), row.speaker_text.is_empty());
}

#[test]
fn offsets_hold_for_every_row_of_the_seeds() {
    let folder = tempfile::tempdir().unwrap();
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    run(&[Input::Path(seeds)], folder.path(), &Config::default(), &Quiet).unwrap();
    check_offsets(folder.path());
}

/// Pieces that rules and the tokenizer act on, between any characters.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "The Russian foreign Minister ",
        "said Sands. ",
        "Dmitry Peskov ",
        "Peskov’s ",
        "Mr Sands ",
        "the Ministry of Defence of Russia (MDR) ",
        "”, – said he. ",
        "plan “And” ",
        "plan “B”. ",
        "Syria.. ",
        "Russian VCS ",
        "jabhat an Nusra ",
        "Билял Махов ",
        "U.S. ",
        "\n\n",
        "\r\n",
        "See also\n",
        "😀",
        "e\u{301}",
        "\u{200d}",
        ", \" he said",
        "“We agree,” ",
        "’ ",
        "«",
        "»",
        "„",
        "– ",
        "Lavrov said that ",
        "according to the minister, ",
        "\"",
        "MOSCOW, February 24. /TASS/. ",
        "the regime of Asia, the Assad regime ",
        "25 may 2014 ",
        "中文。",
        "\u{feff}",
        "al-Assad’s ",
        "..",
        "...",
    ]);
    prop_oneof![3 => known.prop_map(str::to_owned), 1 => "\\PC{0,6}", 1 => "[ \\n\\t.,]{0,3}", 1 => any::<char>().prop_map(String::from)]
}

fn made_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn offsets_hold_for_made_texts(text in made_text()) {
        let folder = tempfile::tempdir().unwrap();
        run(&[input(&text)], folder.path(), &Config { threads: 1, ..Config::default() }, &Quiet).unwrap();
        check_offsets(folder.path());
    }
}

proptest! {
    #[test]
    fn undoing_what_was_applied_restores_the_raw_text(text in made_text()) {
        for told in explain(&[input(&text)], &Config::default()).unwrap() {
            let mut raw = told.source.raw_text.clone();
            let applied: Vec<_> = told.corrections.iter().filter(|(_, c)| c.status == Status::Applied).collect();
            for (span, c) in applied.into_iter().rev() {
                raw.replace_range(span.range(), &c.edit.replacement);
            }
            prop_assert_eq!(raw, told.clean);
        }
    }

    #[test]
    fn any_bytes_end_as_a_row(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let input = Input::Bytes { name: "made".into(), bytes: bytes.into() };
        let told = explain(&[input], &Config::default()).unwrap();
        prop_assert!(!told.is_empty());
        prop_assert!(told.iter().all(|t| t.source.is_ok || t.source.reason.is_some()));
    }
}

/// Enough documents for several chunks, in names that sort against their order.
fn write_corpus(folder: &Path) {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let mut texts: Vec<_> = std::fs::read_dir(seeds).unwrap().map(|e| e.unwrap().path()).collect();
    texts.sort();
    let texts: Vec<String> = texts.iter().map(|p| std::fs::read_to_string(p).unwrap()).collect();
    let line = |i: usize| {
        let text = texts[i % 5].replace("Syria", &format!("Land{}", i % 97));
        let url = format!("https://www.site{}.example.org/{i}", i % 7);
        let date = format!("{}-{:02}-01", 2010 + i % 9, 1 + i % 12);
        serde_json::json!({ "id": 9999 - i, "text": text, "url": url, "date": date }).to_string()
    };
    let lines: Vec<String> = (0..2600).map(line).collect();
    std::fs::write(folder.join("many.jsonl"), lines.join("\n")).unwrap();
    std::fs::write(folder.join("bad.txt"), b"\xff\x00").unwrap();
}

#[test]
fn tables_are_the_same_bytes_at_any_thread_count() {
    let source = tempfile::tempdir().unwrap();
    write_corpus(source.path());
    let tables = |threads, memory_mb| {
        let folder = tempfile::tempdir().unwrap();
        let config = Config { threads, memory_mb, ..Config::default() };
        let summary = run(&[Input::Path(source.path().into())], folder.path(), &config, &Quiet).unwrap();
        assert_eq!((summary.documents, summary.rejected.len()), (2600, 1));
        let read = |(name, _, _): &(String, u64, u64)| {
            std::fs::read(folder.path().join(format!("{name}.parquet"))).unwrap()
        };
        summary.tables.iter().map(read).collect::<Vec<_>>()
    };
    let one = tables(1, 1000);
    assert!(
        one.len() == 10 && one == tables(2, 1000) && one == tables(7, 1000),
        "the bytes depend on the threads"
    );
    assert!(one == tables(1, 200) && one == tables(2, 200), "the bytes depend on the memory");
}

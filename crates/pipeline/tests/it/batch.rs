//! The passes over record batches: what `run` writes, from documents in partitions.

use arrow::array::{
    Array, ArrayRef, AsArray, BinaryArray, Int64Array, RecordBatch, StringArray, UInt32Array,
};
use arrow::compute::{cast, concat_batches, take_record_batch};
use arrow::datatypes::DataType;
use decalque_pipeline::batch::{Stages, evidence, merge_evidence};
use decalque_pipeline::{Config, Input, Quiet, run, tables};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Tables whose rows documents make.
const TABLES: [&str; 8] =
    ["sources", "documents", "sentences", "tokens", "corrections", "quotes", "keywords", "mentions"];
/// Fields of a record in a file are of a row there; a batch has no file.
const OF_FILES: [&str; 3] = ["path", "bytes", "content_hash"];

/// A document as a record: id, text, title, url, author, date.
type Record = [Option<&'static str>; 6];

const fn plain(id: &'static str, text: &'static str) -> Record {
    [Some(id), Some(text), None, None, None, None]
}

/// Documents that need one another: who `Sands` is, which line is the site's. Some are rejected, some are not English.
const RECORDS: [Record; 14] = [
    [
        Some("a1"),
        Some(
            "Moscow, 25 February. The Russian foreign Minister Sergei Lavrov said: “The talks will go on.”\nRead us on paper",
        ),
        Some("Talks will go on"),
        Some("https://www.news.example/a1"),
        Some("Anna Berg"),
        Some("2016-02-25"),
    ],
    [
        Some("a2"),
        Some(
            "“We will see,” said Dmitry Sands, the Kremlin spokesman. Sergey Lavrov agreed.\nRead us on paper",
        ),
        Some(" "),
        Some("https://news.example/a2"),
        None,
        Some("some day in spring"),
    ],
    plain(
        "a3",
        "Press Secretary Dmitry Peskov told reporters that he had not read the paper.\nRead us on paper",
    ),
    plain(
        "a4",
        "Peskov said the Ministry of Defense of the Russian Federation will answer.\nRead us on paper",
    ),
    plain("a5", "In the city of Smolensk the police found \"old coins\".\nRead us on paper"),
    plain(
        "a6",
        "Министр иностранных дел Сергей Лавров заявил, что переговоры продолжатся.\nRead us on paper",
    ),
    plain("a7", "Der Minister sprach am Freitag in Berlin über die neuen Gespräche mit Moskau."),
    plain("b1", ""),
    plain("b2", " \n\t"),
    [Some("b3"), None, Some("No text"), None, None, None],
    plain("b4", "A NUL \0 in the middle."),
    plain("c1", "👍"),
    plain("c2", "Dmitry Peskov, Sergei Lavrov and the Foreign Ministry kept silent. Lavrov left for Geneva."),
    [
        Some("c3"),
        Some("It was cold.\r\n\r\nVery cold, said he."),
        None,
        None,
        Some("B. C."),
        Some("1456358400"),
    ],
];

const NAMES: [&str; 6] = ["doc_id", "text", "title", "url", "author", "date"];

/// Strings as this column type.
fn strings(values: Vec<Option<&str>>, kind: &DataType) -> ArrayRef {
    cast(&StringArray::from(values), kind).unwrap()
}

fn batch_of(records: &[[Option<String>; 6]], kind: &DataType) -> RecordBatch {
    let column = |i: usize| strings(records.iter().map(|r| r[i].as_deref()).collect(), kind);
    RecordBatch::try_from_iter_with_nullable(NAMES.iter().enumerate().map(|(i, n)| (*n, column(i), true)))
        .unwrap()
}

/// The seeds, and news that people wrote: copied to a folder, and as records.
fn files(folder: &Path) -> Vec<[Option<String>; 6]> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths = ["../../seeds", "tests/human"].map(|from| std::fs::read_dir(here.join(from)).unwrap());
    let paths = paths.into_iter().flatten().map(|entry| entry.unwrap().path());
    let file = |path: PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        std::fs::copy(&path, folder.join(&name)).unwrap();
        [Some(name), std::fs::read_to_string(path).ok(), None, None, None, None]
    };
    paths.filter(|p| p.extension().is_some_and(|e| e == "txt")).map(file).collect()
}

/// The corpus in a folder, and as records whose ids are those of the run.
fn corpus(folder: &Path) -> Vec<[Option<String>; 6]> {
    let mut all = files(folder);
    let line = |r: &Record| {
        let [id, text, title, url, author, date] = r;
        let mut line = serde_json::json!({ "id": id, "text": text });
        for (name, value) in [("title", title), ("url", url), ("author", author), ("date", date)] {
            line.as_object_mut().unwrap().extend(value.map(|v| (name.to_owned(), v.into())));
        }
        line.to_string()
    };
    std::fs::write(folder.join("news.jsonl"), RECORDS.map(|r| line(&r)).join("\n")).unwrap();
    all.extend(RECORDS.map(|r| {
        let mut record = r.map(|v| v.map(str::to_owned));
        record[0] = r[0].map(|id| format!("news.jsonl#{id}"));
        record
    }));
    all
}

/// Every fourth document of the corpus, each part with another type of strings.
fn partitions(corpus: &[[Option<String>; 6]]) -> Vec<RecordBatch> {
    let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let kinds = [DataType::Utf8, DataType::LargeUtf8, DataType::Utf8View, dictionary];
    let part = |(n, kind): (usize, &DataType)| {
        let part: Vec<_> = corpus.iter().skip(n).step_by(kinds.len()).rev().cloned().collect();
        batch_of(&part, kind)
    };
    kinds.iter().enumerate().map(part).collect()
}

fn together(batches: &[RecordBatch]) -> RecordBatch {
    concat_batches(batches[0].schema_ref(), batches).unwrap()
}

/// Evidence put together two by two from the left, as a tree of pairs from the right, and at once.
fn merged(parts: &[RecordBatch]) -> [RecordBatch; 3] {
    let merge = |parts: &[RecordBatch]| merge_evidence(&together(parts)).unwrap();
    let left = parts.iter().cloned().reduce(|a, b| merge(&[a, b])).unwrap();
    let mut level: Vec<RecordBatch> = parts.iter().rev().cloned().collect();
    while level.len() > 1 {
        level = level.chunks(2).map(merge).collect();
    }
    [merge(&[left]), merge(&level), merge(parts)]
}

fn by_id(batch: &RecordBatch) -> RecordBatch {
    let ids = batch.column_by_name("doc_id").unwrap().as_string::<i32>();
    let mut order: Vec<u32> = (0u32..).take(batch.num_rows()).collect();
    order.sort_by_key(|&i| ids.value(i as usize));
    take_record_batch(batch, &UInt32Array::from(order)).unwrap()
}

fn written(folder: &Path, table: &str) -> RecordBatch {
    let file = std::fs::File::open(folder.join(format!("{table}.parquet"))).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let schema = reader.schema().clone();
    concat_batches(&schema, &reader.build().unwrap().map(Result::unwrap).collect::<Vec<_>>()).unwrap()
}

/// All rows of a table, from the partitions.
fn made(stages: &[Stages], partitions: &[RecordBatch], table: &str) -> RecordBatch {
    let each = stages.iter().zip(partitions);
    let parts: Vec<_> = each.map(|(s, p)| s.tables(p, &[]).unwrap().remove(table).unwrap()).collect();
    by_id(&together(&parts))
}

fn assert_equal(table: &str, got: &RecordBatch, want: &RecordBatch) {
    assert_eq!(got.schema().fields(), want.schema().fields(), "{table}");
    for (field, (a, b)) in got.schema().fields().iter().zip(got.columns().iter().zip(want.columns())) {
        if table != "sources" || !OF_FILES.contains(&field.name().as_str()) {
            assert_eq!(a, b, "{table}.{}", field.name());
        }
    }
}

fn check(config: &Config) {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let corpus = corpus(input.path());
    let summary = run(&[Input::Path(input.path().into())], out.path(), config, &Quiet).unwrap();
    assert_eq!((summary.documents as usize, summary.rejected.len()), (corpus.len() - 4, 4));
    let partitions = partitions(&corpus);
    let parts: Vec<RecordBatch> = partitions.iter().map(|p| evidence(p, config).unwrap()).collect();
    let [left, tree, whole] = merged(&parts);
    assert!(left == tree && tree == whole);
    let stages: Vec<Stages> = partitions.iter().map(|_| Stages::new(config, &whole).unwrap()).collect();
    for table in TABLES {
        let want = written(out.path(), table);
        assert!(want.num_rows() > 0, "{table}");
        assert_equal(table, &made(&stages, &partitions, table), &want);
    }
}

#[test]
fn partitions_give_the_tables_of_a_run() {
    check(&Config::default());
}

#[test]
fn settings_count_in_partitions_too() {
    check(&Config { assume_machine: true, keywords: 3, min_confidence: 0.7, ..Config::default() });
}

/// The repairs and speakers below need the other partitions: with the evidence of one alone they are others.
#[test]
fn partitions_know_the_whole_corpus() {
    let (folder, config) = (tempfile::tempdir().unwrap(), Config::default());
    let partitions = partitions(&corpus(folder.path()));
    let parts: Vec<RecordBatch> = partitions.iter().map(|p| evidence(p, &config).unwrap()).collect();
    let whole = Stages::new(&config, &together(&parts)).unwrap();
    let differs = partitions.iter().zip(&parts).filter(|(documents, part)| {
        let alone = Stages::new(&config, part).unwrap();
        alone.tables(documents, &[]).unwrap() != whole.tables(documents, &[]).unwrap()
    });
    assert!(differs.count() > 0);
}

#[test]
fn sources_of_whole_files_are_those_of_a_run() {
    let (input, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let files = batch_of(&files(input.path()), &DataType::Utf8);
    run(&[Input::Path(input.path().into())], out.path(), &Config::default(), &Quiet).unwrap();
    let stages = Stages::new(&Config::default(), &evidence(&files, &Config::default()).unwrap()).unwrap();
    let (got, want) = (by_id(&stages.sources(&files).unwrap()), written(out.path(), "sources"));
    for column in ["bytes", "content_hash", "raw_text"] {
        assert_eq!(got.column_by_name(column), want.column_by_name(column), "{column}");
    }
}

type Method = fn(&Stages, &RecordBatch) -> Result<RecordBatch, decalque_pipeline::Error>;

#[test]
fn one_table_or_all_of_them_are_the_same_rows() {
    let (folder, config) = (tempfile::tempdir().unwrap(), Config::default());
    let documents = together(&[batch_of(&corpus(folder.path()), &DataType::Utf8)]);
    let stages = Stages::new(&config, &evidence(&documents, &config).unwrap()).unwrap();
    let all = stages.tables(&documents, &[]).unwrap();
    assert_eq!(all.len(), TABLES.len());
    let one: [Method; 8] = [
        Stages::sources,
        Stages::documents,
        Stages::sentences,
        Stages::tokens,
        Stages::corrections,
        Stages::quotes,
        Stages::keywords,
        Stages::mentions,
    ];
    for (table, method) in TABLES.into_iter().zip(one) {
        assert_eq!(method(&stages, &documents).unwrap(), all[table], "{table}");
    }
    let (part, rows) = (documents.slice(2, 3), all["sources"].slice(2, 3));
    assert_eq!(stages.sources(&part).unwrap(), rows);
    // Asked again, from another thread, with the words it knows by now.
    let again = std::thread::scope(|s| s.spawn(|| stages.tables(&documents, &[])).join()).unwrap();
    assert!(again.unwrap() == all);
}

#[test]
fn batches_of_no_documents_are_empty_tables() {
    let (none, config) = (batch_of(&[], &DataType::Utf8), Config::default());
    let nothing = evidence(&none, &config).unwrap();
    assert_eq!(nothing, merge_evidence(&nothing.slice(0, 0)).unwrap());
    let all = Stages::new(&config, &nothing).unwrap().tables(&none, &[]).unwrap();
    for table in tables().iter().filter(|t| TABLES.contains(&t.name)) {
        assert_eq!(all[table.name].num_rows(), 0);
        assert_eq!(all[table.name].schema(), table.arrow_schema());
    }
}

/// A batch with these columns.
fn batch(columns: &[(&str, ArrayRef)]) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.iter().map(|(n, c)| (*n, c.clone(), true))).unwrap()
}

fn texts(values: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

#[test]
fn bad_documents_are_refused_in_a_sentence() {
    let (id, text) = (texts(&[Some("a")]), texts(&[Some("It rained.")]));
    let number: ArrayRef = Arc::new(Int64Array::from(vec![7]));
    let stages = Stages::new(&Config::default(), &evidence_of(&[&id, &text])).unwrap();
    let refused = |columns: &[(&str, &ArrayRef)], want: &str| {
        let columns: Vec<_> = columns.iter().map(|(n, c)| (*n, (*c).clone())).collect();
        let first = evidence(&batch(&columns), &Config::default()).unwrap_err().to_string();
        assert_eq!(first, stages.tokens(&batch(&columns)).unwrap_err().to_string());
        assert_eq!(first, want);
    };
    refused(&[("id", &id), ("text", &text)], "the column doc_id is missing; the batch has id, text");
    refused(&[("doc_id", &id), ("body", &text)], "the column text is missing; the batch has doc_id, body");
    refused(&[("doc_id", &number), ("text", &text)], "the column doc_id holds Int64; it must hold strings");
    refused(&[("doc_id", &id), ("Text", &number)], "the column Text holds Int64; it must hold strings");
    let both = [("doc_id", &id), ("text", &text), ("date", &number)];
    refused(&both, "the column date holds Int64; it must hold strings");
    for bad in [None, Some(" "), Some("a\0b")] {
        refused(
            &[("doc_id", &texts(&[bad])), ("text", &text)],
            "the column doc_id has no id in row 0, counted from 0: null, blank, or with a NUL character",
        );
    }
}

fn evidence_of(columns: &[&ArrayRef; 2]) -> RecordBatch {
    let documents = [("doc_id", columns[0].clone()), ("text", columns[1].clone())];
    evidence(&batch(&documents), &Config::default()).unwrap()
}

#[test]
fn tables_of_the_corpus_and_unknown_ones_are_refused() {
    let (id, text) = (texts(&[Some("a")]), texts(&[Some("It rained.")]));
    let documents = batch(&[("doc_id", id.clone()), ("text", text.clone())]);
    let stages = Stages::new(&Config::default(), &evidence_of(&[&id, &text])).unwrap();
    let refused = |name: &str| stages.tables(&documents, &[name]).unwrap_err().to_string();
    assert_eq!(refused("terms"), "the stages cannot make the table terms: it is of the whole corpus");
    assert!(refused("verbs").starts_with("there is no table \"verbs\""));
    let config = Config { min_confidence: 7.0, ..Config::default() };
    assert!(evidence(&documents, &config).is_err());
    assert!(Stages::new(&config, &evidence_of(&[&id, &text])).is_err());
}

#[test]
fn bad_evidence_is_refused_in_a_sentence() {
    let good = evidence_of(&[&texts(&[Some("a")]), &texts(&[Some("Anna Petrova left Geneva.")])]);
    let cell = good.column(0).as_binary::<i32>().value(0).to_vec();
    let refused = |evidence: &RecordBatch| {
        let error = merge_evidence(evidence).unwrap_err().to_string();
        assert_eq!(error, Stages::new(&Config::default(), evidence).unwrap_err().to_string());
        error
    };
    assert_eq!(
        refused(&batch(&[("facts", texts(&[None]))])),
        "the column evidence is missing; the batch has facts"
    );
    let wrong = refused(&batch(&[("evidence", texts(&[Some("a")]))]));
    assert_eq!(wrong, "the column evidence holds Utf8; it must hold what batch::evidence made");
    let mut cells: Vec<Option<Vec<u8>>> =
        vec![None, Some(Vec::new()), Some(b"facts".to_vec()), Some(vec![255; 999])];
    cells.extend((0..cell.len()).map(|n| Some(cell[..n].to_vec())));
    cells.extend((0..cell.len()).map(|n| {
        let mut cell = cell.clone();
        cell[n] ^= 1;
        Some(cell)
    }));
    for bad in cells {
        let column: ArrayRef = Arc::new(BinaryArray::from_iter([Some(&cell), bad.as_ref()]));
        let told = refused(&batch(&[("evidence", column)]));
        assert!(
            told.starts_with("the evidence in row 1, counted from 0, is damaged, or none that"),
            "{told}"
        );
    }
    for kind in [DataType::LargeBinary, DataType::BinaryView] {
        let column = cast(good.column(0), &kind).unwrap();
        assert_eq!(merge_evidence(&batch(&[("evidence", column)])).unwrap(), good);
    }
}

#[test]
fn columns_go_by_the_names_that_settings_give() {
    let config =
        Config { text_column: "body".to_owned(), date_column: "day".to_owned(), ..Config::default() };
    let columns = [
        ("DOC_ID", texts(&[Some("a")])),
        ("Body", texts(&[Some("It rained.")])),
        ("day", texts(&[Some("2016-02-25")])),
        ("date", Arc::new(Int64Array::from(vec![7])) as ArrayRef),
        ("url", arrow::array::new_null_array(&DataType::Null, 1)),
    ];
    let documents = batch(&columns);
    let stages = Stages::new(&config, &evidence(&documents, &config).unwrap()).unwrap();
    let rows = stages.documents(&documents).unwrap();
    let published = rows.column_by_name("published").unwrap();
    assert_eq!((rows.num_rows(), published.null_count()), (1, 0));
}

/// Small documents that share names, lines and words.
fn document() -> impl Strategy<Value = String> {
    let sentence = prop::sample::select(vec![
        "Dmitry Peskov spoke in Geneva.",
        "Dmitri Peskov is the Kremlin spokesman.",
        "Sands said nothing.",
        "“No,” said Sergei Lavrov.",
        "Read us on paper",
        "Лавров приехал в Женеву.",
        "",
    ]);
    prop::collection::vec(sentence, 0..4).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn evidence_merges_in_any_order_and_grouping(parts in prop::collection::vec(prop::collection::vec(document(), 0..4), 1..5)) {
        let config = Config::default();
        let of = |n: usize, part: &[String]| {
            let ids: Vec<String> = (0..part.len()).map(|i| format!("s{}/{n}-{i}", i % 2)).collect();
            let columns: [ArrayRef; 2] = [Arc::new(StringArray::from(ids)), Arc::new(StringArray::from(part.to_vec()))];
            RecordBatch::try_from_iter(["doc_id", "text"].into_iter().zip(columns)).unwrap()
        };
        let documents: Vec<RecordBatch> = parts.iter().enumerate().map(|(n, part)| of(n, part)).collect();
        let cells: Vec<RecordBatch> = documents.iter().map(|d| evidence(d, &config).unwrap()).collect();
        let [left, tree, whole] = merged(&cells);
        prop_assert_eq!(&left, &whole);
        prop_assert_eq!(&tree, &whole);
        prop_assert_eq!(&evidence(&together(&documents), &config).unwrap(), &whole);
    }
}

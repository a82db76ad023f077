//! The tables are what they promise: names, order, types, descriptions, in the listing and in the files.

use arrow::datatypes::DataType;
use decalque_export::{ColumnType, Options, Output, schema_json, schema_text, tables};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, Encoding};
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::fs::File;

/// Table, its columns in order; `?` marks those that can be null, `:` the types other than string.
const CONTRACT: [(&str, &str); 10] = [
    ("sources", "doc_id path bytes:int64 encoding? content_hash status reason? raw_text? metadata?"),
    (
        "documents",
        "doc_id title? text body lang lang_confidence:float64 mt_score:float64 published:timestamp? agency? place? \
         url? author? n_sentences:int32 n_tokens:int32 n_applied:int32 n_suggested:int32 mt_features",
    ),
    (
        "sentences",
        "doc_id sentence:int32 paragraph:int32 char_start:int32 char_end:int32 raw_start:int32 raw_end:int32 role lang",
    ),
    (
        "tokens",
        "doc_id sentence:int32 token:int32 char_start:int32 char_end:int32 raw_start:int32 raw_end:int32 text norm stem \
         kind is_stop:boolean",
    ),
    (
        "corrections",
        "doc_id correction:int32 kind rule status confidence:float64 raw_start:int32 raw_end:int32 char_start:int32 \
         char_end:int32 before after? evidence refused_by? decision?",
    ),
    (
        "quotes",
        "doc_id quote:int32 char_start:int32 char_end:int32 raw_start:int32 raw_end:int32 text speech cue? speaker? \
         speaker_entity_id? speaker_text? speaker_char_start:int32? speaker_char_end:int32? \
         speaker_raw_start:int32? speaker_raw_end:int32? statement:int32 level:int32",
    ),
    ("keywords", "doc_id rank:int32 keyword norm score:float64 method count:int64 first_char_start:int32"),
    (
        "terms",
        "term norm n_docs:int64 count:int64 keyness:float64 key_doc_id \
         sources:list<struct<source: string, n_docs: int64, count: int64, keyness: float64>> \
         months:list<struct<month: string, n_docs: int64, count: int64, keyness: float64>>",
    ),
    (
        "mentions",
        "doc_id mention:int32 entity_id char_start:int32 char_end:int32 raw_start:int32 raw_end:int32 text kind \
         correction:int32?",
    ),
    (
        "entities",
        "entity_id name kind n_mentions:int64 n_docs:int64 variants:list<struct<surface: string, count: int64>>",
    ),
];

#[test]
fn columns_are_those_of_the_contract() {
    let listed: Vec<(&str, String)> = tables()
        .iter()
        .map(|t| {
            let column = |c: &decalque_export::Column| {
                let ty = if c.ty == ColumnType::Utf8 { String::new() } else { format!(":{}", c.ty.name()) };
                format!("{}{ty}{}", c.name, if c.nullable { "?" } else { "" })
            };
            (t.name, t.columns.iter().map(column).collect::<Vec<_>>().join(" "))
        })
        .collect();
    let wanted: Vec<(&str, String)> = CONTRACT.iter().map(|(t, c)| (*t, (*c).to_owned())).collect();
    assert_eq!(listed, wanted);
}

#[test]
fn every_column_is_described() {
    for table in tables() {
        assert!(table.summary.ends_with('.'), "{}", table.name);
        for column in table.columns {
            assert!(column.meaning.ends_with('.'), "{}.{}", table.name, column.name);
            assert_ne!(column.name, "end", "SQL reserves it");
        }
    }
}

#[test]
fn listings_hold_every_column() {
    let (json, text) = (schema_json(), schema_text());
    for (t, table) in tables().iter().enumerate() {
        assert!(text.contains(&format!("{}.parquet", table.name)));
        for (c, column) in table.columns.iter().enumerate() {
            let listed = &json["tables"][t]["columns"][c];
            assert_eq!(listed["name"], column.name);
            assert_eq!(listed["type"], column.ty.name());
            assert_eq!(listed["description"], column.meaning);
            assert!(text.contains(column.meaning));
        }
    }
}

#[test]
fn empty_tables_have_all_columns_with_descriptions() {
    let folder = tempfile::tempdir().unwrap();
    let out = Output::create(folder.path(), &Options::default()).unwrap();
    out.finish(|_| serde_json::json!({})).unwrap();
    for table in tables() {
        let file = File::open(folder.path().join(table.file_name())).unwrap();
        let schema = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().schema().clone();
        assert_eq!(schema.fields().len(), table.columns.len());
        for (field, column) in schema.fields().iter().zip(table.columns) {
            assert_eq!((field.name().as_str(), field.is_nullable()), (column.name, column.nullable));
            assert_eq!(field.metadata()["description"], column.meaning);
            let is_odd =
                matches!(field.data_type(), DataType::Dictionary(..) | DataType::Utf8View | DataType::UInt32);
            assert!(!is_odd, "{} is {}", column.name, field.data_type());
        }
    }
}

#[test]
fn columns_are_laid_down_as_planned() {
    let folder = tempfile::tempdir().unwrap();
    let mut words = decalque_text::Vocabulary::default();
    let doc = crate::common::Doc::new("a", "Title of it\nSome body. Some body.", &[], &[], &mut words);
    let mut out = Output::create(folder.path(), &Options::default()).unwrap();
    let mut batch = out.batch();
    batch.push(&doc.record(&words));
    out.append(batch.encode().unwrap(), b"").unwrap();
    out.finish(|_| serde_json::json!({})).unwrap();
    let file = File::open(folder.path().join("tokens.parquet")).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let group = reader.metadata().row_group(0);
    for column in group.columns() {
        let encodings: Vec<Encoding> = column.encodings().collect();
        let name = column.column_path().string();
        // Of packed positions nothing is left to compress.
        let is_packed = encodings.contains(&Encoding::DELTA_BINARY_PACKED);
        assert_eq!(matches!(column.compression(), Compression::ZSTD(_)), !is_packed, "{name}");
        match name.as_str() {
            "is_stop" => {}
            "doc_id" | "text" | "norm" | "stem" | "kind" => {
                assert!(encodings.contains(&Encoding::RLE_DICTIONARY), "{name}: {encodings:?}");
            }
            _ => assert!(is_packed, "{name}: {encodings:?}"),
        }
    }
}

//! Any bytes as any format: all of it is read or rejected, and nothing panics.
#![no_main]

use decalque_pipeline::{Config, Format, Input, survey};
use libfuzzer_sys::fuzz_target;

const FORMATS: [Format; 7] =
    [Format::Auto, Format::Txt, Format::Html, Format::Jsonl, Format::Csv, Format::Parquet, Format::Warc];

fuzz_target!(|data: (u8, &[u8])| {
    let (choice, bytes) = data;
    // Most bytes are tried as whatever they look like: only so are archives and compressions reached.
    let format = FORMATS.get(choice as usize).copied().unwrap_or(Format::Auto);
    let input = Input::Bytes { name: "fuzz".to_owned(), bytes: bytes.to_vec().into() };
    if let Ok(read) = survey(&[input], &Config { format, ..Config::default() }) {
        assert!(read.documents + read.rejected > 0 || !bytes.is_empty());
    }
});

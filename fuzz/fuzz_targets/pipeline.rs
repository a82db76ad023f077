//! Any bytes: both passes end, what was changed can be undone, and what is rejected has a reason.
#![no_main]

use decalque_pipeline::{Config, Input, Status, explain};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let input = Input::Bytes { name: "fuzz".to_owned(), bytes: bytes.to_vec().into() };
    for told in explain(&[input], &Config::default()).unwrap_or_default() {
        assert_eq!(told.source.is_ok, told.source.reason.is_none() || !told.source.raw_text.is_empty());
        let mut raw = told.source.raw_text.clone();
        let applied = told.corrections.iter().filter(|(_, c)| c.status == Status::Applied);
        for (span, c) in applied.collect::<Vec<_>>().into_iter().rev() {
            raw.replace_range(span.range(), &c.edit.replacement);
        }
        assert_eq!(raw, told.clean);
    }
});

//! Any text: sentences hold every token, and each has a language.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| decalque_laws::sentences(text));

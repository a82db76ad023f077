//! Any text: tokens cover it, in order, on character boundaries.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| decalque_laws::words(text));

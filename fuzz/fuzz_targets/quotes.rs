//! Any text: quotes lie in it, in order, each inside or clear of every other, and speakers are words of the text.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| decalque_laws::quotes(text));

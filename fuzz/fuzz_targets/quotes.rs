//! Any text: quotes lie in it, in order, each inside or clear of every other, and speakers are words of the text.
#![no_main]

use decalque_evidence::{Gathered, gather};
use decalque_text::{Lang, View, Vocabulary};
use decalque_tokenize::{Stemmer, layout, terms};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (layout, mut vocabulary) = (layout(text), Vocabulary::default());
    let terms = terms(text, &layout, &Stemmer::new(Lang::EN), &mut vocabulary);
    let view = View { text, layout: &layout, terms: &terms, vocabulary: &vocabulary };
    let (facts, mut all) = (gather(&view), Gathered::default());
    all.add(&facts);
    let quotes = decalque_quote::quotes(&view, &facts, &all.freeze());
    let mut ends: Vec<u32> = Vec::new();
    for q in &quotes {
        assert!(!q.span.text(text).is_empty());
        assert!(q.speaker_at.is_none_or(|s| !s.text(text).is_empty()));
        ends.resize(ends.len().max(q.level as usize + 1), 0);
        assert!(ends[q.level as usize] <= q.span.start);
        ends[q.level as usize] = q.span.end;
    }
});

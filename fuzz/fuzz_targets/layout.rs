//! Any text: tokens and sentences cover it, in order, on character boundaries.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let layout = decalque_tokenize::layout(text);
    let mut at = 0;
    for token in &layout.tokens {
        assert!(token.span.start >= at && !token.span.is_empty());
        let gap = text.get(at as usize..token.span.start as usize).expect("on a character boundary");
        assert!(gap.trim().is_empty(), "{gap:?} is in no token");
        assert!(layout.sentences[token.sentence as usize].span.contains(token.span));
        at = token.span.end;
    }
    assert!(text[at as usize..].trim().is_empty());
});

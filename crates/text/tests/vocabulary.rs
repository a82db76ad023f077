//! Laws of the vocabulary.

use decalque_text::{Form, Span, TermId, Vocabulary};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn form(surface: &str) -> Form {
    let norm = surface.to_lowercase();
    Form { stem: stem(&norm), norm, ..Form::default() }
}

fn stem(norm: &str) -> String {
    norm.chars().take(3).collect()
}

/// The same in two steps.
fn unstemmed(surface: &str) -> Form {
    Form { stem: String::new(), ..form(surface) }
}

/// Words around the length that is compared by their heads alone, of characters of all lengths, and with zeros.
fn words() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(
        "[a-cA]{1,3}|[aй€😀\u{0}]{1,6}|[ab]{14,18}|averylongbeginning[a-c]{0,3}",
        0..200,
    )
}

proptest! {
    /// Numbers are given in the order of first appearance, whichever way the words come in, and lead back to them.
    #[test]
    fn words_are_numbered_as_they_come(words in words()) {
        let text = words.concat();
        let (mut alone, mut within) = (Vocabulary::default(), Vocabulary::default());
        let (mut numbers, mut at) = (BTreeMap::new(), 0);
        for word in &words {
            let next = numbers.len() as u32;
            let id = TermId(*numbers.entry(word.as_str()).or_insert(next));
            prop_assert_eq!(alone.intern(word, form), id);
            prop_assert_eq!(within.intern_at(&text, Span::of(at..at + word.len()), unstemmed, stem), id);
            at += word.len();
        }
        for (word, id) in numbers {
            let (id, form) = (TermId(id), form(word));
            prop_assert_eq!(alone.find(word), Some(id));
            prop_assert_eq!(alone.word(id), within.word(id));
            prop_assert_eq!((alone.word(id).surface, alone.norm(id), alone.word(id).stem), (word, &*form.norm, &*form.stem));
            prop_assert_eq!(alone.find_norm(&form.norm), Some(alone.norm_id(id)));
        }
    }

    /// A span that cuts a character or leaves the text is the empty word, as everywhere.
    #[test]
    fn odd_spans_are_empty_words(text in "[aй€😀]{0,9}padding that goes on for a while", span in (0_u32..60, 0_u32..60)) {
        let span = Span::new(span.0, span.1);
        let mut words = Vocabulary::default();
        let known: Vec<TermId> = ["", "a", "й", "€", "😀", "p"].iter().map(|w| words.intern(w, form)).collect();
        let id = words.intern_at(&text, span, unstemmed, stem);
        prop_assert_eq!(words.word(id).surface, span.text(&text));
        prop_assert!(!span.text(&text).is_empty() || id == known[0]);
    }
}

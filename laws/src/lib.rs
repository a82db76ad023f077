//! What holds for every text, as functions that panic where it does not.
//!
//! The fuzz targets call them on a nightly toolchain (`just fuzz`), and `just fuzz-short` on a stable one with texts made
//! by proptest.
#![deny(missing_docs)]

use decalque_evidence::{Gathered, gather};
use decalque_text::{Layout, Span, TokenKind, View, Vocabulary};
use decalque_tokenize::{Stemmer, foreign_terms, head, language, layout, sentence_languages, terms};

/// Every character that is no white space is in one token, tokens stand in order on character boundaries, hold no white
/// space, and every word has a norm and a stem.
///
/// # Panics
/// When it does not hold.
///
/// ```
/// decalque_laws::words("The U.S. minister’s plan “And”.");
/// ```
pub fn words(text: &str) {
    let (stemmer, mut at) = (Stemmer::new(language(text).0), 0);
    for (span, kind) in decalque_tokenize::words(text) {
        blank(text, at, span.start);
        let word = text.get(span.range()).unwrap_or_default();
        assert!(!word.is_empty() && !word.contains(char::is_whitespace), "{word:?}");
        let form = stemmer.form(word);
        let is_plain = kind == TokenKind::Word && word.chars().all(char::is_alphanumeric);
        assert!(!is_plain || !form.norm.is_empty() && !form.stem.is_empty(), "{word:?} {form:?}");
        at = span.end;
    }
    blank(text, at, text.len() as u32);
}

/// No visible character stands between two tokens.
fn blank(text: &str, from: u32, to: u32) {
    assert!(from <= to, "tokens overlap at {to}");
    let gap = text.get(from as usize..to as usize);
    assert!(gap.is_some_and(|gap| gap.trim().is_empty()), "{gap:?} is in no token, or is cut");
}

/// Sentences hold every token once and in order, paragraphs count up, the title lies in the text, and sentences have
/// languages and words entries in a vocabulary.
///
/// # Panics
/// When it does not hold.
///
/// ```
/// decalque_laws::sentences("Talks end\n\nMOSCOW, May 3. /TASS/. The talks are over.");
/// ```
pub fn sentences(text: &str) {
    let layout = layout(text);
    let (mut token, mut paragraph) = (0, 0);
    for (i, sentence) in layout.sentences.iter().enumerate() {
        assert!(sentence.first_token == token && sentence.end_token > token, "{sentence:?}");
        assert!(sentence.paragraph >= paragraph, "{sentence:?}");
        let tokens = &layout.tokens[sentence.tokens()];
        assert!(tokens.iter().all(|t| t.sentence as usize == i && sentence.span.contains(t.span)));
        let ends = tokens.first().zip(tokens.last()).map(|(a, b)| a.span.cover(b.span));
        assert_eq!(ends, Some(sentence.span));
        (token, paragraph) = (sentence.end_token, sentence.paragraph);
    }
    assert_eq!(token as usize, layout.tokens.len());
    let title = head(text, &layout).title;
    assert!(title.is_none_or(|t| text.get(t.range()).is_some()));
    languages(text, &layout);
}

fn languages(text: &str, layout: &Layout) {
    let (lang, sure) = language(text);
    assert!((0.0..=1.0).contains(&sure));
    let langs = sentence_languages(text, layout, (lang, sure));
    assert!(langs.is_empty() || langs.len() == layout.sentences.len());
    let mut vocabulary = Vocabulary::default();
    let mut ids = terms(text, layout, &Stemmer::new(lang), &mut vocabulary);
    foreign_terms(text, layout, (lang, &langs), &mut ids, &mut vocabulary);
    assert_eq!(ids.len(), layout.tokens.len());
    for (id, token) in ids.iter().zip(&layout.tokens) {
        assert_eq!(vocabulary.word(*id).surface, token.span.text(text));
    }
}

/// Quotes lie in the text, in order, each inside or clear of every other; speakers and verbs are words of the text.
///
/// # Panics
/// When it does not hold.
///
/// ```
/// decalque_laws::quotes("“We agree,” said Peskov, “but not today.”");
/// ```
pub fn quotes(text: &str) {
    let (layout, mut vocabulary) = (layout(text), Vocabulary::default());
    let terms = terms(text, &layout, &Stemmer::new(language(text).0), &mut vocabulary);
    let view = View { text, layout: &layout, terms: &terms, vocabulary: &vocabulary };
    let (facts, mut all) = (gather(&view), Gathered::default());
    all.add(&facts);
    let mut ends: Vec<u32> = Vec::new();
    for q in decalque_quote::quotes(&view, &facts, &all.freeze()) {
        let is_there = |span: Span| text.get(span.range()).is_some_and(|words| !words.is_empty());
        assert!(is_there(q.span) && q.speaker_at.is_none_or(is_there) && q.cue.is_none_or(is_there), "{q:?}");
        let level = q.level as usize;
        ends.resize(ends.len().max(level + 1), 0);
        assert!(ends[level] <= q.span.start && (level == 0 || ends[level - 1] >= q.span.end), "{q:?}");
        ends[level] = q.span.end;
    }
}

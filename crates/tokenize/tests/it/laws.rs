//! What must hold for every text.

use decalque_text::{Lang, Layout, Vocabulary};
use decalque_tokenize::{Stemmer, head, language, layout, terms, words};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// Every character that is no white space is in exactly one token, every token in exactly one sentence, in order.
fn check(text: &str) {
    let layout = layout(text);
    check_tokens(text, &layout);
    check_sentences(text, &layout);
    let found = head(text, &layout);
    assert!(found.title.is_none_or(|t| text.get(t.range()).is_some()), "{text:?}");
    let (lang, confidence) = language(text);
    assert!((0.0..=1.0).contains(&confidence), "{text:?} {confidence}");
    let mut vocabulary = Vocabulary::default();
    for lang in [lang, Lang::EN, Lang::new("el")] {
        assert_eq!(terms(text, &layout, &Stemmer::new(lang), &mut vocabulary).len(), layout.tokens.len());
    }
}

fn check_tokens(text: &str, layout: &Layout) {
    let mut at = 0;
    for token in &layout.tokens {
        let range = token.span.range();
        let gap = text.get(at..range.start);
        assert!(gap.is_some(), "overlap or no boundary before {range:?} in {text:?}");
        let gap = gap.unwrap_or_default();
        assert!(gap.chars().all(char::is_whitespace), "{gap:?} is in no token of {text:?}");
        let word = text.get(range.clone());
        assert!(word.is_some(), "no boundary after {range:?} in {text:?}");
        let word = word.unwrap_or_default();
        assert!(!word.is_empty() && !word.chars().any(char::is_whitespace), "{word:?} in {text:?}");
        at = range.end;
    }
    assert!(text[at..].chars().all(char::is_whitespace), "rest of {text:?}");
    let scanned: Vec<_> = layout.tokens.iter().map(|t| (t.span, t.kind)).collect();
    assert_eq!(scanned, words(text));
}

fn check_sentences(text: &str, layout: &Layout) {
    let (mut token, mut paragraph) = (0, 0);
    for (i, sentence) in layout.sentences.iter().enumerate() {
        assert_eq!(sentence.tokens().start, token, "sentence {i} of {text:?}");
        assert!(sentence.tokens().end > token, "sentence {i} of {text:?} is empty");
        token = sentence.tokens().end;
        let tokens = &layout.tokens[sentence.tokens()];
        assert_eq!(sentence.span.start, tokens[0].span.start);
        assert_eq!(sentence.span.end, tokens[tokens.len() - 1].span.end);
        assert!(tokens.iter().all(|t| t.sentence as usize == i));
        assert!(sentence.paragraph == paragraph || sentence.paragraph == paragraph + 1, "{text:?}");
        paragraph = sentence.paragraph;
    }
    assert_eq!(token, layout.tokens.len(), "{text:?}");
}

/// Pieces that meet the rules, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "U.S.",
        "Gen.",
        "J.",
        "plan B.",
        "said",
        "The",
        "al-Assad’s",
        "...",
        "…",
        "?!",
        ".",
        "”",
        "“",
        "\"",
        "'",
        "’",
        "(",
        ")",
        "[",
        "]",
        "[3]",
        ":)",
        "😀",
        "👩‍👩‍👧",
        "\u{ad}",
        "\u{200b}",
        "\u{feff}",
        "\u{301}",
        "\0",
        "\u{7}",
        "中文",
        "안녕",
        "العربية",
        "ไทย",
        "ё",
        "Россия",
        "г.",
        "http://a.bc/d",
        "www.",
        "a@b.cd",
        "@",
        "@name",
        "#",
        "#tag",
        "1,000.5",
        "00:00",
        "02/25/2016",
        "5–3",
        "–",
        "—",
        "-",
        "--",
        "=====",
        "/TASS/",
        "MOSCOW, February 24.",
        "See also",
        "ID :",
        "X",
        "S/SH 11",
        "By Anna Lee",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        "\u{a0}",
        "\u{2028}",
        "\u{3000}",
        "a",
        "s'",
        "'s",
        "ß",
        "İ",
        "ǅ",
        "€",
        "$5",
        "%",
        "&",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|v| v.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC{0,60}|(?s).{0,80}") {
        check(&text);
    }

    #[test]
    fn any_pieces(text in pieces()) {
        check(&text);
    }

    #[test]
    fn plain_words_agree_with_uax_29(list in prop::collection::vec("[a-zа-яà-öα-ω]{1,12}", 0..20)) {
        let text = list.join(" ");
        let ours: Vec<&str> = words(&text).iter().map(|(span, _)| span.text(&text)).collect();
        let oracle: Vec<&str> = text.split_word_bounds().filter(|w| *w != " ").collect();
        prop_assert_eq!(ours, oracle);
    }

    #[test]
    fn other_scripts_agree_with_uax_29(text in "[\u{5d0}-\u{5ea}\u{627}-\u{63a}\u{905}-\u{939}\u{4e00}-\u{4e40}\u{30a1}-\u{30f0}\u{ac00}-\u{ac80}\u{1f600}-\u{1f640} ]{0,40}") {
        let ours: Vec<&str> = words(&text).iter().map(|(span, _)| span.text(&text)).collect();
        let oracle: Vec<&str> = text.split_word_bounds().filter(|w| !w.trim().is_empty()).collect();
        prop_assert_eq!(ours, oracle);
    }
}

#[test]
fn empty_and_blank() {
    for text in ["", " ", "\n", "\r\n\r\n", "\u{a0}\u{3000}"] {
        assert_eq!(layout(text), Layout::default(), "{text:?}");
    }
}

#[test]
fn one_long_line_is_linear() {
    // A quadratic rule would need minutes for any of these.
    for piece in [
        "a.b",
        "a. ",
        "\"(",
        "A. B ",
        "中",
        "((",
        "x@y.",
        "Mr. ",
        "?\n",
        "A\n\n",
        "[1]",
        "See also\n\n",
        "www.",
        "1/",
    ] {
        let text = piece.repeat(400_000 / piece.len());
        assert!(!layout(&text).tokens.is_empty(), "{piece:?}");
    }
}

#[test]
fn stemmers_go_to_other_threads() {
    const fn needs<T: Send + Sync>() {}
    needs::<Stemmer>();
}

#[test]
fn forms() {
    use decalque_text::Case;
    let stemmer = Stemmer::new(Lang::EN);
    let check = |surface: &str, norm: &str, stem: &str, case: Case, is_stop: bool| {
        let form = stemmer.form(surface);
        assert_eq!(
            (form.norm.as_str(), form.stem.as_str(), form.case, form.is_stop),
            (norm, stem, case, is_stop)
        );
    };
    check("Talks", "talks", "talk", Case::Title, false);
    check("Assad’s", "assad's", "assad", Case::Title, false);
    check("’s", "'s", "'s", Case::None, true);
    check("ʼs", "'s", "'s", Case::None, true);
    check("workers'", "workers'", "worker", Case::Lower, false);
    check("al-Assad’s", "al-assad's", "al-assad", Case::Mixed, false);
    check("Jean-Claude", "jean-claude", "jean-claud", Case::Title, false);
    check("NATO’s", "nato's", "nato", Case::Upper, false);
    check("A", "a", "a", Case::Title, true);
    check("The", "the", "the", Case::Title, true);
    check("don’t", "don't", "don't", Case::Lower, true);
    check("US", "us", "us", Case::Upper, false);
    check("us", "us", "us", Case::Lower, true);
    check("U.S.", "u.s.", "u.s.", Case::Upper, false);
    check("00:00", "00:00", "00:00", Case::None, false);
    check("министром", "министром", "министр", Case::Lower, false);
    check("Со\u{ad}юз", "союз", "союз", Case::Title, false);
    check("O’Neill", "o'neill", "o'neil", Case::Title, false);
    check("αντίθετε", "αντίθετε", "αντίθετε", Case::Lower, false);
}

//! Words against UAX #29 (Unicode text segmentation) as unicode-segmentation implements it: where both agree, and where
//! news wants otherwise.

use decalque_tokenize::words;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

fn ours(text: &str) -> Vec<&str> {
    words(text).iter().map(|(span, _)| span.text(text)).collect()
}

fn uax29(text: &str) -> Vec<&str> {
    text.split_word_bounds().filter(|word| !word.trim().is_empty()).collect()
}

fn agree(text: &str) {
    assert_eq!(ours(text), uax29(text), "{text}");
}

/// `text` has the words `want` here, and other ones there.
fn differ(text: &str, want: &str, there: &str) {
    assert_eq!(ours(text).join("|"), want, "{text}");
    assert_eq!(uax29(text).join("|"), there, "{text}");
    assert_ne!(want, there, "{text}");
}

#[test]
fn both_agree() {
    for text in [
        "The minister left, and nobody (not one) knew why; he came back.",
        "Is it over? No! It goes on: slowly.",
        "iPhone6, ВТБ24, McDonald's, O’Brien’s, d'Artagnan, rock'n'roll",
        "1,000,000 or 1.000.000 or 1 000 000 or 1'000, 3.5%, 7‰, $1,250.75, £20, 100 ₽",
        "The 1990s, 21st, 2nd, v1.2.3, 192.168.0.1, MH17, H1N1",
        "«да» „ja“ ‹oui› “yes” 'two words' — [sic] {x}",
        "and/or, km/h, his/her, Johnson&Johnson",
        "½ cup, 3½, x², CO₂, m², a+b, x=y",
        "naïve café, Škoda, Łódź, Ærø, straße, e\u{301}te\u{301}",
        "Делегации встретились в пятницу; ничего не решили.",
        "Ελλάδα και Κύπρος",
        "東京で会議 が 開かれた。 カタカナ",
        "北京天气很好",
        "서울에서 회의",
        "ภาษาไทย ง่าย",
        "مرحبا بالعالم",
        "שלום עולם",
        "Pусский mixed Kремль",
        "👍🏽 👨‍👩‍👧 🇷🇺🇺🇸 ❤️",
        "5\u{a0}000 km",
    ] {
        agree(text);
    }
}

#[test]
fn abbreviations_and_initials_keep_their_stop() {
    differ("The U.S. signed", "The|U.S.|signed", "The|U.S|.|signed");
    differ("at 5 p.m. Friday", "at|5|p.m.|Friday", "at|5|p.m|.|Friday");
    differ("Gen. Lee", "Gen.|Lee", "Gen|.|Lee");
    differ("J. K. Rowling", "J.|K.|Rowling", "J|.|K|.|Rowling");
    differ("Mr.Lee", "Mr.|Lee", "Mr.Lee");
    differ("в 1970 г. и т.д.", "в|1970|г.|и|т.д.", "в|1970|г|.|и|т.д|.");
    differ("non-U.S. troops", "non-U.S.|troops", "non|-|U.S|.|troops");
}

#[test]
fn a_missing_space_does_not_join_sentences() {
    differ("Syria.The army", "Syria|.|The|army", "Syria.The|army");
    differ("of it.Next", "of|it|.|Next", "of|it.Next");
}

#[test]
fn hyphens_join() {
    differ("al-Nusra", "al-Nusra", "al|-|Nusra");
    differ("COVID-19", "COVID-19", "COVID|-|19");
    differ("state-of-the-art", "state-of-the-art", "state|-|of|-|the|-|art");
    differ("Нью-Йорк", "Нью-Йорк", "Нью|-|Йорк");
    differ("pre- and post-war", "pre-|and|post-war", "pre|-|and|post|-|war");
}

#[test]
fn numbers_keep_times_scores_dates_and_ranges() {
    differ("17:45:10", "17:45:10", "17|:|45|:|10");
    differ("a 3-2 win", "a|3-2|win", "a|3|-|2|win");
    differ("5–3", "5–3", "5|–|3");
    differ("2014-04-16", "2014-04-16", "2014|-|04|-|16");
    differ("16/04/14", "16/04/14", "16|/|04|/|14");
    differ("24/7", "24/7", "24|/|7");
    differ("5:30pm", "5:30pm", "5|:|30pm");
    differ("5\u{202f}km", "5|km", "5\u{202f}km");
    differ("$5-billion", "$|5-billion", "$|5|-|billion");
}

#[test]
fn apostrophes_that_begin_and_end_words_belong_to_them() {
    differ("the '90s", "the|'90s", "the|'|90s");
    differ("get 'em", "get|'em", "get|'|em");
    differ("the workers' rights", "the|workers'|rights", "the|workers|'|rights");
}

#[test]
fn addresses_handles_and_hashtags_are_whole() {
    differ("https://t.co/ab?x=1#y", "https://t.co/ab?x=1#y", "https|:|/|/|t.co|/|ab|?|x|=|1|#|y");
    differ("www.rt.com/news", "www.rt.com/news", "www.rt.com|/|news");
    differ("lee@example.org", "lee@example.org", "lee|@|example.org");
    differ("a.lee+news@example.org", "a.lee+news@example.org", "a.lee|+|news|@|example.org");
    differ("@TASS_agency", "@TASS_agency", "@|TASS_agency");
    differ("#Минск", "#Минск", "#|Минск");
}

/// The ending of what is no word stands apart; of words it does not.
#[test]
fn possessives_of_addresses_stand_apart() {
    differ("rt.com's", "rt.com|'s", "rt.com's");
    differ("@TASS’s", "@TASS|’s", "@|TASS’s");
}

#[test]
fn marks_in_a_row_are_one() {
    differ("Well?!", "Well|?!", "Well|?|!");
    differ("So...", "So|...", "So|.|.|.");
    differ("so--they", "so|--|they", "so|-|-|they");
    differ("fine :-)", "fine|:-)", "fine|:|-|)");
    differ("-----", "-----", "-|-|-|-|-");
}

#[test]
fn ampersands_and_single_slashes_join_capitals() {
    differ("AT&T", "AT&T", "AT|&|T");
    differ("R&D", "R&D", "R|&|D");
    differ("n/a", "n/a", "n|/|a");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Words of any alphabet and plain numbers between plain marks: no difference.
    #[test]
    fn plain_text_agrees(list in proptest::collection::vec(("[a-zà-ö]{3,9}|[а-я]{3,9}|[α-ω]{3,9}|[ա-ֆ]{3,9}|[ა-ჰ]{3,9}|[א-ת]{3,9}|[0-9]{1,6}|[0-9]{1,3},[0-9]{3}|[a-z]{2,6}'[a-z]{1,2}", "[,;!?]? "), 0..20)) {
        let text: String = list.iter().flat_map(|(word, mark)| [word.as_str(), mark]).collect();
        prop_assert_eq!(ours(&text), uax29(&text));
    }

    /// Letters between spaces are one word, whatever stands around them.
    #[test]
    fn letters_are_never_parted(before in "\\PC{0,3}", word in "[a-zа-я]{2,12}", after in "\\PC{0,3}") {
        let text = format!("{before} {word} {after}");
        let at = before.len() + 1;
        prop_assert!(words(&text).iter().any(|(span, _)| span.range() == (at..at + word.len())), "{:?}", ours(&text));
    }

    /// No user-perceived character is cut.
    #[test]
    fn graphemes_are_whole(pieces in proptest::collection::vec(grapheme(), 0..16)) {
        let text = pieces.concat();
        let starts: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        for (span, _) in words(&text) {
            prop_assert!(starts.binary_search(&span.range().start).is_ok(), "{:?} of {:?}", span.text(&text), text);
        }
    }
}

fn grapheme() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "a",
        "B",
        "ж",
        "7",
        " ",
        ".",
        ",",
        "-",
        "’",
        "'",
        "“",
        "\n",
        "e\u{301}",
        "и\u{306}",
        "o\u{308}\u{304}",
        "ü",
        "한",
        "\u{1112}\u{1161}\u{11ab}",
        "नि",
        "ก็",
        "שָׁ",
        "مُ",
        "👍",
        "👍🏽",
        "👩‍👩‍👧",
        "❤️",
        "🇷🇺",
        "@",
        "#",
        "$",
        "x\u{ad}",
        "\u{200b}",
    ])
}

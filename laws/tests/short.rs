//! The laws over made texts. `PROPTEST_CASES` says how many (`just fuzz-short`); the seed is fixed, so that a count always
//! means the same texts.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(2016), ..ProptestConfig::default() }
}

/// What the scanner, the sentence splitter, the labels and the rules act on.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "The ", "the ", "minister ", "he ", "she ", "they ", "said ", "says ", "told ", "added ", "asked ", "according to ", "that ", "of ", "and ", "who ",
    "Dmitry Peskov", "Peskov", "Sands", "Anna Petrova", "Mr ", "Mrs. ", "Gen. ", "Lt. Col. ", "J. K. ", "the Kremlin spokesman", "officials ", "Moscow ", "Syria",
    "U.S.", "U.K. ", "p.m. ", "a.m. ", "No. 5 ", "vol. 3", "Inc.", "etc.", "e.g. ", "Jan. ", "St. ", "г. ", "т.е. ", "им. ",
    "5", "3.5", "1,000", "5:30", "3-2", "5–3", "02/25/2016", "2016-02-25T10:27", "25 февраля 2016", "February 24", "$5", "€1.5bn", "5%", "№5", "90s", "19th",
    "https://example.org/a?b=c", "www.example.org", "rt.com", "a.lee+x@example.org", "@TASS", "#Минск", "AT&T", "n/a", "COVID-19", "al-Assad’s", "O’Neill", "workers'",
    "“", "”", "\"", "«", "»", "„", "‘", "’", "'", "''", "(", ")", "[", "]", "…", "...", "..", "?!", "!", "?", ".", ",", ";", ":", "-", "–", "—", "--", "- ", "– ",
    "=====", "* * *", "• ", "1. ", "a) ", ":)", "😀", "👩‍👩‍👧", "👍🏽", "🇷🇺", "1️⃣",
    " ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\u{a0}", "\u{2028}", "\u{3000}", "\u{ad}", "\u{200b}", "\u{200d}", "\u{feff}", "\u{301}", "\0", "\u{7}",
    "See also\n", "Read more", "By Anna Lee\n", "Source: TASS\n", "ID :\n", "X", "S/SH 11", "Photo: ", "MOSCOW, February 24. /TASS/. ", "(Reuters) - ", "Share",
    "Министр ", "заявил", "переговоры ", "ё", "Київ ", "уряд ", "Ministère ", "l’été ", "größte ", "中文", "東京 ", "안녕 ", "العربية ", "ไทย", "שלום ", "Ελλάδα ", "ǅ", "İ", "ß",
    "The Russian foreign Minister ", "plan “And” ", "plan “B”. ", "Syria.. ", "jabhat an Nusra ", ", \" he said", "”, – said ", "“We agree,” ", "(quoted by RIA Novosti)",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => prop::sample::select(PIECES).prop_map(str::to_owned),
        2 => "[a-z]{1,8} ",
        1 => "[A-ZÀ-ÖА-Я][a-zà-öа-я]{1,8}",
        1 => "\\PC{1,4}",
        1 => any::<char>().prop_map(String::from),
    ]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn words(text in text()) {
        decalque_laws::words(&text);
    }

    #[test]
    fn sentences(text in text()) {
        decalque_laws::sentences(&text);
    }

    #[test]
    fn quotes(text in text()) {
        decalque_laws::quotes(&text);
    }
}

//! Golden words: text, then its tokens set apart by `|`.

use decalque_text::TokenKind;
use decalque_tokenize::words;

fn check(text: &str, want: &str) {
    let got: Vec<&str> = words(text).iter().map(|(span, _)| span.text(text)).collect();
    assert_eq!(got.join("|"), want, "{text}");
}

#[test]
fn abbreviations_keep_their_stop() {
    check("The U.S. and the U.N. met", "The|U.S.|and|the|U.N.|met");
    check("at 9 a.m. or 5 p.m.", "at|9|a.m.|or|5|p.m.");
    check("Dr. Orlov, Mr. Reed, Gen. Karpov", "Dr.|Orlov|,|Mr.|Reed|,|Gen.|Karpov");
    check("Lt. Col. Smith", "Lt.|Col.|Smith");
    check("J. K. Rowling and A.S. Pushkin", "J.|K.|Rowling|and|A.S.|Pushkin");
    check("Gen.Karpov met J.Smith", "Gen.|Karpov|met|J.|Smith");
    check("vol. 3, No. 7, p. 12", "vol.|3|,|No.|7|,|p.|12");
    check("They said no. We left the vol.", "They|said|no|.|We|left|the|vol|.");
    check("Acme Inc. of Feb. 3 etc.", "Acme|Inc.|of|Feb.|3|etc.");
    check("в 2015 гг. и т.д. им. Горького", "в|2015|гг.|и|т.д.|им.|Горького");
    check("a Ph.D. student", "a|Ph.D.|student");
}

#[test]
fn labels_are_no_initials() {
    check("the backup plan B. Then they left", "the|backup|plan|B|.|Then|they|left");
    check("Plan A. Meanwhile", "Plan|A|.|Meanwhile");
    check("we chose option C. The rest", "we|chose|option|C|.|The|rest");
    check("He and I. They agreed", "He|and|I|.|They|agreed");
    check("a letter by V. Orlov", "a|letter|by|V.|Orlov");
}

#[test]
fn hyphens_and_apostrophes_join() {
    check("al-Assad’s UN-backed, Russian-U.S. talks", "al-Assad’s|UN-backed|,|Russian-U.S.|talks");
    check("the U.S.-led and the U.S.'s", "the|U.S.-led|and|the|U.S.'s");
    check("don't, won’t, O'Neill, l'homme", "don't|,|won’t|,|O'Neill|,|l'homme");
    check("the workers' rights, the states’ laws", "the|workers'|rights|,|the|states’|laws");
    check("called 'our friends' by some", "called|'|our|friends|'|by|some");
    check("‘plan A’ and ‘our friends’ too", "‘|plan|A|’|and|‘|our|friends|’|too");
    check("the ’90s and '80s, get 'em", "the|’90s|and|'80s|,|get|'em");
    check("pre- and post-war", "pre-|and|post-war");
    check("Moscow- said", "Moscow|-|said");
    check("truce – said", "truce|–|said");
    check("so--they left", "so|--|they|left");
}

#[test]
fn numbers_keep_their_marks() {
    check("00:00 (01:00 GMT)", "00:00|(|01:00|GMT|)");
    check("1,000.5 or 3.14, then 7,", "1,000.5|or|3.14|,|then|7|,");
    check("02/25/2016, 25.02.2016, 2016-02-25T10:27", "02/25/2016|,|25.02.2016|,|2016-02-25T10:27");
    check("won 5–3 in 2015–16", "won|5–3|in|2015–16");
    check("$5, 5%, €10 and +7", "$|5|,|5|%|,|€|10|and|+|7");
    check("the 19th, 90s, 24hrs", "the|19th|,|90s|,|24hrs");
    check("It cost 5.The rest", "It|cost|5|.|The|rest");
}

#[test]
fn addresses() {
    check("RT.com and Газета.Ru wrote", "RT.com|and|Газета.Ru|wrote");
    check(
        "see https://example.org/a?b=c, or www.example.org.",
        "see|https://example.org/a?b=c|,|or|www.example.org|.",
    );
    check("(http://example.org/a_(b))", "(|http://example.org/a_(b))");
    check("write to anna.lee@example.org.", "write|to|anna.lee@example.org|.");
    check("@anna_lee on #Minsk2 and #1", "@anna_lee|on|#Minsk2|and|#|1");
    check("left Syria.The rest", "left|Syria|.|The|rest");
    check("open notes.pdf now", "open|notes.pdf|now");
    check("example.org’s page", "example.org|’s|page");
}

#[test]
fn marks() {
    check("/TASS/.", "/|TASS|/|.");
    check("(ISIS / ISIL)", "(|ISIS|/|ISIL|)");
    check("What?! No... Yes… Well?..", "What|?!|No|...|Yes|…|Well|?..");
    check("“And”, he said", "“|And|”|,|he|said");
    check("fine :) and ;-)", "fine|:)|and|;-)");
    check("-----", "-----");
    check("and/or n/a AT&T", "and|/|or|n/a|AT&T");
}

#[test]
fn unicode() {
    check("cafe\u{301} na\u{ef}ve со\u{ad}юз", "cafe\u{301}|naïve|со\u{ad}юз");
    check("👩‍👩‍👧👍🏽 🇷🇺🇺🇸", "👩‍👩‍👧|👍🏽|🇷🇺|🇺🇸");
    check("東京 は カタカナ", "東|京|は|カタカナ");
    check("\u{feff}Moscow a\u{0}b", "\u{feff}|Moscow|a|\u{0}|b");
    check("5\u{a0}000\u{202f}km", "5|000|km");
    check("በ\u{202f}ב", "በ|ב");
    check("I ❤️ it ©", "I|❤️|it|©");
}

#[test]
fn kinds() {
    let check =
        |text: &str, want: TokenKind| assert_eq!(words(text).first().map(|w| w.1), Some(want), "{text}");
    check("U.S.", TokenKind::Word);
    check("19th", TokenKind::Word);
    check("00:00", TokenKind::Number);
    check("02/25/2016", TokenKind::Number);
    check("”", TokenKind::Punctuation);
    check("...", TokenKind::Punctuation);
    check("/", TokenKind::Punctuation);
    check("$", TokenKind::Symbol);
    check("€", TokenKind::Symbol);
    check("RT.com", TokenKind::Url);
    check("http://example.org", TokenKind::Url);
    check("anna@example.org", TokenKind::Email);
    check("@anna", TokenKind::Handle);
    check("#topic", TokenKind::Hashtag);
    check("😀", TokenKind::Emoji);
}

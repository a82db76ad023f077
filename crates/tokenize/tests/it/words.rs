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
    check("J.R.R. Tolkien, G.W.Bush", "J.R.R.|Tolkien|,|G.W.|Bush");
    check("a.k.a. Lee, i.e. him, Acme Corp.", "a.k.a.|Lee|,|i.e.|him|,|Acme|Corp.");
    check("non-U.S. and U.S.-led", "non-U.S.|and|U.S.-led");
    check("в г. Минске в 1970 г. и др.", "в|г.|Минске|в|1970|г.|и|др.");
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
    check("rock'n'roll at ten o'clock, y'all", "rock'n'roll|at|ten|o'clock|,|y'all");
    check("state-of-the-art, ex-prime-minister", "state-of-the-art|,|ex-prime-minister");
    check("mid-1990s, post-9/11, 12-percent", "mid-1990s|,|post-9/11|,|12-percent");
    check("word—word, word - word", "word|—|word|,|word|-|word");
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
    check("at 17:45:10, at 5:30pm, at 5.30 p.m.", "at|17:45:10|,|at|5:30pm|,|at|5.30|p.m.");
    check("a 3-2 win, 3:2 on penalties, 6-4 6-3", "a|3-2|win|,|3:2|on|penalties|,|6-4|6-3");
    check("US$5m, €1.5bn, £20, 100 ₽, RUB 5", "US|$|5m|,|€|1.5bn|,|£|20|,|100|₽|,|RUB|5");
    check("a $5-billion loan at 5.5 %, 50-60%, 7‰", "a|$|5-billion|loan|at|5.5|%|,|50-60|%|,|7|‰");
    check("1,000,000 or 1.000.000 or 1'000", "1,000,000|or|1.000.000|or|1'000");
    check("5,000-10,000 men on 9/11, open 24/7", "5,000-10,000|men|on|9/11|,|open|24/7");
    check("16/04/14, 2014-04-16, 10am-5pm", "16/04/14|,|2014-04-16|,|10am-5pm");
    check("№5, §5, 192.168.0.1, v1.2.3", "№|5|,|§|5|,|192.168.0.1|,|v1.2.3");
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
    check("@TASS_agency's feed, @RT’s page", "@TASS_agency|'s|feed|,|@RT|’s|page");
    check("#Сирия, #G20 and #café", "#Сирия|,|#G20|and|#café");
    check("to a.lee+news@example.co.uk now", "to|a.lee+news@example.co.uk|now");
    check("https://t.co/ab12?x=1#top and rt.com/news", "https://t.co/ab12?x=1#top|and|rt.com/news");
    check("президент.рф and node.js", "президент.рф|and|node.js");
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
    check("km/h, R&D, Q&A, Johnson&Johnson", "km|/|h|,|R&D|,|Q&A|,|Johnson|&|Johnson");
    check("„ja“ «да» ‹oui› ''no''", "„|ja|“|«|да|»|‹|oui|›|''|no|''");
    check("[sic] {x} (see p. 12)", "[|sic|]|{|x|}|(|see|p.|12|)");
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
    check("COVID-19, Su-24M, MH17, 4x4, iPhone6", "COVID-19|,|Su-24M|,|MH17|,|4x4|,|iPhone6");
    check("ВТБ24, Россия-24, Нью-Йорк, кто-нибудь", "ВТБ24|,|Россия-24|,|Нью-Йорк|,|кто-нибудь");
    check("Pусский mixed Kремль", "Pусский|mixed|Kремль");
    check("Ελλάδα, Łódź, straße, Ærø", "Ελλάδα|,|Łódź|,|straße|,|Ærø");
    check("서울에서 회의, ภาษา", "서울에서|회의|,|ภ|า|ษ|า");
    check("مرحبا بالعالم, שלום עולם", "مرحبا|بالعالم|,|שלום|עולם");
    check("½ cup, CO₂, m²", "½|cup|,|CO|₂|,|m|²");
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

//! Golden roles: one letter a sentence.

use decalque_text::Role;
use decalque_tokenize::{head, language, layout};

fn check(text: &str, want: &str) {
    let letter = |role| match role {
        Role::Title => 't',
        Role::Heading => 'h',
        Role::Dateline => 'd',
        Role::Body => 'b',
        Role::Caption => 'c',
        Role::Metadata => 'm',
        Role::Related => 'r',
        Role::Boilerplate => 'x',
        Role::Duplicate => '2',
    };
    let layout = layout(text);
    let got: String = layout.sentences.iter().map(|s| letter(s.role)).collect();
    assert_eq!(got, want, "{text}");
}

const BODY: &str =
    "The delegations met on Friday and agreed on nothing at all. They will meet again in the spring.";

fn with_body(before: &str, after: &str) -> String {
    format!("{before}{BODY}{after}")
}

#[test]
fn titles() {
    check(&with_body("Talks end without result\n\n", ""), "tbb");
    check(&with_body("Talks end without result\n", ""), "tbb");
    check(&with_body("Will the talks go on?\n\n", ""), "tbb");
    check(&with_body("The minister leaves on Monday.\n\n", ""), "tbb");
    check(&with_body("The minister left on Monday.\n", ""), "bbb");
    check(&with_body("“I left,” the minister said.\n\n", ""), "bbb");
    check("Talks end without result", "b");
    check(&with_body("Talks end without result\n\nTalks end without result\n\n", ""), "t2bb");
}

#[test]
fn fields() {
    check(&with_body("ID :\n55123\nFri, 03/04/2016 - 09:15\nAuther :\n\nTalks end\n\n", ""), "mmmmtbb");
    check(&with_body("Talks end\nBy Anna Lee\nMarch 4, 2016 09:15\n\n", ""), "tmmbb");
    check(
        &with_body("Talks end\nPublished: 4 March 2016\nAuthor: Anna Lee\nhttps://example.org/talks\n", ""),
        "tmmmbb",
    );
    check(&with_body("", "\n\nTags: talks, spring\n\nAL/BO 7"), "bbmx");
}

#[test]
fn datelines() {
    for dateline in [
        "MINSK, March 4. /TASS/. ",
        "MINSK, March 4. ",
        "MINSK, March 4 (Reuters) - ",
        "MINSK, Belarus (AP) — ",
        "MINSK — ",
        "NEW YORK, March 4 /TASS/. ",
        "Minsk. March 4. INTERFAX.RU - ",
        "MINSK, 4 Mar – RIA Novosti. ",
        "Minsk (Belta News/Reuters) - ",
        "March 4 (Bloomberg) — ",
        "WASHINGTON, D.C., March 4 (UPI) -- ",
        "Minsk. 4 March. INTERFAX.RU - ",
        "BEIRUT/GENEVA (Reuters) - ",
        "MINSK, March 4 /BelTA/. ",
        "TASS, March 4. ",
        "(Reuters) - ",
        "(TASS) ",
        "/TASS/. ",
        "МИНСК, 4 марта. /ТАСС/. ",
        "МИНСК, 4 мар - РИА Новости. ",
    ] {
        check(&with_body(dateline, ""), "dbb");
    }
    for text in [
        "NATO — The alliance is old.",
        "Islamic State (ISIS) — The group is old.",
        "MINSK, March 4 was cold.",
        "Minsk, the capital, is cold.",
        "The minister, March 4.",
        "(Nobody) - The hall was empty.",
        "(The talks) - The minister left.",
        "/news/ - The page is gone.",
        "AC/DC (the band) - The band is old.",
    ] {
        check(text, "b");
    }
}

#[test]
fn fields_without_a_name() {
    check(&with_body("Talks end\n4 March 2016\nTASS\n\n", ""), "tmmbb");
    check(
        &with_body("Talks end\n\nPublished time: 4 Mar, 2016 09:15\nEdited time: 4 Mar, 2016 12:00\n\n", ""),
        "tmmbb",
    );
    check(&with_body("Talks end\n\nPosted on March 4th, 2016 by Anna Lee\n\n", ""), "tmbb");
    check(&with_body("", "\n\n(Reporting by Anna Lee; editing by Boris Orlov)"), "bbm");
    check(&with_body("", "\n\nSource: RIA Novosti"), "bbm");
    check(&with_body("", "\n\nPosted on a wall in March, the order was old."), "bbb");
    check(&with_body("Talks end\n\nReuters reports that nobody came on Friday.\n\n", ""), "tbbb");
}

#[test]
fn related() {
    check(
        &with_body(
            "",
            "\n\nSee also\n\nTalks in Geneva: what we know\n\nThe talks had been planned for months. Nobody came.",
        ),
        "bbrrbb",
    );
    check(&with_body("", "\n\nRead also:\nTalks in Geneva\nWho is who in the talks"), "bbrrr");
    check(&with_body("", "\n\nSee also: Talks in Geneva"), "bbr");
    check(&with_body("", "\n\nRead more: Talks in Geneva"), "bbr");
    check(&with_body("", "\n\nЧитайте также\n\nПереговоры в Женеве"), "bbrr");
}

#[test]
fn boilerplate() {
    check(&with_body("", " Read more"), "bbx");
    check(&with_body("", "\n\nRead more\n\nX"), "bbxx");
    check(
        &with_body("", "\n\nAdvertisement\n\nThe talks had been planned for many months. Nobody came."),
        "bbxbb",
    );
    check(&with_body("", "\n\nYour browser does not support the video tag."), "bbx");
    check(&with_body("", "\n\n* * *\n\nThe talks had been planned for many months."), "bbxb");
}

#[test]
fn headings() {
    check(
        "Talks end\n\nThey met on Friday and agreed on nothing.\n\nThe long way\n\nNobody came to the second day of the talks.",
        "tbhb",
    );
    check(
        &with_body("Talks end\n\nThe first day was cold and nobody spoke.\n\nThe second day\n\n", ""),
        "tbhbb",
    );
    check(
        &with_body("Talks end\n\nThe first day was cold and nobody spoke.\n\nPhoto: Anna Lee\n\n", ""),
        "tbcbb",
    );
}

#[test]
fn heads() {
    let check = |text: &str,
                 published: Option<i64>,
                 place: Option<&str>,
                 agency: Option<&str>,
                 author: Option<&str>| {
        let fields = head(text, &layout(text)).fields;
        assert_eq!(fields.published, published, "{text}");
        assert_eq!(
            (fields.place.as_deref(), fields.agency.as_deref(), fields.author.as_deref()),
            (place, agency, author),
            "{text}"
        );
    };
    let time = Some(1_456_396_020_000);
    let day = Some(1_456_358_400_000);
    check(&with_body("MOSCOW, February 24. /TASS/. ", ""), None, Some("Moscow"), Some("TASS"), None);
    check(&with_body("NEW YORK, Feb. 25, 2016 (AP) — ", ""), day, Some("New York"), Some("AP"), None);
    check(&with_body("Thu, 02/25/2016 - 10:27\n\n", ""), time, None, None, None);
    check(&with_body("25.02.2016\n\n", ""), day, None, None, None);
    check(&with_body("2016-02-25T10:27\n\n", ""), time, None, None, None);
    check(&with_body("February 25, 2016 10:27\n\n", ""), time, None, None, None);
    check(&with_body("25 February 2016\n\n", ""), day, None, None, None);
    check(&with_body("25 февраля 2016, 10:27\n\n", ""), time, None, None, None);
    check(
        &with_body("Published: 25 February 2016 at 10:27 AM\nAuthor: Anna Lee\n\n", ""),
        time,
        None,
        None,
        Some("Anna Lee"),
    );
    check(&with_body("By Anna Lee\n\n", ""), None, None, None, Some("Anna Lee"));
    check(&with_body("Published time: 25 Feb, 2016 10:27\n\n", ""), time, None, None, None);
    check(&with_body("Опубликовано: 25.02.2016 10:27\n\n", ""), time, None, None, None);
    check(&with_body("10:27, 25 февраля 2016\n\n", ""), time, None, None, None);
    check(&with_body("Posted on February 25th, 2016 by Anna Lee\n\n", ""), day, None, None, Some("Anna Lee"));
    check(
        &with_body("By Anna Lee and Boris Orlov, Reuters\n\n", ""),
        None,
        None,
        Some("Reuters"),
        Some("Anna Lee and Boris Orlov"),
    );
    check(&with_body("By Anna Lee in Minsk\n\n", ""), None, Some("Minsk"), None, Some("Anna Lee"));
    check(&with_body("Author: Anna Lee, TASS\n\n", ""), None, None, Some("TASS"), Some("Anna Lee"));
    check(&with_body("Автор: Анна Ли\n\n", ""), None, None, None, Some("Анна Ли"));
    check(
        &with_body("", "\n\n(Reporting by Anna Lee; editing by Boris Orlov)"),
        None,
        None,
        None,
        Some("Anna Lee"),
    );
    check(&with_body("", "\n\nSource: RIA Novosti"), None, None, Some("RIA Novosti"), None);
    check(&with_body("", "\n\nИсточник: ТАСС"), None, None, Some("ТАСС"), None);
    check(&with_body("", "\n\nSource: a long list of papers and of sites"), None, None, None, None);
    check(&with_body("25.02.2016 10:27\nTASS\n\n", ""), time, None, Some("TASS"), None);
    check(&with_body("(Reuters) - ", ""), None, None, Some("Reuters"), None);
    check(&with_body("/TASS/. ", ""), None, None, Some("TASS"), None);
    check(&with_body("TASS, February 25. ", ""), None, None, Some("TASS"), None);
    check(&with_body("BEIRUT/GENEVA (Reuters) - ", ""), None, Some("Beirut/Geneva"), Some("Reuters"), None);
    check(
        &with_body("Moscow. 24 February. INTERFAX.RU - ", ""),
        None,
        Some("Moscow"),
        Some("INTERFAX.RU"),
        None,
    );
    check(&with_body("МОСКВА, 24 фев - РИА Новости. ", ""), None, Some("Москва"), Some("РИА Новости"), None);
    check(&with_body("31.02.2016\n\n", ""), None, None, None, None);
}

#[test]
fn addresses() {
    let check = |before: &str, url: Option<&str>| {
        let text = with_body(before, "");
        assert_eq!(head(&text, &layout(&text)).fields.url.as_deref(), url, "{before}");
    };
    check("https://example.org/talks?a=b\n\nTalks end\n\n", Some("https://example.org/talks?a=b"));
    check("URL: http://example.org/talks\n\n", Some("http://example.org/talks"));
    check("Link: www.example.org\n\n", Some("www.example.org"));
    check("Source: https://example.org/talks\n\n", Some("https://example.org/talks"));
    check("See https://example.org for the whole list of what was said.\n\n", None);
}

#[test]
fn languages() {
    let check = |text: &str, want: &str| assert_eq!(language(text).0.tag(), want, "{text}");
    check(BODY, "en");
    check(&BODY.repeat(50), "en");
    check("Делегации встретились в пятницу и ни о чём не договорились. Весной они встретятся снова.", "ru");
    check(
        "Делегації зустрілися у п'ятницю і ні про що не домовилися. Навесні вони зустрінуться знову.",
        "uk",
    );
    check(
        "Die Delegationen trafen sich am Freitag und einigten sich auf nichts. Im Frühjahr treffen sie sich wieder.",
        "de",
    );
    check("代表团星期五举行了会晤，但没有达成任何协议。他们将在春天再次会晤。", "zh");
    check("", "und");
    check("12:30 — 5%", "und");
    check("ok", "und");
}

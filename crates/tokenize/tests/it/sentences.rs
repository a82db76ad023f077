//! Golden sentences: text, then its sentences set apart by ` | `.

use decalque_tokenize::layout;

fn check(text: &str, want: &[&str]) {
    let layout = layout(text);
    let got: Vec<&str> = layout.sentences.iter().map(|s| s.span.text(text)).collect();
    assert_eq!(got, want, "{text}");
}

/// Cuts `text` at `|`, which stands for the boundaries.
fn cut(text: &str) {
    let want: Vec<&str> = text.split('|').map(str::trim).collect();
    check(&text.replace('|', ""), &want);
}

#[test]
fn plain() {
    cut("The talks failed. |Nobody was surprised. |What now? |Go home!");
    cut("He came. |he left.");
    cut("It was 3.5 percent. |In 2014 it was 7.");
}

#[test]
fn abbreviations() {
    cut("Lt. Col. Smith and Gen. Orlov met Dr. Reed. |They spoke.");
    cut("J. K. Rowling wrote to G. B. Shaw. |He answered.");
    cut("It opens at 5 p.m. Friday in Minsk. |Come early.");
    cut("It closed at 5 p.m. |The guards left.");
    cut("See vol. 3 of the report. |It is long.");
    cut("The U.S. officials came from the U.S. Senate. |They left the U.S. |The end.");
    cut("Acme Inc. said so. |He works for Acme Inc. |She does not.");
    cut("Russian-U.S. ties are cold. |So is Russia-U.S. trade.");
    cut("They met on Feb. 3 in St. Petersburg. |It snowed.");
    cut("Bring pens, paper, etc. |We start at nine.");
    cut("Some, e.g. Orlov and Reed, agreed.");
    cut("They now have a plan B. |Moscow has plan A. |The rest wait.");
    cut("The catch was 800 thousand. tonnes and 5 mln. rubles. |it grew.");
    cut("It was in Gazeta. Ru on Monday. |Acme (ACME. N) fell.");
    cut("Orlov v. Reed is an old case. |Nobody won.");
    cut("1. The first item. |2. The second item. |It was 5. |Nobody came.");
    cut("В 2014 г. Россия вышла. |В 2015 г. вернулась.");
    cut("Он родился в 1970 г. |В 1990 г. он уехал.");
    cut("Он родился в г. Минске в семье проф. Иванова. |Потом он уехал.");
    cut("Т.е. он ушёл. |Остались Орлов и др. |Потом ушли и они.");
    cut("He arrived at 5 p.m. Friday. |She left at 6 p.m. |The end.");
    cut("Lt. Col. Smith spoke. |Gen. Ivanov did not.");
    cut("It was Jan. 5. |It was cold in Feb. 2015 too.");
    cut("See Sec. 5 of the U.S. Code. |It is long.");
    cut("He lives in Washington, D.C. |She lives in the U.K. in May.");
    cut("Acme Inc., a firm, fell. |Acme Corp. rose.");
    cut("No. 5 won. |He said no. |Nobody came.");
    cut("Mr. and Mrs. Smith met Ms. Jones, Prof. Lee and Sen. Warren.");
    cut("It is approx. 5 km. from here, 5 min. by car. |Go there.");
    cut("U.S. President Reed met U.N. Secretary-General Orlov. |They agreed.");
    cut("He joined the U.S. Army. |He left the U.S. |Because he had to.");
    cut("The meeting is at 10 a.m. Moscow time. |It ends at noon.");
    cut("Vol. 5, No. 3, pp. 10–12. |Published in spring.");
    cut("St. Louis, Mt. Everest, Ft. Worth. |All of them.");
    cut("J.R.R. Tolkien did not. |J. K. Rowling did.");
}

#[test]
fn quotes_and_brackets() {
    cut("“We agreed.” |The minister left.");
    cut("\"We agreed.\" |\"We did not.\"");
    cut("“Will you come?” he asked. |“No!” she said.");
    cut("(This was on Friday.) |They met again.");
    cut("He left (for good.) |She stayed.");
    cut("They call it “peace.” |It is not.");
    cut("«Мы согласны». |Министр уехал.");
    cut("It is known. [12] |It is old.");
    cut("“We won’t go,” – said the minister. |– However, we may.");
    cut("“It is over.” – said the minister.");
    cut("“Why not?” Asked Lee. |He said: \"We won. '\"");
    cut("“Why not?” Anna Lee asked. |“Go!” Orlov shouted.");
    cut("“Why not?” |Nobody knew.");
    cut("He said: ‘We won.’ |Nobody laughed.");
    cut("“I agree.” |She left. |“I don’t,” he said.");
    cut("“Is it over?” he asked. |“No.” |“Why?”");
    cut("He asked, “Why?” and left.");
    cut("“Stop!” shouted Lee. |“Now!”");
    cut("“We won”. |She left. |“We lost”! |He stayed.");
    cut("He said \"We won.\" |She said \"No.\"");
    cut("'We won.' |'No.'");
    cut("He (the minister) left. |(He was tired.) |She stayed.");
    cut("– Will you go? |– No. |– Why not?");
    cut("— Вы придёте? — спросил он. |— Нет, — ответила она.");
    cut("«Мы согласны», — сказал министр. |Он уехал.");
    cut("The first — he said — is over. |The second is not.");
}

#[test]
fn marks() {
    cut("He thought... and left. |She thought... |Then she left.");
    cut("What?! |Really?.. |Yes.");
    cut("“… we presume so,” he said. |They agreed.");
    cut("The army left Syria.|The rest stayed.");
    cut("Great :) |Thanks for that.");
    cut("Read it on example.org. |It is free.");
    cut("He lost 3.5.|She won.");
    cut("The rest stayed.|He said so.|Nobody came.");
    cut("What?|No!|Yes.");
    cut("He left…and came back.");
    cut("Wait... what? |No!!! |Yes?!");
    cut("It cost $5. |It cost $5.5 million. |It cost 5.");
    cut("The score was 3:2. |They won 3-2. |At 00:00 it ended.");
    cut("Or rt.com! |Go.");
}

#[test]
fn one_line_page() {
    cut("MOSCOW, May 3. /TASS/. |The talks failed. |They go on. |Read more");
    cut("WASHINGTON (AP) — |The talks failed.");
    cut("(Reuters) |Talks failed on Monday.");
    cut("MOSCOW, February 24. /TASS/. |The talks are over. |Nobody won.");
    cut("МИНСК, 4 марта. /ТАСС/. |Переговоры завершились.");
    cut("Anna Lee |02/03/2015 10:15 AM |The talks failed.");
}

#[test]
fn lines() {
    check(
        "First headline here\nSecond headline here\nThird one",
        &["First headline here", "Second headline here", "Third one"],
    );
    check("It failed.\nNobody came.", &["It failed.", "Nobody came."]);
    check(
        "Editor’s note: the minister said in the spring that nobody\nincites\nthe people of the north.",
        &["Editor’s note: the minister said in the spring that nobody\nincites\nthe people of the north."],
    );
    check("- milk\n- bread\n\nBuy it.", &["- milk", "- bread", "Buy it."]);
    check("• One thing • Another thing", &["• One thing", "• Another thing"]);
    check("1. One thing\n2. Another thing\n\nBoth.", &["1. One thing", "2. Another thing", "Both."]);
    check("A headline\n\nThe text begins. It goes on.", &["A headline", "The text begins.", "It goes on."]);
    check(
        "The delegations came to the capital on Monday and left it on Friday, and\nnobody in the city noticed anything but the long rows of black cars that\nstood along the river. The minister was not there.",
        &[
            "The delegations came to the capital on Monday and left it on Friday, and\nnobody in the city noticed anything but the long rows of black cars that\nstood along the river.",
            "The minister was not there.",
        ],
    );
    check(
        "A title of the paper\r\nThe first line of the abstract\n\tgoes on here. It ends",
        &["A title of the paper", "The first line of the abstract\n\tgoes on here.", "It ends"],
    );
}

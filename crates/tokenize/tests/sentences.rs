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
}

#[test]
fn one_line_page() {
    cut("MOSCOW, May 3. /TASS/. |The talks failed. |They go on. |Read more");
    cut("WASHINGTON (AP) — |The talks failed.");
    cut("(Reuters) |Talks failed on Monday.");
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

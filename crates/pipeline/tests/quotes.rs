//! What is quoted, and who speaks. Here, because it takes a tokenizer to say it.

use decalque_evidence::{Evidence, Gathered, gather, own};
use decalque_quote::quotes;
use decalque_text::{Lang, Quote, Span, Speech, View, Vocabulary};
use decalque_tokenize::{Stemmer, layout, terms};

fn with_view<T>(text: &str, then: impl FnOnce(&View) -> T) -> T {
    let (layout, mut vocabulary) = (layout(text), Vocabulary::default());
    let terms = terms(text, &layout, &Stemmer::new(Lang::EN), &mut vocabulary);
    then(&View { text, layout: &layout, terms: &terms, vocabulary: &vocabulary })
}

/// What a corpus of these texts knows.
fn corpus(texts: &[&str]) -> Evidence {
    let mut all = Gathered::default();
    texts.iter().for_each(|text| with_view(text, |view| all.add(&gather(view))));
    all.freeze()
}

fn found(text: &str, evidence: &Evidence) -> Vec<Quote> {
    with_view(text, |view| quotes(view, &own(view), evidence))
}

/// `words | speaker | words that name the speaker`, indirect speech after `>`; a statement's further parts after `+`.
fn told(text: &str, evidence: &Evidence) -> Vec<String> {
    let mut last = None;
    let mut line = |q: &Quote| {
        let part = if last.replace(q.statement) == Some(q.statement) { "+" } else { "" };
        let mark = if q.speech == Speech::Indirect { ">" } else { "" };
        let stands = q.speaker_at.map_or("", |s: Span| s.text(text));
        format!("{part}{mark}{} | {} | {stands}", q.span.text(text), q.speaker.as_deref().unwrap_or("-"))
    };
    found(text, evidence).iter().map(&mut line).collect()
}

#[track_caller]
fn check(text: &str, want: &[&str]) {
    assert_eq!(told(text, &corpus(&[text])), want, "{text}");
}

#[test]
fn marks_of_every_style() {
    check("“We agree,” Lavrov said.", &["We agree, | Lavrov | Lavrov"]);
    check("\"We agree,\" Lavrov said.", &["We agree, | Lavrov | Lavrov"]);
    check("''We agree,'' Lavrov said.", &["We agree, | Lavrov | Lavrov"]);
    check("«We agree», Lavrov said.", &["We agree | Lavrov | Lavrov"]);
    check("„We agree“, Lavrov said.", &["We agree | Lavrov | Lavrov"]);
    check("»We agree«, Lavrov said.", &["We agree | Lavrov | Lavrov"]);
    check("‘We agree,’ Lavrov said.", &["We agree, | Lavrov | Lavrov"]);
    check("” We agree,” Lavrov said.", &[]);
    check(
        "– We agree, – said Lavrov. – It is time.",
        &["We agree | Lavrov | Lavrov", "+It is time. | Lavrov | Lavrov"],
    );
}

#[test]
fn the_speaker_before_between_and_after() {
    check("Lavrov said: “We agree.”", &["We agree. | Lavrov | Lavrov"]);
    check("Anna Petrova: “We agree.”", &["We agree. | Anna Petrova | Anna Petrova"]);
    check(
        "“We agree,” said the Russian minister, Ivan Petrov, “but not today.”",
        &["We agree, | Ivan Petrov | Ivan Petrov", "+but not today. | Ivan Petrov | Ivan Petrov"],
    );
    check(
        "“It works,” Ivan Petrov, the head of the plant, told reporters.",
        &["It works, | Ivan Petrov | Ivan Petrov"],
    );
    check(
        "“It works,” according to Ivan Petrov. “It always did.”",
        &["It works, | Ivan Petrov | Ivan Petrov", "+It always did. | Ivan Petrov | Ivan Petrov"],
    );
    check("“It was my home.” — Anna Petrova", &["It was my home. | Anna Petrova | Anna Petrova"]);
    check(
        "A plan that “nobody has read” is no plan, Lavrov said.",
        &[">A plan that “nobody has read” is no plan | Lavrov | Lavrov", "nobody has read | Lavrov | Lavrov"],
    );
}

#[test]
fn paragraphs_that_open_again_have_one_speaker() {
    check(
        "“The first stays open.\n\n“So does the second.\n\n“The third closes,” Anna Petrova said.",
        &[
            "The first stays open. | Anna Petrova | Anna Petrova",
            "+So does the second. | Anna Petrova | Anna Petrova",
            "+The third closes, | Anna Petrova | Anna Petrova",
        ],
    );
}

#[test]
fn a_quotation_of_its_own_paragraph_goes_to_who_spoke_before() {
    check(
        "The mayor, Anna Petrova, spoke in the town hall on Friday and added:\n\n“We will build the bridge this year.”",
        &["We will build the bridge this year. | Anna Petrova | Anna Petrova"],
    );
}

#[test]
fn quotations_inside_quotations() {
    check(
        "“My father told me, ‘Never sell the farm,’ and I did not,” Petrov said.",
        &[
            "My father told me, ‘Never sell the farm,’ and I did not, | Petrov | Petrov",
            "Never sell the farm, | - | My father",
        ],
    );
}

#[test]
fn marks_that_are_missing_or_wrong() {
    check("“We agree, said Petrov.", &["We agree, | Petrov | Petrov"]);
    check("We agree with all of it, \"said Petrov.", &["We agree with all of it, | Petrov | Petrov"]);
    check("”We agree,” said Petrov.", &["We agree, | Petrov | Petrov"]);
    check("A mark ” stands here. Another \" too.", &[]);
    check("“ ” « » \" \" ' ' „ “", &[]);
}

#[test]
fn what_engines_make_of_attributions() {
    check("“We agree”, – said Petrov.", &["We agree | Petrov | Petrov"]);
    check("“We agree,” – told reporters Petrov.", &["We agree, | Petrov | Petrov"]);
    check("“We agree,” Petrov said (quoted by RIA Novosti).", &["We agree, | Petrov | Petrov"]);
    check("“We agree” (quoted by Interfax).", &["We agree | Interfax | Interfax"]);
    check(
        "“We agree,” – quotes Interfax the words of Ivan Petrov.",
        &["We agree, | Ivan Petrov | Ivan Petrov"],
    );
}

#[test]
fn pronouns_stand_for_the_last_subject_of_their_gender() {
    check(
        "Ivan Petrov met Anna Orlova. “We agree,” she said. “So do we,” he replied.",
        &["We agree, | Anna Orlova | she", "So do we, | Ivan Petrov | he"],
    );
    check("“We agree,” they said.", &["We agree, | - | they"]);
}

#[test]
fn family_names_and_roles_stand_for_full_names() {
    check(
        "Ivan Petrov, the Kremlin spokesman, came late. “We agree,” Mr Petrov said. “Or nearly,” the spokesman added.",
        &["We agree, | Ivan Petrov | Mr Petrov", "Or nearly, | Ivan Petrov | the spokesman"],
    );
    let known = corpus(&["Kremlin spokesman Ivan Petrov came.", "Kremlin spokesman Ivan Petrov left."]);
    assert_eq!(told("“We agree,” Petrov said.", &known), ["We agree, | Ivan Petrov | Petrov"]);
    assert_eq!(
        told("“We agree,” the Kremlin spokesman said.", &known),
        ["We agree, | Ivan Petrov | the Kremlin spokesman"]
    );
    assert_eq!(told("“We agree,” the spokesman said.", &known), ["We agree, | - | the spokesman"]);
}

#[test]
fn indirect_speech() {
    check("Petrov said that the talks had failed.", &[">the talks had failed | Petrov | Petrov"]);
    check(
        "Petrov told reporters on Friday that the talks had failed.",
        &[">the talks had failed | Petrov | Petrov"],
    );
    check("The minister said he would not resign.", &[">he would not resign | - | The minister"]);
    check("According to Petrov, the talks have failed.", &[">the talks have failed | Petrov | Petrov"]);
    check("The talks have failed, Petrov said.", &[">The talks have failed | Petrov | Petrov"]);
    check(
        "Petrov said that the plan was “dead and buried”.",
        &[">the plan was “dead and buried” | Petrov | Petrov", "dead and buried | Petrov | Petrov"],
    );
    check("Petrov refused to say that it was over. He told nobody.", &[]);
}

#[test]
fn what_was_not_said_is_no_speech() {
    check("Petrov did not say that the talks were over.", &[]);
    check("Petrov never said that the talks were over.", &[]);
    check("Petrov didn’t say that the talks were over.", &[]);
    check("Petrov said that the talks were not over.", &[">the talks were not over | Petrov | Petrov"]);
}

#[test]
fn more_of_each_style() {
    check(
        "— We agree, — said Lavrov. — It is time.",
        &["We agree | Lavrov | Lavrov", "+It is time. | Lavrov | Lavrov"],
    );
    check(
        "‘We agree,’ said Petrov. ‘We don’t wait.’",
        &["We agree, | Petrov | Petrov", "+We don’t wait. | Petrov | Petrov"],
    );
    check(
        "“We agree” said Petrov “but not today”",
        &["We agree | Petrov | Petrov", "+but not today | Petrov | Petrov"],
    );
    check(
        "Petrov: “We agree.” Orlova: “We do not.”",
        &["We agree. | Petrov | Petrov", "We do not. | Orlova | Orlova"],
    );
    check(
        "“He called it ‘a great day’ for us,” Anna Orlova said.",
        &["He called it ‘a great day’ for us, | Anna Orlova | Anna Orlova", "a great day | - | He"],
    );
    check("The “deal” was signed on Friday. “We agree,” Petrov said.", &["We agree, | Petrov | Petrov"]);
}

#[test]
fn statements_in_three_parts_are_one() {
    check(
        "“We agree,” said Petrov, “and we will sign,” he added, “but not today.”",
        &[
            "We agree, | Petrov | Petrov",
            "+and we will sign, | Petrov | Petrov",
            "+but not today. | Petrov | Petrov",
        ],
    );
    check(
        "“We agree. We will sign it,” said Petrov. “We will not wait.”",
        &["We agree. We will sign it, | Petrov | Petrov", "+We will not wait. | Petrov | Petrov"],
    );
}

#[test]
fn titles_offices_and_bodies_speak() {
    check(
        "“We agree,” Prime Minister Ivan Petrov said on Friday.",
        &["We agree, | Ivan Petrov | Prime Minister Ivan Petrov"],
    );
    check("Mr Petrov told the BBC: “We agree.”", &["We agree. | Petrov | Mr Petrov"]);
    check("As Petrov put it, “we agree”.", &["we agree | Petrov | Petrov"]);
    check("Petrov, asked whether he agreed, said: “No.”", &["No. | Petrov | Petrov"]);
    check(
        "“We agree,” a senior official who asked not to be named said.",
        &["We agree, | - | a senior official"],
    );
    check("“We agree,” the ministry said in a statement.", &["We agree, | - | the ministry"]);
    check("According to the minister, “we agree”.", &["we agree | - | the minister"]);
    check(
        "“We agree,” – said in an interview with RIA Novosti Ivan Petrov.",
        &["We agree, | Ivan Petrov | Ivan Petrov"],
    );
    check(
        "“We agree,” Ivan Petrov wrote. Anna Orlova left. “Not today,” he stressed.",
        &["We agree, | Ivan Petrov | Ivan Petrov", "Not today, | Ivan Petrov | he"],
    );
}

#[test]
fn titles_names_and_scare_quotes_are_nobody_s_words() {
    check("The film “War and Peace” opens today.", &[]);
    check("The group “Islamic State” is banned in Russia.", &[]);
    check("The so-called “moderate opposition” left.", &[]);
    check("Plan “A” is better than plan “B”.", &[]);
    check("On Sunday’s “Face the Nation,” there was a debate.", &[]);
}

#[test]
fn lines_that_are_not_the_article_say_nothing() {
    check("Petrov spoke in Moscow.\n\nRead more\n\nSee also\n\nPetrov: “We agree with all of it”\n", &[]);
}

/// Long inputs take time in proportion: these end at once, or the test does not end.
#[test]
fn long_inputs_end() {
    let repeated = |piece: &str| piece.repeat(200_000);
    for text in [
        repeated("\""),
        repeated("“"),
        repeated("said “a” "),
        repeated("he said that "),
        repeated("\" said he, "),
        repeated("really "),
        repeated("1 2 ") + "said “we agree with all of it”",
        repeated("‘“’” "),
        repeated("“We agree.\n\n"),
        repeated("according to "),
        repeated("(") + &repeated("“a, said B"),
    ] {
        let all = found(&text, &Evidence::default());
        assert!(all.windows(2).all(|w| w[0].span.start <= w[1].span.start));
    }
}

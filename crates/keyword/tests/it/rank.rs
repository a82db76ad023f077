//! What is ranked, in which order, and how it is written.

use crate::common::{Page, evidence};
use decalque_evidence::Evidence;
use decalque_text::Role;

#[track_caller]
fn check(lines: &[&str], expected: &[&str]) {
    let found = Page::body(lines).surfaces(expected.len());
    assert_eq!(found, expected, "all: {:?}", Page::body(lines).rank(20));
}

#[test]
fn names_are_kept_together() {
    check(&["The International Syria Support Group was for it ."], &["International Syria Support Group"]);
    check(&["The envoy is Staffan de Mistura ."], &["envoy", "Staffan de Mistura"]);
    check(&["It was for Ursula von der Leyen ."], &["Ursula von der Leyen"]);
    check(&["It was announced by the Bank of England ."], &["Bank of England"]);
    check(&["Sergei Lavrov said that ."], &["Sergei Lavrov"]);
}

#[test]
fn capitals_of_a_headline_tell_no_names() {
    let page =
        Page::new(&[(Role::Title, "Grain Market Grows"), (Role::Body, "The grain market is for Kazan .")]);
    let found = page.surfaces(20);
    assert!(found.contains(&"grain market".to_owned()) && found.contains(&"Kazan".to_owned()), "{found:?}");
}

#[test]
fn a_common_noun_and_the_name_after_it_are_two() {
    let found = Page::body(&["The film producer Ivan Petrov was in it ."]).surfaces(20);
    assert!(
        found.contains(&"film producer".to_owned()) && found.contains(&"Ivan Petrov".to_owned()),
        "{found:?}"
    );
    assert!(!found.iter().any(|f| f.contains("producer Ivan")), "{found:?}");
}

#[test]
fn noun_phrases_are_broken_by_function_words_verbs_and_marks() {
    let found =
        Page::body(&["The ministers confirmed the gas contract , and prices fell in the spring market ."])
            .surfaces(20);
    for phrase in ["gas contract", "spring market", "ministers"] {
        assert!(found.iter().any(|f| f == phrase), "{phrase} in {found:?}");
    }
    assert!(!found.iter().any(|f| f.contains("confirmed") || f.contains("contract prices")), "{found:?}");
}

#[test]
fn a_word_that_stands_only_inside_one_phrase_is_folded() {
    let page = Page::body(&[
        "The sugar refinery is old .",
        "He was in the sugar refinery .",
        "A sugar refinery was for the town .",
    ]);
    let found = page.surfaces(20);
    assert!(found.contains(&"sugar refinery".to_owned()), "{found:?}");
    assert!(!found.iter().any(|f| f == "sugar" || f == "refinery"), "{found:?}");
}

#[test]
fn a_surname_counts_under_the_one_full_name() {
    let page = Page::body(&[
        "On Monday Dmitry Peskov was asked .",
        "That was denied by Peskov .",
        "It was Peskov’s plan .",
    ]);
    let all = page.rank(20);
    let name = all.iter().find(|k| k.surface == "Dmitry Peskov").expect("the full name");
    assert_eq!((name.count, name.norm.as_str()), (3, "dmitry peskov"));
    assert!(!all.iter().any(|k| k.norm == "peskov"), "{all:?}");
}

#[test]
fn a_surname_of_two_people_stays_alone() {
    let page = Page::body(&[
        "It was Dmitry Ivanov .",
        "It was Sergei Ivanov .",
        "A letter by Ivanov was on the table .",
    ]);
    let found = page.surfaces(20);
    assert!(
        ["Dmitry Ivanov", "Sergei Ivanov", "Ivanov"].iter().all(|n| found.iter().any(|f| f == n)),
        "{found:?}"
    );
}

#[test]
fn possessives_are_stripped_and_sentence_capitals_undone() {
    let page = Page::body(&["Pipelines in the north .", "A deal on pipelines and Norway’s ."]);
    let found = page.surfaces(20);
    assert!(found.contains(&"pipelines".to_owned()) && found.contains(&"Norway".to_owned()), "{found:?}");
}

#[test]
fn the_most_frequent_form_is_shown() {
    let page = Page::body(&["The tariff was for the tariffs and the tariffs ."]);
    let first = &page.rank(1)[0];
    assert_eq!((first.surface.as_str(), first.norm.as_str(), first.count), ("tariffs", "tariff", 3));
    assert_eq!(first.first.text(&page.text), "tariff");
}

#[test]
fn only_the_article_counts() {
    for role in [Role::Related, Role::Boilerplate, Role::Metadata, Role::Duplicate] {
        let page =
            Page::new(&[(Role::Body, "A harvest of wheat ."), (role, "The volcano was on the island .")]);
        let found = page.surfaces(20);
        assert!(
            found.contains(&"wheat".to_owned()) && !found.contains(&"volcano".to_owned()),
            "{role:?} {found:?}"
        );
    }
}

#[test]
fn words_that_are_rare_in_the_corpus_win() {
    let page = Page::body(&["The bridge and the ferry ."]);
    let other = Page::body(&["The bridge is for the town ."]);
    let mut pages = vec![&other; 60];
    pages.push(&page);
    let ranked = decalque_keyword::rank(&page.view(), &evidence(&pages), 2);
    let found: Vec<_> = ranked.iter().map(|k| k.surface.as_str()).collect();
    assert_eq!(found, ["ferry", "bridge"]);
}

#[test]
fn nothing_comes_of_nothing() {
    check(&[], &[]);
    assert!(Page::default().rank(10).is_empty());
    assert!(Page::body(&["It was in the of and to ."]).rank(10).is_empty());
    assert!(Page::body(&[". , — ! 12 300"]).rank(10).is_empty());
    assert!(Page::body(&["The ferry ."]).rank(0).is_empty());
}

#[test]
fn one_word_is_its_own_keyword() {
    check(&["ferry"], &["ferry"]);
}

#[test]
fn the_limit_cuts_the_same_list() {
    let page = Page::body(&[
        "The wheat harvest in Kazan was good for the grain market , the mills and the railway .",
    ]);
    let all = page.rank(usize::MAX);
    assert!(all.len() > 4);
    for limit in 0..=all.len() {
        assert_eq!(page.rank(limit), all[..limit]);
    }
    assert!(all.windows(2).all(|w| w[0].score >= w[1].score));
}

#[test]
fn the_numbers_of_a_vocabulary_leave_no_trace() {
    let lines = [
        "The wheat harvest in Kazan .",
        "The grain market of the region was with the mills .",
        "Mills in Kazan .",
    ];
    let fresh = Page::body(&lines);
    let later = Page::after(&["mills", "market", "harvest", "grain", "Kazan", "wheat"], &lines);
    assert_eq!(fresh.rank(20), later.rank(20));
    let evidence = Evidence::default();
    assert_eq!(
        decalque_keyword::rank(&fresh.view(), &evidence, 20),
        decalque_keyword::rank(&fresh.view(), &evidence, 20)
    );
}

#[test]
fn a_ranker_remembers_words_and_no_document() {
    let pages = [
        Page::body(&["The wheat harvest in Kazan was good .", "Kazan has wheat ."]),
        Page::body(&["Kazan wheat is Not a harvest .", "The Mills of Kazan ."]),
        Page::body(&["Harvest of Mills , wheat and 12 ferries in Kazan ."]),
    ];
    let known = evidence(&pages.iter().collect::<Vec<_>>());
    // A vocabulary has a number, so that one ranker can serve several.
    let mut ranker = decalque_keyword::Ranker::new(&known);
    for page in pages.iter().chain(pages.iter().rev()) {
        assert_eq!(ranker.rank(&page.view(), 20), decalque_keyword::rank(&page.view(), &known, 20));
    }
}

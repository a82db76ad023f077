//! Who is found, and who is who.

use crate::common::{Page, evidence};
use decalque_evidence::Evidence;
use decalque_text::Role;

/// The mentions of a document of body sentences that is the whole corpus, as `text=entity` without `person/` and
/// `organisation/`.
fn alone(lines: &[&str]) -> Vec<String> {
    let page = Page::body(lines);
    short(page.mentions(&evidence(&[&page])))
}

/// As [`alone`], with other documents in the corpus.
fn among(others: &[&str], lines: &[&str]) -> Vec<String> {
    let page = Page::body(lines);
    let others: Vec<Page> = others.iter().map(|o| Page::body(&[*o])).collect();
    let all: Vec<&Page> = others.iter().chain([&page]).collect();
    short(page.mentions(&evidence(&all)))
}

fn short(all: Vec<(String, String)>) -> Vec<String> {
    let id = |id: &str| id.split_once('/').map_or(String::new(), |(_, id)| id.to_owned());
    all.into_iter().map(|(text, entity)| format!("{text}={}", id(&entity))).collect()
}

#[test]
fn a_bare_family_name_is_the_person_of_the_document() {
    let check = |lines: &[&str], want: &[&str]| assert_eq!(alone(lines), want, "{lines:?}");
    check(
        &["Here Dmitry Peskov spoke .", "Later Peskov left ."],
        &["Dmitry Peskov=dmitry-peskov", "Peskov=dmitry-peskov"],
    );
    check(
        &["Then Peskov’s plan failed , Dmitri Peskov said ."],
        &["Peskov=dmitry-peskov", "Dmitri Peskov=dmitry-peskov"],
    );
    check(
        &["Here Staffan de Mistura spoke .", "Then de Mistura left ."],
        &["Staffan de Mistura=staffan-de-mistura", "de Mistura=staffan-de-mistura"],
    );
    check(&["Here Mr Sands spoke ."], &["Sands=sands"]);
    check(&["He likes the Sands ."], &[]);
    check(
        &["Here Bashar al-Assad spoke .", "Then Assad left ."],
        &["Bashar al-Assad=bashar-assad", "Assad=bashar-assad"],
    );
}

#[test]
fn spellings_share_an_entity() {
    let check = |lines: &[&str], id: &str| {
        let all = alone(lines);
        assert!(all.len() == 2 && all.iter().all(|m| m.ends_with(&format!("={id}"))), "{all:?}");
    };
    check(&["Here Sergei Lavrov spoke .", "Then Serguei Lavrov left ."], "sergei-lavrov");
    check(&["Here Valery Heletey spoke .", "Then Valeriy Geletej left ."], "valery-geletey");
    check(&["Here Andrei Pankov spoke .", "Then Pankow left ."], "andrei-pankov");
    check(&["Here Mikhail Sofin spoke .", "Then Mikhail Sofina left ."], "mikhail-sofin");
    check(&["Here Viktor Skvortsov spoke .", "Then Viktor Skovortsov left ."], "victor-skovortsov");
    check(&["Here Alexander Lukashenko spoke .", "Then Lukashenka left ."], "aleksandr-lukashenko");
}

#[test]
fn two_people_of_one_name_stay_apart() {
    let check = |lines: &[&str], want: &[&str]| assert_eq!(alone(lines), want, "{lines:?}");
    check(
        &["Bill Clinton met Hillary Clinton .", "Here Mrs Clinton spoke .", "Here Mr Clinton spoke ."],
        &[
            "Bill Clinton=bill-clinton",
            "Hillary Clinton=hillary-clinton",
            "Clinton=hillary-clinton",
            "Clinton=bill-clinton",
        ],
    );
    check(
        &["Here minister Ivan Orlov spoke .", "The coach Pavel Orlov left .", "Here minister Orlov spoke ."],
        &["Ivan Orlov=ivan-orlov", "Pavel Orlov=pavel-orlov", "Orlov=ivan-orlov"],
    );
    check(
        &["Then Mr Orlov spoke .", "Here Ivan Orlov met Pavel Orlov ."],
        &["Orlov=orlov", "Ivan Orlov=ivan-orlov", "Pavel Orlov=pavel-orlov"],
    );
    check(
        &["Here Svetlana Ivanova met Sergei Ivanov .", "Then Ivanova left ."],
        &["Svetlana Ivanova=svetlana-ivanova", "Sergei Ivanov=sergei-ivanov", "Ivanova=svetlana-ivanova"],
    );
}

#[test]
fn the_corpus_knows_whom_a_document_does_not_name() {
    let check =
        |others: &[&str], line: &str, want: &[&str]| assert_eq!(among(others, &[line]), want, "{line}");
    let one = ["Here Dmitry Peskov spoke .", "There Dmitri Peskov left ."];
    check(&one, "It was good , Peskov said .", &["Peskov=dmitry-peskov"]);
    check(&one, "It was good , said D. Peskov .", &["D. Peskov=dmitry-peskov"]);
    check(&one, "It was good , said V. Peskov .", &["V. Peskov=v-peskov"]);
    check(&one, "We saw the Peskov Street .", &[]);
    let two = ["Here Ivan Orlov spoke .", "Here Pavel Orlov spoke ."];
    check(&two, "It was good , Orlov said .", &["Orlov=orlov"]);
    check(&two, "We saw Orlov there .", &[]);
}

#[test]
fn initials_join() {
    let check = |lines: &[&str], want: &[&str]| assert_eq!(alone(lines), want, "{lines:?}");
    check(
        &["Here Vladimir Putin spoke .", "Then V.V. Putin left ."],
        &["Vladimir Putin=vladimir-putin", "V.V. Putin=vladimir-putin"],
    );
    check(
        &["Here Yevgeny Petrov spoke .", "Then E. Petrov left ."],
        &["Yevgeny Petrov=evgeny-petrov", "E. Petrov=evgeny-petrov"],
    );
}

#[test]
fn what_is_no_person_is_left_alone() {
    let check = |line: &str| assert_eq!(alone(&[line]), Vec::<String>::new(), "{line}");
    check("We saw Alexander Nevsky Cathedral there .");
    check("The Paris Agreement was signed .");
    check("Later Authorities closed it .");
    check("She became Miss Universe there .");
    check("They went to St. Louis by train .");
    check("The PolitiFact page was good .");
    check("He was in Jordan Valley then .");
}

#[test]
fn organisations_have_one_key_for_all_names() {
    let check = |lines: &[&str], want: &[&str]| assert_eq!(alone(lines), want, "{lines:?}");
    check(
        &["The Nusra Front and Jabhat al-Nusra fought .", "Then al-Nusra left ."],
        &["Nusra Front=jabhat-al-nusra", "Jabhat al-Nusra=jabhat-al-nusra", "al-Nusra=jabhat-al-nusra"],
    );
    check(
        &["The Russian Defense Ministry spoke .", "The Ministry of Defence said so ."],
        &["Russian Defense Ministry=russia-defense-ministry", "Ministry of Defence=russia-defense-ministry"],
    );
    check(
        &[
            "The Russian Defense Ministry met the Ukrainian Defense Ministry .",
            "The Defense Ministry said so .",
        ],
        &[
            "Russian Defense Ministry=russia-defense-ministry",
            "Ukrainian Defense Ministry=ukraine-defense-ministry",
            "Defense Ministry=defense-ministry",
        ],
    );
    check(
        &["The Green Valley Institute ( GVI ) spoke .", "Then GVI left ."],
        &[
            "Green Valley Institute=green-valley-institute",
            "GVI=green-valley-institute",
            "GVI=green-valley-institute",
        ],
    );
    check(
        &["The OSCE met NATO’s envoy ."],
        &["OSCE=organization-for-security-and-co-operation-in-europe", "NATO=nato"],
    );
    check(&["He told who he is ."], &[]);
    check(&["They eat at McDonald's there ."], &["McDonald's=mcdonalds"]);
}

#[test]
fn lines_that_are_not_the_article_are_skipped() {
    let page =
        Page::new(&[(Role::Related, "Here Dmitry Peskov spoke ."), (Role::Boilerplate, "Follow Reuters .")]);
    assert!(page.mentions(&Evidence::default()).is_empty());
}

#[test]
fn headlines_in_title_case_name_people_and_no_groups() {
    let line = (Role::Title, "Vladimir Putin Meets The New Big Bank");
    let page = Page::new(&[line]);
    assert_eq!(short(page.mentions(&Evidence::default())), ["Vladimir Putin=vladimir-putin"]);
}

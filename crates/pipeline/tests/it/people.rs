//! Who a text names in full, with which roles. Here, because it takes a tokenizer to say it.

use decalque_evidence::people;
use decalque_text::{Lang, View, Vocabulary};
use decalque_tokenize::{Stemmer, layout, terms};

/// `Given Surname [role, role] xN` for each person, in order.
fn named(text: &str) -> Vec<String> {
    let (layout, mut vocabulary) = (layout(text), Vocabulary::default());
    let terms = terms(text, &layout, &Stemmer::new(Lang::EN), &mut vocabulary);
    let found = people(&View { text, layout: &layout, terms: &terms, vocabulary: &vocabulary });
    let roles = |p: &decalque_evidence::Person| p.roles.iter().cloned().collect::<Vec<_>>().join(", ");
    found.iter().map(|p| format!("{} {} [{}] x{}", p.given, p.surname, roles(p), p.count)).collect()
}

fn check(text: &str, want: &[&str]) {
    assert_eq!(named(text), want, "{text}");
}

#[test]
fn full_names_are_found_with_their_roles() {
    check(
        "The President’s press Secretary Dmitry Peskov spoke.",
        &["Dmitry Peskov [president press secretary] x1"],
    );
    check("Dmitry Peskov, the Kremlin spokesman, spoke.", &["Dmitry Peskov [kremlin spokesman] x1"]);
    check(
        "UN envoy Staffan de Mistura met Bashar al-Assad’s envoys.",
        &["Bashar al-Assad [] x1", "Staffan de Mistura [un envoy] x1"],
    );
    check("Sergei Viktorovich Lavrov came. Later Sergei Lavrov left.", &["Sergei Lavrov [] x2"]);
    check("Deputy Foreign Minister Ruritan Zenda spoke.", &["Ruritan Zenda [deputy foreign minister] x1"]);
    check("Coach V. Maslakov is pleased.", &["V. Maslakov [coach] x1"]);
}

#[test]
fn other_capitals_are_nobody() {
    check("The Security Council met. The Middle East is far.", &[]);
    check("Mr Sands spoke. So did Peskov.", &[]);
    check("In Moscow Russia won.", &[]);
    check("Dmitry spoke. Peskov did not.", &[]);
}

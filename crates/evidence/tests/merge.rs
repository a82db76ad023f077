//! Facts merge in any order, and evidence survives being written down.

use decalque_evidence::{Evidence, Facts, Gathered, Person, line_key, name_key, stem_key};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn facts() -> impl Strategy<Value = Facts> {
    let person = ("[A-C][a-b]{1,2}", "[D-E][a-b]", proptest::collection::btree_set("[a-c]", 0..3), 1u32..4);
    let person = person.prop_map(|(surname, given, roles, count)| Person { surname, given, roles, count });
    let words = proptest::collection::btree_set("[a-d]{1,2}", 0..6);
    (proptest::collection::vec(person, 0..4), words).prop_map(|(mut people, words)| {
        people.sort();
        people.dedup_by(|a, b| (&a.surname, &a.given) == (&b.surname, &b.given));
        let keys = |key: fn(&str) -> u64| {
            words.iter().map(|w| key(w)).collect::<BTreeSet<_>>().into_iter().collect()
        };
        Facts { people, stems: keys(stem_key), lines: keys(line_key), names: keys(name_key) }
    })
}

fn gathered(all: &[Facts]) -> Gathered {
    let mut out = Gathered::default();
    for f in all {
        out.add(f);
        // Documents of two sources and three months, by what is in them.
        let n = f.stems.len() as i32;
        out.add_origin((n > 0).then_some(["a", "b"][f.stems.len() % 2]), (n > 1).then_some(n % 3), f);
    }
    out
}

proptest! {
    #[test]
    fn the_order_and_the_cut_of_documents_leave_no_trace(all in proptest::collection::vec(facts(), 0..8), cut in 0usize..8) {
        let whole = gathered(&all).freeze();
        let (left, right) = all.split_at(cut.min(all.len()));
        let (mut a, mut b) = (gathered(right), gathered(left));
        a.merge(gathered(left));
        b.merge(gathered(right));
        prop_assert_eq!(a.freeze(), whole.clone());
        prop_assert_eq!(b.freeze(), whole);
    }

    #[test]
    fn evidence_survives_json(all in proptest::collection::vec(facts(), 0..8)) {
        let evidence = gathered(&all).freeze();
        let text = serde_json::to_string(&evidence).unwrap();
        prop_assert_eq!(serde_json::from_str::<Evidence>(&text).unwrap(), evidence);
    }

    #[test]
    fn frequencies_are_numbers_of_documents(all in proptest::collection::vec(facts(), 0..8)) {
        let evidence = gathered(&all).freeze();
        let having = all.iter().filter(|f| f.stems.contains(&stem_key("a"))).count();
        prop_assert_eq!(evidence.document_frequency("a") as usize, having);
        prop_assert_eq!(evidence.n_docs() as usize, all.len());
    }
}

#[test]
fn lines_are_counted_by_source() {
    let facts = Facts { lines: vec![line_key("Photo of the day")], ..Facts::default() };
    let mut all = Gathered::default();
    for source in [Some("tass.com"), Some("rt.com"), Some("tass.com"), None] {
        all.add(&facts);
        all.add_origin(source, Some(2016 * 12), &facts);
    }
    let evidence = all.freeze();
    assert_eq!(evidence.line_frequency("Photo of the day"), 4);
    assert_eq!(evidence.line_frequency_in("tass.com", "Photo of the day"), 2);
    assert_eq!(evidence.line_frequency_in("rt.com", "Photo of the day"), 0);
    assert_eq!(
        evidence.sources().iter().map(|(s, n)| (s.as_str(), *n)).collect::<Vec<_>>(),
        [("rt.com", 1), ("tass.com", 2)]
    );
    assert_eq!(evidence.months().get(&(2016 * 12)), Some(&4));
}

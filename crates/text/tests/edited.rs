//! Laws of the map between a raw text and its repaired one.

use decalque_text::{Confidence, Edit, Edited, Kind, Span};
use proptest::prelude::*;

fn edit(start: usize, end: usize, replacement: &str) -> Edit {
    Edit::new(Span::of(start..end), replacement, Kind::Typography, "test.rule", Confidence::new(900), "")
}

/// A text and disjoint edits of it, cut from its character boundaries.
fn text_and_edits() -> impl Strategy<Value = (String, Vec<Edit>)> {
    ("[a-zé“”Я😀 \n]{1,40}", proptest::collection::vec((0usize..40, "[A-ZЖ“]{1,4}"), 0..12)).prop_map(
        |(text, cuts)| {
            let bounds: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            let mut points: Vec<usize> = cuts.iter().map(|(i, _)| bounds[i % bounds.len()]).collect();
            points.sort_unstable();
            points.dedup();
            let pairs = points.chunks_exact(2).zip(&cuts);
            let edits = pairs.map(|(p, (_, new))| edit(p[0], p[1], new)).collect();
            (text, edits)
        },
    )
}

fn undo(edited: &Edited, raw: &str) -> String {
    let inverse = edited.edits().iter().zip(edited.placed());
    let inverse =
        inverse.map(|(e, &at)| Edit { span: at, replacement: e.span.text(raw).into(), ..e.clone() });
    Edited::apply(edited.clean(), inverse.collect()).0.into_clean()
}

proptest! {
    #[test]
    fn inverse_edits_restore_the_raw_text((raw, edits) in text_and_edits()) {
        let (edited, refused) = Edited::apply(&raw, edits);
        prop_assert!(refused.is_empty());
        prop_assert_eq!(undo(&edited, &raw), raw);
    }

    #[test]
    fn spans_clear_of_edits_map_exactly((raw, edits) in text_and_edits(), a in 0usize..60, b in 0usize..60) {
        let (edited, _) = Edited::apply(&raw, edits);
        let bounds: Vec<usize> = raw.char_indices().map(|(i, _)| i).chain([raw.len()]).collect();
        let (a, b) = (bounds[a % bounds.len()], bounds[b % bounds.len()]);
        let span = Span::new(a as u32, b as u32);
        let cut = |p: u32| edited.edits().iter().any(|e| e.span.start < p && p < e.span.end);
        let clean = edited.to_clean(span);
        prop_assert!(edited.clean().get(clean.range()).is_some(), "on character boundaries");
        if !cut(span.start) && !cut(span.end) {
            prop_assert_eq!(edited.to_raw(clean), span);
            if !edited.edits().iter().any(|e| e.span.overlaps(span)) {
                prop_assert_eq!(clean.text(edited.clean()), span.text(&raw));
            }
        } else if !span.is_empty() {
            prop_assert!(edited.to_raw(clean).contains(span), "others map to a covering span");
        }
    }

    #[test]
    fn the_order_of_disjoint_edits_does_not_matter((raw, mut edits) in text_and_edits()) {
        let forward = Edited::apply(&raw, edits.clone());
        edits.reverse();
        prop_assert_eq!(Edited::apply(&raw, edits), forward);
    }
}

#[test]
fn edits_that_cannot_stand_come_back() {
    let bad = vec![edit(2, 2, "x"), edit(0, 1, ""), edit(3, 99, "x"), edit(1, 2, "x")];
    let (edited, refused) = Edited::apply("éa", bad);
    assert_eq!(edited.clean(), "éa");
    assert_eq!(refused.len(), 4);
}

#[test]
fn the_second_of_two_overlapping_edits_comes_back() {
    let (edited, refused) = Edited::apply("abcd", vec![edit(1, 3, "X"), edit(2, 4, "Y")]);
    assert_eq!(edited.clean(), "aXd");
    assert_eq!(refused, vec![edit(2, 4, "Y")]);
}

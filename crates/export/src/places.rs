//! From spans of the clean text to character positions in both texts.

use crate::chars::CharIndex;
use decalque_text::{Edited, Record, Span};

/// Character positions of one row: in the repaired text, and of what it came from in the raw text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) chars: (i32, i32),
    pub(crate) raw: (i32, i32),
}

/// Finds the places of spans of one document; quick when they come in text order.
#[derive(Debug)]
pub(crate) struct Places<'a> {
    clean: CharIndex,
    /// None when nothing was repaired.
    raw: Option<CharIndex>,
    /// The two layers, last first; none when nothing was repaired, as both texts are then the same.
    layers: Option<[Cursor<'a>; 2]>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(record: &Record<'a>) -> Self {
        let is_edited = !record.local.edits().is_empty() || !record.corpus.edits().is_empty();
        Self {
            clean: CharIndex::new(record.corpus.clean()),
            raw: is_edited.then(|| CharIndex::new(&record.source.raw_text)),
            layers: is_edited.then(|| [Cursor::new(record.corpus), Cursor::new(record.local)]),
        }
    }

    /// False when both texts are the same.
    pub(crate) const fn is_edited(&self) -> bool {
        self.layers.is_some()
    }

    /// The length of the repaired text, when its positions are the same in bytes and in characters.
    pub(crate) fn ascii(&self) -> Option<u32> {
        self.clean.ascii()
    }

    /// The place of a span of the repaired text.
    #[inline]
    pub(crate) fn of(&mut self, span: Span) -> Place {
        let chars = self.chars(span);
        let raw = match &mut self.layers {
            None => chars,
            Some([corpus, local]) => {
                let span = local.raw_span(corpus.raw_span(span));
                self.raw_chars(span)
            }
        };
        Place { chars, raw }
    }

    /// Character positions of a span of the repaired text.
    #[inline]
    pub(crate) fn chars(&mut self, span: Span) -> (i32, i32) {
        (self.clean.at(span.start), self.clean.at(span.end))
    }

    /// Character positions of a span of the raw text.
    #[inline]
    pub(crate) fn raw_chars(&mut self, span: Span) -> (i32, i32) {
        let raw = self.raw.as_mut().unwrap_or(&mut self.clean);
        (raw.at(span.start), raw.at(span.end))
    }
}

/// Maps spans back through one layer: [`Edited::to_raw`] with a memory of the stretch it was last asked in.
///
/// Between two edits the way back is a fixed shift; only spans that touch an edit or leave the stretch are looked up.
#[derive(Debug)]
struct Cursor<'a> {
    edited: &'a Edited,
    /// The stretch of the clean text between two edits, and how far to the right of it the raw text lies.
    stretch: Span,
    shift: i64,
}

impl<'a> Cursor<'a> {
    fn new(edited: &'a Edited) -> Self {
        let mut cursor = Self { edited, stretch: Span::default(), shift: 0 };
        cursor.seek(0);
        cursor
    }

    #[inline]
    fn raw_span(&mut self, span: Span) -> Span {
        if span.is_empty() || !self.stretch.contains(span) {
            return self.look_up(span);
        }
        let shifted = |p: u32| (i64::from(p) + self.shift) as u32;
        Span::new(shifted(span.start), shifted(span.end))
    }

    fn look_up(&mut self, span: Span) -> Span {
        self.seek(span.end);
        self.edited.to_raw(span)
    }

    /// Move to the stretch after the last edit that ends at or before a position of the clean text.
    fn seek(&mut self, at: u32) {
        let (placed, edits) = (self.edited.placed(), self.edited.edits());
        let next = placed.partition_point(|p| p.end <= at);
        let end = placed.get(next).map_or(u32::MAX, |p| p.start);
        let (start, raw) = match next.checked_sub(1) {
            Some(last) => (placed[last].end, edits[last].span.end),
            None => (0, 0),
        };
        self.stretch = Span::new(start, end);
        self.shift = i64::from(raw) - i64::from(start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use decalque_text::{Confidence, Edit, Kind};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_cursor_maps_as_the_layer_does(
            cuts in prop::collection::btree_set(0u32..200, 0..20),
            lengths in prop::collection::vec(1usize..8, 10),
            spans in prop::collection::vec((0u32..220, 0u32..12), 60),
        ) {
            let raw = "x".repeat(200);
            let cuts: Vec<u32> = cuts.into_iter().collect();
            let edit = |(pair, n): (&[u32], &usize)| {
                let span = Span::new(pair[0], *pair.get(1).unwrap_or(&200));
                Edit::new(span, "y".repeat(*n), Kind::Casing, "r", Confidence::new(900), "")
            };
            let (edited, _) = Edited::apply(&raw, cuts.chunks(2).zip(&lengths).map(edit).collect());
            let mut cursor = Cursor::new(&edited);
            for (start, len) in spans {
                let span = Span::new(start, start + len);
                prop_assert_eq!(cursor.raw_span(span), edited.to_raw(span));
            }
        }
    }
}

//! A text with repairs applied, and the map between the two.

use crate::{Edit, Span};

/// A text after edits, with the way back.
///
/// Edits are sorted and disjoint; each replaces a non-empty span by a non-empty string, so both texts cut into the
/// same number of pieces and no position is ambiguous. Inside an edit, positions snap to the whole edit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edited {
    clean: String,
    edits: Vec<Edit>,
    /// Where each edit's replacement stands in `clean`.
    placed: Vec<Span>,
}

impl Edited {
    /// Apply edits to a text. Those that cannot be (empty, off a character boundary, outside the text, over an
    /// earlier one in (span, order given) order) come back untouched.
    ///
    /// ```
    /// # use decalque_text::{Edited, Edit, Span, Kind, Confidence};
    /// let dots = Edit::new(Span::new(5, 7), ".", Kind::Typography, "typography.stops", Confidence::new(990), "");
    /// let (edited, refused) = Edited::apply("Syria..", vec![dots]);
    /// assert_eq!(edited.clean(), "Syria.");
    /// assert_eq!(edited.to_raw(Span::new(5, 6)), Span::new(5, 7));
    /// ```
    pub fn apply(raw: &str, mut edits: Vec<Edit>) -> (Self, Vec<Edit>) {
        edits.sort_by_key(|e| e.span);
        let mut out = Self { clean: String::with_capacity(raw.len() + 16), ..Self::default() };
        let (mut at, mut refused) = (0usize, Vec::new());
        for edit in edits {
            let range = edit.span.range();
            let fits = !edit.span.is_empty() && !edit.replacement.is_empty() && range.start >= at;
            match raw.get(range.clone()) {
                Some(_) if fits => out.push(&raw[at..range.start], edit),
                _ => {
                    refused.push(edit);
                    continue;
                }
            }
            at = range.end;
        }
        out.clean.push_str(&raw[at..]);
        (out, refused)
    }

    fn push(&mut self, kept: &str, edit: Edit) {
        self.clean.push_str(kept);
        let start = self.clean.len();
        self.clean.push_str(&edit.replacement);
        self.placed.push(Span::of(start..self.clean.len()));
        self.edits.push(edit);
    }

    /// The text with no edits at all.
    ///
    /// ```
    /// # use decalque_text::{Edited, Span};
    /// assert_eq!(Edited::unchanged("as it was").to_raw(Span::new(3, 5)), Span::new(3, 5));
    /// ```
    pub fn unchanged(raw: impl Into<String>) -> Self {
        Self { clean: raw.into(), ..Self::default() }
    }

    /// The text after the edits.
    pub fn clean(&self) -> &str {
        &self.clean
    }

    /// The edits, in text order; their spans are in the raw text.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Give up the map and keep the text.
    pub fn into_clean(self) -> String {
        self.clean
    }

    /// Where each edit's replacement stands in the clean text, in the order of [`Edited::edits`].
    pub fn placed(&self) -> &[Span] {
        &self.placed
    }

    /// The part of the clean text that a span of the raw text became: exact when no edit is cut, else the smallest
    /// span that covers every edit it cuts.
    ///
    /// ```
    /// # use decalque_text::{Edited, Edit, Span, Kind, Confidence};
    /// let edit = Edit::new(Span::new(5, 10), "Peskov", Kind::NameCalque, "name.calque", Confidence::new(950), "");
    /// let (edited, _) = Edited::apply("said Sands.", vec![edit]);
    /// assert_eq!(edited.to_clean(Span::new(10, 11)), Span::new(11, 12));
    /// assert_eq!(edited.to_clean(Span::new(6, 7)), Span::new(5, 11));
    /// ```
    pub fn to_clean(&self, span: Span) -> Span {
        let raw = |i: usize| self.edits[i].span;
        map(span, self.edits.len(), raw, |i| self.placed[i])
    }

    /// The part of the raw text that a span of the clean text came from; as [`Edited::to_clean`], the other way.
    pub fn to_raw(&self, span: Span) -> Span {
        let raw = |i: usize| self.edits[i].span;
        map(span, self.edits.len(), |i| self.placed[i], raw)
    }
}

/// Map a span from one side of a list of edits to the other.
fn map(span: Span, n: usize, from: impl Fn(usize) -> Span, to: impl Fn(usize) -> Span) -> Span {
    let point = |p: u32, is_end: bool| {
        // The last edit that begins before p (or, for a start, at p): everything before it is a fixed shift.
        let next = partition(n, |i| from(i).start < p);
        let Some(i) = next.checked_sub(1) else { return p };
        let (a, b) = (from(i), to(i));
        match p < a.end {
            true if is_end => b.end,
            true => b.start,
            false => b.end + (p - a.end),
        }
    };
    if span.is_empty() {
        let p = point(span.start, false);
        return Span::new(p, p);
    }
    Span::new(point(span.start, false), point(span.end, true))
}

/// First index in `0..n` for which `before` is false (binary search, as in `slice::partition_point`).
fn partition(n: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, n);
    while low < high {
        let mid = low.midpoint(high);
        if before(mid) { low = mid + 1 } else { high = mid }
    }
    low
}

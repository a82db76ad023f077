//! A stretch of text.

/// A half-open range of bytes in a UTF-8 text: `start..end`.
///
/// Texts are shorter than 4 GiB; readers reject longer ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`; the order of the two is mended, never an error.
    ///
    /// ```
    /// # use decalque_text::Span;
    /// assert_eq!(Span::new(7, 3), Span { start: 3, end: 7 });
    /// ```
    #[inline]
    pub const fn new(start: u32, end: u32) -> Self {
        if start <= end { Self { start, end } } else { Self { start: end, end: start } }
    }

    /// The span of a byte range. Positions beyond 4 GiB saturate.
    ///
    /// ```
    /// # use decalque_text::Span;
    /// assert_eq!(Span::of(2..5), Span::new(2, 5));
    /// ```
    #[inline]
    pub fn of(range: std::ops::Range<usize>) -> Self {
        let fit = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self::new(fit(range.start), fit(range.end))
    }

    /// As a range of `usize`, for slicing.
    ///
    /// ```
    /// # use decalque_text::Span;
    /// assert_eq!(&"a plan"[Span::new(2, 6).range()], "plan");
    /// ```
    #[inline]
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text it covers; empty when the span does not fit the text.
    ///
    /// ```
    /// # use decalque_text::Span;
    /// assert_eq!(Span::new(2, 6).text("a plan"), "plan");
    /// assert_eq!(Span::new(2, 60).text("a plan"), "");
    /// ```
    #[inline]
    pub fn text(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Length in bytes.
    ///
    /// ```
    /// # use decalque_text::Span;
    /// assert_eq!(Span::new(2, 6).len(), 4);
    /// ```
    #[inline]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// True when it covers nothing.
    ///
    /// ```
    /// # use decalque_text::Span;
    /// assert!(Span::new(2, 2).is_empty());
    /// ```
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True when the two share at least one byte.
    ///
    /// ```
    /// # use decalque_text::Span;
    /// assert!(Span::new(0, 3).overlaps(Span::new(2, 4)));
    /// assert!(!Span::new(0, 3).overlaps(Span::new(3, 4)));
    /// ```
    #[inline]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True when `other` lies inside.
    ///
    /// ```
    /// # use decalque_text::Span;
    /// assert!(Span::new(0, 3).contains(Span::new(1, 3)));
    /// ```
    #[inline]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    ///
    /// ```
    /// # use decalque_text::Span;
    /// assert_eq!(Span::new(0, 3).cover(Span::new(5, 6)), Span::new(0, 6));
    /// ```
    #[inline]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

//! Pieces of a text by character positions.

/// Characters between two marks.
const STRIDE: usize = 64;

/// A text that can be sliced by Unicode characters.
#[derive(Debug, Default)]
pub(super) struct Slices {
    text: String,
    is_ascii: bool,
    /// The byte at which every [`STRIDE`]th character begins; none for ASCII.
    marks: Vec<usize>,
}

impl Slices {
    pub(super) fn new(text: &str) -> Self {
        let is_ascii = text.is_ascii();
        let marks = if is_ascii {
            Vec::new()
        } else {
            text.char_indices().step_by(STRIDE).map(|(byte, _)| byte).collect()
        };
        Self { text: text.to_owned(), is_ascii, marks }
    }

    /// The characters from `start` up to `end`; none when that is no piece of the text.
    pub(super) fn get(&self, start: i32, end: i32) -> Option<&str> {
        let (start, end) = (self.byte(start)?, self.byte(end)?);
        self.text.get(start..end)
    }

    /// Where a character begins, or the text ends.
    fn byte(&self, at: i32) -> Option<usize> {
        let at = usize::try_from(at).ok()?;
        if self.is_ascii {
            return (at <= self.text.len()).then_some(at);
        }
        // A text of a whole number of strides has no mark at its end.
        let block = (at / STRIDE).min(self.marks.len().checked_sub(1)?);
        let from = *self.marks.get(block)?;
        let rest = self.text.get(from..)?;
        let ends = rest.char_indices().map(|(byte, _)| byte).chain([rest.len()]);
        ends.skip(at - block * STRIDE).map(|byte| from + byte).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn slices_are_those_of_chars(text in "([a-z ]{0,90}|[а-я“👍]{0,70}){0,4}", a in -2i32..300, b in -2i32..300) {
            let all: Vec<char> = text.chars().collect();
            let want = (0 <= a && a <= b).then(|| all.get(a as usize..b as usize)).flatten();
            let want = want.map(|c| c.iter().collect::<String>());
            prop_assert_eq!(Slices::new(&text).get(a, b), want.as_deref());
        }
    }

    #[test]
    fn ends_of_strides() {
        for n in [STRIDE - 1, STRIDE, STRIDE + 1, 2 * STRIDE] {
            let text = "ж".repeat(n);
            assert_eq!(Slices::new(&text).get(n as i32 - 1, n as i32), Some("ж"));
            assert_eq!(Slices::new(&text).get(0, n as i32 + 1), None);
        }
        assert_eq!(Slices::new("").get(0, 0), Some(""));
    }
}

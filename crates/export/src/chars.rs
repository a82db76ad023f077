//! From bytes to Unicode characters.

/// Bytes between two marks of the index.
const STRIDE: usize = 128;
/// How far ahead a run of ASCII is looked for at once: bounds the cost of a jump in a long ASCII stretch.
const LOOK_AHEAD: usize = 4096;

/// Finds the character position of any byte position of a text.
///
/// Keeps the run of ASCII it was last asked in: there, a position is a subtraction. Other questions cost a look at one
/// mark and a count over at most [`STRIDE`] bytes. An ASCII text needs no marks at all.
#[derive(Debug)]
pub(crate) struct CharIndex<'a> {
    bytes: &'a [u8],
    /// Characters before each multiple of [`STRIDE`]; empty for ASCII, which is one run and never asks.
    marks: Vec<u32>,
    /// First and last byte position of the current run, and the characters before its first.
    run: (usize, usize),
    run_chars: u32,
}

impl<'a> CharIndex<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        if text.is_ascii() {
            return Self { bytes, marks: Vec::new(), run: (0, bytes.len()), run_chars: 0 };
        }
        let (mut marks, mut before) = (Vec::with_capacity(bytes.len() / STRIDE + 2), 0);
        for block in bytes.chunks(STRIDE) {
            marks.push(before);
            before += count(block);
        }
        marks.push(before);
        Self { bytes, marks, run: (0, 0), run_chars: 0 }
    }

    /// Characters before a byte position; those of the whole text for a position beyond its end.
    #[inline]
    pub(crate) fn at(&mut self, byte: u32) -> i32 {
        let byte = (byte as usize).min(self.bytes.len());
        if byte < self.run.0 || byte > self.run.1 {
            self.seek(byte);
        }
        // Texts of more than i32::MAX bytes were refused before they came here.
        (self.run_chars as usize + byte - self.run.0) as i32
    }

    /// Begin a run at a position.
    fn seek(&mut self, byte: usize) {
        // Nearly always the position is a little after the last one; else start from the mark before it.
        let near = byte.checked_sub(self.run.1).is_some_and(|ahead| ahead < STRIDE);
        let (from, chars) = if near {
            (self.run.1, self.run_chars + (self.run.1 - self.run.0) as u32)
        } else {
            let block = byte / STRIDE;
            (block * STRIDE, self.marks.get(block).copied().unwrap_or(0))
        };
        self.run_chars = chars + count(&self.bytes[from..byte]);
        let ahead = &self.bytes[byte..self.bytes.len().min(byte + LOOK_AHEAD)];
        self.run = (byte, byte + ahead.iter().position(|b| !b.is_ascii()).unwrap_or(ahead.len()));
    }
}

/// Characters that begin in a stretch of UTF-8: all bytes but continuation bytes.
fn count(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&b| u32::from((b as i8) >= -0x40)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, positions: impl IntoIterator<Item = usize>) {
        let mut index = CharIndex::new(text);
        for byte in positions {
            let wanted = text.get(..byte).map_or_else(|| text.chars().count(), |t| t.chars().count());
            assert_eq!(index.at(byte as u32), wanted as i32, "byte {byte} of {text:?}");
        }
    }

    /// Every position, forwards, backwards, and every other one jumping from side to side.
    fn check_all(text: &str) {
        let all: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        check(text, all.iter().copied());
        check(text, all.iter().rev().copied());
        let jumps = all.iter().zip(all.iter().rev()).flat_map(|(&a, &b)| [a, b]);
        check(text, jumps.collect::<Vec<_>>());
        check(text, [text.len() + 1, 0, text.len() + STRIDE, text.len()]);
    }

    #[test]
    fn texts_around_the_stride() {
        for n in [0, 1, STRIDE - 1, STRIDE, STRIDE + 1, 2 * STRIDE, LOOK_AHEAD + 3] {
            check_all(&"a".repeat(n));
            check_all(&format!("{}ж", "a".repeat(n)));
            check_all(&format!("“{}", "a".repeat(n)));
        }
        for text in ["ж", "👍"] {
            check_all(&text.repeat(STRIDE));
        }
    }

    proptest! {
        #[test]
        fn counts_as_chars_do(text in "([a-z ]{0,200}|[а-я“”]{0,60}|\\PC{0,20}){0,8}") {
            check_all(&text);
        }

        #[test]
        fn any_order_of_questions(text in "([a-z ]{0,200}|[а-я“”👍]{0,60}){0,8}", jumps in prop::collection::vec(any::<prop::sample::Index>(), 50)) {
            let all: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            check(&text, jumps.iter().map(|j| *j.get(&all)));
        }
    }
}

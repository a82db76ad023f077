//! From bytes to Unicode characters.

/// How many bytes are stepped over one by one before a search begins.
const NEAR: usize = 16;

/// Finds the character position of any byte position of a text.
///
/// Keeps the places of all bytes that do not begin a character: the position in characters is the one in bytes less the
/// number of these before it. Questions in text order move a finger along the list; others search it.
#[derive(Debug)]
pub(crate) struct CharIndex {
    continuations: Vec<u32>,
    /// How many of them lie before the last question.
    finger: usize,
    len: u32,
}

impl CharIndex {
    pub(crate) fn new(text: &str) -> Self {
        let mut continuations = Vec::new();
        let mut at = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            if !block.is_ascii() {
                let inside = (at..).zip(block).filter(|&(_, &b)| is_continuation(b));
                continuations.extend(inside.map(|(i, _)| i));
            }
            at += BLOCK as u32;
        }
        // Texts of more than i32::MAX bytes were refused before they came here.
        Self { continuations, finger: 0, len: text.len() as u32 }
    }

    /// The length of the text, when every byte of it begins a character.
    pub(crate) fn ascii(&self) -> Option<u32> {
        self.continuations.is_empty().then_some(self.len)
    }

    /// Characters before a byte position; those of the whole text for a position beyond its end.
    #[inline]
    pub(crate) fn at(&mut self, byte: u32) -> i32 {
        let byte = byte.min(self.len);
        let is_before = |i: usize| self.continuations.get(i).is_some_and(|&c| c < byte);
        if is_before(self.finger) || self.finger > 0 && !is_before(self.finger - 1) {
            self.seek(byte);
        }
        (byte - self.finger as u32) as i32
    }

    /// Move the finger to a position: back when none lies ahead before it.
    fn seek(&mut self, byte: u32) {
        let ahead = self.continuations.get(self.finger..).unwrap_or_default();
        let near = ahead.iter().take(NEAR).take_while(|&&c| c < byte).count();
        self.finger = match near {
            0 => self.continuations[..self.finger].partition_point(|&c| c < byte),
            NEAR => self.finger + ahead.partition_point(|&c| c < byte),
            near => self.finger + near,
        };
    }
}

/// Bytes that are looked at together.
const BLOCK: usize = 32;

/// True for a byte of UTF-8 that does not begin a character.
const fn is_continuation(byte: u8) -> bool {
    (byte as i8) < -0x40
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
        check(text, [text.len() + 1, 0, text.len() + BLOCK, text.len()]);
    }

    #[test]
    fn texts_around_the_block() {
        for n in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, NEAR + 3] {
            check_all(&"a".repeat(n));
            check_all(&format!("{}ж", "a".repeat(n)));
            check_all(&format!("“{}", "a".repeat(n)));
        }
        for text in ["ж", "👍"] {
            check_all(&text.repeat(3 * BLOCK));
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

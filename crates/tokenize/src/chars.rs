//! Classes of bytes and characters.
//!
//! ASCII goes through a table of 256 entries; Latin, Greek and Cyrillic through a `match`; all other scripts are
//! `Other` and left to UAX #29.

/// What a byte can begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Byte {
    /// ASCII white space except the line feed.
    Space,
    /// Line feed: also closes a quotation that was left open.
    Newline,
    /// ASCII letter.
    Letter,
    /// ASCII digit.
    Digit,
    /// ASCII punctuation that stands alone.
    Mark,
    /// Other ASCII punctuation and signs; the scanner looks closer.
    Special,
    /// First byte of a longer character.
    Wide,
}

/// The class of every byte.
pub(crate) static BYTES: [Byte; 256] = table();

const fn table() -> [Byte; 256] {
    let mut out = [Byte::Special; 256];
    let mut b = 0;
    while b < 256 {
        out[b] = match b as u8 {
            b'\n' => Byte::Newline,
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c => Byte::Space,
            b'a'..=b'z' | b'A'..=b'Z' => Byte::Letter,
            b'0'..=b'9' => Byte::Digit,
            b'"' | b'(' | b')' | b',' | b'[' | b']' | b'{' | b'}' => Byte::Mark,
            0x80.. => Byte::Wide,
            _ => Byte::Special,
        };
        b += 1;
    }
    out
}

/// A letter was seen.
pub(crate) const LETTER: u8 = 1;
/// A digit or an underscore was seen.
const DIGIT: u8 = 2;

/// What an ASCII byte adds to a word; 0 when it ends it, or is not ASCII.
pub(crate) static PARTS: [u8; 256] = parts();

const fn parts() -> [u8; 256] {
    let mut out = [0; 256];
    let mut b = 0;
    while b < 128 {
        let byte = b as u8;
        if byte.is_ascii_alphabetic() {
            out[b] = LETTER;
        } else if byte.is_ascii_digit() || byte == b'_' {
            out[b] = DIGIT;
        }
        b += 1;
    }
    out
}

/// The end of the ASCII letters from `at`, looked at eight bytes at a time.
#[inline]
pub(crate) fn letters_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let n = leading_letters(u64::from_le_bytes(*eight));
        at += n;
        if n < 8 {
            return at;
        }
    }
    at + bytes.get(at..).map_or(0, |rest| rest.iter().take_while(|b| b.is_ascii_alphabetic()).count())
}

/// How many of eight bytes, from the lowest on, are ASCII letters up to the first that is none.
const fn leading_letters(eight: u64) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let small = (eight | (ONES * 0x20)) & !HIGH;
    // The highest bit of each byte: from `a` on, and beyond `z`.
    let (from_a, beyond_z) = (small + ONES * (0x80 - 0x61), small + ONES * (0x80 - 0x7b));
    let others = (beyond_z | !from_a | eight) & HIGH;
    others.trailing_zeros() as usize / 8
}

/// True for a letter of any alphabet.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        // Quotation marks, dashes and the ellipsis are in no short list of the standard library.
        '\u{2010}'..='\u{2027}' => false,
        _ => c.is_alphabetic(),
    }
}

/// True for bytes at which a word of ASCII letters ends whatever comes after them; at the others the scanner looks closer.
pub(crate) static ENDS: [bool; 256] = ends();

const fn ends() -> [bool; 256] {
    let mut out = [false; 256];
    let mut b = 0;
    while b < 128 {
        let goes_on = matches!(b as u8, b'.' | b'\'' | b'-' | b':' | b'/' | b'&' | b'@' | b'+');
        out[b] = PARTS[b] == 0 && !goes_on;
        b += 1;
    }
    out
}

/// What a character of several bytes is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// White space.
    Space,
    /// Latin, Greek or Cyrillic letter.
    Letter,
    /// Combining mark, variation selector, soft hyphen, joiner: belongs to what stands before it.
    Extend,
    /// Punctuation.
    Mark,
    /// A sign that is no punctuation.
    Sign,
    /// Any other script, or an emoji.
    Other,
}

/// The class of a character beyond ASCII.
pub(crate) fn class(c: char) -> Class {
    match c {
        '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => {
            Class::Extend
        }
        _ if c.is_whitespace() => Class::Space,
        '\u{aa}' | '\u{b5}' | '\u{ba}' => Class::Letter,
        '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' => Class::Mark,
        '\u{80}'..='¿' | '×' | '÷' => Class::Sign,
        'À'..='\u{2ff}' => Class::Letter,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' => Class::Extend,
        '\u{37e}' | '\u{387}' => Class::Mark,
        '\u{482}' | '\u{375}' | '\u{384}' | '\u{385}' => Class::Sign,
        '\u{370}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' => Class::Letter,
        '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' => Class::Extend,
        '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' => Class::Extend,
        '\u{200b}' | '\u{2044}' | '\u{2052}' => Class::Sign,
        '\u{2010}'..='\u{205e}' => Class::Mark,
        '\u{2061}'..='\u{20cf}' | '\u{2100}'..='\u{218f}' => Class::Sign,
        _ => Class::Other,
    }
}

/// True for an emoji or a pictograph.
pub(crate) const fn is_emoji(c: char) -> bool {
    matches!(
        c,
        '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{231a}' | '\u{231b}'
            | '\u{23e9}'..='\u{23fa}'
    )
}

/// True for signs that count as symbols rather than punctuation.
pub(crate) const fn is_symbol(b: u8) -> bool {
    matches!(
        b,
        b'$' | b'%' | b'+' | b'<' | b'=' | b'>' | b'^' | b'`' | b'|' | b'~' | b'&' | b'@' | b'#' | 0
            ..=0x1f | 0x7f
    )
}

/// The character that starts at byte `at`; `None` at the end or inside a character.
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

/// True when a letter or digit starts at byte `at`.
pub(crate) fn starts_word(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        Some(b) if b.is_ascii() => b.is_ascii_alphanumeric(),
        Some(_) => char_at(text, at).is_some_and(|c| class(c) == Class::Letter || c.is_alphabetic()),
        None => false,
    }
}

/// The length of the apostrophe at byte `at` of a text: `'` or `’`; 0 for anything else.
pub(crate) fn apostrophe(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'\'') => 1,
        Some(0xe2) if bytes.get(at + 1..at + 3) == Some(&[0x80, 0x99]) => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_end_anywhere() {
        let text = b"Twenty-two characteristically ";
        for at in 0..text.len() {
            let want = at + text[at..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
            assert_eq!(letters_end(text, at), want);
        }
    }

    #[test]
    fn letters_are_those_of_ascii() {
        for b in 0..=u8::MAX {
            for place in 0..8 {
                let mut eight = *b"abcXYZqr";
                eight[place] = b;
                let want = eight.iter().take_while(|b| b.is_ascii_alphabetic()).count();
                assert_eq!(leading_letters(u64::from_le_bytes(eight)), want, "{eight:?}");
            }
        }
    }
}

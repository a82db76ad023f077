//! Tokens with their text, for the rules that look around.

use decalque_text::{Span, Token, TokenKind};

/// A text and its tokens.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
}

impl<'a> Words<'a> {
    pub(crate) fn get(&self, i: usize) -> Option<Token> {
        self.tokens.get(i).copied()
    }

    /// The text of token `i`; empty when there is none.
    pub(crate) fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |t| t.span.text(self.text))
    }

    pub(crate) fn kind(&self, i: usize) -> Option<TokenKind> {
        self.tokens.get(i).map(|t| t.kind)
    }

    /// Bytes of token `i`; none when it is not there.
    pub(crate) fn len(&self, i: usize) -> usize {
        self.tokens.get(i).map_or(0, |t| t.span.len() as usize)
    }

    /// The first character of token `i`.
    pub(crate) fn first(&self, i: usize) -> Option<char> {
        self.word(i).chars().next()
    }

    /// True when token `i` starts with a capital.
    pub(crate) fn is_upper(&self, i: usize) -> bool {
        match self.first_byte(i) {
            Some(b) if b.is_ascii() => b.is_ascii_uppercase(),
            _ => self.first(i).is_some_and(char::is_uppercase),
        }
    }

    /// True when token `i` starts with a small letter.
    pub(crate) fn is_lower(&self, i: usize) -> bool {
        match self.first_byte(i) {
            Some(b) if b.is_ascii() => b.is_ascii_lowercase(),
            _ => self.first(i).is_some_and(char::is_lowercase),
        }
    }

    /// The first byte of token `i`.
    pub(crate) fn first_byte(&self, i: usize) -> Option<u8> {
        self.text.as_bytes().get(self.tokens.get(i)?.span.start as usize).copied()
    }

    /// True when nothing stands between token `i` and the one before it.
    pub(crate) fn touches(&self, i: usize) -> bool {
        match (i.checked_sub(1).and_then(|j| self.get(j)), self.get(i)) {
            (Some(a), Some(b)) => a.span.end == b.span.start,
            _ => false,
        }
    }

    /// The text from token `from` up to and without token `to`.
    pub(crate) fn slice(&self, from: usize, to: usize) -> &'a str {
        match (self.get(from), to.checked_sub(1).and_then(|j| self.get(j))) {
            (Some(a), Some(b)) if from < to => Span::new(a.span.start, b.span.end).text(self.text),
            _ => "",
        }
    }
}

/// The marks that end a sentence: `.` `!` `?` `…` and runs of them, and their East Asian relatives.
pub(crate) fn is_terminal(word: &str) -> bool {
    match word.as_bytes() {
        [b'.' | b'!' | b'?', ..] => true,
        [0xe2 | 0xe3 | 0xef, ..] => word.starts_with(['…', '。', '！', '？', '．']),
        _ => false,
    }
}

/// Marks that can close a quotation or bracket.
pub(crate) fn is_closer(word: &str) -> bool {
    matches!(word, "\"" | "'" | "''" | ")" | "]" | "}" | "”" | "’" | "»" | "›" | "“" | "」" | "』" | "）")
}

/// Marks that can open a quotation or bracket.
pub(crate) fn is_opener(word: &str) -> bool {
    matches!(
        word,
        "\"" | "'" | "``" | "(" | "[" | "{" | "“" | "‘" | "«" | "‹" | "„" | "「" | "『" | "（" | "¿" | "¡"
    )
}

/// Dashes that can stand between sentences or before a speaker.
pub(crate) fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "--" | "―" | "---")
}

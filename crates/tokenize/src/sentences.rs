//! Sentence boundaries inside a paragraph.

use crate::abbreviation::{self, Abbreviation};
use crate::unmarked::{self, is_face};
use crate::view::{Words, is_closer, is_dash, is_opener, is_terminal};
use decalque_text::TokenKind;

/// Calls `emit` with the token range of every sentence in `from..to`.
pub(crate) fn split(words: Words<'_>, from: usize, to: usize, mut emit: impl FnMut(usize, usize)) {
    // Rules must not look past the paragraph.
    let words = Words { tokens: words.tokens.get(..to).unwrap_or(words.tokens), ..words };
    let (mut start, mut i) = (from, from);
    while i < to {
        match end_at(words, start, i) {
            Some(end) => {
                emit(start, end);
                start = end;
                i = end;
            }
            None => i += 1,
        }
    }
    if start < to {
        emit(start, to);
    }
}

/// If a sentence from `start` ends with the mark or abbreviation at `i`: one past its last token.
#[inline]
fn end_at(words: Words<'_>, start: usize, i: usize) -> Option<usize> {
    let token = words.get(i)?;
    let bytes = words.text.as_bytes();
    match token.kind {
        TokenKind::Word if bytes.get(token.span.end as usize - 1) == Some(&b'.') => {
            after_abbreviation(words, i)
        }
        TokenKind::Word => None,
        TokenKind::Punctuation => match bytes.get(token.span.start as usize..) {
            // The frequent marks that end no sentence.
            Some([b'"' | b'\'' | b'(', ..] | [0xe2, 0x80, 0x98..=0x9d, ..]) => None,
            Some([b',', ..]) => unmarked::after_greeting(words, start, i),
            _ if is_terminal(words.word(i)) => after_mark(words, start, i),
            _ => unmarked::end_at(words, start, i),
        },
        _ => unmarked::end_at(words, start, i),
    }
}

/// One past the closing quotes, brackets, note references and faces after the mark at `i`.
fn absorb(words: Words<'_>, i: usize) -> usize {
    let mut end = i + 1;
    loop {
        end = if closes(words, end) || is_face(words, end) {
            end + 1
        } else if is_reference(words, end) {
            end + 3
        } else {
            return end;
        }
    }
}

/// True when the mark at `i` closes something; a straight or spaced quote does when a space or the end comes after it.
fn closes(words: Words<'_>, i: usize) -> bool {
    let word = words.word(i);
    if !is_closer(word) || matches!(word, "“") && !words.touches(i) {
        return false;
    }
    words.touches(i)
        && !(is_opener(word) && words.touches(i + 1) && words.kind(i + 1) == Some(TokenKind::Word))
        || !words.touches(i + 1) && !is_opening_word(word)
}

/// `(` is never a closer; here: marks that, set apart by spaces on both sides, more likely open.
fn is_opening_word(word: &str) -> bool {
    is_opener(word) && !matches!(word, "'" | "\"")
}

/// `[17]`, and `[…]` for what was left out
fn is_reference(words: Words<'_>, i: usize) -> bool {
    let inside = |i: usize| words.kind(i) == Some(TokenKind::Number) || matches!(words.word(i), "…" | "...");
    words.word(i) == "[" && words.word(i + 2) == "]" && inside(i + 1)
}

/// The end of the sentence whose mark is at `i`, when it is one.
fn after_mark(words: Words<'_>, start: usize, i: usize) -> Option<usize> {
    let end = absorb(words, i);
    if words.get(end).is_none() || only_marks_left(words, end) {
        return Some(words.tokens.len());
    }
    let mark = words.word(i);
    let quoted = end > i + 1;
    if mark == "." && i == start + 1 && is_enumerator(words, start) {
        return None;
    }
    let ends = if (mark.starts_with("..") || mark.starts_with('…')) && !mark.ends_with(['!', '?']) {
        after_ellipsis(words, start, i, end)
    } else if words.touches(end) {
        after_missing_space(words, i, end)
    } else {
        starts_sentence(words, end, quoted, mark == ".") && !goes_on(words, i, end)
    };
    ends.then_some(end)
}

/// True when no word is left in the paragraph: `. '"`
fn only_marks_left(words: Words<'_>, from: usize) -> bool {
    const FEW: usize = 4;
    let rest = words.tokens.get(from..).unwrap_or(&[]);
    rest.len() <= FEW
        && (from..words.tokens.len()).all(|i| is_closer(words.word(i)) || is_terminal(words.word(i)))
}

/// Units that Russian writes short and engines copy with the stop: `800 thousand. tonnes`
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "billion", "bln", "cm", "ft", "hr", "hrs", "kg", "km", "kopecks", "kopeks", "lbs", "meter", "meters", "metres", "million",
    "min", "mln", "mlrd", "oz", "pcs", "roubles", "rub", "rubles", "sec", "sq", "thou", "thous", "thousand", "tonnes", "tons",
    "trillion", "trln", "yrs",
];

/// Verbs of speech that follow a quoted question or cry.
#[rustfmt::skip]
const SPEECH: &[&str] = &[
    "added", "answered", "asked", "asks", "continued", "cried", "demanded", "exclaimed", "joked", "quipped", "replied", "responded",
    "said", "says", "shouted", "tweeted", "wondered", "wrote", "yelled",
];

/// True when the sentence goes on after the mark at `i`: `5 mln. tonnes`, `Gazeta. Ru`, `“Why?” Lee asked`.
fn goes_on(words: Words<'_>, i: usize, next: usize) -> bool {
    if words.word(i) == "." {
        return is_counted(words, i, next) || is_torn(words, next);
    }
    let quoted = words.tokens.get(i + 1..next).is_some_and(|marks| !marks.is_empty());
    let named = (next..next + 3).take_while(|&j| words.is_upper(j)).count();
    let speaks =
        |word: &str| SPEECH.contains(&word) || SPEECH.iter().any(|verb| verb.eq_ignore_ascii_case(word));
    quoted && named > 0 && (speaks(words.word(next + named)) || speaks(words.word(next)))
}

/// `5 mln. tonnes`
fn is_counted(words: Words<'_>, i: usize, next: usize) -> bool {
    let unit = i.checked_sub(1).map_or("", |j| words.word(j));
    let counted = i.checked_sub(2).and_then(|j| words.kind(j)) == Some(TokenKind::Number);
    counted && words.is_lower(next) && UNITS.contains(&unit)
}

/// `Gazeta. Ru`, `(AAPL. O)`: addresses and tickers that an engine tore apart.
fn is_torn(words: Words<'_>, next: usize) -> bool {
    let word = words.word(next);
    let closed = matches!(words.word(next + 1), ")" | ",");
    matches!(word, "Ru" | "RU" | "ru" | "Com" | "COM" | "com")
        || closed && word.len() == 1 && words.is_upper(next)
}

/// `1.`, `II.`, `b.` before an item of a list.
fn is_enumerator(words: Words<'_>, start: usize) -> bool {
    let word = words.word(start);
    let digits = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let roman = word.len() <= 5 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let letter = word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    digits || roman || letter
}

/// Whether the token at `next` begins a sentence after a mark; `quoted` when quotes or brackets closed after the mark.
fn starts_sentence(words: Words<'_>, next: usize, quoted: bool, is_stop: bool) -> bool {
    let word = words.word(next);
    if words.is_lower(next) {
        return !quoted;
    }
    if is_dash(word) {
        return words.is_upper(next + 1) && (is_stop || !quoted)
            || !quoted && is_opener(words.word(next + 1));
    }
    !matches!(word, "," | ";" | ":" | ")" | "]" | "”" | "»" | "." | "!" | "?" | "…")
}

/// `... and` goes on, `... The` does not.
fn after_ellipsis(words: Words<'_>, start: usize, i: usize, end: usize) -> bool {
    let next = if is_opener(words.word(end)) && words.word(end) != "(" && words.word(end) != "[" {
        end + 1
    } else {
        end
    };
    i > start && (words.is_upper(next) || words.kind(next) == Some(TokenKind::Url))
}

/// `Syria.The`: a capital right after the stop, and a small letter or a closing mark before it.
fn after_missing_space(words: Words<'_>, i: usize, end: usize) -> bool {
    let before = i.checked_sub(1).map_or("", |j| words.word(j));
    if matches!(words.word(i).as_bytes(), [.., b'!' | b'?']) {
        return words.kind(end) == Some(TokenKind::Word);
    }
    let lower =
        before.chars().next_back().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit()) || end > i + 1;
    let opener = is_opener(words.word(end)) && words.touches(end + 1);
    let next = if opener { end + 1 } else { end };
    lower && words.is_upper(next) && words.kind(next) == Some(TokenKind::Word)
}

/// The end of the sentence whose last word is the abbreviation at `i`, when it is one.
fn after_abbreviation(words: Words<'_>, i: usize) -> Option<usize> {
    let end = absorb(words, i);
    if words.get(end).is_none() {
        return Some(end);
    }
    let word = words.word(i);
    let closed = match abbreviation::find(word.trim_end_matches('.')) {
        Some(kind) => matches!(kind, Abbreviation::Closed | Abbreviation::Dated),
        None => word.chars().filter(|&c| c == '.').count() > 1 && !abbreviation::is_open_dotted(word),
    };
    let quoted = words
        .tokens
        .get(i + 1..end)
        .is_some_and(|marks| marks.iter().any(|t| matches!(t.span.text(words.text), "\"" | "”" | "»")));
    let next = if is_opener(words.word(end)) && words.word(end) != "(" { end + 1 } else { end };
    let upper = words.is_upper(next);
    let plain = word.starts_with("etc");
    let ends = closed
        && upper
        && (quoted
            || plain
            || next > end && words.word(end) != "'"
            || abbreviation::is_starter(words.word(next)));
    ends.then_some(end)
}

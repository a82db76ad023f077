//! Sentence ends without a full stop: faces, greetings, rules of signs, time stamps, addresses in a row.

use crate::abbreviation::is_starter;
use crate::chars::is_emoji;
use crate::view::{Words, is_opener};
use decalque_text::TokenKind;

/// Signs in a row that draw a line across the page.
const RULE: usize = 5;

/// If a sentence from `start` ends at or before token `i`, which is no word and no full stop: one past its last token.
pub(crate) fn end_at(words: Words<'_>, start: usize, i: usize) -> Option<usize> {
    match words.kind(i)? {
        TokenKind::Number => around_stamp(words, start, i),
        TokenKind::Url => after_url(words, i),
        TokenKind::Email => after_email(words, start, i),
        TokenKind::Punctuation | TokenKind::Symbol | TokenKind::Emoji => after_sign(words, start, i),
        _ => None,
    }
}

/// `:)` or an emoji
pub(crate) fn is_face(words: Words<'_>, i: usize) -> bool {
    let word = words.word(i);
    let typed =
        || word.len() > 1 && word.starts_with([':', ';', '=']) && word.ends_with(['(', ')', 'D', 'P', 'p']);
    match words.kind(i) {
        Some(TokenKind::Emoji) => true,
        Some(TokenKind::Symbol) => typed() || word.chars().next().is_some_and(is_emoji),
        _ => false,
    }
}

fn after_sign(words: Words<'_>, start: usize, i: usize) -> Option<usize> {
    let word = words.word(i);
    let end = match word {
        "\"" | "“" | "”" | "(" | "'" => None,
        ")" => after_label(words, start, i),
        _ if is_rule(words, i) => {
            if i > start {
                Some(i)
            } else {
                Some(i + 1)
            }
        }
        // Items of a list whose lines were joined.
        "•" => (i > start && words.is_upper(i + 1)).then_some(i),
        _ if is_face(words, i) && words.is_upper(i + 1) && i > start => Some(i + 1),
        _ => None,
    };
    end.filter(|&end| words.get(end).is_some())
}

/// `=====`: stands alone.
fn is_rule(words: Words<'_>, i: usize) -> bool {
    let word = words.word(i).as_bytes();
    word.len() >= RULE && matches!(word.first(), Some(b'=' | b'_' | b'*' | b'-' | b'~' | b'#'))
}

/// `Dear All, The`, `Best regards, Anna`: a greeting is a line of its own where lines were joined.
#[inline]
pub(crate) fn after_greeting(words: Words<'_>, start: usize, i: usize) -> Option<usize> {
    if !(start + 1..=start + 3).contains(&i) || !words.is_upper(i + 1) {
        return None;
    }
    let last = words.word(i - 1);
    let closing =
        ["regards", "sincerely", "respectfully", "truly"].iter().any(|w| w.eq_ignore_ascii_case(last));
    (closing || words.word(start) == "Dear").then_some(i + 1)
}

/// `(Reuters) Russia`, `(Applause.) Thank you`: a bracket that opens the sentence and holds a few words.
fn after_label(words: Words<'_>, start: usize, i: usize) -> Option<usize> {
    let short = words.word(start) == "(" && (start + 2..=start + 5).contains(&i) && words.is_upper(start + 1);
    let next = if is_opener(words.word(i + 1)) { i + 2 } else { i + 1 };
    (short && words.is_upper(next) && !words.touches(i + 1)).then_some(i + 1)
}

/// `02/25/2016 10:27 AM` in running text: the date line of a page or message that lost its line breaks.
fn around_stamp(words: Words<'_>, start: usize, i: usize) -> Option<usize> {
    let is_date = |i: usize| words.word(i).bytes().filter(|&b| b == b'/').count() == 2;
    let is_time = |i: usize| words.kind(i) == Some(TokenKind::Number) && words.word(i).contains(':');
    if is_date(i) && is_time(i + 1) {
        return (i > start && !words.is_lower(i - 1) && words.word(i - 1) != ",").then_some(i);
    }
    if i == start || !is_time(i) || !is_date(i - 1) {
        return None;
    }
    let half = matches!(words.word(i + 1), "AM" | "PM");
    let end = if half { i + 2 } else { i + 1 };
    let begins = half || words.is_upper(end);
    (words.get(end).is_some() && begins).then_some(end)
}

/// Addresses in a row, and an address before a word that begins a sentence.
fn after_url(words: Words<'_>, i: usize) -> Option<usize> {
    let full = words.word(i).contains("://") || words.word(i).starts_with("www.");
    let next = words.kind(i + 1) == Some(TokenKind::Url) || full && is_starter(words.word(i + 1));
    (next && !words.touches(i + 1)).then_some(i + 1)
}

/// `From: anna@example.org The`: an address that is the value of a field, or closes a name in angle brackets.
fn after_email(words: Words<'_>, start: usize, i: usize) -> Option<usize> {
    let bracket = words.word(i + 1) == ">";
    let end = if bracket { i + 2 } else { i + 1 };
    let field = i <= start + 8 && (bracket || words.word(start + 1) == ":");
    let begins =
        words.is_upper(end) || words.kind(end) == Some(TokenKind::Number) || words.word(start + 1) == ":";
    (field && begins && words.get(end).is_some() && !matches!(words.word(end), "," | ";" | "." | ")"))
        .then_some(end)
}

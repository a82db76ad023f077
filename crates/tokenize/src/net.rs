//! Addresses: URLs, bare domains, file names, e-mail, handles.

use crate::chars::{BYTES, Byte, Class, char_at, class};
use decalque_text::TokenKind;
use unicode_segmentation::GraphemeCursor;

/// Longest host name or address looked for; look-ahead stops there, which keeps the scanner linear.
const MAX_HOST: usize = 128;

/// Endings of domains that are no English words, so that a missing space (`agreed.In`) is not taken for an address.
#[rustfmt::skip]
const DOMAINS: &[&str] = &[
    "ae", "az", "biz", "ca", "ch", "cn", "com", "cz", "de", "ee", "edu", "eu", "fm", "fr", "gov", "hu",
    "il", "info", "int", "io", "ir", "jp", "kg", "kz", "lt", "lv", "md", "mil", "net", "news", "nl",
    "online", "org", "pl", "press", "ro", "rs", "ru", "se", "sk", "su", "sy", "today", "tr", "tv", "ua",
    "uk", "uz", "рф", "укр",
];

/// Endings of file names.
#[rustfmt::skip]
const FILES: &[&str] = &[
    "asp", "csv", "doc", "docx", "exe", "gif", "htm", "html", "jpeg", "jpg", "js", "json", "mp3", "mp4",
    "pdf", "php", "png", "ppt", "pptx", "rtf", "tif", "txt", "xls", "xlsx", "xml", "zip",
];

/// If a host name, file name or e-mail address starts at `start` and goes on over the full stop at `dot`: its end and kind.
pub(crate) fn dotted(text: &str, start: usize, dot: usize) -> Option<(usize, TokenKind)> {
    let end = host_end(text, start, dot + 1);
    let bytes = text.as_bytes();
    let at = if bytes.get(end) == Some(&b'+') { host_end(text, start, end + 1) } else { end };
    if bytes.get(at) == Some(&b'@') && is_host_byte(bytes, at + 1) {
        return Some((email_end(text, at), TokenKind::Email));
    }
    let name = text.get(start..end)?;
    let last = name.rsplit('.').next().filter(|last| last.len() < name.len())?;
    let label = last.split('-').next()?;
    let end = end - last.len() + label.len();
    if is_ending(label, DOMAINS) {
        let end = if bytes.get(end) == Some(&b'/') { url_end(text, end) } else { end };
        return Some((end, TokenKind::Url));
    }
    let is_word = is_ending(label, FILES) || is_newsgroup(name);
    is_word.then_some((end, TokenKind::Word))
}

/// `alt.music.jazz`: three lower-case labels or more; nobody forgets the space twice in a row.
fn is_newsgroup(name: &str) -> bool {
    name.split('.').count() > 2
        && name
            .split('.')
            .all(|label| label.len() > 1 && label.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
}

/// True when `label` is one of `endings`, in lower case, capitals or with a capital (`Газета.Ru`).
fn is_ending(label: &str, endings: &[&str]) -> bool {
    if label.is_empty() || label.len() > 8 {
        return false;
    }
    let lower = label.to_lowercase();
    endings.contains(&lower.as_str())
}

/// Where the host name that includes `from` ends: letters, digits, `.`, `-`, `_`, without marks at its end.
fn host_end(text: &str, start: usize, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = from;
    while end < start + MAX_HOST && is_host_byte(bytes, end) {
        end += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    while end > from && matches!(bytes.get(end - 1), Some(b'.' | b'-')) {
        end -= 1;
    }
    // A wide character that is no letter, nor a mark over one, ends the name: a closing quote.
    let ends = |c: char| !c.is_ascii() && class(c) != Class::Letter && !matches!(c, '\u{300}'..='\u{36f}');
    text.get(from..end)
        .and_then(|tail| tail.char_indices().find(|&(_, c)| ends(c)))
        .map_or(end, |(i, _)| from + i)
}

fn is_host_byte(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|&b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | 0x80..))
}

/// Where the e-mail address with its `@` at `at` ends.
pub(crate) fn email_end(text: &str, at: usize) -> usize {
    host_end(text, at, at + 1)
}

/// If `lee+news@example.org` goes on over the `+` at `plus`: its end.
pub(crate) fn tagged_email(text: &str, plus: usize) -> Option<usize> {
    let at = host_end(text, plus, plus + 1);
    let bytes = text.as_bytes();
    let is_email = at > plus + 1 && bytes.get(at) == Some(&b'@') && is_host_byte(bytes, at + 1);
    is_email.then(|| email_end(text, at))
}

/// Where the address that includes `from` ends: at white space, quotes or angle brackets, without marks at its end.
pub(crate) fn url_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or("");
    let stop = |c: char| {
        c.is_whitespace()
            || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '‘' | '’' | '`' | '|' | '{' | '}')
    };
    let url = rest.split(stop).next().unwrap_or("");
    from + trimmed(url).len()
}

/// Without closing marks that belong to the sentence; a bracket stays when its partner is in the address.
/// A trailing ellipsis stays: it says that the address was cut.
fn trimmed(url: &str) -> &str {
    let mut url = url;
    while let Some(last) = url.chars().next_back() {
        let cut = match last {
            '.' if url.ends_with("...") => false,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '…' | '*' => true,
            ')' => !url.contains('('),
            ']' => !url.contains('['),
            _ => false,
        };
        if !cut {
            break;
        }
        url = url.get(..url.len() - last.len_utf8()).unwrap_or("");
    }
    url
}

/// True for a mark over, under or behind the letter before `at`.
fn goes_with_letter(text: &str, at: usize) -> bool {
    GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0) == Ok(false)
}

/// Where the handle or hashtag that starts with its sign at `at` ends; `at + 1` when there is none.
pub(crate) fn tag_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at + 1;
    while let Some(&b) = bytes.get(end) {
        let class_of_byte = BYTES[b as usize];
        if matches!(class_of_byte, Byte::Letter | Byte::Digit) || b == b'_' {
            end += 1;
        } else if class_of_byte == Byte::Wide {
            match char_at(text, end) {
                Some(c) if class(c) == Class::Letter || c.is_alphanumeric() => end += c.len_utf8(),
                Some(c) if end > at + 1 && goes_with_letter(text, end) => end += c.len_utf8(),
                _ => break,
            }
        } else {
            break;
        }
    }
    end
}

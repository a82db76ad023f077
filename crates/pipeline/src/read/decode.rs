//! From bytes to text.

use encoding_rs::{UTF_16BE, UTF_16LE};

/// A text and the encoding it came in.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: &'static str,
    pub(crate) note: Option<String>,
}

/// Decode UTF-8, or UTF-16 with a byte order mark. The mark itself is no part of the text.
///
/// # Errors
/// Why the bytes are no text, as a sentence.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, String> {
    match bytes {
        [] => Err("the document is empty".to_owned()),
        [0xff, 0xfe, rest @ ..] => utf16(rest, UTF_16LE, "utf-16le"),
        [0xfe, 0xff, rest @ ..] => utf16(rest, UTF_16BE, "utf-16be"),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest, Some("decoded from UTF-8 with a byte order mark")),
        all => utf8(all, None),
    }
}

fn utf8(bytes: &[u8], note: Option<&str>) -> Result<Decoded, String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if looks_binary(bytes) => return Err("it is a binary file, not text".to_owned()),
        Err(e) => {
            return Err(format!(
                "it is not valid UTF-8: byte {} cannot be decoded; convert the file to UTF-8",
                e.valid_up_to()
            ));
        }
    };
    check(Decoded { text, encoding: "utf-8", note: note.map(str::to_owned) })
}

fn utf16(
    bytes: &[u8],
    encoding: &'static encoding_rs::Encoding,
    name: &'static str,
) -> Result<Decoded, String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let text = text.ok_or_else(|| format!("it has a mark of {name} but is not valid {name}"))?.into_owned();
    check(Decoded { text, encoding: name, note: Some(format!("decoded from {name} with a byte order mark")) })
}

/// NUL characters are no text, and many readers of tables stop at one.
fn check(decoded: Decoded) -> Result<Decoded, String> {
    if let Some(at) = memchr_nul(decoded.text.as_bytes()) {
        return Err(format!(
            "it holds a NUL character at byte {at}: a binary file, or UTF-16 without a mark"
        ));
    }
    if decoded.text.trim().is_empty() {
        return Err("the document holds nothing but white space".to_owned());
    }
    Ok(decoded)
}

fn memchr_nul(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&b| b == 0)
}

/// More than one control byte in a hundred of the beginning.
fn looks_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    let control = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c)).count();
    control * 100 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], want: Result<(&str, &str), &str>) {
        let got = decode(bytes);
        match (&got, want) {
            (Ok(d), Ok((text, encoding))) => assert_eq!((d.text.as_str(), d.encoding), (text, encoding)),
            (Err(reason), Err(part)) => assert!(reason.contains(part), "{reason}"),
            _ => panic!("{bytes:?}: got {:?}", got.map(|d| d.text)),
        }
    }

    #[test]
    fn bytes_become_text_or_a_reason() {
        check(b"plain", Ok(("plain", "utf-8")));
        check(b"\xef\xbb\xbfmarked", Ok(("marked", "utf-8")));
        check(b"\xff\xfeA\x00B\x00", Ok(("AB", "utf-16le")));
        check(b"\xfe\xff\x00A", Ok(("A", "utf-16be")));
        check(b"\xff\xfeA", Err("not valid utf-16le"));
        check(b"", Err("empty"));
        check(b" \n\t", Err("white space"));
        check(b"caf\xe9 au lait", Err("byte 3"));
        check(b"a\0b", Err("NUL character"));
        check(b"\x89PNG\r\n\x1a\n\x00\x00\x01\x02\x03", Err("binary"));
    }
}

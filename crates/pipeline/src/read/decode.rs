//! From bytes to text: which encoding, and how sure that is.

use super::detect::why_useless;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use std::io::Read;

/// A text and the encoding it came in.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: &'static str,
    pub(crate) note: Option<String>,
}

/// Decode by byte order mark, as UTF-8, by what is declared (a page's meta element, a header), or by what a detector is
/// sure of; in this order. Valid UTF-8 comes before a declaration: other encodings hardly ever look like it. The byte
/// order mark is no part of the text.
///
/// # Errors
/// Why the bytes are no text, as a sentence.
pub(crate) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<Decoded, String> {
    if bytes.is_empty() {
        return Err("the document is empty".to_owned());
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let how = format!("decoded from {} with a byte order mark", spoken(encoding));
        return strict(bytes.get(mark..).unwrap_or_default(), encoding, Some(how));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => check(Decoded { text: text.to_owned(), encoding: "utf-8", note: None }),
        Err(e) => legacy(bytes, declared.filter(|&d| d != UTF_8), e.valid_up_to()),
    }
}

fn legacy(bytes: &[u8], declared: Option<&'static Encoding>, bad: usize) -> Result<Decoded, String> {
    if let Some(reason) = why_useless(bytes) {
        return Err(reason);
    }
    if looks_binary(bytes) {
        return Err("it is a binary file, not text".to_owned());
    }
    let damaged = damage(bytes);
    if let Some(places) = damaged {
        return Err(format!(
            "it is UTF-8 damaged in {places} places, the first at byte {bad}: mend or convert it"
        ));
    }
    let wide = declared.is_some_and(|d| d == UTF_16BE || d == UTF_16LE);
    if let Some(encoding) = declared.filter(|_| !wide) {
        let how = format!("decoded from {}, as it declares", spoken(encoding));
        if let Ok(decoded) = strict(bytes, encoding, Some(how)) {
            return Ok(decoded);
        }
    }
    let encoding = detect(bytes).ok_or_else(|| {
        format!("it is not valid UTF-8 (byte {bad}), and its encoding is not certain; convert it to UTF-8")
    })?;
    strict(bytes, encoding, Some(format!("decoded from {}, as it looks", spoken(encoding))))
}

/// In how many places bytes are not UTF-8 that otherwise are: another encoding hardly ever has as many sequences that
/// are valid as are not.
fn damage(bytes: &[u8]) -> Option<usize> {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    (good >= bad).then_some(bad)
}

/// How the encoding is called in the tables.
pub(crate) fn spoken(encoding: &'static Encoding) -> &'static str {
    const NAMES: [(&str, &str); 12] = [
        ("UTF-8", "utf-8"),
        ("UTF-16LE", "utf-16le"),
        ("UTF-16BE", "utf-16be"),
        ("windows-1250", "windows-1250"),
        ("windows-1251", "windows-1251"),
        ("windows-1252", "windows-1252"),
        ("KOI8-R", "koi8-r"),
        ("KOI8-U", "koi8-u"),
        ("IBM866", "ibm866"),
        ("ISO-8859-5", "iso-8859-5"),
        ("ISO-8859-2", "iso-8859-2"),
        ("GBK", "gbk"),
    ];
    NAMES.iter().find(|(name, _)| *name == encoding.name()).map_or(encoding.name(), |(_, spoken)| spoken)
}

fn strict(bytes: &[u8], encoding: &'static Encoding, note: Option<String>) -> Result<Decoded, String> {
    let name = spoken(encoding);
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let text = text.ok_or_else(|| format!("it should be {name} but is not valid {name}"))?;
    check(Decoded { text: text.into_owned(), encoding: name, note })
}

/// NUL characters are no text, and many readers of tables stop at one.
fn check(decoded: Decoded) -> Result<Decoded, String> {
    let bytes = decoded.text.as_bytes();
    if let Some(at) = memchr::memchr(0, bytes) {
        return Err(why_useless(bytes).unwrap_or_else(|| {
            format!("it holds a NUL character at byte {at}: a binary file, or UTF-16 without a mark")
        }));
    }
    if decoded.text.trim_start().is_empty() {
        return Err("the document holds nothing but white space".to_owned());
    }
    Ok(decoded)
}

/// More than one control byte in a hundred of the beginning.
fn looks_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(8192)).unwrap_or_default();
    let control = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c)).count();
    control * 100 > head.len()
}

/// Bytes that the detector is shown, from the first that is not ASCII.
const SAMPLE: usize = 1 << 18;

/// The encoding of bytes that are no UTF-8, if it is certain.
///
/// chardetng always names one. It is asked as if the text came from an unknown, a Russian and a Western site; what it
/// names is certain when all of them that give readable text give the same. Of KOI8-R and KOI8-U, alike in Russian
/// letters, it names the latter.
pub(crate) fn detect(bytes: &[u8]) -> Option<&'static Encoding> {
    let first = bytes.iter().position(|b| !b.is_ascii())?;
    let from = first.saturating_sub(SAMPLE / 8);
    let end = bytes.len().min(first + SAMPLE);
    let (sample, is_cut) = (bytes.get(from..end)?, end < bytes.len());
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let mut readings: Vec<(&'static Encoding, Cow<'_, str>)> = Vec::new();
    for site in [None, Some(b"ru".as_slice()), Some(b"de")] {
        let encoding = detector.guess(site, Utf8Detection::Deny);
        let (text, _, failed) = encoding.decode(sample);
        if (is_cut || !failed) && reads_like_text(&text) {
            readings.push((encoding, text));
        }
    }
    let (encoding, text) = readings.first()?;
    readings.iter().all(|(_, other)| other == text).then_some(*encoding)
}

/// Of the characters beyond ASCII, nine in ten are letters or common marks, few are capitals inside a word, and few
/// stand beside a letter of another alphabet.
fn reads_like_text(text: &str) -> bool {
    const MARKS: &str = "«»“”„‘’‚–—…•№§°©®™€£\u{a0}\u{ad}";
    let (mut all, mut good, mut odd) = (0usize, 0usize, 0usize);
    let mut before = ' ';
    for c in text.chars() {
        let is_mixed = before.is_alphabetic() && c.is_alphabetic() && is_cyrillic(before) != is_cyrillic(c);
        odd += usize::from(is_mixed || (!c.is_ascii() && c.is_uppercase() && before.is_lowercase()));
        if !c.is_ascii() {
            all += 1;
            good += usize::from(c.is_alphabetic() || MARKS.contains(c));
        }
        before = c;
    }
    good * 10 >= all * 9 && odd * 10 <= all
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..'\u{530}').contains(&c)
}

/// A stream in another encoding as one in UTF-8. The byte order mark is left out.
///
/// # Errors
/// Reading fails at bytes that are not of the encoding.
pub(crate) struct Utf8<R> {
    source: R,
    decoder: encoding_rs::Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    is_done: bool,
}

impl<R: Read> Utf8<R> {
    pub(crate) fn new(source: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { source, decoder, raw: Vec::new(), text: Vec::new(), at: 0, is_done: false }
    }

    fn fill(&mut self) -> std::io::Result<()> {
        self.raw.resize(1 << 16, 0);
        let n = self.source.read(&mut self.raw)?;
        self.is_done = n == 0;
        let raw = self.raw.get(..n).unwrap_or_default();
        let most = self.decoder.max_utf8_buffer_length_without_replacement(n).unwrap_or(n * 4 + 16);
        self.text.resize(most, 0);
        let (result, _, written) =
            self.decoder.decode_to_utf8_without_replacement(raw, &mut self.text, self.is_done);
        if let DecoderResult::Malformed(..) = result {
            let name = spoken(self.decoder.encoding());
            return Err(std::io::Error::other(format!("it should be {name} but is not valid {name}")));
        }
        self.text.truncate(written);
        self.at = 0;
        Ok(())
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.at >= self.text.len() && !self.is_done {
            self.fill()?;
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let n = rest.len().min(buffer.len());
        buffer[..n].copy_from_slice(&rest[..n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], want: Result<(&str, &str), &str>) {
        let got = decode(bytes, None);
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
        check(b"a\0b", Err("NUL character"));
        check(b"\x89PNG\r\n\x1a\n\x00\x00\x01\x02\x03", Err("picture"));
        check(b"\xe2\x80\x9cHere.\xe2\x80 Then.", Err("damaged in 1 places"));
        check(b"\x01\x02\x03\x04\x80\x81", Err("binary"));
    }

    const RUSSIAN: &str = "Президент России заявил в четверг, что переговоры по Сирии продолжатся. По его словам, \
        соглашение о прекращении огня соблюдается обеими сторонами.";

    #[test]
    fn encodings_are_detected_where_they_are_certain() {
        for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::KOI8_U, encoding_rs::IBM866] {
            let (bytes, _, _) = encoding.encode(RUSSIAN);
            check(&bytes, Ok((RUSSIAN, spoken(encoding))));
        }
        let english =
            "“We will not give in,” he said – and left. It’s the minister’s third “café summit” this year.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(english);
        check(&bytes, Ok((english, "windows-1252")));
    }

    #[test]
    fn what_could_be_two_encodings_is_rejected() {
        check(b"one \xe9 \xd1 \xf8\xcf \xaa\xb5 and", Err("not certain"));
    }

    #[test]
    fn what_is_declared_is_believed_unless_it_is_utf_8() {
        let (bytes, _, _) = encoding_rs::KOI8_R.encode("Да.");
        let got = decode(&bytes, Some(encoding_rs::KOI8_R)).unwrap();
        assert_eq!((got.text.as_str(), got.encoding), ("Да.", "koi8-r"));
        let got = decode("Да.".as_bytes(), Some(encoding_rs::KOI8_R)).unwrap();
        assert_eq!((got.text.as_str(), got.encoding), ("Да.", "utf-8"));
    }
}

//! The language of a document.

use crate::chars::{char_at, is_letter, letters_end};
use crate::stem::is_stop_word;
use decalque_text::{Lang, Layout, Sentence, Span};
use whatlang::{Detector, Lang as What};

/// Bytes that are looked at: whatlang takes 70 µs a call whatever the length, and more text changes little.
const SAMPLE: usize = 1024;

/// Languages of news in Latin letters; others are mistaken for them more often than met.
#[rustfmt::skip]
const LATIN: &[What] = &[
    What::Eng, What::Fra, What::Deu, What::Spa, What::Ita, What::Por, What::Nld, What::Pol, What::Tur,
    What::Ces, What::Ron, What::Swe, What::Fin, What::Dan, What::Nob, What::Hun, What::Slv, What::Slk,
    What::Hrv, What::Est, What::Lit, What::Lav, What::Aze, What::Uzb, What::Vie, What::Ind, What::Cat,
];

/// Languages of news in Cyrillic letters.
const CYRILLIC: &[What] = &[What::Rus, What::Ukr, What::Bel, What::Bul, What::Srp, What::Mkd];

/// The language of a text and how sure it is, 0 to 1; [`Lang::UND`] when it cannot be told.
///
/// Meant to be called once a document: it looks at one kilobyte from the middle.
///
/// ```
/// use decalque_tokenize::language;
/// let (lang, _) = language("The minister said on Friday that the talks in Geneva would go on until the end of the week.");
/// assert_eq!(lang.tag(), "en");
/// assert_eq!(language("00:00").0.tag(), "und");
/// ```
pub fn language(text: &str) -> (Lang, f64) {
    let sample = middle(text);
    let script = Script::of(sample);
    if script.letters < 12 {
        return (Lang::UND, 0.0);
    }
    let detector = match script.main() {
        Some(Main::Latin) if is_plainly_english(sample) => return (Lang::EN, 1.0),
        Some(Main::Latin) => Detector::with_allowlist(LATIN.to_vec()),
        Some(Main::Cyrillic) => Detector::with_allowlist(CYRILLIC.to_vec()),
        _ => Detector::new(),
    };
    let Some(info) = detector.detect(sample) else { return (Lang::UND, 0.0) };
    if script.is_russian() {
        return (Lang::RU, info.confidence().max(LETTERS_SURE));
    }
    if info.is_reliable() {
        return (tag(info.lang()), info.confidence());
    }
    (by_marks(sample, &script, info.lang()), info.confidence())
}

/// The language of each sentence of a document, given the document's and how sure it is; empty when every sentence is in
/// the document's language.
///
/// Looks closer only where there is doubt: at sentences in another script than the document's, and at all of a document
/// whose own language is unsure. Sentences of one paragraph and script are judged together; those that
/// cannot be told are [`Lang::UND`] in another script, and of the document's language otherwise.
///
/// ```
/// use decalque_tokenize::{language, layout, sentence_languages};
/// let text = "The minister said that the talks would go on until the end of the week.\n\n\
///     Министр заявил, что переговоры продлятся до конца недели.";
/// let langs = sentence_languages(text, &layout(text), language(text));
/// assert_eq!(langs.iter().map(|l| l.tag()).collect::<Vec<_>>(), ["en", "ru"]);
/// let text = "The minister said that the talks would go on. They did.";
/// assert!(sentence_languages(text, &layout(text), language(text)).is_empty());
/// ```
pub fn sentence_languages(text: &str, layout: &Layout, document: (Lang, f64)) -> Vec<Lang> {
    let (lang, confidence) = document;
    let (main, is_doubtful) = (Main::of(lang), lang == Lang::UND || confidence < SURE);
    if main == Some(Main::Latin) && !is_doubtful && is_latin(text) {
        return Vec::new();
    }
    let script = |s: &Sentence| {
        if main == Some(Main::Latin) && is_latin(s.span.text(text)) {
            main
        } else {
            Script::of(s.span.text(text)).main()
        }
    };
    let scripts: Vec<Option<Main>> = layout.sentences.iter().map(script).collect();
    let mut langs = vec![lang; layout.sentences.len()];
    let mut from = 0;
    for run in runs(&layout.sentences, &scripts) {
        let to = from + run;
        let is_foreign = scripts[from].is_some() && main.is_some() && scripts[from] != main;
        if is_foreign || is_doubtful && scripts[from].is_some() {
            let span = layout.sentences[from..to].iter().map(|s| s.span).reduce(Span::cover);
            let stretch = span.map_or("", |s| s.text(text));
            langs[from..to].fill(if is_foreign { language(stretch).0 } else { judge(stretch, lang) });
        }
        from = to;
    }
    if langs.iter().all(|&l| l == lang) { Vec::new() } else { langs }
}

/// How sure a document's language must be for its sentences to follow it: whatlang calls this reliable.
const SURE: f64 = 0.9;

/// Lengths of the runs of sentences in one paragraph and one script; those without letters go with what is before them.
fn runs<'a>(sentences: &'a [Sentence], scripts: &'a [Option<Main>]) -> impl Iterator<Item = usize> + 'a {
    let (mut from, n) = (0, sentences.len().min(scripts.len()));
    std::iter::from_fn(move || {
        let start = from;
        let first = sentences[..n].get(start)?;
        let goes_on = |i: &usize| {
            sentences[*i].paragraph == first.paragraph
                && scripts[*i].is_none_or(|s| Some(s) == scripts[start])
        };
        from = (start + 1..n).take_while(goes_on).last().unwrap_or(start) + 1;
        Some(from - start)
    })
}

/// The language of a stretch in the script of its document, which may be in that language. English is known by its
/// function words alone: trigrams mistake short English for its neighbours.
fn judge(stretch: &str, document: Lang) -> Lang {
    if document == Lang::EN && english_share(middle(stretch)) >= ENGLISH_SHARE {
        return Lang::EN;
    }
    match language(stretch).0 {
        Lang::UND => document,
        found => found,
    }
}

/// True when no letter is from another alphabet: neither of the two-byte ones from Greek on nor of the scripts of three
/// and four bytes, punctuation aside.
fn is_latin(text: &str) -> bool {
    // Without an early exit, which is faster.
    !text.bytes().fold(false, |other, b| other | (b >= 0xcd && b != 0xe2 && b != 0xef && b != 0xf0))
}

/// At most [`SAMPLE`] bytes from the middle of the text, cut at spaces where there are any.
fn middle(text: &str) -> &str {
    let skip = text.len().saturating_sub(SAMPLE) / 2;
    let from = (skip..text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let to = (from..=text.len().min(from + SAMPLE)).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(from);
    let piece = text.get(from..to).unwrap_or("");
    if skip == 0 {
        return piece;
    }
    piece.split_once(' ').map_or(piece, |(_, rest)| rest)
}

/// How sure letters are that only one language has.
const LETTERS_SURE: f64 = 0.9;

/// The script of most letters of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Main {
    Latin,
    Cyrillic,
    Other,
}

impl Main {
    /// The script a language is written in; none for an undetermined one.
    fn of(lang: Lang) -> Option<Self> {
        let is_in = |list: &[What]| list.iter().any(|&l| tag(l) == lang);
        match lang {
            Lang::UND => None,
            Lang::EN => Some(Self::Latin),
            _ if is_in(LATIN) => Some(Self::Latin),
            _ if is_in(CYRILLIC) => Some(Self::Cyrillic),
            _ => Some(Self::Other),
        }
    }
}

/// The number of ASCII letters.
fn ascii_letters(text: &str) -> usize {
    // Sums that fit a byte are made of many bytes at once.
    let sum = |chunk: &[u8]| chunk.iter().map(|b| u8::from(b.is_ascii_alphabetic())).sum::<u8>();
    text.as_bytes().chunks(128).map(|chunk| usize::from(sum(chunk))).sum()
}

/// The characters beyond ASCII. Stretches without any are stepped over.
fn wide_chars(text: &str) -> impl Iterator<Item = char> {
    const STEP: usize = 16;
    let chunks = text.as_bytes().chunks(STEP).enumerate().filter(|(_, chunk)| !chunk.is_ascii());
    let places = chunks.flat_map(|(n, chunk)| (n * STEP..).zip(chunk));
    // Only the first byte of a character is 0xc0 or more.
    places.filter(|(_, b)| **b >= 0xc0).filter_map(|(at, _)| char_at(text, at))
}

/// How many letters of each script a sample has.
#[derive(Default)]
struct Script {
    letters: usize,
    latin: usize,
    cyrillic: usize,
    /// Cyrillic letters of Ukrainian and Belarusian that Russian has not.
    western: usize,
    /// Cyrillic letters of Serbian and Macedonian.
    southern: usize,
    /// Cyrillic letters of Russian and Belarusian only.
    eastern: usize,
}

impl Script {
    fn of(sample: &str) -> Self {
        let latin = ascii_letters(sample);
        let mut out = Self { letters: latin, latin, ..Self::default() };
        wide_chars(sample).filter(|&c| is_letter(c)).for_each(|c| out.add_wide(c));
        out.cyrillic += out.western + out.southern + out.eastern;
        out
    }

    /// Count a letter beyond ASCII.
    fn add_wide(&mut self, c: char) {
        self.letters += 1;
        match c {
            '\u{c0}'..='\u{24f}' => self.latin += 1,
            'і' | 'ї' | 'є' | 'ґ' | 'ў' | 'І' | 'Ї' | 'Є' | 'Ґ' | 'Ў' => self.western += 1,
            'ј' | 'љ' | 'њ' | 'џ' | 'ћ' | 'ђ' | 'ѓ' | 'ќ' | 'ѕ' => self.southern += 1,
            'ы' | 'э' | 'ё' | 'Ы' | 'Э' | 'Ё' => self.eastern += 1,
            '\u{400}'..='\u{52f}' => self.cyrillic += 1,
            _ => {}
        }
    }

    /// True when the letters leave nothing but Russian. Trigrams take Russian full of foreign names for its neighbours.
    const fn is_russian(&self) -> bool {
        self.cyrillic * 2 > self.letters && self.eastern > 0 && self.western == 0 && self.southern == 0
    }

    /// None without letters.
    const fn main(&self) -> Option<Main> {
        if self.letters == 0 {
            None
        } else if self.latin * 2 > self.letters {
            Some(Main::Latin)
        } else if self.cyrillic * 2 > self.letters {
            Some(Main::Cyrillic)
        } else {
            Some(Main::Other)
        }
    }
}

/// What letters and function words say where the trigrams are not sure: headlines full of names, mixed pages.
fn by_marks(sample: &str, script: &Script, guess: What) -> Lang {
    match script.main() {
        Some(Main::Latin) if english_share(sample) >= ENGLISH_SHARE => Lang::EN,
        Some(Main::Cyrillic) if guess == What::Ukr && script.western > 0 && script.eastern == 0 => {
            Lang::new("uk")
        }
        _ => Lang::UND,
    }
}

/// Share of function words from which a text is English.
const ENGLISH_SHARE: f64 = 0.2;

/// Words of a sample that must be read before it can be plain English.
const PLAIN_WORDS: u32 = 30;

/// True when English articles and particles make up an eighth of the words, `the` among them: no other language has
/// that, and most documents need no trigrams then, which take fifty times as long.
fn is_plainly_english(sample: &str) -> bool {
    let (mut words, mut articles, mut particles) = (0_u32, 0_u32, 0_u32);
    for (from, to) in runs_of_letters(sample) {
        let key = short_key(sample.as_bytes(), from, to);
        // Compared with all of them at once: which word it is cannot be foretold.
        let is_in = |list: &[u64]| list.iter().fold(false, |found, word| found | (*word == key));
        words += 1;
        articles += u32::from(is_in(&ARTICLES));
        particles += u32::from(is_in(&PARTICLES));
    }
    words >= PLAIN_WORDS && articles * 50 >= words && (articles + particles) * 8 >= words
}

const ARTICLES: [u64; 2] = [key(b"the"), key(b"The")];

const PARTICLES: [u64; 12] = [
    key(b"of"),
    key(b"and"),
    key(b"to"),
    key(b"that"),
    key(b"with"),
    key(b"was"),
    key(b"for"),
    key(b"from"),
    key(b"by"),
    key(b"which"),
    key(b"has"),
    key(b"have"),
];

/// A short word as a number, of which the first letter is the lowest byte.
const fn key(word: &[u8]) -> u64 {
    let (mut out, mut i) = (0, word.len());
    while i > 0 {
        i -= 1;
        out = out << 8 | word[i] as u64;
    }
    out
}

/// The key of the word `from..to` of a text, 0 when it is no short one.
fn short_key(bytes: &[u8], from: usize, to: usize) -> u64 {
    const LONGEST: usize = 5;
    let len = to - from;
    match bytes.get(from..).and_then(|rest| rest.first_chunk()) {
        _ if len > LONGEST => 0,
        Some(eight) => u64::from_le_bytes(*eight) & ((1 << (8 * len)) - 1),
        None => bytes.get(from..to).map_or(0, key),
    }
}

/// The words of a text, from where to where: all runs of letters, of any alphabet.
fn runs_of_letters(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let (from, first) = (at, text.as_bytes().get(at)?);
            let is_mark = first.is_ascii() && !first.is_ascii_alphabetic();
            at = if is_mark { at } else { word_end(text, at) };
            if at > from {
                return Some((from, at));
            }
            at += if is_mark { 1 } else { char_at(text, at).map_or(1, char::len_utf8) };
        }
    })
}

/// The end of the letters of any alphabet from `at`.
fn word_end(text: &str, mut at: usize) -> usize {
    loop {
        at = letters_end(text.as_bytes(), at);
        match text.as_bytes().get(at) {
            Some(b) if !b.is_ascii() => match char_at(text, at).filter(|&c| is_letter(c)) {
                Some(c) => at += c.len_utf8(),
                None => return at,
            },
            _ => return at,
        }
    }
}

/// The share of English function words; 0 for less than six words.
fn english_share(sample: &str) -> f64 {
    let (mut words, mut stops) = (0_u32, 0_u32);
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 1) {
        words += 1;
        stops += u32::from(is_stop_word(&word.to_lowercase()));
    }
    if words < 6 { 0.0 } else { f64::from(stops) / f64::from(words) }
}

/// The BCP 47 tag of a language that whatlang knows by its ISO 639-3 code.
fn tag(lang: What) -> Lang {
    CODES.iter().find(|(code, _)| *code == lang).map_or(Lang::UND, |(_, tag)| Lang::new(tag))
}

/// The tag of each code.
#[rustfmt::skip]
const CODES: &[(What, &str)] = &[
    (What::Eng, "en"), (What::Rus, "ru"), (What::Ukr, "uk"), (What::Bel, "be"), (What::Bul, "bg"),
    (What::Srp, "sr"), (What::Mkd, "mk"), (What::Fra, "fr"), (What::Deu, "de"), (What::Spa, "es"),
    (What::Ita, "it"), (What::Por, "pt"), (What::Nld, "nl"), (What::Pol, "pl"), (What::Tur, "tr"),
    (What::Ces, "cs"), (What::Ron, "ro"), (What::Swe, "sv"), (What::Fin, "fi"), (What::Dan, "da"),
    (What::Nob, "nb"), (What::Hun, "hu"), (What::Slv, "sl"), (What::Slk, "sk"), (What::Hrv, "hr"),
    (What::Est, "et"), (What::Lit, "lt"), (What::Lav, "lv"), (What::Aze, "az"), (What::Uzb, "uz"),
    (What::Vie, "vi"), (What::Ind, "id"), (What::Cat, "ca"), (What::Cmn, "zh"), (What::Jpn, "ja"),
    (What::Kor, "ko"), (What::Ara, "ar"), (What::Pes, "fa"), (What::Urd, "ur"), (What::Heb, "he"),
    (What::Yid, "yi"), (What::Ell, "el"), (What::Kat, "ka"), (What::Hye, "hy"), (What::Hin, "hi"),
    (What::Mar, "mr"), (What::Nep, "ne"), (What::Ben, "bn"), (What::Guj, "gu"), (What::Pan, "pa"),
    (What::Tam, "ta"), (What::Tel, "te"), (What::Kan, "kn"), (What::Mal, "ml"), (What::Ori, "or"),
    (What::Sin, "si"), (What::Tha, "th"), (What::Mya, "my"), (What::Khm, "km"), (What::Amh, "am"),
    (What::Epo, "eo"), (What::Lat, "la"), (What::Jav, "jv"), (What::Tuk, "tk"), (What::Aka, "ak"),
    (What::Zul, "zu"), (What::Sna, "sn"), (What::Afr, "af"), (What::Tgl, "tl"),
];

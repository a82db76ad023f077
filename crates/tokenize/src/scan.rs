//! The word scanner: one pass over the bytes, a table for ASCII, no allocation.

use crate::abbreviation::{self, Abbreviation};
use crate::chars::{
    BYTES, Byte, Class, ENDS, LETTER, PARTS, apostrophe, char_at, class, is_emoji, is_symbol, letters_end,
    starts_word,
};
use crate::net;
use decalque_text::{Span, TokenKind};
use unicode_segmentation::UnicodeSegmentation;

/// The tokens of a text, in order. Every character that is no white space is in exactly one.
///
/// Boundaries follow UAX #29 except where news wants otherwise:
///
/// - abbreviations and initials keep their stop: `U.S.`, `a.m.`, `Gen.`, `J.`; `vol.` only before a number;
/// - hyphens join, `al-Assad’s`, `U.S.-led`; one that dangles stays on a short word, `pre- and post-war`;
/// - the apostrophe of a plural stays, `workers'`, unless it closes a quotation; so does that of `’90s`, `'em`;
/// - numbers keep the marks inside: `00:00`, `1,000.5`, `02/25/2016`, `5–3`;
/// - a stop between a small letter and a capital divides: `Syria.The` is three tokens;
/// - addresses, file names, handles, hashtags, `AT&T`, `n/a`, `:)` and runs of one mark (`...`, `?!`) are one token each;
/// - other scripts than Latin, Greek and Cyrillic, and emoji, are cut by UAX #29 itself.
///
/// ```
/// use decalque_tokenize::words;
/// let text = "Assad’s U.S.-led talks: 00:00, $5.";
/// let words: Vec<_> = words(text).iter().map(|(span, _)| span.text(text)).collect();
/// assert_eq!(words, ["Assad’s", "U.S.-led", "talks", ":", "00:00", ",", "$", "5", "."]);
/// ```
pub fn words(text: &str) -> Vec<(Span, TokenKind)> {
    let mut out = Vec::with_capacity(text.len() / 5 + 1);
    scan(text, |span, kind| out.push((span, kind)));
    out
}

/// Calls `emit` with every token of a text, in order: [`words`] without the vector.
///
/// ```
/// let mut count = 0;
/// decalque_tokenize::scan("Two words", |_, _| count += 1);
/// assert_eq!(count, 2);
/// ```
pub fn scan(text: &str, mut emit: impl FnMut(Span, TokenKind)) {
    let mut scanner = Scanner { text, bytes: text.as_bytes(), previous: 0..0, quoted: false };
    let mut at = 0;
    while let Some(&b) = scanner.bytes.get(at) {
        let (end, kind) = match BYTES[b as usize] {
            Byte::Space => (at + 1, None),
            Byte::Newline => {
                scanner.quoted = false;
                (at + 1, None)
            }
            Byte::Letter => scanner.plain_word(at),
            Byte::Digit => scanner.word(at),
            Byte::Mark => (at + 1, Some(TokenKind::Punctuation)),
            Byte::Special => scanner.special(at, b),
            Byte::Wide => scanner.wide(at),
        };
        if let Some(kind) = kind {
            emit(Span::of(at..end), kind);
        }
        // Most tokens have a space after them.
        at = if scanner.bytes.get(end) == Some(&b' ') { end + 1 } else { end };
    }
}

/// A token's end and kind; no kind for white space.
type Cut = (usize, Option<TokenKind>);

/// Whether a word goes on over the mark after it.
enum Joint {
    /// It goes on at this byte.
    On(usize),
    /// It ends at this byte, as this kind.
    End(usize, TokenKind),
    /// It ends before the mark.
    Stop,
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// The word before, to tell an initial from a label.
    previous: std::ops::Range<usize>,
    /// A single quote was opened on this line: an apostrophe after an s then closes it.
    quoted: bool,
}

impl Scanner<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }

    /// A word from the ASCII letter at `start`: most are nothing but such letters.
    #[inline]
    fn plain_word(&mut self, start: usize) -> Cut {
        let end = letters_end(self.bytes, start);
        if !ENDS[usize::from(self.byte(end))] {
            return self.word(start);
        }
        self.previous = start..end;
        (end, Some(TokenKind::Word))
    }

    /// A word or number from `start`.
    fn word(&mut self, start: usize) -> Cut {
        let (mut end, mut seen) = self.run(start);
        let kind = loop {
            match self.joint(start, end, seen) {
                Joint::Stop => break None,
                Joint::End(to, kind) => {
                    end = to;
                    break Some(kind);
                }
                Joint::On(to) => {
                    let (to, more) = self.run(to);
                    end = to;
                    seen |= more;
                }
            }
        };
        self.previous = start..end;
        (end, kind.or(Some(if seen & LETTER == 0 { TokenKind::Number } else { TokenKind::Word })))
    }

    /// The end of the letters, digits, marks on them and underscores from `at`, and which were seen.
    #[inline]
    fn run(&self, mut at: usize) -> (usize, u8) {
        let mut seen = 0;
        loop {
            while let Some(&b) = self.bytes.get(at) {
                let part = PARTS[b as usize];
                if part == 0 {
                    break;
                }
                seen |= part;
                at += 1;
            }
            match self.bytes.get(at) {
                Some(&lead @ 0x80..) => match self.wide_in_word(at, lead) {
                    0 => return (at, seen),
                    n => {
                        seen |= LETTER;
                        at += n;
                    }
                },
                _ => return (at, seen),
            }
        }
    }

    /// The length of the wide character at `at` when it continues a word, else 0.
    fn wide_in_word(&self, at: usize, lead: u8) -> usize {
        // U+0400 to U+047F, all Cyrillic letters, without decoding.
        if matches!(lead, 0xd0 | 0xd1) {
            return 2;
        }
        match char_at(self.text, at) {
            Some(c) if matches!(class(c), Class::Letter | Class::Extend) => c.len_utf8(),
            _ => 0,
        }
    }

    /// Whether the word `start..end` goes on over the mark at `end`.
    #[inline]
    fn joint(&self, start: usize, end: usize, seen: u8) -> Joint {
        match self.byte(end) {
            b' ' | b'\n' => Joint::Stop,
            b'.' => self.stop(start, end),
            b'\'' | 0xe2 => self.quote_or_dash(start, end, seen),
            b'-' => self.hyphen(start, end, 1),
            b',' => self.between_digits(end, 1),
            b':' => self.colon(start, end),
            b'/' => self.slash(start, end),
            b'&' => self.ampersand(start, end),
            b'@' if self.byte(end + 1).is_ascii_alphanumeric() => {
                Joint::End(net::email_end(self.text, end), TokenKind::Email)
            }
            b'+' => {
                net::tagged_email(self.text, end).map_or(Joint::Stop, |end| Joint::End(end, TokenKind::Email))
            }
            _ => Joint::Stop,
        }
    }

    /// `1,000` `00:00` `5–3`
    fn between_digits(&self, end: usize, len: usize) -> Joint {
        let joins = end > 0 && self.byte(end - 1).is_ascii_digit() && self.byte(end + len).is_ascii_digit();
        if joins { Joint::On(end + len) } else { Joint::Stop }
    }

    fn quote_or_dash(&self, start: usize, end: usize, seen: u8) -> Joint {
        match (self.byte(end), self.byte(end + 1), self.byte(end + 2)) {
            (0xe2, 0x80, 0x90 | 0x91) => self.hyphen(start, end, 3),
            (0xe2, 0x80, 0x93) if seen & LETTER == 0 => self.between_digits(end, 3),
            _ => self.apostrophe(start, end),
        }
    }

    /// `don't`, `80’s`, and `workers'` unless that closes a quotation.
    fn apostrophe(&self, start: usize, end: usize) -> Joint {
        let len = apostrophe(self.bytes, end);
        if len == 0 {
            return Joint::Stop;
        }
        if starts_word(self.text, end + len) {
            return Joint::On(end + len);
        }
        let plural = end > start + 2
            && matches!(self.byte(end - 1), b's' | b'S')
            && self.byte(end + len).is_ascii_whitespace();
        if plural && !self.quoted { Joint::End(end + len, TokenKind::Word) } else { Joint::Stop }
    }

    /// `UN-backed`; a hyphen that dangles stays on a short word: `pre- and post-war`.
    fn hyphen(&self, start: usize, end: usize, len: usize) -> Joint {
        if starts_word(self.text, end + len) {
            return Joint::On(end + len);
        }
        let word = self.text.get(start..end).unwrap_or("");
        let short = (1..=4).contains(&word.len())
            && word.bytes().skip(1).all(|b| b.is_ascii_lowercase())
            && word.is_ascii();
        let dangles = short && self.byte(end + len) == b' ' && self.byte(start).is_ascii_alphabetic();
        if dangles { Joint::End(end + len, TokenKind::Word) } else { Joint::Stop }
    }

    /// `00:00`, and the colon of an address.
    fn colon(&self, start: usize, end: usize) -> Joint {
        let scheme = self.text.get(start..end).unwrap_or("");
        let is_url = self.bytes.get(end + 1..end + 3) == Some(b"//") && matches!(scheme.len(), 3..=5);
        if is_url && ["http", "https", "ftp"].iter().any(|s| scheme.eq_ignore_ascii_case(s)) {
            return Joint::End(net::url_end(self.text, end + 3).max(end + 3), TokenKind::Url);
        }
        self.between_digits(end, 1)
    }

    /// `02/25/2016`, `n/a`
    fn slash(&self, start: usize, end: usize) -> Joint {
        let letters = end == start + 1
            && self.byte(start).is_ascii_alphabetic()
            && self.byte(end + 1).is_ascii_alphabetic();
        if letters && !starts_word(self.text, end + 2) && (start == 0 || self.byte(start - 1) != b'/') {
            return Joint::On(end + 1);
        }
        self.between_digits(end, 1)
    }

    /// `AT&T`
    fn ampersand(&self, start: usize, end: usize) -> Joint {
        let upper = |b: u8| b.is_ascii_uppercase();
        let joins = end > start && end - start <= 3 && upper(self.byte(end - 1)) && upper(self.byte(end + 1));
        if joins { Joint::On(end + 1) } else { Joint::Stop }
    }

    /// The full stop at `dot` after the word from `start`.
    fn stop(&self, start: usize, dot: usize) -> Joint {
        let next = self.byte(dot + 1);
        if next.is_ascii_digit() && self.byte(dot - 1).is_ascii_digit() {
            return Joint::On(dot + 1);
        }
        if starts_word(self.text, dot + 1) {
            return self.stop_inside(start, dot);
        }
        if self.bytes.get(dot..dot + 4) == Some(b"...@") {
            return Joint::End(net::email_end(self.text, dot + 3), TokenKind::Email);
        }
        if next != b'.' && self.keeps_stop(start, dot)
            || next == b'.' && self.is_dotted(start, dot) && self.byte(dot + 2) != b'.'
        {
            return Joint::On(dot + 1);
        }
        Joint::Stop
    }

    /// The stop of `U.S`, `rt.com`, `J.Smith`, `Syria.The`: a letter or digit follows at once.
    fn stop_inside(&self, start: usize, dot: usize) -> Joint {
        let word = self.text.get(start..dot).unwrap_or("");
        if word.eq_ignore_ascii_case("www") {
            return Joint::End(net::url_end(self.text, dot), TokenKind::Url);
        }
        let letter = self.last_letter(start, dot);
        let single = char_at(self.text, dot + 1).map_or(0, char::len_utf8);
        let next_is_single =
            single > 0 && !starts_word(self.text, dot + 1 + single) && !self.byte(dot + 1).is_ascii_digit();
        if (letter || word == "Ph") && next_is_single && apostrophe(self.bytes, dot + 1 + single) == 0 {
            return Joint::On(dot + 1);
        }
        if let Some((end, kind)) = net::dotted(self.text, start, dot) {
            return Joint::End(end, kind);
        }
        let keeps = self.is_dotted(start, dot)
            || letter && self.is_initial(start, dot)
            || matches!(abbreviation::find(word), Some(Abbreviation::Open));
        let numbered =
            self.byte(dot + 1).is_ascii_digit() && abbreviation::find(word) == Some(Abbreviation::Numbered);
        if keeps || numbered { Joint::End(dot + 1, TokenKind::Word) } else { Joint::Stop }
    }

    /// Whether the word `start..dot` keeps the stop after it, when neither letter nor digit nor stop follows.
    fn keeps_stop(&self, start: usize, dot: usize) -> bool {
        let Some(word) = self.text.get(start..dot) else { return false };
        match abbreviation::find(word) {
            Some(Abbreviation::Numbered)
                if self.byte(dot + 1) == b' ' && self.byte(dot + 2).is_ascii_digit() =>
            {
                true
            }
            // `1990 г.` is a year, `г. Минск` a town.
            Some(Abbreviation::Dated) => self.after_digits() || self.is_before_capital(dot + 1),
            Some(Abbreviation::Open | Abbreviation::Closed) => true,
            _ => self.last_letter(start, dot) && (self.is_dotted(start, dot) || self.is_initial(start, dot)),
        }
    }

    /// True when a space and a capital come at `at`.
    fn is_before_capital(&self, at: usize) -> bool {
        self.byte(at) == b' ' && char_at(self.text, at + 1).is_some_and(char::is_uppercase)
    }

    /// True when the word before is a number: `1990 г.`
    fn after_digits(&self) -> bool {
        self.text.get(self.previous.clone()).is_some_and(|word| word.ends_with(|c: char| c.is_ascii_digit()))
    }

    /// True when the last part of `start..dot` is one letter: `J`, `U.S`, `Russian-U`.
    fn last_letter(&self, start: usize, dot: usize) -> bool {
        let Some(c) = self.text.get(start..dot).and_then(|w| w.chars().next_back()) else { return false };
        let at = dot - c.len_utf8();
        c.is_alphabetic() && (at == start || matches!(self.byte(at - 1), b'.' | b'-'))
    }

    /// True when `start..dot` already holds a stop before its last letter: `U.S`
    fn is_dotted(&self, start: usize, dot: usize) -> bool {
        let Some(c) = self.text.get(start..dot).and_then(|w| w.chars().next_back()) else { return false };
        let at = dot - c.len_utf8();
        c.is_alphabetic() && at > start && self.byte(at - 1) == b'.'
    }

    /// True for `J.` in `J. Smith` and `by J. Smith`, false in `plan B. Then`.
    fn is_initial(&self, start: usize, dot: usize) -> bool {
        let Some(letter) = char_at(self.text, start) else { return false };
        let end_of_line =
            self.text.get(dot + 1..).is_none_or(|rest| rest.starts_with(['\n', '\r']) || rest.is_empty());
        if !letter.is_uppercase() || end_of_line || start + letter.len_utf8() != dot {
            return false;
        }
        let before = self.text.get(self.previous.clone()).unwrap_or("");
        let gap = self.text.get(self.previous.end..start).unwrap_or("");
        if before.is_empty() || !gap.trim_matches(' ').is_empty() {
            return true;
        }
        let next = self.text.get(dot + 1..).unwrap_or("").trim_start_matches(' ');
        let capital = next.starts_with(char::is_uppercase);
        if letter == 'I' {
            return capital
                && before.starts_with(char::is_uppercase)
                && !abbreviation::is_starter(first_word(next));
        }
        let starter = capital && abbreviation::is_starter(first_word(next)) && first_word(next).len() > 1;
        let named = before.starts_with(char::is_uppercase) || capital || abbreviation::is_before_name(before);
        named && !starter && !is_label_noun(before)
    }

    /// ASCII punctuation and signs at `at`.
    fn special(&mut self, at: usize, b: u8) -> Cut {
        let kind = Some(if is_symbol(b) { TokenKind::Symbol } else { TokenKind::Punctuation });
        match b {
            b'.' if self.byte(at + 1).is_ascii_digit()
                && (at == 0 || self.byte(at - 1).is_ascii_whitespace()) =>
            {
                self.word(at + 1)
            }
            b'.' | b'!' | b'?' => (self.terminal_end(at), kind),
            b'\'' => self.single_quote(at, 1),
            b'@' | b'#' => self.tag(at, b),
            b':' | b';' | b'=' if self.emoticon_end(at) > 0 => {
                (self.emoticon_end(at), Some(TokenKind::Symbol))
            }
            b'-' | b'=' | b'*' | b'~' | b'_' | b'+' | b'<' | b'>' | b'$' | b'\\' | b'/' | b'|' | b'`' => {
                (self.same_end(at, b), kind)
            }
            _ => (at + 1, kind),
        }
    }

    fn same_end(&self, at: usize, b: u8) -> usize {
        at + self.bytes.get(at..).map_or(1, |rest| rest.iter().take_while(|&&x| x == b).count())
    }

    /// The end of `.`, `...`, `?!`, `!…`
    fn terminal_end(&self, mut at: usize) -> usize {
        loop {
            at += match self.byte(at) {
                b'.' | b'!' | b'?' => 1,
                0xe2 if self.bytes.get(at + 1..at + 3) == Some(&[0x80, 0xa6]) => 3,
                _ => return at,
            }
        }
    }

    /// `:)` `;-)` `:P`, only after white space or the end of a sentence.
    fn emoticon_end(&self, at: usize) -> usize {
        let clear = at == 0
            || self.byte(at - 1).is_ascii_whitespace()
            || matches!(self.byte(at - 1), b'.' | b'!' | b'?');
        let mouth = at + 1 + usize::from(self.byte(at + 1) == b'-');
        let is_mouth = matches!(self.byte(mouth), b')' | b'(' | b'D' | b'P' | b'p');
        if clear && is_mouth && !self.byte(mouth + 1).is_ascii_alphanumeric() { mouth + 1 } else { 0 }
    }

    fn tag(&mut self, at: usize, b: u8) -> Cut {
        let end = net::tag_end(self.text, at);
        let named = self.text.get(at + 1..end).is_some_and(|name| name.chars().any(char::is_alphabetic));
        if named {
            self.previous = at..end;
        }
        match (named, b) {
            (true, b'@') if self.byte(end) == b'.' && starts_word(self.text, end + 1) => {
                net::dotted(self.text, at + 1, end)
                    .map_or((end, Some(TokenKind::Handle)), |(end, _)| (end, Some(TokenKind::Handle)))
            }
            (true, b'@') => (end, Some(TokenKind::Handle)),
            (true, _) => (end, Some(TokenKind::Hashtag)),
            (false, _) => (self.same_end(at, b), Some(TokenKind::Symbol)),
        }
    }

    /// `'` or `’` where no word goes before: a quote, or the beginning of `’70s`, `'em`.
    fn single_quote(&mut self, at: usize, len: usize) -> Cut {
        let after = at + len;
        if self.is_clipped(after) {
            let (end, _) = self.word(after);
            return (end, Some(TokenKind::Word));
        }
        let end = if len == 1 && self.byte(after) == b'\'' { after + 1 } else { after };
        let opens =
            end == after && starts_word(self.text, after) && (at == 0 || !starts_word(self.text, at - 1));
        self.quoted = opens && len == 1;
        (end, Some(TokenKind::Punctuation))
    }

    /// `70s`, `em`, `til` after an apostrophe.
    fn is_clipped(&self, at: usize) -> bool {
        let (end, _) = self.run(at);
        let word = self.text.get(at..end).unwrap_or("");
        let decade = word.len() <= 3
            && word.len() >= 2
            && word.trim_end_matches('s').bytes().all(|b| b.is_ascii_digit())
            && word.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        // The ’s of a word that ended with an address.
        let possessive =
            word == "s" && at >= 2 && self.byte(at - 2).is_ascii_alphanumeric() | (self.byte(at - 1) >= 0x80);
        if possessive && self.previous.end + 3 >= at {
            return true;
        }
        let clipped = ["em", "til", "tis", "twas", "cause"].iter().any(|w| w.eq_ignore_ascii_case(word));
        (decade || clipped) && apostrophe(self.bytes, end) == 0
    }

    /// A character beyond ASCII at `at`.
    fn wide(&mut self, at: usize) -> Cut {
        let Some(c) = char_at(self.text, at) else { return (at + 1, None) };
        let after = at + c.len_utf8();
        match class(c) {
            Class::Space => (after, None),
            Class::Letter => self.word(at),
            Class::Extend => (self.extended(after), Some(TokenKind::Symbol)),
            Class::Mark => self.wide_mark(at, c),
            Class::Sign => self.sign(after),
            Class::Other => self.other(at, c),
        }
    }

    fn wide_mark(&mut self, at: usize, c: char) -> Cut {
        let after = at + c.len_utf8();
        match c {
            '…' => (self.terminal_end(at), Some(TokenKind::Punctuation)),
            '’' => self.single_quote(at, c.len_utf8()),
            '‘' => {
                self.quoted = true;
                (after, Some(TokenKind::Punctuation))
            }
            _ => (self.extended(after), Some(TokenKind::Punctuation)),
        }
    }

    fn sign(&self, after: usize) -> Cut {
        let end = self.extended(after);
        let is_picture = self.text.get(after..end).is_some_and(|marks| marks.contains('\u{fe0f}'));
        (end, Some(if is_picture { TokenKind::Emoji } else { TokenKind::Symbol }))
    }

    /// The end of the combining marks from `at`.
    fn extended(&self, at: usize) -> usize {
        let marks = |rest: &str| {
            rest.chars()
                .take_while(|&c| !c.is_ascii() && class(c) == Class::Extend)
                .map(char::len_utf8)
                .sum::<usize>()
        };
        at + self.text.get(at..).map_or(0, marks)
    }

    /// Other scripts and emoji: one segment by UAX #29.
    fn other(&mut self, at: usize, c: char) -> Cut {
        let piece = self.text.get(at..).and_then(|rest| rest.split_word_bounds().next()).unwrap_or("");
        // UAX #29 lets the narrow no-break space go on with a word; here white space is in no token.
        let piece = piece.split(char::is_whitespace).next().unwrap_or("");
        let end = at + piece.len().max(c.len_utf8());
        let kind = if c.is_alphabetic() {
            TokenKind::Word
        } else if c.is_numeric() {
            TokenKind::Number
        } else if is_emoji(c) {
            TokenKind::Emoji
        } else if is_wide_punctuation(c) {
            TokenKind::Punctuation
        } else {
            TokenKind::Symbol
        };
        self.previous = at..end;
        (end, Some(kind))
    }
}

/// Marks of East Asian, Arabic, Hebrew, Armenian and Indic writing.
const fn is_wide_punctuation(c: char) -> bool {
    matches!(
        c,
        '\u{55a}'..='\u{55f}' | '\u{589}' | '\u{5be}' | '\u{5c0}' | '\u{5c3}' | '\u{5f3}' | '\u{5f4}' | '\u{60c}' | '\u{61b}' | '\u{61f}'
            | '\u{66a}'..='\u{66d}' | '\u{6d4}' | '\u{964}' | '\u{965}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
            | '\u{3014}'..='\u{301f}' | '\u{30fb}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff3d}'
            | '\u{ff5b}'..='\u{ff65}'
    )
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| c.is_whitespace() || c == ',').next().unwrap_or("")
}

/// Nouns that take a letter as a name: the letter after them is no initial.
fn is_label_noun(word: &str) -> bool {
    LABEL_NOUNS.iter().any(|w| w.eq_ignore_ascii_case(word))
}

#[rustfmt::skip]
const LABEL_NOUNS: &[&str] = &[
    "annex", "appendix", "article", "block", "building", "category", "channel", "class", "exhibit", "figure", "gate", "grade", "group",
    "hepatitis", "item", "league", "letter", "level", "line", "mark", "model", "option", "paragraph", "part", "phase", "plan", "platform",
    "point", "scenario", "section", "serie", "series", "table", "terminal", "tier", "type", "unit", "variant", "version", "vitamin", "wing",
    "zone",
];

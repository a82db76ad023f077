//! What a word alone tells of its place in a phrase.

use crate::lists::listed;
use decalque_evidence::is_given_name;
use decalque_text::{Case, TokenKind, Word};

/// What a word can do in a phrase; a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks(u16);

impl Marks {
    /// No phrase holds it.
    pub(crate) const BREAK: Self = Self(1);
    /// A name: capitals that no sentence start explains.
    pub(crate) const NAME: Self = Self(1 << 1);
    /// Digits.
    pub(crate) const NUMBER: Self = Self(1 << 2);
    /// `of`, `de` and their kind: only between two words of a phrase.
    pub(crate) const CONNECTOR: Self = Self(1 << 3);
    /// A participle: begins a phrase, never ends one.
    pub(crate) const PARTICIPLE: Self = Self(1 << 4);
    /// Looks like an adjective.
    pub(crate) const ADJECTIVE: Self = Self(1 << 5);
    /// Ends in `-ing`.
    pub(crate) const GERUND: Self = Self(1 << 6);
    /// A word of any text: `result`, `people`.
    pub(crate) const GENERAL: Self = Self(1 << 7);
    /// A day, a month, a word of time.
    pub(crate) const TIME: Self = Self(1 << 8);
    /// Ends in `'s` or `'`.
    pub(crate) const POSSESSIVE: Self = Self(1 << 9);
    /// Capitals only: `NATO`.
    pub(crate) const ACRONYM: Self = Self(1 << 10);

    /// One character: `x`. No phrase by itself.
    pub(crate) const LETTER: Self = Self(1 << 11);

    /// A noun, whatever its ending.
    pub(crate) const NOUN: Self = Self(1 << 12);

    /// Surely an adjective: says how a thing is, names none.
    pub(crate) const QUALITY: Self = Self(1 << 13);

    /// A name that is a given name.
    pub(crate) const GIVEN: Self = Self(1 << 14);

    /// What the inside of a name is made of.
    pub(crate) const NAME_PART: Self = Self::NAME.or(Self::CONNECTOR);

    /// True when the two share a mark.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Either mark.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// All marks but these.
    const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    const fn with(self, other: Self, when: bool) -> Self {
        if when { Self(self.0 | other.0) } else { self }
    }
}

/// How a token counts when a sentence is asked which of its capitals are names; a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Shape(u8);

impl Shape {
    /// Nothing.
    pub(crate) const NONE: Self = Self(0);
    /// Has a capital.
    pub(crate) const CAPITAL: Self = Self(1);
    /// Would be capitalised in a headline.
    pub(crate) const CONTENT: Self = Self(1 << 1);
    /// A capitalised first word that a name may begin with: `Dmitry` in `Dmitry Peskov said`.
    pub(crate) const BEGINS_NAME: Self = Self(1 << 2);
    /// No sentence can begin after it: a capital there is a name's.
    pub(crate) const GOES_ON: Self = Self(1 << 3);
    /// A mark that ends a sentence.
    pub(crate) const STOP: Self = Self(1 << 4);
    /// A word, no number and no mark.
    pub(crate) const WORD: Self = Self(1 << 5);
    /// `of`
    pub(crate) const OF: Self = Self(1 << 6);

    /// True when the two share a bit.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn with(self, other: Self, when: bool) -> Self {
        if when { Self(self.0 | other.0) } else { self }
    }
}

/// A surface form as one kind of token, and all that the word alone tells of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    /// The vocabulary's number of its stem.
    pub(crate) stem: u32,
    /// Its length in characters, without a possessive ending.
    pub(crate) chars: u32,
    /// What it can do where nothing shows it to be a name.
    pub(crate) marks: Marks,
    /// What it can do as a name.
    pub(crate) as_name: Marks,
    /// How it counts in its sentence.
    pub(crate) shape: Shape,
    /// The kind it is classified as; none when it was not yet.
    pub(crate) kind: Option<TokenKind>,
}

impl Form {
    /// The form that is not there.
    pub(crate) const NONE: Self = Self {
        stem: u32::MAX,
        chars: 0,
        marks: Marks::BREAK,
        as_name: Marks::BREAK,
        shape: Shape::NONE,
        kind: None,
    };

    /// Classify a word.
    pub(crate) fn new(word: &Word, kind: TokenKind) -> Self {
        let norm = bare(word.norm);
        let listed = if kind == TokenKind::Word { listed(norm) } else { Marks::default() };
        let marks = |seen_as_name| match kind {
            TokenKind::Number => Marks::NUMBER,
            TokenKind::Word => marks(word, norm, listed, seen_as_name),
            _ => Marks::BREAK,
        };
        let shape = shape(word, listed, kind);
        let plain = marks(false);
        let as_name = if shape.has(Shape::CAPITAL) { marks(true) } else { plain };
        let chars = if norm.is_ascii() { norm.len() } else { norm.chars().count() } as u32;
        Self { stem: word.stem_id, chars, marks: plain, as_name, shape, kind: Some(kind) }
    }
}

fn shape(word: &Word, listed: Marks, kind: TokenKind) -> Shape {
    let is_capital = matches!(word.case, Case::Title | Case::Upper | Case::Mixed);
    let is_content = kind == TokenKind::Word && !word.is_stop;
    let goes_on = matches!(kind, TokenKind::Word | TokenKind::Number) || word.surface == ",";
    Shape::NONE
        .with(Shape::CAPITAL, is_capital)
        .with(Shape::CONTENT, is_content)
        .with(Shape::BEGINS_NAME, is_content && is_capital && !listed.has(Marks::BREAK))
        .with(Shape::GOES_ON, goes_on)
        .with(Shape::STOP, matches!(word.surface, "." | "!" | "?" | "…" | "..."))
        .with(Shape::WORD, kind == TokenKind::Word)
        .with(Shape::OF, word.surface == "of")
}

/// What a word can do; `norm` is its normal form without a possessive ending, `listed` what the lists say of that.
fn marks(word: &Word, norm: &str, listed: Marks, seen_as_name: bool) -> Marks {
    if listed.has(Marks::CONNECTOR) && word.case == Case::Lower {
        return Marks::CONNECTOR;
    }
    let acronym = word.case == Case::Upper && word.surface.len() > 1;
    let name = seen_as_name || acronym || word.case == Case::Mixed;
    let letter = norm.chars().nth(1).is_none();
    let ordinary = !name && (listed.has(Marks::BREAK) || letter || is_adverb(norm, listed));
    if word.is_stop || ordinary || !norm.chars().any(char::is_alphabetic) {
        return Marks::BREAK;
    }
    let shape = if name { Marks::NAME } else { ending(norm) };
    listed
        .without(Marks::BREAK.or(Marks::CONNECTOR))
        .or(shape)
        .with(Marks::ACRONYM, acronym)
        .with(Marks::LETTER, letter)
        .with(Marks::GIVEN, name && is_given_name(word.norm))
        .with(Marks::POSSESSIVE, norm.len() < word.norm.len())
}

/// The word without a possessive ending.
pub(crate) fn bare(word: &str) -> &str {
    // Most words end otherwise, which one byte tells.
    if !matches!(word.as_bytes().last(), Some(b's' | b'\'' | 0x99)) {
        return word;
    }
    let plain = word.strip_suffix(['\'', '’']).unwrap_or(word);
    ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(plain)
}

/// Adverbs in `-ly`; nouns in `-ly` are few and listed.
fn is_adverb(norm: &str, listed: Marks) -> bool {
    matches!(norm.as_bytes(), [_, _, _, .., b'l', b'y']) && !listed.has(Marks::NOUN)
}

/// What the ending of an ordinary word makes of it.
fn ending(norm: &str) -> Marks {
    let sure = Marks::ADJECTIVE.or(Marks::QUALITY);
    match norm.as_bytes() {
        [_, _, _, .., b'e', b'e', b'd'] => Marks::default(),
        [_, _, _, .., b'e', b'd'] => Marks::PARTICIPLE,
        [_, _, _, .., b'i', b'n', b'g'] => Marks::GERUND,
        [_, _, _, .., b'i', b'c', b'a', b'l'] | [_, _, _, .., b'l', b'e', b's', b's'] => sure,
        [_, _, _, .., b'o', b'u', b's'] | [_, _, _, .., b'f', b'u', b'l'] => sure,
        [_, _, _, .., b'i', b'b', b'l', b'e'] | [_, _, _, .., b't', b'i', b'a', b'l'] => sure,
        [_, _, _, _, .., b'a', b'b', b'l', b'e'] | [_, _, _, .., b'o', b'n', b'a', b'l'] => sure,
        [_, _, _, .., b'i', b'v', b'e'] | [_, _, _, .., b'i', b's', b'h'] => Marks::ADJECTIVE,
        [_, _, _, .., b'a', b'r', b'y'] | [_, _, _, .., b't', b'i', b'c'] => Marks::ADJECTIVE,
        [_, _, _, .., b'm', b'e', b'n', b't'] => Marks::default(),
        [_, _, _, .., b'i' | b'u' | b'n', b'a', b'l'] | [_, _, _, .., b'e' | b'a', b'n', b't'] => {
            Marks::ADJECTIVE
        }
        _ => Marks::default(),
    }
}

//! A word as the triggers see it.

use crate::english::is_english;
use crate::russian::is_known;
use crate::translit::looks_russian;
use decalque_text::Word;
use std::cell::OnceCell;
use std::ops::Deref;

/// A distinct word of a vocabulary, while the rules are asked whether it calls them. What takes a look into a dictionary
/// is looked up once for all of them.
#[derive(Debug)]
pub struct Seen<'a> {
    word: Word<'a>,
    english: OnceCell<bool>,
    russian: OnceCell<bool>,
    looks: OnceCell<bool>,
}

impl<'a> Seen<'a> {
    /// A word about which nothing is known yet.
    ///
    /// ```
    /// use decalque_normalize::Seen;
    /// use decalque_text::Word;
    /// let word = Word { surface: "gorbushu", norm: "gorbushu", ..Word::NONE };
    /// let seen = Seen::new(word);
    /// assert!(!seen.is_english() && seen.is_russian() && seen.norm == "gorbushu");
    /// ```
    pub const fn new(word: Word<'a>) -> Self {
        Self { word, english: OnceCell::new(), russian: OnceCell::new(), looks: OnceCell::new() }
    }

    /// True for an English word; see [`is_english`](crate::is_english).
    pub fn is_english(&self) -> bool {
        *self.english.get_or_init(|| is_english(self.word.norm))
    }

    /// True for a word of the Russian dictionary, in any letters; see [`in_english`](crate::in_english).
    pub fn is_russian(&self) -> bool {
        *self.russian.get_or_init(|| is_known(self.word.norm))
    }

    /// True for a word in Latin letters of which some groups only romanised Russian has.
    pub(crate) fn looks_russian(&self) -> bool {
        *self.looks.get_or_init(|| looks_russian(self.word.norm))
    }
}

impl<'a> Deref for Seen<'a> {
    type Target = Word<'a>;

    fn deref(&self) -> &Word<'a> {
        &self.word
    }
}

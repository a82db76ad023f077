//! A word as the triggers see it.

use crate::english::is_english;
use crate::institutions::part_of_name;
use crate::names::bare;
use crate::russian::is_known;
use crate::translit::looks_russian;
use crate::{Class, Entry, Lexicon, PhrasePart};
use decalque_text::Word;
use std::cell::OnceCell;
use std::ops::Deref;

/// A distinct word of a vocabulary, while the rules are asked whether it calls them. What takes a look into a dictionary
/// or a lexicon is looked up once for all of them.
#[derive(Debug)]
pub struct Seen<'a> {
    word: Word<'a>,
    lexicon: &'a Lexicon,
    english: OnceCell<bool>,
    russian: OnceCell<bool>,
    looks: OnceCell<bool>,
    rows: OnceCell<&'a [Entry]>,
    seconds: OnceCell<u8>,
    part: OnceCell<PhrasePart>,
}

impl<'a> Seen<'a> {
    /// A word about which nothing is known yet, and the lexicon of the run.
    ///
    /// ```
    /// use decalque_normalize::{Lexicon, Seen};
    /// use decalque_text::Word;
    /// let word = Word { surface: "gorbushu", norm: "gorbushu", ..Word::NONE };
    /// let seen = Seen::new(word, Lexicon::built_in());
    /// assert!(!seen.is_english() && seen.is_russian() && seen.norm == "gorbushu");
    /// ```
    pub const fn new(word: Word<'a>, lexicon: &'a Lexicon) -> Self {
        let (english, russian, looks) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        let (rows, seconds, part) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { word, lexicon, english, russian, looks, rows, seconds, part }
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

    pub(crate) const fn lexicon(&self) -> &'a Lexicon {
        self.lexicon
    }

    /// The rows of the lexicon that begin with it.
    pub(crate) fn rows(&self) -> &'a [Entry] {
        self.rows.get_or_init(|| self.lexicon.starting_with(self.word.norm))
    }

    /// The rows that begin with it without its possessive ending.
    pub(crate) fn bare_rows(&self) -> &'a [Entry] {
        match bare(self.word.norm) {
            same if same.len() == self.word.norm.len() => self.rows(),
            shorter => self.lexicon.starting_with(shorter),
        }
    }

    /// What it can be to the rows of a class that pass a test.
    pub(crate) fn part(&self, class: Class, is: impl Fn(&Entry) -> bool) -> PhrasePart {
        let seconds = *self.seconds.get_or_init(|| self.lexicon.seconds(self.word.norm));
        let mut part = PhrasePart { second: seconds & class.bit() != 0, ..PhrasePart::default() };
        for entry in self.rows().iter().filter(|e| e.class == class && is(e)) {
            part.whole |= entry.printed.len() == 1;
            part.first |= entry.printed.len() > 1;
        }
        part
    }

    /// What it can be to the fixed names of institutions.
    pub(crate) fn part_of_name(&self) -> PhrasePart {
        *self.part.get_or_init(|| part_of_name(self.word.norm))
    }
}

impl<'a> Deref for Seen<'a> {
    type Target = Word<'a>;

    fn deref(&self) -> &Word<'a> {
        &self.word
    }
}

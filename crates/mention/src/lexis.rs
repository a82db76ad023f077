//! What each distinct word can do in a name, found once.

use crate::fold::{bases, loose_key, surname_key};
use crate::known::{Known, is_patronymic, last_word};
use crate::lists;
use crate::organisations::Lexicon;
use decalque_evidence::{is_given_name, is_honorific, is_office};
use decalque_text::{Case, View, Word};
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

/// What a word can do; a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks(u32);

impl Marks {
    /// A capital and small letters, no function word: `Peskov`, `al-Assad`.
    pub(crate) const NAME: Self = Self(1);
    /// Capitals only: `NATO`.
    pub(crate) const UPPER: Self = Self(1 << 1);
    /// A given name, or an initial.
    pub(crate) const GIVEN: Self = Self(1 << 2);
    /// `Mr`
    pub(crate) const HONORIFIC: Self = Self(1 << 3);
    /// An office or a trade: `minister`.
    pub(crate) const OFFICE: Self = Self(1 << 4);
    /// A verb that takes a person as its subject: `said`.
    pub(crate) const SPEECH: Self = Self(1 << 5);
    /// May begin an organisation of the lexicon.
    pub(crate) const LISTED: Self = Self(1 << 6);
    /// Ends the name of an organisation, or begins it before `of`: `Ministry`.
    pub(crate) const HEAD: Self = Self(1 << 7);
    /// A day, a month.
    pub(crate) const TIME: Self = Self(1 << 8);
    /// A country or a people, and their adjectives.
    pub(crate) const PLACE: Self = Self(1 << 9);
    /// Names a thing that may be called after a person: `Street`, `Airport`.
    pub(crate) const THING: Self = Self(1 << 10);
    /// Most documents write it small: its capital tells nothing at the beginning of a sentence.
    pub(crate) const COMMON: Self = Self(1 << 11);
    /// Ends in `'s`.
    pub(crate) const POSSESSIVE: Self = Self(1 << 12);
    /// Small letters only.
    pub(crate) const LOWER: Self = Self(1 << 13);
    /// `of`, `the`, `for`, `and`, `on`
    pub(crate) const CONNECTOR: Self = Self(1 << 14);
    /// The family name of somebody the corpus names in full.
    pub(crate) const KNOWN: Self = Self(1 << 15);
    /// Stands before its subject: `said`.
    pub(crate) const INVERTED: Self = Self(1 << 16);
    /// No document has it with a capital inside a sentence.
    pub(crate) const UNSEEN: Self = Self(1 << 17);
    /// Cased as no family name is: `PolitiFact`, `pro-Western`; or in no Latin letters.
    pub(crate) const ODD: Self = Self(1 << 18);
    /// Digits, or an ending as in `Moscow-based`.
    pub(crate) const LOOSE: Self = Self(1 << 19);
    /// `Sergeyevich`
    pub(crate) const PATRONYMIC: Self = Self(1 << 20);
    /// Too short for a family name.
    pub(crate) const LETTERS: Self = Self(1 << 21);

    #[inline]
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn with(self, other: Self, when: bool) -> Self {
        if when { Self(self.0 | other.0) } else { self }
    }
}

/// A distinct word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Entry {
    pub(crate) marks: Marks,
    /// Number of its key as a family name; only for names.
    pub(crate) key: u32,
    is_set: bool,
}

/// Words of one vocabulary, by their ids.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    entries: Vec<Entry>,
}

/// Keys of family names, numbered as they are met; the numbers never leave a finder.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    list: Vec<(String, OnceCell<Forms>)>,
    numbers: FxHashMap<String, u32>,
}

/// What a family name may be looked up by when its key is nobody's: made when it is first asked for, since making it
/// takes longer than all else that is done with the name.
#[derive(Debug)]
pub(crate) struct Forms {
    /// The looser key of its last word.
    pub(crate) loose: String,
    /// What it may come from as a case of a man's name, and of a woman's.
    pub(crate) bases: [Vec<String>; 2],
}

impl Forms {
    fn of(key: &str) -> Self {
        Self {
            loose: loose_key(last_word(key)),
            bases: [false, true].map(|is_woman| bases(key, is_woman).collect()),
        }
    }
}

impl Keys {
    pub(crate) fn get(&self, number: u32) -> &str {
        self.list.get(number as usize).map_or("", |(key, _)| key)
    }

    pub(crate) fn forms(&self, number: u32) -> Option<&Forms> {
        self.list.get(number as usize).map(|(key, forms)| forms.get_or_init(|| Forms::of(key)))
    }

    pub(crate) fn number(&mut self, key: String) -> u32 {
        if let Some(&n) = self.numbers.get(&key) {
            return n;
        }
        let n = self.list.len() as u32;
        self.list.push((key.clone(), OnceCell::new()));
        self.numbers.insert(key, n);
        n
    }
}

/// Fill in the entries of a document's words.
pub(crate) fn learn(view: &View, known: &Known, memo: &mut Memo, keys: &mut Keys) {
    if memo.entries.len() < view.vocabulary.len() {
        memo.entries.resize(view.vocabulary.len(), Entry::default());
    }
    for term in view.terms {
        let Some(entry) = memo.entries.get_mut(term.0 as usize).filter(|e| !e.is_set) else { continue };
        *entry = classify(&view.vocabulary.word(*term), known, keys);
    }
}

fn classify(word: &Word, known: &Known, keys: &mut Keys) -> Entry {
    let norm = without_possessive(word.norm);
    let is_name =
        !word.is_stop && matches!(word.case, Case::Title | Case::Mixed) && begins_name(word.surface);
    let is_initial = is_initial(word.surface);
    let has_capital = !matches!(word.case, Case::Lower | Case::None);
    let key = if is_name { surname_key(norm) } else { String::new() };
    let marks = Marks::default()
        .with(Marks::NAME, is_name)
        .with(Marks::UPPER, word.case == Case::Upper && !is_initial)
        .with(Marks::LOWER, word.case == Case::Lower)
        .with(Marks::GIVEN, is_initial || is_name && is_given_name(norm))
        .with(Marks::HONORIFIC, is_honorific(norm))
        .with(
            Marks::OFFICE,
            is_office(norm) || norm.rsplit('-').next().is_some_and(is_office) || lists::is_title(norm),
        )
        .with(Marks::SPEECH, lists::is_speech_verb(norm))
        .with(Marks::INVERTED, lists::is_inverted_verb(norm))
        .with(Marks::UNSEEN, known.name_frequency(norm) == 0)
        .with(Marks::ODD, is_name && !is_cased_as_family(without_possessive(word.surface)))
        .with(Marks::LOOSE, has_capital && is_loose(norm))
        .with(Marks::PATRONYMIC, is_name && is_patronymic(norm))
        .with(Marks::LETTERS, norm.chars().count() < 2)
        .with(
            Marks::LISTED,
            has_capital && (Lexicon::built_in().begins(norm) || Lexicon::built_in().begins(word.norm)),
        )
        .with(Marks::HEAD, lists::is_head(norm) && word.case != Case::Lower)
        .with(Marks::TIME, lists::is_time(norm))
        .with(Marks::PLACE, lists::country(norm).is_some() || lists::is_place(norm))
        .with(Marks::THING, lists::is_thing(norm))
        .with(Marks::COMMON, known.is_common(word))
        .with(Marks::POSSESSIVE, norm.len() < word.norm.len())
        .with(Marks::CONNECTOR, matches!(norm, "of" | "the" | "for" | "and" | "on"))
        .with(Marks::KNOWN, is_name && known.has_surname(&key));
    Entry { marks, key: keys.number(key), is_set: true }
}

/// A capital, or an article before one: `Peskov`, `al-Assad`.
fn begins_name(surface: &str) -> bool {
    let rest = surface.split_once('-').filter(|(a, _)| is_article(a)).map_or(surface, |(_, rest)| rest);
    surface.starts_with(char::is_uppercase) || rest.starts_with(char::is_uppercase)
}

fn is_article(text: &str) -> bool {
    text.len() <= 3
        && text.chars().all(char::is_lowercase)
        && !matches!(text, "pro" | "ex" | "non" | "co" | "mid" | "pre")
}

/// Capitals only at the beginning, or after a hyphen, an apostrophe, `Mc` and the like; in Latin letters.
fn is_cased_as_family(surface: &str) -> bool {
    let parts = surface.split(['-', '\'', '’']);
    let is_plain = |part: &str| {
        let rest =
            ["Mc", "Mac", "De", "Du", "La", "Le", "Van", "Fitz"].iter().find_map(|p| part.strip_prefix(p));
        let tail = rest.filter(|r| r.starts_with(char::is_uppercase)).unwrap_or(part);
        tail.chars().skip(1).all(|c| !c.is_uppercase())
    };
    let is_latin = surface.chars().all(|c| !c.is_alphabetic() || c < '\u{250}');
    is_latin && parts.into_iter().all(is_plain)
}

/// `Tu-204`, `Brussels-based`, `al-Qaeda-linked`
fn is_loose(norm: &str) -> bool {
    let ends = [
        "-based",
        "-linked",
        "-backed",
        "-led",
        "-run",
        "-owned",
        "-funded",
        "-controlled",
        "-born",
        "-affiliated",
    ];
    norm.contains(|c: char| c.is_ascii_digit()) || ends.iter().any(|e| norm.ends_with(e))
}

/// `D.`, `V.V.`
pub(crate) fn is_initial(surface: &str) -> bool {
    surface.ends_with('.')
        && surface.len() <= 8
        && surface.starts_with(char::is_uppercase)
        && surface.split('.').all(|p| p.chars().count() <= 1 && p.chars().all(char::is_uppercase))
        && !matches!(surface, "U.S." | "U.N." | "U.K." | "E.U.")
}

/// A name without `'s`, in any kind of apostrophe, and the lone apostrophe of a plural.
pub(crate) fn without_possessive(surface: &str) -> &str {
    ["'s", "’s", "'", "’"].iter().find_map(|end| surface.strip_suffix(end)).unwrap_or(surface)
}

/// A document's tokens with the entries of their words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lexis<'a> {
    view: &'a View<'a>,
    memo: &'a Memo,
}

impl<'a> Lexis<'a> {
    pub(crate) const fn new(view: &'a View<'a>, memo: &'a Memo) -> Self {
        Self { view, memo }
    }

    pub(crate) const fn view(&self) -> &'a View<'a> {
        self.view
    }

    /// The entry of token `i`; nothing known when there is none.
    #[inline]
    pub(crate) fn entry(&self, i: usize) -> Entry {
        let term = self.view.terms.get(i);
        term.and_then(|t| self.memo.entries.get(t.0 as usize)).copied().unwrap_or_default()
    }

    #[inline]
    pub(crate) fn has(&self, i: usize, marks: Marks) -> bool {
        self.entry(i).marks.has(marks)
    }

    /// Token `i` in lower case without a possessive ending.
    pub(crate) fn norm(&self, i: usize) -> &'a str {
        without_possessive(self.view.norm(i))
    }
}

//! What each distinct word can do in a name, found once.

use crate::fold::surname_key_of;
use crate::keys::Keys;
use crate::known::{Known, is_patronymic, last_word};
use crate::lists;
use crate::organisations::Lexicon;
use decalque_evidence::{is_given_name, is_honorific, is_office};
use decalque_text::{Case, TermId, View, Vocabulary, Word};
use rustc_hash::FxHashMap;

/// What a word can do; a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
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
    /// Small letters only, and no function word.
    pub(crate) const SMALL: Self = Self(1 << 22);
    /// `D.`
    pub(crate) const INITIAL: Self = Self(1 << 23);
    /// Stands before family names: `de`, `van`.
    pub(crate) const PARTICLE: Self = Self(1 << 24);
    /// One letter, or an initial, when the possessive ending is gone.
    pub(crate) const LONE: Self = Self(1 << 25);
    /// What can begin a name; a line without any of them has none.
    pub(crate) const BEGINNING: Self = Self::NAME.or(Self::UPPER).or(Self::GIVEN).or(Self::LISTED);

    #[inline]
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn with(self, other: Self, when: bool) -> Self {
        if when { Self(self.0 | other.0) } else { self }
    }

    const fn without(self, other: Self, when: bool) -> Self {
        if when { Self(self.0 & !other.0) } else { self }
    }

    /// 1 when it has a single mark, else 0.
    pub(crate) const fn count(self, one: Self) -> u32 {
        (self.0 >> one.0.trailing_zeros()) & 1
    }
}

/// Words of one vocabulary, by their ids. Every token is looked up in it, so a word takes few bytes.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    /// The number of a word's marks, counted from 1; 0 for a word that was not met.
    words: Vec<u16>,
    /// The different marks: few.
    marks: Vec<Marks>,
    numbers: FxHashMap<Marks, u16>,
    /// Number of a name's key as a family name, counted from 1; 0 where it was not asked for. Few are.
    keys: Vec<u32>,
}

impl Memo {
    /// The marks of a document's tokens, in the place of those of an earlier one; what is new is looked at.
    pub(crate) fn read(&mut self, view: &View, known: &Known, out: &mut Vec<Marks>) {
        let n = view.vocabulary.len();
        if self.words.len() < n {
            self.words.resize(n, 0);
            self.keys.resize(n, 0);
        }
        out.clear();
        out.extend(view.terms.iter().map(|&term| self.marks(term, view.vocabulary, known)));
        out.resize(view.tokens().len(), Marks::default());
    }

    #[inline]
    fn marks(&mut self, term: TermId, vocabulary: &Vocabulary, known: &Known) -> Marks {
        let number = self.words.get(term.0 as usize).copied().unwrap_or_default();
        let marks = self.marks.get(usize::from(number).wrapping_sub(1)).copied();
        marks.unwrap_or_else(|| self.learn(term, vocabulary, known))
    }

    #[cold]
    fn learn(&mut self, term: TermId, vocabulary: &Vocabulary, known: &Known) -> Marks {
        let Some(word) = self.words.get_mut(term.0 as usize) else { return Marks::default() };
        let marks = classify(&vocabulary.word(term), known);
        // When all numbers are taken it is looked at anew each time.
        let next = u16::try_from(self.marks.len() + 1).unwrap_or_default();
        let number = self.numbers.get(&marks).copied().unwrap_or(next);
        if number == next && number > 0 {
            self.marks.push(marks);
            self.numbers.insert(marks, number);
        }
        *word = number;
        marks
    }

    /// The number of a name's key as a family name.
    pub(crate) fn key(&mut self, term: TermId, vocabulary: &Vocabulary, keys: &mut Keys) -> u32 {
        let Some(key) = self.keys.get_mut(term.0 as usize) else { return 0 };
        if *key == 0 {
            let norm = without_possessive(vocabulary.norm(term));
            *key = keys.number(&surname_key_of(norm)) + 1;
        }
        *key - 1
    }
}

fn classify(word: &Word, known: &Known) -> Marks {
    let norm = without_possessive(word.norm);
    let is_initial = is_initial(word.surface);
    let has_capital = !matches!(word.case, Case::Lower | Case::None);
    let marks = lists::tells(norm)
        .without(Marks::HEAD, word.case == Case::Lower)
        .with(Marks::UPPER, word.case == Case::Upper && !is_initial)
        .with(Marks::LOWER, word.case == Case::Lower)
        .with(Marks::SMALL, word.case == Case::Lower && !word.is_stop)
        .with(Marks::GIVEN.or(Marks::INITIAL), is_initial)
        .with(Marks::HONORIFIC, is_honorific(norm))
        .with(Marks::OFFICE, is_office(norm) || has_hyphen(norm) && is_office(last_word(norm)))
        .with(Marks::LETTERS, norm.chars().nth(1).is_none())
        .with(Marks::PARTICLE, is_particle(word.surface))
        .with(Marks::POSSESSIVE, norm.len() < word.norm.len())
        .with(Marks::COMMON, word.case != Case::Lower && known.is_common(word));
    let marks = if has_capital { with_capital(marks, word) } else { marks };
    let is_name =
        !word.is_stop && matches!(word.case, Case::Title | Case::Mixed) && begins_name(word.surface);
    if is_name { with_name(marks, word, known) } else { marks }
}

/// What only a word with a capital can be.
fn with_capital(marks: Marks, word: &Word) -> Marks {
    let norm = without_possessive(word.norm);
    let begins = |word: &str| Lexicon::built_in().begins(word);
    marks
        .with(Marks::LOOSE, is_loose(norm))
        .with(Marks::LISTED, begins(norm) || norm.len() < word.norm.len() && begins(word.norm))
}

/// What only a name can be.
fn with_name(marks: Marks, word: &Word, known: &Known) -> Marks {
    let (norm, surface) = (without_possessive(word.norm), without_possessive(word.surface));
    marks
        .or(Marks::NAME)
        .with(Marks::GIVEN, is_given_name(norm))
        .with(Marks::UNSEEN, known.name_frequency(norm) == 0)
        .with(Marks::ODD, !is_cased_as_family(surface))
        .with(Marks::LONE, surface.chars().nth(1).is_none() || is_initial(surface))
        .with(Marks::PATRONYMIC, is_patronymic(norm))
}

/// A particle before a family name, as it is written there: `de Mistura`.
fn is_particle(surface: &str) -> bool {
    let lower = matches!(surface, "al" | "el");
    let any = ["de", "van", "von", "der", "den", "bin", "le", "la", "du", "di"];
    lower || surface.len() <= 3 && any.iter().any(|p| surface.eq_ignore_ascii_case(p))
}

/// A capital, or an article before one: `Peskov`, `al-Assad`.
fn begins_name(surface: &str) -> bool {
    let is_after_article =
        |(article, rest): (&str, &str)| is_article(article) && rest.starts_with(char::is_uppercase);
    surface.starts_with(char::is_uppercase) || surface.split_once('-').is_some_and(is_after_article)
}

fn is_article(text: &str) -> bool {
    text.len() <= 3
        && text.chars().all(char::is_lowercase)
        && !matches!(text, "pro" | "ex" | "non" | "co" | "mid" | "pre")
}

/// Capitals only at the beginning, or after a hyphen, an apostrophe, `Mc` and the like; in Latin letters.
fn is_cased_as_family(surface: &str) -> bool {
    // Most names are nothing but a letter and small ones.
    if let [first, rest @ ..] = surface.as_bytes()
        && first.is_ascii()
        && rest.iter().all(u8::is_ascii_lowercase)
    {
        return true;
    }
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
    let ends =
        ["based", "linked", "backed", "led", "run", "owned", "funded", "controlled", "born", "affiliated"];
    norm.bytes().any(|c| c.is_ascii_digit()) || has_hyphen(norm) && ends.contains(&last_word(norm))
}

/// Words are short: to look at each byte is cheaper than to call what searches fast.
fn has_hyphen(norm: &str) -> bool {
    norm.bytes().any(|c| c == b'-')
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
    let bytes = surface.as_bytes();
    let n = match bytes {
        [.., b'\'', b's'] => 2,
        [.., 0xe2, 0x80, 0x99, b's'] => "’s".len(),
        [.., b'\''] => 1,
        [.., 0xe2, 0x80, 0x99] => "’".len(),
        _ => return surface,
    };
    &surface[..bytes.len() - n]
}

/// A document's tokens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lexis<'a>(pub(crate) &'a View<'a>);

impl<'a> Lexis<'a> {
    pub(crate) const fn view(&self) -> &'a View<'a> {
        self.0
    }

    /// Token `i` in lower case without a possessive ending.
    pub(crate) fn norm(&self, i: usize) -> &'a str {
        without_possessive(self.0.norm(i))
    }

    /// Token `i` is followed by a blank alone.
    pub(crate) fn is_blank_after(&self, i: usize) -> bool {
        match (self.0.tokens().get(i), self.0.tokens().get(i + 1)) {
            (Some(a), Some(b)) => {
                let end = a.span.end;
                b.span.start == end + 1 && self.0.text.as_bytes().get(end as usize) == Some(&b' ')
            }
            _ => false,
        }
    }
}

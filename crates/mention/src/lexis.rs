//! What each distinct word can do in a name, found once.

use crate::fold::surname_key_of;
use crate::keys::Keys;
use crate::known::{Known, is_patronymic};
use crate::lists;
use crate::organisations::Lexicon;
use decalque_evidence::{is_given_name, is_honorific, is_office};
use decalque_text::{Case, TermId, View, Vocabulary, Word};

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
    /// The word was looked at.
    const MET: Self = Self(1 << 31);

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

/// Words of one vocabulary, by their ids.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    /// Apart from the keys, since nearly all tokens are asked for their marks alone.
    marks: Vec<Marks>,
    /// Number of a name's key as a family name.
    keys: Vec<u32>,
}

impl Memo {
    /// Make room for a vocabulary.
    pub(crate) fn fit(&mut self, view: &View) {
        if self.marks.len() < view.vocabulary.len() {
            self.marks.resize(view.vocabulary.len(), Marks::default());
            self.keys.resize(view.vocabulary.len(), 0);
        }
    }

    /// The marks of some words, one after another; what is new is looked at.
    pub(crate) fn read(
        &mut self,
        terms: &[TermId],
        vocabulary: &Vocabulary,
        (known, keys): (&Known, &mut Keys),
        out: &mut Vec<Marks>,
    ) {
        out.clear();
        out.extend(terms.iter().map(|t| self.marks(t.0 as usize)));
        for (marks, &term) in out.iter_mut().zip(terms).filter(|(marks, _)| **marks == Marks::default()) {
            let at = term.0 as usize;
            let is_new = self.marks.get(at) == Some(&Marks::default());
            *marks = match is_new {
                true => self.learn(at, &vocabulary.word(term), known, keys),
                false => self.marks(at),
            };
        }
    }

    fn marks(&self, at: usize) -> Marks {
        self.marks.get(at).copied().unwrap_or_default()
    }

    fn learn(&mut self, at: usize, word: &Word, known: &Known, keys: &mut Keys) -> Marks {
        let mut marks = classify(word, known).or(Marks::MET);
        if marks.has(Marks::NAME) {
            let key = surname_key_of(without_possessive(word.norm));
            marks = marks.with(Marks::KNOWN, known.has_surname(&key));
            self.keys[at] = keys.number(&key);
        }
        self.marks[at] = marks;
        marks
    }
}

/// Bytes; `prof.` has fewer. Most words are longer, and the list is no table.
const LONGEST_HONORIFIC: usize = 6;

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
        .with(Marks::HONORIFIC, norm.len() <= LONGEST_HONORIFIC && is_honorific(norm))
        .with(
            Marks::OFFICE,
            is_office(norm) || norm.rsplit_once('-').is_some_and(|(_, last)| is_office(last)),
        )
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
    norm.bytes().any(|c| c.is_ascii_digit())
        || norm.rsplit_once('-').is_some_and(|(_, end)| ends.contains(&end))
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

/// A document's tokens with the memory of their words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lexis<'a, 'm> {
    view: &'a View<'a>,
    memo: &'m Memo,
}

impl<'a, 'm> Lexis<'a, 'm> {
    pub(crate) const fn new(view: &'a View<'a>, memo: &'m Memo) -> Self {
        Self { view, memo }
    }

    pub(crate) const fn view(&self) -> &'a View<'a> {
        self.view
    }

    /// Number of the key of token `i` as a family name; only for names.
    pub(crate) fn key(&self, i: usize) -> u32 {
        let term = self.view.terms.get(i);
        term.and_then(|t| self.memo.keys.get(t.0 as usize)).copied().unwrap_or_default()
    }

    /// Token `i` in lower case without a possessive ending.
    pub(crate) fn norm(&self, i: usize) -> &'a str {
        without_possessive(self.view.norm(i))
    }

    /// Token `i` is followed by a blank alone.
    pub(crate) fn is_blank_after(&self, i: usize) -> bool {
        match (self.view.tokens().get(i), self.view.tokens().get(i + 1)) {
            (Some(a), Some(b)) => {
                let end = a.span.end;
                b.span.start == end + 1 && self.view.text.as_bytes().get(end as usize) == Some(&b' ')
            }
            _ => false,
        }
    }
}

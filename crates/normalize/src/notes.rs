//! What takes a scan over a whole document: made once, when a rule first asks, so that no rule is quadratic.

use crate::Context;
use crate::context::MACHINE;
use crate::names::{bare, is_slavic};
use decalque_evidence::{KnownPerson, Person, in_sample, is_honorific, stem_key};
use decalque_text::{Case, TermId, TokenKind};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::cell::{Cell, OnceCell, RefCell};

/// Marks that open or close a quoted word.
pub(crate) const QUOTES: &[&str] = &["“", "”", "\"", "«", "»", "„", "'", "‘", "’"];

/// True for one of [`QUOTES`].
pub(crate) fn is_quote(norm: &str) -> bool {
    // No word begins so.
    matches!(norm.as_bytes(), [b'"' | b'\''] | [0xc2 | 0xe2, ..]) && QUOTES.contains(&norm)
}

/// Scans of one document, each made at most once.
#[derive(Debug, Default)]
pub(crate) struct Notes<'a> {
    established: OnceCell<Norms<'a>>,
    addressed: OnceCell<Norms<'a>>,
    alone: OnceCell<FxHashSet<TermId>>,
    owners: OnceCell<FxHashMap<&'a str, Vec<usize>>>,
    labels: OnceCell<FxHashMap<&'a str, Vec<usize>>>,
    quotes: OnceCell<Vec<u32>>,
    /// The last sentence that was asked about, and whether it is in title case.
    pub(crate) title_case: Cell<Option<(u32, bool)>>,
    capital_tokens: OnceCell<Vec<usize>>,
    capitals: OnceCell<Norms<'a>>,
    initials: OnceCell<String>,
    smalls: OnceCell<FxHashMap<u32, u32>>,
    sample: OnceCell<Vec<u64>>,
    stories: RefCell<FxHashMap<(String, String), f64>>,
    printed: OnceCell<FxHashSet<(u32, Case)>>,
    places: OnceCell<FxHashMap<u32, Vec<usize>>>,
}

/// Normal forms, by their numbers in the vocabulary: a set of numbers is made several times as fast as one of words.
#[derive(Debug, Default)]
struct Norms<'a> {
    ids: FxHashSet<u32>,
    /// Possessives without their ending, where the vocabulary has no such word.
    others: FxHashSet<&'a str>,
}

impl<'a> Context<'a> {
    /// True when the document itself names somebody or something so, in lower case: `Philippe Sands`, `Las Vegas Sands`.
    pub(crate) fn is_established(&self, norm: &str) -> bool {
        let is_calque = |p: &&Person| self.machine >= MACHINE && is_slavic(&p.given.to_lowercase());
        let is_called = |p: &&Person| match p.surname.is_ascii() {
            true => p.surname.eq_ignore_ascii_case(norm),
            false => p.surname.chars().flat_map(char::to_lowercase).eq(norm.chars()),
        };
        let people = || self.facts.people.iter().filter(is_called).any(|p| !is_calque(&p));
        let find = || self.norms(self.capital_tokens().filter(|&i| i > 0 && self.is_part_of_name(i)));
        people() || self.holds(self.notes().established.get_or_init(find), norm)
    }

    /// The tokens that begin with a capital.
    pub(crate) fn capital_tokens(&self) -> impl Iterator<Item = usize> {
        let find = || (0..self.view.tokens().len()).filter(|&i| self.is_capital(i)).collect();
        self.notes().capital_tokens.get_or_init(find).iter().copied()
    }

    /// Tell which tokens begin with a capital, if somebody knows already.
    pub(crate) fn note_capitals(&self, tokens: Vec<usize>) {
        // Made already: then it says the same.
        self.notes().capital_tokens.set(tokens).unwrap_or_default();
    }

    /// The normal forms of tokens, without possessive endings.
    fn norms(&self, tokens: impl Iterator<Item = usize>) -> Norms<'a> {
        let (mut norms, vocabulary) = (Norms::default(), self.view.vocabulary);
        norms.ids.reserve(tokens.size_hint().1.unwrap_or(0) / 2);
        for term in tokens.filter_map(|i| self.view.terms.get(i)) {
            let norm = vocabulary.norm(*term);
            let id = match bare(norm) {
                same if same.len() == norm.len() => Some(vocabulary.norm_id(*term)),
                shorter => vocabulary.find_norm(shorter).or_else(|| {
                    norms.others.insert(shorter);
                    None
                }),
            };
            norms.ids.extend(id);
        }
        norms
    }

    fn holds(&self, set: &Norms, norm: &str) -> bool {
        match self.view.vocabulary.find_norm(norm) {
            Some(id) => set.ids.contains(&id),
            None => set.others.contains(norm),
        }
    }

    /// Of a token that begins with a capital.
    fn is_part_of_name(&self, i: usize) -> bool {
        // In an engine's text, `Sergei Cancer` is itself a calque.
        let is_calque = || self.machine >= MACHINE && is_slavic(self.norm(i - 1));
        let after_name = || {
            self.is_capital(i - 1) && !self.view.is_stop(i - 1) && !self.opens_sentence(i - 1) && !is_calque()
        };
        // `known as Wolf`, `a neighbour called Fox`: the writer introduces somebody by this word.
        let introduced = || {
            matches!(self.norm(i - 1), "called" | "named" | "nicknamed" | "sign" | "callsign")
                || self.norm(i - 1) == "as" && i > 1 && self.norm(i - 2) == "known"
                || self.norm(i - 1) == "is" && !self.is_word(i + 1)
        };
        let spaced = self.is_spaced(i - 1) && !is_honorific(self.norm(i - 1));
        spaced && (after_name() || introduced())
    }

    /// True when the document speaks of a person by this word and a title, in lower case: `Mr Sands`.
    pub(crate) fn is_addressed(&self, norm: &str) -> bool {
        let titled = |&i: &usize| i > 0 && self.is_spaced(i - 1) && is_honorific(self.norm(i - 1));
        let find = || self.norms(self.capital_tokens().filter(titled));
        self.holds(self.notes().addressed.get_or_init(find), norm)
    }

    /// Family names in full, and capitalised words inside sentences, of the document: what names it knows.
    /// `norm` is the name in lower case.
    pub(crate) fn knows_name(&self, name: &str, norm: &str) -> bool {
        let people = &self.facts.people;
        let at = people.partition_point(|p| p.surname.as_str() < name);
        people.get(at).is_some_and(|p| p.surname == name) || self.has_capital(norm)
    }

    /// True when a family name stands somewhere without a capitalised word before it.
    pub(crate) fn has_alone(&self, surname: &str) -> bool {
        let alone = |&i: &usize| i == 0 || !self.is_capital(i - 1) || !self.is_spaced(i - 1);
        let terms = || self.capital_tokens().filter(alone).filter_map(|i| self.view.terms.get(i).copied());
        let find = || terms().collect();
        let set = self.notes().alone.get_or_init(find);
        self.view.vocabulary.find(surname).is_some_and(|term| set.contains(&term))
    }

    /// True when the document has this word, in lower case here, with a capital inside a sentence.
    pub(crate) fn has_capital(&self, norm: &str) -> bool {
        let goes_on = |i: usize| i.checked_sub(1).is_some_and(|p| self.is_word(p) || self.norm(p) == ",");
        let is_quoted = |i: usize| is_quote(self.norm_before(i)) && is_quote(self.norm(i + 1));
        let is_inside = |i: usize| goes_on(i) && !self.opens_sentence(i) || is_quoted(i);
        let find = || self.norms(self.capital_tokens().filter(|&i| is_inside(i)));
        self.holds(self.notes().capitals.get_or_init(find), norm)
    }

    /// True when capitalised words of the document have these initials in a row: it says itself what the letters mean.
    pub(crate) fn is_spelled_out(&self, acronym: &str) -> bool {
        let is_acronym = (2..=5).contains(&acronym.chars().count()) && !acronym.contains(' ');
        is_acronym && self.notes().initials.get_or_init(|| self.initials()).contains(acronym)
    }

    /// The initials of capitalised words in a row, a space after each row; `of`, `and` and `for` between them do not
    /// count.
    fn initials(&self) -> String {
        let (mut all, mut end) = (String::new(), 0);
        let is_link = |i: usize| matches!(self.norm(i), "of" | "and" | "for" | "the" | "on");
        for i in self.capital_tokens().filter(|&i| self.case(i) == Case::Title) {
            if !(end..i).all(is_link) {
                all.push(' ');
            }
            all.extend(self.word(i).surface.chars().next());
            end = i + 1;
        }
        all
    }

    /// True when the document has this word in small letters.
    pub(crate) fn has_small(&self, norm: &str) -> bool {
        self.count_small(norm) > 0
    }

    /// How often the document has this word in small letters.
    pub(crate) fn count_small(&self, norm: &str) -> u32 {
        let vocabulary = self.view.vocabulary;
        let find = || {
            let room = self.view.terms.len() / 3;
            let mut counts = FxHashMap::with_capacity_and_hasher(room, FxBuildHasher);
            let small = self.view.terms.iter().filter(|&&t| vocabulary.case(t) == Case::Lower);
            small.for_each(|&t| *counts.entry(vocabulary.norm_id(t)).or_default() += 1);
            counts
        };
        let counts = self.notes().smalls.get_or_init(find);
        vocabulary.find_norm(norm).and_then(|id| counts.get(&id)).copied().unwrap_or(0)
    }

    /// How much of what the document is about the documents are about that name a person, 0 to 1.
    pub(crate) fn story(&self, person: &KnownPerson) -> f64 {
        let key = (person.surname.clone(), person.given.clone());
        let known = self.notes().stories.borrow().get(&key).copied();
        known.unwrap_or_else(|| {
            let share =
                self.evidence.story(&person.profile, self.notes().sample.get_or_init(|| self.sample()));
            self.notes().stories.borrow_mut().insert(key, share);
            share
        })
    }

    /// The sampled keys of the distinct stems, sorted.
    fn sample(&self) -> Vec<u64> {
        let words = self.view.tokens().iter().zip(self.view.terms).filter(|(t, _)| t.kind == TokenKind::Word);
        let mut terms: Vec<_> =
            words.map(|(_, &t)| t).filter(|&t| !self.view.vocabulary.is_stop(t)).collect();
        terms.sort_unstable();
        terms.dedup();
        let keys = terms.iter().map(|&t| stem_key(self.view.vocabulary.word(t).stem));
        let mut keys: Vec<u64> = keys.filter(|&k| in_sample(k)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Capitalised words that stand right before `head` (in lower case), a token of each: `Assad` for `regime`.
    pub(crate) fn owners_of(&self, head: &str, heads: &[&str]) -> &[usize] {
        let find = || {
            let owns = |&i: &usize| self.is_spaced(i) && heads.contains(&self.norm(i + 1));
            self.first_of_each(self.capital_tokens().filter(owns).map(|i| (i, i + 1)))
        };
        self.notes().owners.get_or_init(find).get(head).map_or(&[], Vec::as_slice)
    }

    /// Single capital letters that label a noun (in lower case), a token of each: `B` for `plan`, quoted or bare.
    pub(crate) fn labels_of(&self, noun: &str) -> &[usize] {
        let find = || {
            let letters = self.capital_tokens().filter(|&i| i > 0 && is_label(self.word(i).surface));
            let before =
                |i: usize| if is_quote(self.norm(i - 1)) { i.checked_sub(2) } else { i.checked_sub(1) };
            self.first_of_each(letters.filter_map(|i| before(i).map(|b| (i, b))))
        };
        self.notes().labels.get_or_init(find).get(noun).map_or(&[], Vec::as_slice)
    }

    /// Tokens by the word of another token, the first of each surface.
    fn first_of_each(&self, pairs: impl Iterator<Item = (usize, usize)>) -> FxHashMap<&'a str, Vec<usize>> {
        let (mut out, mut seen) = (FxHashMap::<&str, Vec<usize>>::default(), FxHashSet::default());
        for (token, word) in pairs {
            if seen.insert((self.norm(word), self.word(token).surface)) {
                out.entry(self.norm(word)).or_default().push(token);
            }
        }
        out
    }

    /// True when the document prints this word (in lower case) in this case somewhere.
    pub(crate) fn is_printed(&self, norm: &str, case: Case) -> bool {
        let vocabulary = self.view.vocabulary;
        let find = || self.view.terms.iter().map(|&t| (vocabulary.norm_id(t), vocabulary.case(t))).collect();
        let set = self.notes().printed.get_or_init(find);
        vocabulary.find_norm(norm).is_some_and(|id| set.contains(&(id, case)))
    }

    /// Where the document has this word (in lower case), in any case.
    pub(crate) fn places_of(&self, norm: &str) -> &[usize] {
        let vocabulary = self.view.vocabulary;
        let find = || {
            let mut places = FxHashMap::<u32, Vec<usize>>::default();
            let norms = self.view.terms.iter().map(|&t| vocabulary.norm_id(t));
            norms.enumerate().for_each(|(i, norm)| places.entry(norm).or_default().push(i));
            places
        };
        let places = self.notes().places.get_or_init(find);
        vocabulary.find_norm(norm).and_then(|id| places.get(&id)).map_or(&[], Vec::as_slice)
    }

    /// Straight double quotes in the paragraph of token `at`: before it, and in all.
    pub(crate) fn straight_quotes(&self, at: usize) -> Option<(u32, u32)> {
        let sentences = &self.view.layout.sentences;
        let paragraph = self.sentence(at)?.paragraph;
        let first =
            sentences.get(sentences.partition_point(|s| s.paragraph < paragraph))?.first_token as usize;
        let end = sentences
            .get(sentences.partition_point(|s| s.paragraph <= paragraph).checked_sub(1)?)?
            .end_token as usize;
        let counts = self.notes().quotes.get_or_init(|| self.count_quotes());
        let count = |i: usize| counts.get(i).copied();
        Some((count(at)? - count(first)?, count(end)? - count(first)?))
    }

    /// For each token and the end, the straight quotes before it.
    fn count_quotes(&self) -> Vec<u32> {
        let mut n = 0;
        let mut counts = vec![0];
        counts.extend((0..self.view.tokens().len()).map(|i| {
            n += u32::from(self.norm(i) == "\"");
            n
        }));
        counts
    }
}

fn is_label(surface: &str) -> bool {
    surface.len() == 1 && surface.bytes().all(|b| b.is_ascii_uppercase()) && surface != "I"
}

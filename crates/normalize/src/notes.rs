//! What takes a scan over a whole document: made once, when rules ask for it (or ask often), so that no rule is quadratic.

use crate::Context;
use crate::context::MACHINE;
use crate::names::{bare, is_slavic};
use decalque_evidence::{KnownPerson, Matter, Person, in_sample, is_honorific, stem_key};
use decalque_text::{Case, TermId, TokenKind};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::cell::{Cell, OnceCell, RefCell};

/// Marks that open or close a quoted word.
const QUOTES: &[&str] = &["“", "”", "\"", "«", "»", "„", "'", "‘", "’"];

/// True for one of [`QUOTES`].
pub(crate) fn is_quote(norm: &str) -> bool {
    // No word begins so.
    matches!(norm.as_bytes(), [b'"' | b'\''] | [0xc2 | 0xe2, ..]) && QUOTES.contains(&norm)
}

/// What is made of a whole document when it is asked for often. Most documents are asked once or twice, and then it is
/// less work to look.
#[derive(Debug)]
struct Often<T> {
    asked: Cell<u8>,
    made: OnceCell<T>,
}

/// How often one looks before something is made.
const OFTEN: u8 = 32;

impl<T> Default for Often<T> {
    fn default() -> Self {
        Self { asked: Cell::new(0), made: OnceCell::new() }
    }
}

impl<T> Often<T> {
    /// What was made; none as long as one should look instead.
    fn get(&self, make: impl FnOnce() -> T) -> Option<&T> {
        let asked = self.asked.get();
        self.asked.set((asked + 1).min(OFTEN));
        (asked == OFTEN).then(|| self.made.get_or_init(make))
    }
}

/// Scans of one document, each made at most once.
#[derive(Debug, Default)]
pub(crate) struct Notes<'a> {
    established: Often<Norms<'a>>,
    addressed: Often<Norms<'a>>,
    alone: Often<FxHashSet<TermId>>,
    owners: OnceCell<FxHashMap<&'a str, Vec<usize>>>,
    labels: OnceCell<FxHashMap<&'a str, Vec<usize>>>,
    quotes: OnceCell<Vec<usize>>,
    /// The last sentence that was asked about, and whether it is in title case.
    pub(crate) title_case: Cell<Option<(u32, bool)>>,
    capital_tokens: OnceCell<Vec<usize>>,
    capitals: Often<Norms<'a>>,
    initials: OnceCell<String>,
    smalls: Often<FxHashMap<u32, u32>>,
    matter: OnceCell<Matter>,
    stories: RefCell<FxHashMap<(&'a str, &'a str), f64>>,
    titles: Often<FxHashSet<u32>>,
    places: OnceCell<Vec<(u32, u32)>>,
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
        people() || self.is_any_capital(&self.notes().established, norm, |i| i > 0 && self.is_part_of_name(i))
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

    /// True when the word, without or with a possessive ending, stands at some token that begins with a capital and passes
    /// the test; `set` is for the normal forms of all such tokens.
    fn is_any_capital(&self, set: &Often<Norms<'a>>, norm: &str, is: impl Fn(usize) -> bool) -> bool {
        let vocabulary = self.view.vocabulary;
        let plain = if bare(norm).len() == norm.len() { vocabulary.find_norm(norm) } else { None };
        let ids = [plain, vocabulary.find_norm(&[norm, "'s"].concat())];
        if ids == [None; 2] {
            return false;
        }
        let is_it =
            |i: usize| self.view.terms.get(i).is_some_and(|&t| ids.contains(&Some(vocabulary.norm_id(t))));
        match set.get(|| self.norms(self.capital_tokens().filter(|&i| is(i)))) {
            Some(all) => self.holds(all, norm),
            None => self.capital_tokens().any(|i| is_it(i) && is(i)),
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
        let titled = |i: usize| i > 0 && self.is_spaced(i - 1) && is_honorific(self.norm(i - 1));
        self.is_any_capital(&self.notes().addressed, norm, titled)
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
        let Some(term) = self.view.vocabulary.find(surname) else { return false };
        let alone = |&i: &usize| i == 0 || !self.is_capital(i - 1) || !self.is_spaced(i - 1);
        let terms = self.view.terms;
        let find = || self.capital_tokens().filter(alone).filter_map(|i| terms.get(i).copied()).collect();
        match self.notes().alone.get(find) {
            Some(set) => set.contains(&term),
            None => self.capital_tokens().filter(|&i| terms.get(i) == Some(&term)).any(|i| alone(&i)),
        }
    }

    /// True when the document has this word, in lower case here, with a capital inside a sentence.
    pub(crate) fn has_capital(&self, norm: &str) -> bool {
        let goes_on = |i: usize| i.checked_sub(1).is_some_and(|p| self.is_word(p) || self.norm(p) == ",");
        let is_quoted = |i: usize| is_quote(self.norm_before(i)) && is_quote(self.norm(i + 1));
        let is_inside = |i: usize| goes_on(i) && !self.opens_sentence(i) || is_quoted(i);
        self.is_any_capital(&self.notes().capitals, norm, is_inside)
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
        let Some(id) = self.view.vocabulary.find_norm(norm) else { return 0 };
        let find = || {
            let room = self.view.terms.len() / 3;
            let mut counts = FxHashMap::with_capacity_and_hasher(room, FxBuildHasher);
            self.norms_in(Case::Lower).for_each(|norm| *counts.entry(norm).or_default() += 1);
            counts
        };
        match self.notes().smalls.get(find) {
            Some(counts) => counts.get(&id).copied().unwrap_or(0),
            None => self.printed(id, Case::Lower).count() as u32,
        }
    }

    /// The numbers of the normal forms of all tokens in this case.
    fn norms_in(&self, case: Case) -> impl Iterator<Item = u32> {
        let vocabulary = self.view.vocabulary;
        let terms = self.view.terms.iter().filter(move |&&t| vocabulary.case(t) == case);
        terms.map(|&t| vocabulary.norm_id(t))
    }

    /// The tokens of a normal form in this case.
    fn printed(&self, norm: u32, case: Case) -> impl Iterator<Item = &'a TermId> {
        let vocabulary = self.view.vocabulary;
        let is_it = move |t: TermId| vocabulary.norm_id(t) == norm && vocabulary.case(t) == case;
        self.view.terms.iter().filter(move |&&t| is_it(t))
    }

    /// How much of what the document is about the documents are about that name a person, 0 to 1.
    pub(crate) fn story(&self, person: &'a KnownPerson) -> f64 {
        let matter = || self.notes().matter.get_or_init(|| self.evidence.matter(self.sample()));
        let mut stories = self.notes().stories.borrow_mut();
        *stories.entry((&person.surname, &person.given)).or_insert_with(|| matter().story(&person.profile))
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

    /// True when the document has this word (in lower case) with one capital somewhere, its first letter.
    pub(crate) fn has_title(&self, norm: &str) -> bool {
        let Some(id) = self.view.vocabulary.find_norm(norm) else { return false };
        match self.notes().titles.get(|| self.norms_in(Case::Title).collect()) {
            Some(set) => set.contains(&id),
            None => self.printed(id, Case::Title).next().is_some(),
        }
    }

    /// Where the document has this word (in lower case), in any case: tokens, ascending.
    pub(crate) fn places_of(&self, norm: &str) -> impl Iterator<Item = usize> {
        let vocabulary = self.view.vocabulary;
        let find = || {
            let norms = self.view.terms.iter().map(|&t| vocabulary.norm_id(t));
            let mut places: Vec<(u32, u32)> = norms.zip(0..).collect();
            places.sort_unstable();
            places
        };
        let places = || self.notes().places.get_or_init(find);
        let of = |id: u32| {
            let from = places().partition_point(|&(norm, _)| norm < id);
            places()[from..].iter().take_while(move |&&(norm, _)| norm == id).map(|&(_, i)| i as usize)
        };
        vocabulary.find_norm(norm).map(of).into_iter().flatten()
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
        let quotes = self.notes().quotes.get_or_init(|| self.find_quotes());
        let before = |i: usize| quotes.partition_point(|&quote| quote < i) as u32;
        Some((before(at) - before(first), before(end) - before(first)))
    }

    /// The tokens that are straight quotes.
    fn find_quotes(&self) -> Vec<usize> {
        let vocabulary = self.view.vocabulary;
        let Some(quote) = vocabulary.find_norm("\"") else { return Vec::new() };
        let terms = self.view.terms.iter().enumerate();
        terms.filter(|&(_, &t)| vocabulary.norm_id(t) == quote).map(|(i, _)| i).collect()
    }
}

fn is_label(surface: &str) -> bool {
    surface.len() == 1 && surface.bytes().all(|b| b.is_ascii_uppercase()) && surface != "I"
}

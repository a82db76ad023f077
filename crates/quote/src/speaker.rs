//! The full name of whoever the words beside a quotation mean.
//!
//! A family name counts for the one person of that name the document has in full, else the corpus. A pronoun stands for
//! the last subject it fits (sentences from near to far, each from left to right: Hobbs 1978, without the grammar), a
//! role (`the Kremlin spokesman`) for the person the document, else the corpus, ties it to.

use crate::lexis::{Flags, without_possessive};
use crate::page::Page;
use crate::phrase::Phrase;
use decalque_evidence::{Evidence, Facts, Gender, KnownPerson, gender_of_given, given_key};
use rustc_hash::FxHashMap;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;

/// Farthest a pronoun or a role looks back, in tokens.
const REACH: usize = 300;
/// Most people of one family name that are told apart in a document. Where the corpus has more, whom the name means is worked
/// out once and remembered.
const NAMESAKES: usize = 64;
/// What a mention can be, and what opens a quotation.
const NAME_OR_MARK: Flags = Flags::CAPITAL.and(Flags::MARK);
/// Tokens between a sentence's start and its subject.
const SUBJECT: usize = 8;

#[derive(Debug)]
struct Person<'a> {
    given: &'a str,
    surname: &'a str,
    /// Made when first asked.
    gender: OnceCell<Option<Gender>>,
    roles: Option<&'a BTreeSet<String>>,
    count: u32,
}

impl Person<'_> {
    fn name(&self) -> String {
        format!("{} {}", self.given, self.surname)
    }

    fn gender(&self) -> Option<Gender> {
        let by_role = || self.roles().find_map(gender_of_role);
        *self.gender.get_or_init(|| gender_of_given(&self.given.to_lowercase()).or_else(by_role))
    }

    fn roles(&self) -> impl Iterator<Item = &str> {
        self.roles.into_iter().flatten().map(String::as_str)
    }
}

/// A place that names a person, outside quotations.
#[derive(Debug, Clone, Copy)]
struct Mention {
    at: usize,
    person: usize,
    gender: Option<Gender>,
}

/// Who is who in one document.
#[derive(Debug)]
pub(crate) struct Names<'a, 'e> {
    people: Vec<Person<'a>>,
    /// Indices of people by the last word of the family name, in lower case.
    by_surname: FxHashMap<String, Vec<usize>>,
    /// First tokens of the phrases that name speakers, sorted.
    speaking: Vec<usize>,
    mentions: OnceCell<Vec<Mention>>,
    corpus: &'a Corpus<'e>,
}

/// What the corpus knows of roles; made when first asked.
#[derive(Debug)]
pub(crate) struct Corpus<'e> {
    evidence: &'e Evidence,
    by_role: OnceCell<FxHashMap<&'e str, Holder>>,
    /// Whom family names of many people mean: those that were asked for.
    by_surname: RefCell<FxHashMap<Asked, Option<String>>>,
}

/// A family name, and whether a man or a woman is meant, if that is known.
type Asked = (String, Option<Gender>);

/// Who holds a role: the first of those most documents give it to.
#[derive(Debug, Clone, Copy, Default)]
struct Holder {
    person: usize,
    docs: u32,
    all: u32,
}

impl<'e> Corpus<'e> {
    pub(crate) fn new(evidence: &'e Evidence) -> Self {
        Self { evidence, by_role: OnceCell::new(), by_surname: RefCell::default() }
    }

    fn by_role(&self) -> &FxHashMap<&'e str, Holder> {
        self.by_role.get_or_init(|| {
            let mut map: FxHashMap<&str, Holder> = FxHashMap::default();
            for (person, known) in self.evidence.people().iter().enumerate() {
                for &(ref role, docs) in known.roles.iter().filter(|(r, _)| r.contains(' ')) {
                    let holder = map.entry(role).or_default();
                    holder.all += docs;
                    if docs > holder.docs {
                        (holder.person, holder.docs) = (person, docs);
                    }
                }
            }
            map
        })
    }

    /// True when the corpus has the word with a capital inside a sentence.
    fn is_name(&self, text: &str) -> bool {
        self.evidence.name_frequency(&text.to_lowercase()) > 0
    }

    /// The person that four of five documents with this role, and at least two, give it to.
    fn holder(&self, role: &str) -> Option<String> {
        let holder = self.by_role().get(role)?;
        let person = self.evidence.people().get(holder.person)?;
        (holder.docs >= 2 && holder.docs * 5 >= holder.all * 4)
            .then(|| format!("{} {}", person.given, person.surname))
    }

    /// The person whom four of five full names with this family name, and at least two, mean.
    fn surname(&self, surname: &str, gender: Option<Gender>) -> Option<String> {
        let namesakes = self.evidence.people_named(surname);
        if namesakes.len() <= NAMESAKES {
            return foremost(namesakes, gender);
        }
        let mut known = self.by_surname.borrow_mut();
        known.entry((surname.to_owned(), gender)).or_insert_with(|| foremost(namesakes, gender)).clone()
    }
}

/// The one of several namesakes whom four of five mentions mean.
fn foremost(namesakes: &[KnownPerson], gender: Option<Gender>) -> Option<String> {
    let fits = |given: &str| gender.is_none() || agree(gender, gender_of_given(&given.to_lowercase()));
    let all = namesakes.iter().filter(|p| fits(&p.given));
    let sum: u64 = all.clone().map(|p| p.count).sum();
    let best = all.max_by_key(|p| p.count)?;
    (best.count >= 2 && best.count * 5 >= sum * 4).then(|| format!("{} {}", best.given, best.surname))
}

/// Two genders, of which either may be unknown, do not contradict each other.
fn agree(a: Option<Gender>, b: Option<Gender>) -> bool {
    a.is_none() || b.is_none() || a == b
}

impl<'a, 'e> Names<'a, 'e> {
    /// The people of a document; `phrases` name its speakers.
    pub(crate) fn new(
        page: &Page<'a>,
        facts: &'a Facts,
        phrases: impl Iterator<Item = Phrase>,
        corpus: &'a Corpus<'e>,
    ) -> Self {
        let mut names = Self {
            people: Vec::new(),
            by_surname: FxHashMap::default(),
            speaking: Vec::new(),
            mentions: OnceCell::new(),
            corpus,
        };
        for p in &facts.people {
            names.add(&p.given, &p.surname, Some(&p.roles), p.count);
        }
        for phrase in phrases {
            names.speaking.push(phrase.start);
            names.add_speaker(page, phrase);
        }
        names.speaking.sort_unstable();
        names.drop_initials();
        names
    }

    /// An initial says less than a given name: `E. Lynch` gives way to `Loretta E. Lynch`.
    fn drop_initials(&mut self) {
        let is_initial = |i: &usize| self.people[*i].given.ends_with('.');
        for same in self.by_surname.values_mut().filter(|same| same.len() > 1) {
            if !same.iter().all(is_initial) {
                same.retain(|i| !is_initial(i));
            }
        }
    }

    fn add(&mut self, given: &'a str, surname: &'a str, roles: Option<&'a BTreeSet<String>>, count: u32) {
        let same = self.by_surname.entry(key(surname)).or_default();
        if same.len() < NAMESAKES {
            same.push(self.people.len());
            self.people.push(Person { given, surname, gender: OnceCell::new(), roles, count });
        }
    }

    /// A speaker whose name of two words or more is not among the facts: given names there are many.
    fn add_speaker(&mut self, page: &Page<'a>, phrase: Phrase) {
        let Some(name) =
            page.name_in(phrase).filter(|n| n.end > n.start + 1 && !page.is_organisation(phrase, *n))
        else {
            return;
        };
        let (given, surname) =
            (page.norm_text(name.start, name.start + 1), page.norm_text(name.start + 1, name.end));
        let (Some(given), Some(surname)) = (given, surname) else { return };
        let known = self.by_surname.get(&key(surname)).into_iter().flatten();
        if !known
            .into_iter()
            .any(|&i| !self.people[i].given.ends_with('.') && same_given(self.people[i].given, given))
        {
            self.add(given, surname, None, 1);
        }
    }

    /// The full name behind a phrase; none when it names nobody that is known.
    pub(crate) fn name(&self, page: &Page, phrase: Phrase) -> Option<String> {
        let is_other =
            matches!(page.norm(phrase.start), "his" | "her" | "him") && phrase.end == phrase.start + 1;
        if page.is(phrase.start, Flags::PRONOUN) || is_other {
            let gender = gender_of_pronoun(page.norm(phrase.start))?;
            return self.pronoun(page, phrase.start, gender).map(|i| self.people[i].name());
        }
        match page.name_in(phrase) {
            Some(name) => self.full_name(page, phrase, name),
            None => self.role(page, phrase),
        }
    }

    fn full_name(&self, page: &Page, phrase: Phrase, name: Phrase) -> Option<String> {
        let text = page.norm_text(name.start, name.end)?;
        let gender = gender_before(page, name.start);
        let given = (name.end > name.start + 1).then(|| page.norm_text(name.start, name.start + 1)).flatten();
        if let Some(i) = self.person(page, name, given, gender) {
            return Some(self.people[i].name());
        }
        // A capital at a sentence's start makes no name: `Demonstrators said`.
        if given.is_none()
            && page.begins_sentence(name.start)
            && page.is_noun_like(name.start)
            && !self.corpus.is_name(text)
        {
            return None;
        }
        let is_bare = given.is_none() && !page.is(phrase.start, Flags::DETERMINER);
        let known = || self.corpus.surname(text, gender);
        Some(is_bare.then(known).flatten().unwrap_or_else(|| text.to_owned()))
    }

    /// The person of the document a name means: by family name, given name and title; the most frequent of several.
    fn person(
        &self,
        page: &Page,
        name: Phrase,
        given: Option<&str>,
        gender: Option<Gender>,
    ) -> Option<usize> {
        let surname = page.norm_text(name.end - 1, name.end)?;
        let fits = |p: &Person| {
            (gender.is_none() || agree(gender, p.gender())) && given.is_none_or(|g| same_given(p.given, g))
        };
        let all = self.by_surname.get(&key(surname))?.iter().copied().filter(|&i| fits(&self.people[i]));
        // A given name beats an initial, then the more frequent.
        let rank = |i: usize| (!self.people[i].given.ends_with('.'), self.people[i].count);
        all.max_by(|&a, &b| {
            rank(a).cmp(&rank(b)).then_with(|| self.people[b].name().cmp(&self.people[a].name()))
        })
    }

    /// Places outside quotations that name people, in text order.
    fn mentions(&self, page: &Page) -> &[Mention] {
        self.mentions.get_or_init(|| {
            let (surnames, mut from) = (self.surnames(page), 0);
            let places = page.flags.iter().enumerate().filter(|(_, f)| f.any(NAME_OR_MARK));
            let mut found = Vec::new();
            for (at, _) in places {
                if at >= from {
                    from = page.partner(at).filter(|&p| p > at).unwrap_or(at);
                    found.extend(surnames.may_hold(page, at).then(|| self.mention(page, at)).flatten());
                }
            }
            found
        })
    }

    /// A filter of the family names of the document's people.
    fn surnames(&self, page: &Page) -> Surnames {
        let numbers = self.by_surname.keys().filter_map(|key| page.view.vocabulary.find_norm(key));
        Surnames(numbers.fold(0, |all, number| all | Surnames::bit(number)))
    }

    fn mention(&self, page: &Page, at: usize) -> Option<Mention> {
        let known = self.by_surname.get(without_possessive(page.norm(at)).0)?;
        let before = at.checked_sub(1).filter(|&b| page.is(b, Flags::CAPITAL) && !page.begins_sentence(at));
        let given = before.map(|b| page.view.token_text(b));
        let gender = gender_before(page, at);
        let of = |i: &&usize| given.is_some_and(|g| same_given(self.people[**i].given, g));
        let person = known.iter().find(of).or_else(|| {
            known.iter().find(|&&i| gender.is_none() || agree(gender, self.people[i].gender()))
        })?;
        Some(Mention { at, person: *person, gender: gender.or_else(|| self.people[*person].gender()) })
    }

    /// The person a pronoun at `at` stands for.
    fn pronoun(&self, page: &Page, at: usize, gender: Gender) -> Option<usize> {
        let fits = |m: &Mention| agree(m.gender, Some(gender));
        self.last_subject(page, at, fits).map(|m| m.person)
    }

    /// The nearest subject before `at` that fits, else the nearest mention that does.
    fn last_subject(&self, page: &Page, at: usize, fits: impl Fn(&Mention) -> bool) -> Option<Mention> {
        let all = self.mentions(page);
        let before = &all[all.partition_point(|m| m.at + REACH < at)..all.partition_point(|m| m.at < at)];
        let sentence = |m: &Mention| page.view.tokens().get(m.at).map(|t| t.sentence);
        let groups = || before.chunk_by(|a, b| sentence(a) == sentence(b)).rev();
        let subject = groups().find_map(|g| g.iter().find(|m| fits(m) && self.is_subject(page, m.at)));
        subject.or_else(|| groups().find_map(|g| g.iter().find(|m| fits(m)))).copied()
    }

    fn is_subject(&self, page: &Page, at: usize) -> bool {
        let near = &self.speaking[self.speaking.partition_point(|&s| s + SUBJECT < at)..];
        let begins = page.view.sentence_of(at).is_some_and(|s| s.first_token as usize + SUBJECT >= at);
        let hangs = at > 0 && page.is(at - 1, Flags::PREPOSITION) || page.is(at, Flags::POSSESSIVE);
        !hangs && (begins || near.first().is_some_and(|&s| s <= at))
    }

    /// The person a role stands for: `the Kremlin spokesman`.
    fn role(&self, page: &Page, phrase: Phrase) -> Option<String> {
        let start = phrase.start + usize::from(page.is(phrase.start, Flags::DETERMINER));
        if !matches!(page.norm(phrase.start), "the" | "his" | "her" | "its" | "our")
            || !(start..phrase.end).any(|i| page.is(i, Flags::OFFICE))
        {
            return None;
        }
        let role =
            (start..phrase.end).map(|i| without_possessive(page.norm(i)).0).collect::<Vec<_>>().join(" ");
        let holds = |m: &Mention| self.people[m.person].roles().any(|r| is_same_role(r, &role));
        let near = self.last_subject(page, phrase.start, holds).map(|m| self.people[m.person].name());
        near.or_else(|| self.corpus.holder(&role))
    }
}

/// Numbers of words, by their last six bits: what has another bit is none of them.
#[derive(Debug, Clone, Copy)]
struct Surnames(u64);

impl Surnames {
    const fn bit(number: u32) -> u64 {
        1 << (number % 64)
    }

    /// False for most tokens that no mention stands at.
    fn may_hold(self, page: &Page, at: usize) -> bool {
        let number = || page.view.terms.get(at).map_or(u32::MAX, |&t| page.view.vocabulary.norm_id(t));
        page.is(at, Flags::CAPITAL) && (page.is(at, Flags::POSSESSIVE) || self.0 & Self::bit(number()) != 0)
    }
}

/// One is the other with something before it: `spokesman`, `kremlin spokesman`.
fn is_same_role(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with([' ', '-']))
}

fn same_given(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let initial = |s: &str| s.trim_end_matches('.').chars().count() == 1;
    given_key(a) == given_key(b) || (initial(a) || initial(b)) && a.chars().next() == b.chars().next()
}

/// The last word of a family name in lower case.
fn key(surname: &str) -> String {
    let last = surname.split(' ').next_back().unwrap_or(surname);
    last.to_lowercase().replace('’', "'")
}

fn gender_of_pronoun(norm: &str) -> Option<Gender> {
    match norm.split('\'').next() {
        Some("he" | "his" | "him") => Some(Gender::Masculine),
        Some("she" | "her") => Some(Gender::Feminine),
        _ => None,
    }
}

fn gender_of_role(role: &str) -> Option<Gender> {
    match role.rsplit(' ').next().unwrap_or(role) {
        w if w.ends_with("woman") || w == "queen" => Some(Gender::Feminine),
        w if w.ends_with("sman") || w == "chairman" || w == "king" => Some(Gender::Masculine),
        _ => None,
    }
}

/// What `Mr` or `Mrs` before a name says.
fn gender_before(page: &Page, name: usize) -> Option<Gender> {
    match name.checked_sub(1).map_or("", |i| page.norm(i)).trim_end_matches('.') {
        "mr" | "sir" | "lord" | "king" => Some(Gender::Masculine),
        "mrs" | "ms" | "miss" | "lady" | "dame" | "queen" => Some(Gender::Feminine),
        _ => None,
    }
}

/// Last or first words of the names of bodies, papers and firms, which `he` cannot mean.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "academy", "administration", "agency", "army", "assembly", "association", "bank", "board", "bureau", "campaign", "center", "centre",
    "chamber", "church", "coalition", "commission", "committee", "company", "congress", "corporation", "council", "court", "department",
    "duma", "federation", "force", "forces", "foundation", "front", "fund", "government", "group", "herald", "house", "institute",
    "journal", "kremlin", "league", "mail", "ministry", "movement", "nations", "news", "office", "organisation", "organization",
    "parliament", "party", "police", "post", "press", "radio", "review", "security", "senate", "service", "society", "state", "states",
    "street", "television", "times", "today", "tribune", "tv", "union", "university", "watch",
];

impl<'a> Page<'a> {
    /// The name inside a phrase, without titles and offices; none when its head is a common noun.
    pub(crate) fn name_in(&self, phrase: Phrase) -> Option<Phrase> {
        let last = phrase.end.checked_sub(1).filter(|&l| l >= phrase.start)?;
        // `Mr King`, `Larry King`
        let is_titled = last > phrase.start && self.is(last - 1, Flags::HONORIFIC.and(Flags::GIVEN));
        let is_common = !self.is(last, Flags::CAPITAL)
            || !is_titled && self.is(last, Flags::OFFICE.and(Flags::HONORIFIC));
        if is_common || self.is(last, Flags::PRONOUN) || self.is_hung(phrase) {
            return None;
        }
        let is_part = |i: &usize| {
            self.is(*i, Flags::CAPITAL) && !self.is(*i, Flags::POSSESSIVE) || self.is_joint(*i, phrase)
        };
        let mut start = (phrase.start..last).rev().take_while(is_part).last().unwrap_or(last);
        start += usize::from(self.is(start, Flags::DETERMINER) && start < last);
        let given = (start..last).find(|&i| self.is(i, Flags::GIVEN));
        let titled =
            (start..last).rev().find(|&i| self.is(i, Flags::OFFICE.and(Flags::HONORIFIC))).map(|i| i + 1);
        Some(Phrase { start: titled.max(given).unwrap_or(start).max(start), end: phrase.end })
    }

    /// `Demonstrators`, `Miller`: at a sentence's start it could be a noun as well.
    fn is_noun_like(&self, i: usize) -> bool {
        let norm = self.norm(i);
        self.is(i, Flags::AGENT)
            || norm.ends_with('s')
            || matches!(
                norm,
                "people" | "everyone" | "nobody" | "none" | "half" | "maybe" | "one" | "someone" | "another"
            )
    }

    /// The name set beside a phrase that has none: `Anna Petrova` for `the mayor` in `the mayor, Anna Petrova,`.
    pub(crate) fn with_apposition(&self, phrase: Phrase) -> Phrase {
        let comma = self.is(phrase.end, Flags::COMMA) && !self.is(phrase.start, Flags::PRONOUN);
        if !comma
            || self.name_in(phrase).is_some()
            || !(phrase.start..phrase.end).any(|i| self.is(i, Flags::AGENT))
        {
            return phrase;
        }
        let start = phrase.end + 1;
        let end = (start..start + 5).find(|&i| !self.is(i, Flags::CAPITAL)).unwrap_or(start);
        let is_name = end > start + 1
            && !self.begins_sentence(start)
            && self.is(start, Flags::GIVEN.and(Flags::HONORIFIC));
        let closes = end >= self.flags.len() || self.is(end, Flags::COMMA.and(Flags::STOP).and(Flags::MARK));
        if is_name && closes { Phrase { start, end } } else { phrase }
    }

    /// A common noun with an attribute: `a spokesman for Mr Ivanov`; not the office of the name behind it: `the head of
    /// the agency Ivan Petrov`.
    fn is_hung(&self, phrase: Phrase) -> bool {
        let preposition = (phrase.start..phrase.end)
            .find(|&i| self.is(i, Flags::PREPOSITION) && !self.is(i, Flags::CAPITAL));
        let no_name = Flags::OFFICE
            .and(Flags::HONORIFIC)
            .and(Flags::DETERMINER)
            .and(Flags::POSSESSIVE)
            .and(Flags::PREPOSITION);
        let is_named = |i: usize| {
            (i + 2..phrase.end - 1)
                .any(|g| self.is(g, Flags::GIVEN) && self.is(g, Flags::CAPITAL) && !self.is(g - 1, no_name))
        };
        preposition.is_some_and(|i| {
            i > phrase.start
                && (!self.is(i - 1, Flags::CAPITAL) || self.is(i - 1, Flags::OFFICE))
                && !is_named(i)
        })
    }

    /// `of` in `Bank of Russia`, `de` in `Staffan de Mistura`
    fn is_joint(&self, i: usize, phrase: Phrase) -> bool {
        let between = i > phrase.start
            && i + 1 < phrase.end
            && self.is(i - 1, Flags::CAPITAL)
            && self.is(i + 1, Flags::CAPITAL);
        between
            && matches!(
                self.norm(i),
                "of" | "de" | "van" | "von" | "der" | "bin" | "al" | "el" | "da" | "di" | "la" | "le" | "&"
            )
    }

    fn is_organisation(&self, phrase: Phrase, name: Phrase) -> bool {
        let is_body = |i: usize| BODIES.contains(&self.norm(i));
        let is_article = self.is(phrase.start, Flags::DETERMINER) && name.start == phrase.start + 1;
        is_article || (name.start..name.end).any(|i| is_body(i) || self.norm(i) == "of")
    }

    /// The text of some tokens, without a possessive at its end.
    fn norm_text(&self, from: usize, to: usize) -> Option<&'a str> {
        let text = self.span(from, to)?.text(self.view.text);
        Some(["'s", "’s", "'", "’"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use decalque_evidence::{Gathered, Person as Named};

    #[test]
    fn a_name_of_many_people_means_the_foremost() {
        let named =
            |given: String, count| Named { surname: "Petrov".into(), given, roles: BTreeSet::new(), count };
        let mut gathered = Gathered::default();
        let rare = (0..2 * NAMESAKES).map(|n| named(format!("Ivan{n}"), 1));
        let people = rare.chain([named("Oleg".into(), 9 * NAMESAKES as u32)]).collect();
        gathered.add(&Facts { people, ..Facts::default() });
        let evidence = gathered.freeze();
        let corpus = Corpus::new(&evidence);
        // The first time it is worked out, then remembered.
        for _ in 0..2 {
            assert_eq!(corpus.surname("Petrov", None).as_deref(), Some("Oleg Petrov"));
            assert_eq!(corpus.surname("Petrov", Some(Gender::Feminine)), None);
            assert_eq!(corpus.surname("Sidorov", None), None);
        }
    }
}

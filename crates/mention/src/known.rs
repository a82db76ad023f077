//! The people of a corpus, by keys: who is one person in several spellings, and who a bare family name may be.

use crate::fold::{bases, is_near, is_slavic, loose_key, loose_letters, slug, surname_key, text};
use crate::lexis::{Marks, is_initial};
use crate::lists;
use decalque_evidence::{Evidence, KnownPerson, given_key, is_given_name};
use decalque_text::Word;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A person by the keys of both names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PersonKey {
    pub(crate) surname: String,
    pub(crate) given: String,
}

impl PersonKey {
    pub(crate) fn new(given: &str, surname: &str) -> Self {
        // East Asian family names come first.
        let (given, surname) =
            if is_east_asian(given, surname) { (surname, given) } else { (given, surname) };
        let surname = surname_key(surname);
        let given = given_fold(given, is_slavic(&surname));
        Self { surname, given }
    }

    /// `person/dmitry-peskov`
    pub(crate) fn entity_id(&self) -> String {
        ["person/", &self.given, "-", &self.surname].concat()
    }

    pub(crate) fn is_woman(&self) -> Option<bool> {
        lists::is_woman(&self.given)
    }

    /// The key of the last word of the family name: `mistura` for `de Mistura`.
    pub(crate) fn last(&self) -> &str {
        last_word(&self.surname)
    }
}

pub(crate) fn last_word(key: &str) -> &str {
    // Keys are short: to look at each byte is cheaper than to call what searches fast.
    key.bytes().rposition(|c| c == b'-').map_or(key, |hyphen| &key[hyphen + 1..])
}

/// The key of a given name: its group's first spelling, else as it is. Western forms (`Michael`) are forms of their own
/// beside a family name that is not Slavic.
fn given_fold(given: &str, is_slavic: bool) -> String {
    let lower = slug(given).into_owned();
    if is_initial(given) || !is_slavic && lists::is_western(&lower) {
        return lower;
    }
    let group = given_key(&lower);
    if *group == *lower { lower } else { group.into_owned() }
}

/// The key under which given names in all their forms meet.
fn given_loose(key: &str) -> String {
    let group = given_key(key);
    loose_key(&group.strip_suffix("ie").map_or_else(|| group.to_string(), |stem| format!("{stem}y")))
}

/// `Xi Jinping`, `Park Geun-hye`
fn is_east_asian(family: &str, given: &str) -> bool {
    let family = family.to_lowercase();
    lists::is_chinese_family(&family) && !given.contains(' ')
        || lists::is_korean_family(&family)
            && given.split_once('-').is_some_and(|(_, s)| s.chars().all(char::is_lowercase))
}

/// A person of the corpus.
#[derive(Debug, Clone)]
pub(crate) struct Someone {
    pub(crate) key: PersonKey,
    /// As most documents write it.
    pub(crate) name: String,
    /// Documents that name them in full, in any spelling.
    pub(crate) n_docs: u32,
    /// Who it is: another one's number, or its own.
    who: usize,
    /// Number of the key under which all forms of the given name meet.
    given: u32,
}

/// The people of a corpus; made once a run, then read by all threads.
///
/// ```
/// let evidence = decalque_evidence::Evidence::default();
/// let known = decalque_mention::Known::new(&evidence);
/// assert!(known.is_empty());
/// ```
#[derive(Debug)]
pub struct Known<'e> {
    evidence: &'e Evidence,
    people: Vec<Someone>,
    by_key: FxHashMap<PersonKey, usize>,
    by_last: FxHashMap<String, Vec<usize>>,
    by_loose: FxHashMap<String, Vec<usize>>,
    givens: Givens,
}

/// The keys under which given names in all their forms meet, numbered.
#[derive(Debug, Default)]
struct Givens(FxHashMap<String, u32>);

impl Givens {
    fn number(&mut self, given: &str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(given_loose(given)).or_insert(next)
    }

    fn find(&self, given: &str) -> Option<u32> {
        self.0.get(&given_loose(given)).copied()
    }
}

/// How many times as many documents must name one of two people whose names are one letter apart, or one of two of one
/// family name, for the other to be taken for them.
const MARGIN: u32 = 3;
/// Documents below which it cannot be told whether a word is usually written small.
const FEW: u32 = 3;
/// Shortest key of a family name that may lose or win a letter.
const LONG: usize = 6;
/// Length from which that alone will do.
const VERY_LONG: usize = 9;
/// Most people of one given name, or family name, whose names are compared with one another.
const CROWD: usize = 64;

impl<'e> Known<'e> {
    /// The people that documents of this evidence name in full.
    ///
    /// ```
    /// let evidence = decalque_evidence::Evidence::default();
    /// let known = decalque_mention::Known::new(&evidence);
    /// assert_eq!(known.len(), 0);
    /// ```
    pub fn new(evidence: &'e Evidence) -> Self {
        let (mut people, givens) = merged(evidence);
        link(&mut people);
        let by_key = people.iter().enumerate().map(|(i, p)| (p.key.clone(), i)).collect();
        let (by_last, by_loose) = (FxHashMap::default(), FxHashMap::default());
        let mut known = Self { evidence, people, by_key, by_last, by_loose, givens };
        // The best known first, so that a few of them decide.
        let mut ranked: Vec<usize> = (0..known.people.len()).collect();
        ranked.sort_by_key(|&i| (Reverse(known.people[known.people[i].who].n_docs), i));
        for i in ranked {
            let p = &known.people[i];
            known.by_last.entry(p.key.last().to_owned()).or_default().push(i);
            known.by_loose.entry(loose_key(p.key.last())).or_default().push(i);
        }
        known
    }

    /// Number of people, each spelling whose key differs counted by itself.
    ///
    /// ```
    /// let evidence = decalque_evidence::Evidence::default();
    /// assert_eq!(decalque_mention::Known::new(&evidence).len(), 0);
    /// ```
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// True when the corpus names nobody in full.
    ///
    /// ```
    /// let evidence = decalque_evidence::Evidence::default();
    /// assert!(decalque_mention::Known::new(&evidence).is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// True for the family name of somebody, in this form or a looser one.
    pub(crate) fn has_surname(&self, key: &str) -> bool {
        self.by_last.contains_key(last_word(key)) || self.loosely(last_word(key)).is_some()
    }

    /// Those whose family name has a last word of the same looser key.
    fn loosely(&self, last: &str) -> Option<&[usize]> {
        self.by_loose.get(text(&loose_letters(last))).map(Vec::as_slice)
    }

    /// Documents that name somebody in full.
    pub(crate) fn n_docs(&self, who: u32) -> u32 {
        self.people[who as usize].n_docs
    }

    /// Key and name of somebody.
    pub(crate) fn identity(&self, who: u32) -> (String, String) {
        let someone = &self.people[who as usize];
        (someone.key.entity_id(), someone.name.clone())
    }

    /// True for a word that more documents write small than with a capital inside a sentence.
    pub(crate) fn is_common(&self, word: &Word) -> bool {
        let docs = self.evidence.document_frequency(word.stem);
        docs >= FEW && 2 * self.evidence.name_frequency(word.norm) < docs
    }

    /// Documents that have this word with a capital inside a sentence.
    pub(crate) fn name_frequency(&self, norm: &str) -> u32 {
        self.evidence.name_frequency(norm)
    }

    /// Who a full name is, however it is spelled.
    pub(crate) fn who(&self, key: &PersonKey) -> Option<&Someone> {
        let given = self.givens.find(&key.given);
        let near = |surname: &str| {
            let loose = loose_letters(surname);
            let is_like = |p: &Someone| Some(p.given) == given && loose_letters(&p.key.surname) == loose;
            let list = self.loosely(last_word(surname))?;
            list.iter().copied().take(CROWD).find(|&i| is_like(&self.people[i]))
        };
        let in_case = || bases(&key.surname, key.is_woman()?).find_map(|base| near(&base));
        let found = self.by_key.get(key).copied().or_else(|| near(&key.surname)).or_else(in_case);
        found.map(|i| &self.people[self.people[i].who])
    }

    /// True when the corpus names somebody of this given name with this last word of a family name.
    pub(crate) fn has(&self, given: &str, last: &str) -> bool {
        let list = self.loosely(last_word(last)).unwrap_or_default();
        !list.is_empty() && {
            let given = self.givens.find(&slug(given));
            given.is_some() && list.iter().take(CROWD).any(|&i| Some(self.people[i].given) == given)
        }
    }

    /// The one person a bare family name means: the only one who fits, or the one that most documents name by far. A
    /// key that nobody has is looked up in its looser form.
    pub(crate) fn one(&self, key: &str, fits: impl Fn(&PersonKey) -> bool) -> Option<u32> {
        let exact = self.by_last.get(last_word(key)).map(Vec::as_slice);
        let list = exact.or_else(|| self.loosely(last_word(key)))?;
        let mut docs: BTreeMap<usize, u32> = BTreeMap::new();
        for &i in list.iter().take(CROWD) {
            let who = self.people[i].who;
            let is_whole = !key.contains('-') || self.people[i].key.surname == key;
            if is_whole && fits(&self.people[i].key) {
                docs.insert(who, self.people[who].n_docs);
            }
        }
        let mut ranked: Vec<(u32, Reverse<usize>)> =
            docs.into_iter().map(|(who, n)| (n, Reverse(who))).collect();
        ranked.sort_unstable();
        let (best, Reverse(who)) = ranked.pop()?;
        let is_clear = ranked.last().is_none_or(|&(second, _)| best >= second.saturating_mul(MARGIN));
        is_clear.then_some(who as u32)
    }
}

/// One entry for each pair of keys, sorted.
fn merged(evidence: &Evidence) -> (Vec<Someone>, Givens) {
    let mut all: BTreeMap<PersonKey, (u32, Vec<&KnownPerson>)> = BTreeMap::new();
    for p in evidence.people().iter().filter(|p| is_person(&p.given, &p.surname)) {
        let slot = all.entry(PersonKey::new(&p.given, &p.surname)).or_default();
        slot.0 += p.n_docs;
        slot.1.push(p);
    }
    let usual = |list: &[&KnownPerson]| {
        let best = list.iter().max_by_key(|p| (p.n_docs, p.count, Reverse((&p.surname, &p.given))));
        best.map_or_else(String::new, |p| format!("{} {}", p.given, p.surname))
    };
    let mut givens = Givens::default();
    let someone = |(i, (key, (n_docs, list))): (usize, (PersonKey, (u32, Vec<&KnownPerson>)))| Someone {
        given: givens.number(&key.given),
        key,
        name: usual(&list),
        n_docs,
        who: i,
    };
    let people = all.into_iter().enumerate().map(someone).collect();
    (people, givens)
}

/// False for pairs of capitals that are no name of a person: places, things, days, initials alone.
fn is_person(given: &str, surname: &str) -> bool {
    let last = surname.rsplit([' ', '-']).next().unwrap_or(surname).to_lowercase();
    let is_thing =
        |w: &str| lists::tells(w).has(Marks::THING.or(Marks::HEAD).or(Marks::TIME).or(Marks::PLACE));
    let words = || surname.split([' ', '-']).map(str::to_lowercase);
    !is_initial(given)
        && !is_thing(&last)
        && !is_patronymic(&last)
        && !words().any(|w| lists::tells(&w).has(Marks::SPEECH))
}

/// Russian patronymics: `Sergeyevich`, `Ivanovna`. Serbian family names in -vich are shorter or spelled `-vić`.
pub(crate) fn is_patronymic(norm: &str) -> bool {
    let may = matches!(norm.as_bytes(), [.., b'i', b'c', b'h'] | [.., b'n', b'a']);
    may && ["ovich", "evich", "ovna", "evna", "ichna"].iter().any(|end| norm.ends_with(end)) && {
        let stem = norm.trim_end_matches("ovich").trim_end_matches("evich").trim_end_matches("ovna");
        let stem = stem.trim_end_matches("evna").trim_end_matches("ichna").trim_end_matches('y');
        [stem.to_owned(), format!("{stem}y"), format!("{stem}ei"), format!("{stem}i")]
            .iter()
            .any(|s| is_given_name(s))
    }
}

/// Say who is whom: the same given name with family names of one looser key, or one letter apart when one of the two is
/// far better known; the same family name with given names one letter apart that are no two known ones.
fn link(people: &mut [Someone]) {
    let mut groups: BTreeMap<(u32, String), Vec<usize>> = BTreeMap::new();
    for (i, p) in people.iter().enumerate() {
        groups.entry((p.given, loose_key(&p.key.surname))).or_default().push(i);
    }
    groups.into_values().for_each(|list| join(people, &list));
    join_cases(people);
    let mut by_surname: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut by_start: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (i, p) in people.iter().enumerate().filter(|(i, p)| p.who == *i) {
        by_surname.entry(p.key.surname.clone()).or_default().push(i);
        let start: String = p.key.surname.chars().take(2).collect();
        by_start.entry((p.key.given.clone(), start)).or_default().push(i);
    }
    by_surname.into_values().for_each(|list| join_near(people, &list, is_one_given));
    by_start.into_values().for_each(|list| join_near(people, &list, is_misspelled));
    for i in 0..people.len() {
        people[i].who = root(people, i);
    }
}

/// `Mikhail Sofina` is Mikhail Sofin, when there is one.
fn join_cases(people: &mut [Someone]) {
    let loose = |p: &Someone| (p.given, loose_key(&p.key.surname));
    let numbers: BTreeMap<_, usize> = people.iter().enumerate().map(|(i, p)| (loose(p), i)).collect();
    for i in 0..people.len() {
        let (key, given) = (&people[i].key, people[i].given);
        let Some(is_woman) = key.is_woman().filter(|_| people[i].who == i) else { continue };
        let base = |surname: String| numbers.get(&(given, loose_key(&surname))).copied();
        let to = bases(&key.surname, is_woman).find_map(base).map(|to| root(people, to));
        if let Some(to) = to.filter(|&to| to != i) {
            people[to].n_docs += people[i].n_docs;
            people[i].who = to;
        }
    }
}

/// All of a list are the best known of them.
fn join(people: &mut [Someone], list: &[usize]) {
    let Some(best) = list.iter().copied().max_by_key(|&i| (people[i].n_docs, Reverse(i))) else { return };
    for &i in list.iter().filter(|&&i| i != best) {
        people[best].n_docs += people[i].n_docs;
        people[i].who = best;
    }
}

/// Those of a list that pass a test in pairs are one; a crowd is left alone.
fn join_near(people: &mut [Someone], list: &[usize], is_one: fn(&Someone, &Someone) -> bool) {
    if list.len() > CROWD {
        return;
    }
    for (n, &a) in list.iter().enumerate() {
        for &b in &list[n + 1..] {
            let (a, b) = (root(people, a), root(people, b));
            if a != b && is_one(&people[a], &people[b]) {
                join(people, &[a, b]);
            }
        }
    }
}

fn root(people: &[Someone], mut i: usize) -> usize {
    // There is no circle, since only roots are linked and to other roots; the bound is for safety.
    for _ in 0..people.len() {
        if people[i].who == i {
            break;
        }
        i = people[i].who;
    }
    i
}

/// `Bilal` and `Bilyal`, but not `Irina` and `Marina`.
fn is_one_given(a: &Someone, b: &Someone) -> bool {
    let (x, y) = (&a.key.given, &b.key.given);
    let both_known = is_given_name(x) && is_given_name(y);
    let same_start = x.chars().next() == y.chars().next();
    !both_known && same_start && x.len().min(y.len()) >= 4 && a.key.surname.len() >= 5 && is_near(x, y)
}

/// `Skovortsov` and `Skvortsov`, when hardly anyone writes one of the two.
fn is_misspelled(a: &Someone, b: &Someone) -> bool {
    let (x, y) = (&a.key.surname, &b.key.surname);
    let (few, many) = (a.n_docs.min(b.n_docs), a.n_docs.max(b.n_docs));
    let len = x.len().max(y.len());
    (len >= VERY_LONG || len >= LONG && many >= few.saturating_mul(MARGIN)) && is_near(x, y)
}

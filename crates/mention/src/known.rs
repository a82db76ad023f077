//! The people of a corpus, by keys: who is one person in several spellings, and who a bare family name may be.

use crate::fold::{bases, is_near, is_slavic, loose_key, loose_letters, slug, surname_key, text};
use crate::lexis::{Marks, is_initial};
use crate::lists;
use decalque_evidence::{Evidence, KnownPerson, given_key, is_given_name};
use decalque_text::Word;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

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

/// A person of the corpus. A large one has half a million: what is laid out small here is what a run of gigabytes fits
/// its memory by.
#[derive(Debug, Clone)]
pub(crate) struct Someone<'e> {
    pub(crate) key: PersonKey,
    /// As most documents write it.
    usual: &'e KnownPerson,
    /// Documents that name them in full, in any spelling.
    pub(crate) n_docs: u32,
    /// Who it is: another one's number, or its own.
    who: u32,
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
    /// Sorted by key.
    people: Vec<Someone<'e>>,
    by_last: Lists,
    by_loose: Lists,
    givens: Givens,
}

/// Numbers of people by a word, in order. A word is known by its hash (XXH3, 64 bits), as in the evidence.
#[derive(Debug)]
struct Lists {
    numbers: Vec<u32>,
    at: FxHashMap<u64, (u32, u32)>,
}

impl Lists {
    /// Of numbers with their words' hashes. Numbers of one word stay in the order they come.
    fn new(mut all: Vec<(u64, u32)>) -> Self {
        all.sort_by_key(|&(word, _)| word);
        let (mut at, mut start) = (FxHashMap::default(), 0);
        for same in all.chunk_by(|a, b| a.0 == b.0) {
            let end = start + same.len() as u32;
            at.insert(same[0].0, (start, end));
            start = end;
        }
        Self { numbers: all.into_iter().map(|(_, number)| number).collect(), at }
    }

    fn get(&self, word: &str) -> Option<&[u32]> {
        let &(start, end) = self.at.get(&xxh3_64(word.as_bytes()))?;
        self.numbers.get(start as usize..end as usize)
    }
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
        // The best known first, so that a few of them decide.
        let mut ranked: Vec<u32> = (0..people.len() as u32).collect();
        ranked.sort_by_key(|&i| (Reverse(at(&people, at(&people, i).who).n_docs), i));
        let by = |word: &dyn Fn(&str) -> u64| {
            Lists::new(ranked.iter().map(|&i| (word(at(&people, i).key.last()), i)).collect())
        };
        let by_last = by(&|last| xxh3_64(last.as_bytes()));
        let by_loose = by(&|last| xxh3_64(loose_key(last).as_bytes()));
        Self { evidence, people, by_last, by_loose, givens }
    }

    fn at(&self, i: u32) -> &Someone<'e> {
        at(&self.people, i)
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
        self.by_last.get(last_word(key)).is_some() || self.loosely(last_word(key)).is_some()
    }

    /// Those whose family name has a last word of the same looser key.
    fn loosely(&self, last: &str) -> Option<&[u32]> {
        self.by_loose.get(text(&loose_letters(last)))
    }

    /// Documents that name somebody in full.
    pub(crate) fn n_docs(&self, who: u32) -> u32 {
        self.at(who).n_docs
    }

    /// Key and name of somebody.
    pub(crate) fn identity(&self, who: u32) -> (String, String) {
        let someone = self.at(who);
        (someone.key.entity_id(), someone.name())
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
    pub(crate) fn who(&self, key: &PersonKey) -> Option<&Someone<'e>> {
        let given = self.givens.find(&key.given);
        let near = |surname: &str| {
            let loose = loose_letters(surname);
            let is_like = |p: &Someone| Some(p.given) == given && loose_letters(&p.key.surname) == loose;
            let list = self.loosely(last_word(surname))?;
            list.iter().copied().take(CROWD).find(|&i| is_like(self.at(i)))
        };
        let in_case = || bases(&key.surname, key.is_woman()?).find_map(|base| near(&base));
        let itself = || self.people.binary_search_by(|p| p.key.cmp(key)).ok().map(|i| i as u32);
        let found = itself().or_else(|| near(&key.surname)).or_else(in_case);
        found.map(|i| self.at(self.at(i).who))
    }

    /// True when the corpus names somebody of this given name with this last word of a family name.
    pub(crate) fn has(&self, given: &str, last: &str) -> bool {
        let list = self.loosely(last_word(last)).unwrap_or_default();
        !list.is_empty() && {
            let given = self.givens.find(&slug(given));
            given.is_some() && list.iter().take(CROWD).any(|&i| Some(self.at(i).given) == given)
        }
    }

    /// The one person a bare family name means: the only one who fits, or the one that most documents name by far. A
    /// key that nobody has is looked up in its looser form.
    pub(crate) fn one(&self, key: &str, fits: impl Fn(&PersonKey) -> bool) -> Option<u32> {
        let list = self.by_last.get(last_word(key)).or_else(|| self.loosely(last_word(key)))?;
        let mut docs: BTreeMap<u32, u32> = BTreeMap::new();
        for Someone { key: full, who, .. } in list.iter().take(CROWD).map(|&i| self.at(i)) {
            let is_whole = !key.contains('-') || full.surname == key;
            if is_whole && fits(full) {
                docs.insert(*who, self.at(*who).n_docs);
            }
        }
        let mut ranked: Vec<(u32, Reverse<u32>)> =
            docs.into_iter().map(|(who, n)| (n, Reverse(who))).collect();
        ranked.sort_unstable();
        let (best, Reverse(who)) = ranked.pop()?;
        let is_clear = ranked.last().is_none_or(|&(second, _)| best >= second.saturating_mul(MARGIN));
        is_clear.then_some(who)
    }
}

impl Someone<'_> {
    /// As most documents write it.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.usual.given, self.usual.surname)
    }
}

fn at<'p, 'e>(people: &'p [Someone<'e>], i: u32) -> &'p Someone<'e> {
    &people[i as usize]
}

/// One entry for each pair of keys, sorted.
fn merged(evidence: &Evidence) -> (Vec<Someone<'_>>, Givens) {
    let people = evidence.people().iter().filter(|p| is_person(&p.given, &p.surname));
    let mut all: Vec<Someone> = people
        .map(|p| Someone {
            key: PersonKey::new(&p.given, &p.surname),
            usual: p,
            n_docs: p.n_docs,
            who: 0,
            given: 0,
        })
        .collect();
    all.sort_by(|a, b| a.key.cmp(&b.key));
    all.dedup_by(|next, first| {
        let is_same = next.key == first.key;
        if is_same {
            first.n_docs += next.n_docs;
            first.usual = if rank(next.usual) >= rank(first.usual) { next.usual } else { first.usual };
        }
        is_same
    });
    all.shrink_to_fit();
    let mut givens = Givens::default();
    for (i, someone) in (0..).zip(&mut all) {
        (someone.who, someone.given) = (i, givens.number(&someone.key.given));
    }
    (all, givens)
}

/// Whose spelling of a name is the usual one.
fn rank(p: &KnownPerson) -> (u32, u64, Reverse<(&str, &str)>) {
    (p.n_docs, p.count, Reverse((&p.surname, &p.given)))
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
    let loose = Loose::new(people);
    loose.0.chunk_by(|a, b| a.key() == b.key()).for_each(|same| {
        join(people, &same.iter().map(|form| form.number).collect::<Vec<_>>());
    });
    join_cases(people, &loose);
    drop(loose);
    // People are sorted by family name.
    let mut left: Vec<u32> = (0..).zip(people.iter()).filter(|(i, p)| p.who == *i).map(|(i, _)| i).collect();
    let by_surname: Vec<Vec<u32>> =
        several(&left, |a, b| at(people, a).key.surname == at(people, b).key.surname);
    left.sort_by(|&a, &b| start(at(people, a)).cmp(&start(at(people, b))));
    let by_start = several(&left, |a, b| start(at(people, a)) == start(at(people, b)));
    by_surname.iter().for_each(|list| join_near(people, list, is_one_given));
    by_start.iter().for_each(|list| join_near(people, list, is_misspelled));
    for i in 0..people.len() as u32 {
        people[i as usize].who = root(people, i);
    }
}

/// The given name, and the first two letters of the family name.
fn start<'p>(p: &'p Someone) -> (&'p str, &'p str) {
    let surname = &p.key.surname;
    let end = surname.char_indices().nth(2).map_or(surname.len(), |(i, _)| i);
    (&p.key.given, &surname[..end])
}

/// Neighbours that are alike, where there is more than one.
fn several(list: &[u32], is_like: impl Fn(u32, u32) -> bool) -> Vec<Vec<u32>> {
    list.chunk_by(|&a, &b| is_like(a, b)).filter(|same| same.len() > 1).map(<[u32]>::to_vec).collect()
}

/// Everyone by given name and looser family name, sorted.
struct Loose(Vec<Form>);

/// A looser form of a name.
struct Form {
    given: u32,
    surname: String,
    number: u32,
}

impl Form {
    fn key(&self) -> (u32, &str) {
        (self.given, &self.surname)
    }
}

impl Loose {
    fn new(people: &[Someone]) -> Self {
        let form = |(number, p): (u32, &Someone)| Form {
            given: p.given,
            surname: loose_key(&p.key.surname),
            number,
        };
        let mut forms: Vec<Form> = (0..).zip(people).map(form).collect();
        forms.sort_by(|a, b| a.key().cmp(&b.key()));
        Self(forms)
    }

    /// The last one of this form.
    fn find(&self, given: u32, surname: &str) -> Option<u32> {
        let after = self.0.partition_point(|form| form.key() <= (given, surname));
        let last = self.0.get(after.checked_sub(1)?)?;
        (last.key() == (given, surname)).then_some(last.number)
    }
}

/// `Mikhail Sofina` is Mikhail Sofin, when there is one.
fn join_cases(people: &mut [Someone], loose: &Loose) {
    for i in 0..people.len() as u32 {
        let Someone { key, given, who, .. } = at(people, i);
        let Some(is_woman) = key.is_woman().filter(|_| *who == i) else { continue };
        let base = |surname: String| loose.find(*given, &loose_key(&surname));
        let to = bases(&key.surname, is_woman).find_map(base).map(|to| root(people, to));
        if let Some(to) = to.filter(|&to| to != i) {
            take(people, to, i);
        }
    }
}

/// All of a list are the best known of them.
fn join(people: &mut [Someone], list: &[u32]) {
    let best = list.iter().copied().max_by_key(|&i| (at(people, i).n_docs, Reverse(i)));
    let Some(best) = best else { return };
    list.iter().filter(|&&i| i != best).for_each(|&i| take(people, best, i));
}

/// One is the other.
fn take(people: &mut [Someone], best: u32, other: u32) {
    people[best as usize].n_docs += at(people, other).n_docs;
    people[other as usize].who = best;
}

/// Those of a list that pass a test in pairs are one; a crowd is left alone.
fn join_near(people: &mut [Someone], list: &[u32], is_one: fn(&Someone, &Someone) -> bool) {
    if list.len() > CROWD {
        return;
    }
    for (n, &a) in list.iter().enumerate() {
        for &b in &list[n + 1..] {
            let (a, b) = (root(people, a), root(people, b));
            if a != b && is_one(at(people, a), at(people, b)) {
                join(people, &[a, b]);
            }
        }
    }
}

fn root(people: &[Someone], mut i: u32) -> u32 {
    // There is no circle, since only roots are linked and to other roots; the bound is for safety.
    for _ in 0..people.len() {
        let who = at(people, i).who;
        if who == i {
            break;
        }
        i = who;
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

//! The facts of all documents, merged and frozen.

use crate::facts::{Facts, in_sample, key, line_key, name_key, site_line_key, stem_key};
use hashbrown::{Equivalent, HashMap};
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// A person as the corpus knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownPerson {
    /// Family name as written.
    pub surname: String,
    /// Given name as written.
    pub given: String,
    /// Documents that name them in full.
    pub n_docs: u32,
    /// Times the full name stands in the corpus.
    pub count: u64,
    /// Roles beside the name, sorted, with the number of documents.
    pub roles: Vec<(String, u32)>,
    /// Sampled stem keys of the documents that name them, sorted; at most [`PROFILE`], the lowest. Only for names that
    /// are watched.
    pub profile: Vec<u64>,
}

/// What a document is about, to be compared with what the documents are about that name somebody: made once, because a
/// common family name has thousands of bearers.
#[derive(Debug, Clone, PartialEq)]
pub struct Matter {
    /// Sampled stem keys, sorted.
    sample: Vec<u64>,
    weights: Vec<f64>,
    /// Of the weights up to each.
    sums: Vec<f64>,
}

impl Matter {
    /// How much of the matter is that of a profile ([`KnownPerson::profile`]): the share, 0 to 1, of the weights of its
    /// rare stems that the profile holds.
    ///
    /// ```
    /// use decalque_evidence::{Facts, Gathered};
    /// let mut all = Gathered::default();
    /// (0..9).for_each(|_| all.add(&Facts::default()));
    /// let matter = all.freeze().matter(vec![1, 2]);
    /// assert_eq!((matter.story(&[]), matter.story(&[1]), matter.story(&[1, 2])), (0.0, 0.5, 1.0));
    /// ```
    pub fn story(&self, profile: &[u64]) -> f64 {
        // A full profile says nothing of keys above its last.
        let last = profile.last().copied().filter(|_| profile.len() >= PROFILE).unwrap_or(u64::MAX);
        let told = self.sample.partition_point(|&k| k <= last);
        let all = told.checked_sub(1).map_or(0.0, |i| self.sums[i]);
        let pairs = self.sample.iter().zip(&self.weights);
        let known = pairs.filter(|&(k, _)| profile.binary_search(k).is_ok());
        let shared: f64 = known.map(|(_, weight)| weight).sum();
        if all > 0.0 { shared / all } else { 0.0 }
    }
}

/// Most keys of a profile.
pub const PROFILE: usize = 400;

/// Facts of many documents, still growing. Merging is associative and commutative: the order of documents and threads
/// leaves no trace.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    n_docs: u64,
    people: HashMap<(String, String), KnownPerson, FxBuildHasher>,
    stems: FxHashMap<u64, u32>,
    lines: FxHashMap<u64, u32>,
    names: FxHashMap<u64, u32>,
    sources: BTreeMap<String, u32>,
    months: BTreeMap<i32, u32>,
    site_lines: FxHashMap<u64, u32>,
}

impl Gathered {
    /// Count one more document.
    ///
    /// ```
    /// # use decalque_evidence::{Facts, Gathered, stem_key};
    /// let mut all = Gathered::default();
    /// all.add(&Facts { stems: vec![stem_key("plan")], ..Facts::default() });
    /// assert_eq!(all.freeze().document_frequency("plan"), 1);
    /// ```
    pub fn add(&mut self, facts: &Facts) {
        self.add_watching(facts, |_| false);
    }

    /// Count one more document; of the people in it whose family name passes the test it is kept what their documents
    /// are about.
    ///
    /// ```
    /// # use decalque_evidence::{Facts, Gathered};
    /// let mut all = Gathered::default();
    /// all.add_watching(&Facts::default(), |surname| surname == "Peskov");
    /// assert_eq!(all.freeze().n_docs(), 1);
    /// ```
    pub fn add_watching(&mut self, facts: &Facts, is_watched: impl Fn(&str) -> bool) {
        self.add_apart(facts, is_watched, || facts.stems.iter().copied());
        let one = |&key: &u64| (key, 1);
        self.add_counts(facts.stems.iter().map(one), facts.names.iter().map(one));
    }

    /// Count a document, but for its stems and names; `stems` are the keys of its stems, which tell what it is about.
    pub(crate) fn add_apart<S: Iterator<Item = u64>>(
        &mut self,
        facts: &Facts,
        is_watched: impl Fn(&str) -> bool,
        stems: impl Fn() -> S,
    ) {
        self.n_docs += 1;
        facts.lines.iter().for_each(|&k| *self.lines.entry(k).or_default() += 1);
        let sample = OnceCell::new();
        for p in &facts.people {
            let watched = is_watched(&p.surname).then(|| sample.get_or_init(|| lowest(stems())));
            self.person(&p.surname, &p.given, |known| {
                known.n_docs += 1;
                known.count += u64::from(p.count);
                join(&mut known.profile, watched.map_or(&[], Vec::as_slice));
                p.roles.iter().for_each(|role| add_role(&mut known.roles, role, 1));
            });
        }
    }

    /// Add documents by the keys of stems and of names; a key may be there with none.
    pub(crate) fn add_counts(
        &mut self,
        stems: impl Iterator<Item = (u64, u32)>,
        names: impl Iterator<Item = (u64, u32)>,
    ) {
        let is_counted = |&(_, n): &(u64, u32)| n > 0;
        stems.filter(is_counted).for_each(|(key, n)| *self.stems.entry(key).or_default() += n);
        names.filter(is_counted).for_each(|(key, n)| *self.names.entry(key).or_default() += n);
    }

    /// Count where a document and its lines come from, and its month (in months since the year 0). Call it beside
    /// [`Gathered::add`], once a document.
    ///
    /// ```
    /// # use decalque_evidence::{Facts, Gathered, line_key};
    /// let mut all = Gathered::default();
    /// let facts = Facts { lines: vec![line_key("Photo of the day")], ..Facts::default() };
    /// (0..2).for_each(|_| all.add_origin(Some("tass.com"), None, &facts));
    /// assert_eq!(all.freeze().line_frequency_in("tass.com", "Photo of the day"), 2);
    /// ```
    pub fn add_origin(&mut self, source: Option<&str>, month: Option<i32>, facts: &Facts) {
        if let Some(source) = source {
            match self.sources.get_mut(source) {
                Some(n) => *n += 1,
                None => drop(self.sources.insert(source.to_owned(), 1)),
            }
            let count = |&line: &u64| *self.site_lines.entry(site_line_key(source, line)).or_default() += 1;
            facts.lines.iter().for_each(count);
        }
        if let Some(month) = month {
            *self.months.entry(month).or_default() += 1;
        }
    }

    /// Add to what is known of a person.
    fn person(&mut self, surname: &str, given: &str, add: impl FnOnce(&mut KnownPerson)) {
        match self.people.get_mut(&Named { surname, given }) {
            Some(known) => add(known),
            None => {
                let mut new = KnownPerson::new(surname, given);
                add(&mut new);
                self.people.insert((surname.to_owned(), given.to_owned()), new);
            }
        }
    }

    /// Take in what another worker gathered.
    ///
    /// ```
    /// # use decalque_evidence::{Facts, Gathered};
    /// let (mut a, mut b) = (Gathered::default(), Gathered::default());
    /// b.add(&Facts::default());
    /// a.merge(b);
    /// assert_eq!(a.freeze().n_docs(), 1);
    /// ```
    pub fn merge(&mut self, other: Self) {
        self.n_docs += other.n_docs;
        add_counts(&mut self.stems, other.stems);
        add_counts(&mut self.lines, other.lines);
        add_counts(&mut self.names, other.names);
        add_counts(&mut self.site_lines, other.site_lines);
        other.sources.into_iter().for_each(|(s, n)| *self.sources.entry(s).or_default() += n);
        other.months.into_iter().for_each(|(m, n)| *self.months.entry(m).or_default() += n);
        for p in other.people.into_values() {
            self.person(&p.surname, &p.given, |known| known.add(&p));
        }
    }

    /// About how many bytes it takes in memory.
    ///
    /// ```
    /// assert_eq!(decalque_evidence::Gathered::default().bytes(), 0);
    /// ```
    pub fn bytes(&self) -> usize {
        let counts = self.stems.len() + self.lines.len() + self.names.len() + self.site_lines.len();
        counts * COUNT_BYTES + self.people.len() * PERSON_BYTES
    }

    /// Take out what grows with the corpus, to be put aside: sums of several of these, by key, are what
    /// [`Gathered::freeze_with`] takes.
    ///
    /// ```
    /// # use decalque_evidence::{Facts, Gathered, stem_key};
    /// let mut all = Gathered::default();
    /// all.add(&Facts { stems: vec![stem_key("plan")], ..Facts::default() });
    /// let parts = all.take();
    /// assert_eq!(parts.stems, [(stem_key("plan"), 1)]);
    /// assert_eq!(all.freeze_with(parts).document_frequency("plan"), 1);
    /// ```
    pub fn take(&mut self) -> Parts {
        let mut people: Vec<KnownPerson> = std::mem::take(&mut self.people).into_values().collect();
        people.sort_unstable_by(|a, b| a.key().cmp(&b.key()));
        Parts {
            people,
            stems: sorted(std::mem::take(&mut self.stems)),
            lines: sorted(std::mem::take(&mut self.lines)),
            names: sorted(std::mem::take(&mut self.names)),
            site_lines: sorted(std::mem::take(&mut self.site_lines)),
        }
    }

    /// All of it at rest.
    ///
    /// ```
    /// assert_eq!(decalque_evidence::Gathered::default().snapshot(), Default::default());
    /// ```
    pub fn snapshot(mut self) -> Snapshot {
        let parts = self.take();
        Snapshot { n_docs: self.n_docs, sources: self.sources, months: self.months, parts }
    }

    /// Sort and close.
    pub fn freeze(mut self) -> Evidence {
        let parts = self.take();
        self.freeze_with(parts)
    }

    /// Close, with the sums of all that was taken out. Of more than [`MOST_PEOPLE`] names those that most documents have
    /// stay; of equals, the first in order.
    pub fn freeze_with(self, parts: Parts) -> Evidence {
        let mut people = parts.people;
        keep_known(&mut people, MOST_PEOPLE);
        people.sort_unstable_by(|a, b| a.key().cmp(&b.key()));
        Evidence {
            n_docs: self.n_docs,
            surnames: by_surname(&people),
            people,
            stems: parts.stems.into(),
            lines: repeated(parts.lines),
            names: parts.names.into(),
            sources: self.sources,
            months: self.months,
            site_lines: repeated(parts.site_lines),
        }
    }
}

fn by_surname(people: &[KnownPerson]) -> Counts {
    let same = people.chunk_by(|a, b| a.surname == b.surname);
    let mut counts: Vec<(u64, u32)> = same.map(|all| (key(&all[0].surname), all.len() as u32)).collect();
    counts.sort_unstable();
    counts.into()
}

/// Bytes that a count and a person take at most, with the room that maps leave free: measured (a person before roles were lists).
const COUNT_BYTES: usize = 24;
const PERSON_BYTES: usize = 400;

/// Most people that [`Evidence`] holds. News of some ten gigabytes name fewer; beyond, the rarest go.
pub const MOST_PEOPLE: usize = 500_000;

/// Leave the `most` people that most documents name, in no order. What is left of a part of the people and the others
/// is what is left of all, when their counts are final.
///
/// ```
/// # use decalque_evidence::{Facts, Gathered, keep_known};
/// let mut people = Gathered::default().take().people;
/// keep_known(&mut people, 10);
/// assert!(people.is_empty());
/// ```
pub fn keep_known(people: &mut Vec<KnownPerson>, most: usize) {
    if people.len() > most {
        let rank = |p: &KnownPerson| std::cmp::Reverse(p.n_docs);
        people.select_nth_unstable_by(most, |a, b| (rank(a), a.key()).cmp(&(rank(b), b.key())));
        people.truncate(most);
    }
}

/// Facts of many documents at rest, to be sent and put together elsewhere. Sorted: equal facts are equal bytes.
///
/// ```
/// use decalque_evidence::{Facts, Gathered, Snapshot};
/// let mut all = Gathered::default();
/// all.add(&Facts::default());
/// let sent = serde_json::to_string(&all.snapshot()).unwrap();
/// let there = Gathered::from(serde_json::from_str::<Snapshot>(&sent).unwrap());
/// assert_eq!(there.freeze().n_docs(), 1);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Number of documents.
    pub n_docs: u64,
    /// Documents by source.
    pub sources: BTreeMap<String, u32>,
    /// Documents by month, in months since the year 0.
    pub months: BTreeMap<i32, u32>,
    /// What grows with the corpus.
    pub parts: Parts,
}

impl From<Snapshot> for Gathered {
    fn from(at_rest: Snapshot) -> Self {
        let Snapshot { n_docs, sources, months, parts } = at_rest;
        let people = parts.people.into_iter().map(|p| ((p.surname.clone(), p.given.clone()), p)).collect();
        Self {
            n_docs,
            people,
            stems: parts.stems.into_iter().collect(),
            lines: parts.lines.into_iter().collect(),
            names: parts.names.into_iter().collect(),
            sources,
            months,
            site_lines: parts.site_lines.into_iter().collect(),
        }
    }
}

/// What grows with the corpus, sorted by key, each key once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// Everyone named in full.
    pub people: Vec<KnownPerson>,
    /// Documents by stem.
    pub stems: Vec<(u64, u32)>,
    /// Documents by line.
    pub lines: Vec<(u64, u32)>,
    /// Documents by word that is capitalised inside a sentence.
    pub names: Vec<(u64, u32)>,
    /// Documents by source and line.
    pub site_lines: Vec<(u64, u32)>,
}

/// Lines that stand in one document alone are nobody's.
fn repeated(mut counts: Vec<(u64, u32)>) -> Counts {
    counts.retain(|&(_, n)| n > 1);
    counts.into()
}

/// A key of the map of people, borrowed. Its hash is that of the pair of strings.
#[derive(Debug, Clone, Copy, Hash)]
struct Named<'a> {
    surname: &'a str,
    given: &'a str,
}

impl Equivalent<(String, String)> for Named<'_> {
    fn equivalent(&self, key: &(String, String)) -> bool {
        (self.surname, self.given) == (key.0.as_str(), key.1.as_str())
    }
}

impl KnownPerson {
    /// By what people are told apart, and sorted.
    pub fn key(&self) -> (&str, &str) {
        (&self.surname, &self.given)
    }

    /// Add what another part of the corpus knows of the same person.
    pub fn add(&mut self, other: &Self) {
        self.n_docs += other.n_docs;
        self.count += other.count;
        join(&mut self.profile, &other.profile);
        other.roles.iter().for_each(|(role, n)| add_role(&mut self.roles, role, *n));
    }

    fn new(surname: &str, given: &str) -> Self {
        let (surname, given) = (surname.to_owned(), given.to_owned());
        Self { surname, given, n_docs: 0, count: 0, roles: Vec::new(), profile: Vec::new() }
    }
}

/// Most people have one role, and many have none: a list takes a fifth of a map's memory.
fn add_role(roles: &mut Vec<(String, u32)>, role: &str, n: u32) {
    match roles.binary_search_by(|(known, _)| known.as_str().cmp(role)) {
        Ok(i) => roles[i].1 += n,
        Err(i) => {
            if roles.len() < 2 {
                roles.reserve_exact(1);
            }
            roles.insert(i, (role.to_owned(), n));
        }
    }
}

/// The lowest sampled keys of a document, sorted.
fn lowest(stems: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut sample: Vec<u64> = stems.filter(|&k| in_sample(k)).collect();
    sample.sort_unstable();
    sample.dedup();
    sample.truncate(PROFILE);
    sample
}

/// The lowest keys of both sorted lists: what a profile of all documents together would hold, in whatever order they
/// come.
fn join(to: &mut Vec<u64>, more: &[u64]) {
    let full = to.len() >= PROFILE && to.last() <= more.first();
    if full || more.is_empty() {
        return;
    }
    let (mut all, mut n, mut i, mut j) = ([0; PROFILE], 0, 0, 0);
    for slot in &mut all {
        let (Some(&a), Some(&b)) = (to.get(i), more.get(j)) else { break };
        *slot = a.min(b);
        (i, j, n) = (i + usize::from(a <= b), j + usize::from(b <= a), n + 1);
    }
    let rest = if i < to.len() { &to[i..] } else { &more[j..] };
    let rest = &rest[..rest.len().min(PROFILE - n)];
    let joined = [&all[..n], rest].concat();
    *to = joined;
}

#[expect(clippy::iter_over_hash_type, reason = "additions of integers commute")]
fn add_counts(to: &mut FxHashMap<u64, u32>, from: FxHashMap<u64, u32>) {
    if to.is_empty() {
        *to = from;
        return;
    }
    for (key, n) in from {
        *to.entry(key).or_default() += n;
    }
}

fn sorted(counts: FxHashMap<u64, u32>) -> Vec<(u64, u32)> {
    let mut list: Vec<_> = counts.into_iter().collect();
    list.sort_unstable();
    list
}

/// What the whole corpus knows; read-only, sorted, the same for any order of documents.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Evidence {
    n_docs: u64,
    people: Vec<KnownPerson>,
    /// People by the key of their family name.
    surnames: Counts,
    stems: Counts,
    lines: Counts,
    names: Counts,
    sources: BTreeMap<String, u32>,
    months: BTreeMap<i32, u32>,
    site_lines: Counts,
}

impl Evidence {
    /// Number of documents.
    pub const fn n_docs(&self) -> u64 {
        self.n_docs
    }

    /// Number of documents that hold a word with this stem.
    pub fn document_frequency(&self, stem: &str) -> u32 {
        self.stems.get(stem_key(stem))
    }

    /// Number of documents that hold this trimmed line; 0 when only one does.
    ///
    /// ```
    /// assert_eq!(decalque_evidence::Evidence::default().line_frequency("Read more"), 0);
    /// ```
    pub fn line_frequency(&self, line: &str) -> u32 {
        self.lines.get(line_key(line))
    }

    /// Number of documents of a source that hold this trimmed line; 0 when only one does.
    ///
    /// ```
    /// assert_eq!(decalque_evidence::Evidence::default().line_frequency_in("tass.com", "Read more"), 0);
    /// ```
    pub fn line_frequency_in(&self, source: &str, line: &str) -> u32 {
        self.site_lines.get(site_line_key(source, line_key(line)))
    }

    /// The sources of the documents, each with the number of its documents.
    ///
    /// ```
    /// assert!(decalque_evidence::Evidence::default().sources().is_empty());
    /// ```
    pub const fn sources(&self) -> &BTreeMap<String, u32> {
        &self.sources
    }

    /// The months of the documents, in months since the year 0, each with the number of its documents.
    ///
    /// ```
    /// assert!(decalque_evidence::Evidence::default().months().is_empty());
    /// ```
    pub const fn months(&self) -> &BTreeMap<i32, u32> {
        &self.months
    }

    /// Number of documents that have this word with a capital inside a sentence; given in lower case.
    ///
    /// ```
    /// assert_eq!(decalque_evidence::Evidence::default().name_frequency("peskov"), 0);
    /// ```
    pub fn name_frequency(&self, norm: &str) -> u32 {
        self.names.get(name_key(norm))
    }

    /// What a document is about: its sampled stem keys, sorted, each with its weight (inverse document frequency, Spärck Jones 1972).
    ///
    /// ```
    /// use decalque_evidence::Gathered;
    /// let evidence = Gathered::default().freeze();
    /// assert_eq!(evidence.matter(vec![1, 2]).story(&[1, 2]), 0.0);
    /// ```
    pub fn matter(&self, sample: Vec<u64>) -> Matter {
        let weight = |&k: &u64| {
            let df = f64::from(self.stems.get(k)).max(1.0);
            ((self.n_docs as f64 + 1.0) / (df + 0.5)).ln().max(0.0)
        };
        let weights: Vec<f64> = sample.iter().map(weight).collect();
        let sum = |sum: &mut f64, weight: &f64| {
            *sum += weight;
            Some(*sum)
        };
        let sums = weights.iter().scan(0.0, sum).collect();
        Matter { sample, weights, sums }
    }

    /// Everyone with this family name, as written, sorted by given name.
    ///
    /// ```
    /// assert!(decalque_evidence::Evidence::default().people_named("Peskov").is_empty());
    /// ```
    pub fn people_named(&self, surname: &str) -> &[KnownPerson] {
        // Most words that are asked about are nobody's name.
        if self.surnames.get(key(surname)) == 0 {
            return &[];
        }
        let start = self.people.partition_point(|p| p.surname.as_str() < surname);
        let len = self.people[start..].partition_point(|p| p.surname == surname);
        &self.people[start..start + len]
    }

    /// Everyone the corpus names in full, sorted by family name and given name.
    pub fn people(&self) -> &[KnownPerson] {
        &self.people
    }
}

/// Counts by key: sorted, with an index over the leading bits of the keys. Keys are hashes, spread evenly, so that a
/// bucket of the index holds a few neighbours in the list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<(u64, u32)>", into = "Vec<(u64, u32)>")]
struct Counts {
    list: Vec<(u64, u32)>,
    /// Where in the list each bucket begins; one more for the end.
    starts: Vec<u32>,
    /// Bits of a key that tell its bucket.
    bits: u32,
}

impl From<Vec<(u64, u32)>> for Counts {
    fn from(list: Vec<(u64, u32)>) -> Self {
        let bits = (list.len() / 4).max(1).ilog2();
        let mut starts = vec![0; (1 << bits) + 1];
        for &(key, _) in &list {
            starts[bucket(key, bits) + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        Self { list, starts, bits }
    }
}

impl From<Counts> for Vec<(u64, u32)> {
    fn from(counts: Counts) -> Self {
        counts.list
    }
}

impl Counts {
    fn get(&self, key: u64) -> u32 {
        let n = bucket(key, self.bits);
        let (Some(&from), Some(&to)) = (self.starts.get(n), self.starts.get(n + 1)) else { return 0 };
        let near = self.list.get(from as usize..to as usize).unwrap_or(&[]);
        near.binary_search_by_key(&key, |&(k, _)| k).map_or(0, |i| near[i].1)
    }
}

const fn bucket(key: u64, bits: u32) -> usize {
    if bits == 0 { 0 } else { (key >> (64 - bits)) as usize }
}

#[cfg(test)]
mod tests {
    use super::Counts;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counts_are_what_a_map_says(map in proptest::collection::btree_map(any::<u64>(), 1u32..9, 0..60), other in any::<u64>()) {
            let list: Vec<(u64, u32)> = map.clone().into_iter().collect();
            let counts = Counts::from(list.clone());
            prop_assert!(list.iter().all(|&(k, n)| counts.get(k) == n));
            prop_assert_eq!(counts.get(other), map.get(&other).copied().unwrap_or(0));
        }

        #[test]
        fn uneven_keys_are_found_too(map in proptest::collection::btree_map(0u64..99, 1u32..9, 0..60)) {
            let list: Vec<(u64, u32)> = map.clone().into_iter().collect();
            let counts = Counts::from(list);
            prop_assert!((0..99).all(|k| counts.get(k) == map.get(&k).copied().unwrap_or(0)));
        }
    }
}

//! Counting the words of the whole corpus for the table `terms`.

use crate::Error;
use crate::grouped::Grouped;
use crate::origin::Groups;
use crate::runs::{Key, Kind, Merge, push_record};
use crate::varint::{Reader, put, put_text};
use decalque_export::TermRows;
use decalque_text::{CorpusTerm, GroupCount, TermId, TokenKind, View, Vocabulary};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// Counts of a chunk by vocabulary ids: no hashing and no sorting while documents go by.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    words: Vec<Word>,
    /// Words that stand in the chunk. Their places here are their numbers.
    met: Vec<TermId>,
    /// Documents that were counted before the chunk.
    before: u32,
    documents: Vec<Counted>,
    /// The words of each document, one document after the other.
    log: Vec<Entry>,
}

/// A word of the vocabulary, and where it was last counted: all that a token needs, in one place.
#[derive(Debug, Clone, Copy)]
struct Word {
    is_stop: bool,
    /// The document, counted from 1 over all chunks; 0 for none.
    document: u32,
    /// Its entry in the log.
    at: u32,
    /// Its number in the chunk.
    number: u32,
}

/// A document that was counted.
#[derive(Debug, Clone, Copy)]
struct Counted {
    document: usize,
    words: u32,
    groups: [Option<u16>; 2],
    /// Where its entries end in the log.
    end: usize,
}

/// A word of one document.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// By its number in the chunk.
    word: u32,
    count: u32,
}

impl Tally {
    /// Count the words of one document, for the corpus and for its groups; what is no part of the article does not count.
    pub(crate) fn add(&mut self, view: &View, document: usize, groups: [Option<u16>; 2]) {
        self.learn(view.vocabulary);
        let number = self.before + self.documents.len() as u32 + 1;
        let (mut words, mut sentence, mut is_content) = (0, u32::MAX, false);
        for (token, &term) in view.tokens().iter().zip(view.terms) {
            if token.sentence != sentence {
                sentence = token.sentence;
                let at = view.layout.sentences.get(sentence as usize);
                is_content = at.is_some_and(|s| s.role.is_content());
            }
            if is_content && token.kind == TokenKind::Word {
                words += 1;
                self.count(term, number);
            }
        }
        self.documents.push(Counted { document, words, groups, end: self.log.len() });
    }

    /// Make room for the words that came since the last document.
    fn learn(&mut self, vocabulary: &Vocabulary) {
        let new = (self.words.len()..vocabulary.len()).map(|i| vocabulary.is_stop(TermId(i as u32)));
        self.words.extend(new.map(|is_stop| Word { is_stop, document: 0, at: 0, number: 0 }));
    }

    #[inline]
    fn count(&mut self, term: TermId, document: u32) {
        let Some(word) = self.words.get_mut(term.0 as usize).filter(|w| !w.is_stop) else { return };
        if word.document == document {
            self.log[word.at as usize].count += 1;
            return;
        }
        if word.document <= self.before {
            word.number = self.met.len() as u32;
            self.met.push(term);
        }
        (word.document, word.at) = (document, self.log.len() as u32);
        self.log.push(Entry { word: word.number, count: 1 });
    }
}

fn slot<T: Default + Clone>(list: &mut Vec<T>, id: u32) -> &mut T {
    let id = id as usize;
    if list.len() <= id {
        list.resize(id + 1, T::default());
    }
    &mut list[id]
}

/// What tallies counted.
#[derive(Debug, Default)]
pub(crate) struct Drained {
    /// Words, in all and by group.
    pub(crate) words: Words,
    /// The terms: a run for each language.
    pub(crate) terms: Vec<Vec<u8>>,
}

/// Words, in all and by group.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Words {
    all: u64,
    groups: Vec<u64>,
}

impl Words {
    pub(crate) fn merge(&mut self, other: &Self) {
        self.all += other.all;
        (0..).zip(&other.groups).for_each(|(g, n)| *slot(&mut self.groups, g) += n);
    }

    fn add(&mut self, document: &Counted) {
        let words = u64::from(document.words);
        self.all += words;
        document.groups.iter().flatten().for_each(|&g| *slot(&mut self.groups, g.into()) += words);
    }
}

impl Tally {
    /// Hand over all counts; the tally is then empty.
    pub(crate) fn drain(&mut self, vocabulary: &Vocabulary, to: &mut Drained) {
        self.documents.iter().for_each(|document| to.words.add(document));
        if !self.met.is_empty() {
            to.terms.push(self.run(vocabulary));
        }
        self.clear();
    }

    /// The stems of the chunk as one sorted run.
    fn run(&self, vocabulary: &Vocabulary) -> Vec<u8> {
        // All of them at once: so one need not wait for the other to come from memory.
        let norms: Vec<&str> = self.met.iter().map(|&id| vocabulary.stem(id)).collect();
        let mut order: Vec<(u64, &str, u32)> =
            (0..).zip(norms).map(|(i, norm)| (norm.head(), norm, i)).collect();
        order.sort_unstable();
        let (mut out, mut stem, by_word) = (Vec::new(), Stem::default(), self.by_word());
        for words in order.chunk_by(|a, b| a.0 == b.0 && a.1 == b.1) {
            let norm = words[0].1;
            let words = words.iter().map(|&(_, _, number)| {
                let surface = self.met.get(number as usize).map_or("", |&id| vocabulary.surface(id));
                (surface, by_word.get(number))
            });
            push_record(&mut out, |out| {
                put_text(out, norm);
                stem.write(words, &self.documents, out);
            });
        }
        out
    }

    /// The entries of the log by word, each with its document.
    fn by_word(&self) -> Grouped<DocumentCount> {
        let starts = std::iter::once(0).chain(self.documents.iter().map(|d| d.end));
        let of_documents = (0..).zip(self.documents.iter().zip(starts));
        let entries = of_documents.flat_map(|(document, (counted, start))| {
            let own = self.log.get(start..counted.end).unwrap_or_default();
            own.iter().map(move |e| (e.word, DocumentCount { document, count: e.count }))
        });
        Grouped::of(self.met.len(), entries)
    }

    /// Begin a new chunk. What words hold of this one is known by its documents, and stays.
    fn clear(&mut self) {
        self.before += self.documents.len() as u32;
        self.met.clear();
        self.documents.clear();
        self.log.clear();
    }
}

/// How often something stands in a document, which is told by its number in the chunk.
#[derive(Debug, Clone, Copy, Default)]
struct DocumentCount {
    document: u32,
    count: u32,
}

impl DocumentCount {
    /// Whether the other is of the same document; then it is added.
    fn takes_in(&mut self, other: Self) -> bool {
        let is_same = self.document == other.document;
        self.count += if is_same { other.count } else { 0 };
        is_same
    }
}

/// Puts the words of a stem together; used for one stem after the other.
#[derive(Debug, Default)]
struct Stem<'v> {
    /// By spelling.
    words: SmallVec<[(&'v str, u32); 4]>,
    /// By document.
    entries: Vec<DocumentCount>,
    groups: ByGroup,
}

impl<'v> Stem<'v> {
    /// Write what stands behind a stem in its record: of words, each with where it stands.
    fn write<'e>(
        &mut self,
        words: impl ExactSizeIterator<Item = (&'v str, &'e [DocumentCount])>,
        documents: &[Counted],
        out: &mut Vec<u8>,
    ) {
        self.words.clear();
        self.entries.clear();
        for (surface, entries) in words {
            self.words.push((surface, entries.iter().map(|e| e.count).sum()));
            self.entries.extend_from_slice(entries);
        }
        if self.words.len() > 1 {
            self.words.sort_unstable();
            // Those of each word are sorted: this sort finds them so, and merges.
            self.entries.sort_by_key(|e| e.document);
            self.entries.dedup_by(|next, kept| kept.takes_in(*next));
        }
        self.sums(documents).write(out);
        self.groups.write(out);
        put_surfaces(out, &self.words);
    }

    /// Sum up the entries; the counts by group go into their table.
    fn sums(&mut self, documents: &[Counted]) -> Sums {
        let mut sums = Sums::default();
        for &DocumentCount { document, count } in &self.entries {
            let Some(&Counted { document, words, groups, .. }) = documents.get(document as usize) else {
                continue;
            };
            sums.docs += 1;
            sums.count += u64::from(count);
            sums.peak = sums.peak.best(Peak { count, words, document });
            groups.into_iter().flatten().for_each(|group| self.groups.add(group, count));
        }
        sums
    }
}

/// Write the spellings of a stem, which are sorted; one can be there twice, from sentences of two languages.
fn put_surfaces(out: &mut Vec<u8>, surfaces: &[(&str, u32)]) {
    let distinct = || surfaces.chunk_by(|a, b| a.0 == b.0);
    put(out, distinct().count() as u64);
    for same in distinct() {
        put_text(out, same[0].0);
        put(out, same.iter().map(|s| u64::from(s.1)).sum());
    }
}

/// What is counted of one stem, without its groups and spellings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sums {
    docs: u64,
    count: u64,
    peak: Peak,
}

/// Where a stem stands most often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Peak {
    count: u32,
    /// Words of that document.
    words: u32,
    document: usize,
}

impl Peak {
    /// The higher count; of equals, the document that comes first.
    fn best(self, other: Self) -> Self {
        let wins =
            (other.count, std::cmp::Reverse(other.document)) > (self.count, std::cmp::Reverse(self.document));
        if wins { other } else { self }
    }
}

impl Sums {
    fn write(&self, out: &mut Vec<u8>) {
        let Peak { count, words, document } = self.peak;
        [self.docs, self.count, count.into(), words.into(), document as u64]
            .into_iter()
            .for_each(|n| put(out, n));
    }

    fn read(record: &mut Reader<'_>) -> Option<Self> {
        let (docs, count) = (record.number()?, record.number()?);
        let peak = Peak { count: record.small()?, words: record.small()?, document: record.small()? };
        Some(Self { docs, count, peak })
    }

    fn add(&mut self, more: Self) {
        self.docs += more.docs;
        self.count += more.count;
        self.peak = self.peak.best(more.peak);
    }
}

/// A stem in the documents of one group: a source or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Cell {
    group: u16,
    docs: u32,
    count: u32,
}

impl Cell {
    fn write(self, out: &mut Vec<u8>) {
        [self.group.into(), self.docs.into(), self.count.into()].into_iter().for_each(|n| put(out, n));
    }

    fn read(record: &mut Reader<'_>) -> Option<Self> {
        Some(Self { group: record.small()?, docs: record.small()?, count: record.small()? })
    }

    fn add(&mut self, more: Self) {
        self.docs = self.docs.saturating_add(more.docs);
        self.count = self.count.saturating_add(more.count);
    }
}

/// A stem's counts by group while they are summed up: a place for each group, used for one stem after the other.
#[derive(Debug, Default)]
struct ByGroup {
    cells: Vec<Cell>,
    used: Vec<u16>,
}

impl ByGroup {
    fn add(&mut self, group: u16, count: u32) {
        let cell = slot(&mut self.cells, group.into());
        if cell.docs == 0 {
            self.used.push(group);
        }
        cell.add(Cell { group, docs: 1, count });
    }

    /// Write the counts sorted by group, and forget them.
    fn write(&mut self, out: &mut Vec<u8>) {
        self.used.sort_unstable();
        put(out, self.used.len() as u64);
        for group in self.used.drain(..) {
            let cell = std::mem::take(slot(&mut self.cells, group.into()));
            Cell { group, ..cell }.write(out);
        }
    }
}

/// What is counted of one stem.
#[derive(Debug, Clone, Default)]
pub(crate) struct Term<'a> {
    norm: &'a str,
    sums: Sums,
    /// By group, sorted by its number.
    cells: SmallVec<[Cell; 8]>,
    /// Times it stands in each spelling, sorted by it.
    surfaces: SmallVec<[(&'a str, u64); 4]>,
}

/// The records of terms.
pub(crate) struct Terms;

impl Kind for Terms {
    /// The stem's bytes, which are ordered as the stem is.
    type Key<'a> = &'a [u8];
    type Value<'a> = Term<'a>;

    fn key(record: &[u8]) -> Option<&[u8]> {
        Reader(record).bytes()
    }

    fn read(record: &[u8]) -> Option<Term<'_>> {
        let (mut term, mut rest) = (Term::default(), Reader(record));
        term.norm = rest.text()?;
        term.add(rest)?;
        Some(term)
    }

    fn add<'a>(term: &mut Term<'a>, record: &'a [u8]) -> Option<()> {
        let mut rest = Reader(record);
        rest.bytes()?;
        term.add(rest)
    }

    fn write(term: &Term<'_>, out: &mut Vec<u8>) {
        put_text(out, term.norm);
        term.sums.write(out);
        put(out, term.cells.len() as u64);
        term.cells.iter().for_each(|cell| cell.write(out));
        put(out, term.surfaces.len() as u64);
        for &(surface, count) in &term.surfaces {
            put_text(out, surface);
            put(out, count);
        }
    }
}

impl<'a> Term<'a> {
    /// Add what stands in a record behind the stem.
    fn add(&mut self, mut record: Reader<'a>) -> Option<()> {
        self.sums.add(Sums::read(&mut record)?);
        let mut at = 0;
        for _ in 0..record.number()? {
            let cell = Cell::read(&mut record)?;
            add_sorted(&mut self.cells, &mut at, cell, |cell| cell.group, |same| same.add(cell));
        }
        at = 0;
        for _ in 0..record.number()? {
            let surface = (record.text()?, record.number()?);
            add_sorted(&mut self.surfaces, &mut at, surface, |s| s.0, |same| same.1 += surface.1);
        }
        Some(())
    }
}

/// Add an item to a list sorted by key, in which `at` is before its place: to the item of the same key, else as a new one.
fn add_sorted<A: smallvec::Array<Item: Copy>, K: Ord>(
    to: &mut SmallVec<A>,
    at: &mut usize,
    item: A::Item,
    key: impl Fn(&A::Item) -> K,
    add: impl FnOnce(&mut A::Item),
) {
    *at += to[*at..].iter().take_while(|other| key(other) < key(&item)).count();
    match to.get_mut(*at).filter(|other| key(other) == key(&item)) {
        Some(same) => add(same),
        None => to.insert(*at, item),
    }
}

/// Makes rows of `terms`.
#[derive(Debug)]
pub(crate) struct RowMaker<'a, F> {
    /// Those of the whole corpus.
    words: &'a Words,
    names: &'a Groups,
    doc_id: F,
    sources: Vec<GroupCount<'a>>,
    months: Vec<GroupCount<'a>>,
}

impl<'a, F: Fn(usize) -> &'a str> RowMaker<'a, F> {
    /// `doc_id` tells the id of a document by its number.
    pub(crate) fn new(words: &'a Words, names: &'a Groups, doc_id: F) -> Self {
        Self { words, names, doc_id, sources: Vec::new(), months: Vec::new() }
    }

    /// The next rows of the table, so many at most; none at the end.
    pub(crate) fn fill(&mut self, terms: &mut Merge<Terms>, most: usize) -> Result<TermRows, Error> {
        let mut rows = TermRows::default();
        while rows.len() < most
            && let Some(term) = terms.next()?
        {
            rows.push(&self.row(&term));
        }
        Ok(rows)
    }

    fn row<'t>(&'t mut self, term: &'t Term<'_>) -> CorpusTerm<'t> {
        let Sums { docs, count, peak } = term.sums;
        let first_month = term.cells.partition_point(|c| !self.names.is_month(c.group));
        let (sources, months) = term.cells.split_at(first_month);
        self.words.compare(sources, count, self.names, &mut self.sources);
        self.words.compare(months, count, self.names, &mut self.months);
        CorpusTerm {
            surface: term.most_frequent(),
            norm: term.norm,
            n_docs: docs,
            count,
            keyness: log_likelihood(u64::from(peak.count), u64::from(peak.words), count, self.words.all),
            key_doc: (self.doc_id)(peak.document),
            sources: &self.sources,
            months: &self.months,
        }
    }
}

impl Term<'_> {
    /// The most frequent spelling, of equals the first; empty when there is none.
    fn most_frequent(&self) -> &str {
        let most = self.surfaces.iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
        most.map_or("", |s| s.0)
    }
}

impl Words {
    /// A term's counts in each group, with its keyness there; where it stands out most comes first.
    fn compare<'a>(&self, cells: &[Cell], count: u64, names: &'a Groups, out: &mut Vec<GroupCount<'a>>) {
        let one = |cell: &Cell| {
            let words = self.groups.get(usize::from(cell.group)).copied().unwrap_or(0);
            let keyness = signed_log_likelihood(u64::from(cell.count), words, count, self.all);
            let group = names.name(cell.group);
            GroupCount { group, n_docs: u64::from(cell.docs), count: u64::from(cell.count), keyness }
        };
        out.clear();
        out.extend(cells.iter().map(one));
        out.sort_unstable_by(|a, b| b.keyness.total_cmp(&a.keyness).then_with(|| a.group.cmp(b.group)));
    }
}

/// [`log_likelihood`], negative when the word is rarer in the part than in the rest.
fn signed_log_likelihood(part: u64, part_words: u64, whole: u64, whole_words: u64) -> f64 {
    let is_rarer = u128::from(part) * u128::from(whole_words) < u128::from(whole) * u128::from(part_words);
    let size = log_likelihood(part, part_words, whole, whole_words);
    // Not -0.0, which sorts and prints otherwise.
    if is_rarer && size > 0.0 { -size } else { size }
}

/// Log-likelihood G² of a word that stands `part` times in `part_words` words and `whole` times in all `whole_words`
/// (Dunning 1993; the two-cell form of Rayson and Garside 2000). 0 when the part is the whole.
fn log_likelihood(part: u64, part_words: u64, whole: u64, whole_words: u64) -> f64 {
    let (a, b) = (part as f64, (whole - part.min(whole)) as f64);
    let (c, d) = (part_words as f64, (whole_words - part_words.min(whole_words)) as f64);
    if d == 0.0 {
        return 0.0;
    }
    let expected = |n: f64| n * (a + b) / (c + d);
    let cell = |seen: f64, n: f64| if seen > 0.0 { seen * (seen / expected(n)).ln() } else { 0.0 };
    // Rounded: the last bits of a logarithm differ between platforms.
    (2.0 * (cell(a, c) + cell(b, d)) * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;
    use decalque_text::{Form, Layout, Role, Sentence, Span, Token};
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    const BODY: Sentence =
        Sentence { span: Span::new(0, 1), paragraph: 0, role: Role::Body, first_token: 0, end_token: 0 };

    /// A word and whether it stands in a part that counts.
    type Doc = (Vec<(u8, bool)>, [Option<u16>; 2]);

    /// Words by number: `a`, `A`, `b`, `B`, ...; each letter a stem, the last of them a function word.
    fn surface(word: u8) -> String {
        let letter = char::from(b'a' + word / 2);
        if word.is_multiple_of(2) { letter.into() } else { letter.to_ascii_uppercase().into() }
    }

    fn counted(tally: &mut Tally, words: &mut Vocabulary, number: usize, (doc, groups): &Doc) {
        let analyse = |s: &str| Form { stem: s.to_lowercase(), is_stop: s == "f", ..Form::default() };
        let terms: Vec<TermId> = doc.iter().map(|&(w, _)| words.intern(&surface(w), analyse)).collect();
        let sentence = |role| Sentence { role, ..BODY };
        let token = |&(_, counts): &(u8, bool)| Token {
            span: Span::new(0, 1),
            kind: TokenKind::Word,
            sentence: u32::from(counts),
        };
        let sentences = vec![sentence(Role::Boilerplate), sentence(Role::Body)];
        let layout = Layout { tokens: doc.iter().map(token).collect(), sentences };
        tally.add(&View { text: "", layout: &layout, terms: &terms, vocabulary: words }, number, *groups);
    }

    /// All records of the runs of chunks, added up.
    fn summed(runs: &[Vec<u8>]) -> BTreeMap<&str, Term<'_>> {
        let mut all = BTreeMap::<&str, Term<'_>>::new();
        for mut rest in runs.iter().map(Vec::as_slice) {
            let mut last = "";
            while let Some((length, body)) = rest.split_first_chunk() {
                let (record, after) = body.split_at(u32::from_le_bytes(*length) as usize);
                let term = Terms::read(record).unwrap();
                assert!(last < term.norm && Terms::key(record) == Some(term.norm.as_bytes()));
                (rest, last) = (after, term.norm);
                match all.get_mut(last) {
                    Some(same) => Terms::add(same, record).unwrap(),
                    None => drop(all.insert(last, term)),
                }
            }
        }
        all
    }

    proptest! {
        #[test]
        fn counts_are_what_one_by_one_gives(docs in prop::collection::vec((prop::collection::vec((0u8..12, any::<bool>()), 0..30),
            (prop::option::of(0u16..3), prop::option::of(3u16..6)).prop_map(|(a, b)| [a, b])), 0..9), chunk in 1usize..4) {
            let (mut tally, mut words, mut drained) = (Tally::default(), Vocabulary::default(), Drained::default());
            for (n, docs) in docs.chunks(chunk).enumerate() {
                (0..).zip(docs).for_each(|(i, doc)| counted(&mut tally, &mut words, n * chunk + i, doc));
                tally.drain(&words, &mut drained);
            }
            let of = |norm: &str, doc: &Doc| doc.0.iter().filter(|w| w.1 && w.0 != 10 && surface(w.0).to_lowercase() == norm).count();
            let all = summed(&drained.terms);
            let kept = docs.iter().flat_map(|d| &d.0).filter(|w| w.1 && w.0 != 10).map(|w| surface(w.0).to_lowercase());
            prop_assert_eq!(all.keys().map(|s| (*s).to_owned()).collect::<BTreeSet<_>>(), kept.collect());
            prop_assert_eq!(drained.words.all as usize, docs.iter().flat_map(|d| &d.0).filter(|w| w.1).count());
            for (norm, term) in all {
                let with: Vec<(usize, usize, &Doc)> = docs.iter().enumerate().map(|(i, d)| (of(norm, d), i, d)).filter(|d| d.0 > 0).collect();
                let count: usize = with.iter().map(|d| d.0).sum();
                prop_assert_eq!((term.sums.docs as usize, term.sums.count as usize), (with.len(), count));
                let best = with.iter().max_by_key(|d| (d.0, std::cmp::Reverse(d.1))).unwrap();
                prop_assert_eq!((term.sums.peak.count as usize, term.sums.peak.document), (best.0, best.1));
                prop_assert_eq!(term.sums.peak.words as usize, best.2.0.iter().filter(|w| w.1).count());
                for group in 0..6 {
                    let own: Vec<usize> = with.iter().filter(|d| d.2.1.contains(&Some(group))).map(|d| d.0).collect();
                    let cell = term.cells.iter().find(|c| c.group == group).map_or((0, 0), |c| (c.docs as usize, c.count as usize));
                    prop_assert_eq!(cell, (own.len(), own.iter().sum()));
                }
                prop_assert_eq!(term.surfaces.iter().map(|s| s.1 as usize).sum::<usize>(), count);
                prop_assert!(term.surfaces.is_sorted_by(|a, b| a.0 < b.0) && term.cells.is_sorted_by(|a, b| a.group < b.group));
                let mut again = Vec::new();
                Terms::write(&term, &mut again);
                prop_assert_eq!(format!("{:?}", Terms::read(&again)), format!("{:?}", Some(&term)));
            }
        }
    }

    #[test]
    fn a_word_of_two_languages_is_one_spelling() {
        let (mut tally, mut words) = (Tally::default(), Vocabulary::default());
        let stem = |_: &str| Form { stem: "a".into(), ..Form::default() };
        let [one, other] =
            [words.intern("a", stem), words.intern_in(decalque_text::Lang::new("de"), "a", stem)];
        let token = Token { span: Span::new(0, 1), kind: TokenKind::Word, sentence: 0 };
        let layout = Layout { tokens: vec![token; 2], sentences: vec![BODY] };
        tally.add(
            &View { text: "", layout: &layout, terms: &[one, other], vocabulary: &words },
            0,
            [None; 2],
        );
        let mut drained = Drained::default();
        tally.drain(&words, &mut drained);
        assert_eq!(summed(&drained.terms)["a"].surfaces.as_slice(), [("a", 2)]);
    }

    #[test]
    fn log_likelihood_is_zero_for_an_even_spread_and_grows_with_the_surplus() {
        assert_eq!(log_likelihood(5, 100, 10, 200), 0.0);
        assert_eq!(log_likelihood(5, 100, 5, 100), 0.0);
        let (some, more) = (log_likelihood(10, 100, 12, 1000), log_likelihood(12, 100, 12, 1000));
        assert!(some > 20.0 && more > some, "{some} {more}");
    }

    /// A table of two corpora of 1,000 and 3,000 words with 20 and 10 hits, by the formula of Rayson and Garside (2000):
    /// E1 = 7.5, E2 = 22.5, LL = 2 (20 ln(20/7.5) + 10 ln(10/22.5)).
    #[test]
    fn log_likelihood_is_that_of_the_paper() {
        let want = 2.0 * (20.0 * (20.0_f64 / 7.5).ln() + 10.0 * (10.0_f64 / 22.5).ln());
        assert!((log_likelihood(20, 1000, 30, 4000) - want).abs() < 1e-6);
        assert!((signed_log_likelihood(20, 1000, 30, 4000) - want).abs() < 1e-6);
        assert!((signed_log_likelihood(10, 3000, 30, 4000) + want).abs() < 1e-6);
        assert_eq!(signed_log_likelihood(0, 0, 3, 10).to_bits(), 0.0_f64.to_bits());
    }
}

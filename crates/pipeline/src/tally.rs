//! Counting the words of the whole corpus for the table `terms`.

use crate::origin::Groups;
use crate::runs::Sum;
use crate::surfaces::Surfaces;
use decalque_text::{CorpusTerm, GroupCount, TermId, TokenKind, View, Vocabulary};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// Where a stem stands most often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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

/// A stem in the documents of one group: a source or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Cell {
    group: u16,
    docs: u32,
    count: u32,
}

/// Counts by group, sorted by its number. Most words are rare: one source and one month take no room of their own.
type Cells = SmallVec<[Cell; 2]>;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Stem {
    docs: u64,
    count: u64,
    peak: Peak,
    cells: Cells,
}

impl Stem {
    fn add_to_group(&mut self, more: Cell) {
        match self.cells.binary_search_by_key(&more.group, |c| c.group) {
            Ok(i) => {
                self.cells[i].docs = self.cells[i].docs.saturating_add(more.docs);
                self.cells[i].count = self.cells[i].count.saturating_add(more.count);
            }
            Err(i) => self.cells.insert(i, more),
        }
    }

    fn merge(&mut self, more: &Self) {
        self.docs += more.docs;
        self.count += more.count;
        self.peak = self.peak.best(more.peak);
        more.cells.iter().for_each(|&cell| self.add_to_group(cell));
    }
}

/// A stem of one document, for one of its groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    stem: u32,
    group: u16,
    count: u32,
}

/// Entries that wait to be sorted into the counts by group: one after the other they would each miss the caches.
const WAITING: usize = 1 << 18;

/// Counts by vocabulary ids: no hashing while documents go by.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    words: u64,
    surfaces: Vec<u64>,
    stems: Vec<Stem>,
    waiting: Vec<Entry>,
    /// Words of each group.
    groups: Vec<u64>,
}

impl Tally {
    /// Count the words of one document, for the corpus and for its groups; what is no part of the article does not count.
    pub(crate) fn add(&mut self, view: &View, document: usize, groups: [Option<u16>; 2]) {
        let sentences = &view.layout.sentences;
        let counts = |s: u32| sentences.get(s as usize).is_some_and(|s| s.role.is_content());
        let words = view
            .tokens()
            .iter()
            .zip(view.terms)
            .filter(|(t, _)| t.kind == TokenKind::Word && counts(t.sentence));
        let mut terms: Vec<TermId> = words.map(|(_, &t)| t).collect();
        let total = terms.len() as u32;
        self.words += u64::from(total);
        let groups = groups.into_iter().flatten();
        groups.clone().for_each(|g| *slot(&mut self.groups, u32::from(g)) += u64::from(total));
        terms.sort_unstable();
        let mut by_stem: Vec<(u32, u32)> = Vec::new();
        for same in terms.chunk_by(|a, b| a == b) {
            let (term, n) = (same[0], same.len());
            if !view.vocabulary.is_stop(term) {
                *slot(&mut self.surfaces, term.0) += n as u64;
                by_stem.push((view.vocabulary.stem_id(term), n as u32));
            }
        }
        by_stem.sort_unstable();
        for same in by_stem.chunk_by(|a, b| a.0 == b.0) {
            let count: u32 = same.iter().map(|&(_, n)| n).sum();
            let stem = slot(&mut self.stems, same[0].0);
            stem.docs += 1;
            stem.count += u64::from(count);
            stem.peak = stem.peak.best(Peak { count, words: total, document });
            self.waiting.extend(groups.clone().map(|group| Entry { stem: same[0].0, group, count }));
        }
        if self.waiting.len() >= WAITING {
            self.settle();
        }
    }

    /// Sort what waits into the counts by group.
    fn settle(&mut self) {
        self.waiting.sort_unstable();
        for same in self.waiting.chunk_by(|a, b| (a.stem, a.group) == (b.stem, b.group)) {
            let count = same.iter().fold(0_u32, |n, e| n.saturating_add(e.count));
            let cell = Cell { group: same[0].group, docs: same.len() as u32, count };
            slot(&mut self.stems, same[0].stem).add_to_group(cell);
        }
        self.waiting.clear();
    }
}

fn slot<T: Default + Clone>(list: &mut Vec<T>, id: u32) -> &mut T {
    let id = id as usize;
    if list.len() <= id {
        list.resize(id + 1, T::default());
    }
    &mut list[id]
}

/// What a tally counted, by the words themselves.
#[derive(Debug, Default)]
pub(crate) struct Drained {
    /// Words, in all and by group.
    pub(crate) words: Words,
    /// In no order; a stem can be there once a language.
    pub(crate) terms: Vec<Term>,
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
}

impl Tally {
    /// Hand over all counts; the tally is then empty.
    pub(crate) fn drain(&mut self, vocabulary: &Vocabulary, to: &mut Drained) {
        self.settle();
        to.words
            .merge(&Words { all: std::mem::take(&mut self.words), groups: std::mem::take(&mut self.groups) });
        let counted = self.surfaces.iter().enumerate().filter(|&(_, &n)| n > 0);
        let mut ids: Vec<(u32, TermId)> =
            counted.map(|(i, _)| TermId(i as u32)).map(|id| (vocabulary.stem_id(id), id)).collect();
        ids.sort_unstable();
        for same in ids.chunk_by(|a, b| a.0 == b.0) {
            let stem = std::mem::take(slot(&mut self.stems, same[0].0));
            let norm = vocabulary.word(same[0].1).stem.to_owned();
            let mut surface = |&(_, id): &(u32, TermId)| {
                (vocabulary.word(id).surface.to_owned(), std::mem::take(slot(&mut self.surfaces, id.0)))
            };
            let surfaces = same.iter().map(&mut surface).collect();
            to.terms.push(Term { norm, stem, surfaces });
        }
    }
}

/// What is counted of one stem.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Term {
    norm: String,
    stem: Stem,
    surfaces: Surfaces,
}

impl Sum for Term {
    type Key<'a> = &'a str;

    fn key(&self) -> &str {
        &self.norm
    }

    fn add(&mut self, other: Self) {
        self.stem.merge(&other.stem);
        self.surfaces.merge(other.surfaces);
    }
}

impl Term {
    /// The row of `terms`; `words` are those of the whole corpus. Its lists may be many times larger than the counts.
    pub(crate) fn row(self, words: &Words, names: &Groups, doc_id: impl Fn(usize) -> String) -> CorpusTerm {
        let Stem { docs, count, peak, cells } = self.stem;
        let keyness = log_likelihood(u64::from(peak.count), u64::from(peak.words), count, words.all);
        let (months, sources) = cells.iter().partition(|c| names.is_month(c.group));
        CorpusTerm {
            surface: self.surfaces.most_frequent(),
            norm: self.norm,
            n_docs: docs,
            count,
            keyness,
            key_doc: doc_id(peak.document),
            sources: words.compare(sources, count, names),
            months: words.compare(months, count, names),
        }
    }
}

impl Words {
    /// A term's counts in each group, with its keyness there; where it stands out most comes first.
    fn compare(&self, cells: Vec<Cell>, count: u64, names: &Groups) -> Vec<GroupCount> {
        let one = |cell: Cell| {
            let words = self.groups.get(usize::from(cell.group)).copied().unwrap_or(0);
            let keyness = signed_log_likelihood(u64::from(cell.count), words, count, self.all);
            let group = names.name(cell.group);
            GroupCount { group, n_docs: u64::from(cell.docs), count: u64::from(cell.count), keyness }
        };
        let mut all: Vec<GroupCount> = cells.into_iter().map(one).collect();
        all.sort_by(|a, b| b.keyness.total_cmp(&a.keyness).then_with(|| a.group.cmp(&b.group)));
        all
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
    use super::{log_likelihood, signed_log_likelihood};

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

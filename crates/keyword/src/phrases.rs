//! Candidates: the phrases of a document and what can be counted of them.

use crate::form::Marks;
use crate::memo::NONE;
use crate::runs::{Run, Runs, Word};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Longest phrase, in words.
pub(crate) const LONGEST: usize = 6;

/// Phrases that room is always kept for.
const ROOM: usize = 500;

/// A phrase by its stems, with its counts. Words are indices into the words of the runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Phrase {
    /// Number of words.
    pub(crate) len: u32,
    /// Times it stands in the document; 0 when it is only the beginning of others.
    pub(crate) count: u32,
    /// Times it stands as a whole noun phrase, not inside a longer one.
    pub(crate) whole: u32,
    /// Times all its words are names.
    pub(crate) names: u32,
    /// Times in the title or a heading.
    pub(crate) titles: u32,
    /// Times right before `of`.
    pub(crate) before_of: u32,
    /// Times right before a mark or the end of its sentence.
    pub(crate) before_mark: u32,
    /// First word of its first occurrence.
    pub(crate) first: u32,
    /// Number of content sentences before its first.
    pub(crate) first_sentence: u32,
    /// The count of the most frequent phrase that is one word longer.
    pub(crate) longer: u32,
    /// The phrase it is counted under; [`NONE`] when that is itself.
    pub(crate) folded_into: u32,
    /// The occurrence found last; [`NONE`] while there is one alone, which is the first.
    pub(crate) last: u32,
}

impl Phrase {
    const fn new(len: u32) -> Self {
        Self {
            len,
            count: 0,
            whole: 0,
            names: 0,
            titles: 0,
            before_of: 0,
            before_mark: 0,
            first: 0,
            first_sentence: 0,
            longer: 0,
            folded_into: NONE,
            last: NONE,
        }
    }

    /// The words of its first occurrence.
    pub(crate) const fn words(&self) -> Range<usize> {
        self.first as usize..self.first as usize + self.len as usize
    }

    /// How often it stands for one part in all its occurrences: `self.whole`, `self.names`…
    pub(crate) fn share(&self, part: u32) -> f64 {
        match self.count {
            // Most phrases: a division saved.
            0 | 1 => f64::from(part),
            count => f64::from(part) / f64::from(count),
        }
    }
}

/// One occurrence of a phrase that has several.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Occurrence {
    /// Its first word.
    pub(crate) word: u32,
    /// The one found before it; [`NONE`] when it was found first.
    pub(crate) before: u32,
}

/// All phrases of a document.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    /// The phrases; those of one word come first, numbered as the stems are.
    pub(crate) all: Vec<Phrase>,
    /// Where those that stand more than once stand.
    pub(crate) occurrences: Vec<Occurrence>,
    /// A phrase and one more stem make a longer phrase: a trie, so that no phrase is hashed as a whole. A phrase with a
    /// stem that the document has once stands once itself, and is in no need of being found again.
    children: FxHashMap<(u32, u32), u32>,
}

/// A phrase that grows by a word at a time, in one place.
struct Growing<'a> {
    words: &'a [Word],
    run: &'a Run,
    start: usize,
    end: usize,
    /// The phrase; [`NONE`] when it stands once and is not counted.
    id: u32,
    /// False when one of its stems stands once.
    may_repeat: bool,
    /// Something in it names a thing.
    has_thing: bool,
    is_named: bool,
}

impl Phrases {
    /// Count the candidates of every run, in the place of those of an earlier document.
    pub(crate) fn collect(&mut self, runs: &Runs) {
        self.clear(runs.words.len());
        self.all.resize(runs.stems.len(), Phrase::new(1));
        runs.all.iter().for_each(|run| self.add(runs, run));
    }

    /// Forget the phrases and keep the room they took, unless a huge document left too much of it: emptying a table
    /// takes as long as it is large.
    fn clear(&mut self, expected: usize) {
        if self.children.capacity() > 16 * expected.max(ROOM) {
            *self = Self::default();
        }
        self.all.clear();
        self.occurrences.clear();
        self.children.clear();
    }

    /// Count the phrases that lie in a run. Every phrase is a shorter one and a word more, so each start takes at
    /// most [`LONGEST`] steps.
    fn add(&mut self, runs: &Runs, run: &Run) {
        // The phrases of the last starts by length; no phrase looks further ahead than its own end.
        let mut rows = [[NONE; LONGEST]; LONGEST];
        let mut phrase = Growing::new(&runs.words, run);
        for start in (run.start as usize..run.end as usize).rev() {
            phrase.begin(start);
            let row = start % LONGEST;
            rows[row] = [NONE; LONGEST];
            for (len, _) in (start..run.end as usize).take(LONGEST).enumerate() {
                self.grow(runs, &mut phrase);
                if phrase.is_phrase() {
                    self.count(&mut phrase);
                    rows[row][len] = phrase.id;
                    self.note_longer(&phrase, &rows);
                } else if !phrase.may_repeat && !phrase.begins() {
                    break;
                } else {
                    rows[row][len] = phrase.id;
                }
            }
        }
    }

    /// One word more.
    fn grow(&mut self, runs: &Runs, phrase: &mut Growing) {
        let stem = phrase.words[phrase.end].stem;
        phrase.may_repeat &= runs.stems.get(stem as usize).is_some_and(|s| s.count > 1);
        phrase.id = match phrase.end - phrase.start {
            0 => stem,
            len if phrase.may_repeat => self.child(phrase.id, stem, len + 1),
            _ => NONE,
        };
        phrase.grow();
    }

    fn child(&mut self, shorter: u32, stem: u32, len: usize) -> u32 {
        let next = self.all.len() as u32;
        let id = *self.children.entry((shorter, stem)).or_insert(next);
        if id == next {
            self.all.push(Phrase::new(len as u32));
        }
        id
    }

    fn count(&mut self, found: &mut Growing) {
        if found.id == NONE {
            found.id = self.all.len() as u32;
            self.all.push(Phrase::new((found.end - found.start) as u32));
        }
        let Some(phrase) = self.all.get_mut(found.id as usize) else { return };
        if phrase.count > 0 {
            note_occurrence(&mut self.occurrences, phrase, found.start as u32);
        }
        // Runs come in text order, but the starts inside one come backwards.
        if phrase.count == 0 || (found.start as u32) < phrase.first {
            phrase.first = found.start as u32;
            phrase.first_sentence = found.run.sentence;
        }
        found.add_to(phrase);
    }

    /// The phrase without its first and without its last word has a longer one; connectors at the cut go too.
    fn note_longer(&mut self, longer: &Growing, rows: &[[u32; LONGEST]; LONGEST]) {
        let (start, end) = (longer.start, longer.end);
        if end - start < 2 {
            return;
        }
        let count = self.all.get(longer.id as usize).map_or(0, |p| p.count);
        let is_plain = |i: &usize| !longer.words[*i].marks.has(Marks::CONNECTOR);
        let tail = (start + 1..end).find(is_plain).map(|i| i..end);
        let head = (start..end - 1).rev().find(is_plain).map(|i| start..i + 1);
        for part in [tail, head].into_iter().flatten() {
            if let Some(p) = self.all.get_mut(rows[part.start % LONGEST][part.len() - 1] as usize) {
                p.longer = p.longer.max(count);
            }
        }
    }
}

/// Note one more occurrence of a phrase, and the first when this is the second.
fn note_occurrence(all: &mut Vec<Occurrence>, phrase: &mut Phrase, word: u32) {
    let mut note = |word| {
        all.push(Occurrence { word, before: phrase.last });
        phrase.last = all.len() as u32 - 1;
    };
    if phrase.count == 1 {
        note(phrase.first);
    }
    note(word);
}

impl<'a> Growing<'a> {
    const fn new(words: &'a [Word], run: &'a Run) -> Self {
        let (id, start, end) = (NONE, 0, 0);
        Self { words, run, start, end, id, may_repeat: true, has_thing: false, is_named: true }
    }

    /// No word yet, before the one at `start`.
    const fn begin(&mut self, start: usize) {
        (self.start, self.end, self.id) = (start, start, NONE);
        (self.may_repeat, self.has_thing, self.is_named) = (true, false, true);
    }

    fn grow(&mut self) {
        let marks = self.words[self.end].marks;
        self.has_thing |= !marks.has(EMPTY);
        self.is_named &= marks.has(Marks::NAME_PART);
        self.end += 1;
    }

    /// True when what begins it is fit for that.
    fn begins(&self) -> bool {
        !self.words[self.start].marks.has(Marks::NUMBER.or(Marks::CONNECTOR))
    }

    fn ends(&self) -> bool {
        let last = self.words[self.end - 1].marks;
        // `Windows 8`, but not `talks 8`.
        let numbered = || self.end - self.start > 1 && self.words[self.end - 2].marks.has(Marks::NAME);
        !last.has(Marks::CONNECTOR.or(Marks::PARTICIPLE)) && (!last.has(Marks::NUMBER) || numbered())
    }

    /// True when the words can be a phrase: what begins and what ends it is fit for that, and something in it names a
    /// thing.
    fn is_phrase(&self) -> bool {
        self.has_thing && self.begins() && self.ends() && !self.ends_in_other_name()
    }

    /// `film producer Ivan Petrov` is two phrases; `complex Boltzmann weight` is one.
    fn ends_in_other_name(&self) -> bool {
        let is_name = |i: usize| self.words[i].marks.has(Marks::NAME_PART.or(Marks::NUMBER));
        is_name(self.end - 1) && !is_name(self.start)
    }

    /// True when no neighbour in the run belongs to the same phrase.
    fn is_whole(&self) -> bool {
        let is_cut = |i: usize| is_seam(self.words[i - 1].marks, self.words[i].marks);
        let left = self.start == self.run.start as usize || is_cut(self.start);
        left && (self.end == self.run.end as usize || is_cut(self.end))
    }

    fn add_to(&self, phrase: &mut Phrase) {
        let ends = self.end == self.run.end as usize;
        phrase.count += 1;
        phrase.whole += u32::from(self.is_whole());
        phrase.names += u32::from(self.is_named);
        phrase.titles += u32::from(self.run.is_title);
        phrase.before_of += u32::from(ends && self.run.before_of);
        phrase.before_mark += u32::from(ends && self.run.before_mark);
    }
}

/// Words that alone are no phrase: days, numbers, letters, adjectives.
const EMPTY: Marks = Marks::TIME.or(Marks::NUMBER).or(Marks::LETTER).or(Marks::QUALITY);

/// True between a common noun and a name (`film producer | Ivan Petrov`), after a possessive and after the number of a
/// name (`September 1 | school year`).
pub(crate) const fn is_seam(a: Marks, b: Marks) -> bool {
    a.has(Marks::POSSESSIVE.or(Marks::NUMBER)) || (!a.has(Marks::NAME_PART) && b.has(Marks::NAME))
}

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
    /// What begins it is fit for that.
    begins: bool,
    /// No neighbour before it belongs to the same phrase.
    is_cut: bool,
    /// Something in it names a thing.
    has_thing: bool,
    is_named: bool,
}

impl Phrases {
    /// Count the candidates of every run, in the place of those of an earlier document.
    pub(crate) fn collect(&mut self, runs: &Runs) {
        self.clear(runs.words.len());
        self.all.resize(runs.stems.len(), Phrase::new(1));
        for run in &runs.all {
            match runs.words.get(run.start as usize..run.end as usize) {
                Some([word]) => self.add_word(word, run),
                _ => self.add(runs, run),
            }
        }
    }

    /// Forget the phrases and keep the room they took, unless a huge document left too much of it: emptying a table
    /// takes as long as it is large.
    fn clear(&mut self, expected: usize) {
        if self.children.capacity().max(self.all.capacity()) > 16 * expected.max(ROOM) {
            *self = Self::default();
        }
        self.all.clear();
        self.occurrences.clear();
        self.children.clear();
    }

    /// Count a run of one word: most are.
    fn add_word(&mut self, word: &Word, run: &Run) {
        if word.marks.has(NO_PHRASE) {
            return;
        }
        let Some(phrase) = self.all.get_mut(word.stem as usize) else { return };
        note_place(&mut self.occurrences, phrase, run, run.start);
        phrase.count += 1;
        phrase.whole += 1;
        phrase.names += u32::from(word.marks.has(Marks::NAME_PART));
        phrase.titles += u32::from(run.is_title);
        phrase.before_of += u32::from(run.before_of);
        phrase.before_mark += u32::from(run.before_mark);
    }

    /// Count the phrases that lie in a run. Every phrase is a shorter one and a word more, so each start takes at
    /// most [`LONGEST`] steps.
    fn add(&mut self, runs: &Runs, run: &Run) {
        let mut rows = Rows([[NONE; LONGEST + 1]; Rows::STARTS]);
        let mut phrase = Growing::new(&runs.words, run);
        let end = run.end as usize;
        for start in (run.start as usize..end).rev() {
            phrase.begin(runs, start);
            if phrase.is_phrase() {
                self.count(&phrase);
            }
            rows.begin(&phrase);
            while phrase.end < end.min(start + LONGEST) && (phrase.may_repeat || phrase.begins) {
                self.grow(runs, &mut phrase);
                if phrase.is_phrase() {
                    self.count_longer(&mut phrase, &rows);
                }
                rows.set(&phrase);
            }
        }
    }

    /// One word more.
    fn grow(&mut self, runs: &Runs, phrase: &mut Growing) {
        let stem = phrase.grow(runs);
        let len = phrase.end - phrase.start;
        phrase.id = if phrase.may_repeat { self.child(phrase.id, stem, len) } else { NONE };
    }

    fn child(&mut self, shorter: u32, stem: u32, len: usize) -> u32 {
        let next = self.all.len() as u32;
        let id = *self.children.entry((shorter, stem)).or_insert(next);
        if id == next {
            self.all.push(Phrase::new(len as u32));
        }
        id
    }

    fn count_longer(&mut self, found: &mut Growing, rows: &Rows) {
        if found.id == NONE {
            found.id = self.all.len() as u32;
            self.all.push(Phrase::new((found.end - found.start) as u32));
        }
        self.count(found);
        self.note_longer(found, rows);
    }

    fn count(&mut self, found: &Growing) {
        if let Some(phrase) = self.all.get_mut(found.id as usize) {
            note_place(&mut self.occurrences, phrase, found.run, found.start as u32);
            found.add_to(phrase);
        }
    }

    /// The phrase without its first and without its last word has a longer one; connectors at the cut go too.
    #[inline]
    fn note_longer(&mut self, longer: &Growing, rows: &Rows) {
        let (start, end) = (longer.start, longer.end);
        let is_connector = |i: usize| longer.words[i].marks.has(Marks::CONNECTOR);
        let count = self.all.get(longer.id as usize).map_or(0, |p| p.count);
        let (mut tail, mut head) = (start + 1, end - 1);
        while tail < end && is_connector(tail) {
            tail += 1;
        }
        while head > start && is_connector(head - 1) {
            head -= 1;
        }
        for id in [rows.get(tail, end), rows.get(start, head)] {
            if let Some(part) = self.all.get_mut(id as usize) {
                part.longer = part.longer.max(count);
            }
        }
    }
}

/// The phrases of the last starts, by length: none looks further ahead than its own end.
struct Rows([[u32; LONGEST + 1]; Self::STARTS]);

impl Rows {
    /// As many as a phrase is long, and more that make a power of two.
    const STARTS: usize = 8;

    /// The phrase of these words; [`NONE`] when they are none.
    const fn get(&self, start: usize, end: usize) -> u32 {
        self.0[start % Self::STARTS][end - start]
    }

    /// Note a phrase of one word, and forget those that began where no phrase reaches any more.
    const fn begin(&mut self, phrase: &Growing) {
        self.0[phrase.start % Self::STARTS] = [NONE; LONGEST + 1];
        self.set(phrase);
    }

    const fn set(&mut self, phrase: &Growing) {
        self.0[phrase.start % Self::STARTS][phrase.end - phrase.start] = phrase.id;
    }
}

/// Note where a phrase stands once more; where it stands once alone is its first place.
#[inline]
fn note_place(all: &mut Vec<Occurrence>, phrase: &mut Phrase, run: &Run, word: u32) {
    if phrase.count > 0 {
        note_occurrence(all, phrase, word);
    }
    // Runs come in text order, but the starts inside one come backwards.
    if phrase.count == 0 || word < phrase.first {
        phrase.first = word;
        phrase.first_sentence = run.sentence;
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
        Self {
            words,
            run,
            start: 0,
            end: 0,
            id: NONE,
            may_repeat: true,
            begins: true,
            is_cut: true,
            has_thing: false,
            is_named: true,
        }
    }

    /// The word at `start` alone.
    fn begin(&mut self, runs: &Runs, start: usize) {
        (self.start, self.end) = (start, start);
        (self.may_repeat, self.has_thing, self.is_named) = (true, false, true);
        self.begins = !self.words[start].marks.has(Marks::NUMBER.or(Marks::CONNECTOR));
        self.is_cut = start == self.run.start as usize || self.is_seam(start);
        self.id = self.grow(runs);
    }

    /// One word more; its stem.
    fn grow(&mut self, runs: &Runs) -> u32 {
        let Word { marks, stem, .. } = self.words[self.end];
        self.may_repeat &= runs.stems.get(stem as usize).is_some_and(|s| s.count > 1);
        self.has_thing |= !marks.has(EMPTY);
        self.is_named &= marks.has(Marks::NAME_PART);
        self.end += 1;
        stem
    }

    fn ends(&self) -> bool {
        let last = self.words[self.end - 1].marks;
        // `Windows 8`, but not `talks 8`; a number alone does not begin a phrase either.
        let before = self.words[self.start.max(self.end.saturating_sub(2))].marks;
        !last.has(Marks::CONNECTOR.or(Marks::PARTICIPLE))
            & (!last.has(Marks::NUMBER) | before.has(Marks::NAME))
    }

    /// True when the words can be a phrase: what begins and what ends it is fit for that, and something in it names a
    /// thing. Tests are not jumped over, here and below: too many jumps would be guessed wrong.
    fn is_phrase(&self) -> bool {
        self.has_thing & self.begins & self.ends() & !self.ends_in_other_name()
    }

    /// `film producer Ivan Petrov` is two phrases; `complex Boltzmann weight` is one.
    fn ends_in_other_name(&self) -> bool {
        let is_name = |i: usize| self.words[i].marks.has(Marks::NAME_PART.or(Marks::NUMBER));
        is_name(self.end - 1) & !is_name(self.start)
    }

    fn is_seam(&self, i: usize) -> bool {
        is_seam(self.words[i - 1].marks, self.words[i].marks)
    }

    /// True when no neighbour in the run belongs to the same phrase.
    fn is_whole(&self) -> bool {
        let last = self.run.end as usize;
        self.is_cut & ((self.end == last) | self.is_seam(self.end.min(last - 1)))
    }

    fn add_to(&self, phrase: &mut Phrase) {
        let ends = self.end == self.run.end as usize;
        phrase.count += 1;
        phrase.whole += u32::from(self.is_whole());
        phrase.names += u32::from(self.is_named);
        phrase.titles += u32::from(self.run.is_title);
        phrase.before_of += u32::from(ends & self.run.before_of);
        phrase.before_mark += u32::from(ends & self.run.before_mark);
    }
}

/// Words that alone are no phrase: days, numbers, letters, adjectives.
const EMPTY: Marks = Marks::TIME.or(Marks::NUMBER).or(Marks::LETTER).or(Marks::QUALITY);

/// What is no phrase when it stands alone, because it cannot begin one, end one, or be the thing in it.
const NO_PHRASE: Marks = EMPTY.or(Marks::CONNECTOR).or(Marks::PARTICIPLE);

/// True between a common noun and a name (`film producer | Ivan Petrov`), after a possessive and after the number of a
/// name (`September 1 | school year`).
pub(crate) const fn is_seam(a: Marks, b: Marks) -> bool {
    a.has(Marks::POSSESSIVE.or(Marks::NUMBER)) | (!a.has(Marks::NAME_PART) & b.has(Marks::NAME))
}

//! Runs: stretches of words inside one sentence that may belong to one noun phrase.

use crate::form::{Marks, Shape};
use crate::lexis::Lexis;
use crate::memo::{Memo, NONE, Place, UNKNOWN_RARITY};
use decalque_evidence::Evidence;
use decalque_text::{Role, Sentence, View};
use std::ops::Range;

/// A word of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// Index of its stem among [`Runs::stems`].
    pub(crate) stem: u32,
    /// Its length in characters, without a possessive ending.
    pub(crate) chars: u32,
    /// The token.
    pub(crate) token: u32,
    /// What it can do.
    pub(crate) marks: Marks,
}

/// A distinct stem of the runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stem {
    /// How rare it is in the corpus, 0 (in every document) to 1 (in one alone).
    pub(crate) rarity: f64,
    /// How often it stands in a run.
    pub(crate) count: u32,
}

impl Stem {
    /// The stem that is not there.
    pub(crate) const NONE: Self = Self { rarity: UNKNOWN_RARITY, count: 0 };
}

/// A run, and what stands around it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    /// Its first word, as an index into [`Runs::words`].
    pub(crate) start: u32,
    /// One past its last word.
    pub(crate) end: u32,
    /// Number of content sentences before its own.
    pub(crate) sentence: u32,
    /// Stands in the title or a heading.
    pub(crate) is_title: bool,
    /// Stands right before `of`.
    pub(crate) before_of: bool,
    /// Stands right before a mark or the end of its sentence.
    pub(crate) before_mark: bool,
}

/// The runs of a document.
#[derive(Debug, Default)]
pub(crate) struct Runs {
    /// The words of all runs, one after the other.
    pub(crate) words: Vec<Word>,
    /// The distinct stems of the words, numbered as they come.
    pub(crate) stems: Vec<Stem>,
    /// The runs.
    pub(crate) all: Vec<Run>,
    /// Number of words that are names.
    pub(crate) n_names: u32,
}

/// Where the words of a document come from.
pub(crate) struct Reader<'a, 'v> {
    pub(crate) view: &'a View<'v>,
    pub(crate) lexis: &'a Lexis,
    pub(crate) evidence: &'a Evidence,
    pub(crate) memo: &'a mut Memo,
}

impl Runs {
    /// Find the runs of every content sentence, in the place of those of an earlier document.
    pub(crate) fn collect(&mut self, mut reader: Reader) {
        self.words.clear();
        self.stems.clear();
        self.all.clear();
        self.n_names = 0;
        let view = reader.view;
        for (number, sentence) in (0..).zip(view.layout.sentences.iter().filter(|s| s.role.is_content())) {
            self.read(&mut reader, sentence, number);
        }
    }

    fn read(&mut self, reader: &mut Reader, sentence: &Sentence, number: u32) {
        let mut at = sentence.first_token as usize;
        let limit = (sentence.end_token as usize).min(reader.view.tokens().len());
        while at < limit {
            // Neither begins a run.
            if reader.lexis.marks(at).has(Marks::BREAK.or(Marks::CONNECTOR)) {
                at += 1;
                continue;
            }
            let end = run_end(reader.lexis, at, limit);
            let start = self.words.len() as u32;
            (at..end).for_each(|i| self.add(reader, i));
            self.all.push(run(reader.lexis, sentence, end, number, start..self.words.len() as u32));
            at = end;
        }
    }

    fn add(&mut self, reader: &mut Reader, i: usize) {
        let (term, marks) = (reader.view.terms[i], reader.lexis.marks(i));
        let form = reader.memo.form(reader.view.vocabulary, term, reader.view.tokens()[i].kind);
        let stem = self.stem(reader, form.stem);
        self.n_names += u32::from(marks.has(Marks::NAME));
        self.words.push(Word { stem, chars: form.chars, token: i as u32, marks });
    }

    /// The number of a stem, which stands here once more.
    fn stem(&mut self, reader: &mut Reader, stem: u32) -> u32 {
        let Some(place) = reader.memo.place(stem) else { return NONE };
        if let Some(known) = self.stems.get_mut(place.number as usize) {
            known.count += 1;
            return place.number;
        }
        let number = self.stems.len() as u32;
        place.number = number;
        let place = *place;
        self.stems.push(Stem { rarity: rarity(reader, stem, place), count: 1 });
        number
    }
}

/// The rarity of a stem; that of a stem whose first word in the document no phrase can hold is not asked for.
fn rarity(reader: &mut Reader, stem: u32, place: Place) -> f64 {
    let first = place.first as usize;
    if reader.lexis.marks(first).has(Marks::BREAK) {
        return UNKNOWN_RARITY;
    }
    reader.memo.rarity(reader.evidence, reader.view.vocabulary, reader.view.terms[first], stem)
}

/// The run of these words, which ends before token `next`.
fn run(lexis: &Lexis, sentence: &Sentence, next: usize, number: u32, words: Range<u32>) -> Run {
    let inside = next < sentence.end_token as usize;
    let shape = lexis.class(next).shape;
    Run {
        start: words.start,
        end: words.end,
        sentence: number,
        is_title: matches!(sentence.role, Role::Title | Role::Heading),
        before_of: inside && shape.has(Shape::OF),
        before_mark: !(inside && shape.has(Shape::WORD)),
    }
}

/// One past the last token of the run that begins at `at`.
fn run_end(lexis: &Lexis, at: usize, end: usize) -> usize {
    let goes_on = |&i: &usize| {
        let marks = lexis.marks(i);
        !marks.has(Marks::BREAK) && (!marks.has(Marks::CONNECTOR) || ties(lexis, i, at..end))
    };
    at + 1 + (at + 1..end).take_while(goes_on).count()
}

/// True when the connector at `i` stands between two names, alone or with one more: `Ursula von der Leyen`.
fn ties(lexis: &Lexis, i: usize, within: Range<usize>) -> bool {
    let plain = |j: &usize| !lexis.marks(*j).has(Marks::CONNECTOR);
    let before = (within.start.max(i.saturating_sub(2))..i).rev().find(plain);
    let after = (i + 1..within.end.min(i + 3)).find(plain);
    let (Some(before), Some(after)) = (before, after) else { return false };
    let (before, after) = (lexis.marks(before), lexis.marks(after));
    before.has(Marks::NAME) && !before.has(Marks::POSSESSIVE) && after.has(Marks::NAME)
}

//! Candidates: the phrases of a document and what can be counted of them.

use crate::lexis::{Entry, Lexis, Marks};
use decalque_text::{Role, Sentence, TokenKind, View};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Longest phrase, in words.
pub(crate) const LONGEST: usize = 6;

/// Phrases that room is always kept for.
const ROOM: usize = 500;

/// No phrase.
pub(crate) const NONE: u32 = u32::MAX;

/// A phrase by its stems, with its counts.
#[derive(Debug, Clone, Copy, Default)]
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
    /// Token of its first occurrence.
    pub(crate) first: u32,
    /// Number of content sentences before its first.
    pub(crate) first_sentence: u32,
    /// The count of the most frequent phrase that is one word longer.
    pub(crate) longer: u32,
    /// The phrase it is counted under; [`NONE`] when that is itself.
    pub(crate) folded_into: u32,
}

impl Phrase {
    /// The tokens of its first occurrence.
    pub(crate) const fn tokens(&self) -> Range<usize> {
        self.first as usize..self.first as usize + self.len as usize
    }

    /// How often it stands for one part in all its occurrences: `self.whole`, `self.names`…
    pub(crate) fn share(&self, part: u32) -> f64 {
        f64::from(part) / f64::from(self.count.max(1))
    }
}

/// One occurrence of a phrase.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Occurrence {
    /// Index of the phrase.
    pub(crate) phrase: u32,
    /// Its first token.
    pub(crate) token: u32,
}

/// All phrases of a document.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    /// The phrases, numbered as they were met.
    pub(crate) all: Vec<Phrase>,
    /// Where they stand.
    pub(crate) occurrences: Vec<Occurrence>,
    /// Number of words in all runs.
    pub(crate) n_words: u32,
    /// Number of those that are names.
    pub(crate) n_names: u32,
    /// How often each stem of the lexis stands in a run.
    pub(crate) stem_counts: Vec<u32>,
    n_sentences: u32,
    /// A phrase and one more stem make a longer phrase: a trie, so that no phrase is hashed as a whole.
    children: FxHashMap<(u32, u32), u32>,
}

/// A run of words that may belong to one noun phrase, and what stands around it.
#[derive(Debug, Clone)]
struct Run {
    tokens: Range<usize>,
    sentence: u32,
    is_title: bool,
    before_of: bool,
    before_mark: bool,
}

impl Phrases {
    /// Find and count the candidates of every content sentence, in the place of those of an earlier document.
    pub(crate) fn collect(&mut self, view: &View, lexis: &Lexis) {
        self.clear(lexis.n_stems(), view.tokens().len() / 2);
        for sentence in view.layout.sentences.iter().filter(|s| s.role.is_content()) {
            let mut at = sentence.first_token as usize;
            while at < sentence.end_token as usize {
                let end = run_end(lexis, at, sentence.end_token as usize);
                if end > at {
                    self.add(lexis, &self.run(view, sentence, at..end));
                }
                at = end.max(at + 1);
            }
            self.n_sentences += 1;
        }
    }

    /// Forget the phrases and keep the room they took, unless a huge document left too much of it: emptying a table
    /// takes as long as it is large.
    fn clear(&mut self, n_stems: usize, expected: usize) {
        if self.children.capacity() > 16 * expected.max(ROOM) {
            *self = Self::default();
        }
        self.all.clear();
        self.occurrences.clear();
        self.stem_counts.clear();
        self.stem_counts.resize(n_stems, 0);
        self.children.clear();
        self.children.reserve(expected);
        (self.n_words, self.n_names, self.n_sentences) = (0, 0, 0);
    }

    /// The phrase of one word, by its stem.
    pub(crate) fn single(&self, stem: u32) -> Option<u32> {
        self.children.get(&(NONE, stem)).copied()
    }

    fn run(&self, view: &View, sentence: &Sentence, tokens: Range<usize>) -> Run {
        let next = tokens.end;
        let inside = next < sentence.end_token as usize;
        let is_word = view.tokens().get(next).is_some_and(|t| t.kind == TokenKind::Word);
        Run {
            tokens,
            sentence: self.n_sentences,
            is_title: matches!(sentence.role, Role::Title | Role::Heading),
            before_of: inside && view.token_text(next) == "of",
            before_mark: !(inside && is_word),
        }
    }

    /// Count the phrases that lie in a run. Every phrase is a shorter one and a word more, so each start takes at
    /// most [`LONGEST`] steps.
    fn add(&mut self, lexis: &Lexis, run: &Run) {
        self.count_words(lexis, run);
        // The phrases of the last starts by length; no phrase looks further ahead than its own end.
        let mut rows = [[NONE; LONGEST]; LONGEST];
        for start in run.tokens.clone().rev() {
            rows[start % LONGEST] = [NONE; LONGEST];
            let mut shorter = NONE;
            for end in start + 1..=run.tokens.end.min(start + LONGEST) {
                let tokens = start..end;
                shorter = self.child(shorter, lexis.entry(end - 1).stem, tokens.len());
                rows[start % LONGEST][tokens.len() - 1] = shorter;
                if is_phrase(lexis, &tokens) {
                    self.count(lexis, shorter, &tokens, run);
                    let count = self.all.get(shorter as usize).map_or(0, |p| p.count);
                    for part in parts(lexis, &tokens) {
                        self.note_longer(rows[part.start % LONGEST][part.len() - 1], count);
                    }
                }
            }
        }
    }

    fn count_words(&mut self, lexis: &Lexis, run: &Run) {
        for i in run.tokens.clone() {
            let entry = lexis.entry(i);
            self.n_words += 1;
            self.n_names += u32::from(entry.marks.has(Marks::NAME));
            if let Some(n) = self.stem_counts.get_mut(entry.stem as usize) {
                *n += 1;
            }
        }
    }

    fn child(&mut self, shorter: u32, stem: u32, len: usize) -> u32 {
        let next = self.all.len() as u32;
        let id = *self.children.entry((shorter, stem)).or_insert(next);
        if id == next {
            self.all.push(Phrase { len: len as u32, folded_into: NONE, ..Phrase::default() });
        }
        id
    }

    fn count(&mut self, lexis: &Lexis, id: u32, tokens: &Range<usize>, run: &Run) {
        self.occurrences.push(Occurrence { phrase: id, token: tokens.start as u32 });
        let Some(phrase) = self.all.get_mut(id as usize) else { return };
        // Runs come in text order, but the starts inside one come backwards.
        if phrase.count == 0 || tokens.start < phrase.first as usize {
            phrase.first = tokens.start as u32;
            phrase.first_sentence = run.sentence;
        }
        let ends = tokens.end == run.tokens.end;
        phrase.count += 1;
        phrase.whole += u32::from(is_whole(lexis, tokens, &run.tokens));
        phrase.names += u32::from(tokens.clone().all(|i| lexis.entry(i).marks.has(NAME_PART)));
        phrase.titles += u32::from(run.is_title);
        phrase.before_of += u32::from(ends && run.before_of);
        phrase.before_mark += u32::from(ends && run.before_mark);
    }

    fn note_longer(&mut self, part: u32, count: u32) {
        if let Some(p) = self.all.get_mut(part as usize) {
            p.longer = p.longer.max(count);
        }
    }
}

/// The phrase without its first and without its last word; connectors at the cut go too.
fn parts(lexis: &Lexis, tokens: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let is_plain = |i: &usize| !lexis.entry(*i).marks.has(Marks::CONNECTOR);
    let tail = (tokens.start + 1..tokens.end).find(is_plain).map(|i| i..tokens.end);
    let head = (tokens.start..tokens.end - 1).rev().find(is_plain).map(|i| tokens.start..i + 1);
    [tail, head].into_iter().flatten()
}

/// What the inside of a name is made of.
const NAME_PART: Marks = Marks::NAME.or(Marks::CONNECTOR);

/// One past the last token of the run that begins at `at`; `at` itself when none does.
fn run_end(lexis: &Lexis, at: usize, end: usize) -> usize {
    let goes_on = |&i: &usize| {
        let marks = lexis.entry(i).marks;
        !marks.has(Marks::BREAK) && (!marks.has(Marks::CONNECTOR) || ties(lexis, i, at..end))
    };
    at + (at..end).take_while(goes_on).count()
}

/// True when the connector at `i` stands between two names, alone or with one more: `Ursula von der Leyen`.
fn ties(lexis: &Lexis, i: usize, within: Range<usize>) -> bool {
    let plain = |j: &usize| !lexis.entry(*j).marks.has(Marks::CONNECTOR);
    let before = (within.start.max(i.saturating_sub(2))..i).rev().find(plain);
    let after = (i + 1..within.end.min(i + 3)).find(plain);
    let (Some(before), Some(after)) = (before, after) else { return false };
    let (before, after) = (lexis.entry(before).marks, lexis.entry(after).marks);
    before.has(Marks::NAME) && !before.has(Marks::POSSESSIVE) && after.has(Marks::NAME)
}

/// True when the tokens can be a phrase: what begins and what ends it is fit for that, and something in it names a
/// thing.
fn is_phrase(lexis: &Lexis, tokens: &Range<usize>) -> bool {
    let marks = |i: usize| lexis.entry(i).marks;
    let (first, last) = (marks(tokens.start), marks(tokens.end - 1));
    // `Windows 8`, but not `talks 8`.
    let numbered = tokens.len() > 1 && marks(tokens.end - 2).has(Marks::NAME);
    let begins = !first.has(Marks::NUMBER.or(Marks::CONNECTOR));
    let ends = !last.has(Marks::CONNECTOR.or(Marks::PARTICIPLE)) && (!last.has(Marks::NUMBER) || numbered);
    begins && ends && tokens.clone().any(|i| !marks(i).has(EMPTY)) && !ends_in_other_name(lexis, tokens)
}

/// Words that alone are no phrase: days, numbers, letters, adjectives.
const EMPTY: Marks = Marks::TIME.or(Marks::NUMBER).or(Marks::LETTER).or(Marks::QUALITY);

/// `film producer Ivan Petrov` is two phrases; `complex Boltzmann weight` is one.
fn ends_in_other_name(lexis: &Lexis, tokens: &Range<usize>) -> bool {
    let is_name = |i: usize| lexis.entry(i).marks.has(NAME_PART.or(Marks::NUMBER));
    is_name(tokens.end - 1) && !is_name(tokens.start)
}

/// True when no neighbour in the run belongs to the same phrase.
fn is_whole(lexis: &Lexis, tokens: &Range<usize>, run: &Range<usize>) -> bool {
    let left = tokens.start == run.start || is_seam(lexis.entry(tokens.start - 1), lexis.entry(tokens.start));
    let right = tokens.end == run.end || is_seam(lexis.entry(tokens.end - 1), lexis.entry(tokens.end));
    left && right
}

/// True between a common noun and a name (`film producer | Ivan Petrov`), after a possessive and after the number of a
/// name (`September 1 | school year`).
pub(crate) fn is_seam(a: Entry, b: Entry) -> bool {
    a.marks.has(Marks::POSSESSIVE.or(Marks::NUMBER)) || (!a.marks.has(NAME_PART) && b.marks.has(Marks::NAME))
}

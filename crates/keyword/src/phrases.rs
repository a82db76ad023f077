//! Candidates: the phrases of a document and what can be counted of them.

use crate::lexis::{Entry, Lexis, Marks};
use decalque_text::{Role, View};
use rustc_hash::FxHashMap;

/// Longest phrase, in words.
pub(crate) const LONGEST: usize = 6;

/// No phrase.
pub(crate) const NONE: u32 = u32::MAX;

/// A phrase by its stems, with its counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Phrase {
    /// The phrase without its last word; [`NONE`] for a single word.
    pub(crate) parent: u32,
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
    /// Number of sentences it stands in.
    pub(crate) sentences: u32,
    /// Token of its first occurrence.
    pub(crate) first: u32,
    /// Number of content sentences before its first.
    pub(crate) first_sentence: u32,
    /// The count of the most frequent phrase that is one word longer.
    pub(crate) longer: u32,
    /// Times right after an article, a possessive pronoun or a preposition.
    pub(crate) introduced: u32,
    /// Number of words that stand beside it in its runs, over all occurrences.
    pub(crate) company: u32,
    last_sentence: u32,
}

/// One occurrence of a phrase.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Occurrence {
    /// Index of the phrase.
    pub(crate) phrase: u32,
    /// Its first token.
    pub(crate) token: u32,
}

/// All phrases of a document, in the order of their first occurrence.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    /// The phrases.
    pub(crate) all: Vec<Phrase>,
    /// Where they stand, in text order.
    pub(crate) occurrences: Vec<Occurrence>,
    /// Number of content sentences.
    pub(crate) n_sentences: u32,
    /// Number of words in content sentences that can be in a phrase.
    pub(crate) n_words: u32,
    children: FxHashMap<(u32, u32), u32>,
}

/// The sentence being read.
#[derive(Clone, Copy)]
struct Place {
    sentence: u32,
    is_title: bool,
    introduced: bool,
}

impl Phrases {
    /// Find and count the candidates of every content sentence.
    pub(crate) fn collect(view: &View, lexis: &Lexis) -> Self {
        let mut phrases = Self::default();
        for sentence in view.layout.sentences.iter().filter(|s| s.role.is_content()) {
            let is_title = matches!(sentence.role, Role::Title | Role::Heading);
            let mut place = Place { sentence: phrases.n_sentences, is_title, introduced: false };
            let mut at = sentence.first_token as usize;
            while at < sentence.end_token as usize {
                let end = run_end(lexis, at, sentence.end_token as usize);
                place.introduced = at > 0 && crate::lists::holds(crate::lists::INTRODUCERS, view.word(at - 1).norm);
                phrases.add_run(lexis, at..end, place);
                at = end.max(at + 1);
            }
            phrases.n_sentences += 1;
        }
        phrases
    }

    /// Count the phrases that lie in a run of content words. Every phrase is its parent and one word more, so each
    /// start takes at most [`LONGEST`] steps.
    fn add_run(&mut self, lexis: &Lexis, run: std::ops::Range<usize>, place: Place) {
        let mut before: [u32; LONGEST] = [NONE; LONGEST];
        self.n_words += run.len() as u32;
        for start in run.clone().rev() {
            let mut here = [NONE; LONGEST];
            let mut parent = NONE;
            for (n, slot) in here.iter_mut().enumerate().take(run.end - start) {
                let phrase = self.child(parent, lexis.entry(start + n).stem, n + 1, start);
                *slot = phrase;
                parent = phrase;
                if is_phrase(lexis, start, start + n + 1) {
                    self.count(lexis, phrase, start..start + n + 1, &run, place);
                    let inner = if n == 0 { NONE } else { before[n - 1] };
                    let prefix = self.all[phrase as usize].parent;
                    self.note_longer(phrase, [prefix, inner]);
                }
            }
            before = here;
        }
    }

    fn child(&mut self, parent: u32, stem: u32, len: usize, token: usize) -> u32 {
        let next = self.all.len() as u32;
        let id = *self.children.entry((parent, stem)).or_insert(next);
        if id == next {
            self.all.push(Phrase {
                parent,
                len: len as u32,
                count: 0,
                whole: 0,
                names: 0,
                titles: 0,
                sentences: 0,
                first: token as u32,
                first_sentence: 0,
                longer: 0,
                introduced: 0,
                company: 0,
                last_sentence: NONE,
            });
        }
        id
    }

    fn count(
        &mut self,
        lexis: &Lexis,
        id: u32,
        tokens: std::ops::Range<usize>,
        run: &std::ops::Range<usize>,
        place: Place,
    ) {
        self.occurrences.push(Occurrence { phrase: id, token: tokens.start as u32 });
        let introduced = tokens.start == run.start && place.introduced;
        let Some(phrase) = self.all.get_mut(id as usize) else { return };
        if phrase.count == 0 || tokens.start < phrase.first as usize {
            phrase.first = tokens.start as u32;
        }
        if phrase.count == 0 {
            phrase.first_sentence = place.sentence;
        }
        phrase.count += 1;
        phrase.whole += u32::from(is_whole(lexis, &tokens, run));
        phrase.names += u32::from(tokens.clone().all(|i| lexis.entry(i).marks.has(NAME_PART)));
        phrase.introduced += u32::from(introduced);
        phrase.company += (run.len() - tokens.len()) as u32;
        phrase.titles += u32::from(place.is_title);
        phrase.sentences += u32::from(phrase.last_sentence != place.sentence);
        phrase.last_sentence = place.sentence;
    }

    fn note_longer(&mut self, phrase: u32, parts: [u32; 2]) {
        let count = self.all.get(phrase as usize).map_or(0, |p| p.count);
        for part in parts {
            if let Some(p) = self.all.get_mut(part as usize) {
                p.longer = p.longer.max(count);
            }
        }
    }
}

const NAME_PART: Marks = Marks::NAME.or(Marks::CONNECTOR);

/// One past the last token of the run that begins at `at`; `at` itself when none does.
fn run_end(lexis: &Lexis, at: usize, end: usize) -> usize {
    let mut i = at;
    while i < end {
        let marks = lexis.entry(i).marks;
        let joins = !marks.has(Marks::CONNECTOR) || (i > at && i + 1 < end && ties(lexis, i));
        if marks.has(Marks::BREAK) || !joins {
            break;
        }
        i += 1;
    }
    i
}

/// True when the connector at `i` stands between two names.
fn ties(lexis: &Lexis, i: usize) -> bool {
    let (before, after) = (lexis.entry(i - 1).marks, lexis.entry(i + 1).marks);
    before.has(Marks::NAME) && !before.has(Marks::POSSESSIVE) && after.has(Marks::NAME)
}

/// True when the tokens can be a phrase: what begins and ends it is fit for that, and no possessive is inside.
fn is_phrase(lexis: &Lexis, start: usize, end: usize) -> bool {
    let (first, last) = (lexis.entry(start).marks, lexis.entry(end - 1).marks);
    let numbered = end - start > 1 && lexis.entry(end - 2).marks.has(Marks::NAME);
    let begins = !first.has(Marks::NUMBER) && !first.has(Marks::CONNECTOR);
    let ends = !last.has(Marks::CONNECTOR) && !last.has(Marks::PARTICIPLE) && (!last.has(Marks::NUMBER) || numbered);
    begins && ends
}

/// True when no neighbour in the run belongs to the same phrase. A name after a common noun begins a phrase of its
/// own: `film producer | Ivan Petrov`.
fn is_whole(lexis: &Lexis, tokens: &std::ops::Range<usize>, run: &std::ops::Range<usize>) -> bool {
    let left = tokens.start == run.start || is_seam(lexis.entry(tokens.start - 1), lexis.entry(tokens.start));
    let right = tokens.end == run.end || is_seam(lexis.entry(tokens.end - 1), lexis.entry(tokens.end));
    left && right
}

/// True between a common noun and a name, and after a possessive.
pub(crate) fn is_seam(a: Entry, b: Entry) -> bool {
    a.marks.has(Marks::POSSESSIVE) || (!a.marks.has(NAME_PART) && b.marks.has(Marks::NAME))
}

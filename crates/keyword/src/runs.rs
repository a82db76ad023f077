//! Runs: stretches of words inside one sentence that may belong to one noun phrase.

use crate::form::{Marks, Shape};
use crate::lexis::{Class, Lexis};
use crate::memo::{Known, Memo, UNKNOWN_RARITY};
use decalque_text::{Role, Sentence, TermId, View};

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

impl Run {
    /// A run that has no word yet.
    fn new(role: Role, sentence: u32, start: usize) -> Self {
        let (start, is_title) = (start as u32, matches!(role, Role::Title | Role::Heading));
        Self { start, end: start, sentence, is_title, before_of: false, before_mark: false }
    }
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
pub(crate) struct Reader<'a, 'v, 'e> {
    pub(crate) view: &'a View<'v>,
    pub(crate) lexis: &'a Lexis,
    pub(crate) memo: &'a mut Memo<'e>,
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
        let line = reader.lexis.line(sentence);
        let terms = reader.view.terms.get(sentence.tokens()).unwrap_or(&[]);
        let mut run = Run::new(sentence.role, number, self.words.len());
        for (i, (class, &term)) in line.iter().zip(terms).enumerate() {
            let begin = i - (self.words.len() - run.start as usize);
            if begins_run(class) || begin < i && !class.marks.has(Marks::BREAK) && ties(line, i, begin) {
                self.add(reader, sentence.first_token + i as u32, term, class.marks);
            } else {
                self.close(&mut run, Some(class));
            }
        }
        self.close(&mut run, None);
    }

    /// End a run, if there is one, before this token.
    fn close(&mut self, run: &mut Run, next: Option<&Class>) {
        run.end = self.words.len() as u32;
        if run.end > run.start {
            run.before_of = next.is_some_and(|c| c.shape.has(Shape::OF));
            run.before_mark = !next.is_some_and(|c| c.shape.has(Shape::WORD));
            self.all.push(*run);
            run.start = run.end;
        }
    }

    #[inline]
    fn add(&mut self, reader: &mut Reader, token: u32, term: TermId, marks: Marks) {
        let form = reader.memo.known(term);
        let stem = match reader.memo.stem(form.stem) {
            Known::Number(number) => number,
            Known::First(first, rarity) => {
                let is_asked = !reader.lexis.class(first as usize).marks.has(Marks::BREAK);
                // That of a stem whose first word in the document no phrase can hold is not asked for.
                self.stems.push(Stem { rarity: if is_asked { rarity } else { UNKNOWN_RARITY }, count: 0 });
                let number = self.stems.len() as u32 - 1;
                reader.memo.set_number(form.stem, number);
                number
            }
        };
        if let Some(stem) = self.stems.get_mut(stem as usize) {
            stem.count += 1;
        }
        self.n_names += u32::from(marks.has(Marks::NAME));
        self.words.push(Word { stem, chars: form.chars, token, marks });
    }
}

/// Neither a connector begins a run, nor what no run holds.
const fn begins_run(class: &Class) -> bool {
    !class.marks.has(Marks::BREAK.or(Marks::CONNECTOR))
}

/// True when the connector at `i` stands between two names, alone or with one more: `Ursula von der Leyen`; the run
/// began at `begin`.
fn ties(line: &[Class], i: usize, begin: usize) -> bool {
    let plain = |c: &&Class| !c.marks.has(Marks::CONNECTOR);
    let before = line[begin.max(i.saturating_sub(2))..i].iter().rev().find(plain);
    let after = line[i + 1..].iter().take(2).find(plain);
    let (Some(before), Some(after)) = (before, after) else { return false };
    before.marks.has(Marks::NAME) && !before.marks.has(Marks::POSSESSIVE) && after.marks.has(Marks::NAME)
}

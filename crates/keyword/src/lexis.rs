//! The tokens of one document, each with what its word can do there.

use crate::form::{Marks, Shape};
use crate::memo::Memo;
use decalque_text::{Sentence, View};

/// What a token can do in a phrase, and how it counts in its sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Class {
    pub(crate) marks: Marks,
    pub(crate) shape: Shape,
}

impl Class {
    const NONE: Self = Self { marks: Marks::BREAK, shape: Shape::NONE };
}

/// The classes of a document's tokens. Where one capital of a word is a name's, all are.
#[derive(Debug, Default)]
pub(crate) struct Lexis {
    classes: Vec<Class>,
    /// Tokens with a capital.
    capitals: Vec<u32>,
}

impl Lexis {
    /// Classify every token of a document, in the place of those of an earlier one.
    pub(crate) fn read(&mut self, view: &View, memo: &mut Memo) {
        memo.begin(view.vocabulary.len());
        self.classes.clear();
        self.classes.extend((0..).zip(view.tokens().iter().zip(view.terms)).map(|(at, (token, &term))| {
            let form = memo.meet(view.vocabulary, term, token.kind, at);
            Class { marks: form.marks, shape: form.shape }
        }));
        self.classes.resize(view.tokens().len(), Class::NONE);
        self.find_capitals();
        let content = view.layout.sentences.iter().filter(|s| s.role.is_content());
        content.for_each(|s| self.find_names(view, s, memo));
        self.set_names(view, memo);
    }

    fn find_capitals(&mut self) {
        self.capitals.resize(self.classes.len(), 0);
        let mut n = 0;
        for (i, class) in (0..).zip(&self.classes) {
            // Written always, kept when it is one: a jump would be guessed wrong too often.
            self.capitals[n] = i;
            n += usize::from(class.shape.has(Shape::CAPITAL));
        }
        self.capitals.truncate(n);
    }

    /// The classes of a sentence's tokens; none when they are not there.
    pub(crate) fn line(&self, sentence: &Sentence) -> &[Class] {
        self.classes.get(sentence.tokens()).unwrap_or(&[])
    }

    /// The class of token `i`.
    #[inline]
    pub(crate) fn class(&self, i: usize) -> Class {
        self.classes.get(i).copied().unwrap_or(Class::NONE)
    }

    /// Note the words that are capitalised where no sentence start and no headline explains it.
    fn find_names(&self, view: &View, sentence: &Sentence, memo: &mut Memo) {
        let (first, end) = (sentence.first_token, sentence.end_token);
        let line = self.line(sentence);
        let rest = &self.capitals[self.capitals.partition_point(|&c| c <= first)..];
        let capitals = rest.iter().take_while(|&&c| c < end).map(|&c| c as usize);
        if line.is_empty() || rest.first().is_none_or(|&c| c >= end) || is_headline_case(line) {
            return;
        }
        let mut note = |i: usize| {
            if self.class(i).shape.has(Shape::WORD) {
                memo.set_named(view.terms[i]);
            }
        };
        for here in capitals {
            let before = self.class(here - 1).shape;
            // After an opening quote or a bracket a capital may begin a sentence as well.
            if before.has(Shape::GOES_ON) {
                note(here);
                if here - 1 == first as usize && before.has(Shape::BEGINS_NAME) {
                    note(here - 1);
                }
            }
        }
    }

    /// Give the words that are names what they can do as names.
    fn set_names(&mut self, view: &View, memo: &mut Memo) {
        for i in self.capitals.iter().map(|&c| c as usize) {
            let class = &mut self.classes[i];
            if class.shape.has(Shape::WORD) && memo.is_named(view.terms[i]) {
                class.marks = memo.form(view.vocabulary, view.terms[i], view.tokens()[i].kind).as_name;
            }
        }
    }
}

/// True when most words of a line without a stop are capitalised: `Leaders Meet in Minsk`. Capitals then tell no names.
fn is_headline_case(line: &[Class]) -> bool {
    if line.last().is_some_and(|c| c.shape.has(Shape::STOP)) {
        return false;
    }
    let words = || line.iter().filter(|c| c.shape.has(Shape::CONTENT));
    words().filter(|c| c.shape.has(Shape::CAPITAL)).count() * 4 >= words().count() * 3
}

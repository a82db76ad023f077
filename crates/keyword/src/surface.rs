//! The ranked phrases as a reader would write them.

use crate::form::{Marks, bare};
use crate::memo::NONE;
use crate::phrases::{Phrase, Phrases};
use crate::runs::{Runs, Word};
use crate::score::Scored;
use decalque_text::{Keyword, Span, View};

/// More distinct forms than this are not told apart: it bounds the time a phrase of a huge document takes.
const MOST_FORMS: usize = 16;

/// The distinct surface forms of a phrase with their counts; few, by the nature of stems.
#[derive(Default)]
struct Forms<'r> {
    all: Vec<(String, u32)>,
    /// Words that were met, and the number of their form: most are met again, and no string is made of them.
    met: Vec<(&'r [Word], usize)>,
}

impl<'r> Forms<'r> {
    fn add(&mut self, view: &View, words: &'r [Word]) {
        let met = self.met.iter().find(|(w, _)| is_same(view, w, words)).map(|m| m.1);
        let number = met.unwrap_or_else(|| self.meet(view, words));
        if let Some(form) = self.all.get_mut(number) {
            form.1 += 1;
        }
    }

    /// The number of a form that is made for the first time of these words; one past the end when there are too many.
    fn meet(&mut self, view: &View, words: &'r [Word]) -> usize {
        let form = surface(view, words);
        let known = self.all.iter().position(|(f, _)| *f == form);
        let number = known.unwrap_or(self.all.len());
        if known.is_none() && number < MOST_FORMS {
            self.all.push((form, 0));
        }
        if self.met.len() < MOST_FORMS {
            self.met.push((words, number));
        }
        number
    }

    /// Of equally frequent forms the shortest, then the first by letters.
    fn most_frequent(self) -> String {
        let most = |a: &(String, u32), b: &(String, u32)| {
            a.1.cmp(&b.1).then(b.0.len().cmp(&a.0.len())).then(b.0.cmp(&a.0))
        };
        self.all.into_iter().max_by(most).map_or_else(String::new, |f| f.0)
    }
}

/// True for the same words of the vocabulary, names alike.
fn is_same(view: &View, a: &[Word], b: &[Word]) -> bool {
    let key = |w: &Word| (view.terms.get(w.token as usize), w.marks.has(Marks::NAME));
    a.iter().map(key).eq(b.iter().map(key))
}

/// Keywords of the best phrases, in their order.
pub(crate) fn keywords(view: &View, runs: &Runs, phrases: &Phrases, best: &[Scored]) -> Vec<Keyword> {
    best.iter().map(|b| keyword(view, runs, phrases, b)).collect()
}

fn keyword(view: &View, runs: &Runs, phrases: &Phrases, best: &Scored) -> Keyword {
    let phrase = &phrases.all[best.phrase as usize];
    let words = &runs.words[phrase.words()];
    let surface = match phrase.last {
        NONE => surface(view, words),
        _ => most_frequent(view, runs, phrases, phrase),
    };
    let span = |w: &Word| view.tokens().get(w.token as usize).map_or(Span::new(0, 0), |t| t.span);
    let first = span(&words[0]).cover(span(&words[words.len() - 1]));
    Keyword { surface, norm: norm(view, words), score: best.score, count: phrase.count, first }
}

/// The most frequent form of a phrase that stands more than once.
fn most_frequent(view: &View, runs: &Runs, phrases: &Phrases, phrase: &Phrase) -> String {
    let before = |at: &u32| phrases.occurrences.get(*at as usize).map(|o| o.before);
    let all = std::iter::successors(Some(phrase.last), before);
    let mut places: Vec<u32> =
        all.filter_map(|at| phrases.occurrences.get(at as usize)).map(|o| o.word).collect();
    places.reverse();
    let mut forms = Forms::default();
    for at in places.into_iter().map(|at| at as usize) {
        forms.add(view, &runs.words[at..at + phrase.len as usize]);
    }
    forms.most_frequent()
}

/// The stems, with a space between them.
fn norm(view: &View, words: &[Word]) -> String {
    let mut norm = String::with_capacity(words.iter().map(|w| w.chars as usize + 1).sum());
    for (i, word) in words.iter().enumerate() {
        norm.push_str(if i > 0 { " " } else { "" });
        norm.push_str(view.word(word.token as usize).stem);
    }
    norm
}

/// One occurrence as it is written, without a possessive; ordinary words in small letters.
fn surface(view: &View, words: &[Word]) -> String {
    let mut surface = String::with_capacity(words.iter().map(|w| w.chars as usize + 1).sum());
    for (i, word) in words.iter().enumerate() {
        surface.push_str(if i > 0 { " " } else { "" });
        let text = view.token_text(word.token as usize);
        let text = if i + 1 == words.len() { bare(text) } else { text };
        if word.marks.has(Marks::NAME) {
            surface.push_str(text);
        } else {
            push_lowered(&mut surface, text);
        }
    }
    surface
}

fn push_lowered(to: &mut String, text: &str) {
    if text.is_ascii() {
        let from = to.len();
        to.push_str(text);
        to[from..].make_ascii_lowercase();
    } else if text.chars().any(char::is_uppercase) {
        to.push_str(&text.to_lowercase());
    } else {
        to.push_str(text);
    }
}

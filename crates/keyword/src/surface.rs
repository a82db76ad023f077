//! The ranked phrases as a reader would write them.

use crate::lexis::{Lexis, Marks, bare};
use crate::phrases::Phrases;
use decalque_text::{Keyword, Span, View};
use rustc_hash::FxHashMap;

/// The distinct surface forms of a phrase with their counts; few, by the nature of stems.
type Forms = Vec<(String, u32)>;

/// More distinct forms than this are not told apart: it bounds the time a phrase of a huge document takes.
const MOST_FORMS: usize = 16;

fn add(forms: &mut Forms, form: String) {
    match forms.iter().position(|(f, _)| *f == form) {
        Some(i) => forms[i].1 += 1,
        None if forms.len() < MOST_FORMS => forms.push((form, 1)),
        None => {}
    }
}

/// Keywords of the best phrases, in their order.
pub(crate) fn keywords(view: &View, lexis: &Lexis, phrases: &Phrases, best: &[(u32, f64)]) -> Vec<Keyword> {
    let places: FxHashMap<u32, usize> = best.iter().enumerate().map(|(i, b)| (b.0, i)).collect();
    let mut forms: Vec<Forms> = vec![Forms::new(); best.len()];
    for o in &phrases.occurrences {
        if let Some(&i) = places.get(&o.phrase) {
            let len = phrases.all[o.phrase as usize].len;
            add(&mut forms[i], surface(view, lexis, o.token, len));
        }
    }
    best.iter().zip(forms).map(|(&(id, score), forms)| keyword(view, phrases, id, score, forms)).collect()
}

fn keyword(view: &View, phrases: &Phrases, id: u32, score: f64, forms: Forms) -> Keyword {
    let phrase = phrases.all[id as usize];
    let tokens = phrase.first as usize..(phrase.first + phrase.len) as usize;
    let stems: Vec<&str> = tokens.clone().map(|i| view.word(i).stem).collect();
    // Of equally frequent forms the shortest, then the first by letters.
    let most = |a: &(String, u32), b: &(String, u32)| {
        a.1.cmp(&b.1).then(b.0.len().cmp(&a.0.len())).then(b.0.cmp(&a.0))
    };
    let surface = forms.into_iter().max_by(most).map_or_else(String::new, |f| f.0);
    let span = |i: usize| view.tokens().get(i).map_or(Span::new(0, 0), |t| t.span);
    let first = span(tokens.start).cover(span(tokens.end - 1));
    Keyword { surface, norm: stems.join(" "), score, count: phrase.count, first }
}

/// One occurrence as it is written, without a possessive; ordinary words in small letters.
fn surface(view: &View, lexis: &Lexis, token: u32, len: u32) -> String {
    let tokens = token as usize..(token + len) as usize;
    let last = tokens.end - 1;
    let word = |i: usize| {
        let text = if i == last { bare(view.token_text(i)) } else { view.token_text(i) };
        if lexis.entry(i).marks.has(Marks::NAME) { text.to_owned() } else { lowered(text) }
    };
    tokens.map(word).collect::<Vec<_>>().join(" ")
}

fn lowered(text: &str) -> String {
    if text.chars().any(char::is_uppercase) { text.to_lowercase() } else { text.to_owned() }
}

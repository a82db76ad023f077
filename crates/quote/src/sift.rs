//! What is speech among the things that stand in quotation marks.

use crate::attribution::{Attributed, Tie};
use crate::lexis::Flags;
use crate::page::Page;
use crate::pairs::Pair;

/// A mark that ends a clause.
const END: Flags = Flags::COMMA.and(Flags::STOP);

/// True for what somebody said; false for titles, names and words set in marks for doubt. The looser the tie to a speaker,
/// the more it must look like a sentence.
pub(crate) fn is_speech(page: &Page, a: &Attributed) -> bool {
    let Pair { open, first, close, level, is_single, .. } = a.pair;
    // A sentence of its own after one that says who speaks.
    let follows = a.tie == Tie::Earlier && page.is(first, Flags::CAPITAL) && page.is(close - 1, Flags::STOP);
    if a.tie != Tie::Beside && (level > 0 || is_single && !follows) {
        return false;
    }
    let words = (first..close).filter(|&i| page.is(i, Flags::WORD)).take(9).count();
    match a.tie {
        Tie::Beside => words >= 1 && (is_introduced(page, open, close) || !is_title(page, first, close)),
        Tie::Clause => words >= 2 && !is_title(page, first, close),
        Tie::Subject => words >= 3 && !is_title(page, first, close),
        Tie::Earlier if follows => words >= 2,
        Tie::Earlier | Tie::Nothing => words >= 5 && page.is(first, Flags::CAPITAL) || words >= 8,
    }
}

/// Punctuation sets it apart as speech: a comma or a colon before it, or one inside a sentence that it opens.
fn is_introduced(page: &Page, open: usize, close: usize) -> bool {
    let begins = page.begins_sentence(open);
    begins && page.is(close - 1, END) || !begins && open > 0 && page.is(open - 1, END)
}

/// `Face the Nation`: every word but the small ones has a capital.
fn is_title(page: &Page, from: usize, to: usize) -> bool {
    let small = Flags::PREPOSITION.and(Flags::CONJUNCTION).and(Flags::DETERMINER).and(Flags::NUMBER);
    let words = || (from..to).filter(|&i| page.is(i, Flags::WORD));
    let is_short = words().take(9).count() <= 8;
    is_short
        && words().any(|i| page.is(i, Flags::CAPITAL))
        && words().all(|i| page.is(i, Flags::CAPITAL.and(small)))
}

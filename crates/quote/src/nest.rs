//! Order, levels and numbers of what was found.

use decalque_text::{Quote, Speech};
use std::cmp::Reverse;

/// Quotes in text order, each inside or clear of every other: where two cross, or are the same, the direct one stays.
/// Statements are numbered in the order they begin.
pub(crate) fn nest(mut quotes: Vec<Quote>) -> Vec<Quote> {
    if quotes.is_empty() {
        return quotes;
    }
    quotes.sort_by_key(|q| (q.span.start, Reverse(q.span.end), q.speech));
    let mut keep = vec![true; quotes.len()];
    let mut around: Vec<usize> = Vec::new();
    for i in 0..quotes.len() {
        settle(&mut quotes, &mut keep, &mut around, i);
    }
    let mut kept = keep.into_iter();
    quotes.retain(|_| kept.next().unwrap_or(false));
    set_levels(&mut quotes);
    renumber(&mut quotes);
    quotes
}

/// Keep quote `i`, or drop it or those it crosses; `around` holds the ones that are open where it begins.
fn settle(quotes: &mut [Quote], keep: &mut [bool], around: &mut Vec<usize>, i: usize) {
    let span = quotes[i].span;
    around.retain(|&a| quotes[a].span.end > span.start);
    let clashes = |a: usize| !quotes[a].span.contains(span) || quotes[a].span == span;
    if around.iter().any(|&a| clashes(a) && quotes[a].speech == Speech::Direct) || span.is_empty() {
        keep[i] = false;
        return;
    }
    for &a in around.iter().filter(|&&a| clashes(a)) {
        keep[a] = false;
    }
    around.retain(|&a| keep[a]);
    around.push(i);
}

fn set_levels(quotes: &mut [Quote]) {
    let mut ends: Vec<u32> = Vec::new();
    for q in quotes {
        while ends.last().is_some_and(|&end| end <= q.span.start) {
            ends.pop();
        }
        q.level = ends.len() as u32;
        ends.push(q.span.end);
    }
}

fn renumber(quotes: &mut [Quote]) {
    let size = quotes.iter().map(|q| q.statement as usize + 1).max().unwrap_or(0);
    let (mut known, mut next) = (vec![None; size], 0);
    for q in quotes {
        let number = known[q.statement as usize].get_or_insert_with(|| {
            next += 1;
            next - 1
        });
        q.statement = *number;
    }
}

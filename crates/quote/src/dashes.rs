//! Speech set between dashes, as Russian does and engines keep it: `– We agree, – said the minister. – It is a start.`

use crate::attribution::{Attributed, Tie, after_from};
use crate::lexis::Flags;
use crate::page::{Page, Paragraph};
use crate::pairs::Pair;

/// Farthest the second dash stands behind the verb, in tokens.
const REACH: usize = 40;

/// The speech of paragraphs that begin with a dash and have no quotation marks. Only with a verb of speech: lists and
/// datelines begin with dashes too.
pub(crate) fn dashes(page: &Page, pairs: &[Pair], paragraphs: &[Paragraph]) -> Vec<Attributed> {
    let mut all = Vec::new();
    let mut rest = pairs;
    for (n, p) in paragraphs.iter().enumerate() {
        rest = &rest[rest.partition_point(|pair| pair.paragraph < n)..];
        let is_quoted = rest.first().is_some_and(|pair| pair.paragraph == n);
        if !is_quoted && page.is(p.lo, Flags::DASH) && page.is_spaced(p.lo + 1) {
            parts(page, *p, n, &mut all);
        }
    }
    all
}

fn parts(page: &Page, p: Paragraph, paragraph: usize, all: &mut Vec<Attributed>) {
    let pair = |open, close| Pair {
        open,
        first: open + 1,
        close,
        level: 0,
        paragraph,
        is_single: false,
        goes_on: false,
    };
    let found = (p.lo + 2..p.hi).filter(|&d| breaks(page, d)).find_map(|d| {
        let hi = p.hi.min(d + REACH);
        after_from(page, d + 1, hi, d).map(|source| (d, source))
    });
    let Some((dash, source)) = found else { return };
    let end = dash - usize::from(page.is(dash - 1, Flags::COMMA));
    let mut push = |pair: Pair| {
        if pair.first < pair.close {
            all.push(Attributed { pair, source: Some(source), tie: Tie::Beside });
        }
    };
    push(pair(p.lo, end));
    let verb = source.cue.unwrap_or(dash).max(source.phrase.end);
    if let Some(second) = (verb..p.hi.min(verb + REACH)).find(|&d| breaks(page, d)) {
        push(pair(second, p.hi));
    }
}

/// A dash between speech and the words about it: a comma or a stop stands before it.
fn breaks(page: &Page, d: usize) -> bool {
    page.is(d, Flags::DASH) && page.is(d - 1, Flags::COMMA.and(Flags::STOP))
}

//! Which quotation marks belong together.
//!
//! Marks of one paragraph are taken from left to right with a stack. What a mark does depends on its glyph, on which of
//! its sides touches a word, and on what is open; so straight marks, engines' wrong glyphs and marks that are missing
//! all go one way. Marks left open are dropped, unless the next paragraph opens one again.

use crate::attribution::after_from;
use crate::lexis::Flags;
use crate::page::{NONE, Page, Paragraph};

/// A quotation between marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    /// Token of the opening mark; the first token when it has none.
    pub(crate) open: usize,
    /// First token between the marks.
    pub(crate) first: usize,
    /// Token of the closing mark; the paragraph's end when it has none.
    pub(crate) close: usize,
    /// How many pairs it stands inside.
    pub(crate) level: u32,
    /// Index of its paragraph.
    pub(crate) paragraph: usize,
    /// True for single marks.
    pub(crate) is_single: bool,
    /// True when the next paragraph goes on with it.
    pub(crate) goes_on: bool,
}

/// Marks that close one another's quotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Guillemet,
    Single,
}

/// What a glyph says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Glyph {
    /// `„`, `‘`: opens.
    Opens,
    /// `“`: opens in English, closes in German.
    Left,
    /// `”`: closes, or opens where engines put the wrong one.
    Right,
    /// `"`: either.
    Straight,
}

fn glyph(surface: &str) -> (Family, Glyph) {
    match surface {
        "“" => (Family::Double, Glyph::Left),
        "”" | "‟" => (Family::Double, Glyph::Right),
        "„" | "``" => (Family::Double, Glyph::Opens),
        "«" => (Family::Guillemet, Glyph::Left),
        "»" => (Family::Guillemet, Glyph::Right),
        "‘" | "‹" | "‚" => (Family::Single, Glyph::Opens),
        "’" | "›" => (Family::Single, Glyph::Right),
        "'" | "`" => (Family::Single, Glyph::Straight),
        _ => (Family::Double, Glyph::Straight),
    }
}

#[derive(Debug, Clone, Copy)]
struct Open {
    at: usize,
    family: Family,
    glyph: Glyph,
    is_low: bool,
}

impl Open {
    /// The pair that a mark at `close` makes of it, in the paragraph with this number.
    fn closed(&self, close: usize, paragraph: usize) -> Pair {
        let is_single = self.family == Family::Single;
        Pair { open: self.at, first: self.at + 1, close, level: 0, paragraph, is_single, goes_on: false }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Open,
    Close,
    Nothing,
}

/// Longest quotation, in tokens, that is believed without a closing mark.
const UNCLOSED: usize = 500;
/// Quotations nested deeper are not news.
const DEPTH: usize = 6;

/// The pairs of a document, by their opening marks; `partner` is filled.
pub(crate) fn pairs(
    page: &Page,
    marks: &[u32],
    paragraphs: &[Paragraph],
    partner: &mut Vec<u32>,
) -> Vec<Pair> {
    let mut all = Vec::new();
    let mut rest = marks;
    for (n, p) in paragraphs.iter().enumerate() {
        rest = &rest[rest.partition_point(|&m| (m as usize) < p.lo)..];
        let own = &rest[..rest.partition_point(|&m| (m as usize) < p.hi)];
        if !own.is_empty() {
            let from = all.len();
            let open = paragraph(page, own, *p, n, &mut all);
            let unopened = if all.len() == from { unopened(page, own[0] as usize, *p, n) } else { None };
            all.extend(unopened.or_else(|| unclosed(page, &open, &all[from..], paragraphs, n)));
            set_levels(&mut all[from..]);
        }
    }
    if all.is_empty() {
        return all;
    }
    partner.resize(page.view.tokens().len(), NONE);
    let is_marked = |pair: &&Pair| pair.open < pair.first && pair.close < paragraphs[pair.paragraph].hi;
    for pair in all.iter().filter(is_marked) {
        partner[pair.open] = pair.close as u32;
        partner[pair.close] = pair.open as u32;
    }
    all
}

/// Append the pairs of one paragraph; what stayed open is returned.
fn paragraph(page: &Page, marks: &[u32], p: Paragraph, n: usize, all: &mut Vec<Pair>) -> Vec<Open> {
    let mut stack: Vec<Open> = Vec::new();
    for at in marks.iter().map(|&m| m as usize) {
        let (family, glyph) = glyph(page.view.token_text(at));
        let is_low = matches!(page.view.token_text(at), "„" | "‚");
        let top = stack.iter().rposition(|o| o.family == family);
        match act(page, p, at, (family, glyph), top.map(|t| stack[t])) {
            Act::Open => {
                if stack.len() == DEPTH {
                    stack.remove(0);
                }
                stack.push(Open { at, family, glyph, is_low });
            }
            Act::Close => {
                let open = top.and_then(|t| stack.drain(t..).next());
                all.extend(open.filter(|open| open.at + 1 < at).map(|open| open.closed(at, n)));
            }
            Act::Nothing => {}
        }
    }
    stack
}

fn act(page: &Page, p: Paragraph, at: usize, (family, glyph): (Family, Glyph), top: Option<Open>) -> Act {
    let (left, right) = (is_free_left(page, p, at), is_free_right(page, p, at));
    match (glyph, top) {
        (Glyph::Opens, _) if family == Family::Single => {
            if left && !right && !is_elision(page, at + 1) {
                Act::Open
            } else {
                Act::Nothing
            }
        }
        (Glyph::Opens, _) => Act::Open,
        (Glyph::Left, Some(open)) if !left && (right || open.is_low) => Act::Close,
        // »so« and „so“
        (Glyph::Left, Some(open)) if open.glyph == Glyph::Right && !left => Act::Close,
        (Glyph::Left, _) => Act::Open,
        (Glyph::Right, Some(_)) => Act::Close,
        (Glyph::Right, None) if family != Family::Single && left && !right => Act::Open,
        (Glyph::Right, None) => Act::Nothing,
        (Glyph::Straight, top) if family == Family::Single => {
            straight_single(page, at, left, right, top.is_some())
        }
        (Glyph::Straight, Some(_)) if !left || right => Act::Close,
        (Glyph::Straight, None) if !left && right => Act::Nothing,
        (Glyph::Straight, _) => Act::Open,
    }
}

fn straight_single(page: &Page, at: usize, left: bool, right: bool, is_open: bool) -> Act {
    match (left, right) {
        (true, false) if page.is(at + 1, Flags::WORD) && !is_elision(page, at + 1) => Act::Open,
        (false, _) if is_open => Act::Close,
        _ => Act::Nothing,
    }
}

/// `'90s`, `'em`
fn is_elision(page: &Page, i: usize) -> bool {
    page.is(i, Flags::NUMBER)
        || matches!(page.norm(i), "em" | "tis" | "twas" | "til" | "cause" | "n" | "round" | "bout" | "s")
}

/// Nothing that a quotation could end with touches the mark from the left.
fn is_free_left(page: &Page, p: Paragraph, at: usize) -> bool {
    at == p.lo
        || page.is_spaced(at)
        || matches!(page.view.token_text(at - 1), "(" | "[" | "/")
        || page.is(at - 1, Flags::DASH)
        || {
            // A mark that itself touches nothing on its left: `“‘So`
            page.is(at - 1, Flags::MARK) && (at - 1 == p.lo || page.is_spaced(at - 1))
        }
}

/// Nothing that a quotation could begin with touches the mark from the right.
fn is_free_right(page: &Page, p: Paragraph, at: usize) -> bool {
    at + 1 >= p.hi
        || page.is_spaced(at + 1)
        || page.is(at + 1, Flags::COMMA)
        || page.is(at + 1, Flags::STOP) && !matches!(page.view.token_text(at + 1), "…" | "...")
        || matches!(page.view.token_text(at + 1), ")" | "]")
        || page.is(at + 1, Flags::MARK) && (at + 2 >= p.hi || page.is_spaced(at + 2))
}

/// The quotation that runs to the end of its paragraph, if the one left open is one: the next paragraph opens again, or
/// it began where a quotation begins.
fn unclosed(page: &Page, open: &[Open], closed: &[Pair], paragraphs: &[Paragraph], n: usize) -> Option<Pair> {
    let last = open.iter().rev().find(|o| o.family != Family::Single)?;
    let p = paragraphs[n];
    let is_crossed = closed.iter().any(|pair| pair.open > last.at && !pair.is_single);
    let goes_on = paragraphs.get(n + 1).is_some_and(|next| opens(page, *next, last.family));
    let introduced = last.at == p.lo || page.is(last.at - 1, Flags::COMMA) || page.norm(last.at - 1) == ":";
    let is_short = p.hi - last.at < UNCLOSED;
    let is_whole = !is_crossed && last.at + 3 < p.hi && (goes_on || introduced && is_short);
    is_whole.then_some(Pair {
        open: last.at,
        first: last.at + 1,
        close: p.hi,
        level: 0,
        paragraph: n,
        is_single: false,
        goes_on,
    })
}

/// The quotation that runs from the start of its paragraph to its only mark, as what stands behind that says who speaks:
/// `We agree," said the minister.` Engines lose the first mark, and set the space on the wrong side of the other.
fn unopened(page: &Page, mark: usize, p: Paragraph, n: usize) -> Option<Pair> {
    let ends = mark >= p.lo + 3 && page.is(mark - 1, Flags::COMMA.and(Flags::STOP)) && mark + 1 < p.hi;
    let source = ends.then(|| after_from(page, mark + 1, p.hi, mark)).flatten()?;
    let is_near = source.cue.is_some_and(|cue| cue <= mark + 5);
    is_near.then_some(Pair {
        open: p.lo,
        first: p.lo,
        close: mark,
        level: 0,
        paragraph: n,
        is_single: false,
        goes_on: false,
    })
}

fn opens(page: &Page, p: Paragraph, family: Family) -> bool {
    page.is(p.lo, Flags::MARK) && glyph(page.view.token_text(p.lo)).0 == family
}

fn set_levels(pairs: &mut [Pair]) {
    pairs.sort_by_key(|p| (p.open, std::cmp::Reverse(p.close)));
    let mut ends: Vec<usize> = Vec::new();
    for pair in pairs {
        while ends.last().is_some_and(|&end| end <= pair.open) {
            ends.pop();
        }
        pair.level = ends.len() as u32;
        ends.push(pair.close);
    }
}

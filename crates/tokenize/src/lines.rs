//! Lines and paragraphs: which line breaks are boundaries and which only wrap a paragraph.

use crate::view::Words;
use decalque_text::{Span, Token, TokenKind};

/// A line with text on it.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// First token.
    from: usize,
    /// One past the last token.
    to: usize,
    /// Characters up to the end of its text.
    width: usize,
    /// It starts with white space.
    indented: bool,
    /// A blank line, or the beginning of the text, goes before it.
    first: bool,
}

/// One paragraph: a line, or several when they are wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// First token.
    pub(crate) from: usize,
    /// One past the last token.
    pub(crate) to: usize,
    /// A blank line, or the beginning of the text, goes before it.
    pub(crate) after_blank: bool,
    /// A blank line, or the end of the text, comes after it.
    pub(crate) before_blank: bool,
}

/// No text is wrapped wider than this.
const WIDEST_WRAP: usize = 100;
/// Nor narrower.
const NARROWEST_WRAP: usize = 40;

/// The paragraphs of a text, in order; together they hold every token.
pub(crate) fn paragraphs(text: &str, tokens: &[Token]) -> Vec<Paragraph> {
    let lines = lines(text, tokens);
    let words = Words { text, tokens };
    let mut out: Vec<Paragraph> = Vec::with_capacity(lines.len());
    let mut rest = lines.as_slice();
    while !rest.is_empty() {
        let size = 1 + rest.iter().skip(1).take_while(|l| !l.first).count();
        let (block, after) = rest.split_at(size.min(rest.len()));
        join_block(words, block, &mut out);
        rest = after;
    }
    out
}

/// Cuts the text at line breaks; lines without a token are left out.
fn lines(text: &str, tokens: &[Token]) -> Vec<Line> {
    let mut out = Vec::new();
    let (mut start, mut token, mut first) = (0, 0, true);
    while start < text.len() {
        let end = line_end(text.as_bytes(), start);
        let from = token;
        while tokens.get(token).is_some_and(|t| (t.span.start as usize) < end) {
            token += 1;
        }
        if from == token {
            // "\r\n" makes an empty piece between its two bytes: that is no blank line.
            first |= !(text.as_bytes().get(start) == Some(&b'\n')
                && start > 0
                && text.as_bytes().get(start - 1) == Some(&b'\r'));
        } else {
            out.push(line(text, tokens, start, (from, token), first));
            first = false;
        }
        start = end + 1;
    }
    out
}

fn line_end(bytes: &[u8], start: usize) -> usize {
    bytes.get(start..).and_then(|rest| memchr::memchr2(b'\n', b'\r', rest)).map_or(bytes.len(), |i| start + i)
}

fn line(text: &str, tokens: &[Token], start: usize, (from, to): (usize, usize), first: bool) -> Line {
    let at = |i: usize| tokens.get(i).map_or(Span::new(0, 0), |t| t.span);
    let content = text.get(start..at(to - 1).end as usize).unwrap_or("");
    // Only short lines can be wrapped ones; the exact width of a long one does not matter.
    let width = if content.len() > 4 * WIDEST_WRAP { content.len() } else { content.chars().count() };
    Line { from, to, width, indented: at(from).start as usize > start, first }
}

/// Joins the wrapped lines of one block.
fn join_block(words: Words<'_>, block: &[Line], out: &mut Vec<Paragraph>) {
    let style = Style::of(words, block);
    for (i, line) in block.iter().enumerate() {
        let joined = i > 0 && block.get(i - 1).is_some_and(|before| style.wraps(words, before, line));
        let last = i + 1 == block.len();
        match out.last_mut() {
            Some(open) if joined => {
                open.to = line.to;
                open.before_blank = last;
            }
            _ => {
                out.push(Paragraph { from: line.from, to: line.to, after_blank: i == 0, before_blank: last });
            }
        }
    }
}

/// How the lines of a block are set.
enum Style {
    /// Continuation lines are indented.
    Hanging,
    /// Filled up to this width.
    Filled(usize),
    /// One paragraph a line; joined only where the text plainly goes on.
    Plain(usize),
}

impl Style {
    fn of(words: Words<'_>, block: &[Line]) -> Self {
        let rest = block.get(1..).unwrap_or(&[]);
        let width = block.iter().map(|l| l.width).max().unwrap_or(0);
        let flush = block.first().is_some_and(|l| !l.indented);
        if flush && rest.iter().any(|l| l.indented) {
            return Self::Hanging;
        }
        let full = block.iter().zip(rest).filter(|(line, next)| is_full(words, line, next, width)).count();
        let wrapped =
            rest.len() >= 2 && full * 5 >= rest.len() * 4 && (NARROWEST_WRAP..=WIDEST_WRAP).contains(&width);
        if wrapped { Self::Filled(width) } else { Self::Plain(width) }
    }

    fn wraps(&self, words: Words<'_>, line: &Line, next: &Line) -> bool {
        match *self {
            Self::Hanging => next.indented,
            Self::Filled(width) => is_full(words, line, next, width),
            Self::Plain(width) => {
                let begins = words.is_lower(next.from) && words.kind(next.from) == Some(TokenKind::Word);
                (NARROWEST_WRAP..=WIDEST_WRAP).contains(&width) && begins && words.word(line.to - 1) != ":"
            }
        }
    }
}

/// True when the first word of the next line had no room on this one.
fn is_full(words: Words<'_>, line: &Line, next: &Line, width: usize) -> bool {
    let first = words.get(next.from).map_or(0, |t| t.span.start as usize);
    let rest = words.text.get(first..).unwrap_or("");
    let word = rest.chars().take(WIDEST_WRAP).take_while(|c| !c.is_whitespace()).count();
    line.width + 1 + word > width
}

//! What part of the article each paragraph is.

use crate::dateline;
use crate::dates;
use crate::labels::{self, Label};
use crate::lines::Paragraph;
use crate::view::{Words, is_closer, is_opener, is_terminal};
use decalque_text::{Role, TokenKind};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// A paragraph with its role.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Block {
    /// First token.
    pub(crate) from: usize,
    /// One past the last token.
    pub(crate) to: usize,
    /// One past the last token of its dateline; `from` when it has none.
    pub(crate) dateline: usize,
    /// Role of the rest.
    pub(crate) role: Role,
}

/// Longest headline in words.
const TITLE_WORDS: usize = 30;
/// Longest heading between paragraphs.
const HEADING_WORDS: usize = 15;
/// Headlines that end with a full stop are shorter.
const STOPPED_TITLE_WORDS: usize = 18;
/// Paragraphs that can hold the dateline, the byline and such.
const TOP: usize = 6;
/// A line this short says nothing when it is repeated.
const DUPLICATE_WORDS: usize = 4;

/// What can be told of a paragraph by itself.
#[derive(Debug, Clone, Copy)]
struct Facts {
    words: usize,
    /// Ends like a sentence: `.` `!` `?` `…`, with or without closing marks.
    finished: bool,
    /// Ends with `.` or a mark after which something is expected.
    unlike_headline: bool,
    label: Option<Label>,
    dateline: usize,
}

/// The blocks of a text, one a paragraph.
pub(crate) fn blocks(words: Words<'_>, paragraphs: &[Paragraph]) -> Vec<Block> {
    let facts: Vec<Facts> = paragraphs.iter().enumerate().map(|(i, p)| facts(words, p, i)).collect();
    let mut roles = vec![None; paragraphs.len()];
    mark_labels(words, paragraphs, &facts, &mut roles);
    mark_related(paragraphs, &facts, &mut roles);
    mark_title(words, paragraphs, &facts, &mut roles);
    mark_duplicates(words, paragraphs, &facts, &mut roles);
    mark_headings(words, paragraphs, &facts, &mut roles);
    let block = |((p, facts), role): ((&Paragraph, &Facts), &Option<Role>)| {
        let dateline = if role.is_none() { facts.dateline } else { p.from };
        Block { from: p.from, to: p.to, dateline, role: role.unwrap_or(Role::Body) }
    };
    paragraphs.iter().zip(&facts).zip(&roles).map(block).collect()
}

fn facts(words: Words<'_>, p: &Paragraph, index: usize) -> Facts {
    // Long paragraphs need no exact count.
    let count = (p.from..p.to).filter(|&i| is_word(words, i)).take(TITLE_WORDS + 1).count();
    let last = (p.from..p.to).rev().find(|&i| !is_closer(words.word(i))).unwrap_or(p.from);
    let word = words.word(last);
    Facts {
        words: count,
        finished: is_terminal(word) || word.ends_with('.'),
        unlike_headline: word == "." || matches!(words.word(p.to - 1), "," | ";" | ":" | "-" | "–" | "—"),
        label: labels::label(words.slice(p.from, p.to)),
        dateline: dateline::parse(words, p.from, p.to)
            .filter(|d| d.is_certain() || index < TOP)
            .map_or(p.from, |d| d.end),
    }
}

fn is_word(words: Words<'_>, i: usize) -> bool {
    !matches!(words.kind(i), Some(TokenKind::Punctuation | TokenKind::Symbol | TokenKind::Emoji) | None)
}

impl Facts {
    fn is_headline(&self, longest: usize) -> bool {
        (1..=longest).contains(&self.words) && !self.unlike_headline
    }
}

/// Roles that a line shows by itself.
fn mark_labels(words: Words<'_>, paragraphs: &[Paragraph], facts: &[Facts], roles: &mut [Option<Role>]) {
    let mut after_field = false;
    for (i, (p, f)) in paragraphs.iter().zip(facts).enumerate() {
        let line = words.slice(p.from, p.to);
        let near_end = i + 3 >= paragraphs.len();
        let role = match f.label {
            Some(Label::Field) if f.words <= 25 => Some(Role::Metadata),
            Some(Label::Boilerplate) => Some(Role::Boilerplate),
            Some(Label::Caption) if f.words <= TITLE_WORDS => Some(Role::Caption),
            Some(Label::RelatedLine) if f.words <= TITLE_WORDS => Some(Role::Related),
            _ if is_field_value(words, p, after_field) || is_byline(words, p, i) => Some(Role::Metadata),
            _ if i < TOP && (is_posted(words, p) || dateline::is_agency(line)) => Some(Role::Metadata),
            _ if near_end && labels::is_sign_off(line) || f.words == 0 && i > 0 || is_lone_letter(line) => {
                Some(Role::Boilerplate)
            }
            _ => None,
        };
        after_field = f.label == Some(Label::Field);
        if let Some(slot) = roles.get_mut(i) {
            *slot = role;
        }
    }
}

fn is_lone_letter(line: &str) -> bool {
    let mut chars = line.chars();
    matches!((chars.next(), chars.next()), (Some('X' | 'x' | '×' | '✕'), None))
}

/// A date line, an address, or a number under the name of a field.
fn is_field_value(words: Words<'_>, p: &Paragraph, after_field: bool) -> bool {
    let single = p.to == p.from + 1;
    match words.kind(p.from) {
        Some(TokenKind::Url | TokenKind::Email) if single => true,
        Some(TokenKind::Number) if single => after_field || dates::read(words, p.from, p.to).is_complete(),
        _ => p.to - p.from <= 16 && dates::is_date_line(words, p.from, p.to),
    }
}

/// `Posted on February 25, 2016 by Anna Lee`
fn is_posted(words: Words<'_>, p: &Paragraph) -> bool {
    p.to - p.from <= 16
        && labels::is_posted(words.slice(p.from, p.to))
        && dates::read(words, p.from, p.to).is_complete()
}

/// `By Anna Petrova, Moscow` near the top.
fn is_byline(words: Words<'_>, p: &Paragraph, i: usize) -> bool {
    let name = |j: usize| {
        words.is_upper(j)
            || !is_word(words, j)
            || matches!(words.word(j), "and" | "in" | "for" | "of" | "de" | "von" | "van")
    };
    i < TOP
        && (2..=10).contains(&(p.to - p.from))
        && matches!(words.word(p.from), "By" | "BY")
        && words.is_upper(p.from + 1)
        && !is_terminal(words.word(p.to - 1))
        && (p.from + 1..p.to).all(name)
}

/// The headlines after a label.
fn mark_related(paragraphs: &[Paragraph], facts: &[Facts], roles: &mut [Option<Role>]) {
    let mut i = 0;
    while let Some(f) = facts.get(i) {
        i += 1;
        if f.label != Some(Label::Related) {
            continue;
        }
        let run = facts
            .iter()
            .zip(roles.iter())
            .skip(i)
            .take_while(|(f, role)| role.is_none() && f.label.is_none() && f.is_headline(TITLE_WORDS))
            .count();
        let last = i + run;
        // The last of several lines can be a heading of the article, when text follows.
        let keeps_last = run <= 1
            || last >= facts.len()
            || facts.get(last - 1).is_some_and(|f| f.words > 7)
            || paragraphs.get(last - 1).is_some_and(|p| !p.after_blank);
        let end = if keeps_last { last } else { last - 1 };
        for slot in roles.get_mut(i - 1..end).unwrap_or(&mut []) {
            *slot = Some(Role::Related);
        }
        i = end.max(i);
    }
}

/// The first line of the article, when it looks like a headline and an article follows.
fn mark_title(words: Words<'_>, paragraphs: &[Paragraph], facts: &[Facts], roles: &mut [Option<Role>]) {
    let mut open = roles.iter().enumerate().filter(|(_, role)| role.is_none()).map(|(i, _)| i);
    let (Some(first), Some(second)) = (open.next(), open.next()) else { return };
    let (Some(f), Some(p), Some(next)) = (facts.get(first), paragraphs.get(first), facts.get(second)) else {
        return;
    };
    let begins = !words.is_lower(p.from) && !matches!(words.word(p.from), "-" | "–" | "—" | "…" | "...");
    let titled = f.is_headline(TITLE_WORDS) || is_stopped_headline(words, p, f, next);
    if titled
        && f.dateline == p.from
        && begins
        && let Some(slot) = roles.get_mut(first)
    {
        *slot = Some(Role::Title);
    }
}

/// A headline with a full stop: one short sentence, set apart by a blank line, before a longer paragraph.
fn is_stopped_headline(words: Words<'_>, p: &Paragraph, f: &Facts, next: &Facts) -> bool {
    let stops = (p.from..p.to).filter(|&i| is_terminal(words.word(i))).count();
    let short = (3..=STOPPED_TITLE_WORDS).contains(&f.words) && next.words > f.words;
    p.before_blank && short && stops == 1 && f.finished && !is_opener(words.word(p.from))
}

/// Lines whose words already stood in this text.
fn mark_duplicates(words: Words<'_>, paragraphs: &[Paragraph], facts: &[Facts], roles: &mut [Option<Role>]) {
    let all = paragraphs.iter().zip(facts).zip(roles.iter()).enumerate();
    let is_content = |role: &Option<Role>| matches!(role, None | Some(Role::Title));
    let candidates = all.filter(|(_, ((_, f), role))| is_content(role) && f.words >= DUPLICATE_WORDS);
    let mut sizes: Vec<(usize, usize)> = candidates.map(|(i, ((p, _), _))| (size(words, p), i)).collect();
    sizes.sort_unstable();
    // Most lines are alone with their size, and need no closer look.
    for alike in sizes.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
        mark_repeated(words, paragraphs, alike, roles);
    }
}

/// Lines of these whose words already stood in one of them; they are given in text order, behind their sizes.
fn mark_repeated(
    words: Words<'_>,
    paragraphs: &[Paragraph],
    alike: &[(usize, usize)],
    roles: &mut [Option<Role>],
) {
    let mut seen: FxHashMap<u64, &Paragraph> = FxHashMap::default();
    for &(_, i) in alike {
        let Some(p) = paragraphs.get(i) else { continue };
        let first = *seen.entry(fingerprint(words, p)).or_insert(p);
        if first.from < p.from
            && same(words, (first.from, first.to), (p.from, p.to))
            && let Some(slot) = roles.get_mut(i)
        {
            *slot = Some(Role::Duplicate);
        }
    }
}

/// The first words of a line, and its last ones from the end.
fn ends(words: Words<'_>, p: &Paragraph) -> impl Iterator<Item = usize> {
    const FIRST: usize = 8;
    const LAST: usize = 4;
    let is_word = move |i: &usize| is_word(words, *i);
    (p.from..p.to).filter(is_word).take(FIRST).chain((p.from..p.to).rev().filter(is_word).take(LAST))
}

/// The length of the first and last words and the first letter: equal where the fingerprints are.
fn size(words: Words<'_>, p: &Paragraph) -> usize {
    let mut ends = ends(words, p).peekable();
    let first = ends.peek().and_then(|&i| words.first_byte(i)).map_or(0, |b| b | 0x20);
    ends.map(|i| words.len(i)).sum::<usize>() << 8 | usize::from(first)
}

/// A hash of the first and last words, without case and marks: enough to find a pair, `same` decides.
fn fingerprint(words: Words<'_>, p: &Paragraph) -> u64 {
    let mut hasher = FxHasher::default();
    ends(words, p).for_each(|i| words.word(i).bytes().for_each(|b| hasher.write_u8(b | 0x20)));
    hasher.finish()
}

fn same(words: Words<'_>, a: (usize, usize), b: (usize, usize)) -> bool {
    let of = |(from, to): (usize, usize)| {
        (from..to).filter(move |&i| is_word(words, i)).map(move |i| words.word(i))
    };
    let mut left = of(a);
    of(b).all(|w| left.next().is_some_and(|l| l.eq_ignore_ascii_case(w))) && left.next().is_none()
}

/// Short lines without a stop, between paragraphs.
fn mark_headings(words: Words<'_>, paragraphs: &[Paragraph], facts: &[Facts], roles: &mut [Option<Role>]) {
    for i in 1..paragraphs.len() {
        let (Some(p), Some(f), Some(None)) = (paragraphs.get(i), facts.get(i), roles.get(i)) else {
            continue;
        };
        let next = (i + 1..paragraphs.len()).take(2).find(|&j| {
            !matches!(roles.get(j), Some(Some(Role::Related | Role::Boilerplate | Role::Caption)))
        });
        let leads = next
            .and_then(|j| Some((roles.get(j)?, facts.get(j)?)))
            .is_some_and(|(role, g)| role.is_none() && g.finished && g.words > f.words);
        let begins = words.is_upper(p.from)
            || words.kind(p.from) == Some(TokenKind::Number)
            || is_opener(words.word(p.from)) && words.is_upper(p.from + 1);
        let unfinished = !f.finished || words.word(p.to - 1) == "?";
        if leads
            && begins
            && unfinished
            && f.is_headline(HEADING_WORDS)
            && f.dateline == p.from
            && let Some(slot) = roles.get_mut(i)
        {
            *slot = Some(Role::Heading);
        }
    }
}

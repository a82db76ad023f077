//! What the lines of a text say of it: title, date, agency, place, author, address.

use crate::dateline;
use crate::dates;
use crate::labels;
use crate::view::Words;
use decalque_text::{Head, Layout, Metadata, Role, Sentence, Span, TokenKind};

/// Names of the author's field.
const AUTHORS: &[&str] =
    &["author", "auther", "authors", "by", "written by", "reported by", "reporting by", "posted by", "автор"];

/// Names of the agency's field.
const SOURCES: &[&str] = &["agency", "source", "sources", "агентство", "источник"];

/// Longest name of an agency, in words.
const AGENCY_WORDS: usize = 4;

/// Reads the title and the fields from a text and its [`layout`](crate::layout()).
///
/// A date counts only when its year is given; it is the civil time on the page, in milliseconds since 1970.
///
/// ```
/// let text = "Thu, 02/25/2016 - 10:27\n\nLeaders meet\n\nMOSCOW, February 24. /TASS/. The leaders met.";
/// let head = decalque_tokenize::head(text, &decalque_tokenize::layout(text));
/// assert_eq!(head.title.map(|t| t.text(text)), Some("Leaders meet"));
/// assert_eq!(head.fields.published, Some(1_456_396_020_000));
/// assert_eq!(head.fields.agency.as_deref(), Some("TASS"));
/// assert_eq!(head.fields.place.as_deref(), Some("Moscow"));
/// ```
pub fn head(text: &str, layout: &Layout) -> Head {
    let words = Words { text, tokens: &layout.tokens };
    let mut fields = Metadata::default();
    for sentence in &layout.sentences {
        match sentence.role {
            Role::Metadata => read_field(words, sentence, &mut fields),
            Role::Dateline => read_dateline(words, sentence, &mut fields),
            _ => {}
        }
    }
    let title = title(&layout.sentences);
    fields.title = title.map(|span| span.text(text).to_owned());
    Head { title, fields }
}

/// All sentences of the title together.
fn title(sentences: &[Sentence]) -> Option<Span> {
    sentences.iter().filter(|s| s.role == Role::Title).map(|s| s.span).reduce(Span::cover)
}

fn read_field(words: Words<'_>, sentence: &Sentence, fields: &mut Metadata) {
    let tokens = sentence.tokens();
    if fields.published.is_none() {
        fields.published = dates::read(words, tokens.start, tokens.end).millis();
    }
    let line = sentence.span.text(words.text);
    if fields.author.is_none()
        && let Some(by) = author(line)
    {
        fields.author = Some(by.name.to_owned());
        fields.place = fields.place.take().or_else(|| by.place.map(capitalised));
        fields.agency = fields.agency.take().or_else(|| by.agency.map(str::to_owned));
    }
    if fields.agency.is_none() {
        fields.agency = agency(line);
    }
    if fields.url.is_none() {
        fields.url =
            tokens.clone().find(|&i| words.kind(i) == Some(TokenKind::Url)).map(|i| words.word(i).to_owned());
    }
}

/// Who wrote it, and what else the line says.
#[derive(Debug, PartialEq, Eq)]
struct By<'a> {
    name: &'a str,
    place: Option<&'a str>,
    agency: Option<&'a str>,
}

/// The name in `Author: Anna Petrova`, `By Anna Petrova in Moscow`, `(Reporting by Anna Petrova; editing by Boris Orlov)`
/// or `Posted on Monday by Anna Petrova`.
fn author(line: &str) -> Option<By<'_>> {
    let lower = line.to_lowercase();
    let is_posted = labels::is_posted(line) && !line.contains(':');
    let name = match line.split_once(':') {
        Some((field, name)) => AUTHORS.contains(&field.trim().to_lowercase().as_str()).then_some(name)?,
        None if is_posted => line.split_once(" by ")?.1,
        None if lower.trim_start_matches('(').starts_with("reporting by ") => line.split_once("by ")?.1,
        None => line.strip_prefix("By ").or_else(|| line.strip_prefix("BY "))?,
    };
    let name = name.split([';', ')']).next().unwrap_or(name).trim();
    let (name, agency) = match name.rsplit_once(", ") {
        Some((name, agency)) if dateline::is_agency(agency) => (name, Some(agency)),
        _ => (name, None),
    };
    let (name, place) = match name.rsplit_once(" in ") {
        Some((name, place)) if place.starts_with(char::is_uppercase) => (name, Some(place)),
        _ => (name, None),
    };
    (!name.is_empty()).then_some(By { name, place, agency })
}

/// The name in `Source: TASS`, or in a line that is an agency's name and nothing else.
fn agency(line: &str) -> Option<String> {
    let name = match line.split_once(':') {
        Some((field, name)) => SOURCES.contains(&field.trim().to_lowercase().as_str()).then_some(name)?,
        None => dateline::is_agency(line).then_some(line)?,
    };
    let name = name.trim();
    let is_name = name.starts_with(char::is_uppercase) && name.split(' ').count() <= AGENCY_WORDS;
    (is_name && !name.contains("://")).then(|| name.to_owned())
}

fn read_dateline(words: Words<'_>, sentence: &Sentence, fields: &mut Metadata) {
    let tokens = sentence.tokens();
    let Some(found) = dateline::parse(words, tokens.start, tokens.end) else { return };
    if fields.place.is_none() {
        fields.place = found.place.map(|span| capitalised(span.text(words.text)));
    }
    if fields.agency.is_none() {
        fields.agency = found.agency.map(|span| span.text(words.text).to_owned());
    }
    if fields.published.is_none() {
        fields.published = dates::read(words, tokens.start, tokens.end).millis();
    }
}

/// `NEW YORK` as `New York`.
fn capitalised(place: &str) -> String {
    let mut start = true;
    let mut out = String::with_capacity(place.len());
    for c in place.chars() {
        if start {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        start = !c.is_alphabetic() && c != '\'' && c != '’';
    }
    out
}

//! What the lines of a text say of it: title, date, agency, place, author, address.

use crate::dateline;
use crate::dates;
use crate::view::Words;
use decalque_text::{Head, Layout, Metadata, Role, Sentence, Span, TokenKind};

/// Names of the author's field.
const AUTHORS: &[&str] =
    &["author", "auther", "authors", "by", "written by", "reported by", "reporting by", "posted by", "автор"];

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
    if fields.author.is_none() {
        fields.author = author(sentence.span.text(words.text));
    }
    if fields.url.is_none() {
        fields.url =
            tokens.clone().find(|&i| words.kind(i) == Some(TokenKind::Url)).map(|i| words.word(i).to_owned());
    }
}

/// The name in `Author: Anna Petrova` or `By Anna Petrova`.
fn author(line: &str) -> Option<String> {
    let name = match line.split_once(':') {
        Some((field, name)) => AUTHORS.contains(&field.trim().to_lowercase().as_str()).then_some(name)?,
        None => line.strip_prefix("By ").or_else(|| line.strip_prefix("BY "))?,
    };
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
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

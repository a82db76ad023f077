//! Tokens, sentences, roles, and the view a stage gets of a document.

use crate::{Span, TermId, Vocabulary};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// A word, a hyphenated word, an abbreviation: `al-Assad’s`, `U.S.`
    Word,
    /// Digits, with marks between them: `00:00`, `1,000.5`, `02/25/2016`
    Number,
    /// A mark: `,` `”` `—`
    Punctuation,
    /// A sign that is no punctuation: `$` `%` `+`
    Symbol,
    /// A web address or a bare domain.
    Url,
    /// An e-mail address.
    Email,
    /// `@name`
    Handle,
    /// `#topic`
    Hashtag,
    /// One emoji, joined sequences whole.
    Emoji,
}

impl TokenKind {
    /// All kinds, each at the place of its number.
    pub const ALL: [Self; 9] = [
        Self::Word,
        Self::Number,
        Self::Punctuation,
        Self::Symbol,
        Self::Url,
        Self::Email,
        Self::Handle,
        Self::Hashtag,
        Self::Emoji,
    ];

    /// The name used in the tables.
    ///
    /// ```
    /// assert_eq!(decalque_text::TokenKind::Word.name(), "word");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Number => "number",
            Self::Punctuation => "punctuation",
            Self::Symbol => "symbol",
            Self::Url => "url",
            Self::Email => "email",
            Self::Handle => "handle",
            Self::Hashtag => "hashtag",
            Self::Emoji => "emoji",
        }
    }
}

/// A token of a text. Owns no string: its text is `&text[span]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token {
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Index of its sentence in the document.
    pub sentence: u32,
}

/// What part of an article a sentence is. Nothing is cut from a text: what is not the article gets a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Role {
    /// The headline.
    Title,
    /// A heading between paragraphs.
    Heading,
    /// Place, date and agency before the first sentence: `MOSCOW, February 24. /TASS/.`
    Dateline,
    /// The article itself.
    #[default]
    Body,
    /// Words under a picture or a video.
    Caption,
    /// Fields of the page: `ID :`, a date line, `Author :`
    Metadata,
    /// Links to other articles, label and headlines.
    Related,
    /// Fixed text of the site: `Read more`, player errors, share buttons.
    Boilerplate,
    /// A line that already stood in this document.
    Duplicate,
}

impl Role {
    /// All roles, each at the place of its number.
    pub const ALL: [Self; 9] = [
        Self::Title,
        Self::Heading,
        Self::Dateline,
        Self::Body,
        Self::Caption,
        Self::Metadata,
        Self::Related,
        Self::Boilerplate,
        Self::Duplicate,
    ];

    /// The name used in the tables.
    ///
    /// ```
    /// assert_eq!(decalque_text::Role::Dateline.name(), "dateline");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Dateline => "dateline",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Metadata => "metadata",
            Self::Related => "related",
            Self::Boilerplate => "boilerplate",
            Self::Duplicate => "duplicate",
        }
    }

    /// True for what an analysis should count: title, heading, dateline, body, caption.
    ///
    /// ```
    /// # use decalque_text::Role;
    /// assert!(Role::Title.is_content() && !Role::Related.is_content());
    /// ```
    #[inline]
    pub const fn is_content(self) -> bool {
        matches!(self, Self::Title | Self::Heading | Self::Dateline | Self::Body | Self::Caption)
    }
}

/// A language: a BCP 47 primary tag such as `en` or `ru`; `und` when it could not be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(&'static str);

impl Lang {
    /// Undetermined.
    pub const UND: Self = Self("und");
    /// English.
    pub const EN: Self = Self("en");
    /// Russian.
    pub const RU: Self = Self("ru");

    /// A language by its tag; the caller vouches that it is a BCP 47 primary tag.
    ///
    /// ```
    /// # use decalque_text::Lang;
    /// assert_eq!(Lang::new("uk").tag(), "uk");
    /// ```
    pub const fn new(tag: &'static str) -> Self {
        Self(tag)
    }

    /// The tag.
    ///
    /// ```
    /// # use decalque_text::Lang;
    /// assert_eq!(Lang::UND.tag(), "und");
    /// ```
    pub const fn tag(self) -> &'static str {
        self.0
    }
}

/// A sentence, or a line that is no sentence, of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sentence {
    /// Where it stands, in bytes, without white space around it.
    pub span: Span,
    /// Index of its paragraph (block of lines) in the document.
    pub paragraph: u32,
    /// What part of the article it is.
    pub role: Role,
    /// Index of its first token in the document.
    pub first_token: u32,
    /// One past the index of its last token.
    pub end_token: u32,
}

impl Sentence {
    /// The indices of its tokens.
    ///
    /// ```
    /// # use decalque_text::{Sentence, Span, Role};
    /// let s = Sentence { span: Span::new(0, 9), paragraph: 0, role: Role::Body, first_token: 2, end_token: 4 };
    /// assert_eq!(s.tokens(), 2..4);
    /// ```
    #[inline]
    pub const fn tokens(&self) -> std::ops::Range<usize> {
        self.first_token as usize..self.end_token as usize
    }
}

/// How a text is laid out: its sentences and tokens, both in text order and disjoint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// All sentences. Every token belongs to exactly one.
    pub sentences: Vec<Sentence>,
    /// All tokens.
    pub tokens: Vec<Token>,
}

/// What a stage sees of one document: a text, how it is laid out, and the vocabulary entry of each token.
///
/// `terms` has one entry for each token of `layout.tokens`, in the same order.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The text all spans point into.
    pub text: &'a str,
    /// Its sentences and tokens.
    pub layout: &'a Layout,
    /// The vocabulary entry of every token.
    pub terms: &'a [TermId],
    /// Where those entries are kept.
    pub vocabulary: &'a Vocabulary,
}

impl<'a> View<'a> {
    /// The tokens.
    #[inline]
    pub fn tokens(&self) -> &'a [Token] {
        &self.layout.tokens
    }

    /// The text of token `i`; empty when there is no such token.
    #[inline]
    pub fn token_text(&self, i: usize) -> &'a str {
        self.layout.tokens.get(i).map_or("", |t| t.span.text(self.text))
    }

    /// The vocabulary entry of token `i`; the empty word when there is no such token.
    #[inline]
    pub fn word(&self, i: usize) -> crate::Word<'a> {
        self.terms.get(i).map_or(crate::Word::NONE, |&t| self.vocabulary.word(t))
    }

    /// Token `i` in lower case; empty when there is no such token.
    #[inline]
    pub fn norm(&self, i: usize) -> &'a str {
        self.terms.get(i).map_or("", |&t| self.vocabulary.norm(t))
    }

    /// How token `i` is cased.
    #[inline]
    pub fn case(&self, i: usize) -> crate::Case {
        self.terms.get(i).map_or(crate::Case::None, |&t| self.vocabulary.case(t))
    }

    /// True when token `i` is a function word, or is not there.
    #[inline]
    pub fn is_stop(&self, i: usize) -> bool {
        self.terms.get(i).is_none_or(|&t| self.vocabulary.is_stop(t))
    }

    /// The text between token `i` and the next one; empty at the end.
    #[inline]
    pub fn gap_after(&self, i: usize) -> &'a str {
        match (self.layout.tokens.get(i), self.layout.tokens.get(i + 1)) {
            (Some(a), Some(b)) => Span::new(a.span.end, b.span.start).text(self.text),
            _ => "",
        }
    }

    /// The sentence that token `i` belongs to.
    #[inline]
    pub fn sentence_of(&self, i: usize) -> Option<&'a Sentence> {
        self.layout.tokens.get(i).and_then(|t| self.layout.sentences.get(t.sentence as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::{Role, TokenKind};

    #[test]
    fn kinds_and_roles_stand_at_their_numbers() {
        assert!(TokenKind::ALL.iter().enumerate().all(|(i, kind)| *kind as usize == i));
        assert!(Role::ALL.iter().enumerate().all(|(i, role)| *role as usize == i));
    }
}

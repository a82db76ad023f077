//! A text cut at white space, for tests that must not depend on the tokeniser.

use decalque_evidence::{Evidence, Gathered, gather};
use decalque_text::{
    Case, Form, Keyword, Layout, Role, Sentence, Span, TermId, Token, TokenKind, View, Vocabulary,
};

/// A document that owns what a view borrows.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) layout: Layout,
    pub(crate) terms: Vec<TermId>,
    pub(crate) vocabulary: Vocabulary,
}

const STOPS: &[&str] =
    &["the", "a", "an", "of", "in", "and", "to", "is", "was", "on", "with", "for", "he", "that", "by", "it"];

impl Page {
    /// A page of lines, each with its role. Marks must stand apart: `Peskov said .`
    pub(crate) fn new(lines: &[(Role, &str)]) -> Self {
        let mut page = Self::default();
        for &(role, line) in lines {
            page.add(role, line);
        }
        page
    }

    fn add(&mut self, role: Role, line: &str) {
        let (number, first_token) = (self.layout.sentences.len() as u32, self.layout.tokens.len() as u32);
        let start = self.text.len();
        for piece in line.split_whitespace() {
            let at = self.text.len();
            self.text.push_str(piece);
            let span = Span::of(at..self.text.len());
            self.layout.tokens.push(Token { span, kind: kind(piece), sentence: number });
            self.terms.push(self.vocabulary.intern(piece, form));
            self.text.push(' ');
        }
        let end_token = self.layout.tokens.len() as u32;
        let span = Span::of(start..self.text.len());
        self.layout.sentences.push(Sentence { span, paragraph: number, role, first_token, end_token });
    }

    /// A page of body sentences.
    pub(crate) fn body(lines: &[&str]) -> Self {
        Self::new(&lines.iter().map(|&l| (Role::Body, l)).collect::<Vec<_>>())
    }

    /// The same page with a vocabulary in which these words came first.
    pub(crate) fn after(words: &[&str], lines: &[&str]) -> Self {
        let mut page = Self::default();
        for &word in words {
            page.vocabulary.intern(word, form);
        }
        lines.iter().for_each(|l| page.add(Role::Body, l));
        page
    }

    pub(crate) fn view(&self) -> View<'_> {
        View { text: &self.text, layout: &self.layout, terms: &self.terms, vocabulary: &self.vocabulary }
    }

    pub(crate) fn rank(&self, limit: usize) -> Vec<Keyword> {
        decalque_keyword::rank(&self.view(), &Evidence::default(), limit)
    }

    pub(crate) fn surfaces(&self, limit: usize) -> Vec<String> {
        self.rank(limit).into_iter().map(|k| k.surface).collect()
    }
}

/// What pages know together.
pub(crate) fn evidence(pages: &[&Page]) -> Evidence {
    let mut all = Gathered::default();
    pages.iter().for_each(|p| all.add(&gather(&p.view())));
    all.freeze()
}

fn kind(piece: &str) -> TokenKind {
    match piece {
        p if p.chars().all(|c| c.is_ascii_digit()) => TokenKind::Number,
        p if p.chars().any(char::is_alphanumeric) => TokenKind::Word,
        _ => TokenKind::Punctuation,
    }
}

fn form(surface: &str) -> Form {
    let norm = surface.to_lowercase().replace('’', "'");
    let bare = norm.strip_suffix("'s").unwrap_or(&norm);
    let stem = if bare.len() > 3 { bare.strip_suffix('s').unwrap_or(bare) } else { bare }.to_owned();
    let upper = surface.chars().filter(|c| c.is_uppercase()).count();
    let lower = surface.chars().any(char::is_lowercase);
    let case = match (upper, lower) {
        (0, false) => Case::None,
        (0, true) => Case::Lower,
        (1, _) => Case::Title,
        (_, false) => Case::Upper,
        _ => Case::Mixed,
    };
    let is_stop = STOPS.contains(&norm.as_str());
    Form { norm, stem, case, is_stop }
}

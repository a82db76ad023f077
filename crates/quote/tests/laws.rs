//! What holds for every text.

use decalque_evidence::{Evidence, own};
use decalque_quote::{Quoter, quotes};
use decalque_text::{
    Case, Form, Layout, Quote, Role, Sentence, Span, Speech, TermId, Token, TokenKind, View, Vocabulary,
};
use proptest::prelude::*;

const ROLES: [Role; 4] = [Role::Title, Role::Body, Role::Related, Role::Caption];
const KINDS: [TokenKind; 3] = [TokenKind::Word, TokenKind::Number, TokenKind::Punctuation];

/// A text cut at white space and before and after marks: the laws must not depend on the tokeniser.
#[derive(Default)]
struct Page {
    text: String,
    layout: Layout,
    terms: Vec<TermId>,
    vocabulary: Vocabulary,
}

impl Page {
    fn new(lines: &[(usize, String)]) -> Self {
        let mut page = Self::default();
        for (n, (role, line)) in lines.iter().enumerate() {
            page.add(ROLES[*role], line, n as u32 / 2);
        }
        page
    }

    fn add(&mut self, role: Role, line: &str, paragraph: u32) {
        let (number, first_token) = (self.layout.sentences.len() as u32, self.layout.tokens.len() as u32);
        let start = self.text.len();
        let mut at = start;
        self.text.push_str(line);
        for piece in line.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let mark = piece.chars().next_back().filter(|c| !c.is_alphanumeric()).map_or(0, char::len_utf8);
            self.token(at..at + piece.len() - mark, TokenKind::Word, number);
            self.token(at + piece.len() - mark..at + piece.len(), TokenKind::Punctuation, number);
            at += piece.len();
        }
        let span = Span::of(start..self.text.len());
        let end_token = self.layout.tokens.len() as u32;
        self.layout.sentences.push(Sentence { span, paragraph, role, first_token, end_token });
        self.text.push('\n');
    }

    fn token(&mut self, range: std::ops::Range<usize>, kind: TokenKind, sentence: u32) {
        let text = &self.text[range.clone()];
        if !text.trim().is_empty() {
            self.terms.push(self.vocabulary.intern(text, form));
            self.layout.tokens.push(Token { span: Span::of(range), kind, sentence });
        }
    }

    fn view(&self) -> View<'_> {
        View { text: &self.text, layout: &self.layout, terms: &self.terms, vocabulary: &self.vocabulary }
    }

    fn quotes(&self) -> Vec<Quote> {
        quotes(&self.view(), &own(&self.view()), &Evidence::default())
    }
}

fn form(surface: &str) -> Form {
    let is_upper = surface.starts_with(char::is_uppercase);
    let case = if is_upper { Case::Title } else { Case::Lower };
    Form { norm: surface.to_lowercase(), stem: surface.to_lowercase(), case, is_stop: false }
}

fn lines() -> impl Strategy<Value = Vec<(usize, String)>> {
    let piece = prop_oneof![
        4 => "(Dmitry|Peskov|Anna|he|she|said|told|says|saying|that|to|according|and|who|the|spokesman|of|agree|not|was|claim)",
        4 => "[“”\"«»„‘’',.:?!–()]",
        1 => "[a-zA-ZяЖé]{1,6}",
    ];
    let line = proptest::collection::vec((piece, any::<bool>()), 0..30)
        .prop_map(|all| all.into_iter().map(|(p, space)| if space { p + " " } else { p }).collect());
    proptest::collection::vec((0..ROLES.len(), line), 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn quotes_lie_in_the_text_in_order_and_disjoint_per_level(lines in lines()) {
        let page = Page::new(&lines);
        let mut ends = [0; 64];
        let mut statements = 0;
        for q in page.quotes() {
            prop_assert!(!q.span.text(&page.text).trim().is_empty());
            prop_assert!(ends[q.level as usize] <= q.span.start, "{:?}", q);
            prop_assert!(q.level == 0 || ends[q.level as usize - 1] >= q.span.end, "{:?}", q);
            ends[q.level as usize] = q.span.end;
            prop_assert!(q.speaker_at.is_none_or(|s| !s.text(&page.text).is_empty()));
            prop_assert!(q.cue.is_none_or(|s| !s.text(&page.text).is_empty()));
            prop_assert!(q.speaker_at.is_some() || q.speaker.is_none());
            prop_assert!(q.speaker_at.is_some() || q.speech == Speech::Direct);
            prop_assert!(q.statement <= statements);
            statements = statements.max(q.statement + 1);
        }
    }

    /// What a finder met before leaves no trace.
    #[test]
    fn memory_changes_nothing(a in lines(), b in lines()) {
        let (a, b) = (Page::new(&a), Page::new(&b));
        let evidence = Evidence::default();
        let mut quoter = Quoter::new(&evidence);
        for page in [&a, &b, &a] {
            prop_assert_eq!(quoter.quotes(&page.view(), &own(&page.view())), page.quotes());
        }
    }

    /// Sentences, tokens and terms that do not fit each other must not panic either.
    #[test]
    fn no_layout_panics(
        lines in lines(),
        tokens in proptest::collection::vec((0u32..60, 0u32..60, 0..KINDS.len(), 0u32..9), 0..30),
        sentences in proptest::collection::vec((0u32..40, 0u32..40, 0..ROLES.len(), 0u32..4), 0..6),
        terms in proptest::collection::vec(0u32..40, 0..30),
    ) {
        let page = Page::new(&lines);
        let tokens = tokens.into_iter().map(|(a, b, k, sentence)| Token { span: Span::new(a, b), kind: KINDS[k], sentence });
        let sentences = sentences.into_iter().map(|(first_token, end_token, r, paragraph)| Sentence {
            span: Span::new(0, 1), paragraph, role: ROLES[r], first_token, end_token,
        });
        let layout = Layout { sentences: sentences.collect(), tokens: tokens.collect() };
        let terms: Vec<_> = terms.into_iter().map(TermId).collect();
        let view = View { text: &page.text, layout: &layout, terms: &terms, vocabulary: &page.vocabulary };
        let _ = quotes(&view, &own(&page.view()), &Evidence::default());
    }
}

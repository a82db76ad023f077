//! What holds for every text.

use crate::common::Page;
use decalque_evidence::Evidence;
use decalque_text::{Layout, Role, Sentence, Span, TermId, Token, TokenKind, View};
use proptest::prelude::*;

const ROLES: [Role; 4] = [Role::Title, Role::Body, Role::Related, Role::Caption];
const KINDS: [TokenKind; 5] =
    [TokenKind::Word, TokenKind::Number, TokenKind::Punctuation, TokenKind::Url, TokenKind::Emoji];

/// Lines of words that like to repeat, with names, marks, numbers, possessives and letters of several scripts.
fn lines() -> impl Strategy<Value = Vec<(usize, String)>> {
    let word = prop_oneof![
        "(Dmitry|Peskov|Peskov's|NATO|plan|plans|the|of|de|Bank|said|red|running|closed|Москва|план|é|x|7|2016|,|\\.|“)",
        "[a-zA-ZяЖé’'0-9-]{1,6}",
    ];
    let line = proptest::collection::vec(word, 0..14).prop_map(|words| words.join(" "));
    proptest::collection::vec((0..ROLES.len(), line), 0..8)
}

fn page(lines: &[(usize, String)]) -> Page {
    Page::new(&lines.iter().map(|(r, l)| (ROLES[*r], l.as_str())).collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn keywords_lie_in_the_text(lines in lines(), limit in 0usize..30) {
        let page = page(&lines);
        let ranked = page.rank(limit);
        prop_assert!(ranked.len() <= limit);
        for keyword in &ranked {
            prop_assert!(keyword.count >= 1 && keyword.score.is_finite());
            prop_assert!(!keyword.first.text(&page.text).is_empty());
            prop_assert!(!keyword.surface.trim().is_empty());
        }
        let mut norms: Vec<_> = ranked.iter().map(|k| k.norm.as_str()).collect();
        norms.sort_unstable();
        norms.dedup();
        prop_assert_eq!(norms.len(), ranked.len());
        prop_assert_eq!(page.rank(limit), ranked);
    }

    /// What a ranker remembers of one document, by words or in its buffers, leaves no trace in the next.
    #[test]
    fn a_ranker_forgets(all in proptest::collection::vec(lines(), 1..4)) {
        let evidence = Evidence::default();
        let mut ranker = decalque_keyword::Ranker::new(&evidence);
        let pages: Vec<_> = all.iter().map(|lines| page(lines)).collect();
        for page in pages.iter().chain(&pages) {
            prop_assert_eq!(ranker.rank(&page.view(), 10), page.rank(10));
        }
        // All over one vocabulary, so that stems met before are met again.
        let whole = page(&all.concat());
        ranker.rank(&whole.view(), 10);
        for page in &pages {
            let terms: Vec<_> = (0..page.terms.len())
                .map(|i| whole.vocabulary.find(page.view().word(i).surface).expect("a word of the whole"))
                .collect();
            let view = View { vocabulary: &whole.vocabulary, terms: &terms, ..page.view() };
            prop_assert_eq!(ranker.rank(&view, 10), page.rank(10));
        }
    }

    /// Sentences, tokens and terms that do not fit each other must not panic either.
    #[test]
    fn no_layout_panics(
        lines in lines(),
        tokens in proptest::collection::vec((0u32..60, 0u32..60, 0..KINDS.len(), 0u32..9), 0..30),
        sentences in proptest::collection::vec((0u32..40, 0u32..40, 0..ROLES.len()), 0..6),
        terms in proptest::collection::vec(0u32..40, 0..30),
    ) {
        let page = page(&lines);
        let tokens = tokens.into_iter().map(|(a, b, k, sentence)| Token { span: Span::new(a, b), kind: KINDS[k], sentence });
        let sentences = sentences.into_iter().map(|(first_token, end_token, r)| Sentence {
            span: Span::new(0, 1), paragraph: 0, role: ROLES[r], first_token, end_token,
        });
        let layout = Layout { sentences: sentences.collect(), tokens: tokens.collect() };
        let terms: Vec<_> = terms.into_iter().map(TermId).collect();
        let view = View { text: &page.text, layout: &layout, terms: &terms, vocabulary: &page.vocabulary };
        let ranked = decalque_keyword::rank(&view, &Evidence::default(), 10);
        prop_assert!(ranked.iter().all(|k| k.count >= 1));
    }
}

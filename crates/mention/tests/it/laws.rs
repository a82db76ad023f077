//! What holds for every text.

use crate::common::{Page, evidence};
use decalque_evidence::Evidence;
use decalque_mention::{Finder, Known, organisation_key, surname_key};
use decalque_text::{Layout, Role, Sentence, Span, TermId, Token, TokenKind, View};
use proptest::prelude::*;

const ROLES: [Role; 4] = [Role::Title, Role::Body, Role::Related, Role::Caption];
const KINDS: [TokenKind; 4] = [TokenKind::Word, TokenKind::Number, TokenKind::Punctuation, TokenKind::Handle];

/// Lines of names in many spellings, offices, verbs, heads of organisations and marks.
fn lines() -> impl Strategy<Value = Vec<(usize, String)>> {
    let word = prop_oneof![
        "(Dmitry|Dmitri|D\\.|Peskov|Peskov's|Peskova|Orlov|Ivan|Mr|Mrs|minister|said|de|van|al-Assad|Bashar|V\\.V\\.)",
        "(NATO|GVI|\\(|\\)|Russian|Ministry|of|for|and|the|Defense|Bank|Institute|Green|Nusra|Front|McDonald's|Russia)",
        "[a-zA-ZяЖžé’'.0-9-]{1,6}",
    ];
    let line = proptest::collection::vec(word, 0..14).prop_map(|words| words.join(" "));
    proptest::collection::vec((0..ROLES.len(), line), 0..8)
}

fn page(lines: &[(usize, String)]) -> Page {
    Page::new(&lines.iter().map(|(r, l)| (ROLES[*r], l.as_str())).collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn mentions_lie_in_the_text_in_order(lines in lines()) {
        let page = page(&lines);
        let known = evidence(&[&page]);
        let found = page.find(&known);
        for mention in &found {
            prop_assert!(!mention.span.text(&page.text).trim().is_empty(), "{mention:?}");
            prop_assert!(mention.entity_id.starts_with(mention.kind.name()) && !mention.name.is_empty());
            let key = mention.entity_id.split_once('/').map_or("", |(_, key)| key);
            prop_assert!(!key.is_empty() && !key.contains([' ', '/']), "{mention:?}");
        }
        prop_assert!(found.windows(2).all(|w| w[0].span.end <= w[1].span.start));
        prop_assert_eq!(page.find(&known), found);
    }

    /// Words met before leave no trace.
    #[test]
    fn a_finder_forgets(one in lines(), two in lines()) {
        let (one, two) = (page(&one), page(&two));
        let all = evidence(&[&one, &two]);
        let known = Known::new(&all);
        let mut finder = Finder::new(&known);
        finder.find(&one.view());
        prop_assert_eq!(finder.find(&two.view()), Finder::new(&known).find(&two.view()));
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
        let evidence = Evidence::default();
        Finder::new(&Known::new(&evidence)).find(&view);
    }

    #[test]
    fn keys_are_letters_digits_and_hyphens(name in "\\PC{0,20}") {
        for key in [surname_key(&name), organisation_key(&name)] {
            prop_assert!(key.chars().all(|c| c == '-' || c.is_alphanumeric()), "{key:?}");
        }
    }
}

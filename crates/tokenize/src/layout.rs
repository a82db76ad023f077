//! The layout of a text: tokens, sentences, paragraphs, roles.

use crate::blocks::{self, Block};
use crate::labels;
use crate::lines;
use crate::scan::scan;
use crate::sentences;
use crate::view::Words;
use decalque_text::{Layout, Role, Sentence, Span, Token};

/// Cuts a text into tokens and sentences and gives every sentence its paragraph and role.
///
/// Every character that is no white space belongs to exactly one token, every token to exactly one sentence;
/// both lists are in text order. Linear in the length of the text.
///
/// ```
/// let text = "Leaders meet in Minsk\n\nThe leaders met on Friday, Gen. Ivanov said. Talks go on.\n\nSee also\n\nThe road to Minsk";
/// let layout = decalque_tokenize::layout(text);
/// let roles: Vec<_> = layout.sentences.iter().map(|s| s.role.name()).collect();
/// assert_eq!(roles, ["title", "body", "body", "related", "related"]);
/// ```
pub fn layout(text: &str) -> Layout {
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    scan(text, |span, kind| tokens.push(Token { span, kind, sentence: 0 }));
    let paragraphs = lines::paragraphs(text, &tokens);
    let words = Words { text, tokens: &tokens };
    let blocks = blocks::blocks(words, &paragraphs);
    let mut sentences = Vec::with_capacity(tokens.len() / 16 + 1);
    for (paragraph, block) in blocks.iter().enumerate() {
        push_block(words, paragraph, block, &mut sentences);
    }
    number(&mut tokens, &sentences);
    Layout { sentences, tokens }
}

/// Adds the sentences of one block.
fn push_block(words: Words<'_>, paragraph: usize, block: &Block, out: &mut Vec<Sentence>) {
    let first = out.len();
    let mut push = |from: usize, to: usize, role: Role| {
        if let (Some(a), Some(b)) = (words.get(from), to.checked_sub(1).and_then(|i| words.get(i))) {
            out.push(Sentence {
                span: Span::new(a.span.start, b.span.end),
                paragraph: fit(paragraph),
                role,
                first_token: fit(from),
                end_token: fit(to),
            });
        }
    };
    if matches!(block.role, Role::Metadata | Role::Boilerplate) {
        return push(block.from, block.to, block.role);
    }
    if block.dateline > block.from {
        push(block.from, block.dateline, Role::Dateline);
    }
    sentences::split(words, block.dateline, block.to, |from, to| push(from, to, block.role));
    mark_tail(words, out.get_mut(first..).unwrap_or(&mut []));
}

/// `Read more` at the end of a paragraph is no part of it.
fn mark_tail(words: Words<'_>, sentences: &mut [Sentence]) {
    if let [_, .., last] = sentences
        && labels::is_tail(last.span.text(words.text))
    {
        last.role = Role::Boilerplate;
    }
}

/// Writes into every token which sentence it belongs to.
fn number(tokens: &mut [Token], sentences: &[Sentence]) {
    for (i, sentence) in sentences.iter().enumerate() {
        for token in tokens.get_mut(sentence.tokens()).unwrap_or(&mut []) {
            token.sentence = fit(i);
        }
    }
}

fn fit(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

//! Prepared documents, small, while they wait from pass 1 to pass 2.
//!
//! A token takes some five bytes instead of twenty, and the text none: it is read again, and the corrections are applied
//! again. So four times as many documents find room.

use crate::document::{Page, Prepared, apply};
use crate::origin::Origin;
use crate::varint::{Reader, put};
use decalque_evidence::Facts;
use decalque_normalize::MachineScore;
use decalque_text::{Correction, Lang, Layout, Sentence, Span, TermId, Token, TokenKind};

/// A document after the local layer, and what it knows of itself.
pub(crate) struct Packed {
    lang: Lang,
    lang_confidence: f64,
    corrections: Vec<Correction>,
    sentences: Box<[Sentence]>,
    /// Of each token: how far it is from the one before, what it is, how long, and its term.
    tokens: Box<[u8]>,
    langs: Vec<Lang>,
    machine: MachineScore,
    origin: Origin,
    own: Facts,
}

/// Kinds by their number.
const KINDS: [TokenKind; 9] = [
    TokenKind::Word,
    TokenKind::Number,
    TokenKind::Punctuation,
    TokenKind::Symbol,
    TokenKind::Url,
    TokenKind::Email,
    TokenKind::Handle,
    TokenKind::Hashtag,
    TokenKind::Emoji,
];
/// A kind takes the low half of a byte; distances below this one the high half, others follow.
const FAR: u32 = 15;

impl Packed {
    pub(crate) fn new(prepared: Prepared, own: Facts) -> Self {
        let Prepared { lang, lang_confidence, corrections, page, mut machine, origin, .. } = prepared;
        let Page { layout, terms, langs } = page;
        machine.features.shrink_to_fit();
        Self {
            lang,
            lang_confidence,
            corrections,
            sentences: layout.sentences.into(),
            tokens: pack(&layout.tokens, &terms).into(),
            langs,
            machine,
            origin,
            own,
        }
    }

    /// The document again; `raw` is its text.
    pub(crate) fn open(self, raw: &str) -> (Prepared, Facts) {
        let Self { lang, lang_confidence, corrections, sentences, tokens, langs, machine, origin, own } =
            self;
        let (tokens, terms) = unpack(&tokens, &sentences);
        let layout = Layout { sentences: sentences.into(), tokens };
        let (local, page) = (apply(raw, &corrections), Page { layout, terms, langs });
        (Prepared { lang, lang_confidence, local, corrections, page, machine, origin }, own)
    }

    /// About how many bytes it takes in memory.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Self>()
            + self.tokens.len()
            + self.sentences.len() * size_of::<Sentence>()
            + self.corrections.len() * (size_of::<Correction>() + 128)
            + self.machine.features.len() * size_of::<(&str, f64)>()
            + self.own.people.len() * 128
    }
}

fn pack(tokens: &[Token], terms: &[TermId]) -> Vec<u8> {
    let (mut out, mut end) = (Vec::with_capacity(tokens.len() * 6), 0);
    for (token, term) in tokens.iter().zip(terms) {
        let gap = token.span.start - end;
        out.push((gap.min(FAR) << 4) as u8 | token.kind as u8);
        if gap >= FAR {
            put(&mut out, u64::from(gap - FAR));
        }
        put(&mut out, u64::from(token.span.len()));
        put(&mut out, u64::from(term.0));
        end = token.span.end;
    }
    out
}

/// Tokens and terms. The sentence of a token is told by the sentences: every token belongs to exactly one.
fn unpack(packed: &[u8], sentences: &[Sentence]) -> (Vec<Token>, Vec<TermId>) {
    let n = sentences.last().map_or(0, |s| s.end_token as usize);
    let (mut tokens, mut terms) = (Vec::with_capacity(n), Vec::with_capacity(n));
    let (mut reader, mut end) = (Reader(packed), 0);
    for (number, sentence) in (0..).zip(sentences) {
        for _ in sentence.tokens() {
            let Some((span, kind, term)) = token(&mut reader, end) else { break };
            tokens.push(Token { span, kind, sentence: number });
            terms.push(term);
            end = span.end;
        }
    }
    (tokens, terms)
}

#[inline]
fn token(reader: &mut Reader<'_>, end: u32) -> Option<(Span, TokenKind, TermId)> {
    let first = reader.byte()?;
    let near = u32::from(first >> 4);
    let gap = if near == FAR { FAR + reader.small::<u32>()? } else { near };
    let (length, term) = (reader.small::<u32>()?, reader.small()?);
    let start = end + gap;
    Some((Span::new(start, start + length), *KINDS.get(usize::from(first & 15))?, TermId(term)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use decalque_text::Role;
    use proptest::prelude::*;

    #[test]
    fn kinds_stand_at_their_numbers() {
        assert!(KINDS.iter().enumerate().all(|(i, kind)| *kind as usize == i));
    }

    proptest! {
        #[test]
        fn tokens_come_back(
            tokens in prop::collection::vec((0u32..40, 1u32..300, 0usize..9, any::<u32>(), any::<bool>()), 0..60),
        ) {
            let (mut sentences, mut all, mut terms, mut end) = (Vec::new(), Vec::new(), Vec::new(), 0);
            for (i, &(gap, length, kind, term, begins)) in tokens.iter().enumerate() {
                if begins || i == 0 {
                    let (span, role) = (Span::default(), Role::Body);
                    sentences.push(Sentence { span, paragraph: 0, role, first_token: i as u32, end_token: 0 });
                }
                let sentence = sentences.len() - 1;
                sentences[sentence].end_token = i as u32 + 1;
                let span = Span::new(end + gap, end + gap + length);
                all.push(Token { span, kind: KINDS[kind], sentence: sentence as u32 });
                terms.push(TermId(term));
                end = span.end;
            }
            prop_assert_eq!(unpack(&pack(&all, &terms), &sentences), (all, terms));
        }
    }
}

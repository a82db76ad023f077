//! Prepared documents, small, while they wait from pass 1 to pass 2.
//!
//! A token takes some four bytes instead of twenty, two of them without its term, and the text none: it is read again, and
//! the corrections are applied again.

use crate::document::{Page, Prepared, apply, renumber};
use crate::origin::Origin;
use crate::varint::{Reader, put};
use crate::worker::Tongue;
use decalque_evidence::Facts;
use decalque_normalize::MachineScore;
use decalque_text::{Correction, Lang, Layout, Role, Sentence, Span, TermId, Token, TokenKind};

/// A document after the local layer, and what it knows of itself.
#[derive(Debug)]
pub(crate) struct Packed {
    pub(crate) lang: Lang,
    pub(crate) lang_confidence: f64,
    pub(crate) corrections: Vec<Correction>,
    pub(crate) sentences: Box<[u8]>,
    pub(crate) tokens: Box<[u8]>,
    /// None when the vocabulary they are of is no more.
    pub(crate) terms: Option<Terms>,
    pub(crate) langs: Box<[Lang]>,
    pub(crate) machine: MachineScore,
    pub(crate) origin: Origin,
    pub(crate) own: Facts,
}

/// A kind takes the low half of a byte; distances below this one the high half, others follow.
const FAR: u32 = 15;

impl Packed {
    pub(crate) fn new(prepared: Prepared, own: Facts) -> Self {
        let Prepared { lang, lang_confidence, corrections, page, mut machine, origin, .. } = prepared;
        machine.features.shrink_to_fit();
        Self {
            lang,
            lang_confidence,
            corrections,
            sentences: pack_sentences(&page.layout.sentences).into(),
            tokens: pack_tokens(&page.layout.tokens).into(),
            terms: Some(Terms::pack(&page.terms)),
            langs: page.langs.into(),
            machine,
            origin,
            own,
        }
    }

    /// The vocabulary is dropped: the bytes that this gives back.
    pub(crate) fn forget(&mut self) -> usize {
        self.terms.take().map_or(0, |terms| terms.bytes())
    }

    /// The document again; `raw` is its text.
    pub(crate) fn open(self, raw: &str, tongue: &mut Tongue) -> (Prepared, Facts) {
        let Self { lang, lang_confidence, corrections, machine, origin, own, langs, .. } = self;
        let sentences = unpack_sentences(&self.sentences);
        let layout = Layout { tokens: unpack_tokens(&self.tokens, &sentences), sentences };
        let local = apply(raw, &corrections);
        let mut page = Page { layout, terms: Vec::new(), langs: langs.into() };
        match self.terms {
            Some(terms) => page.terms = terms.unpack(),
            None => renumber(&mut page, local.clean(), lang, tongue),
        }
        (Prepared { lang, lang_confidence, local, corrections, page, machine, origin }, own)
    }

    /// About how many bytes it takes in memory.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Self>()
            + self.tokens.len()
            + self.terms.as_ref().map_or(0, Terms::bytes)
            + self.sentences.len()
            + self.corrections.len() * (size_of::<Correction>() + 128)
            + self.machine.features.len() * size_of::<(&str, f64)>()
            + self.own.people.len() * 128
            + self.langs.len() * size_of::<Lang>()
            + self.origin.source.as_ref().map_or(0, String::len)
    }
}

/// How far it is from the one before, what it is, and how long.
fn pack_tokens(tokens: &[Token]) -> Vec<u8> {
    let (mut out, mut end) = (Vec::with_capacity(tokens.len() * 3), 0);
    for token in tokens {
        let gap = token.span.start - end;
        out.push((gap.min(FAR) << 4) as u8 | token.kind as u8);
        if gap >= FAR {
            put(&mut out, u64::from(gap - FAR));
        }
        put(&mut out, u64::from(token.span.len()));
        end = token.span.end;
    }
    out
}

/// The sentence of a token is told by the sentences: every token belongs to exactly one.
fn unpack_tokens(packed: &[u8], sentences: &[Sentence]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(sentences.last().map_or(0, |s| s.end_token as usize));
    let (mut reader, mut end) = (Reader(packed), 0);
    for (number, sentence) in (0..).zip(sentences) {
        for _ in sentence.tokens() {
            let Some(token) = token(&mut reader, end, number) else { break };
            tokens.push(token);
            end = token.span.end;
        }
    }
    tokens
}

#[inline]
fn token(reader: &mut Reader<'_>, end: u32, sentence: u32) -> Option<Token> {
    let (first, mut gap, length): (u8, u32, u32);
    if let Some((&[one, two], rest)) = reader.0.split_first_chunk()
        && u32::from(one >> 4) < FAR
        && two < 0x80
    {
        // Nearly all.
        (first, gap, length, reader.0) = (one, (one >> 4).into(), two.into(), rest);
    } else {
        first = reader.byte()?;
        gap = (first >> 4).into();
        if gap == FAR {
            gap += reader.small::<u32>()?;
        }
        length = reader.small()?;
    }
    let kind = *TokenKind::ALL.get(usize::from(first & 15))?;
    let start = end + gap;
    Some(Token { span: Span::new(start, start + length), kind, sentence })
}

/// The term of each token: two bytes for most, since frequent words came first and have low numbers.
#[derive(Debug)]
pub(crate) struct Terms {
    /// [`RARE`] for those that do not fit.
    ids: Box<[u16]>,
    rare: Box<[u32]>,
}

const RARE: u16 = u16::MAX;

impl Terms {
    fn pack(terms: &[TermId]) -> Self {
        let is_rare = |term: &&TermId| term.0 >= u32::from(RARE);
        Self {
            ids: terms.iter().map(|term| term.0.min(RARE.into()) as u16).collect(),
            rare: terms.iter().filter(is_rare).map(|term| term.0).collect(),
        }
    }

    fn unpack(&self) -> Vec<TermId> {
        let mut rare = self.rare.iter();
        let mut term =
            |id: u16| if id == RARE { rare.next().copied().unwrap_or(u32::MAX) } else { id.into() };
        self.ids.iter().map(|&id| TermId(term(id))).collect()
    }

    fn bytes(&self) -> usize {
        size_of_val(&*self.ids) + size_of_val(&*self.rare)
    }
}

/// What it is, how far from the one before and how long, in which paragraph, and how many tokens it has.
fn pack_sentences(sentences: &[Sentence]) -> Vec<u8> {
    let (mut out, mut before) = (Vec::with_capacity(sentences.len() * 6), [0; 3]);
    for s in sentences {
        out.push(s.role as u8);
        let gaps = [s.span.start, s.paragraph, s.first_token];
        let lengths = [s.span.len(), s.end_token - s.first_token];
        gaps.iter()
            .zip(before)
            .for_each(|(here, before)| put(&mut out, u64::from(here.wrapping_sub(before))));
        lengths.iter().for_each(|&n| put(&mut out, u64::from(n)));
        before = [s.span.end, s.paragraph, s.end_token];
    }
    out
}

fn unpack_sentences(packed: &[u8]) -> Vec<Sentence> {
    let (mut reader, mut before) = (Reader(packed), [0; 3]);
    std::iter::from_fn(|| {
        let role = *Role::ALL.get(usize::from(reader.byte()?))?;
        let mut next = |before: u32| Some(before.wrapping_add(reader.small::<u32>()?));
        let (start, paragraph, first_token) = (next(before[0])?, next(before[1])?, next(before[2])?);
        let (end, end_token) = (next(start)?, next(first_token)?);
        before = [end, paragraph, end_token];
        Some(Sentence { span: Span::new(start, end), paragraph, role, first_token, end_token })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pages_come_back(
            tokens in prop::collection::vec((0u32..40, 1u32..300, 0usize..9, prop_oneof![any::<u32>(), 65_530u32..65_540], any::<bool>()), 0..60),
        ) {
            let (mut sentences, mut all, mut terms, mut end) = (Vec::new(), Vec::new(), Vec::new(), 0);
            for (i, &(gap, length, kind, term, begins)) in tokens.iter().enumerate() {
                let (span, n) = (Span::new(end + gap, end + gap + length), i as u32);
                if begins || i == 0 {
                    let role = Role::ALL[kind];
                    sentences.push(Sentence { span, paragraph: n / 2, role, first_token: n, end_token: 0 });
                }
                let sentence = sentences.len() - 1;
                (sentences[sentence].end_token, sentences[sentence].span.end) = (n + 1, span.end);
                all.push(Token { span, kind: TokenKind::ALL[kind], sentence: sentence as u32 });
                terms.push(TermId(term));
                end = span.end;
            }
            prop_assert_eq!(Terms::pack(&terms).unpack(), terms);
            prop_assert_eq!(unpack_tokens(&pack_tokens(&all), &sentences), all);
            prop_assert_eq!(unpack_sentences(&pack_sentences(&sentences)), sentences);
        }
    }
}

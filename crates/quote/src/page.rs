//! A document as this stage sees it: flags beside the tokens, paragraphs, and quotations that can be stepped over.

use crate::lexis::{Flags, Memo};
use decalque_text::{Role, Sentence, Span, View};

/// No partner.
pub(crate) const NONE: u32 = u32::MAX;

/// A paragraph of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// First token.
    pub(crate) lo: usize,
    /// One past the last token.
    pub(crate) hi: usize,
}

/// Buffers that are filled anew for every document.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    pub(crate) flags: Vec<Flags>,
    /// Tokens that are quotation marks.
    pub(crate) marks: Vec<u32>,
    /// Tokens that may be verbs of speech.
    pub(crate) cues: Vec<u32>,
    pub(crate) paragraphs: Vec<Paragraph>,
    /// For a quotation mark that is one of a pair, the other one; empty when there is no pair.
    pub(crate) partner: Vec<u32>,
}

impl Buffers {
    pub(crate) fn fill(&mut self, view: &View, memo: &mut Memo) {
        self.flags.clear();
        self.marks.clear();
        self.cues.clear();
        self.partner.clear();
        memo.begin(view.vocabulary);
        let terms = view.terms.iter().take(view.tokens().len());
        self.flags.extend(terms.map(|&term| memo.flags(view.vocabulary, term)));
        for (i, flags) in (0u32..).zip(&self.flags).filter(|(_, flags)| flags.any(ASKED)) {
            if flags.any(Flags::MARK) {
                self.marks.push(i);
            } else if flags.any(CUE) || !flags.any(Flags::PREPOSITION) && view.norm(i as usize) == "according"
            {
                self.cues.push(i);
            }
        }
        self.flags.resize(view.tokens().len(), Flags::default());
        self.paragraphs(view);
    }

    /// Paragraphs in text order, disjoint, within the tokens, whatever the layout says.
    fn paragraphs(&mut self, view: &View) {
        self.paragraphs.clear();
        let (mut last, mut end) = (None, 0);
        for s in view.layout.sentences.iter().filter(|s| is_read(s)) {
            let (lo, hi) = (s.first_token as usize, (s.end_token as usize).min(view.tokens().len()));
            if lo < end || lo >= hi {
                continue;
            }
            match self.paragraphs.last_mut() {
                Some(p) if last == Some(s.paragraph) && p.hi == lo => p.hi = hi,
                _ => self.paragraphs.push(Paragraph { lo, hi }),
            }
            (last, end) = (Some(s.paragraph), hi);
        }
    }
}

/// May be a verb of speech.
const CUE: Flags = Flags::SAYS.and(Flags::JUDGES);
/// Hardly any token.
const ASKED: Flags = CUE.and(Flags::MARK).and(Flags::LEAD);

fn is_read(sentence: &Sentence) -> bool {
    sentence.role.is_content() && sentence.role != Role::Dateline
}

/// A document, its flags and its quotations.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) view: &'a View<'a>,
    pub(crate) flags: &'a [Flags],
    pub(crate) partner: &'a [u32],
}

impl<'a> Page<'a> {
    #[inline]
    pub(crate) fn is(&self, i: usize, flags: Flags) -> bool {
        self.flags.get(i).is_some_and(|f| f.any(flags))
    }

    #[inline]
    pub(crate) fn norm(&self, i: usize) -> &'a str {
        self.view.norm(i)
    }

    /// Token `i` is this word, all of whose kind have one of these flags: letters are looked at only where it may be.
    #[inline]
    pub(crate) fn is_word(&self, i: usize, flags: Flags, word: &str) -> bool {
        self.is(i, flags) && self.norm(i) == word
    }

    /// Token `i` is an opening or a closing bracket.
    #[inline]
    pub(crate) fn is_bracket(&self, i: usize, bracket: &str) -> bool {
        !self.is(i, Flags::WORD) && self.view.token_text(i) == bracket
    }

    /// The mark at `i` is one of a pair.
    #[inline]
    pub(crate) fn partner(&self, i: usize) -> Option<usize> {
        if !self.is(i, Flags::MARK) {
            return None;
        }
        self.partner.get(i).copied().filter(|&p| p != NONE).map(|p| p as usize)
    }

    /// The token left of `i`, no further than `lo`; for a quotation the place of its opening mark.
    #[inline]
    pub(crate) fn left(&self, i: usize, lo: usize) -> Option<usize> {
        let j = i.checked_sub(1).filter(|&j| j >= lo)?;
        Some(self.partner(j).filter(|&p| p < j).unwrap_or(j)).filter(|&j| j >= lo)
    }

    /// The token right of `i`, below `hi`; when `i` opens a quotation, the one after its closing mark.
    #[inline]
    pub(crate) fn right(&self, i: usize, hi: usize) -> Option<usize> {
        let from = self.partner(i).filter(|&p| p > i).unwrap_or(i);
        Some(from + 1).filter(|&j| j < hi)
    }

    /// True when a quotation opens at `i`.
    #[inline]
    pub(crate) fn is_quotation(&self, i: usize) -> bool {
        self.partner(i).is_some_and(|p| p > i)
    }

    /// True when a sentence begins at `i`.
    #[inline]
    pub(crate) fn begins_sentence(&self, i: usize) -> bool {
        let tokens = self.view.tokens();
        match (i.checked_sub(1).and_then(|j| tokens.get(j)), tokens.get(i)) {
            (Some(a), Some(b)) => a.sentence != b.sentence,
            _ => true,
        }
    }

    /// The bytes of tokens `from..to`; none when there are no such tokens.
    pub(crate) fn span(&self, from: usize, to: usize) -> Option<Span> {
        let tokens = self.view.tokens();
        let (first, last) = (tokens.get(from)?, tokens.get(to.checked_sub(1)?)?);
        (from < to).then(|| Span::new(first.span.start, last.span.end))
    }

    /// Space, or nothing at all, stands between `i` and the token before it.
    pub(crate) fn is_spaced(&self, i: usize) -> bool {
        i.checked_sub(1).is_none_or(|j| !self.view.gap_after(j).is_empty())
    }
}

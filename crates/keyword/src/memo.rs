//! What is known of the words of one vocabulary, by their numbers.

use crate::form::{Form, Marks};
use decalque_evidence::Evidence;
use decalque_text::{TermId, TokenKind, Vocabulary};
use std::hint::select_unpredictable;

/// No number.
pub(crate) const NONE: u32 = u32::MAX;

/// What is known of the words of one vocabulary from earlier documents. Holds nothing that is not found again without
/// it: it saves time, and leaves no trace in any ranking.
#[derive(Debug)]
pub(crate) struct Memo<'e> {
    corpus: Corpus<'e>,
    /// By term.
    forms: Vec<Form>,
    /// By term, the last document that has it as a name.
    named: Vec<u32>,
    /// By the vocabulary's number.
    stems: Vec<Stem>,
    document: u32,
}

/// A stem, and where it stands in the last document that has it.
#[derive(Debug, Clone, Copy)]
struct Stem {
    /// How rare it is in the corpus, 0 (in every document) to 1 (in one alone).
    rarity: f64,
    document: u32,
    /// The first token, then [`NUMBERED`] and its number.
    at: u32,
}

impl Stem {
    const NONE: Self = Self { rarity: UNKNOWN_RARITY, document: 0, at: 0 };
}

/// Set where a stem has a number: no document has so many tokens.
const NUMBERED: u32 = 1 << 31;

/// What a document knows of a stem.
pub(crate) enum Known {
    /// Its first token, and its rarity; it has no number yet.
    First(u32, f64),
    /// Its number among the stems of the document's phrases.
    Number(u32),
}

impl<'e> Memo<'e> {
    /// Of a vocabulary that no document was met of.
    pub(crate) fn new(evidence: &'e Evidence) -> Self {
        let corpus = Corpus::new(evidence);
        Self { corpus, forms: Vec::new(), named: Vec::new(), stems: Vec::new(), document: 0 }
    }

    /// Begin a document whose vocabulary has so many terms.
    pub(crate) fn begin(&mut self, n_terms: usize) {
        self.document = self.document.wrapping_add(1);
        if self.document == 0 {
            self.named.fill(0);
            self.stems.iter_mut().for_each(|s| s.document = 0);
            self.document = 1;
        }
        if self.forms.len() < n_terms {
            self.forms.resize(n_terms, Form::NONE);
            self.named.resize(n_terms, 0);
        }
    }

    /// Note that the document's token `at` is this term, and tell what it is.
    #[inline]
    pub(crate) fn meet(&mut self, words: &Vocabulary, term: TermId, kind: TokenKind, at: u32) -> Form {
        let form = self.form(words, term, kind);
        let document = self.document;
        if let Some(stem) = self.stems.get_mut(form.stem as usize) {
            stem.at = select_unpredictable(stem.document == document, stem.at, at);
            stem.document = document;
        }
        form
    }

    /// A term that was met, as the kind it was met as first: what its word is does not depend on that.
    #[inline]
    pub(crate) fn known(&self, term: TermId) -> Form {
        self.forms.get(term.0 as usize).copied().unwrap_or(Form::NONE)
    }

    /// A term as this kind of token, from memory where it was met before as the same kind.
    #[inline]
    pub(crate) fn form(&mut self, words: &Vocabulary, term: TermId, kind: TokenKind) -> Form {
        match self.forms.get(term.0 as usize) {
            Some(form) if form.kind == Some(kind) => *form,
            Some(_) => self.classify(words, term, kind),
            None => Form::NONE,
        }
    }

    #[cold]
    fn classify(&mut self, words: &Vocabulary, term: TermId, kind: TokenKind) -> Form {
        let word = words.word(term);
        let form = Form::new(&word, kind);
        if self.stems.len() <= form.stem as usize {
            self.stems.resize(form.stem as usize + 1, Stem::NONE);
        }
        if !form.marks.has(Marks::BREAK) || !form.as_name.has(Marks::BREAK) {
            self.stems[form.stem as usize].rarity = self.corpus.rarity(word.stem);
        }
        // Terms met as two kinds: hardly any.
        if let Some(slot) = self.forms.get_mut(term.0 as usize).filter(|f| f.kind.is_none()) {
            *slot = form;
        }
        form
    }

    /// The document has the term as a name.
    pub(crate) fn set_named(&mut self, term: TermId) {
        if let Some(named) = self.named.get_mut(term.0 as usize) {
            *named = self.document;
        }
    }

    /// True when the document has the term as a name.
    pub(crate) fn is_named(&self, term: TermId) -> bool {
        self.named.get(term.0 as usize) == Some(&self.document)
    }

    /// What the document knows of a stem it has.
    #[inline]
    pub(crate) fn stem(&self, stem: u32) -> Known {
        let stem = self.stems.get(stem as usize).unwrap_or(&Stem::NONE);
        match stem.at {
            at if at & NUMBERED != 0 => Known::Number(at & !NUMBERED),
            at => Known::First(at, stem.rarity),
        }
    }

    /// Give a stem of the document its number.
    #[inline]
    pub(crate) fn set_number(&mut self, stem: u32, number: u32) {
        if let Some(stem) = self.stems.get_mut(stem as usize) {
            stem.at = NUMBERED | number;
        }
    }
}

/// The rarity of a word while there is no corpus to tell.
pub(crate) const UNKNOWN_RARITY: f64 = 0.7;
/// So many documents of corpus weigh as much as knowing nothing.
const CORPUS_PRIOR: f64 = 10.0;

/// What the corpus knows of words.
#[derive(Debug)]
struct Corpus<'e> {
    evidence: &'e Evidence,
    /// ln of the rarest word's inverse document frequency.
    most: f64,
}

impl<'e> Corpus<'e> {
    fn new(evidence: &'e Evidence) -> Self {
        Self { evidence, most: ((evidence.n_docs() as f64 + 1.0) / 1.5).ln() }
    }

    /// How rare a stem is in the corpus (inverse document frequency, Spärck Jones 1972, scaled to 0..1). A small corpus
    /// says little: its word is mixed with a constant.
    fn rarity(&self, stem: &str) -> f64 {
        let n = self.evidence.n_docs() as f64;
        if n < 2.0 {
            return UNKNOWN_RARITY;
        }
        let df = f64::from(self.evidence.document_frequency(stem)).max(1.0);
        let idf = ((n + 1.0) / (df + 0.5)).ln() / self.most;
        let trust = n / (n + CORPUS_PRIOR);
        trust * idf.clamp(0.0, 1.0) + (1.0 - trust) * UNKNOWN_RARITY
    }
}

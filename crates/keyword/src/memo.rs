//! What is known of the words of one vocabulary, by their numbers.

use crate::form::Form;
use decalque_evidence::Evidence;
use decalque_text::{TermId, TokenKind, Vocabulary};

/// No number.
pub(crate) const NONE: u32 = u32::MAX;

/// What is known of the words of one vocabulary from earlier documents. Holds nothing that is not found again without
/// it: it saves time, and leaves no trace in any ranking.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    /// By term.
    forms: Vec<Form>,
    /// By term, the last document that has it as a name.
    named: Vec<u32>,
    /// By stem.
    places: Vec<Place>,
    /// How rare each stem is in the corpus, 0 (in every document) to 1 (in one alone); negative when it was not asked
    /// yet.
    rarities: Vec<f64>,
    document: u32,
}

/// Where a stem stands in the last document that has it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place {
    document: u32,
    /// The first token.
    pub(crate) first: u32,
    /// Its number among the stems of the document's phrases; [`NONE`] when it has none.
    pub(crate) number: u32,
}

/// The rarity of a word while there is no corpus to tell.
pub(crate) const UNKNOWN_RARITY: f64 = 0.7;
/// So many documents of corpus weigh as much as knowing nothing.
const CORPUS_PRIOR: f64 = 10.0;

impl Memo {
    /// Begin a document whose vocabulary has so many terms.
    pub(crate) fn begin(&mut self, n_terms: usize) {
        self.document = self.document.wrapping_add(1);
        if self.document == 0 {
            self.named.fill(0);
            self.places.fill(Place::default());
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
        match self.places.get_mut(form.stem as usize) {
            Some(place) if place.document != document => {
                *place = Place { document, first: at, number: NONE };
            }
            _ => {}
        }
        form
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
        let form = Form::new(&words.word(term), kind);
        // Terms met as two kinds: hardly any.
        if let Some(slot) = self.forms.get_mut(term.0 as usize).filter(|f| f.kind.is_none()) {
            *slot = form;
            if self.places.len() <= form.stem as usize {
                self.places.resize(form.stem as usize + 1, Place::default());
                self.rarities.resize(form.stem as usize + 1, -1.0);
            }
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

    /// The place of a stem that the document has.
    pub(crate) fn place(&mut self, stem: u32) -> Option<&mut Place> {
        self.places.get_mut(stem as usize)
    }

    /// How rare the stem of a term is.
    pub(crate) fn rarity(&mut self, evidence: &Evidence, words: &Vocabulary, term: TermId, stem: u32) -> f64 {
        match self.rarities.get_mut(stem as usize) {
            Some(known) if *known >= 0.0 => *known,
            Some(unknown) => {
                *unknown = rarity(evidence, words.word(term).stem);
                *unknown
            }
            None => UNKNOWN_RARITY,
        }
    }
}

/// How rare a stem is in the corpus (inverse document frequency, Spärck Jones 1972, scaled to 0..1). A small corpus
/// says little: its word is mixed with a constant.
fn rarity(evidence: &Evidence, stem: &str) -> f64 {
    let n = evidence.n_docs() as f64;
    if n < 2.0 {
        return UNKNOWN_RARITY;
    }
    let df = f64::from(evidence.document_frequency(stem)).max(1.0);
    let idf = ((n + 1.0) / (df + 0.5)).ln() / ((n + 1.0) / 1.5).ln();
    let trust = n / (n + CORPUS_PRIOR);
    trust * idf.clamp(0.0, 1.0) + (1.0 - trust) * UNKNOWN_RARITY
}

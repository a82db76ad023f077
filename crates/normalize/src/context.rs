//! What a rule may look at.

use crate::names::machine_odds;
use crate::notes::Notes;
use crate::{Finding, Lexicon};
use decalque_evidence::{Evidence, Facts};
use decalque_text::{Case, Confidence, Sentence, Span, TokenKind, View, Word};

/// Tokens on each side that count as the sentence of a token. Real sentences are shorter; a table or a list without
/// stops is not, and must not be read again for each of its words.
const SENTENCE: usize = 150;

/// From this likelihood of machine translation on, rules trust that an engine wrote the document. Human documents
/// reach it once in fifty; what such a rule changes must still be wrong English by itself.
pub(crate) const MACHINE: f64 = 0.9;

/// The same for what is broken by its form alone, so that less proof is needed: a mark torn from its word,
/// a lost capital. Without the gate such rules would change twelve places in 100,000 words of human English, with it none.
pub(crate) const LIKELY: f64 = 0.75;

/// One snapshot of a document, and what is known about it.
#[derive(Debug)]
pub struct Context<'a> {
    /// The text with its tokens.
    pub view: View<'a>,
    /// What the document itself says. Empty in the local layer.
    pub facts: &'a Facts,
    /// What the corpus says. Empty in the local layer.
    pub evidence: &'a Evidence,
    /// How likely the document is machine translation, 0 to 1; 0 where nobody asked.
    pub(crate) machine: f64,
    /// The lexicon of the run.
    pub lexicon: &'a Lexicon,
    /// The document's id, by which decisions on it are known.
    pub doc_id: &'a str,
    /// The log-odds of `machine`, as rules add them up.
    pub(crate) machine_odds: f64,
    notes: Notes<'a>,
}

impl<'a> Context<'a> {
    /// A snapshot of a document with what its own facts and the corpus say.
    ///
    /// ```
    /// use decalque_normalize::Context;
    /// use decalque_text::{Layout, View, Vocabulary};
    /// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
    /// assert_eq!(Context::new(view, &Default::default(), &Default::default()).norm(0), "");
    /// ```
    pub fn new(view: View<'a>, facts: &'a Facts, evidence: &'a Evidence) -> Self {
        let (lexicon, machine, machine_odds) = (Lexicon::built_in(), 0.0, machine_odds(0.0));
        Self { view, facts, evidence, machine, lexicon, doc_id: "", machine_odds, notes: Notes::default() }
    }

    /// The same, of a document that is machine translation with this likelihood, 0 to 1.
    ///
    /// ```
    /// use decalque_normalize::Context;
    /// use decalque_text::{Layout, View, Vocabulary};
    /// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
    /// let (facts, evidence) = Default::default();
    /// let context = Context::new(view, &facts, &evidence).with_machine(0.9);
    /// assert_eq!(context.machine(), 0.9);
    /// ```
    #[must_use]
    pub fn with_machine(self, machine: f64) -> Self {
        Self { machine, machine_odds: machine_odds(machine), ..self }
    }

    /// How likely the document is machine translation, 0 to 1; 0 where nobody said.
    ///
    /// ```
    /// # use decalque_normalize::Context;
    /// # use decalque_text::{Layout, View, Vocabulary};
    /// # let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
    /// # let (facts, evidence) = Default::default();
    /// assert_eq!(Context::new(view, &facts, &evidence).machine(), 0.0);
    /// ```
    pub const fn machine(&self) -> f64 {
        self.machine
    }

    /// True when the document is machine translation as far as broken forms need to know.
    pub(crate) fn is_machine(&self) -> bool {
        self.machine >= LIKELY
    }

    /// The same, of the document with this id, read with this lexicon.
    ///
    /// ```
    /// use decalque_normalize::{Context, Lexicon};
    /// use decalque_text::{Layout, View, Vocabulary};
    /// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
    /// let (facts, evidence) = Default::default();
    /// let context = Context::new(view, &facts, &evidence).of_document("a.txt", Lexicon::built_in());
    /// assert_eq!(context.doc_id, "a.txt");
    /// ```
    #[must_use]
    pub fn of_document(self, doc_id: &'a str, lexicon: &'a Lexicon) -> Self {
        Self { doc_id, lexicon, ..self }
    }

    /// What takes a scan over the whole document: made when a rule first asks, or, where few rules do, when it has been
    /// asked often.
    pub(crate) const fn notes(&self) -> &Notes<'a> {
        &self.notes
    }

    /// The vocabulary entry of token `i`; the empty word outside the text.
    pub fn word(&self, i: usize) -> Word<'a> {
        self.view.word(i)
    }

    /// Token `i` in lower case; empty outside the text.
    pub fn norm(&self, i: usize) -> &'a str {
        self.view.norm(i)
    }

    /// The token before `i` in lower case; empty at the start.
    pub fn norm_before(&self, i: usize) -> &'a str {
        i.checked_sub(1).map_or("", |p| self.norm(p))
    }

    /// True when token `i` is a word.
    pub fn is_word(&self, i: usize) -> bool {
        self.view.tokens().get(i).is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// True when token `i` is a word that begins with a capital.
    pub fn is_capital(&self, i: usize) -> bool {
        self.is_word(i)
            && match self.view.case(i) {
                Case::Mixed => is_capital(self.word(i).surface, Case::Mixed),
                case => is_capital("", case),
            }
    }

    /// True when one space, and nothing else, separates token `i` from the next one.
    pub fn is_spaced(&self, i: usize) -> bool {
        self.gap(i) == Some(1) && self.view.gap_after(i) == " "
    }

    /// True when nothing separates token `i` from the next one.
    pub fn is_glued(&self, i: usize) -> bool {
        self.gap(i) == Some(0)
    }

    /// Bytes between token `i` and the next one; none at the end.
    fn gap(&self, i: usize) -> Option<u32> {
        let tokens = self.view.tokens();
        Some(tokens.get(i + 1)?.span.start - tokens.get(i)?.span.end)
    }

    /// The place of tokens `from..end`; empty outside the text.
    pub fn span(&self, from: usize, end: usize) -> Span {
        let tokens = self.view.tokens();
        match (tokens.get(from), end.checked_sub(1).and_then(|i| tokens.get(i))) {
            (Some(a), Some(b)) if from < end => Span::new(a.span.start, b.span.end),
            _ => Span::default(),
        }
    }

    /// The text of tokens `from..end`.
    pub fn text(&self, from: usize, end: usize) -> &'a str {
        self.span(from, end).text(self.view.text)
    }

    /// The sentence of token `i`.
    pub fn sentence(&self, i: usize) -> Option<&'a Sentence> {
        self.view.sentence_of(i)
    }

    /// The token indices of the sentence of token `i`, of a very long one those near `i`.
    pub fn sentence_tokens(&self, i: usize) -> std::ops::Range<usize> {
        let whole = self.sentence(i).map_or(0..0, Sentence::tokens);
        whole.start.max(i.saturating_sub(SENTENCE))..whole.end.min(i + SENTENCE)
    }

    /// True when no word of its sentence (or of the quotation it opens) stands before token `i`.
    pub fn opens_sentence(&self, i: usize) -> bool {
        let first = self.sentence_tokens(i).start;
        let before = i.checked_sub(1);
        let after_break =
            before.is_some_and(|p| matches!(self.norm(p), "“" | "«" | "„" | ":" | "." | "!" | "?" | "…"));
        after_break || !(first..i).any(|j| self.is_word(j))
    }

    /// True when most words of four letters and more in the sentence are capitalised: a headline in title case, where
    /// capitals say nothing.
    pub fn is_title_case(&self, i: usize) -> bool {
        let sentence = self.view.tokens().get(i).map_or(u32::MAX, |t| t.sentence);
        match self.notes().title_case.get() {
            Some((known, is)) if known == sentence => is,
            _ => {
                let is = self.find_title_case(i);
                // A very long sentence is looked at in parts: what holds here need not hold further on.
                let is_whole = self.sentence(i).is_some_and(|s| s.tokens().len() <= SENTENCE);
                self.notes().title_case.set(is_whole.then_some((sentence, is)));
                is
            }
        }
    }

    fn find_title_case(&self, i: usize) -> bool {
        let long = self.sentence_tokens(i).filter(|&j| self.is_word(j) && self.norm(j).len() >= 4);
        let (words, capital) = long.fold((0, 0), |(n, c), j| (n + 1, c + usize::from(self.is_capital(j))));
        words >= 3 && capital * 5 >= words * 4
    }

    /// True when tokens from `i` on are these words, in lower case, one space (or for a joined mark none) apart.
    pub fn matches(&self, i: usize, words: &[&str]) -> bool {
        let apart = |k: usize| matches!(self.view.gap_after(i + k), " " | "");
        // The first word is mostly what the others were found by: it is compared last.
        words.iter().enumerate().rev().all(|(k, w)| self.norm(i + k) == *w)
            && (1..words.len()).all(|k| apart(k - 1))
    }

    /// How token `i` is cased.
    pub fn case(&self, i: usize) -> Case {
        self.view.case(i)
    }

    /// A finding over tokens `from..end`.
    pub fn finding(
        &self,
        from: usize,
        end: usize,
        after: impl Into<String>,
        thousandths: u16,
        evidence: impl Into<String>,
    ) -> Option<Finding> {
        let span = self.span(from, end);
        let (after, evidence) = (after.into(), evidence.into());
        let changes = !span.is_empty() && after != span.text(self.view.text);
        changes.then(|| Finding { span, after, confidence: Confidence::new(thousandths), evidence })
    }
}

/// True for a word that begins with a capital.
pub(crate) fn is_capital(surface: &str, case: Case) -> bool {
    match case {
        Case::Title | Case::Upper => true,
        Case::Mixed => surface.starts_with(char::is_uppercase),
        Case::Lower | Case::None => false,
    }
}

/// The word with its first letter made a capital.
pub(crate) fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

//! What a rule is.

use crate::{Context, Seen};
use decalque_text::{Case, Confidence, Kind, Layer, Span};

/// How far a rule may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// Changes the text when its confidence reaches the threshold.
    Apply,
    /// Only ever offered: a person decides.
    Offer,
}

impl Safety {
    /// The name used in the catalogue.
    ///
    /// ```
    /// assert_eq!(decalque_normalize::Safety::Offer.name(), "offer");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Apply => "apply",
            Self::Offer => "offer",
        }
    }
}

/// Every case that a word can have.
pub(crate) const ANY_CASE: &[Case] = &[Case::None, Case::Lower, Case::Title, Case::Upper, Case::Mixed];

const _: () = assert!(Case::Mixed as usize + 1 == ANY_CASE.len(), "a case has no place in the list");

/// What calls a rule. One scan over the tokens finds every trigger; each distinct word is tested once a vocabulary.
#[derive(Debug, Clone, Copy)]
pub enum Trigger {
    /// Any of these words, in lower case.
    Words(&'static [&'static str]),
    /// Any word in one of these cases that passes this test.
    Shape(&'static [Case], fn(&Seen) -> bool),
    /// Any word that is a phrase by itself, or begins one and stands before a word that goes on with one; all in one of
    /// these cases.
    Phrase(&'static [Case], fn(&Seen) -> PhrasePart),
}

/// What a word can be to the phrases of a list, by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PhrasePart {
    /// A phrase of one word.
    pub whole: bool,
    /// The first word of a longer one.
    pub first: bool,
    /// The second word of one.
    pub second: bool,
}

/// What a rule found at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The place, in bytes of the context's text.
    pub span: Span,
    /// What should stand there; empty when something is surely broken but the repair is unknown.
    pub after: String,
    /// How sure.
    pub confidence: Confidence,
    /// Why: a sentence a person can check.
    pub evidence: String,
}

/// An example of a rule, which is also its test.
#[derive(Debug, Clone, Copy)]
pub enum Example {
    /// This text becomes that one, by applied repairs.
    Fix(&'static str, &'static str),
    /// This text becomes that one where the document is surely machine translation.
    Machine(&'static str, &'static str),
    /// In this text, the rule offers or flags these words, and changes nothing.
    Offer(&'static str, &'static str),
    /// In this text, where the document is surely machine translation, the rule offers or flags these words.
    Flag(&'static str, &'static str),
    /// In this text the rule finds nothing.
    Keep(&'static str),
}

/// A repair rule: one const in one file, registered by one line.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Unique name, `family.subject`.
    pub id: &'static str,
    /// The kind of artifact it repairs.
    pub kind: Kind,
    /// Whether it needs the corpus.
    pub layer: Layer,
    /// One sentence: what it does and why engines make this mistake.
    pub summary: &'static str,
    /// How far it may go.
    pub safety: Safety,
    /// It is asked in documents that are machine translation with this likelihood and more, 0 to 1; at 0, in all.
    pub least_machine: f64,
    /// What calls it.
    pub trigger: Trigger,
    /// Looks at the place of one trigger (a token index).
    pub find: fn(&Context, usize) -> Option<Finding>,
    /// At least two to fix or offer, and two to keep.
    pub examples: &'static [Example],
}

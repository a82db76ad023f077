//! Repairs: what was found, what was done about it, and why.

use crate::Span;

/// What kind of artifact a repair is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A name translated as a common word: `Sands` for Peskov.
    NameCalque,
    /// A letter translated as a word: plan `“And”` for plan “A”.
    LetterCalque,
    /// A wrong expansion or letters of an acronym: `VCS` for VKS.
    Acronym,
    /// Russian left in Latin letters: `spetstsentr`.
    TranslitResidue,
    /// Russian left in Cyrillic letters.
    CyrillicResidue,
    /// Wrong capitals: `foreign Minister`.
    Casing,
    /// Another spelling of one name: Sergei, Sergey.
    NameVariant,
    /// The wrong sense of a word.
    WordSense,
    /// Marks and spaces: `”, – said`.
    Typography,
}

impl Kind {
    /// Every kind, in the order of the summary.
    pub const ALL: [Self; 9] = [
        Self::NameCalque,
        Self::LetterCalque,
        Self::Acronym,
        Self::TranslitResidue,
        Self::CyrillicResidue,
        Self::Casing,
        Self::NameVariant,
        Self::WordSense,
        Self::Typography,
    ];

    /// The name used in the tables.
    ///
    /// ```
    /// assert_eq!(decalque_text::Kind::NameCalque.name(), "name_calque");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::NameCalque => "name_calque",
            Self::LetterCalque => "letter_calque",
            Self::Acronym => "acronym",
            Self::TranslitResidue => "translit_residue",
            Self::CyrillicResidue => "cyrillic_residue",
            Self::Casing => "casing",
            Self::NameVariant => "name_variant",
            Self::WordSense => "word_sense",
            Self::Typography => "typography",
        }
    }
}

/// What became of a repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The text was changed.
    Applied,
    /// Offered; the text was left alone.
    Suggested,
    /// Surely broken, but the repair is unknown.
    Flagged,
    /// Another repair won the same place.
    Refused,
}

impl Status {
    /// The name used in the tables.
    ///
    /// ```
    /// assert_eq!(decalque_text::Status::Applied.name(), "applied");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Suggested => "suggested",
            Self::Flagged => "flagged",
            Self::Refused => "refused",
        }
    }
}

/// How sure a repair is, in thousandths (0 to 1000): an integer, so that order and sums are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u16);

impl Confidence {
    /// From thousandths; more than 1000 is 1000.
    ///
    /// ```
    /// # use decalque_text::Confidence;
    /// assert_eq!(Confidence::new(950).value(), 0.95);
    /// ```
    pub const fn new(thousandths: u16) -> Self {
        Self(if thousandths > 1000 { 1000 } else { thousandths })
    }

    /// From a share between 0 and 1, rounded to thousandths; outside values are clamped, NaN is 0.
    ///
    /// ```
    /// # use decalque_text::Confidence;
    /// assert_eq!(Confidence::from_share(0.9), Confidence::new(900));
    /// ```
    pub fn from_share(share: f64) -> Self {
        Self((share.clamp(0.0, 1.0) * 1000.0).round() as u16)
    }

    /// As a share between 0 and 1.
    ///
    /// ```
    /// # use decalque_text::Confidence;
    /// assert_eq!(Confidence::new(1000).value(), 1.0);
    /// ```
    pub fn value(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

/// Which of the two passes over a text made a repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Needs the document alone; made on the raw text.
    Local,
    /// Needs what the corpus knows; made on the locally repaired text.
    Corpus,
}

/// One repair proposed for one place of one snapshot of a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// The place, in bytes of the snapshot; never empty.
    pub span: Span,
    /// What should stand there; empty only when the repair is unknown (flagged).
    pub replacement: String,
    /// What kind of artifact it is.
    pub kind: Kind,
    /// Id of the rule that made it.
    pub rule: &'static str,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why, as a sentence a person can check.
    pub evidence: String,
}

impl Edit {
    /// An edit from its parts.
    ///
    /// ```
    /// # use decalque_text::{Edit, Span, Kind, Confidence};
    /// let e = Edit::new(Span::new(0, 3), "VKS", Kind::Acronym, "acronym.context", Confidence::new(950), "“Russian” stands before it.");
    /// assert_eq!(e.replacement, "VKS");
    /// ```
    pub fn new(
        span: Span,
        replacement: impl Into<String>,
        kind: Kind,
        rule: &'static str,
        confidence: Confidence,
        evidence: impl Into<String>,
    ) -> Self {
        Self { span, replacement: replacement.into(), kind, rule, confidence, evidence: evidence.into() }
    }
}

/// A repair after arbitration.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Correction {
    /// The repair, in the snapshot of its layer.
    pub edit: Edit,
    /// The pass that made it.
    pub layer: Layer,
    /// What became of it.
    pub status: Status,
    /// When refused: the rule that won; `protect` or `decision` when a person did.
    pub refused_by: Option<&'static str>,
    /// What a person decided about it.
    pub decision: Option<Decision>,
}

/// What a person decided about a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// It is to be made.
    Accepted,
    /// It is not to be made.
    Rejected,
}

impl Decision {
    /// The name used in tables and messages.
    ///
    /// ```
    /// assert_eq!(decalque_text::Decision::Accepted.name(), "accepted");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }
}

//! How likely a document is machine translation.

use decalque_text::{Correction, Kind, Status};

/// How much one finding of a kind says for machine translation: the share of documents with such a finding that are
/// not machine translated, in the authors' estimate.
const fn doubt(kind: Kind) -> f64 {
    match kind {
        Kind::NameCalque | Kind::LetterCalque => 0.05,
        Kind::TranslitResidue | Kind::CyrillicResidue => 0.3,
        Kind::Acronym => 0.2,
        Kind::Casing => 0.15,
        Kind::NameVariant | Kind::WordSense => 0.5,
        Kind::Typography => 0.6,
    }
}

/// How likely a document is machine translation, 0 to 1, from what the rules found in it (noisy-or: findings speak
/// independently, each by its kind; suggestions by their confidence).
///
/// ```
/// assert_eq!(decalque_normalize::machine_score(&[]), 0.0);
/// ```
pub fn machine_score(corrections: &[Correction]) -> f64 {
    let found = corrections.iter().filter(|c| c.status != Status::Refused);
    let human: f64 = found.map(|c| 1.0 - (1.0 - doubt(c.edit.kind)) * c.edit.confidence.value()).product();
    // Rounded, so that the last bit does not depend on how a compiler orders the product.
    ((1.0 - human) * 1000.0).round() / 1000.0
}

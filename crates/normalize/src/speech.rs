//! Words of saying and thinking, by which the person who speaks is known.

pub(crate) use decalque_evidence::is_speech_verb;

/// True for a verb in the third person singular of the present: `believes`, `is`, `has`.
pub(crate) fn is_singular_verb(norm: &str) -> bool {
    matches!(norm, "is" | "was" | "has" | "does") || is_speech_verb(norm) && norm.ends_with('s')
}

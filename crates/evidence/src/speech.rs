//! Words of saying and thinking, by which the person who speaks is known.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Verbs in all their forms; the file says how to read it.
const VERBS: &str = include_str!("../data/speech_verbs.txt");

/// Which form of a verb a word is. A form that can be several is the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerbForm {
    /// `say`
    Base,
    /// `says`
    Present,
    /// `said`
    Past,
    /// `saying`
    Gerund,
    /// `written`, where it differs from the past.
    Participle,
}

/// A form of a verb that news sets beside a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SpeechVerb {
    /// Which form it is.
    pub form: VerbForm,
    /// True for verbs whose object is what was said (`said`), false for those that say what somebody calls something
    /// (`denounced`).
    pub says: bool,
    /// True for a form whose subject is a person in almost every text.
    personal: bool,
}

fn verbs() -> &'static FxHashMap<&'static str, SpeechVerb> {
    static MAP: OnceLock<FxHashMap<&'static str, SpeechVerb>> = OnceLock::new();
    MAP.get_or_init(|| {
        let mut map = FxHashMap::default();
        VERBS.lines().filter(|l| !l.starts_with('#')).flat_map(forms).for_each(|(word, verb)| {
            map.entry(word).or_insert(verb);
        });
        map
    })
}

/// The forms of one line, with what they are.
fn forms(line: &'static str) -> impl Iterator<Item = (&'static str, SpeechVerb)> {
    use VerbForm::{Base, Gerund, Participle, Past, Present};
    let mut words = line.split(' ');
    let says = words.next() == Some("say");
    words.zip([Base, Present, Past, Gerund, Participle]).map(move |(word, form)| {
        let plain = word.trim_start_matches('!');
        (plain, SpeechVerb { form, says, personal: plain.len() < word.len() })
    })
}

/// True for a form of a verb of speech or thought that takes a person as its subject; given in lower case.
///
/// ```
/// assert!(decalque_evidence::is_speech_verb("said"));
/// assert!(!decalque_evidence::is_speech_verb("saying"));
/// ```
pub fn is_speech_verb(norm: &str) -> bool {
    verbs().get(norm).is_some_and(|v| v.personal)
}

/// What a word in lower case is as a verb beside a quotation; none when it is no such verb.
///
/// ```
/// use decalque_evidence::{VerbForm, speech_verb};
/// assert_eq!(speech_verb("denouncing").map(|v| (v.form, v.says)), Some((VerbForm::Gerund, false)));
/// assert_eq!(speech_verb("walked"), None);
/// ```
pub fn speech_verb(norm: &str) -> Option<SpeechVerb> {
    verbs().get(norm).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_a_class_and_at_least_four_forms() {
        for line in VERBS.lines().filter(|l| !l.starts_with('#')) {
            let words: Vec<_> = line.split(' ').collect();
            assert!(matches!(words[0], "say" | "judge") && (5..=6).contains(&words.len()), "{line}");
        }
    }
}

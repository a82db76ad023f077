//! What each distinct word can be in a sentence that tells who speaks; asked once a vocabulary entry.

use decalque_evidence::{VerbForm, is_given_name, is_honorific, is_office, speech_verb};
use decalque_text::{Case, TermId, Vocabulary, Word};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// A set of flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flags(u32);

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Flags {
            $($(#[$doc])* pub(crate) const $name: Self = Self(1 << $bit);)*
        }
    };
}

flags! {
    /// Begins with a letter or a digit.
    WORD = 0;
    /// Has a capital.
    CAPITAL = 1;
    /// A subject pronoun: `he`; also `he's`.
    PRONOUN = 2;
    /// `who`, `which`
    RELATIVE = 3;
    /// Opens a noun phrase: `the`, `his`.
    DETERMINER = 4;
    /// `of`, `in`
    PREPOSITION = 5;
    /// `and`, `or`, `but`
    CONJUNCTION = 6;
    /// Opens a clause: `when`, `because`, `that`.
    SUBORDINATOR = 7;
    /// `has`, `will`; also `he's`.
    AUXILIARY = 8;
    /// `is`, `was`: makes a passive of a participle. Also an auxiliary.
    BE = 9;
    /// `also`, `repeatedly`
    ADVERB = 10;
    /// `Monday`, `August`, `today`
    TIME = 11;
    /// `Mr`
    HONORIFIC = 12;
    /// `spokesman`
    OFFICE = 13;
    /// `Dmitry`
    GIVEN = 14;
    /// Ends with a possessive: `Peskov's`.
    POSSESSIVE = 15;
    /// A form of a verb whose object is what was said.
    SAYS = 16;
    /// A form of a verb that says what somebody calls something.
    JUDGES = 17;
    /// The verb can be finite: `said`, `says`, `say`.
    FINITE = 18;
    /// `saying`
    GERUND = 19;
    /// `say`: an infinitive, a plural, or a noun (`claim`).
    BASE = 20;
    /// `said`, `written`: a passive after a form of `be`.
    PASSIVE = 21;
    /// A noun for what was said: `statement`.
    SPEECH_NOUN = 22;
    /// `,`
    COMMA = 23;
    /// `–`, `—`, `--`, `-`
    DASH = 24;
    /// Ends a sentence, or half of one: `.` `!` `?` `…` `;` `:`
    STOP = 25;
    /// Any quotation mark.
    MARK = 26;
    /// A noun for somebody who acts: `host`, `researcher`.
    AGENT = 27;
    /// Digits.
    NUMBER = 28;
    /// A form of a verb of speech that is a noun as well: `claims`, `report`.
    NOUN_TOO = 29;
    /// `according`, `to`, `put`: with the word beside it, it can do what a verb of speech does.
    LEAD = 30;
    /// Looked up already.
    KNOWN = 31;
}

impl Flags {
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn only(self, these: Self) -> Self {
        Self(self.0 & these.0)
    }

    const fn without(self, these: Self) -> Self {
        Self(self.0 & !these.0)
    }

    /// True when the two share a flag.
    pub(crate) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }
}

/// The flags of the entries of one vocabulary.
#[derive(Debug, Default)]
pub(crate) struct Memo(Vec<Flags>);

impl Memo {
    /// Make room for the entries of a vocabulary.
    pub(crate) fn begin(&mut self, vocabulary: &Vocabulary) {
        if self.0.len() < vocabulary.len() {
            self.0.resize(vocabulary.len(), Flags::default());
        }
    }

    #[inline]
    pub(crate) fn flags(&mut self, vocabulary: &Vocabulary, term: TermId) -> Flags {
        match self.0.get(term.0 as usize) {
            Some(flags) if flags.any(Flags::KNOWN) => *flags,
            _ => self.classify(vocabulary, term),
        }
    }

    #[cold]
    fn classify(&mut self, vocabulary: &Vocabulary, term: TermId) -> Flags {
        let flags = classify(&vocabulary.word(term)).and(Flags::KNOWN);
        if let Some(known) = self.0.get_mut(term.0 as usize) {
            *known = flags;
        }
        flags
    }
}

fn classify(word: &Word) -> Flags {
    let Some(first) = word.surface.chars().next() else { return Flags::default() };
    if !first.is_alphanumeric() && !word.surface.contains(char::is_alphanumeric) {
        return mark(word.surface);
    }
    let (stem, is_possessive) = without_possessive(word.norm);
    let own = listed(word.norm);
    let noun = noun(stem, if is_possessive { listed(stem) } else { own });
    let mut flags = Flags::WORD.and(closed_class(word.norm, own)).and(verb(word.norm)).and(noun);
    let mut set = |is: bool, flag: Flags| flags = if is { flags.and(flag) } else { flags };
    set(matches!(word.case, Case::Title | Case::Upper | Case::Mixed), Flags::CAPITAL);
    set(first.is_ascii_digit(), Flags::NUMBER);
    set(is_possessive, Flags::POSSESSIVE);
    set(
        is_honorific(word.norm) || matches!(word.norm, "president" | "king" | "queen" | "pope"),
        Flags::HONORIFIC,
    );
    set(is_office(stem) || is_plural_office(stem), Flags::OFFICE.and(Flags::AGENT));
    set(is_given_name(stem), Flags::GIVEN);
    set(is_agent(stem), Flags::AGENT);
    set(matches!(word.norm, "according" | "to" | "put"), Flags::LEAD);
    flags
}

fn mark(surface: &str) -> Flags {
    match surface {
        "," => Flags::COMMA,
        "–" | "—" | "--" | "-" | "―" | "---" | "‒" | "−" => Flags::DASH,
        ":" | ";" => Flags::STOP,
        "“" | "”" | "„" | "‟" | "\"" | "''" | "``" | "″" | "«" | "»" | "‘" | "’" | "'" | "`" | "‹" | "›"
        | "‚" => Flags::MARK,
        s if s.starts_with(['.', '!', '?', '…', '‼', '⁉']) => Flags::STOP,
        _ => Flags::default(),
    }
}

/// A word in lower case without `'s`, and whether it had one.
pub(crate) fn without_possessive(norm: &str) -> (&str, bool) {
    let bare = match norm.as_bytes() {
        [.., b'\'', b's'] => norm.get(..norm.len() - 2),
        [.., b'\''] => norm.get(..norm.len() - 1),
        _ => None,
    };
    bare.map_or((norm, false), |b| (b, true))
}

/// The words of each class. Flags of one word add up.
#[rustfmt::skip]
const CLASSES: &[(Flags, &str)] = &[
    (Flags::PRONOUN, "he she they it i we you"),
    (Flags::RELATIVE, "who which whom whose"),
    (Flags::DETERMINER, "the a an this these those his her its their my our your some several many both another no any each every \
        such all most few"),
    (Flags::PREPOSITION, "of in on at for from with by about into over under during against between among through via without within \
        near upon toward towards amid across behind outside inside per to despite regarding ahead following"),
    (Flags::CONJUNCTION, "and or but nor yet"),
    (Flags::SUBORDINATOR, "that when while because after before as if although though since until whereas unless whether where what why \
        how than so"),
    (Flags::AUXILIARY.and(Flags::BE), "is was are were be been being isn't wasn't aren't weren't"),
    (Flags::AUXILIARY, "has have had having do does did will would can could may might must should shall not never hasn't haven't \
        hadn't didn't doesn't don't won't wouldn't can't couldn't"),
    (Flags::ADVERB, "also then later still often once just again even now always only further earlier too ever already soon \
        sometimes first meanwhile however instead thus therefore out up back famously late"),
    (Flags::TIME, "monday tuesday wednesday thursday friday saturday sunday january february march april june july august \
        september october november december today yesterday tomorrow tonight morning afternoon evening week month \
        year day night weekend last recently ago"),
];

/// Nouns for what was said, and nouns that are forms of verbs of speech: those without the `s` of the plural.
#[rustfmt::skip]
const NOUNS: &[(Flags, &str)] = &[
    (Flags::SPEECH_NOUN, "statement claim comment comments remark remarks words speech tweet tweets assertion letter interview message \
        call report argument opinion warning promise pledge answer reply response phrase slogan address memo email \
        post"),
    (Flags::NOUN_TOO, "tweet claim comment report remark call order question answer promise hope fear joke echo state text email \
        demand appeal attack forecast estimate pledge vow cable signal cite reason note object address boast blame \
        find offer stress shout label brand introduce rate quote rule laugh protest"),
];

/// What the lists say of a word, all at once.
fn listed(word: &str) -> Flags {
    static WORDS: OnceLock<FxHashMap<&str, Flags>> = OnceLock::new();
    let fill = || {
        let mut map: FxHashMap<&str, Flags> = FxHashMap::default();
        for &(flags, words) in CLASSES.iter().chain(NOUNS) {
            for word in words.split(' ') {
                let known = map.entry(word).or_default();
                *known = known.and(flags);
            }
        }
        map
    };
    WORDS.get_or_init(fill).get(word).copied().unwrap_or_default()
}

/// The nouns among what the lists say.
const NOUN: Flags = Flags::SPEECH_NOUN.and(Flags::NOUN_TOO);

/// Function words, of which `listed` tells; contractions count as pronoun and auxiliary.
fn closed_class(norm: &str, listed: Flags) -> Flags {
    if is_contraction(norm) {
        return Flags::PRONOUN.and(Flags::AUXILIARY);
    }
    let found = listed.without(NOUN);
    let is_adverb = found == Flags::default() && matches!(norm.as_bytes(), [_, _, _, .., b'l', b'y']);
    let is_other =
        || matches!(norm, "family" | "reply" | "italy" | "supply" | "assembly" | "daily" | "weekly");
    if is_adverb && !is_other() { Flags::ADVERB } else { found }
}

/// `he's`, `they'll`
fn is_contraction(norm: &str) -> bool {
    // Most words end otherwise, which two bytes tell.
    matches!(norm.as_bytes(), [.., b'\'', _] | [.., b'\'', _, _])
        && matches!(norm.split_once('\''), Some((pronoun, "s" | "d" | "ll" | "re" | "ve" | "m"))
            if is_pronoun(pronoun))
}

pub(crate) fn is_pronoun(norm: &str) -> bool {
    matches!(norm, "he" | "she" | "they" | "it" | "i" | "we" | "you")
}

/// A noun without its possessive, of which `own` tells; the `s` of a plural hides no form of a verb.
fn noun(stem: &str, own: Flags) -> Flags {
    match stem.strip_suffix('s') {
        Some(singular) => own.only(Flags::SPEECH_NOUN).and(listed(singular).only(Flags::NOUN_TOO)),
        None => own.only(NOUN),
    }
}

fn verb(norm: &str) -> Flags {
    let Some(verb) = speech_verb(norm).filter(|_| !is_rather_noun(norm)) else { return Flags::default() };
    let class = if verb.says { Flags::SAYS } else { Flags::JUDGES };
    class.and(match verb.form {
        VerbForm::Base => Flags::FINITE.and(Flags::BASE),
        VerbForm::Present => Flags::FINITE,
        VerbForm::Past => Flags::FINITE.and(Flags::PASSIVE),
        VerbForm::Gerund => Flags::GERUND,
        VerbForm::Participle => Flags::FINITE.and(Flags::PASSIVE),
    })
}

/// Forms of verbs of speech that are nouns in news far more often.
#[rustfmt::skip]
fn is_rather_noun(norm: &str) -> bool {
    matches!(norm, "states" | "post" | "times" | "order" | "orders" | "rates" | "texts" | "post's" | "posts" | "question"
        | "questions" | "feeling" | "meaning" | "findings")
}

fn is_plural_office(stem: &str) -> bool {
    stem.strip_suffix('s').is_some_and(is_office)
}

/// By its ending, `er` or `man`, and a few more.
fn is_agent(stem: &str) -> bool {
    let ends = |word: &str| stem.ends_with(word);
    let is = match stem.as_bytes() {
        [_, _, .., b'e' | b'o', b'r']
        | [_, .., b'i', b's', b't']
        | [_, .., b'i', b'a', b'n']
        | [_, .., b'm', b'a', b'n']
        | [_, .., b'a', b'n', b't'] => true,
        [.., b'e'] => ends("aide") || ends("police"),
        [.., b't'] => ends("host"),
        _ => false,
    };
    is && stem.len() > 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(norm: &str) -> Flags {
        classify(&Word { surface: norm, norm, is_stop: false, ..Word::NONE })
    }

    #[test]
    fn lists_endings_and_contractions() {
        assert_eq!(flags("the"), Flags::WORD.and(Flags::DETERMINER));
        assert_eq!(flags("was"), Flags::WORD.and(Flags::AUXILIARY).and(Flags::BE));
        assert_eq!(
            flags("he's"),
            Flags::WORD.and(Flags::PRONOUN).and(Flags::AUXILIARY).and(Flags::POSSESSIVE)
        );
        assert_eq!(flags("they'll"), Flags::WORD.and(Flags::PRONOUN).and(Flags::AUXILIARY));
        assert_eq!(flags("openly"), Flags::WORD.and(Flags::ADVERB));
        assert_eq!(flags("italy"), Flags::WORD);
        assert!(flags("lawmaker").any(Flags::AGENT) && !flags("ant").any(Flags::AGENT));
    }

    #[test]
    fn nouns_have_flags_without_their_endings() {
        let both = Flags::SPEECH_NOUN.and(Flags::NOUN_TOO);
        assert_eq!(flags("claim's").only(both), both);
        assert_eq!(flags("claims").only(both), Flags::NOUN_TOO);
        assert_eq!(flags("words").only(both), Flags::SPEECH_NOUN);
    }

    #[test]
    fn a_memory_gives_what_it_was_asked_first() {
        let mut words = Vocabulary::default();
        let said = words.intern("said", |s| decalque_text::Form { norm: s.to_owned(), ..Default::default() });
        let mut memo = Memo::default();
        memo.begin(&words);
        let first = memo.flags(&words, said);
        assert!(first.any(Flags::SAYS) && first.any(Flags::KNOWN));
        assert_eq!(memo.flags(&words, said), first);
        assert_eq!(memo.flags(&words, TermId(u32::MAX)), Flags::KNOWN);
    }
}

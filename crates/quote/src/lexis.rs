//! What each distinct word can be in a sentence that tells who speaks; asked once a vocabulary entry.

use decalque_evidence::{VerbForm, is_given_name, is_honorific, is_office, speech_verb};
use decalque_text::{Case, TermId, Vocabulary, Word};

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
}

impl Flags {
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True when the two share a flag.
    pub(crate) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }
}

/// The flags of the entries of one vocabulary.
#[derive(Debug, Default)]
pub(crate) struct Memo(Vec<Option<Flags>>);

impl Memo {
    #[inline]
    pub(crate) fn flags(&mut self, vocabulary: &Vocabulary, term: TermId) -> Flags {
        let at = term.0 as usize;
        if self.0.len() <= at {
            self.0.resize(vocabulary.len().max(at + 1), None);
        }
        match self.0[at] {
            Some(flags) => flags,
            None => {
                let flags = classify(&vocabulary.word(term));
                self.0[at] = Some(flags);
                flags
            }
        }
    }
}

fn classify(word: &Word) -> Flags {
    let Some(first) = word.surface.chars().next() else { return Flags::default() };
    if !first.is_alphanumeric() && !word.surface.contains(char::is_alphanumeric) {
        return mark(word.surface);
    }
    let (stem, is_possessive) = without_possessive(word.norm);
    let mut flags = Flags::WORD.and(closed_class(word.norm)).and(verb(word.norm));
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
    set(is_speech_noun(stem), Flags::SPEECH_NOUN);
    set(is_noun_too(stem), Flags::NOUN_TOO);
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
    let bare = norm.strip_suffix("'s").or_else(|| norm.strip_suffix('\''));
    bare.map_or((norm, false), |b| (b, true))
}

/// Function words; contractions count as pronoun and auxiliary.
#[rustfmt::skip]
fn closed_class(norm: &str) -> Flags {
    if let Some((pronoun, "s" | "d" | "ll" | "re" | "ve" | "m")) = norm.split_once('\'')
        && is_pronoun(pronoun)
    {
        return Flags::PRONOUN.and(Flags::AUXILIARY);
    }
    match norm {
        _ if is_pronoun(norm) => Flags::PRONOUN,
        "who" | "which" | "whom" | "whose" => Flags::RELATIVE,
        "the" | "a" | "an" | "this" | "these" | "those" | "his" | "her" | "its" | "their" | "my" | "our" | "your" | "some" | "several"
        | "many" | "both" | "another" | "no" | "any" | "each" | "every" | "such" | "all" | "most" | "few" => Flags::DETERMINER,
        "of" | "in" | "on" | "at" | "for" | "from" | "with" | "by" | "about" | "into" | "over" | "under" | "during" | "against"
        | "between" | "among" | "through" | "via" | "without" | "within" | "near" | "upon" | "toward" | "towards" | "amid"
        | "across" | "behind" | "outside" | "inside" | "per" | "to" | "despite" | "regarding" | "ahead" | "following" => Flags::PREPOSITION,
        "and" | "or" | "but" | "nor" | "yet" => Flags::CONJUNCTION,
        "that" | "when" | "while" | "because" | "after" | "before" | "as" | "if" | "although" | "though" | "since" | "until"
        | "whereas" | "unless" | "whether" | "where" | "what" | "why" | "how" | "than" | "so" => Flags::SUBORDINATOR,
        "is" | "was" | "are" | "were" | "be" | "been" | "being" | "isn't" | "wasn't" | "aren't" | "weren't" => Flags::AUXILIARY.and(Flags::BE),
        "has" | "have" | "had" | "having" | "do" | "does" | "did" | "will" | "would" | "can" | "could" | "may" | "might" | "must"
        | "should" | "shall" | "not" | "never" | "hasn't" | "haven't" | "hadn't" | "didn't" | "doesn't" | "don't" | "won't"
        | "wouldn't" | "can't" | "couldn't" => Flags::AUXILIARY,
        "also" | "then" | "later" | "still" | "often" | "once" | "just" | "again" | "even" | "now" | "always" | "only" | "further"
        | "earlier" | "too" | "ever" | "since then" | "already" | "soon" | "sometimes" | "first" | "meanwhile" | "however"
        | "instead" | "though " | "thus" | "therefore" | "out" | "up" | "back" | "famously" | "late" => Flags::ADVERB,
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" | "january" | "february" | "march"
        | "april" | "june" | "july" | "august" | "september" | "october" | "november" | "december" | "today"
        | "yesterday" | "tomorrow" | "tonight" | "morning" | "afternoon" | "evening" | "week" | "month" | "year" | "day" | "night"
        | "weekend" | "last" | "recently" | "ago" => Flags::TIME,
        s if s.len() > 4 && s.ends_with("ly") && !matches!(s, "family" | "reply" | "italy" | "supply" | "assembly" | "daily" | "weekly") => Flags::ADVERB,
        _ => Flags::default(),
    }
}

pub(crate) fn is_pronoun(norm: &str) -> bool {
    matches!(norm, "he" | "she" | "they" | "it" | "i" | "we" | "you")
}

fn verb(norm: &str) -> Flags {
    // Nouns in news far more often than verbs.
    if matches!(
        norm,
        "states"
            | "post"
            | "times"
            | "order"
            | "orders"
            | "rates"
            | "texts"
            | "post's"
            | "posts"
            | "question"
            | "questions"
            | "feeling"
            | "meaning"
            | "findings"
    ) {
        return Flags::default();
    }
    let Some(verb) = speech_verb(norm) else { return Flags::default() };
    let class = if verb.says { Flags::SAYS } else { Flags::JUDGES };
    class.and(match verb.form {
        VerbForm::Base => Flags::FINITE.and(Flags::BASE),
        VerbForm::Present => Flags::FINITE,
        VerbForm::Past => Flags::FINITE.and(Flags::PASSIVE),
        VerbForm::Gerund => Flags::GERUND,
        VerbForm::Participle => Flags::FINITE.and(Flags::PASSIVE),
    })
}

/// Nouns, with and without the `s` of the plural.
#[rustfmt::skip]
fn is_noun_too(stem: &str) -> bool {
    matches!(stem.strip_suffix('s').unwrap_or(stem), "tweet" | "claim" | "comment" | "report" | "remark" | "call" | "order" | "question"
        | "answer" | "promise" | "hope" | "fear" | "joke" | "echo" | "state" | "text" | "email" | "demand" | "appeal" | "attack"
        | "forecast" | "estimate" | "pledge" | "vow" | "cable" | "signal" | "cite" | "reason" | "note" | "object" | "address" | "boast" | "blame" | "find"
        | "offer" | "stress" | "shout" | "label" | "brand" | "introduce" | "rate" | "quote" | "rule" | "laugh" | "protest")
}

fn is_plural_office(stem: &str) -> bool {
    stem.strip_suffix('s').is_some_and(is_office)
}

fn is_agent(stem: &str) -> bool {
    stem.len() > 3
        && [
            "er", "or", "ist", "ian", "man", "woman", "ant", "aide", "host", "police", "lawmaker", "father",
            "mother",
        ]
        .iter()
        .any(|end| stem.ends_with(end))
}

#[rustfmt::skip]
fn is_speech_noun(stem: &str) -> bool {
    matches!(stem, "statement" | "claim" | "comment" | "comments" | "remark" | "remarks" | "words" | "speech" | "tweet" | "tweets"
        | "assertion" | "letter" | "interview" | "message" | "call" | "report" | "argument" | "opinion" | "warning" | "promise"
        | "pledge" | "answer" | "reply" | "response" | "phrase" | "slogan" | "address" | "memo" | "email" | "post")
}

//! People named in full: `Dmitry Peskov`, with the role that stands before or after.

use decalque_text::{Case, TokenKind, View, Word};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Romanised given names by which a capitalised pair is known to be a person.
const GIVEN_NAMES: &str = include_str!("../data/given_names.txt");

/// Nouns that name an office or a trade; a person's role ends with one.
const OFFICES: &[&str] = &[
    "adviser",
    "ambassador",
    "aide",
    "analyst",
    "athlete",
    "attorney",
    "author",
    "chairman",
    "chairwoman",
    "champion",
    "chancellor",
    "chief",
    "coach",
    "co-chair",
    "commander",
    "commissioner",
    "correspondent",
    "deputy",
    "diplomat",
    "director",
    "economist",
    "editor",
    "envoy",
    "executive",
    "expert",
    "founder",
    "general",
    "governor",
    "head",
    "historian",
    "journalist",
    "judge",
    "king",
    "lawyer",
    "leader",
    "manager",
    "mayor",
    "member",
    "minister",
    "monarch",
    "mp",
    "officer",
    "official",
    "ombudsman",
    "owner",
    "patriarch",
    "player",
    "politician",
    "premier",
    "president",
    "producer",
    "professor",
    "prosecutor",
    "queen",
    "representative",
    "secretary",
    "secretary-general",
    "senator",
    "speaker",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "striker",
    "tsar",
    "vice-president",
    "writer",
];

fn offices() -> &'static FxHashSet<&'static str> {
    static SET: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    SET.get_or_init(|| OFFICES.iter().copied().collect())
}

/// Lower-case parts inside a surname.
const PARTICLES: &[&str] =
    &["de", "van", "von", "der", "den", "bin", "ibn", "al", "el", "da", "di", "du", "la", "le"];

/// A person a document names in full.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    /// Family name as written, without a possessive: `Peskov`, `de Mistura`.
    pub surname: String,
    /// Given name as written; also an initial, `D.`
    pub given: String,
    /// Roles found beside the name, in lower case: `press secretary`.
    pub roles: BTreeSet<String>,
    /// How often the full name stands in the document.
    pub count: u32,
}

fn given_names() -> &'static FxHashSet<&'static str> {
    static NAMES: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    NAMES.get_or_init(|| {
        GIVEN_NAMES.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect()
    })
}

/// True for a known given name, whatever its case.
///
/// ```
/// assert!(decalque_evidence::is_given_name("dmitry"));
/// assert!(!decalque_evidence::is_given_name("security"));
/// ```
pub fn is_given_name(norm: &str) -> bool {
    given_names().contains(norm)
}

/// Given names of women, and after a line `# either` those of both.
const FEMININE: &str = include_str!("../data/feminine_names.txt");

/// Man or woman, as far as grammar and given names tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// he
    Masculine,
    /// she
    Feminine,
}

/// The gender of a given name in lower case; none when it is unknown or either.
///
/// ```
/// use decalque_evidence::{Gender, gender_of_given};
/// assert_eq!(gender_of_given("maria"), Some(Gender::Feminine));
/// assert_eq!(gender_of_given("dmitry"), Some(Gender::Masculine));
/// assert_eq!(gender_of_given("sasha"), None);
/// ```
pub fn gender_of_given(norm: &str) -> Option<Gender> {
    static MAP: OnceLock<FxHashMap<&'static str, Option<Gender>>> = OnceLock::new();
    let map = MAP.get_or_init(|| {
        let (women, both) = FEMININE.split_once("# either").unwrap_or((FEMININE, ""));
        let words =
            |text: &'static str| text.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace);
        words(women).map(|w| (w, Some(Gender::Feminine))).chain(words(both).map(|w| (w, None))).collect()
    });
    let is_known = || is_given_name(norm).then_some(Gender::Masculine);
    map.get(norm).copied().unwrap_or_else(is_known)
}

/// Spellings of one given name, and the foreign forms that engines put for them.
const GIVEN_VARIANTS: &str = include_str!("../data/given_variants.txt");

/// The first spelling of a given name's group, in lower case: one for `Sergei`, `Sergey` and `Serguei`. A name of no
/// group is its own.
///
/// ```
/// use decalque_evidence::given_key;
/// assert_eq!(given_key("Kirill"), given_key("Cyril"));
/// assert_ne!(given_key("Kirill"), given_key("Igor"));
/// ```
pub fn given_key(given: &str) -> Cow<'_, str> {
    static GROUPS: OnceLock<FxHashMap<&'static str, &'static str>> = OnceLock::new();
    let groups = GROUPS.get_or_init(|| {
        let lines = GIVEN_VARIANTS.lines().filter(|l| !l.starts_with('#'));
        lines.flat_map(|l| l.split(' ').map(move |n| (n, l.split(' ').next().unwrap_or(n)))).collect()
    });
    let is_lower = given.bytes().all(|b| b.is_ascii_lowercase());
    let lower = if is_lower { Cow::Borrowed(given) } else { Cow::Owned(given.to_lowercase()) };
    groups.get(lower.as_ref()).map_or(lower, |first| Cow::Borrowed(first))
}

/// True for `Mr`, `Dr.` and their kind, in lower case.
///
/// ```
/// assert!(decalque_evidence::is_honorific("mr"));
/// ```
pub fn is_honorific(norm: &str) -> bool {
    match norm.strip_suffix('.') {
        None => {
            matches!(norm, "mr" | "mrs" | "ms" | "miss" | "dr" | "prof" | "sir" | "lord" | "lady" | "dame")
        }
        Some(short) => ABBREVIATIONS.contains(&short),
    }
}

/// Honorifics that have a stop.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "maj", "capt", "sgt", "sen", "rep", "gov", "rev",
    "st",
];

/// Every person a text names in full, sorted by family name and given name.
///
/// A pair of capitalised words is a person when the first is a known given name or an initial, or when an office
/// stands right before the pair.
///
/// ```
/// # use decalque_text::{View, Vocabulary, Layout};
/// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
/// assert!(decalque_evidence::people(&view).is_empty());
/// ```
pub fn people(view: &View) -> Vec<Person> {
    people_from(view, (0..view.tokens().len()).filter_map(|i| name_part(view.word(i)).start(i)))
}

/// What a word can be to a full name, by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamePart {
    /// A given name or an initial: a full name may begin with it.
    First,
    /// An office: a full name may begin after it.
    Office,
    /// Neither.
    None,
}

impl NamePart {
    /// Where a full name may begin because this stands at token `i`.
    pub(crate) const fn start(self, i: usize) -> Option<usize> {
        match self {
            Self::First => Some(i),
            Self::Office => Some(i + 1),
            Self::None => None,
        }
    }
}

/// What this word can be to a full name.
pub(crate) fn name_part(word: Word) -> NamePart {
    let may_be_name = matches!(word.case, Case::Title | Case::Mixed);
    if may_be_name && (is_given_name(word.norm) || is_initial(word.surface)) {
        NamePart::First
    } else if is_office(word.norm) {
        NamePart::Office
    } else {
        NamePart::None
    }
}

/// The same as [`people`], for a caller that knows where names may begin: ascending places, with repetitions.
pub(crate) fn people_from(view: &View, starts: impl IntoIterator<Item = usize>) -> Vec<Person> {
    let mut found: BTreeMap<(&str, &str), Person> = BTreeMap::new();
    let mut next = 0;
    for at in starts {
        let name = if at < next { None } else { full_name(view, at) };
        let Some(FullName { given, surname, end }) = name else { continue };
        let new = || Person {
            surname: surname.to_owned(),
            given: given.to_owned(),
            roles: BTreeSet::new(),
            count: 0,
        };
        let person = found.entry((surname, given)).or_insert_with(new);
        person.count += 1;
        person.roles.extend([role_before(view, at), role_after(view, end)].into_iter().flatten());
        next = end;
    }
    found.into_values().collect()
}

/// A person's full name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FullName<'a> {
    /// Given name as written; also an initial, `D.`
    pub given: &'a str,
    /// Family name as written, without a possessive: `Peskov`, `de Mistura`.
    pub surname: &'a str,
    /// One past its last token.
    pub end: usize,
}

/// The full name that begins at token `at`, by the same test as [`people`].
///
/// ```
/// # use decalque_text::{View, Vocabulary, Layout};
/// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
/// assert_eq!(decalque_evidence::full_name(&view, 0), None);
/// ```
pub fn full_name<'a>(view: &View<'a>, at: usize) -> Option<FullName<'a>> {
    if !is_name_word(view, at) {
        return None;
    }
    // Cheaper to ask than whether the words are names.
    let end = surname_end(view, at + 1)?;
    let first = view.word(at);
    let is_given = is_given_name(first.norm);
    if is_honorific(first.norm) || !is_given && is_office(first.norm) {
        return None;
    }
    if !is_given && !is_initial(first.surface) && !after_office(view, at) {
        return None;
    }
    let is_part = |i: usize| PARTICLES.contains(&view.norm(i));
    let start = (at + 1..end).rev().take_while(|&i| i + 1 == end || is_part(i)).last()?;
    let text = decalque_text::Span::new(view.tokens()[start].span.start, view.tokens()[end - 1].span.end)
        .text(view.text);
    let surname = without_possessive(text);
    let norm = surname.to_lowercase();
    let person_like = surname.len() > 1 && !is_office(&norm) && !is_honorific(&norm);
    person_like.then(|| FullName { given: without_possessive(first.surface), surname, end })
}

/// One past the last token of a surname that may begin at `at`: middle names, initials, particles, then the name.
fn surname_end(view: &View, at: usize) -> Option<usize> {
    let (mut i, mut end) = (at, None);
    while i < at + 4 && i > 0 && view.gap_after(i - 1) == " " && same_sentence(view, at - 1, i) {
        if is_name_word(view, i) {
            end = Some(i + 1).filter(|_| !is_initial(view.word(i).surface)).or(end);
            if ends_name(view, i) {
                break;
            }
        } else if !is_particle(view, i) {
            break;
        }
        i += 1;
    }
    end
}

/// A surname ends at a possessive, or where the next word cannot be one more part of the name.
fn ends_name(view: &View, i: usize) -> bool {
    let (surface, next) = (view.word(i).surface, view.word(i + 1));
    let goes_on = is_patronymic(surface) || is_initial(surface) || is_given_name(view.norm(i));
    // `Le Pen`, `Van Rompuy`.
    let is_capital_particle = PARTICLES.contains(&view.norm(i));
    without_possessive(surface) != surface
        || is_office(next.norm)
        || !(goes_on || is_capital_particle || is_particle(view, i + 1))
}

fn is_name_word(view: &View, i: usize) -> bool {
    let is_word = view.tokens().get(i).is_some_and(|t| t.kind == TokenKind::Word);
    let is_cased = match view.case(i) {
        Case::Title => true,
        Case::Mixed => is_mixed_name(view.word(i).surface),
        Case::None | Case::Lower | Case::Upper => false,
    };
    is_word && is_cased && !view.is_stop(i)
}

/// `al-Assad`, `McCain`, `O’Brien`.
fn is_mixed_name(surface: &str) -> bool {
    let mut chars = surface.chars();
    let lower_first = surface.starts_with("al-") || surface.starts_with("el-");
    (lower_first || chars.next().is_some_and(char::is_uppercase)) && surface.chars().any(char::is_lowercase)
}

fn is_initial(surface: &str) -> bool {
    surface.ends_with('.') && surface.len() <= 6 && surface.split('.').all(|p| p.chars().count() <= 1)
}

/// Russian patronymics: `Sergeyevich`, `Ivanovna`.
fn is_patronymic(surface: &str) -> bool {
    ["vich", "vna", "ichna"].iter().any(|end| surface.ends_with(end)) && surface.len() > 6
}

fn is_particle(view: &View, i: usize) -> bool {
    PARTICLES.contains(&view.word(i).surface)
}

/// True for a noun that names an office or a trade, in lower case: `minister`, `spokesman`.
///
/// ```
/// assert!(decalque_evidence::is_office("spokesman"));
/// ```
pub fn is_office(norm: &str) -> bool {
    offices().contains(norm)
}

fn after_office(view: &View, at: usize) -> bool {
    at > 0 && is_office(view.norm(at - 1)) && view.gap_after(at - 1) == " "
}

fn same_sentence(view: &View, a: usize, b: usize) -> bool {
    matches!((view.tokens().get(a), view.tokens().get(b)), (Some(a), Some(b)) if a.sentence == b.sentence)
}

/// The name without `'s` or `’s`.
fn without_possessive(surface: &str) -> &str {
    ["'s", "’s", "'", "’"].iter().find_map(|end| surface.strip_suffix(end)).unwrap_or(surface)
}

/// `press Secretary` in `the President’s press Secretary Dmitry Peskov`: the office and up to two words before it.
fn role_before(view: &View, at: usize) -> Option<String> {
    let office = at.checked_sub(1).filter(|&i| is_office(view.norm(i)) && view.gap_after(i) == " ")?;
    let start = (office.saturating_sub(2)..office)
        .rev()
        .take_while(|&i| same_sentence(view, i, office) && view.gap_after(i) == " " && is_role_word(view, i))
        .last()
        .unwrap_or(office);
    Some(role(view, start, office + 1))
}

/// `Kremlin spokesman` in `Dmitry Peskov, the Kremlin spokesman,`.
fn role_after(view: &View, end: usize) -> Option<String> {
    if view.word(end).surface != "," {
        return None;
    }
    let start = end + 1 + usize::from(matches!(view.norm(end + 1), "the" | "a" | "an"));
    let office = (start..start + 3).find(|&i| is_office(view.norm(i)))?;
    (start..office).all(|i| is_role_word(view, i)).then(|| role(view, start, office + 1))
}

fn is_role_word(view: &View, i: usize) -> bool {
    let is_word = view.tokens().get(i).is_some_and(|t| t.kind == TokenKind::Word);
    is_word && !view.word(i).is_stop
}

fn role(view: &View, start: usize, end: usize) -> String {
    (start..end).map(|i| without_possessive(view.norm(i))).collect::<Vec<_>>().join(" ")
}

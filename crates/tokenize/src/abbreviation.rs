//! Abbreviations: words that keep the full stop behind them.

/// What a kept full stop says of the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Something must follow: `Gen.`, `e.g.`, an initial. Never ends a sentence.
    Open,
    /// Counts only before a number: `No. 5`, `vol. 3`.
    Numbered,
    /// Counts only after a number, and may end a sentence: `1990 г.`
    Dated,
    /// May end a sentence: `Inc.`, `etc.`, `p.m.`, `U.S.`
    Closed,
}

use Abbreviation::{Closed, Dated, Numbered, Open};

/// Sorted by name in lower case. A name with a capital must be written with one (`Gen.`, not `gen.`); a lower-case
/// name may be capitalised. Words that are also ordinary words (`no.`, `art.`, `sun.`) count only before a number.
#[rustfmt::skip]
const NAMES: &[(&str, Abbreviation)] = &[
    ("Adj", Open), ("Adm", Open), ("al", Closed), ("Amb", Open), ("approx", Open), ("Apr", Closed),
    ("art", Numbered), ("Assn", Closed), ("Assoc", Open), ("Asst", Open), ("Atty", Open), ("Aug", Closed),
    ("Ave", Closed), ("Bldg", Closed), ("Blvd", Closed), ("Bn", Numbered), ("Brig", Open), ("Bros", Closed),
    ("c", Numbered), ("ca", Numbered), ("Capt", Open), ("Cdr", Open), ("cf", Open), ("ch", Numbered),
    ("Cie", Closed), ("Cmdr", Open), ("Co", Closed), ("Col", Open), ("Comdr", Open), ("Corp", Closed),
    ("Cos", Closed), ("Cpl", Open), ("Cpt", Open), ("Dec", Closed), ("dept", Closed), ("Dist", Open),
    ("Dr", Open), ("Drs", Open), ("ed", Numbered), ("eds", Numbered), ("eg", Open), ("encl", Open),
    ("esp", Open), ("Esq", Closed), ("est", Numbered), ("etc", Closed), ("ext", Numbered), ("Feb", Closed),
    ("fig", Numbered), ("figs", Numbered), ("fr", Open), ("Ft", Open), ("Gen", Open), ("Gov", Open),
    ("govt", Closed), ("Hon", Open), ("Hosp", Closed), ("ie", Open), ("Inc", Closed), ("incl", Open),
    ("Insp", Open), ("Jan", Closed), ("Jr", Closed), ("Jul", Numbered), ("Jun", Numbered), ("Lieut", Open),
    ("Lt", Open), ("Ltd", Closed), ("Maj", Open), ("Mar", Numbered), ("Messrs", Open), ("Mlle", Open),
    ("Mme", Open), ("Mr", Open), ("Mrs", Open), ("Ms", Open), ("Msgr", Open), ("Mt", Open),
    ("no", Numbered), ("nos", Numbered), ("Nov", Closed), ("Oct", Closed), ("p", Numbered),
    ("para", Numbered), ("Pfc", Open), ("Ph", Closed), ("pp", Numbered), ("Pres", Open), ("Prof", Open),
    ("PS", Open), ("Pte", Closed), ("Pty", Closed), ("Pvt", Open), ("Rd", Closed), ("ref", Numbered),
    ("Rep", Open), ("Reps", Open), ("Ret", Closed), ("Rev", Open), ("Sat", Numbered), ("sec", Numbered),
    ("Sen", Open), ("Sens", Open), ("Sep", Numbered), ("Sept", Closed), ("Sgt", Open), ("Spc", Open),
    ("sq", Open), ("Sr", Closed), ("St", Open), ("Ste", Open), ("Sts", Closed), ("Sun", Numbered),
    ("Supt", Open), ("tel", Numbered), ("Univ", Open), ("v", Open), ("viz", Open), ("vol", Numbered),
    ("vols", Numbered), ("vs", Open),
];

/// Russian ones, in lower case.
#[rustfmt::skip]
static RUSSIAN: &[(&str, Abbreviation)] = &[
    ("г", Dated), ("гг", Closed), ("др", Closed), ("им", Open), ("млн", Closed), ("млрд", Closed), ("напр", Open),
    ("обл", Closed), ("проф", Open), ("руб", Closed), ("см", Open), ("ст", Numbered), ("стр", Numbered),
    ("тел", Numbered), ("тыс", Closed), ("ул", Open),
];

/// Longest Latin name.
const LONGEST: usize = 6;

/// The Latin names as numbers, which are in the same order.
static KEYS: [u64; NAMES.len()] = keys();

const fn keys() -> [u64; NAMES.len()] {
    let (mut out, mut i) = ([0; NAMES.len()], 0);
    while i < NAMES.len() {
        out[i] = key(NAMES[i].0.as_bytes());
        i += 1;
    }
    out
}

/// A short word in lower case as a number, of which the first letter is the highest byte.
const fn key(word: &[u8]) -> u64 {
    let (mut out, mut i) = (0, 0);
    while i < LONGEST {
        let byte = if i < word.len() { word[i].to_ascii_lowercase() } else { 0 };
        out = out << 8 | byte as u64;
        i += 1;
    }
    out
}

/// The abbreviation `word` (without its stop) is. No allocation: every sentence end asks.
pub(crate) fn find(word: &str) -> Option<Abbreviation> {
    if !word.is_ascii() {
        return if word.len() <= 12 { find_russian(word) } else { None };
    }
    if word.len() > LONGEST {
        return None;
    }
    let &(name, kind) = NAMES.get(KEYS.binary_search(&key(word.as_bytes())).ok()?)?;
    let capital = |s: &str| s.starts_with(|c: char| c.is_ascii_uppercase());
    (name.len() == word.len() && (!capital(name) || capital(word))).then_some(kind)
}

fn find_russian(word: &str) -> Option<Abbreviation> {
    let lower = word.to_lowercase();
    RUSSIAN.iter().find(|(name, _)| *name == lower).map(|&(_, kind)| kind)
}

/// Dotted abbreviations after which something must follow.
pub(crate) fn is_open_dotted(word: &str) -> bool {
    matches!(
        word,
        "e.g." | "i.e." | "E.g." | "I.e." | "I.E." | "E.G." | "P.S." | "p.s." | "т.е." | "a.k.a." | "c."
    )
}

/// Lower-case words after which a capital with a stop is an initial (`by J. Smith`) and no label (`plan B.`).
pub(crate) fn is_before_name(word: &str) -> bool {
    BEFORE_NAMES.contains(&word.to_ascii_lowercase().as_str())
}

#[rustfmt::skip]
const BEFORE_NAMES: &[&str] = &[
    "a", "about", "against", "an", "and", "as", "at", "behind", "but", "by", "called", "de", "for", "from",
    "in", "including", "is", "like", "named", "of", "on", "or", "replacing", "said", "says", "than", "that",
    "the", "to", "told", "van", "von", "was", "when", "where", "while", "who", "with",
];

/// Words that begin an English or Russian sentence and hardly ever a name: after `U.S.` or `Inc.` they show a boundary.
pub(crate) fn is_starter(word: &str) -> bool {
    STARTERS.binary_search(&word).is_ok()
}

/// Sorted.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "A", "According", "After", "All", "Also", "Although", "Among", "An", "And", "Another", "Any", "Are",
    "As", "At", "Because", "Before", "Both", "But", "By", "Can", "Could", "Did", "Do", "Does", "During",
    "Each", "Earlier", "Even", "Every", "For", "From", "Has", "Have", "He", "Her", "Here", "His", "How",
    "However", "I", "I'd", "I'm", "I've", "If", "In", "Instead", "Is", "It", "It's", "Its", "It’s", "I’d",
    "I’m", "I’ve", "Last", "Later", "Let's", "Many", "Meanwhile", "More", "Moreover", "Most", "My", "No",
    "Nor", "Not", "Now", "Of", "On", "Once", "One", "Only", "Or", "Other", "Our", "Over", "Please", "She",
    "Since", "So", "Some", "Such", "That", "That's", "That’s", "The", "Their", "Then", "There", "There's",
    "These", "They", "This", "Those", "Though", "Thus", "To", "Today", "Two", "Under", "Until", "Was", "We",
    "We're", "Were", "We’re", "What", "When", "Where", "Which", "While", "Who", "Why", "Will", "With",
    "Would", "You", "Your", "А", "В", "Для", "До", "Его", "Если", "За", "Затем", "И", "Из", "К", "Как",
    "Когда", "Кроме", "Мы", "На", "Но", "О", "Об", "Однако", "Он", "Она", "Они", "По", "Позже", "После", "Потом", "Поэтому",
    "При", "С", "Так", "Также", "Теперь", "Тогда", "У", "Это", "Этот", "Я",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        assert_eq!(find("Gen"), Some(Open));
        assert_eq!(find("GEN"), Some(Open));
        assert_eq!(find("gen"), None);
        assert_eq!(find("Vol"), Some(Numbered));
        assert_eq!(find("etc"), Some(Closed));
        assert_eq!(find("plan"), None);
        assert!(is_starter("Meanwhile") && is_starter("The") && is_starter("I’m") && !is_starter("Friday"));
    }
}

//! Who a calque may stand for, and how what is known of it adds up.

use crate::Context;
use crate::lexicon::{Class, Entry, Lexicon};
use decalque_evidence::{KnownPerson, given_key};
use std::cmp::{Ordering, Reverse};

/// Where the right name is known from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Source {
    /// The document has the full name.
    Document,
    /// The document has the family name, without a given one.
    Surname,
    /// Documents on the same story have the full name; how alike, 0 to 1.
    Story(f64),
    /// Documents on other matters have the full name.
    Corpus,
    /// Other documents have the family name, without a given one.
    Heard,
    /// No document has it.
    Lexicon,
}

/// The rows of family names that engines print as this one word, in lower case.
pub(crate) fn surnames<'a>(lexicon: &'a Lexicon, norm: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
    surnames_in(lexicon.starting_with(norm))
}

/// The rows of family names that are one word.
pub(crate) fn surnames_in(rows: &[Entry]) -> impl Iterator<Item = &Entry> {
    rows.iter().filter(|e| e.class == Class::Surname && e.printed.len() == 1)
}

/// A word in lower case, without a possessive ending.
pub(crate) fn bare(norm: &str) -> &str {
    norm.strip_suffix("'s").unwrap_or(norm)
}

/// The possessive ending of a word as it stands, with either apostrophe; empty where there is none.
pub(crate) fn possessive(surface: &str) -> &str {
    let word = ["'s", "’s", "ʼs"].iter().find_map(|end| surface.strip_suffix(end)).unwrap_or(surface);
    &surface[word.len()..]
}

/// A share of common matter from which two documents are on one story. Translations of one article share half and
/// more, articles on one event about a third, others a tenth.
const SAME_STORY: f64 = 0.3;

/// A reading of a calque.
#[derive(Debug, Clone)]
pub(crate) struct Reading<'a> {
    pub(crate) surname: &'a str,
    pub(crate) given: Option<&'a str>,
    pub(crate) source: Source,
    pub(crate) entry: &'a Entry,
    n_docs: u32,
}

impl Source {
    /// Log-odds: what the source says for a reading (the authors' estimate; the table of reliability in
    /// ARCHITECTURE.md tells how it works out).
    pub(crate) const fn odds(self) -> f64 {
        match self {
            Self::Document => 2.0,
            Self::Surname => 1.6,
            Self::Story(_) => STORY,
            Self::Corpus => -0.8,
            Self::Heard => -1.0,
            Self::Lexicon => -2.0,
        }
    }
}

/// Log-odds of a name that documents on the same story have.
pub(crate) const STORY: f64 = 0.9;

impl Reading<'_> {
    /// Log-odds of its source.
    pub(crate) const fn odds(&self) -> f64 {
        self.source.odds()
    }

    /// A sentence on where the name is from.
    pub(crate) fn sentence(&self) -> String {
        let name = self.given.map_or_else(|| self.surname.to_owned(), |g| format!("{g} {}", self.surname));
        let form = self.entry.form;
        let n = self.n_docs;
        let docs =
            if n == 1 { "One other document names".to_owned() } else { format!("{n} other documents name") };
        let known = match self.source {
            Source::Document => format!("The document names {name}"),
            Source::Surname => format!("The document has {name}"),
            Source::Story(share) => {
                format!("{docs} {name} and share {:.0} % of the rare words of this one", share * 100.0)
            }
            Source::Corpus => format!("{docs} {name}"),
            Source::Heard => format!("Other documents have {name}"),
            Source::Lexicon => format!("No document names {name}"),
        };
        format!("{known}; “{form}” is also a form of a common word.")
    }

    /// Spelling is compared only where nothing before it decides.
    fn is_better(&self, than: &Self) -> bool {
        let share = |r: &Self| if let Source::Story(share) = r.source { share } else { 0.0 };
        let known = |r: &Self| (r.odds(), share(r), r.n_docs);
        let is_nominative = |r: &Self| r.entry.romanised().eq_ignore_ascii_case(r.surname);
        let spelled = |r: &Self| (is_nominative(r), Reverse((r.surname, r.given)));
        match known(self).partial_cmp(&known(than)) {
            Some(Ordering::Equal) => spelled(self) > spelled(than),
            order => order == Some(Ordering::Greater),
        }
    }
}

/// The best reading of an entry: whoever the document names, then documents on its story, then the corpus, then
/// nobody. With a given name, only people of that given name (in any spelling) will do. Readings of less log-odds than
/// `least` may be left out: the caller has no use for them.
pub(crate) fn read<'a>(
    cx: &Context<'a>,
    entry: &'a Entry,
    given: Option<&str>,
    least: f64,
) -> Option<Reading<'a>> {
    let asked = Asked { cx, entry, given };
    if let Some(named) = asked.named_here() {
        return Some(named);
    }
    if least > Source::Surname.odds() {
        return None;
    }
    asked.surname_here().or_else(|| asked.elsewhere(least))
}

/// Who may be meant by an entry, of one given name if there is one.
#[derive(Clone, Copy)]
struct Asked<'a, 'g> {
    cx: &'g Context<'a>,
    entry: &'a Entry,
    given: Option<&'g str>,
}

impl<'a> Asked<'a, '_> {
    fn is_given(&self, other: &str) -> bool {
        self.given.is_none_or(|g| given_key(g) == given_key(other))
    }

    /// The right spellings, of the gender of the given name.
    fn rights(&self) -> impl Iterator<Item = &'static str> {
        let given = self.given;
        let fits = move |right: &str| {
            given.is_none_or(|g| is_woman(g) == is_feminine(right) || is_woman(g) && !is_masculine(right))
        };
        self.entry.right.iter().copied().filter(move |r| fits(r))
    }

    fn reading(&self, surname: &'a str, given: Option<&'a str>, source: Source, n_docs: u32) -> Reading<'a> {
        Reading { surname, given, source, entry: self.entry, n_docs }
    }

    /// Somebody whom the document names in full.
    fn named_here(&self) -> Option<Reading<'a>> {
        let people = &self.cx.facts.people;
        let named = |right: &str| {
            let from = people.partition_point(|p| p.surname.as_str() < right);
            let same = people[from..].iter().take_while(|p| p.surname == right);
            same.into_iter().find(|p| self.is_given(&p.given))
        };
        let person = self.rights().find_map(named)?;
        Some(self.reading(&person.surname, Some(&person.given), Source::Document, 1))
    }

    /// A family name that stands alone in the document. It says nothing of somebody with another given name.
    fn surname_here(&self) -> Option<Reading<'a>> {
        let people = &self.cx.facts.people;
        let is_other = |right: &str| self.given.is_some() && people.iter().any(|p| p.surname == right);
        let right = self.rights().find(|r| !is_other(r) && self.cx.has_capital(&r.to_lowercase()))?;
        Some(self.reading(right, None, Source::Surname, 1))
    }

    /// Somebody of other documents, else nobody.
    fn elsewhere(&self, least: f64) -> Option<Reading<'a>> {
        if least > STORY {
            return None;
        }
        let evidence = self.cx.evidence;
        let known = self.rights().flat_map(|r| evidence.people_named(r)).filter(|p| self.is_given(&p.given));
        if let Some((share, p)) = known.map(|p| (self.cx.story(p), p)).max_by(|a, b| closer(*a, *b)) {
            let source = if share >= SAME_STORY { Source::Story(share) } else { Source::Corpus };
            return Some(self.reading(&p.surname, Some(&p.given), source, p.n_docs));
        }
        if least > Source::Heard.odds() {
            return None;
        }
        let heard = self.rights().find(|r| evidence.name_frequency(&r.to_lowercase()) > 0);
        let heard = heard.map(|r| self.reading(r, None, Source::Heard, 1));
        heard.or_else(|| Some(self.reading(self.rights().next()?, None, Source::Lexicon, 0)))
    }
}

/// [`read`] leaves out sources in the order it asks them: that of their log-odds.
const _: () = assert!(
    Source::Document.odds() >= Source::Surname.odds()
        && Source::Surname.odds() >= STORY
        && STORY >= Source::Corpus.odds()
        && Source::Corpus.odds() >= Source::Heard.odds()
        && Source::Heard.odds() >= Source::Lexicon.odds()
);

/// True for the given name of a woman.
fn is_woman(given: &str) -> bool {
    const MEN: &[&str] = &[
        "nikita", "ilya", "ilia", "luka", "foma", "kuzma", "danila", "savva", "mykola", "mikola", "sasha",
        "misha",
    ];
    let given = given.to_lowercase();
    given.ends_with('a') && !MEN.contains(&given.as_str())
}

/// Endings that only a woman's family name has.
fn is_feminine(surname: &str) -> bool {
    ["ova", "eva", "ina", "aya", "yna"].iter().any(|e| surname.ends_with(e))
}

/// Endings that only a man's family name has.
fn is_masculine(surname: &str) -> bool {
    ["ov", "ev", "in", "sky", "iy", "oy", "yn"].iter().any(|e| surname.ends_with(e))
}

fn closer(a: (f64, &KnownPerson), b: (f64, &KnownPerson)) -> Ordering {
    let name = |p: &KnownPerson| Reverse((p.surname.clone(), p.given.clone()));
    a.0.total_cmp(&b.0).then(a.1.n_docs.cmp(&b.1.n_docs)).then_with(|| name(a.1).cmp(&name(b.1)))
}

/// The best of the readings of several entries.
pub(crate) fn best<'a>(readings: impl Iterator<Item = Reading<'a>>) -> Option<Reading<'a>> {
    readings.reduce(|a, b| if b.is_better(&a) { b } else { a })
}

/// Least log-odds of a source that comes to an offer where all else adds up to these, less a hair for rounding.
pub(crate) fn least_odds(rest: f64) -> f64 {
    let offer = f64::from(OFFER) / 1000.0;
    (offer / (1.0 - offer)).ln() - rest - 0.01
}

/// Log-odds that a document of this likelihood is machine translation, bounded. What speaks for it is halved, since its
/// words also make up what else speaks for the calque; what speaks against it is not: people write right names.
pub(crate) fn machine_odds(machine: f64) -> f64 {
    let p = machine.clamp(0.001, 0.999);
    let odds = (p / (1.0 - p)).ln();
    if odds < 0.0 { odds.max(-2.5) } else { (odds / 2.0).min(1.5) }
}

/// Log-odds as a confidence in thousandths.
pub(crate) fn thousandths(odds: f64) -> u16 {
    (1000.0 / (1.0 + (-odds).exp())).round().clamp(0.0, 990.0) as u16
}

/// Below this nothing is offered, in thousandths: a list of guesses helps nobody.
pub(crate) const OFFER: u16 = 400;

/// True for a given name that hardly anyone of another tongue has, in lower case.
pub(crate) fn is_slavic(norm: &str) -> bool {
    !FOREIGN.contains(&norm) && (SLAVIC.contains(&norm) || SLAVIC.contains(&given_key(norm).as_ref()))
}

/// Given names of Russian news, the first spelling of each.
#[rustfmt::skip]
const SLAVIC: &[&str] = &[
    "aleksandr", "aleksei", "alexei", "anatoly", "andrei", "arkady", "artem", "boris", "denis", "dmitry", "egor",
    "evgeny", "fedor", "gennady", "georgy", "grigory", "igor", "ilya", "ivan", "kirill", "konstantin", "leonid",
    "maxim", "mikhail", "nikita", "nikolai", "oleg", "pavel", "pyotr", "roman", "ruslan", "semyon", "sergei",
    "stanislav", "stepan", "svetlana", "tatiana", "timofey", "vadim", "valentin", "valery", "vasily", "viktor",
    "vitaly", "vladimir", "vladislav", "vsevolod", "vyacheslav", "yakov", "yaroslav", "yulia", "yuri", "olga",
    "irina", "elena", "natalia", "ekaterina", "lyudmila", "galina", "larisa", "oksana", "marina", "nadezhda",
];

/// Foreign forms that engines put for Russian names, and that people of other tongues have.
#[rustfmt::skip]
const FOREIGN: &[&str] = &[
    "alexander", "alexis", "andrew", "anthony", "basil", "boris", "catherine", "cyril", "daniel", "dennis", "denis",
    "elena", "elizabeth", "eugene", "george", "gregory", "helena", "irina", "ivan", "jacob", "joseph", "leo",
    "leonid", "marina", "maxim", "michael", "natalia", "nicholas", "nicolas", "olga", "paul", "peter", "philip",
    "roman", "simon", "sofia", "sophia", "stephan", "tatiana", "theodore", "timothy", "valentin", "valery",
    "victor", "victoria", "viktor", "vladimir",
];

/// True for an English word that is also a usual English family name, in lower case.
pub(crate) fn is_english_surname(norm: &str) -> bool {
    ENGLISH_SURNAMES.binary_search(&norm).is_ok()
}

/// English words that are usual English family names, sorted.
#[rustfmt::skip]
const ENGLISH_SURNAMES: &[&str] = &[
    "archer", "baker", "banks", "barber", "bass", "beach", "bean", "bear", "beaver", "bell", "berry", "best", "bird",
    "bishop", "black", "bloom", "bond", "book", "booth", "bowman", "branch", "brewer", "bridge", "bridges", "brook",
    "brooks", "brown", "buck", "bull", "burns", "bush", "butcher", "butler", "carpenter", "carter", "case", "cash",
    "castle", "cherry", "church", "clay", "coal", "cole", "cook", "cooper", "cotton", "cox", "crane", "cross", "crow",
    "cruise", "dale", "day", "dean", "diamond", "dove", "drake", "driver", "duke", "eagle", "earl", "east", "farmer",
    "farrow", "ferry", "field", "fields", "finch", "fisher", "fleming", "flood", "flowers", "ford", "forest",
    "forester", "forrest", "foster", "fountain", "fowler", "fox", "france", "freeman", "french", "friend", "frost",
    "fry", "gardener", "gardner", "garland", "gates", "glass", "glover", "gold", "goldsmith", "good", "goodman",
    "goose", "gore", "grace", "grant", "graves", "gray", "green", "greene", "grey", "grove", "hale", "hall", "hammer",
    "hand", "hardy", "hare", "harp", "hawk", "hawkins", "hay", "head", "heath", "herring", "hill", "hills", "holder",
    "holiday", "holmes", "hood", "hook", "hope", "horn", "horne", "house", "hunt", "hunter", "ivory", "jewel",
    "judge", "key", "keys", "king", "kings", "kirk", "kitchen", "knight", "knights", "lake", "lamb", "land", "lane",
    "lark", "law", "lawman", "leaf", "lemon", "lion", "little", "lock", "london", "long", "lord", "love", "major",
    "mann", "marsh", "marshall", "martin", "mason", "may", "mayor", "mead", "meadows", "miller", "mills", "mitten",
    "moon", "moore", "moss", "mountain", "naylor", "new", "newman", "nightingale", "noble", "north", "nurse", "oak",
    "olive", "orange", "owens", "page", "paige", "painter", "palmer", "park", "parker", "parsons", "peacock", "pearl",
    "pease", "pepper", "pike", "piper", "pitt", "plant", "pole", "pollard", "pond", "pool", "pope", "porter",
    "potter", "potts", "pound", "power", "powers", "price", "prince", "proctor", "pryor", "quick", "raven", "read",
    "reader", "reed", "reeves", "reid", "rice", "rich", "rivers", "roach", "roads", "robin", "rock", "rogers", "rose",
    "rush", "sailor", "sands", "savage", "sawyer", "seal", "self", "sellers", "sergeant", "shade", "sharp",
    "shepherd", "sheriff", "short", "silver", "singer", "small", "smart", "smith", "snow", "south", "sparrow",
    "speed", "spencer", "spring", "stable", "steel", "stern", "stone", "stones", "storm", "street", "strong",
    "summers", "swan", "swift", "tailor", "tanner", "taylor", "teal", "temple", "thorn", "thorne", "tiger", "tower",
    "towers", "trout", "tucker", "turner", "underwood", "wade", "walker", "wall", "waters", "weaver", "webb", "wells",
    "west", "wheat", "wheeler", "white", "wilde", "willow", "winter", "winters", "wise", "wolf", "wolfe", "wood",
    "woodman", "woods", "wright", "young",
];

/// True for an English word that always has its capital: a day, a month, a place, a people. Its capital tells nothing.
pub(crate) fn is_proper(norm: &str) -> bool {
    PROPER.binary_search(&norm).is_ok()
}

/// Days, months, places and peoples among the words that Russian names are also forms of, sorted.
#[rustfmt::skip]
const PROPER: &[&str] = &[
    "afghan", "africa", "african", "allah", "america", "american", "april", "arab", "arabic", "arabs", "armenian",
    "armenians", "asia", "asian", "august", "avar", "azerbaijani", "baltic", "bashkir", "belarusian", "belarusians",
    "bible", "buddhist", "bulgarian", "bulgarians", "buryat", "catholic", "caucasian", "caucasus", "chechen",
    "chechens", "china", "chinese", "christian", "christians", "christmas", "chuvash", "cossack", "cossacks",
    "crimea", "crimean", "czech", "czechs", "dagestani", "dane", "danes", "danish", "december", "don", "donetsk",
    "easter", "english", "englishman", "estonian", "europe", "european", "february", "finn", "finnish", "finns",
    "french", "frenchman", "friday", "georgian", "georgians", "german", "germans", "germany", "god", "greek",
    "greeks", "gypsies", "gypsy", "hungarian", "hungarians", "indian", "indians", "ingush", "iranian", "irkutsk",
    "italian", "italians", "january", "japanese", "jew", "jewish", "jews", "july", "june", "kalmyk", "karelian",
    "kazakh", "kazakhs", "kazan", "kharkiv", "kharkov", "kiev", "komi", "korean", "kursk", "kyiv", "kyrgyz",
    "latvian", "leningrad", "lezgin", "lithuanian", "lithuanians", "lord", "luhansk", "lviv", "march", "mari", "may",
    "minsk", "moldovan", "monday", "mongol", "mongolian", "mongols", "mordovian", "moscow", "muslim", "muslims",
    "neva", "norwegian", "november", "novgorod", "october", "odessa", "omsk", "orel", "orthodox", "ossetian", "perm",
    "persian", "persians", "petersburg", "poland", "pole", "poles", "polish", "portuguese", "pskov", "roman",
    "romanian", "romans", "rome", "rostov", "russia", "russian", "ryazan", "samara", "saratov", "saturday",
    "september", "serb", "serbian", "serbs", "siberia", "siberian", "slav", "slavic", "slavs", "slovak", "spaniard",
    "spaniards", "spanish", "sunday", "swede", "swedes", "swedish", "tajik", "tatar", "tatars", "tatarstan",
    "thursday", "tomsk", "tuesday", "tula", "turk", "turkey", "turkish", "turks", "tver", "udmurt", "ukraine",
    "ukrainian", "ural", "urals", "uzbek", "uzbeks", "vietnamese", "virgin", "volga", "voronezh", "wednesday",
    "yakut", "yakutsk",
];

//! The calque lexicon: data in `lexicon/`, compiled in.

use crate::translit::from_cyrillic;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{Arc, OnceLock};

/// What a lexicon row names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A family name.
    Surname,
    /// A given name.
    Given,
    /// A newspaper, broadcaster, site, firm, brand, ship, weapon: anything named by a common word.
    Work,
    /// An acronym that engines get wrong.
    Acronym,
    /// A phrase translated word by word.
    Collocation,
    /// An organisation or foreign name garbled on its way through Russian.
    Organisation,
}

/// One row for one thing that engines print.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What engines print, in lower case, as words.
    pub printed: Vec<&'static str>,
    /// What is right: spellings, the most usual first.
    pub right: Vec<&'static str>,
    /// The Russian form behind it.
    pub form: &'static str,
    /// What it names.
    pub class: Class,
    /// Words of which one must stand near (acronyms only).
    pub context: Vec<&'static str>,
    romanised: OnceLock<String>,
}

impl Entry {
    /// The Russian form in Latin letters, made when it is first asked for.
    pub(crate) fn romanised(&self) -> &str {
        self.romanised.get_or_init(|| from_cyrillic(self.form))
    }
}

/// All rows, by the first word of what engines print.
#[derive(Debug, Default, Clone)]
pub struct Lexicon {
    by_first: FxHashMap<&'static str, Vec<Entry>>,
    /// The classes that a word is the second word of a row of: a bit for each.
    seconds: FxHashMap<&'static str, u8>,
    surnames: FxHashSet<&'static str>,
}

const FILES: &[(&str, Class)] = &[
    (include_str!("../lexicon/names.tsv"), Class::Surname),
    (include_str!("../lexicon/outlets.tsv"), Class::Work),
    (include_str!("../lexicon/acronyms.tsv"), Class::Acronym),
    (include_str!("../lexicon/organisations.tsv"), Class::Organisation),
    (include_str!("../lexicon/collocations.tsv"), Class::Collocation),
];

impl Class {
    /// A bit of its own.
    pub(crate) const fn bit(self) -> u8 {
        1 << self as u8
    }

    /// The class a row of one's own names.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "surname" | "surname_f" => Self::Surname,
            "given" => Self::Given,
            "outlet" | "company" | "brand" | "work" => Self::Work,
            "acronym" => Self::Acronym,
            "organisation" | "organization" => Self::Organisation,
            "collocation" => Self::Collocation,
            _ => return None,
        })
    }
}

/// A lexicon is read once and used to the end.
fn keep(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

impl Lexicon {
    /// The lexicon that is compiled in.
    ///
    /// ```
    /// use decalque_normalize::Lexicon;
    /// let sands = Lexicon::built_in().starting_with("sands");
    /// assert!(sands.iter().any(|e| e.right.contains(&"Peskov")));
    /// ```
    pub fn built_in() -> &'static Self {
        Self::built()
    }

    /// The lexicon that is compiled in, to be shared.
    pub(crate) fn shared() -> Arc<Self> {
        Self::built().clone()
    }

    fn built() -> &'static Arc<Self> {
        static LEXICON: OnceLock<Arc<Lexicon>> = OnceLock::new();
        LEXICON.get_or_init(|| {
            let mut lexicon = Self::default();
            FILES.iter().for_each(|(file, class)| lexicon.read(file, *class));
            Arc::new(lexicon)
        })
    }

    /// This lexicon with rows of one's own: tab-separated, with a header that names the columns `printed`, `right`,
    /// `class` (surname, given, outlet, acronym, organisation or collocation) and, if wanted, `form` and `context`, in any order;
    /// `|` separates alternatives. The rows stay in memory as long as the program runs.
    ///
    /// # Errors
    /// What is wrong with the first bad line, with its number.
    ///
    /// ```
    /// use decalque_normalize::Lexicon;
    /// let own = Lexicon::built_in().with_rows("printed\tright\tclass\nfrosting|frostings\tMorozin\tsurname\n").unwrap();
    /// assert!(own.has_surname("Morozin"));
    /// assert_eq!(Lexicon::built_in().with_rows("printed\tright\n").unwrap_err(), "line 1: there is no column class");
    /// ```
    pub fn with_rows(&self, table: &str) -> Result<Self, String> {
        let mut lines =
            table.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
        let (_, header) = lines.next().ok_or("line 1: there is no header")?;
        let names: Vec<&str> = header.split('\t').map(str::trim).collect();
        let column = |name: &str| names.iter().position(|n| *n == name);
        let need = |name: &str| column(name).ok_or_else(|| format!("line 1: there is no column {name}"));
        let (printed, right, class) = (need("printed")?, need("right")?, need("class")?);
        let mut all = self.clone();
        for (n, line) in lines {
            let wrong = |what: &str| format!("line {}: {what}", n + 1);
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let cell = |i: Option<usize>| i.and_then(|i| cells.get(i)).copied().unwrap_or("");
            let class = Class::named(cell(Some(class))).ok_or_else(|| wrong(&format!("there is no class {:?}; the classes are surname, given, outlet, acronym, organisation and collocation", cell(Some(class)))))?;
            let (printed, right) = (cell(Some(printed)).to_lowercase(), cell(Some(right)));
            if printed.split('|').all(|p| p.trim().is_empty()) || right.is_empty() {
                return Err(wrong("printed and right must not be empty"));
            }
            let form = cell(column("form"));
            let form = if form.is_empty() { right } else { form };
            all.add([&printed, right, form, cell(column("context"))].map(keep), class);
        }
        Ok(all)
    }

    fn read(&mut self, file: &'static str, class: Class) {
        for line in file.lines().skip(1) {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or("");
            let (form, printed, right, kind, _source, context) =
                (cell(), cell(), cell(), cell(), cell(), cell());
            let class = if kind == "given" { Class::Given } else { class };
            self.add([printed, right, form, context], class);
        }
    }

    fn add(&mut self, [printed, right, form, context]: [&'static str; 4], class: Class) {
        if class == Class::Surname {
            self.surnames.extend(right.split('|'));
        }
        for one in printed.split('|') {
            let words: Vec<&str> = one.split_whitespace().collect();
            let Some(&first) = words.first() else { continue };
            if let Some(&second) = words.get(1) {
                *self.seconds.entry(second).or_default() |= class.bit();
            }
            let list = |text: &'static str| text.split('|').filter(|s| !s.is_empty()).collect();
            let (right, context, romanised) = (list(right), list(context), OnceLock::new());
            let entry = Entry { printed: words, right, form, class, context, romanised };
            self.by_first.entry(first).or_default().push(entry);
        }
    }

    /// True when an outlet, a firm or a brand is named by this one word (in lower case), and by its first letter alone
    /// written large: `rosseti`, not `avtovaz`.
    pub(crate) fn is_name(norm: &str) -> bool {
        static NAMES: OnceLock<FxHashSet<String>> = OnceLock::new();
        let rows = || Self::built_in().by_first.values().flatten();
        let works = || rows().filter(|e| matches!(e.class, Class::Work | Class::Organisation));
        let is_plain = |r: &&str| r.bytes().skip(1).all(|b| b.is_ascii_lowercase());
        let find =
            || works().flat_map(|e| &e.right).copied().filter(is_plain).map(str::to_lowercase).collect();
        NAMES.get_or_init(find).contains(norm)
    }

    /// True for a family name that some row says is right.
    ///
    /// ```
    /// assert!(decalque_normalize::Lexicon::built_in().has_surname("Peskov"));
    /// ```
    pub fn has_surname(&self, surname: &str) -> bool {
        self.surnames.contains(surname)
    }

    /// The classes, a bit for each, of the rows that have this as their second word, in lower case.
    pub(crate) fn seconds(&self, norm: &str) -> u8 {
        self.seconds.get(norm).copied().unwrap_or(0)
    }

    /// The rows whose printed form begins with this word, in lower case.
    pub fn starting_with(&self, norm: &str) -> &[Entry] {
        self.by_first.get(norm).map_or(&[], Vec::as_slice)
    }
}

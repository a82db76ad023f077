//! The calque lexicon: data in `lexicon/`, compiled in.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// What a lexicon row names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A family name.
    Surname,
    /// A given name.
    Given,
    /// A newspaper, broadcaster, site, firm, brand, ship, weapon: anything named by a common word.
    Work,
    /// An acronym that engines get wrong.
    Acronym,
    /// An organisation or foreign name garbled on its way through Russian.
    Organisation,
}

/// One row for one thing that engines print.
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

/// All rows, by the first word of what engines print.
#[derive(Debug, Default)]
pub struct Lexicon {
    by_first: FxHashMap<&'static str, Vec<Entry>>,
}

const FILES: &[(&str, Class)] = &[
    (include_str!("../lexicon/names.tsv"), Class::Surname),
    (include_str!("../lexicon/outlets.tsv"), Class::Work),
    (include_str!("../lexicon/acronyms.tsv"), Class::Acronym),
    (include_str!("../lexicon/organisations.tsv"), Class::Organisation),
];

impl Lexicon {
    /// The lexicon that is compiled in.
    ///
    /// ```
    /// use decalque_normalize::Lexicon;
    /// let sands = Lexicon::built_in().starting_with("sands");
    /// assert!(sands.iter().any(|e| e.right.contains(&"Peskov")));
    /// ```
    pub fn built_in() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            let mut lexicon = Self::default();
            FILES.iter().for_each(|(file, class)| lexicon.read(file, *class));
            lexicon
        })
    }

    fn read(&mut self, file: &'static str, class: Class) {
        for line in file.lines().skip(1) {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or("");
            let (form, printed, right, kind, _source, context) =
                (cell(), cell(), cell(), cell(), cell(), cell());
            let class = if kind == "given" { Class::Given } else { class };
            for one in printed.split('|') {
                let words: Vec<&str> = one.split_whitespace().collect();
                let Some(&first) = words.first() else { continue };
                let list = |text: &'static str| text.split('|').filter(|s| !s.is_empty()).collect();
                let entry = Entry { printed: words, right: list(right), form, class, context: list(context) };
                self.by_first.entry(first).or_default().push(entry);
            }
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

    /// The rows whose printed form begins with this word, in lower case.
    pub fn starting_with(&self, norm: &str) -> &[Entry] {
        self.by_first.get(norm).map_or(&[], Vec::as_slice)
    }
}

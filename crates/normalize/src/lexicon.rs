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
    surnames: FxHashSet<&'static str>,
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
            if class == Class::Surname {
                self.surnames.extend(right.split('|'));
            }
            for one in printed.split('|') {
                let words: Vec<&str> = one.split_whitespace().collect();
                let Some(&first) = words.first() else { continue };
                let list = |text: &'static str| text.split('|').filter(|s| !s.is_empty()).collect();
                let entry = Entry { printed: words, right: list(right), form, class, context: list(context) };
                self.by_first.entry(first).or_default().push(entry);
            }
        }
    }

    /// True for a family name that some row says is right.
    ///
    /// ```
    /// assert!(decalque_normalize::Lexicon::built_in().has_surname("Peskov"));
    /// ```
    pub fn has_surname(&self, surname: &str) -> bool {
        self.surnames.contains(surname)
    }

    /// The rows whose printed form begins with this word, in lower case.
    pub fn starting_with(&self, norm: &str) -> &[Entry] {
        self.by_first.get(norm).map_or(&[], Vec::as_slice)
    }
}

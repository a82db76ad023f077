//! Interned words: each distinct surface form is analysed once.

use crate::Lang;
use hashbrown::HashTable;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, BuildHasherDefault};
use std::sync::atomic::{AtomicU64, Ordering};

/// Index of a distinct surface form in a [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// How the letters of a word are cased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Case {
    /// No cased letter.
    #[default]
    None,
    /// `plan`
    Lower,
    /// `Plan`, `Jean-Claude`, `A`
    Title,
    /// `NATO`, two letters or more
    Upper,
    /// Anything else: `AvtoVAZ`, `al-Assad`
    Mixed,
}

/// What the analysis of a surface form yields; made by the stage that fills the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// Lower-cased, with typographic apostrophes made straight.
    pub norm: String,
    /// The stem by which forms of one word are counted together.
    pub stem: String,
    /// How it is cased.
    pub case: Case,
    /// True for function words.
    pub is_stop: bool,
}

/// One entry of a [`Vocabulary`], borrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// As it stands in the text.
    pub surface: &'a str,
    /// Lower-cased, with typographic apostrophes made straight.
    pub norm: &'a str,
    /// The stem.
    pub stem: &'a str,
    /// Equal for equal stems, in one vocabulary.
    pub stem_id: u32,
    /// How it is cased.
    pub case: Case,
    /// True for function words.
    pub is_stop: bool,
}

impl Word<'_> {
    /// The word that is not there.
    pub const NONE: Word<'static> =
        Word { surface: "", norm: "", stem: "", stem_id: u32::MAX, case: Case::None, is_stop: true };
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    surface: u32,
    norm: u32,
    stem: u32,
    case: Case,
    is_stop: bool,
}

/// Distinct strings, numbered from 0 in the order they came.
#[derive(Debug, Default, Clone)]
struct Strings {
    list: Vec<Box<str>>,
    slots: HashTable<Slot>,
}

/// A string's number, with its beginning: most words are compared without leaving the table.
#[derive(Debug, Clone, Copy)]
struct Slot {
    id: u32,
    head: Head,
}

/// Bytes of a string that a [`Slot`] holds.
const HEAD: usize = 15;

/// The length of a string (at most [`HEAD`] + 1) and its first bytes, padded with zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head([u8; HEAD + 1]);

impl Head {
    fn of(text: &str) -> Self {
        let mut bytes = [0; HEAD + 1];
        let n = text.len().min(HEAD);
        bytes[..n].copy_from_slice(&text.as_bytes()[..n]);
        bytes[HEAD] = text.len().min(HEAD + 1) as u8;
        Self(bytes)
    }

    /// True when the whole string is here.
    const fn is_whole(self) -> bool {
        self.0[HEAD] as usize <= HEAD
    }
}

fn hash(text: &str) -> u64 {
    BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one(text)
}

impl Strings {
    fn get(&self, id: u32) -> &str {
        self.list.get(id as usize).map_or("", |s| s)
    }

    fn find(&self, text: &str, hash: u64) -> Option<u32> {
        let head = Head::of(text);
        let same = |slot: &Slot| slot.head == head && (head.is_whole() || self.get(slot.id) == text);
        self.slots.find(hash, same).map(|slot| slot.id)
    }

    fn intern(&mut self, text: &str) -> u32 {
        let hash = hash(text);
        self.find(text, hash).unwrap_or_else(|| self.push(text, hash))
    }

    /// Add a string that may be there already, and will not be found.
    fn push_apart(&mut self, text: &str) -> u32 {
        self.list.push(text.into());
        (self.list.len() - 1) as u32
    }

    fn push(&mut self, text: &str, hashed: u64) -> u32 {
        let id = self.list.len() as u32;
        self.list.push(text.into());
        let list = &self.list;
        self.slots
            .insert_unique(hashed, Slot { id, head: Head::of(text) }, |slot| hash(&list[slot.id as usize]));
        id
    }
}

/// Distinct surface forms with their analysis, shared by the documents one worker handles.
///
/// ```
/// use decalque_text::{Form, Vocabulary, Case};
/// let mut words = Vocabulary::default();
/// let plans = words.intern("Plans", |s| Form { norm: s.to_lowercase(), stem: "plan".into(), case: Case::Title, is_stop: false });
/// assert_eq!(words.word(plans).stem, "plan");
/// assert_eq!(words.intern("Plans", |_| unreachable!()), plans);
/// ```
#[derive(Debug)]
pub struct Vocabulary {
    number: u64,
    surfaces: Strings,
    strings: Strings,
    entries: Vec<Entry>,
    /// Entries of words in sentences of another language than their document's: few documents have such.
    foreign: BTreeMap<Lang, FxHashMap<Box<str>, TermId>>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self {
            number,
            surfaces: Strings::default(),
            strings: Strings::default(),
            entries: Vec::new(),
            foreign: BTreeMap::new(),
        }
    }
}

impl Vocabulary {
    /// A number no other vocabulary of the process has, by which caches know theirs. It says nothing of the contents,
    /// and nothing that is written may depend on it.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// The entry of a surface form, analysed by `analyse` when it is new.
    pub fn intern(&mut self, surface: &str, analyse: impl FnOnce(&str) -> Form) -> TermId {
        let hash = hash(surface);
        if let Some(id) = self.surfaces.find(surface, hash) {
            return TermId(id);
        }
        let form = analyse(surface);
        let id = self.surfaces.push(surface, hash);
        self.enter(id, &form)
    }

    /// As [`Vocabulary::intern`], for a word in a sentence of another language: it has an entry of its own in each, since
    /// its stem is another. Stems that read the same still have one number.
    ///
    /// ```
    /// use decalque_text::{Form, Lang, Vocabulary};
    /// let stem = |stem: &str| Form { norm: "die".into(), stem: stem.into(), ..Form::default() };
    /// let mut words = Vocabulary::default();
    /// let english = words.intern("die", |_| stem("die"));
    /// let german = words.intern_in(Lang::new("de"), "die", |_| stem("di"));
    /// assert_ne!(english, german);
    /// assert_eq!((words.word(german).surface, words.word(german).stem), ("die", "di"));
    /// assert_eq!(words.intern_in(Lang::new("de"), "die", |_| unreachable!()), german);
    /// assert_eq!(words.intern("die", |_| unreachable!()), english);
    /// ```
    pub fn intern_in(&mut self, lang: Lang, surface: &str, analyse: impl FnOnce(&str) -> Form) -> TermId {
        if let Some(&id) = self.foreign.get(&lang).and_then(|words| words.get(surface)) {
            return id;
        }
        let form = analyse(surface);
        let id = self.surfaces.push_apart(surface);
        let term = self.enter(id, &form);
        self.foreign.entry(lang).or_default().insert(surface.into(), term);
        term
    }

    fn enter(&mut self, surface: u32, form: &Form) -> TermId {
        self.entries.push(Entry {
            surface,
            norm: self.strings.intern(&form.norm),
            stem: self.strings.intern(&form.stem),
            case: form.case,
            is_stop: form.is_stop,
        });
        TermId(surface)
    }

    /// An entry; the empty word for an id of another vocabulary.
    pub fn word(&self, id: TermId) -> Word<'_> {
        self.entries.get(id.0 as usize).map_or(Word::NONE, |e| Word {
            surface: self.surfaces.get(e.surface),
            norm: self.strings.get(e.norm),
            stem: self.strings.get(e.stem),
            stem_id: e.stem,
            case: e.case,
            is_stop: e.is_stop,
        })
    }

    /// The normal form of an entry, empty for an id of another vocabulary; cheaper than the whole [`Word`].
    pub fn norm(&self, id: TermId) -> &str {
        self.entries.get(id.0 as usize).map_or("", |e| self.strings.get(e.norm))
    }

    /// The number of an entry's normal form, equal for equal forms; cheaper than the whole [`Word`].
    pub fn norm_id(&self, id: TermId) -> u32 {
        self.entries.get(id.0 as usize).map_or(u32::MAX, |e| e.norm)
    }

    /// The number that [`Vocabulary::norm_id`] gives for this normal form; none, or a stem's number, when no entry has it.
    ///
    /// ```
    /// use decalque_text::{Form, Vocabulary};
    /// let mut words = Vocabulary::default();
    /// let plan = words.intern("Plan", |s| Form { norm: s.to_lowercase(), ..Form::default() });
    /// assert_eq!(words.find_norm("plan"), Some(words.norm_id(plan)));
    /// assert_eq!(words.find_norm("plot"), None);
    /// ```
    pub fn find_norm(&self, norm: &str) -> Option<u32> {
        self.strings.find(norm, hash(norm))
    }

    /// The number of a surface form, if it was interned.
    ///
    /// ```
    /// use decalque_text::{Form, Vocabulary};
    /// let mut words = Vocabulary::default();
    /// let plan = words.intern("Plan", |_| Form::default());
    /// assert_eq!((words.find("Plan"), words.find("plan")), (Some(plan), None));
    /// ```
    pub fn find(&self, surface: &str) -> Option<TermId> {
        self.surfaces.find(surface, hash(surface)).map(TermId)
    }

    /// How an entry is cased; cheaper than the whole [`Word`].
    pub fn case(&self, id: TermId) -> Case {
        self.entries.get(id.0 as usize).map_or(Case::None, |e| e.case)
    }

    /// True when an entry is a function word; cheaper than the whole [`Word`].
    pub fn is_stop(&self, id: TermId) -> bool {
        self.entries.get(id.0 as usize).is_none_or(|e| e.is_stop)
    }

    /// The number of an entry's stem, equal for equal stems; cheaper than the whole [`Word`].
    pub fn stem_id(&self, id: TermId) -> u32 {
        self.entries.get(id.0 as usize).map_or(u32::MAX, |e| e.stem)
    }

    /// Number of entries: distinct surface forms, in each language they were interned in; ids run from 0 to one less.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True when nothing was interned yet.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

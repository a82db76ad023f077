//! Interned words: each distinct surface form is analysed once.

use crate::{Lang, Span};
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

/// Distinct strings, numbered from 0 in the order they came: one after the other in one piece of memory, so that those
/// that came together are found together.
#[derive(Debug, Default, Clone)]
struct Strings {
    text: String,
    /// Where each one ends.
    ends: Vec<usize>,
    slots: Slots,
}

/// A hash table of the strings' numbers, with open addressing (Knuth 1973): one look for most words, and the frequent
/// ones, which came first, stand where they are looked for.
#[derive(Debug, Default, Clone)]
struct Slots {
    /// A power of two of them, at least half of them free; none before the first string.
    list: Vec<Slot>,
    used: usize,
}

/// A string's number, with its beginning: most words are compared without leaving the table.
#[derive(Debug, Clone, Copy)]
struct Slot {
    id: u32,
    head: Head,
}

impl Slot {
    const FREE: Self = Self { id: 0, head: Head([u8::MAX; HEAD + 1]) };
}

impl Slots {
    /// Slots of the first table.
    const FEWEST: usize = 64;

    /// The number of the string with this head and hash that `is_it` says it is, of those with this head.
    #[inline]
    fn find(&self, head: Head, hash: u64, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        let last = self.list.len().wrapping_sub(1);
        let mut at = hash as usize;
        loop {
            let slot = self.list.get(at & last)?;
            if slot.head == head && is_it(slot.id) {
                return Some(slot.id);
            }
            if slot.head == Slot::FREE.head {
                return None;
            }
            at = at.wrapping_add(1);
        }
    }

    /// Add a string that is not there; `hash_of` says the hash of those that are.
    fn insert(&mut self, slot: Slot, hash: u64, hash_of: impl Fn(Slot) -> u64) {
        self.used += 1;
        if self.used * 2 > self.list.len() {
            let bigger = vec![Slot::FREE; (self.list.len() * 2).max(Self::FEWEST)];
            let old = std::mem::replace(&mut self.list, bigger);
            old.into_iter().filter(|s| s.head != Slot::FREE.head).for_each(|s| self.place(s, hash_of(s)));
        }
        self.place(slot, hash);
    }

    fn place(&mut self, slot: Slot, hash: u64) {
        let last = self.list.len() - 1;
        let mut at = hash as usize & last;
        while self.list[at].head != Slot::FREE.head {
            at = (at + 1) & last;
        }
        self.list[at] = slot;
    }
}

/// Bytes of a string that a [`Slot`] holds.
const HEAD: usize = 15;

/// The first bytes of a string, padded with zeros, and its length (at most [`HEAD`] + 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head([u8; HEAD + 1]);

/// What a whole head of each length keeps of the bytes that stand at the string's place.
static KEPT: [u128; HEAD + 1] = kept();

const fn kept() -> [u128; HEAD + 1] {
    let mut out = [0; HEAD + 1];
    let mut n = 0;
    while n <= HEAD {
        out[n] = (1 << (8 * n)) - 1;
        n += 1;
    }
    out
}

impl Head {
    fn of(text: &str) -> Self {
        let mut bytes = [0; HEAD + 1];
        let n = text.len().min(HEAD);
        bytes[..n].copy_from_slice(&text.as_bytes()[..n]);
        bytes[HEAD] = text.len().min(HEAD + 1) as u8;
        Self(bytes)
    }

    /// The head of the piece of a text that a span covers, in one load; none when the piece is longer, or the text does not
    /// go on far enough. What is equal to such a head ends where a character does, so the span need not be checked.
    #[inline]
    fn within(text: &str, span: Span) -> Option<Self> {
        let bytes = text.as_bytes().get(span.start as usize..)?.first_chunk::<{ HEAD + 1 }>()?;
        let len = span.len() as usize;
        let kept = u128::from_le_bytes(*bytes) & KEPT.get(len)?;
        Some(Self((kept | (len as u128) << (8 * HEAD)).to_le_bytes()))
    }

    /// True when the whole string is here.
    const fn is_whole(self) -> bool {
        self.0[HEAD] as usize <= HEAD
    }

    /// A hash of a string with this head; `rest` is the whole string, and looked at only when it goes on.
    #[inline]
    fn hash<'a>(self, rest: impl FnOnce() -> &'a str) -> u64 {
        let word = u128::from_le_bytes(self.0);
        let (low, high) = (word as u64, (word >> 64) as u64);
        // A product of both halves, folded: every bit of the head reaches every bit of the hash.
        let product = u128::from(low ^ 0x9e37_79b9_7f4a_7c15) * u128::from(high ^ 0xd1b5_4a32_d192_ed03);
        let hash = product as u64 ^ (product >> 64) as u64;
        if self.is_whole() { hash } else { hash ^ hash_long(rest()) }
    }
}

fn hash_long(text: &str) -> u64 {
    BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one(text)
}

/// The string with this number; empty when there is none.
#[inline]
fn piece<'t>(text: &'t str, ends: &[usize], id: u32) -> &'t str {
    let start = (id as usize).checked_sub(1).map_or(Some(0), |before| ends.get(before).copied());
    let end = ends.get(id as usize).copied();
    start.zip(end).and_then(|(start, end)| text.get(start..end)).unwrap_or("")
}

impl Strings {
    #[inline]
    fn get(&self, id: u32) -> &str {
        piece(&self.text, &self.ends, id)
    }

    #[inline]
    fn find(&self, text: &str, head: Head, hash: u64) -> Option<u32> {
        self.slots.find(head, hash, |id| head.is_whole() || self.get(id) == text)
    }

    fn find_str(&self, text: &str) -> Option<u32> {
        let head = Head::of(text);
        self.find(text, head, head.hash(|| text))
    }

    fn intern(&mut self, text: &str) -> u32 {
        let head = Head::of(text);
        let hash = head.hash(|| text);
        self.find(text, head, hash).unwrap_or_else(|| self.push(text, head, hash))
    }

    /// Add a string that may be there already, and will not be found.
    fn push_apart(&mut self, text: &str) -> u32 {
        self.text.push_str(text);
        self.ends.push(self.text.len());
        (self.ends.len() - 1) as u32
    }

    fn push(&mut self, text: &str, head: Head, hash: u64) -> u32 {
        let id = self.push_apart(text);
        let (text, ends) = (&self.text, &self.ends);
        self.slots.insert(Slot { id, head }, hash, |slot| slot.head.hash(|| piece(text, ends, slot.id)));
        id
    }
}

/// What the analysis says of a word beside its norm and stem.
#[derive(Debug, Clone, Copy)]
struct Traits {
    case: Case,
    is_stop: bool,
}

/// The stem that is not known.
const NO_STEM: u32 = u32::MAX;

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
    /// Of every entry, each in a list of its own, so that what is asked for most takes little room.
    norms: Vec<u32>,
    stems: Vec<u32>,
    traits: Vec<Traits>,
    /// The stem of each string that is the normal form of a word in its documents' language; [`NO_STEM`] of the others.
    stem_of_norm: Vec<u32>,
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
            norms: Vec::new(),
            stems: Vec::new(),
            traits: Vec::new(),
            stem_of_norm: Vec::new(),
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
        match self.place(surface) {
            (id, false) => TermId(id),
            (id, true) => self.enter(id, &analyse(surface)),
        }
    }

    /// The number of a surface form, and whether it is new: then its entry is to be made.
    fn place(&mut self, surface: &str) -> (u32, bool) {
        let head = Head::of(surface);
        let hash = head.hash(|| surface);
        match self.surfaces.find(surface, head, hash) {
            Some(id) => (id, false),
            None => (self.surfaces.push(surface, head, hash), true),
        }
    }

    /// As [`Vocabulary::intern`], for the piece of a text that a span covers: faster, since bytes behind the piece may be
    /// read along with it, and since the stem, which `analyse` need not make, is asked for once for each normal form.
    ///
    /// ```
    /// use decalque_text::{Form, Span, Vocabulary};
    /// let mut words = Vocabulary::default();
    /// let form = |s: &str| Form { norm: s.to_lowercase(), ..Form::default() };
    /// let talks = words.intern_at("The talks", Span::new(4, 9), form, |_| "talk".into());
    /// assert_eq!(words.find("talks"), Some(talks));
    /// let again = words.intern_at("Talks", Span::new(0, 5), form, |_| unreachable!());
    /// assert_eq!(words.word(again).stem, "talk");
    /// ```
    #[inline]
    pub fn intern_at(
        &mut self,
        text: &str,
        span: Span,
        analyse: impl FnOnce(&str) -> Form,
        stem: impl FnOnce(&str) -> String,
    ) -> TermId {
        let known = Head::within(text, span).and_then(|head| self.surfaces.find("", head, head.hash(|| "")));
        known.map_or_else(|| self.intern_stemming(span.text(text), analyse, stem), TermId)
    }

    /// The entry of a surface form that may be new.
    fn intern_stemming(
        &mut self,
        surface: &str,
        analyse: impl FnOnce(&str) -> Form,
        stem: impl FnOnce(&str) -> String,
    ) -> TermId {
        let (id, is_new) = self.place(surface);
        if !is_new {
            return TermId(id);
        }
        let form = analyse(surface);
        let norm = self.strings.intern(&form.norm);
        let stem = self.stem_of(norm, || stem(&form.norm));
        self.add(TermId(id), norm, stem, &form)
    }

    /// The number of a normal form's stem, made by `make` when it is the first time.
    fn stem_of(&mut self, norm: u32, make: impl FnOnce() -> String) -> u32 {
        if let Some(&stem) = self.stem_of_norm.get(norm as usize).filter(|&&stem| stem != NO_STEM) {
            return stem;
        }
        let stem = self.strings.intern(&make());
        if self.stem_of_norm.len() <= norm as usize {
            self.stem_of_norm.resize(norm as usize + 1, NO_STEM);
        }
        self.stem_of_norm[norm as usize] = stem;
        stem
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
        let (norm, stem) = (self.strings.intern(&form.norm), self.strings.intern(&form.stem));
        self.add(TermId(surface), norm, stem, form)
    }

    fn add(&mut self, term: TermId, norm: u32, stem: u32, form: &Form) -> TermId {
        self.norms.push(norm);
        self.stems.push(stem);
        self.traits.push(Traits { case: form.case, is_stop: form.is_stop });
        term
    }

    /// An entry; the empty word for an id of another vocabulary.
    pub fn word(&self, id: TermId) -> Word<'_> {
        let at = id.0 as usize;
        match (self.norms.get(at), self.stems.get(at), self.traits.get(at)) {
            (Some(&norm), Some(&stem), Some(&Traits { case, is_stop })) => Word {
                surface: self.surfaces.get(id.0),
                norm: self.strings.get(norm),
                stem: self.strings.get(stem),
                stem_id: stem,
                case,
                is_stop,
            },
            _ => Word::NONE,
        }
    }

    /// The surface form of an entry, empty for an id of another vocabulary; cheaper than the whole [`Word`].
    #[inline]
    pub fn surface(&self, id: TermId) -> &str {
        self.surfaces.get(id.0)
    }

    /// The stem of an entry, empty for an id of another vocabulary; cheaper than the whole [`Word`].
    #[inline]
    pub fn stem(&self, id: TermId) -> &str {
        self.stems.get(id.0 as usize).map_or("", |&stem| self.strings.get(stem))
    }

    /// The normal form of an entry, empty for an id of another vocabulary; cheaper than the whole [`Word`].
    #[inline]
    pub fn norm(&self, id: TermId) -> &str {
        self.norms.get(id.0 as usize).map_or("", |&norm| self.strings.get(norm))
    }

    /// The number of an entry's normal form, equal for equal forms; cheaper than the whole [`Word`].
    #[inline]
    pub fn norm_id(&self, id: TermId) -> u32 {
        self.norms.get(id.0 as usize).copied().unwrap_or(u32::MAX)
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
        self.strings.find_str(norm)
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
        self.surfaces.find_str(surface).map(TermId)
    }

    /// How an entry is cased; cheaper than the whole [`Word`].
    #[inline]
    pub fn case(&self, id: TermId) -> Case {
        self.traits.get(id.0 as usize).map_or(Case::None, |t| t.case)
    }

    /// True when an entry is a function word; cheaper than the whole [`Word`].
    #[inline]
    pub fn is_stop(&self, id: TermId) -> bool {
        self.traits.get(id.0 as usize).is_none_or(|t| t.is_stop)
    }

    /// The number of an entry's stem, equal for equal stems; cheaper than the whole [`Word`].
    #[inline]
    pub fn stem_id(&self, id: TermId) -> u32 {
        self.stems.get(id.0 as usize).copied().unwrap_or(u32::MAX)
    }

    /// Number of entries: distinct surface forms, in each language they were interned in; ids run from 0 to one less.
    pub fn len(&self) -> usize {
        self.traits.len()
    }

    /// True when nothing was interned yet.
    pub fn is_empty(&self) -> bool {
        self.traits.is_empty()
    }
}

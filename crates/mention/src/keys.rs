//! Family names and people, numbered as they are met; the numbers never leave a finder.

use crate::fold::{Initials, bases_of, folded, loose_letters, text};
use crate::known::{Known, PersonKey, last_word};
use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;
use std::hash::BuildHasher;

/// Keys of names.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    list: Vec<Key>,
    slots: HashTable<u32>,
}

#[derive(Debug)]
struct Key {
    text: Box<str>,
    /// Number of its last word.
    last: u32,
    /// What the keys in [`Forms`] may begin with.
    initials: Initials,
    forms: Option<Box<Forms>>,
    /// Number of the looser key of its last word, when it was asked for.
    loose: Option<u32>,
    /// Whether the corpus names somebody so in full, when it was asked.
    is_known: Option<bool>,
    /// Whom of the corpus it means, when it was asked: of a name that may be anybody's, a man's, a woman's.
    means: [Option<Option<u32>>; 3],
}

/// What a family name may be looked up by when its key is nobody's: made when it is first asked for, since few are.
#[derive(Debug)]
pub(crate) struct Forms {
    /// The looser key of its last word.
    pub(crate) loose: u32,
    /// The last words of what it may come from as a case of a man's name, and of a woman's.
    pub(crate) bases: [SmallVec<[u32; 2]>; 2],
}

impl Key {
    fn new(text: &str, number: u32) -> Self {
        let initials = Initials::of_forms(last_word(text));
        let (forms, loose, is_known, means) = (None, None, None, [None; 3]);
        Self { text: text.into(), last: number, initials, forms, loose, is_known, means }
    }
}

fn hash(text: &str) -> u64 {
    FxBuildHasher.hash_one(text)
}

impl Keys {
    pub(crate) fn get(&self, number: u32) -> &str {
        self.list.get(number as usize).map_or("", |key| &key.text)
    }

    /// Number of the last word of a key: `mistura` of `de-mistura`.
    pub(crate) fn last(&self, number: u32) -> u32 {
        self.list.get(number as usize).map_or(number, |key| key.last)
    }

    pub(crate) fn number(&mut self, text: &str) -> u32 {
        let hashed = hash(text);
        if let Some(&n) = self.slots.find(hashed, |&n| *self.list[n as usize].text == *text) {
            return n;
        }
        let n = self.list.len() as u32;
        self.list.push(Key::new(text, n));
        let list = &self.list;
        self.slots.insert_unique(hashed, n, |&n| hash(&list[n as usize].text));
        let last = last_word(text);
        if last.len() < text.len() {
            self.list[n as usize].last = self.number(last);
        }
        n
    }

    /// What the keys in [`Keys::forms`] may begin with.
    pub(crate) fn initials(&self, number: u32) -> Initials {
        self.list.get(number as usize).map_or(Initials::ANY, |key| key.initials)
    }

    /// The number of the looser form of a key's last word.
    pub(crate) fn loose(&mut self, number: u32) -> u32 {
        let Some(key) = self.list.get(number as usize) else { return number };
        if let Some(loose) = key.loose {
            return loose;
        }
        let letters = loose_letters(last_word(&key.text));
        let loose = self.number(text(&letters));
        self.list[number as usize].loose = Some(loose);
        loose
    }

    pub(crate) fn forms(&mut self, number: u32) -> Option<&Forms> {
        if self.list.get(number as usize)?.forms.is_none() {
            let forms = self.make_forms(number);
            self.list[number as usize].forms = Some(Box::new(forms));
        }
        self.list[number as usize].forms.as_deref()
    }

    fn make_forms(&mut self, number: u32) -> Forms {
        let key = self.get(number).to_owned();
        let whole = folded(&key);
        let bases = [false, true].map(|is_woman| {
            bases_of(whole.clone(), &key, is_woman).map(|b| self.number(last_word(text(&b)))).collect()
        });
        Forms { loose: self.loose(number), bases }
    }

    /// True for the family name of somebody whom the corpus names in full, in this form or a looser one.
    pub(crate) fn is_known(&mut self, number: u32, known: &Known) -> bool {
        let ask = |key: &mut Key| *key.is_known.get_or_insert_with(|| known.has_surname(&key.text));
        self.list.get_mut(number as usize).is_some_and(ask)
    }

    /// The one person of the corpus that a bare family name means, a man's or a woman's when that is known.
    pub(crate) fn means(&mut self, number: u32, is_woman: Option<bool>, known: &Known) -> Option<u32> {
        if !self.is_known(number, known) {
            return None;
        }
        let gender = is_woman.map_or(0, |is_woman| 1 + usize::from(is_woman));
        let key = self.list.get_mut(number as usize)?;
        *key.means[gender].get_or_insert_with(|| {
            let fits = |k: &PersonKey| is_woman.is_none() || k.is_woman().is_none_or(|w| Some(w) == is_woman);
            known.one(&key.text, fits)
        })
    }
}

/// Someone whom a document names in full, in one spelling.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) key: PersonKey,
    pub(crate) entity_id: Box<str>,
    /// As most documents write it; as it is written here when no document of the corpus does.
    pub(crate) name: Box<str>,
    /// The first spelling with this key: equal for all spellings of one person.
    pub(crate) same: u32,
    /// Numbers of the last word of the family name, of its looser form, and of the given name.
    pub(crate) last: u32,
    pub(crate) loose: u32,
    pub(crate) given: u32,
    /// What the first two of these begin with.
    pub(crate) initials: Initials,
    pub(crate) is_woman: Option<bool>,
}

/// The full names met so far, by how they are written.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub(crate) list: Vec<Person>,
    by_name: FxHashMap<Box<str>, u32>,
    by_key: FxHashMap<PersonKey, u32>,
    /// The name that is looked up.
    name: String,
}

/// Names that are remembered: beyond, all are forgotten, as lists of people would fill the memory.
const MOST: usize = 200_000;

impl People {
    /// A document begins; no number of an earlier one is used in it.
    pub(crate) fn begin(&mut self) {
        if self.list.len() > MOST {
            *self = Self::default();
        }
    }

    pub(crate) fn number(&mut self, (given, surname): (&str, &str), known: &Known, keys: &mut Keys) -> u32 {
        self.name.clear();
        self.name.extend([given, " ", surname]);
        if let Some(&n) = self.by_name.get(self.name.as_str()) {
            return n;
        }
        let n = self.list.len() as u32;
        let person = self.person((given, surname), known, keys);
        self.list.push(person);
        self.by_name.insert(self.name.as_str().into(), n);
        n
    }

    fn person(&mut self, (given, surname): (&str, &str), known: &Known, keys: &mut Keys) -> Person {
        let key = PersonKey::new(given, surname);
        let someone = known.who(&key);
        let key = someone.map_or(key, |s| s.key.clone());
        let last = keys.number(key.last());
        let loose = keys.loose(last);
        Person {
            entity_id: key.entity_id().into(),
            name: someone.map_or_else(|| self.name.as_str().into(), |s| s.name().into()),
            same: *self.by_key.entry(key.clone()).or_insert(self.list.len() as u32),
            last,
            loose,
            initials: Initials::of(keys.get(last)).or(Initials::of(keys.get(loose))),
            given: keys.number(&key.given),
            is_woman: key.is_woman(),
            key,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use decalque_evidence::Evidence;

    #[test]
    fn keys_have_numbers_of_their_own() {
        let mut keys = Keys::default();
        let (whole, last) = (keys.number("de-mistura"), keys.number("mistura"));
        assert_ne!(whole, last);
        assert_eq!((keys.last(whole), keys.last(last)), (last, last));
        assert_eq!((keys.number("de-mistura"), keys.get(whole)), (whole, "de-mistura"));
    }

    #[test]
    fn forms_are_those_of_the_last_word() {
        let mut keys = Keys::default();
        let (case, name, pankov) = (keys.number("sofina"), keys.number("sofin"), keys.number("pankov"));
        assert!(keys.forms(case).is_some_and(|f| f.bases[0].contains(&name)));
        let german = keys.number("pankow");
        assert!(keys.forms(german).is_some_and(|f| f.loose == pankov));
    }

    #[test]
    fn spellings_of_one_person_are_the_same() {
        let evidence = Evidence::default();
        let (known, mut keys, mut people) = (Known::new(&evidence), Keys::default(), People::default());
        let mut number = |given, surname| people.number((given, surname), &known, &mut keys);
        let all =
            [number("Vladimir", "Zhirinovsky"), number("Vladimir", "Zhirinovskiy"), number("Ivan", "Orlov")];
        assert_eq!(number("Ivan", "Orlov"), all[2]);
        let same = all.map(|n| people.list[n as usize].same);
        assert!(all[0] != all[1] && same[0] == same[1] && same[0] != same[2]);
    }
}

//! People and organisations named in a document, and who is who.
//!
//! A [`Known`] is made of a corpus's evidence once; a [`Finder`] then finds the names of one document after another. The
//! text stays as it is: spellings of one name share an `entity_id`, which follows from the name alone (`person/` given
//! name `-` family name, both folded), so that it is the same in every run and for every order of documents.
//!
//! *People.* Full names are found as pass 1 finds them. A bare family name is the one person of that name in the document
//! (of several, the one last named in full whom honorific and office fit); else the one the corpus knows, or knows far
//! better than others; else itself, when an honorific, an office or a verb of speech says it is a person.
//!
//! *Organisations.* A list of well-known ones with their spellings; capitals around `Ministry`, `Bank`, `Party`; and
//! acronyms that the document explains. `Foreign Ministry` is that of the one country the document names it with.
//!
//! ```
//! use decalque_evidence::Evidence;
//! use decalque_mention::{Finder, Known};
//! use decalque_text::{Layout, View, Vocabulary};
//! let evidence = Evidence::default();
//! let known = Known::new(&evidence);
//! let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
//! assert!(Finder::new(&known).find(&view).is_empty());
//! ```
#![deny(missing_docs)]

mod fold;
mod keys;
mod known;
mod lexis;
mod lists;
mod organisations;
mod resolve;
mod scan;

pub use fold::surname_key;
pub use known::Known;
pub use organisations::organisation_key;

use decalque_text::{Mention, View};

/// Finds the names of documents, and remembers the words it met; what it finds does not depend on them.
#[derive(Debug)]
pub struct Finder<'k> {
    known: &'k Known<'k>,
    keys: keys::Keys,
    people: keys::People,
    /// One a vocabulary, by its number.
    memos: Vec<(u64, lexis::Memo)>,
    buffers: scan::Buffers,
}

impl<'k> Finder<'k> {
    /// A finder that has met no word yet.
    ///
    /// ```
    /// let evidence = decalque_evidence::Evidence::default();
    /// let known = decalque_mention::Known::new(&evidence);
    /// let finder = decalque_mention::Finder::new(&known);
    /// # let _ = finder;
    /// ```
    pub fn new(known: &'k Known<'k>) -> Self {
        let (keys, people) = (keys::Keys::default(), keys::People::default());
        Self { known, keys, people, memos: Vec::new(), buffers: scan::Buffers::default() }
    }

    /// The mentions of a document in text order, none overlapping another. Time is linear in its tokens.
    ///
    /// ```
    /// use decalque_text::{Layout, View, Vocabulary};
    /// let evidence = decalque_evidence::Evidence::default();
    /// let known = decalque_mention::Known::new(&evidence);
    /// let view = View { text: "", layout: &Layout::default(), terms: &[], vocabulary: &Vocabulary::default() };
    /// assert!(decalque_mention::Finder::new(&known).find(&view).is_empty());
    /// ```
    pub fn find(&mut self, view: &View) -> Vec<Mention> {
        let number = view.vocabulary.number();
        let at = self.memos.iter().position(|m| m.0 == number).unwrap_or_else(|| {
            self.memos.push((number, lexis::Memo::default()));
            self.memos.len() - 1
        });
        let memo = &mut self.memos[at].1;
        let found = scan::scan(view, self.known, (memo, &mut self.keys), &mut self.buffers);
        resolve::resolve(&found, lexis::Lexis(view), self.known, (&mut self.keys, &mut self.people))
    }
}

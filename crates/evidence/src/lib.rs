//! What a corpus knows about itself.
//!
//! Pass 1 gathers [`Facts`] of each document and adds them to a [`Gathered`]; those merge in any order, since they hold
//! only integers and sets. Freezing gives [`Evidence`]: sorted, read-only, serialisable. Pass 2 decides by it.
//!
//! ```
//! use decalque_evidence::{Facts, Gathered};
//! let mut all = Gathered::default();
//! all.add(&Facts::default());
//! assert_eq!(all.freeze().n_docs(), 1);
//! ```
#![deny(missing_docs)]

mod corpus;
mod facts;
mod people;
mod speech;

pub use corpus::{
    Evidence, Gathered, KnownPerson, MOST_PEOPLE, Matter, PROFILE, Parts, Snapshot, keep_known,
};
pub use facts::{Facts, Gatherer, gather, in_sample, line_key, name_key, own, stem_key};
pub use people::{
    FullName, Gender, Person, full_name, gender_of_given, given_key, is_given_name, is_honorific, is_office,
    people,
};
pub use speech::{SpeechVerb, VerbForm, is_speech_verb, speech_verb};

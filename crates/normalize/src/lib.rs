//! Rules that repair what machine translation broke. Every repair is on record; what is not sure is only offered.
//!
//! [`repair`] runs the rules of one layer over one snapshot of a document and returns what it found, arbitrated:
//! applied, suggested, flagged or refused. It changes nothing; [`decalque_text::Edited::apply`] does.
//!
//! A rule is one file in `rules/` with one [`Rule`] and its own examples; [`RULES`] lists them.
#![deny(missing_docs)]

mod arbitration;
mod context;
mod engine;
mod english;
mod fold;
mod institutions;
mod lexicon;
mod names;
mod notes;
mod options;
mod rule;
mod rules;
mod russian;
mod score;
mod seen;
mod speech;
mod translit;
mod weights;

pub use context::Context;
pub use engine::{Triggered, repair};
pub use english::is_english;
pub use lexicon::{Class, Entry, Lexicon};
pub use options::{Decisions, Options, Switch, Verdict};
pub use rule::{Example, Finding, PhrasePart, Rule, Safety, Trigger};
pub use rules::RULES;
pub use russian::in_english;
pub use score::{MachineScore, Tells, machine_score};
pub use seen::Seen;
pub use translit::from_cyrillic;

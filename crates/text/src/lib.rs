//! Plain types shared by every decalque stage. No stage's logic lives here.
//!
//! Positions are **bytes** into a UTF-8 text, end exclusive, always on character boundaries.
//! Characters appear once, in `decalque-export`.
//!
//! ```
//! use decalque_text::{Edit, Edited, Kind, Confidence, Span};
//! let edit = Edit::new(Span::new(5, 10), "Peskov", Kind::NameCalque, "name.calque", Confidence::new(950), "…");
//! let (edited, refused) = Edited::apply("said Sands.", vec![edit]);
//! assert_eq!(edited.clean(), "said Peskov.");
//! assert!(refused.is_empty());
//! ```
#![deny(missing_docs)]

mod correction;
mod edited;
mod record;
mod span;
mod token;
mod vocabulary;

pub use correction::{Confidence, Correction, Decision, Edit, Kind, Layer, Status};
pub use edited::Edited;
pub use record::{
    Entity, EntityKind, GroupCount, Head, Keyword, Mention, Metadata, Quote, Record, Source, Speech,
    Term as CorpusTerm,
};
pub use span::Span;
pub use token::{Lang, Layout, Role, Sentence, Token, TokenKind, View};
pub use vocabulary::{Case, Form, TermId, Vocabulary, Word};

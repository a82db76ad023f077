//! Words, sentences, blocks, metadata, language and stems of news text.
//!
//! Everything here is a pure function of a text: no function fails, none panics on any `&str`, and all positions
//! are bytes on character boundaries.
//!
//! ```
//! use decalque_tokenize::{layout, head};
//! let text = "Leaders meet in Minsk\n\nMINSK, May 3. /TASS/. The leaders met. They agreed on U.S. aid.";
//! let layout = layout(text);
//! let sentences: Vec<_> = layout.sentences.iter().map(|s| (s.role.name(), s.span.text(text))).collect();
//! assert_eq!(sentences, [
//!     ("title", "Leaders meet in Minsk"),
//!     ("dateline", "MINSK, May 3. /TASS/."),
//!     ("body", "The leaders met."),
//!     ("body", "They agreed on U.S. aid."),
//! ]);
//! assert_eq!(head(text, &layout).fields.place.as_deref(), Some("Minsk"));
//! ```
#![deny(missing_docs)]

mod abbreviation;
mod blocks;
mod chars;
mod dateline;
mod dates;
mod head;
mod labels;
mod language;
mod layout;
mod lines;
mod net;
mod scan;
mod sentences;
mod stem;
mod unmarked;
mod view;

pub use head::head;
pub use language::{language, sentence_languages};
pub use layout::layout;
pub use scan::{scan, words};
pub use stem::{STEMMER, Stemmer, foreign_terms, terms, terms_after};

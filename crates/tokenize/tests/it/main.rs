//! All integration tests of the crate in one program: what they need is compiled and linked once.

mod languages;
mod laws;
mod roles;
mod sentences;
mod uax29;
mod words;

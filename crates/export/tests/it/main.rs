//! All integration tests of the crate in one program: what they need is compiled and linked once.

mod common;
mod contract;
mod folder;
mod rows;

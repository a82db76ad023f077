//! All integration tests of the crate in one program: what they need is compiled and linked once.
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

mod bad_input;
mod catalogue;
mod check;
mod common;
mod explain;
mod parts;
mod run;
mod safety;

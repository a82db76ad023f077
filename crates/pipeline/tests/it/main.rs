//! All integration tests of the crate in one program: what they need is compiled and linked once.
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

mod architecture;
mod batch;
mod common;
mod decide;
mod human;
mod inputs;
mod laws;
mod people;
mod quotes;
mod resume;
mod rules;
mod seeds;
mod shards;

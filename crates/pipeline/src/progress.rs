//! How a run tells how far it is.

/// Told how a run goes on. Called from many threads; must be quick.
pub trait Progress: Sync {
    /// A pass over `documents` documents of `bytes` bytes begins.
    fn pass(&self, name: &str, documents: u64, bytes: u64);
    /// So many more documents and bytes are done.
    fn advance(&self, documents: u64, bytes: u64);
    /// Something the user should know before the run is over, as a sentence.
    fn notice(&self, _sentence: &str) {}
    /// The work is over.
    fn done(&self) {}
    /// True when the run should stop; asked before every document. What is finished stays to be resumed.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn pass(&self, _: &str, _: u64, _: u64) {}
    fn advance(&self, _: u64, _: u64) {}
}

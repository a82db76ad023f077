//! What an interrupted run leaves so that another can go on: what pass 1 found, and of which inputs and configuration.

use crate::Error;
use crate::config::Config;
use crate::corpus::Corpus;
use crate::frame;
use decalque_evidence::Evidence;
use decalque_export::{Folder, Output};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

/// The file in the temporary folder.
const NAME: &str = "pass1";
/// First bytes of the file; the number counts its versions, and those of the notes in the journal beside it.
const MAGIC: &[u8] = b"decalque pass 1, 4\n";

/// What pass 1 found.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct State<E = Evidence> {
    /// Of which inputs and configuration, by [`key`].
    pub(crate) key: u64,
    /// The content hash of every document; none of those that were rejected.
    pub(crate) hashes: Vec<Option<u64>>,
    pub(crate) evidence: E,
}

/// Keep it in the temporary folder of an output.
pub(crate) fn keep(
    output: &Output,
    key: u64,
    hashes: Vec<Option<u64>>,
    evidence: &Evidence,
) -> Result<(), Error> {
    let state = State { key, hashes, evidence };
    Ok(output.keep(NAME, |out| frame::write(MAGIC, &state, out))?)
}

/// Read it back: none when it is not there, is damaged, or is of other inputs or another configuration.
pub(crate) fn kept(folder: &Folder, key: u64) -> Option<State> {
    frame::read(MAGIC, &folder.kept(NAME)?).filter(|state: &State| state.key == key)
}

/// A hash of all that decides what the tables hold: program, settings, the files they name, and the inputs by name,
/// size and time of change. Settings that change the speed alone do not count.
pub(crate) fn key(corpus: &Corpus, config: &Config, files: &[String]) -> Result<u64, Error> {
    let settings = Config { threads: 0, memory_mb: 0, temp_dir: None, temp_gb: 0, ..config.clone() };
    let settings = serde_json::to_string(&settings).map_err(|e| Error::Setting(e.to_string()))?;
    let mut hash = Xxh3Default::new();
    for part in [env!("CARGO_PKG_VERSION"), &settings].into_iter().chain(files.iter().map(String::as_str)) {
        add(&mut hash, part.as_bytes());
    }
    corpus.identify(|part| add(&mut hash, part));
    Ok(hash.digest())
}

/// The same, of what pass 1 finds: which tables are written does not count.
pub(crate) fn evidence_key(corpus: &Corpus, config: &Config, files: &[String]) -> Result<u64, Error> {
    let keywords = Config::default().keywords;
    key(corpus, &Config { tables: Vec::new(), keywords, ..config.clone() }, files)
}

/// The same, of some of the chunks.
pub(crate) fn key_of_part(key: u64, chunks: &Range<usize>) -> u64 {
    let numbers = [key, chunks.start as u64, chunks.end as u64];
    xxh3_64(&numbers.map(u64::to_le_bytes).concat())
}

/// With its length, so that no two lists of parts are one string.
fn add(hash: &mut Xxh3Default, part: &[u8]) {
    hash.update(&(part.len() as u64).to_le_bytes());
    hash.update(part);
}

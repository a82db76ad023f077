//! What a run is told to do: the command line, or `decalque.toml`.

use crate::Error;
use decalque_text::Confidence;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// How inputs are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// By file name; standard input by its first line.
    #[default]
    Auto,
    /// Plain text, one document a file.
    Txt,
    /// JSON Lines, one document a line.
    Jsonl,
}

/// Settings of a run. Every field has a default; a TOML file may set any of them, the command line overrides it.
///
/// ```
/// let config: decalque_pipeline::Config = Default::default();
/// assert_eq!(config.min_confidence, 0.9);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Worker threads; 0 means one for each processor.
    pub threads: usize,
    /// Repairs below this confidence (0 to 1) are suggested, not applied.
    pub min_confidence: f64,
    /// Every document is machine translation, whatever its score says: the caller knows. Rules that need one work.
    pub assume_machine: bool,
    /// How inputs are read.
    pub format: Format,
    /// Names of the tables to write; empty means all.
    pub tables: Vec<String>,
    /// Keyphrases kept for a document.
    pub keywords: usize,
    /// Megabytes of pass 1's work that stay in memory for pass 2; documents beyond are prepared twice. Changes the
    /// speed, never the tables.
    pub keep_mb: usize,
}

/// What is wrong with a TOML file, in one line.
fn on_line(text: &str, error: &toml::de::Error) -> String {
    let at = error.span().map_or(0, |s| s.start.min(text.len()));
    let line = text.as_bytes()[..at].iter().filter(|&&b| b == b'\n').count() + 1;
    format!("line {line}: {}", error.message())
}

/// More threads than any machine has processors cost memory and do nothing.
const MOST_THREADS: usize = 1024;

impl Default for Config {
    fn default() -> Self {
        Self {
            threads: 0,
            min_confidence: 0.9,
            assume_machine: false,
            format: Format::Auto,
            tables: Vec::new(),
            keywords: 20,
            keep_mb: 400,
        }
    }
}

impl Config {
    /// Read a TOML file.
    ///
    /// ```
    /// # let dir = tempfile::tempdir().unwrap();
    /// let path = dir.path().join("decalque.toml");
    /// std::fs::write(&path, "min_confidence = 0.95\n").unwrap();
    /// assert_eq!(decalque_pipeline::Config::read(&path).unwrap().min_confidence, 0.95);
    /// ```
    ///
    /// # Errors
    /// When the file cannot be read, is no TOML, or has an unknown or impossible setting; the message has the line.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let wrong = |reason: String| Error::Config { path: path.to_owned(), reason };
        let text = std::fs::read_to_string(path).map_err(|e| wrong(format!("cannot be read: {e}")))?;
        let config: Self = toml::from_str(&text).map_err(|e| wrong(on_line(&text, &e)))?;
        config.check().map_err(|e| wrong(e.to_string()))?;
        Ok(config)
    }

    /// Check that every setting is possible.
    ///
    /// # Errors
    /// When one is not; the message names it and what is allowed.
    ///
    /// ```
    /// let config = decalque_pipeline::Config { min_confidence: 7.0, ..Default::default() };
    /// assert!(config.check().is_err());
    /// ```
    pub fn check(&self) -> Result<(), Error> {
        if !(0.0..=1.0).contains(&self.min_confidence) {
            return Err(Error::Setting(format!(
                "min_confidence is {}; it must lie between 0 and 1",
                self.min_confidence
            )));
        }
        if self.threads > MOST_THREADS {
            return Err(Error::Setting(format!(
                "threads is {}; it must be at most {MOST_THREADS}, and 0 means one for each processor",
                self.threads
            )));
        }
        let names: Vec<&str> = decalque_export::tables().iter().map(|t| t.name).collect();
        match self.tables.iter().find(|t| !names.contains(&t.as_str())) {
            Some(unknown) => Err(Error::Setting(format!(
                "there is no table {unknown:?}; the tables are {}",
                names.join(", ")
            ))),
            None => Ok(()),
        }
    }

    pub(crate) fn repair(&self) -> decalque_normalize::Options {
        decalque_normalize::Options {
            min_confidence: Confidence::from_share(self.min_confidence),
            assume_machine: self.assume_machine,
        }
    }
}

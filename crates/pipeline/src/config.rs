//! What a run is told to do: the command line, or `decalque.toml`.

use crate::Error;
use crate::decisions;
use crate::patterns::Patterns;
use decalque_normalize::{Options, RULES, Rule};
use decalque_text::{Confidence, Kind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How inputs are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// By how a file begins and by its name.
    #[default]
    Auto,
    /// Plain text, one document a file.
    Txt,
    /// Web pages, one document a file: their main text.
    Html,
    /// JSON Lines, one document a line.
    Jsonl,
    /// CSV or TSV with a header, one document a row.
    Csv,
    /// Parquet, one document a row.
    Parquet,
    /// WARC, one document a page.
    Warc,
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
    /// How inputs are read.
    pub format: Format,
    /// Patterns of files to read, `*.txt` or `2016/**`; empty means all.
    pub include: Vec<String>,
    /// Patterns of files and folders to leave out.
    pub exclude: Vec<String>,
    /// The field or column with the text, in JSON, CSV and Parquet.
    pub text_column: String,
    /// The field or column with the id.
    pub id_column: String,
    /// The field or column with the date of publication.
    pub date_column: String,
    /// Folder for what has to be unpacked to be read; none for the system's. Documents that wait for pass 2 go there too,
    /// if it is named, else to the output folder.
    pub temp_dir: Option<PathBuf>,
    /// Most gigabytes unpacked there.
    pub temp_gb: u64,
    /// Names of the tables to write; empty means all.
    pub tables: Vec<String>,
    /// Keyphrases kept for a document.
    pub keywords: usize,
    /// Megabytes of memory that a run may take. Changes the speed, never the tables. See ARCHITECTURE.md for what it
    /// does not cover.
    pub memory_mb: usize,
    /// Take every document for machine translation, whatever its score says: rules that hold only there are then sure.
    pub assume_machine: bool,
    /// Names that no repair may touch, as they stand in texts.
    pub protect: Vec<String>,
    /// Files with lexicon rows of one's own (tab-separated: printed, right, class).
    pub lexicon: Vec<PathBuf>,
    /// A CSV file with decisions on corrections, as `decalque suggestions` writes it.
    pub decisions: Option<PathBuf>,
    /// Switches and thresholds by kind of correction.
    pub kinds: BTreeMap<String, Switch>,
    /// Switches and thresholds by rule; they win over those of the kind.
    pub rules: BTreeMap<String, Switch>,
    /// Go on where an interrupted run of the same inputs and settings stopped. Not a setting of a file.
    #[serde(skip)]
    pub resume: bool,
}

/// A switch or a threshold, of a kind or a rule.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switch {
    /// False turns it off.
    pub on: Option<bool>,
    /// Repairs below this confidence (0 to 1) are suggested, not applied.
    pub min_confidence: Option<f64>,
}

/// What is wrong with a TOML file, in one line.
fn on_line(text: &str, error: &toml::de::Error) -> String {
    let at = error.span().map_or(0, |s| s.start.min(text.len()));
    let line = text.as_bytes()[..at].iter().filter(|&&b| b == b'\n').count() + 1;
    format!("line {line}: {}", error.message())
}

/// Megabytes below which a run would only put things aside and fetch them back.
const LEAST_MEMORY: usize = 200;
/// More threads than any machine has processors cost memory and do nothing.
const MOST_THREADS: usize = 1024;

impl Default for Config {
    fn default() -> Self {
        Self {
            threads: 0,
            min_confidence: 0.9,
            format: Format::Auto,
            include: Vec::new(),
            exclude: Vec::new(),
            text_column: "text".to_owned(),
            id_column: "id".to_owned(),
            date_column: "date".to_owned(),
            temp_dir: None,
            temp_gb: 100,
            tables: Vec::new(),
            keywords: 20,
            memory_mb: 1000,
            assume_machine: false,
            protect: Vec::new(),
            lexicon: Vec::new(),
            decisions: None,
            kinds: BTreeMap::new(),
            rules: BTreeMap::new(),
            resume: false,
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
        let mut config: Self = toml::from_str(&text).map_err(|e| wrong(on_line(&text, &e)))?;
        config.find_beside(path.parent().unwrap_or(Path::new("")));
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
        check_share("min_confidence", self.min_confidence)?;
        for (name, switch) in self.kinds.iter().chain(&self.rules) {
            check_share(&format!("min_confidence of {name}"), switch.min_confidence.unwrap_or(0.0))?;
        }
        Patterns::new(self)?;
        check_names("kind", &self.kinds, &Kind::ALL.map(Kind::name))?;
        check_names("rule", &self.rules, &RULES.iter().map(|r| r.id).collect::<Vec<_>>())?;
        if self.threads > MOST_THREADS {
            return Err(Error::Setting(format!(
                "threads is {}; it must be at most {MOST_THREADS}, and 0 means one for each processor",
                self.threads
            )));
        }
        if self.memory_mb < LEAST_MEMORY {
            let given = self.memory_mb;
            return Err(Error::Setting(format!(
                "memory is {given} MB; it must be at least {LEAST_MEMORY} MB"
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

    /// Paths in a file are meant from where the file is.
    fn find_beside(&mut self, folder: &Path) {
        for path in self.lexicon.iter_mut().chain(&mut self.decisions).chain(&mut self.temp_dir) {
            *path = folder.join(&*path);
        }
    }

    /// The options of the repair, with the files they name read and checked, and the texts of those files.
    ///
    /// # Errors
    /// When a file cannot be read or has a bad line; the message names both.
    pub(crate) fn options(&self) -> Result<(Options, Vec<String>), Error> {
        let mut texts = Vec::new();
        let min = Confidence::from_share(self.min_confidence);
        let mut options = Options::new(min, |rule| self.switch(rule)).protecting(self.protect.clone());
        for path in &self.lexicon {
            let text = text_of(path)?;
            let lexicon = options.lexicon().with_rows(&text);
            options = options.reading(lexicon.map_err(|reason| wrong(path, reason))?);
            texts.push(text);
        }
        if let Some(path) = &self.decisions {
            let text = text_of(path)?;
            options = options.deciding(decisions::parse(&text).map_err(|reason| wrong(path, reason))?);
            texts.push(text);
        }
        Ok((options, texts))
    }

    /// What is set for a rule, by its own name or else by its kind's.
    fn switch(&self, rule: &Rule) -> decalque_normalize::Switch {
        let kind = self.kinds.get(rule.kind.name()).copied().unwrap_or_default();
        let own = self.rules.get(rule.id).copied().unwrap_or_default();
        decalque_normalize::Switch {
            on: own.on.or(kind.on),
            min_confidence: own.min_confidence.or(kind.min_confidence).map(Confidence::from_share),
        }
    }
}

fn check_share(name: &str, value: f64) -> Result<(), Error> {
    let fits = (0.0..=1.0).contains(&value);
    fits.then_some(())
        .ok_or_else(|| Error::Setting(format!("{name} is {value}; it must lie between 0 and 1")))
}

fn check_names(what: &str, set: &BTreeMap<String, Switch>, known: &[&str]) -> Result<(), Error> {
    match set.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => {
            Err(Error::Setting(format!("there is no {what} {name:?}; there are {}", known.join(", "))))
        }
        None => Ok(()),
    }
}

/// The text of a file that a setting names.
fn text_of(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|e| wrong(path, format!("cannot be read: {e}")))
}

fn wrong(path: &Path, reason: String) -> Error {
    Error::Config { path: path.to_owned(), reason }
}

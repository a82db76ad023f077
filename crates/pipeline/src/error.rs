//! What can stop a run. Bad documents cannot: they become rows of `sources`.

use std::path::{Path, PathBuf};

/// Why a run could not start or finish. Each reads as a sentence that names the file and the way out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No input was given, or none holds a file.
    #[error("there is nothing to read: {0}; name a file, a folder, or - for standard input")]
    NoInput(String),
    /// An input that was named does not exist.
    #[error("cannot read {path}: {source}; check the path", path = path.display())]
    Input {
        /// The path as given.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The output folder lies inside the input, or holds it.
    #[error("the output folder {path} is also an input; choose another with --out", path = path.display())]
    OutputIsInput {
        /// The folder.
        path: PathBuf,
    },
    /// Inputs that must be put aside to be read, compressed ones and standard input, could not be.
    #[error(
        "cannot put inputs aside in {folder}: {reason}; free space there, or name another folder with --temp-dir",
        folder = folder.display()
    )]
    Unpack {
        /// The folder for temporary files.
        folder: PathBuf,
        /// What went wrong.
        reason: String,
    },
    /// The configuration file is wrong.
    #[error("{path}: {reason}", path = path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the line.
        reason: String,
    },
    /// A setting on the command line or in the configuration is out of range.
    #[error("{0}")]
    Setting(String),
    /// The tables could not be written.
    #[error(transparent)]
    Export(#[from] decalque_export::ExportError),
    /// What was put aside in the output folder cannot be read back.
    #[error("cannot read back {path}: {source}. Check the space left on the disk, then run again", path = path.display())]
    Scratch {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file with evidence cannot be read or written, or does not fit.
    #[error("cannot use the evidence {path}: {source}", path = path.display())]
    Evidence {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: std::io::Error,
    },
    /// The parts of a run that should be merged are not all of it, or not of one.
    #[error("cannot merge: {0}")]
    Parts(String),
    /// The user asked the run to stop.
    #[error("stopped; the tables of the run before are untouched")]
    Stopped,
    /// A column of a record batch is missing or wrong.
    #[error("the column {name} {reason}")]
    Column {
        /// Its name.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// Evidence that was sent cannot be used, or cannot be sent.
    #[error("the evidence {0}")]
    EvidenceCell(String),
    /// The stages of a partition cannot do what was asked.
    #[error("the stages {0}")]
    Stages(String),
    /// The threads could not be started.
    #[error("cannot start {threads} threads: {source}; try a smaller --threads")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// What the thread pool said.
        source: rayon::ThreadPoolBuildError,
    },
}

impl Error {
    /// True when the run had begun to write: what it finished may be there to resume.
    ///
    /// ```
    /// assert!(decalque_pipeline::Error::Stopped.is_midway());
    /// assert!(!decalque_pipeline::Error::NoInput("no input was named".into()).is_midway());
    /// ```
    pub fn is_midway(&self) -> bool {
        use decalque_export::ExportError::{File, Table};
        matches!(self, Self::Stopped | Self::Scratch { .. } | Self::Export(File { .. } | Table { .. }))
    }

    pub(crate) fn evidence(path: &Path, source: std::io::Error) -> Self {
        Self::Evidence { path: path.to_owned(), source }
    }

    pub(crate) fn scratch(path: &Path) -> impl Fn(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Scratch { path: path.clone(), source }
    }
}

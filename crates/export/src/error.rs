//! What can go wrong when tables are written.

use std::io;
use std::path::{Path, PathBuf};

/// Why tables could not be written. Each message says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The output folder cannot be made or written to.
    #[error(
        "cannot write to the output folder {}: {}. Choose another folder, or make this one writable", path.display(), said(path, source)
    )]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another run writes to the same folder at this moment.
    #[error("another run is writing to {}. Wait for it to end, or choose another output folder", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds files that a run would replace, and that no run wrote.
    #[error("{} is there, but no manifest.json beside it, so no run of decalque wrote it. Choose another output folder, or move the file away", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A file could not be written.
    #[error("cannot write {}: {source}. {}; the tables of the run before are untouched", path.display(), way_out(source))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A table could not be encoded.
    #[error("cannot write the table {table}: {source}; the tables of the run before are untouched")]
    Table {
        /// Name of the table.
        table: &'static str,
        /// What the Parquet writer said.
        source: parquet::errors::ParquetError,
    },
    /// The finished tables could not be moved into place.
    #[error(
        "cannot move {} into place: {source}. The new tables are whole: remove what is in the way, and the next command \
         on the folder (`decalque check`) completes the move",
        path.display()
    )]
    Place {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A table could not be read.
    #[error("cannot read {}: {source}. Name the folder that `decalque run --out` wrote", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A table is none that this program wrote.
    #[error("{} is no table of decalque: {source}. Name the folder that `decalque run --out` wrote", path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
        /// What the Parquet reader said.
        source: parquet::errors::ParquetError,
    },
    /// A folder is no finished part of a run.
    #[error("{} is no whole part of a run: {reason}. Name folders that `decalque run --shard` wrote", path.display())]
    NoShard {
        /// The folder.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A document has more than 2 GiB of text, more than a Parquet page can hold.
    #[error(
        "the document {doc_id} holds {bytes} bytes of text; a table cell holds at most 2147483583. Split the document"
    )]
    TooLarge {
        /// The document.
        doc_id: String,
        /// Bytes of its longest text.
        bytes: u64,
    },
    /// Documents that were promised in the order of their ids are not ([`Options::sorted`](crate::Options::sorted)).
    #[error(
        "the document {doc_id} comes after {after}, but its id sorts before it. Sort the documents by the bytes of their ids, or do not declare them sorted"
    )]
    OutOfOrder {
        /// The document.
        doc_id: String,
        /// The one before it.
        after: String,
    },
    /// Rows could not be made a record batch.
    #[error("cannot make a record batch of the table {table}: {source}. Use smaller batches of documents")]
    Record {
        /// Name of the table.
        table: &'static str,
        /// What Arrow said.
        source: arrow::error::ArrowError,
    },
    /// There is no table of this name.
    #[error("there is no table {name:?}. The tables are: {}", names())]
    UnknownTable {
        /// The name asked for.
        name: String,
    },
}

/// What the system said, or what it meant: a file in a folder's place is "exists" to it.
fn said(path: &Path, source: &io::Error) -> String {
    if path.is_file() { "it is a file".to_owned() } else { source.to_string() }
}

/// What to do when the system refuses to write.
fn way_out(source: &io::Error) -> &'static str {
    match source.raw_os_error() {
        // EMFILE and ENFILE, the same numbers on Linux, macOS and the BSDs.
        Some(23 | 24) if cfg!(unix) => "Allow more open files (ulimit -n 1024)",
        _ => match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "Make its folder writable, or choose another"
            }
            _ => "Check the space left on the disk",
        },
    }
}

impl ExportError {
    pub(crate) fn folder(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Folder { path, source }
    }

    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    pub(crate) fn place(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Place { path, source }
    }

    pub(crate) fn table<E: Into<parquet::errors::ParquetError>>(
        table: &'static str,
    ) -> impl FnOnce(E) -> Self {
        move |source| Self::Table { table, source: source.into() }
    }

    /// What the Parquet writer says of a file: the system's own words where it passes them on.
    pub(crate) fn appending(
        table: &'static str,
        path: &Path,
    ) -> impl Fn(parquet::errors::ParquetError) -> Self + use<> {
        use parquet::errors::ParquetError::External;
        let path = path.to_owned();
        move |error| match error {
            External(cause) => match cause.downcast::<io::Error>() {
                Ok(source) => Self::File { path: path.clone(), source: *source },
                Err(cause) => Self::Table { table, source: External(cause) },
            },
            source => Self::Table { table, source },
        }
    }
}

fn names() -> String {
    crate::tables().iter().map(|t| t.name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::errors::ParquetError;

    fn said(source: io::Error) -> String {
        let path = Path::new("out/.partial/tokens.parquet");
        ExportError::appending("tokens", path)(ParquetError::from(source)).to_string()
    }

    #[test]
    fn a_refusal_names_the_file_and_the_way_out() {
        let full = said(io::Error::from(io::ErrorKind::StorageFull));
        assert!(full.contains("out/.partial/tokens.parquet") && full.contains("space left"), "{full}");
        let closed = said(io::Error::from(io::ErrorKind::PermissionDenied));
        assert!(closed.contains("writable") && !closed.contains("space left"), "{closed}");
        if cfg!(unix) {
            let many = said(io::Error::from_raw_os_error(24));
            assert!(many.contains("ulimit -n") && !many.contains("space left"), "{many}");
        }
    }

    #[test]
    fn a_fault_of_the_format_is_no_matter_of_the_disk() {
        let odd =
            ExportError::appending("tokens", Path::new("tokens.parquet"))(ParquetError::EOF("odd".into()));
        assert!(
            matches!(odd, ExportError::Table { table: "tokens", .. }) && !odd.to_string().contains("disk")
        );
    }
}

//! The output folder: a temporary folder inside it while a run goes on, and the move into place at its end.

use crate::{ExportError, tables};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

const PREFIX: &str = ".decalque-partial-";
const MANIFEST: &str = "manifest.json";

/// The temporary folder of a run; removed when dropped.
#[derive(Debug)]
pub(crate) struct Partial {
    /// The output folder.
    pub(crate) dir: PathBuf,
    /// The temporary folder inside it.
    pub(crate) path: PathBuf,
    /// Holds the output folder for this run; the system lets go of it even when the run is killed.
    _lock: Option<File>,
}

impl Partial {
    /// Make the output folder if there is none, and an empty temporary folder in it.
    pub(crate) fn create(dir: &Path) -> Result<Self, ExportError> {
        fs::create_dir_all(dir).map_err(ExportError::folder(dir))?;
        let lock = lock(dir)?;
        if lock.is_some() {
            sweep(dir);
        }
        let path = dir.join(format!("{PREFIX}{}", std::process::id()));
        make_empty(&path).map_err(ExportError::folder(dir))?;
        Ok(Self { dir: dir.to_owned(), path, _lock: lock })
    }

    /// Write the manifest beside the new tables.
    pub(crate) fn write_manifest(&self, manifest: &serde_json::Value) -> Result<(), ExportError> {
        let path = self.path.join(MANIFEST);
        let text = format!("{manifest:#}\n");
        fs::write(&path, text).map_err(ExportError::file(&path))
    }

    /// Put the files of the temporary folder in the place of those of the run before.
    ///
    /// The old manifest goes first and the new one comes last: a folder with a manifest holds the tables of one run.
    pub(crate) fn place(self, files: &[String]) -> Result<PathBuf, ExportError> {
        self.remove(MANIFEST)?;
        for file in files {
            self.rename(file)?;
        }
        let stale = tables().iter().map(crate::Table::file_name).filter(|f| !files.contains(f));
        for file in stale {
            self.remove(&file)?;
        }
        self.rename(MANIFEST)?;
        Ok(self.dir.clone())
    }

    fn rename(&self, file: &str) -> Result<(), ExportError> {
        let to = self.dir.join(file);
        fs::rename(self.path.join(file), &to).map_err(ExportError::place(&to))
    }

    fn remove(&self, file: &str) -> Result<(), ExportError> {
        let path = self.dir.join(file);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(ExportError::place(&path)(e)),
            _ => Ok(()),
        }
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // Whatever cannot be removed now, the next run removes.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Hold a folder for this run; none where the system cannot lock folders.
fn lock(dir: &Path) -> Result<Option<File>, ExportError> {
    let Ok(file) = File::open(dir) else { return Ok(None) };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(ExportError::Busy { path: dir.to_owned() }),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// Remove what killed runs left. Only called with the folder locked, so no living run owns any of it.
fn sweep(dir: &Path) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(PREFIX) {
            // One that cannot be removed does no harm to this run.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn make_empty(path: &Path) -> io::Result<()> {
    match fs::create_dir(path) {
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
            // Left by a dead run that had the same process id.
            fs::remove_dir_all(path)?;
            fs::create_dir(path)
        }
        result => result,
    }
}

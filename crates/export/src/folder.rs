//! The output folder: a temporary folder inside it while a run goes on, and the move into place at its end.

use crate::{ExportError, tables};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The temporary folder. One name, so that a later run finds what an interrupted one finished.
const PARTIAL: &str = ".decalque-partial";
/// The file in it that says: all is written, only the move is left.
const MOVE: &str = "move.json";
pub(crate) const MANIFEST: &str = "manifest.json";
/// What the folder of a shard has beside its tables.
pub(crate) const SHARD_JOURNAL: &str = "shard.journal";
pub(crate) const SHARD_STATE: &str = "shard.state";

/// An output folder, held for one run.
///
/// ```
/// # fn main() -> Result<(), decalque_export::ExportError> {
/// use decalque_export::{ExportError, Folder, Options};
/// # let dir = tempfile::tempdir().unwrap();
/// let folder = Folder::open(dir.path())?;
/// assert!(matches!(Folder::open(dir.path()), Err(ExportError::Busy { .. })));
/// let out = folder.begin(&Options::default())?;
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct Folder {
    /// The output folder.
    pub(crate) dir: PathBuf,
    /// The temporary folder inside it.
    pub(crate) partial: PathBuf,
    /// Holds the output folder for this run; the system lets go of it even when the run is killed.
    _lock: Option<File>,
}

impl Folder {
    /// Make the output folder if there is none, hold it, and complete the move of a run that was killed in it.
    ///
    /// Where the system cannot lock folders (some network shares) two runs at a time are not noticed.
    ///
    /// # Errors
    /// [`ExportError::Folder`] when it cannot be written to, [`ExportError::Busy`] when another run writes there,
    /// [`ExportError::Place`] when a move cannot be completed, [`ExportError::Foreign`] when there are files named like
    /// tables that no run wrote.
    pub fn open(dir: &Path) -> Result<Self, ExportError> {
        fs::create_dir_all(dir).map_err(ExportError::folder(dir))?;
        let lock = lock(dir)?;
        let folder = Self { dir: dir.to_owned(), partial: dir.join(PARTIAL), _lock: lock };
        folder.complete_move()?;
        match ours().map(|name| dir.join(name)).find(|path| path.exists()) {
            Some(path) if !dir.join(MANIFEST).exists() => Err(ExportError::Foreign { path }),
            _ => Ok(folder),
        }
    }

    /// What [`Output::keep`](crate::Output::keep) wrote in an interrupted run; nothing when there is none.
    ///
    /// ```
    /// # let dir = tempfile::tempdir().unwrap();
    /// let folder = decalque_export::Folder::open(dir.path()).unwrap();
    /// assert_eq!(folder.kept("evidence"), None);
    /// ```
    pub fn kept(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.partial.join(name)).ok()
    }

    /// An empty temporary folder; what interrupted runs left goes.
    pub(crate) fn clear(&self) -> Result<(), ExportError> {
        let cleared = match fs::remove_dir_all(&self.partial) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
            _ => fs::create_dir(&self.partial),
        };
        cleared.map_err(ExportError::folder(&self.dir))
    }

    /// Remove the temporary folder. Whatever cannot be removed now, the next run removes.
    pub(crate) fn drop_partial(&self) {
        let _ = fs::remove_dir_all(&self.partial);
    }

    /// True when an interrupted run left finished batches here.
    ///
    /// ```
    /// # let dir = tempfile::tempdir().unwrap();
    /// assert!(!decalque_export::Folder::open(dir.path()).unwrap().is_resumable());
    /// ```
    pub fn is_resumable(&self) -> bool {
        is_resumable(&self.dir)
    }

    /// Give a file of the temporary folder another name.
    pub(crate) fn rename(&self, from: &str, to: &str) -> Result<(), ExportError> {
        let path = self.partial.join(from);
        let synced = File::open(&path).and_then(|file| file.sync_all());
        synced.and_then(|()| fs::rename(&path, self.partial.join(to))).map_err(ExportError::file(&path))
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), ExportError> {
        self.write_by(name, |out| out.write_all(bytes))
    }

    /// Write a file of the temporary folder: all of it or nothing, and on the disk when this returns.
    pub(crate) fn write_by(
        &self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), ExportError> {
        let (path, new) = (self.partial.join(name), self.partial.join(format!("{name}.new")));
        let written = File::create(&new).and_then(|file| {
            let mut out = BufWriter::new(file);
            write(&mut out)?;
            out.flush()?;
            out.get_ref().sync_all()?;
            fs::rename(&new, &path)
        });
        written.map_err(ExportError::file(&path))
    }

    /// Put the finished files of the temporary folder in the place of those of the run before.
    ///
    /// First it is noted what to move. From then on the new run is the whole one: should this be killed, whoever opens
    /// the folder next completes it.
    pub(crate) fn place(&self, files: &[String]) -> Result<(), ExportError> {
        let stale = ours().filter(|f| !files.contains(f));
        let plan = Move { files: files.to_vec(), stale: stale.collect() };
        plan.check(&self.dir)?;
        sync(&self.partial);
        self.write(MOVE, serde_json::json!(plan).to_string().as_bytes())?;
        sync(&self.partial);
        self.complete_move()
    }

    fn complete_move(&self) -> Result<(), ExportError> {
        let Ok(text) = fs::read(self.partial.join(MOVE)) else { return Ok(()) };
        let Some(plan) = serde_json::from_slice::<Move>(&text).ok().filter(Move::is_ours) else {
            return Ok(());
        };
        for step in plan.steps() {
            step.take(self)?;
        }
        sync(&self.dir);
        self.drop_partial();
        Ok(())
    }
}

/// Complete the move of a run that was killed while its tables went into place. Nothing else is changed.
///
/// # Errors
/// [`ExportError::Busy`] when a run is moving its tables at this moment, [`ExportError::Place`].
///
/// ```
/// # let dir = tempfile::tempdir().unwrap();
/// decalque_export::settle(dir.path()).unwrap(); // nothing to do
/// ```
pub fn settle(dir: &Path) -> Result<(), ExportError> {
    if dir.join(PARTIAL).join(MOVE).is_file() { Folder::open(dir).map(drop) } else { Ok(()) }
}

/// Remove what an interrupted run left in a folder, unless that is whole and only has to be moved.
///
/// ```
/// # let dir = tempfile::tempdir().unwrap();
/// decalque_export::discard(dir.path()); // there is nothing
/// ```
pub fn discard(dir: &Path) {
    let is_whole = dir.join(PARTIAL).join(MOVE).is_file();
    if let Some(folder) = Folder::open(dir).ok().filter(|_| !is_whole) {
        folder.drop_partial();
    }
}

/// True when an interrupted run left finished work in a folder that [`Folder::resume`](crate::Folder::resume) can take
/// up.
///
/// ```
/// # let dir = tempfile::tempdir().unwrap();
/// assert!(!decalque_export::is_resumable(dir.path()));
/// ```
pub fn is_resumable(dir: &Path) -> bool {
    let journal = dir.join(PARTIAL).join(crate::journal::NAME);
    fs::metadata(journal).is_ok_and(|about| about.len() > 0)
}

/// The files that a run may put into a folder, beside its manifest.
fn ours() -> impl Iterator<Item = String> {
    tables().iter().map(crate::Table::file_name).chain([SHARD_JOURNAL, SHARD_STATE].map(str::to_owned))
}

/// What is left to do when all new files are written.
#[derive(Debug, Serialize, Deserialize)]
struct Move {
    /// Tables of the new run.
    files: Vec<String>,
    /// Tables that only an older run had.
    stale: Vec<String>,
}

impl Move {
    /// A file in the folder may say anything: no name but those of our files is followed.
    fn is_ours(&self) -> bool {
        self.files.iter().chain(&self.stale).all(|name| ours().any(|our| our == *name))
    }

    /// What would stop the move half-way is looked for before it begins.
    fn check(&self, dir: &Path) -> Result<(), ExportError> {
        let names = self.files.iter().chain(&self.stale).map(String::as_str).chain([MANIFEST]);
        match names.map(|name| dir.join(name)).find(|path| path.is_dir()) {
            Some(path) => Err(ExportError::place(&path)(io::Error::other("a folder has its name"))),
            None => Ok(()),
        }
    }

    /// The old manifest goes first and the new one comes last: a folder with a manifest holds the tables of one run.
    fn steps(&self) -> Vec<Step<'_>> {
        let moves = self.files.iter().map(|f| Step::Bring(f));
        let removals = self.stale.iter().map(|f| Step::Remove(f));
        let (first, last) = (Step::RemoveManifest, Step::Bring(MANIFEST));
        [first].into_iter().chain(moves).chain(removals).chain([last]).collect()
    }
}

/// One change of the output folder. Each can be taken again: what is done is seen by what is no longer there.
#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    RemoveManifest,
    Bring(&'a str),
    Remove(&'a str),
}

impl Step<'_> {
    fn take(self, folder: &Folder) -> Result<(), ExportError> {
        let (name, done) = match self {
            // The new manifest, once in place, is not removed again.
            Self::RemoveManifest if !folder.partial.join(MANIFEST).exists() => return Ok(()),
            Self::RemoveManifest => (MANIFEST, fs::remove_file(folder.dir.join(MANIFEST))),
            Self::Remove(name) => (name, fs::remove_file(folder.dir.join(name))),
            Self::Bring(name) => (name, fs::rename(folder.partial.join(name), folder.dir.join(name))),
        };
        match done {
            Err(e) if e.kind() != io::ErrorKind::NotFound => {
                Err(ExportError::place(&folder.dir.join(name))(e))
            }
            _ => Ok(()),
        }
    }
}

/// Bring the names in a folder to the disk, where the system can.
fn sync(dir: &Path) {
    let _ = File::open(dir).and_then(|dir| dir.sync_all());
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

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: [&str; 3] = ["sources.parquet", "tokens.parquet", "terms.parquet"];
    const NEW: [&str; 2] = ["sources.parquet", "documents.parquet"];

    /// An old run in place, and a new one written beside it, about to be moved.
    fn about_to_move(dir: &Path) -> (Folder, Move) {
        let folder = Folder::open(dir).unwrap();
        folder.clear().unwrap();
        OLD.iter().chain(&[MANIFEST]).for_each(|name| fs::write(dir.join(name), "old").unwrap());
        fs::write(dir.join("README.md"), "mine").unwrap();
        for name in NEW.iter().chain(&[MANIFEST]) {
            fs::write(folder.partial.join(name), "new").unwrap();
        }
        let stale = ["tokens.parquet", "terms.parquet"].map(str::to_owned).to_vec();
        (folder, Move { files: NEW.map(str::to_owned).to_vec(), stale })
    }

    fn content(dir: &Path) -> Vec<(String, String)> {
        let files = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file());
        let name = |p: &PathBuf| p.file_name().unwrap().to_str().unwrap().to_owned();
        let mut all: Vec<_> = files.map(|p| (name(&p), fs::read_to_string(&p).unwrap())).collect();
        all.sort();
        all
    }

    fn check_new(dir: &Path) {
        let want = [
            ("README.md", "mine"),
            ("documents.parquet", "new"),
            (MANIFEST, "new"),
            ("sources.parquet", "new"),
        ];
        assert_eq!(content(dir), want.map(|(n, c)| (n.to_owned(), c.to_owned())));
        assert!(!dir.join(PARTIAL).exists());
    }

    /// Killed after each of its steps, and killed again while that is repaired, the move ends with the new run.
    #[test]
    fn a_move_killed_anywhere_is_completed() {
        let steps = NEW.len() + 2 + 2;
        for (killed, again) in (0..=steps).flat_map(|a| (0..=steps).map(move |b| (a, b))) {
            let dir = tempfile::tempdir().unwrap();
            let (folder, plan) = about_to_move(dir.path());
            folder.write(MOVE, serde_json::json!(plan).to_string().as_bytes()).unwrap();
            plan.steps().iter().take(killed).for_each(|s| s.take(&folder).unwrap());
            plan.steps().iter().take(again).for_each(|s| s.take(&folder).unwrap());
            drop(folder);
            settle(dir.path()).unwrap();
            check_new(dir.path());
        }
    }

    /// A manifest means one run: with the old one the old tables, with the new one the new.
    #[test]
    fn a_folder_with_a_manifest_is_never_mixed() {
        let dir = tempfile::tempdir().unwrap();
        let (folder, plan) = about_to_move(dir.path());
        for step in plan.steps() {
            step.take(&folder).unwrap();
            let all = content(dir.path());
            let is_whole = all.iter().any(|(name, _)| name == MANIFEST);
            let is_mixed = all.iter().any(|(_, c)| c == "old") && all.iter().any(|(_, c)| c == "new");
            assert!(!(is_whole && is_mixed), "{step:?}: {all:?}");
        }
    }

    #[test]
    fn before_the_note_the_old_run_stays() {
        let dir = tempfile::tempdir().unwrap();
        let (folder, _) = about_to_move(dir.path());
        let before = content(dir.path());
        drop(folder);
        settle(dir.path()).unwrap();
        assert_eq!(content(dir.path()), before);
    }

    #[test]
    fn a_note_that_names_other_files_is_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        let (folder, _) = about_to_move(dir.path());
        let before = content(dir.path());
        for name in ["../mine", "README.md", "/etc/passwd"] {
            let plan = Move { files: vec!["sources.parquet".to_owned()], stale: vec![name.to_owned()] };
            folder.write(MOVE, serde_json::json!(plan).to_string().as_bytes()).unwrap();
            folder.complete_move().unwrap();
            assert_eq!(content(dir.path()), before);
        }
    }
}

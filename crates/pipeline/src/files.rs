//! From what the user named to a sorted list of files.

use crate::Error;
use crate::patterns::Patterns;
use crate::read::{Content, Header};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;
use xxhash_rust::xxh3::Xxh3Default;

/// Something to read, as the user named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file or a folder.
    Path(PathBuf),
    /// Standard input (or any other bytes), by the name its documents get.
    Bytes {
        /// The document's id, or the part before `#`.
        name: String,
        /// All of it.
        bytes: Arc<Vec<u8>>,
    },
    /// The same, too much of it to be kept in memory.
    Spooled {
        /// The document's id, or the part before `#`.
        name: String,
        /// All of it.
        content: Spooled,
    },
}

impl Input {
    /// Take a path, or read standard input to its end; what of it is too much to keep in memory goes to a nameless file in
    /// the system's folder for temporary files.
    ///
    /// ```
    /// let input = decalque_pipeline::Input::open("seeds").unwrap();
    /// assert_eq!(input, decalque_pipeline::Input::Path("seeds".into()));
    /// ```
    ///
    /// # Errors
    /// When standard input cannot be read, or the temporary file not be written.
    pub fn open(argument: impl AsRef<Path>) -> Result<Self, Error> {
        Self::open_in(argument, None)
    }

    /// The same, with another folder for the temporary file.
    ///
    /// ```
    /// let input = decalque_pipeline::Input::open_in("seeds", Some("scratch".as_ref())).unwrap();
    /// assert_eq!(input, decalque_pipeline::Input::Path("seeds".into()));
    /// ```
    ///
    /// # Errors
    /// Those of [`Input::open`].
    pub fn open_in(argument: impl AsRef<Path>, temp_dir: Option<&Path>) -> Result<Self, Error> {
        let path = argument.as_ref();
        if path != Path::new("-") {
            return Ok(Self::Path(path.to_owned()));
        }
        let folder = temp_dir.map_or_else(std::env::temp_dir, Path::to_owned);
        Self::read("stdin", std::io::stdin().lock(), &folder, KEPT)
    }

    /// Read bytes to their end; those beyond `most` to a file in a folder.
    fn read(name: &str, mut from: impl Read, folder: &Path, most: u64) -> Result<Self, Error> {
        let (mut bytes, name) = (Vec::new(), name.to_owned());
        let unread = |source| Error::Input { path: "-".into(), source };
        from.by_ref().take(most + 1).read_to_end(&mut bytes).map_err(unread)?;
        if bytes.len() as u64 <= most {
            return Ok(Self::Bytes { name, bytes: Arc::new(bytes) });
        }
        let unwritten = |e: io::Error| Error::Unpack { folder: folder.to_owned(), reason: io_reason(&e) };
        let mut file = tempfile::tempfile_in(folder).map_err(unwritten)?;
        let mut hash = Xxh3Default::new();
        while !bytes.is_empty() {
            hash.update(&bytes);
            file.write_all(&bytes).map_err(unwritten)?;
            bytes.clear();
            from.by_ref().take(BLOCK).read_to_end(&mut bytes).map_err(unread)?;
        }
        Ok(Self::Spooled { name, content: Spooled { file: Arc::new(file), hash: hash.digest() } })
    }
}

/// What has no path.
fn nameless(name: &str, content: Content) -> File {
    File::new(name.to_owned(), "-".to_owned(), content)
}

/// Bytes of standard input that are kept in memory.
const KEPT: u64 = 64_000_000;
/// Bytes of it that are read at a time.
const BLOCK: u64 = 1 << 20;

/// Bytes in a nameless temporary file.
#[derive(Debug, Clone)]
pub struct Spooled {
    file: Arc<fs::File>,
    hash: u64,
}

impl PartialEq for Spooled {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl Eq for Spooled {}

/// One file to read.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// Path below the input root, with `/`.
    pub(crate) name: String,
    /// Path as reached from where the program stands.
    pub(crate) path: String,
    pub(crate) content: Content,
    /// The columns of a CSV file.
    pub(crate) header: Option<Arc<Header>>,
    /// What the content was decoded from, where that was done for all of it.
    pub(crate) encoding: Option<&'static str>,
}

impl File {
    /// A path that could not be followed, to have a place in the list.
    pub(crate) fn unreadable(bad: &Unreadable) -> Self {
        Self::new(bad.name.clone(), bad.path.clone(), Content::in_memory(Arc::default()))
    }

    fn new(name: String, path: String, content: Content) -> Self {
        Self { name, path, content, header: None, encoding: None }
    }
}

/// A path that could not be followed.
#[derive(Debug, Clone)]
pub(crate) struct Unreadable {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) reason: String,
}

/// All files below the inputs, sorted by name, and what could not be reached.
///
/// Folders are walked in sorted order; links are followed unless they lead back up; hidden files in folders are
/// skipped, as `ls` does, and so are what `patterns` leave out and the folder `skip` (canonical): the run's own output.
pub(crate) fn list(
    inputs: &[Input],
    patterns: &Patterns,
    skip: Option<&Path>,
) -> Result<(Vec<File>, Vec<Unreadable>), Error> {
    if inputs.is_empty() {
        return Err(Error::NoInput("no input was named".to_owned()));
    }
    let (mut files, mut unreadable) = (Vec::new(), Vec::new());
    for input in inputs {
        match input {
            Input::Path(root) => {
                let root = Root { path: root, is_one_of_many: inputs.len() > 1 };
                walk(&root, patterns, skip, &mut files, &mut unreadable)?;
            }
            Input::Bytes { name, bytes } => files.push(nameless(name, Content::in_memory(Arc::clone(bytes)))),
            Input::Spooled { name, content: Spooled { file, hash } } => {
                files.push(nameless(name, Content::given(Arc::clone(file), *hash)));
            }
        }
    }
    if files.is_empty() && unreadable.is_empty() {
        return Err(Error::NoInput("the folders hold no files that are wanted".to_owned()));
    }
    files.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    unreadable.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    Ok((files, unreadable))
}

/// A file or a folder that the user named.
struct Root<'a> {
    path: &'a Path,
    is_one_of_many: bool,
}

fn walk(
    root: &Root<'_>,
    patterns: &Patterns,
    skip: Option<&Path>,
    files: &mut Vec<File>,
    bad: &mut Vec<Unreadable>,
) -> Result<(), Error> {
    fs::symlink_metadata(root.path).map_err(|source| Error::Input { path: root.path.to_owned(), source })?;
    let is_hidden = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().to_string_lossy().starts_with('.');
    let walker = WalkDir::new(root.path).follow_links(true).sort_by_file_name().into_iter();
    let is_skipped = |e: &walkdir::DirEntry| {
        let is_folder = e.file_type().is_dir();
        let is_output = || skip.is_some_and(|s| e.path().canonicalize().is_ok_and(|p| p == s));
        let is_excluded = || e.depth() > 0 && !patterns.wants(&root.name(e.path()), is_folder);
        (is_folder && is_output()) || is_excluded()
    };
    for entry in walker.filter_entry(|e| !is_hidden(e) && !is_skipped(e)) {
        match entry {
            Ok(e) if e.file_type().is_dir() => {}
            Ok(e) if e.file_type().is_file() => files.push(root.file(e.path())),
            Ok(e) => bad.push(root.unreadable(e.path(), "it is neither a file nor a folder")),
            Err(e) => bad.push(root.unreadable(e.path().unwrap_or(root.path), &reason(&e))),
        }
    }
    Ok(())
}

fn reason(error: &walkdir::Error) -> String {
    if error.loop_ancestor().is_some() {
        return "the link leads back to a folder above it".to_owned();
    }
    error.io_error().map_or_else(|| error.to_string(), io_reason)
}

/// What the system said, without its number.
pub(crate) fn io_reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "the file is not there (a dangling link?)".to_owned(),
        std::io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}

impl Root<'_> {
    fn file(&self, path: &Path) -> File {
        File::new(self.name(path), path.display().to_string(), Content::on_disk(path.to_owned()))
    }

    fn unreadable(&self, path: &Path, reason: &str) -> Unreadable {
        Unreadable { name: self.name(path), path: path.display().to_string(), reason: reason.to_owned() }
    }

    /// The path below its root with `/`; below the root's own name when there are several roots. A name that is no
    /// Unicode keeps its readable part.
    fn name(&self, path: &Path) -> String {
        let below = path.strip_prefix(self.path).unwrap_or(path);
        let parts = below.components().map(|c| c.as_os_str().to_string_lossy().into_owned());
        let top = self.path.file_name().map(|n| n.to_string_lossy().into_owned());
        let is_file = below.as_os_str().is_empty();
        let parts: Vec<String> =
            top.filter(|_| self.is_one_of_many || is_file).into_iter().chain(parts).collect();
        if parts.is_empty() { path.display().to_string() } else { parts.join("/") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, survey};

    #[test]
    fn what_is_too_much_for_memory_is_read_from_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let lines: Vec<String> =
            (0..9).map(|n| format!("{{\"id\": {n}, \"text\": \"Line {n}.\"}}")).collect();
        let text = lines.join("\n");
        let read = |most: usize| Input::read("stdin", text.as_bytes(), folder.path(), most as u64).unwrap();
        let (kept, spooled) = (read(text.len()), read(text.len() - 1));
        assert!(matches!(kept, Input::Bytes { .. }) && matches!(spooled, Input::Spooled { .. }));
        assert_eq!(read(1), spooled);
        for input in [kept, spooled] {
            assert_eq!(survey(&[input], &Config::default()).unwrap().documents, 9);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "the file has no name");
        let gone = Input::read("stdin", text.as_bytes(), &folder.path().join("gone"), 1).unwrap_err();
        assert!(gone.to_string().contains("--temp-dir"), "{gone}");
    }
}

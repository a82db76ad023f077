//! What the tests of the program share.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The program, as a shell would start it.
pub(crate) fn decalque() -> Command {
    let mut command = Command::cargo_bin("decalque").unwrap();
    command.env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR");
    command
}

pub(crate) fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds")
}

/// A folder with an input folder `in`; tables go to `out`.
pub(crate) struct Place {
    dir: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("in")).unwrap();
        Self { dir }
    }

    /// With these files in the input folder.
    pub(crate) fn with(files: &[(&str, &[u8])]) -> Self {
        let place = Self::new();
        files.iter().for_each(|(name, bytes)| place.write(name, bytes));
        place
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.input().join(name), bytes).unwrap();
    }

    pub(crate) fn input(&self) -> PathBuf {
        self.dir.path().join("in")
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.dir.path().join("out")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// `decalque run in --out out`, with no other argument yet.
    pub(crate) fn run(&self) -> Command {
        let mut command = decalque();
        command.arg("run").arg(self.input()).arg("--out").arg(self.out());
        command
    }

    pub(crate) fn manifest(&self) -> Value {
        serde_json::from_slice(&fs::read(self.out().join("manifest.json")).unwrap()).unwrap()
    }

    /// The reason an input was rejected, from the manifest.
    pub(crate) fn reason(&self, doc_id: &str) -> Option<String> {
        let manifest = self.manifest();
        let rejected = manifest["rejected"].as_array().unwrap();
        let one = rejected.iter().find(|r| r["doc_id"] == doc_id)?;
        Some(one["reason"].as_str().unwrap().to_owned())
    }
}

/// Names and bytes of the Parquet files of a folder.
pub(crate) fn tables(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let tables = files.filter(|p| p.extension().is_some_and(|e| e == "parquet"));
    let named = |p: PathBuf| (p.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&p).unwrap());
    let mut tables: Vec<_> = tables.map(named).collect();
    tables.sort();
    tables
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A document with one certain repair.
pub(crate) const REPAIRED: &[u8] = b"The Russian foreign Minister left Moscow on Monday.\n";

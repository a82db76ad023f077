//! The parts of a run put together.

use crate::Error;
use crate::config::Config;
use crate::frame;
use crate::origin::Groups;
use crate::progress::Progress;
use crate::run::{About, Clock, complete, pool, tables};
use crate::summary::Summary;
use decalque_export::{Folder, Output, Shard as Folded, discard};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// First bytes of what a part says of itself; the number counts its versions.
const MAGIC: &[u8] = b"decalque part, 2\n";

/// What a part of a run leaves for the merge.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Share {
    /// Which inputs and which settings, by [`crate::resume::key`].
    pub(crate) key: u64,
    /// The chunks it has.
    pub(crate) chunks: Range<usize>,
    /// Chunks of the whole run.
    pub(crate) of: usize,
    /// The ids of its documents, in their order.
    pub(crate) doc_ids: Vec<String>,
    /// Documents of the whole run by source, and by month.
    pub(crate) sources: BTreeMap<String, u32>,
    pub(crate) months: BTreeMap<i32, u32>,
    /// Parts of web archives that are no pages.
    pub(crate) skipped: u64,
    /// The configuration, as JSON.
    pub(crate) config: String,
    pub(crate) inputs: Vec<String>,
}

impl Share {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Into a vector nothing can fail but a length that is not known, and all are.
        let _ = frame::write(MAGIC, self, &mut bytes);
        bytes
    }
}

/// A part, open to be read.
struct Opened {
    path: PathBuf,
    share: Share,
    folder: Folded,
}

/// Put the parts of a run together, in whatever order they are named: the tables in `out` are to the byte those of a run
/// that was not cut.
///
/// # Errors
/// When a folder is no whole part, when parts are missing, twice there, or of different runs, and when the tables cannot
/// be written. The previous tables in `out` are then as they were.
///
/// ```
/// use decalque_pipeline::{Config, Input, Part, Quiet, Shard, gather, merge, run_part};
/// let dir = tempfile::tempdir().unwrap();
/// let [text, known, part, all] = ["a.txt", "known", "part", "all"].map(|name| dir.path().join(name));
/// std::fs::write(&text, "The Russian foreign Minister left.\n").unwrap();
/// let (inputs, config) = ([Input::Path(text)], Config::default());
/// gather(&inputs, &known, Shard::WHOLE, &config, &Quiet).unwrap();
/// let what = Part { evidence: Some(known), shard: Some(Shard::WHOLE) };
/// run_part(&inputs, &part, &what, &config, &Quiet).unwrap();
/// let summary = merge(&[part], &all, &Quiet).unwrap();
/// assert_eq!(summary.documents, 1);
/// ```
pub fn merge(parts: &[PathBuf], out: &Path, progress: &dyn Progress) -> Result<Summary, Error> {
    let mut clock = Clock::start();
    let parts = in_order(parts.iter().map(|path| open(path, out)).collect::<Result<_, _>>()?)?;
    clock.lap("check");
    let folder = Folder::open(out)?;
    let merged = put_together(&parts, folder, clock, progress);
    if merged.is_err() {
        discard(out);
    }
    progress.done();
    merged
}

fn put_together(
    parts: &[Opened],
    folder: Folder,
    mut clock: Clock,
    progress: &dyn Progress,
) -> Result<Summary, Error> {
    let first = &parts.first().ok_or_else(|| Error::Parts("name the folders of the parts".to_owned()))?.share;
    let wrong = |e: serde_json::Error| Error::Parts(format!("the settings of the run cannot be read: {e}"));
    let config: Config = serde_json::from_str(&first.config).map_err(wrong)?;
    let mut output = folder.begin(&tables(&config, false)?)?;
    adopt(parts, &mut output, progress)?;
    clock.lap("merge");
    let groups = Groups::of_counts(&first.sources, &first.months);
    let ids: Vec<&str> = parts.iter().flat_map(|p| &p.share.doc_ids).map(String::as_str).collect();
    let doc_id = |i: usize| ids.get(i).copied().unwrap_or_default();
    let about = About { config: &config, inputs: &first.inputs, skipped: first.skipped, share: None };
    // Those of the machine the parts were made on are not those of this one.
    pool(0)?.install(|| complete(output, (&groups, doc_id), &about, clock))
}

fn open(path: &Path, out: &Path) -> Result<Opened, Error> {
    if path.canonicalize().ok().is_some_and(|p| out.canonicalize().ok() == Some(p)) {
        return Err(Error::OutputIsInput { path: out.to_owned() });
    }
    let folder = Folded::open(path)?;
    let damaged = || Error::Parts(format!("{} is of another version, or damaged", path.display()));
    let share = frame::read(MAGIC, folder.state()).ok_or_else(damaged)?;
    Ok(Opened { path: path.to_owned(), share, folder })
}

/// The parts in the order of their documents; an error unless they are one run, whole.
fn in_order(mut parts: Vec<Opened>) -> Result<Vec<Opened>, Error> {
    // A part without chunks comes before the one that begins where it does.
    parts.sort_by_key(|p| (p.share.chunks.start, p.share.chunks.end));
    let mut end = 0;
    for part in &parts {
        if let Some(reason) = misfit(part, &parts[0], end) {
            return Err(Error::Parts(reason));
        }
        end = part.share.chunks.end;
    }
    match parts.last() {
        Some(last) if end < last.share.of => {
            Err(Error::Parts(format!("the part after {} is missing", last.path.display())))
        }
        _ => Ok(parts),
    }
}

/// Why a part cannot come next, after those of one run that hold the chunks before `end`.
fn misfit(part: &Opened, first: &Opened, end: usize) -> Option<String> {
    let (share, path) = (&part.share, part.path.display());
    if (share.key, share.of) != (first.share.key, first.share.of) {
        return Some(format!("{path} is of other inputs or settings than {}", first.path.display()));
    }
    match share.chunks.start.cmp(&end) {
        Ordering::Greater => Some(format!("the part before {path} is missing")),
        Ordering::Less => Some(format!("{path} has documents that another part has as well")),
        Ordering::Equal => (part.folder.len() != share.chunks.len()).then(|| format!("{path} is not whole")),
    }
}

fn adopt(parts: &[Opened], output: &mut Output, progress: &dyn Progress) -> Result<(), Error> {
    let documents = |part: &Opened| part.share.doc_ids.len() as u64;
    progress.pass("merging", parts.iter().map(documents).sum(), 0);
    for part in parts {
        for n in 0..part.folder.len() {
            if progress.is_stopped() {
                return Err(Error::Stopped);
            }
            output.adopt(&part.folder, n)?;
        }
        progress.advance(documents(part), 0);
    }
    Ok(())
}

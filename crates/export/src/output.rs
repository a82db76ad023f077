//! An output folder being written.

use crate::batch::{Batch, Batches, EncodedBatch, EncodedTerms, Order, Plan};
use crate::columns::columns;
use crate::folder::{Folder, MANIFEST, SHARD_JOURNAL};
use crate::journal::{self, Head, Journal, Mark, borne_out};
use crate::writer::{Encoder, TableFile};
use crate::{ExportError, Table, rows, table, tables};
use decalque_text::Entity;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows of `entities` in one row group, and most of `terms`. Their lists must stay below 2 GiB.
pub const ROWS_A_GROUP: usize = 100_000;

/// What to write.
#[derive(Debug, Clone)]
pub struct Options {
    /// The tables to write; all of them by default.
    pub tables: Vec<&'static Table>,
    /// Declare in the files that rows are sorted by doc_id, which lets readers search and merge without sorting.
    /// Documents must then come in the byte order of their ids, each once: [`ExportError::OutOfOrder`] otherwise.
    /// False by default.
    pub sorted: bool,
    /// The value of `keywords.method`: how keyphrases were ranked.
    pub keyword_method: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { tables: tables().iter().collect(), sorted: false, keyword_method: "decalque".to_owned() }
    }
}

impl Options {
    /// Write only the tables of these names.
    ///
    /// # Errors
    /// [`ExportError::UnknownTable`].
    ///
    /// ```
    /// use decalque_export::Options;
    /// assert_eq!(Options::only(["tokens", "sources"]).unwrap().tables.len(), 2);
    /// assert!(Options::only(["verbs"]).unwrap_err().to_string().contains("sources, documents"));
    /// ```
    pub fn only<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, ExportError> {
        let find =
            |name: &'a str| table(name).ok_or_else(|| ExportError::UnknownTable { name: name.to_owned() });
        let tables = names.into_iter().map(find).collect::<Result<_, _>>()?;
        Ok(Self { tables, ..Self::default() })
    }

    /// The tables to write, in the order of [`tables`], each once.
    pub(crate) fn chosen(&self) -> impl Iterator<Item = &'static Table> {
        tables().iter().filter(|t| self.tables.iter().any(|wanted| wanted.name == t.name))
    }
}

/// An output folder being written. Until [`Output::finish`] the tables of an older run stay whole; dropping the output
/// leaves them so.
///
/// Every batch that is appended is also noted in a journal beside the new files. When the run is interrupted, by a
/// failure or from outside, [`Folder::resume`] goes on after the last of them.
pub struct Output {
    // Files are closed before the folder they are in is removed: the order of these matters.
    files: Vec<TableFile>,
    journal: Journal,
    folder: Folder,
    plan: Arc<Plan>,
    order: Order,
    is_placed: bool,
}

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Output").field("folder", &self.folder.dir).finish_non_exhaustive()
    }
}

impl Folder {
    /// Begin the files of a run in a temporary folder inside this one. What an interrupted run left there goes.
    ///
    /// # Errors
    /// [`ExportError::Folder`] when the folder cannot be written to, [`ExportError::File`] when no file can be made.
    pub fn begin(self, options: &Options) -> Result<Output, ExportError> {
        self.clear()?;
        let made = options.chosen().map(|table| TableFile::create(&self.partial, table, options.sorted));
        let (files, encoders) = made.collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
        let journal = Journal::create(&self.partial)?;
        Ok(Output::new(self, journal, (files, encoders), options, Order::default()))
    }

    /// Go on where an interrupted run stopped: all batches that it finished are in the output as if they had been
    /// appended now. The caller vouches that the options are those of that run, and that it will append what it would
    /// have appended.
    ///
    /// Every byte is compared with the hash in the journal first; what does not fit is cut off.
    ///
    /// # Errors
    /// [`ExportError::File`] when files are missing or cannot be read, [`ExportError::Table`] when they cannot be
    /// taken up. They are then as they were.
    ///
    /// ```
    /// # fn main() -> Result<(), decalque_export::ExportError> {
    /// use decalque_export::{Folder, Options};
    /// use decalque_text::Source;
    /// # let dir = tempfile::tempdir().unwrap();
    /// let mut out = Folder::open(dir.path())?.begin(&Options::default())?;
    /// let mut batch = out.batch();
    /// batch.reject(&Source { doc_id: "a".into(), ..Source::default() });
    /// out.append(batch.encode()?, b"note")?;
    /// drop(out); // interrupted
    /// let out = Folder::open(dir.path())?.resume(&Options::default())?;
    /// let notes = out.notes()?;
    /// assert_eq!(notes.read(notes.place(0))?, b"note");
    /// # Ok(()) }
    /// ```
    pub fn resume(self, options: &Options) -> Result<Output, ExportError> {
        let (mut journal, mut heads) = Journal::open(&self.partial)?;
        let tables: Vec<&'static Table> = options.chosen().collect();
        heads.truncate(heads.iter().take_while(|h| h.marks.len() == tables.len()).count());
        for (i, table) in tables.iter().enumerate() {
            let path = self.partial.join(table.file_name());
            let marks: Vec<&Mark> = heads.iter().filter_map(|h| h.marks.get(i)).collect();
            let good = borne_out(&path, &marks).map_err(ExportError::file(&path))?;
            heads.truncate(good);
        }
        journal.truncate(heads.len())?;
        let resumed = tables.iter().enumerate().map(|(i, table)| {
            let marks = || heads.iter().filter_map(move |h| h.marks.get(i));
            let footers = marks().filter_map(|m| m.footer.as_deref());
            let bytes = marks().next_back().map_or(0, |m| m.bytes);
            TableFile::resume(&self.partial, table, options.sorted, bytes, footers)
        });
        let (files, encoders) = resumed.collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
        let first = heads.iter().find_map(|h| h.order.0.clone());
        let last = heads.iter().rev().find_map(|h| h.order.1.clone());
        Ok(Output::new(self, journal, (files, encoders), options, Order { first, last }))
    }
}

impl Output {
    fn new(
        folder: Folder,
        journal: Journal,
        (files, encoders): (Vec<TableFile>, Vec<Encoder>),
        options: &Options,
        order: Order,
    ) -> Self {
        let (sorted, keyword_method) = (options.sorted, options.keyword_method.clone());
        let plan = Plan { encoders, sorted, keyword_method, for_files: true };
        Self { files, journal, folder, plan: Arc::new(plan), order, is_placed: false }
    }

    /// Open an output folder, making it if there is none, and begin its files: [`Folder::open`] and [`Folder::begin`].
    ///
    /// # Errors
    /// Those of both.
    pub fn create(dir: &Path, options: &Options) -> Result<Self, ExportError> {
        Folder::open(dir)?.begin(options)
    }

    /// An empty batch of rows.
    pub fn batch(&self) -> Batch {
        self.batches().batch()
    }

    /// A maker of batches for other threads.
    pub fn batches(&self) -> Batches {
        Batches(self.plan.clone())
    }

    /// Append a batch, with a note on it for [`Output::notes`]. Call it in the order of the documents.
    ///
    /// # Errors
    /// [`ExportError::Table`] or [`ExportError::File`] when a file cannot be written, [`ExportError::OutOfOrder`].
    pub fn append(&mut self, batch: EncodedBatch, note: &[u8]) -> Result<(), ExportError> {
        if let (Some(first), Some(last)) = (&batch.order.first, &batch.order.last) {
            self.order.step(first, last, self.plan.sorted)?;
        }
        let mut is_new = vec![false; self.files.len()];
        for (i, group) in batch.groups {
            self.files[i].append(group)?;
            is_new[i] = true;
        }
        self.journal(&is_new, (batch.order.first, batch.order.last), note)
    }

    /// Append row groups that are in other files, by their footers.
    pub(crate) fn adopt_groups<'g>(
        &mut self,
        groups: impl Iterator<Item = (&'static Table, &'g File, &'g [u8])>,
        order: (Option<String>, Option<String>),
        note: &[u8],
    ) -> Result<(), ExportError> {
        if let (Some(first), Some(last)) = &order {
            self.order.step(first, last, self.plan.sorted)?;
        }
        let mut is_new = vec![false; self.files.len()];
        for (table, from, footer) in groups {
            if let Some(i) = self.files.iter().position(|f| f.table.name == table.name) {
                self.files[i].replay(from, footer)?;
                is_new[i] = true;
            }
        }
        self.journal(&is_new, order, note)
    }

    /// Note in the journal what was appended to which files.
    fn journal(
        &mut self,
        is_new: &[bool],
        order: (Option<String>, Option<String>),
        note: &[u8],
    ) -> Result<(), ExportError> {
        let marks = self.files.iter_mut().zip(is_new).map(|(file, &is_new)| file.mark(is_new));
        let marks = marks.collect::<Result<_, _>>()?;
        self.journal.append(&Head { marks, order }, note)
    }

    /// The notes on all batches so far.
    ///
    /// # Errors
    /// [`ExportError::File`] when the journal cannot be opened.
    pub fn notes(&self) -> Result<Notes, ExportError> {
        Notes::open(&self.folder.partial, self.journal.notes.clone())
    }

    /// Keep a file for a run that may have to go on in this one's place: [`Folder::kept`].
    ///
    /// # Errors
    /// [`ExportError::File`] when it cannot be written.
    ///
    /// ```
    /// # fn main() -> Result<(), decalque_export::ExportError> {
    /// # let dir = tempfile::tempdir().unwrap();
    /// let out = decalque_export::Output::create(dir.path(), &Default::default())?;
    /// out.keep("evidence", |file| file.write_all(b"what pass 1 found"))?;
    /// # Ok(()) }
    /// ```
    pub fn keep(
        &self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), ExportError> {
        self.folder.write_by(name, write)
    }

    /// A folder for files that are of no use once the run is over; they go with it.
    pub fn scratch(&self) -> &Path {
        &self.folder.partial
    }

    /// Append words of the whole corpus to `terms`, in the order they come: a row group, encoded by [`Batches::terms`].
    ///
    /// # Errors
    /// [`ExportError::Table`] when they cannot be written.
    pub fn terms(&mut self, terms: EncodedTerms) -> Result<(), ExportError> {
        let file = self.files.iter_mut().find(|f| f.table.name == "terms");
        file.zip(terms.0).map_or(Ok(()), |(file, group)| file.append(group))
    }

    /// Append people and organisations of the whole corpus to `entities`, in the order they come; [`ROWS_A_GROUP`] at
    /// a time, if there are more.
    ///
    /// ```
    /// # fn main() -> Result<(), decalque_export::ExportError> {
    /// use decalque_export::{Options, Output};
    /// # let folder = tempfile::tempdir().unwrap();
    /// let mut out = Output::create(folder.path(), &Options::only(["entities"])?)?;
    /// out.entities(&[])?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`ExportError::Table`] when they cannot be encoded or written.
    pub fn entities(&mut self, entities: &[Entity]) -> Result<(), ExportError> {
        let Some(i) = self.files.iter().position(|f| f.table.name == "entities") else { return Ok(()) };
        for part in entities.chunks(ROWS_A_GROUP) {
            if let Some(group) = self.plan.encoders[i].encode(part.len(), columns(rows::entities(part)))? {
                self.files[i].append(group)?;
            }
        }
        Ok(())
    }

    /// Rows appended so far, table by table: for the manifest.
    pub fn rows(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.files.iter().map(|f| (f.table.name, f.rows))
    }

    /// Close the files, write the manifest that `manifest` makes of them, and put all in the place of an older run's,
    /// whose other tables are removed; all else in the folder stays.
    ///
    /// Once everything new is on the disk, a note beside it says what to move. Killed before, the folder holds the old
    /// run; killed after, whoever opens it next completes the move. While files move, there is no `manifest.json`.
    ///
    /// # Errors
    /// [`ExportError::Table`] or [`ExportError::File`] before anything old was touched; [`ExportError::Place`] when
    /// moving failed: before it began, when a folder is in the way, else half-way.
    pub fn finish(
        self,
        manifest: impl FnOnce(&Written) -> serde_json::Value,
    ) -> Result<Written, ExportError> {
        self.finish_with(&[], manifest)
    }

    /// The same, with other files of the temporary folder.
    pub(crate) fn finish_with(
        mut self,
        others: &[&str],
        manifest: impl FnOnce(&Written) -> serde_json::Value,
    ) -> Result<Written, ExportError> {
        let dir = self.folder.dir.clone();
        let mut tables = Vec::with_capacity(self.files.len());
        for file in std::mem::take(&mut self.files) {
            let (name, path, rows) = (file.table.name, dir.join(file.table.file_name()), file.rows);
            let (bytes, hash) = file.close()?;
            tables.push(WrittenTable { name, path, bytes, rows, hash: format!("{hash:016x}") });
        }
        let written = Written { manifest: dir.join(MANIFEST), folder: dir, tables };
        self.folder.write(MANIFEST, format!("{:#}\n", manifest(&written)).as_bytes())?;
        let tables = written.tables.iter().map(|t| format!("{}.parquet", t.name));
        let names: Vec<String> = tables.chain(others.iter().map(|&name| name.to_owned())).collect();
        if others.contains(&SHARD_JOURNAL) {
            self.folder.rename(journal::NAME, SHARD_JOURNAL)?;
        }
        // The files are whole: should the move fail half-way, they must stay until it is completed.
        self.is_placed = true;
        self.folder.place(&names)?;
        Ok(written)
    }
}

impl Drop for Output {
    /// Finished batches stay for [`Folder::resume`]; when there are none, nothing does.
    fn drop(&mut self) {
        if !self.is_placed && self.journal.notes.is_empty() {
            self.files.clear();
            self.folder.drop_partial();
        }
    }
}

/// What was noted on the batches of an output, in their order.
#[derive(Debug)]
pub struct Notes {
    path: PathBuf,
    file: File,
    places: Vec<Range<u64>>,
}

impl Notes {
    fn open(folder: &Path, places: Vec<Range<u64>>) -> Result<Self, ExportError> {
        let path = folder.join(journal::NAME);
        let file = File::open(&path).map_err(ExportError::file(&path))?;
        Ok(Self { path, file, places })
    }

    /// The notes of a journal that is finished, with the heads of its records.
    pub(crate) fn read_finished(path: &Path) -> io::Result<(Self, Vec<Head>)> {
        let (file, places, heads) = Journal::read(path)?;
        Ok((Self { path: path.to_owned(), file, places }, heads))
    }

    /// How many there are.
    #[expect(clippy::len_without_is_empty, reason = "nobody asks")]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// The file they are in.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where in the file the note on batch `n` is, counted from 0; an empty place when there is none.
    pub fn place(&self, n: usize) -> Range<u64> {
        self.places.get(n).cloned().unwrap_or_default()
    }

    /// A part of the file.
    ///
    /// # Errors
    /// [`ExportError::File`] when it cannot be read.
    pub fn read(&self, place: Range<u64>) -> Result<Vec<u8>, ExportError> {
        let mut bytes = vec![0; place.end.saturating_sub(place.start) as usize];
        let mut file = &self.file;
        let read = file.seek(SeekFrom::Start(place.start)).and_then(|_| file.read_exact(&mut bytes));
        read.map_err(ExportError::file(&self.path))?;
        Ok(bytes)
    }
}

/// What a run wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The output folder.
    pub folder: PathBuf,
    /// The manifest.
    pub manifest: PathBuf,
    /// The tables, in the order of [`tables`].
    pub tables: Vec<WrittenTable>,
}

impl Written {
    /// Rows of a table; 0 when it was not written.
    pub fn rows(&self, table: &str) -> u64 {
        self.tables.iter().find(|t| t.name == table).map_or(0, |t| t.rows)
    }

    /// Bytes of all tables.
    pub fn bytes(&self) -> u64 {
        self.tables.iter().map(|t| t.bytes).sum()
    }
}

/// One table of [`Written`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WrittenTable {
    /// Its name.
    pub name: &'static str,
    /// Its file.
    pub path: PathBuf,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Rows in it.
    pub rows: u64,
    /// XXH3-64 of the file, in 16 hexadecimal digits.
    pub hash: String,
}

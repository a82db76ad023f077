//! An output folder being written.

use crate::batch::{Batch, Batches, EncodedBatch, Order, Plan};
use crate::folder::Partial;
use crate::writer::TableFile;
use crate::{ExportError, Table, rows, table, tables};
use decalque_text::{CorpusTerm, Entity};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Terms, or entities, in one row group. Their lists must stay below 2 GiB.
const TERMS_A_GROUP: usize = 100_000;

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
    fn chosen(&self) -> impl Iterator<Item = &'static Table> {
        tables().iter().filter(|t| self.tables.iter().any(|wanted| wanted.name == t.name))
    }
}

/// An output folder being written. Until [`Output::finish`] the tables of an older run stay whole; dropping the output
/// leaves them so.
pub struct Output {
    // Files are closed before the folder they are in is removed: the order of these two matters.
    files: Vec<TableFile>,
    partial: Partial,
    plan: Arc<Plan>,
    order: Order,
}

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Output").field("folder", &self.partial.dir).finish_non_exhaustive()
    }
}

impl Output {
    /// Open an output folder, making it if there is none, and begin its files in a temporary folder inside it.
    ///
    /// Removes what killed runs left there.
    ///
    /// # Errors
    /// [`ExportError::Folder`] when it cannot be written to, [`ExportError::Busy`] when another run is writing there,
    /// [`ExportError::File`] when no file can be made.
    pub fn create(dir: &Path, options: &Options) -> Result<Self, ExportError> {
        let partial = Partial::create(dir)?;
        let (mut files, mut encoders) = (Vec::new(), Vec::new());
        for table in options.chosen() {
            let (file, encoder) = TableFile::create(&partial.path, table, options.sorted)?;
            files.push(file);
            encoders.push(encoder);
        }
        let plan = Plan { encoders, sorted: options.sorted, keyword_method: options.keyword_method.clone() };
        Ok(Self { files, partial, plan: Arc::new(plan), order: Order::default() })
    }

    /// An empty batch of rows.
    pub fn batch(&self) -> Batch {
        self.batches().batch()
    }

    /// A maker of batches for other threads.
    pub fn batches(&self) -> Batches {
        Batches(self.plan.clone())
    }

    /// Append a batch. Call it in the order of the documents.
    ///
    /// # Errors
    /// [`ExportError::Table`] when a file cannot be written, [`ExportError::OutOfOrder`].
    pub fn append(&mut self, batch: EncodedBatch) -> Result<(), ExportError> {
        if let (Some(first), Some(last)) = (&batch.order.first, &batch.order.last) {
            self.order.step(first, last, self.plan.sorted)?;
        }
        for (i, group) in batch.groups {
            self.files[i].append(group)?;
        }
        Ok(())
    }

    /// Append words of the whole corpus to `terms`, in the order they come.
    ///
    /// # Errors
    /// [`ExportError::Table`] when they cannot be encoded or written.
    pub fn terms(&mut self, terms: &[CorpusTerm]) -> Result<(), ExportError> {
        let Some(i) = self.files.iter().position(|f| f.table.name == "terms") else { return Ok(()) };
        for part in terms.chunks(TERMS_A_GROUP) {
            if let Some(group) = self.plan.encoders[i].encode(part.len(), rows::terms(part))? {
                self.files[i].append(group)?;
            }
        }
        Ok(())
    }

    /// Append people and organisations of the whole corpus to `entities`, in the order they come.
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
        for part in entities.chunks(TERMS_A_GROUP) {
            if let Some(group) = self.plan.encoders[i].encode(part.len(), rows::entities(part))? {
                self.files[i].append(group)?;
            }
        }
        Ok(())
    }

    /// Rows appended so far, table by table: for the manifest.
    pub fn rows(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.files.iter().map(|f| (f.table.name, f.rows))
    }

    /// Close the files and put them in the place of an older run's, whose other tables are removed; all else in the
    /// folder stays. `manifest.json` is removed first and written last, so that a folder that has one is whole.
    ///
    /// # Errors
    /// [`ExportError::Table`] or [`ExportError::File`] before anything old was touched; [`ExportError::Place`] when
    /// moving failed half-way.
    pub fn finish(self, manifest: &serde_json::Value) -> Result<Written, ExportError> {
        let Self { partial, files, .. } = self;
        let mut tables = Vec::with_capacity(files.len());
        for file in files {
            let (name, path, rows) = (file.table.name, partial.dir.join(file.table.file_name()), file.rows);
            tables.push(WrittenTable { name, path, bytes: file.close()?, rows });
        }
        partial.write_manifest(manifest)?;
        let names: Vec<String> = tables.iter().map(|t| format!("{}.parquet", t.name)).collect();
        let folder = partial.place(&names)?;
        Ok(Written { manifest: folder.join("manifest.json"), folder, tables })
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
}

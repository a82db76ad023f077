//! Rows of some documents, on their way to one row group a table.

use crate::ExportError;
use crate::columns::{Texts, columns};
use crate::places::Places;
use crate::rows::{
    Corrections, Documents, Keywords, Mentions, Quotes, Rows, Sentences, Sources, TermRows, Tokens,
};
use crate::writer::{Encoder, RowGroup};
use decalque_text::{Record, Source};
use std::sync::Arc;

/// Bytes of text that a batch of an output has room for from the start.
const ROOM: usize = 8 << 20;

/// Longest text, and largest dictionary of a batch, in bytes: positions and Parquet pages count in `i32`. A page takes a
/// few bytes more than its text.
const MAX_BYTES: usize = i32::MAX as usize - 64;

/// What all batches of an output share.
#[derive(Debug)]
pub(crate) struct Plan {
    /// One a table, in the order of [`crate::tables`]; only those that are written.
    pub(crate) encoders: Vec<Encoder>,
    pub(crate) sorted: bool,
    pub(crate) keyword_method: String,
    /// The rows are for a file: what can be is laid down as it comes, and no array can be made of it.
    pub(crate) for_files: bool,
}

impl Plan {
    /// Bytes of text that a batch has room for from the start: what is handed on as it is has none to spare.
    pub(crate) const fn room(&self) -> usize {
        if self.for_files { ROOM } else { 0 }
    }

    /// An empty column of whole texts.
    pub(crate) fn texts(&self, is_nullable: bool) -> Texts {
        Texts::new(self.for_files, is_nullable, self.room())
    }
}

/// Makes batches; can be cloned and sent to any thread.
///
/// ```
/// # fn main() -> Result<(), decalque_export::ExportError> {
/// # use decalque_export::{Options, Output};
/// # let folder = tempfile::tempdir().unwrap();
/// let mut out = Output::create(folder.path(), &Options::default())?;
/// let batches = out.batches();
/// let encoded = std::thread::spawn(move || batches.batch().encode()).join().unwrap()?;
/// out.append(encoded, b"")?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Batches(pub(crate) Arc<Plan>);

impl Batches {
    /// An empty batch.
    pub fn batch(&self) -> Batch {
        Batch::new(self.0.clone())
    }

    /// Encode words of the whole corpus as one row group of `terms`, to be appended by
    /// [`Output::terms`](crate::Output::terms). At most [`ROWS_A_GROUP`](crate::ROWS_A_GROUP) of them: their lists must
    /// stay below 2 GiB.
    ///
    /// ```
    /// # fn main() -> Result<(), decalque_export::ExportError> {
    /// # use decalque_export::{Options, Output, TermRows};
    /// # let folder = tempfile::tempdir().unwrap();
    /// let mut out = Output::create(folder.path(), &Options::default())?;
    /// let encoded = out.batches().terms(TermRows::default())?;
    /// out.terms(encoded)?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`ExportError::Table`] when encoding fails.
    pub fn terms(&self, rows: TermRows) -> Result<EncodedTerms, ExportError> {
        let encoders = &self.0.encoders;
        let Some(i) = encoders.iter().position(|e| e.table.name == "terms") else {
            return Ok(EncodedTerms(None));
        };
        let group = encoders[i].encode(rows.len(), columns(rows.into_arrays()))?;
        Ok(EncodedTerms(group))
    }
}

/// Words of the whole corpus, encoded and compressed, to be appended by [`Output::terms`](crate::Output::terms).
#[derive(Debug)]
pub struct EncodedTerms(pub(crate) Option<RowGroup>);

/// Rows by table, each with the place of its encoder in the plan.
type Tables = Vec<(usize, Box<dyn Rows>)>;

/// Rows of some documents. They become one row group of each table, so the cut of documents into batches decides the
/// bytes of the files; which thread fills a batch does not.
///
/// Some 2 to 8 MB of text a batch is a good measure: below 100 MB of memory, and row groups that readers like.
#[derive(Debug)]
pub struct Batch {
    plan: Arc<Plan>,
    sources: Option<(usize, Box<Sources>)>,
    /// The other tables.
    others: Tables,
    order: Order,
    /// The first thing that went wrong; told by `encode`.
    failure: Option<ExportError>,
}

impl Batch {
    fn new(plan: Arc<Plan>) -> Self {
        let mut sources = None;
        let mut others = Vec::new();
        for (i, encoder) in plan.encoders.iter().enumerate() {
            match encoder.table.name {
                "sources" => sources = Some((i, Box::new(Sources::new(&plan)))),
                name => others.extend(rows(name, &plan).map(|rows| (i, rows))),
            }
        }
        Self { plan, sources, others, order: Order::default(), failure: None }
    }

    /// Append the rows of an accepted document to every table.
    ///
    /// A document that no table can hold (2 GiB of text) leaves no row; [`Batch::encode`] then tells of it.
    pub fn push(&mut self, record: &Record<'_>) {
        let longest = record.source.raw_text.len().max(record.corpus.clean().len());
        if !self.admit(record.source, longest) {
            return;
        }
        let mut places = Places::new(record);
        if let Some((_, sources)) = &mut self.sources {
            sources.push(record, &mut places);
        }
        for (_, rows) in &mut self.others {
            rows.push(record, &mut places);
        }
        let dictionary = self.others.iter().map(|(_, rows)| rows.bytes()).max().unwrap_or(0);
        self.check_size(record.source, dictionary);
    }

    /// Append a rejected document: a row of `sources` without text, and of no other table.
    pub fn reject(&mut self, source: &Source) {
        if self.admit(source, 0)
            && let Some((_, sources)) = &mut self.sources
        {
            sources.reject(source);
        }
    }

    /// True when no document was appended.
    pub fn is_empty(&self) -> bool {
        self.order.last.is_none()
    }

    /// Encode and compress the rows, one row group a table: the costly part, so call it on the thread that filled the
    /// batch.
    ///
    /// # Errors
    /// [`ExportError::TooLarge`], [`ExportError::OutOfOrder`], and [`ExportError::Table`] when encoding fails.
    pub fn encode(self) -> Result<EncodedBatch, ExportError> {
        let (plan, tables, order) = self.into_tables()?;
        let mut groups = Vec::with_capacity(plan.encoders.len());
        for (i, rows) in tables {
            let group = plan.encoders[i].encode(rows.len(), rows.into_columns())?;
            groups.extend(group.map(|group| (i, group)));
        }
        Ok(EncodedBatch { groups, order })
    }

    /// The rows of each table, with the place of its encoder in the plan; or what went wrong first.
    pub(crate) fn into_tables(self) -> Result<(Arc<Plan>, Tables, Order), ExportError> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let sources = self.sources.map(|(i, rows)| (i, rows as Box<dyn Rows>));
        Ok((self.plan, sources.into_iter().chain(self.others).collect(), self.order))
    }

    /// Whether a document can be appended; notes why not.
    fn admit(&mut self, source: &Source, longest: usize) -> bool {
        let longest = longest.max(source.metadata.as_ref().map_or(0, String::len));
        self.check_size(source, longest);
        let order = self.order.step(&source.doc_id, &source.doc_id, self.plan.sorted);
        self.note(order);
        self.failure.is_none()
    }

    fn check_size(&mut self, source: &Source, bytes: usize) {
        if bytes > MAX_BYTES {
            self.note(Err(ExportError::TooLarge { doc_id: source.doc_id.clone(), bytes: bytes as u64 }));
        }
    }

    fn note(&mut self, result: Result<(), ExportError>) {
        if let (None, Err(failure)) = (&self.failure, result) {
            self.failure = Some(failure);
        }
    }
}

/// The rows of a table that records fill; none for `terms` and `entities`, which the whole corpus fills.
fn rows(table: &str, plan: &Plan) -> Option<Box<dyn Rows>> {
    Some(match table {
        "documents" => Box::new(Documents::new(plan)),
        "sentences" => Box::<Sentences>::default(),
        "tokens" => Box::new(Tokens::new(plan)),
        "corrections" => Box::<Corrections>::default(),
        "quotes" => Box::<Quotes>::default(),
        "keywords" => Box::new(Keywords::new(&plan.keyword_method)),
        "mentions" => Box::<Mentions>::default(),
        _ => return None,
    })
}

/// A batch, encoded and compressed, to be appended by [`Output::append`](crate::Output::append).
#[derive(Debug)]
pub struct EncodedBatch {
    /// Row groups, each with the place of its table in the plan.
    pub(crate) groups: Vec<(usize, RowGroup)>,
    pub(crate) order: Order,
}

/// First and last document of what came so far.
#[derive(Debug, Default)]
pub(crate) struct Order {
    pub(crate) first: Option<String>,
    pub(crate) last: Option<String>,
}

impl Order {
    /// Add the documents from `first` to `last`; an error when they must be sorted and are not.
    pub(crate) fn step(&mut self, first: &str, last: &str, sorted: bool) -> Result<(), ExportError> {
        match &self.last {
            Some(before) if sorted && before.as_str() >= first => {
                return Err(ExportError::OutOfOrder { doc_id: first.to_owned(), after: before.clone() });
            }
            Some(_) => {}
            None => self.first = Some(first.to_owned()),
        }
        self.last = Some(last.to_owned());
        Ok(())
    }
}

//! Pass 2 over batches of documents.

use super::input::Documents;
use super::sealed;
use crate::Error;
use crate::budget::Budget;
use crate::config::Config;
use crate::counts::Counts;
use crate::document::{Analysts, Settings};
use crate::origin::Groups;
use crate::read::Columns;
use crate::run::accept;
use crate::worker::Worker;
use arrow::array::RecordBatch;
use decalque_evidence::Evidence;
use decalque_export::{Batches, ExportError, Options, is_in_shards, tables};
use decalque_mention::{Finder, Known};
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Record batches by the names of their tables.
type Records = BTreeMap<&'static str, RecordBatch>;

/// Pass 2 with the evidence of a corpus: make one for each partition, then hand it the partition's batches.
///
/// The evidence, what is derived from it, and the words met so far are kept from batch to batch, by a thread of its own:
/// that lets one part borrow from another. Calls may come from any thread; they are answered one after the other. The
/// thread ends when the value is dropped.
///
/// Every method gives one table of `decalque schema`, with its Arrow schema ([`decalque_export::Table::arrow_schema`]) and
/// its rows in the order of the documents.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use arrow::array::{ArrayRef, RecordBatch, StringArray};
/// # use decalque_pipeline::batch::{Stages, evidence};
/// # use decalque_pipeline::Config;
/// # use std::sync::Arc;
/// # let column = |value: &str| -> ArrayRef { Arc::new(StringArray::from(vec![value])) };
/// # let documents = [("doc_id", column("a")), ("text", column("“We agree,” said Anna Petrova."))];
/// # let documents = RecordBatch::try_from_iter(documents)?;
/// let config = Config::default();
/// let stages = Stages::new(&config, &evidence(&documents, &config)?)?;
/// assert_eq!(stages.sentences(&documents)?.num_rows(), 1);
/// assert_eq!(stages.quotes(&documents)?.num_rows(), 1);
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct Stages {
    requests: Sender<Request>,
    /// The process that made it: a forked one has no such thread.
    process: u32,
}

/// Documents, and the tables that are wanted of them.
struct Request {
    documents: RecordBatch,
    options: Options,
    answer: Sender<Result<Records, Error>>,
}

impl Stages {
    /// Take evidence, one row or several, of [`evidence`](super::evidence) or [`merge_evidence`](super::merge_evidence):
    /// that of the whole corpus, gathered with the same settings. [`Config::tables`] does not count here.
    ///
    /// # Errors
    /// [`Error::Column`] and [`Error::EvidenceCell`] when this is no evidence, [`Error::Stages`] when the thread cannot be
    /// started, and when a setting is impossible.
    ///
    /// ```
    /// # use arrow::array::{RecordBatch, new_empty_array};
    /// # use arrow::datatypes::DataType;
    /// use decalque_pipeline::batch::Stages;
    /// let nothing = RecordBatch::try_from_iter([("evidence", new_empty_array(&DataType::Binary))]).unwrap();
    /// assert!(Stages::new(&Default::default(), &nothing).is_ok());
    /// ```
    pub fn new(config: &Config, evidence: &RecordBatch) -> Result<Self, Error> {
        config.check()?;
        let (settings, columns) = (Settings::new(config)?, Columns::new(config));
        let evidence = sealed::merged(evidence)?.freeze();
        let words = Budget::of(config.memory_mb, 1, 0).words;
        let (requests, inbox) = channel();
        let work = move || serve(&evidence, settings, &columns, words, &inbox);
        let started = thread::Builder::new().name("decalque".to_owned()).spawn(work);
        started.map_err(|e| Error::Stages(format!("cannot be started: {e}")))?;
        Ok(Self { requests, process: std::process::id() })
    }

    /// Several tables of one pass over the documents, by their names; all that documents fill when none is named.
    ///
    /// # Errors
    /// [`Error::Column`] when a column of the documents is missing or wrong; [`Error::Export`] for names of no table and
    /// when the rows do not fit a record batch; [`Error::Stages`] for `terms` and `entities`, and in a forked process.
    ///
    /// ```
    /// # use arrow::array::{ArrayRef, RecordBatch, StringArray};
    /// # use decalque_pipeline::batch::{Stages, evidence};
    /// # use std::sync::Arc;
    /// # let column = |value: &str| -> ArrayRef { Arc::new(StringArray::from(vec![value])) };
    /// # let documents = [("doc_id", column("a")), ("text", column("The river froze."))];
    /// # let documents = RecordBatch::try_from_iter(documents).unwrap();
    /// # let config = Default::default();
    /// # let stages = Stages::new(&config, &evidence(&documents, &config).unwrap()).unwrap();
    /// let tables = stages.tables(&documents, &["tokens", "mentions"]).unwrap();
    /// assert_eq!((tables["tokens"].num_rows(), tables["mentions"].num_rows()), (4, 0));
    /// ```
    pub fn tables(&self, documents: &RecordBatch, names: &[&str]) -> Result<Records, Error> {
        let gone = || Error::Stages("have ended: make them anew, in the process that uses them".to_owned());
        let (options, (answer, answers)) = (options(names)?, channel());
        let request = Request { documents: documents.clone(), options, answer };
        if self.process != std::process::id() || self.requests.send(request).is_err() {
            return Err(gone());
        }
        answers.recv().unwrap_or_else(|_| Err(gone()))
    }

    fn one(&self, documents: &RecordBatch, name: &str) -> Result<RecordBatch, Error> {
        let table = self.tables(documents, &[name])?.remove(name);
        table.ok_or_else(|| ExportError::UnknownTable { name: name.to_owned() }.into())
    }
}

/// One method a table, each with what it says of itself.
macro_rules! stages {
    ($($table:ident: $rows:literal, $example:literal, $n:literal;)*) => {
        impl Stages {$(
            #[doc = concat!("The table `", stringify!($table), "`: ", $rows, ".")]
            ///
            /// # Errors
            /// Those of [`Stages::tables`].
            ///
            /// ```
            /// # use arrow::array::{ArrayRef, RecordBatch, StringArray};
            /// # use decalque_pipeline::batch::{Stages, evidence};
            /// # use std::sync::Arc;
            /// let column = |value: &str| -> ArrayRef { Arc::new(StringArray::from(vec![value])) };
            #[doc = concat!("let text = column(\"", $example, "\");")]
            /// let documents = RecordBatch::try_from_iter([("doc_id", column("a")), ("text", text)]).unwrap();
            /// # let config = Default::default();
            /// # let stages = Stages::new(&config, &evidence(&documents, &config).unwrap()).unwrap();
            #[doc = concat!("let rows = stages.", stringify!($table), "(&documents).unwrap().num_rows();")]
            #[doc = concat!("assert_eq!(rows, ", $n, ");")]
            /// ```
            pub fn $table(&self, documents: &RecordBatch) -> Result<RecordBatch, Error> {
                self.one(documents, stringify!($table))
            }
        )*}
    };
}

stages! {
    sources: "a row for every document, rejected ones too, with the text that raw positions point into", " ", 1;
    documents: "a row for every document, with its repaired text", "The river froze.", 1;
    sentences: "a row for every sentence", "It rained. Then the sun came out.", 2;
    tokens: "a row for every word, number and mark", "The river froze.", 4;
    corrections: "a row for every repair, those that were only suggested or were refused too",
        "The Russian foreign Minister left.", 1;
    quotes: "a row for everything that somebody said", "“We agree,” said Anna Petrova.", 1;
    keywords: "a row for every keyphrase", "Nothing is said here.", 0;
    mentions: "a row for every name of a person or an organisation", "Anna Petrova waved.", 1;
}

/// What to make: the tables of these names, if documents fill them.
fn options(names: &[&str]) -> Result<Options, Error> {
    let options = if names.is_empty() { Options::default() } else { Options::only(names.iter().copied())? };
    if let Some(table) = options.tables.iter().find(|t| !is_in_shards(t)).filter(|_| !names.is_empty()) {
        let name = table.name;
        return Err(Error::Stages(format!("cannot make the table {name}: it is of the whole corpus")));
    }
    let tables = tables().iter().filter(|t| is_in_shards(t) && options.tables.contains(t)).collect();
    Ok(Options { tables, keyword_method: decalque_keyword::METHOD.to_owned(), ..options })
}

/// What the thread does: answer until nobody can ask any more.
fn serve(
    evidence: &Evidence,
    mut settings: Settings,
    columns: &Columns,
    words: usize,
    inbox: &Receiver<Request>,
) {
    let (known, mut worker) = (Known::new(evidence), Worker::default());
    let (mut analysts, mut finder) = (Analysts::new(evidence), Finder::new(&known));
    for request in inbox {
        settings.want(request.options.tables.iter().map(|t| t.name));
        let records = records(&request, columns, (&mut analysts, &mut finder), &mut worker, &settings);
        // When nobody waits for it any more, nothing is lost.
        let _ = request.answer.send(records);
        if worker.forget(words).is_some() {
            (analysts, finder) = (Analysts::new(evidence), Finder::new(&known));
        }
    }
}

fn records(
    request: &Request,
    columns: &Columns,
    (analysts, finder): (&mut Analysts, &mut Finder),
    worker: &mut Worker,
    settings: &Settings,
) -> Result<Records, Error> {
    let mut batch = Batches::detached(&request.options)?.batch();
    // What a run counts of its documents goes with them.
    let (mut counts, groups) = (Counts::default(), Groups::default());
    for (i, (source, fields)) in Documents::of(&request.documents, columns)?.iter().enumerate() {
        if source.is_ok {
            let document = (i, &source, fields, decalque_tokenize::language(&source.raw_text));
            accept(document, (analysts, finder, &groups), worker, settings, &mut batch, &mut counts);
        } else {
            batch.reject(&source);
        }
    }
    Ok(batch.into_record_batches()?.into_iter().map(|(table, record)| (table.name, record)).collect())
}

//! The whole job: documents in, tables out.

use crate::Error;
use crate::aside::Aside;
use crate::budget::Budget;
use crate::config::Config;
use crate::corpus::Corpus;
use crate::counts::{Counts, Stage, Totals, Watch};
use crate::document::{Analysts, Finished, Prepared, Settings, finish, learn, own_facts, prepare};
use crate::entities::{link_speakers, mentions};
use crate::files::Input;
use crate::origin::Groups;
use crate::progress::Progress;
use crate::resume::{self, State};
use crate::summary::Summary;
use crate::turns::Turns;
use crate::worker::Worker;
use decalque_evidence::{Evidence, Facts, Gathered};
use decalque_export::{Batch, Batches, EncodedBatch, ExportError, Folder, Options as Tables, Output};
use decalque_mention::{Finder, Known};
use decalque_text::{Lang, Mention, Metadata, Record, Source, Span, View};
use rayon::ThreadPool;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

/// Read the inputs, repair them, and write the tables to `out`.
///
/// Bad documents do not stop a run: they become rows of `sources` with a reason and are listed in the summary. The
/// tables are the same to the byte for any number of threads.
///
/// # Errors
/// When there is nothing to read, a setting is impossible, or the output cannot be written. The previous tables in
/// `out` are then as they were.
///
/// ```
/// use decalque_pipeline::{run, Config, Input, Quiet};
/// let dir = tempfile::tempdir().unwrap();
/// std::fs::write(dir.path().join("a.txt"), "The Russian foreign Minister left.\n").unwrap();
/// let out = dir.path().join("tables");
/// let summary = run(&[Input::Path(dir.path().into())], &out, &Config::default(), &Quiet).unwrap();
/// assert_eq!((summary.documents, summary.corrections["casing"].applied), (1, 1));
/// ```
pub fn run(inputs: &[Input], out: &Path, config: &Config, progress: &dyn Progress) -> Result<Summary, Error> {
    config.check()?;
    let settings = Settings::new(config)?;
    let pool = pool(config.threads)?;
    let folder = Folder::open(out)?;
    let canonical = out.canonicalize().ok();
    if inputs.iter().any(|i| matches!(i, Input::Path(p) if p.canonicalize().ok() == canonical)) {
        return Err(Error::OutputIsInput { path: out.to_owned() });
    }
    let mut clock = Clock::start();
    let corpus = pool.install(|| Corpus::find(inputs, config, canonical.as_deref()))?;
    clock.lap("find");
    let key = resume::key(&corpus, config, &settings.files)?;
    let job = Job::new(&corpus, settings, config.memory_mb, progress, pool.current_num_threads());
    let (mut output, evidence) = job.begin(folder, key, config, &pool)?;
    clock.lap("gather");
    let groups = Groups::new(&evidence);
    job.write(&pool, (&evidence, &groups), &mut output)?;
    drop(evidence);
    clock.lap("repair and write");
    let totals = Totals::read(&output)?;
    let mut summary = totals.write(&mut output, &groups, |i| corpus.doc_id(i).to_owned())?;
    summary.skipped = corpus.skipped();
    clock.lap("terms");
    (summary.folder, summary.seconds) = (out.to_owned(), clock.laps);
    let names = names(inputs);
    let written = output.finish(|written| summary.manifest(config, &names, written))?;
    summary.written(&written);
    progress.done();
    Ok(summary)
}

/// What an interrupted run left, if it is wanted and fits.
fn resumable(folder: &Folder, key: u64, config: &Config, progress: &dyn Progress) -> Option<State> {
    let (left, state) = (folder.is_resumable(), if config.resume { resume::kept(folder, key) } else { None });
    match (config.resume, &state) {
        (true, Some(_)) => {}
        (true, None) if left => progress.notice(
            "nothing is resumed: the inputs or the settings are not those of the interrupted run; all begins anew",
        ),
        (true, None) => progress.notice("nothing is resumed: no run was interrupted here, or none had finished a part"),
        (false, _) if left => progress.notice("what an interrupted run had finished here is removed; --resume would have taken it up"),
        (false, _) => {}
    }
    state
}

fn options(config: &Config) -> Result<Tables, ExportError> {
    let all = config.tables.is_empty();
    let tables =
        if all { Tables::default() } else { Tables::only(config.tables.iter().map(String::as_str))? };
    Ok(Tables { sorted: true, keyword_method: decalque_keyword::METHOD.to_owned(), ..tables })
}

fn names(inputs: &[Input]) -> Vec<String> {
    let name = |i: &Input| match i {
        Input::Path(p) => p.display().to_string(),
        Input::Bytes { name, .. } => name.clone(),
    };
    inputs.iter().map(name).collect()
}

pub(crate) fn pool(threads: usize) -> Result<ThreadPool, Error> {
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
    builder.build().map_err(|source| Error::Threads { threads, source })
}

struct Clock {
    last: Instant,
    laps: Vec<(&'static str, f64)>,
}

impl Clock {
    fn start() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, name: &'static str) {
        self.laps.push((name, self.last.elapsed().as_secs_f64()));
        self.last = Instant::now();
    }
}

/// What pass 1 remembers of a document for pass 2.
#[derive(Debug, Clone, Copy)]
struct Seen {
    content_hash: u64,
    /// None in a run that was resumed: it is then found anew.
    language: Option<(Lang, f64)>,
}

struct Job<'a> {
    corpus: &'a Corpus,
    settings: Settings,
    progress: &'a dyn Progress,
    workers: Vec<Mutex<Worker>>,
    seen: Vec<OnceLock<Seen>>,
    /// The thread that keeps a chunk's documents from pass 1.
    keepers: Vec<OnceLock<usize>>,
    /// Bytes that may still be kept.
    room: AtomicUsize,
    budget: Budget,
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'a> Job<'a> {
    fn new(
        corpus: &'a Corpus,
        settings: Settings,
        memory_mb: usize,
        progress: &'a dyn Progress,
        threads: usize,
    ) -> Self {
        let workers = (0..threads).map(|_| Mutex::default()).collect();
        let seen = (0..corpus.len()).map(|_| OnceLock::new()).collect();
        let keepers = corpus.chunks().iter().map(|_| OnceLock::new()).collect();
        let budget = Budget::of(memory_mb, threads, corpus.len());
        let room = AtomicUsize::new(budget.kept);
        Self { corpus, settings, progress, workers, seen, keepers, room, budget }
    }

    /// An output with what pass 1 found: of an interrupted run, if that is wanted and fits, else found now.
    fn begin(
        &self,
        folder: Folder,
        key: u64,
        config: &Config,
        pool: &ThreadPool,
    ) -> Result<(Output, Evidence), Error> {
        if let Some(state) = resumable(&folder, key, config, self.progress) {
            return Ok((folder.resume(&options(config)?)?, self.recall(state)));
        }
        let output = folder.begin(&options(config)?)?;
        let evidence = self.gather(pool, &output)?;
        resume::keep(&output, key, self.hashes(), &evidence)?;
        Ok((output, evidence))
    }

    /// Pass 1: every thread takes chunks as they come and counts; the counts merge in any order.
    fn gather(&self, pool: &ThreadPool, output: &Output) -> Result<Evidence, Error> {
        self.progress.pass("reading", self.corpus.len() as u64, self.corpus.bytes());
        let (next, aside) = (AtomicUsize::new(0), Aside::new(output.scratch(), self.budget.gathered));
        let parts = pool.broadcast(|thread| {
            let (mut worker, mut gathered) = (lock(&self.workers[thread.index()]), Gathered::default());
            while let Some((n, chunk)) = self.next_chunk(&next) {
                let _ = self.keepers[n].set(thread.index());
                chunk.for_each(|i| self.gather_one(i, &mut worker, &mut gathered));
                worker.forget(self.budget.words);
                aside.relieve(&mut gathered)?;
            }
            Ok(gathered)
        });
        let parts = parts.into_iter().collect::<Result<Vec<Gathered>, Error>>()?;
        if self.progress.is_stopped() { Err(Error::Stopped) } else { aside.freeze(parts) }
    }

    /// The next chunk of pass 1; none at the end, and when the run is to stop.
    fn next_chunk(&self, next: &AtomicUsize) -> Option<(usize, Range<usize>)> {
        let n = next.fetch_add(1, Ordering::Relaxed);
        let chunk = self.corpus.chunks().get(n).filter(|_| !self.progress.is_stopped())?;
        Some((n, chunk.clone()))
    }

    /// The content hash of every document that was read.
    fn hashes(&self) -> Vec<Option<u64>> {
        self.seen.iter().map(|s| s.get().map(|s| s.content_hash)).collect()
    }

    /// Take up what pass 1 of an interrupted run found.
    fn recall(&self, state: State) -> Evidence {
        for (seen, hash) in self.seen.iter().zip(state.hashes) {
            if let Some(content_hash) = hash {
                let _ = seen.set(Seen { content_hash, language: None });
            }
        }
        state.evidence
    }

    fn gather_one(&self, i: usize, worker: &mut Worker, gathered: &mut Gathered) {
        let (source, fields) = self.corpus.load(i);
        if source.is_ok {
            let language = decalque_tokenize::language(&source.raw_text);
            let _ = self.seen[i].set(Seen { content_hash: source.content_hash, language: Some(language) });
            let (prepared, mut facts) = learn(&source, &fields, language, worker, &self.settings, gathered);
            if self.has_room(prepared.bytes()) {
                (facts.stems, facts.lines) = (Vec::new(), Vec::new());
                worker.keep(i, prepared, facts);
            }
        }
        self.progress.advance(1, self.corpus.size(i));
    }

    fn has_room(&self, bytes: usize) -> bool {
        let left =
            self.room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |room| room.checked_sub(bytes));
        left.is_ok()
    }

    /// The first chunk that nobody has taken and that this thread keeps; else, the first that nobody has taken. Each thread takes its chunks in
    /// ascending order, so the first unfinished chunk is always being worked on and turns cannot wait for each other.
    fn claim(&self, free: &Mutex<BTreeSet<usize>>, thread: usize) -> Option<usize> {
        let mut free = lock(free);
        let mine = free.iter().copied().find(|&n| self.keepers[n].get() == Some(&thread));
        let n = mine.or_else(|| free.first().copied())?;
        free.remove(&n);
        Some(n)
    }

    /// Pass 2: chunks are worked on in parallel and appended in order, those after the ones the output has.
    fn write(
        &self,
        pool: &ThreadPool,
        (evidence, groups): (&Evidence, &Groups),
        output: &mut Output,
    ) -> Result<(), Error> {
        let (first, batches) = (output.notes()?.len(), output.batches());
        self.begin_pass_2(first);
        let free = Mutex::new((first..self.corpus.chunks().len()).collect());
        let known = Known::new(evidence);
        let turns = Turns::new(output, first);
        pool.broadcast(|thread| {
            let mut worker = lock(&self.workers[thread.index()]);
            let (mut analysts, mut finder) = (Analysts::new(evidence), Finder::new(&known));
            while let Some(n) = self.claim(&free, thread.index()) {
                let chunk = &self.corpus.chunks()[n];
                let _guard = turns.guard();
                let stages = (&mut analysts, &mut finder, groups);
                let Some(encoded) = self.encode(chunk, &batches, stages, &mut worker) else {
                    turns.stop();
                    break;
                };
                if !turns.append(n, encoded) {
                    break;
                }
                if worker.forget(self.budget.words) {
                    (analysts, finder) = (Analysts::new(evidence), Finder::new(&known));
                }
            }
        });
        turns.end()?;
        if self.progress.is_stopped() { Err(Error::Stopped) } else { Ok(()) }
    }

    fn begin_pass_2(&self, finished: usize) {
        self.progress.pass("repairing", self.corpus.len() as u64, self.corpus.bytes());
        let done = self.corpus.chunks()[..finished].last().map_or(0, |chunk| chunk.end);
        let bytes = (0..done).map(|i| self.corpus.size(i)).sum();
        self.progress.advance(done as u64, bytes);
        if finished > 0 {
            let all = self.corpus.len();
            self.progress.notice(&format!("{done} of {all} documents were finished by the interrupted run"));
        }
    }

    /// The row groups of a chunk, and the note on it; none when the run is to stop.
    fn encode(
        &self,
        chunk: &Range<usize>,
        batches: &Batches,
        (analysts, finder, groups): (&mut Analysts, &mut Finder, &Groups),
        worker: &mut Worker,
    ) -> Option<Result<(EncodedBatch, Vec<u8>), ExportError>> {
        let (mut batch, mut counts) = (batches.batch(), Counts::default());
        for i in chunk.clone() {
            if self.progress.is_stopped() {
                return None;
            }
            self.write_one(i, (analysts, finder, groups), worker, &mut batch, &mut counts);
            self.progress.advance(1, self.corpus.size(i));
        }
        let mut watch = Watch::start();
        let encoded = batch.encode();
        counts.time(Stage::Encode, watch.lap());
        let note = counts.note(worker.drain());
        Some(encoded.map(|encoded| (encoded, note)))
    }

    fn write_one(
        &self,
        i: usize,
        stages: (&mut Analysts, &mut Finder, &Groups),
        worker: &mut Worker,
        batch: &mut Batch,
        counts: &mut Counts,
    ) {
        let mut watch = Watch::start();
        let (source, fields) = self.load_again(i);
        counts.time(Stage::Read, watch.lap());
        match self.seen[i].get().filter(|_| source.is_ok) {
            Some(seen) => {
                let language = seen.language.unwrap_or_else(|| decalque_tokenize::language(&source.raw_text));
                let document = (i, &source, fields, language);
                accept(document, stages, worker, &self.settings, batch, counts);
            }
            None => {
                batch.reject(&source);
                counts.reject(&source);
            }
        }
    }

    /// Read a document for pass 2; one that changed since pass 1 is rejected, because the evidence is of what it was.
    fn load_again(&self, i: usize) -> (Source, Metadata) {
        let (source, fields) = self.corpus.load(i);
        let same = self.seen[i].get().is_some_and(|s| s.content_hash == source.content_hash);
        if !source.is_ok || same {
            return (source, fields);
        }
        let reason = Some("the file changed while it was being read; run again".to_owned());
        (Source { is_ok: false, reason, raw_text: String::new(), ..source }, fields)
    }
}

/// Pass 2 of document `i`: both layers, all analyses, its rows, and what is counted of it.
pub(crate) fn accept(
    (i, source, fields, language): (usize, &Source, Metadata, (Lang, f64)),
    (analysts, finder, groups): (&mut Analysts, &mut Finder, &Groups),
    worker: &mut Worker,
    settings: &Settings,
    batch: &mut Batch,
    counts: &mut Counts,
) {
    let mut watch = Watch::start();
    let kept = worker.take(i);
    let (prepared, own) = kept.unwrap_or_else(|| both(source, &fields, language, worker, settings));
    counts.time(Stage::Prepare, watch.lap());
    let mut done = finish(prepared, &own, analysts, fields, worker, settings, &source.doc_id);
    counts.time(Stage::Finish, watch.lap());
    let tongue = worker.tongue(done.prepared.lang);
    let view = done.prepared.page.view(done.corpus.clean(), &tongue.vocabulary);
    if settings.wants_terms {
        tongue.tally.add(&view, i, groups.of(&done.prepared.origin));
    }
    let wanted = settings.wants_mentions;
    let mentions = if wanted { mentions(&done, &view, finder) } else { Vec::new() };
    link_speakers(&mut done.quotes, &mentions);
    counts.entities.add(&mentions, view.text);
    counts.time(Stage::Mention, watch.lap());
    batch.push(&record(source, &done, &view, &mentions));
    counts.time(Stage::Rows, watch.lap());
    counts.accept(source, &done);
}

/// A document after the local layer, and what it knows of itself.
fn both(
    source: &Source,
    fields: &Metadata,
    language: (Lang, f64),
    worker: &mut Worker,
    settings: &Settings,
) -> (Prepared, Facts) {
    let prepared = prepare((&source.raw_text, &source.doc_id), fields, language, worker, settings);
    let own = own_facts(&prepared, worker);
    (prepared, own)
}

/// Both layers and all analyses of one document.
pub(crate) fn whole(
    source: &Source,
    language: (Lang, f64),
    analysts: &mut Analysts,
    fields: Metadata,
    worker: &mut Worker,
    settings: &Settings,
) -> Finished {
    let (prepared, own) = both(source, &fields, language, worker, settings);
    finish(prepared, &own, analysts, fields, worker, settings, &source.doc_id)
}

fn record<'a>(
    source: &'a Source,
    done: &'a Finished,
    view: &View<'a>,
    mentions: &'a [Mention],
) -> Record<'a> {
    Record {
        source,
        local: &done.prepared.local,
        corpus: &done.corpus,
        layout: view.layout,
        terms: view.terms,
        vocabulary: view.vocabulary,
        corrections: &done.corrections,
        head: &done.head,
        title: done.title.as_deref(),
        lang: done.prepared.lang,
        lang_confidence: done.prepared.lang_confidence,
        langs: &done.prepared.page.langs,
        mt_score: done.prepared.machine.value,
        mt_features: &done.prepared.machine.features,
        keywords: &done.keywords,
        mentions,
        quotes: &done.quotes,
    }
}

/// The place of a correction in the raw text.
pub(crate) fn raw_span(c: &decalque_text::Correction, local: &decalque_text::Edited) -> Span {
    match c.layer {
        decalque_text::Layer::Local => c.edit.span,
        decalque_text::Layer::Corpus => local.to_raw(c.edit.span),
    }
}

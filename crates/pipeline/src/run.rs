//! The whole job: documents in, tables out.

use crate::Error;
use crate::aside::Aside;
use crate::budget::{self, Budget};
use crate::config::Config;
use crate::corpus::Corpus;
use crate::counts::{Counts, Stage, Totals, Watch};
use crate::document::{Analysts, Finished, Prepared, Settings, finish, learn, own_facts, prepare};
use crate::entities::{link_speakers, mentions};
use crate::files::Input;
use crate::gathered::{self, Coverage, EvidenceFile};
use crate::merge::Share;
use crate::origin::Groups;
use crate::packed::Packed;
use crate::progress::Progress;
use crate::resume::{self, State};
use crate::shard::{Part, Shard};
use crate::summary::Summary;
use crate::turns::Turns;
use crate::worker::Worker;
use decalque_evidence::{Evidence, Facts, Gathered};
use decalque_export::{
    Batch, Batches, EncodedBatch, ExportError, Folder, Options as Tables, Output, Written, is_in_shards,
};
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
    run_part(inputs, out, &Part::default(), config, progress)
}

/// As [`run`], with evidence that was gathered before, or of a part of the documents.
///
/// The folder of a part holds the rows of its documents, without the tables `terms` and `entities`; [`crate::merge`] puts
/// all parts together.
///
/// # Errors
/// Those of [`run`], and when the evidence is not whole or of other inputs or settings.
///
/// ```
/// use decalque_pipeline::{Config, Input, Part, Quiet, Shard, gather, run_part};
/// let dir = tempfile::tempdir().unwrap();
/// let (text, known) = (dir.path().join("a.txt"), dir.path().join("known"));
/// std::fs::write(&text, "The Russian foreign Minister left.\n").unwrap();
/// gather(&[Input::Path(text.clone())], &known, Shard::WHOLE, &Config::default(), &Quiet).unwrap();
/// let part = Part { evidence: Some(known), shard: None };
/// let out = dir.path().join("tables");
/// assert_eq!(run_part(&[Input::Path(text)], &out, &part, &Config::default(), &Quiet).unwrap().documents, 1);
/// ```
pub fn run_part(
    inputs: &[Input],
    out: &Path,
    part: &Part,
    config: &Config,
    progress: &dyn Progress,
) -> Result<Summary, Error> {
    let settings = part.check().and_then(|()| config.check()).and_then(|()| Settings::new(config))?;
    let (pool, mut clock) = (pool(config.threads)?, Clock::start());
    let (folder, corpus) = open(inputs, out, config, &pool)?;
    clock.lap("find");
    let key = resume::key(&corpus, config, &settings.files)?;
    let chunks = part.chunks(corpus.chunks().len());
    let key_here = part.shard.map_or(key, |_| resume::key_of_part(key, &chunks));
    let known = known(part, &corpus, config, &settings)?;
    let job = Job::new(&corpus, chunks, settings, config.memory_mb, progress, pool.current_num_threads());
    let left = resumable(&folder, key_here, config, progress);
    let about = (key_here, &tables(config, part.shard.is_some())?);
    let (mut output, evidence) = job.begin(folder, about, (left, known), &pool)?;
    clock.lap("gather");
    let groups = Groups::new(&evidence);
    job.write(&pool, (&evidence, &groups), &mut output)?;
    let names = names(inputs);
    let share = part.shard.map(|_| job.share(key, &evidence, (config, &names))).transpose()?;
    drop(evidence);
    clock.lap("repair and write");
    let about = About { config, inputs: &names, skipped: corpus.skipped(), share: share.as_ref() };
    let done = pool.install(|| complete(output, (&groups, |i| corpus.doc_id(i)), &about, clock));
    done.inspect(|_| progress.done())
}

/// Hold the output folder, and find the documents.
fn open(inputs: &[Input], out: &Path, config: &Config, pool: &ThreadPool) -> Result<(Folder, Corpus), Error> {
    let folder = Folder::open(out)?;
    let canonical = out.canonicalize().ok();
    if inputs.iter().any(|i| matches!(i, Input::Path(p) if p.canonicalize().ok() == canonical)) {
        return Err(Error::OutputIsInput { path: out.to_owned() });
    }
    Ok((folder, pool.install(|| Corpus::find(inputs, config, canonical.as_deref()))?))
}

/// Pass 1 alone, over a part of the documents: what it finds is written to a file, for [`crate::merge_evidence`] and
/// [`run_part`].
///
/// # Errors
/// Those of [`run`], and when the file cannot be written.
///
/// ```
/// use decalque_pipeline::{gather, Config, Input, Quiet, Shard};
/// let dir = tempfile::tempdir().unwrap();
/// std::fs::write(dir.path().join("a.txt"), "The talks began.\n").unwrap();
/// let inputs = [Input::Path(dir.path().join("a.txt"))];
/// let found = gather(&inputs, &dir.path().join("known"), Shard::WHOLE, &Config::default(), &Quiet).unwrap();
/// assert_eq!((found.documents, found.of), (1, 1));
/// ```
pub fn gather(
    inputs: &[Input],
    out: &Path,
    shard: Shard,
    config: &Config,
    progress: &dyn Progress,
) -> Result<Coverage, Error> {
    config.check()?;
    let settings = Settings::new(config)?;
    let pool = pool(config.threads)?;
    let folder = gathered::scratch(out)?;
    let skip = folder.path().canonicalize().ok();
    let corpus = pool.install(|| Corpus::find(inputs, config, skip.as_deref()))?;
    let key = resume::evidence_key(&corpus, config, &settings.files)?;
    let chunks = shard.range(corpus.chunks().len());
    let job = Job::new(&corpus, chunks, settings, config.memory_mb, progress, pool.current_num_threads());
    let aside = Aside::new(folder.path(), job.budget.gathered);
    // There is no pass 2 that could want the documents.
    let parts = job.gather_parts(&pool, &aside, None)?;
    let read = job.documents();
    let hashes = job.hashes().get(read.clone()).unwrap_or_default().to_vec();
    let about = gathered::About::new(key, corpus.len(), read, hashes);
    let found = gathered::write(out, about, aside.close(parts)?)?;
    progress.done();
    Ok(found)
}

/// What pass 1 found before, of the same inputs and settings.
fn known(part: &Part, corpus: &Corpus, config: &Config, settings: &Settings) -> Result<Option<State>, Error> {
    let Some(path) = &part.evidence else { return Ok(None) };
    let (file, key) = (EvidenceFile::open(path)?, resume::evidence_key(corpus, config, &settings.files)?);
    let Coverage { documents: read, of } = file.about.coverage();
    let reason = if (file.about.key, file.about.documents) != (key, corpus.len()) {
        "it was gathered from other inputs, or with other settings".to_owned()
    } else if read < of {
        format!("it is of {read} of {of} documents; put the parts together with `decalque evidence merge`")
    } else {
        let (evidence, hashes) = file.freeze()?;
        return Ok(Some(State { key, hashes, evidence }));
    };
    Err(Error::evidence(path, std::io::Error::other(reason)))
}

/// What the manifest tells of a run beside its counts.
pub(crate) struct About<'a> {
    pub(crate) config: &'a Config,
    pub(crate) inputs: &'a [String],
    pub(crate) skipped: u64,
    /// Of a part: what the merge will have to know.
    pub(crate) share: Option<&'a Share>,
}

/// Write the tables of the whole corpus, and put all in place. Call it on the threads of the run.
pub(crate) fn complete<'d>(
    mut output: Output,
    (groups, doc_id): (&Groups, impl Fn(usize) -> &'d str + Sync + Send),
    about: &About<'_>,
    mut clock: Clock,
) -> Result<Summary, Error> {
    let mut summary = Totals::read(&output)?.write(&mut output, groups, doc_id)?;
    clock.lap("terms");
    (summary.skipped, summary.seconds) = (about.skipped, clock.laps);
    let manifest = |written: &Written| summary.manifest(about, written);
    let written = match about.share {
        None => output.finish(manifest)?,
        Some(share) => output.finish_shard(&share.bytes(), manifest)?,
    };
    written.folder.clone_into(&mut summary.folder);
    summary.written(&written);
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

pub(crate) fn tables(config: &Config, is_part: bool) -> Result<Tables, ExportError> {
    let all = config.tables.is_empty();
    let mut tables =
        if all { Tables::default() } else { Tables::only(config.tables.iter().map(String::as_str))? };
    tables.tables.retain(|table| !is_part || is_in_shards(table));
    Ok(Tables { sorted: true, keyword_method: decalque_keyword::METHOD.to_owned(), ..tables })
}

fn names(inputs: &[Input]) -> Vec<String> {
    let name = |i: &Input| match i {
        Input::Path(p) => p.display().to_string(),
        Input::Bytes { name, .. } | Input::Spooled { name, .. } => name.clone(),
    };
    inputs.iter().map(name).collect()
}

pub(crate) fn pool(threads: usize) -> Result<ThreadPool, Error> {
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
    builder.build().map_err(|source| Error::Threads { threads, source })
}

pub(crate) struct Clock {
    last: Instant,
    laps: Vec<(&'static str, f64)>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }

    pub(crate) fn lap(&mut self, name: &'static str) {
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
    /// The chunks that are worked on here.
    chunks: Range<usize>,
    settings: Settings,
    progress: &'a dyn Progress,
    workers: Vec<Mutex<Worker>>,
    seen: Vec<OnceLock<Seen>>,
    /// The thread that keeps a chunk's documents from pass 1.
    keepers: Vec<OnceLock<usize>>,
    /// Bytes that may still be kept.
    room: AtomicUsize,
    budget: Budget,
    /// Held by the thread that works on a large document.
    large: Mutex<()>,
}

/// Documents beyond this many bytes are worked on one at a time: one takes some thirty times its size.
const LARGE: u64 = 4_000_000;

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'a> Job<'a> {
    fn new(
        corpus: &'a Corpus,
        chunks: Range<usize>,
        settings: Settings,
        memory_mb: usize,
        progress: &'a dyn Progress,
        threads: usize,
    ) -> Self {
        let workers = (0..threads).map(|_| Mutex::default()).collect();
        let seen = (0..corpus.len()).map(|_| OnceLock::new()).collect();
        let keepers = corpus.chunks().iter().map(|_| OnceLock::new()).collect();
        let budget = Budget::of(memory_mb, threads, corpus.len());
        if let Some(told) =
            budget::shortage(memory_mb, threads, corpus.len()).filter(|_| corpus.has_full_chunks())
        {
            progress.notice(&told);
        }
        let room = AtomicUsize::new(budget.kept);
        let large = Mutex::default();
        Self { corpus, chunks, settings, progress, workers, seen, keepers, room, budget, large }
    }

    /// To be held while a document is worked on, if it is a large one.
    fn turn(&self, i: usize) -> Option<MutexGuard<'_, ()>> {
        (self.corpus.size(i) > LARGE).then(|| lock(&self.large))
    }

    /// The documents that are worked on here.
    fn documents(&self) -> Range<usize> {
        let chunks = self.corpus.chunks().get(self.chunks.clone()).unwrap_or_default();
        chunks.first().map_or(0, |c| c.start)..chunks.last().map_or(0, |c| c.end)
    }

    /// A pass over them begins.
    fn tell(&self, pass: &str) {
        let documents = self.documents();
        self.progress.pass(pass, documents.len() as u64, documents.map(|i| self.corpus.size(i)).sum());
    }

    /// What the merge has to know of this part.
    fn share(
        &self,
        key: u64,
        evidence: &Evidence,
        (config, inputs): (&Config, &[String]),
    ) -> Result<Share, Error> {
        Ok(Share {
            key,
            chunks: self.chunks.clone(),
            of: self.corpus.chunks().len(),
            doc_ids: self.documents().map(|i| self.corpus.doc_id(i).to_owned()).collect(),
            sources: evidence.sources().clone(),
            months: evidence.months().clone(),
            skipped: self.corpus.skipped(),
            config: serde_json::to_string(config).map_err(|e| Error::Setting(e.to_string()))?,
            inputs: inputs.to_vec(),
        })
    }

    /// An output with what pass 1 found: by an interrupted run, else before, else now.
    fn begin(
        &self,
        folder: Folder,
        (key, tables): (u64, &Tables),
        (left, known): (Option<State>, Option<State>),
        pool: &ThreadPool,
    ) -> Result<(Output, Evidence), Error> {
        if let Some(state) = left {
            return Ok((folder.resume(tables)?, self.recall(state)));
        }
        let output = folder.begin(tables)?;
        let evidence = match known {
            Some(state) => self.recall(state),
            None => self.gather(pool, &output)?,
        };
        resume::keep(&output, key, self.hashes(), &evidence)?;
        Ok((output, evidence))
    }

    /// Pass 1: what the documents know together.
    fn gather(&self, pool: &ThreadPool, output: &Output) -> Result<Evidence, Error> {
        let aside = Aside::new(output.scratch(), self.budget.gathered);
        let waiting = self.corpus.temp_dir().unwrap_or(output.scratch());
        let parts = self.gather_parts(pool, &aside, Some(waiting))?;
        aside.freeze(parts)
    }

    /// Every thread takes chunks as they come and counts; the counts merge in any order. Documents are kept for pass 2
    /// when there is a folder for those that memory has no room for.
    fn gather_parts(
        &self,
        pool: &ThreadPool,
        aside: &Aside,
        folder: Option<&Path>,
    ) -> Result<Vec<Gathered>, Error> {
        self.tell("reading");
        let next = AtomicUsize::new(self.chunks.start);
        let parts = pool.broadcast(|thread| {
            let (mut worker, mut gathered) = (lock(&self.workers[thread.index()]), Gathered::default());
            while let Some((n, chunk)) = self.next_chunk(&next) {
                let _ = self.keepers[n].set(thread.index());
                if folder.is_some() {
                    worker.begin(&chunk);
                }
                chunk.for_each(|i| self.gather_one(i, &mut worker, &mut gathered, folder));
                worker.hand_over(&mut gathered);
                // What is forgotten makes room for documents that come later.
                self.room.fetch_add(worker.forget(self.budget.words).unwrap_or(0), Ordering::Relaxed);
                aside.relieve(&mut gathered)?;
            }
            Ok(gathered)
        });
        let parts = parts.into_iter().collect::<Result<Vec<Gathered>, Error>>()?;
        if self.progress.is_stopped() { Err(Error::Stopped) } else { Ok(parts) }
    }

    /// The next chunk of pass 1; none at the end, and when the run is to stop.
    fn next_chunk(&self, next: &AtomicUsize) -> Option<(usize, Range<usize>)> {
        let n = next.fetch_add(1, Ordering::Relaxed);
        let is_here = self.chunks.contains(&n) && !self.progress.is_stopped();
        Some((n, self.corpus.chunks().get(n).filter(|_| is_here)?.clone()))
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

    fn gather_one(&self, i: usize, worker: &mut Worker, gathered: &mut Gathered, folder: Option<&Path>) {
        let _turn = self.turn(i);
        let (source, fields) = self.corpus.load(i);
        if source.is_ok {
            let language = decalque_tokenize::language(&source.raw_text);
            let _ = self.seen[i].set(Seen { content_hash: source.content_hash, language: Some(language) });
            let (prepared, facts) = learn(&source, &fields, language, worker, &self.settings, gathered);
            if let Some(folder) = folder {
                let packed = Packed::new(prepared, Facts { people: facts.people, ..Facts::default() });
                self.keep(i, packed, worker, folder);
            }
        }
        self.progress.advance(1, self.corpus.size(i));
    }

    /// Keep a document for pass 2, in memory while there is room.
    fn keep(&self, i: usize, packed: Packed, worker: &mut Worker, folder: &Path) {
        if self.has_room(packed.bytes()) {
            worker.keep(i, packed);
        } else {
            worker.keep_aside(i, &packed, folder);
        }
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
        let (first, batches) = (self.chunks.start + output.notes()?.len(), output.batches());
        self.begin_pass_2(first);
        let free = Mutex::new((first..self.chunks.end).collect());
        let known = Known::new(evidence);
        let turns = Turns::new(output, first);
        pool.broadcast(|thread| {
            let mut worker = lock(&self.workers[thread.index()]);
            let next = || self.claim(&free, thread.index());
            self.write_chunks(next, (evidence, &known, groups), (&batches, &turns), &mut worker);
            // The tables of the whole corpus want the memory, and the disk, that words and documents took.
            *worker = Worker::default();
        });
        turns.end()?;
        if self.progress.is_stopped() { Err(Error::Stopped) } else { Ok(()) }
    }

    /// One thread's share of pass 2: chunk after chunk, until there is none or the run is to stop.
    fn write_chunks(
        &self,
        next: impl Fn() -> Option<usize>,
        (evidence, known, groups): (&Evidence, &Known<'_>, &Groups),
        (batches, turns): (&Batches, &Turns<'_>),
        worker: &mut Worker,
    ) {
        let (mut analysts, mut finder) = (Analysts::new(evidence), Finder::new(known));
        while let Some(n) = next() {
            let _guard = turns.guard();
            let stages = (&mut analysts, &mut finder, groups);
            let Some(encoded) = self.encode(&self.corpus.chunks()[n], batches, stages, worker) else {
                return turns.stop();
            };
            if !turns.append(n, encoded) {
                return;
            }
            if worker.forget(self.budget.words).is_some() {
                (analysts, finder) = (Analysts::new(evidence), Finder::new(known));
            }
        }
    }

    /// Tell how far it is: `first` is the first chunk that is left to do.
    fn begin_pass_2(&self, first: usize) {
        self.tell("repairing");
        let all = self.documents();
        let end = self.corpus.chunks().get(first).map_or(all.end, |chunk| chunk.start.min(all.end));
        let done = all.start..end;
        self.progress.advance(done.len() as u64, done.clone().map(|i| self.corpus.size(i)).sum());
        if !done.is_empty() {
            let (done, all) = (done.len(), all.len());
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
        let (_turn, mut watch) = (self.turn(i), Watch::start());
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
    let kept = worker.take(i, &source.raw_text);
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

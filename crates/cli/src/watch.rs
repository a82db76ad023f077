//! Long work, watched: a bar or events while it goes on, how it ended, and the exit status.

use crate::args::{LogFormat, TalkArgs};
use crate::log::Log;
use crate::progress::{Bar, Silent};
use crate::stop::Stop;
use crate::{FAILED, Outcome, terminal};
use decalque_pipeline::{Error, Progress};
use serde_json::Value;
use std::io::IsTerminal;
use std::time::Instant;

/// The parts of a command that takes its time.
pub(crate) struct Work<P, W, E, H> {
    /// What the first event tells.
    pub(crate) start: Value,
    /// Reads what is wanted; nothing was done when it fails.
    pub(crate) prepare: P,
    /// Does it.
    pub(crate) work: W,
    /// Tells what was done, to a person or to the log, given the seconds it took; the exit status.
    pub(crate) end: E,
    /// How to go on after a failure, as sentences to be added; may be empty.
    pub(crate) hint: H,
}

/// Do the work, and tell of it as is wished.
pub(crate) fn watch<T, D>(
    talk: &TalkArgs,
    work: Work<
        impl FnOnce() -> Result<T, Error>,
        impl FnOnce(T, &dyn Progress) -> Result<D, Error>,
        impl FnOnce(D, Option<&Log>, f64) -> Outcome,
        impl FnOnce(&Error) -> String,
    >,
) -> Outcome {
    let start = Instant::now();
    let ready = match (work.prepare)() {
        Err(error) if talk.log_format == LogFormat::Json => {
            Log::new(Stop::default(), talk.quiet).error(&terminal::chain(&error));
            return Ok(FAILED);
        }
        ready => ready?,
    };
    let stop = Stop::listen()?;
    let log = (talk.log_format == LogFormat::Json).then(|| Log::new(stop.clone(), talk.quiet));
    log.iter().for_each(|log| log.event("start", work.start.clone()));
    match shown(talk.quiet, log.as_ref(), &stop, |progress| (work.work)(ready, progress)) {
        Ok(done) => (work.end)(done, log.as_ref(), start.elapsed().as_secs_f64()),
        Err(error) => {
            let message = terminal::chain(&error) + &(work.hint)(&error);
            log.map_or_else(|| terminal::error_text(&message), |log| log.error(&message));
            Ok(if stop.is_asked() { stop.status() } else { FAILED })
        }
    }
}

/// Do it while a log, a bar or nobody is told how far it is. The bar is gone before anything else is printed.
fn shown<D>(
    quiet: bool,
    log: Option<&Log>,
    stop: &Stop,
    work: impl FnOnce(&dyn Progress) -> Result<D, Error>,
) -> Result<D, Error> {
    match log {
        Some(log) => work(log),
        None if !quiet && std::io::stderr().is_terminal() => work(&Bar::new(stop.clone())),
        None => work(&Silent { stop: stop.clone(), quiet }),
    }
}

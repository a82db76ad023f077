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
    let is_json = talk.log_format == LogFormat::Json;
    let ready = match (work.prepare)() {
        Err(error) if is_json => {
            Log::new(Stop::default(), talk.quiet).error(&terminal::chain(&error));
            return Ok(FAILED);
        }
        ready => ready?,
    };
    let stop = Stop::listen()?;
    let log = is_json.then(|| Log::new(stop.clone(), talk.quiet));
    // The bar is gone before anything else is printed: it is dropped here.
    let done = match &log {
        Some(log) => {
            log.event("start", work.start);
            (work.work)(ready, log)
        }
        None if !talk.quiet && std::io::stderr().is_terminal() => (work.work)(ready, &Bar::new(stop.clone())),
        None => (work.work)(ready, &Silent { stop: stop.clone(), quiet: talk.quiet }),
    };
    match done {
        Ok(done) => (work.end)(done, log.as_ref(), start.elapsed().as_secs_f64()),
        Err(error) => {
            let message = terminal::chain(&error) + &(work.hint)(&error);
            log.map_or_else(|| terminal::error_text(&message), |log| log.error(&message));
            Ok(if stop.is_asked() { stop.status() } else { FAILED })
        }
    }
}

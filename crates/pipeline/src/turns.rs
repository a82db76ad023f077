//! Chunks that threads finish as they come, appended in order.

use crate::Error;
use crate::run::lock;
use decalque_export::{EncodedBatch, ExportError, Output};
use std::sync::{Condvar, Mutex, PoisonError};

/// Threads append their chunks one after another, in chunk order.
pub(crate) struct Turns<'a> {
    state: Mutex<Turn<'a>>,
    moved: Condvar,
}

struct Turn<'a> {
    next: usize,
    output: &'a mut Output,
    failed: Option<Option<ExportError>>,
}

impl<'a> Turns<'a> {
    pub(crate) fn new(output: &'a mut Output, first: usize) -> Self {
        Self { state: Mutex::new(Turn { next: first, output, failed: None }), moved: Condvar::new() }
    }

    /// Wait for chunk `n`'s turn and append it with its note. False when the run has failed and the thread should stop.
    pub(crate) fn append(&self, n: usize, encoded: Result<(EncodedBatch, Vec<u8>), ExportError>) -> bool {
        let mut turn = lock(&self.state);
        while turn.next != n && turn.failed.is_none() {
            turn = self.moved.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
        if turn.failed.is_none() {
            match encoded.and_then(|(batch, note)| turn.output.append(batch, &note)) {
                Ok(()) => turn.next += 1,
                Err(error) => turn.failed = Some(Some(error)),
            }
        }
        self.moved.notify_all();
        turn.failed.is_none()
    }

    /// Nothing more will be appended: threads that wait for their turn end.
    pub(crate) fn stop(&self) {
        lock(&self.state).failed.get_or_insert(None);
        self.moved.notify_all();
    }

    /// While it lives, a panic of this thread wakes the others up, so that they end instead of waiting for ever.
    pub(crate) fn guard(&self) -> Guard<'_, 'a> {
        Guard(self)
    }

    pub(crate) fn end(self) -> Result<(), Error> {
        let turn = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        turn.failed.flatten().map_or(Ok(()), |error| Err(error.into()))
    }
}

pub(crate) struct Guard<'t, 'a>(&'t Turns<'a>);

impl Drop for Guard<'_, '_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

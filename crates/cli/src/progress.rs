//! How far a run is, on a terminal.

use crate::number::{count, size};
use crate::stop::Stop;
use crate::terminal;
use decalque_pipeline::Progress;
use indicatif::{HumanDuration, ProgressBar, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Fits 80 columns; the bar takes what is left of a wider terminal.
const TEMPLATE: &str = "{prefix:>9} [{wide_bar}] {percent:>3}%  {told}";

/// A bar on standard error, one pass after the other. It measures bytes; documents are shown beside.
#[derive(Debug)]
pub(crate) struct Bar {
    bar: ProgressBar,
    documents: Arc<Documents>,
    stop: Stop,
}

/// No bar: no terminal, or none wanted.
#[derive(Debug)]
pub(crate) struct Silent {
    pub(crate) stop: Stop,
    pub(crate) quiet: bool,
}

impl Progress for Silent {
    fn pass(&self, _: &str, _: u64, _: u64) {}

    fn advance(&self, _: u64, _: u64) {}

    fn notice(&self, sentence: &str) {
        if !self.quiet {
            terminal::note(sentence);
        }
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_asked()
    }
}

/// Kept apart from the bar, so that threads that count need no lock.
#[derive(Debug, Default)]
struct Documents {
    done: AtomicU64,
    total: AtomicU64,
}

impl Bar {
    pub(crate) fn new(stop: Stop) -> Self {
        let documents = Arc::new(Documents::default());
        let bar = ProgressBar::no_length().with_style(style(Arc::clone(&documents)));
        Self { bar, documents, stop }
    }
}

fn style(documents: Arc<Documents>) -> ProgressStyle {
    // The template is a constant and a test reads it; should it be broken after all, a plain bar does.
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars("=> ").with_key("told", move |state: &ProgressState, out: &mut dyn Write| {
        // A line that cannot be drawn is drawn the next time.
        let _ = out.write_str(&told(state, &documents));
    })
}

/// Documents, bytes, rate, and how long it will take, once something is done from which to tell.
fn told(state: &ProgressState, documents: &Documents) -> String {
    let (done, total) = (documents.done.load(Ordering::Relaxed), documents.total.load(Ordering::Relaxed));
    let documents = format!("{}/{} documents", count(done), count(total));
    if state.pos() == 0 {
        return documents;
    }
    let (bytes, rate, left) = (size(state.pos()), size(state.per_sec() as u64), HumanDuration(state.eta()));
    format!("{documents}  {bytes}  {rate}/s  {left:#} left")
}

impl Progress for Bar {
    fn pass(&self, name: &str, documents: u64, bytes: u64) {
        // First of all, so that no line is drawn with the bytes of the old pass and the documents of the new.
        self.bar.reset();
        self.documents.done.store(0, Ordering::Relaxed);
        self.documents.total.store(documents, Ordering::Relaxed);
        self.bar.set_length(bytes);
        self.bar.set_prefix(name.to_owned());
        self.bar.enable_steady_tick(Duration::from_millis(200));
    }

    fn advance(&self, documents: u64, bytes: u64) {
        self.documents.done.fetch_add(documents, Ordering::Relaxed);
        self.bar.inc(bytes);
    }

    fn notice(&self, sentence: &str) {
        self.bar.suspend(|| terminal::note(sentence));
    }

    fn done(&self) {
        self.bar.finish_and_clear();
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_asked()
    }
}

impl Drop for Bar {
    /// A run that fails never says that it is done; the error should not stand behind half a bar.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_can_be_read() {
        ProgressStyle::with_template(TEMPLATE).unwrap();
    }

    #[test]
    fn many_threads_count_together() {
        let bar = Bar::new(Stop::default());
        bar.pass("reading", 400, 4000);
        std::thread::scope(|s| {
            for _ in 0..4 {
                s.spawn(|| (0..100).for_each(|_| bar.advance(1, 10)));
            }
        });
        assert_eq!((bar.documents.done.load(Ordering::Relaxed), bar.bar.position()), (400, 4000));
        bar.pass("repairing", 400, 4000);
        assert_eq!((bar.documents.done.load(Ordering::Relaxed), bar.bar.position()), (0, 0));
    }
}

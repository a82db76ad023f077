//! Ctrl-C and SIGTERM: the first asks the run to end, the second ends the program.

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::{register, register_conditional_shutdown, register_usize};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// What a shell adds to the number of the signal that ended a program.
const BY_SIGNAL: usize = 128;

/// Whether somebody asked the program to stop.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stop(Arc<AtomicUsize>);

impl Stop {
    /// Listen from now on.
    pub(crate) fn listen() -> std::io::Result<Self> {
        let (stop, again) = (Self::default(), Arc::new(AtomicBool::new(false)));
        for signal in [SIGINT, SIGTERM] {
            // In the order they are called: at the first signal `again` is not set yet.
            register_conditional_shutdown(signal, BY_SIGNAL as i32 + signal, Arc::clone(&again))?;
            register(signal, Arc::clone(&again))?;
            register_usize(signal, Arc::clone(&stop.0), signal as usize)?;
        }
        Ok(stop)
    }

    pub(crate) fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed) != 0
    }

    /// The exit status of a program that stopped because it was asked to: 130 after Ctrl-C, 143 after SIGTERM.
    pub(crate) fn status(&self) -> u8 {
        u8::try_from(BY_SIGNAL + self.0.load(Ordering::Relaxed)).unwrap_or(crate::FAILED)
    }
}

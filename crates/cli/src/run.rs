//! `decalque run`: documents in, tables out.

use crate::args::{LogFormat, RunArgs};
use crate::log::Log;
use crate::progress::{Bar, Silent};
use crate::stop::Stop;
use crate::{Outcome, summary, terminal};
use decalque_pipeline::{Config, Error, Input, Summary, is_resumable};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Instant;

pub(crate) fn execute(args: &RunArgs) -> Outcome {
    match args.log_format {
        LogFormat::Human => human(args),
        LogFormat::Json => json(args),
    }
}

fn human(args: &RunArgs) -> Outcome {
    let (config, inputs) = prepare(args)?;
    let (start, stop) = (Instant::now(), Stop::listen()?);
    // The bar is gone before anything else is printed: it is dropped here.
    let done = if !args.quiet && std::io::stderr().is_terminal() {
        decalque_pipeline::run(&inputs, &args.out, &config, &Bar::new(stop.clone()))
    } else {
        let silent = Silent { stop: stop.clone(), quiet: args.quiet };
        decalque_pipeline::run(&inputs, &args.out, &config, &silent)
    };
    let done = match done {
        Ok(done) => done,
        Err(error) => return Ok(failed(args, &error, &stop, terminal::error_text)),
    };
    if !args.quiet {
        terminal::print(&summary::text(&done, start.elapsed().as_secs_f64()))?;
        many_rejected(&done).iter().for_each(|warning| terminal::warning(warning));
    }
    Ok(done.exit_code())
}

fn json(args: &RunArgs) -> Outcome {
    let early = Log::new(Stop::default(), args.quiet);
    let (config, inputs) = match prepare(args) {
        Ok(ready) => ready,
        Err(error) => {
            early.error(&terminal::chain(&error));
            return Ok(crate::FAILED);
        }
    };
    let stop = Stop::listen()?;
    let log = Log::new(stop.clone(), args.quiet);
    log.event(
        "start",
        serde_json::json!({ "version": env!("CARGO_PKG_VERSION"), "inputs": args.inputs, "out": args.out }),
    );
    match decalque_pipeline::run(&inputs, &args.out, &config, &log) {
        Ok(done) => {
            many_rejected(&done).iter().for_each(|warning| log.warning(warning));
            log.summary(&done);
            Ok(done.exit_code())
        }
        Err(error) => Ok(failed(args, &error, &stop, |message| log.error(message))),
    }
}

fn prepare(args: &RunArgs) -> Result<(Config, Vec<Input>), Error> {
    let config = config(args)?;
    config.check()?;
    Ok((config, open(&args.inputs)?))
}

fn config(args: &RunArgs) -> Result<Config, Error> {
    let base = args.settings.config()?;
    let threads = args.threads.unwrap_or(base.threads);
    let tables = args.tables.clone().unwrap_or(base.tables);
    Ok(Config { threads, tables, resume: args.resume, ..base })
}

/// Paths as they are; standard input read to its end.
pub(crate) fn open(inputs: &[PathBuf]) -> Result<Vec<Input>, Error> {
    inputs.iter().map(Input::open).collect()
}

/// Tell what went wrong and how to go on; the exit status.
fn failed(args: &RunArgs, error: &Error, stop: &Stop, tell: impl Fn(&str)) -> u8 {
    let mut message = terminal::chain(error);
    if error.is_midway() && is_resumable(&args.out) {
        message += "\nWhat is finished is kept: the same command with --resume goes on from there; without, it begins anew";
    }
    tell(&message);
    if stop.is_asked() { stop.status() } else { crate::FAILED }
}

/// A sentence when so many inputs were rejected that something is probably wrong with all of them.
fn many_rejected(done: &Summary) -> Option<String> {
    let (rejected, all) = (done.rejected.len() as u64, done.rejected.len() as u64 + done.documents);
    let share = rejected as f64 * 100.0 / all.max(1) as f64;
    done.is_much_rejected().then(|| {
        format!(
            "{rejected} of {all} inputs ({share:.1} %) were rejected: see the reasons in the table sources; is --format right?"
        )
    })
}

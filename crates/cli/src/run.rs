//! `decalque run` and `decalque merge`: documents, or the parts of a run, in; tables out.

use crate::args::{MergeArgs, RunArgs};
use crate::log::Log;
use crate::watch::{Work, watch};
use crate::{Outcome, summary, terminal};
use decalque_pipeline::{Config, Error, Input, Part, Progress, Summary, is_resumable};
use serde_json::json;
use std::path::{Path, PathBuf};

pub(crate) fn execute(args: &RunArgs) -> Outcome {
    let part = Part { evidence: args.evidence.clone(), shard: args.shard };
    let run = |(config, inputs): (Config, Vec<Input>), progress: &dyn Progress| {
        decalque_pipeline::run_part(&inputs, &args.out, &part, &config, progress)
    };
    let work = Work {
        start: json!({ "version": env!("CARGO_PKG_VERSION"), "inputs": args.inputs, "out": args.out }),
        prepare: || prepare(args),
        work: run,
        end: |done, log: Option<&Log>, seconds| {
            if part.shard.is_some() {
                tell_part(&done, log, args)
            } else {
                tell(&done, log, seconds, args.talk.quiet)
            }
        },
        hint: |error: &Error| hint(error, &args.out),
    };
    watch(&args.talk, work)
}

pub(crate) fn merge(args: &MergeArgs) -> Outcome {
    let work = Work {
        start: json!({ "version": env!("CARGO_PKG_VERSION"), "parts": args.parts, "out": args.out }),
        prepare: || Ok(()),
        work: |(), progress: &dyn Progress| decalque_pipeline::merge(&args.parts, &args.out, progress),
        end: |done, log: Option<&Log>, seconds| tell(&done, log, seconds, args.talk.quiet),
        hint: |_: &Error| String::new(),
    };
    watch(&args.talk, work)
}

fn prepare(args: &RunArgs) -> Result<(Config, Vec<Input>), Error> {
    let config = config(args)?;
    config.check()?;
    let inputs = open(&args.inputs, &config)?;
    Ok((config, inputs))
}

fn config(args: &RunArgs) -> Result<Config, Error> {
    let base = args.settings.config()?;
    let threads = args.effort.threads.unwrap_or(base.threads);
    let memory_mb = args.effort.memory.unwrap_or(base.memory_mb);
    let tables = args.tables.clone().unwrap_or(base.tables);
    Ok(Config { threads, tables, memory_mb, resume: args.resume, ..base })
}

/// Paths as they are; standard input read to its end.
pub(crate) fn open(inputs: &[PathBuf], config: &Config) -> Result<Vec<Input>, Error> {
    inputs.iter().map(|input| Input::open_in(input, config.temp_dir.as_deref())).collect()
}

/// Tell what a run did; the exit status.
fn tell(done: &Summary, log: Option<&Log>, seconds: f64, quiet: bool) -> Outcome {
    match log {
        Some(log) => {
            many_rejected(done).iter().for_each(|warning| log.warning(warning));
            log.summary(done);
        }
        None if quiet => {}
        None => {
            terminal::report(&summary::text(done, seconds));
            many_rejected(done).iter().for_each(|warning| terminal::warning(warning));
        }
    }
    Ok(done.exit_code())
}

/// The same of a part of a run: its counts say little.
fn tell_part(done: &Summary, log: Option<&Log>, args: &RunArgs) -> Outcome {
    match log {
        Some(log) => log.summary(done),
        None if args.talk.quiet => {}
        None => terminal::report(&summary::part(done, args.shard)),
    }
    Ok(done.exit_code())
}

/// How to go on after a failure.
fn hint(error: &Error, out: &Path) -> String {
    if error.is_midway() && is_resumable(out) {
        "\nWhat is finished is kept: the same command with --resume goes on from there; without, it begins anew".to_owned()
    } else {
        String::new()
    }
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

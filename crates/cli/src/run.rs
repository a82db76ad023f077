//! `decalque run`: documents in, tables out.

use crate::Outcome;
use crate::args::RunArgs;
use crate::progress::Bar;
use crate::{summary, terminal};
use decalque_pipeline::{Config, Error, Input, Quiet, Summary};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Instant;

pub(crate) fn execute(args: &RunArgs) -> Outcome {
    let config = config(args)?;
    config.check()?;
    let inputs = open(&args.inputs)?;
    let start = Instant::now();
    let done = work(&inputs, args, &config)?;
    if !args.quiet {
        terminal::print(&summary::text(&done, start.elapsed().as_secs_f64()))?;
    }
    Ok(done.exit_code())
}

fn config(args: &RunArgs) -> Result<Config, Error> {
    let base = args.settings.config()?;
    let threads = args.threads.unwrap_or(base.threads);
    let tables = args.tables.clone().unwrap_or(base.tables);
    Ok(Config { threads, tables, ..base })
}

/// Paths as they are; standard input read to its end.
pub(crate) fn open(inputs: &[PathBuf]) -> Result<Vec<Input>, Error> {
    inputs.iter().map(Input::open).collect()
}

fn work(inputs: &[Input], args: &RunArgs, config: &Config) -> Result<Summary, Error> {
    // The bar is gone before anything else is printed: it is dropped here.
    if !args.quiet && std::io::stderr().is_terminal() {
        decalque_pipeline::run(inputs, &args.out, config, &Bar::new())
    } else {
        decalque_pipeline::run(inputs, &args.out, config, &Quiet)
    }
}

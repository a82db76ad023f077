//! The `decalque` program: repairs machine-translated news and writes Parquet tables.
//!
//! Everything a person sees is printed here; the work itself is in `decalque-pipeline`. Each command is a function
//! from its arguments to an exit status; what it prints is made as text first and leaves through [`terminal`].

mod args;
mod check;
mod evidence;
mod explain;
mod log;
mod number;
mod progress;
mod rules;
mod run;
mod schema;
mod stop;
mod suggestions;
mod summary;
mod terminal;
mod watch;

use args::{Cli, Command};
use clap::Parser;
use log::Log;
use std::error::Error;
use std::ffi::OsString;
use std::process::ExitCode;
use stop::Stop;

/// Why a command failed. Whatever it is, a person reads it as one sentence.
type Failure = Box<dyn Error + Send + Sync>;

/// Documents come and go as many small pieces of memory: this allocator spends a third less time on them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The exit status of a command that did not fail.
type Outcome = Result<u8, Failure>;

/// The command failed, and nothing was written. Usage errors too, so that 2 can mean "some inputs were rejected".
const FAILED: u8 = 1;

fn main() -> ExitCode {
    let status = match Cli::try_parse() {
        Ok(cli) => execute(&cli.command).unwrap_or_else(|failure| failed(&*failure)),
        Err(usage) => tell(&usage),
    };
    ExitCode::from(status)
}

fn execute(command: &Command) -> Outcome {
    match command {
        Command::Run(args) => run::execute(args),
        Command::Explain(args) => explain::execute(args),
        Command::Rules(args) => rules::execute(args),
        Command::Schema(args) => schema::execute(args),
        Command::Suggestions(args) => suggestions::execute(args),
        Command::Check(args) => check::execute(args),
        Command::Evidence(args) => evidence::execute(args),
        Command::Merge(args) => run::merge(args),
    }
}

fn failed(failure: &(dyn Error + 'static)) -> u8 {
    terminal::error(failure);
    FAILED
}

/// Help and the version go to standard output and are no failure; anything else is an error in the arguments.
fn tell(usage: &clap::Error) -> u8 {
    if usage.use_stderr() && wants_json(std::env::args_os()) {
        let message = usage.render().to_string();
        Log::new(Stop::default(), false).error(message.trim_start_matches("error: ").trim_end());
        return FAILED;
    }
    // A reader that went away wants no more of it.
    let _ = usage.print();
    if usage.use_stderr() { FAILED } else { 0 }
}

/// True when the arguments, which could not be understood, ask for events.
fn wants_json(arguments: impl Iterator<Item = OsString>) -> bool {
    let arguments: Vec<OsString> = arguments.collect();
    arguments.iter().any(|a| a == "--log-format=json")
        || arguments.windows(2).any(|pair| pair[0] == "--log-format" && pair[1] == "json")
}

//! Finds, reads and decodes all documents of the inputs and does nothing with them:
//! `RAYON_NUM_THREADS=1 cargo run --release -p decalque-benches --example survey FOLDER` tells how fast reading alone is.

use decalque_pipeline::{Config, Input, survey};
use std::error::Error;
use std::io::Write;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let inputs = std::env::args().skip(1).map(Input::open).collect::<Result<Vec<_>, _>>()?;
    let start = Instant::now();
    let read = survey(&inputs, &Config::default())?;
    let seconds = start.elapsed().as_secs_f64();
    let (documents, megabytes) = (read.documents as f64 / seconds, read.bytes as f64 / seconds / 1e6);
    writeln!(
        std::io::stdout(),
        "{read:?}: {seconds:.2} s, {documents:.0} documents and {megabytes:.0} MB a second"
    )?;
    Ok(())
}

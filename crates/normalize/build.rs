//! Compiles the English word list into a finite-state set, so that looking a word up needs no start-up work.

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let list = Path::new("lexicon/english.txt");
    println!("cargo:rerun-if-changed={}", list.display());
    let text = fs::read_to_string(list)?;
    let mut words: Vec<&str> = text.lines().map(str::trim).filter(|w| !w.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    let set = fst::Set::from_iter(words)?;
    let out = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: run by cargo")?;
    fs::write(Path::new(&out).join("english.fst"), set.as_fst().as_bytes())?;
    Ok(())
}

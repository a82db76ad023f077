//! Compiles the Russian dictionary into a finite-state map, so that looking a word up needs no start-up work.

use std::{collections::BTreeMap, env, error::Error, fs, path::Path};

#[path = "src/fold.rs"]
mod fold;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=src/fold.rs");
    let out = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: run by cargo")?;
    russian(Path::new(&out))
}

fn read(name: &str) -> Result<String, Box<dyn Error>> {
    let path = format!("lexicon/{name}");
    println!("cargo:rerun-if-changed={path}");
    Ok(fs::read_to_string(path)?)
}

/// `russian.fst`: the folded form to eight times the row and the slot. `russian.txt`: what each row means.
fn russian(out: &Path) -> Result<(), Box<dyn Error>> {
    let (words, endings) = (read("words.tsv")?, read("word_endings.tsv")?);
    let paradigms: Vec<&str> = endings.lines().skip(1).map(|l| l.split('\t').nth(1).unwrap_or("")).collect();
    let (mut forms, mut meanings) = (BTreeMap::new(), String::new());
    for (row, line) in words.lines().skip(1).enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [stem, paradigm, english, _pos] = cells[..] else {
            return Err(format!("words.tsv: {line:?}").into());
        };
        meanings.push_str(english);
        meanings.push('\n');
        let slots = paradigms.get(paradigm.parse::<usize>()?).ok_or("word_endings.tsv is too short")?;
        for (slot, endings) in slots.split(';').enumerate().filter(|(_, e)| *e != "-") {
            for ending in endings.split('|') {
                let key = fold::fold(&format!("{stem}{ending}"));
                forms.entry(key).or_insert((row as u64) << 3 | slot as u64);
            }
        }
    }
    let map = fst::Map::from_iter(forms.into_iter().filter(|(k, _)| k.len() > 1))?;
    fs::write(out.join("russian.fst"), map.as_fst().as_bytes())?;
    fs::write(out.join("russian.txt"), meanings)?;
    Ok(())
}

//! Speed of the token table on generated text.
#![allow(clippy::all, missing_docs)]
#[path = "../tests/common/mod.rs"]
mod common;
use common::*;
use decalque_export::*;
use decalque_text::*;
use std::time::Instant;

fn main() {
    let mode = std::env::args().nth(1).unwrap_or("tokens".into());
    let edits = std::env::args().nth(2).is_some_and(|a| a == "edits");
    let mut words = Vocabulary::default();
    let mut texts = vec![];
    let mut stack = vec![std::path::PathBuf::from("/work/shared/eval")];
    while let Some(p) = stack.pop() {
        if p.is_dir() {
            stack.extend(std::fs::read_dir(p).unwrap().map(|e| e.unwrap().path()));
        } else if p.extension().is_some_and(|e| e == "txt") {
            texts.push(std::fs::read_to_string(p).unwrap_or_default());
        }
    }
    let mut docs = vec![];
    let mut total = 0;
    let each: usize = std::env::var("MB").map_or(6, |m| m.parse().unwrap());
    'all: for r in 0.. {
        for t in &texts {
            let mut t = t.clone();
            t.push_str("\nSands said Punks\nSands\n");
            total += t.len();
            let fixes: &[Fix] = if edits { &[("Sands", "Peskov")] } else { &[] };
            let fixes2: &[Fix] = if edits { &[("Punks", "Panks")] } else { &[] };
            docs.push(Doc::new(
                &format!("folder/news/{r}/document-{:06}.txt", docs.len()),
                &t,
                fixes,
                fixes2,
                &mut words,
            ));
            if total > each * 1_000_000 {
                break 'all;
            }
        }
    }
    let tokens: usize = docs.iter().map(|d| d.layout.tokens.len()).sum();
    println!("{} MB, {} docs, {} tokens, vocabulary {}", total as f64 / 1e6, docs.len(), tokens, words.len());
    for _ in 0..3 {
        let dir = tempfile::tempdir().unwrap();
        let options =
            if mode == "all" { Options::default() } else { Options::only(mode.split(',')).unwrap() };
        let t = cpu();
        let mut out = Output::create(dir.path(), &options).unwrap();
        let (mut push, mut enc) = (0.0, 0.0);
        for part in chunks(&docs) {
            let t = cpu();
            let mut b = out.batch();
            for d in part {
                b.push(&d.record(&words));
            }
            push += t.el();
            let t = cpu();
            let e = b.encode().unwrap();
            enc += t.el();
            out.append(e).unwrap();
        }
        let w = out.finish(&serde_json::json!({})).unwrap();
        let s = t.el();
        if std::env::var("COLS").is_ok() {
            use parquet::file::reader::*;
            let r =
                SerializedFileReader::new(std::fs::File::open(dir.path().join("tokens.parquet")).unwrap())
                    .unwrap();
            for c in 0..r.metadata().row_group(0).num_columns() {
                let (n, u): (i64, i64) = r.metadata().row_groups().iter().fold((0, 0), |a, g| {
                    (a.0 + g.column(c).compressed_size(), a.1 + g.column(c).uncompressed_size())
                });
                println!(
                    "{:12} {:.2} B/token, unc {:.2}",
                    r.metadata().row_group(0).column(c).column_path().string(),
                    n as f64 / tokens as f64,
                    u as f64 / tokens as f64
                );
            }
        }
        println!(
            "{:.1} MB/s; push {:.1} ms/MB, encode {:.1} ms/MB; file {:.0} %",
            total as f64 / 1e6 / s,
            push * 1e9 / total as f64,
            enc * 1e9 / total as f64,
            100.0 * w.bytes() as f64 / total as f64
        );
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{}", status.lines().find(|l| l.starts_with("VmHWM")).unwrap());
}

fn chunks(docs: &[Doc]) -> Vec<&[Doc]> {
    let (mut out, mut start, mut bytes) = (vec![], 0, 0);
    for (i, d) in docs.iter().enumerate() {
        bytes += d.source.raw_text.len();
        if bytes > 4_000_000 {
            out.push(&docs[start..=i]);
            start = i + 1;
            bytes = 0;
        }
    }
    out.push(&docs[start..]);
    out
}

struct Cpu(f64);
impl Cpu {
    fn el(&self) -> f64 {
        cpu().0 - self.0
    }
}
/// Processor time of this process in seconds, in nanosecond resolution from the scheduler.
fn cpu() -> Cpu {
    let s = std::fs::read_to_string("/proc/self/schedstat").unwrap();
    Cpu(s.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9)
}

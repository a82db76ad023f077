//! Writes news to measure on as JSON Lines: `cargo run --release -p decalque-benches --example corpus 50 > news.jsonl`
//! makes 50 MB of text, the same on every machine.

use std::io::{self, BufWriter, Write};

fn main() -> io::Result<()> {
    let megabytes: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(50);
    let mut out = BufWriter::new(io::stdout().lock());
    for (id, text) in decalque_benches::stream(megabytes * 1_000_000).enumerate() {
        writeln!(out, "{}", serde_json::json!({ "id": id, "text": text }))?;
    }
    out.flush()
}

//! Prints the tokens and sentences of every text file of a folder as JSON Lines, positions in characters:
//! `cargo run --release --example spans -- FOLDER`. For comparing with other tokenizers.
//! With `--roles` it prints one line a sentence instead: role, paragraph, text.

use decalque_text::Span;
use decalque_tokenize::layout;
use std::io::Write;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let roles = arguments.iter().any(|a| a == "--roles");
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for folder in arguments.iter().filter(|a| !a.starts_with("--")) {
        let mut files: Vec<_> = std::fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
        files.sort();
        for file in files.iter().filter(|f| f.is_file()) {
            let text = std::fs::read_to_string(file)?;
            if roles { print_roles(&mut out, file, &text)? } else { print_spans(&mut out, file, &text)? }
        }
    }
    out.flush()
}

fn print_roles(out: &mut impl Write, file: &Path, text: &str) -> std::io::Result<()> {
    writeln!(out, "== {}", file.display())?;
    for s in layout(text).sentences {
        writeln!(out, "{:11} {:3} {}", s.role.name(), s.paragraph, s.span.text(text))?;
    }
    Ok(())
}

fn print_spans(out: &mut impl Write, file: &Path, text: &str) -> std::io::Result<()> {
    let mut characters = vec![0_usize; text.len() + 1];
    let mut count = 0;
    for (byte, slot) in characters.iter_mut().enumerate() {
        *slot = count;
        count += usize::from(text.is_char_boundary(byte));
    }
    let list = |spans: Vec<Span>| {
        let at = |byte: u32| characters.get(byte as usize).copied().unwrap_or(0);
        spans.iter().map(|s| format!("[{},{}]", at(s.start), at(s.end))).collect::<Vec<_>>().join(",")
    };
    let layout = layout(text);
    let tokens = list(layout.tokens.iter().map(|t| t.span).collect());
    let sentences = list(layout.sentences.iter().map(|s| s.span).collect());
    let name = file.file_stem().unwrap_or_default().to_string_lossy().replace(['"', '\\'], "_");
    writeln!(out, "{{\"doc\": \"{name}\", \"tokens\": [{tokens}], \"sentences\": [{sentences}]}}")
}

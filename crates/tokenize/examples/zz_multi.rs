//! temp
use decalque_tokenize::*;
fn main() {
    let mut n = 0; let mut all = 0;
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap_or_default()).unwrap_or_default();
    for line in text.lines() { all += 1; let l = layout(line); if l.sentences.len() > 1 { n += 1; println!("{}", l.sentences.iter().map(|s| s.span.text(line)).collect::<Vec<_>>().join(" ‖ ")); } }
    println!("TOTAL {n} of {all}");
}

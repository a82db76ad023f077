//! temp
use decalque_tokenize::*;
fn main() {
    let mut n = std::collections::BTreeMap::new();
    for p in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&p).unwrap_or_default();
        let units: Vec<&str> = if p.ends_with(".lines") { text.lines().collect() } else { vec![&text] };
        for u in units {
            let (l, c) = language(u);
            *n.entry(l.tag()).or_insert(0) += 1;
            if std::env::var("SHOW").is_ok_and(|s| s == l.tag()) {
                println!("{l:?} {c:.2} {}", u.chars().take(120).collect::<String>().replace('\n', "⏎"));
            }
        }
    }
    println!("{n:?}");
}

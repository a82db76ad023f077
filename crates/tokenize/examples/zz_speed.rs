//! temp
use decalque_tokenize::*;
fn cpu() -> f64 {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .unwrap_or_default()
        .split(' ')
        .next()
        .and_then(|x| x.parse::<f64>().ok())
        .unwrap_or(0.0)
        / 1e9
}
fn main() {
    let mut text = String::new();
    for p in std::env::args().skip(1) {
        text.push_str(&std::fs::read_to_string(p).unwrap_or_default());
        text.push_str("\n\n");
    }
    let one = text.clone();
    while text.len() < 20_000_000 {
        text.push_str(&one);
    }
    let mb = text.len() as f64 / 1e6;
    let t = |name: &str, f: &mut dyn FnMut() -> usize| {
        let mut best = f64::MAX;
        let mut n = 0;
        for _ in 0..5 {
            let s = cpu();
            n = f();
            best = best.min(cpu() - s);
        }
        eprintln!("{name}: {:.0} MB/s ({n})", mb / best);
    };
    t("words", &mut || words(&text).len());
    t("scan", &mut || {
        let mut n = 0;
        scan(&text, |_, _| n += 1);
        n
    });
    t("layout", &mut || layout(&text).sentences.len());
    let files: Vec<String> =
        std::env::args().skip(1).map(|p| std::fs::read_to_string(p).unwrap_or_default()).collect();
    let total: usize = files.iter().map(String::len).sum();
    let docs: Vec<&str> = (0..20_000_000 / total).flat_map(|_| files.iter().map(String::as_str)).collect();
    if std::env::var("ONLY").is_ok() {
        t("layout docs", &mut || docs.iter().map(|d| layout(d).sentences.len()).sum());
        return;
    }
    t("layout docs", &mut || docs.iter().map(|d| layout(d).sentences.len()).sum());
    t("language docs", &mut || docs.iter().map(|d| language(d).0.tag().len()).sum());
    let stem = Stemmer::new(decalque_text::Lang::EN);
    let l = layout(&text);
    t("terms", &mut || {
        let mut v = decalque_text::Vocabulary::default();
        terms(&text, &l, &stem, &mut v).len() + v.len()
    });
    let line = text.replace(['\n', '\r'], " ");
    t("layout one line", &mut || layout(&line).sentences.len());
    let worst = [
        "a.b", "a.", "\"(", "x@", "A. ", "'s", "#a", "…", "中", "-", ".", "a-", "((", "http://", "1:",
        "ab.cd", "\u{301}", "?\n", "A\n\n",
    ];
    for w in worst {
        let s = w.repeat(3_000_000 / w.len());
        let st = cpu();
        let n = layout(&s).tokens.len();
        let d = cpu() - st;
        if d > 0.2 {
            eprintln!("SLOW {w:?} {n} {:.1} MB/s", 3.0 / d);
        }
    }
}

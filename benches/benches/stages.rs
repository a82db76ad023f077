//! Every stage of the program in bytes of source text per second, and the whole.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use decalque_benches::news;
use decalque_evidence::{Evidence, Facts, Gathered, Gatherer};
use decalque_export::{Options as Tables, Output};
use decalque_mention::{Finder, Known};
use decalque_normalize::{Context, Lexicon, Options, Triggered, machine_score, repair};
use decalque_pipeline::{Config, Input, Quiet, run, survey};
use decalque_text::{Edited, Head, Lang, Layer, Layout, Record, Source, TermId, View, Vocabulary};
use decalque_tokenize::{Stemmer, language, layout, terms, words};
use std::hint::black_box;
use unicode_segmentation::UnicodeSegmentation;

/// The program's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZE: usize = 1_000_000;

struct Laid {
    text: String,
    layout: Layout,
    terms: Vec<TermId>,
}

/// Documents laid out, over one vocabulary.
fn laid() -> (Vec<Laid>, Vocabulary) {
    let (mut vocabulary, stemmer) = (Vocabulary::default(), Stemmer::new(Lang::EN));
    let lay = |text: String| {
        let layout = layout(&text);
        let terms = terms(&text, &layout, &stemmer, &mut vocabulary);
        Laid { text, layout, terms }
    };
    let all = news(SIZE).into_iter().map(lay).collect();
    (all, vocabulary)
}

fn view<'a>(d: &'a Laid, vocabulary: &'a Vocabulary) -> View<'a> {
    View { text: &d.text, layout: &d.layout, terms: &d.terms, vocabulary }
}

/// A group of one benchmark that reports bytes per second.
fn bench(c: &mut Criterion, name: &str, bytes: usize, mut work: impl FnMut()) {
    let mut group = c.benchmark_group(name);
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(10);
    group.bench_function("news", |b| b.iter(&mut work));
    group.finish();
}

fn text_stages(c: &mut Criterion) {
    let texts = news(SIZE);
    let bytes = texts.iter().map(String::len).sum();
    bench(c, "words", bytes, || {
        assert!(texts.iter().map(|t| words(black_box(t)).len()).sum::<usize>() > SIZE / 10);
    });
    bench(c, "sentences", bytes, || {
        assert!(texts.iter().map(|t| layout(black_box(t)).sentences.len()).sum::<usize>() > SIZE / 1000);
    });
    bench(c, "language", bytes, || {
        assert!(texts.iter().filter(|t| language(black_box(t)).0 == Lang::EN).count() * 2 > texts.len());
    });
    let (laid, _) = laid();
    let stemmer = Stemmer::new(Lang::EN);
    bench(c, "stems", bytes, || {
        let mut vocabulary = Vocabulary::default();
        laid.iter().for_each(|d| {
            assert_eq!(terms(&d.text, &d.layout, &stemmer, &mut vocabulary).len(), d.layout.tokens.len());
        });
    });
}

/// What well-known libraries do with the same text on the same machine: how fast the machine is.
fn yardsticks(c: &mut Criterion) {
    let texts = news(SIZE);
    let bytes = texts.iter().map(String::len).sum();
    bench(c, "yardstick whatlang", bytes, || {
        assert!(texts.iter().filter_map(|t| whatlang::detect(black_box(t))).count() > 0);
    });
    bench(c, "yardstick unicode-segmentation", bytes, || {
        assert!(texts.iter().map(|t| black_box(t).unicode_words().count()).sum::<usize>() > SIZE / 10);
    });
    let stemmer = rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::English);
    let words: Vec<&str> = texts.iter().flat_map(|t| t.unicode_words()).collect();
    bench(c, "yardstick rust-stemmers", bytes, || {
        assert!(words.iter().map(|word| stemmer.stem(black_box(word)).len()).sum::<usize>() > 0);
    });
    let whole = texts.concat();
    bench(c, "yardstick zstd", bytes, || {
        let pages = black_box(whole.as_bytes()).chunks(1 << 19);
        let packed = pages.map(|page| zstd::bulk::compress(page, 1).map_or(usize::MAX, |page| page.len()));
        assert!(packed.sum::<usize>() < SIZE);
    });
}

fn evidence(laid: &[Laid], vocabulary: &Vocabulary) -> (Vec<Facts>, Evidence) {
    let mut gatherer = Gatherer::default();
    let mut all = Gathered::default();
    let is_watched = |surname: &str| Lexicon::built_in().has_surname(surname);
    let facts = laid.iter().map(|d| gatherer.count(&view(d, vocabulary), is_watched, &mut all)).collect();
    gatherer.hand_over(&mut all);
    (facts, all.freeze())
}

fn corpus_stages(c: &mut Criterion) {
    let (laid, vocabulary) = laid();
    let bytes = laid.iter().map(|d| d.text.len()).sum();
    let (facts, known) = evidence(&laid, &vocabulary);
    bench(c, "gather", bytes, || {
        assert_eq!(evidence(black_box(&laid), &vocabulary).1.n_docs(), laid.len() as u64);
    });
    let options = Options::default();
    // Words are asked about once in a run; what that takes grows with the vocabulary, not with the text.
    bench(c, "triggers", bytes, || {
        let mut triggered = Triggered::default();
        let context = Context::new(view(&laid[0], &vocabulary), &facts[0], &known);
        black_box(repair(&context, Layer::Local, &mut triggered, &options));
    });
    let mut triggered = Triggered::default();
    // Rules that only machine translation calls are called where the score says so, as in a run.
    let mut machine = |d| machine_score(&view(d, &vocabulary), &[], &mut triggered).value;
    let scores: Vec<f64> = laid.iter().map(&mut machine).collect();
    let mut repaired = |layer: Layer, facts: &[Facts], known: &Evidence| {
        let documents = laid.iter().zip(facts).zip(&scores);
        let found = documents.map(|((d, facts), &score)| {
            let context = Context::new(view(d, &vocabulary), facts, known).with_machine(score);
            repair(&context, layer, &mut triggered, &options).len()
        });
        assert!(found.sum::<usize>() > 0);
    };
    bench(c, "local repair", bytes, || repaired(Layer::Local, &facts, &known));
    bench(c, "corpus repair", bytes, || repaired(Layer::Corpus, &facts, &known));
    bench(c, "gathering and both repairs", bytes, || {
        repaired(Layer::Local, &facts, &known);
        let (facts, known) = evidence(&laid, &vocabulary);
        repaired(Layer::Corpus, &facts, &known);
    });
    bench(c, "machine score", bytes, || {
        let scores = laid.iter().map(|d| machine_score(&view(d, &vocabulary), &[], &mut triggered).value);
        assert!(scores.sum::<f64>() > 0.0);
    });
    bench(c, "keywords", bytes, || {
        let mut ranker = decalque_keyword::Ranker::new(&known);
        let ranked = laid.iter().map(|d| ranker.rank(&view(d, &vocabulary), 20).len());
        assert!(ranked.sum::<usize>() > 0);
    });
    let people = Known::new(&known);
    bench(c, "mentions", bytes, || {
        let mut finder = Finder::new(&people);
        assert!(laid.iter().map(|d| finder.find(&view(d, &vocabulary)).len()).sum::<usize>() > 0);
    });
    bench(c, "quotes", bytes, || {
        let mut quoter = decalque_quote::Quoter::new(&known);
        let found = laid.iter().zip(&facts).map(|(d, f)| quoter.quotes(&view(d, &vocabulary), f).len());
        assert!(found.sum::<usize>() > 0);
    });
    parquet(c, &laid, &vocabulary, bytes);
}

fn parquet(c: &mut Criterion, laid: &[Laid], vocabulary: &Vocabulary, bytes: usize) {
    let unchanged: Vec<(Source, Edited)> = laid.iter().enumerate().map(|(i, d)| source(i, d)).collect();
    bench(c, "parquet", bytes, || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut out = Output::create(folder.path(), &Tables::default()).expect("an output");
        let mut batch = out.batch();
        laid.iter()
            .zip(&unchanged)
            .for_each(|(d, (source, text))| batch.push(&record(d, source, text, vocabulary)));
        out.append(batch.encode().expect("an encoded batch"), b"").expect("a row group");
        assert!(out.finish(|_| serde_json::json!({})).expect("tables").rows("tokens") > 0);
    });
}

fn source(i: usize, d: &Laid) -> (Source, Edited) {
    let source = Source {
        doc_id: format!("{i:06}"),
        is_ok: true,
        encoding: "utf-8",
        raw_text: d.text.clone(),
        ..Source::default()
    };
    (source, Edited::unchanged(d.text.clone()))
}

fn record<'a>(d: &'a Laid, source: &'a Source, text: &'a Edited, vocabulary: &'a Vocabulary) -> Record<'a> {
    static HEAD: std::sync::OnceLock<Head> = std::sync::OnceLock::new();
    Record {
        source,
        local: text,
        corpus: text,
        layout: &d.layout,
        terms: &d.terms,
        vocabulary,
        corrections: &[],
        head: HEAD.get_or_init(Head::default),
        title: None,
        lang: Lang::EN,
        lang_confidence: 1.0,
        langs: &[],
        mt_score: 0.0,
        mt_features: &[],
        keywords: &[],
        mentions: &[],
        quotes: &[],
    }
}

fn whole(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let texts = news(4 * SIZE);
    let bytes = texts.iter().map(String::len).sum();
    let lines: Vec<String> = texts.iter().map(|t| serde_json::json!({ "text": t }).to_string()).collect();
    let file = folder.path().join("news.jsonl");
    std::fs::write(&file, lines.join("\n")).expect("a corpus");
    let (inputs, config) = ([Input::Path(file)], Config { threads: 1, ..Config::default() });
    bench(c, "read", bytes, || {
        assert_eq!(survey(&inputs, &config).expect("a corpus").documents, texts.len() as u64);
    });
    let out = folder.path().join("tables");
    bench(c, "whole", bytes, || {
        let summary = run(&inputs, &out, &config, &Quiet).expect("a run");
        assert_eq!(summary.documents, texts.len() as u64);
    });
}

criterion_group!(stages, yardsticks, text_stages, corpus_stages, whole);
criterion_main!(stages);

//! What was done to a document, kept in memory for a person to read.

use crate::Error;
use crate::config::Config;
use crate::corpus::Corpus;
use crate::document::{Analysts, Settings, learn};
use crate::entities::{link_speakers, mentions};
use crate::files::Input;
use crate::run::{raw_span, whole};
use crate::worker::Worker;
use decalque_evidence::Gathered;
use decalque_mention::{Finder, Known};
use decalque_text::{Correction, Mention, Quote, Source, Span};

/// One document, before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// Where it came from; rejected documents have a reason and nothing else.
    pub source: Source,
    /// The repaired text.
    pub clean: String,
    /// Every repair with its place in the raw text, in text order.
    pub corrections: Vec<(Span, Correction)>,
    /// Language tag.
    pub lang: &'static str,
    /// How likely it is machine translation, 0 to 1.
    pub mt_score: f64,
    /// Keyphrases, best first.
    pub keywords: Vec<String>,
    /// What people said, in text order; the places are in `clean`.
    pub quotes: Vec<Quote>,
    /// People and organisations it names, in text order; the places are in `clean`.
    pub mentions: Vec<Mention>,
}

/// Run both passes over inputs and keep what happened. The evidence is that of these inputs alone.
///
/// # Errors
/// When there is nothing to read or a setting is impossible.
///
/// ```
/// use decalque_pipeline::{explain, Config, Input};
/// let bytes = b"The Russian foreign Minister left.".to_vec();
/// let input = Input::Bytes { name: "stdin".into(), bytes: bytes.into() };
/// let told = explain(&[input], &Config::default()).unwrap();
/// assert_eq!(told[0].clean, "The Russian Foreign Minister left.");
/// ```
pub fn explain(inputs: &[Input], config: &Config) -> Result<Vec<Explained>, Error> {
    config.check()?;
    let settings = Settings::new(config)?;
    let corpus = Corpus::find(inputs, config, None)?;
    let (mut worker, mut gathered) = (Worker::default(), Gathered::default());
    for i in 0..corpus.len() {
        let (source, fields) = corpus.load(i);
        if source.is_ok {
            let language = decalque_tokenize::language(&source.raw_text);
            learn(&source, &fields, language, &mut worker, &settings, &mut gathered);
        }
    }
    worker.hand_over(&mut gathered);
    let evidence = gathered.freeze();
    let known = Known::new(&evidence);
    let (mut analysts, mut finder) = (Analysts::new(&evidence), Finder::new(&known));
    let mut one = |i| explain_one(&corpus, i, (&mut analysts, &mut finder), &mut worker, &settings);
    Ok((0..corpus.len()).map(&mut one).collect())
}

fn rejected(source: Source) -> Explained {
    Explained {
        source,
        clean: String::new(),
        corrections: Vec::new(),
        lang: "und",
        mt_score: 0.0,
        keywords: Vec::new(),
        quotes: Vec::new(),
        mentions: Vec::new(),
    }
}

fn explain_one(
    corpus: &Corpus,
    i: usize,
    (analysts, finder): (&mut Analysts, &mut Finder),
    worker: &mut Worker,
    settings: &Settings,
) -> Explained {
    let (source, fields) = corpus.load(i);
    if !source.is_ok {
        return rejected(source);
    }
    let language = decalque_tokenize::language(&source.raw_text);
    let mut done = whole(&source, language, analysts, fields, worker, settings);
    let vocabulary = &worker.tongue(done.prepared.lang).vocabulary;
    let mentions = mentions(&done, &done.prepared.page.view(done.corpus.clean(), vocabulary), finder);
    link_speakers(&mut done.quotes, &mentions);
    let local = &done.prepared.local;
    let placed = done.corrections.iter().map(|c| (raw_span(c, local), c.clone())).collect();
    Explained {
        corrections: placed,
        clean: done.corpus.clean().to_owned(),
        lang: done.prepared.lang.tag(),
        mt_score: done.prepared.machine.value,
        keywords: done.keywords.into_iter().map(|k| k.surface).collect(),
        quotes: done.quotes,
        mentions,
        source,
    }
}

//! What happens to one document. Pure: both passes, `explain` and later batch calls share it.

use crate::Error;
use crate::config::Config;
use crate::origin::Origin;
use crate::worker::{Tongue, Worker};
use decalque_evidence::{Evidence, Facts, Gathered, own};
use decalque_keyword::Ranker;
use decalque_normalize::{Context, MachineScore, Options, Tells, repair};
use decalque_quote::Quoter;
use decalque_text::{
    Correction, Edited, Head, Keyword, Lang, Layer, Layout, Metadata, Quote, Role, Source, Status, TermId,
    View,
};
use decalque_tokenize::{foreign_terms, head, layout, sentence_languages, terms, terms_after};

/// A text cut into sentences and tokens.
pub(crate) struct Page {
    pub(crate) layout: Layout,
    pub(crate) terms: Vec<TermId>,
    /// Language of each sentence; empty when all are in the document's.
    pub(crate) langs: Vec<Lang>,
}

fn page(text: &str, language: (Lang, f64), tongue: &mut Tongue) -> Page {
    let layout = layout(text);
    let terms = terms(text, &layout, &tongue.stemmer, &mut tongue.vocabulary);
    Page { layout, terms, langs: Vec::new() }.with_languages(text, language, tongue)
}

/// The page of a repaired text; `before` is that of the text before.
fn page_after(edited: &Edited, before: &Page, language: (Lang, f64), tongue: &mut Tongue) -> Page {
    if !before.langs.is_empty() {
        return page(edited.clean(), language, tongue);
    }
    let layout = layout(edited.clean());
    let before = (before.layout.tokens.as_slice(), before.terms.as_slice());
    let terms = terms_after(edited, &layout, before, &tongue.stemmer, &mut tongue.vocabulary);
    Page { layout, terms, langs: Vec::new() }.with_languages(edited.clean(), language, tongue)
}

/// Number the words of a page anew, in another vocabulary.
pub(crate) fn renumber(page: &mut Page, text: &str, lang: Lang, tongue: &mut Tongue) {
    page.terms = terms(text, &page.layout, &tongue.stemmer, &mut tongue.vocabulary);
    let langs = (lang, page.langs.as_slice());
    foreign_terms(text, &page.layout, langs, &mut page.terms, &mut tongue.vocabulary);
}

impl Page {
    fn with_languages(mut self, text: &str, language: (Lang, f64), tongue: &mut Tongue) -> Self {
        self.langs = sentence_languages(text, &self.layout, language);
        let langs = (language.0, self.langs.as_slice());
        foreign_terms(text, &self.layout, langs, &mut self.terms, &mut tongue.vocabulary);
        self
    }

    pub(crate) fn view<'a>(&'a self, text: &'a str, vocabulary: &'a decalque_text::Vocabulary) -> View<'a> {
        View { text, layout: &self.layout, terms: &self.terms, vocabulary }
    }
}

/// A document after the local layer: all that pass 1 needs.
pub(crate) struct Prepared {
    pub(crate) lang: Lang,
    pub(crate) lang_confidence: f64,
    pub(crate) local: Edited,
    pub(crate) corrections: Vec<Correction>,
    pub(crate) page: Page,
    pub(crate) machine: MachineScore,
    pub(crate) origin: Origin,
}

/// A document after both layers: all that the tables need.
pub(crate) struct Finished {
    pub(crate) prepared: Prepared,
    pub(crate) corpus: Edited,
    /// Of both layers, in raw text order.
    pub(crate) corrections: Vec<Correction>,
    pub(crate) head: Head,
    pub(crate) title: Option<String>,
    pub(crate) keywords: Vec<Keyword>,
    pub(crate) quotes: Vec<Quote>,
}

/// The analyses of pass 2, each with its memory of words.
pub(crate) struct Analysts<'e> {
    evidence: &'e Evidence,
    ranker: Ranker<'e>,
    quoter: Quoter<'e>,
}

impl<'e> Analysts<'e> {
    pub(crate) fn new(evidence: &'e Evidence) -> Self {
        Self { evidence, ranker: Ranker::new(evidence), quoter: Quoter::new(evidence) }
    }
}

/// Repairs are for English, and for text too short or too broken to tell.
fn is_repairable(lang: Lang) -> bool {
    matches!(lang, Lang::EN | Lang::UND)
}

/// Tokenise, find the language, repair what needs no corpus.
pub(crate) fn prepare(
    (raw, doc_id): (&str, &str),
    fields: &Metadata,
    language: (Lang, f64),
    worker: &mut Worker,
    settings: &Settings,
) -> Prepared {
    let (lang, lang_confidence) = language;
    let tongue = worker.tongue(lang);
    let first = page(raw, language, tongue);
    let (facts, evidence) = (Facts::default(), Evidence::default());
    let tells = tells((raw, lang), &first, tongue, settings);
    let guess = settings.machine(tells.guess());
    let corrections = find_in_layer(
        (raw, doc_id),
        &first,
        tongue,
        Layer::Local,
        (&facts, &evidence, guess),
        lang,
        &settings.options,
    );
    let local = apply(raw, &corrections);
    let machine = tells.score(&corrections);
    let page = if local.edits().is_empty() { first } else { page_after(&local, &first, language, tongue) };
    let known = with_fields(head(local.clean(), &page.layout), fields.clone());
    let origin = Origin::of(doc_id, &known.fields);
    Prepared { lang, lang_confidence, local, corrections, page, machine, origin }
}

/// What the words alone say; with what the rules find it becomes the score of the document.
fn tells((raw, lang): (&str, Lang), page: &Page, tongue: &mut Tongue, settings: &Settings) -> Tells {
    if is_repairable(lang) {
        tongue.triggered.learn(&tongue.vocabulary, settings.options.lexicon());
    }
    Tells::of(&page.view(raw, &tongue.vocabulary), &mut tongue.triggered)
}

/// What a run does to every document.
pub(crate) struct Settings {
    options: Options,
    keywords: usize,
    assume_machine: bool,
    /// The texts of the files that the configuration names.
    pub(crate) files: Vec<String>,
    /// Names and quotations are looked for only where a table wants them.
    pub(crate) wants_mentions: bool,
    wants_quotes: bool,
    /// Words of the corpus are counted only for their table.
    pub(crate) wants_terms: bool,
}

impl Settings {
    pub(crate) fn new(config: &Config) -> Result<Self, Error> {
        let Config { keywords, assume_machine, .. } = *config;
        let (options, files) = config.options()?;
        let (wants_mentions, wants_quotes, wants_terms) = (true, true, true);
        let mut settings =
            Self { options, keywords, assume_machine, files, wants_mentions, wants_quotes, wants_terms };
        settings.want(config.tables.iter().map(String::as_str));
        Ok(settings)
    }

    /// Look only for what these tables hold; when none is named, for what all hold.
    pub(crate) fn want<'t>(&mut self, tables: impl Iterator<Item = &'t str>) {
        let tables: Vec<&str> = tables.collect();
        let wants = |names: &[&str]| tables.is_empty() || tables.iter().any(|t| names.contains(t));
        self.wants_mentions = wants(&["mentions", "entities", "quotes"]);
        self.wants_quotes = wants(&["quotes"]);
        self.wants_terms = wants(&["terms"]);
    }

    /// The likelihood of machine translation that rules go by.
    fn machine(&self, score: f64) -> f64 {
        if self.assume_machine { 1.0 } else { score }
    }

    /// Of people whose names engines translate it is kept what their documents are about.
    fn is_watched(&self, surname: &str) -> bool {
        self.options.lexicon().has_surname(surname)
    }
}

/// Pass 1 of a document: prepare it, and count what the corpus learns from it; what is counted is all there when the worker
/// has handed it over ([`Worker::hand_over`]).
pub(crate) fn learn(
    source: &Source,
    fields: &Metadata,
    language: (Lang, f64),
    worker: &mut Worker,
    settings: &Settings,
    gathered: &mut Gathered,
) -> (Prepared, Facts) {
    let prepared = prepare((&source.raw_text, &source.doc_id), fields, language, worker, settings);
    let (tongue, origin) = (worker.tongue(prepared.lang), &prepared.origin);
    let view = prepared.page.view(prepared.local.clean(), &tongue.vocabulary);
    let facts = tongue.gatherer.count(&view, |surname| settings.is_watched(surname), gathered);
    gathered.add_origin(origin.source.as_deref(), origin.month, &facts);
    (prepared, facts)
}

/// What the document knows of itself.
pub(crate) fn own_facts(prepared: &Prepared, worker: &mut Worker) -> Facts {
    let tongue = worker.tongue(prepared.lang);
    own(&prepared.page.view(prepared.local.clean(), &tongue.vocabulary))
}

/// What the rules of one layer find; nothing is changed yet.
fn find_in_layer(
    (text, doc_id): (&str, &str),
    page: &Page,
    tongue: &mut Tongue,
    layer: Layer,
    known: (&Facts, &Evidence, f64),
    lang: Lang,
    options: &Options,
) -> Vec<Correction> {
    if !is_repairable(lang) {
        return Vec::new();
    }
    let context = Context::new(page.view(text, &tongue.vocabulary), known.0, known.1)
        .with_machine(known.2)
        .of_document(doc_id, options.lexicon());
    repair(&context, layer, &mut tongue.triggered, options)
}

/// The text after those corrections that are applied.
pub(crate) fn apply(text: &str, corrections: &[Correction]) -> Edited {
    let applied = corrections.iter().filter(|c| c.status == Status::Applied).map(|c| c.edit.clone());
    Edited::apply(text, applied.collect()).0
}

/// Repair by what the corpus knows, then analyse.
pub(crate) fn finish(
    mut prepared: Prepared,
    facts: &Facts,
    analysts: &mut Analysts,
    fields: Metadata,
    worker: &mut Worker,
    settings: &Settings,
    doc_id: &str,
) -> Finished {
    let tongue = worker.tongue(prepared.lang);
    let known = (facts, analysts.evidence, settings.machine(prepared.machine.value));
    let (corpus, corrections) = repair_by_corpus(&mut prepared, known, tongue, settings, doc_id);
    let head = with_fields(head(corpus.clean(), &prepared.page.layout), fields);
    let title = head.fields.title.clone().or_else(|| head.title.map(|s| s.text(corpus.clean()).to_owned()));
    let view = prepared.page.view(corpus.clean(), &tongue.vocabulary);
    let keywords = analysts.ranker.rank(&view, settings.keywords);
    // Its verbs and pronouns are English.
    let wants_quotes = settings.wants_quotes && is_repairable(prepared.lang);
    let quotes = if wants_quotes { analysts.quoter.quotes(&view, facts) } else { Vec::new() };
    Finished { prepared, corpus, corrections, head, title, keywords, quotes }
}

/// The text after the corpus layer, the corrections of both layers, and in the document the page of that text.
fn repair_by_corpus(
    prepared: &mut Prepared,
    known: (&Facts, &Evidence, f64),
    tongue: &mut Tongue,
    settings: &Settings,
    doc_id: &str,
) -> (Edited, Vec<Correction>) {
    let (text, lang, options) = (prepared.local.clean(), prepared.lang, &settings.options);
    let found = find_in_layer((text, doc_id), &prepared.page, tongue, Layer::Corpus, known, lang, options);
    let found = give_way(found, &prepared.local);
    let corpus = apply(text, &found);
    if !corpus.edits().is_empty() {
        let language = (lang, prepared.lang_confidence);
        prepared.page = page_after(&corpus, &prepared.page, language, tongue);
    }
    demote_repeated_lines(corpus.clean(), &mut prepared.page.layout, known.1, &prepared.origin);
    let corrections = in_raw_order(std::mem::take(&mut prepared.corrections), found, &prepared.local);
    (corpus, corrections)
}

/// Layers are never merged: what the local layer changed, the corpus layer leaves alone.
fn give_way(found: Vec<Correction>, local: &Edited) -> Vec<Correction> {
    let decide = |mut c: Correction| {
        let first = local.placed().partition_point(|at| at.end <= c.edit.span.start);
        if local.placed().get(first).is_some_and(|at| at.overlaps(c.edit.span)) {
            c.status = Status::Refused;
            c.refused_by = local.edits().get(first).map(|e| e.rule);
        }
        c
    };
    if local.edits().is_empty() { found } else { found.into_iter().map(decide).collect() }
}

fn in_raw_order(local: Vec<Correction>, corpus: Vec<Correction>, map: &Edited) -> Vec<Correction> {
    let mut all: Vec<_> = local.into_iter().map(|c| (c.edit.span, c)).collect();
    all.extend(corpus.into_iter().map(|c| (map.to_raw(c.edit.span), c)));
    all.sort_by(|a, b| (a.0, a.1.layer, &a.1).cmp(&(b.0, b.1.layer, &b.1)));
    all.into_iter().map(|(_, c)| c).collect()
}

/// Fields of the record win over what the lines say.
fn with_fields(mut head: Head, fields: Metadata) -> Head {
    let read = std::mem::take(&mut head.fields);
    head.fields = Metadata {
        title: fields.title.or(read.title),
        url: fields.url.or(read.url),
        // The day a crawler came is better than none.
        published: fields.published.or(read.published).or(fields.fetched),
        fetched: fields.fetched,
        author: fields.author.or(read.author),
        agency: fields.agency.or(read.agency),
        place: fields.place.or(read.place),
    };
    head
}

/// Fewest documents, and smallest share of all, that a line must stand in to be the site's and not the article's.
const REPEATED: (u32, f64) = (5, 0.02);
/// The same among the documents of one source; more of them, since stories are told again within a source.
const REPEATED_IN_SOURCE: (u32, f64) = (5, 0.1);
/// Longest such line, in tokens.
const REPEATED_TOKENS: u32 = 10;

/// Short lines that stand in many documents, of the corpus or of the document's source, are boilerplate: share buttons,
/// notices, slogans.
fn demote_repeated_lines(text: &str, layout: &mut Layout, evidence: &Evidence, origin: &Origin) {
    let source = origin.source.as_deref().map(|s| (s, evidence.sources().get(s).copied().unwrap_or(0)));
    let repeats = |line: &str| {
        let by_source = source.is_some_and(|(source, n)| {
            is_many(evidence.line_frequency_in(source, line), n.into(), REPEATED_IN_SOURCE)
        });
        by_source || is_many(evidence.line_frequency(line), evidence.n_docs(), REPEATED)
    };
    for s in &mut layout.sentences {
        let is_line =
            matches!(s.role, Role::Heading | Role::Body) && s.end_token - s.first_token <= REPEATED_TOKENS;
        if is_line && repeats(s.span.text(text)) {
            s.role = Role::Boilerplate;
        }
    }
}

fn is_many(n: u32, all: u64, (fewest, share): (u32, f64)) -> bool {
    f64::from(n) >= f64::from(fewest).max(all as f64 * share)
}

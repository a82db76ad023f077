//! Mentions of a document, and counting them over the corpus for the table `entities`.

use crate::document::Finished;
use decalque_mention::Finder;
use decalque_text::{Entity, EntityKind, Lang, Layer, Mention, Quote, Span, Status, View};
use std::collections::BTreeMap;

/// The mentions of a finished document, each with the correction that made or changed it. Names are found in English,
/// and in texts whose language cannot be told.
pub(crate) fn mentions(done: &Finished, view: &View, finder: &mut Finder) -> Vec<Mention> {
    if !matches!(done.prepared.lang, Lang::EN | Lang::UND) {
        return Vec::new();
    }
    let mut mentions = finder.find(view);
    let places = applied(done);
    for mention in &mut mentions {
        let first = places.partition_point(|(place, _)| place.end <= mention.span.start);
        let at = places.get(first).filter(|(place, _)| place.overlaps(mention.span));
        mention.correction = at.map(|&(_, number)| number);
    }
    mentions
}

/// Give every quote the key of its speaker: of the mention where the speaker is named, or of one by the speaker's full
/// name, for pronouns and offices.
pub(crate) fn link_speakers(quotes: &mut [Quote], mentions: &[Mention]) {
    let by_name: BTreeMap<&str, &Mention> = mentions.iter().rev().map(|m| (m.name.as_str(), m)).collect();
    for quote in quotes {
        let first = |at: Span| mentions.partition_point(|m| m.span.end <= at.start);
        let here = quote.speaker_at.and_then(|at| mentions.get(first(at)).filter(|m| m.span.overlaps(at)));
        let mention = here.or_else(|| by_name.get(quote.speaker.as_deref()?).copied());
        quote.speaker_entity = mention.map(|m| m.entity_id.clone());
    }
}

/// Where applied corrections stand in the repaired text, and their numbers; in text order.
fn applied(done: &Finished) -> Vec<(Span, u32)> {
    let place = |c: &decalque_text::Correction| match c.layer {
        Layer::Local => done.corpus.to_clean(done.prepared.local.to_clean(c.edit.span)),
        Layer::Corpus => done.corpus.to_clean(c.edit.span),
    };
    let numbered = (0u32..).zip(&done.corrections).filter(|(_, c)| c.status == Status::Applied);
    let mut all: Vec<(Span, u32)> = numbered.map(|(n, c)| (place(c), n)).collect();
    all.sort_unstable();
    all
}

/// What is counted of one entity.
#[derive(Debug, Clone, Default)]
struct Count {
    n_docs: u64,
    /// Mentions by spelling.
    surfaces: BTreeMap<String, u64>,
    /// Mentions by the fullest name known where they stand.
    names: BTreeMap<String, u64>,
}

/// Counts of entities that occur; they merge in any order.
#[derive(Debug, Default)]
pub(crate) struct Entities {
    counts: BTreeMap<String, (EntityKind, Count)>,
}

impl Entities {
    /// Count the mentions of one document.
    pub(crate) fn add(&mut self, mentions: &[Mention], text: &str) {
        let mut seen: Vec<&str> = Vec::with_capacity(mentions.len());
        for mention in mentions {
            let count = self.slot(&mention.entity_id, mention.kind);
            bump(&mut count.surfaces, mention.span.text(text), 1);
            bump(&mut count.names, &mention.name, 1);
            seen.push(&mention.entity_id);
        }
        seen.sort_unstable();
        seen.dedup();
        for id in seen {
            if let Some((_, count)) = self.counts.get_mut(id) {
                count.n_docs += 1;
            }
        }
    }

    fn slot(&mut self, id: &str, kind: EntityKind) -> &mut Count {
        if !self.counts.contains_key(id) {
            self.counts.insert(id.to_owned(), (kind, Count::default()));
        }
        &mut self.counts.entry(id.to_owned()).or_insert_with(|| (kind, Count::default())).1
    }

    /// Take in what another worker counted.
    pub(crate) fn merge(&mut self, other: Self) {
        for (id, (kind, more)) in other.counts {
            let count = self.slot(&id, kind);
            count.n_docs += more.n_docs;
            more.surfaces.iter().for_each(|(s, n)| bump(&mut count.surfaces, s, *n));
            more.names.iter().for_each(|(s, n)| bump(&mut count.names, s, *n));
        }
    }

    /// The rows of `entities`, sorted by key.
    pub(crate) fn rows(self) -> Vec<Entity> {
        self.counts.into_iter().map(|(id, (kind, count))| row(id, kind, count)).collect()
    }
}

fn bump(counts: &mut BTreeMap<String, u64>, key: &str, n: u64) {
    match counts.get_mut(key) {
        Some(count) => *count += n,
        None => {
            counts.insert(key.to_owned(), n);
        }
    }
}

fn row(entity_id: String, kind: EntityKind, count: Count) -> Entity {
    let name = count.names.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
    let name = name.map(|(name, _)| name.clone()).unwrap_or_default();
    let mut variants: Vec<(String, u64)> = count.surfaces.into_iter().collect();
    variants.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let n_mentions = variants.iter().map(|(_, n)| n).sum();
    Entity { entity_id, name, kind, n_mentions, n_docs: count.n_docs, variants }
}

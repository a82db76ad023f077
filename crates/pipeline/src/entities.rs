//! Mentions of a document, and counting them over the corpus for the table `entities`.

use crate::document::Finished;
use crate::runs::Sum;
use crate::surfaces::Surfaces;
use decalque_mention::Finder;
use decalque_text::{Entity, EntityKind, Lang, Layer, Mention, Quote, Span, Status, View};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::cell::LazyCell;

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

/// Give every quote the key of its speaker: of the mention of the same family name where the speaker is named, else of
/// one by the speaker's full name, for pronouns and offices. Other names there are not the speaker's: `a spokesman for
/// Mr Ivanov`, `Ivanov’s lawyer Anna Petrova`.
pub(crate) fn link_speakers(quotes: &mut [Quote], mentions: &[Mention]) {
    // Most speakers stand where they are named.
    let by_name: LazyCell<FxHashMap<&str, &Mention>, _> =
        LazyCell::new(|| mentions.iter().rev().map(|m| (m.name.as_str(), m)).collect());
    for quote in quotes {
        let (Some(speaker), Some(at)) = (&quote.speaker, quote.speaker_at) else { continue };
        let first = mentions.partition_point(|m| m.span.end <= at.start);
        let mut here = mentions[first..].iter().take_while(|m| m.span.start < at.end);
        let named = here.find(|m| last_word(&m.name) == last_word(speaker));
        let mention = named.or_else(|| by_name.get(speaker.as_str()).copied());
        quote.speaker_entity = mention.map(|m| m.entity_id.clone());
    }
}

fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
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
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Count {
    id: String,
    is_person: bool,
    n_docs: u64,
    /// Mentions by spelling.
    surfaces: Surfaces,
    /// Mentions by the fullest name known where they stand.
    names: Surfaces,
}

impl Sum for Count {
    type Key<'a> = &'a str;

    fn key(&self) -> &str {
        &self.id
    }

    fn add(&mut self, other: Self) {
        self.n_docs += other.n_docs;
        self.surfaces.merge(other.surfaces);
        self.names.merge(other.names);
    }
}

impl Count {
    /// The row of `entities`.
    pub(crate) fn row(self) -> Entity {
        let (name, n_mentions) = (self.names.most_frequent(), self.surfaces.total());
        let kind = if self.is_person { EntityKind::Person } else { EntityKind::Organisation };
        Entity {
            entity_id: self.id,
            name,
            kind,
            n_mentions,
            n_docs: self.n_docs,
            variants: self.surfaces.sorted(),
        }
    }
}

/// Counts of the entities that occur in some documents.
#[derive(Debug, Default)]
pub(crate) struct Entities {
    counts: FxHashMap<String, Counting>,
    /// Documents that were counted.
    n_docs: u64,
}

/// The count of an entity while documents are added.
#[derive(Debug)]
struct Counting {
    count: Count,
    /// The last document that names it, counted from 1.
    last: u64,
}

impl Entities {
    /// Count the mentions of one document.
    pub(crate) fn add(&mut self, mentions: &[Mention], text: &str) {
        self.n_docs += 1;
        for mention in mentions {
            match self.counts.get_mut(mention.entity_id.as_str()) {
                Some(counting) => counting.add(mention, text, self.n_docs),
                None => {
                    let mut counting = Counting::new(mention.kind);
                    counting.add(mention, text, self.n_docs);
                    self.counts.insert(mention.entity_id.clone(), counting);
                }
            }
        }
    }

    /// In no order.
    pub(crate) fn into_sums(self) -> Vec<Count> {
        self.counts.into_iter().map(|(id, counting)| Count { id, ..counting.count }).collect()
    }
}

impl Counting {
    fn new(kind: EntityKind) -> Self {
        let is_person = kind == EntityKind::Person;
        let (surfaces, names) = (Surfaces::default(), Surfaces::default());
        Self { count: Count { id: String::new(), is_person, n_docs: 0, surfaces, names }, last: 0 }
    }

    fn add(&mut self, mention: &Mention, text: &str, document: u64) {
        self.count.surfaces.add(mention.span.text(text), 1);
        self.count.names.add(&mention.name, 1);
        self.count.n_docs += u64::from(self.last != document);
        self.last = document;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use decalque_text::Speech;

    fn mention(start: u32, end: u32, name: &str, entity_id: &str) -> Mention {
        let (name, entity_id) = (name.to_owned(), entity_id.to_owned());
        Mention { span: Span::new(start, end), kind: EntityKind::Person, entity_id, name, correction: None }
    }

    /// The entity of a speaker among Ivan Ivanov at 0..6 and Anna Petrova at 16..28.
    fn check(speaker: Option<&str>, at: (u32, u32), want: Option<&str>) {
        let mentions =
            [mention(0, 6, "Ivan Ivanov", "person/i"), mention(16, 28, "Anna Petrova", "person/p")];
        let mut quote = Quote {
            span: Span::new(40, 50),
            speech: Speech::Direct,
            statement: 0,
            level: 0,
            cue: None,
            speaker: speaker.map(str::to_owned),
            speaker_entity: None,
            speaker_at: Some(Span::new(at.0, at.1)),
        };
        link_speakers(std::slice::from_mut(&mut quote), &mentions);
        assert_eq!(quote.speaker_entity.as_deref(), want, "{speaker:?} {at:?}");
    }

    #[test]
    fn speakers_are_linked_by_their_own_name() {
        check(Some("Ivan Ivanov"), (0, 6), Some("person/i"));
        // `Ivanov’s lawyer Anna Petrova`
        check(Some("Anna Petrova"), (0, 28), Some("person/p"));
        // `he`, further down
        check(Some("Ivan Ivanov"), (30, 32), Some("person/i"));
        // a spokesman for Ivanov
        check(None, (0, 6), None);
        check(Some("Boris Orlov"), (30, 35), None);
    }
}

//! A finished document, as the tables want it.

use crate::{Correction, Edited, Lang, Layout, Span, TermId, Vocabulary};

/// Where a document came from, and what its reader made of it. One row of `sources`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Path below the input root with `/`; a record of a container is `path#id`. Unique in a run.
    pub doc_id: String,
    /// The file it was read from, as given.
    pub path: String,
    /// Size of the document in bytes, unpacked and not yet decoded.
    pub bytes: u64,
    /// Name of the encoding it was decoded from.
    pub encoding: &'static str,
    /// XXH3-64 of those bytes.
    pub content_hash: u64,
    /// False when the reader had to reject it; it is then in no other table.
    pub is_ok: bool,
    /// Why it was rejected, or a note on how it was read.
    pub reason: Option<String>,
    /// The decoded text all raw positions point into (of a web page, its main text); empty when rejected.
    pub raw_text: String,
    /// Fields of the record that have no column, as a JSON object.
    pub metadata: Option<String>,
}

/// What is known of a document before its text is read: fields of its record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// Headline.
    pub title: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// When it was published: milliseconds since 1970-01-01T00:00 on the publisher's clock (no zone).
    pub published: Option<i64>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The agency that sent it: `TASS`.
    pub agency: Option<String>,
    /// Where it was filed from: `Moscow`.
    pub place: Option<String>,
    /// When a crawler fetched it, as `published`: it was published then or before.
    pub fetched: Option<i64>,
}

/// What the lines of a text themselves say of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// The headline's place in the text.
    pub title: Option<Span>,
    /// Date, agency, place, author, url read from the lines.
    pub fields: Metadata,
}

/// A ranked keyphrase of a document. One row of `keywords`.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyword {
    /// As a reader would write it.
    pub surface: String,
    /// Stems joined by a space: equal for what counts as the same keyphrase.
    pub norm: String,
    /// Higher is better; comparable inside one document only.
    pub score: f64,
    /// How often it stands in the document.
    pub count: u32,
    /// Its first occurrence, in bytes of the clean text.
    pub first: Span,
}

/// How what somebody said is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Speech {
    /// In their own words, between marks.
    Direct,
    /// In the reporter's words: `said that …`
    Indirect,
}

impl Speech {
    /// The name used in the tables.
    ///
    /// ```
    /// assert_eq!(decalque_text::Speech::Direct.name(), "direct");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
        }
    }
}

/// What somebody said, or a part of it. One row of `quotes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words, without the marks around them, in bytes of the clean text.
    pub span: Span,
    /// Whose words these are.
    pub speech: Speech,
    /// Which statement of the document it belongs to, from 0: the parts on both sides of `he said`, and paragraphs of
    /// one quotation, share it.
    pub statement: u32,
    /// How many other quotes it stands inside.
    pub level: u32,
    /// The verb, where there is one.
    pub cue: Option<Span>,
    /// The speaker's full name where it is known, else the name as it stands; none for other words (`officials`).
    pub speaker: Option<String>,
    /// The words that name the speaker, where there are some.
    pub speaker_at: Option<Span>,
    /// The key of the speaker among the entities, where the document mentions them by name.
    pub speaker_entity: Option<String>,
}

/// A word of the whole corpus. One row of `terms`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term<'a> {
    /// Its most frequent surface form.
    pub surface: &'a str,
    /// Its stem: what is counted together.
    pub norm: &'a str,
    /// Documents it stands in.
    pub n_docs: u64,
    /// Times it stands in the corpus.
    pub count: u64,
    /// Log-likelihood (Dunning 1993) of its count in `key_doc` against the rest of the corpus.
    pub keyness: f64,
    /// The document in which it stands most often.
    pub key_doc: &'a str,
    /// The sources it stands in, where it stands out most first.
    pub sources: &'a [GroupCount<'a>],
    /// The months it stands in, where it stands out most first.
    pub months: &'a [GroupCount<'a>],
}

/// A word in the documents of one source, or of one month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupCount<'a> {
    /// The source, or the month as `2016-02`.
    pub group: &'a str,
    /// Documents of the group it stands in.
    pub n_docs: u64,
    /// Times it stands in them.
    pub count: u64,
    /// Log-likelihood of that count against the rest of the corpus; negative when it is rarer there than in the rest.
    pub keyness: f64,
}

/// What kind of thing a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A ministry, party, firm, newspaper, armed group, international body.
    Organisation,
}

impl EntityKind {
    /// The name used in the tables.
    ///
    /// ```
    /// assert_eq!(decalque_text::EntityKind::Person.name(), "person");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }
}

/// A name in a document, and whom it names. One row of `mentions`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands, in bytes of the clean text, without a possessive ending.
    pub span: Span,
    /// What it names.
    pub kind: EntityKind,
    /// The key of whom it names, equal for equal entities in every run: `person/dmitry-peskov`.
    pub entity_id: String,
    /// The fullest name known here for whom it names: `Dmitry Peskov` for the mention `Peskov`.
    pub name: String,
    /// Number of the correction that made or changed it, counted from 0 in the document's corrections.
    pub correction: Option<u32>,
}

/// A person or an organisation of the whole corpus. One row of `entities`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Its key: `person/dmitry-peskov`. Unique.
    pub entity_id: String,
    /// The name to show.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// How often it is mentioned.
    pub n_mentions: u64,
    /// Documents that mention it.
    pub n_docs: u64,
    /// How it is written, with the number of mentions, most frequent first.
    pub variants: Vec<(String, u64)>,
}

/// Everything known of one accepted document after both passes.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    /// Where it came from; holds the raw text.
    pub source: &'a Source,
    /// Raw text to locally repaired text.
    pub local: &'a Edited,
    /// Locally repaired text to the final, clean text.
    pub corpus: &'a Edited,
    /// Sentences and tokens of the clean text.
    pub layout: &'a Layout,
    /// The vocabulary entry of each token.
    pub terms: &'a [TermId],
    /// Where those entries are kept.
    pub vocabulary: &'a Vocabulary,
    /// All repairs of both layers, in raw text order.
    pub corrections: &'a [Correction],
    /// Title span and fields, those of the record first.
    pub head: &'a Head,
    /// Headline, when known.
    pub title: Option<&'a str>,
    /// Language of the document.
    pub lang: Lang,
    /// How sure the language is, 0 to 1.
    pub lang_confidence: f64,
    /// Language of each sentence; empty when all are in the document's.
    pub langs: &'a [Lang],
    /// How likely the document is machine translation, 0 to 1.
    pub mt_score: f64,
    /// The rates that score rests on, by name, per thousand tokens.
    pub mt_features: &'a [(&'static str, f64)],
    /// Keyphrases, best first.
    pub keywords: &'a [Keyword],
    /// Names and whom they name, in text order.
    pub mentions: &'a [Mention],
    /// What people said, in text order.
    pub quotes: &'a [Quote],
}

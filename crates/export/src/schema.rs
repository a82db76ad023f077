//! The columns of every table, once: the Arrow schemas, `decalque schema` and the writers all follow from here.

use arrow::datatypes::{DataType, Field, FieldRef, Fields, Schema, SchemaRef, TimeUnit};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// The type of a column, as a reader of the file sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnType {
    /// UTF-8 text.
    Utf8,
    /// 32-bit signed integer: positions and indices.
    Int32,
    /// 64-bit signed integer: bytes and counts over the corpus.
    Int64,
    /// 64-bit float: scores.
    Float64,
    /// True or false.
    Boolean,
    /// Milliseconds since 1970-01-01T00:00 on the publisher's clock, without a zone.
    Timestamp,
    /// A list of spellings, each a struct of `surface` (string) and `count` (int64).
    Variants,
    /// A list of sources, each a struct of `source` (string), `n_docs`, `count` (int64) and `keyness` (float64).
    Sources,
    /// A list of months, each a struct of `month` (string), `n_docs`, `count` (int64) and `keyness` (float64).
    Months,
}

impl ColumnType {
    /// The name used in listings.
    ///
    /// ```
    /// assert_eq!(decalque_export::ColumnType::Utf8.name(), "string");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "string",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Float64 => "float64",
            Self::Boolean => "boolean",
            Self::Timestamp => "timestamp",
            Self::Variants => "list<struct<surface: string, count: int64>>",
            Self::Sources => "list<struct<source: string, n_docs: int64, count: int64, keyness: float64>>",
            Self::Months => "list<struct<month: string, n_docs: int64, count: int64, keyness: float64>>",
        }
    }

    fn arrow(self) -> DataType {
        match self {
            Self::Utf8 => DataType::Utf8,
            Self::Int32 => DataType::Int32,
            Self::Int64 => DataType::Int64,
            Self::Float64 => DataType::Float64,
            Self::Boolean => DataType::Boolean,
            Self::Timestamp => DataType::Timestamp(TimeUnit::Millisecond, None),
            Self::Variants => DataType::List(item(variant_fields())),
            Self::Sources => DataType::List(item(group_fields("source"))),
            Self::Months => DataType::List(item(group_fields("month"))),
        }
    }

    /// Columns of the file that hold it: one for each field of a struct.
    pub(crate) const fn leaves(self) -> usize {
        match self {
            Self::Variants => 2,
            Self::Sources | Self::Months => 4,
            _ => 1,
        }
    }
}

/// The element of a list of structs.
pub(crate) fn item(fields: Fields) -> FieldRef {
    Arc::new(Field::new("item", DataType::Struct(fields), false))
}

/// The fields of a spelling.
pub(crate) fn variant_fields() -> Fields {
    let surface = Field::new("surface", DataType::Utf8, false);
    Fields::from(vec![surface, Field::new("count", DataType::Int64, false)])
}

/// The fields of a term's counts in one source, or in one month.
pub(crate) fn group_fields(name: &str) -> Fields {
    let count = |name: &str| Field::new(name, DataType::Int64, false);
    Fields::from(vec![
        Field::new(name, DataType::Utf8, false),
        count("n_docs"),
        count("count"),
        Field::new("keyness", DataType::Float64, false),
    ])
}

/// How the values of a column are laid down in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    /// Values that repeat, and by which readers select: a dictionary, smallest and largest value.
    Key,
    /// Values that repeat, in no order that statistics could speak of: a dictionary.
    Repeated,
    /// Positions and indices, near their neighbours: DELTA_BINARY_PACKED; nobody selects by their range.
    Delta,
    /// Other integers: DELTA_BINARY_PACKED, smallest and largest value.
    Number,
    /// Values that hardly repeat: plain, smallest and largest value.
    Plain,
    /// Whole texts: plain, no statistics (they would hold pieces of the text).
    Text,
}

/// One column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub ty: ColumnType,
    /// True when values can be missing.
    pub nullable: bool,
    /// What its numbers count or measure; empty for text.
    pub unit: &'static str,
    /// What it says, as a sentence.
    pub meaning: &'static str,
    pub(crate) coding: Coding,
}

impl Column {
    const fn new(
        name: &'static str,
        ty: ColumnType,
        unit: &'static str,
        meaning: &'static str,
        coding: Coding,
    ) -> Self {
        Self { name, ty, nullable: false, unit, meaning, coding }
    }

    const fn key(name: &'static str, meaning: &'static str) -> Self {
        Self::new(name, ColumnType::Utf8, "", meaning, Coding::Key)
    }

    const fn repeated(name: &'static str, meaning: &'static str) -> Self {
        Self::new(name, ColumnType::Utf8, "", meaning, Coding::Repeated)
    }

    const fn plain(name: &'static str, meaning: &'static str) -> Self {
        Self::new(name, ColumnType::Utf8, "", meaning, Coding::Plain)
    }

    const fn text(name: &'static str, meaning: &'static str) -> Self {
        Self::new(name, ColumnType::Utf8, "", meaning, Coding::Text)
    }

    const fn position(name: &'static str, meaning: &'static str) -> Self {
        Self::new(name, ColumnType::Int32, "characters", meaning, Coding::Delta)
    }

    const fn index(name: &'static str, meaning: &'static str) -> Self {
        Self::new(name, ColumnType::Int32, "index from 0", meaning, Coding::Delta)
    }

    const fn number(name: &'static str, unit: &'static str, meaning: &'static str) -> Self {
        Self::new(name, ColumnType::Int32, unit, meaning, Coding::Number)
    }

    const fn count(name: &'static str, unit: &'static str, meaning: &'static str) -> Self {
        Self::new(name, ColumnType::Int64, unit, meaning, Coding::Number)
    }

    const fn score(name: &'static str, unit: &'static str, meaning: &'static str) -> Self {
        Self::new(name, ColumnType::Float64, unit, meaning, Coding::Plain)
    }

    const fn or_null(mut self) -> Self {
        self.nullable = true;
        self
    }
}

/// A table: one Parquet file of the output folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name; the file is `name.parquet`.
    pub name: &'static str,
    /// What a row is, as a sentence.
    pub summary: &'static str,
    /// Its columns, in the order of the file.
    pub columns: &'static [Column],
}

impl Table {
    /// The name of its file.
    ///
    /// ```
    /// assert_eq!(decalque_export::tables()[0].file_name(), "sources.parquet");
    /// ```
    pub fn file_name(&self) -> String {
        format!("{}.parquet", self.name)
    }

    /// The Arrow schema of its file; descriptions and units are in the metadata of the fields.
    ///
    /// ```
    /// assert_eq!(decalque_export::table("tokens").unwrap().arrow_schema().field(0).name(), "doc_id");
    /// ```
    pub fn arrow_schema(&self) -> SchemaRef {
        let fields: Vec<Field> = self.columns.iter().map(field).collect();
        let about = HashMap::from([("description".to_owned(), self.summary.to_owned())]);
        Arc::new(Schema::new_with_metadata(fields, about))
    }
}

fn field(column: &Column) -> Field {
    // The order of a map does not reach the file: Arrow sorts the keys when it writes them.
    let mut about = HashMap::from([("description".to_owned(), column.meaning.to_owned())]);
    if !column.unit.is_empty() {
        about.insert("unit".to_owned(), column.unit.to_owned());
    }
    Field::new(column.name, column.ty.arrow(), column.nullable).with_metadata(about)
}

const DOC_ID: Column = Column::key(
    "doc_id",
    "Which document: its path below the input folder with /, or path#id for a record of a container. Joins all tables.",
);
const CHAR_START: Column = Column::position("char_start", "Where it begins in documents.text.");
const CHAR_END: Column = Column::position("char_end", "One past its last character in documents.text.");
const RAW_START: Column =
    Column::position("raw_start", "Where what it came from begins in sources.raw_text.");
const RAW_END: Column =
    Column::position("raw_end", "One past the last character of what it came from in sources.raw_text.");

static SOURCES: Table = Table {
    name: "sources",
    summary: "One row for each input document, rejected ones too: where it came from and what was read.",
    columns: &[
        Column::plain(
            "doc_id",
            "The document: its path below the input folder with /, or path#id for a record of a container. Unique here.",
        ),
        Column::repeated("path", "The file it was read from, as given."),
        Column::count("bytes", "bytes", "Its size, unpacked and not yet decoded."),
        Column::repeated("encoding", "The encoding it was decoded from; null when it was not decoded.")
            .or_null(),
        Column::plain("content_hash", "XXH3-64 of those bytes, in 16 hexadecimal digits."),
        Column::key("status", "ok, or rejected: then it is in no other table."),
        Column::repeated("reason", "Why it was rejected, or a note on how it was read.").or_null(),
        Column::text(
            "raw_text",
            "The decoded text before any repair (of a web page, its main text); all raw_ positions point into it. Null when rejected.",
        )
        .or_null(),
        Column::text("metadata", "Fields of the record that have no column of their own, as a JSON object.")
            .or_null(),
    ],
};

static DOCUMENTS: Table = Table {
    name: "documents",
    summary: "One row for each accepted document: the repaired text, what is known of it, and counts.",
    columns: &[
        Column::plain("doc_id", "Which document; as in sources. Unique here."),
        Column::text("title", "Its headline.").or_null(),
        Column::text("text", "The whole repaired text; all char_ positions point into it."),
        Column::text(
            "body",
            "Its title and body sentences only, a line for each paragraph: for models and embeddings.",
        ),
        Column::key("lang", "Its language as a BCP 47 primary tag; und when it could not be told."),
        Column::score("lang_confidence", "share, 0 to 1", "How sure the language is."),
        Column::score(
            "mt_score",
            "share, 0 to 1",
            "How likely the document is machine translation: a weighted sum of mt_features.",
        ),
        Column::new(
            "published",
            ColumnType::Timestamp,
            "milliseconds",
            "When it was published, on the publisher's clock, without a zone; where nothing says so, when a crawler fetched it.",
            Coding::Plain,
        )
        .or_null(),
        Column::repeated("agency", "The agency that sent it.").or_null(),
        Column::repeated("place", "Where it was filed from.").or_null(),
        Column::plain("url", "The address of the page.").or_null(),
        Column::repeated("author", "Who wrote it.").or_null(),
        Column::number(
            "n_sentences",
            "sentences",
            "How many sentences it has; lines that are no sentence count.",
        ),
        Column::number("n_tokens", "tokens", "How many tokens it has."),
        Column::number("n_applied", "corrections", "How many corrections changed its text."),
        Column::number(
            "n_suggested",
            "corrections",
            "How many corrections are offered, its text left alone.",
        ),
        Column::text(
            "mt_features",
            "The rates mt_score rests on, per thousand tokens of the raw text, as a JSON object; those of 0 are left out.",
        ),
    ],
};

static SENTENCES: Table = Table {
    name: "sentences",
    summary: "One row for each sentence, or line that is no sentence, with its role in the article.",
    columns: &[
        DOC_ID,
        Column::index("sentence", "Which sentence of the document."),
        Column::index("paragraph", "Which paragraph of the document it stands in."),
        CHAR_START,
        CHAR_END,
        RAW_START,
        RAW_END,
        Column::key(
            "role",
            "What part of the article it is: title, heading, dateline, body, caption, metadata, related, boilerplate or duplicate.",
        ),
        Column::key(
            "lang",
            "Its language as a BCP 47 primary tag: the document's, but where that or the script is in doubt; und when it could not be told.",
        ),
    ],
};

static TOKENS: Table = Table {
    name: "tokens",
    summary: "One row for each token of the repaired text: words, numbers, marks.",
    columns: &[
        DOC_ID,
        Column::index("sentence", "The sentence it stands in, as in sentences."),
        Column::index("token", "Which token of the document."),
        CHAR_START,
        CHAR_END,
        RAW_START,
        RAW_END,
        Column::repeated("text", "As it stands in the repaired text."),
        Column::repeated("norm", "In lower case, with typographic apostrophes made straight."),
        Column::repeated("stem", "The stem by which forms of one word are counted together."),
        Column::repeated(
            "kind",
            "What it is: word, number, punctuation, symbol, url, email, handle, hashtag or emoji.",
        ),
        Column::new(
            "is_stop",
            ColumnType::Boolean,
            "",
            "True for function words, such as the and of.",
            Coding::Plain,
        ),
    ],
};

static CORRECTIONS: Table = Table {
    name: "corrections",
    summary: "One row for each repair that was made, offered or refused: what stood there, what stands there now, why.",
    columns: &[
        DOC_ID,
        Column::index("correction", "Which correction of the document."),
        Column::key(
            "kind",
            "The kind of artifact: name_calque, letter_calque, acronym, translit_residue, cyrillic_residue, casing, name_variant, word_sense or typography.",
        ),
        Column::key("rule", "The rule that made it; see decalque rules."),
        Column::key(
            "status",
            "applied (the text was changed), suggested (offered, text left alone), flagged (surely broken, repair unknown) or refused (another correction won the place).",
        ),
        Column::score("confidence", "share, 0 to 1", "How sure it is."),
        Column::position("raw_start", "Where what it is about begins in sources.raw_text."),
        Column::position("raw_end", "One past the last character of what it is about in sources.raw_text."),
        Column::position(
            "char_start",
            "Where its place begins in documents.text: the replacement when applied, else what was left alone.",
        ),
        Column::position("char_end", "One past the last character of its place in documents.text."),
        Column::repeated("before", "What stood there: raw_text from raw_start to raw_end."),
        Column::repeated("after", "What stands there now, or would; null when the repair is unknown.")
            .or_null(),
        Column::repeated("evidence", "Why, as a sentence a person can check."),
        Column::repeated(
            "refused_by",
            "When refused: the rule that won the place; protect for a protected name, decision for a person's.",
        )
        .or_null(),
        Column::repeated("decision", "What a person decided about it: accepted or rejected; see run --decisions.").or_null(),
    ],
};

static KEYWORDS: Table = Table {
    name: "keywords",
    summary: "One row for each keyphrase of a document, best first.",
    columns: &[
        DOC_ID,
        Column::number("rank", "rank from 1", "Its place among the document's keyphrases; 1 is the best."),
        Column::repeated("keyword", "As a reader would write it."),
        Column::repeated("norm", "Its stems joined by a space: equal for what counts as the same keyphrase."),
        Column::score("score", "", "Higher is better; comparable inside one document only."),
        Column::repeated("method", "How it was ranked."),
        Column::count("count", "occurrences", "How often it stands in the document."),
        Column::position("first_char_start", "Where its first occurrence begins in documents.text."),
    ],
};

static QUOTES: Table = Table {
    name: "quotes",
    summary: "One row for each stretch of what somebody said: in quotation marks, or told in the reporter's words.",
    columns: &[
        DOC_ID,
        Column::index("quote", "Which quote of the document."),
        CHAR_START,
        CHAR_END,
        RAW_START,
        RAW_END,
        Column::text(
            "text",
            "What was said, as it stands in the repaired text, without the marks around it.",
        ),
        Column::key(
            "speech",
            "direct (the speaker's words, between marks or dashes) or indirect (the reporter's: said that …).",
        ),
        Column::repeated(
            "cue",
            "The verb, or the words instead of one, that say it was said; null for a colon or a dash alone.",
        )
        .or_null(),
        Column::repeated(
            "speaker",
            "Who said it: the full name where the document or the corpus knows it, else the name as it stands; null where the words name nobody (officials) or nothing says who.",
        )
        .or_null(),
        Column::repeated(
            "speaker_entity_id",
            "The speaker, as in entities; null when the document does not mention them by name.",
        )
        .or_null(),
        Column::repeated(
            "speaker_text",
            "The words that name the speaker, as they stand: he, Mr Peskov, the official; null when none do.",
        )
        .or_null(),
        Column::position("speaker_char_start", "Where those words begin in documents.text.").or_null(),
        Column::position("speaker_char_end", "One past their last character in documents.text.").or_null(),
        Column::position(
            "speaker_raw_start",
            "Where what those words came from begins in sources.raw_text.",
        )
        .or_null(),
        Column::position(
            "speaker_raw_end",
            "One past the last character of what those words came from in sources.raw_text.",
        )
        .or_null(),
        Column::index(
            "statement",
            "Which statement of the document it belongs to: the parts around he said, and the paragraphs of one quotation, share it.",
        ),
        Column::number(
            "level",
            "quotes",
            "How many other quotes it stands inside; those of level 0 never overlap.",
        ),
    ],
};

static TERMS: Table = Table {
    name: "terms",
    summary: "One row for each word of the whole corpus.",
    columns: &[
        Column::plain("term", "Its most frequent form."),
        Column::plain("norm", "Its stem: what is counted together."),
        Column::count("n_docs", "documents", "How many documents it stands in."),
        Column::count("count", "occurrences", "How often it stands in the corpus."),
        Column::score(
            "keyness",
            "log-likelihood",
            "Dunning's log-likelihood of its count in key_doc_id against the rest of the corpus.",
        ),
        Column::repeated("key_doc_id", "The document in which it stands most often."),
        Column::new(
            "sources",
            ColumnType::Sources,
            "documents, occurrences, log-likelihood",
            "The sources it stands in (a document's agency, else the host of its url, else its top folder or container), with its counts there and its keyness: log-likelihood against the rest of the corpus, negative where it is rarer than in the rest. Highest keyness first; the 150 sources with the most documents.",
            Coding::Plain,
        ),
        Column::new(
            "months",
            ColumnType::Months,
            "documents, occurrences, log-likelihood",
            "The months it stands in (2016-02), by documents.published, in the same way; the 150 with the most documents.",
            Coding::Plain,
        ),
    ],
};

static MENTIONS: Table = Table {
    name: "mentions",
    summary: "One row for each name of a person or an organisation in a document, with whom it names.",
    columns: &[
        DOC_ID,
        Column::index("mention", "Which mention of the document."),
        Column::key("entity_id", "Whom it names; as in entities."),
        CHAR_START,
        CHAR_END,
        RAW_START,
        RAW_END,
        Column::repeated("text", "The name as it stands in documents.text, without a possessive ending."),
        Column::key("kind", "What it names: person or organisation."),
        Column::new(
            "correction",
            ColumnType::Int32,
            "index from 0",
            "The correction of the document that made it or changed it, as in corrections; null when its text was left as it was.",
            Coding::Delta,
        )
        .or_null(),
    ],
};

static ENTITIES: Table = Table {
    name: "entities",
    summary: "One row for each person or organisation of the whole corpus, however it is spelled.",
    columns: &[
        Column::plain(
            "entity_id",
            "Its key, the same in every run: kind/given-family for people, kind/name for organisations. Unique here.",
        ),
        Column::plain("name", "Its fullest usual name in the corpus."),
        Column::key("kind", "What it is: person or organisation."),
        Column::count("n_mentions", "mentions", "How often it is named."),
        Column::count("n_docs", "documents", "How many documents name it."),
        Column::new(
            "variants",
            ColumnType::Variants,
            "mentions",
            "How it is written, each spelling with the number of its mentions, most frequent first.",
            Coding::Plain,
        ),
    ],
};

/// All tables, in the order they are listed and written; fixed, so an index into it names a table.
static TABLES: [Table; 10] =
    [SOURCES, DOCUMENTS, SENTENCES, TOKENS, CORRECTIONS, QUOTES, KEYWORDS, TERMS, MENTIONS, ENTITIES];

/// All tables with their columns: the contract with users.
///
/// ```
/// let tokens = decalque_export::tables().iter().find(|t| t.name == "tokens").unwrap();
/// assert_eq!(tokens.columns[0].name, "doc_id");
/// ```
pub fn tables() -> &'static [Table] {
    &TABLES
}

/// The table of a name.
///
/// ```
/// assert_eq!(decalque_export::table("terms").unwrap().columns[0].name, "term");
/// assert!(decalque_export::table("verbs").is_none());
/// ```
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|t| t.name == name)
}

/// All tables as JSON: `{"tables": [{"name", "summary", "columns": [{"name", "type", "nullable", "unit",
/// "description"}]}]}`.
///
/// ```
/// let schema = decalque_export::schema_json();
/// assert_eq!(schema["tables"][0]["columns"][0]["type"], "string");
/// ```
pub fn schema_json() -> Value {
    let tables: Vec<Value> = TABLES.iter().map(table_json).collect();
    json!({ "tables": tables })
}

fn table_json(table: &Table) -> Value {
    let column = |c: &Column| json!({ "name": c.name, "type": c.ty.name(), "nullable": c.nullable, "unit": c.unit, "description": c.meaning });
    let columns: Vec<Value> = table.columns.iter().map(column).collect();
    json!({ "name": table.name, "summary": table.summary, "columns": columns })
}

/// All tables as a plain listing for a terminal, one column a line; `?` after a type marks values that can be missing.
///
/// ```
/// assert!(decalque_export::schema_text().starts_with("sources.parquet"));
/// ```
pub fn schema_text() -> String {
    TABLES.iter().map(table_text).collect::<Vec<_>>().join("\n")
}

fn table_text(table: &Table) -> String {
    let width = table.columns.iter().map(|c| c.name.len()).max().unwrap_or(0);
    let mut out = format!("{}\n{}\n\n", table.file_name(), table.summary);
    for c in table.columns {
        let ty = format!("{}{}", c.ty.name(), if c.nullable { "?" } else { "" });
        let unit = if c.unit.is_empty() { String::new() } else { format!(" [{}]", c.unit) };
        // Writing into a String cannot fail.
        let _ = writeln!(out, "  {:width$}  {ty:10}  {}{unit}", c.name, c.meaning);
    }
    out
}

use super::Rows;
use crate::batch::Plan;
use crate::columns::{Columns, Content, DocIds, Ints, PlaceColumns, few, fit32, shared};
use crate::dictionary::{Coded, Ids};
use crate::interner::Interner;
use crate::places::Places;
use arrow::array::BooleanArray;
use arrow::buffer::BooleanBuffer;
use arrow::error::ArrowError;
use decalque_text::{Record, TermId, TokenKind, Vocabulary};
use std::sync::Arc;

/// Rows of `tokens`.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    doc_id: DocIds,
    sentence: Ints,
    token: Ints,
    places: PlaceColumns,
    /// Numbers in `words`.
    word: Vec<u32>,
    kind: Vec<u8>,
    words: Words,
}

impl Tokens {
    /// No rows yet; see [`Plan`]. Room is taken at once: columns that grow are copied again and again.
    pub(crate) fn new(plan: &Plan) -> Self {
        if !plan.for_files {
            return Self::default();
        }
        let rows = plan.room() / 4;
        let [sentence, token] = [(); 2].map(|()| Ints::packed(rows));
        let (places, word, kind) =
            (PlaceColumns::packed(rows), Vec::with_capacity(rows), Vec::with_capacity(rows));
        Self { sentence, token, places, word, kind, ..Self::default() }
    }
}

impl Rows for Tokens {
    fn push(&mut self, record: &Record<'_>, places: &mut Places<'_>) {
        let tokens = &record.layout.tokens;
        self.doc_id.push(&record.source.doc_id, tokens.len());
        self.sentence.extend(tokens.iter().map(|t| fit32(t.sentence as usize)));
        self.token.extend((0..tokens.len()).map(fit32));
        self.kind.extend(tokens.iter().map(|t| t.kind as u8));
        self.places.extend(tokens.iter().map(|t| t.span), places);
        self.words.begin(record);
        self.word.extend((0..tokens.len()).map(|i| self.words.number(record, i)));
    }

    fn len(&self) -> usize {
        self.word.len()
    }

    fn bytes(&self) -> usize {
        let Words { text, norm, stem, .. } = &self.words;
        [text, norm, stem].map(|column| column.strings.bytes()).into_iter().max().unwrap_or(0)
    }

    fn into_columns(self: Box<Self>) -> Columns {
        let mut columns =
            vec![self.doc_id.into_column(), self.sentence.into_column(), self.token.into_column()];
        columns.extend(self.places.into_columns());
        let (words, Words { text, norm, stem, is_stop, is_mixed, .. }) = (Arc::new(self.word), self.words);
        for column in [text, norm, stem] {
            columns.push(column.into_column(&words, is_mixed)?);
        }
        columns.push(few(TokenKind::ALL.map(TokenKind::name), self.kind));
        let stops = |row: usize| is_stop.get(words[row] as usize).copied().unwrap_or_default();
        columns.push(shared(BooleanArray::from(BooleanBuffer::collect_bool(words.len(), stops))).into());
        Ok(columns)
    }
}

/// One string of each distinct word of a batch: its surface, its normal form or its stem.
#[derive(Debug, Default)]
struct Strings {
    strings: Interner,
    /// The key of each word.
    keys: Vec<i32>,
    /// The key of each string of the vocabulary, by its number there; [`NEW`] for those that were not met yet.
    known: Vec<u32>,
}

impl Strings {
    /// Add the string of a word.
    fn push(&mut self, text: &str, number: u32) {
        let slot = number as usize;
        if self.known.len() <= slot && number != NEW {
            self.known.resize(slot + 1, NEW);
        }
        let known = self.known.get(slot).copied().filter(|&key| key != NEW);
        let key = known.map_or_else(|| self.strings.append(text), |key| key as i32);
        if let Some(known) = self.known.get_mut(slot) {
            *known = key as u32;
        }
        self.keys.push(key);
    }

    /// Let strings that were added twice have one key.
    fn merge(&mut self) {
        let mut merged = Interner::default();
        let key = |key: &i32| merged.intern(self.strings.get(*key).unwrap_or(""));
        self.keys = self.keys.iter().map(key).collect();
        self.strings = merged;
    }

    /// The column of these words. Words are numbered as they are met, and so are its keys.
    fn into_column(mut self, words: &Arc<Vec<u32>>, is_mixed: bool) -> Result<Content, ArrowError> {
        if is_mixed {
            self.merge();
        }
        let (values, ids) = (self.strings.into_strings()?, Ids::Words(words.clone(), self.keys));
        Ok(Content::Coded(Coded { values, ids }))
    }
}

/// The distinct words of a batch, and their numbers by vocabulary entry.
#[derive(Debug, Default)]
struct Words {
    text: Strings,
    norm: Strings,
    stem: Strings,
    is_stop: Vec<bool>,
    /// [`NEW`] for entries that were not met yet.
    numbers: Vec<u32>,
    /// The vocabulary they are of. Documents of another language bring another, and the numbers start anew.
    vocabulary: Option<u64>,
    /// True when a string may have been added twice: by two vocabularies, or in sentences of two languages.
    is_mixed: bool,
}

/// The number of a vocabulary entry without one.
const NEW: u32 = u32::MAX;

impl Words {
    fn begin(&mut self, record: &Record<'_>) {
        let number = Some(record.vocabulary.number());
        if self.vocabulary != number {
            self.is_mixed |= self.vocabulary.is_some();
            self.vocabulary = number;
            self.numbers.clear();
            for strings in [&mut self.text, &mut self.norm, &mut self.stem] {
                strings.known.clear();
            }
        }
        self.is_mixed |= !record.langs.is_empty();
        if self.numbers.len() < record.vocabulary.len() {
            self.numbers.resize(record.vocabulary.len(), NEW);
        }
    }

    /// The number of the word of a token.
    #[inline]
    fn number(&mut self, record: &Record<'_>, token: usize) -> u32 {
        let id = record.terms.get(token).map_or(usize::MAX, |t| t.0 as usize);
        match self.numbers.get(id) {
            Some(&number) if number != NEW => number,
            Some(_) => {
                let number = self.add(record.vocabulary, record.terms[token]);
                self.numbers[id] = number;
                number
            }
            None => self.unknown(record, token),
        }
    }

    #[cold]
    fn add(&mut self, vocabulary: &Vocabulary, id: TermId) -> u32 {
        let word = vocabulary.word(id);
        self.text.push(word.surface, NEW);
        self.norm.push(word.norm, vocabulary.norm_id(id));
        self.stem.push(word.stem, word.stem_id);
        self.is_stop.push(word.is_stop);
        (self.is_stop.len() - 1) as u32
    }

    /// A token without an entry: its own text, nothing more known.
    #[cold]
    fn unknown(&mut self, record: &Record<'_>, token: usize) -> u32 {
        let surface = record.layout.tokens[token].span.text(record.corpus.clean());
        for (strings, text) in [(&mut self.text, surface), (&mut self.norm, ""), (&mut self.stem, "")] {
            strings.push(text, NEW);
        }
        self.is_stop.push(true);
        self.is_mixed = true;
        (self.is_stop.len() - 1) as u32
    }
}

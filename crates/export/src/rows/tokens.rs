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
}

impl Strings {
    /// Add the string of a word. `known` is the key of this string, [`NEW`] when it was not met yet.
    fn push(&mut self, text: &str, known: Option<&mut u32>) {
        let key = match known {
            Some(key) if *key != NEW => *key as i32,
            slot => {
                let key = self.strings.append(text);
                slot.into_iter().for_each(|slot| *slot = key as u32);
                key
            }
        };
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
    /// One a vocabulary: documents of several languages take turns.
    met: Vec<Met>,
    /// That of the document.
    current: usize,
    /// True when a string may have been added twice: by two vocabularies, or in sentences of two languages.
    is_mixed: bool,
}

/// What a batch has met of a vocabulary; [`NEW`] for what it has not.
#[derive(Debug)]
struct Met {
    vocabulary: u64,
    /// The number of the word of each entry.
    numbers: Vec<u32>,
    /// The keys of normal forms and of stems, by their numbers.
    norms: Vec<u32>,
    stems: Vec<u32>,
}

/// The number of a vocabulary entry without one.
const NEW: u32 = u32::MAX;

/// The place of a number in a table that grows as it must; [`NEW`] has none.
fn slot(table: &mut Vec<u32>, number: u32) -> Option<&mut u32> {
    let at = number as usize;
    if table.len() <= at && number != NEW {
        table.resize(at + 1, NEW);
    }
    table.get_mut(at)
}

impl Words {
    fn begin(&mut self, record: &Record<'_>) {
        let vocabulary = record.vocabulary.number();
        let known = self.met.iter().position(|met| met.vocabulary == vocabulary);
        self.current = known.unwrap_or_else(|| {
            self.met.push(Met { vocabulary, numbers: vec![], norms: vec![], stems: vec![] });
            self.met.len() - 1
        });
        self.is_mixed |= self.met.len() > 1 || !record.langs.is_empty();
        let numbers = &mut self.met[self.current].numbers;
        if numbers.len() < record.vocabulary.len() {
            numbers.resize(record.vocabulary.len(), NEW);
        }
    }

    /// The number of the word of a token.
    #[inline]
    fn number(&mut self, record: &Record<'_>, token: usize) -> u32 {
        let id = record.terms.get(token).map_or(usize::MAX, |t| t.0 as usize);
        match self.met[self.current].numbers.get(id) {
            Some(&number) if number != NEW => number,
            Some(_) => self.add(record.vocabulary, record.terms[token]),
            None => self.unknown(record, token),
        }
    }

    #[cold]
    fn add(&mut self, vocabulary: &Vocabulary, id: TermId) -> u32 {
        let (word, met) = (vocabulary.word(id), &mut self.met[self.current]);
        self.text.push(word.surface, None);
        self.norm.push(word.norm, slot(&mut met.norms, vocabulary.norm_id(id)));
        self.stem.push(word.stem, slot(&mut met.stems, word.stem_id));
        let number = self.is_stop.len() as u32;
        self.is_stop.push(word.is_stop);
        met.numbers[id.0 as usize] = number;
        number
    }

    /// A token without an entry: its own text, nothing more known.
    #[cold]
    fn unknown(&mut self, record: &Record<'_>, token: usize) -> u32 {
        let surface = record.layout.tokens[token].span.text(record.corpus.clean());
        for (strings, text) in [(&mut self.text, surface), (&mut self.norm, ""), (&mut self.stem, "")] {
            strings.push(text, None);
        }
        self.is_stop.push(true);
        self.is_mixed = true;
        (self.is_stop.len() - 1) as u32
    }
}

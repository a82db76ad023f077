use super::Rows;
use crate::columns::{Arrays, DocIds, PlaceColumns, dictionary, fit32, int32, shared};
use crate::interner::Interner;
use crate::places::Places;
use arrow::array::{BooleanArray, Int32Array, StringArray};
use decalque_text::{Record, TokenKind, Word};

/// Every kind at the place of its number, which is its key in the column.
const KINDS: [TokenKind; 9] = [
    TokenKind::Word,
    TokenKind::Number,
    TokenKind::Punctuation,
    TokenKind::Symbol,
    TokenKind::Url,
    TokenKind::Email,
    TokenKind::Handle,
    TokenKind::Hashtag,
    TokenKind::Emoji,
];

/// Rows of `tokens`.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    doc_id: DocIds,
    sentence: Vec<i32>,
    token: Vec<i32>,
    places: PlaceColumns,
    words: Words,
    text: Vec<i32>,
    norm: Vec<i32>,
    stem: Vec<i32>,
    kind: Vec<i32>,
    is_stop: Vec<bool>,
}

impl Tokens {
    fn reserve(&mut self, rows: usize) {
        self.places.reserve(rows);
        let columns = [
            &mut self.sentence,
            &mut self.token,
            &mut self.text,
            &mut self.norm,
            &mut self.stem,
            &mut self.kind,
        ];
        for column in columns {
            column.reserve(rows);
        }
        self.is_stop.reserve(rows);
    }

    #[inline]
    fn push_word(&mut self, keys: Keys, kind: TokenKind) {
        self.text.push(keys.text);
        self.norm.push(keys.norm);
        self.stem.push(keys.stem);
        self.is_stop.push(keys.is_stop);
        self.kind.push(kind as i32);
    }
}

impl Rows for Tokens {
    fn push(&mut self, record: &Record<'_>, places: &mut Places<'_>) {
        let tokens = &record.layout.tokens;
        self.doc_id.push(&record.source.doc_id, tokens.len());
        self.reserve(tokens.len());
        self.words.begin(record);
        for (i, token) in tokens.iter().enumerate() {
            self.sentence.push(fit32(token.sentence as usize));
            self.token.push(fit32(i));
            self.places.push(places.of(token.span));
            let keys = self.words.keys(record, i);
            self.push_word(keys, token.kind);
        }
    }

    fn len(&self) -> usize {
        self.token.len()
    }

    fn bytes(&self) -> usize {
        self.words.strings.bytes()
    }

    fn into_arrays(self: Box<Self>) -> Arrays {
        let words = self.words.strings.into_array()?;
        let mut arrays = vec![self.doc_id.into_array()?, int32(self.sentence), int32(self.token)];
        arrays.extend(self.places.into_arrays());
        for keys in [self.text, self.norm, self.stem] {
            arrays.push(dictionary(Int32Array::from(keys), words.clone())?);
        }
        let kinds = StringArray::from_iter_values(KINDS.map(TokenKind::name));
        arrays.push(dictionary(Int32Array::from(self.kind), shared(kinds))?);
        arrays.push(shared(BooleanArray::from(self.is_stop)));
        Ok(arrays)
    }
}

/// What a vocabulary entry becomes: numbers of its strings in the batch.
#[derive(Debug, Clone, Copy, Default)]
struct Keys {
    text: i32,
    norm: i32,
    stem: i32,
    is_stop: bool,
}

/// Strings of all tokens of a batch, and the keys of the vocabulary entries met so far.
#[derive(Debug, Default)]
struct Words {
    strings: Interner,
    cache: Vec<Option<Keys>>,
    /// The vocabulary the cache is of. Documents of another language bring another, and the cache starts anew.
    vocabulary: Option<u64>,
}

impl Words {
    fn begin(&mut self, record: &Record<'_>) {
        if self.vocabulary != Some(record.vocabulary.number()) {
            self.vocabulary = Some(record.vocabulary.number());
            self.cache.clear();
        }
        if self.cache.len() < record.vocabulary.len() {
            self.cache.resize(record.vocabulary.len(), None);
        }
    }

    #[inline]
    fn keys(&mut self, record: &Record<'_>, token: usize) -> Keys {
        let id = record.terms.get(token).map_or(usize::MAX, |t| t.0 as usize);
        match self.cache.get(id) {
            Some(&Some(keys)) => keys,
            Some(None) => {
                let keys = self.intern(&record.vocabulary.word(record.terms[token]));
                self.cache[id] = Some(keys);
                keys
            }
            None => self.unknown(record, token),
        }
    }

    fn intern(&mut self, word: &Word<'_>) -> Keys {
        Keys {
            text: self.strings.intern(word.surface),
            norm: self.strings.intern(word.norm),
            stem: self.strings.intern(word.stem),
            is_stop: word.is_stop,
        }
    }

    /// A token without an entry: its own text, nothing more known.
    fn unknown(&mut self, record: &Record<'_>, token: usize) -> Keys {
        let span = record.layout.tokens[token].span;
        self.intern(&Word { surface: span.text(record.corpus.clean()), ..Word::NONE })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_at_their_numbers() {
        for (i, kind) in KINDS.iter().enumerate() {
            assert_eq!(*kind as usize, i);
        }
    }
}

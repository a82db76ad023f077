//! The distinct words of one document, each classified once.

use crate::lists::listed;
use decalque_evidence::Evidence;
use decalque_text::{Case, TermId, Token, TokenKind, View, Word};
use rustc_hash::{FxBuildHasher, FxHashMap};

/// What a word can do in a phrase; a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks(u16);

impl Marks {
    /// No phrase holds it.
    pub(crate) const BREAK: Self = Self(1);
    /// A name: capitals that no sentence start explains.
    pub(crate) const NAME: Self = Self(1 << 1);
    /// Digits.
    pub(crate) const NUMBER: Self = Self(1 << 2);
    /// `of`, `de` and their kind: only between two words of a phrase.
    pub(crate) const CONNECTOR: Self = Self(1 << 3);
    /// A participle: begins a phrase, never ends one.
    pub(crate) const PARTICIPLE: Self = Self(1 << 4);
    /// Looks like an adjective.
    pub(crate) const ADJECTIVE: Self = Self(1 << 5);
    /// Ends in `-ing`.
    pub(crate) const GERUND: Self = Self(1 << 6);
    /// A word of any text: `result`, `people`.
    pub(crate) const GENERAL: Self = Self(1 << 7);
    /// A day, a month, a word of time.
    pub(crate) const TIME: Self = Self(1 << 8);
    /// Ends in `'s` or `'`.
    pub(crate) const POSSESSIVE: Self = Self(1 << 9);
    /// Capitals only: `NATO`.
    pub(crate) const ACRONYM: Self = Self(1 << 10);

    /// One character: `x`. No phrase by itself.
    pub(crate) const LETTER: Self = Self(1 << 11);

    /// A noun, whatever its ending.
    pub(crate) const NOUN: Self = Self(1 << 12);

    /// Surely an adjective: says how a thing is, names none.
    pub(crate) const QUALITY: Self = Self(1 << 13);

    /// True when the two share a mark.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Either mark.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// All marks but these.
    const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    const fn with(self, other: Self, when: bool) -> Self {
        if when { Self(self.0 | other.0) } else { self }
    }
}

/// A distinct surface form of the document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    /// Index of its stem in the document.
    pub(crate) stem: u32,
    /// What it can do.
    pub(crate) marks: Marks,
    /// Its length in characters, without a possessive ending.
    pub(crate) chars: u32,
}

/// The words of a document: an entry for each token, classified once for each distinct form.
#[derive(Debug, Default)]
pub(crate) struct Lexis {
    of_token: Vec<u32>,
    entries: Vec<Entry>,
    /// How rare each stem is in the corpus, 0 (in every document) to 1 (in one alone).
    rarities: Vec<f64>,
}

/// The rarity of a word while there is no corpus to tell.
const UNKNOWN_RARITY: f64 = 0.7;
/// So many documents of corpus weigh as much as knowing nothing.
const CORPUS_PRIOR: f64 = 10.0;

impl Lexis {
    /// Classify every word of a document.
    pub(crate) fn new(view: &View, evidence: &Evidence, memo: &mut Memo) -> Self {
        let (of_token, forms) = distinct(view, memo);
        let names = names(view, &of_token, &forms);
        let mut lexis = Self { of_token, entries: Vec::with_capacity(forms.len()), rarities: Vec::new() };
        let mut stems = FxHashMap::with_capacity_and_hasher(forms.len(), FxBuildHasher);
        for (form, is_name) in forms.iter().zip(names) {
            let marks = if is_name { form.as_name } else { form.marks };
            let next = lexis.rarities.len() as u32;
            let stem = *stems.entry(form.stem).or_insert(next);
            if stem == next {
                let counts = !marks.has(Marks::BREAK);
                let mut rarity = || memo.rarity(view, evidence, form);
                lexis.rarities.push(if counts { rarity() } else { UNKNOWN_RARITY });
            }
            lexis.entries.push(Entry { stem, marks, chars: form.chars });
        }
        lexis
    }

    /// The entry of token `i`.
    pub(crate) fn entry(&self, i: usize) -> Entry {
        let entry = self.of_token.get(i).and_then(|&id| self.entries.get(id as usize));
        entry.copied().unwrap_or(Entry { stem: u32::MAX, marks: Marks::BREAK, chars: 0 })
    }

    /// Number of distinct stems.
    pub(crate) fn n_stems(&self) -> usize {
        self.rarities.len()
    }

    /// How rare a stem is in the corpus.
    pub(crate) fn rarity(&self, stem: u32) -> f64 {
        self.rarities.get(stem as usize).copied().unwrap_or(UNKNOWN_RARITY)
    }
}

/// A distinct surface form and kind of token, and all that the word alone tells of it.
#[derive(Debug, Clone, Copy)]
struct Form {
    term: TermId,
    kind: TokenKind,
    stem: u32,
    chars: u32,
    /// What it can do where nothing shows it to be a name.
    marks: Marks,
    /// What it can do as a name.
    as_name: Marks,
    is_capitalised: bool,
    /// True for words that would be capitalised in a headline.
    is_content: bool,
    /// True for a capitalised first word that a name may begin with: `Dmitry` in `Dmitry Peskov said`.
    can_begin_name: bool,
    /// True for what a sentence cannot begin after: a capital there is a name's.
    goes_on: bool,
    /// True for the marks that end a sentence.
    stops: bool,
}

impl Form {
    fn new(term: TermId, word: &Word, kind: TokenKind) -> Self {
        let norm = bare(word.norm);
        let is_capitalised = matches!(word.case, Case::Title | Case::Upper | Case::Mixed);
        let is_content = kind == TokenKind::Word && !word.is_stop;
        Self {
            term,
            kind,
            stem: word.stem_id,
            chars: norm.chars().count() as u32,
            marks: marks(word, kind, false),
            as_name: marks(word, kind, true),
            is_capitalised,
            is_content,
            can_begin_name: is_content && is_capitalised && !listed(norm).has(Marks::BREAK),
            goes_on: matches!(kind, TokenKind::Word | TokenKind::Number) || word.surface == ",",
            stops: matches!(word.surface, "." | "!" | "?" | "…" | "..."),
        }
    }
}

/// What is known of the words of one vocabulary from earlier documents. Holds nothing that is not found again without
/// it: it saves time, and leaves no trace in any ranking.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    forms: Vec<Option<Form>>,
    /// By stem number.
    rarities: Vec<Option<f64>>,
    /// The last document a term stood in, and the number of its form there.
    seen: Vec<(u32, u32)>,
    document: u32,
}

impl Memo {
    /// Begin a document.
    fn begin(&mut self, n_terms: usize) {
        self.document = self.document.wrapping_add(1);
        if self.document == 0 {
            self.seen.clear();
            self.document = 1;
        }
        if self.forms.len() < n_terms {
            self.forms.resize(n_terms, None);
        }
        self.seen.resize(self.forms.len(), (0, 0));
    }

    /// The form of token `i`, from memory where it was met before as the same kind.
    fn form(&mut self, view: &View, i: usize, kind: TokenKind) -> Form {
        let term = view.terms.get(i).copied().unwrap_or(TermId(u32::MAX));
        let fresh = || Form::new(term, &view.word(i), kind);
        match self.forms.get_mut(term.0 as usize) {
            Some(Some(form)) if form.kind == kind => *form,
            Some(slot @ None) => *slot.insert(fresh()),
            _ => fresh(),
        }
    }

    fn rarity(&mut self, view: &View, evidence: &Evidence, form: &Form) -> f64 {
        let stem = form.stem as usize;
        if let Some(&Some(known)) = self.rarities.get(stem) {
            return known;
        }
        let found = rarity(evidence, view.vocabulary.word(form.term).stem);
        if self.rarities.len() <= stem && stem < u32::MAX as usize {
            self.rarities.resize(stem + 1, None);
        }
        if let Some(slot) = self.rarities.get_mut(stem) {
            *slot = Some(found);
        }
        found
    }
}

/// The number of each token's form, and the forms.
fn distinct(view: &View, memo: &mut Memo) -> (Vec<u32>, Vec<Form>) {
    memo.begin(view.vocabulary.len());
    let tokens = view.tokens();
    let mut forms: Vec<Form> = Vec::with_capacity(tokens.len() / 2);
    // Terms met as two kinds, and tokens without a term: hardly any.
    let mut others: FxHashMap<(u32, TokenKind), u32> = FxHashMap::default();
    let number = |(i, token): (usize, &Token)| {
        let term = view.terms.get(i).map_or(u32::MAX, |t| t.0);
        let last = memo.seen.get(term as usize).copied().filter(|last| last.0 == memo.document);
        if let Some((_, n)) = last.filter(|last| forms[last.1 as usize].kind == token.kind) {
            return n;
        }
        let next = forms.len() as u32;
        let n = match memo.seen.get_mut(term as usize) {
            Some(seen) if last.is_none() => {
                *seen = (memo.document, next);
                next
            }
            _ => *others.entry((term, token.kind)).or_insert(next),
        };
        if n == next {
            forms.push(memo.form(view, i, token.kind));
        }
        n
    };
    let of_token = tokens.iter().enumerate().map(number).collect();
    (of_token, forms)
}

/// How rare a stem is in the corpus (inverse document frequency, Spärck Jones 1972, scaled to 0..1). A small corpus
/// says little: its word is mixed with a constant.
fn rarity(evidence: &Evidence, stem: &str) -> f64 {
    let n = evidence.n_docs() as f64;
    if n < 2.0 {
        return UNKNOWN_RARITY;
    }
    let df = f64::from(evidence.document_frequency(stem)).max(1.0);
    let idf = ((n + 1.0) / (df + 0.5)).ln() / ((n + 1.0) / 1.5).ln();
    let trust = n / (n + CORPUS_PRIOR);
    trust * idf.clamp(0.0, 1.0) + (1.0 - trust) * UNKNOWN_RARITY
}

/// For each distinct form, whether it is capitalised where no sentence start and no headline explains it.
fn names(view: &View, of_token: &[u32], forms: &[Form]) -> Vec<bool> {
    let mut names = vec![false; forms.len()];
    for sentence in view.layout.sentences.iter().filter(|s| s.role.is_content()) {
        let numbers = of_token.get(sentence.tokens()).unwrap_or(&[]);
        if is_headline_case(numbers, forms) {
            continue;
        }
        for (i, pair) in numbers.windows(2).enumerate() {
            let &[before, here] = pair else { continue };
            let (first, second) = (&forms[before as usize], &forms[here as usize]);
            // After an opening quote or a bracket a capital may begin a sentence as well.
            if first.goes_on && second.is_capitalised {
                names[here as usize] = true;
                names[before as usize] |= i == 0 && first.can_begin_name;
            }
        }
    }
    names
}

/// True when most words of a line without a stop are capitalised: `Leaders Meet in Minsk`. Capitals then tell no names.
fn is_headline_case(numbers: &[u32], forms: &[Form]) -> bool {
    let words = || numbers.iter().map(|&n| &forms[n as usize]).filter(|f| f.is_content);
    let stops = numbers.last().is_some_and(|&n| forms[n as usize].stops);
    !stops && words().filter(|f| f.is_capitalised).count() * 4 >= words().count() * 3
}

fn marks(word: &Word, kind: TokenKind, seen_as_name: bool) -> Marks {
    match kind {
        TokenKind::Number => return Marks::NUMBER,
        TokenKind::Word => {}
        _ => return Marks::BREAK,
    }
    let norm = bare(word.norm);
    let listed = listed(norm);
    if listed.has(Marks::CONNECTOR) && word.case == Case::Lower {
        return Marks::CONNECTOR;
    }
    let acronym = word.case == Case::Upper && word.surface.len() > 1;
    let name = seen_as_name || acronym || word.case == Case::Mixed;
    let letter = norm.chars().nth(1).is_none();
    let ordinary = !name && (listed.has(Marks::BREAK) || letter || is_adverb(norm, listed));
    if word.is_stop || ordinary || !norm.chars().any(char::is_alphabetic) {
        return Marks::BREAK;
    }
    let shape = if name { Marks::NAME } else { ending(norm) };
    listed
        .without(Marks::BREAK.or(Marks::CONNECTOR))
        .or(shape)
        .with(Marks::ACRONYM, acronym)
        .with(Marks::LETTER, letter)
        .with(Marks::POSSESSIVE, norm.len() < word.norm.len())
}

/// The word without a possessive ending.
pub(crate) fn bare(word: &str) -> &str {
    let plain = word.strip_suffix(['\'', '’']).unwrap_or(word);
    ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(plain)
}

/// Adverbs in `-ly`; nouns in `-ly` are few and listed.
fn is_adverb(norm: &str, listed: Marks) -> bool {
    norm.len() > 4 && norm.ends_with("ly") && !listed.has(Marks::NOUN)
}

/// What the ending of an ordinary word makes of it.
fn ending(norm: &str) -> Marks {
    let sure = Marks::ADJECTIVE.or(Marks::QUALITY);
    match norm.as_bytes() {
        [_, _, _, .., b'e', b'e', b'd'] => Marks::default(),
        [_, _, _, .., b'e', b'd'] => Marks::PARTICIPLE,
        [_, _, _, .., b'i', b'n', b'g'] => Marks::GERUND,
        [_, _, _, .., b'i', b'c', b'a', b'l'] | [_, _, _, .., b'l', b'e', b's', b's'] => sure,
        [_, _, _, .., b'o', b'u', b's'] | [_, _, _, .., b'f', b'u', b'l'] => sure,
        [_, _, _, .., b'i', b'b', b'l', b'e'] | [_, _, _, .., b't', b'i', b'a', b'l'] => sure,
        [_, _, _, _, .., b'a', b'b', b'l', b'e'] | [_, _, _, .., b'o', b'n', b'a', b'l'] => sure,
        [_, _, _, .., b'i', b'v', b'e'] | [_, _, _, .., b'i', b's', b'h'] => Marks::ADJECTIVE,
        [_, _, _, .., b'a', b'r', b'y'] | [_, _, _, .., b't', b'i', b'c'] => Marks::ADJECTIVE,
        [_, _, _, .., b'm', b'e', b'n', b't'] => Marks::default(),
        [_, _, _, .., b'i' | b'u' | b'n', b'a', b'l'] | [_, _, _, .., b'e' | b'a', b'n', b't'] => {
            Marks::ADJECTIVE
        }
        _ => Marks::default(),
    }
}

//! Norms, stems, case and function words.

use decalque_text::{Case, Edited, Form, Lang, Layout, TermId, Token, Vocabulary};
use rust_stemmers::{Algorithm, Stemmer as Snowball};
use std::collections::BTreeMap;

/// Stemmer and version, for the manifest.
pub const STEMMER: &str = "rust-stemmers 1.2.0 (Snowball 2015; Greek is not stemmed)";

/// Makes the [`Form`] of a word: norm, stem, case, whether it is a function word.
///
/// ```
/// use decalque_text::{Case, Lang};
/// use decalque_tokenize::Stemmer;
/// let form = Stemmer::new(Lang::EN).form("Sanctions’");
/// assert_eq!((form.norm.as_str(), form.stem.as_str(), form.case), ("sanctions'", "sanction", Case::Title));
/// ```
pub struct Stemmer {
    latin: Option<Snowball>,
    cyrillic: Option<Snowball>,
    /// For words in an alphabet of the language's own.
    own: Option<Snowball>,
}

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stemmer")
            .field("latin", &self.latin.is_some())
            .field("cyrillic", &self.cyrillic.is_some())
            .field("own", &self.own.is_some())
            .finish()
    }
}

impl Stemmer {
    /// The stemmer for documents in a language. Words in the other alphabet, and all words of an undetermined
    /// document, are stemmed as English or Russian by their letters; languages without a stemmer keep the norm.
    pub fn new(lang: Lang) -> Self {
        let (english, russian) = (Some(Algorithm::English), Some(Algorithm::Russian));
        let (latin, cyrillic, own) = match lang.tag() {
            "en" | "und" | "ru" => (english, russian, None),
            // Other languages in Cyrillic: Russian endings would be wrong on them.
            "uk" | "be" | "bg" | "sr" | "mk" | "kk" | "ky" | "mn" | "tg" => (english, None, None),
            "ar" => (english, russian, Some(Algorithm::Arabic)),
            "ta" => (english, russian, Some(Algorithm::Tamil)),
            // Greek is not stemmed: rust-stemmers 1.2 cuts inside a character on some words and panics.
            "el" => (english, russian, None),
            tag => (algorithm(tag), russian, None),
        };
        let [latin, cyrillic, own] = [latin, cyrillic, own].map(|a| a.map(Snowball::create));
        Self { latin, cyrillic, own }
    }

    /// The form of a word as it stands in the text.
    pub fn form(&self, surface: &str) -> Form {
        let form = unstemmed(surface);
        Form { stem: self.stem(&form.norm), ..form }
    }

    fn stem(&self, norm: &str) -> String {
        // The ending that stands apart from an address (`rt.com’s`) is its own stem.
        let bare = norm.strip_suffix("'s").or_else(|| norm.strip_suffix('\''));
        let word = bare.filter(|word| !word.is_empty()).unwrap_or(norm);
        // Vowel signs of Arabic and Tamil belong to words too.
        let is_part = |c: char| {
            c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{64b}'..='\u{652}' | '\u{b80}'..='\u{bff}')
        };
        if word.is_empty() || !word.chars().all(is_part) {
            return word.to_owned();
        }
        let stemmer = match word.chars().find(|c| c.is_alphabetic()) {
            Some('\u{400}'..='\u{52f}') => &self.cyrillic,
            Some('a'..='z' | '\u{c0}'..='\u{24f}') => &self.latin,
            Some('\u{600}'..='\u{6ff}' | '\u{b80}'..='\u{bff}') => &self.own,
            _ => &None,
        };
        let stem = stemmer.as_ref().map(|s| s.stem(word)).filter(|stem| !stem.is_empty());
        stem.map_or_else(|| word.to_owned(), std::borrow::Cow::into_owned)
    }
}

/// The form of a word but for its stem, which takes longest to find, and depends on the norm alone.
fn unstemmed(surface: &str) -> Form {
    let (norm, case) = (norm(surface), case(surface));
    // US, IT and WHO in capitals are names.
    let is_stop = norm == "'s"
        || is_stop_word(&norm) && !(case == Case::Upper && matches!(norm.as_str(), "us" | "it" | "who"));
    Form { norm, case, is_stop, stem: String::new() }
}

fn algorithm(tag: &str) -> Option<Algorithm> {
    Some(match tag {
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "es" => Algorithm::Spanish,
        "it" => Algorithm::Italian,
        "pt" => Algorithm::Portuguese,
        "nl" => Algorithm::Dutch,
        "sv" => Algorithm::Swedish,
        "nb" => Algorithm::Norwegian,
        "da" => Algorithm::Danish,
        "fi" => Algorithm::Finnish,
        "hu" => Algorithm::Hungarian,
        "ro" => Algorithm::Romanian,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

/// The vocabulary entry of every token of a layout, in order.
///
/// A vocabulary remembers the first analysis of a surface form: use one vocabulary a stemmer.
///
/// ```
/// use decalque_text::{Lang, Vocabulary};
/// use decalque_tokenize::{Stemmer, layout, terms};
/// let (text, mut words) = ("Talks go on. The talks.", Vocabulary::default());
/// let layout = layout(text);
/// let ids = terms(text, &layout, &Stemmer::new(Lang::EN), &mut words);
/// assert_eq!(ids.len(), layout.tokens.len());
/// assert_eq!(words.word(ids[0]).stem_id, words.word(ids[5]).stem_id);
/// ```
pub fn terms(text: &str, layout: &Layout, stemmer: &Stemmer, vocabulary: &mut Vocabulary) -> Vec<TermId> {
    layout
        .tokens
        .iter()
        .map(|t| vocabulary.intern_at(text, t.span, unstemmed, |norm| stemmer.stem(norm)))
        .collect()
}

/// Give the tokens of sentences in another language than the document's the entries they have in theirs.
///
/// `langs` are the languages of the sentences, as [`sentence_languages`](crate::sentence_languages) says; none are needed
/// when all are in the document's.
///
/// ```
/// use decalque_text::{Lang, Vocabulary};
/// use decalque_tokenize::{Stemmer, foreign_terms, layout, terms};
/// let (text, mut words) = ("The houses stand.\n\nLes maisons parlaient.", Vocabulary::default());
/// let layout = layout(text);
/// let mut ids = terms(text, &layout, &Stemmer::new(Lang::EN), &mut words);
/// foreign_terms(text, &layout, (Lang::EN, &[Lang::EN, Lang::new("fr")]), &mut ids, &mut words);
/// let stems: Vec<&str> = ids.iter().map(|&id| words.word(id).stem).collect();
/// assert_eq!(stems, ["the", "hous", "stand", ".", "le", "maison", "parl", "."]);
/// ```
pub fn foreign_terms(
    text: &str,
    layout: &Layout,
    (document, langs): (Lang, &[Lang]),
    terms: &mut [TermId],
    vocabulary: &mut Vocabulary,
) {
    let mut stemmers: BTreeMap<Lang, Stemmer> = BTreeMap::new();
    for (sentence, &lang) in layout.sentences.iter().zip(langs).filter(|(_, lang)| **lang != document) {
        let stemmer = stemmers.entry(lang).or_insert_with(|| Stemmer::new(lang));
        let tokens = layout.tokens.get(sentence.tokens()).unwrap_or(&[]);
        let ids = terms.get_mut(sentence.tokens()).unwrap_or(&mut []);
        for (id, token) in ids.iter_mut().zip(tokens) {
            *id = vocabulary.intern_in(lang, token.span.text(text), |s| stemmer.form(s));
        }
    }
}

/// The vocabulary entry of every token of a repaired text: as [`terms`], but a token that no edit touched keeps the
/// entry it had.
///
/// `before` are the tokens of the text before the edits, with their entries.
///
/// ```
/// use decalque_text::{Confidence, Edit, Edited, Kind, Lang, Span, Vocabulary};
/// use decalque_tokenize::{Stemmer, layout, terms, terms_after};
/// let (text, stemmer, mut words) = ("Talks go on.. Soon.", Stemmer::new(Lang::EN), Vocabulary::default());
/// let before = layout(text);
/// let ids = terms(text, &before, &stemmer, &mut words);
/// let stop = Edit::new(Span::new(11, 13), ".", Kind::Typography, "typography.stops", Confidence::new(950), "");
/// let (edited, _) = Edited::apply(text, vec![stop]);
/// let after = layout(edited.clean());
/// let again = terms_after(&edited, &after, (&before.tokens, &ids), &stemmer, &mut words);
/// assert_eq!(again, terms(edited.clean(), &after, &stemmer, &mut words));
/// ```
pub fn terms_after(
    edited: &Edited,
    layout: &Layout,
    before: (&[Token], &[TermId]),
    stemmer: &Stemmer,
    vocabulary: &mut Vocabulary,
) -> Vec<TermId> {
    let (mut edit, mut old) = (0, 0);
    let term = |token: &Token| {
        let here = token.span;
        edit += edited.placed()[edit..].iter().take_while(|p| p.end <= here.start).count();
        let is_new = edited.placed().get(edit).is_some_and(|p| p.start < here.end);
        if !is_new {
            let raw = edited.to_raw(here);
            old += before.0[old..].iter().take_while(|t| t.span.start < raw.start).count();
            if let (Some(token), Some(&id)) = (before.0.get(old), before.1.get(old))
                && token.span == raw
            {
                return id;
            }
        }
        vocabulary.intern_at(edited.clean(), here, unstemmed, |norm| stemmer.stem(norm))
    };
    layout.tokens.iter().map(term).collect()
}

/// Lower case, straight apostrophes, plain hyphens, nothing invisible.
fn norm(surface: &str) -> String {
    if surface.is_ascii() {
        return surface.to_ascii_lowercase();
    }
    surface.chars().filter(|c| !is_invisible(*c)).map(plain).collect::<String>().to_lowercase()
}

const fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        other => other,
    }
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// How the letters are cased; the ending of a possessive does not count.
fn case(surface: &str) -> Case {
    let word = ["'s", "’s", "ʼs"].iter().find_map(|s| surface.strip_suffix(s)).unwrap_or(surface);
    let (upper, lower) = if word.is_ascii() {
        let count = |is: fn(&u8) -> bool| word.as_bytes().iter().filter(|b| is(b)).count();
        (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase))
    } else {
        let count = |is: fn(char) -> bool| word.chars().filter(|&c| is(c)).count();
        (count(char::is_uppercase), count(char::is_lowercase))
    };
    match (upper, lower) {
        (0, 0) => Case::None,
        (0, _) => Case::Lower,
        (1, 0) => Case::Title,
        (_, 0) => Case::Upper,
        _ if is_title(word) => Case::Title,
        _ => Case::Mixed,
    }
}

/// Every part begins with a capital and goes on in small letters; after an apostrophe either will do (`I’m`, `O’Neill`).
fn is_title(word: &str) -> bool {
    let mut after = ' ';
    word.chars().enumerate().all(|(i, c)| {
        let fits = match after {
            _ if !c.is_alphabetic() => true,
            '\'' | '’' | 'ʼ' if i > 0 => true,
            ' ' | '-' | '\u{2010}' | '\u{2011}' | '.' => c.is_uppercase(),
            _ => !c.is_uppercase(),
        };
        after = c;
        fits
    })
}

/// True for an English or Russian function word, given in lower case with straight apostrophes.
pub(crate) fn is_stop_word(norm: &str) -> bool {
    match norm.as_bytes() {
        [first @ b'a'..=b'z', ..] => {
            let letter = usize::from(first - b'a');
            ENGLISH[STARTS[letter]..STARTS[letter + 1]].binary_search(&norm).is_ok()
        }
        [first, ..] if !first.is_ascii() => norm.len() <= 16 && RUSSIAN.binary_search(&norm).is_ok(),
        _ => false,
    }
}

/// Where the English function words of each letter begin, and where they end.
static STARTS: [usize; 27] = starts();

const fn starts() -> [usize; 27] {
    let (mut out, mut i) = ([0; 27], 0);
    while i < ENGLISH.len() {
        // Counted at the next letter, and summed up below.
        out[(ENGLISH[i].as_bytes()[0] - b'a') as usize + 1] += 1;
        i += 1;
    }
    let mut letter = 1;
    while letter < 27 {
        out[letter] += out[letter - 1];
        letter += 1;
    }
    out
}

/// English function words, sorted.
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "a", "about", "above", "across", "after", "again", "against", "ago", "all", "almost", "along",
    "already", "also", "although", "always", "am", "among", "amongst", "an", "and", "another", "any",
    "anybody", "anyone", "anything", "anyway", "anywhere", "are", "aren't", "around", "as", "at", "away",
    "back", "be", "became", "because", "become", "becomes", "been", "before", "behind", "being", "below",
    "beside", "besides", "between", "beyond", "both", "but", "by", "came", "can", "can't", "cannot", "come",
    "could", "couldn't", "despite", "did", "didn't", "do", "does", "doesn't", "doing", "don't", "done",
    "down", "due", "during", "each", "either", "else", "enough", "etc.", "even", "ever", "every",
    "everybody", "everyone", "everything", "everywhere", "except", "far", "few", "for", "from", "further",
    "get", "gets", "getting", "give", "given", "go", "goes", "going", "gone", "got", "had", "hadn't", "has",
    "hasn't", "have", "haven't", "having", "he", "he'd", "he'll", "he's", "hence", "her", "here", "here's",
    "hers", "herself", "him", "himself", "his", "how", "however", "i", "i'd", "i'll", "i'm", "i've", "if",
    "in", "indeed", "inside", "instead", "into", "is", "isn't", "it", "it'd", "it'll", "it's", "its",
    "itself", "just", "keep", "kept", "later", "least", "less", "let", "let's", "like", "made", "make",
    "makes", "many", "may", "maybe", "me", "meanwhile", "might", "mine", "more", "moreover", "most", "much",
    "must", "mustn't", "my", "myself", "near", "nearly", "neither", "never", "nevertheless", "next", "no",
    "nobody", "none", "nor", "not", "nothing", "now", "nowhere", "of", "off", "often", "on", "once", "one",
    "only", "onto", "or", "other", "others", "otherwise", "ought", "our", "ours", "ourselves", "out",
    "outside", "over", "own", "per", "perhaps", "put", "quite", "rather", "really", "said", "same", "say",
    "says", "see", "seem", "seemed", "seems", "several", "shall", "shan't", "she", "she'd", "she'll",
    "she's", "should", "shouldn't", "since", "so", "some", "somebody", "somehow", "someone", "something",
    "sometimes", "somewhere", "still", "such", "take", "than", "that", "that'd", "that'll", "that's", "the",
    "their", "theirs", "them", "themselves", "then", "there", "there's", "thereby", "therefore", "these",
    "they", "they'd", "they'll", "they're", "they've", "this", "those", "though", "through", "throughout",
    "thus", "to", "together", "too", "toward", "towards", "under", "until", "unto", "up", "upon", "us",
    "very", "via", "was", "wasn't", "we", "we'd", "we'll", "we're", "we've", "well", "were", "weren't",
    "what", "what's", "whatever", "when", "whenever", "where", "where's", "whereas", "wherever", "whether",
    "which", "whichever", "while", "who", "who's", "whoever", "whole", "whom", "whose", "why", "will",
    "with", "within", "without", "won't", "would", "wouldn't", "yes", "yet", "you", "you'd", "you'll",
    "you're", "you've", "your", "yours", "yourself", "yourselves",
];

/// Russian function words, sorted.
#[rustfmt::skip]
const RUSSIAN: &[&str] = &[
    "а", "без", "более", "больше", "будем", "будет", "будете", "будешь", "буду", "будут", "будучи", "бы",
    "был", "была", "были", "было", "быть", "в", "вам", "вами", "вас", "ваш", "ваша", "ваше", "ваши",
    "вдруг", "ведь", "весь", "вместо", "во", "вот", "впрочем", "все", "всегда", "всего", "всем", "всеми",
    "всему", "всех", "всею", "всю", "вся", "всё", "вы", "где", "да", "даже", "для", "до", "должен",
    "должна", "должны", "ее", "ей", "ему", "если", "есть", "еще", "ещё", "ею", "её", "же", "за", "зачем",
    "здесь", "и", "из", "или", "им", "ими", "иногда", "их", "к", "как", "какая", "какие", "каких", "какой",
    "когда", "конечно", "которая", "которого", "которое", "которой", "котором", "которому", "которую",
    "которые", "который", "которым", "которыми", "которых", "кроме", "кто", "куда", "ли", "либо", "лишь",
    "между", "меня", "мне", "много", "может", "можно", "мои", "мой", "моя", "моё", "мы", "на", "над",
    "надо", "наконец", "нам", "нами", "нас", "наш", "наша", "наше", "наши", "не", "него", "нее", "ней",
    "нельзя", "нет", "неё", "ни", "нибудь", "никогда", "ним", "ними", "них", "ничего", "но", "ну", "о",
    "об", "однако", "он", "она", "они", "оно", "от", "очень", "перед", "по", "под", "после", "потом",
    "потому", "почти", "при", "про", "раз", "разве", "с", "сам", "сама", "сами", "само", "самый", "свое",
    "своего", "своей", "своем", "своему", "свои", "своими", "своих", "свой", "свою", "своя", "своё", "себе",
    "себя", "сейчас", "со", "совсем", "та", "так", "такая", "также", "такие", "такой", "там", "те", "тебе",
    "тебя", "тем", "теперь", "то", "тогда", "того", "тоже", "той", "только", "том", "тому", "тот", "ту",
    "тут", "ты", "у", "уже", "хоть", "хотя", "чего", "чей", "чем", "через", "что", "чтоб", "чтобы", "чуть",
    "эта", "эти", "этим", "этими", "этих", "это", "этого", "этой", "этом", "этому", "этот", "эту", "я",
];

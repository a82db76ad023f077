//! Keys under which spellings of one name are equal.

/// The key of a family name: one for `Zhirinovsky` and `Žirinovskij`, for `Alexeev` and `Alekseyev`, for `al-Assad` and
/// `Assad`.
///
/// Names with the endings of Russian and Ukrainian families (`-ov`, `-sky`, `-enko`…) are folded by the tables that bring
/// them to English: BGN/PCGN (1947), ISO 9 and other scholarly ones (1954 to 1995), ICAO Doc 9303 (2013), the Ukrainian
/// national table (2010), and what German and French papers write. Letters that those write for one Cyrillic letter
/// become one: `zh`, ž and `dzh` are j, `kh` is h, `x` ks, `sch` and `shch` sh, `tch` ch, `tz` ts; y, i and j before a
/// vowel, before a consonant and at the end (`-skii`, `-skiy`, `-sky`) are one each; `yo` after a consonant is e, and so
/// is `Ye` at the beginning; doubled letters are single. Of all names accents, apostrophes and Arabic articles go. What
/// tells families apart stays: `Ivanov` is not `Ivanova`. Linear in the name's length.
///
/// ```
/// use decalque_mention::surname_key;
/// assert_eq!(surname_key("Zhirinovskiy"), surname_key("Žirinovski"));
/// assert_eq!(surname_key("Semyonov"), surname_key("Semenov"));
/// assert_eq!(surname_key("al-Assad"), "assad");
/// assert_eq!(surname_key("Nixon"), "nixon");
/// assert_ne!(surname_key("Ivanov"), surname_key("Ivanova"));
/// ```
pub fn surname_key(surname: &str) -> String {
    let plain = plain(surname);
    let words: Vec<&str> = plain.split([' ', '-']).filter(|w| !w.is_empty()).collect();
    let first = words.iter().position(|w| !ARTICLES.contains(w)).unwrap_or(0);
    words.iter().skip(first).map(|w| word_key(w)).collect::<Vec<_>>().join("-")
}

/// Endings of folded Russian and Ukrainian family names that hardly others have.
const SLAVIC: &[&str] = &[
    "ov", "ev", "ova", "eva", "sky", "skaya", "enko", "enka", "chuk", "niuk", "liuk", "shuk", "vich", "nich",
    "lny", "tny", "dny", "chny",
];

/// Endings that English family names have as well.
const SHARED: &[&str] = &["in", "ina", "ich", "uk", "ey", "oy"];

/// True for a folded family name with such an ending.
pub(crate) fn is_slavic(key: &str) -> bool {
    has_ending(key, SLAVIC) || has_ending(key, SHARED)
}

fn has_ending(key: &str, endings: &[&str]) -> bool {
    endings.iter().any(|end| key.len() > end.len() + 1 && key.ends_with(end))
}

/// Letters that no romanisation of Russian has: `McKinley`, `Grassley`.
fn is_western(word: &str) -> bool {
    let is_doubled = word.as_bytes().windows(2).any(|w| w[0] == w[1] && !matches!(w[0], b'i' | b'y' | b'e'));
    is_doubled
        || word.starts_with("mc")
        || ["w", "ck", "ph", "q", "th", "gh"].iter().any(|g| word.contains(g))
}

/// Arabic articles before a family name, as the letter after them changes them.
const ARTICLES: &[&str] =
    &["al", "el", "an", "en", "as", "es", "ash", "esh", "ad", "ed", "ar", "er", "at", "az"];

/// A looser key, for names that share their given name: Ukrainian `h` for `g`, German `w` for `v`, French `ou` for `u`,
/// `-off` for `-ov`, Belarusian `-ka` for `-ko`, `c` for ts, a soft sign that is written or not; and of all names what
/// only Slavic ones lose in [`surname_key`].
pub(crate) fn loose_key(key: &str) -> String {
    let words: Vec<String> = key.split('-').map(|w| loose_word(&folded(w))).collect();
    words.join("-")
}

fn loose_word(key: &str) -> String {
    // Belarusian: `Melyantsou`.
    let belarusian = key.strip_suffix("ou").filter(|stem| stem.len() > 3).map(|stem| format!("{stem}ov"));
    let key = belarusian.as_deref().unwrap_or(key);
    let mut out = String::with_capacity(key.len());
    let mut letters = key.chars().peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        match c {
            'g' => out.push('h'),
            'w' => out.push('v'),
            'o' if next == 'u' => {}
            'c' if matches!(next, 'e' | 'i' | 'y') => out.push_str("ts"),
            'i' if is_vowel(next) && !out.is_empty() => {}
            _ => out.push(c),
        }
    }
    let ending = [("enka", "enko"), ("of", "ov"), ("ef", "ev")].into_iter().find(|(e, _)| out.ends_with(e));
    match ending {
        Some((from, to)) => format!("{}{to}", out.strip_suffix(from).unwrap_or(&out)),
        None => out,
    }
}

const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Small letters without accents, apostrophes and soft signs.
pub(crate) fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' | ' ' | '-' => out.push(c),
            '\'' | '’' | '‘' | 'ʹ' | 'ʼ' | '`' | '.' | ',' | '\u{300}'..='\u{36f}' => {}
            '–' | '—' | '/' | '&' | '_' => out.push('-'),
            _ => latin(c, &mut out),
        }
    }
    out
}

/// A letter with an accent as English writes it; of other scripts as it is; anything else is nothing.
fn latin(c: char, out: &mut String) {
    let letters = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ĉ' | 'ċ' => "c",
        'ć' | 'č' => "ch",
        'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ģ' => "g",
        'ì'..='ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'ș' => "s",
        'š' | 'ş' => "sh",
        'ß' => "ss",
        'ť' | 'ț' | 'ţ' => "t",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' => "z",
        'ž' => "zh",
        _ => return out.extend(Some(c).filter(|c| c.is_alphanumeric())),
    };
    out.push_str(letters);
}

/// Groups of letters and what they become; longer ones first.
const GROUPS: &[(&str, &str)] = &[
    ("shch", "sh"),
    ("tsch", "ch"),
    ("sch", "sh"),
    ("tch", "ch"),
    ("dzh", "j"),
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ck", "k"),
    ("cz", "ch"),
    ("tz", "ts"),
    ("dj", "j"),
    ("x", "ks"),
    ("ph", "f"),
    ("q", "k"),
];

fn word_key(word: &str) -> String {
    let folded = folded(word);
    let is_slavic = has_ending(&folded, SLAVIC) || has_ending(&folded, SHARED) && !is_western(word);
    if is_slavic { folded } else { word.to_owned() }
}

fn folded(word: &str) -> String {
    single(&glides(&groups(word)))
}

/// The groups of a word replaced, from left to right.
fn groups(word: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(word.len()), word);
    while let Some(c) = rest.chars().next() {
        let after = rest.chars().nth(1);
        // A scholarly or German j: `Jatsenjuk`, `Geletej`.
        let is_glide =
            c == 'j' && !out.is_empty() && after.is_none_or(|a| is_vowel(a) && !ends_in_vowel(&out));
        // Few letters begin a group: most are told without a look at the table.
        let begins = matches!(c, 's' | 't' | 'd' | 'z' | 'k' | 'g' | 'c' | 'x' | 'p' | 'q');
        match GROUPS.iter().find(|(from, _)| begins && rest.starts_with(from)) {
            Some((from, to)) => {
                out.push_str(to);
                rest = &rest[from.len()..];
            }
            None => {
                out.push(if is_glide { 'y' } else { c });
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out
}

fn ends_in_vowel(text: &str) -> bool {
    text.chars().next_back().is_some_and(is_vowel)
}

/// Runs of i and y by where they stand; `yo` and `ye` where they are a soft e.
fn glides(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut out = String::with_capacity(word.len());
    let mut at = 0;
    while let Some(&c) = letters.get(at) {
        let run = letters[at..].iter().take_while(|c| matches!(c, 'i' | 'y')).count();
        at += run.max(1);
        if run == 0 {
            out.push(c);
            continue;
        }
        let next = (letters.get(at).copied(), letters.get(at + 1).copied());
        let after_vowel = out.is_empty() || ends_in_vowel(&out);
        match next {
            (None, _) => out.push('y'),
            (Some('o'), _) if letters[at - 1] == 'y' && !after_vowel => {
                out.push('e');
                at += 1;
            }
            (Some('e'), _) if out.is_empty() => {}
            (Some('e'), Some('v')) => {}
            (Some(n), _) if is_vowel(n) => out.push(if after_vowel { 'y' } else { 'i' }),
            (Some(_), _) => out.push('i'),
        }
    }
    out
}

/// Doubled letters are single.
fn single(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !out.ends_with(c) || c.is_ascii_digit() {
            out.push(c);
        }
    }
    out
}

/// What a family name in another case of Russian may come from: `Sofina`, `Sofinu` and `Sofinym` of a man; `Leonov`,
/// `Leonovoy` and `Leonovu` of a woman.
pub(crate) fn bases(key: &str, is_woman: bool) -> impl Iterator<Item = String> {
    let ends: &[(&str, &str)] = if is_woman {
        &[("oy", "a"), ("u", "a"), ("", "a")]
    } else {
        &[("a", ""), ("u", ""), ("im", ""), ("om", ""), ("e", "")]
    };
    let whole = folded(key);
    let base = |(end, to): &(&str, &str)| whole.strip_suffix(end).map(|stem| format!("{stem}{to}"));
    let all: Vec<String> = ends.iter().filter_map(base).filter(|b| b != key && is_slavic(b)).collect();
    all.into_iter()
}

/// True when at most one letter more, less or another makes one key of the other; linear.
pub(crate) fn is_near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    a.len() - tail <= 1 && b.len() - tail <= 1
}

/// A name as a piece of a key: its letters and digits in lower case, all else a hyphen.
pub(crate) fn slug(name: &str) -> String {
    let plain = plain(name);
    let words: Vec<&str> = plain.split([' ', '-']).filter(|w| !w.is_empty()).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        let check = |names: &[&str]| {
            let keys: Vec<String> = names.iter().map(|n| surname_key(n)).collect();
            assert!(keys.iter().all(|k| *k == keys[0]), "{names:?} {keys:?}");
        };
        check(&["Zhirinovsky", "Zhirinovskiy", "Zhirinovskii", "Žirinovskij", "Zhirinovski"]);
        check(&["Yanukovych", "Yanukovich", "Ianukovich"]);
        check(&["Yatsenyuk", "Yatseniuk", "Yatsenjuk", "Iatseniuk"]);
        check(&["Khodorkovsky", "Hodorkovskij"]);
        check(&["Gorbachev", "Gorbachyov", "Gorbatchev", "Gorbatschev"]);
        check(&["Alekseyev", "Alekseev", "Alexeyev", "Alexeev"]);
        check(&["Dmitriev", "Dmitriyev"]);
        check(&["Yeltsin", "Eltsin"]);
        check(&["Tolstoy", "Tolstoi", "Tolstoj"]);
        check(&["Rozhnikovsky", "Rojnikovsky"]);
        check(&["Shcherbakov", "Scherbakov"]);
        check(&["Dzhemilev", "Jemilev"]);
        check(&["al-Assad", "Al Assad", "Assad"]);
    }

    #[test]
    fn names_of_two_families_have_two_keys() {
        let check = |a: &str, b: &str| assert_ne!(surname_key(a), surname_key(b));
        check("Ivanov", "Ivanova");
        check("Petrov", "Petrovsky");
        check("Makarov", "Makarenko");
    }

    #[test]
    fn english_names_stay_readable() {
        let check = |name: &str, key: &str| assert_eq!(surname_key(name), key);
        check("Johnson", "johnson");
        check("Kerry", "kerry");
        check("McKinley", "mckinley");
        check("Flynn", "flynn");
        check("Zhang", "zhang");
        check("von der Leyen", "von-der-leyen");
        check("Rubio", "rubio");
        check("’", "");
    }

    #[test]
    fn looser_keys_join_what_is_left() {
        let check = |a: &str, b: &str| assert_eq!(loose_key(&surname_key(a)), loose_key(&surname_key(b)));
        check("Heletey", "Geletey");
        check("Pankow", "Pankov");
        check("Lukashenka", "Lukashenko");
        check("Loukachenko", "Lukachenko");
        check("Smirnoff", "Smirnov");
        check("Cyganov", "Tsyganov");
        check("Melyantsou", "Melyantsov");
        check("Dzyuba", "Dziuba");
        check("Schlimme", "Shlimme");
    }

    #[test]
    fn one_letter_is_near() {
        let check =
            |a: &str, b: &str, near| assert_eq!((is_near(a, b), is_near(b, a)), (near, near), "{a} {b}");
        check("skvortsov", "skovortsov", true);
        check("sofin", "sofina", true);
        check("same", "same", true);
        check("", "a", true);
        check("popov", "potoz", false);
        check("ab", "abcd", false);
    }
}

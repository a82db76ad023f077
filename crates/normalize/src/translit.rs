//! Russian in Latin letters, and how to get there.

/// Romanise Russian and Ukrainian the way news in English does (after BGN/PCGN 1947, without its apostrophes; final
/// -ий and -ый become -y). Other letters stay as they are.
///
/// ```
/// use decalque_normalize::from_cyrillic;
/// assert_eq!(from_cyrillic("Билял Махов"), "Bilyal Makhov");
/// assert_eq!(from_cyrillic("Жириновский"), "Zhirinovsky");
/// ```
pub fn from_cyrillic(text: &str) -> String {
    let words = text.split_inclusive(|c: char| !c.is_alphabetic());
    words.map(romanise_word).collect()
}

fn romanise_word(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let end = letters.iter().rposition(|c| c.is_alphabetic()).map_or(0, |i| i + 1);
    let is_adjective = end > 3 && matches!(&letters[end - 2..end], ['и' | 'ы', 'й']);
    let kept = if is_adjective { end - 2 } else { end };
    let mut out = String::with_capacity(word.len());
    for (i, &c) in letters[..kept].iter().enumerate() {
        let before = i.checked_sub(1).map(|p| letters[p]);
        push_letter(&mut out, c, before);
    }
    out.push_str(if is_adjective { "y" } else { "" });
    out.extend(&letters[end..]);
    out
}

fn push_letter(out: &mut String, c: char, before: Option<char>) {
    let lower = c.to_lowercase().next().unwrap_or(c);
    let Some(latin) = latin(lower, before) else {
        out.push(c);
        return;
    };
    let mut chars = latin.chars();
    match (c.is_uppercase(), chars.next()) {
        (true, Some(first)) => out.extend(first.to_uppercase().chain(chars)),
        _ => out.push_str(latin),
    }
}

/// The Latin letters of one lower-case Cyrillic letter, which depend on the letter before it for е and ё.
fn latin(c: char, before: Option<char>) -> Option<&'static str> {
    let soft = before.is_none_or(|b| !b.is_alphabetic() || "аеёиоуыэюяьъАЕЁИОУЫЭЮЯ".contains(b));
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' => "i",
        'й' | 'ы' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ў' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'э' => "e",
        'ю' => "yu",
        'я' => "ya",
        'ї' => "yi",
        'є' => "ye",
        'ґ' => "g",
        'е' if soft => "ye",
        'е' => "e",
        'ё' if soft => "yo",
        'ё' => "yo",
        _ => return None,
    })
}

/// Letters that romanised Russian has inside a word and English does not.
const INSIDE: &[&str] = &[
    "shch", "tsts", "zhd", "zhn", "zhe", "zhi", "zha", "dzh", "tsii", "tsiy", "tsent", "khn", "khv", "vsh",
    "yuts", "yatsya", "âtsâ", "stv", "rukop", "povar",
];

/// Endings of romanised Russian words.
const ENDINGS: &[&str] = &[
    "ogo", "ego", "omu", "emu", "nykh", "skikh", "ami", "yami", "ii", "iya", "iye", "skiy", "skoy", "skom",
    "tsya", "lsya", "las", "vat", "stvo", "nost", "losl", "lisl", "shego", "entr", "etsy", "nik", "niki",
    "tsâ", "iâ", "aâ", "paketa",
];

/// True when a lower-case word in Latin letters looks like romanised Russian.
pub(crate) fn looks_russian(norm: &str) -> bool {
    let letters = norm.chars().filter(|c| c.is_alphabetic()).count();
    let ending = || ENDINGS.iter().any(|e| ends_with(norm, e) && norm.len() > e.len() + 2);
    letters >= 5 && (has_inside(norm) || ending())
}

/// One scan: nearly all places are passed over by their first byte.
fn has_inside(norm: &str) -> bool {
    let bytes = norm.as_bytes();
    let begins = |i: &usize| FIRST[usize::from(bytes[*i])];
    let places = (0..bytes.len()).filter(begins);
    places.map(|i| &bytes[i..]).any(|rest| INSIDE.iter().any(|g| rest.starts_with(g.as_bytes())))
}

/// The bytes that a group of [`INSIDE`] begins with.
const FIRST: [bool; 256] = {
    let (mut first, mut i) = ([false; 256], 0);
    while i < INSIDE.len() {
        first[INSIDE[i].as_bytes()[0] as usize] = true;
        i += 1;
    }
    first
};

/// The same as `str::ends_with`; most endings of a list differ in their last byte, which costs less to see.
pub(crate) fn ends_with(word: &str, ending: &str) -> bool {
    word.as_bytes().last() == ending.as_bytes().last() && word.ends_with(ending)
}

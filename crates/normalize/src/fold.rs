// Shared with the build script: no crate paths here.

/// One key for all ways to write a Russian word: in Cyrillic, or romanised by any of the schemes that engines use
/// (BGN/PCGN 1947, ISO 9:1995, GOST 7.79 B, scholarly). Signs stand for sounds: Z zh, S sh, C ch, Q shch, T ts,
/// A ya, U yu; soft signs, doubled letters and the differences of и, й and ы are gone. About one key in a hundred
/// stands for two words.
#[allow(unreachable_pub, reason = "the build script uses it as well")]
pub fn fold(word: &str) -> String {
    let mut signs = Vec::with_capacity(word.len());
    let letters: Vec<char> = if word.is_ascii() {
        word.bytes().map(|b| char::from(b.to_ascii_lowercase())).collect()
    } else {
        word.chars().flat_map(char::to_lowercase).collect()
    };
    let mut at = 0;
    while at < letters.len() {
        let (sign, taken) = sign(&letters[at..]);
        signs.extend(sign.bytes());
        at += taken;
    }
    join(&signs)
}

/// The signs of the first letter or group of letters, and how many letters that is.
fn sign(letters: &[char]) -> (&'static str, usize) {
    match letters {
        ['s', 'h', 'c', 'h', ..] => ("Q", 4),
        ['s', 'c', 'h', ..] => ("Q", 3),
        ['š', 'č', ..] => ("Q", 2),
        ['s', 'h', ..] => ("S", 2),
        ['z', 'h', ..] => ("Z", 2),
        ['c', 'h', ..] => ("C", 2),
        ['k', 'h', ..] => ("h", 2),
        ['t', 's' | 'z', ..] => ("T", 2),
        [one, ..] => (single(*one), 1),
        [] => ("", 1),
    }
}

fn single(c: char) -> &'static str {
    match c {
        'а' | 'a' => "a",
        'б' | 'b' => "b",
        'в' | 'v' | 'w' => "v",
        'г' | 'g' | 'ґ' => "g",
        'д' | 'd' => "d",
        'е' | 'e' | 'ё' | 'э' | 'є' | 'è' | 'é' | 'ê' | 'ë' => "e",
        'ж' | 'ž' => "Z",
        'з' | 'z' => "z",
        'и' | 'i' | 'й' | 'ы' | 'і' | 'ї' | 'y' | 'j' | 'ì' | 'ï' | 'í' => "i",
        'к' | 'k' | 'q' => "k",
        'л' | 'l' => "l",
        'м' | 'm' => "m",
        'н' | 'n' => "n",
        'о' | 'o' | 'ö' | 'ò' => "o",
        'п' | 'p' => "p",
        'р' | 'r' => "r",
        'с' | 's' => "s",
        'т' | 't' => "t",
        'у' | 'u' | 'ў' => "u",
        'ф' | 'f' => "f",
        'х' | 'h' => "h",
        'ц' | 'c' => "T",
        'ч' | 'č' => "C",
        'ш' | 'š' => "S",
        'щ' | 'ŝ' => "Q",
        'ю' | 'û' => "U",
        'я' | 'â' => "A",
        'x' => "ks",
        _ => "",
    }
}

/// An i before a vowel melts into it, t and s are ts, doubled signs are one.
fn join(signs: &[u8]) -> String {
    let mut out: Vec<u8> = Vec::with_capacity(signs.len());
    for &sign in signs {
        let last = out.last().copied();
        let melted = match (last, sign) {
            (Some(b'i'), b'a' | b'A') => Some(b'A'),
            (Some(b'i'), b'u' | b'U') => Some(b'U'),
            (Some(b'i'), b'o' | b'e') => Some(b'e'),
            (Some(b't'), b's') => Some(b'T'),
            _ => None,
        };
        match melted {
            Some(one) => {
                out.pop();
                if out.last() != Some(&one) {
                    out.push(one);
                }
            }
            None if last == Some(sign) => {}
            None => out.push(sign),
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

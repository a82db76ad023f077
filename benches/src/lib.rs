//! News to measure on, generated from the seeds: the same bytes on every machine, as varied as one likes.
//!
//! Lines are drawn from the seeds by a fixed generator, and one small or capitalised word in eight becomes a made-up one. Made-up
//! words are as rare and as common as words are (Zipf 1949, Mandelbrot 1953), so that the vocabulary grows as that of real news
//! does: 44 words times the square root of the tokens, as Manning, Raghavan and Schütze (2008, section 5.1.1) count them in Reuters RCV1.
#![deny(missing_docs)]

/// The five seeds.
const SEEDS: [&str; 5] = [
    include_str!("../../seeds/000_cede77e3589d4e07.txt"),
    include_str!("../../seeds/001_07821880fc4e7020.txt"),
    include_str!("../../seeds/002_d3b2eaf4dc758a8f.txt"),
    include_str!("../../seeds/003_e3bb45fe7ef72744.txt"),
    include_str!("../../seeds/004_24d9cc06be2b6f2c.txt"),
];

const ONSETS: [&str; 16] =
    ["b", "br", "d", "dr", "f", "g", "k", "kl", "l", "m", "n", "p", "r", "s", "t", "v"];
const RIMES: [&str; 16] =
    ["ab", "al", "an", "ar", "ed", "el", "en", "er", "ig", "il", "in", "ob", "ol", "on", "or", "um"];

/// How many ranks of made-up words are about as common as the first: the larger, the faster the vocabulary grows.
const SPREAD: f64 = 6_500.0;

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Draw(u64);

impl Draw {
    fn next(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }

    /// A made-up word: the rank is drawn, and a rank is always the same word. Of n draws some √(π n SPREAD) are different words.
    fn word(&mut self) -> String {
        let u = (1 + self.next(1 << 24)) as f64 / f64::from(1 << 24);
        let mut letters = Draw((SPREAD * (1.0 / u - 1.0)) as u64);
        let syllable = |_| format!("{}{}", ONSETS[letters.next(16)], RIMES[letters.next(16)]);
        (0..3).map(syllable).collect()
    }
}

/// Documents of news, `bytes` in all or a little more.
///
/// ```
/// let news = decalque_benches::news(20_000);
/// assert!(news.iter().map(String::len).sum::<usize>() >= 20_000);
/// assert_eq!(news, decalque_benches::news(20_000));
/// ```
pub fn news(bytes: usize) -> Vec<String> {
    stream(bytes).collect()
}

/// The documents of [`news`], made one after another.
///
/// ```
/// assert_eq!(decalque_benches::stream(20_000).collect::<Vec<_>>(), decalque_benches::news(20_000));
/// ```
pub fn stream(bytes: usize) -> impl Iterator<Item = String> {
    let (mut draw, mut size) = (Draw(7), 0);
    std::iter::from_fn(move || {
        let document = (size < bytes).then(|| document(&mut draw))?;
        size += document.len();
        Some(document)
    })
    .filter(|document| !document.trim().is_empty())
}

fn document(draw: &mut Draw) -> String {
    let seed = SEEDS[[0, 2, 4, 2, 4, 3, 1, 4, 2][draw.next(9)]];
    let line = |line: &str| if draw.next(5) > 0 { Some(vary(line, draw)) } else { None };
    seed.lines().filter_map(line).collect::<Vec<_>>().join("\n")
}

/// One word in eight is another: small words become made-up words, capitalised ones made-up names, so that most sentences are new.
/// The first of two capitalised words stays: family names are many, given names and titles few.
fn vary(line: &str, draw: &mut Draw) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let begins =
        |i: usize| words.get(i).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
    let varied = words.iter().enumerate().map(|(i, word)| match kind(word) {
        Kind::Number => draw.next(3000).to_string(),
        Kind::Small if draw.next(8) == 0 => draw.word(),
        Kind::Capital if !begins(i + 1) && draw.next(8) == 0 => capitalised(&draw.word()),
        _ => (*word).to_owned(),
    });
    varied.collect::<Vec<_>>().join(" ")
}

/// What may become another word.
enum Kind {
    Number,
    Small,
    Capital,
    Other,
}

fn kind(word: &str) -> Kind {
    let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
    let is_word = word.len() > 3 && rest.bytes().all(|b| b.is_ascii_lowercase());
    match first.as_bytes() {
        [b'0'..=b'9'] if rest.bytes().all(|b| b.is_ascii_digit()) => Kind::Number,
        [b'a'..=b'z'] if is_word => Kind::Small,
        [b'A'..=b'Z'] if is_word => Kind::Capital,
        _ => Kind::Other,
    }
}

fn capitalised(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// Most and least of the different words that 44 √tokens (in lower case) allows for, within a quarter.
    #[test]
    fn the_vocabulary_grows_as_that_of_news() {
        let news = news(7_000_000).join(" ").to_lowercase();
        let words = news.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        let (mut seen, mut tokens) = (HashSet::new(), 0_u32);
        for word in words {
            tokens += 1;
            seen.insert(word);
        }
        let (got, expected) = (seen.len() as f64, 44.0 * f64::from(tokens).powf(0.49));
        assert!((got / expected - 1.0).abs() < 0.25, "{got} words of {tokens} tokens, not {expected}");
    }
}

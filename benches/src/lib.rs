//! News to measure on, generated from the seeds: the same bytes on every machine, as varied as one likes.
//!
//! Words, names and numbers are drawn from the seeds and from made-up stems by a fixed generator, so that vocabularies
//! and dictionaries grow with the text as they do on real news; one document in three keeps its machine translation's
//! faults.
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

    fn word(&mut self) -> String {
        (0..2 + self.next(2)).map(|_| format!("{}{}", ONSETS[self.next(16)], RIMES[self.next(16)])).collect()
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
    let (mut draw, mut out, mut size) = (Draw(7), Vec::new(), 0);
    while size < bytes {
        let document = document(&mut draw);
        size += document.len();
        out.push(document);
    }
    out
}

fn document(draw: &mut Draw) -> String {
    let seed = SEEDS[[0, 2, 4, 2, 4, 3, 1, 4, 2][draw.next(9)]];
    let line = |line: &str| if draw.next(5) > 0 { Some(vary(line, draw)) } else { None };
    seed.lines().filter_map(line).collect::<Vec<_>>().join("\n")
}

/// One word in eight is another: small words become made-up words, so that most sentences are new.
fn vary(line: &str, draw: &mut Draw) -> String {
    let word = |word: &str, draw: &mut Draw| {
        let is_small = word.len() > 3 && word.bytes().all(|b| b.is_ascii_lowercase());
        let is_number = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        match () {
            () if is_number => draw.next(3000).to_string(),
            () if is_small && draw.next(8) == 0 => draw.word(),
            () => word.to_owned(),
        }
    };
    line.split(' ').map(|w| word(w, draw)).collect::<Vec<_>>().join(" ")
}

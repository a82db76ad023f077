//! How the memory that a run may take is shared out.

/// What the program takes before it reads anything: lists, dictionaries, row groups being written.
const FIXED: usize = 130_000_000;
/// What a thread takes for the chunk it works on: measured.
const THREAD: usize = 85_000_000;
/// What a document takes while it waits: its id, its place, its hash.
const DOCUMENT: usize = 300;
/// What a distinct word takes in the memories of all stages: measured.
const WORD: usize = 400;
/// What a kept document takes, for a byte of what it says it takes: an estimate with room to spare.
const KEPT: f64 = 1.35;
/// Least of what is gathered, and least of words, a thread: with less it would do nothing but put aside and forget.
const LEAST_GATHERED: usize = 10_000_000;
const LEAST_WORDS: usize = 50_000;

/// Shares of the memory. What is left after what cannot be helped goes to documents kept from pass 1 (others wait in a
/// file, without their terms), the words of the threads (forgotten too often, they are looked up again and again), and what
/// pass 1 gathers; the rest is for what nobody thought of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Budget {
    /// Bytes of documents kept from pass 1 in memory.
    pub(crate) kept: usize,
    /// Distinct words that a thread remembers.
    pub(crate) words: usize,
    /// Bytes that a thread gathers before it puts them aside.
    pub(crate) gathered: usize,
}

impl Budget {
    pub(crate) fn of(megabytes: usize, threads: usize, documents: usize) -> Self {
        let fixed = FIXED + THREAD * threads + DOCUMENT * documents;
        let left = megabytes.saturating_mul(1_000_000).saturating_sub(fixed);
        Self {
            kept: (left as f64 * 0.35 / KEPT) as usize,
            words: (left / 10 * 3 / threads.max(1) / WORD).max(LEAST_WORDS),
            gathered: (left / 6 / threads.max(1)).max(LEAST_GATHERED),
        }
    }
}

/// What to tell of a corpus of full chunks that cannot be worked on in so little memory; the tables are made all the same.
pub(crate) fn shortage(megabytes: usize, threads: usize, documents: usize) -> Option<String> {
    let thread = THREAD + LEAST_GATHERED + LEAST_WORDS * WORD;
    let least = (FIXED + thread * threads + DOCUMENT * documents).div_ceil(1_000_000);
    (least > megabytes).then(|| {
        format!(
            "--threads {threads} takes some {least} MB of memory here, more than the {megabytes} MB of --memory: \
             allow more, or take fewer threads"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_little_memory_is_told() {
        assert_eq!(shortage(1000, 2, 1_000_000), None);
        assert!(
            shortage(200, 1, 35_000).unwrap().contains("some 256 MB of memory here, more than the 200 MB")
        );
        assert!(shortage(1000, 16, 0).unwrap().contains("--threads 16"));
    }

    #[test]
    fn shares_stay_below_the_whole() {
        for (megabytes, threads, documents) in [(1000, 1, 0), (1000, 2, 1_000_000), (4000, 16, 10)] {
            let b = Budget::of(megabytes, threads, documents);
            let used =
                b.kept + threads * (b.words * WORD + b.gathered + THREAD) + DOCUMENT * documents + FIXED;
            assert!(used <= megabytes * 1_000_000, "{b:?}");
        }
        let least = Budget::of(0, 4, 10);
        assert_eq!(least, Budget { kept: 0, words: LEAST_WORDS, gathered: LEAST_GATHERED });
    }
}

//! Parts of a run for the machines of a cluster.

use crate::Error;
use std::ops::Range;
use std::path::PathBuf;
use std::str::FromStr;

/// One of several equal parts of a corpus, written `2/8`: the second of eight. All documents are in one of them, each in
/// one alone, and the parts in their order are the corpus in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    number: usize,
    of: usize,
}

/// More parts than any scheduler has jobs.
const MOST: usize = 100_000;

impl Shard {
    /// The only one of one.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// Of `n` pieces in a row, those of this part.
    pub(crate) fn range(self, n: usize) -> Range<usize> {
        let before = |number: usize| (n as u128 * number as u128 / self.of as u128) as usize;
        before(self.number - 1)..before(self.number)
    }
}

impl FromStr for Shard {
    type Err = String;

    /// ```
    /// use decalque_pipeline::Shard;
    /// assert_eq!("2/8".parse::<Shard>().unwrap().to_string(), "2/8");
    /// assert!(["0/8", "9/8", "2", "2/0", "-1/2"].iter().all(|wrong| wrong.parse::<Shard>().is_err()));
    /// ```
    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
        match parts {
            Some((number, of)) if (1..=of).contains(&number) && of <= MOST => Ok(Self { number, of }),
            _ => Err(format!(
                "write the number of the part and how many there are, from 1/{MOST} to {MOST}/{MOST}, such as 2/8"
            )),
        }
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// What of a run is to be done here.
///
/// ```
/// use decalque_pipeline::Part;
/// assert_eq!(Part::default().shard, None); // all of it
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// A file with what pass 1 found in the whole corpus ([`crate::gather`], [`crate::merge_evidence`]); none: find it now.
    pub evidence: Option<PathBuf>,
    /// The documents to repair; the folder is then for [`crate::merge`]. None: all of them.
    pub shard: Option<Shard>,
}

impl Part {
    pub(crate) fn check(&self) -> Result<(), Error> {
        let is_blind = self.shard.is_some() && self.evidence.is_none();
        let wrong = "a shard needs the evidence of the whole corpus: gather it with `decalque evidence`, and name it with --evidence";
        if is_blind { Err(Error::Setting(wrong.to_owned())) } else { Ok(()) }
    }

    pub(crate) fn chunks(&self, n: usize) -> Range<usize> {
        self.shard.unwrap_or(Shard::WHOLE).range(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_in_their_order_are_the_whole(n in 0usize..500, of in 1usize..40) {
            let parts = (1..=of).map(|number| Shard { number, of }.range(n));
            let ends = parts.fold(0, |end, part| { assert_eq!(part.start, end); part.end });
            prop_assert_eq!(ends, n);
        }
    }
}

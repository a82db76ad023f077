//! What pass 1 gathers and has no room for: sorted runs in a file, summed up when all documents are read.

use crate::Error;
use crate::run::lock;
use crate::runs::{Runs, Sum, encode};
use decalque_evidence::{Evidence, Gathered, KnownPerson, MOST_PEOPLE, Parts, keep_known};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// A file of runs, filled by all threads. It is made when the first thread runs out of room.
#[derive(Debug)]
pub(crate) struct Aside {
    path: PathBuf,
    /// Bytes that a thread may gather before it puts them aside.
    room: usize,
    file: Mutex<Option<Written>>,
}

#[derive(Debug)]
struct Written {
    file: File,
    end: u64,
    people: Vec<Range<u64>>,
    /// Of stems, lines, names and lines by source.
    counts: [Vec<Range<u64>>; 4],
}

impl Aside {
    /// In this folder.
    pub(crate) fn new(folder: &Path, room: usize) -> Self {
        Self { path: folder.join("gathered"), room, file: Mutex::new(None) }
    }

    /// Take what a thread gathered if it is more than there is room for.
    pub(crate) fn relieve(&self, gathered: &mut Gathered) -> Result<(), Error> {
        if gathered.bytes() > self.room { self.put(gathered.take()) } else { Ok(()) }
    }

    fn put(&self, parts: Parts) -> Result<(), Error> {
        let counts =
            [parts.stems, parts.lines, parts.names, parts.site_lines].map(|list| encode(counts(list)));
        let people = encode(parts.people);
        let mut file = lock(&self.file);
        let written = match &mut *file {
            Some(written) => written,
            none => none.insert(Written::create(&self.path)?),
        };
        let place = written.append(&self.path, &people)?;
        written.people.push(place);
        for (i, run) in counts.iter().enumerate() {
            let place = written.append(&self.path, run)?;
            written.counts[i].push(place);
        }
        Ok(())
    }

    /// All that the threads gathered, in memory and aside. The same for any room: sums commute.
    pub(crate) fn freeze(self, parts: Vec<Gathered>) -> Result<Evidence, Error> {
        let mut all = Gathered::default();
        if lock(&self.file).is_none() {
            parts.into_iter().for_each(|part| all.merge(part));
            return Ok(all.freeze());
        }
        for mut part in parts {
            self.put(part.take())?;
            all.merge(part);
        }
        let Some(written) = self.file.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) else {
            return Ok(all.freeze());
        };
        let sum = |places: Vec<Range<u64>>, least| {
            let mut list = Vec::new();
            let runs = Runs { path: self.path.clone(), places };
            let kept = |Count(key, n)| {
                list.extend(Some((key, n)).filter(|&(_, n)| n >= least));
                Ok(())
            };
            runs.merge(&self.path, kept).map(|()| list)
        };
        let people = people(Runs { path: self.path.clone(), places: written.people }, &self.path)?;
        let [stems, lines, names, site_lines] = written.counts;
        let (stems, lines) = (sum(stems, 1)?, sum(lines, 2)?);
        let (names, site_lines) = (sum(names, 1)?, sum(site_lines, 2)?);
        Ok(all.freeze_with(Parts { people, stems, lines, names, site_lines }))
    }
}

/// Everyone; never many more than will stay.
fn people(runs: Runs, scratch: &Path) -> Result<Vec<KnownPerson>, Error> {
    let mut people = Vec::new();
    runs.merge(scratch, |person: KnownPerson| {
        people.push(person);
        if people.len() >= 2 * MOST_PEOPLE {
            keep_known(&mut people, MOST_PEOPLE);
        }
        Ok(())
    })?;
    Ok(people)
}

impl Written {
    fn create(path: &Path) -> Result<Self, Error> {
        let file = File::create(path).map_err(Error::scratch(path))?;
        Ok(Self { file, end: 0, people: Vec::new(), counts: Default::default() })
    }

    fn append(&mut self, path: &Path, run: &[u8]) -> Result<Range<u64>, Error> {
        self.file.write_all(run).map_err(Error::scratch(path))?;
        let start = self.end;
        self.end += run.len() as u64;
        Ok(start..self.end)
    }
}

fn counts(list: Vec<(u64, u32)>) -> Vec<Count> {
    list.into_iter().map(|(key, n)| Count(key, n)).collect()
}

/// Documents that have something, by its key.
#[derive(Debug, Serialize, Deserialize)]
struct Count(u64, u32);

impl Sum for Count {
    type Key<'a> = u64;

    fn key(&self) -> u64 {
        self.0
    }

    fn add(&mut self, other: Self) {
        self.1 = self.1.saturating_add(other.1);
    }
}

impl Sum for KnownPerson {
    type Key<'a> = (&'a str, &'a str);

    fn key(&self) -> (&str, &str) {
        self.key()
    }

    fn add(&mut self, other: Self) {
        self.add(&other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use decalque_evidence::{Facts, Person};
    use proptest::prelude::*;

    fn facts() -> impl Strategy<Value = Facts> {
        let key =
            || prop::collection::btree_set(0u64..40, 0..9).prop_map(|s| s.into_iter().collect::<Vec<_>>());
        let people = prop::collection::btree_map("[A-C]", "[x-z]", 0..3);
        (key(), key(), key(), people).prop_map(|(stems, lines, names, people)| {
            let person = |(surname, role): (String, String)| Person {
                given: "Ivan".into(),
                surname,
                count: 2,
                roles: [role].into(),
            };
            Facts { stems, lines, names, people: people.into_iter().map(person).collect() }
        })
    }

    /// Gather with room for so many bytes, on so many threads.
    fn gathered(all: &[Facts], threads: usize, room: usize) -> Evidence {
        let dir = tempfile::tempdir().unwrap();
        let aside = Aside::new(dir.path(), room);
        let mut parts = vec![Gathered::default(); threads];
        for (i, facts) in all.iter().enumerate() {
            let part = &mut parts[i % threads];
            part.add_watching(facts, |surname| surname == "A");
            part.add_origin(Some(["s", "t"][i % 2]), Some(i as i32 % 3), facts);
            aside.relieve(part).unwrap();
        }
        aside.freeze(parts).unwrap()
    }

    proptest! {
        #[test]
        fn room_and_threads_leave_no_trace(all in prop::collection::vec(facts(), 0..12), threads in 1usize..4, room in 0usize..3000) {
            prop_assert_eq!(gathered(&all, threads, room), gathered(&all, 1, usize::MAX));
        }
    }
}

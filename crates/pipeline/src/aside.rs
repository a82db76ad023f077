//! What pass 1 gathers and has no room for: sorted runs in a file, summed up when all documents are read.

use crate::Error;
use crate::run::lock;
use crate::runs::{Runs, Sum, encode, push};
use decalque_evidence::{Evidence, Gathered, KnownPerson, MOST_PEOPLE, Parts, keep_known};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
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
    places: [Vec<Range<u64>>; SECTIONS],
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
        let [stems, lines, names, site_lines] =
            [parts.stems, parts.lines, parts.names, parts.site_lines].map(|list| encode(counts(list)));
        let runs = [encode(parts.people), stems, lines, names, site_lines];
        let mut file = lock(&self.file);
        let written = Written::of(&mut file, &self.path)?;
        for (i, run) in runs.iter().enumerate() {
            let place = written.append(&self.path, run)?;
            written.places[i].push(place);
        }
        Ok(())
    }

    /// All that the threads gathered, in memory and aside. The same for any room: sums commute.
    pub(crate) fn freeze(self, parts: Vec<Gathered>) -> Result<Evidence, Error> {
        if lock(&self.file).is_none() {
            let mut all = Gathered::default();
            parts.into_iter().for_each(|part| all.merge(part));
            return Ok(all.freeze());
        }
        let (all, gathered) = self.close(parts)?;
        gathered.freeze(all)
    }

    /// Put all that the threads gathered aside: what does not grow with the corpus, and where the rest is.
    pub(crate) fn close(self, parts: Vec<Gathered>) -> Result<(Gathered, Sections), Error> {
        let mut all = Gathered::default();
        for mut part in parts {
            self.put(part.take())?;
            all.merge(part);
        }
        let places = self.file.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let places = places.map_or_else(Default::default, |written| written.places);
        Ok((all, Sections { scratch: self.path.clone(), path: self.path, places }))
    }

    /// Take sections that another file holds, each one run.
    pub(crate) fn adopt(&self, from: &mut (impl Read + Seek), sections: &[Range<u64>]) -> Result<(), Error> {
        let mut file = lock(&self.file);
        let written = Written::of(&mut file, &self.path)?;
        let copied = sections.iter().enumerate().try_for_each(|(i, section)| written.copy(from, section, i));
        copied.map_err(Error::scratch(&self.path))
    }
}

/// Kinds of what is gathered: people, then counts of stems, lines, names and lines by source.
pub(crate) const SECTIONS: usize = 5;

/// Runs of what was gathered, by kind, in a file.
#[derive(Debug)]
pub(crate) struct Sections {
    pub(crate) path: PathBuf,
    /// A path for files that are made on the way.
    pub(crate) scratch: PathBuf,
    pub(crate) places: [Vec<Range<u64>>; SECTIONS],
}

impl Sections {
    fn runs(&self, section: usize) -> Runs {
        Runs { path: self.path.clone(), places: self.places[section].clone() }
    }

    /// Sum all up, with what does not grow with the corpus.
    pub(crate) fn freeze(&self, all: Gathered) -> Result<Evidence, Error> {
        let sum = |section, least| -> Result<Vec<(u64, u32)>, Error> {
            let mut list = Vec::new();
            let kept = |Count(key, n)| {
                list.extend(Some((key, n)).filter(|&(_, n)| n >= least));
                Ok(())
            };
            self.runs(section).merge::<Count>(&self.scratch, kept)?;
            // The room that a growing list leaves free is as much as the list.
            list.shrink_to_fit();
            Ok(list)
        };
        let people = people(self.runs(0), &self.scratch)?;
        let (stems, lines) = (sum(1, 1)?, sum(2, 2)?);
        let (names, site_lines) = (sum(3, 1)?, sum(4, 2)?);
        Ok(all.freeze_with(Parts { people, stems, lines, names, site_lines }))
    }

    /// Write one run of each kind to a file, one after the other; how many bytes each takes.
    pub(crate) fn write(&self, path: &Path, out: &mut dyn Write) -> Result<[u64; SECTIONS], Error> {
        let mut lengths = [0; SECTIONS];
        for (i, length) in lengths.iter_mut().enumerate() {
            *length = match i {
                0 => self.write_run::<KnownPerson>(i, path, out)?,
                _ => self.write_run::<Count>(i, path, out)?,
            };
        }
        Ok(lengths)
    }

    fn write_run<T: Sum + 'static>(
        &self,
        section: usize,
        path: &Path,
        out: &mut dyn Write,
    ) -> Result<u64, Error> {
        let (mut length, mut bytes) = (0, Vec::new());
        self.runs(section).merge::<T>(&self.scratch, |sum| {
            bytes.clear();
            push(&mut bytes, &sum);
            length += bytes.len() as u64;
            out.write_all(&bytes).map_err(|e| Error::evidence(path, e))
        })?;
        Ok(length)
    }
}

/// Everyone; never many more than will stay.
fn people(runs: Runs, scratch: &Path) -> Result<Vec<KnownPerson>, Error> {
    let mut people = Vec::new();
    runs.merge::<KnownPerson>(scratch, |person| {
        people.push(person);
        if people.len() >= 2 * MOST_PEOPLE {
            keep_known(&mut people, MOST_PEOPLE);
        }
        Ok(())
    })?;
    people.shrink_to_fit();
    Ok(people)
}

impl Written {
    /// The file, made when it is first wanted.
    fn of<'f>(file: &'f mut Option<Self>, path: &Path) -> Result<&'f mut Self, Error> {
        match file {
            Some(written) => Ok(written),
            none => {
                let file = File::create(path).map_err(Error::scratch(path))?;
                Ok(none.insert(Self { file, end: 0, places: Default::default() }))
            }
        }
    }

    /// Append a run that stands in another file.
    fn copy(&mut self, from: &mut (impl Read + Seek), place: &Range<u64>, section: usize) -> io::Result<()> {
        from.seek(SeekFrom::Start(place.start))?;
        let (start, mut run) = (self.end, from.by_ref().take(place.end - place.start));
        self.end += io::copy(&mut run, &mut self.file)?;
        self.places[section].push(start..self.end);
        Ok(())
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

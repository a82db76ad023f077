//! Packed documents for which memory has no room: in a file of their own, until pass 2 takes them up.
//!
//! What cannot be written or read is not there: pass 2 prepares it again.

use crate::origin::Origin;
use crate::packed::Packed;
use crate::varint::{Reader, put, put_bytes, put_float, put_list, put_text};
use decalque_evidence::{Facts, Person};
use decalque_normalize::MachineScore;
use decalque_text::{Confidence, Correction, Decision, Edit, Kind, Lang, Layer, Span, Status};
use rustc_hash::FxHashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// Bytes that are written at a time.
const BUFFER: usize = 1 << 18;

/// A file of packed documents, without a name; it vanishes with the program.
#[derive(Debug)]
pub(crate) struct Shelf {
    /// None when it could not be made.
    file: Option<File>,
    /// Where the buffer will stand in the file.
    end: u64,
    buffer: Vec<u8>,
    names: Names,
    /// It could not be made, or not be written: nothing is there, and nothing is added.
    is_full: bool,
}

/// Where a document is on its shelf.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    start: u64,
    len: u32,
}

impl Shelf {
    /// In this folder.
    pub(crate) fn new(folder: &Path) -> Self {
        let file = tempfile::tempfile_in(folder).ok();
        let is_full = file.is_none();
        Self { file, end: 0, buffer: Vec::new(), names: Names::default(), is_full }
    }

    /// Put a document there, without its terms; none when there is no room left.
    pub(crate) fn put(&mut self, packed: &Packed) -> Option<Place> {
        if self.buffer.len() >= BUFFER {
            self.flush();
        }
        if self.is_full {
            return None;
        }
        let before = self.buffer.len();
        write(packed, &mut self.names, &mut self.buffer);
        let len = (self.buffer.len() - before).try_into().ok()?;
        Some(Place { start: self.end + before as u64, len })
    }

    fn flush(&mut self) {
        let Some(file) = &mut self.file else { return };
        if file.seek(SeekFrom::Start(self.end)).is_err() || file.write_all(&self.buffer).is_err() {
            self.is_full = true;
            // The tables need the disk more: what was here is prepared again, as what cannot be read is.
            let _ = file.set_len(0);
        }
        self.end += self.buffer.len() as u64;
        self.buffer.clear();
        self.buffer.shrink_to(2 * BUFFER);
    }

    /// The document at a place.
    pub(crate) fn take(&mut self, place: Place) -> Option<Packed> {
        if !self.buffer.is_empty() {
            self.flush();
        }
        let bytes = read_at(self.file.as_mut()?, place).ok()?;
        read(&mut Reader(&bytes), &self.names)
    }
}

fn read_at(file: &mut File, place: Place) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; place.len as usize];
    file.seek(SeekFrom::Start(place.start))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Strings of the program, such as the names of its rules, by number.
#[derive(Debug, Default)]
struct Names {
    list: Vec<&'static str>,
    /// By where they are and how long: they need not be read. One that is there twice has two numbers.
    numbers: FxHashMap<(usize, usize), u64>,
}

impl Names {
    fn put(&mut self, out: &mut Vec<u8>, name: &'static str) {
        let list = &mut self.list;
        let number = *self.numbers.entry((name.as_ptr().addr(), name.len())).or_insert_with(|| {
            list.push(name);
            list.len() as u64 - 1
        });
        put(out, number);
    }

    fn read(&self, bytes: &mut Reader<'_>) -> Option<&'static str> {
        self.list.get(bytes.small::<usize>()?).copied()
    }
}

fn write(packed: &Packed, names: &mut Names, out: &mut Vec<u8>) {
    let Packed {
        lang,
        lang_confidence,
        corrections,
        sentences,
        tokens,
        langs,
        machine,
        origin,
        own,
        terms: _,
    } = packed;
    names.put(out, lang.tag());
    put_float(out, *lang_confidence);
    put_list(out, corrections.iter(), |out, c| write_correction(c, names, out));
    put_bytes(out, sentences);
    put_bytes(out, tokens);
    put_list(out, langs.iter(), |out, lang| names.put(out, lang.tag()));
    put_float(out, machine.value);
    put_list(out, machine.features.iter(), |out, &(name, rate)| {
        names.put(out, name);
        put_float(out, rate);
    });
    put_list(out, origin.source.iter(), |out, source| put_text(out, source));
    put_list(out, origin.month.iter(), |out, &month| put(out, u64::from(month as u32)));
    put_list(out, own.people.iter(), write_person);
}

fn read(bytes: &mut Reader<'_>, names: &Names) -> Option<Packed> {
    let lang = |bytes: &mut Reader<'_>| Some(Lang::new(names.read(bytes)?));
    Some(Packed {
        lang: lang(bytes)?,
        lang_confidence: bytes.float()?,
        corrections: bytes.list(|bytes| read_correction(bytes, names))?,
        sentences: bytes.bytes()?.into(),
        tokens: bytes.bytes()?.into(),
        terms: None,
        langs: bytes.list(lang)?,
        machine: MachineScore {
            value: bytes.float()?,
            features: bytes.list(|bytes| Some((names.read(bytes)?, bytes.float()?)))?,
        },
        origin: Origin {
            source: bytes.list::<_, Vec<_>>(|bytes| Some(bytes.text()?.to_owned()))?.pop(),
            month: bytes.list::<_, Vec<_>>(|bytes| Some(bytes.small::<u32>()? as i32))?.pop(),
        },
        own: Facts { people: bytes.list(read_person)?, ..Facts::default() },
    })
}

const LAYERS: [Layer; 2] = [Layer::Local, Layer::Corpus];
const STATUSES: [Status; 4] = [Status::Applied, Status::Suggested, Status::Flagged, Status::Refused];
const DECISIONS: [Option<Decision>; 3] = [None, Some(Decision::Accepted), Some(Decision::Rejected)];

fn put_one_of<T: PartialEq>(out: &mut Vec<u8>, all: &[T], one: &T) {
    put(out, all.iter().position(|other| other == one).unwrap_or(all.len()) as u64);
}

fn one_of<T: Copy>(bytes: &mut Reader<'_>, all: &[T]) -> Option<T> {
    all.get(bytes.small::<usize>()?).copied()
}

fn write_correction(correction: &Correction, names: &mut Names, out: &mut Vec<u8>) {
    let Correction { edit, layer, status, refused_by, decision } = correction;
    put(out, edit.span.start.into());
    put(out, edit.span.end.into());
    put_text(out, &edit.replacement);
    put_one_of(out, &Kind::ALL, &edit.kind);
    names.put(out, edit.rule);
    put_float(out, edit.confidence.value());
    put_text(out, &edit.evidence);
    put_one_of(out, &LAYERS, layer);
    put_one_of(out, &STATUSES, status);
    put_list(out, refused_by.iter(), |out, rule| names.put(out, rule));
    put_one_of(out, &DECISIONS, decision);
}

fn read_correction(bytes: &mut Reader<'_>, names: &Names) -> Option<Correction> {
    let edit = Edit {
        span: Span::new(bytes.small()?, bytes.small()?),
        replacement: bytes.text()?.to_owned(),
        kind: one_of(bytes, &Kind::ALL)?,
        rule: names.read(bytes)?,
        confidence: Confidence::from_share(bytes.float()?),
        evidence: bytes.text()?.to_owned(),
    };
    let (layer, status) = (one_of(bytes, &LAYERS)?, one_of(bytes, &STATUSES)?);
    let refused_by = bytes.list::<_, Vec<_>>(|bytes| names.read(bytes))?.pop();
    Some(Correction { edit, layer, status, refused_by, decision: one_of(bytes, &DECISIONS)? })
}

fn write_person(out: &mut Vec<u8>, person: &Person) {
    put_text(out, &person.surname);
    put_text(out, &person.given);
    put_list(out, person.roles.iter(), |out, role| put_text(out, role));
    put(out, person.count.into());
}

fn read_person(bytes: &mut Reader<'_>) -> Option<Person> {
    Some(Person {
        surname: bytes.text()?.to_owned(),
        given: bytes.text()?.to_owned(),
        roles: bytes.list(|bytes| Some(bytes.text()?.to_owned()))?,
        count: bytes.small()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edit() -> impl Strategy<Value = Edit> {
        let rule = prop::sample::select(vec!["name.calque", "casing.title", "typography.stops"]);
        (0u32..900, 0u32..900, ".{0,9}", 0..Kind::ALL.len(), rule, 0u16..=1000, ".{0,40}").prop_map(
            |(start, len, replacement, kind, rule, confidence, evidence)| Edit {
                span: Span::new(start, start + len),
                replacement,
                kind: Kind::ALL[kind],
                rule,
                confidence: Confidence::new(confidence),
                evidence,
            },
        )
    }

    fn correction() -> impl Strategy<Value = Correction> {
        let refused_by = prop::option::of(prop::sample::select(vec!["protect", "name.calque"]));
        (edit(), 0usize..2, 0usize..4, refused_by, 0usize..3).prop_map(
            |(edit, layer, status, refused_by, decision)| {
                let (layer, status) = (LAYERS[layer], STATUSES[status]);
                Correction { edit, layer, status, refused_by, decision: DECISIONS[decision] }
            },
        )
    }

    fn person() -> impl Strategy<Value = Person> {
        let roles = prop::collection::btree_set("[a-z ]{0,9}", 0..3);
        ("\\PC{0,9}", "\\PC{0,9}", roles, any::<u32>()).prop_map(|(surname, given, roles, count)| Person {
            surname,
            given,
            roles,
            count,
        })
    }

    fn packed() -> impl Strategy<Value = Packed> {
        let bytes = || prop::collection::vec(any::<u8>(), 0..50);
        let lang = || prop::sample::select(vec![Lang::EN, Lang::RU, Lang::UND]);
        let features =
            prop::collection::vec((prop::sample::select(vec!["which", "quote_comma"]), 0.0..9.0), 0..4);
        let page = (bytes(), bytes(), prop::collection::vec(lang(), 0..4), lang(), 0.0..1.0);
        let found =
            (prop::collection::vec(correction(), 0..4), features, prop::collection::vec(person(), 0..3));
        (page, found, prop::option::of("\\PC{0,9}"), prop::option::of(any::<i32>())).prop_map(
            |((sentences, tokens, langs, lang, share), (corrections, features, people), source, month)| {
                Packed {
                    lang,
                    lang_confidence: share,
                    corrections,
                    sentences: sentences.into(),
                    tokens: tokens.into(),
                    terms: None,
                    langs: langs.into(),
                    machine: MachineScore { value: share, features },
                    origin: Origin { source, month },
                    own: Facts { people, ..Facts::default() },
                }
            },
        )
    }

    proptest! {
        #[test]
        fn documents_come_back(documents in prop::collection::vec(packed(), 1..6)) {
            let dir = tempfile::tempdir().unwrap();
            let mut shelf = Shelf::new(dir.path());
            let places: Vec<Place> = documents.iter().map(|d| shelf.put(d).unwrap()).collect();
            for (place, document) in places.into_iter().zip(&documents).rev() {
                prop_assert_eq!(format!("{:?}", shelf.take(place)), format!("{:?}", Some(document)));
            }
        }
    }

    fn of_length(n: usize) -> Packed {
        let packed = read(&mut Reader(&[0; 60]), &Names { list: vec!["en"], ..Names::default() }).unwrap();
        Packed { tokens: vec![n as u8; n].into(), ..packed }
    }

    #[test]
    fn more_than_the_buffer_holds_comes_back() {
        let dir = tempfile::tempdir().unwrap();
        let mut shelf = Shelf::new(dir.path());
        let lengths = (1..40).map(|i| i * BUFFER / 30);
        let places: Vec<(usize, Place)> = lengths.map(|n| (n, shelf.put(&of_length(n)).unwrap())).collect();
        for (n, place) in places {
            assert_eq!(shelf.take(place).unwrap().tokens, of_length(n).tokens);
        }
    }

    #[test]
    fn what_cannot_be_written_is_not_there() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut shelf = Shelf { file: Some(file.reopen().unwrap()), ..Shelf::new(Path::new("/nowhere")) };
        shelf.is_full = false;
        let first = shelf.put(&of_length(BUFFER)).unwrap();
        let second = shelf.put(&of_length(BUFFER)).unwrap();
        shelf.file = Some(File::open(file.path()).unwrap());
        assert!(shelf.put(&of_length(1)).is_none());
        assert!(shelf.take(second).is_none() && shelf.take(first).is_some());
    }

    #[test]
    fn a_shelf_that_cannot_be_made_holds_nothing() {
        let packed = read(&mut Reader(&[0; 60]), &Names { list: vec!["en"], ..Names::default() }).unwrap();
        assert!(Shelf::new(Path::new("/nowhere/at/all")).put(&packed).is_none());
    }
}

//! Who is who: full names of a document joined, bare family names and acronyms given to those they mean.

use crate::fold::{Initials, is_near, slug};
use crate::keys::{Keys, People, Person};
use crate::known::{Known, PersonKey, last_word};
use crate::lexis::{Lexis, is_initial, without_possessive};
use crate::scan::{Bare, Found, Full, Group};
use decalque_text::{EntityKind, Mention, Span};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// A person of the document.
#[derive(Debug)]
struct Actor<'a> {
    /// Number of the spelling that comes first.
    person: u32,
    /// Places where they are named in full, in text order: token, office.
    places: Vec<(usize, Option<&'a str>)>,
}

/// The people of a document by family name.
#[derive(Debug)]
struct Cast<'a, 'p> {
    people: &'p [Person],
    actors: Vec<Actor<'a>>,
    /// Number of the last word of a family name, and of an actor; sorted.
    by_last: Vec<(u32, u32)>,
    /// The same by the looser form of that word.
    by_loose: Vec<(u32, u32)>,
    /// What those words begin with.
    initials: Initials,
}

/// Whom a name means.
#[derive(Debug)]
enum Who {
    /// An organisation that the document names; the number of its group.
    Group(usize),
    /// An actor.
    Actor(u32),
    /// Somebody of the corpus.
    Known(u32),
    /// A person of whom only the family name is known; the number of its key.
    Alone(u32),
    /// A person of whom the document has initials: key and name.
    Initials(Box<(String, String)>),
}

/// What is known outside the document.
struct World<'f, 'k> {
    known: &'f Known<'k>,
    keys: &'f mut Keys,
}

/// How many times as many documents may have a bare family name as name its person in full, when nothing in the
/// document says that it is a person.
const SHARE: u32 = 10;

/// Most people of one name who are compared with one another, and most places of one person that are looked at.
const CROWD: usize = 16;

/// The mentions of a document, in text order.
pub(crate) fn resolve(
    found: &Found,
    lexis: Lexis,
    known: &Known,
    (keys, people): (&mut Keys, &mut People),
) -> Vec<Mention> {
    people.begin();
    let mut world = World { known, keys };
    let (cast, actors) = cast(&found.full, people, &mut world);
    let places = disjoint(places(found, lexis, (&cast, actors), &mut world));
    named(places, found, lexis.view().text, (&cast, &world))
}

/// Where names stand and whom they mean, organisations and people; some may overlap.
fn places(
    found: &Found,
    lexis: Lexis,
    (cast, actors): (&Cast, Vec<Option<u32>>),
    world: &mut World,
) -> Vec<Place> {
    let mut places = organisations(found, lexis);
    for (full, actor) in found.full.iter().zip(actors) {
        let who = actor.map_or_else(|| initials(cast, full, world), Who::Actor);
        places.push((full.span, EntityKind::Person, who));
    }
    let said = clear_keys(&found.bare);
    for bare in &found.bare {
        let is_said = said.binary_search(&bare.key).is_ok();
        if let Some(who) = bare_name(bare, is_said, cast, lexis, world) {
            places.push((bare.span, EntityKind::Person, who));
        }
    }
    places.sort_by_key(|(span, kind, _)| (*span, *kind));
    places
}

/// Places with the keys and names of those they mean.
fn named(places: Vec<Place>, found: &Found, text: &str, (cast, world): (&Cast, &World)) -> Vec<Mention> {
    let nations = nations(&found.groups);
    let identity = |span: Span, who: Who| match who {
        Who::Group(n) => organisation(&found.groups[n], &nations, text),
        Who::Actor(n) => cast.identity(n),
        Who::Known(n) => world.known.identity(n),
        Who::Alone(key) => (["person/", world.keys.get(key)].concat(), span.text(text).to_owned()),
        Who::Initials(who) => *who,
    };
    let mention = |(span, kind, who)| {
        let (entity_id, name) = identity(span, who);
        Mention { span, kind, entity_id, name, correction: None }
    };
    places.into_iter().map(mention).collect()
}

/// A name in the text, and whom it means.
type Place = (Span, EntityKind, Who);

/// Of places that overlap, the first.
fn disjoint(mut all: Vec<Place>) -> Vec<Place> {
    let mut end = 0;
    all.retain(|(span, ..)| {
        let is_kept = !span.is_empty() && end <= span.start;
        end = if is_kept { span.end } else { end };
        is_kept
    });
    all
}

// Organisations.

/// The organisations that a document names with their country, by what follows the country; none when there are two.
fn nations(groups: &[Group]) -> FxHashMap<&str, Option<&Group>> {
    let mut nations: FxHashMap<&str, Option<&Group>> = FxHashMap::default();
    for group in groups {
        let Some((nation, rest)) = group.key.split_once('-') else { continue };
        if crate::lists::country(nation).is_some() {
            let slot = nations.entry(rest).or_insert(Some(group));
            *slot = slot.filter(|known| known.key == group.key);
        }
    }
    nations
}

/// Key and name of a group. `Foreign Ministry` is the one foreign ministry that the document names with its country.
fn organisation(group: &Group, nations: &FxHashMap<&str, Option<&Group>>, text: &str) -> (String, String) {
    let whole = nations.get(&*group.key).copied().flatten().unwrap_or(group);
    let name = whole.name.unwrap_or_else(|| whole.span.text(text));
    (["organisation/", &whole.key].concat(), name.to_owned())
}

fn organisations(found: &Found, lexis: Lexis) -> Vec<Place> {
    let place = |(n, group): (usize, &Group)| (group.span, EntityKind::Organisation, Who::Group(n));
    let mut out: Vec<Place> = found.groups.iter().enumerate().map(place).collect();
    let acronyms: FxHashMap<&str, usize> = found.acronyms.iter().copied().collect();
    for &token in found.capitals.iter().filter(|_| !acronyms.is_empty()) {
        let surface = without_possessive(lexis.view().token_text(token));
        if let Some(&n) = acronyms.get(surface) {
            let start = lexis.view().tokens()[token].span.start;
            let span = Span::new(start, start + surface.len() as u32);
            out.push((span, EntityKind::Organisation, Who::Group(n)));
        }
    }
    out.retain(|(.., who)| !matches!(who, Who::Group(n) if found.groups[*n].key.is_empty()));
    out
}

// People.

/// The people of a document, and which of them each full name is; initials wait.
fn cast<'a, 'p>(
    all: &[Full<'a>],
    people: &'p mut People,
    world: &mut World,
) -> (Cast<'a, 'p>, Vec<Option<u32>>) {
    let mut actors: Vec<Actor> = Vec::new();
    let mut seats: FxHashMap<u32, u32> = FxHashMap::default();
    let mut seat = |full: &Full<'a>| {
        let person = people.number((full.given, full.surname), world.known, world.keys);
        let number = *seats.entry(people.list[person as usize].same).or_insert_with(|| {
            actors.push(Actor { person, places: Vec::new() });
            (actors.len() - 1) as u32
        });
        actors[number as usize].places.push((full.token, full.office));
        number
    };
    let who: Vec<Option<u32>> = all.iter().map(|f| (!is_initial(f.given)).then(|| seat(f))).collect();
    let (by_last, by_loose) = (Vec::with_capacity(actors.len()), Vec::with_capacity(actors.len()));
    let mut cast = Cast { people: &people.list, actors, by_last, by_loose, initials: Initials::NONE };
    let same = cast.join();
    cast.index();
    (cast, who.into_iter().map(|w| w.map(|n| same[n as usize] as u32)).collect())
}

impl<'p> Cast<'_, 'p> {
    fn person(&self, actor: usize) -> &'p Person {
        &self.people[self.actors[actor].person as usize]
    }

    /// Key and name of an actor.
    fn identity(&self, actor: u32) -> (String, String) {
        let person = self.person(actor as usize);
        (person.entity_id.as_ref().to_owned(), person.name.as_ref().to_owned())
    }

    /// People of one given name whose family names are one letter apart are one inside a document; the number of whom
    /// each is.
    fn join(&mut self) -> Vec<usize> {
        let mut same: Vec<usize> = (0..self.actors.len()).collect();
        let mut by_given: Vec<(u32, usize)> = same.iter().map(|&i| (self.person(i).given, i)).collect();
        by_given.sort_unstable();
        for list in by_given.chunk_by(|a, b| a.0 == b.0).filter(|l| (2..=CROWD).contains(&l.len())) {
            for (n, &(_, a)) in list.iter().enumerate() {
                for &(_, b) in &list[n + 1..] {
                    if same[a] == a && same[b] == b && is_slip(&self.person(a).key, &self.person(b).key) {
                        let (kept, lost) = self.better(a, b);
                        same[lost] = kept;
                        self.take_over(kept, lost);
                    }
                }
            }
        }
        (0..same.len()).map(|i| follow(&same, i)).collect()
    }

    fn take_over(&mut self, kept: usize, lost: usize) {
        let places = std::mem::take(&mut self.actors[lost].places);
        self.actors[kept].places.extend(places);
        self.actors[kept].places.sort_unstable();
    }

    /// Of two spellings of one person the one that stands more often; of equals the first in the alphabet.
    fn better(&self, a: usize, b: usize) -> (usize, usize) {
        let rank = |i: usize| (self.actors[i].places.len(), std::cmp::Reverse(&self.person(i).key));
        if rank(a) >= rank(b) { (a, b) } else { (b, a) }
    }

    fn index(&mut self) {
        for i in (0..self.actors.len()).filter(|&i| !self.actors[i].places.is_empty()) {
            let person = self.person(i);
            self.by_last.push((person.last, i as u32));
            self.by_loose.push((person.loose, i as u32));
            self.initials = self.initials.or(person.initials);
        }
        self.by_last.sort_unstable();
        self.by_loose.sort_unstable();
    }

    /// Everyone in the document with this last word of a family name.
    fn named(&self, last: u32) -> impl Iterator<Item = u32> {
        with_key(&self.by_last, last)
    }

    /// The one person of the document whose family name has this looser key.
    fn loosely(&self, loose: u32) -> Option<u32> {
        let mut all = with_key(&self.by_loose, loose);
        all.next().filter(|_| all.next().is_none())
    }
}

/// What stands beside a key in a sorted list.
fn with_key(list: &[(u32, u32)], key: u32) -> impl Iterator<Item = u32> {
    let first = list.partition_point(|&(k, _)| k < key);
    list[first..].iter().take_while(move |&&(k, _)| k == key).map(|&(_, actor)| actor)
}

fn follow(same: &[usize], mut i: usize) -> usize {
    for _ in 0..same.len() {
        if same[i] == i {
            break;
        }
        i = same[i];
    }
    i
}

/// Family names that a slip may make of one another: one letter apart and long enough, or an ending.
fn is_slip(a: &PersonKey, b: &PersonKey) -> bool {
    let (x, y) = (&a.surname, &b.surname);
    let is_ending = x.strip_suffix('a') == Some(y) || y.strip_suffix('a') == Some(x);
    x.len().min(y.len()) >= 5 && (x.len().min(y.len()) >= 6 || is_ending) && is_near(x, y)
}

/// Who a full name with initials is: the person of the document, else of the corpus, whom they fit.
fn initials(cast: &Cast, full: &Full, world: &mut World) -> Who {
    let key = PersonKey::new(full.given, full.surname);
    let fits = |k: &PersonKey| begin_alike(full.given, &k.given);
    let last = world.keys.number(last_word(&key.surname));
    let mut near = cast.named(last).filter(|&n| fits(&cast.person(n as usize).key));
    let itself = || Box::new((key.entity_id(), [full.given, " ", full.surname].concat()));
    match (near.next(), near.next()) {
        (Some(one), None) => Who::Actor(one),
        (None, _) => world.known.one(&key.surname, fits).map_or_else(|| Who::Initials(itself()), Who::Known),
        _ => Who::Initials(itself()),
    }
}

/// Whether initials fit a given name: `Ye.` may be Evgeny, `J.` Yuri.
fn begin_alike(initials: &str, given: &str) -> bool {
    let sound = |c: char| match c {
        'e' | 'y' | 'j' | 'i' => 'y',
        c => c,
    };
    let first = |s: &str| s.chars().next().and_then(|c| c.to_lowercase().next());
    match (first(initials), first(given)) {
        (Some(a), Some(b)) => a == b || sound(a) == sound(b) && a != 'i' && b != 'i',
        _ => false,
    }
}

/// The keys of bare family names that something in the document says to be people; sorted.
fn clear_keys(all: &[Bare]) -> Vec<u32> {
    let mut said: Vec<u32> = all.iter().filter(|b| b.is_clear).map(|b| b.key).collect();
    said.sort_unstable();
    said.dedup();
    said
}

/// Who a bare family name is; none when it may be no person.
fn bare_name(bare: &Bare, is_said: bool, cast: &Cast, lexis: Lexis, world: &mut World) -> Option<Who> {
    let who = match by_document(bare, cast, world) {
        Named::One(actor) => return Some(Who::Actor(actor)),
        Named::Nobody if !bare.is_unseen || bare.is_clear => of_corpus(bare, is_said, lexis, world),
        Named::Nobody | Named::Others => None,
    };
    who.or_else(|| alone(bare, is_said, lexis, world.keys))
}

/// Whom the document names by a family name.
enum Named {
    One(u32),
    /// People whom the honorific does not fit.
    Others,
    Nobody,
}

fn by_document(bare: &Bare, cast: &Cast, world: &mut World) -> Named {
    if cast.by_last.is_empty() {
        return Named::Nobody;
    }
    let fits = |&n: &u32| {
        let is_woman = cast.person(n as usize).is_woman;
        bare.is_woman.is_none() || is_woman.is_none() || is_woman == bare.is_woman
    };
    let mut here = cast.named(world.keys.last(bare.key)).take(CROWD).peekable();
    if here.peek().is_some() {
        let fitting: SmallVec<[u32; 4]> = here.filter(fits).collect();
        return match fitting[..] {
            [one] => Named::One(one),
            _ => nearest(bare, cast, &fitting).map_or(Named::Others, Named::One),
        };
    }
    in_other_form(bare, cast, world.keys).map_or(Named::Nobody, Named::One)
}

/// The one person of the document whose family name has the same looser key; else the one of whose family name this is
/// another case, or the other gender: `Sofina`, `Leonov`.
fn in_other_form(bare: &Bare, cast: &Cast, keys: &mut Keys) -> Option<u32> {
    // Most names begin otherwise than all whom the document names in full.
    if !cast.initials.any(keys.initials(bare.key)) {
        return None;
    }
    let is_long = keys.get(bare.key).len() >= 5;
    let forms = keys.forms(bare.key)?;
    let in_case = |is_woman: bool| {
        let list = forms.bases[usize::from(is_woman)].iter().flat_map(|&base| cast.named(base));
        list.into_iter().find(|&n| cast.person(n as usize).is_woman == Some(is_woman))
    };
    let loosely = cast.loosely(forms.loose).filter(|_| is_long);
    loosely.or_else(|| in_case(false)).or_else(|| in_case(true))
}

/// The person of the corpus, when it is clear that a person is meant.
fn of_corpus(bare: &Bare, is_said: bool, lexis: Lexis, world: &mut World) -> Option<Who> {
    let who = world.keys.means(bare.key, bare.is_woman, world.known)?;
    let n_docs = world.known.n_docs(who);
    let often = || world.known.name_frequency(lexis.norm(bare.token)) <= n_docs.saturating_mul(SHARE);
    let is_fine = is_said || n_docs >= 2 && often();
    (is_fine && world.keys.get(bare.key).len() >= 3).then_some(Who::Known(who))
}

/// The person last named in full before a token; with an office before the bare name, one of that office if there is.
fn nearest(bare: &Bare, cast: &Cast, all: &[u32]) -> Option<u32> {
    let last = |actor: u32, office: Option<&str>| {
        let places = &cast.actors[actor as usize].places;
        let end = places.partition_point(|(token, _)| *token < bare.token);
        // Far back nobody remembers who held which office; and the time stays linear.
        let near = places[..end].iter().rev().take(CROWD);
        near.filter(|(_, o)| office.is_none() || *o == office).map(|(token, _)| *token).next()
    };
    let best = |office: Option<&str>| {
        let list = all.iter().filter_map(|&a| Some((last(a, office)?, a)));
        list.max_by_key(|(token, _)| *token).map(|(_, a)| a)
    };
    bare.office.and_then(|o| best(Some(o))).or_else(|| best(None))
}

/// A person of whom only the family name is known.
fn alone(bare: &Bare, is_said: bool, lexis: Lexis, keys: &Keys) -> Option<Who> {
    let is_person = (bare.is_clear || is_said && !bare.is_unseen) && !bare.is_given;
    let is_written = || !slug(bare.span.text(lexis.view().text)).is_empty();
    (is_person && is_written() && !keys.get(bare.key).is_empty()).then_some(Who::Alone(bare.key))
}

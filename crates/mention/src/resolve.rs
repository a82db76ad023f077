//! Who is who: full names of a document joined, bare family names and acronyms given to those they mean.

use crate::fold::{is_near, loose_key, slug};
use crate::known::{Known, PersonKey, last_word};
use crate::lexis::{Forms, Keys, Lexis, is_initial};
use crate::scan::{Bare, Found, Full, Group};
use decalque_text::{EntityKind, Mention, Span};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A person of the document.
#[derive(Debug, Clone)]
struct Actor {
    key: PersonKey,
    name: String,
    /// Places where they are named in full, in text order: token, office.
    places: Vec<(usize, Option<String>)>,
}

/// The people of a document by family name.
#[derive(Debug, Default)]
struct Cast {
    actors: Vec<Actor>,
    by_last: FxHashMap<String, Vec<usize>>,
    by_loose: FxHashMap<String, Vec<usize>>,
}

/// How many times as many documents may have a bare family name as name its person in full, when nothing in the
/// document says that it is a person.
const SHARE: u32 = 10;

/// Most people of one name who are compared with one another, and most places of one person that are looked at.
const CROWD: usize = 16;

/// The mentions of a document, in text order.
pub(crate) fn resolve(found: &Found, lexis: Lexis, known: &Known, keys: &Keys) -> Vec<Mention> {
    let mut out = organisations(found, lexis);
    let (cast, who) = cast(&found.full, known);
    for (full, actor) in found.full.iter().zip(who) {
        let who = initials(&cast, actor, full, known);
        out.push(person(full.span, who.0, who.1));
    }
    let said = clear_keys(&found.bare);
    for bare in &found.bare {
        let is_said = said.get(&bare.key).copied().unwrap_or(false);
        if let Some((id, name)) = bare_name(bare, is_said, &cast, lexis, known, keys) {
            out.push(person(bare.span, id, name));
        }
    }
    out.sort_by_key(|m| (m.span, m.kind));
    disjoint(out)
}

fn person(span: Span, entity_id: String, name: String) -> Mention {
    Mention { span, kind: EntityKind::Person, entity_id, name, correction: None }
}

/// Of mentions that overlap, the first.
fn disjoint(all: Vec<Mention>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::with_capacity(all.len());
    for mention in all.into_iter().filter(|m| !m.span.is_empty()) {
        if out.last().is_none_or(|last| last.span.end <= mention.span.start) {
            out.push(mention);
        }
    }
    out
}

// Organisations.

fn organisations(found: &Found, lexis: Lexis) -> Vec<Mention> {
    let mut nations: BTreeMap<&str, Option<&Group>> = BTreeMap::new();
    for group in &found.groups {
        let Some((nation, rest)) = group.key.split_once('-') else { continue };
        if crate::lists::country(nation).is_some() {
            let slot = nations.entry(rest).or_insert(Some(group));
            *slot = slot.filter(|known| known.key == group.key);
        }
    }
    let text = lexis.view().text;
    let mention = |group: &Group| {
        // `Foreign Ministry` is the one foreign ministry that the document names with its country.
        let whole = nations.get(group.key.as_str()).copied().flatten().unwrap_or(group);
        let name = whole.name.unwrap_or_else(|| whole.span.text(text)).to_owned();
        let entity_id = format!("organisation/{}", whole.key);
        Mention { span: group.span, kind: EntityKind::Organisation, entity_id, name, correction: None }
    };
    let mut out: Vec<Mention> = found.groups.iter().map(mention).collect();
    let acronyms: FxHashMap<&str, usize> = found.acronyms.iter().map(|(a, n)| (a.as_str(), *n)).collect();
    for &token in found.capitals.iter().filter(|_| !acronyms.is_empty()) {
        let surface = crate::lexis::without_possessive(lexis.view().token_text(token));
        if let Some(group) = acronyms.get(surface).and_then(|&n| out.get(n)).cloned() {
            let start = lexis.view().tokens()[token].span.start;
            out.push(Mention { span: Span::new(start, start + surface.len() as u32), ..group });
        }
    }
    out.retain(|m| !m.entity_id.ends_with('/'));
    out
}

// People.

/// The people of a document, and which of them each full name is; initials wait.
fn cast(all: &[Full], known: &Known) -> (Cast, Vec<Option<usize>>) {
    let mut numbers: BTreeMap<PersonKey, usize> = BTreeMap::new();
    let (mut cast, mut who) = (Cast::default(), Vec::with_capacity(all.len()));
    let mut met: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    for full in all {
        if is_initial(&full.given) {
            who.push(None);
            continue;
        }
        if let Some(&number) = met.get(&(full.given.as_str(), full.surname.as_str())) {
            cast.actors[number].places.push((full.token, full.office.clone()));
            who.push(Some(number));
            continue;
        }
        let key = PersonKey::new(&full.given, &full.surname);
        let someone = known.who(&key);
        let name = someone.map_or_else(|| format!("{} {}", full.given, full.surname), |s| s.name.clone());
        let key = someone.map_or(key, |s| s.key.clone());
        let number = *numbers.entry(key.clone()).or_insert_with(|| {
            cast.actors.push(Actor { key, name, places: Vec::new() });
            cast.actors.len() - 1
        });
        cast.actors[number].places.push((full.token, full.office.clone()));
        met.insert((&full.given, &full.surname), number);
        who.push(Some(number));
    }
    let same = cast.join();
    cast.index();
    (cast, who.into_iter().map(|w| w.map(|n| same[n])).collect())
}

impl Cast {
    /// People of one given name whose family names are one letter apart are one inside a document; the number of whom
    /// each is.
    fn join(&mut self) -> Vec<usize> {
        let mut same: Vec<usize> = (0..self.actors.len()).collect();
        let mut by_given: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, actor) in self.actors.iter().enumerate() {
            by_given.entry(actor.key.given.clone()).or_default().push(i);
        }
        for list in by_given.into_values().filter(|l| l.len() <= CROWD) {
            for (n, &a) in list.iter().enumerate() {
                for &b in &list[n + 1..] {
                    if same[a] == a && same[b] == b && is_slip(&self.actors[a].key, &self.actors[b].key) {
                        let (kept, lost) = self.better(a, b);
                        same[lost] = kept;
                        let places = std::mem::take(&mut self.actors[lost].places);
                        self.actors[kept].places.extend(places);
                        self.actors[kept].places.sort();
                    }
                }
            }
        }
        (0..same.len()).map(|i| follow(&same, i)).collect()
    }

    /// Of two spellings of one person the one that stands more often; of equals the first in the alphabet.
    fn better(&self, a: usize, b: usize) -> (usize, usize) {
        let rank = |i: usize| (self.actors[i].places.len(), std::cmp::Reverse(&self.actors[i].key));
        if rank(a) >= rank(b) { (a, b) } else { (b, a) }
    }

    fn index(&mut self) {
        for (i, actor) in self.actors.iter().enumerate().filter(|(_, a)| !a.places.is_empty()) {
            self.by_last.entry(actor.key.last().to_owned()).or_default().push(i);
            self.by_loose.entry(loose_key(actor.key.last())).or_default().push(i);
        }
    }

    /// Everyone in the document with the last word of this family name, or with its looser form.
    fn named(&self, key: &str) -> &[usize] {
        self.by_last.get(last_word(key)).map_or(&[], Vec::as_slice)
    }
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

fn identity(actor: &Actor) -> (String, String) {
    (actor.key.entity_id(), actor.name.clone())
}

/// Who a full name is; one of initials is the person of the document, else of the corpus, that they fit.
fn initials(cast: &Cast, actor: Option<usize>, full: &Full, known: &Known) -> (String, String) {
    if let Some(actor) = actor.and_then(|n| cast.actors.get(n)) {
        return identity(actor);
    }
    let key = PersonKey::new(&full.given, &full.surname);
    let fits = |k: &PersonKey| begin_alike(&full.given, &k.given);
    let mut near =
        cast.named(&key.surname).iter().filter_map(|&n| cast.actors.get(n)).filter(|a| fits(&a.key));
    match (near.next(), near.next()) {
        (Some(one), None) => identity(one),
        (None, _) => known.one(&key.surname, fits).map_or_else(
            || (key.entity_id(), format!("{} {}", full.given, full.surname)),
            |s| (s.key.entity_id(), s.name.clone()),
        ),
        _ => (key.entity_id(), format!("{} {}", full.given, full.surname)),
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

/// Which keys of bare family names something in the document says to be people.
fn clear_keys(all: &[Bare]) -> FxHashMap<u32, bool> {
    let mut said: FxHashMap<u32, bool> = FxHashMap::default();
    for bare in all {
        *said.entry(bare.key).or_default() |= bare.is_clear;
    }
    said
}

/// Who a bare family name is; none when it may be no person.
fn bare_name(
    bare: &Bare,
    is_said: bool,
    cast: &Cast,
    lexis: Lexis,
    known: &Known,
    keys: &Keys,
) -> Option<(String, String)> {
    let key = keys.get(bare.key);
    let fits =
        |k: &PersonKey| bare.is_woman.is_none() || k.is_woman().is_none_or(|w| Some(w) == bare.is_woman);
    let here = cast.named(key);
    let may_be = !bare.is_doubtful || bare.is_clear;
    if !here.is_empty() && may_be {
        let fitting: Vec<&Actor> =
            here.iter().take(CROWD).map(|&n| &cast.actors[n]).filter(|a| fits(&a.key)).collect();
        return match fitting[..] {
            [one] => Some(identity(one)),
            [] => alone(bare, is_said, lexis, key),
            _ => nearest(bare, &fitting).map(identity).or_else(|| alone(bare, is_said, lexis, key)),
        };
    }
    if here.is_empty() && may_be {
        let forms = keys.forms(bare.key)?;
        if let Some(actor) = loosely(cast, key, forms).or_else(|| in_case(cast, forms)) {
            return Some(identity(actor));
        }
        if !bare.is_unseen | bare.is_clear
            && let Some(who) = of_corpus(bare, is_said, lexis, known, (key, forms), fits)
        {
            return Some(who);
        }
    }
    alone(bare, is_said, lexis, key)
}

/// The person of the corpus, when it is clear that a person is meant.
fn of_corpus(
    bare: &Bare,
    is_said: bool,
    lexis: Lexis,
    known: &Known,
    (key, forms): (&str, &Forms),
    fits: impl Fn(&PersonKey) -> bool,
) -> Option<(String, String)> {
    let one = known.one_of(key, || forms.loose.as_str().into(), fits)?;
    let often = known.name_frequency(lexis.norm(bare.token)) <= one.n_docs.saturating_mul(SHARE);
    let is_fine = is_said || one.n_docs >= 2 && often;
    (is_fine && key.len() >= 3).then(|| (one.key.entity_id(), one.name.clone()))
}

/// The one person of the document whose family name has the same looser key.
fn loosely<'a>(cast: &'a Cast, key: &str, forms: &Forms) -> Option<&'a Actor> {
    let list = cast.by_loose.get(&forms.loose).filter(|_| key.len() >= 5)?;
    if let [one] = list[..] { cast.actors.get(one) } else { None }
}

/// The one person of the document of whose family name this is another case, or the other gender: `Sofina`, `Leonov`.
fn in_case<'a>(cast: &'a Cast, forms: &Forms) -> Option<&'a Actor> {
    let of = |is_woman: bool| {
        let list = forms.bases[usize::from(is_woman)].iter().flat_map(|base| cast.named(base));
        list.filter_map(|&n| cast.actors.get(n)).find(|a| a.key.is_woman() == Some(is_woman))
    };
    of(false).or_else(|| of(true))
}

/// The person last named in full before a token; with an office before the bare name, one of that office if there is.
fn nearest<'a>(bare: &Bare, all: &[&'a Actor]) -> Option<&'a Actor> {
    let last = |actor: &Actor, office: Option<&str>| {
        let end = actor.places.partition_point(|(token, _)| *token < bare.token);
        // Far back nobody remembers who held which office; and the time stays linear.
        let near = actor.places[..end].iter().rev().take(CROWD);
        near.filter(|(_, o)| office.is_none() || o.as_deref() == office).map(|(token, _)| *token).next()
    };
    let best = |office: Option<&str>| {
        let list = all.iter().filter_map(|a| Some((last(a, office)?, *a)));
        list.max_by_key(|(token, _)| *token).map(|(_, a)| a)
    };
    let by_office = bare.office.as_deref().and_then(|o| best(Some(o)));
    by_office.or_else(|| best(None))
}

/// A person of whom only the family name is known.
fn alone(bare: &Bare, is_said: bool, lexis: Lexis, key: &str) -> Option<(String, String)> {
    let text = bare.span.text(lexis.view().text);
    let is_person = (bare.is_clear || is_said && !bare.is_doubtful && !bare.is_unseen) && !bare.is_given;
    (is_person && !slug(text).is_empty() && !key.is_empty())
        .then(|| (format!("person/{key}"), text.to_owned()))
}

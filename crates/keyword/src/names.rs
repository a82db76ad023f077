//! `Peskov` and `Dmitry Peskov` are one keyword.

use crate::form::Marks;
use crate::memo::NONE;
use crate::phrases::{Phrase, Phrases};
use crate::runs::{Runs, Word};

/// Count each surname under the full name, where the document has exactly one full name with it. `pairs` is a buffer.
pub(crate) fn fold_surnames(runs: &Runs, phrases: &mut Phrases, pairs: &mut Vec<(u32, u32)>) {
    let longer = (0u32..).zip(&phrases.all).skip(runs.stems.len());
    let full = longer.filter(|(_, p)| is_full_name(&runs.words, p));
    pairs.clear();
    // A stem and the phrase of it alone have one number.
    pairs.extend(full.map(|(id, p)| (runs.words[p.words().end - 1].stem, id)));
    pairs.sort_unstable();
    for group in pairs.chunk_by(|a, b| a.0 == b.0) {
        if let &[(surname, full)] = group {
            fold(phrases, surname, full);
        }
    }
}

fn is_full_name(words: &[Word], phrase: &Phrase) -> bool {
    let named = phrase.len > 1 && phrase.count > 0 && phrase.names == phrase.count;
    named
        && matches!(&words[phrase.words()], [first, .., last]
        if first.marks.has(Marks::GIVEN) && !last.marks.has(Marks::GIVEN))
        && !words[phrase.words()].iter().any(|w| w.marks.has(Marks::NUMBER.or(Marks::ACRONYM)))
}

fn fold(phrases: &mut Phrases, surname: u32, full: u32) {
    let Some(part) = phrases.all.get_mut(surname as usize).filter(|p| p.count > 0 && p.folded_into == NONE)
    else {
        return;
    };
    part.folded_into = full;
    let part = *part;
    let Some(name) = phrases.all.get_mut(full as usize) else { return };
    // Every full name holds the surname once.
    let more = part.count.saturating_sub(name.count);
    name.count += more;
    name.names += more;
    name.whole += part.whole;
    name.titles = name.titles.max(part.titles);
    name.before_mark = name.before_mark.max(part.before_mark);
    name.before_of = name.before_of.max(part.before_of);
}

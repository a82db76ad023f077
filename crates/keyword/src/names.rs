//! `Peskov` and `Dmitry Peskov` are one keyword.

use crate::lexis::{Lexis, Marks};
use crate::phrases::{NONE, Phrase, Phrases};
use decalque_evidence::is_given_name;
use decalque_text::View;

/// Count each surname under the full name, where the document has exactly one full name with it.
pub(crate) fn fold_surnames(view: &View, lexis: &Lexis, phrases: &mut Phrases) {
    let mut pairs: Vec<(u32, u32)> = (0u32..)
        .zip(&phrases.all)
        .filter(|(_, p)| is_full_name(view, lexis, p))
        .filter_map(|(id, p)| Some((phrases.single(lexis.entry(p.tokens().end - 1).stem)?, id)))
        .collect();
    pairs.sort_unstable();
    for group in pairs.chunk_by(|a, b| a.0 == b.0) {
        if let &[(surname, full)] = group {
            fold(phrases, surname, full);
        }
    }
}

fn is_full_name(view: &View, lexis: &Lexis, phrase: &Phrase) -> bool {
    let tokens = phrase.tokens();
    let named = phrase.len > 1 && phrase.count > 0 && phrase.names == phrase.count;
    named
        && is_given_name(view.word(tokens.start).norm)
        && !is_given_name(view.word(tokens.end - 1).norm)
        && !tokens.clone().any(|i| lexis.entry(i).marks.has(Marks::NUMBER.or(Marks::ACRONYM)))
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

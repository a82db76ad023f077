use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_text::{Case, Kind, Layer};
use strsim::levenshtein;

/// `the regime of Asia` for the Assad regime: an unknown name in the genitive is read as the nearest known word.
pub(super) const RULE: Rule = Rule {
    id: "name.genitive",
    kind: Kind::NameCalque,
    layer: Layer::Local,
    summary: "After “regime of”, a place that sounds like the person the same document gives that regime to (regime of Asia beside the Assad regime): the engine mistook a genitive.",
    safety: Safety::Offer,
    least_machine: 0.0,
    trigger: Trigger::Words(HEADS),
    find,
    examples: &[
        Example::Offer("The Assad regime agreed. They fight against the regime of Asia.", "regime of Asia"),
        Example::Offer(
            "The Maduro government fell. The government of Madura had lost.",
            "government of Madura",
        ),
        Example::Keep("They fight against the regime of Asia."),
        Example::Keep("The Assad regime agreed. The regime of Bashar al-Assad is strong."),
        Example::Keep("The Syrian regime agreed. The regime of Syria is strong."),
    ],
};

const HEADS: &[&str] = &["regime", "government", "administration", "cabinet", "clan"];

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let name = at + 2;
    let is_genitive = cx.norm(at + 1) == "of" && cx.is_capital(name) && cx.case(name) == Case::Title;
    let goes_on = cx.is_spaced(name) && cx.is_capital(name + 1);
    if !is_genitive || goes_on {
        return None;
    }
    let owners = cx.owners_of(cx.norm(at), HEADS).iter().copied();
    let owner = owners.take(MANY).find(|&i| is_owner(cx.norm(i), cx.norm(name)))?;
    let right = cx.text(owner, owner + 1);
    let why = format!(
        "The document has “{right} {}”, and “{}” sounds like {right}.",
        cx.norm(at),
        cx.text(name, name + 1)
    );
    cx.finding(at, name + 1, format!("{right} {}", cx.norm(at)), 650, why)
}

/// More owners than a document that is one article has are not searched.
const MANY: usize = 50;

/// Longest name, in bytes, that is compared letter by letter.
const LONGEST: usize = 40;

/// The owner of the same head elsewhere (`Assad regime`) is nearly the word in question.
fn is_owner(owner: &str, word: &str) -> bool {
    // `Syrian` beside `Syria` is that country's adjective.
    let is_kin = owner.starts_with(word) || word.starts_with(owner);
    let is_short = owner.len() <= LONGEST && word.len() <= LONGEST;
    let is_near = || owner.len() >= 4 && levenshtein(owner, word) <= 2 || is_adjacent(owner, word);
    !is_kin && is_short && same_start(owner, word) && is_near()
}

fn same_start(a: &str, b: &str) -> bool {
    a.chars().take(2).eq(b.chars().take(2))
}

/// A doubled letter of a foreign name is one letter to the ear: `assad`, `asia`.
fn is_adjacent(owner: &str, word: &str) -> bool {
    let mut single: Vec<char> = owner.chars().collect();
    single.dedup();
    let single: String = single.into_iter().collect();
    single.len() < owner.len() && levenshtein(&single, word) <= 2
}

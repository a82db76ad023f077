use crate::lexicon::Class;
use crate::notes::is_quote;
use crate::{Context, Example, Finding, Rule, Safety, Seen, Trigger};
use decalque_evidence::is_given_name;
use decalque_text::{Case, Kind, Layer};

/// `free Parking`, `on Board`, `member States`: a common noun with a capital.
pub(super) const RULE: Rule = Rule {
    id: "casing.lone_capital",
    kind: Kind::Casing,
    layer: Layer::Corpus,
    summary: "A common word with a capital in the middle of a sentence (free Parking, for Example, the East of Ukraine): engines learned it from headings and sentence starts. In machine translations, where the words around it leave no name to think of; elsewhere offered when the document also prints it small.",
    safety: Safety::Apply,
    least_machine: crate::context::LIKELY,
    trigger: Trigger::Shape(&[Case::Title], is_common),
    find,
    examples: &[
        Example::Machine("They want free Parking in the centre.", "They want free parking in the centre."),
        Example::Machine("Sales fell, for Example, by half.", "Sales fell, for example, by half."),
        Example::Machine("There was nobody on Board the ferry.", "There was nobody on board the ferry."),
        Example::Machine("We are ready to Use the law.", "We are ready to use the law."),
        Example::Machine("Rain fell in the East of Ukraine.", "Rain fell in the east of Ukraine."),
        Example::Machine(
            "They wrote to all member States of the union.",
            "They wrote to all member states of the union.",
        ),
        Example::Machine("A judge met Federal officials there.", "A judge met federal officials there."),
        Example::Machine(
            "They will open a joint Executive center.",
            "They will open a joint executive center.",
        ),
        Example::Machine("So a source told the Agency on Friday.", "So a source told the agency on Friday."),
        Example::Keep("He sat on Board of the firm, and the President saw the Ministry."),
        Example::Keep("He flew to the United States, to the Gulf States and to the West."),
        Example::Keep("A Democratic senator, a Marine and a Christian spoke with a Republican."),
        Example::Keep("In Spark, said Sands, the Federal Agency for Tourism is new."),
        Example::Keep("We went to Mark the next day, and the Federal law is old."),
    ],
};

fn is_common(word: &Seen) -> bool {
    let is_plain = word.norm.len() >= 3 && word.norm.bytes().all(|b| b.is_ascii_lowercase());
    is_plain && word.is_english()
}

fn find(cx: &Context, at: usize) -> Option<Finding> {
    if at == 0 || !is_lone(cx, at) {
        return None;
    }
    let sure = reason(cx, at);
    let why = sure.map(str::to_owned).or_else(|| offer(cx, at))?;
    let thousandths = if sure.is_some() { 920 } else { 700 };
    cx.finding(at, at + 1, cx.norm(at), thousandths, why)
}

/// Inside a sentence, between small words, in no quotation marks and no headline.
fn is_lone(cx: &Context, at: usize) -> bool {
    let part_before = cx.is_capital(at - 1) && cx.is_spaced(at - 1) && !OWNERS.contains(&cx.norm(at - 1));
    let is_apart = matches!(cx.norm(at), "board" | "department" | "republic") && !cx.is_capital(at - 1);
    let part_after = cx.is_capital(at + 1) && cx.is_spaced(at) && !is_apart;
    let quoted = is_quote(cx.norm(at - 1)) || is_quote(cx.norm(at + 1));
    let before =
        cx.is_spaced(at - 1) && (cx.is_word(at - 1) || matches!(cx.norm(at - 1), "," | "-" | "–" | "—"));
    before && !part_before && !part_after && !quoted && !cx.opens_sentence(at) && !cx.is_title_case(at)
}

/// Why the capital is surely wrong.
fn reason(cx: &Context, at: usize) -> Option<&'static str> {
    let (word, before, after) = (cx.norm(at), cx.norm(at - 1), cx.norm(at + 1));
    if has(PHRASES, &(before, word)) && after != "of" {
        return Some("It is part of a phrase that has no capital.");
    }
    if before == "to" && has(VERBS, &word) && is_determiner(after) {
        return Some("It is a verb: “to” stands before it and its object after it.");
    }
    if has(EVERYDAY, &word) {
        return Some("It is an everyday noun in the middle of a sentence.");
    }
    institution(cx, at, word, before, after)
}

/// Words that are names in one place and none in another.
fn institution(cx: &Context, at: usize, word: &str, before: &str, after: &str) -> Option<&'static str> {
    let owned = || OWNERS.contains(&before);
    match word {
        "north" | "south" | "east" | "west" | "center" | "centre" => {
            let place = cx.is_capital(at + 2) || cx.norm(at + 2) == "the";
            (before == "the" && after == "of" && place).then_some("It is a part of a place, not a name.")
        }
        "states" => owned().then_some("States in general are meant, not the United States."),
        "federal" => (is_small_noun(cx, at + 1) && !NAMED.contains(&after))
            .then_some("It is an adjective before a common noun."),
        "agency" => (before == "the" && !matches!(after, "of" | "for") && is_news(cx, at))
            .then_some("A news agency is meant; none is named so."),
        "director" => (!is_office_named(cx, at)).then_some("A title that follows no name and precedes none."),
        "department" => is_nameless(cx, at).then_some("A department is meant that is not named."),
        _ => (is_indefinite(cx, at) || HEADS.contains(&word) && owned())
            .then_some("An indefinite article or an adjective shows that nothing is named."),
    }
}

fn is_small_noun(cx: &Context, i: usize) -> bool {
    cx.is_word(i) && cx.case(i) == Case::Lower && !cx.view.is_stop(i) && cx.is_spaced(i - 1)
}

/// `the military Department`, `the Director of the Department`
fn is_nameless(cx: &Context, at: usize) -> bool {
    let director =
        at >= 3 && cx.norm(at - 1) == "the" && cx.norm(at - 2) == "of" && cx.norm(at - 3) == "director";
    matches!(cx.norm(at - 1), "military" | "naval" | "diplomatic") || director
}

/// `a Federal judge`, `a joint Executive center`
fn is_indefinite(cx: &Context, at: usize) -> bool {
    let is_article = |i: usize| matches!(cx.norm(i), "a" | "an");
    let article = is_article(at - 1) || at >= 2 && is_small_noun(cx, at - 1) && is_article(at - 2);
    ADJECTIVES.contains(&cx.norm(at)) && is_small_noun(cx, at + 1) && article
}

fn is_determiner(norm: &str) -> bool {
    matches!(
        norm,
        "the" | "a" | "an" | "his" | "her" | "their" | "its" | "our" | "this" | "these" | "all" | "any"
    )
}

/// A source speaks in the sentence, and the document names no agency in full.
fn is_news(cx: &Context, at: usize) -> bool {
    const NEWS: &[&str] = &[
        "told",
        "source",
        "interlocutor",
        "reported",
        "reports",
        "correspondent",
        "informed",
        "quotes",
        "said",
    ];
    cx.sentence_tokens(at).any(|i| NEWS.contains(&cx.norm(i)))
        && cx.owners_of("agency", &["agency"]).is_empty()
}

/// `Director Ivan Petrov`, `General Director`: part of a name or a longer title.
fn is_office_named(cx: &Context, at: usize) -> bool {
    cx.is_capital(at + 1) || cx.is_capital(at - 1)
}

/// What may be only a name is offered when the document prints the same word small, and it is no calque of a name.
fn offer(cx: &Context, at: usize) -> Option<String> {
    let word = cx.norm(at);
    let is_name = is_given_name(word)
        || has(NAMED, &word)
        || cx.lexicon.starting_with(word).iter().any(|e| e.class != Class::Acronym && e.printed.len() == 1);
    // `Ministry of Construction`
    let is_part = cx.norm(at - 1) == "of" && at >= 2 && cx.is_capital(at - 2);
    let fits = !is_name && !is_part && word.len() >= 4 && !cx.view.is_stop(at) && cx.has_small(word);
    fits.then(|| format!("The document also has “{word}”."))
}

/// True for one of a sorted list.
fn has<T: Ord>(list: &[T], one: &T) -> bool {
    list.binary_search(one).is_ok()
}

/// Phrases that a sentence often begins with. Sorted.
const PHRASES: &[(&str, &str)] = &[
    ("as", "usual"),
    ("at", "first"),
    ("at", "home"),
    ("at", "last"),
    ("at", "least"),
    ("at", "night"),
    ("by", "phone"),
    ("for", "example"),
    ("for", "instance"),
    ("in", "addition"),
    ("in", "exchange"),
    ("in", "fact"),
    ("in", "general"),
    ("in", "parallel"),
    ("in", "particular"),
    ("in", "practice"),
    ("in", "response"),
    ("in", "return"),
    ("in", "summer"),
    ("in", "time"),
    ("in", "total"),
    ("in", "turn"),
    ("in", "winter"),
    ("of", "course"),
    ("on", "board"),
    ("on", "foot"),
    ("on", "sale"),
    ("on", "time"),
    ("on", "vacation"),
    ("the", "mat"),
];

/// Verbs that are no given names. Sorted.
const VERBS: &[&str] = &[
    "accept",
    "achieve",
    "add",
    "announce",
    "answer",
    "apply",
    "approve",
    "ask",
    "avoid",
    "bring",
    "build",
    "buy",
    "call",
    "carry",
    "change",
    "check",
    "choose",
    "close",
    "complete",
    "conduct",
    "confirm",
    "consider",
    "continue",
    "create",
    "decide",
    "define",
    "destroy",
    "determine",
    "develop",
    "discuss",
    "enter",
    "establish",
    "expand",
    "explain",
    "express",
    "find",
    "finish",
    "follow",
    "form",
    "get",
    "give",
    "help",
    "hold",
    "implement",
    "improve",
    "increase",
    "introduce",
    "join",
    "keep",
    "know",
    "leave",
    "lift",
    "limit",
    "lose",
    "make",
    "meet",
    "open",
    "organize",
    "pay",
    "prevent",
    "produce",
    "promote",
    "protect",
    "provide",
    "publish",
    "put",
    "raise",
    "read",
    "receive",
    "reduce",
    "remove",
    "repair",
    "replace",
    "resolve",
    "restore",
    "return",
    "save",
    "see",
    "sell",
    "send",
    "set",
    "show",
    "sign",
    "solve",
    "start",
    "stop",
    "strengthen",
    "submit",
    "support",
    "take",
    "transfer",
    "understand",
    "use",
    "visit",
    "write",
];

/// Nouns of everyday life, after which no institution is called and no Russian. Sorted.
const EVERYDAY: &[&str] = &[
    "apartment",
    "apartments",
    "breakfast",
    "breakfasts",
    "bus",
    "buses",
    "cartoon",
    "coffee",
    "comedy",
    "cottage",
    "dessert",
    "diesel",
    "dinner",
    "electricity",
    "entrance",
    "euro",
    "euros",
    "fridge",
    "furniture",
    "garage",
    "gasoline",
    "generals",
    "hostel",
    "ladies",
    "luggage",
    "lunch",
    "minibus",
    "mortgage",
    "motorcycle",
    "nude",
    "parking",
    "passengers",
    "password",
    "pensioners",
    "petrol",
    "refrigerator",
    "rehearsal",
    "salary",
    "sandwich",
    "sausage",
    "sausages",
    "schoolchildren",
    "shoes",
    "skating",
    "sneakers",
    "soup",
    "supermarket",
    "supper",
    "tickets",
    "tourists",
    "tram",
    "trams",
    "trolleybus",
    "tweet",
    "tweets",
    "underwear",
    "vegetables",
    "weekend",
    "windscreen",
];

/// Words before `States`, `Republic`, `Governments` that show that no country is named.
const OWNERS: &[&str] = &[
    "all",
    "developed",
    "developing",
    "eu",
    "european",
    "foreign",
    "friendly",
    "individual",
    "many",
    "member",
    "neighboring",
    "neighbouring",
    "other",
    "self-proclaimed",
    "several",
    "some",
    "these",
    "unfriendly",
    "unrecognised",
    "unrecognized",
    "various",
    "western",
];

/// What those words own.
const HEADS: &[&str] = &["republic", "republics", "governments", "parliaments"];

/// Adjectives that names of institutions begin with.
const ADJECTIVES: &[&str] = &[
    "administrative",
    "amateur",
    "central",
    "criminal",
    "executive",
    "expert",
    "federal",
    "general",
    "grand",
    "international",
    "joint",
    "legal",
    "local",
    "medical",
    "military",
    "municipal",
    "national",
    "political",
    "private",
    "public",
    "regional",
    "scientific",
    "social",
    "special",
    "technical",
];

/// Heads of names that begin with such an adjective, and words that news writes with a capital alone. Sorted.
const NAMED: &[&str] = &[
    "academy",
    "administration",
    "agency",
    "army",
    "assembly",
    "association",
    "bank",
    "board",
    "bureau",
    "cabinet",
    "center",
    "centre",
    "chamber",
    "chancellor",
    "church",
    "commission",
    "committee",
    "conference",
    "congress",
    "constitution",
    "council",
    "court",
    "democrat",
    "democratic",
    "democrats",
    "department",
    "district",
    "duma",
    "earth",
    "east",
    "embassy",
    "faculty",
    "federation",
    "forum",
    "foundation",
    "fund",
    "games",
    "government",
    "governor",
    "guard",
    "house",
    "institute",
    "internet",
    "king",
    "law",
    "league",
    "library",
    "marine",
    "minister",
    "ministry",
    "museum",
    "navy",
    "north",
    "office",
    "olympics",
    "orthodox",
    "parliament",
    "party",
    "patriarch",
    "pope",
    "premier",
    "president",
    "prosecutor",
    "queen",
    "region",
    "republic",
    "republican",
    "republicans",
    "reserve",
    "school",
    "senate",
    "senator",
    "service",
    "south",
    "soviet",
    "state",
    "states",
    "subject",
    "summit",
    "theatre",
    "union",
    "university",
    "west",
    "western",
];

#[cfg(test)]
mod tests {
    use super::{EVERYDAY, NAMED, PHRASES, VERBS};

    #[test]
    fn lists_are_sorted() {
        assert!([VERBS, EVERYDAY, NAMED].iter().all(|list| list.is_sorted()) && PHRASES.is_sorted());
    }
}

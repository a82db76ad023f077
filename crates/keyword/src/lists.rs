//! Closed lists of English words that begin, end or break a phrase.

use crate::form::Marks;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Verbs, adverbs and other words that no noun phrase holds, in lower case, sorted.
#[rustfmt::skip]
const BREAKS: &[&str] = &[
    "able", "accept", "accepted", "according", "accused", "achieve", "achieved", "acknowledged", "actually",
    "add", "added", "adding", "adds", "admit", "admitted", "affect", "affected", "affects", "agree",
    "agreed", "agrees", "aim", "aimed", "aims", "ain't", "alleged", "allow", "allowed", "allowing", "allows",
    "announce", "announced", "announces", "answered", "appear", "appeared", "appears", "applied", "apply",
    "argue", "argued", "argues", "arrive", "arrived", "ask", "asked", "asking", "asks", "assume", "assumed",
    "attempted", "avoid", "based", "bear", "became", "become", "becomes", "began", "begin", "begins",
    "begun", "believe", "believed", "believes", "brief", "bring", "bringing", "brings", "brought", "build",
    "buy", "call", "called", "calling", "calls", "cause", "caused", "causes", "cited", "claim", "claimed",
    "claims", "close", "closed", "comes", "coming", "commented", "compare", "compared", "concerning",
    "conclude", "concluded", "confirm", "confirmed", "confirms", "consider", "considered", "considering",
    "considers", "consist", "consists", "contain", "contained", "containing", "contains", "continue",
    "continued", "continues", "create", "created", "creates", "deal", "decide", "decided", "declared",
    "declined", "define", "defined", "demanded", "demonstrate", "demonstrated", "demonstrates", "denied",
    "deny", "depend", "depending", "depends", "derive", "derived", "describe", "described", "describes",
    "describing", "determine", "determined", "determines", "develop", "developed", "develops", "didnt",
    "die", "died", "different", "discuss", "discussed", "discusses", "doesnt", "dont", "dr", "drawn",
    "easily", "eight", "elaborated", "emphasized", "emphasizing", "employ", "employed", "enable", "enables",
    "end", "ended", "enhance", "ensure", "entered", "especially", "etc", "evaluate", "evaluated", "examine",
    "examined", "examines", "exist", "existing", "exists", "expect", "expected", "explain", "explained",
    "explains", "explore", "explored", "extend", "extended", "face", "faced", "faces", "failed", "feel",
    "feels", "fell", "felt", "fig", "find", "finding", "finds", "five", "focus", "focused", "focuses",
    "follow", "followed", "following", "follows", "former", "found", "four", "gave", "gives", "giving",
    "grew", "happen", "happened", "he's", "held", "help", "helped", "helping", "helps", "hinted", "hold",
    "holding", "holds", "hope", "hopes", "hoping", "identified", "identify", "illustrate", "illustrated",
    "implies", "imply", "improve", "improved", "improves", "include", "included", "includes", "including",
    "increase", "increased", "increases", "increasing", "indicate", "indicated", "indicates", "insisted",
    "introduce", "introduced", "introduces", "investigate", "investigated", "involve", "involved",
    "involves", "involving", "join", "joined", "keeping", "knew", "know", "knowing", "known", "knows",
    "large", "last", "late", "lead", "leads", "leave", "leaves", "leaving", "led", "left", "lets", "likely",
    "little", "live", "long", "longer", "look", "looked", "looking", "looks", "lose", "lost", "lot", "love",
    "main", "maintain", "making", "mean", "meaning", "means", "meant", "meet", "mentioned", "met", "move",
    "moved", "moves", "moving", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "need", "needed", "needs", "new",
    "nine", "noted", "notes", "noting", "observed", "obtain", "obtained", "occur", "occurred", "occurs",
    "offer", "offered", "offering", "offers", "old", "open", "opened", "opined", "others", "owing", "paid",
    "particular", "pay", "perform", "performed", "performs", "place", "placed", "play", "played", "playing",
    "plays", "pointed", "pointing", "possible", "posted", "predicted", "prefer", "present", "presented",
    "presents", "prevent", "produce", "produced", "produces", "promised", "propose", "proposed", "proposes",
    "prove", "proved", "proven", "provide", "provided", "provides", "providing", "published", "pull",
    "quickly", "quot", "quoted", "raise", "raised", "ran", "reach", "reached", "read", "recalled", "recalls",
    "received", "recent", "recently", "reduce", "reduced", "reduces", "reducing", "refer", "referred",
    "refers", "refused", "regarding", "relate", "released", "remain", "remained", "remaining", "remains",
    "reminded", "reminds", "replied", "report", "reported", "reportedly", "reports", "represent",
    "represented", "represents", "require", "required", "requires", "requiring", "respectively", "result",
    "resulted", "resulting", "return", "returned", "revealed", "run", "runs", "said", "sat", "saw", "say",
    "saying", "says", "seeing", "seeking", "seemed", "seems", "seen", "sell", "send", "sent", "set", "sets",
    "seven", "show", "showed", "showing", "shown", "shows", "significant", "similar", "simply", "sit", "six",
    "sold", "solve", "speak", "speaking", "specified", "spent", "spoke", "stand", "start", "started",
    "starting", "starts", "stated", "states", "stay", "stayed", "stop", "stopped", "stressed", "stressing",
    "studied", "study", "suggest", "suggested", "suggests", "support", "supported", "supports", "supposed",
    "taken", "takes", "taking", "talk", "talked", "talking", "tell", "telling", "tells", "ten", "tend",
    "testified", "thank", "thanks", "thats", "thing", "things", "think", "thinking", "thinks", "third",
    "thought", "three", "told", "took", "toward", "tried", "tries", "try", "trying", "turn", "turned",
    "turning", "turns", "tweeted", "two", "underlined", "understand", "urged", "use", "used", "uses",
    "using", "usually", "various", "vowed", "wait", "waiting", "walk", "want", "wanted", "wants", "warned",
    "watch", "went", "win", "wish", "won", "wonder", "work", "worked", "working", "works", "written",
    "wrote", "yesterday", "zero",
];

/// Lower-case words that tie the parts of a name: `Bank of England`, `Staffan de Mistura`.
const CONNECTORS: &[&str] = &[
    "al", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le", "of",
    "van", "von",
];

/// Days and months, and words of time that say nothing of the matter, in lower case, sorted.
#[rustfmt::skip]
const TIMES: &[&str] = &[
    "april", "august", "century", "day", "days", "decade", "decades", "december", "evening", "february",
    "friday", "hour", "hours", "january", "july", "june", "march", "minute", "minutes", "moment", "monday",
    "month", "months", "morning", "night", "november", "october", "saturday", "september", "sunday",
    "thursday", "time", "times", "today", "tomorrow", "tonight", "tuesday", "wednesday", "week", "weeks",
    "year", "years", "yesterday",
];

/// Nouns and adjectives of any text, that tell little of what this one is about, in lower case, sorted.
#[rustfmt::skip]
const GENERAL: &[&str] = &[
    "ability", "account", "addition", "advantage", "amount", "approach", "approaches", "area", "areas",
    "article", "aspect", "aspects", "author", "authors", "bad", "basis", "better", "big", "bit", "case",
    "cases", "certain", "choice", "common", "complete", "concept", "conclusion", "condition", "conditions",
    "context", "couple", "detail", "details", "difference", "differences", "difficult", "early", "easy",
    "effect", "effects", "effort", "efforts", "entire", "example", "examples", "existing", "experience",
    "extent", "fact", "factor", "factors", "feature", "features", "final", "first", "form", "forms", "full",
    "function", "general", "good", "great", "group", "guy", "guys", "half", "hand", "hard", "high", "idea",
    "ideas", "important", "individual", "information", "interest", "issue", "issues", "kind", "large",
    "level", "levels", "line", "low", "major", "man", "manner", "matter", "member", "members", "method",
    "methods", "name", "nature", "necessary", "new", "number", "numbers", "order", "paper", "part", "parts",
    "people", "person", "point", "points", "potential", "presence", "problem", "problems", "process",
    "proper", "purpose", "question", "questions", "range", "rate", "real", "reason", "reasons", "relevant",
    "research", "result", "results", "role", "same", "second", "section", "sense", "set", "short", "side",
    "simple", "single", "situation", "size", "small", "solution", "solutions", "special", "specific", "step",
    "steps", "strong", "studies", "study", "subject", "suitable", "system", "systems", "technique",
    "techniques", "term", "terms", "top", "total", "true", "type", "types", "value", "values", "variety",
    "view", "way", "ways", "woman", "word", "words", "work", "world", "wrong", "young",
];

/// Nouns that end in `-ly` as adverbs do, in lower case.
const NOUNS_IN_LY: &[&str] = &[
    "ally",
    "anomaly",
    "assembly",
    "belly",
    "bully",
    "butterfly",
    "family",
    "fly",
    "homily",
    "jelly",
    "lily",
    "monopoly",
    "rally",
    "reply",
    "supply",
];

/// What the lists say of a word in lower case.
pub(crate) fn listed(norm: &str) -> Marks {
    static WORDS: OnceLock<FxHashMap<&'static str, Marks>> = OnceLock::new();
    WORDS.get_or_init(all).get(norm).copied().unwrap_or_default()
}

/// All lists in one map, looked up only, so that a word is hashed once.
fn all() -> FxHashMap<&'static str, Marks> {
    let lists = [
        (BREAKS, Marks::BREAK),
        (CONNECTORS, Marks::CONNECTOR),
        (TIMES, Marks::TIME),
        (GENERAL, Marks::GENERAL),
        (NOUNS_IN_LY, Marks::NOUN),
    ];
    let mut words: FxHashMap<&'static str, Marks> = FxHashMap::default();
    for (list, mark) in lists {
        for &word in list {
            let marks = words.entry(word).or_default();
            *marks = marks.or(mark);
        }
    }
    words
}

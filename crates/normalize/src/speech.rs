//! Words of saying and thinking, by which the person who speaks is known.

/// Verbs that take a person as their subject, in the forms news uses.
const VERBS: &[&str] = &[
    "acknowledged", "acknowledges", "added", "adds", "admits", "admitted", "agreed", "agrees", "announced", "announces", "answered", "answers",
    "argued", "argues", "asked", "asks", "asserted", "asserts", "assured", "assures", "believed", "believes",
    "called", "calls", "claimed", "claims", "clarified", "clarifies", "commented", "comments", "concluded",
    "concludes", "confirmed", "confirms", "considers", "continued", "continues", "declared", "declares", "denied", "denies", "emphasised",
    "emphasized", "emphasizes", "emphasises", "estimated", "expects", "explained", "explains", "expressed", "hopes",
    "insisted", "insists", "mentioned", "mentions", "noted", "notes", "notified", "objected", "observed", "observes", "pointed", "points", "predicted",
    "predicts", "promised", "promises", "proposed", "proposes", "quoted", "recalled", "recalls", "recommended", "recommends", "refused", "refuses",
    "rejected", "remarked", "remarks", "reminded", "reminds", "replied", "replies", "reported", "reports", "responded", "responds", "said", "says",
    "specified", "specifies", "speaks", "spoke", "stated", "states", "stressed", "stresses", "suggested", "suggests", "summarised",
    "summarized", "supposed", "supposes", "talks", "tells", "testified", "thinks", "thought", "told", "underlined", "underlines", "urged", "urges",
    "warned", "warns", "wondered", "wonders", "writes", "wrote",
];

/// True for a verb of speech or thought in lower case.
pub(crate) fn is_speech_verb(norm: &str) -> bool {
    VERBS.contains(&norm)
}

/// True for a verb in the third person singular of the present: `believes`, `is`, `has`.
pub(crate) fn is_singular_verb(norm: &str) -> bool {
    matches!(norm, "is" | "was" | "has" | "does") || is_speech_verb(norm) && norm.ends_with('s')
}

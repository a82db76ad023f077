use crate::context::capital;
use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `foreign Minister`: the head of an office or institution is capitalised and its modifier is not.
pub(super) const RULE: Rule = Rule {
    id: "casing.office",
    kind: Kind::Casing,
    layer: Layer::Local,
    summary: "Engines capitalise the noun of an office or institution and leave its modifier small (foreign Minister); people capitalise both or neither.",
    safety: Safety::Apply,
    trigger: Trigger::Words(HEADS),
    find,
    examples: &[
        Example::Fix("The Russian foreign Minister left early.", "The Russian Foreign Minister left early."),
        Example::Fix("He went to the UN security Council.", "He went to the UN Security Council."),
        Example::Fix(
            "The state Duma and the defence Ministry agree.",
            "The State Duma and the Defence Ministry agree.",
        ),
        Example::Fix(
            "Deputy Minister of economic development Ivan Lisin spoke.",
            "Deputy Minister of Economic Development Ivan Lisin spoke.",
        ),
        Example::Keep("The foreign minister left early."),
        Example::Keep("Foreign minister Anna Lind was there."),
        Example::Keep("The state Department of Transportation fixed the road."),
        Example::Keep("The state Department on Aging and the Kansas Secretary of state agree."),
        Example::Keep("He teaches Department of Health economics."),
        Example::Keep("A former Minister of great charm, he resigned."),
    ],
};

/// Nouns that stand at the head of an office or an institution.
const HEADS: &[&str] = &[
    "minister",
    "ministry",
    "ministers",
    "secretary",
    "council",
    "department",
    "duma",
    "committee",
    "commission",
    "assembly",
    "court",
    "guard",
    "bank",
    "prosecutor",
];

/// Modifiers that make an office with one of the heads.
const PAIRS: &[(&str, &[&str])] = &[
    ("foreign", &["minister", "ministry", "ministers", "secretary"]),
    ("defense", &["minister", "ministry", "ministers", "secretary", "department"]),
    ("defence", &["minister", "ministry", "ministers", "secretary"]),
    ("interior", &["minister", "ministry", "ministers"]),
    ("finance", &["minister", "ministry", "ministers"]),
    ("economic", &["minister", "ministry", "commission"]),
    ("economy", &["minister", "ministry"]),
    ("energy", &["minister", "ministry", "secretary"]),
    ("transport", &["minister", "ministry"]),
    ("health", &["minister", "ministry"]),
    ("culture", &["minister", "ministry"]),
    ("justice", &["minister", "ministry", "department"]),
    ("agriculture", &["minister", "ministry"]),
    ("education", &["minister", "ministry"]),
    ("emergencies", &["minister", "ministry"]),
    ("prime", &["minister", "ministers"]),
    ("security", &["council"]),
    ("federation", &["council"]),
    ("state", &["department", "duma"]),
    ("investigative", &["committee"]),
    ("federal", &["assembly"]),
    ("supreme", &["court"]),
    ("constitutional", &["court"]),
    ("central", &["bank"]),
    ("national", &["guard"]),
    ("general", &["secretary"]),
    ("press", &["secretary"]),
];

/// What ministries and their ministers are of.
const PORTFOLIOS: &[&[&str]] = &[
    &["economic", "development"],
    &["economic", "development", "and", "trade"],
    &["foreign", "affairs"],
    &["internal", "affairs"],
    &["education", "and", "science"],
    &["natural", "resources"],
    &["emergency", "situations"],
    &["defense"],
    &["defence"],
    &["transport"],
    &["finance"],
    &["energy"],
    &["justice"],
    &["health"],
    &["culture"],
    &["agriculture"],
    &["education"],
    &["state"],
];

fn find(cx: &Context, at: usize) -> Option<Finding> {
    if cx.case(at) != Case::Title || cx.is_title_case(at) {
        return None;
    }
    modifier(cx, at).or_else(|| portfolio(cx, at))
}

/// `foreign Minister` → `Foreign Minister`
fn modifier(cx: &Context, at: usize) -> Option<Finding> {
    let before = at.checked_sub(1)?;
    let pair = PAIRS.iter().any(|(m, heads)| *m == cx.norm(before) && heads.contains(&cx.norm(at)));
    // A press secretary is a trade, not an institution: there the capital is what is wrong.
    let fixed = if cx.norm(before) == "press" {
        format!("press {}", cx.norm(at))
    } else {
        format!("{} {}", capital(cx.norm(before)), cx.text(at, at + 1))
    };
    let is_other = matches!(cx.norm(at + 1), "of" | "on" | "for") && cx.norm(at) != "minister"
        || cx.norm(before) == "central" && cx.is_capital(at + 1)
        || cx.norm(before) == "general" && cx.norm_before(before) == "attorney";
    let mixed = pair
        && !is_other
        && cx.case(before) == Case::Lower
        && cx.is_spaced(before)
        && !names_a_person(cx, before, at);
    let why = format!(
        "“{}” has a capital for its noun alone; a fixed title has both or neither.",
        cx.text(before, at + 1)
    );
    mixed.then(|| cx.finding(before, at + 1, fixed, 960, why))?
}

/// `press Secretary Dmitry Peskov`, but `state Department spokesman` is no title of a person: only press secretaries are
/// left alone before a name, where a house style may capitalise the title.
fn names_a_person(cx: &Context, before: usize, at: usize) -> bool {
    cx.norm(before) == "press" && !cx.is_capital(at + 1)
}

/// `Minister of economic development` → `Minister of Economic Development`
fn portfolio(cx: &Context, at: usize) -> Option<Finding> {
    let is_office = matches!(cx.norm(at), "minister" | "ministry" | "secretary" | "department");
    if !is_office || cx.norm(at + 1) != "of" || cx.opens_sentence(at) {
        return None;
    }
    let fits = |words: &&&[&str]| {
        cx.matches(at + 2, words) && (cx.norm(at) == "secretary") == (words == &&&["state"][..])
    };
    let words = PORTFOLIOS.iter().filter(fits).max_by_key(|w| w.len())?;
    let end = at + 2 + words.len();
    // `Department of Health economics` is about health economics; `Kansas Secretary of state` is that state's.
    let goes_on = cx.is_spaced(end - 1)
        && (cx.norm(end) == "and" || cx.is_word(end) && !cx.is_capital(end) && !cx.view.is_stop(end));
    let is_local = cx.norm(at) == "secretary"
        && at > 0
        && cx.is_capital(at - 1)
        && !matches!(cx.norm(at - 1), "u.s." | "us" | "american");
    if goes_on || is_local {
        return None;
    }
    let is_small = (at + 2..end).all(|i| cx.case(i) == Case::Lower);
    let fixed: Vec<String> =
        words.iter().map(|w| if *w == "and" { (*w).to_owned() } else { capital(w) }).collect();
    let why =
        format!("“{}” has a capital for its office alone; a fixed title has all or none.", cx.text(at, end));
    is_small.then(|| cx.finding(at + 2, end, fixed.join(" "), 950, why))?
}

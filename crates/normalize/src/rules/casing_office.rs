use crate::context::capital;
use crate::institutions::{Institution, Use, institution_at};
use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `foreign Minister`: the head of an office or institution is capitalised and its modifier is not.
pub(super) const RULE: Rule = Rule {
    id: "casing.office",
    kind: Kind::Casing,
    layer: Layer::Local,
    summary: "Engines capitalise the noun of an office or institution and leave its modifier small (foreign Minister); people capitalise both or neither.",
    safety: Safety::Apply,
    least_machine: 0.0,
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
        Example::Fix(
            "The investigative Committee of Russia opened a case.",
            "The Investigative Committee of Russia opened a case.",
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

fn find(cx: &Context, at: usize) -> Option<Finding> {
    if cx.case(at) != Case::Title {
        return None;
    }
    modifier(cx, at).or_else(|| portfolio(cx, at)).filter(|_| !cx.is_title_case(at))
}

/// `foreign Minister` → `Foreign Minister`
fn modifier(cx: &Context, at: usize) -> Option<Finding> {
    let before = at.checked_sub(1).filter(|&b| cx.case(b) == Case::Lower && cx.is_spaced(b))?;
    let pair = PAIRS.iter().any(|(m, heads)| *m == cx.norm(before) && heads.contains(&cx.norm(at)));
    if !pair {
        return None;
    }
    // A press secretary is a trade, not an institution: there the capital is what is wrong.
    let fixed = if cx.norm(before) == "press" {
        format!("press {}", cx.norm(at))
    } else {
        format!("{} {}", capital(cx.norm(before)), cx.text(at, at + 1))
    };
    let is_other = matches!(cx.norm(at + 1), "of" | "on" | "for")
        && is_anywhere(cx.norm(before), cx.norm(at))
        || cx.norm(before) == "central" && cx.is_capital(at + 1)
        || cx.norm(before) == "general" && cx.norm_before(before) == "attorney";
    let mixed = !is_other && !names_a_person(cx, before, at);
    let why = format!(
        "“{}” has a capital for its noun alone; a fixed title has both or neither.",
        cx.text(before, at + 1)
    );
    mixed.then(|| cx.finding(before, at + 1, fixed, 960, why))?
}

/// Institutions that cities and American states have, too: there the modifier is theirs (`the state Department of Parks`).
fn is_anywhere(modifier: &str, head: &str) -> bool {
    matches!(modifier, "state" | "general" | "press" | "central" | "national") || head == "department"
}

/// `press Secretary Dmitry Peskov`, but `state Department spokesman` is no title of a person: only press secretaries are
/// left alone before a name, where a house style may capitalise the title.
fn names_a_person(cx: &Context, before: usize, at: usize) -> bool {
    cx.norm(before) == "press" && !cx.is_capital(at + 1)
}

/// `Minister of economic development` → `Minister of Economic Development`
fn portfolio(cx: &Context, at: usize) -> Option<Finding> {
    let is_ministry = matches!(cx.norm(at), "minister" | "ministry");
    let is_office = is_ministry || matches!(cx.norm(at), "secretary" | "department");
    let links = cx.norm(at + 1) == "of" || is_ministry && cx.norm(at + 1) == "for";
    if !is_office || !links || cx.opens_sentence(at) && !is_ministry {
        return None;
    }
    let of_state = |n: &Institution| (cx.norm(at) == "secretary") == (n.right == "State");
    let is_small = |n: &Institution| n.capitals(cx, at + 2).0 == 0;
    let name = institution_at(cx, at + 2, &[Use::Portfolio], |n| of_state(n) && is_small(n))?;
    let end = at + 2 + name.words.len();
    let why =
        format!("“{}” has a capital for its office alone; a fixed title has all or none.", cx.text(at, end));
    (!is_other(cx, at, end)).then(|| cx.finding(at + 2, end, name.right, 950, why))?
}

/// `Department of Health economics` is about health economics; `Kansas Secretary of state` is that state's.
fn is_other(cx: &Context, at: usize, end: usize) -> bool {
    let small = |i: usize| cx.is_word(i) && !cx.is_capital(i) && !cx.view.is_stop(i);
    let listed = cx.norm(end) == "and" && small(end + 1);
    let is_phrase = cx.norm(at) == "department" && small(end);
    let is_local = cx.norm(at) == "secretary"
        && at > 0
        && cx.is_capital(at - 1)
        && !matches!(cx.norm(at - 1), "u.s." | "us" | "american");
    cx.is_spaced(end - 1) && (listed || is_phrase) || is_local
}

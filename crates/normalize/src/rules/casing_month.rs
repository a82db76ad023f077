use crate::context::capital;
use crate::{Context, Example, Finding, Rule, Safety, Trigger};
use decalque_text::{Case, Kind, Layer, TokenKind};

/// `25 may`: months are small in Russian.
pub(super) const RULE: Rule = Rule {
    id: "casing.month",
    kind: Kind::Casing,
    layer: Layer::Local,
    summary: "Months are written small in Russian and some engines keep that: 25 may. Only after a day, and never where may or march is a verb.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Words(MONTHS),
    find,
    examples: &[
        Example::Fix(
            "The vote is on 25 may 2014 in all regions.",
            "The vote is on 25 May 2014 in all regions.",
        ),
        Example::Fix("It was signed on 3 october.", "It was signed on 3 October."),
        Example::Keep("All 25 may go home."),
        Example::Keep("The court's 12 august members met."),
        Example::Keep("Children under 12 may 1950 or not."),
        Example::Keep("The 3 march to the square every day."),
        Example::Keep("It was signed on 3 October."),
    ],
};

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let day = at.checked_sub(1).filter(|&i| cx.is_spaced(i) && is_day(cx, i))?;
    let is_date = is_year(cx, at + 1) && introduces_date(cx.norm_before(day));
    let is_verb = matches!(cx.norm(at), "may" | "march" | "august") && !is_date;
    let fixed = capital(cx.norm(at));
    let why = format!("“{}” follows the day {}.", cx.norm(at), cx.norm(day));
    (cx.case(at) == Case::Lower && !is_verb).then(|| cx.finding(at, at + 1, fixed, 970, why))?
}

/// Words after which a number is a day, not a count of things.
fn introduces_date(norm: &str) -> bool {
    matches!(
        norm,
        "on" | "from" | "until" | "till" | "by" | "since" | "dated" | "before" | "after" | "to" | "of"
    )
}

fn is_day(cx: &Context, i: usize) -> bool {
    cx.norm(i).parse::<u8>().is_ok_and(|n| (1..=31).contains(&n))
}

fn is_year(cx: &Context, i: usize) -> bool {
    let is_number = cx.view.tokens().get(i).is_some_and(|t| t.kind == TokenKind::Number);
    is_number && cx.norm(i).parse::<u16>().is_ok_and(|n| (1900..2100).contains(&n))
}

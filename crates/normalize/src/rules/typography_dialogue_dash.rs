use crate::speech::is_speech_verb;
use crate::{Context, Example, Finding, PhrasePart, Rule, Safety, Trigger};
use decalque_text::{Case, Kind, Layer};

/// `“We agree, – said Peskov. – However`: Russian interrupts a quotation by dashes, not by its marks.
pub(super) const RULE: Rule = Rule {
    id: "typography.dialogue_dash",
    kind: Kind::Typography,
    layer: Layer::Local,
    summary: "Russian interrupts a quotation for the speaker by dashes inside its marks (“We agree, – said Peskov. – However”); English closes and opens the marks. Only where an opening mark of the paragraph is not closed.",
    safety: Safety::Apply,
    least_machine: 0.0,
    trigger: Trigger::Phrase(&[Case::None], |word| PhrasePart {
        whole: false,
        first: matches!(word.norm, "," | "?" | "!"),
        second: DASHES.contains(&word.norm),
    }),
    find,
    examples: &[
        Example::Fix(
            "“We agree with them, – said Orlov. – However, it is late.”",
            "“We agree with them,” said Orlov. “However, it is late.”",
        ),
        Example::Fix(
            "“It is late, — noted the minister, — but we wait.”",
            "“It is late,” noted the minister, “but we wait.”",
        ),
        Example::Keep("We agree with them, – said Orlov. – However, it is late."),
        Example::Keep("“We agree with them,” – and Orlov left. – It was late."),
        Example::Keep("“We agree,” he said, – said was the verb. – He left."),
    ],
};

const DASHES: &[&str] = &["–", "—", "-"];

/// Most words of the speaker and the verb.
const SPEAKER: usize = 8;

fn find(cx: &Context, at: usize) -> Option<Finding> {
    let verb = at + 2;
    let fits = is_dash(cx, at + 1)
        && cx.is_spaced(at)
        && is_speech_verb(cx.norm(verb))
        && at > 0
        && cx.is_glued(at - 1);
    if !fits || !is_open(cx, at) {
        return None;
    }
    let stop = (verb + 1..=verb + SPEAKER).find(|&i| !cx.is_word(i))?;
    let goes_on = matches!(cx.norm(stop), "." | ",") && cx.is_spaced(stop) && is_dash(cx, stop + 1);
    let fixed = format!("{}” {} “", cx.norm(at), cx.text(verb, stop + 1));
    let why = "A quotation is open here, and dashes set off the speaker: Russian punctuation.";
    let mut finding = goes_on.then(|| cx.finding(at, stop + 2, fixed, 950, why))??;
    finding.span.end += 1;
    Some(finding)
}

fn is_dash(cx: &Context, i: usize) -> bool {
    DASHES.contains(&cx.norm(i)) && cx.is_spaced(i)
}

/// Before token `at` its paragraph opens more curly quotes than it closes.
fn is_open(cx: &Context, at: usize) -> bool {
    let paragraph = cx.sentence(at).map(|s| s.paragraph);
    let near =
        (at.saturating_sub(200)..at).rev().take_while(|&i| cx.sentence(i).map(|s| s.paragraph) == paragraph);
    near.map(|i| cx.norm(i)).find(|n| matches!(*n, "“" | "”")) == Some("“")
}

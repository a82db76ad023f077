//! One total order decides which repair stands where. No pairwise exceptions.

use crate::Safety;
use decalque_text::{Confidence, Correction, Decision, Edit, Layer, Span, Status};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// An edit before it is known what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proposal {
    pub(crate) edit: Edit,
    pub(crate) safety: Safety,
    /// The least confidence of what its rule applies.
    pub(crate) min: Confidence,
    /// What a person said: it is to be made, or is not to be made and by whose word.
    pub(crate) word: Option<Word>,
}

/// What a person said of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Word {
    Accepted,
    Rejected,
    /// Its place holds a protected name.
    Protected,
}

impl Word {
    const fn refuses(self) -> Option<&'static str> {
        match self {
            Self::Accepted => None,
            Self::Rejected => Some("decision"),
            Self::Protected => Some("protect"),
        }
    }

    const fn decision(self) -> Option<Decision> {
        match self {
            Self::Accepted => Some(Decision::Accepted),
            Self::Rejected => Some(Decision::Rejected),
            Self::Protected => None,
        }
    }
}

fn standing(p: &Proposal) -> Status {
    match p.word {
        Some(word) if word.refuses().is_some() => Status::Refused,
        _ if p.edit.replacement.is_empty() => Status::Flagged,
        Some(Word::Accepted) => Status::Applied,
        _ if p.safety == Safety::Apply && p.edit.confidence >= p.min => Status::Applied,
        _ => Status::Suggested,
    }
}

/// Let proposals take their places in order: applied before suggested before flagged, then the surer, the longer, the
/// earlier, and at last rule and text, so that the order they came in leaves no trace. One that finds its place taken
/// is refused.
pub(crate) fn arbitrate(proposals: Vec<Proposal>, layer: Layer) -> Vec<Correction> {
    let mut ranked: Vec<Ranked> = proposals.into_iter().map(|p| (standing(&p), p.edit, p.word)).collect();
    ranked.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| (&a.1, a.2).cmp(&(&b.1, b.2))));
    ranked.dedup();
    let mut taken = Taken::default();
    let mut decided: Vec<Correction> =
        ranked.into_iter().map(|proposal| decide(&mut taken, proposal, layer)).collect();
    decided.sort_by(|a, b| (a.edit.span, a.edit.rule, &a.edit).cmp(&(b.edit.span, b.edit.rule, &b.edit)));
    decided
}

type Ranked = (Status, Edit, Option<Word>);

/// What a person accepted comes before all else.
fn rank((status, edit, word): &Ranked) -> impl Ord {
    (
        *status,
        *word != Some(Word::Accepted),
        Reverse(edit.confidence),
        Reverse(edit.span.len()),
        edit.span.start,
        edit.rule,
    )
}

fn decide(taken: &mut Taken, (status, edit, word): Ranked, layer: Layer) -> Correction {
    let decision = word.and_then(Word::decision);
    if status == Status::Refused {
        return Correction { edit, layer, status, refused_by: word.and_then(Word::refuses), decision };
    }
    let winner = taken.over(edit.span);
    if winner.is_none() {
        taken.take(edit.span, edit.rule);
    }
    let status = if winner.is_some() { Status::Refused } else { status };
    Correction { edit, layer, status, refused_by: winner, decision }
}

/// Disjoint places, by their start.
#[derive(Debug, Default)]
struct Taken {
    places: BTreeMap<u32, (u32, &'static str)>,
}

impl Taken {
    /// The rule that holds a place overlapping `span`.
    fn over(&self, span: Span) -> Option<&'static str> {
        let (start, (end, rule)) = self.places.range(..span.end).next_back()?;
        Span::new(*start, *end).overlaps(span).then_some(rule)
    }

    fn take(&mut self, span: Span, rule: &'static str) {
        self.places.insert(span.start, (span.end, rule));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use decalque_text::Kind;
    use proptest::prelude::*;

    fn proposal(start: u32, len: u32, confidence: u16, safety: Safety) -> Proposal {
        let span = Span::new(start, start + len);
        let edit = Edit::new(span, "x", Kind::Casing, "test.rule", Confidence::new(confidence), "");
        Proposal { edit, safety, min: Confidence::new(500), word: None }
    }

    fn proposals() -> impl Strategy<Value = Vec<Proposal>> {
        let one = (0u32..30, 1u32..6, 0u16..1000, any::<bool>());
        let one =
            one.prop_map(|(s, l, c, a)| proposal(s, l, c, if a { Safety::Apply } else { Safety::Offer }));
        proptest::collection::vec(one, 0..12)
    }

    proptest! {
        #[test]
        fn order_of_proposals_does_not_matter(all in proposals(), turn in 0usize..12) {
            let mut turned = all.clone();
            turned.rotate_left(turn % all.len().max(1));
            turned.reverse();
            prop_assert_eq!(arbitrate(all, Layer::Local), arbitrate(turned, Layer::Local));
        }

        #[test]
        fn applied_places_are_disjoint_and_nothing_is_lost(all in proposals()) {
            let mut distinct = all.clone();
            distinct.sort_by(|a, b| a.edit.cmp(&b.edit));
            let out = arbitrate(all, Layer::Local);
            let applied: Vec<_> = out.iter().filter(|c| c.status != Status::Refused).collect();
            prop_assert!(applied.windows(2).all(|w| w[0].edit.span.end <= w[1].edit.span.start));
            prop_assert!(distinct.iter().all(|p| out.iter().any(|c| c.edit == p.edit)));
        }
    }

    #[test]
    fn a_suggestion_gives_way_to_what_is_applied() {
        let both = vec![proposal(0, 9, 990, Safety::Offer), proposal(3, 2, 910, Safety::Apply)];
        let out = arbitrate(both, Layer::Corpus);
        assert_eq!(out[0].status, Status::Refused);
        assert_eq!(out[0].refused_by, Some("test.rule"));
        assert_eq!(out[1].status, Status::Applied);
    }
}

//! What a run is told to do: thresholds, switches, names that are never touched, decisions, rows of one's own.

use crate::{Lexicon, RULES, Rule};
use decalque_text::{Confidence, Edit, Kind};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A switch or a threshold, of a kind or a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Switch {
    /// False: the rule finds nothing.
    pub on: Option<bool>,
    /// Repairs below this confidence are suggested, not applied.
    pub min_confidence: Option<Confidence>,
}

/// What a run is configured to do. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Options {
    /// One for each rule of [`RULES`]: the least confidence of what is applied; none when the rule is off.
    thresholds: Arc<[Option<Confidence>]>,
    /// The rules that are not off, a bit each.
    on: u64,
    /// Names that no repair may touch, as they stand in texts.
    protect: Arc<[String]>,
    decisions: Arc<Decisions>,
    lexicon: Arc<Lexicon>,
}

impl Default for Options {
    fn default() -> Self {
        Self::new(Confidence::new(900), |_| Switch::default())
    }
}

impl Options {
    /// Options with a threshold for all, and switches that say otherwise for a rule.
    ///
    /// ```
    /// use decalque_normalize::{Options, Switch};
    /// use decalque_text::{Confidence, Kind};
    /// let off = Switch { on: Some(false), ..Switch::default() };
    /// let quiet = |rule: &decalque_normalize::Rule| if rule.kind == Kind::Typography { off } else { Switch::default() };
    /// let options = Options::new(Confidence::new(950), quiet);
    /// # let _ = options;
    /// ```
    pub fn new(min_confidence: Confidence, switch: impl Fn(&Rule) -> Switch) -> Self {
        let one = |rule: &&Rule| {
            let switch = switch(rule);
            switch.on.unwrap_or(true).then(|| switch.min_confidence.unwrap_or(min_confidence))
        };
        let thresholds: Arc<[Option<Confidence>]> = RULES.iter().map(one).collect();
        let bit = |(n, threshold): (usize, &Option<Confidence>)| u64::from(threshold.is_some()) << n;
        Self {
            on: thresholds.iter().enumerate().map(bit).fold(0, |on, bit| on | bit),
            thresholds,
            protect: Arc::default(),
            decisions: Arc::default(),
            lexicon: Lexicon::shared(),
        }
    }

    /// The same, with names that no repair may touch.
    ///
    /// ```
    /// let options = decalque_normalize::Options::default().protecting(vec!["Las Vegas Sands".into()]);
    /// # let _ = options;
    /// ```
    #[must_use]
    pub fn protecting(self, names: Vec<String>) -> Self {
        Self { protect: names.into_iter().filter(|n| !n.is_empty()).collect(), ..self }
    }

    /// The same, with what people decided about earlier corrections.
    ///
    /// ```
    /// use decalque_normalize::{Decisions, Options};
    /// let options = Options::default().deciding(Decisions::default());
    /// # let _ = options;
    /// ```
    #[must_use]
    pub fn deciding(self, decisions: Decisions) -> Self {
        Self { decisions: Arc::new(decisions), ..self }
    }

    /// The same, with another lexicon.
    ///
    /// ```
    /// use decalque_normalize::{Lexicon, Options};
    /// let lexicon = Lexicon::built_in().with_rows("printed\tright\tclass\nsea captain\tKapitanov\tsurname\n").unwrap();
    /// let options = Options::default().reading(lexicon);
    /// # let _ = options;
    /// ```
    #[must_use]
    pub fn reading(self, lexicon: Lexicon) -> Self {
        Self { lexicon: Arc::new(lexicon), ..self }
    }

    /// The lexicon of the run.
    ///
    /// ```
    /// assert!(decalque_normalize::Options::default().lexicon().has_surname("Peskov"));
    /// ```
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The rules that are not off, a bit each.
    pub(crate) const fn on(&self) -> u64 {
        self.on
    }

    /// The least confidence that rule number `n` applies; none when it is off.
    pub(crate) fn threshold(&self, n: usize) -> Option<Confidence> {
        self.thresholds.get(n).copied().flatten()
    }

    /// Where protected names stand in a text, in text order, as byte ranges.
    pub(crate) fn protected(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        let all = self.protect.iter().flat_map(|name| text.match_indices(name.as_str()));
        let mut all: Vec<_> = all.map(|(at, name)| at..at + name.len()).collect();
        all.sort_by_key(|r| (r.start, r.end));
        all
    }

    pub(crate) fn decision(&self, edit: &Edit, before: &str, doc_id: &str) -> Option<&Verdict> {
        self.decisions.of(edit, before, doc_id)
    }
}

/// What was decided about a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Make it; with other words than were suggested, where some are given.
    Accept(Option<String>),
    /// Never make it.
    Reject,
}

/// What a decision is about: the words before and after, not a place, so that it holds when a corpus grows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct About {
    kind: Kind,
    before: String,
    after: String,
}

/// Decisions of people on corrections: for every document, or for one.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    everywhere: FxHashMap<About, Verdict>,
    in_document: FxHashMap<(String, About), Verdict>,
}

impl Decisions {
    /// Note a decision on the repair of `before` to `after` (empty where none was known), in one document or in all.
    /// Says the earlier verdict when it was another.
    ///
    /// ```
    /// use decalque_normalize::{Decisions, Verdict};
    /// use decalque_text::Kind;
    /// let mut all = Decisions::default();
    /// assert_eq!(all.note(Kind::NameCalque, "Sands", "Peskov", None, &Verdict::Reject), None);
    /// let accept = Verdict::Accept(None);
    /// assert_eq!(all.note(Kind::NameCalque, "Sands", "Peskov", None, &accept), Some(Verdict::Reject));
    /// ```
    pub fn note(
        &mut self,
        kind: Kind,
        before: &str,
        after: &str,
        doc_id: Option<&str>,
        verdict: &Verdict,
    ) -> Option<Verdict> {
        let about = About { kind, before: before.to_owned(), after: after.to_owned() };
        let earlier = match doc_id {
            Some(id) => self.in_document.insert((id.to_owned(), about), verdict.clone()),
            None => self.everywhere.insert(about, verdict.clone()),
        };
        earlier.filter(|e| e != verdict)
    }

    /// The decision on an edit; one on its document wins over one on all.
    fn of(&self, edit: &Edit, before: &str, doc_id: &str) -> Option<&Verdict> {
        if self.everywhere.is_empty() && self.in_document.is_empty() {
            return None;
        }
        let about = About { kind: edit.kind, before: before.to_owned(), after: edit.replacement.clone() };
        let key = (doc_id.to_owned(), about);
        self.in_document.get(&key).or_else(|| self.everywhere.get(&key.1))
    }
}

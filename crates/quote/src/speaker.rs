//! The full name of whoever the words beside a quotation mean.

use crate::page::Page;
use crate::phrase::Phrase;
use decalque_evidence::{Evidence, Facts};

#[derive(Debug)]
pub(crate) struct Names<'a> {
    #[allow(dead_code)]
    facts: &'a Facts,
    #[allow(dead_code)]
    evidence: &'a Evidence,
}

impl<'a> Names<'a> {
    pub(crate) fn new(_page: &Page, facts: &'a Facts, evidence: &'a Evidence) -> Self {
        Self { facts, evidence }
    }

    pub(crate) fn name(&self, page: &Page, phrase: Phrase) -> Option<String> {
        page.span(phrase.start, phrase.end).map(|s| s.text(page.view.text).to_owned())
    }
}

//! The table of rules: one line registers one rule.

use crate::Rule;

mod acronym_context;
mod casing_institution;
mod casing_korean_name;
mod casing_month;
mod casing_office;
mod cyrillic_word;
mod letter_label;
mod name_bare;
mod name_ending;
mod name_first;
mod name_genitive;
mod name_given;
mod name_outlet;
mod name_small;
mod name_tail;
mod organisation_spelling;
mod residue_unknown;
mod residue_year;
mod sense_collocation;
mod translit_word;
mod typography_attribution;
mod typography_comma;
mod typography_detached_quote;
mod typography_stops;

/// Every rule. The order has no meaning.
pub const RULES: &[&Rule] = &[
    &acronym_context::RULE,
    &casing_institution::RULE,
    &casing_korean_name::RULE,
    &casing_month::RULE,
    &casing_office::RULE,
    &cyrillic_word::RULE,
    &letter_label::RULE,
    &name_bare::RULE,
    &name_ending::RULE,
    &name_given::RULE,
    &name_outlet::RULE,
    &name_first::RULE,
    &name_small::RULE,
    &name_tail::RULE,
    &name_genitive::RULE,
    &organisation_spelling::RULE,
    &residue_unknown::RULE,
    &residue_year::RULE,
    &sense_collocation::RULE,
    &translit_word::RULE,
    &typography_attribution::RULE,
    &typography_comma::RULE,
    &typography_detached_quote::RULE,
    &typography_stops::RULE,
];

// A rule's number is a bit of a 64-bit mask.
const _: () = assert!(RULES.len() <= 64, "the trigger masks have 64 bits");

//! The table of rules: one line registers one rule.

use crate::Rule;

mod acronym_context;
mod acronym_document;
mod casing_aircraft;
mod casing_all_capitals;
mod casing_complement;
mod casing_institution;
mod casing_korean_name;
mod casing_lone_capital;
mod casing_month;
mod casing_office;
mod casing_prefix;
mod casing_small_name;
mod casing_surname;
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
mod organisation_calque;
mod organisation_spelling;
mod residue_unknown;
mod residue_year;
mod sense_collocation;
mod translit_word;
mod typography_attribution;
mod typography_comma;
mod typography_comma_dash;
mod typography_detached_quote;
mod typography_dialogue_dash;
mod typography_end_quote;
mod typography_inverted_quotes;
mod typography_lone_quote;
mod typography_mojibake;
mod typography_spaced_mark;
mod typography_stops;
mod typography_swapped_quotes;

/// The rule whose findings tell nothing of who wrote a text, but of how it was stored.
pub(crate) const MOJIBAKE: &str = typography_mojibake::RULE.id;

/// Every rule. The order has no meaning.
pub const RULES: &[&Rule] = &[
    &acronym_context::RULE,
    &acronym_document::RULE,
    &casing_aircraft::RULE,
    &casing_all_capitals::RULE,
    &casing_complement::RULE,
    &casing_institution::RULE,
    &casing_korean_name::RULE,
    &casing_lone_capital::RULE,
    &casing_month::RULE,
    &casing_office::RULE,
    &casing_prefix::RULE,
    &casing_small_name::RULE,
    &casing_surname::RULE,
    &cyrillic_word::RULE,
    &letter_label::RULE,
    &name_bare::RULE,
    &name_ending::RULE,
    &name_first::RULE,
    &name_genitive::RULE,
    &name_given::RULE,
    &name_outlet::RULE,
    &name_small::RULE,
    &name_tail::RULE,
    &organisation_calque::RULE,
    &organisation_spelling::RULE,
    &residue_unknown::RULE,
    &residue_year::RULE,
    &sense_collocation::RULE,
    &translit_word::RULE,
    &typography_attribution::RULE,
    &typography_comma::RULE,
    &typography_comma_dash::RULE,
    &typography_detached_quote::RULE,
    &typography_dialogue_dash::RULE,
    &typography_end_quote::RULE,
    &typography_inverted_quotes::RULE,
    &typography_lone_quote::RULE,
    &typography_mojibake::RULE,
    &typography_spaced_mark::RULE,
    &typography_stops::RULE,
    &typography_swapped_quotes::RULE,
];

// A rule's number is a bit of a 64-bit mask.
const _: () = assert!(RULES.len() <= 64, "the trigger masks have 64 bits");

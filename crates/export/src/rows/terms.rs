use crate::columns::{Arrays, fit64, shared};
use arrow::array::{Float64Array, Int64Array, LargeStringArray};
use decalque_text::CorpusTerm;

/// The arrays of `terms`, in the order of its columns.
pub(crate) fn terms(terms: &[CorpusTerm]) -> Arrays {
    let strings =
        |of: fn(&CorpusTerm) -> &str| shared(LargeStringArray::from_iter_values(terms.iter().map(of)));
    let counts =
        |of: fn(&CorpusTerm) -> u64| shared(Int64Array::from_iter_values(terms.iter().map(of).map(fit64)));
    Ok(vec![
        strings(|t| &t.surface),
        strings(|t| &t.norm),
        counts(|t| t.n_docs),
        counts(|t| t.count),
        shared(Float64Array::from_iter_values(terms.iter().map(|t| t.keyness))),
        strings(|t| &t.key_doc),
    ])
}

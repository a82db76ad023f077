use crate::columns::{Arrays, fit64, list, shared};
use crate::schema::group_fields;
use arrow::array::{ArrayRef, Float64Array, Int64Array, LargeStringArray, StringArray};
use arrow::error::ArrowError;
use decalque_text::{CorpusTerm, GroupCount};

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
        groups(terms, "source", |t| &t.sources)?,
        groups(terms, "month", |t| &t.months)?,
    ])
}

/// The groups of each term, as a list of structs.
fn groups(
    terms: &[CorpusTerm],
    name: &str,
    of: fn(&CorpusTerm) -> &[GroupCount],
) -> Result<ArrayRef, ArrowError> {
    let all = || terms.iter().flat_map(of);
    let names: Vec<&str> = all().map(|g| &*g.group).collect();
    let columns = vec![
        shared(StringArray::from(names)),
        shared(Int64Array::from_iter_values(all().map(|g| fit64(g.n_docs)))),
        shared(Int64Array::from_iter_values(all().map(|g| fit64(g.count)))),
        shared(Float64Array::from_iter_values(all().map(|g| g.keyness))),
    ];
    list(group_fields(name), columns, terms.iter().map(|t| of(t).len()))
}

use crate::columns::{Arrays, fit64, list, shared};
use crate::schema::variant_fields;
use arrow::array::{ArrayRef, Int64Array, LargeStringArray, StringArray};
use arrow::error::ArrowError;
use decalque_text::Entity;

/// The arrays of `entities`, in the order of its columns.
pub(crate) fn entities(entities: &[Entity]) -> Arrays {
    let strings =
        |of: fn(&Entity) -> &str| shared(LargeStringArray::from_iter_values(entities.iter().map(of)));
    let counts =
        |of: fn(&Entity) -> u64| shared(Int64Array::from_iter_values(entities.iter().map(of).map(fit64)));
    Ok(vec![
        strings(|e| &e.entity_id),
        strings(|e| &e.name),
        shared(StringArray::from_iter_values(entities.iter().map(|e| e.kind.name()))),
        counts(|e| e.n_mentions),
        counts(|e| e.n_docs),
        variants(entities)?,
    ])
}

/// The spellings of each entity, as a list of structs.
fn variants(entities: &[Entity]) -> Result<ArrayRef, ArrowError> {
    let all = || entities.iter().flat_map(|e| &e.variants);
    let surfaces: Vec<&str> = all().map(|(surface, _)| surface.as_str()).collect();
    let columns = vec![
        shared(StringArray::from(surfaces)),
        shared(Int64Array::from_iter_values(all().map(|(_, n)| fit64(*n)))),
    ];
    list(variant_fields(), columns, entities.iter().map(|e| e.variants.len()))
}

//! Evidence in a binary cell: a line that says what it is, the facts, and a hash of both.

use super::input::found;
use crate::{Error, frame};

use arrow::array::AsArray;
use arrow::array::{Array, ArrayRef, BinaryArray, LargeBinaryArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Schema};
use decalque_evidence::{Gathered, Snapshot};
use std::sync::Arc;

/// The column.
const EVIDENCE: &str = "evidence";
/// First bytes of a cell. Other versions may cut words or repair otherwise: what they gathered does not fit.
const MAGIC: &[u8] = concat!("decalque evidence, ", env!("CARGO_PKG_VERSION"), "\n").as_bytes();
/// Most bytes of a binary cell.
const MOST: usize = i32::MAX as usize;

/// One row with this evidence.
pub(super) fn record(gathered: Gathered) -> Result<RecordBatch, Error> {
    let mut cell = Vec::new();
    let written = frame::write(MAGIC, &gathered.snapshot(), &mut cell);
    written.map_err(|e| Error::EvidenceCell(format!("cannot be written: {e}")))?;
    if cell.len() > MOST {
        let reason =
            format!("takes {} bytes, and a cell holds {MOST}: `decalque run` has no such limit", cell.len());
        return Err(Error::EvidenceCell(reason));
    }
    let schema = Schema::new(vec![Field::new(EVIDENCE, DataType::Binary, false)]);
    let column: ArrayRef = Arc::new(BinaryArray::from_vec(vec![&cell]));
    let record = RecordBatch::try_new(Arc::new(schema), vec![column]);
    record.map_err(|e| Error::EvidenceCell(format!("cannot be written: {e}")))
}

/// The evidence of all rows together.
pub(super) fn merged(batch: &RecordBatch) -> Result<Gathered, Error> {
    let (cells, mut all) = (cells(batch)?, Gathered::default());
    for i in 0..cells.len() {
        let snapshot = if cells.is_valid(i) { frame::read(MAGIC, cells.value(i)) } else { None };
        let snapshot: Snapshot = snapshot.ok_or_else(|| not_ours(i))?;
        all.merge(snapshot.into());
    }
    Ok(all)
}

fn not_ours(row: usize) -> Error {
    let version = env!("CARGO_PKG_VERSION");
    Error::EvidenceCell(format!(
        "in row {row}, counted from 0, is damaged, or none that batch::evidence of version {version} made: gather it anew"
    ))
}

fn cells(batch: &RecordBatch) -> Result<LargeBinaryArray, Error> {
    let array = batch.column(found(batch, EVIDENCE)?);
    let wrong = |reason: String| Error::Column { name: EVIDENCE.to_owned(), reason };
    if !array.data_type().is_binary() {
        return Err(wrong(format!("holds {}; it must hold what batch::evidence made", array.data_type())));
    }
    let cast = cast(array, &DataType::LargeBinary).map_err(|e| wrong(format!("cannot be read: {e}")))?;
    Ok(cast.as_binary_opt().cloned().unwrap_or_else(|| LargeBinaryArray::new_null(array.len())))
}

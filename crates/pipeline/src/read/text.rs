//! Plain text: the file is the document.

use super::{Loaded, Place, Reader, decode::decode, size};
use crate::files::File;

/// One document a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlainText;

impl Reader for PlainText {
    fn index(&self, file: &File) -> Result<Vec<Place>, String> {
        Ok(vec![Place { record: None, offset: 0, bytes: size(file)? }])
    }

    fn load(&self, bytes: &[u8]) -> Result<Loaded, String> {
        let d = decode(bytes)?;
        Ok(Loaded { text: d.text, encoding: d.encoding, note: d.note, ..Loaded::default() })
    }
}

//! Plain text: the file is the document.

use super::Loaded;
use super::decode::decode;
use encoding_rs::Encoding;

pub(crate) fn load(bytes: &[u8]) -> Result<Loaded, String> {
    load_declared(bytes, None)
}

/// A text whose carrier declares its encoding.
pub(crate) fn load_declared(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<Loaded, String> {
    let d = decode(bytes, declared)?;
    Ok(Loaded { text: d.text, encoding: d.encoding, note: d.note, ..Loaded::default() })
}

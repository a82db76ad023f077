//! Numbers and strings as bytes, small numbers in few: what the records of terms and packed documents are made of.
//!
//! The bytes are those postcard would write. Here they are written and read one number at a time, without a type for the
//! whole: strings are borrowed from the vocabulary, and from the record.

/// Append a number, seven bits a byte, the lowest first (LEB128).
pub(crate) fn put(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Append a string behind its length.
pub(crate) fn put_text(out: &mut Vec<u8>, text: &str) {
    put(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// Reads what was written so; none where the bytes end too early or are no such thing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    #[inline]
    pub(crate) fn number(&mut self) -> Option<u64> {
        let (mut n, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            // Of a tenth byte one bit is left.
            if shift > 63 || shift == 63 && byte > 1 {
                return None;
            }
            n |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(n);
            }
            shift += 7;
        }
    }

    #[inline]
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    /// A number that fits.
    #[inline]
    pub(crate) fn small<T: TryFrom<u64>>(&mut self) -> Option<T> {
        self.number()?.try_into().ok()
    }

    /// What stands behind its length.
    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.small()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    pub(crate) fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_put_is_read(numbers in prop::collection::vec(any::<u64>(), 0..9), text in ".{0,200}", least in 0u32..64) {
            let mut out = Vec::new();
            numbers.iter().for_each(|&n| put(&mut out, n >> least));
            put_text(&mut out, &text);
            let mut bytes = Reader(&out);
            for n in numbers {
                prop_assert_eq!(bytes.number(), Some(n >> least));
            }
            prop_assert_eq!(bytes.text(), Some(text.as_str()));
            prop_assert!(bytes.0.is_empty());
            prop_assert_eq!(bytes.number(), None);
        }

        #[test]
        fn any_bytes_are_read_or_not(bytes in prop::collection::vec(any::<u8>(), 0..30)) {
            let mut bytes = Reader(&bytes);
            while bytes.text().is_some() || bytes.number().is_some() {}
        }
    }
}

//! Numbers and strings as bytes, small numbers in few: what the records of terms and packed documents are made of.
//!
//! The bytes are those postcard would write. Here they are written and read one number at a time, without a type for the
//! whole: strings are borrowed from the vocabulary, and from the record.

/// Append a number, seven bits a byte, the lowest first (LEB128).
#[inline]
pub(crate) fn put(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Append bytes behind their length.
pub(crate) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Append a string behind its length.
pub(crate) fn put_text(out: &mut Vec<u8>, text: &str) {
    put_bytes(out, text.as_bytes());
}

/// Append a number as it is.
pub(crate) fn put_float(out: &mut Vec<u8>, n: f64) {
    out.extend_from_slice(&n.to_le_bytes());
}

/// Append a list behind its length.
pub(crate) fn put_list<T>(
    out: &mut Vec<u8>,
    list: impl ExactSizeIterator<Item = T>,
    mut put_item: impl FnMut(&mut Vec<u8>, T),
) {
    put(out, list.len() as u64);
    list.for_each(|item| put_item(out, item));
}

/// Reads what was written so; none where the bytes end too early or are no such thing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    #[inline]
    pub(crate) fn number(&mut self) -> Option<u64> {
        match self.0.split_first() {
            Some((&byte, rest)) if byte < 0x80 => {
                self.0 = rest;
                Some(byte.into())
            }
            _ => self.long(),
        }
    }

    /// A number of several bytes.
    fn long(&mut self) -> Option<u64> {
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

    pub(crate) fn float(&mut self) -> Option<f64> {
        let (&bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(f64::from_le_bytes(bytes))
    }

    pub(crate) fn list<T, L: FromIterator<T>>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<L> {
        (0..self.number()?).map(|_| item(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_put_is_read(numbers in prop::collection::vec(any::<u64>(), 0..9), text in ".{0,200}", least in 0u32..64, floats in prop::collection::vec(any::<f64>(), 0..9)) {
            let mut out = Vec::new();
            numbers.iter().for_each(|&n| put(&mut out, n >> least));
            put_text(&mut out, &text);
            put_list(&mut out, floats.iter(), |out, &n| put_float(out, n));
            let mut bytes = Reader(&out);
            for n in numbers {
                prop_assert_eq!(bytes.number(), Some(n >> least));
            }
            prop_assert_eq!(bytes.text(), Some(text.as_str()));
            prop_assert_eq!(bytes.list::<f64, Vec<f64>>(Reader::float), Some(floats));
            prop_assert!(bytes.0.is_empty());
            prop_assert_eq!((bytes.number(), bytes.float()), (None, None));
        }

        #[test]
        fn any_bytes_are_read_or_not(bytes in prop::collection::vec(any::<u8>(), 0..30)) {
            let mut bytes = Reader(&bytes);
            while bytes.text().is_some() || bytes.number().is_some() {}
        }
    }
}

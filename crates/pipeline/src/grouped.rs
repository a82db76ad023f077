//! Items by small numbers, without hashing or comparing: a counting sort.

/// Items by number, each number's in the order they came.
#[derive(Debug)]
pub(crate) struct Grouped<T> {
    /// Where each number's items end.
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy + Default> Grouped<T> {
    /// Of items with numbers below `n`; others are left out.
    pub(crate) fn of(n: usize, items: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut ends = vec![0u32; n];
        for (number, _) in items.clone() {
            if let Some(count) = ends.get_mut(number as usize) {
                *count += 1;
            }
        }
        let mut all = 0;
        for end in &mut ends {
            // Where they begin; what is put there moves it to the end.
            all += std::mem::replace(end, all);
        }
        let mut this = Self { ends, items: vec![T::default(); all as usize] };
        items.for_each(|(number, item)| this.put(number, item));
        this
    }

    fn put(&mut self, number: u32, item: T) {
        let Some(at) = self.ends.get_mut(number as usize) else { return };
        if let Some(place) = self.items.get_mut(*at as usize) {
            *place = item;
        }
        *at += 1;
    }

    /// The items of a number.
    pub(crate) fn get(&self, number: u32) -> &[T] {
        let number = number as usize;
        let start =
            number.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |&at| at as usize);
        let end = self.ends.get(number).map_or(start, |&at| at as usize);
        self.items.get(start..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_number_has_its_items_in_their_order(items in prop::collection::vec((0u32..9, any::<u16>()), 0..60)) {
            let all = Grouped::of(7, items.iter().copied());
            for number in 0..9 {
                let own = items.iter().filter(|i| i.0 == number && number < 7).map(|i| i.1);
                prop_assert_eq!(all.get(number).to_vec(), own.collect::<Vec<_>>());
            }
        }
    }
}

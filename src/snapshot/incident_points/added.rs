//! The drawn incidents of an overlay: found by tile, without an order of their own.
//!
//! In: incidents that came since the base was laid down. Out: those in a run of deepest tiles. Few, so each change copies
//! the list.

use std::ops::Range;

use crate::domain::incident::IncidentRow;

/// The drawn rows of an overlay.
#[derive(Debug, Clone, Default)]
pub(super) struct AddedPoints {
    /// Keys of deepest tiles with a row in each, ascending.
    by_key: Vec<KeyedRow>,
    /// Whether each row of the overlay is drawn, those that went too.
    is_drawn: Vec<bool>,
}

/// A row and the deepest tile that it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct KeyedRow {
    key: u32,
    row: IncidentRow,
}

impl AddedPoints {
    /// The same without some rows, which ascend, and with others behind all: so many, of which the first have keys.
    pub(super) fn changed(&self, outdated: &[IncidentRow], new: Range<usize>, keys: &[u32]) -> Self {
        let kept = self.by_key.iter().filter(|known| outdated.binary_search(&known.row).is_err());
        let rows = new.clone().map(IncidentRow::new);
        let drawn = keys.iter().zip(rows).map(|(key, row)| KeyedRow { key: *key, row });
        let mut by_key: Vec<KeyedRow> = kept.copied().chain(drawn).collect();
        by_key.sort();
        let mut is_drawn = self.is_drawn.clone();
        is_drawn.extend((0..new.len()).map(|row| row < keys.len()));
        Self { by_key, is_drawn }
    }

    /// The rows in the deepest tiles of some keys.
    pub(super) fn of_keys(&self, keys: Range<u64>) -> impl Iterator<Item = IncidentRow> + '_ {
        let place = |bound: u64| self.by_key.partition_point(|known| u64::from(known.key) < bound);
        self.by_key[place(keys.start)..place(keys.end)].iter().map(|known| known.row)
    }

    /// All rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = IncidentRow> + '_ {
        self.by_key.iter().map(|known| known.row)
    }

    /// Whether a row of the overlay, by its number there, is drawn.
    pub(super) fn is_drawn(&self, number: usize) -> bool {
        self.is_drawn.get(number).copied().unwrap_or(false)
    }

    /// The memory they take.
    pub(super) fn bytes(&self) -> usize {
        size_of::<KeyedRow>() * self.by_key.capacity() + self.is_drawn.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(numbers: &[usize]) -> Vec<IncidentRow> {
        numbers.iter().copied().map(IncidentRow::new).collect()
    }

    #[test]
    fn rows_are_found_by_their_tiles_until_they_go() {
        let none = AddedPoints::default();
        assert_eq!((none.rows().count(), none.is_drawn(0)), (0, false));
        // Three rows behind ten others; the last of them is not drawn.
        let three = none.changed(&[], 10..13, &[7, 5]);
        assert_eq!(three.of_keys(5..7).collect::<Vec<_>>(), rows(&[11]));
        assert_eq!(three.of_keys(0..99).collect::<Vec<_>>(), rows(&[11, 10]));
        assert_eq!([0, 1, 2, 3].map(|row| three.is_drawn(row)), [true, true, false, false]);
        let other = three.changed(&rows(&[11]), 13..14, &[6]);
        assert_eq!(other.of_keys(0..99).collect::<Vec<_>>(), rows(&[13, 10]));
        assert!(other.bytes() > 0);
    }
}

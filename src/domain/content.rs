//! What rows say, as one number that a change moves without reading the others.
//!
//! In: rows as text, each with the name of its table. Out: digests that can be added and taken away, so that the digest
//! of a store is kept up to date by every write, and the same rows in any order give the same one. They name states of
//! the data and find damage; they withstand accidents, not somebody who looks for rows of equal sums.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// The digest of some rows: the sum of the hashes of all of them, so that their order does not matter.
///
/// # Reference
/// M. Bellare and D. Micciancio, A New Paradigm for Collision-Free Hashing: Incrementality at Reduced Cost, 1997:
/// hashes that are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RowDigest(u128);

impl RowDigest {
    /// That of one row of a table.
    pub fn of_row(table: &str, row: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(table.as_bytes());
        hash.update([0]);
        hash.update(row.as_bytes());
        Self(hash.finalize().first_chunk().map_or(0, |bytes| u128::from_le_bytes(*bytes)))
    }

    /// The digest that was stored as bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_le_bytes(bytes))
    }

    /// Its bytes, as they are stored.
    pub fn to_bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    /// That of these rows and of others.
    #[must_use]
    pub fn with(self, others: Self) -> Self {
        Self(self.0.wrapping_add(others.0))
    }

    /// That of these rows without some of them.
    #[must_use]
    pub fn without(self, some: Self) -> Self {
        Self(self.0.wrapping_sub(some.0))
    }
}

impl fmt::Display for RowDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The digest of all that a store holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ContentDigest {
    /// That of the incidents.
    pub incidents: RowDigest,
    /// That of everything else, which the public is shown as it is.
    pub open: RowDigest,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn digest<'a>(rows: impl IntoIterator<Item = &'a String>) -> RowDigest {
        rows.into_iter().map(|row| RowDigest::of_row("t", row)).fold(RowDigest::default(), RowDigest::with)
    }

    #[test]
    fn a_row_is_told_by_its_table_and_its_text() {
        let one = RowDigest::of_row("t", "a");
        assert_ne!(one, RowDigest::of_row("ta", ""));
        assert_ne!(one, RowDigest::of_row("t", "b"));
        assert_eq!(RowDigest::from_bytes(one.to_bytes()), one);
        assert_eq!(digest(&[]), RowDigest::default());
    }

    #[test]
    fn a_row_that_stands_twice_counts_twice() {
        let row = "x".to_owned();
        assert_ne!(digest([&row, &row]), RowDigest::default());
        assert_ne!(digest([&row, &row]), digest([&row]));
    }

    proptest! {
        #[test]
        fn any_order_gives_the_same_and_what_was_added_can_be_taken_away(
            mut rows in prop::collection::vec("[a-z]{0,4}", 0..20), more in prop::collection::vec("[a-z]{0,4}", 0..20),
        ) {
            let before = digest(&rows);
            prop_assert_eq!(before.with(digest(&more)).without(digest(&more)), before);
            rows.reverse();
            prop_assert_eq!(digest(&rows), before);
        }
    }
}

//! What a source says nothing about: fields of records that stay as they are stored.
//!
//! A file that lacks a column, or has a blank cell in it, does not say that the value is none. Each kind of record
//! numbers its fields; a [`FieldSet`] holds their numbers, [`UnsaidFields`] their names with the set of each record of
//! a batch.

/// Fields of one record by their numbers, up to 32.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct FieldSet(u32);

impl FieldSet {
    /// The set with one more field.
    #[must_use]
    pub fn with(self, field: usize) -> Self {
        debug_assert!(field < 32, "no kind of record has as many fields");
        Self(self.0 | 1 << (field & 31))
    }

    /// The set without a field.
    #[must_use]
    pub fn without(self, field: usize) -> Self {
        Self(self.0 & !(1 << (field & 31)))
    }

    /// Whether a field is in it.
    pub fn contains(self, field: usize) -> bool {
        self.0 >> (field & 31) & 1 == 1
    }

    /// The fields that are in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl<T: Into<usize>> FromIterator<T> for FieldSet {
    fn from_iter<I: IntoIterator<Item = T>>(fields: I) -> Self {
        fields.into_iter().fold(Self::default(), |set, field| set.with(field.into()))
    }
}

/// What is unsaid of each record of a batch.
#[derive(Debug, Clone, Copy)]
pub struct UnsaidFields<'a> {
    /// The names of the fields, by their numbers.
    pub names: &'a [&'static str],
    /// The set of each record, in their order.
    pub sets: &'a [FieldSet],
}

impl UnsaidFields<'_> {
    /// Everything is said.
    pub const NONE: Self = Self { names: &[], sets: &[] };

    /// Whether a field of a set has a name.
    pub fn has(self, set: FieldSet, name: &str) -> bool {
        self.names.iter().position(|known| *known == name).is_some_and(|field| set.contains(field))
    }

    /// The set of a record of the batch.
    pub fn of(self, record: usize) -> FieldSet {
        self.sets.get(record).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_what_was_put_in() {
        let set: FieldSet = [0_usize, 5, 31].into_iter().collect();
        assert!(set.contains(0) && set.contains(5) && set.contains(31) && !set.contains(1));
        assert!(!set.without(5).contains(5));
        assert_eq!(set.and([5_usize, 6].into_iter().collect()), FieldSet::default().with(5));
    }

    #[test]
    fn names_find_their_fields() {
        let sets = [FieldSet::default().with(1)];
        let unsaid = UnsaidFields { names: &["id", "status"], sets: &sets };
        assert!(unsaid.has(unsaid.of(0), "status") && !unsaid.has(unsaid.of(0), "id"));
        assert!(!unsaid.has(unsaid.of(9), "status") && !UnsaidFields::NONE.has(sets[0], "status"));
    }
}

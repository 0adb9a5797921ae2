//! Which attributes of areas a tile carries: those of its layers, less those that were not requested.
//!
//! The parameter `properties` of a tile names them, as OGC API – Features, part 6, names the properties of
//! an answer. The fewer there are, the smaller the tile; and where all of them rest on counts, no area
//! outside the tile is evaluated.

use std::sync::LazyLock;

use super::layers::{AREA_ATTRIBUTES, Attribute, AttributeSource};

/// A set of attributes of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Selection(u64);

/// The attributes that the boundaries alone decide.
static FIXED: LazyLock<Selection> =
    LazyLock::new(|| Selection::of(|attribute| matches!(attribute.source, AttributeSource::Shape(_))));

/// A name that no attribute has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no attribute of an area is called {0:?}")]
pub struct UnknownProperty(pub String);

const _: () = assert!(AREA_ATTRIBUTES.len() <= 64, "a selection has one bit for each attribute");

impl Selection {
    /// No attribute.
    pub const NONE: Self = Self(0);

    /// Every attribute.
    pub const ALL: Self = Self(u64::MAX >> (64 - AREA_ATTRIBUTES.len()));

    /// The attributes of a list of names, separated by commas.
    ///
    /// # Errors
    /// When a name is none of the table.
    ///
    /// # Example
    /// ```
    /// use binhyen::tile::selection::Selection;
    /// let asked: Selection = Selection::listed("rate,incidents").unwrap();
    /// assert_eq!(asked.names(), ["incidents", "rate"]);
    /// assert!(Selection::listed("height").is_err());
    /// ```
    pub fn listed(names: &str) -> Result<Self, UnknownProperty> {
        names.split(',').try_fold(Self::NONE, |found, name| {
            let index = AREA_ATTRIBUTES.iter().position(|attribute| attribute.name == name);
            index.map(|index| found.with(index)).ok_or_else(|| UnknownProperty(name.to_owned()))
        })
    }

    /// The attributes for which something holds.
    pub(super) fn of(holds: impl Fn(&Attribute) -> bool) -> Self {
        let indices = AREA_ATTRIBUTES.iter().enumerate().filter(|(_, attribute)| holds(attribute));
        indices.fold(Self::NONE, |found, (index, _)| found.with(index))
    }

    /// The attributes of this table that the boundaries alone decide.
    pub(super) fn fixed(self) -> Self {
        self.and(*FIXED)
    }

    /// The attributes that depend on the filter.
    pub(super) fn varying(self) -> Self {
        Self(self.0 & !self.fixed().0)
    }

    /// Whether counts of single areas are enough for all of them.
    pub fn rests_on_counts(self) -> bool {
        self.attributes().all(|attribute| !matches!(attribute.source, AttributeSource::Assessment(_)))
    }

    /// The attributes in both selections.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    #[must_use]
    fn with(self, index: usize) -> Self {
        Self(self.0 | 1 << index)
    }

    /// The attributes in the order of the table.
    pub fn attributes(self) -> impl Iterator<Item = &'static Attribute> {
        self.indices().map(|index| &AREA_ATTRIBUTES[index])
    }

    /// The indices of the attributes in the table.
    pub(super) fn indices(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let index = rest.trailing_zeros() as usize;
            rest &= rest.wrapping_sub(1);
            (index < 64).then_some(index)
        })
    }

    /// The names in the order of the table.
    pub fn names(self) -> Vec<&'static str> {
        self.attributes().map(|attribute| attribute.name).collect()
    }

    /// The bits that stand for the attributes.
    pub(super) fn bits(self) -> u64 {
        self.0
    }

    /// The selection of bits that stand for present attributes.
    pub(super) fn from_bits(bits: u64) -> Self {
        Self(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_any_order_give_one_selection() {
        assert_eq!(Selection::listed("rate,incidents"), Selection::listed("incidents,rate,rate"));
        assert_eq!(Selection::listed("").unwrap_err(), UnknownProperty(String::new()));
    }

    #[test]
    fn every_attribute_is_fixed_or_varies() {
        assert_eq!(Selection::ALL.names().len(), AREA_ATTRIBUTES.len());
        assert_eq!(Selection::ALL.fixed().names(), ["code", "name", "level", "parent", "area_km2"]);
        let varying = Selection::ALL.varying().names().len();
        assert_eq!(varying + 5, AREA_ATTRIBUTES.len());
        assert!(Selection::NONE.names().is_empty());
    }

    #[test]
    fn counts_are_enough_for_counts_and_shapes_alone() {
        assert!(Selection::listed("code,incidents,rate,population").unwrap().rests_on_counts());
        assert!(!Selection::listed("incidents,grade").unwrap().rests_on_counts());
    }
}

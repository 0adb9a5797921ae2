//! Which attributes of areas a tile carries: those of its layers, less those that were not requested.
//!
//! The parameter `properties` of a tile names them, as OGC API – Features, part 6, names the properties of
//! an answer. The fewer there are, the smaller the tile; and where all of them rest on counts, no area
//! outside the tile is evaluated.

use std::sync::LazyLock;

use super::{AREA_ATTRIBUTES, AreaAttribute, Attribute, ValueSource};
use crate::domain::role::Role;

/// A set of attributes of areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Selection(u64);

/// The attributes that the boundaries alone decide.
static FIXED: LazyLock<Selection> =
    LazyLock::new(|| Selection::of(|attribute| attribute.source == ValueSource::Boundaries));

/// The attributes that each role may have, in the order of the roles.
static VISIBLE: LazyLock<[Selection; Role::ALL.len()]> =
    LazyLock::new(|| Role::ALL.map(|role| Selection::of(|attribute| attribute.is_for(role))));

/// A name that no attribute has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no attribute of an area is called {0:?}")]
pub struct UnknownProperty(pub String);

const _: () = assert!(AREA_ATTRIBUTES.len() <= 64, "a selection has one bit for each attribute");

impl Selection {
    /// No attribute.
    pub const NONE: Self = Self(0);

    /// Every attribute that tiles carry.
    pub const ALL: Self = Self::in_tiles();

    const fn in_tiles() -> Self {
        let (mut bits, mut index) = (0, 0);
        while index < AREA_ATTRIBUTES.len() {
            if AREA_ATTRIBUTES[index].carrier.is_in_tiles() {
                bits |= 1 << index;
            }
            index += 1;
        }
        Self(bits)
    }

    /// The attributes of a list of names, separated by commas, of those that are offered.
    ///
    /// # Errors
    /// When a name is none of these.
    ///
    /// # Example
    /// ```
    /// use binhyen::attributes::Selection;
    /// let selection: Selection = Selection::listed("rate,incidents", Selection::ALL).unwrap();
    /// assert_eq!(selection.names(), ["incidents", "rate"]);
    /// assert!(Selection::listed("height", Selection::ALL).is_err());
    /// ```
    pub fn listed(names: &str, offered: Self) -> Result<Self, UnknownProperty> {
        names.split(',').try_fold(Self::NONE, |found, name| {
            let index = offered.indices().find(|index| AREA_ATTRIBUTES[*index].name == name);
            index.map(|index| found.with(index)).ok_or_else(|| UnknownProperty(name.to_owned()))
        })
    }

    /// The attributes in tiles for which something holds.
    pub fn of(holds: impl Fn(&Attribute<AreaAttribute>) -> bool) -> Self {
        let held = Self::ALL.indices().filter(|index| holds(&AREA_ATTRIBUTES[*index]));
        held.fold(Self::NONE, Self::with)
    }

    /// Those that the boundaries alone decide.
    #[must_use]
    pub fn fixed(self) -> Self {
        self.and(*FIXED)
    }

    /// Those that depend on the filter.
    #[must_use]
    pub fn varying(self) -> Self {
        Self(self.0 & !self.fixed().0)
    }

    /// Whether counts of single areas are enough for all of them.
    pub fn rests_on_counts(self) -> bool {
        self.attributes().all(|attribute| attribute.source != ValueSource::Assessment)
    }

    /// Those that a role may have.
    #[must_use]
    pub fn visible_to(self, role: Role) -> Self {
        self.and(VISIBLE[role as usize])
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
    pub fn attributes(self) -> impl Iterator<Item = &'static Attribute<AreaAttribute>> {
        self.indices().map(|index| &AREA_ATTRIBUTES[index])
    }

    /// The indices of the attributes in the table.
    pub fn indices(self) -> impl Iterator<Item = usize> {
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
    pub fn bits(self) -> u64 {
        self.0
    }

    /// The selection of bits that stand for present attributes.
    pub fn from_bits(bits: u64) -> Self {
        Self(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(names: &str) -> Result<Selection, UnknownProperty> {
        Selection::listed(names, Selection::ALL)
    }

    #[test]
    fn names_in_any_order_give_one_selection() {
        assert_eq!(listed("rate,incidents"), listed("incidents,rate,rate"));
        assert_eq!(listed("").unwrap_err(), UnknownProperty(String::new()));
        let offered = listed("rate").unwrap();
        assert_eq!(Selection::listed("rate,incidents", offered).unwrap_err(), UnknownProperty("incidents".to_owned()));
    }

    #[test]
    fn every_attribute_is_fixed_or_varies() {
        let in_tiles = AREA_ATTRIBUTES.iter().filter(|attribute| attribute.carrier.is_in_tiles()).count();
        assert_eq!(Selection::ALL.names().len(), in_tiles);
        assert_eq!(Selection::ALL.fixed().names(), ["code", "name", "level", "parent", "area_km2"]);
        let varying = Selection::ALL.varying().names().len();
        assert_eq!(varying + 5, in_tiles);
        assert!(Selection::NONE.names().is_empty());
    }

    #[test]
    fn what_tiles_do_not_carry_cannot_be_chosen() {
        assert_eq!(listed("withheld").unwrap_err(), UnknownProperty("withheld".to_owned()));
    }

    #[test]
    fn public_gets_no_attribute_of_planners() {
        let public = Selection::ALL.visible_to(Role::Public).names();
        assert!(public.contains(&"grade") && !public.contains(&"statutory_check"));
        assert_eq!(Selection::ALL.visible_to(Role::Planner), Selection::ALL);
    }

    #[test]
    fn counts_are_enough_for_counts_and_shapes_alone() {
        assert!(listed("code,incidents,rate,population").unwrap().rests_on_counts());
        assert!(!listed("incidents,grade").unwrap().rests_on_counts());
    }
}

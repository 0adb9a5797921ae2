//! Several releases read together.
//!
//! In: what the public read of each, the earliest first. Out: the union of it, to be attacked as one, and the counts that
//! were published more than once and not the same each time: the difference of two is a count of late reports.

use std::collections::BTreeMap;

use super::{PublishedCount, PublishedNumbers};
use crate::assessment::release::ReleasedWindowIndex;
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaIndex, Level};
use crate::domain::rules::scheme::ComponentIndex;

/// What several releases published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitedReleases {
    /// Every count, shown where any release showed it.
    pub numbers: PublishedNumbers,
    /// The counts that one release showed otherwise than another.
    pub changed: Vec<ChangedCount>,
}

/// A count that was published twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedCount {
    /// Where it stands, with what stood there first.
    pub cell: PublishedCount,
    /// What stood there later.
    pub later: u32,
}

type CellKey = (EditionId, Level, AreaIndex, ReleasedWindowIndex, Option<ComponentIndex>);

/// Reads several releases together. Windows are named by their index in the newest release.
pub fn united(releases: &[PublishedNumbers]) -> UnitedReleases {
    let mut cells: BTreeMap<CellKey, PublishedCount> = BTreeMap::new();
    let mut changed = Vec::new();
    for cell in releases.iter().flat_map(|release| &release.counts) {
        let key = (cell.area.edition, cell.area.level, cell.area.area_index, cell.window, cell.component);
        let known = cells.entry(key).or_insert_with(|| cell.clone());
        match known.count.zip(cell.count) {
            Some((first, later)) if first != later => changed.push(ChangedCount { cell: known.clone(), later }),
            _ => known.count = known.count.or(cell.count),
        }
    }
    UnitedReleases { numbers: PublishedNumbers { counts: cells.into_values().collect() }, changed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::release::AreaRef;

    fn numbers(counts: [Option<u32>; 2]) -> PublishedNumbers {
        let cell = |(index, count): (usize, Option<u32>)| PublishedCount {
            area: AreaRef {
                edition: "2025-01".parse().unwrap(),
                level: Level::Commune,
                area_index: AreaIndex::new(index),
            },
            window: ReleasedWindowIndex::new(0),
            component: None,
            count,
        };
        PublishedNumbers { counts: counts.into_iter().enumerate().map(cell).collect() }
    }

    #[test]
    fn what_any_release_showed_is_known_and_a_change_is_told() {
        let both = united(&[numbers([Some(9), None]), numbers([Some(10), Some(5)])]);
        let counts: Vec<Option<u32>> = both.numbers.counts.iter().map(|cell| cell.count).collect();
        assert_eq!(counts, [Some(9), Some(5)]);
        assert_eq!((both.changed.len(), both.changed[0].cell.count, both.changed[0].later), (1, Some(9), 10));
        let same = united(&[numbers([Some(9), None]), numbers([Some(9), None])]);
        assert!(same.changed.is_empty());
        assert!(united(&[]).numbers.counts.is_empty());
    }
}

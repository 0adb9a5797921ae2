//! What became of some incidents between two states, and columns after it.
//!
//! In: incidents as they were and as they are now; columns. Out: the change, and changes joined to one; the columns with
//! some rows taken out and others put in. Which order the rows stand in, and whether a change leads to the state that it
//! is said to lead to, is for the caller to know.

use std::collections::{BTreeMap, HashSet};

use foldhash::fast::RandomState;

use super::incident_columns::IncidentColumns;
use super::row_splice::RowSplice;
use super::{Incident, IncidentRow};
use crate::domain::area::AreaKey;
use crate::domain::content::RowDigest;

/// Incidents that went, came, or are other than they were. Each id stands at most once among those before, and at most
/// once among those now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IncidentChange {
    /// Those that went or were replaced, as they were.
    pub before: Vec<Incident>,
    /// Those that came or replace others, as they are now.
    pub current: Vec<Incident>,
}

/// A change that is committed, and the state that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommittedChange {
    /// The number of the commit.
    pub epoch: u64,
    /// What the commit drew.
    pub commit_id: u64,
    /// The digest of all incidents after it.
    pub incidents: RowDigest,
    /// What it changed.
    pub change: IncidentChange,
}

impl IncidentChange {
    /// The same without incidents that are as they were.
    #[must_use]
    pub fn without_repeats(self) -> Self {
        let Self { mut before, mut current } = self;
        before.sort_unstable_by(|one, other| one.id.cmp(&other.id));
        let was = |id: &str| before.binary_search_by(|known| known.id.as_str().cmp(id)).ok().map(|at| &before[at]);
        let repeated: Vec<bool> = current.iter().map(|incident| was(&incident.id) == Some(incident)).collect();
        let mut is_repeated = repeated.iter();
        let mut same: HashSet<String, RandomState> = HashSet::default();
        current.retain(|incident| {
            let repeats = is_repeated.next() == Some(&true);
            if repeats {
                same.insert(incident.id.clone());
            }
            !repeats
        });
        before.retain(|incident| !same.contains(&incident.id));
        Self { before, current }
    }

    /// This change and a later one as one.
    #[must_use]
    pub fn then(self, later: Self) -> Self {
        let keyed = |incidents: Vec<Incident>| -> BTreeMap<String, Incident> {
            incidents.into_iter().map(|incident| (incident.id.clone(), incident)).collect()
        };
        let (mut before, mut current) = (keyed(self.before), keyed(self.current));
        for incident in later.before {
            // What came and went again was not there before and is not now.
            if current.remove(&incident.id).is_none() {
                before.insert(incident.id.clone(), incident);
            }
        }
        current.extend(keyed(later.current));
        let both = Self { before: before.into_values().collect(), current: current.into_values().collect() };
        both.without_repeats()
    }

    /// How many rows it touches: those that went or those that came, whichever are more.
    pub fn len(&self) -> usize {
        self.before.len().max(self.current.len())
    }

    /// Whether everything is as it was.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl IncidentColumns {
    /// The rows of some ids, ascending; ids that no row has are left out.
    pub fn rows_of<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Vec<IncidentRow> {
        let ids: HashSet<&str, RandomState> = ids.collect();
        if ids.is_empty() { Vec::new() } else { self.ids.rows_of(&ids) }
    }

    /// The columns with some rows taken out and those of others put in.
    #[must_use]
    pub fn spliced(&self, new: &Self, splice: &RowSplice) -> Self {
        let (mut area_keys, mut index_of_area) = (self.area_keys.clone(), self.index_of_area.clone());
        let mut index_of = |key: &AreaKey| {
            *index_of_area.entry(key.clone()).or_insert_with(|| {
                area_keys.push(key.clone());
                area_keys.len() as i32 - 1
            })
        };
        let indices: Vec<i32> = new.area_keys.iter().map(&mut index_of).collect();
        let renumbered = |(row, location): (IncidentRow, &[i32; 2])| match new.area_number(row) {
            Some(number) => [location[0], indices[number]],
            None => *location,
        };
        let locations: Vec<[i32; 2]> = new.rows().zip(&new.locations).map(renumbered).collect();
        Self {
            ids: self.ids.spliced(&new.ids, splice),
            seconds_low: splice.spliced(&self.seconds_low, &new.seconds_low),
            seconds_high: self.spliced_high(new, splice),
            locations: splice.spliced(&self.locations, &locations),
            area_keys,
            index_of_area,
            categories: splice.spliced(&self.categories, &new.categories),
            severities: splice.spliced(&self.severities, &new.severities),
            statuses: splice.spliced(&self.statuses, &new.statuses),
            channels: splice.spliced(&self.channels, &new.channels),
            precisions: splice.spliced(&self.precisions, &new.precisions),
        }
    }

    /// The upper bits of the moments are there for all rows or for none.
    fn spliced_high(&self, new: &Self, splice: &RowSplice) -> Vec<i8> {
        let filled = |columns: &Self| match columns.seconds_high.as_slice() {
            [] => vec![0; columns.len()],
            high => high.to_vec(),
        };
        match (self.seconds_high.is_empty(), new.seconds_high.is_empty()) {
            (true, true) => Vec::new(),
            (false, false) => splice.spliced(&self.seconds_high, &new.seconds_high),
            _ => splice.spliced(&filled(self), &filled(new)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::area::Position;
    use crate::domain::incident::IncidentLocation;
    use crate::domain::incident::taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex};

    fn incident(id: &str, number: i64) -> Incident {
        let key = |code: i64| AreaKey { edition: "2025-07".parse().unwrap(), code: code.to_string().parse().unwrap() };
        Incident {
            id: id.to_owned(),
            // Every fifth moment needs the upper bits.
            unix_seconds: number * if number % 5 == 0 { 1_000_000_000 } else { 1_000 },
            location: match number % 3 {
                0 => IncidentLocation::Point(Position::from_e7(1_083_000_000 + number as i32, 155_000_000).unwrap()),
                1 => IncidentLocation::Area(key(20_335 + number % 4)),
                _ => IncidentLocation::Unknown,
            },
            category: CategoryIndex::new((number % 7) as u8),
            severity: Severity::new((number % 5 + 1) as u8).unwrap(),
            status: StatusIndex::new((number % 2) as u8),
            channel: ChannelIndex::new((number % 3) as u8),
            precision: PrecisionIndex::new((number % 4) as u8),
        }
    }

    fn columns(incidents: &[Incident]) -> IncidentColumns {
        let mut columns = IncidentColumns::default();
        for incident in incidents {
            columns.push(incident);
        }
        columns
    }

    fn all(columns: &IncidentColumns) -> Vec<Incident> {
        columns.rows().filter_map(|row| columns.at(row)).collect()
    }

    fn rows(numbers: &[usize]) -> Vec<IncidentRow> {
        numbers.iter().copied().map(IncidentRow::new).collect()
    }

    #[test]
    fn rows_are_found_by_id() {
        let long = "x".repeat(300);
        let columns = columns(&[incident("b", 1), incident("", 2), incident(&long, 3), incident("a", 4)]);
        assert_eq!(columns.rows_of(["a", "b", "c"].into_iter()), rows(&[0, 3]));
        assert_eq!(columns.rows_of(["", &long].into_iter()), rows(&[1, 2]));
        assert_eq!(columns.rows_of(std::iter::empty()), []);
        assert_eq!(IncidentColumns::default().rows_of(["a"].into_iter()), []);
    }

    #[test]
    fn an_incident_that_is_as_it_was_is_no_change() {
        let before = vec![incident("c", 3), incident("b", 2)];
        let current = vec![incident("b", 2), incident("c", 9), incident("d", 4)];
        let change = IncidentChange { before: before.clone(), current: current.clone() }.without_repeats();
        assert_eq!(change, IncidentChange { before: before[..1].to_vec(), current: current[1..].to_vec() });
        let none = IncidentChange { before: before[1..].to_vec(), current: current[..1].to_vec() }.without_repeats();
        assert!(none.is_empty());
    }

    /// Incidents by id after a change.
    fn after(mut all: BTreeMap<String, Incident>, change: &IncidentChange) -> BTreeMap<String, Incident> {
        for gone in &change.before {
            assert_eq!(all.remove(&gone.id).as_ref(), Some(gone));
        }
        for new in &change.current {
            assert!(all.insert(new.id.clone(), new.clone()).is_none());
        }
        all
    }

    /// The change that leads to some incidents being others; those without a number go.
    fn change_to(all: &BTreeMap<String, Incident>, wanted: &BTreeMap<u8, Option<i64>>) -> IncidentChange {
        let id = |number: &u8| number.to_string();
        let before = wanted.keys().filter_map(|number| all.get(&id(number)).cloned());
        let current = wanted.iter().filter_map(|(number, value)| Some(incident(&id(number), (*value)?)));
        IncidentChange { before: before.collect(), current: current.collect() }.without_repeats()
    }

    proptest! {
        #[test]
        fn two_changes_as_one_lead_to_the_same(
            start in prop::collection::btree_map(0_u8..12, prop::option::of(0_i64..4), 0..12),
            first in prop::collection::btree_map(0_u8..12, prop::option::of(0_i64..4), 0..12),
            second in prop::collection::btree_map(0_u8..12, prop::option::of(0_i64..4), 0..12),
        ) {
            let begun = after(BTreeMap::new(), &change_to(&BTreeMap::new(), &start));
            let first = change_to(&begun, &first);
            let between = after(begun.clone(), &first);
            let second = change_to(&between, &second);
            let ended = after(between, &second);
            let both = first.then(second);
            prop_assert_eq!(after(begun, &both), ended);
        }

        #[test]
        fn spliced_columns_say_what_columns_made_anew_do(
            numbers in prop::collection::vec(0_i64..500, 0..90),
            gone in prop::collection::btree_set(0_usize..90, 0..30),
            mut gaps in prop::collection::vec((0_usize..=90, 0_i64..500), 0..30),
            long in prop::option::of(0_usize..90),
        ) {
            let id = |row: usize, number: i64| {
                if long == Some(row) { format!("{row}{}", "đ".repeat(200)) } else { format!("{row}-{number}") }
            };
            let before: Vec<Incident> =
                numbers.iter().enumerate().map(|(row, number)| incident(&id(row, *number), *number)).collect();
            let gone: Vec<usize> = gone.into_iter().filter(|row| *row < before.len()).collect();
            for (gap, _) in &mut gaps {
                *gap = (*gap).min(before.len());
            }
            gaps.sort_unstable();
            let new: Vec<Incident> =
                gaps.iter().enumerate().map(|(row, (_, number))| incident(&id(row, *number), *number)).collect();
            let splice = RowSplice::new(
                before.len(), &rows(&gone), &gaps.iter().map(|(gap, _)| IncidentRow::new(*gap)).collect::<Vec<_>>(),
            );
            let spliced = columns(&before).spliced(&columns(&new), &splice);
            let places: Vec<usize> = (0..before.len()).collect();
            let of_new: Vec<usize> = (0..new.len()).map(|place| before.len() + place).collect();
            let both = [before, new].concat();
            let expected: Vec<Incident> =
                splice.spliced(&places, &of_new).into_iter().map(|place| both[place].clone()).collect();
            prop_assert_eq!(all(&spliced), expected);
            prop_assert_eq!(&IncidentColumns::from_parts(spliced.parts()).unwrap(), &spliced);
            for row in spliced.rows() {
                let found = spliced.rows_of(std::iter::once(spliced.id(row)));
                prop_assert!(found.contains(&row));
            }
        }
    }
}

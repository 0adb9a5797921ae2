//! What became of some incidents between two states, and the columns after it.
//!
//! In: columns, and incidents as they are now. Out: the rows that these replace, found by id; the columns with some
//! rows taken out and others put in. Which order the rows stand in, and whether a change leads to the state that it is
//! said to lead to, is for the caller to know.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::incident_columns::IncidentColumns;
use super::row_splice::RowSplice;
use super::{Incident, IncidentRow};
use crate::domain::area::AreaKey;

/// Incidents that are new or other than they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentChange {
    /// The rows that they replace, ascending.
    pub outdated: Vec<IncidentRow>,
    /// As they are now.
    pub current: Vec<Incident>,
}

impl IncidentChange {
    /// What some incidents, each id once, change in columns.
    pub fn in_columns(columns: &IncidentColumns, current: Vec<Incident>) -> Self {
        let outdated = columns.rows_of(current.iter().map(|incident| incident.id.as_str()));
        Self { outdated, current }
    }

    /// The same without incidents that are as they were.
    #[must_use]
    pub fn without_repeats(self, columns: &IncidentColumns) -> Self {
        let Self { mut outdated, mut current } = self;
        let mut before: Vec<Incident> = outdated.iter().filter_map(|row| columns.at(*row)).collect();
        before.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        let was = |id: &str| before.binary_search_by(|known| known.id.as_str().cmp(id)).ok().map(|at| &before[at]);
        current.retain(|incident| was(&incident.id) != Some(incident));
        let changed: HashSet<&str, RandomState> = current.iter().map(|incident| incident.id.as_str()).collect();
        outdated.retain(|row| changed.contains(columns.id(*row)));
        Self { outdated, current }
    }

    /// How many incidents are new or other.
    pub fn len(&self) -> usize {
        self.current.len()
    }

    /// Whether everything is as it was.
    pub fn is_empty(&self) -> bool {
        self.current.is_empty() && self.outdated.is_empty()
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
        let columns = columns(&[incident("a", 1), incident("b", 2), incident("c", 3)]);
        let current = vec![incident("b", 2), incident("c", 9), incident("d", 4)];
        let change = IncidentChange::in_columns(&columns, current.clone());
        assert_eq!(change.outdated, rows(&[1, 2]));
        let change = change.without_repeats(&columns);
        assert_eq!(change, IncidentChange { outdated: rows(&[2]), current: current[1..].to_vec() });
        let none = IncidentChange::in_columns(&columns, current[..1].to_vec()).without_repeats(&columns);
        assert!(none.is_empty());
    }

    proptest! {
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

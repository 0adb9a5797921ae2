//! Incidents as columns: ten million of them must fit in memory, about 26 bytes each.
//!
//! In: incidents one by one, or whole columns as a file stores them. Out: what one row says. A row without a position
//! keeps its area in the slot of the position. Moments reach from about 17,400 years before 1970 to as many after it,
//! far beyond every date that can be written; what lies further is held at the edge.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::id_column::IdColumn;
use super::taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex};
use super::{Incident, IncidentLocation, IncidentRow};
use crate::domain::area::{AreaKey, Position};

/// Instead of a longitude: the row has no position, its other half names its area.
const NO_POSITION: i32 = i32::MIN;
/// Instead of an area: the row has none.
const NO_AREA: i32 = -1;
/// The first and the last moment that the columns can hold: 40 bits.
const MOMENTS_S: (i64, i64) = (-(1 << 39), (1 << 39) - 1);

/// The columns as a file stores them, borrowed or owned; each as long as the others except where its line says
/// otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IncidentColumnParts<'a> {
    /// The ids one after another.
    pub id_text: Cow<'a, str>,
    /// The bytes of each id; 0 for one of [`Self::long_ids`].
    pub id_lengths: Cow<'a, [u8]>,
    /// The ids of more than 255 bytes, by row; as many as there are.
    pub long_ids: Cow<'a, BTreeMap<u32, String>>,
    /// The lower 32 bits of the seconds since 1970 UTC.
    pub seconds_low: Cow<'a, [u32]>,
    /// The upper bits of the seconds; empty where they are all 0.
    pub seconds_high: Cow<'a, [i8]>,
    /// Longitude and latitude in ten-millionths of a degree; or `i32::MIN` and an index in [`Self::area_keys`], −1 for
    /// none.
    pub locations: Cow<'a, [[i32; 2]]>,
    /// The areas that rows name; as many as there are.
    pub area_keys: Cow<'a, [AreaKey]>,
    /// The locations of the categories in the taxonomy.
    pub categories: Cow<'a, [u8]>,
    /// The severities, 1 to 5.
    pub severities: Cow<'a, [u8]>,
    /// The locations of the statuses.
    pub statuses: Cow<'a, [u8]>,
    /// The locations of the channels.
    pub channels: Cow<'a, [u8]>,
    /// The locations of the precisions.
    pub precisions: Cow<'a, [u8]>,
}

/// Why some columns are not incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IncidentColumnsError {
    /// Two columns differ in length.
    #[error("incident columns: column {column} has length {found}, expected {expected}")]
    Length {
        /// The column's name in the file format.
        column: &'static str,
        /// How many rows it has.
        found: usize,
        /// How many the others have.
        expected: usize,
    },
    /// A column holds a value that no incident has.
    #[error("incident columns: a value of {column} is none that an incident can have")]
    Value {
        /// The column's name in the file format.
        column: &'static str,
    },
}

/// Incidents as columns of equal length.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IncidentColumns {
    pub(super) ids: IdColumn,
    pub(super) seconds_low: Vec<u32>,
    pub(super) seconds_high: Vec<i8>,
    pub(super) locations: Vec<[i32; 2]>,
    pub(super) area_keys: Vec<AreaKey>,
    pub(super) index_of_area: BTreeMap<AreaKey, i32>,
    pub(super) categories: Vec<u8>,
    pub(super) severities: Vec<u8>,
    pub(super) statuses: Vec<u8>,
    pub(super) channels: Vec<u8>,
    pub(super) precisions: Vec<u8>,
}

impl IncidentColumns {
    /// How many incidents there are.
    pub fn len(&self) -> usize {
        self.seconds_low.len()
    }

    /// Every row.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = IncidentRow> + ExactSizeIterator + Clone + use<> {
        IncidentRow::of_all(self.len())
    }

    /// Every row, for several threads.
    pub fn par_rows(&self) -> impl IndexedParallelIterator<Item = IncidentRow> + use<> {
        (0..self.len()).into_par_iter().map(IncidentRow::new)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.seconds_low.is_empty()
    }

    /// The memory the columns take, spare room included.
    ///
    /// # Units
    /// Bytes. A set with ids of seven bytes takes 25.25 for each incident once it is [`Self::permuted`].
    pub fn bytes(&self) -> usize {
        let one_byte = [&self.categories, &self.severities, &self.statuses, &self.channels, &self.precisions];
        self.ids.bytes()
            + 4 * self.seconds_low.capacity()
            + self.seconds_high.capacity()
            + 8 * self.locations.capacity()
            + one_byte.iter().map(|column| column.capacity()).sum::<usize>()
            + 2 * self.area_keys.capacity() * size_of::<AreaKey>()
    }

    /// Appends one incident.
    pub fn push(&mut self, incident: &Incident) {
        let location = match &incident.location {
            IncidentLocation::Point(position) => <[i32; 2]>::from(position.e7()),
            IncidentLocation::Area(key) => [NO_POSITION, self.area_index(key)],
            IncidentLocation::Unknown => [NO_POSITION, NO_AREA],
        };
        self.ids.push(&incident.id);
        self.push_moment(incident.unix_seconds);
        self.locations.push(location);
        self.categories.push(incident.category.index() as u8);
        self.severities.push(incident.severity.number());
        self.statuses.push(incident.status.index() as u8);
        self.channels.push(incident.channel.index() as u8);
        self.precisions.push(incident.precision.index() as u8);
    }

    fn push_moment(&mut self, unix_seconds: i64) {
        let held = unix_seconds.clamp(MOMENTS_S.0, MOMENTS_S.1);
        let high = (held >> 32) as i8;
        // The high byte is 0 from 1970 to 2106, so the column exists only once a moment needs it; then all rows
        // before it get their 0.
        if high != 0 && self.seconds_high.is_empty() {
            self.seconds_high = vec![0; self.seconds_low.len()];
        }
        if high != 0 || !self.seconds_high.is_empty() {
            self.seconds_high.push(high);
        }
        self.seconds_low.push(held as u32);
    }

    fn area_index(&mut self, key: &AreaKey) -> i32 {
        if let Some(index) = self.index_of_area.get(key) {
            return *index;
        }
        let index = self.area_keys.len() as i32;
        self.area_keys.push(key.clone());
        self.index_of_area.insert(key.clone(), index);
        index
    }

    /// The columns as they are.
    pub fn parts(&self) -> IncidentColumnParts<'_> {
        IncidentColumnParts {
            id_text: Cow::Borrowed(self.ids.text()),
            id_lengths: Cow::Borrowed(self.ids.lengths()),
            long_ids: Cow::Borrowed(self.ids.long()),
            seconds_low: Cow::Borrowed(&self.seconds_low),
            seconds_high: Cow::Borrowed(&self.seconds_high),
            locations: Cow::Borrowed(&self.locations),
            area_keys: Cow::Borrowed(&self.area_keys),
            categories: Cow::Borrowed(&self.categories),
            severities: Cow::Borrowed(&self.severities),
            statuses: Cow::Borrowed(&self.statuses),
            channels: Cow::Borrowed(&self.channels),
            precisions: Cow::Borrowed(&self.precisions),
        }
    }

    /// The incidents of columns; owned ones are taken over without a copy.
    ///
    /// # Errors
    /// Columns of different lengths, ids that are not cut from their text, locations and severities that no incident
    /// has. Whether categories and other terms stand in the taxonomy is for the caller to know.
    pub fn from_parts(parts: IncidentColumnParts<'_>) -> Result<Self, IncidentColumnsError> {
        check_lengths(&parts)?;
        check_values(&parts)?;
        let ids = IdColumn::from_parts(
            parts.id_text.into_owned(),
            parts.id_lengths.into_owned(),
            parts.long_ids.into_owned(),
        );
        let area_keys = parts.area_keys.into_owned();
        Ok(Self {
            ids: ids.ok_or(IncidentColumnsError::Value { column: "ids" })?,
            seconds_low: parts.seconds_low.into_owned(),
            seconds_high: parts.seconds_high.into_owned(),
            locations: parts.locations.into_owned(),
            index_of_area: area_keys.iter().cloned().zip(0..).collect(),
            area_keys,
            categories: parts.categories.into_owned(),
            severities: parts.severities.into_owned(),
            statuses: parts.statuses.into_owned(),
            channels: parts.channels.into_owned(),
            precisions: parts.precisions.into_owned(),
        })
    }

    /// The incidents of some rows, in that order, without spare room.
    #[must_use]
    pub fn permuted(self, order: &[IncidentRow]) -> Self {
        Self {
            ids: self.ids.permuted(order),
            seconds_low: gathered(self.seconds_low, order),
            seconds_high: if self.seconds_high.is_empty() { Vec::new() } else { gathered(self.seconds_high, order) },
            locations: gathered(self.locations, order),
            categories: gathered(self.categories, order),
            severities: gathered(self.severities, order),
            statuses: gathered(self.statuses, order),
            channels: gathered(self.channels, order),
            precisions: gathered(self.precisions, order),
            area_keys: self.area_keys,
            index_of_area: self.index_of_area,
        }
    }

    /// The incident at a row.
    pub fn at(&self, row: IncidentRow) -> Option<Incident> {
        if row.index() >= self.len() {
            return None;
        }
        Some(Incident {
            id: self.id(row).to_owned(),
            unix_seconds: self.unix_seconds(row),
            location: self.location(row),
            category: self.category(row),
            severity: self.severity(row),
            status: self.status(row),
            channel: self.channel(row),
            precision: self.precision(row),
        })
    }

    /// The id at a row.
    ///
    /// # Panics
    /// This and the other column readers panic when `row` is not below [`Self::len`].
    pub fn id(&self, row: IncidentRow) -> &str {
        self.ids.at(row)
    }

    /// The position at a row.
    pub fn location(&self, row: IncidentRow) -> IncidentLocation {
        match (self.position(row), self.area(row)) {
            (Some(position), _) => IncidentLocation::Point(position),
            (None, Some(key)) => IncidentLocation::Area(key.clone()),
            (None, None) => IncidentLocation::Unknown,
        }
    }

    /// The position at a row; none for an incident without a point.
    pub fn position(&self, row: IncidentRow) -> Option<Position> {
        let [lon_e7, lat_e7] = self.locations[row.index()];
        Position::from_e7(lon_e7, lat_e7)
    }

    /// The area at a row; none for an incident with a point or without any location.
    pub fn area(&self, row: IncidentRow) -> Option<&AreaKey> {
        self.area_keys.get(self.area_number(row)?)
    }

    /// Where the area at a row stands in [`Self::area_keys`]; none for an incident with a point or without any location.
    pub fn area_number(&self, row: IncidentRow) -> Option<usize> {
        let [mark, place] = self.locations[row.index()];
        if mark == NO_POSITION { usize::try_from(place).ok() } else { None }
    }

    /// The areas that rows name instead of a position, each once.
    pub fn area_keys(&self) -> &[AreaKey] {
        &self.area_keys
    }

    /// The moment at a row, in seconds since 1970 UTC.
    pub fn unix_seconds(&self, row: IncidentRow) -> i64 {
        let high = self.seconds_high.get(row.index()).copied().unwrap_or(0);
        i64::from(high) << 32 | i64::from(self.seconds_low[row.index()])
    }

    /// Categories and severities of a run of rows.
    pub(in crate::domain) fn kinds(&self, rows: Range<usize>) -> (&[u8], &[u8]) {
        (&self.categories[rows.clone()], &self.severities[rows])
    }

    /// The lower bits of the moments of a run of rows, and the upper ones unless they are all 0.
    pub(in crate::domain) fn moments(&self, rows: Range<usize>) -> (&[u32], &[i8]) {
        let high = if self.seconds_high.is_empty() { &[] } else { &self.seconds_high[rows.clone()] };
        (&self.seconds_low[rows], high)
    }

    /// The category at a row.
    pub fn category(&self, row: IncidentRow) -> CategoryIndex {
        CategoryIndex::new(self.categories[row.index()])
    }

    /// The severity at a row.
    pub fn severity(&self, row: IncidentRow) -> Severity {
        Severity::new(self.severities[row.index()]).unwrap_or(Severity::LEAST)
    }

    /// The status at a row.
    pub fn status(&self, row: IncidentRow) -> StatusIndex {
        StatusIndex::new(self.statuses[row.index()])
    }

    /// The channel at a row.
    pub fn channel(&self, row: IncidentRow) -> ChannelIndex {
        ChannelIndex::new(self.channels[row.index()])
    }

    /// The precision at a row.
    pub fn precision(&self, row: IncidentRow) -> PrecisionIndex {
        PrecisionIndex::new(self.precisions[row.index()])
    }
}

fn check_lengths(parts: &IncidentColumnParts<'_>) -> Result<(), IncidentColumnsError> {
    let expected = parts.seconds_low.len();
    let lengths = [
        ("ids", parts.id_lengths.len()),
        ("locations", parts.locations.len()),
        ("categories", parts.categories.len()),
        ("severities", parts.severities.len()),
        ("statuses", parts.statuses.len()),
        ("channels", parts.channels.len()),
        ("precisions", parts.precisions.len()),
        ("seconds", if parts.seconds_high.is_empty() { expected } else { parts.seconds_high.len() }),
    ];
    match lengths.into_iter().find(|(_, found)| *found != expected) {
        Some((column, found)) => Err(IncidentColumnsError::Length { column, found, expected }),
        None => Ok(()),
    }
}

fn check_values(parts: &IncidentColumnParts<'_>) -> Result<(), IncidentColumnsError> {
    let areas = -1..parts.area_keys.len() as i32;
    let is_location = |[lon_e7, lat_e7]: &[i32; 2]| {
        let named = *lon_e7 == NO_POSITION && areas.contains(lat_e7);
        named || Position::from_e7(*lon_e7, *lat_e7).is_some()
    };
    let checks = [
        ("severities", parts.severities.par_iter().all(|number| Severity::new(*number).is_ok())),
        ("locations", parts.locations.par_iter().all(is_location)),
    ];
    match checks.into_iter().find(|(_, fits)| !fits) {
        Some((column, _)) => Err(IncidentColumnsError::Value { column }),
        None => Ok(()),
    }
}

/// The entries of some rows, in that order; the column makes room for them.
fn gathered<T: Copy + Send + Sync>(column: Vec<T>, order: &[IncidentRow]) -> Vec<T> {
    let found = order.par_iter().map(|row| column[row.index()]).collect();
    // Freed before the next column is gathered: at most one column exists twice.
    drop(column);
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn incident(id: &str, unix_seconds: i64, location: IncidentLocation) -> Incident {
        Incident {
            id: id.to_owned(),
            unix_seconds,
            location,
            category: CategoryIndex::new(3),
            severity: Severity::new(4).unwrap(),
            status: StatusIndex::new(1),
            channel: ChannelIndex::new(2),
            precision: PrecisionIndex::new(0),
        }
    }

    fn columns(incidents: &[Incident]) -> IncidentColumns {
        let mut columns = IncidentColumns::default();
        for incident in incidents {
            columns.push(incident);
        }
        columns
    }

    fn key(code: &str) -> AreaKey {
        AreaKey { edition: "2025-07".parse().unwrap(), code: code.parse().unwrap() }
    }

    fn location(kind: u8, at: (i32, i32)) -> IncidentLocation {
        match kind {
            0 => IncidentLocation::Point(Position::from_e7(at.0, at.1).unwrap()),
            1 => IncidentLocation::Area(key("20335")),
            2 => IncidentLocation::Area(key("20401")),
            _ => IncidentLocation::Unknown,
        }
    }

    #[test]
    fn no_incidents_are_columns() {
        let empty = IncidentColumns::default();
        assert_eq!((empty.len(), empty.at(IncidentRow::new(0)), empty.bytes()), (0, None, 0));
        assert_eq!(IncidentColumns::from_parts(empty.parts()), Ok(empty.clone()));
        assert_eq!(empty.clone().permuted(&[]), empty);
    }

    #[test]
    fn incident_with_an_id_of_seven_digits_takes_26_bytes() {
        let at = IncidentLocation::Point(Position::new(108.3, 15.6).unwrap());
        let incidents: Vec<Incident> =
            (0..10_000).map(|row| incident(&format!("{row:07}"), 1_654_059_600, at.clone())).collect();
        let order: Vec<IncidentRow> = IncidentRow::of_all(10_000).rev().collect();
        let per_incident = columns(&incidents).permuted(&order).bytes() as f64 / 10_000.0;
        assert!((25.2..26.0).contains(&per_incident), "{per_incident}");
    }

    #[test]
    fn moments_are_kept_as_far_as_dates_can_be_written_and_held_at_the_edge_beyond() {
        // 1 January −9999 and 31 December 9999, the ends of what a date can be; 2106 and 1969, where 32 bits end.
        let far = [-377_705_023_201, 253_402_207_200, i64::from(u32::MAX), i64::from(u32::MAX) + 1, -1, 0];
        for order in [far.to_vec(), far.iter().rev().copied().collect()] {
            let incidents: Vec<Incident> = order.iter().map(|s| incident("a", *s, IncidentLocation::Unknown)).collect();
            let columns = columns(&incidents);
            assert!(columns.rows().zip(&order).all(|(row, seconds)| columns.unix_seconds(row) == *seconds));
        }
        let edges = columns(
            &[i64::MIN, MOMENTS_S.0, MOMENTS_S.1, i64::MAX].map(|s| incident("a", s, IncidentLocation::Unknown)),
        );
        assert_eq!(
            [0, 1, 2, 3].map(|row| edges.unix_seconds(IncidentRow::new(row))),
            [MOMENTS_S.0, MOMENTS_S.0, MOMENTS_S.1, MOMENTS_S.1]
        );
    }

    #[test]
    fn columns_that_are_no_incidents_are_refused() {
        let good = columns(&[incident("a", 0, location(1, (0, 0))), incident("b", 0, location(0, (0, 0)))]);
        let wrong = |spoil: fn(&mut IncidentColumnParts<'_>)| {
            let mut parts = good.parts();
            spoil(&mut parts);
            IncidentColumns::from_parts(parts).unwrap_err()
        };
        let length = wrong(|parts| parts.statuses.to_mut().truncate(1));
        assert_eq!(length.to_string(), "incident columns: column statuses has length 1, expected 2");
        assert_eq!(
            wrong(|parts| parts.severities.to_mut()[0] = 6),
            IncidentColumnsError::Value { column: "severities" }
        );
        assert_eq!(
            wrong(|parts| parts.locations.to_mut()[0][1] = 1),
            IncidentColumnsError::Value { column: "locations" }
        );
        assert_eq!(
            wrong(|parts| parts.locations.to_mut()[1][1] = 900_000_001),
            IncidentColumnsError::Value { column: "locations" }
        );
        assert_eq!(wrong(|parts| parts.id_text.to_mut().push('c')), IncidentColumnsError::Value { column: "ids" });
    }

    proptest! {
        #[test]
        fn every_incident_is_given_back_from_columns_from_parts_and_in_any_order(
            raw in prop::collection::vec(
                ("[a-z0-9]{0,9}", -500_000_000_000_i64..500_000_000_000, 0_u8..4, (-1_800_000_000..=1_800_000_000,
                 -900_000_000..=900_000_000)),
                1..80,
            ),
            turn in 0_usize..80,
        ) {
            let incidents: Vec<Incident> =
                raw.iter().map(|(id, seconds, kind, at)| incident(id, *seconds, location(*kind, *at))).collect();
            let columns = columns(&incidents);
            prop_assert!(incidents.iter().zip(columns.rows()).all(|(wanted, row)| columns.at(row).as_ref() == Some(wanted)));
            prop_assert_eq!(&IncidentColumns::from_parts(columns.parts()).unwrap(), &columns);
            let order: Vec<IncidentRow> =
                (0..incidents.len()).rev().map(|row| IncidentRow::new((row + turn) % incidents.len())).collect();
            let turned = columns.permuted(&order);
            let is_turned = |(to, from): (IncidentRow, &IncidentRow)| turned.at(to).as_ref() == Some(&incidents[from.index()]);
            prop_assert!(turned.rows().zip(&order).all(is_turned));
        }
    }
}

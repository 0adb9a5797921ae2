//! Every answer made anew from the counts that were read.
//!
//! In: what was read. Out: the members of answers that come out otherwise, and so rest on something that is not
//! published. Densities are checked by hand: they must be the published number of models over published residents or
//! land.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::documents::{area_document, level_document};
use super::reading::{AskedFor, PublicReading, ReadAnswer, levels};
use crate::assessment::audit::PublishedCount;
use crate::assessment::audit::recomputation::{ReadCounts, reassessed};
use crate::assessment::release::{CountKind, ReleasedWindowIndex};
use crate::assessment::shared_figures::SharedFigures;
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::index::IndexVec;
use crate::domain::time::period::Period;
use crate::service::answers::AssessedLevel;
use crate::service::error::ServiceError;
use crate::service::live::ServedSnapshot;
use crate::service::viewer::Viewer;

/// Relative difference below which a density is the quotient that it should be.
const SAME: f64 = 1e-9;

/// A member of an answer that does not follow from published counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::service) struct UnexplainedMember {
    /// Edition, level, window, scheme and, where there is one, the area.
    pub place: String,
    /// The way to the member.
    pub member: String,
    /// What was read.
    pub read: String,
    /// What follows.
    pub follows: String,
}

/// What came of making answers anew.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::service) struct Recomputed {
    /// Numbers and words that were compared.
    pub compared: usize,
    /// Those that came out otherwise.
    pub unexplained: Vec<UnexplainedMember>,
}

/// The tables that were read, by edition, level and window.
type ReadTables = BTreeMap<(EditionId, Level, ReleasedWindowIndex), ReadCounts>;

/// What answers are made anew with, beside what was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recomputation<'a> {
    /// Boundaries, residents and rules; its counts are not used.
    pub(super) served: &'a Arc<ServedSnapshot>,
    /// For whom.
    pub(super) viewer: Viewer,
}

impl Recomputation<'_> {
    /// Makes every answer anew from the counts that were read.
    pub(super) fn of(&self, reading: &PublicReading) -> Result<Recomputed, ServiceError> {
        let tables = self.read_tables(reading);
        let figures = SharedFigures::default();
        let mut recomputed = Recomputed::default();
        let mut made: Option<(&ReadAnswer, AssessedLevel)> = None;
        for answer in &reading.answers {
            let is_same = |(known, _): &(&ReadAnswer, AssessedLevel)| known.is_of_table(answer);
            let (_, assessed) = match made.take().filter(is_same) {
                Some(made) => made,
                None => (answer, self.reassessed(answer, &tables, &figures)?),
            };
            let document = match answer.area {
                None => level_document(&assessed)?,
                Some(area_index) => area_document(&assessed, area_index)?,
            };
            recomputed.compare(&self.place(answer), &answer.document, &document)?;
            made = Some((answer, assessed));
        }
        Ok(recomputed)
    }

    /// The level of an answer, assessed by the counts that were read alone.
    fn reassessed(
        &self,
        answer: &ReadAnswer,
        tables: &ReadTables,
        figures: &SharedFigures,
    ) -> Result<AssessedLevel, ServiceError> {
        let (table, windows) = (answer.table, self.served.release().windows());
        let asked = AskedFor { window: self.window_id(answer), scheme: &answer.scheme };
        let requested = table.requested(self.served, self.viewer, asked)?;
        let read_in = |period: Period| {
            let (window, _) = windows.indexed().find(|(_, window)| window.period == period)?;
            tables.get(&(table.edition, table.level, window)).cloned()
        };
        let (snapshot, release) = (&self.served.snapshot, self.served.release());
        let assessment = reassessed(snapshot, figures, release, table.level, &requested.filter, read_in)?;
        Ok(AssessedLevel::new(self.served, requested, self.viewer, Arc::new(assessment)))
    }

    fn read_tables(&self, reading: &PublicReading) -> ReadTables {
        let schemes = &self.served.snapshot.schemes;
        let parts = schemes.scheme(schemes.default_index()).components.len();
        let mut tables = ReadTables::new();
        for table in levels(&self.served.snapshot) {
            for window in self.served.release().windows().indices() {
                let counts = vec![None; table.areas].into();
                let components = vec![None; table.areas].into();
                let detected = vec![None; table.areas].into();
                tables.insert((table.edition, table.level, window), ReadCounts { counts, components, detected });
            }
        }
        for PublishedCount { area, window, kind, count } in &reading.numbers.counts {
            let Some(table) = tables.get_mut(&(area.edition, area.level, *window)) else { continue };
            match (*kind, *count) {
                (CountKind::Reported, count) => table.counts[area.area_index] = count,
                (CountKind::Detected, count) => table.detected[area.area_index] = count,
                (CountKind::Component(_), None) => {}
                (CountKind::Component(component), Some(count)) => {
                    let known = table.components[area.area_index].get_or_insert_with(|| IndexVec::from(vec![0; parts]));
                    known[component] = count;
                }
            }
        }
        tables
    }

    /// The id of the window of an answer.
    fn window_id(&self, answer: &ReadAnswer) -> &str {
        &self.served.release().windows()[answer.window].id
    }

    fn place(&self, answer: &ReadAnswer) -> String {
        let (table, window) = (answer.table, self.window_id(answer));
        let areas = self.served.snapshot.edition(table.edition);
        let areas = areas.and_then(|edition_data| edition_data.shape.level(table.level));
        let area = answer.area.and_then(|area_index| areas?.areas.at(area_index));
        let area = area.map_or(String::new(), |area| format!(", {} {}", area.code, area.name));
        format!("{} {}, {window}, {}{area}", table.edition, table.level, answer.scheme)
    }
}

impl ReadAnswer {
    /// Whether another answer is made from the same assessment.
    fn is_of_table(&self, other: &Self) -> bool {
        (self.table, self.window, &self.scheme) == (other.table, other.window, &other.scheme)
    }
}

impl Recomputed {
    fn compare(&mut self, place: &str, read: &str, follows: &str) -> Result<(), ServiceError> {
        let parsed = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| ServiceError::internal(&error));
        let read_value = parsed(read)?;
        self.compared += leaves(&read_value);
        self.check_densities(place, &read_value);
        if read != follows {
            self.differences(place, "", (&read_value, &parsed(follows)?));
        }
        Ok(())
    }

    fn differences(&mut self, place: &str, member: &str, values: (&Value, &Value)) {
        match values {
            (Value::Object(read), Value::Object(follows)) => {
                for (name, value) in read {
                    let other = follows.get(name).unwrap_or(&Value::Null);
                    self.differences(place, &format!("{member}/{name}"), (value, other));
                }
            }
            (Value::Array(read), Value::Array(follows)) => {
                for (index, value) in read.iter().enumerate() {
                    let other = follows.get(index).unwrap_or(&Value::Null);
                    self.differences(place, &format!("{member}/{index}"), (value, other));
                }
            }
            (read, follows) if read != follows => self.add(place, member, (read.to_string(), follows.to_string())),
            _ => {}
        }
    }

    fn add(&mut self, place: &str, member: &str, values: (String, String)) {
        let (read, follows) = values;
        self.unexplained.push(UnexplainedMember { place: place.to_owned(), member: member.to_owned(), read, follows });
    }

    /// Densities of models are quotients of what stands beside them.
    fn check_densities(&mut self, place: &str, document: &Value) {
        for (index, row) in document["areas"].as_array().into_iter().flatten().enumerate() {
            let number = |name: &str| row[name].as_f64();
            for (density, of, times) in [("model_density", "population", 1e4), ("model_density_km2", "area_km2", 1.0)] {
                let Some(read) = number(density) else { continue };
                let follows = number("models").zip(number(of)).map(|(models, of)| models / of * times);
                if !follows.is_some_and(|follows| (read - follows).abs() <= SAME * follows.abs()) {
                    self.add(place, &format!("/areas/{index}/{density}"), (read.to_string(), format!("{follows:?}")));
                }
            }
            for hidden in ["model_density_residential", "residential_served"] {
                if let Some(read) = number(hidden) {
                    self.add(place, &format!("/areas/{index}/{hidden}"), (read.to_string(), "null".to_owned()));
                }
            }
        }
    }
}

/// How many numbers and words a document holds.
fn leaves(value: &Value) -> usize {
    match value {
        Value::Object(members) => members.values().map(leaves).sum(),
        Value::Array(entries) => entries.iter().map(leaves).sum(),
        Value::Null => 0,
        Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}

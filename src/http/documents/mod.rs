//! What answers say: JSON and GeoJSON documents and tables, put together from a
//! snapshot and assessments that are already cut to the role.
//!
//! Nothing is decided here about who may see what, and nothing is computed that
//! an assessment does not hold.

pub(super) mod area;
pub(super) mod areas;
pub(super) mod certifications;
mod chance;
pub(super) mod comparison;
pub(super) mod disagreements;
pub(super) mod explanation;
mod facts;
pub(super) mod gazetteer;
pub(super) mod geometry;
pub(super) mod incident_cells;
pub(super) mod incidents;
pub(super) mod meta;
pub(super) mod model;
pub(super) mod model_effect;
pub(super) mod model_kinds;
pub(super) mod models;
pub(super) mod picture;
pub(super) mod ratings;
pub(super) mod series;
mod statutory;
pub(super) mod tables;

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::filter::AskedFilter;
use super::state::Served;
use crate::assessment::Assessment;
use crate::domain::period::PeriodDates;
use crate::domain::role::Role;
use crate::domain::scheme::Scheme;
use crate::domain::taxonomy::Taxonomy;
use crate::snapshot::{EditionPicture, LevelPicture, Snapshot};
use crate::tile::layers::AreaRow;

/// One level of one edition, assessed for a role.
#[derive(Debug, Clone)]
pub(super) struct Assessed {
    pub(super) served: Arc<Served>,
    pub(super) asked: AskedFilter,
    pub(super) role: Role,
    pub(super) assessment: Arc<Assessment>,
}

impl Assessed {
    /// The snapshot.
    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.served.snapshot
    }

    /// The scheme of the filter.
    pub(super) fn scheme(&self) -> &Scheme {
        self.snapshot().scheme(&self.asked.filter)
    }

    /// The edition of the filter.
    pub(super) fn picture(&self) -> Option<&EditionPicture> {
        self.snapshot().edition(self.asked.filter.edition)
    }

    /// The areas of the level.
    pub(super) fn areas(&self) -> Option<&LevelPicture> {
        self.picture()?.shape.level(self.assessment.level)
    }

    /// Every area with what is said of it.
    pub(super) fn rows(&self) -> impl Iterator<Item = AreaRow<'_>> {
        let areas = self.areas().map_or(&[][..], |areas| &areas.areas);
        let level = self.assessment.level;
        areas.iter().zip(&self.assessment.rows).map(move |(area, assessment)| AreaRow { area, level, assessment })
    }

    /// The areas at some places of the level, in that order.
    pub(super) fn rows_at(&self, places: &[usize]) -> Vec<AreaRow<'_>> {
        let all: Vec<AreaRow<'_>> = self.rows().collect();
        places.iter().filter_map(|place| all.get(*place).copied()).collect()
    }
}

/// The members with which every answer on a filter begins.
pub(super) fn heading(snapshot: &Snapshot, asked: &AskedFilter) -> Map<String, Json> {
    let period = PeriodDates::from(asked.filter.period);
    object([
        ("sample", json!(snapshot.is_sample())),
        ("epoch", json!(snapshot.epoch)),
        ("edition", json!(asked.filter.edition)),
        ("window", json!({ "id": asked.window, "from": period.from, "to": period.to })),
        ("filter", filter(asked, &snapshot.taxonomy)),
        ("scheme", scheme(snapshot.scheme(&asked.filter))),
    ])
}

/// The filter in its canonical form; all categories are `null`.
fn filter(asked: &AskedFilter, taxonomy: &Taxonomy) -> Json {
    let period = PeriodDates::from(asked.filter.period);
    let all = asked.filter.categories == crate::domain::filter::CategorySet::all(taxonomy);
    let ids = || -> Vec<&str> {
        let entries = asked.filter.categories.iter().filter_map(|index| taxonomy.category_entry(index));
        entries.map(|category| category.id.as_str()).collect()
    };
    json!({
        "edition": asked.filter.edition,
        "from": period.from,
        "to": period.to,
        "categories": (!all).then(ids),
        "min_severity": asked.filter.min_severity,
    })
}

/// The rating scheme that the numbers were made with.
fn scheme(scheme: &Scheme) -> Json {
    json!({ "id": scheme.id, "version": scheme.version, "hash": scheme.hash, "name": scheme.names })
}

/// An object of named members.
pub(super) fn object<const N: usize>(members: [(&str, Json); N]) -> Map<String, Json> {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

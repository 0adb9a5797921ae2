//! What answers say: JSON and GeoJSON documents and tables, put together from a
//! snapshot and assessments that are already cut to the role.
//!
//! Nothing is decided here about who may see what, and nothing is computed that
//! an assessment does not hold.

pub(crate) mod about;
pub(crate) mod area_name;
pub(crate) mod areas;
mod attributes;
pub(crate) mod comparison;
pub(crate) mod geometry;
pub(crate) mod heading;
pub(crate) mod incidents;
mod members;
pub(crate) mod models;
pub(crate) mod series;
pub(crate) mod statutory;

use std::sync::Arc;

use super::filter::RequestedFilter;
use crate::assessment::Assessment;
use crate::domain::area::AreaIndex;
use crate::domain::role::Role;
use crate::domain::rules::scheme::Scheme;
use crate::domain::time::period::Day;
use crate::service::live::ServedSnapshot;
use crate::snapshot::{EditionData, LevelData, Snapshot};
use crate::tile::area_row::AreaRow;

/// One level of one edition, assessed for a role.
#[derive(Debug, Clone)]
pub(crate) struct AssessedLevel {
    pub(crate) served: Arc<ServedSnapshot>,
    pub(crate) requested: RequestedFilter,
    pub(crate) role: Role,
    /// The day on which it is asked.
    pub(crate) today: Day,
    pub(crate) assessment: Arc<Assessment>,
}

impl AssessedLevel {
    /// The data that the answer is made from.
    pub(crate) fn snapshot(&self) -> &Snapshot {
        &self.served.snapshot
    }

    /// The scheme of the filter.
    pub(crate) fn scheme(&self) -> &Scheme {
        self.snapshot().scheme(&self.requested.filter)
    }

    /// The edition of the filter.
    pub(crate) fn edition_data(&self) -> Option<&EditionData> {
        self.snapshot().edition(self.requested.filter.edition)
    }

    /// The areas of the level.
    pub(crate) fn areas(&self) -> Option<&LevelData> {
        self.edition_data()?.shape.level(self.assessment.level)
    }

    /// Every area with what is said of it.
    pub(crate) fn rows(&self) -> impl Iterator<Item = AreaRow<'_>> {
        let areas = self.areas().map_or(&[][..], |areas| &*areas.areas);
        let (level, role) = (self.assessment.level, self.role);
        areas.iter().zip(&self.assessment.rows).map(move |(area, assessment)| AreaRow { area, level, assessment, role })
    }

    /// The areas at some indices of the level, in that order.
    pub(crate) fn rows_at(&self, area_indices: &[AreaIndex]) -> Vec<AreaRow<'_>> {
        let all: Vec<AreaRow<'_>> = self.rows().collect();
        area_indices.iter().filter_map(|area_index| all.get(area_index.index()).copied()).collect()
    }
}

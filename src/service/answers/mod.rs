//! What answers say: JSON and GeoJSON documents and tables, put together from a snapshot and assessments that are
//! already cut to the viewer.
//!
//! An answer for the public is built by naming what goes in; what is taken apart is taken apart whole, without `..`
//! (`tests/it/architecture` looks), so that a new field reaches nobody unnamed. Nothing is computed here that an
//! assessment does not hold.

pub(crate) mod about;
pub(crate) mod alerts;
pub(crate) mod area_name;
pub(crate) mod area_table;
pub(crate) mod areas;
mod attributes;
pub(crate) mod clusters;
pub(crate) mod comparison;
pub(crate) mod disclosure_report;
pub(crate) mod events;
pub(crate) mod features;
pub(crate) mod geometry;
pub(crate) mod heading;
pub(crate) mod incidents;
pub(crate) mod maps;
mod members;
pub(crate) mod models;
pub(crate) mod outlines;
mod rate_ratio;
pub(crate) mod reports;
pub(crate) mod residents_base;
pub(crate) mod series;
pub(crate) mod situation;
pub(crate) mod statutory;
pub(crate) mod writing;

use std::sync::Arc;

use super::filter::RequestedFilter;
use crate::assessment::Assessment;
use crate::domain::area::{AreaIndex, Level};
use crate::domain::rules::scheme::Scheme;
use crate::service::live::ServedSnapshot;
use crate::service::viewer::Viewer;
use crate::snapshot::{EditionData, LevelData, Snapshot};
use crate::tile::area_row::AreaRow;
use outlines::EditionOutlines;

/// One level of one edition, assessed for a viewer. It is made by [`super::Service::assessed`] alone, which says for
/// whom; its rows carry the viewer's role.
#[derive(Debug, Clone)]
pub(crate) struct AssessedLevel {
    pub(crate) served: Arc<ServedSnapshot>,
    pub(crate) requested: RequestedFilter,
    viewer: Viewer,
    assessment: Arc<Assessment>,
}

impl AssessedLevel {
    /// What was assessed for a viewer.
    pub(in crate::service) fn new(
        served: &Arc<ServedSnapshot>,
        requested: RequestedFilter,
        viewer: Viewer,
        assessment: Arc<Assessment>,
    ) -> Self {
        Self { served: Arc::clone(served), requested, viewer, assessment }
    }

    /// Who looks.
    pub(crate) fn viewer(&self) -> Viewer {
        self.viewer
    }

    /// The level.
    pub(crate) fn level(&self) -> Level {
        self.assessment.level
    }

    /// What the viewer may see of the level.
    pub(crate) fn assessment(&self) -> &Assessment {
        &self.assessment
    }

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

    /// The outlines of the edition.
    pub(crate) fn outlines(&self) -> Option<EditionOutlines<'_>> {
        self.edition_data().map(EditionOutlines::of)
    }

    /// The areas of the level.
    pub(crate) fn areas(&self) -> Option<&LevelData> {
        self.edition_data()?.shape.level(self.assessment.level)
    }

    /// Every area with what is said of it.
    pub(crate) fn rows(&self) -> impl Iterator<Item = AreaRow<'_>> {
        let areas = self.areas().map_or(&[][..], |areas| &areas.areas);
        let (level, role) = (self.level(), self.viewer.role());
        areas.iter().zip(&self.assessment.rows).map(move |(area, assessment)| AreaRow { area, level, assessment, role })
    }

    /// The areas at some indices of the level, in that order.
    pub(crate) fn rows_at(&self, area_indices: &[AreaIndex]) -> Vec<AreaRow<'_>> {
        let all: Vec<AreaRow<'_>> = self.rows().collect();
        area_indices.iter().filter_map(|area_index| all.get(area_index.index()).copied()).collect()
    }
}

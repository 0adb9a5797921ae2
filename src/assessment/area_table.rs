//! A table of areas of the analyst's own with the statistics of rates, neighbours and classes: no snapshot, no edition,
//! no rules.
//!
//! In: counts with exposures, or one measured field, and who is a neighbour of whom. Out: what is known of the table
//! and of each area, in the order of the areas. What areas and fields are called is the caller's business.

use geo::MultiPolygon;

pub use crate::geometry::coverage::contiguity::Contiguity;
use crate::geometry::coverage::touching::touching;
pub use crate::geometry::coverage::touching::{Sliver, SliverKind};
use crate::statistics::{
    AreaPosition, Classification, ConfidenceLevel, ConfidenceLevelOutOfRange, ExposedCount, FunnelArea, Neighbours,
    NeighboursError, class_breaks, concentration, rate_profile,
};
pub use crate::statistics::{AreaProfile, Concentration, Limits, RateProfile, SpatialProfile};

/// How many classes are formed.
const CLASSES: usize = 5;
/// The coverage of the inner limits of a funnel.
const INNER_LEVEL: f64 = 0.95;
/// The coverage of the outer limits of a funnel.
const OUTER_LEVEL: f64 = 0.998;

/// Why a table cannot be rated.
#[derive(Debug, thiserror::Error)]
pub enum AreaTableError {
    /// The lists of neighbours contradict themselves.
    #[error(transparent)]
    Neighbours(#[from] NeighboursError),
    /// A level of confidence is none.
    #[error(transparent)]
    Level(#[from] ConfidenceLevelOutOfRange),
}

/// Who is a neighbour of whom in a table.
#[derive(Debug, Clone)]
pub struct TableNeighbours {
    lists: Neighbours,
    /// How far borders of neighbours may stand apart; none where neighbours were listed.
    pub tolerance_m: Option<f64>,
    /// Pairs of areas whose borders nearly meet or overlap.
    pub slivers: Vec<Sliver>,
}

impl TableNeighbours {
    /// Those whose borders stand no further apart than the tolerance.
    ///
    /// # Errors
    /// When the outlines give no lists of neighbours.
    pub fn touching(
        outlines: &[MultiPolygon<f64>],
        contiguity: Contiguity,
        tolerance_m: f64,
    ) -> Result<Self, AreaTableError> {
        let found = touching(outlines, contiguity, tolerance_m);
        let lists = Neighbours::new(found.neighbours)?;
        Ok(Self { lists, tolerance_m: Some(tolerance_m), slivers: found.slivers })
    }

    /// Those that are listed for each area, by their indices.
    ///
    /// # Errors
    /// When an index lies outside the table, or an area is listed beside itself.
    pub fn listed(lists: Vec<Vec<usize>>) -> Result<Self, AreaTableError> {
        Ok(Self { lists: Neighbours::new(lists)?, tolerance_m: None, slivers: Vec::new() })
    }

    /// How many pairs there are, each counted from both sides.
    pub fn links(&self) -> usize {
        self.lists.links()
    }

    /// The areas that have no neighbour, by their indices.
    pub fn islands(&self) -> Vec<usize> {
        self.lists.islands().map(AreaPosition::index).collect()
    }
}

/// A table of counts and exposures, rated.
#[derive(Debug, Clone)]
pub struct RatedTable {
    /// The events of every area.
    pub counts: Vec<u64>,
    /// The exposure of every area.
    pub exposures: Vec<f64>,
    /// Rates, smoothed rates and spatial statistics.
    pub profile: RateProfile,
    /// Where every area stands in the funnel; none without exposure.
    pub funnels: Vec<Option<FunnelLimits>>,
    /// How unevenly the events are spread.
    pub spread: Option<Concentration>,
    /// Classes of the rates.
    pub classes: ClassBounds,
}

/// Where an area stands in a funnel, with the limits at its exposure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelLimits {
    /// The distance from the common rate in standard deviations.
    pub z: f64,
    /// The same with the over-dispersion of the table taken into account.
    pub z_adjusted: f64,
    /// Limits at 95 %.
    pub inner: Limits,
    /// Limits at 99.8 %.
    pub outer: Limits,
    /// The inner limits, widened by the over-dispersion.
    pub dispersed_inner: Limits,
    /// The outer limits, widened likewise.
    pub dispersed_outer: Limits,
}

/// The upper bounds of classes, formed in three ways.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassBounds {
    /// Classes of as many areas each.
    pub quantile: Vec<f64>,
    /// Classes of equal width.
    pub equal_interval: Vec<f64>,
    /// Classes that are as uniform as can be.
    pub fisher_jenks: Vec<f64>,
}

/// A table of one measured field, with its spatial statistics.
#[derive(Debug, Clone)]
pub struct MeasuredTable {
    /// The value of every area.
    pub values: Vec<Option<f64>>,
    /// Spatial statistics of the values.
    pub spatial: SpatialProfile,
    /// How unevenly the values are spread.
    pub spread: Option<Concentration>,
    /// Classes of the values.
    pub classes: ClassBounds,
}

impl RatedTable {
    /// Rates a table.
    ///
    /// # Errors
    /// When a level of confidence is none.
    pub fn of(counts: Vec<u64>, exposures: Vec<f64>, neighbours: &TableNeighbours) -> Result<Self, AreaTableError> {
        let exposed = counts.iter().zip(&exposures);
        let exposed: Vec<ExposedCount> =
            exposed.map(|(count, person_years)| ExposedCount { count: *count, person_years: *person_years }).collect();
        let profile = rate_profile(&exposed, &neighbours.lists)?;
        let (inner, outer) = (ConfidenceLevel::new(INNER_LEVEL)?, ConfidenceLevel::new(OUTER_LEVEL)?);
        let position = |area: &FunnelArea| FunnelLimits::of(area, inner, outer);
        let events: Vec<f64> = counts.iter().map(|count| *count as f64).collect();
        let rates: Vec<f64> = profile.areas.iter().flatten().map(|area| area.rate).collect();
        Ok(Self {
            funnels: profile.funnel.areas.iter().map(|area| area.as_ref().map(position)).collect(),
            spread: concentration(&events),
            classes: ClassBounds::of(&rates),
            counts,
            exposures,
            profile,
        })
    }
}

impl FunnelLimits {
    fn of(area: &FunnelArea, inner: ConfidenceLevel, outer: ConfidenceLevel) -> Self {
        Self {
            z: area.z,
            z_adjusted: area.z_adjusted,
            inner: area.limits(inner),
            outer: area.limits(outer),
            dispersed_inner: area.dispersed_limits(inner),
            dispersed_outer: area.dispersed_limits(outer),
        }
    }
}

impl ClassBounds {
    fn of(values: &[f64]) -> Self {
        Self {
            quantile: class_breaks(values, CLASSES, Classification::Quantile),
            equal_interval: class_breaks(values, CLASSES, Classification::EqualInterval),
            fisher_jenks: class_breaks(values, CLASSES, Classification::FisherJenks),
        }
    }
}

impl MeasuredTable {
    /// The spatial statistics of a table.
    pub fn of(values: Vec<Option<f64>>, neighbours: &TableNeighbours) -> Self {
        let present: Vec<f64> = values.iter().copied().flatten().collect();
        Self {
            spatial: SpatialProfile::of(&values, &neighbours.lists),
            spread: concentration(&present),
            classes: ClassBounds::of(&present),
            values,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_areas_by_hand() {
        let neighbours = TableNeighbours::listed(vec![vec![1], vec![0]]).unwrap();
        assert_eq!((neighbours.links(), neighbours.islands()), (2, Vec::new()));
        let table = RatedTable::of(vec![6, 2], vec![100.0, 100.0], &neighbours).unwrap();
        // Eight events on 200: four are expected of each area.
        assert_eq!((table.profile.observed, table.profile.rate), (8, Some(0.04)));
        let ratios: Vec<f64> = table.profile.areas.iter().flatten().map(|area| area.ratio).collect();
        assert!((ratios[0] - 1.5).abs() < 1e-12 && (ratios[1] - 0.5).abs() < 1e-12, "{ratios:?}");
        // The four pairs differ by 0, 4, 4 and 0: half their mean, 1, over the mean of the events, 4.
        assert!((table.spread.unwrap().gini - 0.25).abs() < 1e-12);
        for position in table.funnels.iter().flatten() {
            assert!(position.outer.low <= position.inner.low && position.inner.high <= position.outer.high);
        }
    }

    #[test]
    fn area_without_exposure_is_not_rated() {
        let neighbours = TableNeighbours::listed(vec![vec![1], vec![0]]).unwrap();
        let table = RatedTable::of(vec![3, 0], vec![50.0, 0.0], &neighbours).unwrap();
        assert!(table.profile.areas[0].is_some() && table.profile.areas[1].is_none() && table.funnels[1].is_none());
    }

    #[test]
    fn nothing_measured_has_neither_spread_nor_classes() {
        let neighbours = TableNeighbours::listed(vec![Vec::new(), Vec::new()]).unwrap();
        assert_eq!(neighbours.islands(), [0, 1]);
        let table = MeasuredTable::of(vec![None, None], &neighbours);
        assert!(table.spread.is_none() && table.classes.quantile.is_empty() && table.spatial.moran_row.is_none());
    }

    #[test]
    fn area_is_no_neighbour_of_itself() {
        assert!(matches!(TableNeighbours::listed(vec![vec![0]]), Err(AreaTableError::Neighbours(_))));
    }
}

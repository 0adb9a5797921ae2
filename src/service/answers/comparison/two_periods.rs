//! Some areas in two periods, and what changed from the first to the second.
//!
//! In: the same level assessed in both periods. Out: both rows of each area and the difference of the second against
//! the first.

use serde::Serialize;
use utoipa::ToSchema;

use super::{ComparisonMethod, DifferenceFigures, MeasuredFigures};
use crate::assessment::Measured;
use crate::assessment::comparison::comparison_sentence::{of_change, seasons_agree};
use crate::assessment::comparison::{Change, changes};
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaIndex, Level};
use crate::domain::incident::taxonomy::Severity;
use crate::domain::release::ReleaseReference;
use crate::service::answers::AssessedLevel;
use crate::service::answers::area_name::AreaName;
use crate::service::answers::heading::{SchemeReference, UncutPeriod, WindowSpan, category_ids};
use crate::snapshot::AreaEntry;

/// Some areas in two periods.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TwoPeriodsAnswer {
    #[serde(flatten)]
    heading: TwoPeriodsHeading,
    /// The level of the areas.
    level: Level,
    /// The two periods, the first asked for first.
    pub(crate) periods: [ComparedPeriod; 2],
    /// Whether both periods cover the same seasons.
    same_seasons: bool,
    /// The areas, in the order asked for.
    pub(crate) areas: Vec<AreaChange>,
    /// How the changes are found.
    method: ComparisonMethod,
}

/// What an answer on two periods begins with: no period stands alone here.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TwoPeriodsHeading {
    /// Whether the served data is the invented sample.
    sample: bool,
    /// The state of the data; it grows with every change.
    epoch: u64,
    /// The release that the numbers are from; null where they are counted from the data as it is now.
    #[schema(required)]
    release: Option<ReleaseReference>,
    /// The edition of the boundaries.
    edition: EditionId,
    /// The filter of both periods in its canonical form.
    filter: FilterWithoutPeriod,
    /// The rating scheme that the numbers were made with.
    scheme: SchemeReference,
}

/// What was asked for, without the periods.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FilterWithoutPeriod {
    /// The edition of the boundaries.
    edition: EditionId,
    /// The ids of the categories asked for; null for all.
    #[schema(required)]
    categories: Option<Vec<String>>,
    /// The least severity counted.
    min_severity: Severity,
}

/// One of two periods.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ComparedPeriod {
    #[serde(flatten)]
    pub(crate) span: WindowSpan,
    /// The period that was asked for, where it reaches beyond the days on which incidents are known; else null.
    #[schema(required)]
    requested: Option<UncutPeriod>,
    /// Its length in years.
    years: f64,
}

/// One area in both periods.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AreaChange {
    #[serde(flatten)]
    pub(crate) area: AreaName,
    /// The first period.
    pub(crate) first: MeasuredFigures,
    /// The second period.
    pub(crate) second: MeasuredFigures,
    /// The second against the first.
    #[serde(flatten)]
    pub(crate) difference: DifferenceFigures,
}

impl TwoPeriodsAnswer {
    /// The areas at some indices of the level, in that order, each with both periods.
    pub(crate) fn of(first: &AssessedLevel, second: &AssessedLevel, area_indices: &[AreaIndex]) -> Self {
        let periods = (first.requested.filter.period, second.requested.filter.period);
        let (rows, changes) = (second.rows_at(area_indices), changed(first, second, area_indices));
        let areas = rows.iter().zip(&changes).map(|(row, change)| {
            let difference =
                DifferenceFigures::of(change.difference.as_ref(), of_change(&row.area.name, periods, change));
            AreaChange::of(row.area, change, difference)
        });
        Self {
            heading: TwoPeriodsHeading::of(second),
            level: second.assessment.level,
            periods: [first, second].map(ComparedPeriod::of),
            same_seasons: seasons_agree(periods.0, periods.1),
            areas: areas.collect(),
            method: ComparisonMethod::over("the areas"),
        }
    }
}

impl TwoPeriodsHeading {
    fn of(assessed: &AssessedLevel) -> Self {
        let (snapshot, filter) = (assessed.snapshot(), &assessed.requested.filter);
        Self {
            sample: snapshot.is_sample(),
            epoch: assessed.requested.state.epoch,
            release: assessed.requested.state.release,
            edition: filter.edition,
            filter: FilterWithoutPeriod {
                edition: filter.edition,
                categories: category_ids(filter.categories, &snapshot.taxonomy),
                min_severity: filter.min_severity,
            },
            scheme: SchemeReference::of(snapshot.scheme(filter)),
        }
    }
}

impl ComparedPeriod {
    fn of(assessed: &AssessedLevel) -> Self {
        let period = assessed.requested.filter.period;
        Self {
            span: WindowSpan::of(assessed.requested.window.as_deref(), period),
            requested: UncutPeriod::of(&assessed.requested),
            years: period.years(),
        }
    }
}

impl AreaChange {
    fn of(area: &AreaEntry, change: &Change, difference: DifferenceFigures) -> Self {
        Self {
            area: AreaName::of(area),
            first: MeasuredFigures::of(change.first),
            second: MeasuredFigures::of(change.second),
            difference,
        }
    }
}

/// What changed in the areas at some indices.
fn changed(first: &AssessedLevel, second: &AssessedLevel, area_indices: &[AreaIndex]) -> Vec<Change> {
    let measured = |assessed: &AssessedLevel, area_index: &AreaIndex| {
        assessed.assessment.row(*area_index).map(Measured::of).unwrap_or_default()
    };
    let both: Vec<_> =
        area_indices.iter().map(|area_index| (measured(first, area_index), measured(second, area_index))).collect();
    changes(&both)
}

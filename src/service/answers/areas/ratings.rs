//! The vector of ratings: one row per area, with the method and what could not be put into an area.

use serde::Serialize;
use utoipa::ToSchema;

use super::chance::TrendRuleAnswer;
use super::method::RatingMethod;
use super::row::RatingRow;
use crate::assessment::Totals;
use crate::assessment::release::PublishedTotals;
use crate::assessment::trend::series::Visibility;
use crate::domain::area::Level;
use crate::service::answers::AssessedLevel;
use crate::service::answers::heading::Heading;

/// The ratings of a level.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RatingsAnswer {
    #[serde(flatten)]
    heading: Heading,
    /// The level of the areas.
    level: Level,
    /// How they were rated.
    method: RatingMethod,
    /// The window that trends are taken from; null where there is none.
    #[schema(required)]
    trend: Option<TrendRuleAnswer>,
    /// Sums over the edition.
    totals: TotalsAnswer,
    /// One row per area, in the order of codes.
    pub(crate) areas: Vec<RatingRow>,
}

/// Sums over the edition, as far as they may be seen.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TotalsAnswer {
    /// All incidents that the filter counts.
    #[schema(required)]
    incidents: Option<u32>,
    /// Those at a point inside an area of the level.
    #[schema(required)]
    located: Option<u32>,
    /// Those at a point outside every area.
    #[schema(required)]
    outside: Option<u32>,
    /// Those without a point.
    #[schema(required)]
    unlocated: Option<u32>,
    /// Those located, but shown at district level and above only; null for the public.
    #[schema(required)]
    district_only: Option<u32>,
    /// Active community models on the last day of the period.
    models: u32,
}

impl RatingsAnswer {
    /// The ratings of a level, for the role it was assessed for.
    pub(crate) fn of(assessed: &AssessedLevel) -> Self {
        let rules = &assessed.snapshot().rules;
        let preceding = assessed.assessment.preceding.as_ref();
        Self {
            heading: Heading::of(assessed.snapshot(), &assessed.requested),
            level: assessed.assessment.level,
            method: RatingMethod::of(assessed),
            trend: preceding.map(|window| TrendRuleAnswer::of(window, rules)),
            totals: TotalsAnswer::of(assessed),
            areas: assessed.rows().map(|row| RatingRow::of(&row)).collect(),
        }
    }
}

impl TotalsAnswer {
    fn of(assessed: &AssessedLevel) -> Self {
        let totals = &assessed.assessment.totals;
        match assessed.served.visibility(assessed.viewer.role()) {
            Visibility::Full => Self::full(totals),
            Visibility::Published(release) => {
                let filter = &assessed.requested.filter;
                Self::published(&release.totals(filter.edition, filter.period), totals)
            }
        }
    }

    fn full(totals: &Totals) -> Self {
        Self {
            incidents: Some(totals.incidents),
            located: Some(totals.located),
            outside: Some(totals.outside),
            unlocated: Some(totals.unlocated),
            district_only: Some(totals.district_only),
            models: totals.models,
        }
    }

    /// The sums that the release publishes; of what was assessed only the number of models.
    fn published(published: &PublishedTotals, totals: &Totals) -> Self {
        let PublishedTotals { located, outside, unlocated } = *published;
        let Totals { models, incidents: _, located: _, outside: _, unlocated: _, district_only: _ } = *totals;
        Self { incidents: published.incidents(), located, outside, unlocated, district_only: None, models }
    }
}

//! The vector of ratings: one row per area, with the method and what could not be put into an area.

use serde::Serialize;
use utoipa::ToSchema;

use super::account::AccountAnswer;
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
    pub(crate) totals: TotalsAnswer,
    /// One row per area, in the order of codes.
    pub(crate) areas: Vec<RatingRow>,
}

/// Sums over the edition, as far as they may be seen: the account of incidents, and the models.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TotalsAnswer {
    #[serde(flatten)]
    pub(crate) account: AccountAnswer,
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
    /// The sums of a level, for the role it was assessed for.
    pub(crate) fn of(assessed: &AssessedLevel) -> Self {
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
        Self { account: AccountAnswer::full(totals), models: totals.models }
    }

    /// The sums that the release publishes; of what was assessed only the number of models.
    fn published(published: &PublishedTotals, totals: &Totals) -> Self {
        Self { account: AccountAnswer::published(published), models: totals.models }
    }
}

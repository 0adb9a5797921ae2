//! All that a table has room for of one area.

use serde::Serialize;
use utoipa::ToSchema;

use super::chance::{FunnelFigures, HotSpotFigures, TrendRowFigures, UnweightedFigures};
use super::properties::AreaMembers;
use crate::assessment::AreaAssessment;
use crate::attributes::AreaAttribute;
use crate::service::answers::statutory::shares::{CertificationShareAnswer, full_shares, public_shares};
use crate::tile::area_row::AreaRow;

/// One area: its attributes, and what a table has room for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RatingRow {
    #[serde(flatten)]
    attributes: AreaMembers,
    /// Observed to expected, every incident counting the same.
    unweighted: UnweightedFigures,
    /// What the trend rests on; null where it does not exist or the role sees the arrow only.
    #[schema(required)]
    trend_figures: Option<TrendRowFigures>,
    /// Whether high or low rates gather around the area; null for an island, where too few incidents are expected, and
    /// for the public.
    #[schema(required)]
    hot_spot_figures: Option<HotSpotFigures>,
    /// Where the area stands in the funnel of all; null for the public.
    #[schema(required)]
    funnel: Option<FunnelFigures>,
    /// Certification shares by kind of unit.
    certification: Vec<CertificationShareAnswer>,
}

impl RatingRow {
    /// The incidents that the answer shows.
    pub(crate) fn incidents(&self) -> Option<u32> {
        self.count(AreaAttribute::Incidents)
    }

    /// What police work found, as far as the answer shows it.
    pub(crate) fn detected(&self) -> Option<u32> {
        self.count(AreaAttribute::Detected)
    }

    fn count(&self, attribute: AreaAttribute) -> Option<u32> {
        self.attributes.integer(attribute).and_then(|count| u32::try_from(count).ok())
    }

    /// The row of an area, for the role of the row.
    pub(crate) fn of(row: &AreaRow<'_>) -> Self {
        if row.role.sees_small_counts() { Self::full(row) } else { Self::public(row) }
    }

    fn full(row: &AreaRow<'_>) -> Self {
        let assessment = row.assessment;
        Self {
            attributes: AreaMembers::of(row),
            unweighted: UnweightedFigures::of(assessment),
            trend_figures: assessment.trend.and_then(|trend| trend.figures).map(TrendRowFigures::of),
            hot_spot_figures: assessment.hot_spot.map(HotSpotFigures::of),
            funnel: assessment.funnel.map(FunnelFigures::of),
            certification: full_shares(&assessment.certification),
        }
    }

    /// What is named here and nothing else: a new field of an assessment does not build until somebody says that the
    /// public gets it, or that it does not.
    fn public(row: &AreaRow<'_>) -> Self {
        let AreaAssessment {
            certification,
            // Attributes, whose table says who gets them.
            residents: _,
            person_years: _,
            without_point: _,
            detected: _,
            expected: _,
            prob_above_1: _,
            incidents: _,
            rate: _,
            rate_low: _,
            rate_high: _,
            rate_smoothed: _,
            ratio: _,
            ratio_low: _,
            ratio_high: _,
            reliability: _,
            peer_group: _,
            grade: _,
            grade_best: _,
            grade_worst: _,
            prob_letter: _,
            difference: _,
            statutory: _,
            models: _,
            // Why there is no letter is an attribute.
            not_covered: _,
            // Its arrow is an attribute, its figures are not for the public.
            trend: _,
            // Not for the public.
            hot_spot: _,
            funnel: _,
            official_status: _,
            // Not in a row.
            components: _,
            models_by_kind: _,
        } = row.assessment;
        Self {
            attributes: AreaMembers::of(row),
            unweighted: UnweightedFigures::of(row.assessment),
            trend_figures: None,
            hot_spot_figures: None,
            funnel: None,
            certification: public_shares(certification),
        }
    }
}

//! Why an area has its letter: enough to work it out by hand, and a sentence for those who will not.
//!
//! Classes, score and posterior show counts by severity, so they are for the roles that see small counts.

use serde::Serialize;
use utoipa::ToSchema;

use super::chance::{FunnelFigures, HotSpotFigures, TrendAnswer, UnweightedFigures};
use super::components::{ComponentAnswer, components};
use super::explained_class::{ClassAnswer, classes};
use super::method::{CountBasis, LeansOn};
use crate::assessment::AreaAssessment;
use crate::assessment::Method;
use crate::assessment::comparison::Clarity;
use crate::assessment::explanation::{Explanation, explain};
use crate::assessment::rating::grade::{Grade, Letter, WithheldReason};
use crate::assessment::rating::weighting::Weighting;
use crate::assessment::sentence::{Judged, Reader, Subject, sentence};
use crate::domain::area::{AreaIndex, Level};
use crate::domain::rules::scheme::Expectation;
use crate::domain::text::Names;
use crate::service::answers::AssessedLevel;
use crate::service::answers::area_name::AreaName;
use crate::service::answers::heading::Heading;
use crate::service::answers::residents_base::ResidentsBase;
use crate::service::answers::statutory::reading::StatutoryAnswer;
use crate::service::answers::statutory::unit::StatutoryDetail;
use crate::service::error::ServiceError;
use crate::tile::area_row::AreaRow;

/// An area with its letter in words, and the way to it for roles that see small counts.
#[derive(Debug)]
pub(crate) struct ExplanationWithSentence<'a> {
    pub(crate) row: AreaRow<'a>,
    pub(crate) sentence: Names,
    pub(crate) explained: Option<Explanation>,
}

/// What explains the letter of the area at an index of the level; none where there is no such area.
pub(crate) fn explained(
    assessed: &AssessedLevel,
    area_index: AreaIndex,
) -> Result<Option<ExplanationWithSentence<'_>>, ServiceError> {
    let (snapshot, filter) = (assessed.snapshot(), &assessed.requested.filter);
    let Some(row) = assessed.rows_at(&[area_index]).into_iter().next() else { return Ok(None) };
    let may_see = assessed.viewer.role().sees_small_counts();
    let explained = if may_see { explain(snapshot, row.level, filter, area_index)? } else { None };
    let Some(edition_data) = assessed.edition_data() else { return Ok(None) };
    let whole = edition_data.entry.whole();
    let subject =
        Subject { name: &row.area.name, level: row.level, period: filter.period, row: row.assessment, whole: &whole };
    let by = judged(assessed, explained.as_ref());
    Ok(Some(ExplanationWithSentence { sentence: sentence(&subject, by), row, explained }))
}

/// By which files the area is judged, and against whom.
fn judged<'a>(assessed: &'a AssessedLevel, explained: Option<&Explanation>) -> Judged<'a> {
    let (snapshot, grade) = (assessed.snapshot(), &assessed.scheme().grade);
    let group = explained.and_then(|explained| snapshot.peers.group(explained.peers?));
    let peers = group.filter(|_| grade.expectation == Expectation::Peers).map(|group| &group.names);
    let is_internal = assessed.viewer.role().sees_small_counts();
    let weighting = Weighting::of(assessed.scheme(), &snapshot.taxonomy, &assessed.requested.filter);
    Judged {
        reader: if is_internal { Reader::Internal } else { Reader::Public },
        // No severity is published, so every incident of a public answer weighs the same.
        weighting: if is_internal { weighting } else { Weighting::Equal },
        disclosure: &snapshot.rules.disclosure,
        grade,
        peers,
    }
}

/// Why an area has its letter.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ExplanationAnswer {
    #[serde(flatten)]
    heading: Heading,
    /// The level of the area.
    level: Level,
    /// The area.
    pub(crate) area: AreaName,
    /// The letter in words.
    pub(crate) sentence: Names,
    /// The statistical grade.
    pub(crate) grade: Grade,
    /// The band of the lower end of the interval.
    #[schema(required)]
    pub(crate) grade_best: Option<Letter>,
    /// The band of the upper end of the interval.
    #[schema(required)]
    pub(crate) grade_worst: Option<Letter>,
    /// Probability of the band of the median; null where the letter is withheld.
    #[schema(required)]
    pub(crate) prob_letter: Option<f64>,
    /// Incidents found by police work in the same days and severities, beside the count; null where it is hidden.
    #[schema(required)]
    pub(crate) detected: Option<u32>,
    /// Why there is no single letter; null where there is one.
    #[schema(required)]
    pub(crate) withheld: Option<WithheldReason>,
    /// What counts are divided by; null where the edition is not known.
    #[schema(required)]
    pub(crate) denominators: Option<AreaDenominators>,
    /// Observed to expected, every incident counting the same.
    pub(crate) unweighted: UnweightedFigures,
    /// Whether the ratio lies clearly above or below the common level; null where there is no ratio.
    #[schema(required)]
    pub(crate) difference: Option<Clarity>,
    /// How the area moved since the window before.
    trend: TrendAnswer,
    /// Whether high or low rates gather around the area; null for an island, where too few incidents are expected, and
    /// for the public.
    #[schema(required)]
    hot_spot: Option<HotSpotFigures>,
    /// Where the area stands in the funnel of all; null for the public.
    #[schema(required)]
    funnel: Option<FunnelFigures>,
    /// The severity-weighted ratio and the way to it.
    pub(crate) weighted: WeightedAnswer,
    /// The components of the rating.
    components: Vec<ComponentAnswer>,
    /// Component by component and severity by severity; null for the public and where nothing is rated.
    #[schema(required)]
    pub(crate) classes: Option<Vec<ClassAnswer>>,
    /// The parameters of the rating.
    pub(crate) method: ExplanationMethod,
    /// Whether the area meets the standard, criterion by criterion.
    statutory: StatutoryAnswer,
}

impl ExplanationAnswer {
    /// The explanation of an area of the level. Roles that do not see small counts get what the row holds for them,
    /// and neither classes nor posterior.
    pub(crate) fn of(assessed: &AssessedLevel, area_index: AreaIndex, explained: &ExplanationWithSentence<'_>) -> Self {
        let public = Self::public(assessed, area_index, explained);
        if assessed.viewer.role().sees_small_counts() { public.with_figures(assessed, explained) } else { public }
    }

    fn public(assessed: &AssessedLevel, area_index: AreaIndex, explained: &ExplanationWithSentence<'_>) -> Self {
        let ExplanationWithSentence { row, sentence, explained: _ } = explained;
        let AreaRow { area, level, assessment, role: _ } = row;
        Self {
            heading: Heading::of(assessed.snapshot(), &assessed.requested),
            level: *level,
            area: AreaName::of(area),
            sentence: sentence.clone(),
            grade: assessment.grade,
            grade_best: assessment.grade_best,
            grade_worst: assessment.grade_worst,
            prob_letter: assessment.prob_letter,
            detected: assessment.detected,
            withheld: assessment.withheld(),
            denominators: AreaDenominators::of(assessed, area_index),
            unweighted: UnweightedFigures::of(assessment),
            difference: assessment.difference,
            trend: TrendAnswer::of(assessed, assessment),
            hot_spot: None,
            funnel: None,
            weighted: WeightedAnswer::public(assessment),
            components: components(assessed, row),
            classes: None,
            method: ExplanationMethod::public(assessed),
            statutory: StatutoryAnswer::of(assessed, area_index, StatutoryDetail::Criteria),
        }
    }

    /// The same with what shows counts by severity.
    fn with_figures(self, assessed: &AssessedLevel, explained: &ExplanationWithSentence<'_>) -> Self {
        let ExplanationWithSentence { row, sentence: _, explained } = explained;
        let explained = explained.as_ref();
        Self {
            hot_spot: row.assessment.hot_spot.map(HotSpotFigures::of),
            funnel: row.assessment.funnel.map(FunnelFigures::of),
            weighted: explained.map_or(self.weighted, |explained| WeightedAnswer::full(row.assessment, explained)),
            classes: explained.map(|explained| classes(assessed, explained)),
            method: explained.map_or(self.method, |explained| ExplanationMethod::full(assessed, explained)),
            ..self
        }
    }
}

/// What counts are divided by.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AreaDenominators {
    /// Residents at the middle of the period.
    #[schema(required)]
    pub(crate) population: Option<u32>,
    /// The figures that they rest on.
    pub(crate) residents_base: ResidentsBase,
    /// The length of the period in years.
    pub(crate) years: f64,
    /// Residents × years.
    #[schema(required)]
    pub(crate) person_years: Option<f64>,
}

impl AreaDenominators {
    fn of(assessed: &AssessedLevel, area_index: AreaIndex) -> Option<Self> {
        let (edition_data, areas) = (assessed.edition_data()?, assessed.areas()?);
        let period = assessed.requested.filter.period;
        let row = assessed.assessment.row(area_index);
        Some(Self {
            population: row.and_then(|row| row.residents),
            residents_base: ResidentsBase::of(edition_data, areas.communes_of(area_index), period),
            years: period.years(),
            person_years: row.and_then(|row| row.person_years),
        })
    }
}

/// The severity-weighted ratio and the way to it; the first six are null for the public.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct WeightedAnswer {
    /// Points of the incidents counted.
    #[schema(required)]
    pub(crate) score: Option<f64>,
    /// Points expected.
    #[schema(required)]
    pub(crate) expected_score: Option<f64>,
    /// Score over expected score.
    #[schema(required)]
    pub(crate) raw_ratio: Option<f64>,
    /// Score in independent events.
    #[schema(required)]
    pub(crate) effective_count: Option<f64>,
    /// Expected score in independent events.
    #[schema(required)]
    pub(crate) effective_expected: Option<f64>,
    /// The distribution of the relative risk given the counts; null where they hold no information on it.
    #[schema(required)]
    pub(crate) posterior: Option<PosteriorAnswer>,
    /// Its median.
    #[schema(required)]
    pub(crate) ratio: Option<f64>,
    /// Lower end of the credible interval.
    #[schema(required)]
    pub(crate) ratio_low: Option<f64>,
    /// Upper end of the credible interval.
    #[schema(required)]
    pub(crate) ratio_high: Option<f64>,
    /// Probability that the relative risk exceeds 1.
    #[schema(required)]
    pub(crate) prob_above_1: Option<f64>,
    /// Share of the estimate that comes from the area itself, 0 to 1.
    #[schema(required)]
    pub(crate) reliability: Option<f64>,
}

/// A gamma distribution.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PosteriorAnswer {
    /// The family: `gamma`.
    distribution: &'static str,
    /// Its shape.
    pub(crate) shape: f64,
    /// Its rate, 1 over the scale.
    pub(crate) rate: f64,
}

impl WeightedAnswer {
    fn full(row: &AreaAssessment, explained: &Explanation) -> Self {
        let rating = explained.rating;
        let posterior = explained.gamma();
        Self {
            score: rating.map(|rating| rating.score),
            expected_score: rating.map(|rating| rating.expected_score),
            raw_ratio: rating.and_then(|rating| rating.ratio),
            effective_count: rating.map(|rating| rating.effective_count),
            effective_expected: rating.map(|rating| rating.effective_expected),
            posterior: posterior.map(|gamma| PosteriorAnswer {
                distribution: "gamma",
                shape: gamma.shape(),
                rate: gamma.rate(),
            }),
            ..Self::public(row)
        }
    }

    /// The ratio as the row holds it, without the way to it.
    fn public(row: &AreaAssessment) -> Self {
        Self {
            score: None,
            expected_score: None,
            raw_ratio: None,
            effective_count: None,
            effective_expected: None,
            posterior: None,
            ratio: row.ratio,
            ratio_low: row.ratio_low,
            ratio_high: row.ratio_high,
            prob_above_1: row.prob_above_1,
            reliability: row.reliability,
        }
    }
}

/// The parameters of a rating.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ExplanationMethod {
    /// From which counts everything is computed.
    basis: CountBasis,
    /// Whose spread the estimate leans on.
    #[schema(required)]
    leans_on: Option<LeansOn>,
    /// The group of areas that live alike; null where all areas are leaned on.
    #[schema(required)]
    peer_group: Option<PeerGroupName>,
    /// Whose rates are expected of an area.
    expectation: Expectation,
    /// Upper bounds of A, B, C and D on the relative risk.
    bands: [f64; 4],
    /// Probability inside the credible interval, 0 to 1.
    pub(crate) interval: f64,
    /// Reliability below which the letter is withheld, 0 to 1.
    pub(crate) min_reliability: f64,
    /// Probability of its band from which a letter is shown, 0 to 1; below it the range is.
    pub(crate) min_letter_probability: f64,
    /// Mean of the prior of the relative risk.
    #[schema(required)]
    pub(crate) prior_mean: Option<f64>,
    /// Variance of the prior.
    #[schema(required)]
    pub(crate) prior_variance: Option<f64>,
    /// Points that one independent event is worth; null when nothing was counted.
    #[schema(required)]
    pub(crate) dispersion: Option<f64>,
}

/// A peer group by id and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PeerGroupName {
    /// The id.
    id: String,
    /// The name for people.
    name: Names,
}

impl ExplanationMethod {
    fn full(assessed: &AssessedLevel, explained: &Explanation) -> Self {
        let peers = &assessed.snapshot().peers;
        let group = explained.peers.and_then(|group| peers.group(group));
        Self {
            leans_on: Some(if group.is_some() { LeansOn::Peers } else { LeansOn::All }),
            peer_group: group.map(|group| PeerGroupName { id: group.id.clone(), name: group.names.clone() }),
            prior_mean: Some(explained.prior_mean),
            prior_variance: Some(explained.prior_variance),
            dispersion: explained.dispersion,
            ..Self::public(assessed)
        }
    }

    /// The parameters that the scheme sets, and those of all areas that the assessment holds for the role.
    fn public(assessed: &AssessedLevel) -> Self {
        let grade = &assessed.scheme().grade;
        let Method { prior_mean, prior_variance, dispersion, peers: _ } = assessed.assessment.method;
        Self {
            basis: CountBasis::for_role(assessed.viewer.role()),
            leans_on: None,
            peer_group: None,
            expectation: grade.expectation,
            bands: grade.bands.into(),
            interval: grade.interval,
            min_reliability: grade.min_reliability,
            min_letter_probability: grade.min_letter_probability,
            prior_mean,
            prior_variance,
            dispersion,
        }
    }
}

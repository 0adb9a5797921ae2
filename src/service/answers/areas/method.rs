//! How a level was rated: bands, priors, peers, the rules of hot spots and of the funnel.
//!
//! For the public all of it rests on published counts alone, so that the priors can be told: they follow from the rows.

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::{Method, PeerMethod};
use crate::domain::area::peers::Peers;
use crate::domain::role::Role;
use crate::domain::rules::scheme::{Expectation, PeerUse};
use crate::service::answers::AssessedLevel;
use crate::service::answers::residents_base::ResidentsBase;

/// How the areas of a level were rated.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RatingMethod {
    /// From which counts everything is computed.
    basis: CountBasis,
    /// Upper bounds of A, B, C and D on the relative risk.
    bands: [f64; 4],
    /// Probability inside the credible interval, 0 to 1.
    interval: f64,
    /// Reliability below which the letter is withheld, 0 to 1.
    min_reliability: f64,
    /// Probability of its band from which a letter is shown, 0 to 1; below it the range is.
    min_letter_probability: f64,
    #[serde(flatten)]
    prior: PriorAnswer,
    /// The peer groups that the estimates lean on; null where they lean on all areas.
    #[schema(required)]
    peers: Option<PeersMethod>,
    /// How hot spots are found.
    hot_spots: HotSpotMethod,
    /// Coverage of the inner and of the outer limits of the funnel, 0 to 1.
    funnel_levels: [f64; 2],
    /// The figures of residents that rates rest on; null where the edition is not known.
    #[schema(required)]
    residents_base: Option<ResidentsBase>,
    /// The unit of every rate.
    rate_unit: &'static str,
    /// Where the method is described in words and formulas, below the base path.
    described: &'static str,
}

/// From which counts ratings are computed, and how incidents weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CountBasis {
    /// All counts, by the weights of the scheme.
    AllCounts,
    /// Published counts alone, every incident weighing the same; areas whose count is hidden are in no sum.
    PublishedCounts,
}

impl CountBasis {
    /// The basis of what a role gets.
    pub(super) fn for_role(role: Role) -> Self {
        if role.sees_small_counts() { Self::AllCounts } else { Self::PublishedCounts }
    }
}

/// The prior that estimates are drawn to; all null where nothing can be rated.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub(crate) struct PriorAnswer {
    /// Mean of the prior of the relative risk.
    #[schema(required)]
    prior_mean: Option<f64>,
    /// Variance of the prior.
    #[schema(required)]
    prior_variance: Option<f64>,
    /// Points that one independent event is worth.
    #[schema(required)]
    dispersion: Option<f64>,
}

/// How hot spots are found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HotSpotMethod {
    /// What is looked at in every area.
    value: &'static str,
    /// The statistic.
    statistic: &'static str,
    /// High or low rates gather below this q.
    max_q: f64,
    /// An area in which fewer incidents are expected takes no part.
    min_expected: f64,
    /// What the statistic cannot promise.
    caution: &'static str,
}

/// The peer groups that estimates lean on.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PeersMethod {
    /// By what areas are grouped.
    by: PeerUse,
    /// Whose rates are expected of an area.
    expectation: Expectation,
    /// A group of fewer areas leans on all.
    min_areas: usize,
    /// The version of the file of groups.
    version: String,
    /// The first sixteen hexadecimal digits of the SHA-256 of that file.
    hash: String,
    /// The groups with their priors.
    groups: Vec<PeerGroupMethod>,
}

/// The prior of one peer group.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PeerGroupMethod {
    /// The id of the group.
    #[schema(required)]
    group: Option<String>,
    /// How many areas with exposure it has.
    areas: usize,
    /// Whose spread its areas lean on.
    leans_on: LeansOn,
    #[serde(flatten)]
    prior: PriorAnswer,
}

/// Whose spread an estimate leans on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LeansOn {
    /// That of the areas of the same group.
    Peers,
    /// That of all areas.
    All,
}

impl RatingMethod {
    /// The method of a level, as the role may see it.
    pub(super) fn of(assessed: &AssessedLevel) -> Self {
        let method = &assessed.assessment.method;
        let known = &assessed.snapshot().peers;
        let groups = method.peers.iter().map(|group| PeerGroupMethod::of(group, known)).collect();
        Self::with_priors(assessed, PriorAnswer::of(method), groups)
    }

    fn with_priors(assessed: &AssessedLevel, prior: PriorAnswer, groups: Vec<PeerGroupMethod>) -> Self {
        let (rules, grade) = (&assessed.snapshot().rules, &assessed.scheme().grade);
        Self {
            basis: CountBasis::for_role(assessed.viewer.role()),
            bands: grade.bands.into(),
            interval: grade.interval,
            min_reliability: grade.min_reliability,
            min_letter_probability: grade.min_letter_probability,
            prior,
            peers: (grade.peers != PeerUse::None).then(|| PeersMethod::of(assessed, groups)),
            hot_spots: HotSpotMethod {
                value: "rate standardised by Assuncao and Reis",
                statistic: "Gi* with queen neighbours, Benjamini-Hochberg over the areas",
                max_q: rules.hot_spots.max_q,
                min_expected: rules.hot_spots.min_expected,
                caution: "p of a normal distribution: where incidents are few, chance alone makes more spots than q says; \
                          clusters are told by /clusters",
            },
            funnel_levels: rules.funnel.levels.into(),
            residents_base: ResidentsBase::of_filter(assessed.snapshot(), &assessed.requested.filter),
            rate_unit: "per 100000 person-years",
            described: "/methods#grade",
        }
    }
}

impl PriorAnswer {
    fn of(method: &Method) -> Self {
        let Method { prior_mean, prior_variance, dispersion, peers: _ } = *method;
        Self { prior_mean, prior_variance, dispersion }
    }
}

impl PeersMethod {
    fn of(assessed: &AssessedLevel, groups: Vec<PeerGroupMethod>) -> Self {
        let (known, grade) = (&assessed.snapshot().peers, &assessed.scheme().grade);
        Self {
            by: grade.peers,
            expectation: grade.expectation,
            min_areas: known.min_areas,
            version: known.version.clone(),
            hash: known.hash.clone(),
            groups,
        }
    }
}

impl PeerGroupMethod {
    fn of(method: &PeerMethod, known: &Peers) -> Self {
        Self {
            group: known.group(method.group).map(|group| group.id.clone()),
            areas: method.areas,
            leans_on: if method.prior_mean.is_some() { LeansOn::Peers } else { LeansOn::All },
            prior: PriorAnswer {
                prior_mean: method.prior_mean,
                prior_variance: method.prior_variance,
                dispersion: method.dispersion,
            },
        }
    }
}

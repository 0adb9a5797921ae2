//! What an assessment says: one row per area, the totals, the parameters.

use std::sync::Arc;

use serde::Serialize;

use super::clusters::hot_spot::{AreaHotSpot, FunnelPosition};
use super::rating::clarity::Clarity;
use super::rating::component_exposure::ComponentExposure;
use super::rating::grade::{Grade, Letter, WithheldReason};
use super::statutory::verdict::{OfficialStatus, Statutory};
use super::trend::{PrecedingWindow, Trend};
use crate::domain::area::peers::PeerIndex;
use crate::domain::area::{AreaIndex, Level};
use crate::domain::filter::Filter;
use crate::domain::rules::scheme::{ComponentIndex, ComponentUse};
use crate::domain::standard::certification::UnitKind;

/// Every area of one level of one edition, assessed under one filter.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The administrative level of all rows.
    pub level: Level,
    /// The filter, which names the edition.
    pub filter: Filter,
    /// One row per area, in the order of the level's areas.
    pub rows: Vec<AreaAssessment>,
    /// What was counted over all, and what could not be put into an area.
    pub totals: Totals,
    /// The parameters of the rating.
    pub method: Method,
    /// The window that trends are taken from.
    pub preceding: Option<PrecedingWindow>,
}

impl Assessment {
    /// The bytes of memory that it holds. Of what assessments of several filters share, it is told the part that falls to
    /// it among all of them now: the first one bears all of it, because it may keep it when the cache that computed it
    /// has let it go.
    pub fn held_bytes(&self) -> usize {
        let rows: usize = self.rows.iter().map(AreaAssessment::held_bytes).sum();
        size_of::<Self>() + rows + size_of_val(self.method.peers.as_slice())
    }

    /// What is said of an area of the level.
    pub fn row(&self, area: AreaIndex) -> Option<&AreaAssessment> {
        self.rows.get(area.index())
    }
}

/// What is said of one area. A number that does not exist, or that the role may
/// not see, is absent.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaAssessment {
    /// Residents at the middle of the period.
    pub residents: Option<u32>,
    /// Residents × years of the period.
    pub person_years: Option<f64>,
    /// Whether incidents are not known on every day of the period: no count is claimed then.
    pub not_covered: bool,
    /// Incidents of the filter, with a point or without.
    pub incidents: Option<u32>,
    /// Those of them that are known by their commune alone.
    pub without_point: Option<u32>,
    /// Incidents of the categories found by police work, in the same days and severities, whatever the filter counts;
    /// in `incidents` only those that the filter names.
    pub detected: Option<u32>,
    /// Incidents per 100,000 person-years, with exact 95 % limits.
    pub rate: Option<f64>,
    /// Lower limit of the rate.
    pub rate_low: Option<f64>,
    /// Upper limit of the rate.
    pub rate_high: Option<f64>,
    /// Empirical-Bayes rate per 100,000 person-years.
    pub rate_smoothed: Option<f64>,
    /// Incidents expected at the provincial rate.
    pub expected: Option<f64>,
    /// Median of the severity-weighted relative risk.
    pub ratio: Option<f64>,
    /// Lower end of its interval.
    pub ratio_low: Option<f64>,
    /// Upper end of its interval.
    pub ratio_high: Option<f64>,
    /// Probability that the relative risk exceeds 1.
    pub prob_above_1: Option<f64>,
    /// Share of the estimate that comes from the area's own incidents.
    pub reliability: Option<f64>,
    /// The id of the group of comparable areas.
    pub peer_group: Option<Arc<str>>,
    /// The statistical grade.
    pub grade: Grade,
    /// The band of the lower end of the interval.
    pub grade_best: Option<Letter>,
    /// The band of the upper end of the interval.
    pub grade_worst: Option<Letter>,
    /// Probability of the band of the median; absent where the letter is withheld.
    pub prob_letter: Option<f64>,
    /// Whether the ratio lies clearly above or below the common level; absent where there is no ratio.
    pub difference: Option<Clarity>,
    /// How the rate moved since the window before.
    pub trend: Option<Trend>,
    /// Whether high or low rates gather around the area; for analysts, never for the public.
    pub hot_spot: Option<AreaHotSpot>,
    /// Where the area stands in the funnel of all.
    pub funnel: Option<FunnelPosition>,
    /// The components of the rating.
    pub components: Vec<ComponentAssessment>,
    /// The official decision on the area itself.
    pub statutory: Statutory,
    /// Our check beside the decision, and the movement's grade.
    pub official_status: OfficialStatus,
    /// Certification shares by kind of unit.
    pub certification: Arc<[CertificationShare]>,
    /// Active community models and their density, over all kinds.
    pub models: ModelDensity,
    /// The same by kind, in the order of the rule file.
    pub models_by_kind: Arc<[ModelDensity]>,
}

impl Totals {
    /// Those that the areas of the level add up to.
    pub fn in_areas(&self) -> u32 {
        self.with_point + self.by_commune
    }
}

impl AreaAssessment {
    fn held_bytes(&self) -> usize {
        let of_share = |share: &CertificationShare| size_of_val(share) + share.window.capacity();
        let shares = part_of_shared(&self.certification, |shares| shares.iter().map(of_share).sum());
        let models = part_of_shared(&self.models_by_kind, size_of_val);
        size_of::<Self>() + self.components.capacity() * size_of::<ComponentAssessment>() + shares + models
    }

    /// Why there is no letter; none where there is one.
    pub fn withheld(&self) -> Option<WithheldReason> {
        if self.not_covered {
            return Some(WithheldReason::NotCovered);
        }
        let fault = self.grade.withheld();
        match self.missing_measure() {
            Some(_) if self.grade == Grade::NoExposure => Some(WithheldReason::NoExposure),
            _ if self.grade == Grade::Suppressed && self.incidents.is_none() => Some(WithheldReason::CountNotShown),
            _ => fault,
        }
    }

    /// Why a component of the grade is left out although the residents are known; none where all take part.
    pub fn missing_measure(&self) -> Option<&'static str> {
        self.residents.filter(|residents| *residents > 0)?;
        let mut rated = self.components.iter().filter(|component| component.use_in_grade == ComponentUse::Rated);
        rated.find_map(|component| component.exposure.fault())
    }
}

/// The part of a shared value's bytes that falls to one of its holders, of whom one is the cache that computed it.
fn part_of_shared<T: ?Sized>(shared: &Arc<T>, bytes: impl Fn(&T) -> usize) -> usize {
    let holders = Arc::strong_count(shared).saturating_sub(1).max(1);
    bytes(shared) / holders
}

/// One component's part in an area's rating.
#[derive(Debug, Clone, PartialEq)]
pub struct ComponentAssessment {
    /// The index of the component in the scheme.
    pub component: ComponentIndex,
    /// Whether it takes part in the grade.
    pub use_in_grade: ComponentUse,
    /// What it is measured against.
    pub exposure: ComponentExposure,
    /// Whether the incidents of the component are part of the area's count.
    pub in_total: InTotal,
    /// Incidents of the component; those found by police work also where the filter does not count them.
    pub observed: Option<u32>,
    /// Incidents expected at the provincial rates.
    pub expected: Option<f64>,
    /// Its part of the severity-weighted ratio minus one; absent when it is not rated.
    pub contribution: Option<f64>,
}

/// Whether the incidents of a component are part of an area's count, or stand beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InTotal {
    /// Part of the count, as far as the filter counts the component's categories.
    Counted,
    /// Found by police work, of categories that the filter does not name.
    Beside,
}

/// The account of incidents over the whole edition: `with_point + by_commune + by_wider_area + outside + unplaced +
/// district_only = incidents`, and the areas of the level add up to the first two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// All incidents that the filter counts.
    pub incidents: u32,
    /// Those at a point inside an area of the level.
    pub with_point: u32,
    /// Those known to lie in a commune of an area of the level, without a point.
    pub by_commune: u32,
    /// Those known by a district or a province alone; in no area of any level.
    pub by_wider_area: u32,
    /// Those outside every area.
    pub outside: u32,
    /// Those without any place.
    pub unplaced: u32,
    /// Those in communes, but shown at district level and above only.
    pub district_only: u32,
    /// Active community models.
    pub models: u32,
}

/// The parameters of the rating, equal for all areas but for those of the peer groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    /// Mean of the prior of the relative risk; absent when nothing can be rated.
    pub prior_mean: Option<f64>,
    /// How much true ratios differ between areas; none where nothing is rated.
    pub prior_variance: Option<f64>,
    /// Dispersion of the weighted score; absent when nothing was counted.
    pub dispersion: Option<f64>,
    /// The peer groups, where the scheme leans on them.
    pub peers: Vec<PeerMethod>,
}

/// The parameters of a peer group. Without a prior the group is too small: its areas lean on all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PeerMethod {
    /// The peer group that the area was compared within.
    pub group: PeerIndex,
    /// How many areas with exposure it has.
    pub areas: usize,
    /// Mean of the prior over the group.
    pub prior_mean: Option<f64>,
    /// Variance of the prior over the group.
    pub prior_variance: Option<f64>,
    /// Dispersion of the weighted score; that of all unless the group's own rates are expected.
    pub dispersion: Option<f64>,
}

/// The active models of one area, of one kind or of all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ModelDensity {
    /// Models active on the day.
    pub active: u32,
    /// Active models per 10,000 residents; absent below the least number of residents.
    pub per_10k_residents: Option<f64>,
    /// Active models per square kilometre.
    pub per_km2: Option<f64>,
    /// Active models per residential area; absent where no residential area is registered.
    pub per_residential_area: Option<f64>,
    /// The share of residential areas served by a model or more.
    pub residential_areas_served: Option<f64>,
    /// The share of residents within reach of a model or more of the kind, spread evenly over each commune or over its
    /// residential areas; absent over all kinds, whose reaches are not united.
    pub coverage: Option<f64>,
}

/// The densities of one area.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelDensities {
    /// Over all kinds; what several serve is counted once.
    pub all: ModelDensity,
    /// By kind, in the order of the rule file.
    pub by_kind: Arc<[ModelDensity]>,
}

/// The share of recognised units of one kind in one area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CertificationShare {
    /// The kind of unit.
    pub kind: UnitKind,
    /// The id of the window that was judged.
    pub window: String,
    /// Recognised units over units; absent where there is none.
    pub share: Option<f64>,
    /// The counts behind the share; absent where the role may not see them.
    pub counts: Option<UnitCounts>,
}

/// Units of one kind, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct UnitCounts {
    /// Units counted: certified, decided on, or registered and in scope.
    pub units: u32,
    /// Units that registered.
    pub registered: u32,
    /// Units that were recognised.
    pub recognised: u32,
    /// Units on the register without any decision.
    pub silent: u32,
}

impl UnitCounts {
    /// Recognised units over units.
    pub fn share(self) -> Option<f64> {
        (self.units > 0).then(|| f64::from(self.recognised) / f64::from(self.units))
    }
}

impl CertificationShare {
    /// The share that some counts give.
    pub fn of(kind: UnitKind, window: &str, counts: UnitCounts) -> Self {
        Self { kind, window: window.to_owned(), share: counts.share(), counts: Some(counts) }
    }

    /// Recognised units over units.
    pub fn share(&self) -> Option<f64> {
        self.share
    }
}

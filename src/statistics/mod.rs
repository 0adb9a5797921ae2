//! The mathematics of small counts: numbers in, numbers out.
//!
//! Takes plain counts, exposures and weights and gives back limits, rates,
//! smoothed rates, severity ratings and bands. It knows no area, edition or
//! category, reads no file and starts no task; what a column of numbers means
//! is the caller's business. Every sum runs in the order of its input, so that
//! the same input gives the same bits, and neither NaN nor an infinity leaves:
//! "no answer" is an `Option`, a wrong input an error of the constructor.
//!
//! The way of a rating: [`ClassTable`] (counts and exposures) → [`Standard`]
//! (provincial rates, dispersion, [`Prior`]) → [`AreaRating`] (ratio, interval,
//! reliability) → [`Bands`] (letter).

mod class_breaks;
mod distribution;
mod effect;
mod hypothesis;
mod position;
mod rates;
mod rating;
mod spatial;
mod surveillance;
mod trend;

pub use class_breaks::{Classification, class_breaks, quantile};
pub use distribution::confidence_level::{ConfidenceLevel, ConfidenceLevelOutOfRange, Limits};
pub use distribution::limits_table::LimitsTable;
pub use distribution::poisson::{byar_limits, exact_limits, mid_p_limits};
pub use effect::agreement::{RatioAgreement, agreement};
pub use effect::displacement::{ChangeEstimate, DisplacementDesign, DisplacementDifference, displacement_difference};
pub use effect::effect_table::{BeforeAfter, EffectTable, RatioEstimate};
pub use effect::mantel_haenszel::{mantel_haenszel, mantel_haenszel_clustered};
pub use effect::panel::{PanelCell, PanelEffect, PanelErrors, PanelObstacle, panel_effect};
pub use effect::place_matching::each_place_once;
pub use effect::ratio_of_ratios::{ZeroCells, ratio_of_ratios};
pub use hypothesis::count_comparison::{CountComparison, compare_counts};
pub use hypothesis::count_tests::{CountTest, count_test};
pub use hypothesis::false_discovery::{PValueOutOfRange, benjamini_hochberg};
pub use hypothesis::fisher_exact::{FisherExact, fisher_exact};
pub use hypothesis::p_values::PValues;
pub use hypothesis::rate_ratio::{RateRatio, rate_ratio};
pub use position::{AreaPosition, ClassPosition, ColumnPosition};
pub use rates::concentration::{Concentration, concentration, top_share};
pub use rates::funnel::{Funnel, FunnelArea, funnel};
pub use rates::rate_profile::{AreaProfile, RateProfile, SpatialProfile, rate_profile};
pub use rates::weighted_rate::{Stratum, WeightedRate, WeightedRateError, weighted_rate};
pub use rates::{
    CrudeRate, ExposedCount, RATE_BASE, crude_rate, crude_rate_of, crude_rate_per_100k, smoothed_rates_per_100k,
};
pub use rating::bands::{Bands, BandsError};
pub use rating::class_table::{ClassTable, ClassTableError, SeverityClass};
pub use rating::posterior::{GammaPosterior, GammaPosteriorError, Posterior};
pub use rating::prior::{Observation, Prior, PriorError};
pub use rating::standard::{ClassStandard, Contribution, Standard, StandardError};
pub use rating::{AreaRating, RiskEstimate};
pub use spatial::getis_ord::{Focus, HotSpot, hot_spots};
pub use spatial::kernel_density::{Bandwidth, KernelError, MAX_CELLS, PlaneGrid, PlanePoint, kernel_density};
pub use spatial::moran::{LocalMoran, MoransI, Quadrant, local_morans, morans_i};
pub use spatial::neighbours::{Neighbours, NeighboursError, WeightStyle};
pub use spatial::scan::prospective::{
    SpaceTimeCluster, SpaceTimeCounts, SpaceTimeDesign, SpaceTimeModel, SpaceTimeScan, prospective_scan,
};
pub use spatial::scan::{
    Ellipse, Scan, ScanArea, ScanCluster, ScanDesign, ScanError, ScanZones, ZoneOutline, ZoneShapes,
    log_likelihood_ratio, spatial_scan,
};
pub use spatial::spatial_rates::{locally_smoothed_rates, standardised_rates};
pub use surveillance::ears::{EarsDesign, EarsMethod, EarsStatistic, ears};
pub use surveillance::farrington::{FarringtonDesign, FarringtonExpectation, FewCases, farrington};
pub use surveillance::prediction::{PredictedRange, predicted_range};
pub use trend::mann_kendall::{MannKendall, mann_kendall, seasonal_mann_kendall};
pub use trend::poisson_trend::{PoissonTrend, TrendPoint, poisson_trend, seasonal_poisson_trend};
pub use trend::theil_sen::{SeriesPoint, SlopeEstimate, seasonal_theil_sen, theil_sen};

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

mod bands;
mod binomial_tail;
mod class_breaks;
mod class_table;
mod concentration;
mod count_comparison;
mod count_distribution;
mod count_tests;
mod displacement;
mod e_test;
mod effect_table;
mod false_discovery;
mod fisher_exact;
mod funnel;
mod gamma;
mod gamma_uniform;
mod getis_ord;
mod kernel_density;
mod leave_one_out;
mod level;
mod limits_table;
mod ln_factorial;
mod mann_kendall;
mod mantel_haenszel;
mod moran;
mod neighbours;
mod normal;
mod p_values;
mod poisson;
mod poisson_trend;
mod posterior;
mod prior;
mod rate_profile;
mod rate_ratio;
mod rates;
mod rating;
mod ratio_of_ratios;
mod root;
mod spatial_rates;
mod standard;
mod theil_sen;
mod weighted_rate;

pub use bands::{Bands, BandsError};
pub use class_breaks::{Classification, class_breaks, quantile};
pub use class_table::{ClassTable, ClassTableError, SeverityClass};
pub use concentration::{Concentration, concentration, top_share};
pub use count_comparison::{CountComparison, compare_counts};
pub use count_tests::{CountTest, count_test};
pub use displacement::{ChangeEstimate, DisplacementDesign, DisplacementDifference, displacement_difference};
pub use effect_table::{BeforeAfter, EffectTable, RatioEstimate};
pub use false_discovery::{PValueOutOfRange, benjamini_hochberg};
pub use fisher_exact::{FisherExact, fisher_exact};
pub use funnel::{Funnel, FunnelArea, funnel};
pub use getis_ord::{Focus, HotSpot, hot_spots};
pub use kernel_density::{Bandwidth, KernelError, MOST_CELLS, PlaneGrid, PlanePoint, kernel_density};
pub use level::{Level, LevelOutOfRange, Limits};
pub use limits_table::LimitsTable;
pub use mann_kendall::{MannKendall, mann_kendall};
pub use mantel_haenszel::mantel_haenszel;
pub use moran::{LocalMoran, MoransI, Quadrant, local_morans, morans_i};
pub use neighbours::{Neighbours, NeighboursError, WeightStyle};
pub use p_values::PValues;
pub use poisson::{byar_limits, exact_limits, mid_p_limits};
pub use poisson_trend::{PoissonTrend, TrendPoint, poisson_trend};
pub use posterior::{GammaPosterior, GammaPosteriorError, Posterior};
pub use prior::{Observation, Prior, PriorError};
pub use rate_profile::{AreaProfile, RateProfile, SpatialProfile, rate_profile};
pub use rate_ratio::{RateRatio, rate_ratio};
pub use rates::{
    CrudeRate, ExposedCount, RATE_BASE, crude_rate, crude_rate_of, crude_rate_per_100k, smoothed_rates_per_100k,
};
pub use rating::AreaRating;
pub use ratio_of_ratios::{ZeroCells, ratio_of_ratios};
pub use spatial_rates::{locally_smoothed_rates, standardised_rates};
pub use standard::{ClassStandard, Contribution, Standard, StandardError};
pub use theil_sen::{SeriesPoint, SlopeEstimate, theil_sen};
pub use weighted_rate::{Stratum, WeightedRate, WeightedRateError, weighted_rate};

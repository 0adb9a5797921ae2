//! Statistics of values on a map: autocorrelation, hot spots, the scan for clusters, densities.
//!
//! In: one value per area and its neighbours, or points in a plane. Out: the statistic, its z and p; none for islands.

pub(super) mod getis_ord;
pub(super) mod kernel_density;
pub(super) mod moran;
pub(super) mod neighbours;
pub(super) mod scan;
pub(super) mod spatial_rates;

//! Statistics against numbers computed by others, and properties that hold for any numbers.

pub(crate) mod golden;
mod null_of_scan;
mod properties;
pub(crate) mod reference_effect;
pub(crate) mod reference_letters;
pub(crate) mod reference_rates;
pub(crate) mod reference_scan;
pub(crate) mod reference_series;
pub(crate) mod reference_space_time;
pub(crate) mod reference_spatial;
pub(crate) mod reference_surveillance;
mod reference_table;
mod simulated_effect;

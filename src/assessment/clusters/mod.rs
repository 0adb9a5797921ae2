//! What gathers on the map: clusters above the common level, by the scan, and hot spots of rates.
//!
//! [`scan`] is computed only when it is asked for and is valid for few incidents; [`hot_spot`] (Gi*, local Moran) goes
//! with every assessment and is for analysts alone, because its p are those of a normal distribution.

pub mod hot_spot;
pub mod scan;

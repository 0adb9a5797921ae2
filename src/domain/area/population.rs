//! Residents of an area in a year: the exposure behind every rate.

use super::AreaKey;

/// The residents of one area in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    /// The area whose residents were counted.
    pub area: AreaKey,
    /// The year of the figure.
    pub year: i16,
    /// People who live there on the day of the count.
    pub residents: u32,
}

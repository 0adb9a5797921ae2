//! Residents of an area in a year: the exposure behind every rate.

use super::AreaKey;

/// The residents of one area in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    /// The area.
    pub area: AreaKey,
    /// The year of the figure.
    pub year: i16,
    /// Residents.
    pub residents: u32,
}

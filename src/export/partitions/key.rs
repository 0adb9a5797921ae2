//! What the folders of partitions are named by.

use crate::service::questions::years::LevelOfYear;

/// What a folder is named by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartitionKey {
    /// The year of statistics.
    Year,
    /// The level of the areas.
    Level,
}

impl PartitionKey {
    /// The name of a folder for a level in a year.
    pub(super) fn folder(self, part: &LevelOfYear) -> String {
        match self {
            Self::Year => format!("year={:04}", part.year),
            Self::Level => format!("level={}", part.level),
        }
    }
}

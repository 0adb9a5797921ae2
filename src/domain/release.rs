//! A release as it is stored: what the public may see, counted once, numbered, and left as it is.
//!
//! A release is made on a day. It holds its own counts, by building block and by step of time, and which areas publish
//! which windows; later reports change nothing in it. The next one takes all of it over and adds steps and windows.
//! Areas are named by edition, level and code, so that a stored release outlives the snapshot it was made from.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::area::edition::EditionId;
use super::area::{AreaCode, Level};
use super::time::period::PeriodDates;

/// Which release numbers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct ReleaseReference {
    /// The number, counted from 1.
    pub number: u32,
    /// The day on which it was made.
    #[schema(value_type = String, format = Date)]
    pub made_on: Date,
}

/// A release with what names it and what it froze.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenRelease {
    /// Its number and its day.
    pub reference: ReleaseReference,
    /// The epoch of the data from which its newest steps were counted.
    pub epoch: u64,
    /// The rule files by which it was chosen.
    pub rule_set_hash: String,
    /// What it froze.
    pub contents: ReleaseContents,
}

/// All that a release publishes, and the counts behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseContents {
    /// The edition whose communes are the first building blocks; none where no edition was loaded.
    pub base: Option<EditionId>,
    /// The ids of the categories, in the order by which counts name them.
    pub categories: Vec<String>,
    /// The windows, the earliest published first.
    pub windows: Vec<FrozenWindow>,
    /// The steps of time that no window divides, with what was counted in each.
    pub steps: Vec<FrozenStep>,
    /// Incidents in no area.
    pub apart: Vec<FrozenApart>,
    /// Whether the province counts the categories that are left out below it.
    pub province_counts_all: bool,
    /// The areas whose counts are published, by the windows in which they are.
    pub published: Vec<PublishedAreas>,
    /// The areas whose components are published, by the windows in which they are.
    pub with_components: Vec<PublishedAreas>,
    /// The areas of which it is published what police work found, by the windows in which it is; none in a release that
    /// was made before there was such a table.
    #[serde(default)]
    pub detected: Vec<PublishedAreas>,
    /// Which days of its windows are known of which incidents; none where nothing is counted, and in a release that was
    /// made before this was kept.
    #[serde(default)]
    pub coverage: Option<FrozenCoverage>,
}

/// On which days of its windows a release knows incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenCoverage {
    /// Whether the days were declared, or follow from those of the incidents.
    pub declared: bool,
    /// The channels with days of their own.
    pub channels: Vec<FrozenChannelDays>,
    /// The districts with days of their own.
    pub districts: Vec<FrozenDistrictDays>,
}

/// The days of a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenChannelDays {
    /// The id of the channel.
    pub id: String,
    /// The spans, in order.
    pub days: Vec<PeriodDates>,
}

/// The days of a district.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenDistrictDays {
    /// The edition.
    pub edition: EditionId,
    /// The code of the district in it.
    pub code: AreaCode,
    /// The spans, in order; none where nothing is known of it in any window.
    pub days: Vec<PeriodDates>,
}

/// A window of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenWindow {
    /// The id in the rule file.
    pub id: String,
    /// Its days.
    pub days: PeriodDates,
    /// The number of the release that published it first.
    pub since: u32,
}

/// A step of time of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenStep {
    /// Its days.
    pub days: PeriodDates,
    /// The blocks with any incident.
    pub blocks: Vec<FrozenBlock>,
}

/// What was counted in a building block, a commune of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenBlock {
    /// The edition.
    pub edition: EditionId,
    /// The code of the commune in it.
    pub code: AreaCode,
    /// The counts above 0: index of the category, index of the severity, count.
    pub counts: Vec<[u32; 3]>,
}

/// Incidents of one kind in no area, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenApart {
    /// What they are.
    pub kind: String,
    /// The counts in the order of the steps.
    pub steps: Vec<u64>,
    /// The ids of the windows in which they are published.
    pub windows: Vec<String>,
}

/// Areas of a level that are published in the same windows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedAreas {
    /// The ids of the windows.
    pub windows: Vec<String>,
    /// The edition.
    pub edition: EditionId,
    /// The level.
    pub level: Level,
    /// The codes of the areas.
    pub codes: Vec<AreaCode>,
}

impl ReleaseContents {
    /// Whether a window stands in it.
    pub fn holds(&self, window: &str) -> bool {
        self.windows.iter().any(|known| known.id == window)
    }
}

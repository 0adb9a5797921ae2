//! Alerts: that something was out of the ordinary somewhere, with the numbers it rests on and what people said of it.
//!
//! Plain records as the store keeps them. How they come about is decided in `assessment::alerts`; their sentences are
//! made from the numbers when they are read, in both languages.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::area::AreaCode;
use super::area::edition::EditionId;
use super::time::period::PeriodDates;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// A week of a series.
    Week,
    /// A month of a series.
    Month,
    /// Communes and days that a scan found together.
    Cluster,
}

impl AlertKind {
    /// The word in keys and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Cluster => "cluster",
        }
    }
}

/// By which method it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlertMethod {
    /// Against the same season of former years.
    Farrington,
    /// Against the weeks before, where there are no former years.
    Ears,
    /// The prospective space-time scan.
    SpaceTimeScan,
}

/// What kind of place an alert is of. Never a single commune.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlertScope {
    /// The province.
    Province,
    /// A district.
    District,
    /// Communes that live alike.
    Group,
    /// Communes of a cluster.
    Communes,
}

impl AlertScope {
    /// The word in keys and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::District => "district",
            Self::Group => "group",
            Self::Communes => "communes",
        }
    }
}

/// Where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertPlace {
    /// What kind of place.
    pub scope: AlertScope,
    /// The edition of the codes.
    pub edition: EditionId,
    /// The area, or the communes of a cluster from its centre outwards; none for a group.
    pub codes: Vec<AreaCode>,
    /// The id of the group; none for areas.
    pub group: Option<String>,
}

/// That something was out of the ordinary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// What names the looked-at step: the same step judged anew has the same key.
    pub key: String,
    /// What was looked at.
    pub kind: AlertKind,
    /// By which method.
    pub method: AlertMethod,
    /// Where.
    pub place: AlertPlace,
    /// The component whose incidents were counted; none for all.
    pub component: Option<String>,
    /// The days.
    pub period: PeriodDates,
    /// What was counted.
    pub observed: u64,
    /// What was to be expected.
    pub expected: f64,
    /// The greatest count that would not have raised it; none where the method has no such count.
    pub limit: Option<u64>,
    /// The probability of so many or more where nothing is out of the ordinary.
    pub p: f64,
    /// The probability up to which such a step raises an alert.
    pub chance: f64,
    /// Whether reports of its days may still come in.
    pub is_incomplete: bool,
}

/// What somebody did with an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlertNoteKind {
    /// Took note of it.
    Acknowledged,
    /// Said something.
    Comment,
}

impl AlertNoteKind {
    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::Comment => "comment",
        }
    }
}

/// What somebody did with an alert, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertNote {
    /// When, in seconds since 1970 UTC.
    pub noted_s: i64,
    /// The label of the token.
    pub by: String,
    /// What was done.
    pub kind: AlertNoteKind,
    /// What was said; empty where nothing was.
    pub text: String,
}

/// An alert as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAlert {
    /// Its number, by which addresses name it.
    pub number: u64,
    /// When it was raised first, in seconds since 1970 UTC.
    pub raised_s: i64,
    /// When the data ceased to raise it, because they were corrected; none while they do.
    pub lifted_s: Option<i64>,
    /// The alert as it was judged last.
    pub alert: Alert,
    /// What people did with it, the oldest first.
    pub notes: Vec<AlertNote>,
}

impl StoredAlert {
    /// Who took note of it first, and when.
    pub fn acknowledgement(&self) -> Option<&AlertNote> {
        self.notes.iter().find(|note| note.kind == AlertNoteKind::Acknowledged)
    }
}

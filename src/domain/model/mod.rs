//! Community models (mô hình): places where the movement's security models run.

pub mod model_event;
pub mod model_stock;

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::area::{AreaKey, Position};
use super::index::list_index;
use super::time::period::Day;

list_index!(
    /// A community model, by its index among the models of a snapshot.
    pub ModelIndex
);

/// How a model came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ModelOrigin {
    /// Built as a new model.
    New,
    /// Replicated from another place.
    Replicated,
}

/// The result of a model's last review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// Tốt.
    Good,
    /// Trung bình.
    Fair,
    /// Yếu.
    Weak,
    /// Không phân loại.
    Unclassified,
}

macro_rules! words {
    ($type:ty, $what:literal, $error:ident, $($variant:ident = $word:literal),+) => {
        impl $type {
            /// The word in files and answers.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
        /// Why a text is not one of the terms.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[error("{what} {0:?} is none of {words}", what = $what, words = [$($word),+].join(", "))]
        pub struct $error(String);
        impl FromStr for $type {
            type Err = $error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text { $($word => Ok(Self::$variant),)+ _ => Err($error(text.to_owned())) }
            }
        }
    };
}

words!(ModelOrigin, "origin", OriginError, New = "new", Replicated = "replicated");
words!(Review, "review", ReviewError, Good = "good", Fair = "fair", Weak = "weak", Unclassified = "unclassified");

/// One place where a model runs (điểm), from its start to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommunityModel {
    /// The stable id.
    pub id: String,
    /// The kind, an id of the rule file.
    pub kind: String,
    /// Where it stands; none when only its area is known.
    pub position: Option<Position>,
    /// The area it was declared for; needed when there is no position.
    pub area: Option<AreaKey>,
    /// The residential area it serves, by the id of that unit.
    pub residential_area: Option<String>,
    /// How it came to be.
    pub origin: ModelOrigin,
    /// The model it was replicated from.
    pub parent_id: Option<String>,
    /// The first day it ran.
    pub started_on: Date,
    /// The first day it no longer ran.
    pub ended_on: Option<Date>,
    /// The day and the result of its last review.
    pub review: Option<(Date, Review)>,
}

impl CommunityModel {
    /// Whether the model runs on a day: started, and not ended by then.
    pub fn is_active_on(&self, day: Day) -> bool {
        Day::of_date(self.started_on) <= day && self.ended_on.is_none_or(|end| day < Day::of_date(end))
    }
}

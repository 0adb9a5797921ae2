//! Certification: the yearly recognition of a unit as "An toàn về an ninh, trật tự".

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::area::AreaKey;

/// The kinds of unit that are certified, each with a denominator of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// Khu dân cư: thôn, tổ dân phố.
    ResidentialArea,
    /// Xã, phường, thị trấn.
    Commune,
    /// Cơ quan.
    Agency,
    /// Doanh nghiệp.
    Business,
    /// Nhà trường.
    School,
}

impl UnitKind {
    /// Every kind in the order of the standard.
    pub const ALL: [Self; 5] = [Self::ResidentialArea, Self::Commune, Self::Agency, Self::Business, Self::School];

    /// The word for the kind in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ResidentialArea => "residential_area",
            Self::Commune => "commune",
            Self::Agency => "agency",
            Self::Business => "business",
            Self::School => "school",
        }
    }

    /// The index of the kind in [`UnitKind::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for UnitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a text is not a kind of unit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unit kind {0:?} is none of residential_area, commune, agency, business, school")]
pub struct UnitKindError(String);

impl FromStr for UnitKind {
    type Err = UnitKindError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| UnitKindError(text.to_owned()))
    }
}

/// A declared fact: done, not done. What is not declared is absent, never "no".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Declared {
    /// The fact holds.
    Yes,
    /// The fact does not hold.
    No,
}

impl Declared {
    /// Reads "yes"/"no", "1"/"0", "true"/"false", "có"/"không", "đạt"/"chưa đạt".
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "yes" | "1" | "true" | "có" | "đạt" => Some(Self::Yes),
            "no" | "0" | "false" | "không" | "chưa đạt" | "không đạt" => Some(Self::No),
            _ => None,
        }
    }

    /// The declaration of a fact.
    pub fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    /// Whether the fact holds.
    pub fn holds(self) -> bool {
        self == Self::Yes
    }
}

/// One unit in one window: whether it registered and whether it was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certification {
    /// The stable id of the unit.
    pub unit_id: String,
    /// What the unit is.
    pub unit_kind: UnitKind,
    /// The commune-level area it belongs to (for a commune: itself).
    pub area: AreaKey,
    /// The id of the window, for example `ANTT-2024-xa`.
    pub window: String,
    /// Whether it registered for the standard.
    pub registered: Declared,
    /// Whether the competent committee recognised it.
    pub recognised: Declared,
    /// The day of the decision.
    pub decided_on: Option<Date>,
}

/// An official decision on a unit in a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The stable id of the unit.
    pub unit_id: String,
    /// What the unit is.
    pub unit_kind: UnitKind,
    /// The commune-level area it belongs to (for a commune: itself).
    pub area: AreaKey,
    /// The id of the window.
    pub window: String,
    /// Whether the unit is recognised by it.
    pub recognised: Declared,
    /// The number of the decision.
    pub number: String,
    /// The day of the decision.
    pub decided_on: Date,
    /// The body that decided.
    pub body: String,
}

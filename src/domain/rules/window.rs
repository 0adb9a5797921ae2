//! Windows: named half-open periods. Four different "years" are in official use,
//! so a year is never bare.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::text::Names;
use crate::domain::time::period::{Day, Period, PeriodError};

/// What a window serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WindowUse {
    /// Counting and rating incidents.
    Statistics,
    /// Certification of residential areas (1 November to 31 October).
    CertificationResidentialArea,
    /// Certification of communes, agencies, businesses and schools (16 November to 15 November).
    CertificationCommune,
    /// A calendar year.
    Calendar,
}

/// A named period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The name in addresses and files, for example `TK-2024`.
    pub id: String,
    /// Its names for people.
    pub names: Names,
    /// Its days.
    pub period: Period,
    /// What it serves.
    pub serves: WindowUse,
    /// Whether the public may see answers for it, once the delay is over.
    pub is_released: bool,
}

/// A window as the rule file writes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::domain) struct WindowEntry {
    id: String,
    from: Date,
    to: Date,
    released: bool,
    #[serde(rename = "use")]
    serves: WindowUse,
    vi: String,
    en: String,
}

impl TryFrom<WindowEntry> for Window {
    type Error = PeriodError;

    fn try_from(entry: WindowEntry) -> Result<Self, Self::Error> {
        Ok(Self {
            period: Period::new(Day::of_date(entry.from), Day::of_date(entry.to))?,
            id: entry.id,
            names: Names { vi: entry.vi, en: entry.en },
            serves: entry.serves,
            is_released: entry.released,
        })
    }
}

//! Units on the register: residential areas and institutions that have to register for the standard.
//!
//! The register is what makes "100 % registered" a question with an answer: a unit that
//! is on it and declared nothing is missing, and is named. In: checked rows. Out:
//! [`Unit`]s that know whether they existed on a day. Who is out of scope is said by
//! the circular, not here. No names of persons: a label is the name of a place.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::certification::UnitKind;
use crate::domain::area::AreaKey;
use crate::domain::time::period::Day;

/// What an institution is like, as far as the scope of a circular depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstitutionForm {
    /// Doanh nghiệp siêu nhỏ.
    Micro,
    /// Doanh nghiệp nhỏ.
    Small,
    /// Doanh nghiệp vừa.
    Medium,
    /// Doanh nghiệp lớn.
    Large,
    /// Nhà trẻ, mầm non.
    Kindergarten,
    /// Tiểu học.
    Primary,
    /// Trung học cơ sở.
    LowerSecondary,
    /// Trung học phổ thông, giáo dục thường xuyên, nghề nghiệp.
    UpperSecondary,
    /// Cao đẳng, đại học.
    Higher,
}

impl InstitutionForm {
    /// Every form: sizes of firms, then stages of schools.
    pub const ALL: [Self; 9] = [
        Self::Micro,
        Self::Small,
        Self::Medium,
        Self::Large,
        Self::Kindergarten,
        Self::Primary,
        Self::LowerSecondary,
        Self::UpperSecondary,
        Self::Higher,
    ];

    /// The word in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Micro => "micro",
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
            Self::Kindergarten => "kindergarten",
            Self::Primary => "primary",
            Self::LowerSecondary => "lower_secondary",
            Self::UpperSecondary => "upper_secondary",
            Self::Higher => "higher",
        }
    }

    /// The kind of unit that can be of the form.
    pub fn kind(self) -> UnitKind {
        match self {
            Self::Micro | Self::Small | Self::Medium | Self::Large => UnitKind::Business,
            _ => UnitKind::School,
        }
    }
}

impl fmt::Display for InstitutionForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a text is not a form of institution.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("form {0:?} is none of {words}", words = InstitutionForm::ALL.map(InstitutionForm::as_str).join(", "))]
pub struct InstitutionFormError(String);

impl FromStr for InstitutionForm {
    type Err = InstitutionFormError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|form| form.as_str() == text);
        found.ok_or_else(|| InstitutionFormError(text.to_owned()))
    }
}

/// A unit on the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The stable id, the same as in certifications.
    pub id: String,
    /// What the unit is; never a commune, whose register is the list of areas.
    pub kind: UnitKind,
    /// Size of a firm, stage of a school; none where it is not known.
    pub form: Option<InstitutionForm>,
    /// The commune-level area it belongs to.
    pub area: AreaKey,
    /// What people call the place.
    pub label: Option<String>,
    /// The first day it existed; none for "always".
    pub established_on: Option<Date>,
    /// The first day it no longer existed.
    pub dissolved_on: Option<Date>,
}

impl Unit {
    /// Whether the unit exists on a day.
    pub fn exists_on(&self, day: Day) -> bool {
        self.established_on.is_none_or(|start| Day::of_date(start) <= day)
            && self.dissolved_on.is_none_or(|end| day < Day::of_date(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_exists_from_its_first_day_to_the_day_before_its_end() {
        let unit = Unit {
            id: "KDC-1".to_owned(),
            kind: UnitKind::ResidentialArea,
            form: None,
            area: AreaKey { edition: "2025-01".parse().unwrap(), code: "20335".parse().unwrap() },
            label: None,
            established_on: "2023-01-01".parse().ok(),
            dissolved_on: "2024-01-01".parse().ok(),
        };
        let on = |text: &str| unit.exists_on(Day::of_date(text.parse().unwrap()));
        assert_eq!(["2022-12-31", "2023-01-01", "2023-12-31", "2024-01-01"].map(on), [false, true, true, false]);
        let always = Unit { established_on: None, dissolved_on: None, ..unit };
        assert!(always.exists_on(Day::from_number(-100_000)));
    }

    #[test]
    fn forms_name_their_kind_and_unknown_ones_are_refused() {
        assert_eq!("micro".parse::<InstitutionForm>().map(InstitutionForm::kind), Ok(UnitKind::Business));
        assert_eq!("primary".parse::<InstitutionForm>().map(InstitutionForm::kind), Ok(UnitKind::School));
        assert!("huge".parse::<InstitutionForm>().unwrap_err().to_string().contains("kindergarten"));
    }
}

//! Criteria: what a circular requires of a kind of unit, and by which facts it is found to be met.
//!
//! In: names, fractions, terms of a rule file. Out: plain types whose names were
//! checked. Whether the facts speak for a criterion is the assessment's business.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::certification::UnitKind;
use super::fraction::Fraction;
use crate::domain::model::Review;
use crate::domain::text::Names;

/// The name of a criterion within its circular: article, number and letter, as `5.1.b`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
pub struct CriterionId(String);

/// Why a text is not the name of a criterion.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("criterion {0:?} is not written like 5.4 or 5.1.b")]
pub struct CriterionIdError(String);

impl CriterionId {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CriterionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CriterionId {
    type Err = CriterionIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_part = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        let parts = text.split('.');
        let fits = (2..=4).contains(&parts.clone().count()) && parts.clone().all(is_part);
        if fits { Ok(Self(text.to_owned())) } else { Err(CriterionIdError(text.to_owned())) }
    }
}

impl TryFrom<String> for CriterionId {
    type Error = CriterionIdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<CriterionId> for String {
    fn from(id: CriterionId) -> Self {
        id.0
    }
}

/// How units of several kinds are compared with a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pool {
    /// Each kind has to reach it by itself.
    Each,
    /// All kinds together have to reach it.
    Pooled,
}

/// How many of the units under a commune must have registered and be recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareRule {
    /// The least share that registered.
    pub registered_min: Fraction,
    /// The least share that is recognised.
    pub recognised_min: Fraction,
    /// Kind by kind, or all together.
    pub pool: Pool,
    /// The kinds that count.
    pub of: Vec<UnitKind>,
}

/// How a criterion is found to be met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CriterionTest {
    /// By what the unit declared.
    Declared,
    /// By what the unit declared, with the counts of incidents shown beside it; they decide nothing.
    Evidence,
    /// Computed: a community model ran in the window whose last review was at least this good.
    EffectiveModel {
        /// The least review of an effective model.
        least_review: Review,
    },
    /// Computed: enough units registered and enough were recognised.
    Shares(ShareRule),
}

/// Who says whether a criterion is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CriterionKind {
    /// The unit declares it.
    Declared,
    /// The unit declares it, and counts stand beside it.
    Evidence,
    /// It is computed from the register and the models.
    Computed,
}

impl CriterionTest {
    /// Who says whether the criterion is met.
    pub fn kind(&self) -> CriterionKind {
        match self {
            Self::Declared => CriterionKind::Declared,
            Self::Evidence => CriterionKind::Evidence,
            Self::EffectiveModel { .. } | Self::Shares(_) => CriterionKind::Computed,
        }
    }

    /// Whether a unit has to declare it.
    pub fn is_declared(&self) -> bool {
        matches!(self, Self::Declared | Self::Evidence)
    }
}

/// One criterion for one kind of unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its name within the circular.
    pub id: CriterionId,
    /// The kind of unit it is for.
    pub unit: UnitKind,
    /// The article of the circular.
    pub article: u8,
    /// The number within the article.
    pub number: u8,
    /// What it requires, in our own words.
    pub text: Names,
    /// How it is found to be met.
    pub test: CriterionTest,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_criterion_is_named_by_article_number_and_letter() {
        for text in ["5.4", "5.1.b", "4.3"] {
            assert_eq!(text.parse::<CriterionId>().unwrap().as_str(), text);
        }
        for text in ["", "5", "5.", ".4", "5 4", "5.1.b.c.d", "5.bbbb"] {
            assert!(text.parse::<CriterionId>().is_err(), "{text}");
        }
    }
}

//! The file of a circular as it is written, and its checks.
//!
//! In: the entries that serde read. Out: a [`Circular`], or the first thing that is
//! wrong with it, named by criterion or field. It decides nothing about units.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;

use super::certification::UnitKind;
use super::circular::{Circular, EvidenceRule};
use super::criterion::{Criterion, CriterionId, CriterionTest, ShareRule};
use super::unit::InstitutionForm;
use crate::domain::incident::taxonomy::Taxonomy;
use crate::domain::model::Review;
use crate::domain::text::{Culprit, Names, short_hash};

/// Why the text of a circular is refused.
#[derive(Debug, thiserror::Error)]
pub enum CircularError {
    /// The text is not TOML of the expected shape.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// A value of a criterion is not what it must be.
    #[error("criterion {id}: {what}")]
    Criterion {
        /// The criterion.
        id: CriterionId,
        /// What is wrong.
        what: String,
    },
    /// A value of the circular is not what it must be.
    #[error("{field}: {what}")]
    Field {
        /// The key in the circular file.
        field: &'static str,
        /// What is wrong.
        what: String,
    },
}

impl CircularError {
    /// The key or the name at fault, to be looked for in the file.
    pub fn culprit(&self) -> Option<Culprit<'_>> {
        match self {
            Self::Shape(_) => None,
            Self::Criterion { id, .. } => Some(Culprit::Name(id.as_str())),
            Self::Field { field, .. } => Some(Culprit::Key(field)),
        }
    }
}

impl Circular {
    /// Reads the file of a circular and checks it against the taxonomy.
    ///
    /// # Errors
    /// Names the criterion or the field that is wrong.
    pub fn from_toml(text: &str, taxonomy: &Taxonomy) -> Result<Self, CircularError> {
        let file: CircularFile = toml::from_str(text)?;
        file.checked(short_hash(text), taxonomy)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CircularFile {
    id: String,
    vi: String,
    en: String,
    in_force_from: Date,
    #[serde(default)]
    in_force_until: Option<Date>,
    out_of_scope: BTreeSet<InstitutionForm>,
    evidence: EvidenceRule,
    criterion: Vec<CriterionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CriterionEntry {
    id: CriterionId,
    unit: UnitKind,
    article: u8,
    number: u8,
    kind: TestWord,
    vi: String,
    en: String,
    #[serde(default)]
    least_review: Option<Review>,
    #[serde(default)]
    shares: Option<ShareRule>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum TestWord {
    Declared,
    Computed,
    Evidence,
}

impl CircularFile {
    fn checked(self, hash: String, taxonomy: &Taxonomy) -> Result<Circular, CircularError> {
        let field = |field, what: &str| CircularError::Field { field, what: what.to_owned() };
        if self.id.trim().is_empty() {
            return Err(field("id", "the official number is missing"));
        }
        if self.in_force_until.is_some_and(|end| end <= self.in_force_from) {
            return Err(field("in_force_until", "the circular ends before it is in force"));
        }
        check_evidence(&self.evidence, taxonomy)?;
        let criteria: Vec<Criterion> =
            self.criterion.into_iter().map(CriterionEntry::checked).collect::<Result<_, _>>()?;
        check_unique(&criteria)?;
        Ok(Circular {
            id: self.id,
            names: Names { vi: self.vi, en: self.en },
            hash,
            in_force_from: self.in_force_from,
            in_force_until: self.in_force_until,
            out_of_scope: self.out_of_scope,
            evidence: self.evidence,
            criteria,
        })
    }
}

impl CriterionEntry {
    fn checked(self) -> Result<Criterion, CircularError> {
        let id = self.id.clone();
        let wrong = |what: &str| CircularError::Criterion { id: id.clone(), what: what.to_owned() };
        if self.text_is_missing() {
            return Err(wrong("vi and en say what the criterion asks for"));
        }
        let test = match (self.kind, self.least_review, self.shares) {
            (TestWord::Declared, None, None) => CriterionTest::Declared,
            (TestWord::Evidence, None, None) => CriterionTest::Evidence,
            (TestWord::Computed, Some(least_review), None) => {
                effective_model(least_review).map_err(|why| wrong(&why))?
            }
            (TestWord::Computed, None, Some(shares)) => shares_test(shares).map_err(|why| wrong(&why))?,
            (TestWord::Computed, ..) => return Err(wrong("a computed criterion has either least_review or shares")),
            _ => return Err(wrong("only a computed criterion has least_review or shares")),
        };
        // Models and the units of a register belong to a commune, not to a unit inside it.
        if self.kind == TestWord::Computed && self.unit != UnitKind::Commune {
            return Err(wrong("only criteria of a commune can be computed"));
        }
        let text = Names { vi: self.vi, en: self.en };
        Ok(Criterion { id: self.id, unit: self.unit, article: self.article, number: self.number, text, test })
    }

    fn text_is_missing(&self) -> bool {
        self.vi.trim().is_empty() || self.en.trim().is_empty()
    }
}

fn effective_model(least_review: Review) -> Result<CriterionTest, String> {
    match least_review {
        Review::Unclassified => Err("least_review must be good, fair or weak".to_owned()),
        least_review => Ok(CriterionTest::EffectiveModel { least_review }),
    }
}

fn shares_test(shares: ShareRule) -> Result<CriterionTest, String> {
    let kinds: BTreeSet<UnitKind> = shares.of.iter().copied().collect();
    if kinds.is_empty() || kinds.len() != shares.of.len() || kinds.contains(&UnitKind::Commune) {
        return Err("shares.of names each kind of unit under a commune at most once".to_owned());
    }
    Ok(CriterionTest::Shares(shares))
}

fn check_evidence(evidence: &EvidenceRule, taxonomy: &Taxonomy) -> Result<(), CircularError> {
    let field = |field, what| CircularError::Field { field, what };
    let p = evidence.chance_above_p;
    if !(p > 0.0 && p < 1.0) {
        return Err(field("evidence.chance_above_p", format!("{p} is not between 0 and 1")));
    }
    let is_used = |name: &&String| taxonomy.categories.iter().any(|category| category.component == **name);
    match evidence.components.iter().find(|name| !is_used(name)) {
        Some(name) => Err(field("evidence.components", format!("no category belongs to {name:?}"))),
        None => Ok(()),
    }
}

fn check_unique(criteria: &[Criterion]) -> Result<(), CircularError> {
    let mut seen = BTreeSet::new();
    match criteria.iter().find(|criterion| !seen.insert((criterion.unit, &criterion.id))) {
        Some(twice) => {
            Err(CircularError::Criterion { id: twice.id.clone(), what: format!("is given twice for {}", twice.unit) })
        }
        None => Ok(()),
    }
}

//! Where the check contradicts the official decision, with the criteria that fail and the units that are missing.
//!
//! A list of open questions, not of errors: the decision stands.

use super::reading::{StatutoryEvaluation, UnitCheck};
use super::verdict::Agreement;
use crate::domain::area::{AreaKey, CommuneIndex};
use crate::snapshot::EditionData;

/// A unit whose check contradicts its decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement<'a> {
    /// The unit.
    pub check: UnitCheck<'a>,
    /// The index of the commune, in the edition of the answer, in which it lies.
    pub commune: CommuneIndex,
}

/// Every unit of an edition whose check contradicts its decision: communes first, then the units under them.
pub fn disagreements<'a>(evaluation: &StatutoryEvaluation<'a>, edition_data: &EditionData) -> Vec<Disagreement<'a>> {
    let units = evaluation.communes().chain(evaluation.units());
    let checks = units.map(|unit| evaluation.check(unit)).filter(|check| check.agreement == Agreement::Disagrees);
    checks
        .filter_map(|check| Some(Disagreement { commune: commune_of(edition_data, check.unit.area)?, check }))
        .collect()
}

fn commune_of(edition_data: &EditionData, area: &AreaKey) -> Option<CommuneIndex> {
    edition_data.commune_of_key.get(area).copied()
}

//! The statutory reading of areas: one commune, or the communes of an older edition that lie in it.
//!
//! In: a reading and an edition. Out: for every area the attributes of a row, and for one area all
//! that can be said of its communes. What the public may not see is cut here, in one place.

use std::collections::BTreeSet;

use super::evidence::{Evidence, evidence};
use super::reading::{StatutoryEvaluation, UnitCheck};
use super::register::RegisterEntry;
use super::verdict::OfficialStatus;
use super::windows::window_before;
use crate::domain::area::{AreaIndex, AreaKey, CommuneIndex, Level};
use crate::domain::index::IndexVec;
use crate::domain::role::Role;
use crate::domain::standard::certification::UnitKind;
use crate::domain::standard::criterion::CriterionTest;
use crate::domain::standard::movement::MovementGrade;
use crate::snapshot::{EditionData, LevelData};

/// One commune of a reading.
#[derive(Debug, Clone, PartialEq)]
pub struct CommuneEvaluation<'a> {
    /// The check; for the public without its criteria.
    pub check: UnitCheck<'a>,
    /// The movement's grade in the window.
    pub movement_grade: Option<MovementGrade>,
    /// The movement's grade in the window before.
    pub movement_grade_before: Option<MovementGrade>,
    /// Evidence beside the declaration on crime and accidents.
    pub evidence: Option<Evidence>,
}

/// The communes of one area.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaEvaluation<'a> {
    /// The communes, in the order of editions and codes.
    pub communes: Vec<CommuneEvaluation<'a>>,
}

/// The standing of every area of a level; only communes have one.
pub fn by_area(
    evaluation: Option<&StatutoryEvaluation<'_>>,
    edition_data: &EditionData,
    areas: &LevelData,
) -> IndexVec<AreaIndex, OfficialStatus> {
    let nothing = IndexVec::from(vec![OfficialStatus::default(); areas.areas.len()]);
    let Some(evaluation) = evaluation.filter(|_| areas.level == Level::Commune) else { return nothing };
    let keys = own_keys(edition_data);
    let groups = communes_of_areas(evaluation, edition_data, &keys);
    groups.iter().map(|communes| official_status(evaluation, communes)).collect()
}

fn official_status(evaluation: &StatutoryEvaluation<'_>, communes: &[RegisterEntry<'_>]) -> OfficialStatus {
    let agreements = communes.iter().map(|commune| evaluation.check(commune).agreement);
    let units = &evaluation.snapshot.units;
    let grades: BTreeSet<_> = communes.iter().map(|commune| units.grade(&evaluation.window.id, commune.area)).collect();
    let only = grades.first().copied().flatten().filter(|_| grades.len() == 1);
    OfficialStatus { agreement: agreements.max(), movement_grade: only }
}

/// The communes that lie in an area of a level, as a role may see them.
pub fn evaluate_area<'a>(
    evaluation: &StatutoryEvaluation<'a>,
    edition_data: &'a EditionData,
    keys: &'a [AreaKey],
    members: &BTreeSet<CommuneIndex>,
    role: Role,
) -> AreaEvaluation<'a> {
    let groups = communes_of_areas(evaluation, edition_data, keys);
    let within = groups.indices().zip(groups.iter()).filter(|(commune, _)| members.contains(commune));
    let communes = within.flat_map(|(_, communes)| communes.iter().copied());
    let mut communes: Vec<_> = communes.map(|commune| evaluate_commune(evaluation, &commune, role)).collect();
    // Of a district or the province the evidence would be one table per commune: requested commune by commune.
    if members.len() == 1 && role.sees_small_counts() {
        for commune in &mut communes {
            commune.evidence = evidence_of(evaluation, &commune.check);
        }
    }
    AreaEvaluation { communes }
}

fn evaluate_commune<'a>(
    evaluation: &StatutoryEvaluation<'a>,
    commune: &RegisterEntry<'a>,
    role: Role,
) -> CommuneEvaluation<'a> {
    let check = evaluation.check(commune);
    if !role.sees_small_counts() {
        let check = UnitCheck { criteria: Vec::new(), ..check };
        return CommuneEvaluation { check, movement_grade: None, movement_grade_before: None, evidence: None };
    }
    let units = &evaluation.snapshot.units;
    let before = window_before(&evaluation.snapshot.rules, evaluation.window);
    CommuneEvaluation {
        movement_grade: units.grade(&evaluation.window.id, commune.area),
        movement_grade_before: before.and_then(|window| units.grade(&window.id, commune.area)),
        evidence: None,
        check,
    }
}

/// The evidence of a commune whose circular requires it.
fn evidence_of(evaluation: &StatutoryEvaluation<'_>, check: &UnitCheck<'_>) -> Option<Evidence> {
    let asks = check.criteria.iter().any(|criterion| criterion.criterion.test == CriterionTest::Evidence);
    let rule = evaluation.circular.filter(|_| asks).map(|circular| &circular.evidence)?;
    evidence(evaluation.snapshot, check.unit.area, evaluation.window, rule)
}

/// The keys of the communes of an edition.
pub fn own_keys(edition_data: &EditionData) -> Vec<AreaKey> {
    let edition = edition_data.entry.id;
    edition_data.shape.communes().iter().map(|area| AreaKey { edition, code: area.code.clone() }).collect()
}

/// For every commune of an edition the communes of the reading that lie in it: those of which something is
/// known, or else itself, of which nothing is.
fn communes_of_areas<'a>(
    evaluation: &StatutoryEvaluation<'a>,
    edition_data: &EditionData,
    keys: &'a [AreaKey],
) -> IndexVec<CommuneIndex, Vec<RegisterEntry<'a>>> {
    let mut groups: IndexVec<CommuneIndex, Vec<RegisterEntry<'a>>> = vec![Vec::new(); keys.len()].into();
    for commune in evaluation.communes() {
        if let Some(group) = edition_data.commune_of_key.get(commune.area).and_then(|index| groups.at_mut(*index)) {
            group.push(*commune);
        }
    }
    for (group, key) in groups.iter_mut().zip(keys).filter(|(group, _)| group.is_empty()) {
        group.push(RegisterEntry::unknown(UnitKind::Commune, key.code.as_str(), key));
    }
    groups
}

//! The statutory reading of areas: one commune, or the communes of an older edition that lie in it.
//!
//! In: a reading and an edition. Out: for every area the attributes of a row, and for one area all
//! that can be said of its communes. What the public may not see is cut here, in one place.

use std::collections::BTreeSet;

use super::evidence::{Evidence, evidence};
use super::reading::{Reading, UnitCheck};
use super::roll::RollEntry;
use super::verdict::AreaStanding;
use super::windows::window_before;
use crate::domain::area::{AreaKey, Level};
use crate::domain::certification::UnitKind;
use crate::domain::criterion::CriterionTest;
use crate::domain::movement::MovementGrade;
use crate::domain::role::Role;
use crate::snapshot::{EditionPicture, LevelPicture};

/// One commune of a reading.
#[derive(Debug, Clone, PartialEq)]
pub struct CommuneReading<'a> {
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
pub struct AreaReading<'a> {
    /// The communes, in the order of editions and codes.
    pub communes: Vec<CommuneReading<'a>>,
}

/// The standing of every area of a level; only communes have one.
pub fn by_area(reading: Option<&Reading<'_>>, picture: &EditionPicture, areas: &LevelPicture) -> Vec<AreaStanding> {
    let nothing = vec![AreaStanding::default(); areas.areas.len()];
    let Some(reading) = reading.filter(|_| areas.level == Level::Commune) else { return nothing };
    let keys = own_keys(picture);
    let groups = communes_of_areas(reading, picture, &keys);
    groups.iter().map(|communes| standing(reading, communes)).collect()
}

fn standing(reading: &Reading<'_>, communes: &[RollEntry<'_>]) -> AreaStanding {
    let agreements = communes.iter().map(|commune| reading.check(commune).agreement);
    let units = &reading.snapshot.units;
    let grades: BTreeSet<_> = communes.iter().map(|commune| units.grade(&reading.window.id, commune.area)).collect();
    let only = grades.first().copied().flatten().filter(|_| grades.len() == 1);
    AreaStanding { agreement: agreements.max(), movement_grade: only }
}

/// The communes that lie in an area of a level, as a role may see them.
pub fn read_area<'a>(
    reading: &Reading<'a>,
    picture: &'a EditionPicture,
    keys: &'a [AreaKey],
    members: &BTreeSet<usize>,
    role: Role,
) -> AreaReading<'a> {
    let groups = communes_of_areas(reading, picture, keys);
    let within = groups.into_iter().enumerate().filter(|(place, _)| members.contains(place));
    let communes = within.flat_map(|(_, communes)| communes);
    let mut communes: Vec<_> = communes.map(|commune| read_commune(reading, &commune, role)).collect();
    // Of a district or the province the evidence would be one table per commune: asked for commune by commune.
    if members.len() == 1 && role.sees_small_counts() {
        for commune in &mut communes {
            commune.evidence = evidence_of(reading, &commune.check);
        }
    }
    AreaReading { communes }
}

fn read_commune<'a>(reading: &Reading<'a>, commune: &RollEntry<'a>, role: Role) -> CommuneReading<'a> {
    let check = reading.check(commune);
    if !role.sees_small_counts() {
        let check = UnitCheck { criteria: Vec::new(), ..check };
        return CommuneReading { check, movement_grade: None, movement_grade_before: None, evidence: None };
    }
    let units = &reading.snapshot.units;
    let before = window_before(&reading.snapshot.rules, reading.window);
    CommuneReading {
        movement_grade: units.grade(&reading.window.id, commune.area),
        movement_grade_before: before.and_then(|window| units.grade(&window.id, commune.area)),
        evidence: None,
        check,
    }
}

/// The evidence of a commune whose circular asks for it.
fn evidence_of(reading: &Reading<'_>, check: &UnitCheck<'_>) -> Option<Evidence> {
    let asks = check.criteria.iter().any(|criterion| criterion.criterion.test == CriterionTest::Evidence);
    let rule = reading.circular.filter(|_| asks).map(|circular| &circular.evidence)?;
    evidence(reading.snapshot, check.unit.area, reading.window, rule)
}

/// The keys of the communes of an edition.
pub fn own_keys(picture: &EditionPicture) -> Vec<AreaKey> {
    let edition = picture.entry.id;
    picture.shape.communes().iter().map(|area| AreaKey { edition, code: area.code.clone() }).collect()
}

/// For every commune of an edition the communes of the reading that lie in it: those of which something is
/// known, or else itself, of which nothing is.
fn communes_of_areas<'a>(
    reading: &Reading<'a>,
    picture: &EditionPicture,
    keys: &'a [AreaKey],
) -> Vec<Vec<RollEntry<'a>>> {
    let mut groups: Vec<Vec<RollEntry<'a>>> = vec![Vec::new(); keys.len()];
    for commune in reading.communes() {
        if let Some(group) = picture.commune_of_key.get(commune.area).and_then(|place| groups.get_mut(*place)) {
            group.push(*commune);
        }
    }
    for (group, key) in groups.iter_mut().zip(keys).filter(|(group, _)| group.is_empty()) {
        group.push(RollEntry::unknown(UnitKind::Commune, key.code.as_str(), key));
    }
    groups
}

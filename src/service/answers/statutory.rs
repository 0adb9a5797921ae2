//! The statutory reading of an area: decision and check, for a role that may see it criterion by criterion.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::facts;
use super::{AssessedLevel, object};
use crate::assessment::statutory::{
    Agreement, AreaEvaluation, CommuneEvaluation, CriterionCheck, Statutory, StatutoryEvaluation, UnitCheck,
    evaluate_area, own_keys,
};
use crate::domain::area::Level;
use crate::domain::rules::window::Window;
use crate::domain::standard::certification::Declared;
use crate::domain::standard::circular::Circular;
use crate::domain::standard::movement::MovementGrade;
use crate::domain::time::period::PeriodDates;

/// How much is said of each commune.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Decision, check and agreement.
    Summary,
    /// Every criterion with its facts as well.
    Criteria,
}

/// The member `statutory` of the area at an index of the level.
pub(super) fn statutory(assessed: &AssessedLevel, area_index: usize, detail: Detail) -> Json {
    let verdict = assessed.assessment.rows.get(area_index).map(|row| row.statutory);
    let mut member = object([("verdict", json!(verdict))]);
    let (Some(edition_data), Some(areas)) = (assessed.edition_data(), assessed.areas()) else {
        return Json::Object(member);
    };
    let Some(reading) = StatutoryEvaluation::of(assessed.snapshot(), assessed.requested.filter.period) else {
        member.extend(object([("window", Json::Null), ("circular", Json::Null), ("communes", json!([]))]));
        return Json::Object(member);
    };
    let keys = own_keys(edition_data);
    let members: BTreeSet<usize> = areas.communes_of(area_index).collect();
    let area = evaluate_area(&reading, edition_data, &keys, &members, assessed.role);
    member.insert("window".into(), window(reading.window));
    member.insert("circular".into(), json!(reading.circular.map(circular)));
    if assessed.role.sees_small_counts() {
        member.extend(own_check(assessed, area_index, &area));
    }
    let communes = area.communes.iter().map(|commune| self::commune(assessed, commune, detail));
    // A province of communes is requested commune by commune, or as the list of disagreements.
    let listed = (assessed.assessment.level == Level::Commune).then(|| communes.collect::<Vec<_>>());
    member.insert("communes".into(), json!(listed));
    Json::Object(member)
}

/// What our check says of the area: of a commune its agreement, of a wider area how many of each.
fn own_check(assessed: &AssessedLevel, area_index: usize, area: &AreaEvaluation<'_>) -> Map<String, Json> {
    let official_status = assessed.assessment.rows.get(area_index).map(|row| row.official_status);
    let agreements = |wanted| count(area, |commune| commune.check.agreement == wanted);
    let checks = |wanted| count(area, |commune| commune.check.check == wanted);
    object([
        ("agreement", json!(official_status.and_then(|official_status| official_status.agreement))),
        ("movement_grade", grade(official_status.and_then(|official_status| official_status.movement_grade))),
        (
            "counts",
            json!({
                "communes": area.communes.len(),
                "check": {
                    "met": checks(Statutory::Met),
                    "not_met": checks(Statutory::NotMet),
                    "insufficient": checks(Statutory::Insufficient),
                },
                "agreement": {
                    "agrees": agreements(Agreement::Agrees),
                    "unknown": agreements(Agreement::Unknown),
                    "disagrees": agreements(Agreement::Disagrees),
                },
            }),
        ),
    ])
}

fn count(area: &AreaEvaluation<'_>, holds: impl Fn(&CommuneEvaluation<'_>) -> bool) -> usize {
    area.communes.iter().filter(|commune| holds(commune)).count()
}

fn commune(assessed: &AssessedLevel, commune: &CommuneEvaluation<'_>, detail: Detail) -> Json {
    let check = &commune.check;
    let mut member = unit_members(assessed, check);
    if assessed.role.sees_small_counts() {
        member.extend(checked_members(check));
        member.insert("movement_grade".into(), grade(commune.movement_grade));
        member.insert("movement_grade_before".into(), grade(commune.movement_grade_before));
        if detail == Detail::Criteria {
            let criteria = check.criteria.iter().map(|criterion| self::criterion(assessed, commune, criterion));
            member.insert("criteria".into(), criteria.collect());
        }
    }
    Json::Object(member)
}

/// Who the unit is, and its official decision.
pub(super) fn unit_members(assessed: &AssessedLevel, check: &UnitCheck<'_>) -> Map<String, Json> {
    let unit = &check.unit;
    let name = assessed.snapshot().edition(unit.area.edition).and_then(|edition_data| {
        edition_data.shape.communes().iter().find(|area| area.code == unit.area.code).map(|area| area.name.as_str())
    });
    object([
        ("unit_id", json!(unit.unit_id)),
        ("kind", json!(unit.kind)),
        ("label", json!(unit.label)),
        ("commune", json!({ "edition": unit.area.edition, "code": unit.area.code, "name": name })),
        (
            "decision",
            json!({
                "verdict": check.official,
                "number": unit.decision.map(|decision| decision.number.as_str()),
                "decided_on": unit.decided_on,
                "body": unit.decision.map(|decision| decision.body.as_str()),
            }),
        ),
    ])
}

/// What our check says of the unit.
pub(super) fn checked_members(check: &UnitCheck<'_>) -> Map<String, Json> {
    object([
        ("registered", json!(check.unit.registered.map(Declared::holds))),
        ("check", json!(check.check)),
        ("agreement", json!(check.agreement)),
    ])
}

fn criterion(assessed: &AssessedLevel, commune: &CommuneEvaluation<'_>, check: &CriterionCheck<'_>) -> Json {
    let mut member = criterion_members(check);
    member.insert("threshold".into(), facts::threshold(check));
    member.insert("facts".into(), facts::facts(check));
    if check.criterion.test == crate::domain::standard::criterion::CriterionTest::Evidence {
        let taxonomy = &assessed.snapshot().taxonomy;
        member.insert("evidence".into(), facts::evidence(commune.evidence.as_ref(), taxonomy));
    }
    Json::Object(member)
}

/// Which criterion it is, and its verdict.
pub(super) fn criterion_members(check: &CriterionCheck<'_>) -> Map<String, Json> {
    let criterion = check.criterion;
    object([
        ("id", json!(criterion.id)),
        ("article", json!(criterion.article)),
        ("number", json!(criterion.number)),
        ("text", json!(criterion.text)),
        ("kind", json!(criterion.test.kind())),
        ("verdict", json!(check.verdict)),
        ("verdict_text", json!({ "vi": check.verdict.vietnamese(), "en": check.verdict.english() })),
    ])
}

/// The circular by which is judged, with the hash of its file.
pub(super) fn circular(circular: &Circular) -> Json {
    json!({
        "id": circular.id,
        "name": circular.names,
        "hash": circular.hash,
        "in_force_from": circular.in_force_from,
        "in_force_until": circular.in_force_until,
    })
}

/// A window with its days.
pub(super) fn window(window: &Window) -> Json {
    let dates = PeriodDates::from(window.period);
    json!({ "id": window.id, "name": window.names, "from": dates.from, "to": dates.to })
}

fn grade(grade: Option<MovementGrade>) -> Json {
    json!(grade.map(|grade| json!({ "grade": grade, "name": { "vi": grade.vietnamese(), "en": grade.as_str() } })))
}

//! What is known of single units: the register, certifications, decisions, declarations, grades.
//!
//! In: the rows of the store. Out: the same rows, sorted, with the questions that the
//! statutory reading needs of them. Nothing here depends on boundaries: a unit belongs
//! to the commune of the edition that its row names.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::domain::area::AreaKey;
use crate::domain::holdings::Dataset;
use crate::domain::standard::certification::{Certification, Decision, Declared, UnitKind};
use crate::domain::standard::criterion::CriterionId;
use crate::domain::standard::declaration::Declaration;
use crate::domain::standard::movement::{CommuneGrade, MovementGrade};
use crate::domain::standard::unit::Unit;

/// All rows about units.
#[derive(Debug, Clone, Default)]
pub struct UnitRecords {
    register: Vec<Unit>,
    certifications: Vec<Certification>,
    decisions: Vec<Decision>,
    declarations: Vec<Declaration>,
    grades: Vec<CommuneGrade>,
}

/// Where a unit stands in a window, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitStatus<'a> {
    /// What the unit is.
    pub kind: UnitKind,
    /// Its id in the register of units.
    pub unit_id: &'a str,
    /// The commune it belongs to.
    pub area: &'a AreaKey,
    /// The id of the window.
    pub window: &'a str,
    /// Whether it registered.
    pub registered: Option<Declared>,
    /// Whether it is recognised: by the decision, where there is one.
    pub recognised: Option<Declared>,
    /// The decision with its number and body.
    pub decision: Option<&'a Decision>,
    /// The day of the decision.
    pub decided_on: Option<Date>,
}

impl UnitRecords {
    /// The rows in the order in which they are searched.
    pub fn new(
        mut register: Vec<Unit>,
        mut certifications: Vec<Certification>,
        mut decisions: Vec<Decision>,
        mut declarations: Vec<Declaration>,
        mut grades: Vec<CommuneGrade>,
    ) -> Self {
        register.sort_by(|a, b| a.id.cmp(&b.id));
        certifications.sort_by(|a, b| (&a.window, &a.unit_id).cmp(&(&b.window, &b.unit_id)));
        decisions.sort_by(|a, b| (&a.window, &a.unit_id).cmp(&(&b.window, &b.unit_id)));
        declarations.sort_by(|a, b| declaration_key(a).cmp(&declaration_key(b)));
        grades.sort_by(|a, b| (&a.window, &a.area).cmp(&(&b.window, &b.area)));
        Self { register, certifications, decisions, declarations, grades }
    }

    /// Every unit on the register, in the order of the ids.
    pub fn register(&self) -> &[Unit] {
        &self.register
    }

    /// Every residential area that is on the register or was ever certified, with its commune, by id.
    pub fn residential_areas(&self) -> BTreeMap<&str, &AreaKey> {
        let certified_units = self.certifications.iter().filter(|row| row.unit_kind == UnitKind::ResidentialArea);
        let registered = self.register.iter().filter(|unit| unit.kind == UnitKind::ResidentialArea);
        let certified_units = certified_units.map(|row| (row.unit_id.as_str(), &row.area));
        certified_units.chain(registered.map(|unit| (unit.id.as_str(), &unit.area))).collect()
    }

    /// The ids of the windows in which some unit of a kind is certified or decided on.
    pub fn windows_of(&self, kind: UnitKind) -> impl Iterator<Item = &str> {
        let certified = self.certifications.iter().filter(move |row| row.unit_kind == kind).map(|row| &*row.window);
        let decided = self.decisions.iter().filter(move |row| row.unit_kind == kind).map(|row| &*row.window);
        certified.chain(decided)
    }

    /// Where every unit of a window stands, in the order of the ids.
    pub fn statuses<'a>(&'a self, window: &'a str) -> Vec<UnitStatus<'a>> {
        let certified = run(&self.certifications, |row| row.window.as_str().cmp(window)).iter().map(certified);
        let mut statuses: Vec<UnitStatus<'a>> = certified.collect();
        for decision in run(&self.decisions, |row| row.window.as_str().cmp(window)) {
            match statuses.binary_search_by(|status| status.unit_id.cmp(&decision.unit_id)) {
                Ok(index) => statuses[index].decide(decision),
                Err(index) => statuses.insert(index, decided(decision)),
            }
        }
        statuses
    }

    /// The declarations of a window, in the order of units and criteria.
    pub fn declarations(&self, window: &str) -> &[Declaration] {
        run(&self.declarations, |row| row.window.as_str().cmp(window))
    }

    /// What a unit declared about a criterion.
    pub fn declared(&self, window: &str, unit_id: &str, criterion: &CriterionId) -> Option<Declared> {
        let key = (window, unit_id, criterion.as_str());
        let index = self.declarations.binary_search_by(|row| declaration_key(row).cmp(&key)).ok()?;
        self.declarations.get(index).map(|row| row.met)
    }

    /// The grade of a commune.
    pub fn grade(&self, window: &str, area: &AreaKey) -> Option<MovementGrade> {
        let index = self.grades.binary_search_by(|row| (row.window.as_str(), &row.area).cmp(&(window, area))).ok()?;
        self.grades.get(index).map(|row| row.grade)
    }

    /// The communes graded in a window.
    pub fn graded(&self, window: &str) -> &[CommuneGrade] {
        run(&self.grades, |row| row.window.as_str().cmp(window))
    }

    /// The parts of the holdings of which there are rows.
    pub fn parts(&self) -> impl Iterator<Item = Dataset> {
        let residential = |unit: &Unit| unit.kind == UnitKind::ResidentialArea;
        [
            (Dataset::ResidentialAreas, self.register.iter().any(residential)),
            (Dataset::Institutions, !self.register.iter().all(residential)),
            (Dataset::Certifications, !self.certifications.is_empty()),
            (Dataset::Decisions, !self.decisions.is_empty()),
            (Dataset::Declarations, !self.declarations.is_empty()),
            (Dataset::MovementGrades, !self.grades.is_empty()),
        ]
        .into_iter()
        .filter_map(|(part, held)| held.then_some(part))
    }
}

impl<'a> UnitStatus<'a> {
    fn decide(&mut self, decision: &'a Decision) {
        self.recognised = Some(decision.recognised);
        self.decided_on = Some(decision.decided_on);
        self.decision = Some(decision);
    }
}

fn certified(row: &Certification) -> UnitStatus<'_> {
    UnitStatus {
        kind: row.unit_kind,
        unit_id: &row.unit_id,
        area: &row.area,
        window: &row.window,
        registered: Some(row.registered),
        recognised: Some(row.recognised),
        decision: None,
        decided_on: row.decided_on,
    }
}

fn decided(decision: &Decision) -> UnitStatus<'_> {
    UnitStatus {
        kind: decision.unit_kind,
        unit_id: &decision.unit_id,
        area: &decision.area,
        window: &decision.window,
        registered: None,
        recognised: Some(decision.recognised),
        decision: Some(decision),
        decided_on: Some(decision.decided_on),
    }
}

fn declaration_key(row: &Declaration) -> (&str, &str, &str) {
    (&row.window, &row.unit_id, row.criterion.as_str())
}

/// The rows for which an order is equal, out of rows sorted by it.
fn run<T>(rows: &[T], order: impl Fn(&T) -> std::cmp::Ordering) -> &[T] {
    let from = rows.partition_point(|row| order(row).is_lt());
    let to = rows.partition_point(|row| order(row).is_le());
    &rows[from..to]
}

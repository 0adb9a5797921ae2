//! A circular: the criteria of the standard "An toàn về an ninh, trật tự", in force for a time.
//!
//! In: what its file holds, checked there. Out: the criteria of a kind of unit, and who is
//! in scope. It judges nobody.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;

use super::certification::UnitKind;
use super::criterion::{Criterion, CriterionId};
use super::unit::{InstitutionForm, Unit};
use crate::domain::text::Names;

/// Which incidents are shown as evidence, and what counts as chance.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceRule {
    /// The components whose incidents are counted.
    pub components: Vec<String>,
    /// Above this probability a change is called chance.
    pub chance_above_p: f64,
}

/// A circular, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Circular {
    /// Its official number.
    pub id: String,
    /// Its names for people.
    pub names: Names,
    /// The first sixteen hexadecimal digits of the SHA-256 of the file.
    pub hash: String,
    /// The first day in force.
    pub in_force_from: Date,
    /// The day after the last one in force; none for the circular of today.
    pub in_force_until: Option<Date>,
    /// Forms of institution that the circular leaves out.
    pub out_of_scope: BTreeSet<InstitutionForm>,
    /// The evidence shown beside declarations.
    pub evidence: EvidenceRule,
    /// The criteria in file order.
    pub criteria: Vec<Criterion>,
}

impl Circular {
    /// Whether the circular is in force on a day.
    pub fn is_in_force_on(&self, day: Date) -> bool {
        self.in_force_from <= day && self.in_force_until.is_none_or(|end| day < end)
    }

    /// The criteria of a kind of unit in file order.
    pub fn criteria_of(&self, unit: UnitKind) -> impl Iterator<Item = &Criterion> {
        self.criteria.iter().filter(move |criterion| criterion.unit == unit)
    }

    /// The criterion of a name for a kind of unit.
    pub fn criterion(&self, unit: UnitKind, id: &CriterionId) -> Option<&Criterion> {
        self.criteria_of(unit).find(|criterion| criterion.id == *id)
    }

    /// Whether a unit has to register. Where its form is not known, it has to.
    pub fn is_in_scope(&self, unit: &Unit) -> bool {
        unit.form.is_none_or(|form| !self.out_of_scope.contains(&form))
    }
}

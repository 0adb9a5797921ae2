//! The register of a window: every unit of a kind that has to register in a window, and where it stands.
//!
//! It joins the imported units with what was certified or decided, so that a unit without any
//! decision is listed as undecided and can be named. Units out of the circular's scope are not
//! listed.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::windows::last_day;
use crate::domain::area::AreaKey;
use crate::domain::rules::window::Window;
use crate::domain::standard::certification::{Decision, Declared, UnitKind};
use crate::domain::standard::circular::Circular;
use crate::domain::standard::unit::Unit;
use crate::snapshot::{Snapshot, UnitStatus};

/// One unit of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegisterEntry<'a> {
    /// What the unit is.
    pub kind: UnitKind,
    /// Its id in the register.
    pub unit_id: &'a str,
    /// What people call the place.
    pub label: Option<&'a str>,
    /// The commune it belongs to.
    pub area: &'a AreaKey,
    /// Whether it registered.
    pub registered: Option<Declared>,
    /// Whether it is recognised.
    pub recognised: Option<Declared>,
    /// The decision with its number and body.
    pub decision: Option<&'a Decision>,
    /// The day of the decision.
    pub decided_on: Option<Date>,
}

impl<'a> RegisterEntry<'a> {
    /// A unit of which nothing is known but that it is there.
    pub fn unknown(kind: UnitKind, unit_id: &'a str, area: &'a AreaKey) -> Self {
        Self { kind, unit_id, label: None, area, registered: None, recognised: None, decision: None, decided_on: None }
    }

    /// A unit of which only the register knows.
    fn unreported(unit: &'a Unit) -> Self {
        Self { label: unit.label.as_deref(), ..Self::unknown(unit.kind, &unit.id, &unit.area) }
    }

    /// A unit with a decision or a certification.
    fn status(status: &UnitStatus<'a>, unit: Option<&'a Unit>) -> Self {
        Self {
            kind: status.kind,
            unit_id: status.unit_id,
            label: unit.and_then(|unit| unit.label.as_deref()),
            area: status.area,
            registered: status.registered,
            recognised: status.recognised,
            decision: status.decision,
            decided_on: status.decided_on,
        }
    }
}

/// The register of a kind of unit in a window, in the order of the ids.
pub fn register_entries<'a>(
    snapshot: &'a Snapshot,
    kind: UnitKind,
    window: &'a Window,
    circular: Option<&Circular>,
) -> Vec<RegisterEntry<'a>> {
    let is_in_scope = |unit: &Unit| circular.is_none_or(|circular| circular.is_in_scope(unit));
    let of_kind = snapshot.units.register().iter().filter(|unit| unit.kind == kind);
    let register: BTreeMap<&str, &Unit> = of_kind.map(|unit| (unit.id.as_str(), unit)).collect();
    let mut entries: BTreeMap<&str, RegisterEntry<'a>> = BTreeMap::new();
    for unit in register.values().filter(|unit| unit.exists_on(last_day(window)) && is_in_scope(unit)) {
        entries.insert(&unit.id, RegisterEntry::unreported(unit));
    }
    for status in snapshot.units.statuses(&window.id).iter().filter(|status| status.kind == kind) {
        let unit = register.get(status.unit_id).copied();
        if unit.is_none_or(is_in_scope) {
            entries.insert(status.unit_id, RegisterEntry::status(status, unit));
        }
    }
    entries.into_values().collect()
}

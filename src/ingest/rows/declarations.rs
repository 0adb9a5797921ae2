//! Declarations about criteria from rows.

use super::incidents::unknown;
use super::kind::RowKind;
use super::row::{FieldError, InputRow};
use super::unit_rows::{UNIT_ID, UnitRows, WINDOW, declared, with_unit_fields};
use crate::domain::rules::window::Window;
use crate::domain::standard::certification::UnitKind;
use crate::domain::standard::circular::Circular;
use crate::domain::standard::circulars::Circulars;
use crate::domain::standard::criterion::{Criterion, CriterionId};
use crate::domain::standard::declaration::Declaration;
use crate::ingest::fields::{Field, FieldIndex};

const CRITERION: FieldIndex = FieldIndex::new(5);
const MET: FieldIndex = FieldIndex::new(6);

/// Rows of declarations, each about a criterion of the circular that judges the window.
#[derive(Debug, Clone, Copy)]
pub struct Declarations<'a> {
    /// Windows and areas.
    pub rows: UnitRows<'a>,
    /// The circulars whose criteria may be declared.
    pub circulars: &'a Circulars,
}

impl RowKind for Declarations<'_> {
    type Output = Declaration;

    const NAME: &'static str = "declarations";
    const FIELDS: &'static [Field] =
        &with_unit_fields::<2, 7>([Field::required("criterion", &["tieu_chi"]), Field::required("met", &["dat"])]);
    const KEY: &'static [FieldIndex] = &[UNIT_ID, WINDOW, CRITERION];
    const POSITION: Option<(FieldIndex, FieldIndex)> = None;

    fn record(&self, row: &InputRow<'_>) -> Result<Declaration, FieldError> {
        let unit = self.rows.unit(row)?;
        let window = self.rows.window_of(row, unit.kind)?;
        Ok(Declaration {
            criterion: self.criterion(row, window, unit.kind)?,
            unit_id: unit.id,
            unit_kind: unit.kind,
            area: unit.area,
            window: window.id.clone(),
            met: declared(row, MET)?,
        })
    }
}

impl Declarations<'_> {
    /// A criterion that a unit of the kind declares, under the circular that judges the window.
    fn criterion(&self, row: &InputRow<'_>, window: &Window, kind: UnitKind) -> Result<CriterionId, FieldError> {
        let id: CriterionId = row.parsed_needed(CRITERION)?;
        let circular = self
            .circulars
            .in_force_for(window.period)
            .ok_or_else(|| row.fault(WINDOW, "no circular is in force at the end of the window"))?;
        match circular.criterion(kind, &id) {
            Some(criterion) if criterion.test.is_declared() => Ok(id),
            Some(_) => Err(row.fault(CRITERION, "the criterion is computed, not declared")),
            None => Err(row.fault(CRITERION, declarable(circular, kind))),
        }
    }
}

fn declarable(circular: &Circular, kind: UnitKind) -> String {
    let declared = circular.criteria_of(kind).filter(|criterion| criterion.test.is_declared());
    let known = unknown("criterion", declared.map(|criterion: &Criterion| criterion.id.as_str()));
    format!("{known} ({}, {kind})", circular.id)
}

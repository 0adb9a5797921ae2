//! Official decisions from rows.

use super::kind::RowKind;
use super::row::{FieldError, InputRow};
use super::unit_rows::{UNIT_ID, UnitRows, WINDOW, declared, short_text, with_unit_fields};
use crate::domain::standard::certification::Decision;
use crate::ingest::fields::{Field, FieldIndex};

const RECOGNISED: FieldIndex = FieldIndex::new(5);
const NUMBER: FieldIndex = FieldIndex::new(6);
const DECIDED_ON: FieldIndex = FieldIndex::new(7);
const BODY: FieldIndex = FieldIndex::new(8);

/// Rows of official decisions.
#[derive(Debug, Clone, Copy)]
pub struct Decisions<'a>(pub UnitRows<'a>);

impl RowKind for Decisions<'_> {
    type Output = Decision;

    const NAME: &'static str = "decisions";
    const FIELDS: &'static [Field] = &with_unit_fields::<4, 9>([
        Field::required("recognised", &["recognized"]),
        Field::required("number", &["decision_number", "so_quyet_dinh"]),
        Field::required("decided_on", &["ngay_quyet_dinh"]),
        Field::required("body", &["co_quan_ban_hanh"]),
    ]);
    const KEY: &'static [FieldIndex] = &[UNIT_ID, WINDOW];
    const POSITION: Option<(FieldIndex, FieldIndex)> = None;
    const DAYS: &'static [FieldIndex] = &[DECIDED_ON];
    const LABELS: &'static [FieldIndex] = &[NUMBER, BODY];

    fn record(&self, row: &InputRow<'_>) -> Result<Decision, FieldError> {
        let unit = self.0.unit(row)?;
        let window = self.0.window_of(row, unit.kind)?;
        let decided_on = self.0.decision_day(row, DECIDED_ON, window)?;
        Ok(Decision {
            unit_id: unit.id,
            unit_kind: unit.kind,
            area: unit.area,
            window: window.id.clone(),
            recognised: declared(row, RECOGNISED)?,
            number: short_text(row, NUMBER)?,
            decided_on: decided_on.ok_or_else(|| row.fault(DECIDED_ON, "the value is missing"))?,
            body: short_text(row, BODY)?,
        })
    }
}

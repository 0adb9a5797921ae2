//! Certifications from rows.

use super::kind::RowKind;
use super::row::{FieldError, InputRow};
use super::unit_rows::{UNIT_ID, UnitRows, WINDOW, declared, with_unit_fields};
use crate::domain::standard::certification::Certification;
use crate::ingest::checks::unit_facts::recognition_fault;
use crate::ingest::fields::{Field, FieldIndex};

const REGISTERED: FieldIndex = FieldIndex::new(5);
const RECOGNISED: FieldIndex = FieldIndex::new(6);
const DECIDED_ON: FieldIndex = FieldIndex::new(7);

/// Rows of certifications.
#[derive(Debug, Clone, Copy)]
pub struct Certifications<'a>(pub UnitRows<'a>);

impl RowKind for Certifications<'_> {
    type Output = Certification;

    const NAME: &'static str = "certifications";
    const FIELDS: &'static [Field] = &with_unit_fields::<3, 8>([
        Field::required("registered", &[]),
        Field::required("recognised", &["recognized"]),
        Field::optional("decided_on", &[]),
    ]);
    const KEY: &'static [FieldIndex] = &[UNIT_ID, WINDOW];
    const POSITION: Option<(FieldIndex, FieldIndex)> = None;
    const DAYS: &'static [FieldIndex] = &[DECIDED_ON];

    fn record(&self, row: &InputRow<'_>) -> Result<Certification, FieldError> {
        let unit = self.0.unit(row)?;
        let window = self.0.window_of(row, unit.kind)?;
        let (registered, recognised) = (declared(row, REGISTERED)?, declared(row, RECOGNISED)?);
        if let Some(why) = recognition_fault(registered, recognised) {
            return Err(row.fault(RECOGNISED, why));
        }
        Ok(Certification {
            unit_id: unit.id,
            unit_kind: unit.kind,
            area: unit.area,
            window: window.id.clone(),
            registered,
            recognised,
            decided_on: self.0.decision_day(row, DECIDED_ON, window)?,
        })
    }
}

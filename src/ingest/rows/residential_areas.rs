//! The register of residential areas from rows.

use super::institutions::{dissolved_on, label};
use super::kind::RowKind;
use super::row::{FieldError, InputRow};
use super::unit_rows::UnitRows;
use crate::domain::standard::certification::UnitKind;
use crate::domain::standard::unit::Unit;
use crate::ingest::fields::{Field, FieldIndex};

const UNIT_ID: FieldIndex = FieldIndex::new(0);
const AREA_CODE: FieldIndex = FieldIndex::new(1);
const EDITION: FieldIndex = FieldIndex::new(2);
const LABEL: FieldIndex = FieldIndex::new(3);
const ESTABLISHED_ON: FieldIndex = FieldIndex::new(4);
const DISSOLVED_ON: FieldIndex = FieldIndex::new(5);

/// Rows of the register of residential areas.
#[derive(Debug, Clone, Copy)]
pub struct ResidentialAreas<'a>(pub UnitRows<'a>);

impl RowKind for ResidentialAreas<'_> {
    type Output = Unit;

    const NAME: &'static str = "residential-areas";
    const FIELDS: &'static [Field] = &[
        Field::required("unit_id", &["ma_khu_dan_cu"]),
        Field::required("area_code", &["commune_code", "ward_code", "ma_xa"]),
        Field::optional("edition", &[]),
        Field::optional("label", &["ten_khu_dan_cu"]),
        Field::optional("established_on", &["ngay_thanh_lap"]),
        Field::optional("dissolved_on", &["ngay_giai_the"]),
    ];
    const KEY: &'static [FieldIndex] = &[UNIT_ID];
    const POSITION: Option<(FieldIndex, FieldIndex)> = None;
    const DAYS: &'static [FieldIndex] = &[ESTABLISHED_ON, DISSOLVED_ON];
    const LABELS: &'static [FieldIndex] = &[LABEL];

    fn record(&self, row: &InputRow<'_>) -> Result<Unit, FieldError> {
        let established_on = row.day(ESTABLISHED_ON)?;
        Ok(Unit {
            id: row.id(UNIT_ID)?,
            kind: UnitKind::ResidentialArea,
            form: None,
            area: self.0.commune(row, AREA_CODE, EDITION)?,
            label: label(row, LABEL)?,
            established_on,
            dissolved_on: dissolved_on(row, DISSOLVED_ON, established_on)?,
        })
    }
}

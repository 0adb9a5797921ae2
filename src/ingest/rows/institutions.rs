//! The register of institutions from rows: agencies, firms, schools.

use super::kind::RowKind;
use super::row::{FieldError, InputRow};
use super::unit_rows::UnitRows;
use crate::domain::standard::certification::UnitKind;
use crate::domain::standard::unit::{InstitutionForm, Unit};
use crate::ingest::fields::{Field, FieldIndex};
use jiff::civil::Date;

const UNIT_ID: FieldIndex = FieldIndex::new(0);
const UNIT_KIND: FieldIndex = FieldIndex::new(1);
const FORM: FieldIndex = FieldIndex::new(2);
const AREA_CODE: FieldIndex = FieldIndex::new(3);
const EDITION: FieldIndex = FieldIndex::new(4);
const LABEL: FieldIndex = FieldIndex::new(5);
const ESTABLISHED_ON: FieldIndex = FieldIndex::new(6);
const DISSOLVED_ON: FieldIndex = FieldIndex::new(7);

/// Rows of the register of institutions.
#[derive(Debug, Clone, Copy)]
pub struct Institutions<'a>(pub UnitRows<'a>);

impl RowKind for Institutions<'_> {
    type Output = Unit;

    const NAME: &'static str = "institutions";
    const FIELDS: &'static [Field] = &[
        Field::required("unit_id", &["ma_don_vi"]),
        Field::required("unit_kind", &[]),
        Field::optional("form", &["loai_hinh"]),
        Field::required("area_code", &["commune_code", "ward_code", "ma_xa"]),
        Field::optional("edition", &[]),
        Field::optional("label", &["ten_don_vi"]),
        Field::optional("established_on", &["ngay_thanh_lap"]),
        Field::optional("dissolved_on", &["ngay_giai_the"]),
    ];
    const KEY: &'static [FieldIndex] = &[UNIT_ID];
    const POSITION: Option<(FieldIndex, FieldIndex)> = None;
    const DAYS: &'static [FieldIndex] = &[ESTABLISHED_ON, DISSOLVED_ON];
    const LABELS: &'static [FieldIndex] = &[LABEL];

    fn record(&self, row: &InputRow<'_>) -> Result<Unit, FieldError> {
        let kind = institution_kind(row)?;
        let established_on = row.day(ESTABLISHED_ON)?;
        Ok(Unit {
            id: row.id(UNIT_ID)?,
            kind,
            form: form(row, kind)?,
            area: self.0.commune(row, AREA_CODE, EDITION)?,
            label: label(row, LABEL)?,
            established_on,
            dissolved_on: dissolved_on(row, DISSOLVED_ON, established_on)?,
        })
    }
}

fn institution_kind(row: &InputRow<'_>) -> Result<UnitKind, FieldError> {
    match row.parsed_needed(UNIT_KIND)? {
        UnitKind::ResidentialArea | UnitKind::Commune => {
            Err(row.fault(UNIT_KIND, "an institution is an agency, a business or a school"))
        }
        kind => Ok(kind),
    }
}

fn form(row: &InputRow<'_>, kind: UnitKind) -> Result<Option<InstitutionForm>, FieldError> {
    let form: Option<InstitutionForm> = row.parsed(FORM)?;
    match form {
        Some(form) if form.kind() != kind => Err(row.fault(FORM, format!("a unit of kind {kind} has no such form"))),
        form => Ok(form),
    }
}

/// What people call the place; none where the column is empty.
pub(in crate::ingest) fn label(row: &InputRow<'_>, field: FieldIndex) -> Result<Option<String>, FieldError> {
    row.name(field)
}

/// The first day on which a unit no longer exists.
pub(in crate::ingest) fn dissolved_on(
    row: &InputRow<'_>,
    field: FieldIndex,
    established_on: Option<Date>,
) -> Result<Option<Date>, FieldError> {
    let dissolved_on = row.day(field)?;
    match (established_on, dissolved_on) {
        (Some(start), Some(end)) if end < start => {
            Err(row.fault(field, format!("the unit ends before it begins on {start}")))
        }
        _ => Ok(dissolved_on),
    }
}

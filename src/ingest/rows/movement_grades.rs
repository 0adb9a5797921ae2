//! The movement's grades of communes from rows.

use super::kind::RowKind;
use super::row::{FieldError, InputRow};
use super::unit_rows::UnitRows;
use crate::domain::rules::window::Window;
use crate::domain::standard::certification::UnitKind;
use crate::domain::standard::movement::CommuneGrade;
use crate::ingest::checks::unit_facts::window_fault;
use crate::ingest::fields::{Field, FieldIndex};

const AREA_CODE: FieldIndex = FieldIndex::new(0);
const EDITION: FieldIndex = FieldIndex::new(1);
const WINDOW: FieldIndex = FieldIndex::new(2);
const GRADE: FieldIndex = FieldIndex::new(3);

/// Rows of the movement's grades.
#[derive(Debug, Clone, Copy)]
pub struct MovementGrades<'a>(pub UnitRows<'a>);

impl RowKind for MovementGrades<'_> {
    type Output = CommuneGrade;

    const NAME: &'static str = "movement-grades";
    const FIELDS: &'static [Field] = &[
        Field::required("area_code", &["commune_code", "ward_code", "ma_xa"]),
        Field::optional("edition", &[]),
        Field::required("window", &[]),
        Field::required("grade", &["phan_loai"]),
    ];
    const KEY: &'static [FieldIndex] = &[AREA_CODE, EDITION, WINDOW];
    const POSITION: Option<(FieldIndex, FieldIndex)> = None;

    fn record(&self, row: &InputRow<'_>) -> Result<CommuneGrade, FieldError> {
        Ok(CommuneGrade {
            area: self.0.commune(row, AREA_CODE, EDITION)?,
            window: self.window(row)?.id.clone(),
            grade: row.parsed_needed(GRADE)?,
        })
    }
}

impl<'a> MovementGrades<'a> {
    fn window(&self, row: &InputRow<'_>) -> Result<&'a Window, FieldError> {
        let window = self.0.certification_window(row, WINDOW)?;
        window_fault(window, UnitKind::Commune).map_or(Ok(window), |why| Err(row.fault(WINDOW, why)))
    }
}

//! Figures of exposure beside residents, from rows.
//!
//! In: rows of commune, edition, year, measure, value. Out: [`ExposureFigure`]s, or the fault of a
//! field. Only communes are accepted: wider areas are summed from theirs.

use super::kind::RowKind;
use super::populations::year;
use super::row::{FieldError, InputRow};
use super::unit_rows::UnitRows;
use crate::domain::area::exposure::ExposureFigure;
use crate::ingest::fields::{Field, FieldIndex};

const AREA_CODE: FieldIndex = FieldIndex::new(0);
const EDITION: FieldIndex = FieldIndex::new(1);
const YEAR: FieldIndex = FieldIndex::new(2);
const MEASURE: FieldIndex = FieldIndex::new(3);
const VALUE: FieldIndex = FieldIndex::new(4);

/// Rows of exposure figures.
#[derive(Debug, Clone, Copy)]
pub struct Exposures<'a>(pub UnitRows<'a>);

impl RowKind for Exposures<'_> {
    type Output = ExposureFigure;

    const NAME: &'static str = "exposures";
    const FIELDS: &'static [Field] = &[
        Field::required("area_code", &["commune_code", "ward_code", "ma_xa"]),
        Field::optional("edition", &[]),
        Field::required("year", &[]),
        Field::required("measure", &[]),
        Field::required("value", &[]),
    ];
    const KEY: &'static [FieldIndex] = &[AREA_CODE, EDITION, YEAR, MEASURE];
    const POSITION: Option<(FieldIndex, FieldIndex)> = None;

    fn record(&self, row: &InputRow<'_>) -> Result<ExposureFigure, FieldError> {
        Ok(ExposureFigure {
            area: self.0.commune(row, AREA_CODE, EDITION)?,
            year: year(row, YEAR)?,
            measure: row.parsed_needed(MEASURE)?,
            quantity: row.parsed_needed(VALUE)?,
        })
    }
}

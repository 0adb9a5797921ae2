//! Figures of exposure beside residents, from rows.
//!
//! In: rows of commune, edition, year, measure, value. Out: [`ExposureFigure`]s, or the fault of a
//! field. Only communes are accepted: wider areas are summed from theirs.

use super::kind::RowKind;
use super::populations::year;
use super::row::{FieldError, InputRow};
use super::unit_rows::UnitRows;
use crate::domain::area::exposure::{ExposureFigure, Quantity, QuantityError};
use crate::ingest::checks::numbers::plain_number;
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
    const QUANTITIES: &'static [FieldIndex] = &[VALUE];

    fn record(&self, row: &InputRow<'_>) -> Result<ExposureFigure, FieldError> {
        Ok(ExposureFigure {
            area: self.0.commune(row, AREA_CODE, EDITION)?,
            year: year(row, YEAR)?,
            measure: row.parsed_needed(MEASURE)?,
            quantity: quantity(row)?,
        })
    }
}

/// A number in the way of its file; what is none is refused in the words of the domain.
fn quantity(row: &InputRow<'_>) -> Result<Quantity, FieldError> {
    let text = row.needed(VALUE)?;
    match plain_number(text, row.decimal(VALUE)) {
        Ok(plain) => plain.parse().map_err(|error: QuantityError| row.fault(VALUE, error.to_string())),
        Err(why) => match text.parse::<Quantity>() {
            // What the domain would read is a number; that it may be another one is said.
            Ok(_) => Err(row.fault(VALUE, why)),
            Err(error) => Err(row.fault(VALUE, format!("{error} ({why})"))),
        },
    }
}

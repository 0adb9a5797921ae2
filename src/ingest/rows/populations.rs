//! Populations from rows.

use super::incidents::area_of;
use super::kind::RowKind;
use super::row::{FieldError, InputRow};
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::area::population::Population;
use crate::ingest::checks::known_areas::KnownAreas;
use crate::ingest::checks::numbers::plain_number;
use crate::ingest::fields::{Field, FieldIndex};

const AREA_CODE: FieldIndex = FieldIndex::new(0);
const EDITION: FieldIndex = FieldIndex::new(1);
const YEAR: FieldIndex = FieldIndex::new(2);
const POPULATION: FieldIndex = FieldIndex::new(3);

/// What is needed to understand rows of populations.
#[derive(Debug, Clone, Copy)]
pub struct Populations<'a> {
    /// The areas that may be named.
    pub areas: &'a KnownAreas,
    /// The edition of area codes in rows that do not name one.
    pub edition: Option<EditionId>,
}

impl RowKind for Populations<'_> {
    type Output = Population;

    const NAME: &'static str = "population";
    const FIELDS: &'static [Field] = &[
        Field::required("area_code", &["commune_code", "ward_code", "ma_xa"]),
        Field::optional("edition", &[]),
        Field::required("year", &[]),
        Field::required("population", &["residents"]),
    ];
    const KEY: &'static [FieldIndex] = &[AREA_CODE, EDITION, YEAR];
    const POSITION: Option<(FieldIndex, FieldIndex)> = None;
    const QUANTITIES: &'static [FieldIndex] = &[POPULATION];

    fn record(&self, row: &InputRow<'_>) -> Result<Population, FieldError> {
        row.needed(AREA_CODE)?;
        let area = area_of(row, AREA_CODE, EDITION, self.edition, self.areas)?;
        let area = area.ok_or_else(|| row.fault(AREA_CODE, "the value is missing"))?;
        if let Some(level) =
            self.areas.area(&area).ok().map(|known| known.level).filter(|level| *level != Level::Commune)
        {
            let reason = format!("residents are counted by commune; those of a {level} are the sum of its communes");
            return Err(row.fault(AREA_CODE, reason));
        }
        Ok(Population { area, year: year(row, YEAR)?, residents: counted_residents(row)? })
    }
}

/// Residents, their thousands parted in the way of the file where that is known.
fn counted_residents(row: &InputRow<'_>) -> Result<u32, FieldError> {
    let text = row.needed(POPULATION)?;
    let plain = match row.decimal(POPULATION) {
        Some(decimal) => plain_number(text, Some(decimal)).unwrap_or_else(|_| text.to_owned()),
        None => text.to_owned(),
    };
    residents(&plain).map_err(|why| row.fault(POPULATION, why))
}

pub(in crate::ingest) const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// The year of a figure.
pub(in crate::ingest) fn year(row: &InputRow<'_>, field: FieldIndex) -> Result<i16, FieldError> {
    let year = row.needed(field)?.parse().ok().filter(|year| YEARS.contains(year));
    year.ok_or_else(|| row.fault(field, "this is not a year between 1900 and 2100"))
}

/// A whole number of residents.
pub(in crate::ingest) fn residents(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| "this is not a whole number of residents (write 12345, without separators, or give --decimal comma for 12.345)".to_owned())
}

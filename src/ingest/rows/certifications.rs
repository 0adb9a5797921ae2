//! Certifications from rows.

use super::incidents::id;
use super::kind::RowKind;
use super::row::{FieldError, InputRow};
use super::unit_rows::{AREA_CODE, EDITION, UNIT_ID, UNIT_KIND, UnitRows, WINDOW, declared};
use crate::domain::area::edition::EditionId;
use crate::domain::rules::Rules;
use crate::domain::standard::certification::Certification;
use crate::ingest::checks::known_areas::KnownAreas;
use crate::ingest::fields::{Field, FieldIndex};

const REGISTERED: FieldIndex = FieldIndex::new(5);
const RECOGNISED: FieldIndex = FieldIndex::new(6);
const DECIDED_ON: FieldIndex = FieldIndex::new(7);

/// What is needed to understand rows of certifications.
#[derive(Debug, Clone, Copy)]
pub struct Certifications<'a> {
    /// The windows that exist.
    pub rules: &'a Rules,
    /// The areas that may be named.
    pub areas: &'a KnownAreas,
    /// The edition of area codes in rows that do not name one.
    pub edition: Option<EditionId>,
}

impl RowKind for Certifications<'_> {
    type Output = Certification;

    const NAME: &'static str = "certifications";
    const FIELDS: &'static [Field] = &[
        Field::required("unit_id", &[]),
        Field::required("unit_kind", &[]),
        Field::required("area_code", &["commune_code", "ward_code", "ma_xa"]),
        Field::optional("edition", &[]),
        Field::required("window", &[]),
        Field::required("registered", &[]),
        Field::required("recognised", &["recognized"]),
        Field::optional("decided_on", &[]),
    ];
    const KEY: &'static [FieldIndex] = &[UNIT_ID, WINDOW];
    const POSITION: Option<(FieldIndex, FieldIndex)> = None;

    fn record(&self, row: &InputRow<'_>) -> Result<Certification, FieldError> {
        let rows = UnitRows { rules: self.rules, areas: self.areas, edition: self.edition };
        Ok(Certification {
            unit_id: id(row, UNIT_ID)?,
            unit_kind: row.parsed_needed(UNIT_KIND)?,
            area: rows.commune(row, AREA_CODE, EDITION)?,
            window: rows.window(row, WINDOW)?.id.clone(),
            registered: declared(row, REGISTERED)?,
            recognised: declared(row, RECOGNISED)?,
            decided_on: row.day(DECIDED_ON)?,
        })
    }
}

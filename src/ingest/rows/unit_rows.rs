//! What rows about units have in common: a commune, a window, a kind of unit, a yes or a no.
//!
//! In: a row and the columns of its fields. Out: values of the domain, or the fault of the
//! field. Each kind of row says for itself which fields it has.

use jiff::civil::Date;

use super::incidents::{area_of, unknown};
use super::row::{FieldError, InputRow};
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaKey, Level};
use crate::domain::rules::Rules;
use crate::domain::rules::window::{Window, WindowUse};
use crate::domain::standard::certification::{Declared, UnitKind};
use crate::ingest::checks::known_areas::KnownAreas;
use crate::ingest::checks::unit_facts::{RegisteredUnits, decision_day_fault, window_fault};
use crate::ingest::fields::{Field, FieldIndex};

/// Columns with which rows about a unit in a window begin.
pub(in crate::ingest) const UNIT_ID: FieldIndex = FieldIndex::new(0);
pub(in crate::ingest) const UNIT_KIND: FieldIndex = FieldIndex::new(1);
pub(in crate::ingest) const AREA_CODE: FieldIndex = FieldIndex::new(2);
pub(in crate::ingest) const EDITION: FieldIndex = FieldIndex::new(3);
pub(in crate::ingest) const WINDOW: FieldIndex = FieldIndex::new(4);

const UNIT_FIELDS: [Field; 5] = [
    Field::required("unit_id", &["ma_don_vi", "ma_khu_dan_cu"]),
    Field::required("unit_kind", &[]),
    Field::required("area_code", &["commune_code", "ward_code", "ma_xa"]),
    Field::optional("edition", &[]),
    Field::required("window", &[]),
];

/// The fields of rows about a unit in a window, `ALL` in number: those that name both, then more.
pub(in crate::ingest) const fn with_unit_fields<const MORE: usize, const ALL: usize>(
    more: [Field; MORE],
) -> [Field; ALL] {
    let named = UNIT_FIELDS.len();
    assert!(ALL == named + MORE, "all are those that name the unit and the others");
    let (mut fields, mut index) = ([UNIT_FIELDS[0]; ALL], 0);
    while index < ALL {
        fields[index] = if index < named { UNIT_FIELDS[index] } else { more[index - named] };
        index += 1;
    }
    fields
}

/// What is needed to understand rows about units.
#[derive(Debug, Clone, Copy)]
pub struct UnitRows<'a> {
    /// The windows that exist.
    pub rules: &'a Rules,
    /// The areas that may be named.
    pub areas: &'a KnownAreas,
    /// The edition of area codes in rows that do not name one.
    pub edition: Option<EditionId>,
    /// The units on the register.
    pub register: &'a RegisteredUnits,
    /// The present day.
    pub today: Date,
}

/// A unit that a row names.
pub(in crate::ingest) struct NamedUnit {
    pub(in crate::ingest) id: String,
    pub(in crate::ingest) kind: UnitKind,
    pub(in crate::ingest) area: AreaKey,
}

impl<'a> UnitRows<'a> {
    /// The unit that a row names in its first columns; what and where the register has it, where the register knows it.
    pub(in crate::ingest) fn unit(&self, row: &InputRow<'_>) -> Result<NamedUnit, FieldError> {
        let unit = NamedUnit {
            id: row.id(UNIT_ID)?,
            kind: row.parsed_needed(UNIT_KIND)?,
            area: self.commune(row, AREA_CODE, EDITION)?,
        };
        if let Some(why) = self.register.kind_fault(&unit.id, unit.kind) {
            return Err(row.fault(UNIT_KIND, why));
        }
        match self.register.area_fault(&unit.id, unit.kind, &unit.area) {
            Some(why) => Err(row.fault(AREA_CODE, why)),
            None => Ok(unit),
        }
    }

    /// The window in which a unit of the kind is certified.
    pub(in crate::ingest) fn window_of(&self, row: &InputRow<'_>, kind: UnitKind) -> Result<&'a Window, FieldError> {
        let window = self.certification_window(row, WINDOW)?;
        window_fault(window, kind).map_or(Ok(window), |why| Err(row.fault(WINDOW, why)))
    }

    /// The day of a decision on a unit in a window; none where the row has none.
    pub(in crate::ingest) fn decision_day(
        &self,
        row: &InputRow<'_>,
        field: FieldIndex,
        window: &Window,
    ) -> Result<Option<Date>, FieldError> {
        let day = row.day(field)?;
        let fault = day.and_then(|day| decision_day_fault(day, window, self.today));
        fault.map_or(Ok(day), |why| Err(row.fault(field, why)))
    }

    /// The commune-level area of a code and an edition.
    pub(in crate::ingest) fn commune(
        &self,
        row: &InputRow<'_>,
        code: FieldIndex,
        edition: FieldIndex,
    ) -> Result<AreaKey, FieldError> {
        row.needed(code)?;
        let area = area_of(row, code, edition, self.edition, self.areas)?;
        let is_commune = |key: &AreaKey| self.areas.area(key).is_ok_and(|area| area.level == Level::Commune);
        area.filter(is_commune).ok_or_else(|| row.fault(code, "the area is not a commune-level unit"))
    }

    /// The window of an id.
    pub(in crate::ingest) fn window(&self, row: &InputRow<'_>, field: FieldIndex) -> Result<&'a Window, FieldError> {
        let known = || self.rules.windows.iter().map(|window| window.id.as_str());
        let found = self.rules.window(row.needed(field)?);
        found.ok_or_else(|| row.fault(field, unknown("window", known())))
    }

    /// The window of an id, which has to be one of certification.
    pub(in crate::ingest) fn certification_window(
        &self,
        row: &InputRow<'_>,
        field: FieldIndex,
    ) -> Result<&'a Window, FieldError> {
        let window = self.window(row, field)?;
        match window.serves {
            WindowUse::CertificationResidentialArea | WindowUse::CertificationCommune => Ok(window),
            _ => Err(row.fault(field, "the window is not one of certification (ANTT-…)")),
        }
    }
}

/// A yes or a no that must be there.
pub(in crate::ingest) fn declared(row: &InputRow<'_>, field: FieldIndex) -> Result<Declared, FieldError> {
    Declared::parse(row.needed(field)?).ok_or_else(|| row.fault(field, "write yes or no"))
}

/// A text that must be there and can be shown.
pub(in crate::ingest) fn short_text(row: &InputRow<'_>, field: FieldIndex) -> Result<String, FieldError> {
    row.needed(field)?;
    row.name(field)?.ok_or_else(|| row.fault(field, "the value is missing"))
}

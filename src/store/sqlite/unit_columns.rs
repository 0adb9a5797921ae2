//! The columns of every statement about a unit in a window: certifications, decisions and declarations.
//!
//! Read, they come first and in this order: `unit_id, "window", unit_kind, edition, area_code`.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::location_columns::key_of;
use super::opening::Store;
use super::values::Values;
use crate::domain::area::AreaKey;
use crate::domain::standard::certification::UnitKind;
use crate::store::error::StoreError;

/// Which unit, in which window, and where it belongs.
#[derive(Debug)]
pub(in crate::store) struct UnitColumns {
    pub(in crate::store) unit_id: String,
    pub(in crate::store) window: String,
    pub(in crate::store) unit_kind: UnitKind,
    pub(in crate::store) area: AreaKey,
}

impl Store {
    /// What the first five columns of a row say.
    pub(in crate::store) fn unit_columns(
        &self,
        table: &'static str,
        row: &SqliteRow,
    ) -> Result<UnitColumns, StoreError> {
        let fault = |source| self.fault(source);
        let unit_id: String = row.try_get(0).map_err(fault)?;
        let wrong = |what| StoreError::Value { table, row: unit_id.clone(), what };
        let (edition, code): (String, String) = (row.try_get(3).map_err(fault)?, row.try_get(4).map_err(fault)?);
        Ok(UnitColumns {
            window: row.try_get(1).map_err(fault)?,
            unit_kind: self.required(row, 2).map_err(wrong)?,
            area: key_of(&edition, &code).map_err(wrong)?,
            unit_id,
        })
    }
}

/// Binds what of these columns is no key: `unit_kind, edition, area_code`.
pub(in crate::store) fn bind_kind_and_area(values: &mut Values, unit_kind: UnitKind, area: &AreaKey) {
    values.bind(unit_kind.as_str());
    values.bind(area.edition.to_string());
    values.bind(area.code.to_string());
}

//! The four columns that say where something is: a position, or an area of an edition.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::tables::row_digests::RowText;
use super::values::Values;
use crate::domain::area::{AreaKey, Position};

/// `lon_e7, lat_e7, edition, area_code` of a row.
pub(in crate::store) struct LocationColumns {
    lon_e7: Option<i32>,
    lat_e7: Option<i32>,
    edition: Option<String>,
    area_code: Option<String>,
}

impl LocationColumns {
    /// The columns of a position and an area.
    pub(in crate::store) fn of(position: Option<Position>, area: Option<&AreaKey>) -> Self {
        let (lon_e7, lat_e7) = position.map(Position::e7).unzip();
        let edition = area.map(|key| key.edition.to_string());
        Self { lon_e7, lat_e7, edition, area_code: area.map(|key| key.code.to_string()) }
    }

    /// Binds the columns in their order.
    pub(in crate::store) fn bind(self, values: &mut Values) {
        values.bind(self.lon_e7);
        values.bind(self.lat_e7);
        values.bind(self.edition);
        values.bind(self.area_code);
    }

    /// Adds the columns to the text of a row, in their order.
    pub(in crate::store) fn put(&self, row: &mut RowText) {
        row.integer(self.lon_e7.map(i64::from));
        row.integer(self.lat_e7.map(i64::from));
        row.text(self.edition.as_deref());
        row.text(self.area_code.as_deref());
    }

    /// The columns of a row, from the first of them.
    pub(in crate::store) fn read(row: &SqliteRow, first: usize) -> Result<Self, sqlx::Error> {
        let lon_e7: Option<i32> = row.try_get(first)?;
        let lat_e7: Option<i32> = row.try_get(first + 1)?;
        Ok(Self { lon_e7, lat_e7, edition: row.try_get(first + 2)?, area_code: row.try_get(first + 3)? })
    }
}

/// The position that the columns hold.
pub(in crate::store) fn position(columns: &LocationColumns) -> Result<Option<Position>, String> {
    let Some((lon_e7, lat_e7)) = columns.lon_e7.zip(columns.lat_e7) else { return Ok(None) };
    let position = Position::from_e7(lon_e7, lat_e7);
    position.map(Some).ok_or_else(|| format!("position {lon_e7}, {lat_e7} is outside the globe"))
}

/// The area that the columns hold.
pub(in crate::store) fn area_key(columns: &LocationColumns) -> Result<Option<AreaKey>, String> {
    let Some((edition, code)) = columns.edition.as_deref().zip(columns.area_code.as_deref()) else { return Ok(None) };
    key_of(edition, code).map(Some)
}

/// The key of an edition and a code as rows hold them.
pub(in crate::store) fn key_of(edition: &str, code: &str) -> Result<AreaKey, String> {
    let edition = edition.parse().map_err(|error: crate::domain::area::edition::EditionIdError| error.to_string())?;
    let code = code.parse().map_err(|error: crate::domain::area::AreaCodeError| error.to_string())?;
    Ok(AreaKey { edition, code })
}

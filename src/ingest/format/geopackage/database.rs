//! The tables of a `GeoPackage`: which layers there are, and the rows of one.
//!
//! In: a connection. Out: layers as the contents table lists them, columns, rows cell by cell.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteOwnedBuf, SqliteRow};
use sqlx::{
    AssertSqlSafe, Column as _, ConnectOptions as _, Connection as _, Row as _, SqliteConnection, TypeInfo as _,
    ValueRef as _,
};

use crate::ingest::format::opened::layers::LayerEntry;

/// Layers of a file that are looked at.
const MAX_LAYERS: i64 = 1_000;
/// Names that GDAL gives to a row number of its own.
const ROW_NUMBERS: [&str; 2] = ["fid", "ogc_fid"];
/// Where an `SQLite` file says how it is written: 2 where by a log beside it.
const JOURNAL_BYTES: [usize; 2] = [18, 19];

/// A layer of the file.
#[derive(Debug, Clone)]
pub(super) struct GeoPackageLayer {
    /// Its row in a list.
    pub(super) entry: LayerEntry,
    /// The column of its geometries; none of a table.
    pub(super) geometry_column: Option<String>,
    /// The number of its reference system in this file.
    srs_id: i64,
}

/// What a cell holds.
#[derive(Debug, PartialEq)]
pub(super) enum SqliteCell {
    /// Nothing.
    Null,
    /// A number.
    Number(String),
    /// A text.
    Text(String),
    /// Bytes, or a text that is not UTF-8.
    Bytes(Vec<u8>),
}

/// Opens a file as it lies there.
pub(super) async fn opened_file(path: &Path) -> sqlx::Result<SqliteConnection> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    // Without a log nothing has to be made beside the file, which may lie where nobody may write.
    let is_whole = Path::new(&log).metadata().map_or(true, |log| log.len() == 0);
    let options = SqliteConnectOptions::new().filename(path).read_only(true).create_if_missing(false);
    options.immutable(is_whole).pragma("trusted_schema", "OFF").connect().await
}

/// Opens the bytes of a file.
pub(super) async fn opened_bytes(bytes: &[u8]) -> sqlx::Result<SqliteConnection> {
    let mut bytes = bytes.to_vec();
    for place in JOURNAL_BYTES {
        if let Some(version) = bytes.get_mut(place) {
            *version = 1;
        }
    }
    let mut connection = SqliteConnectOptions::new().in_memory(true).pragma("trusted_schema", "OFF").connect().await?;
    let owned = SqliteOwnedBuf::try_from(bytes.as_slice())?;
    connection.deserialize(None, owned, true).await?;
    connection.ping().await?;
    Ok(connection)
}

/// The layers of a file; none where it is no `GeoPackage`.
pub(super) async fn layers(connection: &mut SqliteConnection) -> sqlx::Result<Option<Vec<GeoPackageLayer>>> {
    if !is_plain_table(connection, "gpkg_contents").await? {
        return Ok(None);
    }
    let listed = "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes') LIMIT ?";
    let names: Vec<String> = sqlx::query_scalar(listed).bind(MAX_LAYERS).fetch_all(&mut *connection).await?;
    let has_geometries = is_plain_table(connection, "gpkg_geometry_columns").await?;
    let mut layers = Vec::new();
    for name in names {
        if !is_plain_table(connection, &name).await? {
            continue;
        }
        let drawn: Option<(String, String, i64)> = if has_geometries {
            let sql = "SELECT column_name, geometry_type_name, srs_id FROM gpkg_geometry_columns \
                       WHERE lower(table_name) = lower(?)";
            sqlx::query_as(sql).bind(&name).fetch_optional(&mut *connection).await?
        } else {
            None
        };
        let counted = format!("SELECT count(*) FROM {}", quoted(&name));
        let features: i64 = sqlx::query_scalar(AssertSqlSafe(counted)).fetch_one(&mut *connection).await?;
        let (geometry_column, kind, srs_id) = match drawn {
            Some((column, kind, srs_id)) => (Some(column), Some(kind), srs_id),
            None => (None, None, 0),
        };
        let entry = LayerEntry { name, geometry: kind, features: u64::try_from(features).ok() };
        layers.push(GeoPackageLayer { entry, geometry_column, srs_id });
    }
    Ok(Some(layers))
}

/// Whether a name is that of a table with rows of its own, neither a view nor made by a module.
async fn is_plain_table(connection: &mut SqliteConnection, name: &str) -> sqlx::Result<bool> {
    let sql = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND lower(name) = lower(?) \
               AND sql NOT LIKE 'CREATE VIRTUAL%'";
    Ok(sqlx::query_scalar::<_, i64>(sql).bind(name).fetch_one(connection).await? == 1)
}

/// Whether a name is that of a view.
pub(super) async fn is_view(connection: &mut SqliteConnection, name: &str) -> sqlx::Result<bool> {
    let sql = "SELECT count(*) FROM sqlite_master WHERE type = 'view' AND lower(name) = lower(?)";
    Ok(sqlx::query_scalar::<_, i64>(sql).bind(name).fetch_one(connection).await? == 1)
}

/// What the file says of the reference system of a layer.
pub(super) async fn declared_crs(
    connection: &mut SqliteConnection,
    layer: &GeoPackageLayer,
) -> sqlx::Result<Option<String>> {
    // 0 and -1 stand for "undefined" (clause 1.1.2.1.2).
    if layer.geometry_column.is_none() || layer.srs_id <= 0 {
        return Ok(None);
    }
    if !is_plain_table(connection, "gpkg_spatial_ref_sys").await? {
        return Ok(Some(format!("EPSG:{}", layer.srs_id)));
    }
    let sql = "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?";
    let row: Option<(String, i64, String)> = sqlx::query_as(sql).bind(layer.srs_id).fetch_optional(connection).await?;
    Ok(Some(match row {
        Some((organization, code, _)) if organization.eq_ignore_ascii_case("epsg") => format!("EPSG:{code}"),
        Some((_, _, definition)) if definition.contains('[') => definition,
        Some((organization, code, _)) => format!("{organization}:{code}"),
        None => format!("EPSG:{}", layer.srs_id),
    }))
}

/// The columns of a layer that hold attributes.
pub(super) async fn columns(connection: &mut SqliteConnection, layer: &GeoPackageLayer) -> sqlx::Result<Vec<String>> {
    // Columns with another mark than 0 are computed by expressions of the file.
    let sql = "SELECT name, pk FROM pragma_table_xinfo(?) WHERE hidden = 0";
    let all: Vec<(String, i64)> = sqlx::query_as(sql).bind(&layer.entry.name).fetch_all(connection).await?;
    let is_row_number = |name: &str, key: i64| key == 1 && ROW_NUMBERS.contains(&name.to_lowercase().as_str());
    let is_geometry =
        |name: &str| layer.geometry_column.as_deref().is_some_and(|column| column.eq_ignore_ascii_case(name));
    let kept = all.into_iter().filter(|(name, key)| !is_row_number(name, *key) && !is_geometry(name));
    Ok(kept.map(|(name, _)| name).collect())
}

/// The statement that gives the attributes of a layer, and behind them its geometry.
pub(super) fn rows_sql(layer: &GeoPackageLayer, columns: &[String]) -> String {
    let geometry = layer.geometry_column.iter();
    let all: Vec<String> = columns.iter().chain(geometry).map(|name| quoted(name)).collect();
    let asked = if all.is_empty() { "NULL".to_owned() } else { all.join(", ") };
    format!("SELECT {asked} FROM {}", quoted(&layer.entry.name))
}

/// A name as SQL takes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// What a cell of a row holds.
pub(super) fn cell(row: &SqliteRow, place: usize) -> sqlx::Result<SqliteCell> {
    let value = row.try_get_raw(place)?;
    if value.is_null() {
        return Ok(SqliteCell::Null);
    }
    let kind = value.type_info();
    Ok(match kind.name() {
        // A truth value is kept as 0 or 1, and only the column says that it is one.
        "INTEGER" if row.try_column(place)?.type_info().name() == "BOOLEAN" => {
            let is_true = row.try_get_unchecked::<i64, _>(place)? != 0;
            SqliteCell::Text(is_true.to_string())
        }
        "INTEGER" | "BOOLEAN" => SqliteCell::Number(row.try_get_unchecked::<i64, _>(place)?.to_string()),
        "REAL" => SqliteCell::Number(row.try_get_unchecked::<f64, _>(place)?.to_string()),
        "BLOB" => SqliteCell::Bytes(row.try_get_unchecked::<Vec<u8>, _>(place)?),
        _ => match String::from_utf8(row.try_get_unchecked::<Vec<u8>, _>(place)?) {
            Ok(text) => SqliteCell::Text(text),
            Err(fault) => SqliteCell::Bytes(fault.into_bytes()),
        },
    })
}

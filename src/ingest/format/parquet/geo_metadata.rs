//! Which column holds the geometries of a Parquet file, how, and in which reference system.
//!
//! In: the metadata of the file. Out: the column and its encoding; none for a table. Asked in this order: the `geo` entry
//! of `GeoParquet`, the type that Parquet has for geometries, a column of bytes with a usual name.

use geojson::JsonValue;
use parquet::basic::{LogicalType, Type as PhysicalType};
use parquet::file::metadata::FileMetaData;

/// Names of columns of bytes that hold WKB where nothing else says so.
const USUAL_NAMES: [&str; 5] = ["geometry", "geom", "wkb_geometry", "the_geom", "wkb"];

/// How geometries are encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum GeometryEncoding {
    /// Well-Known Binary.
    Wkb,
    /// Lists of numbers for one kind of geometry, by its name in lower case.
    Lists(String),
}

/// The column of geometries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GeometryColumn {
    /// Its name.
    pub(super) name: String,
    /// How its values are encoded.
    pub(super) encoding: GeometryEncoding,
    /// The reference system, where one is named.
    pub(super) crs: Option<String>,
}

/// The column of geometries of a file.
pub(super) fn geometry_column(metadata: &FileMetaData) -> Result<Option<GeometryColumn>, String> {
    let entries = metadata.key_value_metadata().map(Vec::as_slice).unwrap_or_default();
    let geo = entries.iter().find(|entry| entry.key == "geo").and_then(|entry| entry.value.as_deref());
    if let Some(geo) = geo {
        return of_geo_entry(geo).map(Some);
    }
    let schema = metadata.schema_descr();
    let fields = schema.root_schema().get_fields();
    let native = fields.iter().find_map(|field| match field.get_basic_info().logical_type_ref() {
        Some(LogicalType::Geometry(geometry)) => Some((field.name().to_owned(), geometry.crs.clone())),
        Some(LogicalType::Geography(geography)) => Some((field.name().to_owned(), geography.crs.clone())),
        _ => None,
    });
    let is_bytes = |name: &str| {
        fields.iter().any(|field| {
            let info = field.get_basic_info();
            field.name() == name
                && field.is_primitive()
                && field.get_physical_type() == PhysicalType::BYTE_ARRAY
                && info.logical_type_ref().is_none()
        })
    };
    let usual = || USUAL_NAMES.into_iter().find(|name| is_bytes(name)).map(|name| (name.to_owned(), None));
    let column = |(name, crs)| GeometryColumn { name, encoding: GeometryEncoding::Wkb, crs };
    Ok(native.or_else(usual).map(column))
}

/// The primary column of the `geo` entry (`GeoParquet` 1.1.0).
fn of_geo_entry(geo: &str) -> Result<GeometryColumn, String> {
    let geo: JsonValue = serde_json::from_str(geo).map_err(|fault| format!("its \"geo\" metadata: {fault}"))?;
    let name = geo.get("primary_column").and_then(JsonValue::as_str).unwrap_or("geometry");
    let column = geo.get("columns").and_then(|columns| columns.get(name));
    let column = column.ok_or_else(|| format!("its \"geo\" metadata has no column {name:?}"))?;
    let encoding = match column.get("encoding").and_then(JsonValue::as_str).unwrap_or("WKB") {
        "WKB" => GeometryEncoding::Wkb,
        // The first drafts wrote "geoarrow.polygon".
        other => GeometryEncoding::Lists(other.trim_start_matches("geoarrow.").to_lowercase()),
    };
    // Absent means longitude and latitude of WGS 84, null means unknown.
    let crs = match column.get("crs") {
        None | Some(JsonValue::Null) => None,
        Some(JsonValue::String(text)) => Some(text.clone()),
        Some(json) => Some(json.to_string()),
    };
    Ok(GeometryColumn { name: name.to_owned(), encoding, crs })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entry_names_column_encoding_and_system() {
        let read = |column: &str| {
            of_geo_entry(&format!(r#"{{"version":"1.1.0","primary_column":"g","columns":{{"g":{column}}}}}"#)).unwrap()
        };
        let wkb = read(r#"{"encoding":"WKB","crs":{"id":{"authority":"EPSG","code":5899}}}"#);
        assert_eq!((wkb.encoding, wkb.crs.unwrap().contains("5899")), (GeometryEncoding::Wkb, true));
        let lists = read(r#"{"encoding":"multipolygon","crs":null}"#);
        assert_eq!((lists.encoding, lists.crs), (GeometryEncoding::Lists("multipolygon".to_owned()), None));
        assert!(of_geo_entry(r#"{"columns":{}}"#).unwrap_err().contains("no column \"geometry\""));
        assert!(of_geo_entry("{").is_err());
    }
}

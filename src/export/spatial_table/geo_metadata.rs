//! The `geo` entry of a `GeoParquet` file: which column holds the geometries, and how.
//!
//! In: a table. Out: a document. No reference system is named: absent means longitude and latitude of WGS 84.
//!
//! # Reference
//! OGC, "GeoParquet specification", version 1.1.0.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{GeometryKind, SpatialTable};

/// The column of geometries.
pub(super) const GEOMETRY: &str = "geometry";
/// The column of the boxes around them.
pub(super) const BBOX: &str = "bbox";
/// Its members, in the order west, south, east, north.
pub(super) const SIDES: [&str; 4] = ["xmin", "ymin", "xmax", "ymax"];

/// What is said of the columns of geometries.
#[derive(Debug, Serialize)]
pub(super) struct GeoMetadata {
    version: &'static str,
    primary_column: &'static str,
    columns: BTreeMap<&'static str, ColumnMetadata>,
}

#[derive(Debug, Serialize)]
struct ColumnMetadata {
    encoding: &'static str,
    geometry_types: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    orientation: Option<&'static str>,
    edges: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bbox: Option<[f64; 4]>,
    covering: Covering,
}

/// Which columns say in what box a geometry lies, so that a reader can leave out what lies elsewhere.
#[derive(Debug, Serialize)]
struct Covering {
    bbox: BTreeMap<&'static str, [&'static str; 2]>,
}

impl GeoMetadata {
    /// What is said of the geometries of a table.
    pub(super) fn of(table: &SpatialTable<'_>) -> Self {
        let (kind, orientation) = match table.geometry {
            GeometryKind::MultiPolygon => ("MultiPolygon", Some("counterclockwise")),
            GeometryKind::Point => ("Point", None),
        };
        let bbox = table.bounds().map(|bounds| [bounds.west, bounds.south, bounds.east, bounds.north]);
        let covering = Covering { bbox: SIDES.map(|side| (side, [BBOX, side])).into() };
        let column =
            ColumnMetadata { encoding: "WKB", geometry_types: [kind], orientation, edges: "planar", bbox, covering };
        Self { version: "1.1.0", primary_column: GEOMETRY, columns: BTreeMap::from([(GEOMETRY, column)]) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::export::spatial_table::tests::small_table;

    #[test]
    fn entry_says_what_the_specification_asks_for() {
        let entry = serde_json::to_value(GeoMetadata::of(&small_table())).unwrap();
        let covering = json!({ "bbox": {
            "xmin": ["bbox", "xmin"], "ymin": ["bbox", "ymin"], "xmax": ["bbox", "xmax"], "ymax": ["bbox", "ymax"],
        }});
        let column = json!({
            "encoding": "WKB", "geometry_types": ["MultiPolygon"], "orientation": "counterclockwise",
            "edges": "planar", "bbox": [108.0, 15.0, 111.0, 16.0], "covering": covering,
        });
        let expected = json!({ "version": "1.1.0", "primary_column": "geometry", "columns": { "geometry": column } });
        assert_eq!(entry, expected);
    }
}

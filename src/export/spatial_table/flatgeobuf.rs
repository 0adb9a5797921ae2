//! `FlatGeobuf`, version 3: a header, a packed R-tree over the boxes of the features, the features in the order of
//! Hilbert's curve.
//!
//! In: a table. Out: bytes. The tables of the messages and the tree are those of the crate `flatgeobuf`; its own writer
//! is not used, because it keeps features in a temporary file and knows no feature without a geometry. Such a feature
//! has a box that no search meets.
//!
//! # Reference
//! B. Harrtell, "FlatGeobuf specification", version 3.0.

use flatbuffers::{FlatBufferBuilder, WIPOffset};
use flatgeobuf::packed_r_tree::{NodeItem, PackedRTree, calc_extent, hilbert_sort};
use flatgeobuf::{
    Column, ColumnArgs, ColumnType as FgbType, Crs, CrsArgs, Feature, FeatureArgs, Geometry, GeometryArgs,
    GeometryType, Header, HeaderArgs,
};
use geo::Polygon;

use super::{ColumnType, GeometryKind, RowGeometry, SpatialRow, SpatialTable, SpatialValue};
use crate::export::ExportError;

/// What a file begins with: the version of the format, and its patch.
const MAGIC: [u8; 8] = *b"fgb\x03fgb\x00";
/// WGS 84.
const EPSG_WGS_84: i32 = 4326;

/// The bytes of a file.
///
/// # Errors
/// When the index cannot be written.
pub(in crate::export) fn file(table: &SpatialTable<'_>) -> Result<Vec<u8>, ExportError> {
    let features: Vec<Vec<u8>> = table.rows.iter().map(feature).collect();
    let mut file = MAGIC.to_vec();
    file.extend_from_slice(&header(table));
    let (mut nodes, extent) = nodes(table);
    hilbert_sort(&mut nodes, &extent);
    // A node says by its number which feature it is, until the order is known in which they are written.
    let order: Vec<usize> = nodes.iter().map(|node| node.offset as usize).collect();
    let mut offset = 0;
    for (node, number) in nodes.iter_mut().zip(&order) {
        node.offset = offset;
        offset += features[*number].len() as u64;
    }
    if !nodes.is_empty() {
        let tree = PackedRTree::build(&nodes, &extent, PackedRTree::DEFAULT_NODE_SIZE);
        let tree = tree.map_err(|fault| ExportError::FlatGeobuf(fault.to_string()))?;
        tree.stream_write(&mut file).map_err(|fault| ExportError::FlatGeobuf(fault.to_string()))?;
    }
    for number in &order {
        file.extend_from_slice(&features[*number]);
    }
    Ok(file)
}

/// The box of every feature with its number, and the box around all.
fn nodes(table: &SpatialTable<'_>) -> (Vec<NodeItem>, NodeItem) {
    let node = |(number, row): (usize, &SpatialRow<'_>)| {
        let mut node = NodeItem::create(number as u64);
        if let Some(geometry) = &row.geometry {
            let bounds = geometry.bounds();
            node.expand_xy(bounds.west, bounds.south);
            node.expand_xy(bounds.east, bounds.north);
        }
        node
    };
    let nodes: Vec<NodeItem> = table.rows.iter().enumerate().map(node).collect();
    let extent = calc_extent(&nodes);
    (nodes, extent)
}

/// The message that says what the features are, with its length before it.
fn header(table: &SpatialTable<'_>) -> Vec<u8> {
    let mut builder = FlatBufferBuilder::new();
    let columns: Vec<WIPOffset<Column<'_>>> = table
        .columns
        .iter()
        .map(|column| {
            let name = Some(builder.create_string(column.name));
            let described = ColumnArgs { name, type_: written_type(column.values), ..ColumnArgs::default() };
            Column::create(&mut builder, &described)
        })
        .collect();
    let columns = Some(builder.create_vector(&columns));
    let (organisation, system) = (builder.create_string("EPSG"), builder.create_string("WGS 84"));
    let named = CrsArgs { org: Some(organisation), code: EPSG_WGS_84, name: Some(system), ..CrsArgs::default() };
    let crs = Some(Crs::create(&mut builder, &named));
    let name = Some(builder.create_string(table.name));
    let bounds = table.bounds().map(|bounds| [bounds.west, bounds.south, bounds.east, bounds.north]);
    let envelope = bounds.map(|bounds| builder.create_vector(&bounds));
    let described = HeaderArgs {
        name,
        envelope,
        geometry_type: match table.geometry {
            GeometryKind::MultiPolygon => GeometryType::MultiPolygon,
            GeometryKind::Point => GeometryType::Point,
        },
        columns,
        features_count: table.rows.len() as u64,
        // Readers look for no index where there is nothing that it could hold.
        index_node_size: if table.rows.is_empty() { 0 } else { PackedRTree::DEFAULT_NODE_SIZE },
        crs,
        ..HeaderArgs::default()
    };
    let header = Header::create(&mut builder, &described);
    builder.finish_size_prefixed(header, None);
    builder.finished_data().to_vec()
}

fn written_type(values: ColumnType) -> FgbType {
    match values {
        ColumnType::Text => FgbType::String,
        ColumnType::Whole => FgbType::Long,
        ColumnType::Real => FgbType::Double,
        ColumnType::Day => FgbType::DateTime,
        ColumnType::Truth => FgbType::Bool,
    }
}

/// The message of a feature, with its length before it.
fn feature(row: &SpatialRow<'_>) -> Vec<u8> {
    let mut builder = FlatBufferBuilder::new();
    let geometry = row.geometry.as_ref().map(|geometry| written(&mut builder, geometry));
    let properties = Some(builder.create_vector(&properties(row)));
    let feature = Feature::create(&mut builder, &FeatureArgs { geometry, properties, columns: None });
    builder.finish_size_prefixed(feature, None);
    builder.finished_data().to_vec()
}

fn written<'a>(builder: &mut FlatBufferBuilder<'a>, geometry: &RowGeometry) -> WIPOffset<Geometry<'a>> {
    let described = match geometry {
        RowGeometry::Point(at) => {
            GeometryArgs { xy: Some(builder.create_vector(&[at.lon, at.lat])), ..GeometryArgs::default() }
        }
        RowGeometry::MultiPolygon(shape, _) => {
            let parts: Vec<_> = shape.iter().map(|polygon| part(builder, polygon)).collect();
            GeometryArgs { parts: Some(builder.create_vector(&parts)), ..GeometryArgs::default() }
        }
    };
    Geometry::create(builder, &described)
}

/// A polygon: its rings one behind the other, and where each ends.
fn part<'a>(builder: &mut FlatBufferBuilder<'a>, polygon: &Polygon<f64>) -> WIPOffset<Geometry<'a>> {
    let (mut numbers, mut ends) = (Vec::new(), Vec::new());
    for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
        numbers.extend(ring.coords().flat_map(|at| [at.x, at.y]));
        ends.push((numbers.len() / 2) as u32);
    }
    let xy = Some(builder.create_vector(&numbers));
    let ends = (ends.len() > 1).then(|| builder.create_vector(&ends));
    Geometry::create(builder, &GeometryArgs { xy, ends, type_: GeometryType::Polygon, ..GeometryArgs::default() })
}

/// The values that there are, each behind the number of its column.
fn properties(row: &SpatialRow<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (column, value) in (0_u16..).zip(&row.values) {
        let Some(value) = value else { continue };
        bytes.extend_from_slice(&column.to_le_bytes());
        match value {
            SpatialValue::Text(text) => push_text(&mut bytes, text),
            SpatialValue::Whole(number) => bytes.extend_from_slice(&number.to_le_bytes()),
            SpatialValue::Real(number) => bytes.extend_from_slice(&number.to_le_bytes()),
            SpatialValue::Day(day) => push_text(&mut bytes, &day.to_string()),
            SpatialValue::Truth(truth) => bytes.push(u8::from(*truth)),
        }
    }
    bytes
}

fn push_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
    bytes.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use flatgeobuf::{FallibleStreamingIterator as _, FeatureProperties as _, FgbReader};

    use super::*;
    use crate::export::spatial_table::tests::small_table;
    use crate::tile::LonLat;

    #[test]
    fn file_is_read_back_by_the_reader_of_the_crate() {
        let table = small_table();
        let bytes = file(&table).unwrap();
        assert_eq!(bytes, file(&table).unwrap(), "the same table gives the same bytes");
        let reader = FgbReader::open(Cursor::new(&bytes)).unwrap();
        let header = reader.header();
        assert_eq!((header.name(), header.features_count(), header.index_node_size()), (Some("areas"), 2, 16));
        assert_eq!(header.crs().map(|crs| (crs.org(), crs.code())), Some((Some("EPSG"), 4326)));
        let envelope: Vec<f64> = header.envelope().unwrap().iter().collect();
        assert_eq!(envelope, [108.0, 15.0, 111.0, 16.0]);
        let (mut features, mut found) = (reader.select_all().unwrap(), Vec::new());
        while let Some(feature) = features.next().unwrap() {
            let parts = feature.fbs_feature().geometry().map(|geometry| {
                let parts = geometry.parts().unwrap();
                parts.iter().map(|part| part.xy().unwrap().iter().collect::<Vec<f64>>()).collect::<Vec<_>>()
            });
            found.push((feature.properties().unwrap(), parts));
        }
        found.sort_by_key(|(values, _)| values.len());
        assert_eq!((found[0].0.len(), &found[0].1), (0, &None), "a row without anything");
        let (values, parts) = &found[1];
        assert_eq!(values["code"], "Xã Trà Dơn");
        assert_eq!((&*values["incidents"], &*values["rate"], &*values["from"]), ("7", "0.1", "2024-02-29"));
        let Some(RowGeometry::MultiPolygon(shape, _)) = &table.rows[0].geometry else { panic!("polygons") };
        let expected: Vec<Vec<f64>> = shape
            .iter()
            .map(|polygon| {
                let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
                rings.flat_map(|ring| ring.coords().flat_map(|at| [at.x, at.y])).collect()
            })
            .collect();
        assert_eq!(parts.as_ref().unwrap(), &expected, "to the last bit");
    }

    #[test]
    fn index_finds_what_lies_in_a_box() {
        let mut table = small_table();
        table.geometry = GeometryKind::Point;
        table.rows = (0..40)
            .map(|number| SpatialRow {
                values: vec![None, Some(SpatialValue::Whole(number)), None, None, None],
                geometry: Some(RowGeometry::Point(LonLat::new(107.0 + 0.1 * number as f64, 15.0))),
            })
            .collect();
        let bytes = file(&table).unwrap();
        let mut features =
            FgbReader::open(Cursor::new(&bytes)).unwrap().select_bbox(108.95, 14.0, 109.25, 16.0).unwrap();
        let mut found = Vec::new();
        while let Some(feature) = features.next().unwrap() {
            found.push(feature.properties().unwrap()["incidents"].clone());
        }
        found.sort();
        assert_eq!(found, ["20", "21", "22"]);
    }

    #[test]
    fn empty_table_is_a_header_alone() {
        let table = SpatialTable { rows: Vec::new(), ..small_table() };
        let bytes = file(&table).unwrap();
        let reader = FgbReader::open(Cursor::new(&bytes)).unwrap();
        assert_eq!((reader.header().features_count(), reader.header().index_node_size()), (0, 0));
        assert_eq!(reader.header().columns().unwrap().len(), 5);
    }
}

//! From the format that a file turns out to be to the reader of it.

use std::sync::Arc;

use super::content::{ByteStream, Opened, Reopenable, RowLocation};
use super::layers::chosen_layer;
use super::package::{Package, ending};
use super::signatures::{FileFormat, FormatVerdict, convert, convert_packed, verdict};
use crate::ingest::coordinates::GivenCrs;
use crate::ingest::error::ReadError;
use crate::ingest::format::collection_claims::PartOfMore;
use crate::ingest::format::csv_reader::{CsvRecords, FileReader};
use crate::ingest::format::features::flatgeobuf::FlatGeobufRecords;
use crate::ingest::format::features::geometry_column::{GeometryColumnRecords, geometry_column};
use crate::ingest::format::features::kml::KmlRecords;
use crate::ingest::format::features::topojson::TopoJsonRecords;
use crate::ingest::format::geojson_reader::GeoJsonRecords;
use crate::ingest::format::geopackage::reader::GeoPackageRecords;
use crate::ingest::format::header::HeaderSearch;
use crate::ingest::format::parquet::reader::ParquetRecords;
use crate::ingest::format::record::RecordReader;
use crate::ingest::format::shapefile::parts::{ShapefileParts, layers_of};
use crate::ingest::format::shapefile::reader::ShapefileRecords;
use crate::ingest::format::xlsx::reader::XlsxRecords;
use crate::ingest::text::encoding::Encoding;

/// Which formats are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::ingest::format) enum Breadth {
    /// All that have a reader.
    #[default]
    Everything,
    /// GeoJSON and tables of text, as they are.
    PlainText,
}

/// What the operator says of how a file is read.
#[derive(Debug, Clone, Default)]
pub(in crate::ingest::format) struct ReadingOptions {
    /// How bytes become letters, whatever the file says.
    pub(in crate::ingest::format) encoding: Option<Encoding>,
    /// The sheet of a workbook.
    pub(in crate::ingest::format) sheet: Option<String>,
    /// The layer of a file with several.
    pub(in crate::ingest::format) layer: Option<String>,
    /// What to do about a part of something longer.
    pub(in crate::ingest::format) on_part: PartOfMore,
    /// How the header of a table is found.
    pub(in crate::ingest::format) header: HeaderSearch,
    /// Which formats are taken.
    pub(in crate::ingest::format) breadth: Breadth,
    /// The reference system of the coordinates, whatever the file declares.
    pub(in crate::ingest::format) crs: Option<GivenCrs>,
}

/// Rows of a file, read one after the other.
pub(in crate::ingest) enum Rows {
    /// Of a CSV file, which can be read in chunks as well.
    Csv(Box<CsvRecords<FileReader>>),
    /// Of a file that can only be read from its start.
    Other(Box<dyn RecordReader>),
}

/// Endings of files that are read where one of them is alone in a ZIP file.
const PACKED_ALONE: [&str; 11] =
    ["geojson", "json", "geojsonl", "geojsons", "ndjson", "topojson", "gpkg", "fgb", "parquet", "geoparquet", "csv"];
/// Endings of what GDAL converts, in a ZIP file.
const PACKED_CONVERTED: [(&str, &str); 6] = [
    ("gdbtable", "a ZIP with a File Geodatabase"),
    ("gml", "a ZIP with a GML file"),
    ("tab", "a ZIP with a MapInfo file (TAB)"),
    ("mif", "a ZIP with a MapInfo file (MIF)"),
    ("dxf", "a ZIP with a DXF drawing"),
    ("dgn", "a ZIP with a DGN drawing"),
];

/// The rows of an opened source; none where it is an old Office file, which has to be looked at as a whole.
pub(in crate::ingest::format) fn rows_of(opened: Opened, options: &ReadingOptions) -> Result<Option<Rows>, ReadError> {
    let file = opened.file.clone();
    let format = match verdict(opened.head()) {
        FormatVerdict::Read(format) => format,
        FormatVerdict::Convert(what) => return Err(convert(&file, what, options.crs)),
        FormatVerdict::Archive(what) => {
            return Err(ReadError::Packed { file, what: what.to_owned(), way: "unpack it first".to_owned() });
        }
        FormatVerdict::Refuse(format) => return Err(ReadError::Format { file, format }),
        FormatVerdict::OldOffice => return Ok(None),
    };
    let is_plain = matches!(format, FileFormat::Csv | FileFormat::GeoJson) && !opened.is_packed();
    if options.breadth == Breadth::PlainText && !is_plain {
        return Err(ReadError::Format { file, format: "no plain GeoJSON" });
    }
    check_options(&file, format, options)?;
    let (encoding, layer) = (options.encoding.unwrap_or_default(), options.layer.as_deref());
    let other = |reader: Box<dyn RecordReader>| Ok(Some(Rows::Other(reader)));
    match format {
        FileFormat::Csv => table(&file, opened.stream(), options).map(Some),
        FileFormat::GeoJson => other(Box::new(GeoJsonRecords::new(&file, opened.stream(), encoding, options.on_part)?)),
        FileFormat::GeoJsonSequence => other(Box::new(GeoJsonRecords::of_sequence(&file, opened.stream(), encoding))),
        FileFormat::TopoJson => other(Box::new(TopoJsonRecords::new(&file, opened.stream(), encoding, layer)?)),
        FileFormat::Kml => other(Box::new(KmlRecords::new(&opened.reopenable()?, encoding, layer, options.on_part)?)),
        FileFormat::FlatGeobuf => other(Box::new(FlatGeobufRecords::new(&file, opened.stream(), layer)?)),
        FileFormat::Parquet => other(Box::new(ParquetRecords::new(&opened.reopenable()?)?)),
        FileFormat::GeoPackage => other(Box::new(GeoPackageRecords::new(&opened.reopenable()?, layer)?)),
        FileFormat::Shapefile => {
            let parts = ShapefileParts::beside(&opened.reopenable()?)?;
            other(Box::new(ShapefileRecords::new(&file, parts, options.encoding)?))
        }
        FileFormat::DbaseTable => {
            let parts = ShapefileParts::of_table(&opened.reopenable()?)?;
            other(Box::new(ShapefileRecords::new(&file, parts, options.encoding)?))
        }
        FileFormat::Zip => packed(&opened.reopenable()?, options).map(Some),
    }
}

/// Refuses options that mean nothing in a format.
fn check_options(file: &str, format: FileFormat, options: &ReadingOptions) -> Result<(), ReadError> {
    if options.sheet.is_some() && format != FileFormat::Zip {
        return Err(ReadError::NoSpreadsheet { file: file.to_owned() });
    }
    let has_layers = matches!(
        format,
        FileFormat::TopoJson | FileFormat::Kml | FileFormat::FlatGeobuf | FileFormat::GeoPackage | FileFormat::Zip
    );
    if options.layer.is_some() && !has_layers {
        return Err(ReadError::NoLayers { file: file.to_owned() });
    }
    Ok(())
}

/// A table of text, with a column of geometries or not.
fn table(file: &str, bytes: ByteStream, options: &ReadingOptions) -> Result<Rows, ReadError> {
    let records = CsvRecords::new(file, bytes, options.encoding.unwrap_or_default(), &options.header)?;
    match geometry_column(records.columns()) {
        Some(place) => Ok(Rows::Other(Box::new(GeometryColumnRecords::new(Box::new(records), place)?))),
        None => Ok(Rows::Csv(Box::new(records))),
    }
}

/// The document of a KMZ file that has the placemarks: `doc.kml`, or the one that it points to.
fn kml_document(package: &mut Package, file: &str, documents: Vec<String>) -> Result<Option<Vec<u8>>, ReadError> {
    const PLACEMARK: &[u8] = b"Placemark";
    let mut with_places = Vec::new();
    let mut first = None;
    for name in documents {
        let bytes = package.unpacked(&name)?;
        if bytes.windows(PLACEMARK.len()).any(|window| window == PLACEMARK) {
            with_places.push((name, bytes));
        } else {
            first.get_or_insert(bytes);
        }
    }
    if with_places.len() > 1 {
        let names: Vec<&str> = with_places.iter().map(|(name, _)| name.as_str()).collect();
        let (what, way) =
            (format!("a KMZ with several documents ({})", names.join(", ")), "unpack it first".to_owned());
        return Err(ReadError::Packed { file: file.to_owned(), what, way });
    }
    Ok(with_places.pop().map(|(_, bytes)| bytes).or(first))
}

/// What GDAL would open inside a ZIP file, and what the ZIP file is; empty where GDAL opens it as a whole.
fn converted_inside(package: &Package) -> Option<(String, &'static str)> {
    PACKED_CONVERTED.into_iter().find_map(|(wanted, what)| {
        let found = package.names.iter().find(|name| ending(name) == wanted)?;
        // A geodatabase is a folder of tables.
        let folder = found.rsplit_once('/').map_or("", |(folder, _)| folder);
        Some((if wanted == "gdbtable" { folder } else { found }.to_owned(), what))
    })
}

/// The rows of what a ZIP file holds.
fn packed(content: &Reopenable, options: &ReadingOptions) -> Result<Rows, ReadError> {
    let file = content.file.as_str();
    let mut package = Package::open(content)?;
    let is_document = |name: &String| {
        let name = name.to_lowercase();
        name == "[content_types].xml"
            || name == "mimetype"
            || name.ends_with("workbook.xml")
            || name.ends_with("workbook.bin")
    };
    if package.names.iter().any(is_document) {
        if options.layer.is_some() {
            return Err(ReadError::NoLayers { file: file.to_owned() });
        }
        let records = XlsxRecords::new(file, content.stream()?, options.sheet.as_deref(), &options.header)?;
        return Ok(Rows::Other(Box::new(records)));
    }
    if options.sheet.is_some() {
        return Err(ReadError::NoSpreadsheet { file: file.to_owned() });
    }
    let (shapes, documents) = (package.with_ending("shp"), package.with_ending("kml"));
    if !shapes.is_empty() {
        let layers = layers_of(&mut package, &shapes)?;
        let place = chosen_layer(file, &layers, options.layer.as_deref())?;
        let mut parts = ShapefileParts::packed(&mut package, &shapes[place])?;
        if let [_, _, ..] = layers.as_slice() {
            layers[place].name.clone_into(&mut parts.layer);
        }
        return Ok(Rows::Other(Box::new(ShapefileRecords::new(file, parts, options.encoding)?)));
    }
    if let Some(document) = kml_document(&mut package, file, documents)? {
        let document = Reopenable::memory(file, document);
        let (encoding, layer) = (options.encoding.unwrap_or_default(), options.layer.as_deref());
        let records = KmlRecords::new(&document, encoding, layer, options.on_part)?;
        return Ok(Rows::Other(Box::new(records)));
    }
    if let Some((inside, what)) = converted_inside(&package) {
        return Err(convert_packed(file, &inside, what, options.crs));
    }
    let alone = match package.names.as_slice() {
        [only] if PACKED_ALONE.contains(&ending(only).as_str()) => only.clone(),
        // What is inside is named by the reader of workbooks.
        _ => {
            let records = XlsxRecords::new(file, content.stream()?, None, &options.header)?;
            return Ok(Rows::Other(Box::new(records)));
        }
    };
    let bytes: Arc<[u8]> = package.unpacked(&alone)?.into();
    let inside = Opened::new(file, &RowLocation::Shared(bytes))?;
    if inside.is_packed() || verdict(inside.head()) == FormatVerdict::Read(FileFormat::Zip) {
        let (what, way) = (format!("a ZIP with the packed file {alone:?}"), "unpack it first".to_owned());
        return Err(ReadError::Packed { file: file.to_owned(), what, way });
    }
    match rows_of(inside, options)? {
        // The chunks of a table are cut from the file as it lies there.
        Some(Rows::Csv(records)) => Ok(Rows::Other(records)),
        Some(rows) => Ok(rows),
        None => Err(ReadError::Format { file: file.to_owned(), format: "a ZIP with an old Office file" }),
    }
}

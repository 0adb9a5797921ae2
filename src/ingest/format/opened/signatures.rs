//! The table of signatures: by which bytes a format is known, and what becomes of it.
//!
//! In: the first bytes of a file. Out: the format whose reader takes it, or what is said of one that none takes. Names of
//! files are not asked: they are wrong too often. A new format has its row here.

use std::ffi::OsStr;
use std::path::Path;

use super::json_kind::{JsonKind, json_kind};
use crate::ingest::coordinates::GivenCrs;
use crate::ingest::error::ReadError;

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest::format) enum FileFormat {
    /// Text with delimiters: whatever is nothing else.
    Csv,
    /// GeoJSON (RFC 7946).
    GeoJson,
    /// Features one after the other, each on a line or behind a record separator (RFC 8142).
    GeoJsonSequence,
    /// `TopoJSON`.
    TopoJson,
    /// KML.
    Kml,
    /// The shapes of a Shapefile.
    Shapefile,
    /// The table of a Shapefile, or any dBASE table.
    DbaseTable,
    /// A `GeoPackage`, or another `SQLite` file.
    GeoPackage,
    /// `FlatGeobuf`.
    FlatGeobuf,
    /// Parquet, `GeoParquet` included.
    Parquet,
    /// A workbook, a KMZ file, a packed Shapefile: what is inside decides.
    Zip,
}

/// What becomes of a file with a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest::format) enum FormatVerdict {
    /// It is read.
    Read(FileFormat),
    /// GDAL converts it into something that is read.
    Convert(&'static str),
    /// An archive, to be unpacked by whoever has it.
    Archive(&'static str),
    /// It holds no rows.
    Refuse(&'static str),
    /// An old Office file, or an encrypted new one.
    OldOffice,
}

/// How a format is known.
enum Mark {
    /// It begins with these bytes.
    Start(&'static [u8]),
    /// Its head passes a test.
    Test(fn(&[u8]) -> bool),
}

/// What ArcGIS answers where it is not asked for GeoJSON.
const ESRI_JSON: &str = "Esri JSON";
/// The reference system of most drawings of Quảng Nam.
const USUAL_SYSTEM: &str = "EPSG:5899";

/// The table: the first row that fits decides.
const SIGNATURES: &[(Mark, FormatVerdict)] = &[
    (Mark::Start(b"PK\x03\x04"), FormatVerdict::Read(FileFormat::Zip)),
    (Mark::Start(b"SQLite format 3\0"), FormatVerdict::Read(FileFormat::GeoPackage)),
    (Mark::Start(b"\x00\x00\x27\x0a"), FormatVerdict::Read(FileFormat::Shapefile)),
    (Mark::Start(b"fgb"), FormatVerdict::Read(FileFormat::FlatGeobuf)),
    (Mark::Start(b"PAR1"), FormatVerdict::Read(FileFormat::Parquet)),
    (Mark::Start(b"\x1e"), FormatVerdict::Read(FileFormat::GeoJsonSequence)),
    (Mark::Test(is_dbase), FormatVerdict::Read(FileFormat::DbaseTable)),
    (Mark::Start(b"\xd0\xcf\x11\xe0"), FormatVerdict::OldOffice),
    (Mark::Start(b"Rar!\x1a\x07"), FormatVerdict::Archive("a RAR archive")),
    (Mark::Start(b"7z\xbc\xaf\x27\x1c"), FormatVerdict::Archive("a 7z archive")),
    (Mark::Test(|head| head.get(257..262) == Some(b"ustar")), FormatVerdict::Archive("a tar archive")),
    (Mark::Start(b"%PDF"), FormatVerdict::Refuse("a PDF file")),
    (Mark::Test(|head| is_xml_of(head, "kml")), FormatVerdict::Read(FileFormat::Kml)),
    (Mark::Test(|head| contains(head, "opengis.net/gml")), FormatVerdict::Convert("a GML file")),
    (Mark::Test(|head| is_xml_of(head, "gpx")), FormatVerdict::Convert("a GPX file")),
    (Mark::Test(|head| is_xml_of(head, "osm")), FormatVerdict::Convert("an OpenStreetMap file")),
    (Mark::Start(b"<"), FormatVerdict::Refuse("an XML or HTML file")),
    (Mark::Test(is_mapinfo), FormatVerdict::Convert("a MapInfo file (TAB, MIF)")),
    (Mark::Test(is_dxf), FormatVerdict::Convert("a DXF drawing")),
    (Mark::Start(b"AutoCAD Binary DXF"), FormatVerdict::Convert("a DXF drawing")),
    (Mark::Test(is_dgn), FormatVerdict::Convert("a DGN drawing")),
    (Mark::Start(b"AC10"), FormatVerdict::Refuse("a DWG drawing: save it as DXF and convert that")),
    (
        Mark::Test(|head| is_json(head) && json_kind(head) == JsonKind::Topology),
        FormatVerdict::Read(FileFormat::TopoJson),
    ),
    (
        Mark::Test(|head| is_json(head) && json_kind(head) == JsonKind::Sequence),
        FormatVerdict::Read(FileFormat::GeoJsonSequence),
    ),
    (Mark::Test(|head| is_json(head) && json_kind(head) == JsonKind::Esri), FormatVerdict::Convert(ESRI_JSON)),
    (Mark::Test(is_json), FormatVerdict::Read(FileFormat::GeoJson)),
];

/// What the head of a file says it is; text with delimiters where it says nothing.
pub(in crate::ingest::format) fn verdict(head: &[u8]) -> FormatVerdict {
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let fits = |mark: &Mark| match mark {
        Mark::Start(bytes) => text.starts_with(bytes),
        Mark::Test(test) => test(text),
    };
    SIGNATURES.iter().find(|(mark, _)| fits(mark)).map_or(FormatVerdict::Read(FileFormat::Csv), |(_, verdict)| *verdict)
}

/// Whether the first sign that is neither space nor a byte-order mark opens JSON.
fn is_json(head: &[u8]) -> bool {
    let is_passed = |byte: &u8| matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF) || byte.is_ascii_whitespace();
    matches!(head.iter().find(|byte| !is_passed(byte)), Some(b'{' | b'['))
}

fn contains(head: &[u8], text: &str) -> bool {
    head.starts_with(b"<") && head.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Whether XML begins whose outermost element has a name, with a prefix or not.
fn is_xml_of(head: &[u8], name: &str) -> bool {
    let mut rest = head;
    while let Some(start) = rest.iter().position(|byte| *byte == b'<') {
        rest = &rest[start + 1..];
        if !matches!(rest.first(), Some(b'?' | b'!')) {
            let end = rest.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
            let element = &rest[..end.unwrap_or(rest.len())];
            let local = element.rsplit(|byte| *byte == b':').next().unwrap_or_default();
            return head.starts_with(b"<") && local.eq_ignore_ascii_case(name.as_bytes());
        }
        if rest.starts_with(b"!--") {
            let end = rest.windows(3).position(|window| window == b"-->");
            rest = end.map_or(&[], |end| &rest[end..]);
        }
    }
    false
}

/// A dBASE table: a known version, a day that exists, and lengths that fit together.
fn is_dbase(head: &[u8]) -> bool {
    let [version, _, month, day, _, _, _, _, low, high, record_low, record_high, ..] = head else { return false };
    let header = usize::from(u16::from_le_bytes([*low, *high]));
    let record = u16::from_le_bytes([*record_low, *record_high]);
    matches!(version, 0x03 | 0x83 | 0x8B | 0xF5)
        && (1..=12).contains(month)
        && (1..=31).contains(day)
        && header >= 33
        && record >= 1
        && head.get(header - 1).is_none_or(|end| matches!(end, 0x0D | 0x00))
}

fn is_mapinfo(head: &[u8]) -> bool {
    let start = head.trim_ascii_start();
    let begins = |text: &str| start.get(..text.len()).is_some_and(|head| head.eq_ignore_ascii_case(text.as_bytes()));
    begins("!table") || begins("version ") && start.windows(7).any(|window| window.eq_ignore_ascii_case(b"charset"))
}

fn is_dxf(head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    matches!((lines.next(), lines.next()), (Some(b"0"), Some(b"SECTION")))
}

fn is_dgn(head: &[u8]) -> bool {
    matches!(head, [0x08 | 0xC8, 0x09, 0xFE, 0x02, ..])
}

/// The refusal of a format that GDAL reads, with the line that converts a file of it.
pub(in crate::ingest::format) fn convert(file: &str, what: &str, crs: Option<GivenCrs>) -> ReadError {
    conversion(file, file, what, crs)
}

/// The same of a ZIP file, into which GDAL looks by another name; nothing is named inside where it opens the whole.
pub(in crate::ingest::format) fn convert_packed(
    file: &str,
    inside: &str,
    what: &str,
    crs: Option<GivenCrs>,
) -> ReadError {
    let source = format!("/vsizip/{file}/{inside}");
    conversion(file, source.trim_end_matches('/'), what, crs)
}

fn conversion(file: &str, source: &str, what: &str, crs: Option<GivenCrs>) -> ReadError {
    let name = Path::new(file).file_stem().and_then(OsStr::to_str).unwrap_or("converted");
    let (quoted, out) = (shell_word(source), shell_word(&format!("{name}.gpkg")));
    // A drawing names no reference system, and a MapInfo file may name none.
    let is_drawing = ["DXF", "DGN"].iter().any(|kind| what.contains(kind));
    let (system, remark) = match crs {
        Some(GivenCrs(crs)) => (format!(" -s_srs EPSG:{}", crs.code()), ""),
        None if is_drawing => {
            (format!(" -s_srs {USUAL_SYSTEM}"), " (with the reference system of the drawing in place of EPSG:5899)")
        }
        None if what.contains("MapInfo") => {
            (String::new(), " (with -s_srs EPSG:5899, or the system that is right, where it names none: NonEarth)")
        }
        None => (String::new(), ""),
    };
    let first = if what == ESRI_JSON { "ask the server for f=geojson, or " } else { "" };
    let way = format!("{first}convert it with: ogr2ogr -f GPKG{system} -t_srs EPSG:4326 {out} {quoted}{remark}");
    ReadError::Packed { file: file.to_owned(), what: what.to_owned(), way }
}

/// A word as a shell takes it.
pub(in crate::ingest::format) fn shell_word(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "._-/:".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_first_bytes() {
        use FileFormat::{Csv, FlatGeobuf, GeoJson, GeoJsonSequence, GeoPackage, Kml, Parquet, TopoJson};
        let cases: [(&[u8], FileFormat); 12] = [
            (b"id;time\n1;2", Csv),
            (b"", Csv),
            (b"\x03,x", Csv),
            (b"\xEF\xBB\xBF {\"features\":[]}", GeoJson),
            (b"\xFF\xFE{\0\"\0", GeoJson),
            (b"{\"type\":\"Feature\"}\n{\"type\":\"Feature\"}", GeoJsonSequence),
            (b"\x1e{\"type\":\"Feature\"}", GeoJsonSequence),
            (b"{\"type\":\"Topology\"}", TopoJson),
            (b"<?xml version='1.0'?>\n<!-- <gml> --><kml:kml xmlns:kml='x'>", Kml),
            (b"SQLite format 3\0", GeoPackage),
            (b"fgb\x03fgb\x00", FlatGeobuf),
            (b"PAR1", Parquet),
        ];
        for (head, format) in cases {
            assert_eq!(verdict(head), FormatVerdict::Read(format), "{}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn what_is_not_read_is_called_what_it_is() {
        let cases: [(&[u8], &str); 7] = [
            (b"<?xml?><wfs:FeatureCollection xmlns:gml=\"http://www.opengis.net/gml\">", "a GML file"),
            (b"!table\n!version 300", "a MapInfo file (TAB, MIF)"),
            (b"Version   300\nCharset \"WindowsVietnamese\"", "a MapInfo file (TAB, MIF)"),
            (b"  0\r\nSECTION\r\n", "a DXF drawing"),
            (b"\x08\x09\xfe\x02", "a DGN drawing"),
            (b"<gpx>", "a GPX file"),
            (b"<osm version='0.6'>", "an OpenStreetMap file"),
        ];
        for (head, what) in cases {
            assert_eq!(verdict(head), FormatVerdict::Convert(what), "{}", String::from_utf8_lossy(head));
        }
        assert_eq!(verdict(b"<!doctype html><html>"), FormatVerdict::Refuse("an XML or HTML file"));
        assert_eq!(verdict(b"version,charset\n"), FormatVerdict::Read(FileFormat::Csv));
    }

    #[test]
    fn refusal_has_the_line_to_run() {
        let line = |refused: ReadError| refused.to_string().split_once("ogr2ogr ").unwrap().1.to_owned();
        let plain = convert("bản đồ/ranh giới.gml", "a GML file", None);
        assert_eq!(
            plain.to_string(),
            "bản đồ/ranh giới.gml: this is a GML file; convert it with: ogr2ogr -f GPKG -t_srs EPSG:4326 'ranh giới.gpkg' \
             'bản đồ/ranh giới.gml'"
        );
        let drawing =
            "-f GPKG -s_srs EPSG:5899 -t_srs EPSG:4326 a.gpkg a.dxf (with the reference system of the drawing";
        assert!(line(convert("a.dxf", "a DXF drawing", None)).starts_with(drawing));
        let given = line(convert("a.dxf", "a DXF drawing", "EPSG:3405".parse().ok()));
        assert_eq!(given, "-f GPKG -s_srs EPSG:3405 -t_srs EPSG:4326 a.gpkg a.dxf");
        assert!(line(convert("a.tab", "a MapInfo file (TAB, MIF)", None)).contains(" a.tab (with -s_srs EPSG:5899"));
        let packed = |inside| line(convert_packed("u/a.zip", inside, "a ZIP with a GML file", None));
        assert_eq!(packed("b/a.gml"), "-f GPKG -t_srs EPSG:4326 a.gpkg /vsizip/u/a.zip/b/a.gml");
        assert_eq!(packed(""), "-f GPKG -t_srs EPSG:4326 a.gpkg /vsizip/u/a.zip");
    }

    #[test]
    fn archives_are_to_be_unpacked() {
        assert_eq!(verdict(b"Rar!\x1a\x07\x01\0"), FormatVerdict::Archive("a RAR archive"));
        assert_eq!(verdict(b"7z\xbc\xaf\x27\x1c\0\x04"), FormatVerdict::Archive("a 7z archive"));
    }
}

//! WKT of a reference system, version 1 (OGC, GDAL, ESRI) and version 2 (ISO 19162), as a description.
//!
//! A `.prj` of ArcGIS has no code: its system is found by projection, central meridian, scale, false easting and datum.

use super::description::{Description, SaidMethod};
use super::proj_string;
use super::systems::SystemIndex;
use super::wkt_tree::{WktNode, tree};

const PROJECTED: [&str; 3] = ["PROJCS", "PROJCRS", "PROJECTEDCRS"];
const GEOGRAPHIC: [&str; 5] = ["GEOGCS", "GEOGCRS", "GEOGRAPHICCRS", "GEODCRS", "GEODETICCRS"];
const BASE: [&str; 7] = ["GEOGCS", "BASEGEOGCRS", "BASEGEODCRS", "GEOGCRS", "GEOGRAPHICCRS", "GEODCRS", "GEODETICCRS"];
const COMPOUND: [&str; 2] = ["COMPD_CS", "COMPOUNDCRS"];
/// Systems that are none of a place on the earth.
const OTHERS: [&str; 7] = ["BOUNDCRS", "GEOCCS", "LOCAL_CS", "ENGCRS", "ENGINEERINGCRS", "VERT_CS", "VERTCRS"];

/// Whether a text begins as a WKT does.
pub(super) fn looks_like_wkt(text: &str) -> bool {
    let keyword: String = text.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect();
    let rest = text[keyword.len()..].trim_start();
    rest.starts_with(['[', '(']) && !keyword.is_empty()
}

/// The system of a text.
pub(super) fn system(text: &str) -> Result<SystemIndex, String> {
    described(&tree(text)?)?.system()
}

fn described(node: &WktNode) -> Result<Description, String> {
    let keyword = node.keyword.as_str();
    if PROJECTED.contains(&keyword) {
        return projected(node);
    }
    if GEOGRAPHIC.contains(&keyword) {
        return geographic(node);
    }
    if COMPOUND.contains(&keyword) {
        // Heights are left out: the plane or degrees below them count.
        let part = node.children().find(|child| is_of_places(child));
        return described(part.ok_or("is a compound system without a projected or geographic one")?);
    }
    if keyword == "BOUNDCRS" {
        return bound(node);
    }
    if OTHERS.contains(&keyword) {
        return Err(format!("is a {keyword}, which says no place on the earth"));
    }
    Err(format!("is no WKT of a reference system: it begins with {keyword:?}"))
}

fn is_of_places(node: &WktNode) -> bool {
    let keyword = node.keyword.as_str();
    PROJECTED.contains(&keyword) || GEOGRAPHIC.contains(&keyword) || keyword == "BOUNDCRS"
}

fn projected(node: &WktNode) -> Result<Description, String> {
    let base = node.child(&BASE).ok_or("is a projected WKT without its geographic system")?;
    let mut said = Description { name: node.name().to_owned(), code: code(node), ..Description::default() };
    note_base(&mut said, base);
    let conversion = node.child(&["CONVERSION"]).unwrap_or(node);
    if let Some(method) = conversion.child(&["PROJECTION", "METHOD"]) {
        said.note_method(method.name());
    }
    if is_web_map(node) {
        said.method = SaidMethod::WebMercator;
    }
    for parameter in conversion.children().filter(|child| child.keyword == "PARAMETER") {
        let value =
            parameter.number(1).ok_or_else(|| format!("has a parameter {:?} without a number", parameter.name()))?;
        note_units(&mut said, parameter);
        said.note_parameter(parameter.name(), value);
    }
    note_units(&mut said, node);
    for axis in node.children().filter(|child| child.keyword == "AXIS") {
        note_units(&mut said, axis);
    }
    Ok(said)
}

/// GDAL writes what WKT 1 cannot say of web maps as a PROJ string beside it.
fn is_web_map(node: &WktNode) -> bool {
    let extension = node.child(&["EXTENSION"]).and_then(|extension| extension.text(1));
    extension.is_some_and(proj_string::is_web_map)
}

fn geographic(node: &WktNode) -> Result<Description, String> {
    if node.child(&["CS"]).is_some_and(|cs| cs.name().eq_ignore_ascii_case("Cartesian")) {
        return Err("is geocentric: it has x, y and z from the middle of the earth".to_owned());
    }
    let mut said = Description {
        name: node.name().to_owned(),
        code: code(node),
        method: SaidMethod::Degrees,
        ..Description::default()
    };
    note_base(&mut said, node);
    for axis in node.children().filter(|child| child.keyword == "AXIS") {
        note_units(&mut said, axis);
    }
    Ok(said)
}

/// A system with its way to WGS 84: the system counts, the way tells an unknown datum.
fn bound(node: &WktNode) -> Result<Description, String> {
    let source = node.child(&["SOURCECRS"]).and_then(|source| source.children().next());
    let source = source.filter(|source| source.keyword != "BOUNDCRS");
    let mut said = described(source.ok_or("is a BOUNDCRS without its source")?)?;
    if let Some(way) = node.child(&["ABRIDGEDTRANSFORMATION"]) {
        let parameters = way.children().filter(|child| child.keyword == "PARAMETER");
        let numbers: Vec<f64> = parameters.filter_map(|parameter| parameter.number(1)).collect();
        said.note_shift(&numbers);
    }
    Ok(said)
}

fn note_base(said: &mut Description, base: &WktNode) {
    let datum = base.child(&["DATUM", "GEODETICDATUM", "TRF", "ENSEMBLE"]);
    said.note_datum(datum.map_or_else(|| base.name(), WktNode::name));
    let ellipsoid = datum.unwrap_or(base).child(&["SPHEROID", "ELLIPSOID"]);
    if let Some((name, semi_major_m)) = ellipsoid.and_then(|node| Some((node.name(), node.number(1)?))) {
        said.note_ellipsoid(name, semi_major_m);
    }
    if let Some(shift) = datum.and_then(|datum| datum.child(&["TOWGS84"])) {
        let numbers: Vec<f64> = (0..shift.values.len().min(7)).filter_map(|place| shift.number(place)).collect();
        said.note_shift(&numbers);
    }
    if let Some(meridian) = base.child(&["PRIMEM", "PRIMEMERIDIAN"])
        && meridian.number(1).unwrap_or(0.0) != 0.0
    {
        said.not_zero = Some("prime meridian".to_owned());
    }
    note_units(said, base);
}

/// Notes the units that stand beside a system, an axis or a parameter.
fn note_units(said: &mut Description, node: &WktNode) {
    for unit in node.children() {
        let Some(factor) = unit.number(1) else { continue };
        let is_length = PROJECTED.contains(&node.keyword.as_str());
        match unit.keyword.as_str() {
            "LENGTHUNIT" => said.note_length_unit(unit.name(), factor),
            "ANGLEUNIT" => said.note_angle_unit(unit.name(), factor),
            "UNIT" if is_length => said.note_length_unit(unit.name(), factor),
            "UNIT" if BASE.contains(&node.keyword.as_str()) => said.note_angle_unit(unit.name(), factor),
            _ => {}
        }
    }
}

/// The code of a system itself, not of one of its parts.
fn code(node: &WktNode) -> Option<u32> {
    let id = node.child(&["AUTHORITY", "ID"])?;
    let is_known = ["EPSG", "ESRI"].iter().any(|registry| id.name().eq_ignore_ascii_case(registry));
    let number = id.number(1).filter(|number| is_known && number.fract() == 0.0 && (1.0..1e9).contains(number))?;
    Some(number as u32)
}

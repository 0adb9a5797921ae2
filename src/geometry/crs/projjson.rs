//! PROJJSON (GeoParquet), and the JSON that GeoJSON and ArcGIS write of a reference system.

use serde_json::Value;

use super::description::{Description, SaidMethod};
use super::systems::SystemIndex;

/// Systems inside a system: a compound of a bound one has two.
const MAX_DEPTH: usize = 4;

/// What a JSON text is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum JsonForm {
    /// The description of a system.
    System(SystemIndex),
    /// Only the wrapping of another text: a name, a code or WKT.
    Text(String),
}

/// The form of a JSON text.
pub(super) fn form(text: &str) -> Result<JsonForm, String> {
    // The parser bounds the depth; the length was bounded before.
    let value: Value = serde_json::from_str(text).map_err(|error| format!("cannot be read as JSON: {error}"))?;
    // The member "crs" of older GeoJSON, and a spatial reference of ArcGIS.
    for pointer in ["/properties/name", "/latestWkid", "/wkid", "/properties/code", "/wkt"] {
        match value.pointer(pointer) {
            Some(Value::String(inner)) => return Ok(JsonForm::Text(inner.clone())),
            Some(Value::Number(code)) => return Ok(JsonForm::Text(code.to_string())),
            _ => {}
        }
    }
    described(&value, MAX_DEPTH)?.system().map(JsonForm::System)
}

fn described(value: &Value, depth: usize) -> Result<Description, String> {
    let inner = |value: Option<&Value>| match (value, depth.checked_sub(1)) {
        (Some(value), Some(depth)) => described(value, depth),
        _ => Err("is nested too deeply, or lacks a part".to_owned()),
    };
    match value.get("type").and_then(Value::as_str) {
        Some("ProjectedCRS") => Ok(projected(value)),
        Some("GeographicCRS" | "GeodeticCRS") => geographic(value),
        Some("CompoundCRS") => inner(value.pointer("/components/0")),
        Some("BoundCRS") => {
            let mut said = inner(value.get("source_crs"))?;
            let parameters = value.pointer("/transformation/parameters").and_then(Value::as_array);
            let numbers: Vec<f64> = parameters.into_iter().flatten().filter_map(number).collect();
            said.note_shift(&numbers);
            Ok(said)
        }
        Some(other) => Err(format!("is a {other:?}, which says no place on the earth")),
        None => Err("is JSON that describes no reference system".to_owned()),
    }
}

fn projected(value: &Value) -> Description {
    let mut said = Description { name: name(value).to_owned(), code: code(value), ..Description::default() };
    if let Some(base) = value.get("base_crs") {
        note_base(&mut said, base);
    }
    if let Some(method) = value.pointer("/conversion/method") {
        said.note_method(name(method));
    }
    let parameters = value.pointer("/conversion/parameters").and_then(Value::as_array);
    for parameter in parameters.into_iter().flatten() {
        note_unit(&mut said, parameter);
        if let Some(number) = number(parameter) {
            said.note_parameter(name(parameter), number);
        }
    }
    note_axes(&mut said, value);
    said
}

fn geographic(value: &Value) -> Result<Description, String> {
    if value.pointer("/coordinate_system/subtype").and_then(Value::as_str) == Some("Cartesian") {
        return Err("is geocentric: it has x, y and z from the middle of the earth".to_owned());
    }
    let mut said = Description {
        name: name(value).to_owned(),
        code: code(value),
        method: SaidMethod::Degrees,
        ..Description::default()
    };
    note_base(&mut said, value);
    note_axes(&mut said, value);
    Ok(said)
}

fn note_base(said: &mut Description, base: &Value) {
    let datum = base.get("datum").or_else(|| base.get("datum_ensemble"));
    said.note_datum(datum.map_or_else(|| name(base), name));
    let ellipsoid = datum.and_then(|datum| datum.get("ellipsoid"));
    if let Some((ellipsoid, Some(semi_major_m))) =
        ellipsoid.map(|ellipsoid| (name(ellipsoid), ellipsoid.get("semi_major_axis").and_then(Value::as_f64)))
    {
        said.note_ellipsoid(ellipsoid, semi_major_m);
    }
    let meridian = datum.and_then(|datum| datum.pointer("/prime_meridian/longitude"));
    if meridian.is_some_and(|meridian| meridian.as_f64() != Some(0.0)) {
        said.not_zero = Some("prime meridian".to_owned());
    }
}

fn note_axes(said: &mut Description, value: &Value) {
    let axes = value.pointer("/coordinate_system/axis").and_then(Value::as_array);
    for axis in axes.into_iter().flatten() {
        note_unit(said, axis);
    }
}

/// A unit is a word, or an object with its size.
fn note_unit(said: &mut Description, value: &Value) {
    match value.get("unit") {
        Some(Value::String(unit)) if !matches!(unit.as_str(), "metre" | "degree" | "unity") => {
            said.foreign_unit = Some(unit.clone());
        }
        Some(unit @ Value::Object(_)) => {
            let factor = unit.get("conversion_factor").and_then(Value::as_f64).unwrap_or(f64::INFINITY);
            match unit.get("type").and_then(Value::as_str) {
                Some("LinearUnit") => said.note_length_unit(name(unit), factor),
                Some("AngularUnit") => said.note_angle_unit(name(unit), factor),
                _ if (factor - 1.0).abs() < 1e-12 => {}
                _ => said.foreign_unit = Some(name(unit).to_owned()),
            }
        }
        _ => {}
    }
}

fn name(value: &Value) -> &str {
    value.get("name").and_then(Value::as_str).unwrap_or_default()
}

fn number(parameter: &Value) -> Option<f64> {
    parameter.get("value").and_then(Value::as_f64)
}

/// The code of a system itself.
fn code(value: &Value) -> Option<u32> {
    let id = value.get("id").or_else(|| value.pointer("/ids/0"))?;
    let registry = id.get("authority").and_then(Value::as_str).unwrap_or_default();
    let is_known = ["EPSG", "ESRI"].iter().any(|known| registry.eq_ignore_ascii_case(known));
    let code = id.get("code")?;
    let code = code.as_u64().or_else(|| code.as_str()?.parse().ok()).filter(|_| is_known)?;
    u32::try_from(code).ok()
}

//! One feature of a GeoJSON file, member by member.
//!
//! In: the bytes of the feature. Out: its id, its properties as they are written and its geometry, or what is wrong with
//! it in words. A number keeps its digits; a nested value is kept as such, for no column can hold it.

use std::fmt;

use geojson::Geometry;

use super::json_members::{JsonFault, Member, members, text};
use super::record::CellFault;
use crate::ingest::fields::ColumnIndex;

/// Characters of a nested value that a message quotes.
const QUOTED_CHARS: usize = 60;

/// A feature as the file has it.
#[derive(Debug, Default)]
pub(in crate::ingest) struct FeatureMembers {
    /// Its own id, beside its properties.
    pub(in crate::ingest) id: Option<Property>,
    /// Its properties; those that are null are left out.
    pub(in crate::ingest) properties: Vec<(String, Property)>,
    /// Its geometry; none where it is null or empty.
    pub(in crate::ingest) geometry: Option<Geometry>,
}

/// The value of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) enum Property {
    /// A text, or a truth value as it is written.
    Text(String),
    /// A number as it is written.
    Number(String),
    /// An object or a list, which no field can take.
    Nested(String),
}

/// Why a feature cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::ingest) enum FeatureFault {
    /// This feature is rejected.
    Feature(String),
    /// The text is broken at a byte, and with it the file.
    Broken { byte: usize, expected: &'static str },
}

impl fmt::Display for FeatureFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Feature(why) => f.write_str(why),
            Self::Broken { expected, .. } => write!(f, "{expected} is expected"),
        }
    }
}

impl From<JsonFault> for FeatureFault {
    fn from(fault: JsonFault) -> Self {
        match fault {
            JsonFault::Broken { byte, expected } => Self::Broken { byte, expected },
            other => Self::Feature(other.to_string()),
        }
    }
}

/// The members of a feature.
pub(in crate::ingest) fn feature(bytes: &[u8]) -> Result<FeatureMembers, FeatureFault> {
    let refused = |why: &str| FeatureFault::Feature(why.to_owned());
    if bytes.first() != Some(&b'{') {
        return Err(refused("this is no object"));
    }
    let members = members(bytes)?;
    let member = |name: &str| members.iter().find(|member| member.name == name).map(|member| member.value);
    match member("type") {
        Some(b"\"Feature\"") => {}
        Some(other) => {
            return Err(FeatureFault::Feature(format!("its type is {}, not \"Feature\"", quoted(other))));
        }
        None if member("attributes").is_some() => {
            return Err(refused("this is Esri JSON (\"attributes\"): ask the server for f=geojson"));
        }
        None => return Err(refused("it has no \"type\":\"Feature\"")),
    }
    let geometry = member("geometry").map_or(Ok(None), geometry).map_err(FeatureFault::Feature)?;
    Ok(FeatureMembers {
        id: member("id").map_or(Ok(None), id)?,
        properties: properties(member("properties"))?,
        geometry,
    })
}

fn id(value: &[u8]) -> Result<Option<Property>, FeatureFault> {
    match property(value)? {
        None => Ok(None),
        Some(id @ (Property::Text(_) | Property::Number(_))) if value != b"true" && value != b"false" => Ok(Some(id)),
        Some(_) => Err(FeatureFault::Feature(format!("its id is {}, a text or a number is needed", quoted(value)))),
    }
}

/// The properties of a feature; those that are null are left out.
pub(in crate::ingest::format) fn properties(value: Option<&[u8]>) -> Result<Vec<(String, Property)>, FeatureFault> {
    let value = value.unwrap_or(b"null");
    if value == b"null" {
        return Ok(Vec::new());
    }
    if value.first() != Some(&b'{') {
        return Err(FeatureFault::Feature(format!("its properties are {}, an object is needed", quoted(value))));
    }
    let mut properties = Vec::new();
    for Member { name, value } in members(value)? {
        if let Some(property) = property(value)? {
            properties.push((name, property));
        }
    }
    Ok(properties)
}

/// The value of a property; none where it is null.
pub(in crate::ingest::format) fn property(value: &[u8]) -> Result<Option<Property>, JsonFault> {
    Ok(match value.first() {
        Some(b'"') => Some(Property::Text(text(value)?)),
        Some(b'{' | b'[') => Some(Property::Nested(quoted(value))),
        Some(b'0'..=b'9' | b'-') => {
            Some(Property::Number(without_empty_fraction(&String::from_utf8_lossy(value)).to_owned()))
        }
        _ if value == b"null" => None,
        _ => Some(Property::Text(String::from_utf8_lossy(value).into_owned())),
    })
}

/// `20335.0` is how some programs write the whole number 20335; every other number stays as it is written.
pub(in crate::ingest::format) fn without_empty_fraction(number: &str) -> &str {
    match number.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|byte| byte == b'0') => whole,
        _ => number,
    }
}

/// The fault of a value that no field can take, with the way out.
pub(in crate::ingest::format) fn nested(column: ColumnIndex, value: String) -> CellFault {
    let kind = if value.starts_with('[') { "a list" } else { "an object" };
    let reason = format!("the value is {kind}: write the one text or number that is meant");
    CellFault { column, value, reason }
}

fn quoted(value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value);
    let mut short: String = text.chars().take(QUOTED_CHARS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// A geometry; none where it is null or, as RFC 7946 (3.1) allows, empty. One that holds a single other one is that one.
pub(in crate::ingest::format) fn geometry(value: &[u8]) -> Result<Option<Geometry>, String> {
    if value == b"null" {
        return Ok(None);
    }
    if value.first() != Some(&b'{') {
        return Err(format!("its geometry is {}, an object or null is needed", quoted(value)));
    }
    let members = members(value).map_err(|fault| fault.to_string())?;
    let member = |name: &str| members.iter().find(|member| member.name == name).map(|member| member.value);
    let kind = member("type").ok_or("its geometry has no type: write null where there is none")?;
    let kind = text(kind).map_err(|_| format!("the type of its geometry is {}", quoted(kind)))?;
    let content = match kind.as_str() {
        "GeometryCollection" => "geometries",
        "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon" => "coordinates",
        other => return Err(format!("there is no geometry of type {other:?} in GeoJSON")),
    };
    let written = member(content).ok_or_else(|| format!("its {kind} has no {content}"))?;
    if is_empty_list(written) {
        return Ok(None);
    }
    let read = serde_json::from_slice::<Geometry>(value).map_err(|error| in_words(&kind, written, &error))?;
    Ok(Some(sole_member(read)))
}

fn is_empty_list(value: &[u8]) -> bool {
    let inside = value.strip_prefix(b"[").and_then(|value| value.strip_suffix(b"]"));
    inside.is_some_and(|inside| inside.iter().all(u8::is_ascii_whitespace))
}

/// What is wrong with coordinates that are JSON and no geometry.
fn in_words(kind: &str, coordinates: &[u8], error: &serde_json::Error) -> String {
    let text = String::from_utf8_lossy(coordinates);
    if kind == "GeometryCollection" {
        return format!("a member of its GeometryCollection cannot be read: {error}");
    }
    if text.contains("null") {
        return format!("its {kind} has a coordinate null: write \"geometry\":null where there is no place");
    }
    if text.contains('"') {
        return format!("its {kind} has coordinates in quotation marks: numbers are needed, as in [108.42,15.52]");
    }
    if text.contains("true") || text.contains("false") || text.contains('{') {
        return format!("its {kind} has coordinates that are no numbers");
    }
    format!("the brackets of its {kind} do not fit: each position is [longitude, latitude] (RFC 7946, 3.1)")
}

/// A `MultiPoint` of one point is a point, and a collection of one geometry that geometry.
pub(in crate::ingest::format) fn sole_member(geometry: Geometry) -> Geometry {
    use geojson::GeometryValue::{GeometryCollection, MultiPoint, Point};
    match geometry.value {
        MultiPoint { mut coordinates } if coordinates.len() == 1 => match coordinates.pop() {
            Some(only) => Geometry::new(Point { coordinates: only }),
            None => Geometry::new(MultiPoint { coordinates }),
        },
        GeometryCollection { mut geometries } if geometries.len() == 1 => match geometries.pop() {
            Some(only) => sole_member(only),
            None => Geometry::new(GeometryCollection { geometries }),
        },
        value => Geometry::new(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        match feature(text.as_bytes()).unwrap_err() {
            FeatureFault::Feature(why) => why,
            FeatureFault::Broken { byte, expected } => format!("byte {byte}: {expected}"),
        }
    }

    fn with_geometry(geometry: &str) -> String {
        format!(r#"{{"type":"Feature","properties":{{}},"geometry":{geometry}}}"#)
    }

    fn kind_of(geometry: &str) -> Option<String> {
        let read = feature(with_geometry(geometry).as_bytes()).unwrap();
        read.geometry.map(|geometry| geometry.value.type_name().to_owned())
    }

    #[test]
    fn numbers_keep_their_digits_and_nested_values_are_kept_apart() {
        let text = r#"{"type":"Feature","id":9007199254740993,"properties":
            {"a":20240301081500123451,"b":20335.0,"c":1.50,"d":1e21,"e":true,"f":null,"g":[5],"h":{"id":5},"i":"x"}}"#;
        let read = feature(text.as_bytes()).unwrap();
        assert_eq!(read.id, Some(Property::Number("9007199254740993".to_owned())));
        let text_of = |(name, property): &(String, Property)| match property {
            Property::Text(text) | Property::Number(text) => format!("{name}={text}"),
            Property::Nested(written) => format!("{name}:{written}"),
        };
        let shown: Vec<String> = read.properties.iter().map(text_of).collect();
        let expected = "a=20240301081500123451 b=20335 c=1.50 d=1e21 e=true g:[5] h:{\"id\":5} i=x";
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn empty_geometries_are_none() {
        for kind in ["Point", "MultiPoint", "LineString", "Polygon", "MultiPolygon"] {
            assert_eq!(kind_of(&format!(r#"{{"type":"{kind}","coordinates":[ ]}}"#)), None, "{kind}");
        }
        assert_eq!(kind_of(r#"{"type":"GeometryCollection","geometries":[]}"#), None);
        assert_eq!(kind_of("null"), None);
    }

    #[test]
    fn one_point_of_several_is_a_point() {
        assert_eq!(kind_of(r#"{"type":"MultiPoint","coordinates":[[108,15]]}"#).as_deref(), Some("Point"));
        assert_eq!(
            kind_of(r#"{"type":"MultiPoint","coordinates":[[108,15],[108,16]]}"#).as_deref(),
            Some("MultiPoint")
        );
        let collected = r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[108,15]}]}"#;
        assert_eq!(kind_of(collected).as_deref(), Some("Point"));
    }

    #[test]
    fn geometries_that_cannot_be_read_are_refused_in_words() {
        let cases = [
            ("{}", "its geometry has no type: write null where there is none"),
            ("7", "its geometry is 7, an object or null is needed"),
            (r#"{"type":"Circle"}"#, "there is no geometry of type \"Circle\" in GeoJSON"),
            (r#"{"type":"Point"}"#, "its Point has no coordinates"),
            (
                r#"{"type":"Point","coordinates":[null,null]}"#,
                "its Point has a coordinate null: write \"geometry\":null where there is no place",
            ),
            (
                r#"{"type":"Point","coordinates":["108.42","15.52"]}"#,
                "its Point has coordinates in quotation marks: numbers are needed, as in [108.42,15.52]",
            ),
            (
                r#"{"type":"Point","coordinates":[108.42]}"#,
                "the brackets of its Point do not fit: each position is [longitude, latitude] (RFC 7946, 3.1)",
            ),
            (r#"{"type":"Point","coordinates":[NaN,15]}"#, "\"coordinates\": NaN is no JSON; write null"),
        ];
        for (geometry, expected) in cases {
            assert_eq!(fault(&with_geometry(geometry)), expected);
        }
    }

    #[test]
    fn what_is_no_feature_is_named() {
        assert_eq!(fault("7"), "this is no object");
        assert_eq!(fault(r#"{"type":"Point"}"#), "its type is \"Point\", not \"Feature\"");
        assert!(fault(r#"{"attributes":{},"geometry":{}}"#).starts_with("this is Esri JSON"));
        assert_eq!(fault(r#"{"type":"Feature","properties":[1]}"#), "its properties are [1], an object is needed");
        assert_eq!(fault(r#"{"type":"Feature","id":[1]}"#), "its id is [1], a text or a number is needed");
        assert_eq!(fault(r#"{"type":"Feature","properties":{"a":1,"a":2}}"#), "\"a\" stands twice in one object");
    }
}

//! Which kind of JSON a file begins: a collection, a sequence of features, a topology.
//!
//! In: the first bytes. Out: what the first telling member of the outermost object says. Only names are looked at, so
//! that a member may stand anywhere before the head ends.

/// What JSON a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest::format) enum JsonKind {
    /// A `FeatureCollection`, or something that its reader refuses in words.
    Collection,
    /// Features one after the other.
    Sequence,
    /// `TopoJSON`.
    Topology,
    /// Features of ArcGIS, with attributes in place of properties.
    Esri,
}

/// The kind of JSON that some bytes begin; they may be cut off anywhere.
pub(in crate::ingest::format) fn json_kind(head: &[u8]) -> JsonKind {
    let (mut depth, mut at) = (0_usize, 0);
    let mut last_text: Option<&[u8]> = None;
    let mut name: Option<&[u8]> = None;
    // Invariant: `depth` objects and lists are open before `at`; `name` is the member of the outermost object whose
    // value begins there, if one does.
    while let Some(byte) = head.get(at) {
        match byte {
            b'"' => {
                let end = end_of_text(head, at + 1);
                let text = head.get(at + 1..end).unwrap_or_default();
                if depth == 1 {
                    if let (Some(b"type"), Some(kind)) = (name, kind_of_type(text)) {
                        return kind;
                    }
                    last_text = Some(text);
                }
                at = end;
            }
            b':' if depth == 1 => {
                name = last_text.take();
                match name {
                    Some(b"features") if begins_esri_feature(head.get(at + 1..).unwrap_or_default()) => {
                        return JsonKind::Esri;
                    }
                    Some(b"features") => return JsonKind::Collection,
                    Some(b"geometry" | b"properties") => return JsonKind::Sequence,
                    Some(b"objects" | b"arcs") => return JsonKind::Topology,
                    _ => {}
                }
            }
            b',' if depth == 1 => name = None,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    JsonKind::Collection
}

/// Whether a list begins whose first member has attributes, and neither properties nor a type.
fn begins_esri_feature(list: &[u8]) -> bool {
    let first = |name: &[u8]| list.windows(name.len()).position(|window| window == name);
    let others = [first(b"\"properties\""), first(b"\"type\"")];
    first(b"\"attributes\"").is_some_and(|at| others.iter().flatten().all(|other| at < *other))
}

fn kind_of_type(text: &[u8]) -> Option<JsonKind> {
    match text {
        b"FeatureCollection" => Some(JsonKind::Collection),
        b"Feature" => Some(JsonKind::Sequence),
        b"Topology" => Some(JsonKind::Topology),
        _ => None,
    }
}

/// Where the text that begins at an offset ends: its closing mark, or the end of the bytes.
fn end_of_text(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_telling_member_decides() {
        use JsonKind::{Collection, Esri, Sequence, Topology};
        let cases = [
            (r#"{"type":"FeatureCollection","features":[]}"#, Collection),
            (r#"{"name":"x","bbox":[1],"features":[{"type":"Feature"}]}"#, Collection),
            (r#"{"type":"Feature","properties":{}}"#, Sequence),
            (r#" { "id" : 5, "properties":{"type":"Topology"},"type":"Feature"}"#, Sequence),
            (r#"{"arcs":[[[0,0]]],"type":"Topology"}"#, Topology),
            (r#"{"type":"Topology","objects":{}}"#, Topology),
            (r#"{"a":"\"type\":\"Topology\"","x":1}"#, Collection),
            (r#"{"geometryType":"x","features":[{"attributes":{"type":1},"geometry":{"rings":[]}}]}"#, Esri),
            (r#"{"features":[{"properties":{"attributes":1}}]}"#, Collection),
            (r#"{"type":"Point"}"#, Collection),
            ("[1]", Collection),
            (r#"{"typ"#, Collection),
            ("", Collection),
        ];
        for (text, kind) in cases {
            assert_eq!(json_kind(text.as_bytes()), kind, "{text}");
        }
    }
}

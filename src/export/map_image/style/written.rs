//! The expressions that an image writes itself, where a style leaves them to whoever shows the map.
//!
//! In: an edition, a level, a name. Out: expressions as a style would write them, for [`super::expression`] to evaluate.

use serde_json::Value as Json;

use crate::domain::area::Level;

/// The attribute of an area in a cluster: its number.
pub(in crate::export::map_image) const CLUSTER: &str = "cluster";
/// The attribute of the area at the centre of a cluster: what the cluster holds.
pub(in crate::export::map_image) const CLUSTER_LABEL: &str = "cluster_label";

/// Holds for a feature with an attribute.
pub(in crate::export::map_image) fn has(attribute: &str) -> Json {
    call("has", [attribute.into()])
}

/// The value of an attribute.
pub(in crate::export::map_image) fn value_of(attribute: &str) -> Json {
    call("get", [attribute.into()])
}

/// Holds for a feature that never ends, or ends after an edition.
pub(in crate::export::map_image) fn lasts_beyond(edition: &str) -> Json {
    let until = "until";
    let has_no_end = call("!", [call("has", [until.into()])]);
    call("any", [has_no_end, call(">", [call("get", [until.into()]), edition.into()])])
}

/// Holds for the feature of a level that the image is about.
pub(in crate::export::map_image) fn is_selected_on(level: Level) -> Json {
    let on_level = call("==", [call("get", ["level".into()]), level.as_str().into()]);
    call("all", [call("feature-state", ["selected".into()]), on_level])
}

/// A text as it stands.
pub(in crate::export::map_image) fn literal(text: &str) -> Json {
    call("literal", [text.into()])
}

fn call<const N: usize>(operator: &str, arguments: [Json; N]) -> Json {
    std::iter::once(Json::from(operator)).chain(arguments).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn expressions_are_written_as_in_a_style() {
        let expected = json!(["any", ["!", ["has", "until"]], [">", ["get", "until"], "2025-07"]]);
        assert_eq!(lasts_beyond("2025-07"), expected);
        let expected = json!(["all", ["feature-state", "selected"], ["==", ["get", "level"], "district"]]);
        assert_eq!(is_selected_on(Level::District), expected);
        assert_eq!((has(CLUSTER), value_of(CLUSTER)), (json!(["has", "cluster"]), json!(["get", "cluster"])));
        assert_eq!(literal("Quảng Nam"), json!(["literal", "Quảng Nam"]));
    }
}

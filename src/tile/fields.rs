//! Which fields the layers carry, by role: the attributes of areas that stand in each, and the fields of points.
//!
//! TileJSON and the tests of the styles derive from here.

use std::sync::LazyLock;

use super::selection::Selection;
use super::tileset::Tileset;
use crate::domain::role::Role;

const LABEL_NAMES: &[&str] = &["code", "name", "level", "grade", "incidents", "area_km2"];
const PUBLIC_MODEL_NAMES: &[&str] = &["code", "name", "models"];

/// Fields of the models layer for roles that see positions.
pub const MODEL_FIELDS: &[(&str, &str, &str)] = &[
    ("id", "String", "Stable id of the model"),
    ("kind", "String", "Kind of model, an id of the rule file"),
    ("code", "String", "Code of the commune in which it stands"),
];

/// Fields of the incidents layer for roles that see points.
pub const INCIDENT_FIELDS: &[(&str, &str, &str)] = &[
    ("kind", "String", "incident: a single one; cell: all of a part of the tile, at their mean place"),
    ("id", "String", "Stable id of the incident (single incidents)"),
    ("time", "String", "Local time, RFC 3339 (single incidents)"),
    ("precision", "String", "How exact the position is (single incidents)"),
    ("category", "String", "Category, or the most frequent one of a cell"),
    ("severity", "Number", "Severity 1 to 5, or the greatest one of a cell"),
    ("count", "Number", "Incidents in the cell; 1 for a single incident"),
];

/// Fields of the incidents layer for roles that see squares in place of points.
pub const SQUARE_FIELDS: &[(&str, &str, &str)] = &[
    ("kind", "String", "square: one of a fixed grid, with enough incidents to be shown"),
    ("category", "String", "The most frequent category"),
    ("count", "Number", "Incidents in the square"),
];

static OF_LABELS: LazyLock<Selection> = LazyLock::new(|| named(LABEL_NAMES));
static OF_PUBLIC_MODELS: LazyLock<Selection> = LazyLock::new(|| named(PUBLIC_MODEL_NAMES));

fn named(names: &[&str]) -> Selection {
    Selection::of(|attribute| names.contains(&attribute.name))
}

/// The area attributes that the features of a layer carry for a role.
pub fn area_attributes(layer: Tileset, role: Role) -> Selection {
    match layer {
        Tileset::Communes | Tileset::Districts | Tileset::Province => Selection::ALL,
        Tileset::Labels => *OF_LABELS,
        Tileset::Models if !role.sees_model_positions() => *OF_PUBLIC_MODELS,
        Tileset::Models | Tileset::Incidents | Tileset::Map => Selection::NONE,
    }
}

/// Every field that a layer carries for a role, as (name, type, meaning); of the attributes of areas those selected.
pub fn described_fields(
    layer: Tileset,
    role: Role,
    selection: Selection,
) -> Vec<(&'static str, &'static str, &'static str)> {
    match layer {
        Tileset::Models if role.sees_model_positions() => MODEL_FIELDS.to_vec(),
        Tileset::Incidents if role.sees_incident_points() => INCIDENT_FIELDS.to_vec(),
        Tileset::Incidents => SQUARE_FIELDS.to_vec(),
        _ => {
            let of_areas = area_attributes(layer, role).and(selection).attributes();
            of_areas.map(|attribute| (attribute.name, attribute.kind, attribute.description)).collect()
        }
    }
}

/// The names of the fields that a layer carries for any role; none where no layer has the name.
pub fn fields(layer_id: &str) -> Option<Vec<&'static str>> {
    let layer: Tileset = layer_id.parse().ok()?;
    let mut names: Vec<&'static str> = Vec::new();
    for (name, ..) in Role::ALL.into_iter().flat_map(|role| described_fields(layer, role, Selection::ALL)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layer_but_map_has_fields_and_names_are_unique() {
        for layer in Tileset::ALL {
            let names = fields(layer.as_str());
            assert_eq!(names.is_none(), layer == Tileset::Map);
            let mut sorted = names.clone().unwrap_or_default();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), names.unwrap_or_default().len());
        }
        assert_eq!(fields("roads"), None);
    }

    #[test]
    fn public_models_layer_names_no_single_model() {
        let public = described_fields(Tileset::Models, Role::Public, Selection::ALL);
        assert!(public.iter().all(|(name, ..)| !["id", "kind"].contains(name)));
        assert!(
            described_fields(Tileset::Models, Role::Planner, Selection::ALL).iter().any(|(name, ..)| *name == "id")
        );
    }

    #[test]
    fn label_names_stand_in_the_table() {
        assert_eq!(named(LABEL_NAMES).names().len(), LABEL_NAMES.len());
        assert_eq!(named(PUBLIC_MODEL_NAMES).names().len(), PUBLIC_MODEL_NAMES.len());
    }
}

//! Which fields the layers carry, by role: the attributes of areas that stand in each, and those of single things.
//!
//! In: the tables of attributes. TileJSON and the tests of the styles derive from here.

use std::sync::LazyLock;

use super::tileset::Tileset;
use crate::attributes::{AreaAttribute, Attribute, INCIDENT_ATTRIBUTES, MODEL_ATTRIBUTES, Selection, ValueType};
use crate::domain::role::Role;

/// A field that a layer carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileField {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub value_type: ValueType,
}

impl<K> From<&Attribute<K>> for TileField {
    fn from(attribute: &Attribute<K>) -> Self {
        Self { name: attribute.name, value_type: attribute.value_type }
    }
}

static OF_LABELS: LazyLock<Selection> = LazyLock::new(|| {
    use AreaAttribute::{AreaKm2, Code, Grade, GradeBest, GradeWorst, Incidents, Level, Name};
    Selection::of(|attribute| {
        // Both ends are written where no letter is likely enough.
        matches!(attribute.key, Code | Name | Level | Grade | GradeBest | GradeWorst | Incidents | AreaKm2)
    })
});

static OF_PUBLIC_MODELS: LazyLock<Selection> = LazyLock::new(|| {
    use AreaAttribute::{Code, Models, Name};
    Selection::of(|attribute| matches!(attribute.key, Code | Name | Models))
});

/// The area attributes that the features of a layer carry for a role.
pub fn area_attributes(layer: Tileset, role: Role) -> Selection {
    match layer {
        Tileset::Communes | Tileset::Districts | Tileset::Province => Selection::ALL,
        Tileset::Labels => *OF_LABELS,
        Tileset::Models if !role.sees_model_positions() => *OF_PUBLIC_MODELS,
        Tileset::Models | Tileset::Incidents | Tileset::Map => Selection::NONE,
    }
}

/// Every field that a layer carries for a role; of the attributes of areas those selected.
pub fn layer_fields(layer: Tileset, role: Role, selection: Selection) -> Vec<TileField> {
    match layer {
        Tileset::Models if role.sees_model_positions() => record_fields(MODEL_ATTRIBUTES, role),
        Tileset::Incidents => record_fields(INCIDENT_ATTRIBUTES, role),
        _ => area_attributes(layer, role).and(selection).visible_to(role).attributes().map(TileField::from).collect(),
    }
}

fn record_fields<K>(attributes: &[Attribute<K>], role: Role) -> Vec<TileField> {
    let carried = attributes.iter().filter(|attribute| attribute.carrier.is_in_tiles() && attribute.is_for(role));
    carried.map(TileField::from).collect()
}

/// The names of the fields that a layer carries for any role; none where no layer has the name.
pub fn fields(layer_id: &str) -> Option<Vec<&'static str>> {
    let layer: Tileset = layer_id.parse().ok()?;
    let mut names: Vec<&'static str> = Vec::new();
    for field in Role::ALL.into_iter().flat_map(|role| layer_fields(layer, role, Selection::ALL)) {
        if !names.contains(&field.name) {
            names.push(field.name);
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
        let public = layer_fields(Tileset::Models, Role::Public, Selection::ALL);
        assert!(public.iter().all(|field| !["id", "kind"].contains(&field.name)));
        assert!(layer_fields(Tileset::Models, Role::Planner, Selection::ALL).iter().any(|field| field.name == "id"));
    }

    #[test]
    fn fields_of_areas_are_those_of_the_role() {
        let has_hot_spot = |role| {
            let fields = layer_fields(Tileset::Communes, role, Selection::ALL);
            fields.iter().any(|field| field.name == "hot_spot")
        };
        assert!(!has_hot_spot(Role::Public) && has_hot_spot(Role::Planner));
    }

    #[test]
    fn single_incidents_have_fields_that_squares_lack() {
        let names = |role: Role| -> Vec<&'static str> {
            layer_fields(Tileset::Incidents, role, Selection::ALL).iter().map(|field| field.name).collect()
        };
        assert_eq!(names(Role::Planner), ["kind", "category", "count"]);
        assert_eq!(names(Role::Commander), ["kind", "id", "time", "precision", "category", "severity", "count"]);
    }
}

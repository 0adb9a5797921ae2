//! The table of attributes as an answer: names, labels, units, formats and types of what a role gets.
//!
//! In: a role. Out: what it gets, as `/meta` lists it; a row above the role is not named. Values are not here.

use serde::Serialize;
use utoipa::ToSchema;

use crate::attributes::{
    AREA_ATTRIBUTES, Attribute, AttributeUnit, INCIDENT_ATTRIBUTES, MODEL_ATTRIBUTES, ValueFormat,
};
use crate::domain::role::Role;
use crate::domain::text::Names;

/// The attributes of areas, of single models and of incidents that a role gets.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct AttributeTables {
    /// Those of areas.
    area: Vec<DescribedAttribute>,
    /// Those of single models.
    model: Vec<DescribedAttribute>,
    /// Those of incidents.
    incident: Vec<DescribedAttribute>,
}

/// One attribute, for people and for programs.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct DescribedAttribute {
    /// The name in tiles, answers and data files.
    name: &'static str,
    /// The name for people.
    label: Names,
    /// The name where there is little room, as in a table on a screen.
    short_label: Names,
    /// What its numbers are counted in; null for texts and pure numbers.
    #[schema(required)]
    unit: Option<Names>,
    /// `string`, `integer` or `number`.
    #[serde(rename = "type")]
    value_type: &'static str,
    /// How its values are written.
    format: ValueFormat,
    /// Whether tiles carry it.
    in_tiles: bool,
    /// What it means.
    description: &'static str,
}

impl AttributeTables {
    /// What a role gets.
    pub(crate) fn for_role(role: Role) -> Self {
        Self {
            area: described(AREA_ATTRIBUTES, role),
            model: described(MODEL_ATTRIBUTES, role),
            incident: described(INCIDENT_ATTRIBUTES, role),
        }
    }
}

fn described<K>(attributes: &[Attribute<K>], role: Role) -> Vec<DescribedAttribute> {
    let described = |attribute: &Attribute<K>| DescribedAttribute {
        name: attribute.name,
        label: attribute.label.names(),
        short_label: attribute.short_label.names(),
        unit: attribute.unit.map(AttributeUnit::names),
        value_type: attribute.value_type.json_word(),
        format: attribute.format,
        in_tiles: attribute.carrier.is_in_tiles(),
        description: attribute.description,
    };
    attributes.iter().filter(|attribute| attribute.is_for(role)).map(described).collect()
}

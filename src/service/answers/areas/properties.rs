//! The attributes of an area as members of an answer: names, types, meanings and least roles are those of the one table.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{Object, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::attributes::{AREA_ATTRIBUTES, AreaAttribute, Attribute, AttributeValue, Selection, ValueType};
use crate::tile::area_row::AreaRow;

type AreaAttributeRow = &'static Attribute<AreaAttribute>;

/// The attributes of an area that tiles carry; what does not exist or is not for the role is null.
#[derive(Debug, Clone)]
pub(super) struct AreaProperties(Vec<Member>);

/// All attributes of an area that answers carry; what does not exist or is not for the role is null.
#[derive(Debug, Clone)]
pub(super) struct AreaMembers(Vec<Member>);

/// An attribute and its value.
type Member = (AreaAttributeRow, Option<AttributeValue<'static>>);

impl AreaProperties {
    /// The attributes of an area, as far as the role of the row gets them.
    pub(super) fn of(row: &AreaRow<'_>) -> Self {
        Self(members(row, Self::attributes()))
    }

    fn attributes() -> impl Iterator<Item = AreaAttributeRow> {
        Selection::ALL.attributes()
    }
}

impl AreaMembers {
    /// The attributes of an area, as far as the role of the row gets them.
    pub(super) fn of(row: &AreaRow<'_>) -> Self {
        Self(members(row, Self::attributes()))
    }

    /// The whole number that stands under an attribute; none where the answer has none.
    pub(super) fn integer(&self, attribute: AreaAttribute) -> Option<u64> {
        match self.value(attribute)? {
            AttributeValue::Integer(number) => Some(*number),
            AttributeValue::Number(_) | AttributeValue::Text(_) => None,
        }
    }

    /// The number that stands under an attribute; none where the answer has none.
    pub(super) fn number(&self, attribute: AreaAttribute) -> Option<f64> {
        match self.value(attribute)? {
            AttributeValue::Number(number) => Some(*number),
            AttributeValue::Integer(number) => Some(*number as f64),
            AttributeValue::Text(_) => None,
        }
    }

    fn value(&self, attribute: AreaAttribute) -> Option<&AttributeValue<'static>> {
        self.0.iter().find(|(row, _)| row.key == attribute)?.1.as_ref()
    }

    pub(super) fn attributes() -> impl Iterator<Item = AreaAttributeRow> {
        AREA_ATTRIBUTES.iter().filter(|attribute| attribute.carrier.is_in_answers())
    }
}

fn members(row: &AreaRow<'_>, attributes: impl Iterator<Item = AreaAttributeRow>) -> Vec<Member> {
    attributes.map(|attribute| (attribute, row.value(attribute).map(owned))).collect()
}

fn owned(value: AttributeValue<'_>) -> AttributeValue<'static> {
    match value {
        AttributeValue::Text(text) => AttributeValue::Text(text.into_owned().into()),
        AttributeValue::Integer(number) => AttributeValue::Integer(number),
        AttributeValue::Number(number) => AttributeValue::Number(number),
    }
}

impl Serialize for AreaProperties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialized(&self.0, serializer)
    }
}

impl Serialize for AreaMembers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialized(&self.0, serializer)
    }
}

fn serialized<S: Serializer>(members: &[Member], serializer: S) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_map(Some(members.len()))?;
    for (attribute, value) in members {
        object.serialize_entry(attribute.name, value)?;
    }
    object.end()
}

impl PartialSchema for AreaProperties {
    fn schema() -> RefOr<Schema> {
        object(Self::attributes(), "The attributes of an area that tiles carry.")
    }
}

impl ToSchema for AreaProperties {}

impl PartialSchema for AreaMembers {
    fn schema() -> RefOr<Schema> {
        object(Self::attributes(), "The attributes of an area that answers carry.")
    }
}

impl ToSchema for AreaMembers {}

fn object(attributes: impl Iterator<Item = AreaAttributeRow>, description: &str) -> RefOr<Schema> {
    let empty = ObjectBuilder::new().description(Some(description));
    let with_members = attributes
        .fold(empty, |object, attribute| object.property(attribute.name, member(attribute)).required(attribute.name));
    with_members.into()
}

fn member(attribute: AreaAttributeRow) -> Object {
    let kind = match attribute.value_type {
        ValueType::Text => Type::String,
        ValueType::Integer => Type::Integer,
        ValueType::Number => Type::Number,
    };
    let nullable = SchemaType::from_iter([kind, Type::Null]);
    ObjectBuilder::new().schema_type(nullable).description(Some(attribute.description)).build()
}

//! The attributes of an area as members of an answer: names, types, meanings and least roles are those of the one table.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, RefBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::assessment::cluster::ClusterKind;
use crate::assessment::comparison::Clarity;
use crate::assessment::rating::grade::{Grade, Letter, WithheldReason};
use crate::assessment::statutory::{Agreement, Statutory};
use crate::assessment::trend::Arrow;
use crate::attributes::{AREA_ATTRIBUTES, AreaAttribute, Attribute, AttributeValue, Selection, ValueType};
use crate::domain::area::{AreaCode, Level};
use crate::domain::standard::movement::MovementGrade;
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

impl ToSchema for AreaProperties {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.extend(text_schemas(Self::attributes()));
    }
}

impl PartialSchema for AreaMembers {
    fn schema() -> RefOr<Schema> {
        object(Self::attributes(), "The attributes of an area that answers carry.")
    }
}

impl ToSchema for AreaMembers {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.extend(text_schemas(Self::attributes()));
    }
}

fn object(attributes: impl Iterator<Item = AreaAttributeRow>, description: &str) -> RefOr<Schema> {
    let empty = ObjectBuilder::new().description(Some(description));
    let with_members = attributes
        .fold(empty, |object, attribute| object.property(attribute.name, member(attribute)).required(attribute.name));
    with_members.into()
}

fn member(attribute: AreaAttributeRow) -> RefOr<Schema> {
    match text_schema(attribute.key) {
        Some((name, _)) => named_text(attribute, &name),
        None => plain_value(attribute),
    }
}

/// A text that has a schema of its own.
fn named_text(attribute: AreaAttributeRow, name: &str) -> RefOr<Schema> {
    let text = RefBuilder::new().ref_location_from_schema_name(name).description(Some(attribute.description)).build();
    if is_never_null(attribute.key) {
        return text.into();
    }
    OneOfBuilder::new().item(text).item(ObjectBuilder::new().schema_type(Type::Null)).into()
}

/// A number or any text.
fn plain_value(attribute: AreaAttributeRow) -> RefOr<Schema> {
    let kind = match attribute.value_type {
        ValueType::Text => Type::String,
        ValueType::Integer => Type::Integer,
        ValueType::Number => Type::Number,
    };
    let value = ObjectBuilder::new().description(Some(attribute.description));
    if is_never_null(attribute.key) {
        return value.schema_type(kind).into();
    }
    value.schema_type(SchemaType::from_iter([kind, Type::Null])).into()
}

/// The attributes that every area has and every role gets.
fn is_never_null(attribute: AreaAttribute) -> bool {
    use AreaAttribute as Of;
    matches!(attribute, Of::Code | Of::Name | Of::Level | Of::Grade | Of::Statutory | Of::Models)
}

/// The schemas of the attributes whose texts are codes or words of a closed set.
fn text_schemas(attributes: impl Iterator<Item = AreaAttributeRow>) -> impl Iterator<Item = (String, RefOr<Schema>)> {
    attributes.filter_map(|attribute| text_schema(attribute.key))
}

/// The schema of the texts of an attribute, with its name; none for names, free ids and numbers.
fn text_schema(attribute: AreaAttribute) -> Option<(String, RefOr<Schema>)> {
    use AreaAttribute as Of;
    match attribute {
        Of::Code | Of::Parent => named::<AreaCode>(),
        Of::Level => named::<Level>(),
        Of::Grade => named::<Grade>(),
        Of::GradeBest | Of::GradeWorst => named::<Letter>(),
        Of::Difference => named::<Clarity>(),
        Of::Trend => named::<Arrow>(),
        Of::HotSpot => named::<ClusterKind>(),
        Of::Statutory => named::<Statutory>(),
        Of::StatutoryCheck => named::<Agreement>(),
        Of::MovementGrade => named::<MovementGrade>(),
        Of::Withheld => named::<WithheldReason>(),
        _ => None,
    }
}

fn named<T: ToSchema>() -> Option<(String, RefOr<Schema>)> {
    Some((T::name().into_owned(), T::schema()))
}

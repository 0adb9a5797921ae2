//! Attributes as members of an answer: names, types, meanings and least roles are those of the one table.
//!
//! In: rows of the table and where their values are found, for whom. Out: an object of JSON with a member for every row,
//! and its schema. What does not exist or is not for the role is null.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, RefBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{KnownFormat, RefOr, SchemaFormat};

use crate::attributes::{Attribute, AttributeValue, ValueFormat, ValueType};
use crate::domain::role::Role;

/// Attributes with their values.
#[derive(Debug, Clone)]
pub(crate) struct AttributeMembers<K: 'static>(Vec<Member<K>>);

/// An attribute and its value.
type Member<K> = (&'static Attribute<K>, Option<AttributeValue<'static>>);

impl<K: PartialEq> AttributeMembers<K> {
    /// The attributes, each with the value that is found for it; no value is looked for where the row is not for the
    /// role.
    pub(super) fn of<'a>(
        role: Role,
        attributes: impl Iterator<Item = &'static Attribute<K>>,
        value: impl Fn(&Attribute<K>) -> Option<AttributeValue<'a>>,
    ) -> Self {
        let found = |attribute: &'static Attribute<K>| {
            let visible = attribute.is_for(role).then(|| value(attribute)).flatten();
            (attribute, visible.map(AttributeValue::into_owned))
        };
        // A filtered table does not say how many rows it has, only that there are no more than in all.
        let mut members = Vec::with_capacity(attributes.size_hint().1.unwrap_or(0));
        members.extend(attributes.map(found));
        Self(members)
    }

    /// The whole number that stands under an attribute; none where the answer has none.
    pub(super) fn integer(&self, attribute: &K) -> Option<u64> {
        match self.value(attribute)? {
            AttributeValue::Integer(number) => Some(*number),
            AttributeValue::Number(_) | AttributeValue::Text(_) | AttributeValue::Word(_) => None,
        }
    }

    fn value(&self, attribute: &K) -> Option<&AttributeValue<'static>> {
        self.0.iter().find(|(row, _)| row.key == *attribute)?.1.as_ref()
    }
}

impl<K> Serialize for AttributeMembers<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.0.len()))?;
        for (attribute, value) in &self.0 {
            object.serialize_entry(attribute.name, value)?;
        }
        object.end()
    }
}

/// A schema with its name.
pub(super) type NamedSchema = (String, RefOr<Schema>);

/// A key of the table of attributes, as answers describe what stands under it.
pub(super) trait DescribedKey: Copy + PartialEq + 'static {
    /// The schema of its texts, where they are codes or words of a closed set.
    fn text_schema(self) -> Option<NamedSchema>;
}

/// The schema of a type of text.
pub(super) fn named<T: ToSchema>() -> NamedSchema {
    (T::name().into_owned(), T::schema())
}

/// The schema of an object with a member for each attribute.
pub(super) fn schema_of<K: DescribedKey>(
    attributes: impl Iterator<Item = &'static Attribute<K>>,
    description: &str,
) -> RefOr<Schema> {
    let empty = ObjectBuilder::new().description(Some(description));
    let with_members = attributes
        .fold(empty, |object, attribute| object.property(attribute.name, member(attribute)).required(attribute.name));
    with_members.into()
}

/// The schemas that the members refer to.
pub(super) fn text_schemas<K: DescribedKey>(
    attributes: impl Iterator<Item = &'static Attribute<K>>,
) -> impl Iterator<Item = NamedSchema> {
    attributes.filter_map(|attribute| attribute.key.text_schema())
}

fn member<K: DescribedKey>(attribute: &Attribute<K>) -> RefOr<Schema> {
    match attribute.key.text_schema() {
        Some((name, _)) => named_text(attribute, &name),
        None => plain_value(attribute),
    }
}

/// A text that has a schema of its own.
fn named_text<K>(attribute: &Attribute<K>, name: &str) -> RefOr<Schema> {
    let text = RefBuilder::new().ref_location_from_schema_name(name).description(Some(attribute.description)).build();
    if attribute.is_always_known {
        return text.into();
    }
    OneOfBuilder::new().item(text).item(ObjectBuilder::new().schema_type(Type::Null)).into()
}

/// A number or any text.
fn plain_value<K>(attribute: &Attribute<K>) -> RefOr<Schema> {
    let kind = match attribute.value_type {
        ValueType::Text => Type::String,
        ValueType::Integer => Type::Integer,
        ValueType::Number => Type::Number,
    };
    let value = ObjectBuilder::new().format(format(attribute.format)).description(Some(attribute.description));
    if attribute.is_always_known {
        return value.schema_type(kind).into();
    }
    value.schema_type(SchemaType::from_iter([kind, Type::Null])).into()
}

fn format(format: ValueFormat) -> Option<SchemaFormat> {
    match format {
        ValueFormat::Time => Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)),
        ValueFormat::Date => Some(SchemaFormat::KnownFormat(KnownFormat::Date)),
        ValueFormat::Text
        | ValueFormat::Count
        | ValueFormat::Rate
        | ValueFormat::Density
        | ValueFormat::Decimal
        | ValueFormat::Share => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::*;
    use crate::attributes::test_table::{TEST_ATTRIBUTES, TestAttribute};

    impl DescribedKey for TestAttribute {
        fn text_schema(self) -> Option<NamedSchema> {
            None
        }
    }

    /// What a role gets of something of which everything is known.
    fn answer(role: Role) -> Json {
        let members = AttributeMembers::of(role, TEST_ATTRIBUTES.iter(), |_| Some(AttributeValue::Integer(7)));
        serde_json::to_value(members).unwrap()
    }

    #[test]
    fn added_row_reaches_nobody_before_it_says_for_whom_it_is() {
        for role in [Role::Public, Role::Planner, Role::Commander] {
            assert_eq!(answer(role), serde_json::json!({ "known": 7, "added": null }), "{role}");
        }
        assert_eq!(answer(Role::Operator), serde_json::json!({ "known": 7, "added": 7 }));
    }

    #[test]
    fn added_row_has_a_member_and_a_description_at_once() {
        let schema = serde_json::to_value(schema_of(TEST_ATTRIBUTES.iter(), "Things.")).unwrap();
        assert_eq!(schema["required"], serde_json::json!(["known", "added"]));
        assert_eq!(schema["properties"]["added"]["description"], "Just added");
        let members =
            AttributeMembers::of(Role::Operator, TEST_ATTRIBUTES.iter(), |_| Some(AttributeValue::Integer(7)));
        let integers = [TestAttribute::Added, TestAttribute::Known].map(|key| members.integer(&key));
        assert_eq!(integers, [Some(7); 2]);
    }
}

//! The few forms of schema that parameters and shared answers are described with.

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, Type};

/// Any text.
pub(super) fn text() -> Schema {
    Schema::Object(ObjectBuilder::new().schema_type(Type::String).build())
}

/// A text that a regular expression (ECMA-262) describes.
pub(super) fn text_like(pattern: &str) -> Schema {
    Schema::Object(ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern)).build())
}

/// One of some words.
pub(super) fn one_of<I: IntoIterator<Item = S>, S: Into<String>>(words: I) -> Schema {
    let words: Vec<serde_json::Value> = words.into_iter().map(|word| serde_json::Value::String(word.into())).collect();
    Schema::Object(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build())
}

/// A whole number within bounds, both included.
pub(super) fn whole_number(least: u32, most: u32) -> Schema {
    let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(least)).maximum(Some(most));
    Schema::Object(number.build())
}

/// A whole number from 0 up.
pub(super) fn count() -> Schema {
    Schema::Object(ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0_u32)).build())
}

/// A whole number from 1 up.
pub(super) fn count_from_one() -> Schema {
    Schema::Object(ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1_u32)).build())
}

/// Any number.
pub(super) fn any_number() -> Schema {
    Schema::Object(ObjectBuilder::new().schema_type(Type::Number).build())
}

/// A number within bounds, both included.
pub(super) fn number(least: i32, most: i32) -> Schema {
    let number = ObjectBuilder::new().schema_type(Type::Number).minimum(Some(least)).maximum(Some(most));
    Schema::Object(number.build())
}

/// A list whose length is bounded.
pub(super) fn list(item: Schema, least: usize, most: usize) -> Schema {
    Schema::Array(ArrayBuilder::new().items(RefOr::T(item)).min_items(Some(least)).max_items(Some(most)).build())
}

/// An object of which only the meaning is said.
pub(super) fn described_object(description: &str) -> Schema {
    let object = ObjectBuilder::new().schema_type(Type::Object).description(Some(description));
    Schema::Object(object.build())
}

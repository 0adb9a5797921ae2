//! The document in OpenAPI 3.0, for clients that know no other.
//!
//! In: the document in 3.1, whose schemas are JSON Schema 2020-12. Out: the same in 3.0.3, whose schemas are a dialect of
//! an older draft: `nullable` in place of a type `null`, one `example` in place of several, boundaries with a flag, and
//! nothing beside a reference. What 3.0 cannot say is said less strictly, never otherwise.
//!
//! # Reference
//! OpenAPI Specification 3.0.3, <https://spec.openapis.org/oas/v3.0.3.html>.

use serde_json::{Map, Value};

const VERSION: &str = "3.0.3";
/// What 3.0 knows of the members of a document.
const UNKNOWN_AT_TOP: [&str; 2] = ["webhooks", "jsonSchemaDialect"];
/// Words of JSON Schema that 3.0 does not know and that only narrow a schema.
const UNKNOWN_IN_SCHEMAS: [&str; 8] = [
    "$schema",
    "$id",
    "propertyNames",
    "patternProperties",
    "contentMediaType",
    "contentEncoding",
    "unevaluatedProperties",
    "dependentRequired",
];

/// The document in OpenAPI 3.0.
pub(in crate::http) fn converted(document: Value) -> Value {
    let mut document = converted_part(document, Place::Elsewhere);
    if let Value::Object(members) = &mut document {
        members.insert("openapi".to_owned(), VERSION.into());
        for name in UNKNOWN_AT_TOP {
            members.remove(name);
        }
        if let Some(Value::Object(info)) = members.get_mut("info") {
            info.remove("summary");
            if let Some(Value::Object(license)) = info.get_mut("license") {
                license.remove("identifier");
            }
        }
    }
    document
}

/// What stands at a place of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A schema.
    Schema,
    /// Schemas by their names, or in a list.
    Schemas,
    /// Values of the API, which are left as they are.
    Values,
    /// Anything else.
    Elsewhere,
}

impl Place {
    /// What stands under a member.
    fn under(self, name: &str) -> Self {
        match (self, name) {
            (Self::Schema, "properties" | "allOf" | "anyOf" | "oneOf" | "prefixItems")
            | (Self::Elsewhere, "schemas") => Self::Schemas,
            (Self::Schema, "items" | "not" | "additionalProperties")
            | (Self::Schemas, _)
            | (Self::Elsewhere, "schema") => Self::Schema,
            (Self::Schema | Self::Values, _) | (Self::Elsewhere, "example" | "examples") => Self::Values,
            (Self::Elsewhere, _) => Self::Elsewhere,
        }
    }

    /// What stands in a list at this place.
    fn in_list(self) -> Self {
        if self == Self::Schemas { Self::Schema } else { self }
    }
}

fn converted_part(part: Value, place: Place) -> Value {
    match part {
        Value::Object(members) => {
            let members: Map<String, Value> = members
                .into_iter()
                .map(|(name, inner)| {
                    let inner = converted_part(inner, place.under(&name));
                    (name, inner)
                })
                .collect();
            Value::Object(if place == Place::Schema { schema(members) } else { members })
        }
        Value::Array(list) => {
            Value::Array(list.into_iter().map(|inner| converted_part(inner, place.in_list())).collect())
        }
        other => other,
    }
}

/// A schema whose own schemas are converted.
fn schema(mut members: Map<String, Value>) -> Map<String, Value> {
    for name in UNKNOWN_IN_SCHEMAS {
        members.remove(name);
    }
    without_null_type(&mut members);
    without_null_choice(&mut members);
    if let Some(value) = members.remove("const") {
        members.insert("enum".to_owned(), Value::Array(vec![value]));
    }
    if let Some(Value::Array(examples)) = members.remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        members.entry("example").or_insert(first);
    }
    flagged(&mut members, "exclusiveMinimum", "minimum");
    flagged(&mut members, "exclusiveMaximum", "maximum");
    if let Some(Value::Array(items)) = members.remove("prefixItems") {
        members.insert("items".to_owned(), either(items));
    }
    if members.get("type").is_some_and(|kind| kind == "array") {
        members.entry("items").or_insert_with(|| Value::Object(Map::new()));
    }
    apart_from_reference(members)
}

/// `type: [x, null]` becomes `type: x` that may be null; of several types any value is meant.
fn without_null_type(members: &mut Map<String, Value>) {
    let Some(Value::Array(types)) = members.get("type").cloned() else {
        if members.get("type").is_some_and(|kind| kind == "null") {
            members.remove("type");
            members.insert("enum".to_owned(), Value::Array(vec![Value::Null]));
            members.insert("nullable".to_owned(), true.into());
        }
        return;
    };
    let known: Vec<Value> = types.iter().filter(|kind| *kind != "null").cloned().collect();
    if known.len() < types.len() {
        members.insert("nullable".to_owned(), true.into());
    }
    match known.as_slice() {
        [one] => members.insert("type".to_owned(), one.clone()),
        _ => members.remove("type"),
    };
}

/// A choice of which one is null becomes the others, which may be null.
fn without_null_choice(members: &mut Map<String, Value>) {
    for name in ["oneOf", "anyOf"] {
        let Some(Value::Array(choices)) = members.remove(name) else { continue };
        let before = choices.len();
        let is_null =
            |choice: &Value| choice.get("enum").is_some_and(|values| *values == Value::Array(vec![Value::Null]));
        let mut others: Vec<Value> = choices.into_iter().filter(|choice| !is_null(choice)).collect();
        if others.len() < before {
            members.insert("nullable".to_owned(), true.into());
        }
        let kept = if others.len() == 1 && others.len() < before { "allOf" } else { name };
        members.insert(kept.to_owned(), Value::Array(std::mem::take(&mut others)));
    }
}

/// A boundary that is a number by itself becomes one with a flag.
fn flagged(members: &mut Map<String, Value>, exclusive: &str, bound: &str) {
    if let Some(number @ Value::Number(_)) = members.remove(exclusive) {
        members.insert(bound.to_owned(), number);
        members.insert(exclusive.to_owned(), true.into());
    }
}

/// Any of some schemas.
fn either(schemas: Vec<Value>) -> Value {
    Value::Object(Map::from_iter([("anyOf".to_owned(), Value::Array(schemas))]))
}

/// Nothing may stand beside a reference: it goes into a list of its own.
fn apart_from_reference(mut members: Map<String, Value>) -> Map<String, Value> {
    if members.len() > 1
        && let Some(reference) = members.remove("$ref")
    {
        let reference = Value::Object(Map::from_iter([("$ref".to_owned(), reference)]));
        members.insert("allOf".to_owned(), Value::Array(vec![reference]));
    }
    members
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schema_of(schema: Value) -> Value {
        converted_part(schema, Place::Schema)
    }

    #[test]
    fn null_becomes_a_flag() {
        assert_eq!(schema_of(json!({ "type": ["string", "null"] })), json!({ "type": "string", "nullable": true }));
        assert_eq!(
            schema_of(json!({ "oneOf": [{ "$ref": "#/a" }, { "type": "null" }] })),
            json!({ "allOf": [{ "$ref": "#/a" }], "nullable": true })
        );
        assert_eq!(
            schema_of(json!({ "anyOf": [{ "type": "string" }, { "type": "integer" }, { "type": "null" }] })),
            json!({ "anyOf": [{ "type": "string" }, { "type": "integer" }], "nullable": true })
        );
    }

    #[test]
    fn reference_stands_alone() {
        let described = json!({ "$ref": "#/a", "description": "b" });
        assert_eq!(schema_of(described), json!({ "description": "b", "allOf": [{ "$ref": "#/a" }] }));
        assert_eq!(schema_of(json!({ "$ref": "#/a" })), json!({ "$ref": "#/a" }));
    }

    #[test]
    fn words_of_the_newer_dialect_are_said_in_the_older_one() {
        assert_eq!(schema_of(json!({ "const": 3 })), json!({ "enum": [3] }));
        assert_eq!(schema_of(json!({ "exclusiveMinimum": 0 })), json!({ "minimum": 0, "exclusiveMinimum": true }));
        assert_eq!(schema_of(json!({ "examples": [1, 2] })), json!({ "example": 1 }));
        let tuple = json!({ "type": "array", "prefixItems": [{ "type": "number" }, { "type": "string" }] });
        let items = json!({ "anyOf": [{ "type": "number" }, { "type": "string" }] });
        assert_eq!(schema_of(tuple), json!({ "type": "array", "items": items }));
    }

    #[test]
    fn property_of_the_name_of_a_word_stays() {
        let object =
            json!({ "properties": { "const": { "type": ["integer", "null"] }, "type": { "type": "string" } } });
        let expected =
            json!({ "properties": { "const": { "type": "integer", "nullable": true }, "type": { "type": "string" } } });
        assert_eq!(schema_of(object), expected);
    }

    #[test]
    fn whole_document_has_nothing_of_the_newer_version() {
        let newer = serde_json::to_value(crate::http::openapi::document("/")).unwrap();
        let older = converted(newer.clone());
        assert_eq!(older["openapi"], VERSION);
        assert_eq!(older["paths"].as_object().unwrap().len(), newer["paths"].as_object().unwrap().len());
        let text = older.to_string();
        for word in ["\"null\"", "\"prefixItems\"", "\"const\":", "\"identifier\"", "\"type\":["] {
            assert!(!text.contains(word), "{word}");
        }
    }
}

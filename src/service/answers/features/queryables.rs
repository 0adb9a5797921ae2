//! What can be asked of the features of a collection, as JSON Schema.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use super::links::LinkContext;
use crate::domain::text::Language;
use crate::features::column::{ColumnType, FeatureColumn};
use crate::features::predicate::GEOMETRY;
use crate::service::features::collection::CollectionName;

/// The dialect of the schema.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Which of the two documents, which say the same of different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnDocument {
    /// What can be asked of features.
    Queryables,
    /// What stands in features.
    Schema,
}

impl ColumnDocument {
    /// The last part of the address.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Queryables => "queryables",
            Self::Schema => "schema",
        }
    }
}

/// What can be asked of the features of a collection, or what stands in them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ColumnsAnswer {
    /// The dialect of JSON Schema.
    #[serde(rename = "$schema")]
    dialect: &'static str,
    /// The address of this document.
    #[serde(rename = "$id")]
    id: String,
    /// Always `object`.
    #[serde(rename = "type")]
    schema_type: &'static str,
    /// The name of the collection.
    pub(crate) title: String,
    /// By its name, what each property is.
    #[schema(value_type = Object)]
    pub(crate) properties: ColumnSchemas,
    /// Whether anything else can be asked.
    #[serde(rename = "additionalProperties")]
    additional: bool,
}

/// Properties in their order.
#[derive(Debug, Clone)]
pub(crate) struct ColumnSchemas(pub(crate) Vec<(&'static str, ColumnSchema)>);

/// One property.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ColumnSchema {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<&'static str>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(crate) value_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) format: Option<&'static str>,
    #[serde(rename = "x-ogc-unit", skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
    #[serde(rename = "x-ogc-role", skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
}

impl Serialize for ColumnSchemas {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.0.len()))?;
        for (name, schema) in &self.0 {
            object.serialize_entry(name, schema)?;
        }
        object.end()
    }
}

impl ColumnsAnswer {
    /// The columns of a collection.
    pub(crate) fn of(
        name: CollectionName,
        columns: &[FeatureColumn],
        document: ColumnDocument,
        context: &LinkContext<'_>,
    ) -> Self {
        let described = columns.iter().map(|column| (column.name, ColumnSchema::of(column, context.language)));
        let geometry = ColumnSchema {
            format: Some(geometry_format(name)),
            role: Some("primary-geometry"),
            ..ColumnSchema::default()
        };
        Self {
            dialect: DIALECT,
            id: (context.address)(&format!("/collections/{}/{}", name.id(), document.as_str())),
            schema_type: "object",
            title: name.title().in_language(context.language).to_owned(),
            properties: ColumnSchemas(described.chain([(GEOMETRY, geometry)]).collect()),
            additional: false,
        }
    }
}

impl ColumnSchema {
    fn of(column: &FeatureColumn, language: Language) -> Self {
        let (value_type, format) = match column.column_type {
            ColumnType::Text => ("string", None),
            ColumnType::Integer => ("integer", None),
            ColumnType::Number => ("number", None),
            ColumnType::Time => ("string", Some("date-time")),
            ColumnType::Date => ("string", Some("date")),
        };
        Self {
            title: Some(column.label.in_language(language).to_owned()),
            description: Some(column.description).filter(|description| !description.is_empty()),
            value_type: Some(value_type),
            format,
            unit: column.unit,
            role: None,
        }
    }
}

fn geometry_format(name: CollectionName) -> &'static str {
    match name {
        CollectionName::Areas(_, _) => "geometry-multipolygon",
        CollectionName::IncidentSquares => "geometry-polygon",
        _ => "geometry-point",
    }
}

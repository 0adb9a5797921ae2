//! What is said of every feature of a collection: the members of its `properties`, which can be asked for too.

use crate::attributes::{Attribute, AttributeUnit, ValueFormat, ValueType};
use crate::domain::text::Names;

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// A text.
    Text,
    /// A whole number from 0 up.
    Integer,
    /// A number.
    Number,
    /// A moment with its offset from UTC, RFC 3339.
    Time,
    /// A calendar day.
    Date,
}

/// One member of the properties of a feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureColumn {
    /// The name in answers and questions.
    pub name: &'static str,
    /// The name for people.
    pub label: Names,
    /// What it means.
    pub description: &'static str,
    /// What its values are.
    pub column_type: ColumnType,
    /// The unit of its numbers.
    pub unit: Option<&'static str>,
}

impl FeatureColumn {
    /// The column of an attribute.
    pub fn of<K>(attribute: &Attribute<K>) -> Self {
        let column_type = match (attribute.format, attribute.value_type) {
            (ValueFormat::Time, _) => ColumnType::Time,
            (ValueFormat::Date, _) => ColumnType::Date,
            (_, ValueType::Text) => ColumnType::Text,
            (_, ValueType::Integer) => ColumnType::Integer,
            (_, ValueType::Number) => ColumnType::Number,
        };
        Self {
            name: attribute.name,
            label: attribute.label.names(),
            description: attribute.description,
            column_type,
            unit: attribute.unit.map(|unit| AttributeUnit::label(unit).en),
        }
    }

    /// A column that is no attribute.
    pub fn new(name: &'static str, column_type: ColumnType, label: Names, description: &'static str) -> Self {
        Self { name, label, description, column_type, unit: None }
    }
}

/// The index of a column by its name.
pub fn column_named(columns: &[FeatureColumn], name: &str) -> Option<usize> {
    columns.iter().position(|column| column.name == name)
}

/// The names of columns, for whoever asked for another.
pub fn column_names(columns: &[FeatureColumn]) -> String {
    columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attributes::{AREA_ATTRIBUTES, INCIDENT_ATTRIBUTES, MODEL_ATTRIBUTES};

    #[test]
    fn attribute_tells_its_column() {
        let areas: Vec<FeatureColumn> = AREA_ATTRIBUTES.iter().map(FeatureColumn::of).collect();
        let column = |name: &str| &areas[column_named(&areas, name).unwrap()];
        assert_eq!(column("code").column_type, ColumnType::Text);
        assert_eq!(column("incidents").column_type, ColumnType::Integer);
        assert_eq!(
            (column("rate").column_type, column("rate").unit),
            (ColumnType::Number, Some("per 100,000 person-years"))
        );
        let incidents: Vec<FeatureColumn> = INCIDENT_ATTRIBUTES.iter().map(FeatureColumn::of).collect();
        assert_eq!(incidents[column_named(&incidents, "time").unwrap()].column_type, ColumnType::Time);
        let models: Vec<FeatureColumn> = MODEL_ATTRIBUTES.iter().map(FeatureColumn::of).collect();
        assert_eq!(models[column_named(&models, "started_on").unwrap()].column_type, ColumnType::Date);
        assert_eq!(column_named(&models, "geometry"), None);
    }
}

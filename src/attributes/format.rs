//! How values are written: their type for programs, their decimals for people.
//!
//! Sheets keep a fixed number of decimals, so that columns line up; running text, legends and captions keep fewer.

use serde::Serialize;
use utoipa::ToSchema;

/// What the values of an attribute are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// A text.
    Text,
    /// A whole number from 0 up.
    Integer,
    /// A number.
    Number,
}

impl ValueType {
    /// The word of TileJSON, by which GDAL gives a field its type.
    pub fn tilejson_word(self) -> &'static str {
        match self {
            Self::Text => "String",
            Self::Integer | Self::Number => "Number",
        }
    }

    /// The word of JSON Schema, which OpenAPI and the queryables of OGC API – Features use.
    pub fn json_word(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Integer => "integer",
            Self::Number => "number",
        }
    }
}

/// How many decimals a number has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimals {
    /// At least so many.
    pub least: usize,
    /// At most so many.
    pub most: usize,
}

/// How the values of an attribute are written for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ValueFormat {
    /// As text.
    Text,
    /// A local time, RFC 3339.
    Time,
    /// A calendar day, ISO 8601.
    Date,
    /// A whole number.
    Count,
    /// Like a rate: one decimal in sheets; in text whole from 10 up, one decimal below.
    Rate,
    /// Like a density: two decimals in sheets, at most one in text.
    Density,
    /// Two decimals in sheets, at most two in text.
    Decimal,
    /// A share from 0 to 1, as a percentage of at most one decimal.
    Share,
}

impl ValueFormat {
    /// The decimals of a number in running text; of a share, those of its percentage.
    pub fn text_decimals(self, value: f64) -> Decimals {
        let (least, most) = match self {
            Self::Count => (0, 0),
            Self::Rate if value >= 10.0 => (0, 0),
            Self::Rate => (1, 1),
            Self::Density | Self::Share => (0, 1),
            Self::Decimal | Self::Text | Self::Time | Self::Date => (0, 2),
        };
        Decimals { least, most }
    }
}

//! Cells and columns with their types, from which each kind of file takes what it can show.

use jiff::civil::Date;

use crate::domain::text::Names;
use crate::texts::TextId;

/// What stands in one place of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum TableCell {
    /// Nothing: the value does not exist, or the role may not see it.
    Absent,
    /// Free text, written as it is.
    Text(String),
    /// A word of the product: its code in data, its names for people.
    Word {
        /// The code, as JSON has it.
        code: String,
        /// The word in both languages.
        names: Names,
    },
    /// A whole number.
    Whole(u64),
    /// A number.
    Real(f64),
    /// A calendar day.
    Day(Date),
}

impl TableCell {
    /// A number, or nothing.
    pub fn real(number: Option<f64>) -> Self {
        number.filter(|number| number.is_finite()).map_or(Self::Absent, Self::Real)
    }

    /// A whole number, or nothing.
    pub fn whole(number: Option<u32>) -> Self {
        number.map_or(Self::Absent, |number| Self::Whole(u64::from(number)))
    }

    /// A cell of free text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// How the cells of a column are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellFormat {
    /// As it is written, never as a number.
    Text,
    /// As a long text in several lines.
    Prose,
    /// As a whole number with its thousands apart.
    Count,
    /// As a number with so many decimals.
    Decimal(u8),
    /// A share from 0 to 1, as a percentage.
    Share,
    /// A probability that may be very small.
    Probability,
    /// Written as a day, without a time.
    Date,
}

/// The heading of a column and how its values are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The name in data files.
    pub name: String,
    /// The heading for people, with its unit.
    pub heading: Names,
    /// How its cells are shown.
    pub format: CellFormat,
}

impl Column {
    /// A column whose heading is a text of the catalogue.
    pub fn new(name: impl Into<String>, heading: TextId, format: CellFormat) -> Self {
        Self { name: name.into(), heading: heading.names(), format }
    }
}

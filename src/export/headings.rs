//! The columns that come from the table of attributes.
//!
//! In: an attribute. Out: a column with its heading in both languages, its unit, and the form of its cells.

use super::cell::{CellFormat, Column};
use crate::attributes::{Attribute, ValueFormat};

/// The column of an attribute.
pub(super) fn column<K>(attribute: &Attribute<K>) -> Column {
    Column { name: attribute.name.to_owned(), heading: attribute.heading(), format: attribute.format.into() }
}

impl From<ValueFormat> for CellFormat {
    fn from(format: ValueFormat) -> Self {
        match format {
            ValueFormat::Text | ValueFormat::Time => Self::Text,
            ValueFormat::Date => Self::Date,
            ValueFormat::Count => Self::Count,
            ValueFormat::Rate => Self::Decimal(1),
            ValueFormat::Density | ValueFormat::Decimal => Self::Decimal(2),
            ValueFormat::Share => Self::Share,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attributes::AREA_ATTRIBUTES;

    #[test]
    fn every_column_has_a_heading_of_its_own_in_both_languages() {
        let columns: Vec<Column> = AREA_ATTRIBUTES.iter().map(column).collect();
        for (index, one) in columns.iter().enumerate() {
            assert!(!one.heading.vi.is_empty() && !one.heading.en.is_empty(), "{}", one.name);
            let is_alone = columns[..index].iter().all(|other| {
                other.heading.vi != one.heading.vi && other.heading.en != one.heading.en && other.name != one.name
            });
            assert!(is_alone, "{}", one.name);
        }
    }

    #[test]
    fn headings_name_the_unit_and_cells_keep_the_decimals_of_sheets() {
        let of = |name: &str| column(AREA_ATTRIBUTES.iter().find(|attribute| attribute.name == name).unwrap());
        let rate = of("rate");
        assert_eq!(
            (rate.heading.en.as_str(), rate.format),
            ("Rate (per 100,000 person-years)", CellFormat::Decimal(1))
        );
        assert_eq!(of("area_km2").heading.vi, "Diện tích (km²)");
        assert_eq!((of("model_density").format, of("reliability").format), (CellFormat::Decimal(2), CellFormat::Share));
        assert_eq!((of("incidents").format, of("grade").format), (CellFormat::Count, CellFormat::Text));
    }
}

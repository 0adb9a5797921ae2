//! The ratings of a level as a table: one row per area, the columns from the table of attributes.
//!
//! In: rows of areas, cut to the role. Out: a table whose columns, headings and formats are those of the attributes
//! that say they are in tables.

use super::cell::TableCell;
use super::headings;
use super::method::ExportContext;
use super::table::{ExportTable, Workbook};
use super::words::{self, ColumnWords};
use crate::attributes::{AREA_ATTRIBUTES, AreaAttribute, Attribute, AttributeValue};
use crate::domain::text::Names;
use crate::service::answers::areas::withheld_word;
use crate::texts::text;
use crate::tile::area_row::AreaRow;

/// The ratings of some areas as a workbook.
pub(crate) fn ratings(basis: &ExportContext<'_>, rows: &[AreaRow<'_>]) -> Workbook {
    basis.dated(basis.workbook(text!("title-ratings"), area_table(text!("sheet-ratings"), rows), Vec::new()))
}

/// One row per area, with all that a table has room for.
pub(super) fn area_table(title: Names, rows: &[AreaRow<'_>]) -> ExportTable {
    let columns = attributes().map(headings::column).collect();
    let words: Vec<ColumnWords> = attributes().map(|attribute| ColumnWords::of(attribute.name)).collect();
    ExportTable { title, columns, rows: rows.iter().map(|row| cells(row, &words)).collect() }
}

fn attributes() -> impl Iterator<Item = &'static Attribute<AreaAttribute>> {
    AREA_ATTRIBUTES.iter().filter(|attribute| attribute.carrier.is_in_tables())
}

/// The cells of a row, with the words of every column.
fn cells(row: &AreaRow<'_>, columns: &[ColumnWords]) -> Vec<TableCell> {
    let cell = |(attribute, column): (&Attribute<AreaAttribute>, &ColumnWords)| match row.value(attribute) {
        None => TableCell::Absent,
        Some(AttributeValue::Word(word)) if attribute.key == AreaAttribute::Grade && word == "none" => {
            words::grade(word, withheld_word(row.assessment.withheld()))
        }
        Some(AttributeValue::Word(word)) => column.cell(word),
        Some(AttributeValue::Text(text)) => column.cell(&text),
        Some(AttributeValue::Integer(number)) => TableCell::Whole(number),
        Some(AttributeValue::Number(number)) => TableCell::Real(number),
    };
    attributes().zip(columns).map(cell).collect()
}

//! The ratings of a level as a table: one row per area, the columns from the table of attributes.

use super::cell::TableCell;
use super::method::ExportContext;
use super::table::{ExportTable, Workbook};
use super::{headings, words};
use crate::attributes::{AREA_ATTRIBUTES, AreaAttribute, Attribute, AttributeValue};
use crate::texts::phrasing::names;
use crate::tile::area_row::AreaRow;

/// The ratings of some areas as a workbook.
pub fn ratings(basis: &ExportContext<'_>, rows: &[AreaRow<'_>]) -> Workbook {
    let title = names("Xếp loại", "Ratings");
    let called = names("Xếp loại an ninh, trật tự theo khu vực", "Safety ratings by area");
    basis.dated(basis.workbook(called, area_table(title, rows), Vec::new()))
}

/// One row per area, with all that a table has room for.
pub(super) fn area_table(title: crate::domain::text::Names, rows: &[AreaRow<'_>]) -> ExportTable {
    let columns = attributes().map(headings::column).collect();
    ExportTable { title, columns, rows: rows.iter().map(cells).collect() }
}

fn attributes() -> impl Iterator<Item = &'static Attribute<AreaAttribute>> {
    AREA_ATTRIBUTES.iter().filter(|attribute| attribute.carrier.is_in_tables())
}

fn cells(row: &AreaRow<'_>) -> Vec<TableCell> {
    let cell = |attribute: &Attribute<AreaAttribute>| match row.value(attribute) {
        None => TableCell::Absent,
        Some(AttributeValue::Text(text)) => words::cell(attribute.name, &text),
        Some(AttributeValue::Integer(number)) => TableCell::Whole(number),
        Some(AttributeValue::Number(number)) => TableCell::Real(number),
    };
    attributes().map(cell).collect()
}

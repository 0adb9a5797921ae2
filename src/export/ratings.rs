//! The ratings of a level as a table: one row per area, the columns from the table of attributes.

use super::cell::{CellFormat, Column, TableCell};
use super::method::ExportContext;
use super::table::{ExportTable, Workbook};
use super::{headings, words};
use crate::assessment::AreaAssessment;
use crate::assessment::phrasing::names;
use crate::tile::layers::{AREA_ATTRIBUTES, AreaRow, AttributeValue};

/// The ratings of some areas as a workbook.
pub fn ratings(basis: &ExportContext<'_>, rows: &[AreaRow<'_>]) -> Workbook {
    let title = names("Xếp loại", "Ratings");
    let called = names("Xếp loại an ninh, trật tự theo khu vực", "Safety ratings by area");
    basis.dated(basis.workbook(called, area_table(title, rows), Vec::new()))
}

/// One row per area, with all that a table has room for.
pub(super) fn area_table(title: crate::domain::text::Names, rows: &[AreaRow<'_>]) -> ExportTable {
    let attributes = AREA_ATTRIBUTES.iter().map(headings::column);
    let columns = attributes.chain(MORE.iter().map(|more| Column::new(more.0, (more.1, more.2), more.3))).collect();
    ExportTable { title, columns, rows: rows.iter().map(cells).collect() }
}

type More = (&'static str, &'static str, &'static str, CellFormat, fn(&AreaAssessment) -> Option<f64>);

/// What stands in the row and not on the map.
const MORE: [More; 3] = [
    ("person_years", "Người-năm", "Person-years", CellFormat::Count, |row| row.person_years),
    (
        "expected",
        "Số vụ theo mức chung của tỉnh",
        "Incidents at the rate of the province",
        CellFormat::Decimal(1),
        |row| row.expected,
    ),
    (
        "prob_above_1",
        "Xác suất cao hơn mức chung",
        "Probability of lying above the province",
        CellFormat::Share,
        |row| row.prob_above_1,
    ),
];

fn cells(row: &AreaRow<'_>) -> Vec<TableCell> {
    let of_attributes = AREA_ATTRIBUTES.iter().map(|attribute| match attribute.value(row) {
        None => TableCell::Absent,
        Some(AttributeValue::Text(text)) => words::cell(attribute.name, &text),
        Some(AttributeValue::Integer(number)) => TableCell::Whole(number),
        Some(AttributeValue::Number(number)) => TableCell::Real(number),
    });
    of_attributes.chain(MORE.iter().map(|more| TableCell::real((more.4)(row.assessment)))).collect()
}

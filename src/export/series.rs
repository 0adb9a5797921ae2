//! A series as a table: one row per area and step, with exact limits and with what is partial.

use super::cell::{CellFormat, Column, TableCell};
use super::comparison::{MEASURED, measured_cells};
use super::method::ExportContext;
use super::table::{ExportTable, Workbook};
use super::words;
use crate::domain::time::period::PeriodDates;
use crate::service::answers::series::{AreaSeries, SeriesAnswer, SeriesStep};
use crate::texts::{text, text_id};

/// The series as a workbook.
pub(crate) fn series(basis: &ExportContext<'_>, answer: &SeriesAnswer) -> Workbook {
    let rows = answer.areas.iter().flat_map(|area| area.points.iter().map(|step| cells(area, step)));
    let table = ExportTable { title: text!("sheet-series"), columns: columns(), rows: rows.collect() };
    let mut workbook = basis.workbook(text!("title-series"), table, Vec::new());
    workbook.notes.push(basis.steps());
    workbook
}

fn columns() -> Vec<Column> {
    let named =
        [("code", text_id!("column-code"), CellFormat::Text), ("name", text_id!("column-name"), CellFormat::Text)];
    let partial = [("partial", text_id!("column-partial"), CellFormat::Text)];
    let all = named.into_iter().chain(MEASURED).chain(partial);
    all.map(|(name, heading, format)| Column::new(name, heading, format)).collect()
}

fn cells(area: &AreaSeries, step: &SeriesStep) -> Vec<TableCell> {
    let named = [area.code.as_str(), &area.name].map(TableCell::text);
    let partial = words::whether("partial", step.partial.then_some(text_id!("word-partial")));
    let dates = PeriodDates { from: step.from, to: step.to };
    named.into_iter().chain(measured_cells(dates, step.figures)).chain([partial]).collect()
}

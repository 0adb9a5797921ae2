//! A series as a table: one row per area and step, with exact limits and with what is partial.

use super::cell::{CellFormat, Column, TableCell};
use super::comparison::{MEASURED, measured_cells};
use super::method::ExportContext;
use super::table::{ExportTable, Workbook};
use super::words;
use crate::assessment::Measured;
use crate::domain::time::calendar::{Step, StepExtent};
use crate::snapshot::AreaEntry;
use crate::texts::{text, text_id};

/// Some areas over some steps.
#[derive(Debug, Clone, Copy)]
pub struct SeriesExport<'a> {
    /// The areas, in the order of the table.
    pub areas: &'a [&'a AreaEntry],
    /// The steps of time, in order.
    pub steps: &'a [Step],
    /// For every area what is measured in every step.
    pub measured: &'a [Vec<Measured>],
}

/// The series as a workbook.
pub fn series(basis: &ExportContext<'_>, followed: &SeriesExport<'_>) -> Workbook {
    let rows = followed.areas.iter().zip(followed.measured).flat_map(|(area, measured)| {
        followed.steps.iter().zip(measured).map(|(step, measured)| cells(area, step, *measured))
    });
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

fn cells(area: &AreaEntry, step: &Step, measured: Measured) -> Vec<TableCell> {
    let named = [area.code.as_str(), &area.name].map(TableCell::text);
    let partial = words::whether("partial", (step.extent == StepExtent::Partial).then_some(text_id!("word-partial")));
    named.into_iter().chain(measured_cells(step.period, measured)).chain([partial]).collect()
}

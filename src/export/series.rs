//! A series as a table: one row per area and step, with exact limits and with what is partial.

use super::cell::{Cell, Column, Format};
use super::comparison::{MEASURED, measured_cells};
use super::method::Basis;
use super::table::{Table, Workbook};
use super::words;
use crate::assessment::Measured;
use crate::assessment::phrasing::names;
use crate::domain::calendar::{Extent, Step};
use crate::snapshot::AreaEntry;

/// Some areas over some steps.
#[derive(Debug, Clone, Copy)]
pub struct Followed<'a> {
    /// The areas.
    pub areas: &'a [&'a AreaEntry],
    /// The steps.
    pub steps: &'a [Step],
    /// For every area what is measured in every step.
    pub measured: &'a [Vec<Measured>],
}

/// The series as a workbook.
pub fn series(basis: &Basis<'_>, followed: &Followed<'_>) -> Workbook {
    let rows = followed.areas.iter().zip(followed.measured).flat_map(|(area, measured)| {
        followed.steps.iter().zip(measured).map(|(step, measured)| cells(area, step, *measured))
    });
    let table = Table { title: names("Theo thời gian", "Over time"), columns: columns(), rows: rows.collect() };
    let mut workbook =
        basis.workbook(names("Số vụ và tỷ suất theo thời gian", "Counts and rates over time"), table, Vec::new());
    workbook.notes.push(basis.steps());
    workbook
}

fn columns() -> Vec<Column> {
    let named = [("code", "Mã", "Code", Format::Text), ("name", "Tên", "Name", Format::Text)];
    let partial = [("partial", "Chưa trọn", "Partial", Format::Text)];
    let all = named.into_iter().chain(MEASURED).chain(partial);
    all.map(|(name, vi, en, format)| Column::new(name, (vi, en), format)).collect()
}

fn cells(area: &AreaEntry, step: &Step, measured: Measured) -> Vec<Cell> {
    let named = [area.code.as_str(), &area.name].map(Cell::text);
    let partial = words::whether("partial", (step.extent == Extent::Partial).then_some(("Chưa trọn", "Partial")));
    named.into_iter().chain(measured_cells(step.period, measured)).chain([partial]).collect()
}

//! Comparisons as tables: areas in pairs, two periods of some areas, an area and the rest of a group.
//!
//! No column ranks anything; every ratio stands beside its limits, p and q.

use super::cell::{CellFormat, Column, TableCell};
use super::method::ExportContext;
use super::notes::NoteText;
use super::ratings::area_table;
use super::table::{ExportTable, Workbook};
use super::words;
use crate::assessment::comparison::comparison_sentence as sentence;
use crate::assessment::comparison::reference::Rest;
use crate::assessment::comparison::{AreaPair, Change, Difference};
use crate::assessment::{MEASURED_LEVEL, Measured};
use crate::domain::text::Names;
use crate::domain::time::period::Period;
use crate::texts::phrasing::names;
use crate::tile::area_row::AreaRow;

/// Areas with their pairs.
#[derive(Debug, Clone, Copy)]
pub struct AreasComparison<'a> {
    /// The areas.
    pub rows: &'a [AreaRow<'a>],
    /// Every pair of them.
    pub pairs: &'a [AreaPair],
}

/// Areas in two periods.
#[derive(Debug, Clone, Copy)]
pub struct PeriodsComparison<'a> {
    /// The areas as they are in the second period.
    pub rows: &'a [AreaRow<'a>],
    /// The two periods.
    pub periods: (Period, Period),
    /// What changed, area by area.
    pub changes: &'a [Change],
}

/// An area and the other areas of a group.
#[derive(Debug, Clone, Copy)]
pub struct GroupComparison<'a> {
    /// The area.
    pub row: &'a AreaRow<'a>,
    /// The name of the group.
    pub group: &'a Names,
    /// The others.
    pub rest: &'a Rest,
    /// The area against the others.
    pub difference: Option<Difference>,
}

/// Areas side by side, with a sheet of pairs and one of the areas.
pub fn beside(basis: &ExportContext<'_>, beside: &AreasComparison<'_>) -> Workbook {
    let pairs = ExportTable {
        title: names("Từng cặp", "Pairs"),
        columns: [
            text_columns([("first", "Mã thứ nhất", "First code"), ("first_name", "Khu vực thứ nhất", "First area")]),
            text_columns([
                ("second", "Mã thứ hai", "Second code"),
                (
                    "second_name",
                    "Khu vực thứ hai",
                    "Second \
            area",
                ),
            ]),
            difference_columns(),
        ]
        .concat(),
        rows: beside.pairs.iter().map(|pair| pair_cells(pair, beside.rows)).collect(),
    };
    let areas = area_table(names("Khu vực", "Areas"), beside.rows);
    let mut workbook = basis.workbook(names("So sánh các khu vực", "Areas compared"), pairs, vec![areas]);
    workbook.notes.extend(NoteText::DIFFERENCE.map(NoteText::note));
    basis.dated(workbook)
}

fn pair_cells(pair: &AreaPair, rows: &[AreaRow<'_>]) -> Vec<TableCell> {
    let (first, second) = (rows[pair.first].area, rows[pair.second].area);
    let found = pair.difference;
    let named = [first.code.as_str(), &first.name, second.code.as_str(), &second.name].map(TableCell::text);
    let said = sentence::of_pair(&first.name, &second.name, found.as_ref());
    named.into_iter().chain(difference_cells(found.as_ref(), &said)).collect()
}

/// Two periods of some areas, each with its own basis.
pub fn two_periods(
    first: &ExportContext<'_>,
    second: &ExportContext<'_>,
    compared: &PeriodsComparison<'_>,
) -> Workbook {
    let table = ExportTable {
        title: names("Hai kỳ", "Two periods"),
        columns: [
            text_columns([("code", "Mã", "Code"), ("name", "Tên", "Name")]),
            measured_columns(&FIRST),
            measured_columns(&SECOND),
            difference_columns(),
        ]
        .concat(),
        rows: compared
            .rows
            .iter()
            .zip(compared.changes)
            .map(|(row, change)| change_cells(row, change, compared))
            .collect(),
    };
    let mut workbook = second.workbook(names("So sánh hai kỳ", "Two periods compared"), table, Vec::new());
    workbook.notes.extend(NoteText::DIFFERENCE.map(NoteText::note));
    workbook.notes.insert(0, first.window());
    workbook.notes.push(NoteText::ORDER_OF_PERIODS.note());
    workbook
}

fn change_cells(row: &AreaRow<'_>, change: &Change, compared: &PeriodsComparison<'_>) -> Vec<TableCell> {
    let named = [row.area.code.as_str(), &row.area.name].map(TableCell::text);
    let said = sentence::of_change(&row.area.name, compared.periods, change);
    let (first, second) = compared.periods;
    let measured = measured_cells(first, change.first).into_iter().chain(measured_cells(second, change.second));
    named.into_iter().chain(measured).chain(difference_cells(change.difference.as_ref(), &said)).collect()
}

/// An area and the other areas of a group.
pub fn against(basis: &ExportContext<'_>, compared: &GroupComparison<'_>) -> Workbook {
    let GroupComparison { row, group, rest, difference } = compared;
    let period = basis.filter.period;
    let named = [row.area.code.as_str(), &row.area.name].map(TableCell::text);
    let said = sentence::of_rest(&row.area.name, group, rest, difference.as_ref());
    let cells = named
        .into_iter()
        .chain(measured_cells(period, Measured::of(row.assessment)))
        .chain([words::sentence(group), TableCell::Whole(rest.areas as u64)])
        .chain(measured_cells(period, rest.measured))
        .chain(difference_cells(difference.as_ref(), &said));
    let table = ExportTable {
        title: names("So với nhóm", "Against a group"),
        columns: [
            text_columns([("code", "Mã", "Code"), ("name", "Tên", "Name")]),
            measured_columns(&OWN),
            vec![
                Column::new("group", ("Nhóm so sánh", "Group"), CellFormat::Text),
                Column::new(
                    "group_areas",
                    ("Số khu vực khác trong nhóm", "Other areas of the group"),
                    CellFormat::Count,
                ),
            ],
            measured_columns(&OTHERS),
            difference_columns(),
        ]
        .concat(),
        rows: vec![cells.collect()],
    };
    let title = names("So sánh khu vực với nhóm", "An area compared with a group");
    let mut workbook = basis.workbook(title, table, Vec::new());
    workbook.notes.extend(NoteText::DIFFERENCE.map(NoteText::note));
    workbook.notes.push(NoteText::LEFT_OUT.note());
    workbook
}

fn text_columns<const N: usize>(named: [(&'static str, &str, &str); N]) -> Vec<Column> {
    named.into_iter().map(|(name, vi, en)| Column::new(name, (vi, en), CellFormat::Text)).collect()
}

/// One of the two sides of a comparison: what its columns put before their names and after their headings.
struct Side {
    prefix: &'static str,
    vi: &'static str,
    en: &'static str,
}

const FIRST: Side = Side { prefix: "first", vi: "kỳ trước", en: "first period" };
const SECOND: Side = Side { prefix: "second", vi: "kỳ sau", en: "second period" };
const OWN: Side = Side { prefix: "area", vi: "khu vực", en: "area" };
const OTHERS: Side = Side { prefix: "others", vi: "các khu vực khác", en: "other areas" };

/// The columns of what is measured in one area and period.
pub(super) const MEASURED: [(&str, &str, &str, CellFormat); 8] = [
    ("from", "Từ ngày", "From", CellFormat::Date),
    ("to", "Trước ngày", "Before", CellFormat::Date),
    ("incidents", "Số vụ", "Incidents", CellFormat::Count),
    ("population", "Số dân", "Residents", CellFormat::Count),
    ("person_years", "Người-năm", "Person-years", CellFormat::Decimal(1)),
    ("rate", "Tỷ suất (trên 100.000 người-năm)", "Rate (per 100,000 person-years)", CellFormat::Decimal(1)),
    ("rate_low", "Tỷ suất, giới hạn dưới 95 %", "Rate, lower 95 % limit", CellFormat::Decimal(1)),
    ("rate_high", "Tỷ suất, giới hạn trên 95 %", "Rate, upper 95 % limit", CellFormat::Decimal(1)),
];

fn measured_columns(side: &Side) -> Vec<Column> {
    let column = |(name, vi, en, format): &(&str, &str, &str, CellFormat)| {
        let name = format!("{}_{name}", side.prefix);
        Column::new(name, (&format!("{vi}, {}", side.vi), &format!("{en}, {}", side.en)), *format)
    };
    MEASURED.iter().map(column).collect()
}

/// What is measured in one area and period, as [`MEASURED`] names it.
pub(super) fn measured_cells(period: Period, measured: Measured) -> [TableCell; 8] {
    let rate = measured.rate();
    [
        TableCell::Day(period.from().date()),
        TableCell::Day(period.to().date()),
        TableCell::whole(measured.incidents),
        TableCell::whole(measured.residents),
        TableCell::real(measured.person_years),
        TableCell::real(rate.map(|rate| rate.value)),
        TableCell::real(rate.map(|rate| rate.low)),
        TableCell::real(rate.map(|rate| rate.high)),
    ]
}

fn difference_columns() -> Vec<Column> {
    let level = format!("{:.0} %", MEASURED_LEVEL * 100.0);
    let limit = |vi: &str, en: &str| (format!("{vi} {level}"), format!("{en} {level} limit"));
    let (low, high) = (limit("Tỷ số, giới hạn dưới", "Ratio, lower"), limit("Tỷ số, giới hạn trên", "Ratio, upper"));
    vec![
        Column::new("rate_difference", ("Chênh lệch tỷ suất", "Rate difference"), CellFormat::Decimal(1)),
        Column::new("rate_ratio", ("Tỷ số của các tỷ suất", "Rate ratio"), CellFormat::Decimal(2)),
        Column::new("low", (&low.0, &low.1), CellFormat::Decimal(2)),
        Column::new("high", (&high.0, &high.1), CellFormat::Decimal(2)),
        Column::new("p", ("p", "p"), CellFormat::Probability),
        Column::new("q", ("q (đã tính nhiều phép so sánh)", "q (over all comparisons)"), CellFormat::Probability),
        Column::new("difference", ("Nhận định", "Finding"), CellFormat::Text),
        Column::new("sentence", ("Diễn giải", "In words"), CellFormat::Prose),
    ]
}

fn difference_cells(found: Option<&Difference>, said: &Names) -> Vec<TableCell> {
    vec![
        TableCell::real(found.map(|found| found.rate_difference)),
        TableCell::real(found.and_then(|found| found.rate_ratio)),
        TableCell::real(found.map(|found| found.low)),
        TableCell::real(found.and_then(|found| found.high)),
        TableCell::real(found.map(|found| found.p)),
        TableCell::real(found.map(|found| found.q)),
        words::clarity(found.map(|found| found.clear)),
        words::sentence(said),
    ]
}

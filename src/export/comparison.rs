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
use crate::texts::{TextId, decimal, text, text_id};
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
        title: text!("sheet-pairs"),
        columns: [
            text_columns([("first", text_id!("column-first-code")), ("first_name", text_id!("column-first-name"))]),
            text_columns([("second", text_id!("column-second-code")), ("second_name", text_id!("column-second-name"))]),
            difference_columns(),
        ]
        .concat(),
        rows: beside.pairs.iter().map(|pair| pair_cells(pair, beside.rows)).collect(),
    };
    let areas = area_table(text!("sheet-areas"), beside.rows);
    let mut workbook = basis.workbook(text!("title-beside"), pairs, vec![areas]);
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
        title: text!("sheet-two-periods"),
        columns: [
            text_columns([("code", text_id!("column-code")), ("name", text_id!("column-name"))]),
            measured_columns(ComparisonSide::FirstPeriod),
            measured_columns(ComparisonSide::SecondPeriod),
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
    let mut workbook = second.workbook(text!("title-two-periods"), table, Vec::new());
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
        title: text!("sheet-against"),
        columns: [
            text_columns([("code", text_id!("column-code")), ("name", text_id!("column-name"))]),
            measured_columns(ComparisonSide::Area),
            vec![
                Column::new("group", text_id!("column-group"), CellFormat::Text),
                Column::new("group_areas", text_id!("column-group-areas"), CellFormat::Count),
            ],
            measured_columns(ComparisonSide::OtherAreas),
            difference_columns(),
        ]
        .concat(),
        rows: vec![cells.collect()],
    };
    let mut workbook = basis.workbook(text!("title-against"), table, Vec::new());
    workbook.notes.extend(NoteText::DIFFERENCE.map(NoteText::note));
    workbook.notes.push(NoteText::LEFT_OUT.note());
    workbook
}

fn text_columns<const N: usize>(named: [(&'static str, TextId); N]) -> Vec<Column> {
    named.into_iter().map(|(name, heading)| Column::new(name, heading, CellFormat::Text)).collect()
}

/// One of the two sides of a comparison.
#[derive(Debug, Clone, Copy)]
enum ComparisonSide {
    FirstPeriod,
    SecondPeriod,
    Area,
    OtherAreas,
}

impl ComparisonSide {
    /// What its columns put before their names.
    const fn prefix(self) -> &'static str {
        match self {
            Self::FirstPeriod => "first",
            Self::SecondPeriod => "second",
            Self::Area => "area",
            Self::OtherAreas => "others",
        }
    }

    /// A heading of its columns.
    fn heading(self, heading: TextId) -> Names {
        let heading = heading.names();
        match self {
            Self::FirstPeriod => text!("column-of-first-period", heading = heading),
            Self::SecondPeriod => text!("column-of-second-period", heading = heading),
            Self::Area => text!("column-of-area", heading = heading),
            Self::OtherAreas => text!("column-of-other-areas", heading = heading),
        }
    }
}

/// The columns of what is measured in one area and period.
pub(super) const MEASURED: [(&str, TextId, CellFormat); 8] = [
    ("from", text_id!("column-from"), CellFormat::Date),
    ("to", text_id!("column-to"), CellFormat::Date),
    ("incidents", text_id!("column-incidents"), CellFormat::Count),
    ("population", text_id!("column-residents"), CellFormat::Count),
    ("person_years", text_id!("column-person-years"), CellFormat::Decimal(1)),
    ("rate", text_id!("column-rate"), CellFormat::Decimal(1)),
    ("rate_low", text_id!("column-rate-low"), CellFormat::Decimal(1)),
    ("rate_high", text_id!("column-rate-high"), CellFormat::Decimal(1)),
];

fn measured_columns(side: ComparisonSide) -> Vec<Column> {
    let columns = MEASURED.iter().map(|(name, heading, format)| Column {
        name: format!("{}_{name}", side.prefix()),
        heading: side.heading(*heading),
        format: *format,
    });
    columns.collect()
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
    let level = || decimal(MEASURED_LEVEL * 100.0, 0);
    let limit = |name: &str, heading: Names| Column { name: name.to_owned(), heading, format: CellFormat::Decimal(2) };
    vec![
        Column::new("rate_difference", text_id!("column-rate-difference"), CellFormat::Decimal(1)),
        Column::new("rate_ratio", text_id!("column-rate-ratio"), CellFormat::Decimal(2)),
        limit("low", text!("column-ratio-low", level = level())),
        limit("high", text!("column-ratio-high", level = level())),
        Column::new("p", text_id!("column-p"), CellFormat::Probability),
        Column::new("q", text_id!("column-q"), CellFormat::Probability),
        Column::new("difference", text_id!("column-finding"), CellFormat::Text),
        Column::new("sentence", text_id!("column-words"), CellFormat::Prose),
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

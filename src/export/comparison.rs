//! Comparisons as tables: areas in pairs, two periods of some areas, an area and the rest of a group.
//!
//! No column ranks anything; every ratio stands beside its limits, p and q.

use super::cell::{CellFormat, Column, TableCell};
use super::method::ExportContext;
use super::notes::NoteText;
use super::ratings::area_table;
use super::table::{ExportTable, Workbook};
use super::words;
use crate::domain::area::AreaCode;
use crate::domain::text::Names;
use crate::domain::time::period::PeriodDates;
use crate::service::answers::comparison::against::AgainstAnswer;
use crate::service::answers::comparison::beside::{BesideAnswer, PairAnswer};
use crate::service::answers::comparison::two_periods::{AreaChange, ComparedPeriod, TwoPeriodsAnswer};
use crate::service::answers::comparison::{DifferenceFigures, MEASURED_LEVEL, MeasuredFigures};
use crate::texts::{TextId, decimal, text, text_id};
use crate::tile::area_row::AreaRow;

/// Areas side by side, with a sheet of pairs and one of the areas.
pub(crate) fn beside(basis: &ExportContext<'_>, rows: &[AreaRow<'_>], answer: &BesideAnswer) -> Workbook {
    let pairs = ExportTable {
        title: text!("sheet-pairs"),
        columns: [
            text_columns([("first", text_id!("column-first-code")), ("first_name", text_id!("column-first-name"))]),
            text_columns([("second", text_id!("column-second-code")), ("second_name", text_id!("column-second-name"))]),
            difference_columns(),
        ]
        .concat(),
        rows: answer.pairs.iter().map(|pair| pair_cells(pair, rows)).collect(),
    };
    let areas = area_table(text!("sheet-areas"), rows);
    let mut workbook = basis.workbook(text!("title-beside"), pairs, vec![areas]);
    workbook.notes.extend(NoteText::DIFFERENCE.map(NoteText::note));
    basis.dated(workbook)
}

fn pair_cells(pair: &PairAnswer, rows: &[AreaRow<'_>]) -> Vec<TableCell> {
    let name = |code: &AreaCode| {
        let named = rows.iter().find(|row| row.area.code == *code);
        named.map_or(TableCell::Absent, |row| TableCell::text(row.area.name.as_str()))
    };
    let code = |code: &AreaCode| TableCell::text(code.as_str());
    let named = [code(&pair.first), name(&pair.first), code(&pair.second), name(&pair.second)];
    named.into_iter().chain(difference_cells(&pair.difference)).collect()
}

/// Two periods of some areas, each with its own basis.
pub(crate) fn two_periods(
    first: &ExportContext<'_>,
    second: &ExportContext<'_>,
    answer: &TwoPeriodsAnswer,
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
        rows: answer.areas.iter().map(|area| change_cells(area, &answer.periods)).collect(),
    };
    let mut workbook = second.workbook(text!("title-two-periods"), table, Vec::new());
    workbook.notes.extend(NoteText::DIFFERENCE.map(NoteText::note));
    workbook.notes.insert(0, first.window());
    workbook.notes.push(NoteText::ORDER_OF_PERIODS.note());
    workbook
}

fn change_cells(change: &AreaChange, periods: &[ComparedPeriod; 2]) -> Vec<TableCell> {
    let named = [change.area.code.as_str(), &change.area.name].map(TableCell::text);
    let [first, second] = periods.each_ref().map(|period| PeriodDates { from: period.span.from, to: period.span.to });
    let measured = measured_cells(first, change.first).into_iter().chain(measured_cells(second, change.second));
    named.into_iter().chain(measured).chain(difference_cells(&change.difference)).collect()
}

/// An area and the other areas of a group.
pub(crate) fn against(basis: &ExportContext<'_>, row: &AreaRow<'_>, answer: &AgainstAnswer) -> Workbook {
    let (others, dates) = (&answer.others, PeriodDates::from(basis.filter.period));
    let named = [row.area.code.as_str(), &row.area.name].map(TableCell::text);
    let cells = named
        .into_iter()
        .chain(measured_cells(dates, MeasuredFigures::of_row(row)))
        .chain([words::sentence(&others.name), TableCell::Whole(others.areas as u64)])
        .chain(measured_cells(dates, others.figures))
        .chain(difference_cells(&answer.difference));
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
pub(super) fn measured_cells(dates: PeriodDates, measured: MeasuredFigures) -> [TableCell; 8] {
    [
        TableCell::Day(dates.from),
        TableCell::Day(dates.to),
        TableCell::whole(measured.incidents),
        TableCell::whole(measured.population),
        TableCell::real(measured.person_years),
        TableCell::real(measured.rate),
        TableCell::real(measured.rate_low),
        TableCell::real(measured.rate_high),
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

fn difference_cells(found: &DifferenceFigures) -> Vec<TableCell> {
    vec![
        TableCell::real(found.rate_difference),
        TableCell::real(found.ratio.rate_ratio),
        TableCell::real(found.ratio.low),
        TableCell::real(found.ratio.high),
        TableCell::real(found.ratio.p),
        TableCell::real(found.ratio.q),
        words::clarity(found.difference),
        words::sentence(&found.sentence),
    ]
}

//! Why an area has its letter, as tables: every number on a line of its own, and the rated classes side by side.

use super::cell::{CellFormat, Column, TableCell};
use super::method::ExportContext;
use super::table::{ExportTable, Workbook};
use super::words::{self, ColumnWords};
use crate::assessment::AreaAssessment;
use crate::assessment::explanation::{ExplainedClass, Explanation, UnweightedRatio};
use crate::domain::area::exposure::ExposureUnit;
use crate::domain::rules::scheme::GradeRule;
use crate::domain::text::Names;
use crate::texts::{TextId, text, text_id};
use crate::tile::area_row::AreaRow;

/// One area with what explains its letter.
#[derive(Debug, Clone, Copy)]
pub struct ExplanationExport<'a> {
    /// The row as far as the role may see it.
    pub row: &'a AreaRow<'a>,
    /// The letter in words.
    pub sentence: &'a Names,
    /// The way from the counts to the letter; absent for roles that do not see small counts.
    pub explanation: Option<&'a Explanation>,
}

/// The explanation as a workbook.
pub fn explanation(basis: &ExportContext<'_>, explained: &ExplanationExport<'_>) -> Workbook {
    let name = &explained.row.area.name;
    let title = text!("title-explanation", name = name);
    let main = ExportTable {
        title: text!("sheet-numbers"),
        columns: vec![
            Column::new("item", text_id!("column-item"), CellFormat::Text),
            Column::new("component", text_id!("column-component"), CellFormat::Text),
            Column::new("severity", text_id!("column-severity"), CellFormat::Text),
            Column::new("value", text_id!("column-value"), CellFormat::Decimal(4)),
            Column::new("text", text_id!("column-words"), CellFormat::Prose),
        ],
        rows: lines(basis, explained),
    };
    let classes = classes(basis, explained.explanation);
    basis.dated(basis.workbook(title, main, classes.into_iter().collect()))
}

/// What a line says something of: its code in data files and its name for people.
#[derive(Debug, Clone, Copy)]
struct ExplanationItem {
    code: &'static str,
    name: TextId,
}

impl ExplanationItem {
    const fn new(code: &'static str, name: TextId) -> Self {
        Self { code, name }
    }

    /// The cell that names the item.
    fn cell(self) -> TableCell {
        words::word(self.code, self.name.names())
    }
}

fn lines(basis: &ExportContext<'_>, explained: &ExplanationExport<'_>) -> Vec<Vec<TableCell>> {
    let (area, row) = (explained.row.area, explained.row.assessment);
    let said = |code: &'static str, name: TextId, cell: TableCell| {
        let item = ExplanationItem::new(code, name).cell();
        vec![item, TableCell::Absent, TableCell::Absent, TableCell::Absent, cell]
    };
    let called = TableCell::text(format!("{} ({})", area.name, area.code.as_str()));
    let spoken = [
        said("area", text_id!("item-area"), called),
        said("sentence", text_id!("item-sentence"), words::sentence(explained.sentence)),
        said("grade", text_id!("item-grade"), ColumnWords::of("grade").cell(row.grade.as_str())),
    ];
    let ends = [
        ("grade_best", text_id!("item-grade-best"), row.grade_best),
        ("grade_worst", text_id!("item-grade-worst"), row.grade_worst),
    ];
    let ends = ends.map(|(code, name, letter)| {
        said(code, name, letter.map_or(TableCell::Absent, |letter| TableCell::text(letter.as_str())))
    });
    let figures = Figures::of(basis, explained);
    let numbers = NUMBERS.iter().map(|number| {
        vec![
            number.item.cell(),
            TableCell::Absent,
            TableCell::Absent,
            TableCell::real((number.value)(&figures)),
            TableCell::Absent,
        ]
    });
    let of_classes = explained.explanation.into_iter().flat_map(|found| class_lines(basis, found));
    spoken.into_iter().chain(ends).chain(numbers).chain(of_classes).collect()
}

/// Everything that a number of an explanation is taken from.
struct Figures<'a> {
    row: &'a AreaAssessment,
    grade: &'a GradeRule,
    years: f64,
    unweighted: Option<UnweightedRatio>,
    found: Option<&'a Explanation>,
    gamma: Option<(f64, f64)>,
}

impl<'a> Figures<'a> {
    fn of(basis: &'a ExportContext<'_>, explained: &'a ExplanationExport<'_>) -> Self {
        let (row, found) = (explained.row.assessment, explained.explanation);
        Self {
            row,
            grade: &basis.scheme().grade,
            years: basis.filter.period.years(),
            unweighted: UnweightedRatio::of(row),
            found,
            gamma: found.and_then(Explanation::gamma).map(|gamma| (gamma.shape(), gamma.rate())),
        }
    }
}

struct Number {
    item: ExplanationItem,
    value: fn(&Figures<'_>) -> Option<f64>,
}

const fn number(code: &'static str, name: TextId, value: fn(&Figures<'_>) -> Option<f64>) -> Number {
    Number { item: ExplanationItem::new(code, name), value }
}

/// The numbers of the area and of the method, from the population to the letter.
const NUMBERS: &[Number] = &[
    number("population", text_id!("item-population"), |of| of.row.residents.map(f64::from)),
    number("years", text_id!("item-years"), |of| Some(of.years)),
    number("person_years", text_id!("item-person-years"), |of| of.row.person_years),
    number("observed", text_id!("item-observed"), |of| of.row.incidents.map(f64::from)),
    number("expected", text_id!("item-expected"), |of| of.row.expected),
    number("unweighted_ratio", text_id!("item-unweighted-ratio"), |of| Some(of.unweighted?.value)),
    number("unweighted_low", text_id!("item-unweighted-low"), |of| Some(of.unweighted?.low)),
    number("unweighted_high", text_id!("item-unweighted-high"), |of| Some(of.unweighted?.high)),
    number("score", text_id!("item-score"), |of| Some(of.found?.rating?.score)),
    number("expected_score", text_id!("item-expected-score"), |of| Some(of.found?.rating?.expected_score)),
    number("raw_ratio", text_id!("item-raw-ratio"), |of| of.found?.rating?.ratio),
    number("dispersion", text_id!("item-dispersion"), |of| of.found?.dispersion),
    number("effective_count", text_id!("item-effective-count"), |of| Some(of.found?.rating?.effective_count)),
    number("effective_expected", text_id!("item-effective-expected"), |of| Some(of.found?.rating?.effective_expected)),
    number("prior_mean", text_id!("item-prior-mean"), |of| Some(of.found?.prior_mean)),
    number("prior_variance", text_id!("item-prior-variance"), |of| Some(of.found?.prior_variance)),
    number("posterior_shape", text_id!("item-posterior-shape"), |of| Some(of.gamma?.0)),
    number("posterior_rate", text_id!("item-posterior-rate"), |of| Some(of.gamma?.1)),
    number("ratio", text_id!("item-ratio"), |of| of.row.ratio),
    number("ratio_low", text_id!("item-ratio-low"), |of| of.row.ratio_low),
    number("ratio_high", text_id!("item-ratio-high"), |of| of.row.ratio_high),
    number("interval", text_id!("item-interval"), |of| Some(of.grade.interval)),
    number("prob_above_1", text_id!("item-prob-above-1"), |of| of.row.prob_above_1),
    number("reliability", text_id!("item-reliability"), |of| of.row.reliability),
    number("min_reliability", text_id!("item-min-reliability"), |of| Some(of.grade.min_reliability)),
    number("band_a", text_id!("item-band-a"), |of| Some(of.grade.bands.a)),
    number("band_b", text_id!("item-band-b"), |of| Some(of.grade.bands.b)),
    number("band_c", text_id!("item-band-c"), |of| Some(of.grade.bands.c)),
    number("band_d", text_id!("item-band-d"), |of| Some(of.grade.bands.d)),
];

struct ClassNumber {
    item: ExplanationItem,
    format: CellFormat,
    value: fn(&ExplainedClass) -> Option<f64>,
}

const fn of_class(
    code: &'static str,
    name: TextId,
    format: CellFormat,
    value: fn(&ExplainedClass) -> Option<f64>,
) -> ClassNumber {
    ClassNumber { item: ExplanationItem::new(code, name), format, value }
}

const CLASS_NUMBERS: [ClassNumber; 7] = [
    of_class("weight", text_id!("class-weight"), CellFormat::Decimal(1), |class| Some(class.weight)),
    of_class("exposure_value", text_id!("class-exposure"), CellFormat::Decimal(1), |class| class.exposure.value),
    of_class("rate_per_person_year", text_id!("class-rate-per-person-year"), CellFormat::Decimal(8), |class| {
        rate_in(ExposureUnit::PersonYears, class)
    }),
    of_class("rate_per_km_year", text_id!("class-rate-per-km-year"), CellFormat::Decimal(8), |class| {
        rate_in(ExposureUnit::KmYears, class)
    }),
    of_class("class_observed", text_id!("class-observed"), CellFormat::Count, |class| class.observed),
    of_class("class_expected", text_id!("class-expected"), CellFormat::Decimal(2), |class| class.expected),
    of_class("contribution", text_id!("class-contribution"), CellFormat::Decimal(3), |class| class.contribution),
];

/// The common rate of a class that is measured in a unit.
fn rate_in(unit: ExposureUnit, class: &ExplainedClass) -> Option<f64> {
    (class.exposure.kind.unit() == unit).then_some(class.rate)
}

fn class_lines<'a>(basis: &'a ExportContext<'_>, found: &'a Explanation) -> impl Iterator<Item = Vec<TableCell>> + 'a {
    let items: Vec<TableCell> = CLASS_NUMBERS.iter().map(|number| number.item.cell()).collect();
    found.classes.iter().flat_map(move |class| {
        let [component, severity] = class_names(basis, class);
        let line = |(number, item): (&ClassNumber, &TableCell)| {
            let value = TableCell::real((number.value)(class));
            vec![item.clone(), component.clone(), severity.clone(), value, TableCell::Absent]
        };
        CLASS_NUMBERS.iter().zip(&items).map(line).collect::<Vec<_>>()
    })
}

/// One row per rated class; none where the role sees no classes.
fn classes(basis: &ExportContext<'_>, found: Option<&Explanation>) -> Option<ExportTable> {
    let found = found?;
    let named = [("component", text_id!("column-component")), ("severity", text_id!("column-severity"))];
    let named = named.map(|(name, heading)| Column::new(name, heading, CellFormat::Text));
    let numbers = CLASS_NUMBERS.iter().map(|number| Column::new(number.item.code, number.item.name, number.format));
    let row = |class: &ExplainedClass| {
        let numbers = CLASS_NUMBERS.iter().map(|number| TableCell::real((number.value)(class)));
        class_names(basis, class).into_iter().chain(numbers).collect()
    };
    Some(ExportTable {
        title: text!("sheet-classes"),
        columns: named.into_iter().chain(numbers).collect(),
        rows: found.classes.iter().map(row).collect(),
    })
}

fn class_names(basis: &ExportContext<'_>, class: &ExplainedClass) -> [TableCell; 2] {
    let component = basis.scheme().components.at(class.component);
    let component =
        component.map_or(TableCell::Absent, |component| words::word(&component.id, component.names.clone()));
    let severity = basis.snapshot.taxonomy.severities.get(class.severity.index());
    let severity = severity.map_or(TableCell::Absent, |severity| words::word(&severity.id, severity.names()));
    [component, severity]
}

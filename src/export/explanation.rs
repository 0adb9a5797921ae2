//! Why an area has its letter, as tables: every number on a line of its own, and the rated classes side by side.
//!
//! In: the explanation as it is answered, so that sheet and JSON say the same. Out: a workbook. Nothing is computed
//! here, and what the role does not see is not in the answer.

use super::cell::{CellFormat, Column, TableCell};
use super::method::ExportContext;
use super::table::{ExportTable, Workbook};
use super::words;
use crate::domain::rules::scheme::GradeRule;
use crate::service::answers::areas::explained_class::ClassAnswer;
use crate::service::answers::areas::explanation::ExplanationAnswer;
use crate::service::answers::areas::withheld_word;
use crate::texts::{TextId, text, text_id};

/// The explanation as a workbook.
pub(crate) fn explanation(basis: &ExportContext<'_>, answer: &ExplanationAnswer) -> Workbook {
    let name = &answer.area.name;
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
        rows: lines(basis, answer),
    };
    let classes = answer.classes.as_deref().map(class_table);
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

fn lines(basis: &ExportContext<'_>, answer: &ExplanationAnswer) -> Vec<Vec<TableCell>> {
    let area = &answer.area;
    let said = |code: &'static str, name: TextId, cell: TableCell| {
        let item = ExplanationItem::new(code, name).cell();
        vec![item, TableCell::Absent, TableCell::Absent, TableCell::Absent, cell]
    };
    let called = TableCell::text(format!("{} ({})", area.name, area.code.as_str()));
    let withheld = withheld_word(answer.withheld);
    let spoken = [
        said("area", text_id!("item-area"), called),
        said("sentence", text_id!("item-sentence"), words::sentence(&answer.sentence)),
        said("grade", text_id!("item-grade"), words::grade(answer.grade.as_str(), withheld)),
    ];
    let ends = [
        ("grade_best", text_id!("item-grade-best"), answer.grade_best),
        ("grade_worst", text_id!("item-grade-worst"), answer.grade_worst),
    ];
    let ends = ends.map(|(code, name, letter)| {
        said(code, name, letter.map_or(TableCell::Absent, |letter| TableCell::text(letter.as_str())))
    });
    let figures = Figures { answer, grade: &basis.scheme.grade, years: basis.filter.period.years() };
    let numbers = NUMBERS.iter().map(|number| {
        vec![
            number.item.cell(),
            TableCell::Absent,
            TableCell::Absent,
            TableCell::real((number.value)(&figures)),
            TableCell::Absent,
        ]
    });
    let of_classes = answer.classes.iter().flat_map(|classes| class_lines(classes));
    spoken.into_iter().chain(ends).chain(numbers).chain(of_classes).collect()
}

/// Everything that a number of an explanation is taken from.
struct Figures<'a> {
    answer: &'a ExplanationAnswer,
    grade: &'a GradeRule,
    years: f64,
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
    number("population", text_id!("item-population"), |of| of.answer.denominators.as_ref()?.population.map(f64::from)),
    number("years", text_id!("item-years"), |of| Some(of.years)),
    number("person_years", text_id!("item-person-years"), |of| of.answer.denominators.as_ref()?.person_years),
    number("observed", text_id!("item-observed"), |of| of.answer.unweighted.observed.map(f64::from)),
    number("detected", text_id!("item-detected"), |of| of.answer.detected.map(f64::from)),
    number("expected", text_id!("item-expected"), |of| of.answer.unweighted.expected),
    number("unweighted_ratio", text_id!("item-unweighted-ratio"), |of| of.answer.unweighted.ratio),
    number("unweighted_low", text_id!("item-unweighted-low"), |of| of.answer.unweighted.low),
    number("unweighted_high", text_id!("item-unweighted-high"), |of| of.answer.unweighted.high),
    number("score", text_id!("item-score"), |of| of.answer.weighted.score),
    number("expected_score", text_id!("item-expected-score"), |of| of.answer.weighted.expected_score),
    number("raw_ratio", text_id!("item-raw-ratio"), |of| of.answer.weighted.raw_ratio),
    number("dispersion", text_id!("item-dispersion"), |of| of.answer.method.dispersion),
    number("effective_count", text_id!("item-effective-count"), |of| of.answer.weighted.effective_count),
    number("effective_expected", text_id!("item-effective-expected"), |of| of.answer.weighted.effective_expected),
    number("prior_mean", text_id!("item-prior-mean"), |of| of.answer.method.prior_mean),
    number("prior_variance", text_id!("item-prior-variance"), |of| of.answer.method.prior_variance),
    number("posterior_shape", text_id!("item-posterior-shape"), |of| {
        Some(of.answer.weighted.posterior.as_ref()?.shape)
    }),
    number("posterior_rate", text_id!("item-posterior-rate"), |of| Some(of.answer.weighted.posterior.as_ref()?.rate)),
    number("ratio", text_id!("item-ratio"), |of| of.answer.weighted.ratio),
    number("ratio_low", text_id!("item-ratio-low"), |of| of.answer.weighted.ratio_low),
    number("ratio_high", text_id!("item-ratio-high"), |of| of.answer.weighted.ratio_high),
    number("interval", text_id!("item-interval"), |of| Some(of.grade.interval)),
    number("prob_above_1", text_id!("item-prob-above-1"), |of| of.answer.weighted.prob_above_1),
    number("prob_letter", text_id!("item-prob-letter"), |of| of.answer.prob_letter),
    number("min_letter_probability", text_id!("item-min-letter-probability"), |of| {
        Some(of.grade.min_letter_probability)
    }),
    number("reliability", text_id!("item-reliability"), |of| of.answer.weighted.reliability),
    number("min_reliability", text_id!("item-min-reliability"), |of| Some(of.grade.min_reliability)),
    number("band_a", text_id!("item-band-a"), |of| Some(of.grade.bands.a)),
    number("band_b", text_id!("item-band-b"), |of| Some(of.grade.bands.b)),
    number("band_c", text_id!("item-band-c"), |of| Some(of.grade.bands.c)),
    number("band_d", text_id!("item-band-d"), |of| Some(of.grade.bands.d)),
];

struct ClassNumber {
    item: ExplanationItem,
    format: CellFormat,
    value: fn(&ClassAnswer) -> Option<f64>,
}

const fn of_class(
    code: &'static str,
    name: TextId,
    format: CellFormat,
    value: fn(&ClassAnswer) -> Option<f64>,
) -> ClassNumber {
    ClassNumber { item: ExplanationItem::new(code, name), format, value }
}

const CLASS_NUMBERS: [ClassNumber; 7] = [
    of_class("weight", text_id!("class-weight"), CellFormat::Decimal(1), |class| Some(class.weight)),
    of_class("exposure_value", text_id!("class-exposure"), CellFormat::Decimal(1), |class| class.exposure_value),
    of_class("rate_per_person_year", text_id!("class-rate-per-person-year"), CellFormat::Decimal(8), |class| {
        class.rate_per_person_year
    }),
    of_class("rate_per_km_year", text_id!("class-rate-per-km-year"), CellFormat::Decimal(8), |class| {
        class.rate_per_km_year
    }),
    of_class("class_observed", text_id!("class-observed"), CellFormat::Count, |class| class.observed),
    of_class("class_expected", text_id!("class-expected"), CellFormat::Decimal(2), |class| class.expected),
    of_class("contribution", text_id!("class-contribution"), CellFormat::Decimal(3), |class| class.contribution),
];

fn class_lines(classes: &[ClassAnswer]) -> impl Iterator<Item = Vec<TableCell>> {
    let items: Vec<TableCell> = CLASS_NUMBERS.iter().map(|number| number.item.cell()).collect();
    classes.iter().flat_map(move |class| {
        let [component, severity] = class_names(class);
        let line = |(number, item): (&ClassNumber, &TableCell)| {
            let value = TableCell::real((number.value)(class));
            vec![item.clone(), component.clone(), severity.clone(), value, TableCell::Absent]
        };
        CLASS_NUMBERS.iter().zip(&items).map(line).collect::<Vec<_>>()
    })
}

/// One row per rated class.
fn class_table(classes: &[ClassAnswer]) -> ExportTable {
    let named = [("component", text_id!("column-component")), ("severity", text_id!("column-severity"))];
    let named = named.map(|(name, heading)| Column::new(name, heading, CellFormat::Text));
    let numbers = CLASS_NUMBERS.iter().map(|number| Column::new(number.item.code, number.item.name, number.format));
    let row = |class: &ClassAnswer| {
        let numbers = CLASS_NUMBERS.iter().map(|number| TableCell::real((number.value)(class)));
        class_names(class).into_iter().chain(numbers).collect()
    };
    ExportTable {
        title: text!("sheet-classes"),
        columns: named.into_iter().chain(numbers).collect(),
        rows: classes.iter().map(row).collect(),
    }
}

fn class_names(class: &ClassAnswer) -> [TableCell; 2] {
    let component = words::word(&class.component, class.component_name.clone());
    [component, words::word(&class.severity, class.severity_name.clone())]
}

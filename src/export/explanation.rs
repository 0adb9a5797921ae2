//! Why an area has its letter, as tables: every number on a line of its own, and the rated classes side by side.

use super::cell::{CellFormat, Column, TableCell};
use super::method::ExportContext;
use super::table::{ExportTable, Workbook};
use super::words;
use crate::assessment::AreaAssessment;
use crate::assessment::explanation::{ExplainedClass, Explanation, UnweightedRatio};
use crate::domain::area::exposure::ExposureUnit;
use crate::domain::rules::scheme::GradeRule;
use crate::domain::text::Names;
use crate::texts::phrasing::names;
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
    let title = names(format!("Vì sao {name} có xếp loại này"), format!("Why {name} has its grade"));
    let main = ExportTable {
        title: names("Từng con số", "Every number"),
        columns: vec![
            Column::new("item", ("Đại lượng", "Quantity"), CellFormat::Text),
            Column::new("component", ("Thành phần", "Component"), CellFormat::Text),
            Column::new("severity", ("Mức độ", "Severity"), CellFormat::Text),
            Column::new("value", ("Giá trị", "Value"), CellFormat::Decimal(4)),
            Column::new("text", ("Diễn giải", "In words"), CellFormat::Prose),
        ],
        rows: lines(basis, explained),
    };
    let classes = classes(basis, explained.explanation);
    basis.dated(basis.workbook(title, main, classes.into_iter().collect()))
}

type Item = (&'static str, &'static str, &'static str);

fn lines(basis: &ExportContext<'_>, explained: &ExplanationExport<'_>) -> Vec<Vec<TableCell>> {
    let (area, row) = (explained.row.area, explained.row.assessment);
    let said =
        |item: Item, cell: TableCell| vec![word(item), TableCell::Absent, TableCell::Absent, TableCell::Absent, cell];
    let spoken = [
        said(("area", "Khu vực", "Area"), TableCell::text(format!("{} ({})", area.name, area.code.as_str()))),
        said(("sentence", "Kết luận", "Conclusion"), words::sentence(explained.sentence)),
        said(("grade", "Xếp loại", "Grade"), words::cell("grade", row.grade.as_str())),
    ];
    let ends = [
        (("grade_best", "Xếp loại tốt nhất có thể", "Best likely grade"), row.grade_best),
        (("grade_worst", "Xếp loại kém nhất có thể", "Worst likely grade"), row.grade_worst),
    ];
    let ends = ends
        .map(|(item, letter)| said(item, letter.map_or(TableCell::Absent, |letter| TableCell::text(letter.as_str()))));
    let figures = Figures::of(basis, explained);
    let numbers = NUMBERS.iter().map(|number| {
        vec![
            word(number.item),
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
            gamma: found.and_then(Explanation::gamma),
        }
    }
}

struct Number {
    item: Item,
    value: fn(&Figures<'_>) -> Option<f64>,
}

const fn number(
    name: &'static str,
    (vi, en): (&'static str, &'static str),
    value: fn(&Figures<'_>) -> Option<f64>,
) -> Number {
    Number { item: (name, vi, en), value }
}

/// The numbers of the area and of the method, from the population to the letter.
const NUMBERS: &[Number] = &[
    number("population", ("Số dân", "Residents"), |of| of.row.residents.map(f64::from)),
    number("years", ("Số năm của kỳ", "Years of the period"), |of| Some(of.years)),
    number("person_years", ("Người-năm", "Person-years"), |of| of.row.person_years),
    number("observed", ("Số vụ ghi nhận", "Incidents observed"), |of| of.row.incidents.map(f64::from)),
    number("expected", ("Số vụ theo mức chung của tỉnh", "Incidents at the rate of the province"), |of| {
        of.row.expected
    }),
    number("unweighted_ratio", ("Tỷ số không trọng số", "Unweighted ratio"), |of| Some(of.unweighted?.value)),
    number(
        "unweighted_low",
        ("Tỷ số không trọng số, giới hạn dưới 95 %", "Unweighted ratio, lower 95 % limit"),
        |of| Some(of.unweighted?.low),
    ),
    number(
        "unweighted_high",
        ("Tỷ số không trọng số, giới hạn trên 95 %", "Unweighted ratio, upper 95 % limit"),
        |of| Some(of.unweighted?.high),
    ),
    number("score", ("Điểm có trọng số S", "Weighted score S"), |of| Some(of.found?.rating?.score)),
    number("expected_score", ("Điểm kỳ vọng S_E", "Expected score S_E"), |of| {
        Some(of.found?.rating?.expected_score)
    }),
    number("raw_ratio", ("Tỷ số thô S/S_E", "Raw ratio S/S_E"), |of| of.found?.rating?.ratio),
    number("dispersion", ("Hệ số phân tán φ", "Dispersion φ"), |of| of.found?.dispersion),
    number("effective_count", ("Số vụ hiệu dụng S/φ", "Effective count S/φ"), |of| {
        Some(of.found?.rating?.effective_count)
    }),
    number("effective_expected", ("Kỳ vọng hiệu dụng S_E/φ", "Effective expectation S_E/φ"), |of| {
        Some(of.found?.rating?.effective_expected)
    }),
    number("prior_mean", ("Trung bình tiên nghiệm b", "Prior mean b"), |of| Some(of.found?.prior_mean)),
    number("prior_variance", ("Phương sai tiên nghiệm a", "Prior variance a"), |of| {
        Some(of.found?.prior_variance)
    }),
    number("posterior_shape", ("Hậu nghiệm gamma, tham số hình dạng", "Gamma posterior, shape"), |of| {
        Some(of.gamma?.0)
    }),
    number("posterior_rate", ("Hậu nghiệm gamma, tham số tốc độ", "Gamma posterior, rate"), |of| {
        Some(of.gamma?.1)
    }),
    number("ratio", ("Tỷ số nguy cơ, trung vị", "Relative risk, median"), |of| of.row.ratio),
    number("ratio_low", ("Tỷ số nguy cơ, đầu dưới", "Relative risk, lower end"), |of| of.row.ratio_low),
    number("ratio_high", ("Tỷ số nguy cơ, đầu trên", "Relative risk, upper end"), |of| of.row.ratio_high),
    number("interval", ("Xác suất trong khoảng", "Probability inside the interval"), |of| Some(of.grade.interval)),
    number("prob_above_1", ("Xác suất cao hơn mức chung", "Probability of lying above the province"), |of| {
        of.row.prob_above_1
    }),
    number("reliability", ("Độ tin cậy", "Reliability"), |of| of.row.reliability),
    number("min_reliability", ("Độ tin cậy tối thiểu", "Least reliability"), |of| {
        Some(of.grade.min_reliability)
    }),
    number("band_a", ("Cận trên của A", "Upper bound of A"), |of| Some(of.grade.bands[0])),
    number("band_b", ("Cận trên của B", "Upper bound of B"), |of| Some(of.grade.bands[1])),
    number("band_c", ("Cận trên của C", "Upper bound of C"), |of| Some(of.grade.bands[2])),
    number("band_d", ("Cận trên của D", "Upper bound of D"), |of| Some(of.grade.bands[3])),
];

struct ClassNumber {
    item: Item,
    format: CellFormat,
    value: fn(&ExplainedClass) -> Option<f64>,
}

const fn of_class(item: Item, format: CellFormat, value: fn(&ExplainedClass) -> Option<f64>) -> ClassNumber {
    ClassNumber { item, format, value }
}

const CLASS_NUMBERS: [ClassNumber; 7] = [
    of_class(("weight", "Trọng số", "Weight"), CellFormat::Decimal(1), |class| Some(class.weight)),
    of_class(
        ("exposure_value", "Mẫu số (người-năm hoặc km-năm)", "Exposure (person-years or km-years)"),
        CellFormat::Decimal(1),
        |class| class.exposure.value,
    ),
    of_class(
        ("rate_per_person_year", "Tỷ suất chung (mỗi người-năm)", "Common rate (per person-year)"),
        CellFormat::Decimal(8),
        |class| rate_in(ExposureUnit::PersonYears, class),
    ),
    of_class(
        ("rate_per_km_year", "Tỷ suất chung (mỗi km-năm)", "Common rate (per km-year)"),
        CellFormat::Decimal(8),
        |class| rate_in(ExposureUnit::KmYears, class),
    ),
    of_class(("class_observed", "Số vụ ghi nhận", "Observed"), CellFormat::Count, |class| class.observed),
    of_class(("class_expected", "Số vụ kỳ vọng", "Expected"), CellFormat::Decimal(2), |class| class.expected),
    of_class(
        ("contribution", "Đóng góp vào tỷ số trừ 1", "Part of the ratio less 1"),
        CellFormat::Decimal(3),
        |class| class.contribution,
    ),
];

/// The common rate of a class that is measured in a unit.
fn rate_in(unit: ExposureUnit, class: &ExplainedClass) -> Option<f64> {
    (class.exposure.kind.unit() == unit).then_some(class.rate)
}

fn class_lines<'a>(basis: &'a ExportContext<'_>, found: &'a Explanation) -> impl Iterator<Item = Vec<TableCell>> + 'a {
    found.classes.iter().flat_map(move |class| {
        let [component, severity] = class_names(basis, class);
        CLASS_NUMBERS.iter().map(move |number| {
            let value = TableCell::real((number.value)(class));
            vec![word(number.item), component.clone(), severity.clone(), value, TableCell::Absent]
        })
    })
}

/// One row per rated class; none where the role sees no classes.
fn classes(basis: &ExportContext<'_>, found: Option<&Explanation>) -> Option<ExportTable> {
    let found = found?;
    let named = [("component", "Thành phần", "Component"), ("severity", "Mức độ", "Severity")];
    let named = named.map(|(name, vi, en)| Column::new(name, (vi, en), CellFormat::Text));
    let numbers = CLASS_NUMBERS.iter().map(|number| {
        let (name, vi, en) = number.item;
        Column::new(name, (vi, en), number.format)
    });
    let row = |class: &ExplainedClass| {
        let numbers = CLASS_NUMBERS.iter().map(|number| TableCell::real((number.value)(class)));
        class_names(basis, class).into_iter().chain(numbers).collect()
    };
    Some(ExportTable {
        title: names("Thành phần", "Classes"),
        columns: named.into_iter().chain(numbers).collect(),
        rows: found.classes.iter().map(row).collect(),
    })
}

fn class_names(basis: &ExportContext<'_>, class: &ExplainedClass) -> [TableCell; 2] {
    let component = basis.scheme().components.get(class.component);
    let component = component.map_or(TableCell::Absent, |component| TableCell::Word {
        code: component.id.clone(),
        names: component.names.clone(),
    });
    let severity = basis.snapshot.taxonomy.severities.get(class.severity.index());
    let severity = severity.map_or(TableCell::Absent, |severity| TableCell::Word {
        code: severity.id.clone(),
        names: names(severity.vi.as_str(), severity.en.as_str()),
    });
    [component, severity]
}

fn word((code, vi, en): Item) -> TableCell {
    TableCell::Word { code: code.to_owned(), names: names(vi, en) }
}

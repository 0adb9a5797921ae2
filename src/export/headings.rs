//! The headings and formats of the columns that come from the table of attributes.
//!
//! In: an attribute of the map. Out: a column, in both languages and with its unit. An attribute that has no entry here
//! keeps its name and its English meaning, so that nothing is left out of a table; a test requires the entry.

use super::cell::{CellFormat, Column};
use crate::tile::layers::Attribute;

type Heading = (&'static str, &'static str, &'static str, CellFormat);

const HEADINGS: &[Heading] = &[
    ("code", "Mã", "Code", CellFormat::Text),
    ("name", "Tên", "Name", CellFormat::Text),
    ("level", "Cấp", "Level", CellFormat::Text),
    ("parent", "Mã đơn vị cấp trên", "Code of the wider area", CellFormat::Text),
    ("population", "Số dân", "Residents", CellFormat::Count),
    ("area_km2", "Diện tích (km²)", "Area (km²)", CellFormat::Decimal(2)),
    ("incidents", "Số vụ", "Incidents", CellFormat::Count),
    ("rate", "Tỷ suất (trên 100.000 người-năm)", "Rate (per 100,000 person-years)", CellFormat::Decimal(1)),
    (
        "rate_smoothed",
        "Tỷ suất làm trơn (trên 100.000 người-năm)",
        "Smoothed rate (per 100,000 person-years)",
        CellFormat::Decimal(1),
    ),
    ("rate_low", "Tỷ suất, giới hạn dưới 95 %", "Rate, lower 95 % limit", CellFormat::Decimal(1)),
    ("rate_high", "Tỷ suất, giới hạn trên 95 %", "Rate, upper 95 % limit", CellFormat::Decimal(1)),
    ("ratio", "Tỷ số nguy cơ so với tỉnh", "Relative risk against the province", CellFormat::Decimal(2)),
    ("ratio_low", "Tỷ số, đầu dưới của khoảng", "Relative risk, lower end", CellFormat::Decimal(2)),
    ("ratio_high", "Tỷ số, đầu trên của khoảng", "Relative risk, upper end", CellFormat::Decimal(2)),
    ("grade", "Xếp loại", "Grade", CellFormat::Text),
    ("grade_best", "Xếp loại tốt nhất có thể", "Best likely grade", CellFormat::Text),
    ("grade_worst", "Xếp loại kém nhất có thể", "Worst likely grade", CellFormat::Text),
    ("reliability", "Độ tin cậy", "Reliability", CellFormat::Share),
    ("statutory", "Công nhận theo quy định", "Official decision", CellFormat::Text),
    ("models", "Mô hình đang hoạt động", "Active community models", CellFormat::Count),
    ("model_density", "Mô hình trên 10.000 dân", "Models per 10,000 residents", CellFormat::Decimal(2)),
    ("model_density_km2", "Mô hình trên km²", "Models per km²", CellFormat::Decimal(2)),
    ("model_density_residential", "Mô hình trên mỗi khu dân cư", "Models per residential area", CellFormat::Decimal(2)),
    ("residential_served", "Tỷ lệ khu dân cư có mô hình", "Share of residential areas with a model", CellFormat::Share),
    ("model_coverage", "Tỷ lệ dân trong tầm mô hình", "Share of residents within reach of a model", CellFormat::Share),
    ("difference", "So với mức chung", "GroupComparison the common level", CellFormat::Text),
    ("trend", "Xu hướng so với kỳ trước", "Trend against the window before", CellFormat::Text),
    ("hot_spot", "Điểm nóng", "Hot spot", CellFormat::Text),
    ("peer_group", "Nhóm cùng địa bàn", "Peer group", CellFormat::Text),
    ("statutory_check", "Đối chiếu với quyết định", "Our check against the decision", CellFormat::Text),
    ("movement_grade", "Phân loại phong trào", "Grade of the movement", CellFormat::Text),
    ("certified_share", "Tỷ lệ khu dân cư được công nhận", "Share of residential areas recognised", CellFormat::Share),
];

/// The column of an attribute.
pub(super) fn column(attribute: &Attribute) -> Column {
    let known = HEADINGS.iter().find(|(name, ..)| *name == attribute.name);
    let format = if attribute.kind == "Number" { CellFormat::Decimal(2) } else { CellFormat::Text };
    let (_, vi, en, format) =
        known.copied().unwrap_or((attribute.name, attribute.description, attribute.description, format));
    Column::new(attribute.name, (vi, en), format)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tile::layers::AREA_ATTRIBUTES;

    #[test]
    fn every_attribute_has_a_heading_in_both_languages() {
        for attribute in AREA_ATTRIBUTES {
            let column = column(attribute);
            assert_eq!(column.name, attribute.name);
            assert_ne!(column.heading.vi, attribute.description, "give {} a line in HEADINGS", attribute.name);
        }
    }

    #[test]
    fn every_heading_belongs_to_an_attribute() {
        for (name, ..) in HEADINGS {
            assert!(AREA_ATTRIBUTES.iter().any(|attribute| attribute.name == *name), "{name}");
        }
    }
}

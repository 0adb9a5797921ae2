//! The headings and formats of the columns that come from the table of attributes.
//!
//! In: an attribute of the map. Out: a column, in both languages and with its unit. An attribute that has no entry here
//! keeps its name and its English meaning, so that nothing is left out of a table; a test asks for the entry.

use super::cell::{Column, Format};
use crate::tile::layers::Attribute;

type Heading = (&'static str, &'static str, &'static str, Format);

const HEADINGS: &[Heading] = &[
    ("code", "Mã", "Code", Format::Text),
    ("name", "Tên", "Name", Format::Text),
    ("level", "Cấp", "Level", Format::Text),
    ("parent", "Mã đơn vị cấp trên", "Code of the wider area", Format::Text),
    ("population", "Số dân", "Residents", Format::Count),
    ("area_km2", "Diện tích (km²)", "Area (km²)", Format::Decimal(2)),
    ("incidents", "Số vụ", "Incidents", Format::Count),
    ("rate", "Tỷ suất (trên 100.000 người-năm)", "Rate (per 100,000 person-years)", Format::Decimal(1)),
    (
        "rate_smoothed",
        "Tỷ suất làm trơn (trên 100.000 người-năm)",
        "Smoothed rate (per 100,000 person-years)",
        Format::Decimal(1),
    ),
    ("rate_low", "Tỷ suất, giới hạn dưới 95 %", "Rate, lower 95 % limit", Format::Decimal(1)),
    ("rate_high", "Tỷ suất, giới hạn trên 95 %", "Rate, upper 95 % limit", Format::Decimal(1)),
    ("ratio", "Tỷ số nguy cơ so với tỉnh", "Relative risk against the province", Format::Decimal(2)),
    ("ratio_low", "Tỷ số, đầu dưới của khoảng", "Relative risk, lower end", Format::Decimal(2)),
    ("ratio_high", "Tỷ số, đầu trên của khoảng", "Relative risk, upper end", Format::Decimal(2)),
    ("grade", "Xếp loại", "Grade", Format::Text),
    ("grade_best", "Xếp loại tốt nhất có thể", "Best likely grade", Format::Text),
    ("grade_worst", "Xếp loại kém nhất có thể", "Worst likely grade", Format::Text),
    ("reliability", "Độ tin cậy", "Reliability", Format::Share),
    ("statutory", "Công nhận theo quy định", "Official decision", Format::Text),
    ("models", "Mô hình đang hoạt động", "Active community models", Format::Count),
    ("model_density", "Mô hình trên 10.000 dân", "Models per 10,000 residents", Format::Decimal(2)),
    ("model_density_km2", "Mô hình trên km²", "Models per km²", Format::Decimal(2)),
    ("model_density_residential", "Mô hình trên mỗi khu dân cư", "Models per residential area", Format::Decimal(2)),
    ("residential_served", "Tỷ lệ khu dân cư có mô hình", "Share of residential areas with a model", Format::Share),
    ("model_coverage", "Tỷ lệ dân trong tầm mô hình", "Share of residents within reach of a model", Format::Share),
    ("difference", "So với mức chung", "Against the common level", Format::Text),
    ("trend", "Xu hướng so với kỳ trước", "Trend against the window before", Format::Text),
    ("hot_spot", "Điểm nóng", "Hot spot", Format::Text),
    ("peer_group", "Nhóm cùng địa bàn", "Peer group", Format::Text),
    ("statutory_check", "Đối chiếu với quyết định", "Our check against the decision", Format::Text),
    ("movement_grade", "Phân loại phong trào", "Grade of the movement", Format::Text),
    ("certified_share", "Tỷ lệ khu dân cư được công nhận", "Share of residential areas recognised", Format::Share),
];

/// The column of an attribute.
pub(super) fn column(attribute: &Attribute) -> Column {
    let known = HEADINGS.iter().find(|(name, ..)| *name == attribute.name);
    let format = if attribute.kind == "Number" { Format::Decimal(2) } else { Format::Text };
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

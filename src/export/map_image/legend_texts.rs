//! Every word of an image that is not a name, in both languages.
//!
//! They match the messages of the page (`web/src/i18n`). In: a theme, an attribute, a code. Out: their texts in both
//! languages.

use crate::attributes::{AREA_ATTRIBUTES, ValueFormat};
use crate::domain::area::Level;
use crate::domain::text::Language;

/// A text in Vietnamese and in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LegendTexts(pub(super) &'static str, pub(super) &'static str);

impl LegendTexts {
    /// The text in a language.
    pub(super) fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Vietnamese => self.0,
            Language::English => self.1,
        }
    }
}

/// The texts of a theme.
#[derive(Debug, Clone, Copy)]
pub(super) struct ThemeTexts {
    theme: &'static str,
    /// What the image shows.
    pub(super) title: LegendTexts,
    /// What the colours mean, with the denominator.
    pub(super) what: LegendTexts,
}

const THEMES: [ThemeTexts; 9] = [
    ThemeTexts {
        theme: "grade",
        title: LegendTexts("Xếp loại an ninh, trật tự", "Safety grades"),
        what: LegendTexts(
            "Xếp loại A–E: tỷ suất vụ việc theo dân số, có trọng số mức độ và đã làm trơn, so với mức chung của tỉnh.",
            "Grades A–E: incidents per resident, weighted by severity and smoothed, against the rate of the whole province.",
        ),
    },
    ThemeTexts {
        theme: "statutory",
        title: LegendTexts("Đạt tiêu chuẩn “An toàn về an ninh, trật tự”", "The standard “Safe in security and order”"),
        what: LegendTexts(
            "Đạt tiêu chuẩn “An toàn về an ninh, trật tự” theo quyết định công nhận.",
            "The standard “Safe in security and order”, by the official decision.",
        ),
    },
    ThemeTexts {
        theme: "rate",
        title: LegendTexts("Tỷ suất vụ việc", "Incident rate"),
        what: LegendTexts(
            "Tỷ suất đã làm trơn: số vụ việc trên 100.000 người-năm.",
            "Smoothed rate: incidents per 100,000 person-years.",
        ),
    },
    ThemeTexts {
        theme: "count",
        title: LegendTexts("Số vụ việc", "Number of incidents"),
        what: LegendTexts(
            "Số vụ việc đã định vị; diện tích hình tròn tỷ lệ với số vụ.",
            "Located incidents; the area of a circle is proportional to their number.",
        ),
    },
    ThemeTexts {
        theme: "density",
        title: LegendTexts("Mật độ mô hình an ninh", "Density of community models"),
        what: LegendTexts(
            "Mật độ mô hình: số mô hình đang hoạt động trên 10.000 dân.",
            "Model density: active community models per 10,000 residents.",
        ),
    },
    ThemeTexts {
        theme: "coverage",
        title: LegendTexts("Dân trong tầm hoạt động của mô hình", "Residents within reach of a community model"),
        what: LegendTexts(
            "Độ phủ mô hình: phần dân cư trong tầm hoạt động của ít nhất một mô hình.",
            "Model coverage: the share of residents within reach of at least one community model.",
        ),
    },
    ThemeTexts {
        theme: "certified",
        title: LegendTexts("Khu dân cư được công nhận an toàn", "Residential areas recognised as safe"),
        what: LegendTexts(
            "Phần khu dân cư được công nhận “An toàn về an ninh, trật tự”.",
            "Share of residential areas recognised as “Safe in security and order”.",
        ),
    },
    ThemeTexts {
        theme: "movement",
        title: LegendTexts(
            "Phân loại phong trào Toàn dân bảo vệ an ninh Tổ quốc",
            "Grade of the movement “All people protect national security”",
        ),
        what: LegendTexts(
            "Phân loại phong trào “Toàn dân bảo vệ an ninh Tổ quốc” của xã, phường, theo quyết định hằng năm.",
            "Grade of the movement “All people protect national security” of a commune or ward, by the yearly decision.",
        ),
    },
    ThemeTexts {
        theme: "hot_spot",
        title: LegendTexts("Cụm khu vực cao, thấp hơn mức chung", "Clusters above and below the common level"),
        what: LegendTexts(
            "Cụm khu vực liền kề có tỷ suất cùng cao hơn (điểm nóng) hoặc cùng thấp hơn mức chung, rõ hơn ngẫu nhiên.",
            "Clusters of neighbouring areas whose rates are together above (hot spot) or together below the common level, beyond chance.",
        ),
    },
];

/// The texts of a theme; none where it has none.
pub(super) fn theme(id: &str) -> Option<&'static ThemeTexts> {
    THEMES.iter().find(|texts| texts.theme == id)
}

type Coded = (&'static str, &'static str, LegendTexts);

const CODES: [Coded; 18] = [
    ("statutory", "met", LegendTexts("Đạt", "Met")),
    ("statutory", "not_met", LegendTexts("Chưa đạt", "Not met")),
    ("statutory", "insufficient", LegendTexts("Chưa đủ căn cứ", "Not enough evidence")),
    ("grade", "insufficient", INSUFFICIENT),
    ("grade", "suppressed", SUPPRESSED),
    ("grade", "none", LegendTexts("Chưa có số dân", "No population")),
    ("movement_grade", "excellent", LegendTexts("Xuất sắc", "Excellent")),
    ("movement_grade", "good", LegendTexts("Khá", "Good")),
    ("movement_grade", "average", LegendTexts("Trung bình", "Average")),
    ("movement_grade", "weak", LegendTexts("Yếu", "Weak")),
    ("hot_spot", "hot", LegendTexts("Cụm cao hơn mức chung", "Cluster above the common level")),
    ("hot_spot", "cold", LegendTexts("Cụm thấp hơn mức chung", "Cluster below the common level")),
    ("hot_spot", "none", LegendTexts("Không thuộc cụm rõ rệt", "In no clear cluster")),
    ("trend", "up", LegendTexts("Tăng rõ", "Clearly up")),
    ("trend", "down", LegendTexts("Giảm rõ", "Clearly down")),
    ("trend", "equal", LegendTexts("Không khác biệt rõ", "Not clearly different")),
    ("statutory_check", "agrees", LegendTexts("Khớp với quyết định", "Agrees with the decision")),
    ("statutory_check", "disagrees", LegendTexts("Khác với quyết định", "Differs from the decision")),
];

/// The word for the code of an attribute; none where there is none.
pub(super) fn code(attribute: &str, code: &str) -> Option<LegendTexts> {
    CODES.iter().find(|(of, known, _)| *of == attribute && *known == code).map(|(.., texts)| *texts)
}

/// How the values of an attribute are written.
pub(super) fn format(attribute: &str) -> ValueFormat {
    let row = AREA_ATTRIBUTES.iter().find(|row| row.name == attribute);
    row.map_or(ValueFormat::Decimal, |row| row.format)
}

/// A count of areas of a level.
pub(super) fn areas(level: Level) -> LegendTexts {
    match level {
        Level::Commune => LegendTexts("xã, phường", "communes and wards"),
        Level::District => LegendTexts("huyện", "districts"),
        Level::Province => LegendTexts("tỉnh", "province"),
    }
}

pub(super) const INSUFFICIENT: LegendTexts = LegendTexts("Chưa đủ số liệu", "Not enough data");
pub(super) const SUPPRESSED: LegendTexts = LegendTexts("Không công bố (số nhỏ)", "Not published (small number)");
pub(super) const NO_DATA: LegendTexts = LegendTexts("Không có số liệu", "No data");
pub(super) const EMPTY: LegendTexts =
    LegendTexts("Lớp này chưa có số liệu để hiện ở đây.", "There is nothing to show in this layer here.");
pub(super) const UNSURE: LegendTexts =
    LegendTexts("Số liệu ít tin cậy (dưới {value})", "Less reliable data (below {value})");
pub(super) const DISAGREES: LegendTexts =
    LegendTexts("Viền đậm: tự kiểm tra khác với quyết định", "Bold ring: our check differs from the decision");
pub(super) const TIMES: LegendTexts = LegendTexts("Số lần mức chung của tỉnh", "Times the rate of the province");
pub(super) const GREYER: LegendTexts =
    LegendTexts("Càng xám, số liệu càng ít tin cậy.", "The greyer, the less reliable.");
pub(super) const SAMPLE: LegendTexts = LegendTexts("Dữ liệu minh hoạ", "Sample data");
pub(super) const INTERNAL: LegendTexts = LegendTexts("Nội bộ, không công bố", "Internal, not for publication");
pub(super) const FREE_PERIOD: LegendTexts = LegendTexts("Kỳ tự chọn", "A free period");
pub(super) const GRADE: LegendTexts = LegendTexts("xếp loại", "grade");
pub(super) const FROM: LegendTexts = LegendTexts("có thể từ", "possibly");
pub(super) const UP_TO: LegendTexts = LegendTexts("đến", "to");
pub(super) const SOURCE: LegendTexts = LegendTexts("Nguồn", "Source");
pub(super) const SOURCE_SAMPLE: LegendTexts =
    LegendTexts("Bình Yên – dữ liệu minh hoạ, không phải số liệu thật", "Bình Yên – made-up sample, not real data");
pub(super) const SOURCE_REAL: LegendTexts = LegendTexts("Bình Yên", "Bình Yên");
pub(super) const BASE_MAP: LegendTexts = LegendTexts("nền bản đồ", "base map");
pub(super) const BOUNDARIES: LegendTexts = LegendTexts("Địa giới", "Boundaries");
pub(super) const RULES: LegendTexts = LegendTexts("Bộ quy tắc", "Rule file");
pub(super) const COUNTED: LegendTexts = LegendTexts("Chỉ tính", "Counted only");
pub(super) const SEVERITY_FROM: LegendTexts = LegendTexts("mức độ từ", "severity from");

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;
    use crate::export::map_image::style::steps;
    use crate::export::map_image::style::{Style, style_ids, themes};

    #[test]
    fn every_theme_of_every_style_has_words() {
        for style in style_ids() {
            for id in themes(&style) {
                assert!(theme(&id).is_some(), "{style}: give {id} its words");
            }
        }
    }

    #[test]
    fn every_code_that_a_style_colours_has_a_word() {
        for id in style_ids() {
            let style = Style::named(&id).unwrap();
            for theme in themes(&id) {
                let colour = &style.fill_layer(&theme).unwrap().paint["fill-color"];
                let Some(attribute) = steps::property(colour) else { continue };
                let labels = steps::labels(colour).into_iter().filter_map(serde_json::Value::as_str);
                for label in labels.filter(|label| label.len() > 1) {
                    assert!(code(attribute, label).is_some(), "{id}, {theme}: give {attribute}={label} a word");
                }
            }
        }
    }

    /// The messages of the page in a language.
    fn messages(language: &str) -> BTreeMap<String, String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/src/i18n").join(language);
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        files
            .flat_map(|path| {
                let text = std::fs::read_to_string(path).unwrap();
                serde_json::from_str::<BTreeMap<String, String>>(&text).unwrap()
            })
            .collect()
    }

    #[test]
    fn legends_of_pictures_and_of_the_page_say_the_same() {
        let (vi, en) = (messages("vi"), messages("en"));
        let same = |key: &str, texts: LegendTexts| {
            assert_eq!(
                (vi.get(key).map(String::as_str), en.get(key).map(String::as_str)),
                (Some(texts.0), Some(texts.1)),
                "{key}"
            );
        };
        for texts in THEMES {
            same(&format!("legend.{}.what", texts.theme), texts.what);
        }
        for (key, texts) in [
            ("legend.insufficient", INSUFFICIENT),
            ("legend.suppressed", SUPPRESSED),
            ("legend.none", NO_DATA),
            ("legend.empty", EMPTY),
            ("legend.unsure", UNSURE),
            ("legend.disagrees", DISAGREES),
            ("legend.reliability.hint", GREYER),
            ("sample", SAMPLE),
        ] {
            same(key, texts);
        }
        for (attribute, code, texts) in CODES {
            let page = match attribute {
                "statutory" => format!("statutory.{code}"),
                "movement_grade" => format!("movement.{code}"),
                "hot_spot" => format!("hot_spot.{code}"),
                _ => continue,
            };
            same(&page, texts);
        }
    }

    #[test]
    fn codes_belong_to_attributes_and_both_languages_are_there() {
        for (attribute, code, texts) in CODES {
            assert!(AREA_ATTRIBUTES.iter().any(|known| known.name == attribute), "{attribute}");
            assert!(!texts.0.is_empty() && !texts.1.is_empty(), "{code}");
        }
        assert_eq!(code("grade", "Z"), None);
    }
}

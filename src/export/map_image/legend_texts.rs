//! Which text of the catalogue an image uses for a theme, a code or a row of its legend.
//!
//! In: a theme, an attribute, a code. Out: the id of a text. What the page says too reads the same there
//! (`web/src/i18n`); a test compares them.

use crate::attributes::{AREA_ATTRIBUTES, ValueFormat};
use crate::domain::area::Level;
use crate::domain::role::Role;
use crate::domain::text::{Language, Names};
use crate::export::map_image::drawing::decimals::value_text;
use crate::texts::{TextId, text, text_id};

/// The texts of a theme.
#[derive(Debug, Clone, Copy)]
pub(super) struct ThemeTexts {
    theme: &'static str,
    /// What the image shows.
    pub(super) title: TextId,
    /// What the colours mean, with the denominator.
    what: TextId,
}

/// The theme whose areas are asked for beside the numbers.
pub(super) const CLUSTERS: &str = "clusters";
/// What lies in no cluster.
pub(super) const OUTSIDE_CLUSTERS: TextId = text_id!("legend-outside-clusters");

const THEMES: [ThemeTexts; 8] = [
    ThemeTexts { theme: "grade", title: text_id!("theme-grade-title"), what: text_id!("theme-grade") },
    ThemeTexts { theme: "statutory", title: text_id!("theme-statutory-title"), what: text_id!("theme-statutory") },
    ThemeTexts { theme: "rate", title: text_id!("theme-rate-title"), what: text_id!("theme-rate") },
    ThemeTexts { theme: "count", title: text_id!("theme-count-title"), what: text_id!("theme-count") },
    ThemeTexts { theme: "density", title: text_id!("theme-density-title"), what: text_id!("theme-density") },
    ThemeTexts { theme: "certified", title: text_id!("theme-certified-title"), what: text_id!("theme-certified") },
    ThemeTexts { theme: "movement", title: text_id!("theme-movement-title"), what: text_id!("theme-movement") },
    ThemeTexts { theme: CLUSTERS, title: text_id!("theme-clusters-title"), what: text_id!("theme-clusters") },
];

/// What the grades mean to the public, for which every incident counts the same.
const GRADE_PUBLIC: TextId = text_id!("theme-grade-public");

impl ThemeTexts {
    /// What the colours mean to a reader.
    pub(super) fn what(&self, role: Role) -> TextId {
        if self.theme == "grade" && !role.sees_small_counts() { GRADE_PUBLIC } else { self.what }
    }
}

/// The texts of a theme; none where it has none.
pub(super) fn theme(id: &str) -> Option<&'static ThemeTexts> {
    THEMES.iter().find(|texts| texts.theme == id)
}

/// An attribute, one of its codes, and the word for it.
type CodedText = (&'static str, &'static str, TextId);

const CODES: [CodedText; 15] = [
    ("statutory", "met", text_id!("legend-statutory-met")),
    ("statutory", "not_met", text_id!("legend-statutory-not-met")),
    ("statutory", "insufficient", text_id!("legend-statutory-insufficient")),
    ("grade", "range", RANGE),
    ("grade", "insufficient", INSUFFICIENT),
    ("grade", "suppressed", SUPPRESSED),
    ("movement_grade", "excellent", text_id!("legend-movement-excellent")),
    ("movement_grade", "good", text_id!("legend-movement-good")),
    ("movement_grade", "average", text_id!("legend-movement-average")),
    ("movement_grade", "weak", text_id!("legend-movement-weak")),
    ("trend", "up", text_id!("legend-trend-up")),
    ("trend", "down", text_id!("legend-trend-down")),
    ("trend", "equal", text_id!("legend-trend-equal")),
    ("statutory_check", "agrees", text_id!("legend-check-agrees")),
    ("statutory_check", "disagrees", text_id!("legend-check-disagrees")),
];

/// The word for the code of an attribute; none where there is none.
pub(super) fn code(attribute: &str, code: &str) -> Option<TextId> {
    CODES.iter().find(|(of, known, _)| *of == attribute && *known == code).map(|(.., texts)| *texts)
}

/// The word for the code of an attribute in a language; the code itself where it is one for people.
pub(in crate::export) fn code_name(attribute: &str, value: &str, language: Language) -> String {
    code(attribute, value).map_or_else(|| value.to_owned(), |text| text.in_language(language))
}

/// What an area without a value is called.
pub(in crate::export) fn no_value(language: Language) -> String {
    NO_DATA.in_language(language)
}

/// A value of an attribute as legends write it.
pub(in crate::export) fn bound_text(attribute: &str, value: f64, language: Language) -> String {
    value_text(format(attribute), value, language)
}

/// Why an area has neither letter nor range, as answers say it, and the word for it.
const WITHOUT_GRADE: [(&str, TextId); 3] = [
    ("not_covered", text_id!("legend-not-covered")),
    ("no_population", text_id!("legend-no-population")),
    ("no_exposure", text_id!("legend-no-exposure")),
];

/// The word for why an area has neither letter nor range.
pub(super) fn without_grade(withheld: Option<&str>) -> TextId {
    let known = WITHOUT_GRADE.iter().find(|(reason, _)| withheld == Some(*reason));
    known.map_or(NO_DATA, |(_, texts)| *texts)
}

/// How the values of an attribute are written.
pub(super) fn format(attribute: &str) -> ValueFormat {
    let row = AREA_ATTRIBUTES.iter().find(|row| row.name == attribute);
    row.map_or(ValueFormat::Decimal, |row| row.format)
}

/// The row of what is less reliable than a least value.
pub(super) fn unsure(least: &str) -> Names {
    text!("legend-unsure", value = least)
}

/// What "B–C" on an area means.
pub(super) fn range() -> Names {
    text!("legend-range-note", words = RANGE.names())
}

/// A count of the areas of a level; none of a province, which is alone.
pub(super) fn areas(level: Level, count: usize) -> Option<Names> {
    match level {
        Level::Commune => Some(text!("image-communes", count = count)),
        Level::District => Some(text!("image-districts", count = count)),
        Level::Province => None,
    }
}

pub(super) const UNCLEAR: TextId = text_id!("legend-unclear");
pub(super) const RANGE: TextId = text_id!("legend-range");
pub(super) const INSUFFICIENT: TextId = text_id!("legend-insufficient");
pub(super) const SUPPRESSED: TextId = text_id!("legend-suppressed");
pub(super) const NO_DATA: TextId = text_id!("legend-no-data");
pub(super) const EMPTY: TextId = text_id!("legend-empty");
pub(super) const DISAGREES: TextId = text_id!("legend-disagrees");
pub(super) const TIMES: TextId = text_id!("legend-times");
pub(super) const GREYER: TextId = text_id!("legend-greyer");
pub(super) const SAMPLE: TextId = text_id!("image-sample");

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
        let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap().into_path());
        files
            .filter(|path| path.is_file())
            .flat_map(|path| {
                let text = std::fs::read_to_string(path).unwrap();
                serde_json::from_str::<BTreeMap<String, String>>(&text).unwrap()
            })
            .collect()
    }

    #[test]
    fn legends_of_pictures_and_of_the_page_say_the_same() {
        let (vi, en) = (messages("vi"), messages("en"));
        let same = |key: &str, names: Names| {
            assert_eq!((vi.get(key), en.get(key)), (Some(&names.vi), Some(&names.en)), "{key}");
        };
        for texts in THEMES {
            same(&format!("legend.{}.what", texts.theme), texts.what.names());
        }
        for (key, texts) in [
            ("legend.grade.what.public", GRADE_PUBLIC),
            ("legend.unclear", UNCLEAR),
            ("legend.range", RANGE),
            ("legend.insufficient", INSUFFICIENT),
            ("legend.suppressed", SUPPRESSED),
            ("legend.none", NO_DATA),
            ("legend.empty", EMPTY),
            ("legend.disagrees", DISAGREES),
            ("legend.reliability.hint", GREYER),
            ("sample", SAMPLE),
            ("clusters.outside", OUTSIDE_CLUSTERS),
        ] {
            same(key, texts.names());
        }
        same("legend.unsure", unsure("{value}"));
        for (reason, texts) in WITHOUT_GRADE {
            same(&format!("legend.none.{reason}"), texts.names());
        }
        for (attribute, code, texts) in CODES {
            let page = match attribute {
                "statutory" => format!("statutory.{code}"),
                "movement_grade" => format!("movement.{code}"),
                _ => continue,
            };
            same(&page, texts.names());
        }
    }

    #[test]
    fn codes_belong_to_attributes() {
        for (attribute, ..) in CODES {
            assert!(AREA_ATTRIBUTES.iter().any(|known| known.name == attribute), "{attribute}");
        }
        assert_eq!(code("grade", "Z"), None);
    }
}

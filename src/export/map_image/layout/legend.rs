//! The legend: what the colours of a theme mean.
//!
//! In: a [`LegendContext`]. Out: its pieces, one under the other. The classes are read from the adapted style, the
//! bands of grades from the scheme, the texts from one table.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::key::{ColumnBreak, GRADES, LegendContext, LegendItem, LegendPriority, properties, text};
use crate::attributes::ValueFormat;
use crate::domain::text::Language;
use crate::export::map_image::drawing::decimals::value_text;
use crate::export::map_image::error::MapImageError;
use crate::export::map_image::figures;
use crate::export::map_image::legend_texts;
use crate::export::map_image::style::LayerKind;
use crate::export::map_image::style::expression::{ExpressionValue, Properties};
use crate::export::map_image::style::{steps, written};
use crate::service::answers::clusters::ClustersAnswer;
use crate::service::answers::comparison::Clarity;

/// Where the fan stands in a small legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::export::map_image) enum FanPlace {
    /// To the left of what has no letter.
    Left,
    /// Above it.
    Above,
}

impl LegendContext<'_, '_> {
    /// The pieces of the legend, one under the other.
    pub(in crate::export::map_image) fn pieces(&self) -> Result<Vec<LegendItem>, MapImageError> {
        let mut pieces = Vec::new();
        if let Some(theme) = legend_texts::theme(&self.scene.options.theme) {
            pieces.push(
                self.note(&theme.what(self.scene.basis.role).in_language(self.language()), LegendPriority::Useful),
            );
        }
        pieces.extend(self.colours()?);
        Ok(pieces)
    }

    /// The legend of grades where there is no room for a row for each letter: the fan, which is never left out, and
    /// what has no letter. None where the theme has no fan.
    pub(in crate::export::map_image) fn around_fan(
        &self,
        place: FanPlace,
    ) -> Result<Option<Vec<LegendItem>>, MapImageError> {
        let (colour, language) = (self.fill_colour(), self.language());
        let is_graded = self.scene.clusters.is_none()
            && steps::property(colour) == Some("grade")
            && self.scene.areas.iter().any(|area| area.properties.contains_key("grade"));
        let fan = if is_graded { figures::fan(self, &steps::bounds(colour))? } else { Vec::new() };
        let Some(figure) = fan.into_iter().next() else { return Ok(None) };
        let greyer = |key: &Self| key.note(&legend_texts::GREYER.in_language(language), LegendPriority::Useful);
        Ok(Some(match place {
            FanPlace::Left => {
                let beside = Self { width: self.width - figures::FAN_WIDTH_PX, ..*self };
                let mut rows = beside.without_letter()?;
                rows.push(greyer(&beside));
                vec![figures::beside_fan(&figure, &rows), self.note(&self.bands_in_a_line(), LegendPriority::Useful)]
            }
            FanPlace::Above => {
                let useful = |row| LegendItem { need: LegendPriority::Useful, ..row };
                // What is not near the common level is said first: the last goes where room is short.
                let mut rows: Vec<LegendItem> = self.without_letter()?.into_iter().map(useful).collect();
                rows.rotate_left(1);
                let figure = LegendItem { need: LegendPriority::Needed, ..figure };
                std::iter::once(figure).chain(rows).chain([greyer(self)]).collect()
            }
        }))
    }

    /// "Số lần mức chung: A ≤ 0,5 · B 0,5–0,8 · …"
    fn bands_in_a_line(&self) -> String {
        let language = self.language();
        let bands = band_texts(&<[f64; 4]>::from(self.scene.basis.scheme.grade.bands), language);
        let bands: Vec<String> =
            GRADES.iter().zip(bands).map(|(letter, band)| format!("{letter} {band}").replace(' ', "\u{a0}")).collect();
        format!("{}: {}", legend_texts::TIMES.in_language(language), bands.join(" · "))
    }

    fn fill_colour(&self) -> &Json {
        self.scene.fill_layer().map_or(&Json::Null, |layer| &layer.paint["fill-color"])
    }

    fn colours(&self) -> Result<Vec<LegendItem>, MapImageError> {
        let colour = self.fill_colour();
        let of_theme = |kind: LayerKind| {
            self.scene
                .layers
                .iter()
                .find(|layer| layer.kind == kind && layer.themes.contains(&self.scene.options.theme))
        };
        if let Some(clusters) = self.scene.clusters {
            return self.clusters(clusters);
        }
        let attribute = steps::property(colour).unwrap_or("incidents");
        if !self.scene.areas.iter().any(|area| area.properties.contains_key(attribute)) {
            return Ok(vec![self.note(&legend_texts::EMPTY.in_language(self.language()), LegendPriority::Needed)]);
        }
        if attribute == "grade" {
            return self.grades(colour);
        }
        if let Some(circles) = of_theme(LayerKind::Circle) {
            return Ok(figures::circles(self, circles)?.into_iter().collect());
        }
        if steps::first(colour, "step").is_some() {
            return self.classes(attribute, &steps::bounds(colour));
        }
        self.codes(attribute, &steps::labels(colour))
    }

    /// What there is to say of clusters, and each with what it holds.
    fn clusters(&self, answer: &ClustersAnswer) -> Result<Vec<LegendItem>, MapImageError> {
        let language = self.language();
        let mut pieces = vec![self.note(answer.sentence.in_language(language), LegendPriority::Needed)];
        for cluster in &answer.clusters {
            let inside = properties([(written::CLUSTER, ExpressionValue::Number(cluster.number as f64))]);
            pieces.push(self.row(&inside, None, cluster.label.in_language(language))?);
        }
        if !answer.clusters.is_empty() {
            pieces.push(self.row(&Properties::new(), None, &legend_texts::OUTSIDE_CLUSTERS.in_language(language))?);
        }
        Ok(pieces)
    }

    /// The bands of the letters, how reliability greys them, and what has no letter.
    fn grades(&self, colour: &Json) -> Result<Vec<LegendItem>, MapImageError> {
        let language = self.language();
        let bands = band_texts(&<[f64; 4]>::from(self.scene.basis.scheme.grade.bands), language);
        let mut pieces = vec![self.note(&legend_texts::TIMES.in_language(language), LegendPriority::Useful)];
        for (letter, band) in GRADES.iter().zip(&bands) {
            let certain = [("grade", text(letter)), ("reliability", ExpressionValue::Number(1.0))];
            pieces.push(self.row(&properties(certain), Some(letter), band)?);
        }
        pieces.extend(self.without_letter()?);
        pieces.push(self.note(legend_texts::range().in_language(language), LegendPriority::Useful));
        pieces.extend(figures::fan(self, &steps::bounds(colour))?);
        Ok(pieces)
    }

    /// What has no letter: what lies near the common level, what is too little, what is hidden, what is not there.
    fn without_letter(&self) -> Result<Vec<LegendItem>, MapImageError> {
        let language = self.language();
        let unclear = properties([("grade", text("range")), ("difference", text(Clarity::Unclear.as_str()))]);
        let texts = legend_texts::UNCLEAR.in_language(language);
        let mut pieces = vec![LegendItem { tie: ColumnBreak::Free, ..self.row(&unclear, None, &texts)? }];
        for code in ["insufficient", "suppressed"] {
            let texts = code_text("grade", code, language);
            pieces.push(self.row(&properties([("grade", text(code))]), None, &texts)?);
        }
        pieces.extend(self.without_grade()?);
        Ok(pieces)
    }

    /// Why areas of the map have neither letter nor range, each reason once; none where all have one.
    fn without_grade(&self) -> Result<Option<LegendItem>, MapImageError> {
        let none = text("none");
        let without = self.scene.areas.iter().filter(|area| area.properties.get("grade") == Some(&none));
        let reasons: BTreeSet<Option<&str>> = without.map(|area| area.withheld).collect();
        if reasons.is_empty() {
            return Ok(None);
        }
        let words = reasons.into_iter().map(|reason| legend_texts::without_grade(reason).in_language(self.language()));
        let words = words.collect::<Vec<_>>().join(" · ");
        self.row(&properties([("grade", none)]), None, &words).map(Some)
    }

    fn classes(&self, attribute: &str, bounds: &[f64]) -> Result<Vec<LegendItem>, MapImageError> {
        let mut pieces = Vec::new();
        let sure = |value: f64| {
            properties([(attribute, ExpressionValue::Number(value)), ("reliability", ExpressionValue::Number(1.0))])
        };
        let within = std::iter::once(&0.0).chain(bounds);
        for (value, texts) in within.zip(class_texts(bounds, legend_texts::format(attribute), self.language())) {
            pieces.push(self.row(&sure(*value), None, &texts)?);
        }
        let middle = bounds.get(bounds.len() / 2).copied().unwrap_or_default();
        let unsure =
            properties([(attribute, ExpressionValue::Number(middle)), ("reliability", ExpressionValue::Number(0.0))]);
        let least = self.scene.style.fill_layer("grade").map(|layer| steps::bounds(&layer.paint["fill-color"]));
        let least = least.and_then(|bounds| bounds.first().copied());
        if let Some(least) = least.filter(|_| self.fills(&unsure).is_ok_and(|fills| fills.len() > 1)) {
            let least = value_text(ValueFormat::Decimal, least, self.language());
            let texts = legend_texts::unsure(&least);
            pieces.push(self.row(&unsure, None, texts.in_language(self.language()))?);
        }
        pieces.push(self.unknown(attribute)?);
        Ok(pieces)
    }

    /// What has no value; from what counts give, the public does not see it where they are small.
    fn unknown(&self, attribute: &str) -> Result<LegendItem, MapImageError> {
        let from_counts = ["rate_smoothed", "rate"].contains(&attribute);
        let is_hidden = from_counts && !self.scene.basis.role.sees_small_counts();
        let texts = if is_hidden { legend_texts::SUPPRESSED } else { legend_texts::NO_DATA };
        self.row(&Properties::new(), None, &texts.in_language(self.language()))
    }

    fn codes(&self, attribute: &str, labels: &[&Json]) -> Result<Vec<LegendItem>, MapImageError> {
        let language = self.language();
        let mut pieces = Vec::new();
        for label in labels.iter().filter_map(|label| label.as_str()) {
            let texts = code_text(attribute, label, language);
            pieces.push(self.row(&properties([(attribute, text(label))]), None, &texts)?);
        }
        if !labels.iter().any(|label| *label == "insufficient") {
            pieces.push(self.unknown(attribute)?);
        }
        let disagrees = ExpressionValue::Text("disagrees".to_owned());
        if attribute == "statutory"
            && self.scene.areas.iter().any(|area| area.properties.get("statutory_check") == Some(&disagrees))
        {
            pieces.push(self.note(&legend_texts::DISAGREES.in_language(language), LegendPriority::Useful));
        }
        Ok(pieces)
    }
}

/// The word for a code of an attribute; the code itself where it has none.
fn code_text(attribute: &str, code: &str, language: Language) -> String {
    legend_texts::code(attribute, code).map_or_else(|| code.to_owned(), |texts| texts.in_language(language))
}

/// "≤ 0,5", "0,5–0,8", …, "> 2" for the bands of the letters.
fn band_texts(bounds: &[f64], language: Language) -> Vec<String> {
    ranges(bounds, OpenEnds { below: "≤", above: ">" }, ValueFormat::Decimal, language)
}

/// "< 50", "50–100", …, "≥ 400" for the classes of a quantity. The whole of a share has no "≥", and a unit that both
/// ends of a class share is written once.
fn class_texts(bounds: &[f64], format: ValueFormat, language: Language) -> Vec<String> {
    let mut texts = ranges(bounds, OpenEnds { below: "<", above: "≥" }, format, language);
    for text in &mut texts {
        *text = text.replace("\u{a0}%–", "–");
    }
    if let (ValueFormat::Share, Some(1.0), Some(last)) = (format, bounds.last().copied(), texts.last_mut()) {
        *last = value_text(format, 1.0, language);
    }
    texts
}

/// The signs before the least and the greatest bound.
#[derive(Clone, Copy)]
struct OpenEnds {
    below: &'static str,
    above: &'static str,
}

fn ranges(bounds: &[f64], signs: OpenEnds, format: ValueFormat, language: Language) -> Vec<String> {
    let (Some(first), Some(last)) = (bounds.first(), bounds.last()) else { return Vec::new() };
    let written = |value: &f64| value_text(format, *value, language);
    let between = bounds.windows(2).map(|pair| format!("{}–{}", written(&pair[0]), written(&pair[1])));
    let ends = (format!("{} {}", signs.below, written(first)), format!("{} {}", signs.above, written(last)));
    std::iter::once(ends.0).chain(between).chain([ends.1]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_read_as_on_the_page() {
        let bands = band_texts(&[0.5, 0.8, 1.25, 2.0], Language::Vietnamese);
        assert_eq!(bands, ["≤ 0,5", "0,5–0,8", "0,8–1,25", "1,25–2", "> 2"]);
        let classes = class_texts(&[50.0, 100.0], ValueFormat::Rate, Language::English);
        assert_eq!(classes, ["< 50", "50–100", "≥ 100"]);
        let shares = class_texts(&[0.7, 0.9, 1.0], ValueFormat::Share, Language::Vietnamese);
        assert_eq!(shares, ["< 70\u{a0}%", "70–90\u{a0}%", "90–100\u{a0}%", "100\u{a0}%"]);
        assert!(class_texts(&[], ValueFormat::Rate, Language::English).is_empty());
    }
}

//! The legend: what the colours of a theme mean.
//!
//! In: a [`Key`]. Out: its pieces, one under the other. The classes are read from the dressed style, the bands of grades
//! from the scheme, the words from one table.

use serde_json::Value as Json;

use super::decimals::Form;
use super::error::PictureError;
use super::expression::{Properties, Value};
use super::figures;
use super::key::{GRADES, Key, Need, Piece, Tie, properties, text};
use super::steps;
use super::style::Kind;
use super::words;
use crate::domain::text::Language;

impl Key<'_, '_> {
    /// The pieces of the legend, one under the other.
    pub(super) fn pieces(&self) -> Result<Vec<Piece>, PictureError> {
        let mut pieces = Vec::new();
        if let Some(theme) = words::theme(&self.scene.look.theme) {
            pieces.push(self.note(theme.what.in_language(self.language()), Need::Useful));
        }
        pieces.extend(self.colours()?);
        Ok(pieces)
    }

    fn colours(&self) -> Result<Vec<Piece>, PictureError> {
        let colour = self.scene.fill_layer().map_or(&Json::Null, |layer| &layer.paint["fill-color"]);
        let of_theme = |kind: Kind| {
            self.scene.layers.iter().find(|layer| layer.kind == kind && layer.themes.contains(&self.scene.look.theme))
        };
        let attribute = steps::property(colour).unwrap_or("incidents");
        if !self.scene.areas.iter().any(|area| area.properties.contains_key(attribute)) {
            return Ok(vec![self.note(words::EMPTY.in_language(self.language()), Need::Needed)]);
        }
        if attribute == "grade" {
            return self.grades(colour);
        }
        if let Some(circles) = of_theme(Kind::Circle) {
            return Ok(figures::circles(self, circles)?.into_iter().collect());
        }
        if steps::first(colour, "step").is_some() {
            return self.classes(attribute, &steps::bounds(colour));
        }
        self.codes(attribute, &steps::labels(colour))
    }

    /// The bands of the letters, how reliability greys them, and what has no letter.
    fn grades(&self, colour: &Json) -> Result<Vec<Piece>, PictureError> {
        let language = self.language();
        let bands = band_texts(&self.scene.basis.scheme().grade.bands, language);
        let mut pieces = vec![self.note(words::TIMES.in_language(language), Need::Useful)];
        for (letter, band) in GRADES.iter().zip(&bands) {
            let certain = [("grade", text(letter)), ("reliability", Value::Number(1.0))];
            pieces.push(self.row(&properties(certain), Some(letter), band)?);
        }
        for (code, tie) in [("insufficient", Tie::Free), ("suppressed", Tie::ToFormer)] {
            let words = words::code("grade", code).map_or(code, |words| words.in_language(language));
            pieces.push(Piece { tie, ..self.row(&properties([("grade", text(code))]), None, words)? });
        }
        pieces.extend(figures::fan(self, &steps::bounds(colour))?);
        Ok(pieces)
    }

    fn classes(&self, attribute: &str, bounds: &[f64]) -> Result<Vec<Piece>, PictureError> {
        let mut pieces = Vec::new();
        let sure = |value: f64| properties([(attribute, Value::Number(value)), ("reliability", Value::Number(1.0))]);
        let within = std::iter::once(&0.0).chain(bounds);
        for (value, words) in within.zip(class_texts(bounds, words::form(attribute), self.language())) {
            pieces.push(self.row(&sure(*value), None, &words)?);
        }
        let middle = bounds.get(bounds.len() / 2).copied().unwrap_or_default();
        let unsure = properties([(attribute, Value::Number(middle)), ("reliability", Value::Number(0.0))]);
        let least = self.scene.style.fill_layer("grade").map(|layer| steps::bounds(&layer.paint["fill-color"]));
        let least = least.and_then(|bounds| bounds.first().copied());
        if let Some(least) = least.filter(|_| self.fills(&unsure).is_ok_and(|fills| fills.len() > 1)) {
            let least = Form::Bound.written(least, self.language());
            let words = words::UNSURE.in_language(self.language()).replace("{value}", &least);
            pieces.push(self.row(&unsure, None, &words)?);
        }
        pieces.push(self.unknown(attribute)?);
        Ok(pieces)
    }

    /// What has no value; from what counts give, the public is not told where they are small.
    fn unknown(&self, attribute: &str) -> Result<Piece, PictureError> {
        let from_counts = ["rate_smoothed", "rate", "hot_spot"].contains(&attribute);
        let is_hidden = from_counts && !self.scene.basis.role.sees_small_counts();
        let words = if is_hidden { words::SUPPRESSED } else { words::NO_DATA };
        self.row(&Properties::new(), None, words.in_language(self.language()))
    }

    fn codes(&self, attribute: &str, labels: &[&Json]) -> Result<Vec<Piece>, PictureError> {
        let language = self.language();
        let mut pieces = Vec::new();
        for label in labels.iter().filter_map(|label| label.as_str()) {
            let words = words::code(attribute, label).map_or(label, |words| words.in_language(language));
            pieces.push(self.row(&properties([(attribute, text(label))]), None, words)?);
        }
        if !labels.iter().any(|label| *label == "insufficient") {
            pieces.push(self.unknown(attribute)?);
        }
        let disagrees = Value::Text("disagrees".to_owned());
        if attribute == "statutory"
            && self.scene.areas.iter().any(|area| area.properties.get("statutory_check") == Some(&disagrees))
        {
            pieces.push(self.note(words::DISAGREES.in_language(language), Need::Useful));
        }
        Ok(pieces)
    }
}

/// "≤ 0,5", "0,5–0,8", …, "> 2" for the bands of the letters.
fn band_texts(bounds: &[f64], language: Language) -> Vec<String> {
    ranges(bounds, ("≤", ">"), Form::Bound, language)
}

/// "< 50", "50–100", …, "≥ 400" for the classes of a quantity. The whole of a share has no "≥", and a unit that both ends
/// of a class share is written once.
fn class_texts(bounds: &[f64], form: Form, language: Language) -> Vec<String> {
    let mut texts = ranges(bounds, ("<", "≥"), form, language);
    for text in &mut texts {
        *text = text.replace("\u{a0}%–", "–");
    }
    if let (Form::Percent, Some(1.0), Some(last)) = (form, bounds.last().copied(), texts.last_mut()) {
        *last = form.written(1.0, language);
    }
    texts
}

fn ranges(bounds: &[f64], (below, above): (&str, &str), form: Form, language: Language) -> Vec<String> {
    let (Some(first), Some(last)) = (bounds.first(), bounds.last()) else { return Vec::new() };
    let written = |value: &f64| form.written(*value, language);
    let between = bounds.windows(2).map(|pair| format!("{}–{}", written(&pair[0]), written(&pair[1])));
    let ends = (format!("{below} {}", written(first)), format!("{above} {}", written(last)));
    std::iter::once(ends.0).chain(between).chain([ends.1]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_read_as_on_the_page() {
        let bands = band_texts(&[0.5, 0.8, 1.25, 2.0], Language::Vietnamese);
        assert_eq!(bands, ["≤ 0,5", "0,5–0,8", "0,8–1,25", "1,25–2", "> 2"]);
        let classes = class_texts(&[50.0, 100.0], Form::Rate, Language::English);
        assert_eq!(classes, ["< 50", "50–100", "≥ 100"]);
        let shares = class_texts(&[0.7, 0.9, 1.0], Form::Percent, Language::Vietnamese);
        assert_eq!(shares, ["< 70\u{a0}%", "70–90\u{a0}%", "90–100\u{a0}%", "100\u{a0}%"]);
        assert!(class_texts(&[], Form::Rate, Language::English).is_empty());
    }
}

//! What an image says in words: title, period, verdict on an area, sources.
//!
//! In: a [`Scene`]. Out: texts in its language. Nothing is said that the assessment, cut to the role, does not hold.

use serde_json::Value as Json;

use crate::domain::area::Level;
use crate::domain::filter::CategorySet;
use crate::domain::incident::taxonomy::{Severity, Term};
use crate::domain::text::Names;
use crate::export::map_image::drawing::decimals::{days, value_text};
use crate::export::map_image::legend_texts;
use crate::export::map_image::scene::{Scene, SceneArea};
use crate::export::map_image::style::expression::ExpressionValue;
use crate::export::map_image::style::steps;
use crate::texts::phrasing::{edition_name, release};
use crate::texts::{PRODUCT_NAME, TextId, text, text_id};

/// More names of categories than this are replaced by their number.
const NAMED_CATEGORIES: usize = 3;

impl Scene<'_> {
    fn say(&self, text: TextId) -> String {
        text.in_language(self.options.language)
    }

    /// A text in the language of the image.
    fn spoken(&self, text: &Names) -> String {
        text.in_language(self.options.language).to_owned()
    }

    /// What is shown, and where.
    pub(in crate::export::map_image) fn title(&self) -> String {
        let theme = legend_texts::theme(&self.options.theme);
        let what = theme.map_or_else(|| self.options.theme.clone(), |theme| self.say(theme.title));
        let province =
            self.level(Level::Province).and_then(|province| province.areas().next()).map(|(_, province)| province);
        let whole = province.map_or("", |province| province.name);
        match self.selected() {
            Some(area) if area.entry.name != whole => format!("{what}: {} ({whole})", area.entry.name),
            _ => format!("{what}: {whole}"),
        }
    }

    /// Which days, how many areas, what else was selected.
    pub(in crate::export::map_image) fn period(&self) -> String {
        let filter = self.basis.filter;
        let window = self.basis.window;
        let name = window.map_or_else(|| self.say(text_id!("image-free-period")), |window| self.spoken(&window.names));
        let mut parts = vec![format!("{name}: {}", days(filter.period, self.options.language))];
        parts.extend(legend_texts::areas(self.basis.level, self.areas.len()).map(|areas| self.spoken(&areas)));
        parts.extend(self.narrowed());
        parts.extend(self.basis.cut().map(|cut| self.spoken(&cut)));
        parts.join(" · ")
    }

    /// What of the incidents is counted, where it is not all.
    fn narrowed(&self) -> Option<String> {
        let (filter, taxonomy) = (self.basis.filter, self.basis.taxonomy);
        let mut parts = Vec::new();
        if filter.categories != CategorySet::reported(taxonomy) {
            let categories = filter.categories.iter().filter_map(|index| taxonomy.category_entry(index));
            let names: Vec<String> = categories.map(|category| self.spoken(&category.names())).collect();
            let text_parts = if names.len() <= NAMED_CATEGORIES {
                names.join(", ")
            } else {
                self.spoken(&text!("image-categories", count = names.len()))
            };
            parts.push(text_parts);
        }
        if filter.min_severity != Severity::LEAST {
            let least = taxonomy.severities.get(filter.min_severity.index());
            let least = least.map_or_else(|| Names::same(""), Term::names);
            parts.push(self.spoken(&text!("image-severity-from", least = least)));
        }
        (!parts.is_empty()).then(|| self.spoken(&text!("image-counted", parts = parts.join("; "))))
    }

    /// What the map says of the area that the image is about.
    pub(in crate::export::map_image) fn verdict(&self) -> Option<String> {
        let area = self.selected()?;
        let colour = self.fill_layer().map_or(&Json::Null, |layer| &layer.paint["fill-color"]);
        let attribute = steps::property(colour).unwrap_or("incidents");
        let said = match area.properties.get(attribute) {
            Some(ExpressionValue::Text(code)) if attribute == "grade" => self.grade(area, code),
            Some(ExpressionValue::Text(code)) => {
                legend_texts::code(attribute, code).map_or_else(|| code.clone(), |texts| self.say(texts).to_lowercase())
            }
            Some(ExpressionValue::Number(number)) => {
                value_text(legend_texts::format(attribute), *number, self.options.language)
            }
            _ => self.say(legend_texts::NO_DATA).to_lowercase(),
        };
        Some(format!("{}: {said}", area.entry.name))
    }

    fn grade(&self, area: &SceneArea<'_>, code: &str) -> String {
        let letter = |name: &str| match area.properties.get(name) {
            Some(ExpressionValue::Text(letter)) => Some(letter.as_str()),
            _ => None,
        };
        let ends = (letter("grade_best"), letter("grade_worst"));
        if let ("range", (Some(best), Some(worst))) = (code, ends) {
            return self.spoken(&text!("image-grade-open", best = best, worst = worst));
        }
        if code == "none" {
            return self.say(legend_texts::without_grade(area.withheld)).to_lowercase();
        }
        if let Some(texts) = legend_texts::code("grade", code) {
            return self.say(texts).to_lowercase();
        }
        match ends {
            (Some(best), Some(worst)) if best != worst => {
                self.spoken(&text!("image-grade-range", grade = code, best = best, worst = worst))
            }
            _ => self.spoken(&text!("image-grade", grade = code)),
        }
    }

    /// What must be seen at once: that the numbers are a sample, that they are not for publication.
    pub(in crate::export::map_image) fn marks(&self) -> Vec<String> {
        let internal = self.basis.role.sees_small_counts().then(|| self.say(text_id!("image-internal")));
        let sample = self.basis.is_sample().then(|| self.say(legend_texts::SAMPLE));
        internal.into_iter().chain(sample).collect()
    }

    /// Where the numbers and the lines come from, and of which release they are.
    pub(in crate::export::map_image) fn sources(&self) -> String {
        let is_sample = self.basis.is_sample();
        let source = if is_sample { text!("image-source-sample") } else { Names::same(PRODUCT_NAME) };
        let maps = &self.style.attributions;
        let source = if maps.is_empty() {
            source
        } else {
            text!("image-source-with-map", source = source, maps = maps.join(", "))
        };
        let edition = self.edition.entry();
        let scheme = self.basis.scheme;
        let hash: String = scheme.hash.trim_start_matches("sha256:").chars().take(8).collect();
        let sources = text!(
            "image-sources",
            source = source,
            boundaries = edition_name(edition),
            edition = edition.id.to_string(),
            scheme = &scheme.names,
            version = &scheme.version,
            hash = hash
        );
        let released = self.basis.release.map(|reference| text!("image-release", release = release(reference)));
        self.spoken(&sources.joined(released))
    }
}

//! What an image says in words: title, period, verdict on an area, sources.
//!
//! In: a [`Scene`]. Out: texts in its language. Nothing is said that the assessment, cut to the role, does not hold.

use serde_json::Value as Json;

use crate::attributes::Decimals;
use crate::domain::area::Level;
use crate::domain::filter::CategorySet;
use crate::domain::text::Language;
use crate::export::map_image::drawing::decimals::{days, value_text, written};
use crate::export::map_image::legend_texts;
use crate::export::map_image::legend_texts::LegendTexts;
use crate::export::map_image::scene::{Scene, SceneArea};
use crate::export::map_image::style::expression::ExpressionValue;
use crate::export::map_image::style::steps;

/// More names of categories than this are replaced by their number.
const NAMED_CATEGORIES: usize = 3;

impl Scene<'_> {
    fn say(&self, texts: LegendTexts) -> &'static str {
        texts.in_language(self.options.language)
    }

    /// What is shown, and where.
    pub(in crate::export::map_image) fn title(&self) -> String {
        let what =
            legend_texts::theme(&self.options.theme).map_or(self.options.theme.as_str(), |theme| self.say(theme.title));
        let province = self.level(Level::Province).and_then(|province| province.areas.first());
        let whole = province.map_or("", |province| province.name.as_str());
        match self.selected() {
            Some(area) if area.entry.name != whole => format!("{what}: {} ({whole})", area.entry.name),
            _ => format!("{what}: {whole}"),
        }
    }

    /// Which days, how many areas, what else was selected.
    pub(in crate::export::map_image) fn period(&self) -> String {
        let filter = self.basis.filter;
        let window = self.basis.window.and_then(|id| self.basis.snapshot.rules.window(id));
        let name = window
            .map_or(self.say(legend_texts::FREE_PERIOD), |window| window.names.in_language(self.options.language));
        let mut parts = vec![format!("{name}: {}", days(filter.period, self.options.language))];
        if self.basis.level != Level::Province {
            let count = written(self.areas.len() as f64, Decimals { least: 0, most: 0 }, self.options.language);
            parts.push(format!("{count} {}", self.say(legend_texts::areas(self.basis.level))));
        }
        parts.extend(self.narrowed());
        parts.join(" · ")
    }

    /// What of the incidents is counted, where it is not all.
    fn narrowed(&self) -> Option<String> {
        let (filter, taxonomy) = (self.basis.filter, &self.basis.snapshot.taxonomy);
        let mut parts = Vec::new();
        if filter.categories != CategorySet::all(taxonomy) {
            let asked = filter.categories.iter().filter_map(|index| taxonomy.category_entry(index));
            let names: Vec<String> =
                asked.map(|category| category.names().in_language(self.options.language).to_owned()).collect();
            let count = LegendTexts("loại vụ việc", "kinds of incident");
            let text_parts = if names.len() <= NAMED_CATEGORIES {
                names.join(", ")
            } else {
                format!("{} {}", names.len(), self.say(count))
            };
            parts.push(text_parts);
        }
        if filter.min_severity != crate::domain::incident::taxonomy::Severity::LEAST {
            let least = taxonomy.severities.get(filter.min_severity.index());
            let least = least.map_or("", |term| match self.options.language {
                Language::Vietnamese => term.vi.as_str(),
                Language::English => term.en.as_str(),
            });
            parts.push(format!("{} “{least}”", self.say(legend_texts::SEVERITY_FROM)));
        }
        (!parts.is_empty()).then(|| format!("{}: {}", self.say(legend_texts::COUNTED), parts.join("; ")))
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
        if let Some(texts) = legend_texts::code("grade", code) {
            return self.say(texts).to_lowercase();
        }
        let letter = |name: &str| match area.properties.get(name) {
            Some(ExpressionValue::Text(letter)) => Some(letter.as_str()),
            _ => None,
        };
        let grade = format!("{} {code}", self.say(legend_texts::GRADE));
        match (letter("grade_best"), letter("grade_worst")) {
            (Some(best), Some(worst)) if best != worst => {
                format!("{grade}, {} {best} {} {worst}", self.say(legend_texts::FROM), self.say(legend_texts::UP_TO))
            }
            _ => grade,
        }
    }

    /// What must be seen at once: that the numbers are a sample, that they are not for publication.
    pub(in crate::export::map_image) fn marks(&self) -> Vec<&'static str> {
        let internal = self.basis.role.sees_small_counts().then(|| self.say(legend_texts::INTERNAL));
        let sample = self.basis.snapshot.is_sample().then(|| self.say(legend_texts::SAMPLE));
        internal.into_iter().chain(sample).collect()
    }

    /// Where the numbers and the lines come from.
    pub(in crate::export::map_image) fn sources(&self) -> String {
        let is_sample = self.basis.snapshot.is_sample();
        let source = if is_sample { legend_texts::SOURCE_SAMPLE } else { legend_texts::SOURCE_REAL };
        let base_map = &self.style.attributions;
        let base_map =
            (!base_map.is_empty()).then(|| format!("; {}: {}", self.say(legend_texts::BASE_MAP), base_map.join(", ")));
        let edition = &self.edition.entry;
        let scheme = self.basis.scheme();
        let hash: String = scheme.hash.trim_start_matches("sha256:").chars().take(8).collect();
        format!(
            "{}: {}{}. {}: {} ({}). {}: {} {} · {hash}.",
            self.say(legend_texts::SOURCE),
            self.say(source),
            base_map.unwrap_or_default(),
            self.say(legend_texts::BOUNDARIES),
            edition.names().in_language(self.options.language),
            edition.id,
            self.say(legend_texts::RULES),
            scheme.names.in_language(self.options.language),
            scheme.version,
        )
    }
}

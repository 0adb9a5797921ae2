//! What a picture says in words: title, period, verdict on an area, sources.
//!
//! In: a [`Scene`]. Out: texts in its language. Nothing is said that the assessment, cut to the role, does not hold.

use serde_json::Value as Json;

use super::decimals::{Decimals, days, written};
use super::expression::Value;
use super::scene::{Area, Scene};
use super::steps;
use super::words::{self, Words};
use crate::domain::area::Level;
use crate::domain::filter::CategorySet;
use crate::domain::text::Language;

/// More names of categories than this are told by their number.
const NAMED_CATEGORIES: usize = 3;

impl Scene<'_> {
    fn say(&self, words: Words) -> &'static str {
        words.in_language(self.look.language)
    }

    /// What is shown, and where.
    pub(super) fn title(&self) -> String {
        let what = words::theme(&self.look.theme).map_or(self.look.theme.as_str(), |theme| self.say(theme.title));
        let province = self.level(Level::Province).and_then(|province| province.areas.first());
        let whole = province.map_or("", |province| province.name.as_str());
        match self.selected() {
            Some(area) if area.entry.name != whole => format!("{what}: {} ({whole})", area.entry.name),
            _ => format!("{what}: {whole}"),
        }
    }

    /// Which days, how many areas, what else was asked for.
    pub(super) fn period(&self) -> String {
        let filter = self.basis.filter;
        let window = self.basis.window.and_then(|id| self.basis.snapshot.rules.window(id));
        let name = window.map_or(self.say(words::FREE_PERIOD), |window| window.names.in_language(self.look.language));
        let mut parts = vec![format!("{name}: {}", days(filter.period, self.look.language))];
        if self.basis.level != Level::Province {
            let count = written(self.areas.len() as f64, Decimals { least: 0, most: 0 }, self.look.language);
            parts.push(format!("{count} {}", self.say(words::areas(self.basis.level))));
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
                asked.map(|category| category.names().in_language(self.look.language).to_owned()).collect();
            let count = Words("loại vụ việc", "kinds of incident");
            let told = if names.len() <= NAMED_CATEGORIES {
                names.join(", ")
            } else {
                format!("{} {}", names.len(), self.say(count))
            };
            parts.push(told);
        }
        if filter.min_severity != crate::domain::taxonomy::Severity::LEAST {
            let least = taxonomy.severities.get(filter.min_severity.place());
            let least = least.map_or("", |term| match self.look.language {
                Language::Vietnamese => term.vi.as_str(),
                Language::English => term.en.as_str(),
            });
            parts.push(format!("{} “{least}”", self.say(words::SEVERITY_FROM)));
        }
        (!parts.is_empty()).then(|| format!("{}: {}", self.say(words::COUNTED), parts.join("; ")))
    }

    /// What the map says of the area that the picture is about.
    pub(super) fn verdict(&self) -> Option<String> {
        let area = self.selected()?;
        let colour = self.fill_layer().map_or(&Json::Null, |layer| &layer.paint["fill-color"]);
        let attribute = steps::property(colour).unwrap_or("incidents");
        let said = match area.properties.get(attribute) {
            Some(Value::Text(code)) if attribute == "grade" => self.grade(area, code),
            Some(Value::Text(code)) => {
                words::code(attribute, code).map_or_else(|| code.clone(), |words| self.say(words).to_lowercase())
            }
            Some(Value::Number(number)) => words::form(attribute).written(*number, self.look.language),
            _ => self.say(words::NO_DATA).to_lowercase(),
        };
        Some(format!("{}: {said}", area.entry.name))
    }

    fn grade(&self, area: &Area<'_>, code: &str) -> String {
        if let Some(words) = words::code("grade", code) {
            return self.say(words).to_lowercase();
        }
        let letter = |name: &str| match area.properties.get(name) {
            Some(Value::Text(letter)) => Some(letter.as_str()),
            _ => None,
        };
        let grade = format!("{} {code}", self.say(words::GRADE));
        match (letter("grade_best"), letter("grade_worst")) {
            (Some(best), Some(worst)) if best != worst => {
                format!("{grade}, {} {best} {} {worst}", self.say(words::FROM), self.say(words::UP_TO))
            }
            _ => grade,
        }
    }

    /// What must be seen at once: that the numbers are a sample, that they are not for publication.
    pub(super) fn marks(&self) -> Vec<&'static str> {
        let internal = self.basis.role.sees_small_counts().then(|| self.say(words::INTERNAL));
        let sample = self.basis.snapshot.is_sample().then(|| self.say(words::SAMPLE));
        internal.into_iter().chain(sample).collect()
    }

    /// Where the numbers and the lines come from.
    pub(super) fn sources(&self) -> String {
        let is_sample = self.basis.snapshot.is_sample();
        let source = if is_sample { words::SOURCE_SAMPLE } else { words::SOURCE_REAL };
        let base_map = &self.style.attributions;
        let base_map =
            (!base_map.is_empty()).then(|| format!("; {}: {}", self.say(words::BASE_MAP), base_map.join(", ")));
        let edition = &self.edition.entry;
        let scheme = self.basis.scheme();
        let hash: String = scheme.hash.trim_start_matches("sha256:").chars().take(8).collect();
        format!(
            "{}: {}{}. {}: {} ({}). {}: {} {} · {hash}.",
            self.say(words::SOURCE),
            self.say(source),
            base_map.unwrap_or_default(),
            self.say(words::BOUNDARIES),
            edition.names().in_language(self.look.language),
            edition.id,
            self.say(words::RULES),
            scheme.names.in_language(self.look.language),
            scheme.version,
        )
    }
}

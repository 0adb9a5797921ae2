//! The rule file: windows, model kinds, disclosure, and which rating scheme is the
//! default. Every value that a committee may change lives there; its hash is
//! printed with every answer.

pub mod alert_rule;
pub mod cluster_rule;
mod disclosure_rule;
pub mod effect_rule;
pub mod grade_bands;
pub mod population_rule;
pub mod report_rule;
pub mod rule_set;
pub mod scheme;
mod scheme_error;
pub mod window;

use std::collections::BTreeSet;

use serde::Deserialize;

use super::incident::coverage::DataCoverage;
use super::incident::taxonomy::Taxonomy;
use super::index::{IndexVec, list_index};
use super::text::{Culprit, Names, short_hash};
use super::time::period::{Day, PeriodError};
use alert_rule::{AlertRule, SituationRule};
use cluster_rule::ClusterRule;
pub use disclosure_rule::{DisclosureRule, PublicShareRule};
pub use effect_rule::EffectRule;
use population_rule::PopulationRule;
use report_rule::ReportRule;
use window::{Window, WindowEntry, WindowUse};

/// A window of statistics is a year when it has as many days.
const DAYS_OF_A_YEAR: std::ops::RangeInclusive<i32> = 365..=366;

/// Why a rule file is refused.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// The text is not TOML of the expected shape.
    #[error("rules: {0}")]
    Shape(#[from] toml::de::Error),
    /// A window is empty.
    #[error("rules: window: {0}")]
    Window(#[from] PeriodError),
    /// A name is used that nothing defines.
    #[error("rules: {what} {name:?} is not defined")]
    Undefined {
        /// What the name should name.
        what: &'static str,
        /// The name that nothing defines.
        name: String,
    },
    /// Two entries share an id.
    #[error("rules: two {what} entries are called {name:?}")]
    Duplicate {
        /// What they are.
        what: &'static str,
        /// The shared id.
        name: String,
    },
    /// A number is outside its range.
    #[error("rules: {what} must be {expected}")]
    Range {
        /// What the number is.
        what: &'static str,
        /// The range.
        expected: &'static str,
    },
}

impl RulesError {
    /// The dotted key or the name at fault, to be looked for in the file.
    pub fn culprit(&self) -> Option<Culprit<'_>> {
        match self {
            Self::Shape(_) | Self::Window(_) => None,
            Self::Range { what, .. } => Some(Culprit::Key(what)),
            Self::Undefined { name, .. } | Self::Duplicate { name, .. } => Some(Culprit::Name(name)),
        }
    }
}

list_index!(
    /// A kind of community models, by its index in the rule file.
    pub ModelKindIndex
);

/// How far a model works.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ModelReach {
    /// Within a distance.
    Metres(f64),
    /// Its whole area.
    Area,
}

/// A field of the movement, to which kinds of model belong.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelField {
    /// The id by which files and answers name it.
    pub id: String,
    /// The Vietnamese name.
    pub vi: String,
    /// The English name.
    pub en: String,
}

/// A kind of community model.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelKind {
    /// The id by which files and answers name it.
    pub id: String,
    /// The integer that files may use instead.
    pub number: u8,
    /// Its names for people.
    pub names: Names,
    /// The id of the field of the movement it belongs to.
    pub field: String,
    /// How far it works.
    pub reach: ModelReach,
    /// The components whose incidents it is meant to touch.
    pub components: BTreeSet<String>,
}

/// When densities are shown as rates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DensityRule {
    /// Below this many residents the count is shown, not the rate.
    pub min_residents: u32,
}

/// When a rate has moved since the window before.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrendRule {
    /// An arrow needs a false discovery rate below this.
    pub max_q: f64,
    /// Days at either end that incidents may leave uncovered.
    pub slack_days: u16,
}

/// When high or low rates gather.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HotSpotRule {
    /// A hot or cold spot needs a false discovery rate below this.
    pub max_q: f64,
    /// An area in which fewer incidents are expected takes no part.
    pub min_expected: f64,
}

/// The limits of the funnel.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FunnelRule {
    /// How much of the expected scatter the limits hold.
    pub levels: FunnelLevels,
}

/// The coverage of both limits of the funnel.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(from = "[f64; 2]")]
pub struct FunnelLevels {
    /// Coverage of the inner limits.
    pub inner: f64,
    /// Coverage of the outer limits.
    pub outer: f64,
}

impl From<[f64; 2]> for FunnelLevels {
    fn from([inner, outer]: [f64; 2]) -> Self {
        Self { inner, outer }
    }
}

impl From<FunnelLevels> for [f64; 2] {
    fn from(levels: FunnelLevels) -> Self {
        [levels.inner, levels.outer]
    }
}

/// The rule file, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// The version named in every answer.
    pub version: String,
    /// The first sixteen hexadecimal digits of the SHA-256 of the file.
    pub hash: String,
    /// The window used when none is requested.
    pub default_window: String,
    /// The id of the rating scheme used when none is requested.
    pub default_scheme: String,
    /// The named windows in file order.
    pub windows: Vec<Window>,
    /// The fields of the movement in file order.
    pub model_fields: Vec<ModelField>,
    /// The kinds of community model in file order.
    pub model_kinds: IndexVec<ModelKindIndex, ModelKind>,
    /// Which residents a period is divided by.
    pub population: PopulationRule,
    /// The density rule.
    pub density: DensityRule,
    /// The rule of trends.
    pub trend: TrendRule,
    /// The rule of hot spots.
    pub hot_spots: HotSpotRule,
    /// How clusters are looked for.
    pub clusters: ClusterRule,
    /// What people may report.
    pub reports: ReportRule,
    /// What the last days are held against.
    pub situation: SituationRule,
    /// What raises an alert.
    pub alerts: AlertRule,
    /// The rule of the funnel.
    pub funnel: FunnelRule,
    /// How effects are evaluated.
    pub effect: EffectRule,
    /// The disclosure rule.
    pub disclosure: DisclosureRule,
}

impl Rules {
    /// Reads the rule file and checks it against the taxonomy.
    pub fn from_toml(text: &str, taxonomy: &Taxonomy) -> Result<Self, RulesError> {
        let file: RulesFile = toml::from_str(text)?;
        let windows = file.window.into_iter().map(Window::try_from).collect::<Result<_, _>>()?;
        let model_kinds = file.model_kind.into_iter().map(ModelKindEntry::checked).collect::<Result<_, _>>()?;
        let rules = Self {
            version: file.version,
            hash: short_hash(text),
            default_window: file.default_window,
            default_scheme: file.default_scheme,
            windows,
            model_fields: file.model_field,
            model_kinds,
            population: file.population,
            density: file.density,
            trend: file.trend,
            hot_spots: file.hot_spots,
            clusters: file.clusters,
            reports: file.reports,
            situation: file.situation,
            alerts: file.alerts,
            funnel: file.funnel,
            effect: file.effect,
            disclosure: file.disclosure,
        };
        rules.check(taxonomy)?;
        Ok(rules)
    }

    fn check(&self, taxonomy: &Taxonomy) -> Result<(), RulesError> {
        unique("window", self.windows.iter().map(|window| &window.id))?;
        unique("model_kind", self.model_kinds.iter().map(|kind| &kind.id))?;
        let fields = self.model_fields.iter().map(|field| field.id.as_str()).collect();
        defined("model_field", self.model_kinds.iter().map(|kind| kind.field.as_str()), &fields)?;
        let windows = self.windows.iter().map(|window| window.id.as_str());
        defined("window", std::iter::once(self.default_window.as_str()), &windows.collect())?;
        let components = taxonomy.categories.iter().map(|category| category.component.as_str()).collect();
        let touched = self.model_kinds.iter().flat_map(|kind| &kind.components);
        defined("component", touched.map(String::as_str), &components)?;
        let categories = taxonomy.categories.iter().map(|category| category.id.as_str()).collect();
        defined("category", self.disclosure.never_below_district.iter().map(String::as_str), &categories)?;
        if let Some(name) = self.reports.fault(taxonomy) {
            return Err(RulesError::Undefined {
                what: "reports.categories: category for people",
                name: name.to_owned(),
            });
        }
        self.check_chances()?;
        let fault = self.effect.fault().or_else(|| self.clusters.fault());
        let fault = fault.or_else(|| self.situation.fault()).or_else(|| self.alerts.fault());
        match fault.or_else(|| self.disclosure.fault()) {
            Some((what, expected)) => Err(RulesError::Range { what, expected }),
            None => Ok(()),
        }
    }

    fn check_chances(&self) -> Result<(), RulesError> {
        let is_share = |share: f64| share > 0.0 && share < 1.0;
        for (what, share) in [("trend.max_q", self.trend.max_q), ("hot_spots.max_q", self.hot_spots.max_q)] {
            if !is_share(share) {
                return Err(RulesError::Range { what, expected: "between 0 and 1" });
            }
        }
        if !(self.hot_spots.min_expected >= 0.0 && self.hot_spots.min_expected.is_finite()) {
            return Err(RulesError::Range { what: "hot_spots.min_expected", expected: "0 or more" });
        }
        let FunnelLevels { inner, outer } = self.funnel.levels;
        if is_share(inner) && is_share(outer) && inner < outer {
            return Ok(());
        }
        Err(RulesError::Range { what: "funnel.levels", expected: "between 0 and 1, the inner before the outer" })
    }

    /// The window of an id.
    pub fn window(&self, id: &str) -> Option<&Window> {
        self.windows.iter().find(|window| window.id == id)
    }

    /// The kind of an id or of its number, as its index in [`Rules::model_kinds`].
    pub fn model_kind_index(&self, text: &str) -> Option<ModelKindIndex> {
        let number = text.parse::<u8>().ok();
        let mut kinds = self.model_kinds.indexed();
        kinds.find(|(_, kind)| kind.id == text || Some(kind.number) == number).map(|(index, _)| index)
    }

    /// Whether the public may use a window on a day: released, and over for the length of the delay.
    pub fn is_released(&self, window: &Window, today: Day) -> bool {
        let delay_days = self.disclosure.delay_days as i32;
        window.is_released && window.period.to().number() + delay_days <= today.number()
    }

    /// The day from which the first window is released of which some days are known; none where no window ever is.
    pub fn first_release_due(&self, coverage: &DataCoverage) -> Option<Day> {
        let delay_days = self.disclosure.delay_days as i32;
        let released = self.windows.iter().filter(|window| window.is_released && coverage.cut(window.period).is_some());
        released.map(|window| Day::from_number(window.period.to().number() + delay_days)).min()
    }

    /// The windows that are years of statistics.
    pub fn statistics_years(&self) -> impl Iterator<Item = &Window> {
        self.windows.iter().filter(|window| {
            let days = window.period.to().number() - window.period.from().number();
            window.serves == WindowUse::Statistics && DAYS_OF_A_YEAR.contains(&days)
        })
    }

    /// The windows that the public may use on a day.
    pub fn released_windows(&self, today: Day) -> impl Iterator<Item = &Window> {
        self.windows.iter().filter(move |window| self.is_released(window, today))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    version: String,
    default_window: String,
    default_scheme: String,
    window: Vec<WindowEntry>,
    model_field: Vec<ModelField>,
    model_kind: Vec<ModelKindEntry>,
    population: PopulationRule,
    density: DensityRule,
    trend: TrendRule,
    hot_spots: HotSpotRule,
    clusters: ClusterRule,
    #[serde(default)]
    reports: ReportRule,
    situation: SituationRule,
    alerts: AlertRule,
    funnel: FunnelRule,
    effect: EffectRule,
    disclosure: DisclosureRule,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModelKindEntry {
    id: String,
    number: u8,
    vi: String,
    en: String,
    field: String,
    #[serde(default)]
    reach_m: Option<f64>,
    #[serde(default)]
    reach: Option<String>,
    components: BTreeSet<String>,
}

impl ModelKindEntry {
    fn checked(self) -> Result<ModelKind, RulesError> {
        let reach = match (self.reach_m, self.reach.as_deref()) {
            (Some(metres), None) if metres > 0.0 && metres.is_finite() => ModelReach::Metres(metres),
            (None, Some("area")) => ModelReach::Area,
            _ => {
                let expected = "given once per kind, as reach_m = metres or reach = \"area\"";
                return Err(RulesError::Range { what: "model_kind.reach", expected });
            }
        };
        let names = Names { vi: self.vi, en: self.en };
        let (id, number, field, components) = (self.id, self.number, self.field, self.components);
        Ok(ModelKind { id, number, names, field, reach, components })
    }
}

fn unique<'a>(what: &'static str, names: impl Iterator<Item = &'a String>) -> Result<(), RulesError> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(RulesError::Duplicate { what, name: name.clone() });
        }
    }
    Ok(())
}

fn defined<'a>(
    what: &'static str,
    mut names: impl Iterator<Item = &'a str>,
    known: &BTreeSet<&str>,
) -> Result<(), RulesError> {
    match names.find(|name| !known.contains(name)) {
        Some(name) => Err(RulesError::Undefined { what, name: name.to_owned() }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../geodata/rules.toml");

    fn taxonomy() -> Taxonomy {
        Taxonomy::from_toml(include_str!("../../../geodata/taxonomy.toml")).unwrap()
    }

    #[test]
    fn the_shipped_rules_are_accepted() {
        let rules = Rules::from_toml(SHIPPED, &taxonomy()).unwrap();
        assert_eq!(rules.model_kinds.len(), 10);
        assert_eq!(rules.default_scheme, "default");
        assert_eq!(rules.hash.len(), 16);
    }

    #[test]
    fn changing_a_value_changes_the_hash() {
        let changed = SHIPPED.replacen("delay_days = 30", "delay_days = 31", 1);
        let rules = Rules::from_toml(SHIPPED, &taxonomy()).unwrap();
        assert_ne!(Rules::from_toml(&changed, &taxonomy()).unwrap().hash, rules.hash);
    }

    #[test]
    fn first_release_is_due_after_the_delay_of_the_first_released_window_with_days() {
        let rules = Rules::from_toml(SHIPPED, &taxonomy()).unwrap();
        let day = |text: &str| Day::of_date(text.parse().unwrap());
        // Released are years of statistics from 2021 on; the first ends with 14 December 2021.
        assert_eq!(rules.first_release_due(&DataCoverage::default()), Some(day("2022-01-14")));
        let never = SHIPPED.replace("released = true", "released = false");
        let never = Rules::from_toml(&never, &taxonomy()).unwrap();
        assert_eq!(never.first_release_due(&DataCoverage::default()), None);
    }

    #[test]
    fn shares_outside_their_range_are_refused() {
        for (from, to, named) in [
            ("max_q = 0.10\nslack", "max_q = 1.0\nslack", "trend.max_q"),
            ("[hot_spots]\nmax_q = 0.10", "[hot_spots]\nmax_q = 0", "hot_spots.max_q"),
            ("min_expected = 5", "min_expected = -1", "hot_spots.min_expected"),
            ("max_share = 0.5", "max_share = 0.6", "clusters.max_share"),
            ("[0.95, 0.998]", "[0.998, 0.95]", "funnel.levels"),
            ("min_units = 10", "min_units = 9", "disclosure.shares"),
            ("\nk = 5", "\nk = 2", "disclosure.k"),
            ("\nk = 5", "\nk = 1001", "disclosure.k"),
            ("interval_width = 4", "interval_width = 3", "disclosure.interval_width"),
            ("planner_cell_m = 500", "planner_cell_m = 249.9", "disclosure.planner_cell_m"),
            ("planner_cell_m = 500", "planner_cell_m = nan", "disclosure.planner_cell_m"),
            ("min_events_weighted = 10", "min_events_weighted = 4", "disclosure.min_events_weighted"),
            ("delay_days = 30", "delay_days = 4294967295", "disclosure.delay_days"),
        ] {
            assert!(SHIPPED.contains(from), "{from}");
            let refusal = Rules::from_toml(&SHIPPED.replacen(from, to, 1), &taxonomy()).unwrap_err();
            assert!(matches!(refusal, RulesError::Range { what, .. } if what == named), "{refusal}");
        }
    }

    #[test]
    fn a_default_window_that_does_not_exist_is_refused() {
        let wrong = SHIPPED.replacen("default_window = \"", "default_window = \"X-", 1);
        assert!(matches!(Rules::from_toml(&wrong, &taxonomy()), Err(RulesError::Undefined { what: "window", .. })));
    }
}

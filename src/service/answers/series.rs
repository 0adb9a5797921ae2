//! Counts and rates over time: for every area one point per step, with exact limits.
//!
//! In: what was measured in steps, already cut to the role. Out: the answer of `/series`.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::comparison::MeasuredFigures;
use super::heading::Heading;
use crate::assessment::comparison::Clarity;
use crate::assessment::trend::tendency::{LEAST_STEPS, Tendency};
use crate::assessment::trend::timeline::{TimelineRequest, year_of};
use crate::assessment::{MEASURED_LEVEL, Measured};
use crate::domain::area::{AreaCode, Level};
use crate::domain::rules::Rules;
use crate::domain::time::calendar::{Step, StepExtent};
use crate::domain::time::period::{Day, PeriodDates};
use crate::service::filter::RequestedFilter;
use crate::service::live::ServedSnapshot;
use crate::snapshot::AreaEntry;

/// Some areas over some steps, measured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Series<'a> {
    pub(crate) served: &'a ServedSnapshot,
    pub(crate) requested: &'a RequestedFilter,
    pub(crate) by: StepName,
    pub(crate) followed: TimelineRequest<'a>,
    /// For every area what is measured in every step.
    pub(crate) measured: &'a [Vec<Measured>],
}

impl<'a> Series<'a> {
    /// The areas that are followed.
    fn areas(&self) -> Vec<&'a AreaEntry> {
        let edition_data = self.served.snapshot.edition(self.requested.filter.edition);
        let level = edition_data.and_then(|edition_data| edition_data.shape.level(self.followed.level));
        let areas = level.map(|level| &level.areas);
        self.followed.area_indices.iter().filter_map(|area_index| areas?.at(*area_index)).collect()
    }
}

/// The word for the length of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StepName {
    /// A day.
    Day,
    /// A week by ISO 8601.
    Week,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A year of statistics.
    Year,
}

impl StepName {
    /// The word in addresses and answers.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

/// Counts and rates of some areas, step by step.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SeriesAnswer {
    #[serde(flatten)]
    heading: Heading,
    /// The level of the areas.
    level: Level,
    /// The length of the steps.
    by: StepName,
    /// The areas in the order asked for.
    pub(crate) areas: Vec<AreaSeries>,
    /// How the figures are found.
    method: SeriesMethod,
}

/// One area over time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AreaSeries {
    /// The code within the edition.
    pub(crate) code: AreaCode,
    /// The official name.
    pub(crate) name: String,
    /// One point per step.
    pub(crate) points: Vec<SeriesStep>,
    /// Whether the rate rises or falls; null below five whole steps with known counts.
    #[schema(required)]
    tendency: Option<TendencyAnswer>,
}

/// One area in one step.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SeriesStep {
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub(crate) from: Date,
    /// The day after the last.
    #[schema(value_type = String, format = Date)]
    pub(crate) to: Date,
    /// Whether the period cuts the step.
    pub(crate) partial: bool,
    /// The id of the year of statistics, null where the step is none; only there in a series by year.
    #[serde(skip_serializing_if = "StepWindow::is_absent")]
    #[schema(value_type = Option<String>)]
    window: StepWindow,
    #[serde(flatten)]
    pub(crate) figures: MeasuredFigures,
}

/// The window that a step is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum StepWindow {
    /// A year of statistics.
    Year(String),
    /// A cut year: null.
    NoYear,
    /// A step of another length: no member.
    Absent,
}

impl StepWindow {
    fn is_absent(&self) -> bool {
        *self == Self::Absent
    }
}

/// Whether a rate rises or falls, with the figures behind it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TendencyAnswer {
    /// What can be said.
    direction: TendencyDirection,
    /// How many steps it rests on.
    steps: usize,
    /// The rate of a step over that of the step before, by the log-linear Poisson model.
    #[schema(required)]
    rate_ratio_per_step: Option<f64>,
    /// Lower limit of that ratio.
    #[schema(required)]
    low: Option<f64>,
    /// Upper limit of that ratio.
    #[schema(required)]
    high: Option<f64>,
    /// Variance over mean of the counts about the trend.
    #[schema(required)]
    dispersion: Option<f64>,
    /// The rank test on the rates; null for a series of very many steps.
    #[schema(required)]
    mann_kendall: Option<MannKendallAnswer>,
    /// The slope that no single step can pull; null as the rank test is.
    #[schema(required)]
    theil_sen: Option<TheilSenAnswer>,
}

/// Where a rate goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TendencyDirection {
    /// Up, beyond chance.
    Rising,
    /// Down, beyond chance.
    Falling,
    /// Neither beyond chance.
    NotClear,
}

/// The rank test of Mann and Kendall.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct MannKendallAnswer {
    /// Rises less falls over all pairs, −1 to 1.
    tau: f64,
    /// The statistic in standard deviations.
    z: f64,
    /// Two-sided probability.
    p: f64,
}

/// The slope of Theil and Sen.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct TheilSenAnswer {
    /// Change of the rate per 100,000 person-years from step to step.
    rate_per_step: f64,
    /// Lower limit.
    low: f64,
    /// Upper limit.
    high: f64,
}

/// How the figures of a series are found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SeriesMethod {
    /// The unit of every rate.
    rate_unit: &'static str,
    /// Coverage of the limits, 0 to 1.
    level: f64,
    /// How the limits are found.
    limits: &'static str,
    /// The time zone in which days begin.
    time_zone: &'static str,
    /// How days are written.
    days: &'static str,
    /// What a week is; null in a series by anything else.
    #[schema(required)]
    week: Option<&'static str>,
    /// What a year is; null in a series by anything else.
    #[schema(required)]
    year: Option<StatisticsYearAnswer>,
    /// How the tendency is found.
    tendency: String,
    /// What a step is that the period cuts.
    partial: &'static str,
}

/// What a year of statistics is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct StatisticsYearAnswer {
    /// Always `statistics`.
    kind: YearKind,
    /// Its first day as `--MM-DD`.
    first_day: String,
    /// Its last day as `--MM-DD`.
    last_day: String,
}

/// The kinds of year that a series may go by.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum YearKind {
    Statistics,
}

impl SeriesAnswer {
    /// The series of all areas.
    pub(crate) fn of(series: &Series<'_>) -> Self {
        let rules = &series.served.snapshot.rules;
        let areas = series.areas();
        let areas = areas.iter().zip(series.measured);
        Self {
            heading: Heading::of(&series.served.snapshot, series.requested),
            level: series.followed.level,
            by: series.by,
            areas: areas.map(|(area, measured)| AreaSeries::of(series, area, measured)).collect(),
            method: SeriesMethod::of(rules, series.by),
        }
    }
}

impl AreaSeries {
    fn of(series: &Series<'_>, area: &AreaEntry, measured: &[Measured]) -> Self {
        let (rules, steps) = (&series.served.snapshot.rules, series.followed.steps);
        let points = steps.iter().zip(measured);
        Self {
            code: area.code.clone(),
            name: area.name.clone(),
            points: points.map(|(step, measured)| SeriesStep::of(rules, series.by, step, *measured)).collect(),
            tendency: Tendency::of(steps, measured).map(|found| TendencyAnswer::of(&found)),
        }
    }
}

impl SeriesStep {
    fn of(rules: &Rules, by: StepName, step: &Step, measured: Measured) -> Self {
        let PeriodDates { from, to } = PeriodDates::from(step.period);
        let year = || year_of(rules, step.period).map(|window| window.id.clone());
        Self {
            from,
            to,
            partial: step.extent == StepExtent::Partial,
            window: match by {
                StepName::Year => year().map_or(StepWindow::NoYear, StepWindow::Year),
                StepName::Day | StepName::Week | StepName::Month | StepName::Quarter => StepWindow::Absent,
            },
            figures: MeasuredFigures::of(measured),
        }
    }
}

impl TendencyAnswer {
    fn of(found: &Tendency) -> Self {
        let Tendency { steps, poisson, ranks, slope } = *found;
        Self {
            direction: match found.clarity() {
                Clarity::Higher => TendencyDirection::Rising,
                Clarity::Lower => TendencyDirection::Falling,
                Clarity::Unclear => TendencyDirection::NotClear,
            },
            steps,
            rate_ratio_per_step: poisson.map(|trend| trend.per_step.ratio),
            low: poisson.map(|trend| trend.per_step.limits.low),
            high: poisson.map(|trend| trend.per_step.limits.high),
            dispersion: poisson.and_then(|trend| trend.dispersion),
            mann_kendall: ranks.map(|ranks| MannKendallAnswer { tau: ranks.tau, z: ranks.z, p: ranks.p }),
            theil_sen: slope.map(|slope| TheilSenAnswer {
                rate_per_step: slope.slope,
                low: slope.limits.low,
                high: slope.limits.high,
            }),
        }
    }
}

impl SeriesMethod {
    fn of(rules: &Rules, by: StepName) -> Self {
        let year = rules.statistics_years().next().filter(|_| by == StepName::Year);
        let day = |day: Day| day.date().strftime("--%m-%d").to_string();
        Self {
            rate_unit: "per 100000 person-years",
            level: MEASURED_LEVEL,
            limits: "exact Poisson (Garwood)",
            time_zone: "Asia/Ho_Chi_Minh",
            days: "half-open: `to` is the first day after the step",
            week: (by == StepName::Week).then_some("ISO 8601, from Monday"),
            year: year.map(|year| StatisticsYearAnswer {
                kind: YearKind::Statistics,
                first_day: day(year.period.from()),
                last_day: day(Day::from_number(year.period.to().number() - 1)),
            }),
            tendency: format!(
                "log-linear Poisson rate ratio of one step, Mann-Kendall, Theil-Sen; rising or falling where limits and \
                 ranks both say so; from {LEAST_STEPS} whole steps with known counts"
            ),
            partial: "cut by the period: its rate holds, its count is not that of a whole step",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn window_of_a_step_is_an_id_null_or_not_there() {
        let step = |window| SeriesStep {
            from: jiff::civil::date(2024, 1, 1),
            to: jiff::civil::date(2025, 1, 1),
            partial: false,
            window,
            figures: MeasuredFigures::of(Measured::default()),
        };
        assert_eq!(json!(step(StepWindow::Year("TK-2024".into())))["window"], "TK-2024");
        assert_eq!(json!(step(StepWindow::NoYear)).get("window"), Some(&json!(null)));
        assert_eq!(json!(step(StepWindow::Absent)).get("window"), None);
    }

    #[test]
    fn steps_are_named_alike_in_addresses_and_answers() {
        for name in [StepName::Day, StepName::Week, StepName::Month, StepName::Quarter, StepName::Year] {
            assert_eq!(json!(name), name.as_str());
        }
    }
}

//! Counts and rates over time as JSON: for every area one point per step, with exact limits.

use serde_json::{Map, Value as Json, json};

use super::comparison::measured_members;
use super::heading;
use crate::assessment::comparison::Clarity;
use crate::assessment::trend::tendency::{LEAST_STEPS, Tendency};
use crate::assessment::trend::timeline::{TimelineRequest, year_of};
use crate::assessment::{MEASURED_LEVEL, Measured};
use crate::domain::role::Role;
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
    pub(crate) role: Role,
    /// The word for the length of the steps.
    pub(crate) by: &'static str,
    pub(crate) followed: TimelineRequest<'a>,
    /// For every area what is measured in every step.
    pub(crate) measured: &'a [Vec<Measured>],
}

impl<'a> Series<'a> {
    /// The areas that are followed.
    pub(super) fn areas(&self) -> Vec<&'a AreaEntry> {
        let edition_data = self.served.snapshot.edition(self.requested.filter.edition);
        let level = edition_data.and_then(|edition_data| edition_data.shape.level(self.followed.level));
        let areas = level.map_or(&[][..], |level| &level.areas);
        self.followed.area_indices.iter().filter_map(|area_index| areas.get(*area_index)).collect()
    }
}

/// The series of all areas.
pub(crate) fn document(series: &Series<'_>) -> Json {
    let rules = &series.served.snapshot.rules;
    let areas = series.areas();
    let of_area = |(area, measured): (&&AreaEntry, &Vec<Measured>)| {
        let points = series.followed.steps.iter().zip(measured);
        let points: Json = points.map(|(step, measured)| point(rules, series.by, step, *measured)).collect();
        let tendency = Tendency::of(series.followed.steps, measured).map(|found| trend(&found));
        json!({ "code": area.code, "name": area.name, "points": points, "tendency": tendency })
    };
    let mut document = heading(&series.served.snapshot, series.requested);
    document.insert("level".into(), json!(series.followed.level));
    document.insert("by".into(), json!(series.by));
    document.insert("areas".into(), areas.iter().zip(series.measured).map(of_area).collect());
    document.insert("method".into(), method(rules, series.by));
    Json::Object(document)
}

fn point(rules: &Rules, by: &str, step: &Step, measured: Measured) -> Json {
    let dates = PeriodDates::from(step.period);
    let mut members = Map::new();
    members.insert("from".into(), json!(dates.from));
    members.insert("to".into(), json!(dates.to));
    members.insert("partial".into(), json!(step.extent == StepExtent::Partial));
    if by == "year" {
        members.insert("window".into(), json!(year_of(rules, step.period).map(|window| &window.id)));
    }
    members.extend(measured_members(measured));
    Json::Object(members)
}

/// Whether the rate rises or falls, with the figures behind it.
fn trend(found: &Tendency) -> Json {
    let (poisson, slope) = (found.poisson, found.slope);
    json!({
        "direction": match found.clarity() {
            Clarity::Higher => "rising",
            Clarity::Lower => "falling",
            Clarity::Unclear => "not_clear",
        },
        "steps": found.steps,
        "rate_ratio_per_step": poisson.map(|trend| trend.per_step.ratio),
        "low": poisson.map(|trend| trend.per_step.limits.low),
        "high": poisson.map(|trend| trend.per_step.limits.high),
        "dispersion": poisson.and_then(|trend| trend.dispersion),
        "mann_kendall": found.ranks.map(|ranks| json!({ "tau": ranks.tau, "z": ranks.z, "p": ranks.p })),
        "theil_sen": slope.map(|slope| {
            json!({ "rate_per_step": slope.slope, "low": slope.limits.low, "high": slope.limits.high })
        }),
    })
}

fn method(rules: &Rules, by: &str) -> Json {
    let year = rules.statistics_years().next().filter(|_| by == "year");
    let day = |day: Day| day.date().strftime("--%m-%d").to_string();
    json!({
        "rate_unit": "per 100000 person-years",
        "level": MEASURED_LEVEL,
        "limits": "exact Poisson (Garwood)",
        "time_zone": "Asia/Ho_Chi_Minh",
        "days": "half-open: `to` is the first day after the step",
        "week": (by == "week").then_some("ISO 8601, from Monday"),
        "year": year.map(|year| json!({
            "kind": "statistics",
            "first_day": day(year.period.from()),
            "last_day": day(Day::from_number(year.period.to().number() - 1)),
        })),
        "tendency": format!(
            "log-linear Poisson rate ratio of one step, Mann-Kendall, Theil-Sen; rising or falling where limits and ranks \
             both say so; from {LEAST_STEPS} whole steps with known counts"
        ),
        "partial": "cut by the period: its rate holds, its count is not that of a whole step",
    })
}

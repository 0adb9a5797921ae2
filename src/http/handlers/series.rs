//! `/series`: counts and rates of some areas, step by step.

use std::sync::Arc;

use axum::response::Response;

use super::chosen::Chosen;
use super::filter_and;
use crate::assessment::timeline::{Followed, are_released_years, statistics_year, timelines};
use crate::domain::calendar::{Step, StepLength, steps};
use crate::domain::period::{Day, Period};
use crate::domain::rules::Rules;
use crate::http::ask::Ask;
use crate::http::documents::series::{self, Series};
use crate::http::documents::tables;
use crate::http::download::{Content, Form, Written, written};
use crate::http::error::{ApiError, names, shown};
use crate::http::filter::{AskedFilter, not_released};
use crate::http::query::Query;

/// How many points an answer has at most: ten areas by day over a year and a third.
const MAX_POINTS: usize = 5000;
/// How many areas are followed at once: every commune of a province.
const AREAS: std::ops::RangeInclusive<usize> = 1..=300;

/// Some areas over the steps of a period.
pub(in crate::http) async fn by_step(ask: Ask) -> Result<Response, ApiError> {
    let query = ask.query(&filter_and(&["edition", "areas", "by", "f", "lang"]))?;
    let (served, role) = (ask.served()?, ask.role());
    let asked = AskedFilter::resolved(&query, &served, role)?;
    let picture = served.snapshot.edition(asked.filter.edition);
    let picture = picture.ok_or_else(|| ApiError::internal(&"a filter without its edition"))?;
    let Chosen { level, places } = Chosen::of(picture, &query, AREAS)?;
    let by = By::asked(&query, &served.snapshot.rules)?;
    let steps = bounded(asked.filter.period, &by, places.len())?;
    let today = Day::today();
    if !role.sees_small_counts() && !are_released_years(&served.snapshot.rules, &steps, today) {
        return Err(not_released(&served.snapshot.rules, today));
    }
    let key = format!("{}&level={level}&areas={places:?}&by={}", asked.key(&served.snapshot), by.name);
    let name = vec!["series".to_owned(), format!("by-{}", by.name), level.to_string(), asked.file_name()];
    let form = Written::asked(&ask, &query, key, name)?;
    let held = Arc::clone(&served);
    written(&ask, &served, form, move |form| {
        let followed = Followed { level, places: &places, steps: &steps, sight: held.sight(role) };
        let measured = timelines(&held.snapshot, &asked.filter, &followed)?;
        let series = Series { served: &held, asked: &asked, role, by: by.name, followed, measured: &measured };
        Ok(match form {
            Form::Json => Content::Document(series::document(&series)),
            Form::Csv | Form::Xlsx => Content::table(tables::series(&series)),
        })
    })
    .await
}

/// The length of the steps, and its word.
struct By {
    name: &'static str,
    length: StepLength,
}

impl By {
    /// The parameter `by`; years of statistics where it is not given.
    fn asked(query: &Query, rules: &Rules) -> Result<Self, ApiError> {
        let lengths = [
            ("day", Some(StepLength::Day)),
            ("week", Some(StepLength::Week)),
            ("month", Some(StepLength::Month)),
            ("quarter", Some(StepLength::Quarter)),
            ("year", statistics_year(rules)),
        ];
        let text = query.value("by").unwrap_or("year");
        let known = || lengths.iter().filter(|(_, length)| length.is_some()).map(|(name, _)| (*name).to_owned());
        let found = lengths.iter().find(|(name, _)| *name == text);
        let found = found.and_then(|(name, length)| Some(Self { name, length: (*length)? }));
        found.ok_or_else(|| ApiError::none_of("by", &shown(text), known().collect()))
    }
}

/// The steps of a period, not too many for so many areas.
fn bounded(period: Period, by: &By, areas: usize) -> Result<Vec<Step>, ApiError> {
    steps(period, by.length, MAX_POINTS / areas.max(1)).map_err(|refusal| ApiError::ConflictingParameters {
        what: names(
            format!(
                "Quá nhiều điểm: với {areas} khu vực, mỗi khu vực có nhiều nhất {} bước. Hãy chọn “by” dài hơn, \
                kỳ ngắn hơn hoặc ít khu vực hơn.",
                refusal.at_most
            ),
            format!(
                "Too many points: with {areas} areas each has at most {} steps. Ask for longer steps (\"by\"), a \
                shorter period or fewer areas.",
                refusal.at_most
            ),
        ),
    })
}

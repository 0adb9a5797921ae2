//! `/series`: counts and rates of some areas, step by step.

use std::sync::Arc;

use axum::response::Response;

use super::filter_and;
use crate::assessment::trend::timeline::{TimelineRequest, are_released_years, statistics_year, timelines};
use crate::domain::rules::Rules;
use crate::domain::time::calendar::{Step, StepLength, steps};
use crate::domain::time::period::Period;
use crate::export::answer_tables;
use crate::http::answer::download::{Content, DownloadFormat, TableDownload, written};
use crate::http::error::{ApiError, quoted};
use crate::http::extract::api_request::ApiRequest;
use crate::http::extract::requested_areas::RequestedAreas;
use crate::service::answers::series::{Series, SeriesAnswer, StepName};
use crate::service::filter::RequestedFilter;
use crate::service::query::Query;
use crate::texts::text;

/// How many points an answer has at most: ten areas by day over a year and a third.
const MAX_POINTS: usize = 5000;
/// How many areas are followed at once: every commune of a province.
const AREAS: std::ops::RangeInclusive<usize> = 1..=300;

/// Some areas over the steps of a period.
pub(in crate::http) async fn by_step(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&filter_and(&["edition", "areas", "by", "f", "lang"]))?;
    let (served, role) = (api_request.served()?, api_request.role());
    let requested = RequestedFilter::resolved(&query, &served, api_request.viewer)?;
    let edition_data = served.snapshot.edition(requested.filter.edition);
    let edition_data = edition_data.ok_or_else(|| ApiError::internal(&"a filter without its edition"))?;
    let RequestedAreas { level, area_indices } = RequestedAreas::of(edition_data, &query, AREAS)?;
    let by = StepSize::requested(&query, &served.snapshot.rules)?;
    let steps = bounded(requested.filter.period, &by, area_indices.len())?;
    let viewer = api_request.viewer;
    if !role.sees_small_counts() && !are_released_years(&served.snapshot.rules, &steps, viewer.today()) {
        return Err(viewer.not_released(&served.snapshot.rules).into());
    }
    let key =
        format!("{}&level={level}&areas={area_indices:?}&by={}", requested.key(&served.snapshot), by.name.as_str());
    let name = vec!["series".to_owned(), format!("by-{}", by.name.as_str()), level.to_string(), requested.file_name()];
    let form = TableDownload::requested(&api_request, &query, key, name)?;
    let held = Arc::clone(&served);
    written(&api_request, &served, form, move |form| {
        let timeline =
            TimelineRequest { level, area_indices: &area_indices, steps: &steps, visibility: held.visibility(role) };
        let measured = timelines(&held.snapshot, &requested.filter, &timeline)?;
        let series = Series {
            served: &held,
            requested: &requested,
            viewer,
            by: by.name,
            followed: timeline,
            measured: &measured,
        };
        Ok(match form {
            DownloadFormat::Json => Content::document(&SeriesAnswer::of(&series))?,
            DownloadFormat::Csv | DownloadFormat::Xlsx => Content::table(answer_tables::series(&series)),
        })
    })
    .await
}

/// The length of the steps, and its word.
struct StepSize {
    name: StepName,
    length: StepLength,
}

impl StepSize {
    /// The parameter `by`; years of statistics where it is not given.
    fn requested(query: &Query, rules: &Rules) -> Result<Self, ApiError> {
        let lengths = [
            (StepName::Day, Some(StepLength::Day)),
            (StepName::Week, Some(StepLength::Week)),
            (StepName::Month, Some(StepLength::Month)),
            (StepName::Quarter, Some(StepLength::Quarter)),
            (StepName::Year, statistics_year(rules)),
        ];
        let text = query.value("by").unwrap_or("year");
        let known = || lengths.iter().filter(|(_, length)| length.is_some()).map(|(name, _)| name.as_str().to_owned());
        let found = lengths.iter().find(|(name, _)| name.as_str() == text);
        let found = found.and_then(|(name, length)| Some(Self { name: *name, length: (*length)? }));
        found.ok_or_else(|| ApiError::none_of("by", &quoted(text), known().collect()))
    }
}

/// The steps of a period, not too many for so many areas.
fn bounded(period: Period, by: &StepSize, areas: usize) -> Result<Vec<Step>, ApiError> {
    steps(period, by.length, MAX_POINTS / areas.max(1)).map_err(|refusal| {
        let most = refusal.at_most.to_string();
        ApiError::conflicting(text!("request-too-many-points", areas = areas.to_string(), most = most))
    })
}

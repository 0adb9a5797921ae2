//! `/comparison`: two to six areas of one level side by side.

use axum::response::Response;

use super::areas::{absent, found};
use super::{Question, filter_and};
use crate::domain::area::Level;
use crate::http::answer::{Freshness, Head, JSON, Wording, document};
use crate::http::ask::Ask;
use crate::http::documents;
use crate::http::error::{ApiError, names, shown};
use crate::http::filter::AskedFilter;
use crate::snapshot::EditionPicture;

/// How many areas are compared at once; fifteen pairs are as many as a reader takes in.
const AREAS: std::ops::RangeInclusive<usize> = 2..=6;

/// Some areas and the differences between them.
pub(in crate::http) async fn areas(ask: Ask) -> Result<Response, ApiError> {
    let query = ask.query(&filter_and(&["edition", "areas"]))?;
    let served = ask.served()?;
    let asked = AskedFilter::resolved(&query, &served, ask.role())?;
    let text = query.value("areas").unwrap_or_default();
    let edition = asked.filter.edition;
    let picture =
        served.snapshot.edition(edition).ok_or_else(|| ApiError::internal(&"a filter without its edition"))?;
    let (level, places) = compared(picture, text)?;
    let question = Question::new(&ask, &served, asked);
    let key = format!("{}&level={level}&areas={places:?}", question.key());
    let head = Head::new(&ask, &served, &key, Freshness::Revalidate, Wording::Neutral);
    document(&ask, head, JSON, move || Ok(documents::comparison::comparison(&question.assessed(level)?, &places))).await
}

/// The level and the places of the codes, in the order asked.
fn compared(picture: &EditionPicture, text: &str) -> Result<(Level, Vec<usize>), ApiError> {
    let codes: Vec<&str> = text.split(',').filter(|code| !code.is_empty()).collect();
    let mut distinct = codes.clone();
    distinct.sort_unstable();
    distinct.dedup();
    if !AREAS.contains(&codes.len()) || distinct.len() != codes.len() {
        let expected =
            names("từ 2 đến 6 mã khác nhau, cách bằng dấu phẩy", "2 to 6 different codes, separated by commas");
        return Err(ApiError::invalid("areas", &shown(text), expected));
    }
    let place = |code: &&str| found(picture, code).ok_or_else(|| absent(&picture.entry.id.to_string(), code));
    let found: Vec<(Level, usize)> = codes.iter().map(place).collect::<Result<_, _>>()?;
    let level = found.first().map_or(Level::Commune, |(level, _)| *level);
    if found.iter().any(|(other, _)| *other != level) {
        let what = names("Chỉ so sánh các khu vực cùng một cấp.", "Only areas of one level can be compared.");
        return Err(ApiError::ConflictingParameters { what });
    }
    Ok((level, found.into_iter().map(|(_, place)| place).collect()))
}

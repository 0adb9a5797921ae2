//! `/areas` and `/areas/{edition}/{code}`.

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;

use super::{Question, filter_and};
use crate::domain::area::{AreaCode, Level};
use crate::http::answer::{Freshness, GEOJSON, Head, JSON, Wording, document};
use crate::http::ask::Ask;
use crate::http::documents;
use crate::http::documents::geometry::Shape;
use crate::http::download::{Content, FORM, Form, Written, written};
use crate::http::error::{ApiError, shown};
use crate::http::filter::{AskedFilter, edition, level};
use crate::http::query::Query;
use crate::snapshot::EditionPicture;

/// The areas of a level as GeoJSON.
pub(in crate::http) async fn collection(ask: Ask) -> Result<Response, ApiError> {
    let query = ask.query(&filter_and(&["edition", "level", "geometry"]))?;
    let served = ask.served()?;
    let asked = AskedFilter::resolved(&query, &served, ask.role())?;
    let level = level(&query, &served.snapshot, asked.filter.edition)?;
    let shape = shape(&query)?;
    let question = Question::new(&ask, &served, asked);
    let key = format!("{}&level={level}&geometry={}", question.key(), shape.as_str());
    let head = Head::new(&ask, &served, &key, Freshness::Revalidate, Wording::Neutral);
    document(&ask, head, GEOJSON, move || Ok(documents::areas::feature_collection(&question.assessed(level)?, shape)))
        .await
}

/// One area with all that is known of it.
pub(in crate::http) async fn one(ask: Ask, Path(place): Path<(String, String)>) -> Result<Response, ApiError> {
    let AskedArea { question, level, place, .. } = AskedArea::of(&ask, &place, &[])?;
    let served = Arc::clone(&question.served);
    let head = Head::new(&ask, &served, &question.key(), Freshness::Revalidate, Wording::Neutral);
    document(&ask, head, JSON, move || {
        let assessed = question.assessed(level)?;
        documents::area::area(&assessed, place).ok_or_else(|| ApiError::internal(&"an area without its row"))
    })
    .await
}

/// Why one area has its letter.
pub(in crate::http) async fn explanation(ask: Ask, Path(place): Path<(String, String)>) -> Result<Response, ApiError> {
    let code = place.1.clone();
    let AskedArea { query, question, level, place } = AskedArea::of(&ask, &place, &FORM)?;
    let name = vec!["explanation".to_owned(), code, question.asked.file_name()];
    let form = Written::asked(&ask, &query, question.key(), name)?;
    let served = Arc::clone(&question.served);
    written(&ask, &served, form, move |form| {
        let assessed = question.assessed(level)?;
        let spoken = documents::explanation::spoken(&assessed, place)?;
        let spoken = spoken.ok_or_else(|| ApiError::internal(&"an area without its row"))?;
        Ok(match form {
            Form::Json => Content::Document(documents::explanation::explanation(&assessed, place, &spoken)),
            Form::Csv | Form::Xlsx => Content::table(documents::tables::explanation(&assessed, &spoken)),
        })
    })
    .await
}

/// A question on the area that an address names.
struct AskedArea {
    query: Query,
    question: Question,
    level: Level,
    place: usize,
}

impl AskedArea {
    /// The area of an address that takes the filter and some more parameters.
    fn of(ask: &Ask, (edition_text, code): &(String, String), more: &[&'static str]) -> Result<Self, ApiError> {
        let query = ask.query(&filter_and(more))?;
        let served = ask.served()?;
        let edition = edition(&served.snapshot, edition_text)?;
        let asked = AskedFilter::on_edition(edition, &query, &served, ask.role())?;
        let unknown = || absent(edition_text, code);
        let picture = served.snapshot.edition(edition).ok_or_else(unknown)?;
        let (level, place) = found(picture, code).ok_or_else(unknown)?;
        let question = Question::new(ask, &served, asked);
        Ok(Self { query, question, level, place })
    }
}

/// The level and the place of a code: communes before districts before the province.
pub(super) fn found(picture: &EditionPicture, code: &str) -> Option<(Level, usize)> {
    let code: AreaCode = code.parse().ok()?;
    let mut levels: Vec<_> = picture.shape.levels.iter().collect();
    levels.sort_by_key(|areas| std::cmp::Reverse(areas.level));
    levels.into_iter().find_map(|areas| Some((areas.level, areas.place(&code)?)))
}

pub(super) fn absent(edition: &str, code: &str) -> ApiError {
    let code = shown(code);
    ApiError::absent(
        format!("Bộ địa giới {edition} không có đơn vị nào mang mã “{code}”."),
        format!("The edition {edition} has no area with the code \"{code}\"."),
    )
}

fn shape(query: &Query) -> Result<Shape, ApiError> {
    match query.value("geometry") {
        None => Ok(Shape::Simplified),
        Some(text) => text.parse().map_err(|()| ApiError::none_of("geometry", text, Shape::words())),
    }
}

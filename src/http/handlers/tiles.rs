//! `/tiles`: the list, TileJSON, and the tiles themselves.

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;
use serde_json::{Value as Json, json};

use super::{Question, filter_and};
use crate::domain::text::Language;
use crate::http::answer::{Freshness, Head, JSON, Wording, document};
use crate::http::ask::Ask;
use crate::http::error::{ApiError, names};
use crate::http::filter::AskedFilter;
use crate::http::tile_request::{TileRequest, allowed, key, properties, selection};
use crate::tile::selection::Selection;
use crate::tile::tilejson::{TileJsonRequest, tile_json};
use crate::tile::tileset::Tileset;

/// The tilesets that the role may have.
pub(in crate::http) async fn list(ask: Ask) -> Result<Response, ApiError> {
    ask.query(&[])?;
    let served = ask.served()?;
    let head = Head::new(&ask, &served, "", Freshness::Revalidate, Wording::Neutral);
    let (site, role) = (Arc::clone(&ask.site), ask.role());
    document(&ask, head, JSON, move || {
        let allowed = Tileset::ALL.into_iter().filter(|tileset| tileset.is_allowed_to(role));
        let entry = |tileset: Tileset| {
            let url = site.address(&format!("/tiles/{}", tileset.as_str()));
            json!({ "id": tileset.as_str(), "title": tileset.title(), "url": url })
        };
        let tilesets: Vec<Json> = allowed.map(entry).collect();
        let snapshot = &served.snapshot;
        Ok(json!({ "sample": snapshot.is_sample(), "epoch": snapshot.epoch, "tilesets": tilesets }))
    })
    .await
}

/// The TileJSON of a tileset under a filter.
pub(in crate::http) async fn description(ask: Ask, Path(tileset): Path<String>) -> Result<Response, ApiError> {
    let query = ask.query(&filter_and(&["edition", "properties"]))?;
    let tileset = allowed(&tileset, &ask)?;
    let served = ask.served()?;
    let asked = AskedFilter::resolved(&query, &served, ask.role())?;
    let selection = selection(&query)?;
    let key = key(&asked, selection, &served);
    let question = Question::new(&ask, &served, asked);
    let head = Head::new(&ask, &served, &key, Freshness::Revalidate, Wording::Spoken);
    let language = ask.language;
    document(&ask, head, JSON, move || described(&question, (tileset, selection), language)).await
}

fn described(
    question: &Question,
    (tileset, selection): (Tileset, Selection),
    language: Language,
) -> Result<Json, ApiError> {
    let (served, asked) = (&question.served, &question.asked);
    let snapshot = &served.snapshot;
    let picture = snapshot.edition(asked.filter.edition).ok_or(ApiError::NotReady)?;
    let filter = asked.address(snapshot);
    let template = format!("/tiles/{}/{{z}}/{{x}}/{{y}}", tileset.as_str());
    let properties = properties(selection);
    let query = format!("{filter}{properties}&epoch={}&revision={}", snapshot.epoch, served.revision);
    let period = asked.filter.period;
    let description = names(
        format!("{}, từ {} đến trước {}", picture.entry.vi, period.from(), period.to()),
        format!("{}, from {} until before {}", picture.entry.en, period.from(), period.to()),
    );
    let attribution = if snapshot.is_sample() {
        names("Bình Yên – dữ liệu minh hoạ", "Bình Yên – sample data")
    } else {
        names("Bình Yên", "Bình Yên")
    };
    let mut answer = tile_json(&TileJsonRequest {
        tileset,
        selection,
        role: question.role,
        square_m: snapshot.rules.disclosure.planner_cell_m,
        language,
        tiles_url: &question.site.address(&format!("{template}?{query}")),
        epoch: snapshot.epoch,
        bounds: picture.shape.bounds,
        attribution: attribution.in_language(language),
        description: description.in_language(language),
    });
    answer["sample"] = json!(snapshot.is_sample());
    Ok(answer)
}

/// One tile.
pub(in crate::http) async fn tile(
    ask: Ask,
    Path((tileset, z, x, y)): Path<(String, String, String, String)>,
) -> Result<Response, ApiError> {
    let ask = ask.for_tiles();
    let request = TileRequest::read(&ask, &tileset, [&z, &x, &y])?;
    if let Some(response) = request.not_modified() {
        return Ok(response);
    }
    let (state, request) = (Arc::clone(&ask.state), Arc::new(request));
    let worker = Arc::clone(&request);
    let body = state.compute(move || worker.body()).await?;
    Ok(request.response(body))
}

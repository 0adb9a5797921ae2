//! `/tiles`: the list, TileJSON, and the tiles themselves.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::HeaderValue;
use axum::response::Response;
use serde_json::{Value as Json, json};

use super::{Question, filter_and};
use crate::assessment::Assessment;
use crate::domain::role::Role;
use crate::domain::text::Language;
use crate::http::answer::{CodedBody, Freshness, Head, JSON, MVT, Wording, document};
use crate::http::ask::Ask;
use crate::http::error::{ApiError, names, shown};
use crate::http::filter::{AskedFilter, Stability};
use crate::http::headers::CROSS_ORIGIN_RESOURCE_POLICY;
use crate::http::query::Query;
use crate::http::state::Served;
use crate::tile::encode::TileSource;
use crate::tile::tilejson::{TileJsonRequest, tile_json};
use crate::tile::tileset::Tileset;
use crate::tile::{MAX_ZOOM, MIN_ZOOM, TileAddress};

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
    let query = ask.query(&filter_and(&["edition"]))?;
    let tileset = allowed(&tileset, &ask)?;
    let served = ask.served()?;
    let asked = AskedFilter::resolved(&query, &served, ask.role())?;
    let question = Question::new(&ask, &served, asked);
    let head = Head::new(&ask, &served, &question.key(), Freshness::Revalidate, Wording::Spoken);
    let language = ask.language;
    document(&ask, head, JSON, move || described(&question, tileset, language)).await
}

fn described(question: &Question, tileset: Tileset, language: Language) -> Result<Json, ApiError> {
    let (served, asked) = (&question.served, &question.asked);
    let snapshot = &served.snapshot;
    let picture = snapshot.edition(asked.filter.edition).ok_or(ApiError::NotReady)?;
    let filter = asked.address(snapshot);
    let template = format!("/tiles/{}/{{z}}/{{x}}/{{y}}", tileset.as_str());
    let query = format!("{filter}&epoch={}&revision={}", snapshot.epoch, served.revision);
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
        role: question.role,
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
    let query = ask.query(&filter_and(&["edition", "epoch", "revision"]))?;
    let tileset = allowed(&tileset, &ask)?;
    let address = address(&z, &x, &y)?;
    let served = ask.served()?;
    let asked = AskedFilter::resolved(&query, &served, ask.role())?;
    let freshness = freshness(&query, &served, &asked)?;
    let question = Question::new(&ask, &served, asked);
    let head = Head::new(&ask, &served, &question.key(), freshness, Wording::Neutral);
    let mut response = match head.not_modified() {
        Some(response) => response,
        None => drawn(&ask, &head, question, tileset, address).await?,
    };
    response.headers_mut().insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    Ok(response)
}

async fn drawn(
    ask: &Ask,
    head: &Head,
    question: Question,
    tileset: Tileset,
    address: TileAddress,
) -> Result<Response, ApiError> {
    let coding = head.coding();
    let work = move || Ok(encoded(&question, tileset, address)?.map(|bytes| CodedBody::new(bytes, coding)));
    let body = ask.state.compute(work).await?;
    Ok(body.map_or_else(|| head.no_content(), |body| head.with(MVT, body)))
}

fn encoded(question: &Question, tileset: Tileset, address: TileAddress) -> Result<Option<Vec<u8>>, ApiError> {
    let (snapshot, filter) = (&question.served.snapshot, &question.asked.filter);
    let picture = snapshot.edition(filter.edition).ok_or(ApiError::NotReady)?;
    let levels = tileset.levels().into_iter().filter(|level| picture.shape.level(*level).is_some());
    let assessments: Vec<Arc<Assessment>> = levels
        .map(|level| question.state.assessment(&question.served, level, filter, question.role))
        .collect::<Result<_, _>>()?;
    let role = question.role;
    let source = TileSource { snapshot, picture, tileset, role, filter, assessments: &assessments };
    source.encoded(address).map_err(|error| ApiError::internal(&error))
}

/// The tileset of a name, if the role may have it.
fn allowed(name: &str, ask: &Ask) -> Result<Tileset, ApiError> {
    let tileset: Tileset = name.parse().map_err(|_| ApiError::NotFound {
        what: names(
            format!("Không có bộ ô bản đồ “{}”.", shown(name)),
            format!("No tileset is called \"{}\".", shown(name)),
        ),
        known: Tileset::ALL.iter().map(|tileset| tileset.as_str().to_owned()).collect(),
    })?;
    if !tileset.is_allowed_to(ask.role()) {
        ask.viewer.at_least(Role::Commander)?;
    }
    Ok(tileset)
}

fn address(z: &str, x: &str, y: &str) -> Result<TileAddress, ApiError> {
    let wrong =
        |vi: &str, en: &str| ApiError::BadTileAddress { address: shown(&format!("{z}/{x}/{y}")), what: names(vi, en) };
    let number = |text: &str| whole_number(text).and_then(|number| u32::try_from(number).ok());
    let (Some(z), Some(x), Some(y)) = (number(z), number(x), number(y)) else {
        return Err(wrong("z, x, y phải là số nguyên không âm", "z, x and y must be whole numbers from 0 up"));
    };
    let zoom = u8::try_from(z).ok().filter(|zoom| (MIN_ZOOM..=MAX_ZOOM).contains(zoom));
    let Some(zoom) = zoom else {
        return Err(ApiError::absent(
            format!("Mức phóng {z} không được phục vụ; có từ {MIN_ZOOM} đến {MAX_ZOOM}."),
            format!("Zoom {z} is not served; {MIN_ZOOM} to {MAX_ZOOM} are."),
        ));
    };
    TileAddress::new(zoom, x, y)
        .map_err(|_| wrong("x hoặc y nằm ngoài bản đồ thế giới", "x or y lies outside the world"))
}

/// A number that is written in the one way there is, so that a tile has one address.
fn whole_number(text: &str) -> Option<u64> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = text == "0" || !text.starts_with('0');
    (is_plain && is_short).then(|| text.parse().ok()).flatten()
}

/// An address that names the revision never changes its meaning; one that names another
/// revision is answered from this one, and asked for again.
fn freshness(query: &Query, served: &Served, asked: &AskedFilter) -> Result<Freshness, ApiError> {
    let epoch = match query.value("epoch") {
        None => None,
        Some(text) => {
            let expected = || names("một số nguyên", "a whole number");
            Some(whole_number(text).ok_or_else(|| ApiError::invalid("epoch", text, expected()))?)
        }
    };
    let same_epoch = epoch == Some(served.snapshot.epoch);
    let same_revision = query.value("revision").is_none_or(|revision| revision == served.revision);
    let lasting = same_epoch && same_revision && asked.stability == Stability::Fixed;
    Ok(if lasting { Freshness::Immutable } else { Freshness::Revalidate })
}

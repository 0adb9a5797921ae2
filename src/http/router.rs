//! Every route on one page, and what stands around them.
//!
//! A request has one way: through the layers that cost next to nothing (trace, headers, origins, problems, limits of
//! size) to the cached tiles, which catch their own panics, and from there to the routes. What costs as much as a
//! cached tile itself stands behind it: the matching of addresses, the time limit with its timer, and the boxed body
//! of the layer that catches the panics of handlers. So a cached tile is traced,
//! limited and open to the same origins as any other answer, and is still given at the speed of a static file.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, post};
use tower::ServiceBuilder;
use tower::layer::layer_fn;
use tower::util::BoxCloneSyncService;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::classify::{NeverClassifyEos, ServerErrorsFailureClass};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::{DefaultOnBodyChunk, DefaultOnEos, ResponseBody, TraceLayer};

use super::error::ApiError;
use super::identity::keys_at_hand::KeysAtHand;
use super::layers::address_limits::AddressLimits;
use super::layers::cached_tiles::{CachedTileLayer, PanicCause};
use super::layers::early_answer::AnsweredEarly;
use super::layers::headers;
use super::layers::problem::Problems;
use super::layers::size_limits::SizeLimits;
use super::observation::layer::Observed;
use super::observation::route_names::RouteNames;
use super::routes::live::{events, records, writing};
use super::routes::{
    areas, certifications, comparison, export, gazetteer, incidents, models, oembed, ogc, ogc_tiles, page, ratings,
    reports, series, service, share, situation, styles, tiles,
};
use super::state::AppState;

/// No answer takes longer; a client that waits has given up by then.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// The body of every answer, as the trace follows it.
pub type TracedBody =
    ResponseBody<Body, NeverClassifyEos<ServerErrorsFailureClass>, DefaultOnBodyChunk, DefaultOnEos, ()>;
/// What answers every request. The body's type is named rather than boxed once more: a cached tile costs so little
/// that a box for each of its layers would be seen.
pub type RequestService = BoxCloneSyncService<Request, Response<TracedBody>, Infallible>;

/// The routes of a server, with everything that stands around them.
pub fn router(state: Arc<AppState>) -> RequestService {
    let writing_out = {
        let state = Arc::clone(&state);
        layer_fn(move |inner| Problems::new(Arc::clone(&state), inner))
    };
    let keeping_to_rates = {
        let state = Arc::clone(&state);
        layer_fn(move |inner| AnsweredEarly::new(AddressLimits::new(Arc::clone(&state)), inner))
    };
    let seeing = {
        let names = routes().into_iter().map(|(pattern, _)| pattern);
        let (state, names) = (Arc::clone(&state), Arc::new(RouteNames::new(&state.site.base_path, names)));
        layer_fn(move |inner| Observed::new(Arc::clone(&state), Arc::clone(&names), inner))
    };
    let having_keys = {
        let provider = state.identity.clone();
        layer_fn(move |inner| KeysAtHand::new(provider.clone(), inner))
    };
    // Outermost first: what is refused further in leaves as a problem, with all its headers.
    let around = ServiceBuilder::new()
        .layer(having_keys)
        .layer(seeing)
        .layer(TraceLayer::new_for_http().make_span_with(span).on_failure(()))
        .map_response(headers::guarded)
        .layer(headers::cors(&state.site))
        .layer(writing_out)
        .layer(layer_fn(|inner| AnsweredEarly::new(SizeLimits, inner)))
        .layer(keeping_to_rates)
        .layer(CachedTileLayer::new(Arc::clone(&state), panicked))
        .map_response(|response: Response<_>| response.map(Body::new))
        .layer(CatchPanicLayer::custom(panicked));
    BoxCloneSyncService::new(around.service(routed(state)))
}

/// Every route below the base path with what answers it.
pub(in crate::http) fn routes() -> Vec<(&'static str, MethodRouter<Arc<AppState>>)> {
    let mut all = routes_of_data();
    all.extend(routes_of_maps());
    all.extend(routes_of_reports());
    all.extend(routes_of_ogc());
    all
}

/// What maps of other programs are made from.
fn routes_of_maps() -> Vec<(&'static str, MethodRouter<Arc<AppState>>)> {
    vec![
        ("/tiles", get(tiles::list)),
        ("/tiles/{tileset}", get(tiles::description)),
        ("/tiles/{tileset}/template", post(tiles::template)),
        ("/tiles/{tileset}/{z}/{x}/{y}", get(tiles::tile)),
        ("/tileMatrixSets", get(ogc_tiles::schemes)),
        ("/tileMatrixSets/{tileMatrixSetId}", get(ogc_tiles::scheme)),
        ("/collections/{tileset}/tiles", get(ogc_tiles::tilesets)),
        ("/collections/{tileset}/tiles/{tileMatrixSetId}", get(ogc_tiles::metadata)),
        ("/collections/{tileset}/tiles/{tileMatrixSetId}/{z}/{y}/{x}", get(tiles::tile)),
        ("/styles", get(styles::list)),
        ("/styles/{id}", get(styles::one)),
        ("/styles/{id}/metadata", get(styles::metadata)),
        ("/fonts/{fontstack}/{range}", get(styles::glyphs::file)),
        ("/sprites/{sprite}", get(styles::sprites::file)),
    ]
}

fn routes_of_ogc() -> Vec<(&'static str, MethodRouter<Arc<AppState>>)> {
    vec![
        ("/api", get(ogc::api::api)),
        ("/conformance", get(ogc::documents::conformance)),
        ("/collections", get(ogc::documents::collections)),
        ("/collections/{collection}", get(ogc::documents::collection)),
        ("/collections/{collection}/queryables", get(ogc::documents::queryables)),
        ("/collections/{collection}/schema", get(ogc::documents::schema)),
        ("/collections/{collection}/items", get(ogc::items::items)),
        ("/collections/{collection}/items/{feature}", get(ogc::items::item)),
    ]
}

fn routes_of_reports() -> Vec<(&'static str, MethodRouter<Arc<AppState>>)> {
    vec![
        ("/reports", get(reports::moderating::queue).post(reports::submitting::submit)),
        ("/reports/challenge", get(reports::submitting::challenge)),
        ("/reports/{number}", get(reports::moderating::review)),
        ("/reports/{number}/status", get(reports::submitting::status)),
        ("/reports/{number}/claim", post(reports::moderating::claim).delete(reports::moderating::release)),
        ("/reports/{number}/judgement", post(reports::moderating::judge)),
        ("/hooks/{channel}", get(reports::hooks::verify).post(reports::hooks::receive)),
    ]
}

fn routes_of_data() -> Vec<(&'static str, MethodRouter<Arc<AppState>>)> {
    vec![
        ("/", get(page::index)),
        ("/signed-in", get(page::signed_in)),
        ("/sign-in", get(service::sign_in)),
        ("/embed", get(page::embed)),
        ("/docs", get(page::docs)),
        ("/methods", get(page::methods)),
        ("/share/{id}", get(share::page)),
        ("/oembed", get(oembed::frame)),
        ("/areas", get(areas::collection)),
        ("/areas/{edition}/{code}", get(areas::one)),
        ("/areas/{edition}/{code}/explanation", get(areas::explanation)),
        ("/gazetteer", get(gazetteer::areas)),
        ("/ratings", get(ratings::rows)),
        ("/clusters", get(areas::clusters)),
        ("/certifications", get(certifications::shares)),
        ("/disagreements", get(certifications::disagreements)),
        ("/comparison", get(comparison::areas)),
        ("/series", get(series::by_step)),
        ("/situation", get(situation::last_days)),
        ("/alerts", get(situation::alerts)),
        ("/alerts.atom", get(situation::alert_feed)),
        ("/alerts/{number}/acknowledgement", post(situation::notes::acknowledgement)),
        ("/alerts/{number}/comments", post(situation::notes::comment)),
        ("/export/{format}", get(export::file)),
        ("/export/png", get(export::png)),
        ("/export/svg", get(export::svg)),
        ("/models", get(models::active).post(records::models)),
        ("/models/kinds", get(models::kinds)),
        ("/models/{id}", get(models::one)),
        ("/models/{id}/effect", get(models::effect)),
        ("/models/{id}/events", post(records::model_events)),
        ("/decisions", post(records::decisions)),
        ("/declarations", post(records::declarations)),
        ("/incidents", get(incidents::points_or_cells).post(writing::post)),
        ("/incidents/{id}", get(writing::one).patch(writing::patch).delete(writing::delete)),
        ("/events", get(events::stream_of_states)),
        ("/meta", get(service::meta)),
        ("/version", get(service::version)),
        ("/healthz", get(service::health)),
        ("/readyz", get(service::readiness)),
        ("/metrics", get(service::metrics)),
        ("/desk", get(service::desk)),
        ("/imports", get(service::imports)),
        ("/tokens", get(service::tokens)),
        ("/.well-known/security.txt", get(service::security_contact)),
        ("/problems/{kind}", get(service::problem)),
    ]
}

fn routed(state: Arc<AppState>) -> Router {
    let base = state.site.base_path.clone();
    let mut router = Router::new();
    for (route, answered) in routes() {
        router = router.route(&format!("{base}{route}"), answered);
    }
    if !base.is_empty() {
        router = router.route(&base, get(page::with_slash));
    }
    router
        .fallback(page::file)
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME_LIMIT))
        .with_state(state)
}

/// What lines of the log within a request name it by: never its parameters, which may open a role.
fn span(request: &Request) -> tracing::Span {
    tracing::debug_span!("request", method = %request.method(), path = request.uri().path())
}

/// A handler that panics costs its own request and no other.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands the cause over")]
fn panicked(cause: PanicCause) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    ApiError::internal(&text.unwrap_or("a panic without a message")).into_response()
}

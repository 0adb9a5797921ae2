//! Every route on one page, and what stands around them.
//!
//! A request has one way: through the layers that cost next to nothing (trace, headers, origins, problems, panics,
//! limits of size) to the cached tiles, and from there to the routes. What costs as much as a cached tile itself
//! stands behind it: the matching of addresses and the time limit with its timer. So a cached tile is traced,
//! limited and open to the same origins as any other answer, and is still given at the speed of a static file.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use tower::ServiceBuilder;
use tower::layer::layer_fn;
use tower::util::BoxCloneSyncService;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use super::error::ApiError;
use super::layers::cached_tiles::CachedTileLayer;
use super::layers::headers;
use super::layers::problem::Problems;
use super::layers::size_limits::SizeLimits;
use super::routes::{
    areas, certifications, comparison, export, gazetteer, incidents, models, oembed, page, ratings, series, service,
    share, styles, tiles,
};
use super::state::AppState;

/// No answer takes longer; a client that waits has given up by then.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// What answers every request.
pub type RequestService = BoxCloneSyncService<Request, Response, Infallible>;

/// The routes of a server, with everything that stands around them.
pub fn router(state: Arc<AppState>) -> RequestService {
    let writing_out = {
        let state = Arc::clone(&state);
        layer_fn(move |inner| Problems::new(Arc::clone(&state), inner))
    };
    // Outermost first: what is refused further in leaves as a problem, with all its headers.
    let around = ServiceBuilder::new()
        .map_response(|response: Response<_>| response.map(Body::new))
        .layer(TraceLayer::new_for_http().on_failure(()))
        .map_response(headers::guarded)
        .layer(headers::cors(&state.site))
        .layer(writing_out)
        .map_response(|response: Response<_>| response.map(Body::new))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(layer_fn(SizeLimits::new))
        .layer(CachedTileLayer::new(Arc::clone(&state)));
    BoxCloneSyncService::new(around.service(routes(state)))
}

fn routes(state: Arc<AppState>) -> Router {
    let base = state.site.base_path.clone();
    let at = |route: &str| format!("{base}{route}");
    let mut router = Router::new()
        .route(&at("/"), get(page::index))
        .route(&at("/embed"), get(page::embed))
        .route(&at("/docs"), get(page::docs))
        .route(&at("/share/{id}"), get(share::page))
        .route(&at("/oembed"), get(oembed::frame))
        .route(&at("/tiles"), get(tiles::list))
        .route(&at("/tiles/{tileset}"), get(tiles::description))
        .route(&at("/tiles/{tileset}/{z}/{x}/{y}"), get(tiles::tile))
        .route(&at("/styles"), get(styles::list))
        .route(&at("/styles/{id}"), get(styles::one))
        .route(&at("/areas"), get(areas::collection))
        .route(&at("/areas/{edition}/{code}"), get(areas::one))
        .route(&at("/areas/{edition}/{code}/explanation"), get(areas::explanation))
        .route(&at("/gazetteer"), get(gazetteer::areas))
        .route(&at("/ratings"), get(ratings::rows))
        .route(&at("/certifications"), get(certifications::shares))
        .route(&at("/disagreements"), get(certifications::disagreements))
        .route(&at("/comparison"), get(comparison::areas))
        .route(&at("/series"), get(series::by_step))
        .route(&at("/export/png"), get(export::png))
        .route(&at("/export/svg"), get(export::svg))
        .route(&at("/models"), get(models::active))
        .route(&at("/models/kinds"), get(models::kinds))
        .route(&at("/models/{id}"), get(models::one))
        .route(&at("/models/{id}/effect"), get(models::effect))
        .route(&at("/incidents"), get(incidents::points_or_cells))
        .route(&at("/meta"), get(service::meta))
        .route(&at("/version"), get(service::version))
        .route(&at("/healthz"), get(service::health))
        .route(&at("/readyz"), get(service::readiness))
        .route(&at("/problems/{kind}"), get(service::problem));
    if !base.is_empty() {
        router = router.route(&base, get(page::with_slash));
    }
    router
        .fallback(page::file)
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME_LIMIT))
        .with_state(state)
}

/// A handler that panics costs its own request and no other.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands the cause over")]
fn panicked(cause: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    ApiError::internal(&text.unwrap_or("a panic without a message")).into_response()
}

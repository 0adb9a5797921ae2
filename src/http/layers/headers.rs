//! What every answer says beside its content.

use axum::http::header::{
    ACCEPT, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, AUTHORIZATION, CONTENT_LENGTH,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, IF_NONE_MATCH, LINK, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::config::{Basemap, CorsOrigins};
use crate::http::site::Site;

const PREFLIGHT_MAX_AGE_S: u64 = 3600;
/// For everything but pages: nothing in an answer is ever run or framed.
const INERT_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// For pages: everything from this server, nothing inline; `data:` is for the swatches of the legend. `{tiles}` stands for
/// the one other source that an operator may name, for a basemap, `{provider}` for that of sign-ins.
const PAGE_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:{tiles}; \
                           font-src 'self'; connect-src 'self'{tiles}{provider}; worker-src 'self'; manifest-src 'self'; \
                           object-src 'none'; base-uri 'none'; form-action 'none'";
/// The source of `frame-ancestors` for pages that other sites may not frame.
pub(in crate::http) const FRAMED_HERE: &str = "'self'";

/// The header that says which resources of other origins may embed an answer.
pub(in crate::http) const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName =
    HeaderName::from_static("cross-origin-resource-policy");
/// Resources of any origin may embed the answer.
pub(in crate::http) const CROSS_ORIGIN: HeaderValue = HeaderValue::from_static("cross-origin");

/// The header with which our own page says that it reads addresses relative to where it came from.
pub(in crate::http) const RELATIVE_ADDRESSES: HeaderName = HeaderName::from_static("binhyen-addresses");

/// The header of a tile that says what stands for single incidents.
pub(in crate::http) const AGGREGATED: HeaderName = HeaderName::from_static("binhyen-aggregated");

/// The header that names the reference system of coordinates (OGC API – Features, part 2).
pub(in crate::http) const CONTENT_CRS: HeaderName = HeaderName::from_static("content-crs");

/// The policy of a page that some sources may frame.
pub(in crate::http) fn page_policy(site: &Site, frame_ancestors: &str) -> HeaderValue {
    let tiles = site.basemap.as_ref().and_then(Basemap::origin).map(|origin| format!(" {origin}")).unwrap_or_default();
    let provider = site.sign_in_origins.iter().fold(String::new(), |sources, origin| sources + " " + origin);
    let policy = PAGE_POLICY.replace("{tiles}", &tiles).replace("{provider}", &provider);
    let policy = format!("{policy}; frame-ancestors {frame_ancestors}");
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(INERT_POLICY))
}

/// Adds the headers that keep an answer from being taken for something else.
pub(in crate::http) fn guarded(mut response: Response) -> Response {
    if response.status() == StatusCode::NO_CONTENT {
        // RFC 9110, 8.6: an answer 204 has no length, whoever made it.
        response.headers_mut().remove(CONTENT_LENGTH);
    }
    guard(response.headers_mut());
    response
}

fn guard(headers: &mut HeaderMap) {
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(INERT_POLICY));
}

/// Gives a cached answer the headers that the layers around will give it on its way out, as far as these are the same
/// for every request. They then overwrite what is there: a copy of the map has no room for more, and making room
/// costs as much as finding the answer.
pub(in crate::http) fn insert_constant(site: &Site, headers: &mut HeaderMap) {
    guard(headers);
    if matches!(site.cors_origins, CorsOrigins::Any) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(
            ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("etag,link,content-crs,binhyen-aggregated"),
        );
    }
}

/// Which pages of other origins may read answers. Any page may read what is public; only
/// listed origins may send a token, so that a foreign page never works with one by chance.
pub(in crate::http) fn cors(site: &Site) -> CorsLayer {
    let layer = CorsLayer::new()
        .allow_methods([Method::GET, Method::HEAD])
        .expose_headers([ETAG, LINK, CONTENT_CRS, AGGREGATED])
        .max_age(std::time::Duration::from_secs(PREFLIGHT_MAX_AGE_S));
    match &site.cors_origins {
        CorsOrigins::Any => {
            layer.allow_origin(tower_http::cors::Any).allow_headers([ACCEPT, CONTENT_TYPE, IF_NONE_MATCH]).vary([])
        }
        CorsOrigins::Listed(origins) => {
            let origins = origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
            layer.allow_origin(AllowOrigin::list(origins)).allow_headers([
                ACCEPT,
                AUTHORIZATION,
                CONTENT_TYPE,
                IF_NONE_MATCH,
            ])
        }
    }
}

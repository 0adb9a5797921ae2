//! `/fonts/{fontstack}/{range}.pbf`: the letters of labels, for clients of GL styles; the same cuts as web fonts.

use axum::extract::Path;
use axum::response::Response;

use super::carried_over;
use crate::export::client_style::{FONT_STACKS, GlyphRange, font_face, font_file, glyphs};
use crate::http::answer::{CSS, Freshness, Head, LanguageVariance, PBF, TTF, bytes};
use crate::http::error::{ApiError, quoted};
use crate::http::extract::api_request::ApiRequest;
use crate::http::layers::headers::{CROSS_ORIGIN, CROSS_ORIGIN_RESOURCE_POLICY};
use crate::service::error::ServiceError;
use crate::texts::text;

/// 256 signs of the first known font of a list, or a cut as a web font.
pub(in crate::http) async fn file(
    api_request: ApiRequest,
    Path((fonts, name)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    api_request.query(&carried_over())?;
    let unknown = || {
        let what = text!("request-no-font", name = quoted(&fonts));
        ApiError::from(ServiceError::NotFound { what, known: FONT_STACKS.map(str::to_owned).to_vec() })
    };
    if let Some(weight) = name.strip_suffix(".css") {
        let sheet = font_face(&fonts, weight).ok_or_else(unknown)?;
        return sent(&api_request, CSS, move || sheet.into_bytes()).await;
    }
    if let Some(weight) = name.strip_suffix(".ttf") {
        let file = font_file(&fonts, weight).ok_or_else(unknown)?;
        return sent(&api_request, TTF, || file.to_vec()).await;
    }
    let range = name.strip_suffix(".pbf").unwrap_or(&name);
    let Some(range) = GlyphRange::parse(range) else {
        return Err(ApiError::invalid("range", range, text!("expected-glyph-range")));
    };
    // Drawn on a worker: the first request of a range takes some milliseconds.
    if !FONT_STACKS.iter().any(|known| fonts.split(',').any(|name| name.trim().eq_ignore_ascii_case(known))) {
        return Err(unknown());
    }
    sent(&api_request, PBF, move || glyphs(&fonts, range).unwrap_or_default().to_vec()).await
}

/// A file that maps on other sites load.
async fn sent(
    api_request: &ApiRequest,
    media: &'static str,
    content: impl FnOnce() -> Vec<u8> + Send + 'static,
) -> Result<Response, ApiError> {
    let served = api_request.served()?;
    let head = Head::new(api_request, &served, "", Freshness::Revalidate, LanguageVariance::Neutral);
    let mut response = bytes(api_request, head, media, || Ok(content())).await?;
    response.headers_mut().insert(CROSS_ORIGIN_RESOURCE_POLICY, CROSS_ORIGIN);
    Ok(response)
}

//! `/sprites/{id}.json` and `.png`, with `@2x` for fine screens: the patterns of a style as images.

use axum::extract::Path;
use axum::response::Response;

use super::{carried_over, json_only, no_style};
use crate::export::client_style::{SpriteScale, sprite_image, sprite_index};
use crate::http::answer::{Freshness, Head, JSON, LanguageVariance, PNG, bytes, json_bytes};
use crate::http::error::{ApiError, quoted};
use crate::http::extract::api_request::ApiRequest;
use crate::http::layers::headers::{CROSS_ORIGIN, CROSS_ORIGIN_RESOURCE_POLICY};
use crate::service::error::ServiceError;
use crate::texts::text;

/// The index or the image of a sprite.
pub(in crate::http) async fn file(api_request: ApiRequest, Path(name): Path<String>) -> Result<Response, ApiError> {
    json_only(&api_request.query(&carried_over())?)?;
    let Some((sheet, extension)) = name.rsplit_once('.').filter(|(_, end)| ["json", "png"].contains(end)) else {
        return Err(ServiceError::absent(text!("request-no-sprite", name = quoted(&name))).into());
    };
    let (id, scale) = sheet.strip_suffix("@2x").map_or((sheet, SpriteScale::One), |id| (id, SpriteScale::Two));
    let index = sprite_index(id, scale).ok_or_else(|| no_style(id))?;
    let served = api_request.served()?;
    let head = Head::new(&api_request, &served, "", Freshness::Revalidate, LanguageVariance::Neutral);
    let mut response = if extension == "json" {
        bytes(&api_request, head, JSON, move || json_bytes(&index)).await?
    } else {
        let id = id.to_owned();
        let draw = move || match sprite_image(&id, scale) {
            Some(image) => image.map_err(|error| ServiceError::internal(&error)),
            None => Ok(Vec::new()),
        };
        bytes(&api_request, head.uncompressed(), PNG, draw).await?
    };
    response.headers_mut().insert(CROSS_ORIGIN_RESOURCE_POLICY, CROSS_ORIGIN);
    Ok(response)
}

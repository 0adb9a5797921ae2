//! Refuses requests of a size that no route needs, before anything of them is read.

use axum::extract::Request;
use axum::http::header::CONTENT_LENGTH;
use axum::response::{IntoResponse as _, Response};

use super::early_answer::EarlyAnswer;
use crate::http::error::ApiError;

/// No address of this server needs more.
const MAX_ADDRESS_BYTES: usize = 8192;
/// No route takes a larger body; most take less.
pub(in crate::http) const MAX_BODY_BYTES: u64 = 4 << 20;
/// What a body that is no collection of features may hold.
pub(in crate::http) const MAX_SMALL_BODY_BYTES: usize = 64 * 1024;

/// How addresses end that take collections of features.
const TAKING_FEATURES: [&str; 5] = ["/incidents", "/models", "/events", "/decisions", "/declarations"];

/// Refuses what is larger than the limits.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct SizeLimits;

impl EarlyAnswer for SizeLimits {
    fn early_answer(&self, request: &mut Request) -> Option<Response> {
        refusal(request).map(ApiError::into_response)
    }
}

fn refusal(request: &Request) -> Option<ApiError> {
    let address_bytes = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if address_bytes > MAX_ADDRESS_BYTES {
        return Some(ApiError::AddressTooLong { most: MAX_ADDRESS_BYTES });
    }
    let length = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let path = request.uri().path();
    let is_of_features = TAKING_FEATURES.iter().any(|end| path.ends_with(end));
    let most = if is_of_features { MAX_BODY_BYTES } else { MAX_SMALL_BODY_BYTES as u64 };
    length.is_some_and(|length| length > most).then_some(ApiError::TooLarge)
}

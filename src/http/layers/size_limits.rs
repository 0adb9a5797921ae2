//! Refuses requests of a size that no route needs, before anything of them is read.

use std::future::{Ready, ready};
use std::task::{Context, Poll};

use axum::extract::Request;
use axum::http::header::CONTENT_LENGTH;
use axum::response::{IntoResponse as _, Response};
use futures_util::future::Either;
use tower::Service;

use crate::http::error::ApiError;

/// No address of this server needs more.
const MAX_ADDRESS_BYTES: usize = 8192;
/// No route takes a body yet.
const MAX_BODY_BYTES: u64 = 64 * 1024;

/// A service whose requests keep to the limits.
#[derive(Debug, Clone)]
pub(in crate::http) struct SizeLimits<S> {
    inner: S,
}

impl<S> SizeLimits<S> {
    /// The limits around a service.
    pub(in crate::http) fn new(inner: S) -> Self {
        Self { inner }
    }
}

impl<S: Service<Request, Response = Response>> Service<Request> for SizeLimits<S> {
    type Response = Response;
    type Error = S::Error;
    type Future = Either<Ready<Result<Response, S::Error>>, S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match refusal(&request) {
            Some(error) => Either::Left(ready(Ok(error.into_response()))),
            None => Either::Right(self.inner.call(request)),
        }
    }
}

fn refusal(request: &Request) -> Option<ApiError> {
    let address_bytes = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if address_bytes > MAX_ADDRESS_BYTES {
        return Some(ApiError::AddressTooLong);
    }
    let length = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    length.is_some_and(|length| length > MAX_BODY_BYTES).then_some(ApiError::TooLarge)
}

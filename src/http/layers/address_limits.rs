//! Turns away an address that sends requests without end.
//!
//! In: requests with the address they came from. Out: those that keep to the rate, or a refusal that says when to come
//! again. A request with a token that opens a role is never turned away.

use std::future::{Ready, ready};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use futures_util::future::Either;
use tower::Service;

use crate::domain::role::Role;
use crate::http::error::ApiError;
use crate::http::extract::api_request::{Caller, Received};
use crate::http::state::AppState;

/// A service whose requests keep to the rate.
#[derive(Debug, Clone)]
pub(in crate::http) struct AddressLimits<S> {
    state: Arc<AppState>,
    inner: S,
}

impl<S> AddressLimits<S> {
    /// The limits of a state around a service.
    pub(in crate::http) fn new(state: Arc<AppState>, inner: S) -> Self {
        Self { state, inner }
    }

    fn refusal(&self, request: &Request) -> Option<ApiError> {
        let received = Received::of_request(request);
        let wait = self.state.request_rates.wait(received.peer, received.headers, Instant::now())?;
        let has_role = || Caller::of(received, &self.state).is_ok_and(|caller| caller.viewer.role() != Role::Public);
        (!has_role()).then_some(ApiError::TooManyRequests { wait })
    }
}

impl<S: Service<Request, Response = Response>> Service<Request> for AddressLimits<S> {
    type Response = Response;
    type Error = S::Error;
    type Future = Either<Ready<Result<Response, S::Error>>, S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match self.refusal(&request) {
            Some(error) => Either::Left(ready(Ok(error.into_response()))),
            None => Either::Right(self.inner.call(request)),
        }
    }
}

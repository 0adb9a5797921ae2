//! Turns away an address that sends requests without end.
//!
//! In: requests with the address they came from. Out: those that keep to the rate, or a refusal that says when to come
//! again. A request with a token that opens a role is never turned away.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};

use super::early_answer::EarlyAnswer;
use crate::domain::role::Role;
use crate::http::error::ApiError;
use crate::http::extract::api_request::Caller;
use crate::http::extract::received::Received;
use crate::http::state::AppState;

/// Refuses what goes beyond the rate of its address.
#[derive(Debug, Clone)]
pub(in crate::http) struct AddressLimits {
    state: Arc<AppState>,
}

impl AddressLimits {
    /// The limits of a state.
    pub(in crate::http) fn new(state: Arc<AppState>) -> Self {
        Self { state }
    }

    fn refusal(&self, request: &Request) -> Option<ApiError> {
        let received = Received::of_request(request);
        let wait = self.state.request_rates.wait(received.peer, received.headers, Instant::now())?;
        let has_role = || Caller::of(received, &self.state).is_ok_and(|caller| caller.viewer.role() != Role::Public);
        (!has_role()).then_some(ApiError::TooManyRequests { wait })
    }
}

impl EarlyAnswer for AddressLimits {
    fn early_answer(&self, request: &mut Request) -> Option<Response> {
        self.refusal(request).map(ApiError::into_response)
    }
}

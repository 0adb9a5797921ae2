//! Refusals as `application/problem+json` (RFC 9457), in Vietnamese or English.
//!
//! Around everything that can refuse: every answer with an error status leaves
//! as a problem, whoever refused — a handler, the router itself, a time limit or
//! a panic.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_LANGUAGE, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, RETRY_AFTER, VARY,
    WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use pin_project_lite::pin_project;
use tower::Service;

use super::problem_kind::{kind_of, summary};
use crate::domain::role::Role;
use crate::domain::text::{Language, Names};
use crate::http::error::ApiError;
use crate::http::extract::negotiation;
use crate::http::state::AppState;
use crate::service::answers::about::problem::ProblemAnswer;
use crate::service::error::ServiceError;

/// A service whose refusals are written out.
#[derive(Debug, Clone)]
pub(in crate::http) struct Problems<S> {
    state: Arc<AppState>,
    inner: S,
}

impl<S> Problems<S> {
    /// The service with its refusals written out.
    pub(in crate::http) fn new(state: Arc<AppState>, inner: S) -> Self {
        Self { state, inner }
    }
}

impl<S: Service<Request, Response = Response>> Service<Request> for Problems<S> {
    type Response = Response;
    type Error = S::Error;
    type Future = WrittenOut<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let context = ProblemContext {
            state: Arc::clone(&self.state),
            languages: request.headers().get_all(ACCEPT_LANGUAGE).iter().cloned().collect(),
            uri: request.uri().clone(),
            method: request.method().clone(),
        };
        WrittenOut { answer: self.inner.call(request), context }
    }
}

pin_project! {
    /// An answer whose refusal is written out.
    #[derive(Debug)]
    pub(in crate::http) struct WrittenOut<F> {
        #[pin]
        answer: F,
        context: ProblemContext,
    }
}

impl<F: Future<Output = Result<Response, E>>, E> Future for WrittenOut<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let response = ready!(this.answer.poll(cx))?;
        let is_refused = response.status().is_client_error() || response.status().is_server_error();
        Poll::Ready(Ok(if is_refused { this.context.problem(response) } else { response }))
    }
}

/// What a problem says of the request, taken before the request is gone; read only where it is refused.
#[derive(Debug)]
struct ProblemContext {
    state: Arc<AppState>,
    languages: Vec<HeaderValue>,
    uri: Uri,
    method: Method,
}

impl ProblemContext {
    fn language(&self) -> Language {
        let mut headers = HeaderMap::new();
        for value in &self.languages {
            headers.append(ACCEPT_LANGUAGE, value.clone());
        }
        negotiation::language(&headers)
    }

    /// The refusal with the problem as its body.
    fn problem(&self, mut response: Response) -> Response {
        let status = response.status();
        let error = response.extensions_mut().remove::<ApiError>();
        let document = document(&self.state, error.as_ref(), status, self.language(), self.uri.path());
        let allow = response.headers().get(ALLOW).cloned();
        let mut answer = Body::from(document.clone()).into_response();
        *answer.status_mut() = status;
        let headers = answer.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(document.len()));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(VARY, HeaderValue::from_static("Accept-Language, Authorization"));
        if let Some(allow) = allow {
            headers.insert(ALLOW, allow);
        }
        if let Some(pause) = pause(error.as_ref(), status) {
            headers.insert(RETRY_AFTER, HeaderValue::from(pause));
        }
        if let Some(challenge) = challenge(error.as_ref()) {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if self.method == Method::HEAD {
            *answer.body_mut() = Body::empty();
        }
        answer
    }
}

fn document(state: &AppState, error: Option<&ApiError>, status: StatusCode, language: Language, path: &str) -> String {
    let name = error.map_or_else(|| kind_of_status(status), ApiError::kind);
    let detail = error.map_or_else(|| summary(name), ApiError::detail);
    let title = kind_of(name).map_or_else(|| Names::same(""), |kind| kind.title.names());
    let answer = ProblemAnswer {
        kind_url: state.site.address(&format!("/problems/{name}")),
        title: title.in_language(language).to_owned(),
        status: status.as_u16(),
        detail: detail.in_language(language).to_owned(),
        instance: path.to_owned(),
        members: error.map(ApiError::members).unwrap_or_default(),
    };
    // A struct of texts and numbers is always written; were it not, the status says what can be said.
    serde_json::to_string(&answer).unwrap_or_default()
}

/// The kind of a refusal that no handler made.
fn kind_of_status(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "method-not-allowed",
        StatusCode::NOT_ACCEPTABLE => "not-acceptable",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::URI_TOO_LONG => "address-too-long",
        StatusCode::TOO_MANY_REQUESTS => "too-many-requests",
        StatusCode::SERVICE_UNAVAILABLE => "busy",
        status if status.is_server_error() => "internal",
        _ => "bad-request",
    }
}

/// The seconds after which the same request may be answered.
fn pause(error: Option<&ApiError>, status: StatusCode) -> Option<u64> {
    let pause = error.and_then(ApiError::retry_after).map(|pause| pause.as_secs_f64().ceil().max(1.0) as u64);
    pause.or((status == StatusCode::SERVICE_UNAVAILABLE).then_some(1))
}

fn challenge(error: Option<&ApiError>) -> Option<&'static str> {
    match error? {
        ApiError::InvalidToken | ApiError::TokenExpired | ApiError::TokenNotYetValid => {
            Some(r#"Bearer realm="binhyen", error="invalid_token""#)
        }
        ApiError::Service(ServiceError::RoleTooLow { role: Role::Public, .. }) => Some(r#"Bearer realm="binhyen""#),
        ApiError::Service(ServiceError::RoleTooLow { .. }) => {
            Some(r#"Bearer realm="binhyen", error="insufficient_scope""#)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_is_turned_away_for_a_time_is_told_how_long() {
        let of = |error: ApiError| pause(Some(&error), error.status());
        assert_eq!(of(ApiError::TooManyRequests { wait: Duration::from_millis(1500) }), Some(2));
        assert_eq!(of(ApiError::TooManyRequests { wait: Duration::ZERO }), Some(1));
        assert_eq!(of(ServiceError::Busy.into()), Some(5));
        assert_eq!(of(ServiceError::NotReady.into()), Some(1));
        assert_eq!(of(ApiError::InvalidToken), None);
        assert_eq!(pause(None, StatusCode::SERVICE_UNAVAILABLE), Some(1), "the time limit");
    }

    #[test]
    fn every_error_has_a_described_kind() {
        let errors = [
            ApiError::InvalidToken,
            ApiError::MethodNotAllowed,
            ApiError::TooManyRequests { wait: Duration::from_millis(1500) },
            ApiError::TooLarge,
            ApiError::AddressTooLong { most: 8192 },
            ApiError::Service(ServiceError::NotReady),
            ApiError::Service(ServiceError::Busy),
            ApiError::Service(ServiceError::Internal),
            ApiError::Service(ServiceError::NotReleased { released: Vec::new() }),
            ApiError::Service(ServiceError::NoRelease),
            ApiError::Service(ServiceError::RepeatedParameter { name: String::new() }),
            ApiError::NotAcceptable { offered: Vec::new() },
            ApiError::NotOffered { what: Names::same("Not here.") },
        ];
        for error in errors {
            assert!(kind_of(error.kind()).is_some(), "{error:?}");
            let detail = error.detail();
            assert!(!detail.vi.is_empty() && !detail.en.is_empty(), "{error:?}");
        }
    }

    #[test]
    fn every_refused_status_has_a_kind() {
        for status in (400..600).filter_map(|code| StatusCode::from_u16(code).ok()) {
            assert!(kind_of(kind_of_status(status)).is_some(), "{status}");
        }
    }
}

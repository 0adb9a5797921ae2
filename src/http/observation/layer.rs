//! The outermost layer: gives each request an id, counts it, and writes a line of it where the operator wants one.

use std::borrow::Cow;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use axum::extract::Request;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use pin_project_lite::pin_project;
use tower::Service;

use super::metrics::RequestLabels;
use super::request_id::{X_REQUEST_ID, request_id};
use super::route_names::RouteNames;
use crate::domain::audit::AuditAction;
use crate::http::extract::access::TokenHolder;
use crate::http::extract::account::{AccountedDeed, entry_of};
use crate::http::extract::api_request::Caller;
use crate::http::extract::received::Received;
use crate::http::state::AppState;
use crate::service::accounting::{canonical_question, without_signature};

/// The role of a request whose token opens nothing.
const REFUSED: &str = "refused";

/// A service whose requests are seen.
#[derive(Debug, Clone)]
pub(in crate::http) struct Observed<S> {
    state: Arc<AppState>,
    routes: Arc<RouteNames>,
    inner: S,
}

impl<S> Observed<S> {
    /// The requests of a service, named by its routes.
    pub(in crate::http) fn new(state: Arc<AppState>, routes: Arc<RouteNames>, inner: S) -> Self {
        Self { state, routes, inner }
    }

    fn seen(&self, request: &Request, id: &HeaderValue) -> SeenRequest {
        let received = Received::of_request(request);
        SeenRequest {
            begun: Instant::now(),
            id: id.clone(),
            method: request.method().clone(),
            uri: request.uri().clone(),
            client: self.state.request_rates.client(received.peer, received.headers),
            route: self.routes.of(request.uri().path()),
            holder: Caller::holder(received, &self.state),
            state: Arc::clone(&self.state),
        }
    }
}

impl<S, B> Service<Request> for Observed<S>
where
    S: Service<Request, Response = Response<B>>,
{
    type Response = Response<B>;
    type Error = S::Error;
    type Future = Answering<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let id = request_id(request.headers());
        // What is logged further in names the request by the same id, wherever that came from.
        request.headers_mut().insert(X_REQUEST_ID, id.clone());
        let seen = self.seen(&request, &id);
        Answering { answer: self.inner.call(request), seen }
    }
}

pin_project! {
    /// The answer to a request that is seen.
    #[derive(Debug)]
    pub(in crate::http) struct Answering<F> {
        #[pin]
        answer: F,
        seen: SeenRequest,
    }
}

impl<F, B, E> Future for Answering<F>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = ready!(this.answer.poll(cx))?;
        this.seen.note(&response);
        response.headers_mut().insert(X_REQUEST_ID, this.seen.id.clone());
        Poll::Ready(Ok(response))
    }
}

/// What is remembered of a request until it is answered.
#[derive(Debug)]
struct SeenRequest {
    state: Arc<AppState>,
    begun: Instant,
    id: HeaderValue,
    method: Method,
    uri: Uri,
    client: Option<IpAddr>,
    route: &'static str,
    /// Who asks; none where the token opens nothing.
    holder: Option<TokenHolder>,
}

impl SeenRequest {
    fn note<B>(&self, response: &Response<B>) {
        self.account(response.status());
        let role = self.holder.as_ref().map_or(REFUSED, |holder| holder.role.as_str());
        let labels = RequestLabels { route: self.route, role, status: response.status().as_u16().into() };
        self.state.metrics.count(labels, self.begun.elapsed());
        if self.state.request_log.wants(response.status()) {
            self.log(response, labels);
        }
    }

    /// Writes down a sign-in, or a refusal for want of a role; of these no more than a bounded number a minute, each with
    /// the count of those before it that have no line.
    fn account(&self, status: StatusCode) {
        let accounting = self.state.service.accounting();
        let deed = |action, question, rows| AccountedDeed {
            action,
            question,
            rows,
            request_id: self.id.to_str().unwrap_or_default(),
        };
        if let Some(holder) = &self.holder
            && holder.note_request()
        {
            accounting.note_beside(entry_of(Some(holder), deed(AuditAction::SignIn, Cow::Borrowed(""), None)));
        }
        if ![StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status) {
            return;
        }
        if let Some(left_out) = self.state.refusals.counted(Instant::now()) {
            let path = self.uri.path();
            let route = path.strip_prefix(self.state.site.base_path.as_str()).unwrap_or(path);
            let question = canonical_question(route, self.uri.query().unwrap_or_default());
            let question = format!("{} {} {question}", status.as_u16(), self.method).into();
            let deed = deed(AuditAction::Refusal, question, Some(1 + u64::from(left_out)));
            accounting.note_beside(entry_of(self.holder.as_ref(), deed));
        }
    }

    /// The query without what opens something: a signature, what a provider sends back with somebody who signs in, the word
    /// by which a channel is verified.
    fn logged_query(&self) -> String {
        if ["/signed-in", "/hooks/{channel}"].contains(&self.route) {
            return String::new();
        }
        without_signature(self.uri.query().unwrap_or_default())
    }

    fn log<B>(&self, response: &Response<B>, labels: RequestLabels) {
        let bytes = response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        let client = self.client.map(|client| client.to_string());
        tracing::info!(
            target: "binhyen::access",
            {
                request.id = self.id.to_str().unwrap_or_default(),
                client.address = client.as_deref().unwrap_or("unknown"),
                viewer.role = labels.role,
                viewer.label = self.holder.as_ref().map_or("", |holder| &*holder.label),
                http.method = self.method.as_str(),
                http.path = self.uri.path(),
                http.query = self.logged_query(),
                http.route = labels.route,
                http.status = labels.status,
                http.bytes = bytes,
                took_us = self.begun.elapsed().as_micros() as u64,
            },
            "a request was answered",
        );
    }
}

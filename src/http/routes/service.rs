//! What is said of the server itself: `/api`, `/healthz`, `/readyz`, `/version`, `/meta`, `/problems/{kind}`; to operators
//! `/metrics`, `/desk`, `/imports` and `/tokens`.

use std::sync::Arc;

use axum::extract::{OriginalUri, Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::Serialize;

use crate::config::PageToken;
use crate::domain::role::Role;
use crate::domain::time::period::Day;
use crate::http::answer::{Freshness, Head, JSON, LanguageVariance, TEXT, document, json_bytes};
use crate::http::error::{ApiError, quoted};
use crate::http::extract::access::Surroundings;
use crate::http::extract::api_request::ApiRequest;
use crate::http::layers::problem_kind::kind_of;
use crate::http::observation::metrics::PROMETHEUS;
use crate::http::state::AppState;
use crate::service::answers::about::desk::DeskAnswer;
use crate::service::answers::about::imports::ImportsAnswer;
use crate::service::answers::about::meta::MetaAnswer;
use crate::service::answers::about::problem::ProblemKindAnswer;
use crate::service::answers::about::server::{HealthAnswer, ReadinessAnswer, VersionAnswer};
use crate::service::answers::about::sign_in::{SignInAnswer, SignInProviderAnswer, SignInTokenAnswer};
use crate::service::answers::about::tokens::TokensAnswer;
use crate::service::live::today;
use crate::service::query::Query;
use crate::texts::text;

/// How long whoever reads the contact may rely on it.
const SECURITY_CONTACT_DAYS: i32 = 180;

/// 200 as long as the server runs.
pub(in crate::http) async fn health(OriginalUri(uri): OriginalUri) -> Result<Response, ApiError> {
    Query::parse(uri.query(), &[])?;
    plain(&HealthAnswer::RUNNING)
}

/// 200 once a snapshot with an edition is served.
pub(in crate::http) async fn readiness(
    State(state): State<Arc<AppState>>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    Query::parse(uri.query(), &[])?;
    if state.is_stopping() {
        return Err(ApiError::Stopping);
    }
    plain(&ReadinessAnswer::serving(state.service.ready_epoch()?))
}

/// Numbers for a monitoring system, which sends the token of an operator.
pub(in crate::http) async fn metrics(api_request: ApiRequest) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    api_request.viewer.at_least(Role::Operator)?;
    let state = &api_request.state;
    let text = state.metrics.text(&state.service, state.open_connections.totals());
    let text = text.map_err(|error| ApiError::internal(&error))?;
    Ok(([(CONTENT_TYPE, PROMETHEUS), (CACHE_CONTROL, "no-store")], text).into_response())
}

/// How the server does, for operators.
pub(in crate::http) async fn desk(api_request: ApiRequest) -> Result<Response, ApiError> {
    let state = operated(&api_request)?;
    let on_disk = state.service.store_on_disk().await?;
    let last_import = state.service.imports().await?.into_iter().next();
    for_operators(&DeskAnswer::of(&state.service, state.process(), on_disk, last_import))
}

/// The last imports with their reports, for operators.
pub(in crate::http) async fn imports(api_request: ApiRequest) -> Result<Response, ApiError> {
    let state = operated(&api_request)?;
    for_operators(&ImportsAnswer::of(state.service.imports().await?))
}

/// The tokens that open roles, for operators.
pub(in crate::http) async fn tokens(api_request: ApiRequest) -> Result<Response, ApiError> {
    let state = operated(&api_request)?;
    // Whoever asks on the sample may do so with a token of the sample: others are not listed where they open nothing.
    let is_sample = state.service.is_only_sample();
    let surroundings = if is_sample { Surroundings::LocalSample } else { Surroundings::Other };
    let now_s = Timestamp::now().as_second();
    for_operators(&TokensAnswer::of(state.started_s(), state.access().listed(surroundings, now_s)))
}

/// How somebody signs in, for the page.
pub(in crate::http) async fn sign_in(
    State(state): State<Arc<AppState>>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    Query::parse(uri.query(), &[])?;
    let provider = state.identity.as_ref().map(|identity| {
        let (settings, addresses) = (identity.settings(), identity.addresses());
        SignInProviderAnswer {
            label: settings.label.clone(),
            issuer: settings.issuer.clone(),
            client_id: settings.client_id.clone(),
            scopes: settings.scopes.clone(),
            token: match settings.page_token {
                PageToken::AccessToken => SignInTokenAnswer::AccessToken,
                PageToken::IdToken => SignInTokenAnswer::IdToken,
            },
            available: addresses.is_some() && identity.fault().is_none(),
            authorization_endpoint: addresses.as_ref().map(|addresses| addresses.authorization.clone()),
            token_endpoint: addresses.map(|addresses| addresses.token),
        }
    });
    plain(&SignInAnswer { provider })
}

/// Which program serves which epoch under which rules, and to whom.
pub(in crate::http) async fn version(api_request: ApiRequest) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    let served = api_request.served()?;
    let head = Head::new(&api_request, &served, "", Freshness::Always, LanguageVariance::Neutral);
    let role = api_request.role();
    document(&api_request, head, JSON, move || Ok(VersionAnswer::of(&served, role))).await
}

/// What the page needs to draw itself.
pub(in crate::http) async fn meta(api_request: ApiRequest) -> Result<Response, ApiError> {
    api_request.query(&[])?;
    let served = api_request.served()?;
    // What is released, and the default window with it, changes with the day.
    let viewer = api_request.viewer;
    let day = viewer.today().to_string();
    let head = Head::new(&api_request, &served, &day, Freshness::Always, LanguageVariance::Neutral);
    document(&api_request, head, JSON, move || Ok(MetaAnswer::of(&served, viewer))).await
}

/// Where security faults are reported, as the operator says it.
///
/// # Reference
/// RFC 9116.
pub(in crate::http) async fn security_contact(
    State(state): State<Arc<AppState>>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    Query::parse(uri.query(), &[])?;
    let contact = state.site.security_contact.as_ref().ok_or_else(|| nothing_here(uri.path()))?;
    let expires = Day::from_number(today().number() + SECURITY_CONTACT_DAYS);
    let text = format!("Contact: {contact}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: vi, en\n");
    Ok(([(CONTENT_TYPE, TEXT), (CACHE_CONTROL, "no-store")], text).into_response())
}

/// What a kind of problem means.
pub(in crate::http) async fn problem(
    Path(name): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, ApiError> {
    Query::parse(uri.query(), &[])?;
    let kind =
        kind_of(&name).ok_or_else(|| ApiError::absent(text!("request-no-problem-kind", name = quoted(&name))))?;
    plain(&ProblemKindAnswer { kind: kind.name, title: kind.title.names(), description: kind.summary.names() })
}

/// Anything else that no route takes.
pub(in crate::http) fn nothing_here(path: &str) -> ApiError {
    ApiError::absent(text!("request-nothing-at", address = quoted(path)))
}

/// The state of the server for an operator, who sends no parameters.
fn operated(api_request: &ApiRequest) -> Result<&AppState, ApiError> {
    api_request.query(&[])?;
    api_request.viewer.at_least(Role::Operator)?;
    Ok(&api_request.state)
}

/// An answer for operators, that nobody keeps.
fn for_operators(answer: &impl Serialize) -> Result<Response, ApiError> {
    let head = [(CONTENT_TYPE, JSON), (CACHE_CONTROL, "private, no-store"), (VARY, "Authorization")];
    Ok((head, json_bytes(answer)?).into_response())
}

/// An answer that no cache keeps.
fn plain(answer: &impl Serialize) -> Result<Response, ApiError> {
    Ok(([(CONTENT_TYPE, JSON), (CACHE_CONTROL, "no-store")], json_bytes(answer)?).into_response())
}

//! One request, parsed once: by whom, in which language, for what, of which snapshot.

use std::borrow::Cow;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, HOST};
use axum::http::request::Parts;

use super::access::{Surroundings, TokenHolder};
use super::access_log::{RefusedToken, logged_request_id};
use super::account::{AccountedDeed, entry_of};
use super::received::Received;
use super::surroundings::is_local;
use super::tile_signature::is_signed;
use super::{credentials, negotiation};
use crate::domain::audit::{AuditAction, AuditEntry};
use crate::domain::role::Role;
use crate::domain::text::Language;
use crate::http::error::ApiError;
use crate::http::site::Site;
use crate::http::state::AppState;
use crate::service::accounting::canonical_question;
use crate::service::coded_body::Coding;
use crate::service::error::ServiceError;
use crate::service::live::{ServedSnapshot, today};
use crate::service::query::Query;
use crate::service::viewer::Viewer;

/// A request as the handlers see it.
#[derive(Debug)]
pub(in crate::http) struct ApiRequest {
    pub(in crate::http) state: Arc<AppState>,
    /// The outside view of the server for this request.
    pub(in crate::http) site: Arc<Site>,
    pub(in crate::http) viewer: Viewer,
    /// Whose token it carries, for the logs.
    pub(in crate::http) holder: TokenHolder,
    pub(in crate::http) language: Language,
    pub(in crate::http) coding: Coding,
    /// The path below the base path.
    pub(in crate::http) route: String,
    pub(in crate::http) headers: HeaderMap,
    raw_query: Option<String>,
    served: Option<Arc<ServedSnapshot>>,
}

impl ApiRequest {
    /// The parameters, of which only the allowed ones may stand. `f=json` may stand everywhere: clients of Esri append it
    /// to whatever they ask for, and where there is only one form it says nothing else.
    pub(in crate::http) fn query(&self, allowed: &[&'static str]) -> Result<Query, ApiError> {
        let raw = self.raw_query.as_deref();
        if allowed.contains(&"f") {
            return Ok(Query::parse(raw, allowed)?);
        }
        Ok(Query::parse(without_form(raw).as_deref(), allowed)?)
    }

    /// The snapshot that answers this request from its beginning to its end.
    pub(in crate::http) fn served(&self) -> Result<Arc<ServedSnapshot>, ApiError> {
        Ok(self.served.clone().ok_or(ServiceError::NotReady)?)
    }

    /// The role of the viewer.
    pub(in crate::http) fn role(&self) -> Role {
        self.viewer.role()
    }

    /// The query as it was sent, for the access log and the `self` link.
    pub(in crate::http) fn raw_query(&self) -> &str {
        self.raw_query.as_deref().unwrap_or_default()
    }
}

/// A query without the pairs that ask for JSON.
fn without_form(raw: Option<&str>) -> Option<Cow<'_, str>> {
    let is_form = |pair: &str| ["f=json", "f=pjson"].contains(&pair);
    match raw {
        Some(raw) if raw.split('&').any(is_form) => {
            let kept: Vec<&str> = raw.split('&').filter(|pair| !is_form(pair)).collect();
            Some(kept.join("&").into())
        }
        raw => raw.map(Cow::Borrowed),
    }
}

/// Who asks, of which snapshot, by which name of the server. Copies nothing of the request.
#[derive(Debug)]
pub(in crate::http) struct Caller {
    pub(in crate::http) served: Option<Arc<ServedSnapshot>>,
    pub(in crate::http) site: Arc<Site>,
    pub(in crate::http) viewer: Viewer,
    /// Whose token it carries, for the logs.
    pub(in crate::http) holder: TokenHolder,
}

impl Caller {
    /// Whose token a request carries; none where it opens nothing. For whoever only looks: nothing is logged.
    pub(in crate::http) fn holder(received: Received<'_>, state: &AppState) -> Option<TokenHolder> {
        let Received { uri, headers, peer } = received;
        let surroundings = || {
            let served = state.service.current();
            Surroundings::of(served.as_deref(), is_local(peer, uri, headers))
        };
        // Without a token it makes no difference where a request comes from.
        let presents = headers.contains_key(AUTHORIZATION) || is_signed(uri.query());
        let surroundings = if presents { surroundings() } else { Surroundings::Other };
        credentials::holder(received, state, surroundings).ok()
    }

    /// Who sends a request.
    ///
    /// # Errors
    /// When its token opens nothing.
    pub(in crate::http) fn of(received: Received<'_>, state: &AppState) -> Result<Self, ApiError> {
        let Received { uri, headers, peer } = received;
        // Taken before the token is judged: a token of the sample must not meet data that came after.
        let served = state.service.current();
        let is_local = is_local(peer, uri, headers);
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).filter(|_| is_local);
        let surroundings = Surroundings::of(served.as_deref(), is_local);
        let holder = credentials::holder(received, state, surroundings).inspect_err(|_| {
            state.refused_tokens.note(&RefusedToken {
                client: state.request_rates.client(peer, headers),
                path: uri.path(),
                request_id: logged_request_id(headers),
            });
        })?;
        let viewer = Viewer::of(holder.role, served.as_deref(), today());
        Ok(Self { served, site: state.site_named(host), viewer, holder })
    }
}

impl ApiRequest {
    /// The request as the handlers see it.
    ///
    /// # Errors
    /// When its token opens nothing.
    pub(in crate::http) fn of(received: Received<'_>, state: &Arc<AppState>) -> Result<Self, ApiError> {
        let caller = Caller::of(received, state)?;
        Ok(Self::new(caller, received, negotiation::coding(received.headers), state))
    }

    /// The request of a tile, which has more codings than other answers.
    ///
    /// # Errors
    /// When its token opens nothing.
    pub(in crate::http) fn of_tile(received: Received<'_>, state: &Arc<AppState>) -> Result<Self, ApiError> {
        let caller = Caller::of(received, state)?;
        Ok(Self::new(caller, received, negotiation::brotli_or_gzip(received.headers), state))
    }

    /// The request of a caller, answered in a coding.
    pub(in crate::http) fn new(caller: Caller, received: Received<'_>, coding: Coding, state: &Arc<AppState>) -> Self {
        let Received { uri, headers, .. } = received;
        let path = uri.path();
        Self {
            site: caller.site,
            viewer: caller.viewer,
            holder: caller.holder,
            language: negotiation::language(headers),
            coding,
            route: path.strip_prefix(state.site.base_path.as_str()).unwrap_or(path).to_owned(),
            headers: headers.clone(),
            raw_query: uri.query().map(str::to_owned),
            state: Arc::clone(state),
            served: caller.served,
        }
    }
}

impl ApiRequest {
    /// The same request, known by another route: what has two addresses has one tag.
    pub(in crate::http) fn on_route(self, route: String) -> Self {
        Self { route, ..self }
    }

    /// Writes down that this request did something, and returns when the line is on the disk.
    ///
    /// # Errors
    /// When it cannot be written: the answer must not be given then.
    pub(in crate::http) async fn account(&self, action: AuditAction, rows: Option<u64>) -> Result<(), ApiError> {
        Ok(self.state.service.accounting().note_durably(self.entry(action, rows)).await?)
    }

    /// The entry of what this request does: for whoever writes it in the transaction that does it.
    pub(in crate::http) fn entry(&self, action: AuditAction, rows: Option<u64>) -> AuditEntry {
        let deed = AccountedDeed {
            action,
            question: canonical_question(&self.route, self.raw_query()).into(),
            rows,
            request_id: logged_request_id(&self.headers),
        };
        entry_of(Some(&self.holder), deed)
    }

    /// The same of a table or a drawing that a role takes with it. What is public is nobody's affair.
    ///
    /// # Errors
    /// As [`ApiRequest::account`].
    pub(in crate::http) async fn account_export(&self) -> Result<(), ApiError> {
        if self.role() == Role::Public { Ok(()) } else { self.account(AuditAction::Export, None).await }
    }
}

/// The same request as anybody would send it: its token is neither read nor refused.
#[derive(Debug)]
pub(in crate::http) struct PublicRequest(pub(in crate::http) ApiRequest);

impl FromRequestParts<Arc<AppState>> for PublicRequest {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Self::Rejection> {
        parts.headers.remove(AUTHORIZATION);
        ApiRequest::from_request_parts(parts, state).await.map(Self)
    }
}

impl FromRequestParts<Arc<AppState>> for ApiRequest {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<AppState>) -> Result<Self, Self::Rejection> {
        Self::of(Received::of_parts(parts), state)
    }
}

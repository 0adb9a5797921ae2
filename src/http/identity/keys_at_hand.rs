//! The layer in front of everything that reads tokens: a token with a key that is not known has it fetched first.
//!
//! Providers change their keys, and the first token of a new key must not be refused. Requests without such a token pass
//! at once.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::extract::Request;
use futures_util::future::Either;
use tower::Service;

use super::provider::IdentityProvider;
use crate::http::extract::access::presented;

/// A service that has the keys of tokens at hand.
#[derive(Debug, Clone)]
pub(in crate::http) struct KeysAtHand<S> {
    provider: Option<Arc<IdentityProvider>>,
    inner: S,
}

impl<S> KeysAtHand<S> {
    /// A service behind the keys of a provider, where there is one.
    pub(in crate::http) fn new(provider: Option<Arc<IdentityProvider>>, inner: S) -> Self {
        Self { provider, inner }
    }

    /// The provider, where a request has a token that it may have signed with another key.
    fn provider_to_ask(&self, request: &Request) -> Option<Arc<IdentityProvider>> {
        let provider = self.provider.as_ref()?;
        let token = presented(request.headers()).ok().flatten()?;
        provider.lacks_key_of(token).then(|| Arc::clone(provider))
    }
}

impl<S> Service<Request> for KeysAtHand<S>
where
    S: Service<Request> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Either<S::Future, Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let Some(provider) = self.provider_to_ask(&request) else { return Either::Left(self.inner.call(request)) };
        // The one that is ready answers; the clone takes its place.
        let waiting = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, waiting);
        Either::Right(Box::pin(async move {
            provider.refreshed().await;
            inner.call(request).await
        }))
    }
}

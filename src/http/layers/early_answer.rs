//! The frame of every layer that answers some requests itself and hands the others on.
//!
//! In: requests. Out: the answer of the layer where it has one, else that of the service behind it. What is answered,
//! and why, is said by each layer.

use std::future::{Ready, ready};
use std::task::{Context, Poll};

use axum::extract::Request;
use axum::response::Response;
use futures_util::future::Either;
use tower::Service;

/// What answers some requests before the service behind it sees them.
pub trait EarlyAnswer {
    /// The answer; none for a request that goes on, with what was noted of it in its extensions.
    fn early_answer(&self, request: &mut Request) -> Option<Response>;
}

/// A service with something in front of it that answers some of its requests.
#[derive(Debug, Clone)]
pub struct AnsweredEarly<E, S> {
    early: E,
    inner: S,
}

impl<E, S> AnsweredEarly<E, S> {
    /// A service behind what answers some of its requests.
    pub(in crate::http) fn new(early: E, inner: S) -> Self {
        Self { early, inner }
    }
}

impl<E: EarlyAnswer, S: Service<Request, Response = Response>> Service<Request> for AnsweredEarly<E, S> {
    type Response = Response;
    type Error = S::Error;
    type Future = Either<Ready<Result<Response, S::Error>>, S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        match self.early.early_answer(&mut request) {
            Some(response) => Either::Left(ready(Ok(response))),
            None => Either::Right(self.inner.call(request)),
        }
    }
}

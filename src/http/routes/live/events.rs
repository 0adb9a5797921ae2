//! `GET /events`: the states of the data as Server-Sent Events, and alerts, for those who keep a map open.
//!
//! In: who listens, and with `Last-Event-ID` which state they know. Out: an event for each later state, with what of it
//! the role may hear, and for each alert that was raised since; a comment now and then, so that nobody between takes the
//! line for dead. Who knows a state that is too old is told the present one, and that anything may have changed.
//!
//! An alert has no id: who comes back names the last state, and may hear of an alert after it again, which its number
//! tells.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::{self, Stream};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::domain::role::Role;
use crate::http::error::ApiError;
use crate::http::extract::api_request::{ApiRequest, Caller};
use crate::http::extract::received::Received;
use crate::http::state::AppState;
use crate::service::answers::events::{EpochEvent, LiveEvent};
use crate::service::live::epochs::{Listening, LiveNote};
use crate::texts::text;

/// How often a silent line shows that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How long a client waits before it comes back, in the field `retry`.
const RETRY: Duration = Duration::from_secs(3);
/// Who is told so is no cache and no proxy that gathers.
const UNBUFFERED: &str = "x-accel-buffering";

/// States of the data as they come.
pub(in crate::http) async fn stream_of_states(
    State(state): State<Arc<AppState>>,
    request: Request,
) -> Result<Response, ApiError> {
    let (request, _) = request.into_parts();
    let api_request = ApiRequest::of(Received::of_parts(&request), &state)?;
    api_request.query(&[])?;
    let served = api_request.served()?;
    let known = last_event_id(&request.headers)?;
    let role = api_request.role();
    // What is kept goes by the epoch of all data: whoever is not told of that could find it out by naming numbers.
    let told_of = known.filter(|_| role != Role::Public);
    let Listening { missed, notes } = state.service.epochs().listen(told_of);
    let now = EpochEvent::now(&served, role);
    let mut listener = Listener { request, role, last: now.epoch, waiting: VecDeque::new(), notes, state };
    match missed {
        Some(missed) => {
            listener.last = known.unwrap_or(now.epoch);
            for note in &missed {
                listener.hear(note);
            }
        }
        // Of the state that the client knows itself there is nothing to tell.
        None if known == Some(now.epoch) => {}
        None => listener.waiting.push_back(LiveEvent::State(now)),
    }
    let events = Sse::new(listener.events()).keep_alive(KeepAlive::new().interval(HEARTBEAT));
    let mut response = events.into_response();
    response.headers_mut().insert(UNBUFFERED, HeaderValue::from_static("no"));
    Ok(response)
}

/// The state that a client knows, as it was told.
fn last_event_id(headers: &HeaderMap) -> Result<Option<u64>, ApiError> {
    let Some(id) = headers.get("last-event-id") else { return Ok(None) };
    let text = id.to_str().unwrap_or_default();
    let wrong = |_| ApiError::invalid("Last-Event-ID", text, text!("expected-event-id"));
    text.parse().map(Some).map_err(wrong)
}

/// One who listens.
struct Listener {
    /// What was sent, by which it is known whether the token still opens the role.
    request: Parts,
    role: Role,
    /// The last epoch that was told.
    last: u64,
    waiting: VecDeque<LiveEvent>,
    notes: Receiver<Arc<LiveNote>>,
    state: Arc<AppState>,
}

impl Listener {
    fn hear(&mut self, note: &LiveNote) {
        if let Some(event) = LiveEvent::of(note, self.last, self.role) {
            if let LiveEvent::State(state) = &event {
                self.last = state.epoch;
            }
            self.waiting.push_back(event);
        }
    }

    /// Whether the token that was sent opens the role still: it may have ended, or met data that it does not open.
    fn is_let_in(&self) -> bool {
        let holder = Caller::holder(Received::of_parts(&self.request), &self.state);
        holder.is_some_and(|holder| holder.role == self.role)
    }

    /// The next event; none when the server stops or the token opens the role no more.
    async fn next(&mut self) -> Option<LiveEvent> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return self.is_let_in().then_some(event);
            }
            match self.notes.recv().await {
                Ok(note) => self.hear(&note),
                // Too far behind: what was missed is not told one by one. It may have been alerts alone, of which the public
                // is not even told that there were any.
                Err(RecvError::Lagged(_)) => {
                    let served = self.state.service.current()?;
                    let now = EpochEvent::now(&served, self.role);
                    if now.epoch != self.last || self.role != Role::Public {
                        self.last = now.epoch;
                        self.waiting.push_back(LiveEvent::State(now));
                    }
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }

    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut listener| async {
            let event = listener.next().await?;
            Some((Ok(written(&event)), listener))
        })
    }
}

/// An event as it is sent.
fn written(event: &LiveEvent) -> Event {
    let written = match event {
        LiveEvent::State(state) => {
            Event::default().event("epoch").id(state.epoch.to_string()).retry(RETRY).json_data(state)
        }
        LiveEvent::Alert(alert) => Event::default().event("alert").json_data(alert),
    };
    written.unwrap_or_else(|_| Event::default().comment("unwritable"))
}

//! The access log: who looked at single incidents, through which tile, and which tokens opened nothing.
//!
//! In: a look, or a refused token. Out: lines of the log under the target `binhyen::access`. Every look is one line, with
//! the label of the token, never the token. Refused tokens are as many as whoever tries them likes, so a minute has a
//! bounded number of lines, and the next line after says how many were left out.

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::HeaderMap;

use super::access::TokenHolder;
use super::account::{AccountedDeed, entry_of};
use crate::domain::audit::{AuditAction, AuditEntry};
use crate::http::observation::request_id::X_REQUEST_ID;
use crate::service::accounting::canonical_question;

/// How long lines are counted together.
const SPAN: Duration = Duration::from_mins(1);
/// Lines on refused tokens within it, at most.
const MOST_LINES: u32 = 20;

/// A look at the incidents of a tile by somebody who sees points.
#[derive(Debug, Clone)]
pub(in crate::http) struct PointsLook {
    /// Whose token.
    pub(in crate::http) holder: TokenHolder,
    /// The tile, as its address names it.
    pub(in crate::http) tile: String,
    /// The filter and the rest of the query, as it was sent, without a signature.
    pub(in crate::http) query: String,
    /// The id of the request.
    pub(in crate::http) request_id: Box<str>,
}

/// How the looker came by the tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum Delivery {
    /// It was sent.
    Sent,
    /// The client has it from before.
    HeldByClient,
}

impl PointsLook {
    /// The look as an entry of the audit log.
    pub(in crate::http) fn entry(&self, delivery: Delivery) -> AuditEntry {
        let held = if delivery == Delivery::HeldByClient { " (held by the client)" } else { "" };
        let question = canonical_question(&format!("/tiles/{}", self.tile), &self.query);
        let deed = AccountedDeed {
            action: AuditAction::PointsTile,
            question: format!("{question}{held}").into(),
            rows: None,
            request_id: &self.request_id,
        };
        entry_of(Some(&self.holder), deed)
    }

    /// Writes the look into the log of the program.
    pub(in crate::http) fn log(&self, delivery: Delivery) {
        tracing::info!(
            target: "binhyen::access",
            {
                request.id = &*self.request_id,
                viewer.label = &*self.holder.label,
                viewer.role = self.holder.role.as_str(),
                tile = self.tile.as_str(),
                query = self.query.as_str(),
                held_by_client = delivery == Delivery::HeldByClient,
            },
            "incident points were read in a tile",
        );
    }
}

/// The id of a request, as lines of the log name it.
pub(in crate::http) fn logged_request_id(headers: &HeaderMap) -> &str {
    headers.get(X_REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default()
}

/// A request whose token opens nothing: from where and for what, not with which token.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct RefusedToken<'a> {
    pub(in crate::http) client: Option<IpAddr>,
    pub(in crate::http) path: &'a str,
    pub(in crate::http) request_id: &'a str,
}

/// Counts the lines on refused tokens.
#[derive(Debug, Default)]
pub(in crate::http) struct RefusedTokens(Mutex<Option<LineCount>>);

/// The lines of one span.
#[derive(Debug, Clone, Copy)]
struct LineCount {
    begun: Instant,
    lines: u32,
    left_out: u32,
}

impl RefusedTokens {
    /// Notes a request whose token opens nothing.
    pub(in crate::http) fn note(&self, refused: &RefusedToken<'_>) {
        if let Some(left_out) = self.counted(Instant::now()) {
            let client = refused.client.map(|client| client.to_string());
            tracing::warn!(
                target: "binhyen::access",
                {
                    request.id = refused.request_id,
                    client.address = client.as_deref().unwrap_or("unknown"),
                    path = refused.path,
                    left_out,
                },
                "a token was refused",
            );
        }
    }

    /// Counts one more; gives how many were left out before where it may have a line.
    pub(in crate::http) fn counted(&self, now: Instant) -> Option<u32> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let running = kept.filter(|count| now.duration_since(count.begun) < SPAN);
        let (next, line) = match running {
            Some(count) if count.lines >= MOST_LINES => (LineCount { left_out: count.left_out + 1, ..count }, None),
            Some(count) => (LineCount { lines: count.lines + 1, ..count }, Some(0)),
            None => {
                let left_out = kept.map_or(0, |count| count.left_out);
                (LineCount { begun: now, lines: 1, left_out: 0 }, Some(left_out))
            }
        };
        *kept = Some(next);
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_tokens_have_a_bounded_number_of_lines_and_none_is_forgotten() {
        let (refused, begun) = (RefusedTokens::default(), Instant::now());
        let lines = (0..100).filter_map(|_| refused.counted(begun)).count();
        assert_eq!(lines, 20);
        assert_eq!(refused.counted(begun + SPAN / 2), None);
        assert_eq!(refused.counted(begun + SPAN), Some(81), "80 of the hundred, and one after them");
        assert_eq!(refused.counted(begun + SPAN), Some(0));
    }
}

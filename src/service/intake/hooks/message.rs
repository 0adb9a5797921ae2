//! What messages of all channels have in common: their head, what they are read against, what of them is a report.

use crate::domain::incident::IncidentLocation;
use crate::domain::incident::taxonomy::CategoryIndex;
use crate::domain::text::Names;
use crate::service::error::ServiceError;
use crate::snapshot::Snapshot;
use crate::texts::text;

/// How far the time that a message names may lie from now where it is part of what is signed.
pub(super) const WINDOW_S: i64 = 5 * 60;
/// How long a network repeats what was not acknowledged, and some more.
pub(super) const REPEATED_S: i64 = 3 * 24 * 3600;

/// Bytes that are never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretBytes(pub Vec<u8>);

impl std::fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretBytes(…)")
    }
}

/// What the head of a message says.
#[derive(Debug, Clone, Copy, Default)]
pub struct HookHead<'a> {
    /// The time of our own rules, in seconds since 1970 UTC.
    pub timestamp: Option<&'a str>,
    /// The signature, as the rules of the channel write it.
    pub signature: Option<&'a str>,
}

/// What a message is read against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HookContext<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) now_s: i64,
    pub(crate) most_chars: usize,
}

/// One message that is a report, or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HookMessage {
    /// The id under which it may be repeated.
    pub(crate) event_id: String,
    /// Who sent it, as the network names it.
    pub(crate) sender: Option<String>,
    pub(crate) category: Option<CategoryIndex>,
    pub(crate) happened_s: Option<i64>,
    pub(crate) location: IncidentLocation,
    pub(crate) text: Option<String>,
}

impl HookMessage {
    /// Words and a place of somebody, as networks send them.
    pub(super) fn of_network(
        event_id: String,
        sender: String,
        text: Option<String>,
        location: IncidentLocation,
    ) -> Self {
        Self { event_id, sender: Some(sender), category: None, happened_s: None, location, text }
    }

    /// Whether it says anything.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_none() && self.location == IncidentLocation::Unknown
    }
}

/// A message that nobody we know signed, or not now.
pub(super) fn unsigned(what: Names) -> ServiceError {
    ServiceError::Unsigned { what }
}

/// The bytes of a signature in hexadecimal digits after what its header begins with.
pub(super) fn signature_bytes(head: HookHead<'_>, before: &str) -> Result<[u8; 32], ServiceError> {
    let read = |text: &str| {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim().strip_prefix(before)?, &mut bytes).ok().map(|()| bytes)
    };
    head.signature.and_then(read).ok_or_else(|| unsigned(text!("report-unsigned")))
}

/// A number that a network writes as a number or as a text.
pub(super) fn number(value: &serde_json::Value) -> Option<f64> {
    let read = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    read.filter(|number| number.is_finite())
}

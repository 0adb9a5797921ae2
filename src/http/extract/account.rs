//! Entries for the audit log: who, with what role, did what, by which request.
//!
//! In: the holder of a token and what was done. Out: an entry with the moment of now. Never a token, never an address of
//! a client.

use std::borrow::Cow;

use jiff::Timestamp;

use super::access::TokenHolder;
use crate::domain::audit::{AuditAction, AuditEntry};

/// What was done.
#[derive(Debug, Clone)]
pub(in crate::http) struct AccountedDeed<'a> {
    pub(in crate::http) action: AuditAction,
    /// The question, in its canonical form.
    pub(in crate::http) question: Cow<'a, str>,
    pub(in crate::http) rows: Option<u64>,
    pub(in crate::http) request_id: &'a str,
}

/// The entry of what the holder of a token did now; of nobody where the token opened nothing.
pub(in crate::http) fn entry_of(holder: Option<&TokenHolder>, deed: AccountedDeed<'_>) -> AuditEntry {
    let AccountedDeed { action, question, rows, request_id } = deed;
    let name = |read: fn(&TokenHolder) -> &str| holder.map_or_else(String::new, |holder| read(holder).to_owned());
    AuditEntry {
        moment_ms: Timestamp::now().as_millisecond(),
        token_id: name(|holder| &holder.token_id),
        label: name(|holder| &holder.label),
        role: name(|holder| holder.role.as_str()),
        action: action.as_str().to_owned(),
        question: question.into_owned(),
        rows,
        request_id: request_id.to_owned(),
    }
}

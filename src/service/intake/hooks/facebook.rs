//! Messages of Facebook Messenger: `sha256=` and the HMAC-SHA256, in hexadecimal digits, of the raw body.

use serde_json::Value;

use super::message::{HookContext, HookHead, HookMessage, REPEATED_S, SecretBytes, number, signature_bytes, unsigned};
use crate::domain::incident::IncidentLocation;
use crate::service::error::ServiceError;
use crate::service::intake::keys::{HashKey, begins_with};
use crate::service::intake::{place, words};
use crate::texts::text;

/// The messages of a body, which may carry several.
pub(super) fn messages(
    secret: &SecretBytes,
    head: HookHead<'_>,
    body: &[u8],
    context: HookContext<'_>,
) -> Result<Vec<HookMessage>, ServiceError> {
    let presented = signature_bytes(head, "sha256=")?;
    if !begins_with(HashKey::new(&secret.0).signature(&[body]), &presented, 32) {
        return Err(unsigned(text!("report-unsigned")));
    }
    let event: Value = serde_json::from_slice(body).map_err(|fault| ServiceError::BadBody {
        what: text!("report-not-json", line = fault.line().to_string(), column = fault.column().to_string()),
    })?;
    let entries = event["entry"].as_array().filter(|_| event["object"] == "page");
    let messages = entries.into_iter().flatten().filter_map(|entry| entry["messaging"].as_array()).flatten();
    let read = messages.filter_map(|message| read(message, context));
    Ok(read.filter(|message| !message.is_empty()).collect())
}

/// A message of a person; none for what the page itself said, for receipts, and for what is too old to be a repeat.
fn read(messaging: &Value, context: HookContext<'_>) -> Option<HookMessage> {
    let message = messaging.get("message").filter(|message| message["is_echo"] != true)?;
    let sent_s = messaging["timestamp"].as_i64().map(|sent_ms| sent_ms / 1000)?;
    if sent_s.abs_diff(context.now_s) > REPEATED_S.unsigned_abs() {
        return None;
    }
    let event_id = message["mid"].as_str().filter(|id| !id.is_empty())?.to_owned();
    let sender = messaging["sender"]["id"].as_str().filter(|id| !id.is_empty())?.to_owned();
    let text = message["text"].as_str().and_then(|said| words::cleaned(said, context.most_chars));
    let location = shared_place(message, context).unwrap_or(IncidentLocation::Unknown);
    Some(HookMessage::of_network(event_id, sender, text, location))
}

fn shared_place(message: &Value, context: HookContext<'_>) -> Option<IncidentLocation> {
    let attachments = message["attachments"].as_array()?;
    let shared = attachments.iter().find(|attachment| attachment["type"] == "location")?;
    let coordinates = &shared["payload"]["coordinates"];
    let (lon, lat) = (number(&coordinates["long"])?, number(&coordinates["lat"])?);
    place::point(lon, lat, context.snapshot)
}

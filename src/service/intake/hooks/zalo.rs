//! Messages of a Zalo Official Account.
//!
//! `mac=` and the SHA-256, in hexadecimal digits, of the id of the application, the raw body, the time that the body
//! names, and the secret of the account. Zalo repeats for hours what was not acknowledged, under the same id and time, so
//! the time is no window: the id keeps a repeat from counting twice.

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::message::{HookContext, HookHead, HookMessage, REPEATED_S, SecretBytes, number, signature_bytes, unsigned};
use crate::domain::incident::IncidentLocation;
use crate::service::error::ServiceError;
use crate::service::intake::{place, words};
use crate::texts::text;

/// The account whose messages are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Account<'a> {
    pub(super) app_id: &'a str,
    pub(super) secret: &'a SecretBytes,
}

/// The message of an event that is one: words or a place of a person. Any other event is acknowledged.
pub(super) fn message(
    account: Account<'_>,
    head: HookHead<'_>,
    body: &[u8],
    context: HookContext<'_>,
) -> Result<Option<HookMessage>, ServiceError> {
    let presented = signature_bytes(head, "mac=")?;
    let refused = || unsigned(text!("report-unsigned"));
    // What cannot be read has no time, and what has none is signed by nobody.
    let event: Value = serde_json::from_slice(body).map_err(|_| refused())?;
    let timestamp = as_text(&event["timestamp"]).ok_or_else(refused)?;
    let mut signed = Sha256::new();
    for part in [account.app_id.as_bytes(), body, timestamp.as_bytes(), &account.secret.0] {
        signed.update(part);
    }
    if !bool::from(signed.finalize().as_slice().ct_eq(presented.as_slice())) {
        return Err(refused());
    }
    let sent_ms = timestamp.parse::<i64>().map_err(|_| refused())?;
    if (sent_ms / 1000).abs_diff(context.now_s) > REPEATED_S.unsigned_abs() {
        return Err(unsigned(text!("report-signed-long-ago")));
    }
    Ok(read(&event, context).filter(|message| !message.is_empty()))
}

fn read(event: &Value, context: HookContext<'_>) -> Option<HookMessage> {
    let message = &event["message"];
    let (text, location) = match event["event_name"].as_str()? {
        "user_send_text" => {
            let said = message["text"].as_str()?;
            (words::cleaned(said, context.most_chars), IncidentLocation::Unknown)
        }
        "user_send_location" => (None, shared_place(message, context)?),
        _ => return None,
    };
    let event_id = as_text(&message["msg_id"])?;
    let sender = as_text(&event["sender"]["id"])?;
    Some(HookMessage::of_network(event_id, sender, text, location))
}

fn shared_place(message: &Value, context: HookContext<'_>) -> Option<IncidentLocation> {
    let attachments = message["attachments"].as_array()?;
    let shared = attachments.iter().find(|attachment| attachment["type"] == "location")?;
    let coordinates = &shared["payload"]["coordinates"];
    let (lon, lat) = (number(&coordinates["longitude"])?, number(&coordinates["latitude"])?);
    place::point(lon, lat, context.snapshot)
}

/// A text, or a number as a text: networks write ids and times in both ways.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

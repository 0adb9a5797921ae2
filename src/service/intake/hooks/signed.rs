//! Our own rules, for any server that can make an HMAC: `sha256=` and the HMAC-SHA256, in hexadecimal digits, of the time
//! in seconds, a full stop, and the raw body.

use super::message::{HookContext, HookHead, HookMessage, SecretBytes, WINDOW_S, signature_bytes, unsigned};
use crate::service::error::ServiceError;
use crate::service::intake::json_fields::{JsonFields, field_fault};
use crate::service::intake::keys::{HashKey, begins_with};
use crate::service::intake::place::{PLACE, location};
use crate::service::intake::{moment, submission, words};
use crate::texts::text;

/// No id of an event, and no name of a sender, needs more.
const MOST_ID_CHARS: usize = 200;

/// The message of a body.
pub(super) fn messages(
    secret: &SecretBytes,
    head: HookHead<'_>,
    body: &[u8],
    context: HookContext<'_>,
) -> Result<HookMessage, ServiceError> {
    let timestamp = head.timestamp.ok_or_else(|| unsigned(text!("report-unsigned")))?;
    let presented = signature_bytes(head, "sha256=")?;
    let signature = HashKey::new(&secret.0).signature(&[timestamp.as_bytes(), b".", body]);
    if !begins_with(signature, &presented, 32) {
        return Err(unsigned(text!("report-unsigned")));
    }
    let sent_s = timestamp.parse::<i64>().ok();
    // What far-off clocks say may be any number at all.
    let is_fresh = sent_s.is_some_and(|sent_s| sent_s.abs_diff(context.now_s) <= WINDOW_S.unsigned_abs());
    if !is_fresh {
        return Err(unsigned(text!("report-signed-long-ago")));
    }
    message(body, context)
}

fn message(body: &[u8], context: HookContext<'_>) -> Result<HookMessage, ServiceError> {
    let HookContext { snapshot, now_s, most_chars } = context;
    let fields = JsonFields::read(body, &[&["id", "sender", "category", "time", "text"][..], &PLACE].concat())?;
    let category = fields.text("category")?.map(|id| submission::reportable(id, snapshot)).transpose()?;
    let happened_s = fields.text("time")?.map(|said| moment::happened_s("time", said, now_s)).transpose()?;
    let message = HookMessage {
        event_id: id("id", fields.needed_text("id")?)?,
        sender: fields.text("sender")?.map(|sender| id("sender", sender)).transpose()?,
        category,
        happened_s,
        location: location(&fields, snapshot)?,
        text: words::checked("text", fields.text("text")?.unwrap_or_default(), most_chars)?,
    };
    if message.is_empty() { Err(field_fault("text", text!("report-says-nothing"))) } else { Ok(message) }
}

fn id(field: &'static str, said: &str) -> Result<String, ServiceError> {
    let fits = (1..=MOST_ID_CHARS).contains(&said.chars().count());
    let refused = || field_fault(field, text!("report-too-long", count = said.chars().count(), most = MOST_ID_CHARS));
    fits.then(|| said.to_owned()).ok_or_else(refused)
}

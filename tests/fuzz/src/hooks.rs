//! Bodies of messages of other servers, signed as their sender would, and what must hold of how they are read.

use std::sync::LazyLock;

use binhyen::service::error::ServiceError;
use binhyen::service::intake::{Hook, HookHead, HookRules, ReadAt, SecretBytes};
use binhyen::snapshot::Snapshot;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use crate::world::WORLD;

const SECRET: &[u8] = b"secret-of-both-ends";
const APP_ID: &str = "1234567890";
/// The most characters of a text that is kept.
const MOST_CHARS: usize = 40;

static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(crate::snapshot::snapshot);

/// By whose rules a body is read.
#[derive(Debug, Clone, Copy)]
pub enum Sender {
    /// Any server that can make an HMAC.
    Any,
    /// A Zalo Official Account.
    Zalo,
    /// Facebook Messenger.
    Facebook,
}

impl Sender {
    /// Everybody.
    pub const ALL: [Self; 3] = [Self::Any, Self::Zalo, Self::Facebook];

    fn hook(self) -> Hook {
        let secret = SecretBytes(SECRET.to_vec());
        let (channel, rules) = match self {
            Self::Any => ("phone", HookRules::Signed { secret }),
            Self::Zalo => ("zalo", HookRules::Zalo { app_id: APP_ID.to_owned(), secret }),
            Self::Facebook => ("facebook", HookRules::Facebook { verify_token: secret.clone(), secret }),
        };
        Hook { channel: channel.to_owned(), rules }
    }

    fn signature(self, timestamp: &str, body: &[u8]) -> String {
        match self {
            Self::Any => hmac(&[timestamp.as_bytes(), b".", body]),
            Self::Facebook => hmac(&[body]),
            Self::Zalo => {
                // The time that the body names, as a text or a number; what has none is signed by nobody.
                let event: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
                let named = &event["timestamp"];
                let named = named.as_str().map_or_else(|| named.to_string(), str::to_owned);
                let signed = [APP_ID.as_bytes(), body, named.as_bytes(), SECRET].concat();
                format!("mac={}", hex::encode(Sha256::digest(signed)))
            }
        }
    }
}

fn hmac(parts: &[&[u8]]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET).expect("a key of any length will do");
    for part in parts {
        mac.update(part);
    }
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

/// Reads a body as signed by its sender, and with another signature. Gives how many messages it holds; none where it is
/// refused.
pub fn read(sender: Sender, body: &[u8]) -> Option<usize> {
    let hook = sender.hook();
    let timestamp = WORLD.now_s.to_string();
    let signature = sender.signature(&timestamp, body);
    let read_at = ReadAt { snapshot: &SNAPSHOT, now_s: WORLD.now_s };
    let with = |signature: Option<&str>| {
        let head = HookHead { timestamp: Some(&timestamp), signature };
        hook.words(head, body, read_at, MOST_CHARS)
    };
    let last = if signature.ends_with('0') { "1" } else { "0" };
    let other = format!("{}{last}", &signature[..signature.len() - 1]);
    for forged in [None, Some(other.as_str()), Some("")] {
        let refused = with(forged);
        assert!(matches!(refused, Err(ServiceError::Unsigned { .. })), "{forged:?} was taken: {refused:?}");
    }
    let said = with(Some(&signature)).ok()?;
    for words in said.iter().flatten() {
        assert!(!words.trim().is_empty() && words.chars().count() <= MOST_CHARS, "{words:?}");
        assert!(!words.chars().any(|letter| letter.is_control() && letter != '\n'), "{words:?}");
    }
    Some(said.len())
}

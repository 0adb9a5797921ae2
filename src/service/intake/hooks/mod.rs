//! Word that other servers send: who signed it, and what of it is a report.
//!
//! In: the raw bytes of a body with its signature. Out: messages, each with the id under which it may be repeated. A
//! signature is checked over the bytes as they came and in constant time; nothing is read of a message that is not signed.
//! Who sent it is handed on as the network names it, and turned into a keyed hash before anything is kept.

mod facebook;
mod message;
mod signed;
mod zalo;

use super::keys::{HashKey, begins_with};
use crate::service::error::ServiceError;
use crate::service::intake::ReadAt;
pub(crate) use message::{HookContext, HookMessage};
pub use message::{HookHead, SecretBytes};

/// By whose rules a hook is read, with what it is signed.
#[derive(Debug, Clone)]
pub enum HookRules {
    /// Our own: HMAC-SHA256 over the time, a full stop and the body.
    Signed {
        /// The secret of both ends.
        secret: SecretBytes,
    },
    /// A Zalo Official Account.
    Zalo {
        /// The application.
        app_id: String,
        /// The secret of the account.
        secret: SecretBytes,
    },
    /// Facebook Messenger.
    Facebook {
        /// The secret of the application.
        secret: SecretBytes,
        /// What Facebook says when it asks whether this address is meant.
        verify_token: SecretBytes,
    },
}

/// A channel by which another server sends word.
#[derive(Debug, Clone)]
pub struct Hook {
    /// Its name in the address.
    pub channel: String,
    /// By whose rules it is read.
    pub rules: HookRules,
}

impl Hook {
    /// The name of the header that carries the signature.
    pub(crate) fn signature_header(&self) -> &'static str {
        match self.rules {
            HookRules::Signed { .. } => "x-binhyen-signature",
            HookRules::Zalo { .. } => "x-zevent-signature",
            HookRules::Facebook { .. } => "x-hub-signature-256",
        }
    }

    /// Whether the sender of a message learns the number of its report.
    pub(crate) fn answers_with_number(&self) -> bool {
        matches!(self.rules, HookRules::Signed { .. })
    }

    /// What Facebook wants to read where it asks whether this address is meant, and knows the word for it.
    pub(crate) fn verified<'a>(&self, token: &str, challenge: &'a str) -> Option<&'a str> {
        let HookRules::Facebook { verify_token, .. } = &self.rules else { return None };
        // Hashes have one length, so that comparing them does not tell that of the token.
        let key = HashKey::new(&verify_token.0);
        let (own, given) = (key.signature(&[&verify_token.0]), key.signature(&[token.as_bytes()]));
        begins_with(own, &given.0, 32).then_some(challenge)
    }

    /// The words of the messages of a body, cut to so many characters, for whoever wants to know how a body reads; a
    /// message that is only a place has none.
    ///
    /// # Errors
    /// When the body is not signed, is too old, or does not read.
    pub fn words(
        &self,
        head: HookHead<'_>,
        body: &[u8],
        read_at: ReadAt<'_>,
        most_chars: usize,
    ) -> Result<Vec<Option<String>>, ServiceError> {
        let ReadAt { snapshot, now_s } = read_at;
        let messages = self.messages(head, body, HookContext { snapshot, now_s, most_chars })?;
        Ok(messages.into_iter().map(|message| message.text).collect())
    }

    /// The messages of a body; none for what is acknowledged and nothing else.
    ///
    /// # Errors
    /// When the body is not signed, is too old, or does not read.
    pub(super) fn messages(
        &self,
        head: HookHead<'_>,
        body: &[u8],
        context: HookContext<'_>,
    ) -> Result<Vec<HookMessage>, ServiceError> {
        match &self.rules {
            HookRules::Signed { secret } => signed::messages(secret, head, body, context).map(|message| vec![message]),
            HookRules::Zalo { app_id, secret } => {
                let account = zalo::Account { app_id, secret };
                Ok(zalo::message(account, head, body, context)?.into_iter().collect())
            }
            HookRules::Facebook { secret, .. } => facebook::messages(secret, head, body, context),
        }
    }
}

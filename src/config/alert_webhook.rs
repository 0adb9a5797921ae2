//! Where alerts are sent to, as the configuration names it.

use std::fmt;

use serde::Deserialize;

use super::error::ConfigError;
use super::values::origin;

/// Shorter ones can be guessed.
const LEAST_SECRET_CHARS: usize = 32;

/// An address that gets every new alert.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertWebhook {
    /// Where to, http or https.
    pub url: String,
    /// What signs it; known to both sides alone.
    pub secret: String,
    /// Whether it may lie in a private network.
    #[serde(default)]
    pub private_address: bool,
}

/// The secret reaches no log.
impl fmt::Debug for AlertWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AlertWebhook")
            .field("url", &self.url)
            .field("private_address", &self.private_address)
            .finish_non_exhaustive()
    }
}

impl AlertWebhook {
    pub(super) fn checked(self) -> Result<Self, ConfigError> {
        let wrong = |key, value: &str, expected| ConfigError::Value { key, value: value.to_owned(), expected };
        let host = self.url.find("://").map(|at| at + 3);
        let end = host.and_then(|host| self.url.get(host..)?.find('/').map(|end| host + end)).unwrap_or(self.url.len());
        let has_origin = self.url.get(..end).is_some_and(|text| origin("alert_webhooks.url", text.to_owned()).is_ok());
        let is_plain = self.url.bytes().all(|byte| byte.is_ascii_graphic());
        if !(has_origin && is_plain) {
            return Err(wrong("alert_webhooks.url", &self.url, "an address like https://office.example.vn/alerts"));
        }
        if self.secret.chars().count() < LEAST_SECRET_CHARS {
            return Err(wrong("alert_webhooks.secret", "…", "at least 32 characters that nobody can guess"));
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(url: &str, secret: &str) -> Result<AlertWebhook, ConfigError> {
        AlertWebhook { url: url.to_owned(), secret: secret.to_owned(), private_address: false }.checked()
    }

    #[test]
    fn a_webhook_is_an_address_with_a_secret_that_no_log_gets() {
        let secret = "0123456789abcdef0123456789abcdef";
        let webhook = named("https://office.example.vn/alerts?a=1", secret).unwrap();
        assert!(!format!("{webhook:?}").contains(secret), "{webhook:?}");
        assert!(named("https://office.example.vn", secret).is_ok());
        for url in ["office.example.vn/alerts", "ftp://office.example.vn/", "https://office.example.vn/a b", ""] {
            assert!(named(url, secret).is_err(), "{url}");
        }
        let refused = named("https://office.example.vn/alerts", "short").unwrap_err().to_string();
        assert!(refused.contains("alert_webhooks.secret") && !refused.contains("short"), "{refused}");
    }
}

//! What a provider says of somebody, and which role follows from it.
//!
//! In: the claims of a token whose signature was checked, the settings, and the moment. Out: who it is, or why the token
//! is not good here.

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::web_token::TokenFault;
use crate::config::OidcSettings;
use crate::domain::role::Role;

/// Digits of the hash by which somebody is told from others.
const SUBJECT_DIGITS: usize = 16;
/// Digits of it beside a name.
const LABEL_DIGITS: usize = 6;
/// No name in the logs is longer.
const MOST_LABEL_CHARS: usize = 80;

/// The claims that are read; the others are kept to look for words that open roles.
#[derive(Debug, Deserialize)]
pub(super) struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: f64,
    nbf: Option<f64>,
    #[serde(flatten)]
    others: serde_json::Map<String, serde_json::Value>,
}

/// One audience or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// Somebody whom a provider knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Principal {
    pub(super) role: Role,
    /// What the logs call them.
    pub(super) label: String,
    /// The beginning of the hash of issuer and subject: who it is, for whoever knows both.
    pub(super) subject_hash: String,
    /// From when on the token is no longer good, with the leeway.
    pub(super) good_until_s: i64,
}

impl Claims {
    /// Who it is.
    ///
    /// # Errors
    /// When the token was made by or for somebody else, is not good now, or opens no role.
    pub(super) fn principal(&self, settings: &OidcSettings, now_s: i64) -> Result<Principal, TokenFault> {
        if self.iss != settings.issuer {
            return Err(TokenFault::Issuer);
        }
        let is_meant = |audience: &String| settings.audiences.contains(audience);
        let is_for_us = match &self.aud {
            Audience::One(audience) => is_meant(audience),
            Audience::Several(audiences) => audiences.iter().any(is_meant),
        };
        if !is_for_us {
            return Err(TokenFault::Audience);
        }
        let leeway = settings.leeway.as_secs_f64();
        let now = now_s as f64;
        if now >= self.exp + leeway {
            return Err(TokenFault::Expired);
        }
        if self.nbf.is_some_and(|begin| now < begin - leeway) {
            return Err(TokenFault::NotYetValid);
        }
        let role = self.role(settings).ok_or(TokenFault::NoRole)?;
        let subject_hash = subject_hash(&self.iss, &self.sub);
        let label = self.label(settings, &subject_hash);
        Ok(Principal { role, label, subject_hash, good_until_s: (self.exp + leeway) as i64 })
    }

    /// The highest role that one of the words opens.
    fn role(&self, settings: &OidcSettings) -> Option<Role> {
        let (first, rest) = settings.role_claim.split_first()?;
        let claim = rest.iter().try_fold(self.others.get(first)?, |claim, name| claim.get(name))?;
        let words: Vec<&str> = match claim {
            serde_json::Value::String(words) => words.split_whitespace().collect(),
            serde_json::Value::Array(words) => words.iter().filter_map(|word| word.as_str()).collect(),
            _ => Vec::new(),
        };
        words.into_iter().filter_map(|word| settings.roles.get(word)?.parse().ok()).max()
    }

    /// What somebody is called: two people are never called the same, or one could take up what the other holds.
    fn label(&self, settings: &OidcSettings, subject_hash: &str) -> String {
        let claim = settings.label_claim.as_ref().and_then(|name| self.others.get(name)?.as_str());
        let plain = |text: &str| text.chars().filter(|sign| !sign.is_control()).take(MOST_LABEL_CHARS).collect();
        let short = subject_hash.get(..LABEL_DIGITS).unwrap_or(subject_hash);
        let name: String = claim.map_or_else(|| settings.label.clone(), plain);
        format!("{name} ({short})")
    }
}

/// By what somebody is told from others: the beginning of the SHA-256 of issuer, line feed, subject.
fn subject_hash(issuer: &str, subject: &str) -> String {
    let mut digits = hex::encode(Sha256::digest(format!("{issuer}\n{subject}")));
    digits.truncate(SUBJECT_DIGITS);
    digits
}

#[cfg(test)]
pub(super) mod tests {
    use std::time::Duration;

    use super::*;
    use crate::config::PageToken;

    pub(in crate::http::identity) fn settings() -> OidcSettings {
        OidcSettings {
            issuer: "https://id.example.vn".into(),
            client_id: "binhyen".into(),
            audiences: vec!["binhyen".into()],
            role_claim: vec!["realm_access".into(), "roles".into()],
            roles: [("p".to_owned(), "planner".to_owned()), ("c".to_owned(), "commander".to_owned())].into(),
            label: "Công an tỉnh".into(),
            label_claim: None,
            scopes: vec!["openid".into()],
            page_token: PageToken::AccessToken,
            origins: vec!["https://id.example.vn".into()],
            leeway: Duration::from_secs(30),
            refetch: Duration::from_secs(30),
        }
    }

    fn principal(change: impl FnOnce(&mut serde_json::Value)) -> Result<Principal, TokenFault> {
        let mut claims = serde_json::json!({
            "iss": "https://id.example.vn", "sub": "s-1", "aud": ["other", "binhyen"], "exp": 1000, "nbf": 500,
            "realm_access": { "roles": ["x", "p", "c"] }, "preferred_username": "an"
        });
        change(&mut claims);
        serde_json::from_value::<Claims>(claims).map_err(|_| TokenFault::Malformed)?.principal(&settings(), 700)
    }

    #[test]
    fn the_highest_role_of_the_words_is_opened_and_nobody_is_named_unasked() {
        let found = principal(|_| ()).unwrap();
        let hash = hex::encode(Sha256::digest("https://id.example.vn\ns-1"));
        assert_eq!((found.role, found.good_until_s, &*found.subject_hash), (Role::Commander, 1030, &hash[..16]));
        assert_eq!(found.label, format!("Công an tỉnh ({})", &hash[..6]));
        assert_eq!(principal(|claims| claims["realm_access"]["roles"] = "x p".into()).unwrap().role, Role::Planner);
        assert_eq!(principal(|claims| claims["aud"] = "binhyen".into()).unwrap().role, Role::Commander);
    }

    #[test]
    fn what_is_not_for_here_or_not_now_is_refused() {
        let refused: [(&str, serde_json::Value, TokenFault); 12] = [
            ("iss", "https://id.example.vn/".into(), TokenFault::Issuer),
            ("aud", "other".into(), TokenFault::Audience),
            ("aud", serde_json::json!([]), TokenFault::Audience),
            ("exp", 670.into(), TokenFault::Expired),
            ("nbf", 731.into(), TokenFault::NotYetValid),
            ("exp", "1000".into(), TokenFault::Malformed),
            ("exp", serde_json::Value::Null, TokenFault::Malformed),
            ("sub", 7.into(), TokenFault::Malformed),
            ("realm_access", serde_json::json!({ "roles": ["x"] }), TokenFault::NoRole),
            ("realm_access", serde_json::json!({ "roles": { "p": true } }), TokenFault::NoRole),
            ("realm_access", "p".into(), TokenFault::NoRole),
            ("realm_access", serde_json::Value::Null, TokenFault::NoRole),
        ];
        for (name, value, fault) in refused {
            assert_eq!(principal(|claims| claims[name] = value.clone()).unwrap_err(), fault, "{name} = {value}");
        }
        for (name, value) in [("exp", 671), ("nbf", 730)] {
            assert!(principal(|claims| claims[name] = value.into()).is_ok(), "within the leeway: {name}");
        }
        let without = |name: &str| principal(|claims| drop(claims.as_object_mut().unwrap().remove(name)));
        assert!(without("nbf").is_ok());
        for name in ["exp", "aud", "iss", "sub"] {
            assert_eq!(without(name).unwrap_err(), TokenFault::Malformed, "{name}");
        }
    }
}

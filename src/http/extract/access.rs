//! The viewer: bearer tokens and the roles they open.
//!
//! Tokens are known by their SHA-256 only. A presented token is compared with
//! every entry in constant time. A token that is malformed or unknown is refused
//! and never treated as an anonymous request, because its holder would then read
//! suppressed numbers without knowing. Throw-away tokens open the sample from
//! this machine and nothing else.

use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use subtle::{ConditionallySelectable as _, ConstantTimeEq as _};

use super::token_activity::TokenActivity;
use crate::config::TokenEntry;
use crate::domain::role::{Role, RoleError};
use crate::domain::time::period::Day;
use crate::http::error::ApiError;
use crate::service::answers::about::imports::moment;
use crate::service::answers::about::tokens::{TokenAnswer, TokenScopeAnswer, TokenStateAnswer};
use crate::service::live::{ServedSnapshot, today};

/// Tokens of a provider, which say much of their holder, are the longest.
const MAX_TOKEN_BYTES: usize = 8192;
/// Digits of the hash of a token by which its entry in the configuration is found.
const FINGERPRINT_DIGITS: usize = 8;

/// The address of the other end of the connection, put into each request by the server.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// What the token of a request opens, and whose it is.
#[derive(Debug, Clone)]
pub struct TokenHolder {
    /// What the token allows; the public role without one.
    pub role: Role,
    /// The label of the token, for the access log.
    pub label: Arc<str>,
    /// By what the token is told from others, for the audit log; empty without one.
    pub token_id: Arc<str>,
    /// Where it may be used; everywhere without one.
    pub scope: TokenScope,
    /// Where its requests are counted; nowhere without a token.
    activity: Option<Arc<TokenActivity>>,
}

impl TokenHolder {
    /// Somebody who signed in elsewhere, or by an address that was signed here.
    pub(in crate::http) fn new(role: Role, names: HolderNames, activity: Option<Arc<TokenActivity>>) -> Self {
        let HolderNames { label, token_id } = names;
        Self { role, label, token_id, scope: TokenScope::Full, activity }
    }

    /// The same with another role, and not counted: a program that uses what its holder has signed.
    pub(in crate::http) fn standing_in(self, role: Role) -> Self {
        Self { role, activity: None, ..self }
    }

    /// Somebody without a token.
    pub(in crate::http) fn anonymous() -> Self {
        static NAMES: LazyLock<[Arc<str>; 2]> = LazyLock::new(|| ["anonymous".into(), "".into()]);
        let [label, token_id] = &*NAMES;
        Self {
            role: Role::Public,
            label: Arc::clone(label),
            token_id: Arc::clone(token_id),
            scope: TokenScope::Full,
            activity: None,
        }
    }

    /// Counts a request that was answered today. Gives whether the token was used for the first time, or again after a
    /// pause: that is a sign-in.
    pub(in crate::http) fn note_request(&self) -> bool {
        // Without a token no clock is read: nearly all requests are the public's.
        self.activity.as_ref().is_some_and(|activity| activity.note(today(), Timestamp::now().as_second()))
    }
}

/// What somebody is called in the logs.
#[derive(Debug, Clone)]
pub(in crate::http) struct HolderNames {
    pub(in crate::http) label: Arc<str>,
    pub(in crate::http) token_id: Arc<str>,
}

/// Where a token may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenScope {
    /// Everywhere, on any data.
    Full,
    /// From this machine, while everything that is served is the sample.
    LocalSample,
}

/// The circumstances of a request that bear on scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surroundings {
    /// From this machine, to a server that holds nothing but the sample.
    LocalSample,
    /// Any other peer, or a server that holds data of its own.
    Other,
}

impl Surroundings {
    /// Those of a request to a server that serves this, from this machine or not.
    pub(in crate::http) fn of(served: Option<&ServedSnapshot>, is_local: bool) -> Self {
        let is_only_sample = served.is_some_and(ServedSnapshot::is_only_sample);
        if is_only_sample && is_local { Self::LocalSample } else { Self::Other }
    }
}

#[derive(Debug, Clone)]
struct Token {
    sha256: [u8; 32],
    role: Role,
    label: Arc<str>,
    fingerprint: Arc<str>,
    scope: TokenScope,
    validity: Validity,
    activity: Arc<TokenActivity>,
}

impl Token {
    fn holder(&self) -> TokenHolder {
        TokenHolder {
            role: self.role,
            label: Arc::clone(&self.label),
            token_id: Arc::clone(&self.fingerprint),
            scope: self.scope,
            activity: Some(Arc::clone(&self.activity)),
        }
    }

    fn listed(&self, now_s: i64) -> TokenAnswer {
        TokenAnswer {
            label: self.label.to_string(),
            role: self.role,
            fingerprint: self.fingerprint.to_string(),
            scope: match self.scope {
                TokenScope::Full => TokenScopeAnswer::Full,
                TokenScope::LocalSample => TokenScopeAnswer::LocalSample,
            },
            not_before: self.validity.not_before_s.map(moment),
            expires: self.validity.expires_s.map(moment),
            state: self.validity.state(now_s),
            requests: self.activity.requests(),
            last_used_on: self.activity.last_day().map(Day::date),
        }
    }
}

/// The moments between which a token is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Validity {
    not_before_s: Option<i64>,
    expires_s: Option<i64>,
}

impl Validity {
    fn state(self, now_s: i64) -> TokenStateAnswer {
        if self.expires_s.is_some_and(|end| now_s >= end) {
            TokenStateAnswer::Expired
        } else if self.not_before_s.is_some_and(|begin| now_s < begin) {
            TokenStateAnswer::NotYetValid
        } else {
            TokenStateAnswer::Valid
        }
    }

    fn refused(self, now_s: i64) -> Option<ApiError> {
        match self.state(now_s) {
            TokenStateAnswer::Valid => None,
            TokenStateAnswer::Expired => Some(ApiError::TokenExpired),
            TokenStateAnswer::NotYetValid => Some(ApiError::TokenNotYetValid),
        }
    }
}

/// The tokens that open roles.
#[derive(Debug, Clone, Default)]
pub struct AccessList {
    tokens: Vec<Token>,
}

impl AccessList {
    /// The tokens of a configuration.
    ///
    /// # Errors
    /// When an entry names no role.
    pub fn new(entries: &[TokenEntry]) -> Result<Self, RoleError> {
        let mut list = Self::default();
        for entry in entries {
            let sha256 = hash_of_hex(&entry.sha256);
            list.tokens.push(Token {
                sha256,
                role: entry.role.parse()?,
                label: entry.label.as_str().into(),
                fingerprint: fingerprint(&sha256),
                scope: TokenScope::Full,
                validity: Validity { not_before_s: entry.not_before_s, expires_s: entry.expires_s },
                activity: Arc::default(),
            });
        }
        Ok(list)
    }

    /// Adds a token that opens the sample from this machine.
    pub fn add_session_token(&mut self, token: &str, role: Role) {
        let label = format!("sample {role}").into();
        let (sha256, scope, activity) = (sha256(token), TokenScope::LocalSample, Arc::default());
        let fingerprint = fingerprint(&sha256);
        let validity = Validity::default();
        self.tokens.push(Token { sha256, role, label, fingerprint, scope, validity, activity });
    }

    /// The same tokens, counted on from where another list has them too.
    #[must_use]
    pub(in crate::http) fn counting_on(mut self, before: &Self) -> Self {
        for token in &mut self.tokens {
            if let Some(known) = before.tokens.iter().find(|known| known.sha256 == token.sha256) {
                token.activity = Arc::clone(&known.activity);
            }
        }
        self
    }

    /// The tokens as an operator may see them, in surroundings where they open anything.
    pub(in crate::http) fn listed(&self, surroundings: Surroundings, now_s: i64) -> Vec<TokenAnswer> {
        let opens = |token: &&Token| token.scope == TokenScope::Full || surroundings == Surroundings::LocalSample;
        self.tokens.iter().filter(opens).map(|token| token.listed(now_s)).collect()
    }

    /// What became other between a list and this one, in the words of the audit log; none where nothing did. Tokens of the
    /// sample open nothing but invented data and are left out.
    pub(in crate::http) fn changes_since(&self, before: &Self) -> Option<String> {
        let named = |token: &Token| format!("{} {} {}", token.fingerprint, token.role, token.label);
        let lacking = |one: &Self, other: &Self| -> Vec<String> {
            let is_new = |token: &&Token| {
                let known = other.tokens.iter().find(|known| known.sha256 == token.sha256);
                token.scope == TokenScope::Full && known.is_none_or(|known| named(known) != named(token))
            };
            one.tokens.iter().filter(is_new).map(named).collect()
        };
        let (come, gone) = (lacking(self, before), lacking(before, self));
        let parts = [("in", come), ("out", gone)];
        let said: Vec<String> = parts
            .into_iter()
            .filter(|(_, tokens)| !tokens.is_empty())
            .map(|(word, tokens)| format!("{word}: {}", tokens.join(", ")))
            .collect();
        (!said.is_empty()).then(|| said.join("; "))
    }

    /// Whose a presented token is; none where the list does not have it.
    ///
    /// # Errors
    /// When it is not good here, or not now.
    pub(in crate::http) fn holder(
        &self,
        presented: &str,
        surroundings: Surroundings,
        now_s: i64,
    ) -> Option<Result<TokenHolder, ApiError>> {
        let token = self.token(presented)?;
        if token.scope == TokenScope::LocalSample && surroundings != Surroundings::LocalSample {
            return Some(Err(ApiError::InvalidToken));
        }
        Some(token.validity.refused(now_s).map_or_else(|| Ok(token.holder()), Err))
    }

    /// Whose the token with a fingerprint is, where it still is in the list and good here and now.
    pub(in crate::http) fn holder_of_fingerprint(
        &self,
        fingerprint: &str,
        surroundings: Surroundings,
        now_s: i64,
    ) -> Option<TokenHolder> {
        let is_here = |token: &Token| token.scope == TokenScope::Full || surroundings == Surroundings::LocalSample;
        let is_meant = |token: &&Token| *token.fingerprint == *fingerprint && is_here(token);
        let token = self.tokens.iter().find(is_meant)?;
        token.validity.refused(now_s).is_none().then(|| token.holder())
    }

    /// The entry of a token; the time taken does not depend on which entry, or how much of it, matched.
    fn token(&self, presented: &str) -> Option<&Token> {
        let presented = sha256(presented);
        let mut found = u32::MAX;
        for (index, token) in self.tokens.iter().enumerate() {
            found.conditional_assign(&(index as u32), token.sha256.ct_eq(&presented));
        }
        self.tokens.get(found as usize)
    }
}

/// The token that headers present; none where they present none.
///
/// # Errors
/// When what they present is no token, or more than one.
pub(in crate::http) fn presented(headers: &HeaderMap) -> Result<Option<&str>, ApiError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(ApiError::InvalidToken);
    }
    value.to_str().ok().and_then(bearer).ok_or(ApiError::InvalidToken).map(Some)
}

/// The token of `Bearer TOKEN`.
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    let fits = (1..=MAX_TOKEN_BYTES).contains(&token.len()) && token.bytes().all(plain);
    (scheme.eq_ignore_ascii_case("bearer") && fits).then_some(token)
}

/// A fresh random token of 256 bits.
///
/// # Errors
/// When the system gives no random bytes.
pub fn fresh_token() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(hex::encode(bytes))
}

/// The hash under which a token stands in the configuration.
///
/// ```
/// let hash = binhyen::http::extract::access::token_hash("abc");
/// assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
/// ```
/// # Reference
/// NIST FIPS 180-4; the value is its published example for the message "abc".
pub fn token_hash(token: &str) -> String {
    hex::encode(sha256(token))
}

/// The first digits of the hash of a token.
fn fingerprint(sha256: &[u8; 32]) -> Arc<str> {
    let mut digits = hex::encode(sha256);
    digits.truncate(FINGERPRINT_DIGITS);
    digits.into()
}

fn sha256(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// The bytes of 64 hexadecimal digits, which the configuration has checked.
fn hash_of_hex(text: &str) -> [u8; 32] {
    let mut hash = [0; 32];
    hex::decode_to_slice(text, &mut hash).map_or([0; 32], |()| hash)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn list() -> AccessList {
        let entry = |token: &str, role: &str| TokenEntry {
            role: role.to_owned(),
            sha256: token_hash(token),
            label: format!("desk of the {role}"),
            ..TokenEntry::default()
        };
        let mut list = AccessList::new(&[entry("p-token", "planner"), entry("c-token", "commander")]).unwrap();
        list.add_session_token("t-token", Role::Operator);
        list
    }

    fn requested(value: &'static str, surroundings: Surroundings) -> Result<TokenHolder, ApiError> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, HeaderValue::from_static(value));
        held(&list(), &headers, surroundings, 0)
    }

    /// What a list makes of headers.
    fn held(list: &AccessList, headers: &HeaderMap, at: Surroundings, now_s: i64) -> Result<TokenHolder, ApiError> {
        let Some(token) = presented(headers)? else { return Ok(TokenHolder::anonymous()) };
        list.holder(token, at, now_s).unwrap_or(Err(ApiError::InvalidToken))
    }

    #[test]
    fn without_a_header_the_public_asks() {
        assert_eq!(held(&list(), &HeaderMap::new(), Surroundings::Other, 0).unwrap().role, Role::Public);
    }

    #[test]
    fn a_known_token_opens_its_role_and_only_its_own() {
        assert_eq!(requested("Bearer p-token", Surroundings::Other).unwrap().role, Role::Planner);
        let commander = requested("bearer c-token", Surroundings::Other).unwrap();
        assert_eq!((commander.role, &*commander.label), (Role::Commander, "desk of the commander"));
    }

    #[test]
    fn a_malformed_or_unknown_token_is_never_the_public() {
        for value in ["Bearer x", "Bearer ", "Bearer", "Basic cDpw", "p-token", "Bearer p-token, Bearer c-token", ""] {
            assert!(matches!(requested(value, Surroundings::Other), Err(ApiError::InvalidToken)), "{value:?}");
        }
    }

    #[test]
    fn the_hash_itself_opens_nothing() {
        let mut headers = HeaderMap::new();
        let value = format!("Bearer {}", token_hash("p-token"));
        headers.insert(AUTHORIZATION, HeaderValue::from_str(&value).unwrap());
        assert!(held(&list(), &headers, Surroundings::Other, 0).is_err());
    }

    #[test]
    fn a_throw_away_token_works_on_the_local_sample_only() {
        assert_eq!(requested("Bearer t-token", Surroundings::LocalSample).unwrap().role, Role::Operator);
        assert!(requested("Bearer t-token", Surroundings::Other).is_err());
    }

    #[test]
    fn a_list_tells_tokens_apart_and_counts_their_requests_over_a_reload() {
        let before = list();
        let of = |list: &AccessList, value: &'static str| {
            let headers = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static(value))]);
            held(list, &headers, Surroundings::Other, 0).unwrap()
        };
        of(&before, "Bearer p-token").note_request();
        TokenHolder::anonymous().note_request();
        let after = list().counting_on(&before);
        of(&after, "Bearer p-token").note_request();
        let listed = after.listed(Surroundings::Other, 0);
        let seen: Vec<_> = listed.iter().map(|token| (&*token.label, token.role, token.requests)).collect();
        assert_eq!(seen, [("desk of the planner", Role::Planner, 2), ("desk of the commander", Role::Commander, 0)]);
        assert_eq!(listed[0].fingerprint, token_hash("p-token")[..8]);
        assert_eq!(listed.iter().map(|token| token.last_used_on.is_some()).collect::<Vec<_>>(), [true, false]);
        assert_eq!(after.listed(Surroundings::LocalSample, 0).len(), 3, "with the one that opens the sample");
    }

    #[test]
    fn what_a_reload_changes_of_the_tokens_is_told_without_them() {
        let empty = AccessList::default();
        let told = list().changes_since(&empty).unwrap();
        let (p, c) = (&token_hash("p-token")[..8], &token_hash("c-token")[..8]);
        assert_eq!(told, format!("in: {p} planner desk of the planner, {c} commander desk of the commander"));
        assert_eq!(empty.changes_since(&list()).unwrap(), told.replacen("in:", "out:", 1));
        assert_eq!(list().changes_since(&list()), None);
        let mut raised = list();
        raised.tokens[0].role = Role::Operator;
        let told = raised.changes_since(&list()).unwrap();
        assert_eq!(told, format!("in: {p} operator desk of the planner; out: {p} planner desk of the planner"));
    }

    #[test]
    fn a_token_is_good_between_its_moments_and_two_of_one_label_at_once() {
        let entry = |token: &str, not_before_s, expires_s| TokenEntry {
            role: "planner".into(),
            sha256: token_hash(token),
            label: "desk".into(),
            not_before_s,
            expires_s,
        };
        let list = AccessList::new(&[entry("old", None, Some(100)), entry("new", Some(50), None)]).unwrap();
        let opens = |token, now_s| list.holder(token, Surroundings::Other, now_s).unwrap().map(|holder| holder.role);
        assert!(opens("old", 99).is_ok() && opens("new", 50).is_ok());
        assert!(matches!(opens("old", 100), Err(ApiError::TokenExpired)));
        assert!(matches!(opens("new", 49), Err(ApiError::TokenNotYetValid)));
        let states: Vec<_> = list.listed(Surroundings::Other, 100).into_iter().map(|token| token.state).collect();
        assert_eq!(states, [TokenStateAnswer::Expired, TokenStateAnswer::Valid]);
        let (old, new) = (&token_hash("old")[..8], &token_hash("new")[..8]);
        let named = |name: &str, now_s| list.holder_of_fingerprint(name, Surroundings::Other, now_s);
        assert!(named(old, 99).is_some() && named(old, 100).is_none());
        assert!(named(new, 100).is_some() && named("", 100).is_none());
    }

    #[test]
    fn fresh_tokens_differ() {
        let (one, two) = (fresh_token().unwrap(), fresh_token().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), 64);
    }
}

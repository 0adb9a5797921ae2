//! The viewer: bearer tokens and the roles they open.
//!
//! Tokens are known by their SHA-256 only. A presented token is compared with
//! every entry in constant time. A token that is malformed or unknown is refused
//! and never treated as an anonymous request, because its holder would then read
//! suppressed numbers without knowing. Throw-away tokens open the sample from
//! this machine and nothing else.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, LazyLock};

use axum::http::header::{AUTHORIZATION, HOST};
use axum::http::{HeaderMap, Uri};
use sha2::{Digest as _, Sha256};
use subtle::{ConditionallySelectable as _, ConstantTimeEq as _};

use crate::config::TokenEntry;
use crate::domain::role::{Role, RoleError};
use crate::http::error::ApiError;
use crate::service::live::ServedSnapshot;

const MAX_TOKEN_BYTES: usize = 512;

/// The address of the other end of the connection, put into each request by the server.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// What the token of a request opens, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHolder {
    /// What the token allows; the public role without one.
    pub role: Role,
    /// The label of the token, for the access log.
    pub label: Arc<str>,
}

impl TokenHolder {
    fn anonymous() -> Self {
        static LABEL: LazyLock<Arc<str>> = LazyLock::new(|| "anonymous".into());
        Self { role: Role::Public, label: Arc::clone(&LABEL) }
    }
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
    scope: TokenScope,
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
                scope: TokenScope::Full,
            });
        }
        Ok(list)
    }

    /// Adds a token that opens the sample from this machine.
    pub fn add_session_token(&mut self, token: &str, role: Role) {
        let label = format!("sample {role}").into();
        self.tokens.push(Token { sha256: sha256(token), role, label, scope: TokenScope::LocalSample });
    }

    /// Who sends a request with these headers.
    pub(in crate::http) fn holder(
        &self,
        headers: &HeaderMap,
        surroundings: Surroundings,
    ) -> Result<TokenHolder, ApiError> {
        let mut values = headers.get_all(AUTHORIZATION).iter();
        let Some(value) = values.next() else { return Ok(TokenHolder::anonymous()) };
        if values.next().is_some() {
            return Err(ApiError::InvalidToken);
        }
        let presented = value.to_str().ok().and_then(bearer).ok_or(ApiError::InvalidToken)?;
        let token = self.token(presented).ok_or(ApiError::InvalidToken)?;
        if token.scope == TokenScope::LocalSample && surroundings != Surroundings::LocalSample {
            return Err(ApiError::InvalidToken);
        }
        Ok(TokenHolder { role: token.role, label: Arc::clone(&token.label) })
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

/// The surroundings of a request: a peer on this machine that addresses this machine, by one name, and did not come
/// through a proxy. A proxy on this machine may say no more of itself than a foreign host, a second one, or a target
/// that names a host itself (RFC 9112, 3.2.2).
pub(in crate::http) fn is_local(peer: Option<Peer>, uri: &Uri, headers: &HeaderMap) -> bool {
    let direct = uri.authority().is_none() && !headers.keys().any(|name| is_of_proxy(name.as_str()));
    let mut hosts = headers.get_all(HOST).iter();
    let asks_for_here = hosts.next().is_none_or(|host| host.to_str().is_ok_and(is_this_machine));
    let names_one_host = hosts.next().is_none();
    let here = peer.is_some_and(|Peer(address)| address.ip().to_canonical().is_loopback());
    direct && asks_for_here && names_one_host && here
}

/// Whether a header is of those that proxies, load balancers and content networks add. Of the names that begin with
/// `x-` only three are known to come from clients, one of them from the client that tests every operation; no browser
/// needs any other here.
fn is_of_proxy(name: &str) -> bool {
    const OF_CLIENTS: [&str; 3] = ["x-request-id", "x-requested-with", "x-schemathesis-testcaseid"];
    const WHOLE: [&str; 6] = ["via", "cdn-loop", "max-forwards", "client-ip", "remote-addr", "surrogate-capability"];
    const BEGINNINGS: [&str; 10] = [
        "x-",
        "cf-",
        "fastly-",
        "akamai-",
        "cloudfront-",
        "true-client-",
        "proxy-",
        "wl-proxy-",
        "ssl-client",
        "incap-",
    ];
    if OF_CLIENTS.contains(&name) {
        return false;
    }
    WHOLE.contains(&name) || name.contains("forwarded") || BEGINNINGS.iter().any(|start| name.starts_with(start))
}

/// Whether a host, with its port or without, is a name that every machine has for itself.
fn is_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).map_or(host, |(name, _)| name);
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.to_canonical().is_loopback())
}

/// The host that a request names, where it is no name of this machine for itself.
pub(in crate::http) fn foreign_host(headers: &HeaderMap) -> Option<&str> {
    headers.get_all(HOST).iter().filter_map(|host| host.to_str().ok()).find(|host| !is_this_machine(host))
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
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn list() -> AccessList {
        let entry = |token: &str, role: &str| TokenEntry {
            role: role.to_owned(),
            sha256: token_hash(token),
            label: format!("desk of the {role}"),
        };
        let mut list = AccessList::new(&[entry("p-token", "planner"), entry("c-token", "commander")]).unwrap();
        list.add_session_token("t-token", Role::Operator);
        list
    }

    fn requested(value: &'static str, surroundings: Surroundings) -> Result<TokenHolder, ApiError> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, HeaderValue::from_static(value));
        list().holder(&headers, surroundings)
    }

    #[test]
    fn without_a_header_the_public_asks() {
        assert_eq!(list().holder(&HeaderMap::new(), Surroundings::Other).unwrap().role, Role::Public);
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
        assert!(list().holder(&headers, Surroundings::Other).is_err());
    }

    #[test]
    fn a_throw_away_token_works_on_the_local_sample_only() {
        assert_eq!(requested("Bearer t-token", Surroundings::LocalSample).unwrap().role, Role::Operator);
        assert!(requested("Bearer t-token", Surroundings::Other).is_err());
    }

    #[test]
    fn a_request_through_a_proxy_is_not_local() {
        let peer = Some(Peer("127.0.0.1:5000".parse().unwrap()));
        let is_local = |peer, headers: &HeaderMap| is_local(peer, &Uri::from_static("/meta"), headers);
        let mut headers = HeaderMap::new();
        assert!(is_local(peer, &headers));
        assert!(is_local(Some(Peer("[::ffff:127.0.0.1]:5000".parse().unwrap())), &headers));
        assert!(!is_local(Some(Peer("192.0.2.1:5000".parse().unwrap())), &headers));
        headers.insert("x-forwarded-for", HeaderValue::from_static("192.0.2.1"));
        assert!(!is_local(peer, &headers));
        assert!(!is_local(None, &HeaderMap::new()));
    }

    #[test]
    fn a_request_for_another_host_or_with_any_forwarded_header_is_not_local() {
        let peer = Some(Peer("127.0.0.1:5000".parse().unwrap()));
        let local = |name: &'static str, value: &'static str| {
            let headers = HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))]);
            is_local(peer, &Uri::from_static("/meta"), &headers)
        };
        for host in ["localhost", "localhost:8080", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080", "[::1]", "127.0.0.1"]
        {
            assert!(local("host", host), "{host}");
        }
        for host in ["evil.example", "evil.example:8080", "localhost.evil.example", "192.0.2.1:8080", "", "[::2]:80"] {
            assert!(!local("host", host), "{host:?}");
        }
        for name in ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-for", "forwarded", "via", "x-real-ip"] {
            assert!(!local(name, "127.0.0.1"), "{name}");
        }
        for name in [
            "x-client-ip",
            "x-cluster-client-ip",
            "x-original-host",
            "x-envoy-external-address",
            "x-amzn-trace-id",
            "true-client-ip",
            "cf-connecting-ip",
            "fastly-client-ip",
            "forwarded-for",
            "cdn-loop",
            "client-ip",
            "proxy-client-ip",
        ] {
            assert!(!local(name, "127.0.0.1"), "{name}");
        }
        for name in ["user-agent", "sec-fetch-site", "x-requested-with", "x-request-id", "traceparent", "cookie"] {
            assert!(local(name, "127.0.0.1"), "{name}");
        }
    }

    #[test]
    fn a_target_that_names_a_host_or_a_second_host_is_not_local() {
        let peer = Some(Peer("127.0.0.1:5000".parse().unwrap()));
        let mut headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("127.0.0.1:8080"))]);
        let here = |uri: &'static str, headers: &HeaderMap| is_local(peer, &Uri::from_static(uri), headers);
        assert!(here("/meta", &headers));
        for uri in ["http://127.0.0.1:8080/meta", "http://evil.example/meta"] {
            assert!(!here(uri, &headers), "{uri}");
        }
        headers.append(HOST, HeaderValue::from_static("localhost:8080"));
        assert!(!here("/meta", &headers), "two names of this machine");
    }

    #[test]
    fn fresh_tokens_differ() {
        let (one, two) = (fresh_token().unwrap(), fresh_token().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), 64);
    }
}

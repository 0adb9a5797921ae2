//! The keys with which a provider signs (JWKS, RFC 7517).

use serde::Deserialize;

use super::web_token::{TokenFault, VerifyingKey, WebToken, decoded};

/// Bytes of a modulus that is long enough.
const LEAST_MODULUS_BYTES: usize = 256;
/// Bytes of a coordinate of P-256.
const COORDINATE_BYTES: usize = 32;
/// Keys of one set that are read at most.
const MOST_KEYS: usize = 64;

/// The keys of a provider.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct KeySet(Vec<ProviderKey>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct ProviderKey {
    id: Option<String>,
    key: VerifyingKey,
}

#[derive(Debug, Deserialize)]
struct WrittenSet {
    keys: Vec<serde_json::Value>,
}

#[derive(Debug, Deserialize)]
struct WrittenKey {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl WrittenKey {
    /// The key, where it signs by an algorithm that is believed. Others may stand in the set too.
    fn read(self) -> Option<ProviderKey> {
        let part = |text: Option<String>| text.and_then(|text| decoded(&text).ok());
        let is_for = |name: &str| self.alg.as_deref().is_none_or(|alg| alg == name);
        if self.purpose.as_deref().is_some_and(|purpose| purpose != "sig") {
            return None;
        }
        let key = match self.kty.as_str() {
            "RSA" if is_for("RS256") => {
                let (n, e) = (part(self.n)?, part(self.e)?);
                if n.len() < LEAST_MODULUS_BYTES {
                    return None;
                }
                VerifyingKey::Rsa { n, e }
            }
            "EC" if is_for("ES256") && self.crv.as_deref() == Some("P-256") => {
                let (x, y) = (part(self.x)?, part(self.y)?);
                if [x.len(), y.len()] != [COORDINATE_BYTES; 2] {
                    return None;
                }
                VerifyingKey::P256 { point: [vec![4], x, y].concat() }
            }
            _ => return None,
        };
        Some(ProviderKey { id: self.kid, key })
    }
}

impl KeySet {
    /// The keys of a document.
    ///
    /// # Errors
    /// When it is no key set.
    pub(super) fn read(document: &[u8]) -> Result<Self, serde_json::Error> {
        let set: WrittenSet = serde_json::from_slice(document)?;
        let keys = set.keys.into_iter().take(MOST_KEYS);
        let keys = keys.filter_map(|key| serde_json::from_value::<WrittenKey>(key).ok()?.read());
        Ok(Self(keys.collect()))
    }

    /// How many keys it has.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The key of a token: the one that it names; where it names none, the only one of its algorithm.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn key_of(&self, token: &WebToken<'_>) -> Result<&VerifyingKey, TokenFault> {
        let fitting = || self.0.iter().filter(|known| known.key.algorithm() == token.algorithm);
        if let Some(id) = &token.key_id {
            let named = fitting().find(|known| known.id.as_ref() == Some(id));
            return named.map(|known| &known.key).ok_or(TokenFault::UnknownKey);
        }
        let mut all = fitting();
        match (all.next(), all.next()) {
            (Some(only), None) => Ok(&only.key),
            _ => Err(TokenFault::UnknownKey),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: &str = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";

    fn set(keys: &str) -> KeySet {
        KeySet::read(format!("{{\"keys\":[{keys}]}}").as_bytes()).unwrap()
    }

    fn ec(more: &str) -> String {
        format!("{{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"{X}\",\"y\":\"{X}\"{more}}}")
    }

    #[test]
    fn keys_that_do_not_sign_by_a_known_algorithm_are_passed_over() {
        let short = format!("{{\"kty\":\"RSA\",\"n\":\"{X}\",\"e\":\"AQAB\"}}");
        for other in [
            ec(",\"use\":\"enc\""),
            ec(",\"alg\":\"ECDH-ES\""),
            ec("").replace("P-256", "P-384"),
            short,
            "{\"kty\":\"oct\",\"k\":\"AAAA\",\"alg\":\"HS256\"}".to_owned(),
            "{\"kty\":\"OKP\"}".to_owned(),
            "{}".to_owned(),
            "7".to_owned(),
        ] {
            assert_eq!(set(&other).len(), 0, "{other}");
            assert_eq!(set(&format!("{other},{}", ec(""))).len(), 1, "{other}");
        }
        assert!(KeySet::read(b"{}").is_err() && KeySet::read(b"").is_err());
        assert_eq!(set("").len(), 0);
    }

    #[test]
    fn a_token_finds_its_key_by_name_or_where_there_is_one_only() {
        // {"alg":"ES256","kid":"b"} and {"alg":"ES256"}
        let (named, nameless) = ("eyJhbGciOiJFUzI1NiIsImtpZCI6ImIifQ.e30.AA", "eyJhbGciOiJFUzI1NiJ9.e30.AA");
        let (named, nameless) = (WebToken::read(named).unwrap(), WebToken::read(nameless).unwrap());
        let (a, b) = (ec(",\"kid\":\"a\""), ec(",\"kid\":\"b\""));
        let both = set(&format!("{a},{b}"));
        assert!(both.key_of(&named).is_ok() && set(&a).key_of(&nameless).is_ok());
        assert_eq!(set(&a).key_of(&named).unwrap_err(), TokenFault::UnknownKey);
        assert_eq!(both.key_of(&nameless).unwrap_err(), TokenFault::UnknownKey, "either could be meant");
        assert_eq!(set("").key_of(&nameless).unwrap_err(), TokenFault::UnknownKey);
    }
}

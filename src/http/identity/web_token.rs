//! JSON Web Tokens (RFC 7519) as a provider signs them: taken apart, and their signature checked.
//!
//! In: a token and a key of the provider. Out: the claims, of a token that the key has signed. Two algorithms are known,
//! RS256 and ES256; no other is ever tried, whatever the token says of itself: not `none`, and no HMAC, whose key would
//! be the public key of the provider.
//!
//! # Reference
//! RFC 7515 (JWS compact serialization), RFC 7518 (3.3, 3.4), RFC 8725 (best practices: 3.1, 3.2, 3.10).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;

/// An algorithm that is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Algorithm {
    /// RSA with PKCS #1 v1.5 and SHA-256.
    Rs256,
    /// ECDSA on P-256 with SHA-256.
    Es256,
}

impl Algorithm {
    fn of(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "ES256" => Some(Self::Es256),
            _ => None,
        }
    }
}

/// Why a token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum TokenFault {
    #[error("it is no web token")]
    Malformed,
    #[error("its algorithm is not one of RS256, ES256")]
    Algorithm,
    #[error("its key is not one of the provider's")]
    UnknownKey,
    #[error("its signature is not that of the key")]
    Signature,
    #[error("another provider made it")]
    Issuer,
    #[error("it was made for somebody else")]
    Audience,
    #[error("it is no longer good")]
    Expired,
    #[error("it is not good yet")]
    NotYetValid,
    #[error("none of its words opens a role")]
    NoRole,
}

/// What a token says of itself. Members that are not known are of no effect, but for `crit`.
#[derive(Debug, Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    /// Extensions that must be understood; none is.
    crit: Option<serde_json::Value>,
}

/// A token taken apart; nothing of it is believed yet.
#[derive(Debug)]
pub(super) struct WebToken<'a> {
    pub(super) algorithm: Algorithm,
    pub(super) key_id: Option<String>,
    signed: &'a str,
    signature: Vec<u8>,
    payload: &'a str,
}

impl<'a> WebToken<'a> {
    /// Whether a text has the form of one: three parts.
    pub(super) fn is_one(text: &str) -> bool {
        text.bytes().filter(|byte| *byte == b'.').count() == 2
    }

    /// The parts of a text.
    ///
    /// # Errors
    /// When it has others, or an algorithm that is not known.
    pub(super) fn read(text: &'a str) -> Result<Self, TokenFault> {
        let (signed, signature) = text.rsplit_once('.').ok_or(TokenFault::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(TokenFault::Malformed)?;
        let header: Header = serde_json::from_slice(&decoded(header)?).map_err(|_| TokenFault::Malformed)?;
        if header.crit.is_some() || payload.contains('.') {
            return Err(TokenFault::Malformed);
        }
        let algorithm = Algorithm::of(&header.alg).ok_or(TokenFault::Algorithm)?;
        Ok(Self { algorithm, key_id: header.kid, signed, signature: decoded(signature)?, payload })
    }

    /// The claims of a token that the key has signed.
    ///
    /// # Errors
    /// When it has not.
    pub(super) fn claims<T: for<'de> Deserialize<'de>>(&self, key: &VerifyingKey) -> Result<T, TokenFault> {
        if key.algorithm() != self.algorithm || !key.has_signed(self.signed.as_bytes(), &self.signature) {
            return Err(TokenFault::Signature);
        }
        serde_json::from_slice(&decoded(self.payload)?).map_err(|_| TokenFault::Malformed)
    }
}

/// A public key. It belongs to one algorithm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum VerifyingKey {
    /// Modulus and exponent.
    Rsa { n: Vec<u8>, e: Vec<u8> },
    /// A point of P-256, uncompressed.
    P256 { point: Vec<u8> },
}

impl VerifyingKey {
    pub(super) fn algorithm(&self) -> Algorithm {
        match self {
            Self::Rsa { .. } => Algorithm::Rs256,
            Self::P256 { .. } => Algorithm::Es256,
        }
    }

    fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        let verified = match self {
            Self::Rsa { n, e } => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
            Self::P256 { point } => UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature),
        };
        verified.is_ok()
    }
}

/// The bytes of a part.
pub(super) fn decoded(part: &str) -> Result<Vec<u8>, TokenFault> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenFault::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str) -> String {
        URL_SAFE_NO_PAD.encode(text)
    }

    #[test]
    fn only_two_algorithms_are_known_whatever_a_token_says() {
        for name in ["none", "None", "NONE", "", "HS256", "HS512", "RS512", "PS256", "ES384", "EdDSA", "rs256"] {
            let token = format!("{}.{}.{}", encoded(&format!("{{\"alg\":\"{name}\"}}")), encoded("{}"), "");
            assert_eq!(WebToken::read(&token).unwrap_err(), TokenFault::Algorithm, "{name}");
        }
    }

    #[test]
    fn what_has_not_three_parts_or_must_be_understood_is_no_token() {
        let header = encoded("{\"alg\":\"RS256\"}");
        let critical = encoded("{\"alg\":\"RS256\",\"crit\":[\"b64\"]}");
        for text in [
            "",
            ".",
            "..",
            "a.b",
            "a.b.c",
            &format!("{header}.a.b.c"),
            &format!("{critical}.e30.AA"),
            &format!("{header}.e30.A="),
        ] {
            assert_eq!(WebToken::read(text).unwrap_err(), TokenFault::Malformed, "{text}");
        }
        assert!(WebToken::read(&format!("{header}.e30.AA")).is_ok());
    }

    #[test]
    fn published_token_is_believed_with_its_key_and_no_other() {
        // RFC 7515, A.3: ES256.
        let token = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        let point = |x: &str, y: &str| VerifyingKey::P256 {
            point: [vec![4], decoded(x).unwrap(), decoded(y).unwrap()].concat(),
        };
        let key = point("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
        let read = WebToken::read(token).unwrap();
        let claims: serde_json::Value = read.claims(&key).unwrap();
        assert_eq!((&claims["iss"], &claims["exp"]), (&"joe".into(), &1_300_819_380.into()));
        let other = point("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
        assert_eq!(read.claims::<serde_json::Value>(&other).unwrap_err(), TokenFault::Signature);
        let changed = token.replacen("eyJpc3Mi", "eyJpc3Mj", 1);
        assert_eq!(
            WebToken::read(&changed).unwrap().claims::<serde_json::Value>(&key).unwrap_err(),
            TokenFault::Signature
        );
        let rsa = VerifyingKey::Rsa { n: vec![1; 256], e: vec![1, 0, 1] };
        assert_eq!(
            read.claims::<serde_json::Value>(&rsa).unwrap_err(),
            TokenFault::Signature,
            "a key of another algorithm"
        );
    }
}

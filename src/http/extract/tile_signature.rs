//! Signed addresses of tiles, for programs that cannot send a token: such as QGIS.
//!
//! In: whose token asked for them, which tileset and filter they are good for, and until when. Out: the parameter that
//! says so with a signature over all of it, and back. A signature opens tiles of one tileset under one filter, and nothing
//! else; it is good as long as it says, and no longer than the token of whoever had it made. Without the key of the server
//! nobody can make one.
//!
//! # Reference
//! RFC 2104 (HMAC), RFC 6234 (SHA-256).

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::domain::role::Role;
use crate::service::accounting::SIGNATURE;

/// What every signature is made over first: another form is another name.
const FORM: &str = "binhyen tiles 1";
/// Bytes of a key: a block of the hash, so that every key is used as it is.
pub const KEY_BYTES: usize = 64;
/// No name in a signature is longer.
const MOST_NAME_BYTES: usize = 200;

/// The key with which a server signs. Whoever has it can sign too.
pub struct SigningKey([u8; KEY_BYTES]);

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl SigningKey {
    /// The key of some bytes.
    pub fn new(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }

    /// A fresh key.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn fresh() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; KEY_BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    fn signer(&self, signed: &SignedTiles<'_>, token_id: &str, label: &str) -> Hmac<Sha256> {
        let SignedTiles { tileset, query, role, until_s } = signed;
        let mut mac = Hmac::<Sha256>::new(&self.0.into());
        let until = until_s.to_string();
        let question = canonical(query);
        for part in [FORM, tileset, &question, role.as_str(), &until, token_id, label] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac
    }

    /// The value of the parameter that opens tiles to whoever sends it.
    pub(in crate::http) fn signature(&self, signed: &SignedTiles<'_>, maker: Maker<'_>) -> String {
        let mac = self.signer(signed, maker.token_id, maker.label).finalize().into_bytes();
        let [label, mac] = [maker.label.as_bytes(), &mac].map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
        format!("{}.{}.{}.{label}.{mac}", signed.role.as_str(), signed.until_s, maker.token_id)
    }

    /// Who had a signature made; none where it is not one of ours, for these tiles, or no longer good.
    pub(in crate::http) fn verified(&self, tileset: &str, query: &str, now_s: i64) -> Option<SignedBy> {
        let given = given(query)?;
        let [role, until, token_id, label, mac] = given.split('.').collect::<Vec<_>>().try_into().ok()?;
        let until_s: i64 = until.parse().ok()?;
        let role: Role = role.parse().ok()?;
        if token_id.len() > MOST_NAME_BYTES || label.len() > 2 * MOST_NAME_BYTES {
            return None;
        }
        let label = String::from_utf8(URL_SAFE_NO_PAD.decode(label).ok()?).ok()?;
        let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
        let signed = SignedTiles { tileset, query, role, until_s };
        // Compares in constant time.
        self.signer(&signed, token_id, &label).verify_slice(&mac).ok()?;
        (now_s < until_s).then(|| SignedBy { role, token_id: token_id.to_owned(), label })
    }
}

/// Whether a query has a signature, whatever it is worth. Reads no more than it must: every tile passes here.
pub(in crate::http) fn is_signed(query: Option<&str>) -> bool {
    query.is_some_and(|query| query.contains(SIGNATURE) && given(query).is_some())
}

fn given(query: &str) -> Option<Cow<'_, str>> {
    form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == SIGNATURE).map(|(_, value)| value)
}

/// The question that a signature is bound to: the parameters in order, without those that change with the data.
fn canonical(query: &str) -> String {
    const MOVING: [&str; 3] = [SIGNATURE, "epoch", "revision"];
    let mut pairs: Vec<_> =
        form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| !MOVING.contains(&name.as_ref())).collect();
    pairs.sort_unstable();
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// The tiles that a signature opens.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct SignedTiles<'a> {
    pub(in crate::http) tileset: &'a str,
    pub(in crate::http) query: &'a str,
    pub(in crate::http) role: Role,
    pub(in crate::http) until_s: i64,
}

/// Whose token asks for a signature.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct Maker<'a> {
    pub(in crate::http) token_id: &'a str,
    pub(in crate::http) label: &'a str,
}

/// Who had a signature made, and the role that it opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::http) struct SignedBy {
    pub(in crate::http) role: Role,
    pub(in crate::http) token_id: String,
    pub(in crate::http) label: String,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MAKER: Maker<'static> = Maker { token_id: "ba7816bf", label: "bàn chỉ huy" };

    fn key() -> SigningKey {
        SigningKey::new([7; KEY_BYTES])
    }

    fn signed(query: &'static str) -> SignedTiles<'static> {
        SignedTiles { tileset: "incidents", query, role: Role::Commander, until_s: 1000 }
    }

    fn with_signature(query: &str, signature: &str) -> String {
        format!("{query}&{SIGNATURE}={signature}")
    }

    #[test]
    fn a_signature_opens_its_own_tiles_until_its_moment() {
        let signature = key().signature(&signed("window=TK-2022&edition=2025-01"), MAKER);
        let verified =
            |tileset: &str, query: &str, now_s| key().verified(tileset, &with_signature(query, &signature), now_s);
        let found = verified("incidents", "edition=2025-01&window=TK-2022&epoch=7&revision=a", 999).unwrap();
        assert_eq!((found.role, &*found.token_id, &*found.label), (Role::Commander, "ba7816bf", "bàn chỉ huy"));
        assert_eq!(verified("incidents", "window=TK-2022&edition=2025-01", 1000), None, "no longer");
        assert_eq!(verified("map", "window=TK-2022&edition=2025-01", 1), None, "another tileset");
        assert_eq!(verified("incidents", "window=TK-2023&edition=2025-01", 1), None, "another filter");
        assert_eq!(verified("incidents", "edition=2025-01", 1), None, "less of a filter");
        let other = SigningKey::new([8; KEY_BYTES]);
        assert_eq!(other.verified("incidents", &with_signature("window=TK-2022&edition=2025-01", &signature), 1), None);
    }

    #[test]
    fn no_part_of_a_signature_can_be_exchanged() {
        let signature = key().signature(&signed("a=1"), MAKER);
        for (old, new) in [("commander", "operator"), (".1000.", ".9000."), ("ba7816bf", "ba7816be"), (".", "")] {
            let forged = signature.replacen(old, new, 1);
            assert_ne!(forged, signature);
            assert_eq!(key().verified("incidents", &with_signature("a=1", &forged), 1), None, "{old} → {new}");
        }
        let (rest, _) = signature.rsplit_once('.').unwrap();
        for forged in [rest.to_owned(), format!("{rest}."), format!("{rest}.AAAA"), String::new(), "....".into()] {
            assert_eq!(key().verified("incidents", &with_signature("a=1", &forged), 1), None, "{forged}");
        }
        assert!(!is_signed(None) && !is_signed(Some("a=signature")) && is_signed(Some("signature=")));
    }

    proptest! {
        #[test]
        fn any_other_bytes_are_no_signature(text in ".{0,120}") {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair(SIGNATURE, &text).finish();
            prop_assert_eq!(key().verified("incidents", &query, 1), None);
        }
    }
}

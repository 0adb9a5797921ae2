//! Keyed hashes: what only who has the secret of the data folder can make.
//!
//! In: a purpose and bytes. Out: HMAC-SHA256 over both, each part with its length before it, so that neither two
//! purposes nor two ways to cut the same bytes give one hash.
//!
//! # Reference
//! RFC 2104; NIST FIPS 198-1.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::domain::report::KeyedHash;

/// What makes keyed hashes. The secret is never printed.
#[derive(Clone)]
pub(crate) struct HashKey(Hmac<Sha256>);

impl fmt::Debug for HashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashKey(…)")
    }
}

impl HashKey {
    /// The key of a secret of any length.
    pub(crate) fn new(secret: &[u8]) -> Self {
        // HMAC takes keys of every length; a shorter or longer one is brought to that of a block.
        Self(Hmac::new_from_slice(secret).unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default())))
    }

    /// The hash of some parts for a purpose.
    pub(crate) fn hash(&self, purpose: &str, parts: &[&[u8]]) -> KeyedHash {
        let mut mac = self.0.clone();
        for part in [purpose.as_bytes()].iter().chain(parts) {
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        KeyedHash(mac.finalize().into_bytes().into())
    }

    /// The plain HMAC-SHA256 of bytes that another server signs too.
    pub(crate) fn signature(&self, parts: &[&[u8]]) -> KeyedHash {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(part);
        }
        KeyedHash(mac.finalize().into_bytes().into())
    }
}

/// Whether a hash begins with what somebody presents; the time taken does not depend on where they differ.
pub(crate) fn begins_with(hash: KeyedHash, presented: &[u8], least_bytes: usize) -> bool {
    let length = presented.len();
    (least_bytes..=hash.0.len()).contains(&length) && bool::from(hash.0[..length].ct_eq(presented))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_the_published_case() {
        // RFC 4231, test case 2.
        let signature = HashKey::new(b"Jefe").signature(&[b"what do ya want ", b"for nothing?"]);
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hex::encode(signature.0), expected);
    }

    #[test]
    fn purposes_and_parts_are_kept_apart() {
        let key = HashKey::new(b"secret");
        assert_ne!(key.hash("a", &[b"b"]), key.hash("b", &[b"a"]));
        assert_ne!(key.hash("a", &[b"bc", b"d"]), key.hash("a", &[b"b", b"cd"]));
        assert_ne!(key.hash("a", &[]), HashKey::new(b"another").hash("a", &[]));
        assert_eq!(key.hash("a", &[b"b"]), HashKey::new(b"secret").hash("a", &[b"b"]));
    }

    #[test]
    fn a_hash_that_is_cut_short_or_changed_is_none() {
        let hash = HashKey::new(b"secret").hash("a", &[]);
        assert!(begins_with(hash, &hash.0, 32) && begins_with(hash, &hash.0[..16], 16));
        assert!(!begins_with(hash, &hash.0[..15], 16) && !begins_with(hash, &[], 16));
        let mut changed = hash.0;
        changed[31] ^= 1;
        assert!(!begins_with(hash, &changed, 32));
    }
}

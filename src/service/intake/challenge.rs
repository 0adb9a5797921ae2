//! Work that a sender has to prove, in place of a riddle of somebody else's.
//!
//! In: a challenge that this server signed, and a solution. Out: whether the SHA-256 of both begins with enough zero
//! bits. A challenge is its own record: nothing is kept until a report has come by it, and then it is spent. Checking
//! takes two hashes, whatever was sent.
//!
//! # Reference
//! A. Back, "Hashcash: a denial of service counter-measure" (2002).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::keys::{HashKey, begins_with};

const PURPOSE: &str = "challenge";
/// How long a challenge may be solved: while somebody writes, on a slow phone.
const LIFETIME_S: i64 = 30 * 60;
pub(super) const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;
/// Moment of expiry, bits, nonce, tag.
const CHALLENGE_BYTES: usize = 8 + 1 + NONCE_BYTES + TAG_BYTES;
/// A number of twenty digits has 64 bits.
const MOST_SOLUTION_CHARS: usize = 20;

/// A challenge that this server signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Challenge {
    /// What is sent.
    pub(crate) text: String,
    /// How many zero bits are asked for.
    pub(crate) bits: u8,
    /// Until when it may be used, in seconds since 1970 UTC.
    pub(crate) expires_s: i64,
}

impl Challenge {
    /// A fresh challenge.
    pub(super) fn issued(key: &HashKey, bits: u8, now_s: i64, nonce: [u8; NONCE_BYTES]) -> Self {
        let expires_s = now_s + LIFETIME_S;
        let mut bytes = Vec::with_capacity(CHALLENGE_BYTES);
        bytes.extend_from_slice(&expires_s.to_be_bytes());
        bytes.push(bits);
        bytes.extend_from_slice(&nonce);
        let tag = key.hash(PURPOSE, &[&bytes]);
        bytes.extend_from_slice(&tag.0[..TAG_BYTES]);
        Self { text: URL_SAFE_NO_PAD.encode(bytes), bits, expires_s }
    }

    /// The challenge of a text; none where this server did not sign it.
    pub(super) fn read(key: &HashKey, text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() == CHALLENGE_BYTES)?;
        let (signed, tag) = bytes.split_at(CHALLENGE_BYTES - TAG_BYTES);
        if !begins_with(key.hash(PURPOSE, &[signed]), tag, TAG_BYTES) {
            return None;
        }
        let expires_s = i64::from_be_bytes(*signed.first_chunk()?);
        Some(Self { text: text.to_owned(), bits: *signed.get(8)?, expires_s })
    }

    /// Whether a solution is one.
    pub(super) fn is_solved_by(&self, solution: &str) -> bool {
        let is_number =
            (1..=MOST_SOLUTION_CHARS).contains(&solution.len()) && solution.bytes().all(|byte| byte.is_ascii_digit());
        is_number && leading_zero_bits(&Sha256::digest(format!("{}:{solution}", self.text))) >= u32::from(self.bits)
    }
}

/// How many bits of bytes are zero before the first that is not.
fn leading_zero_bits(bytes: &[u8]) -> u32 {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    zeros as u32 * 8 + bytes.get(zeros).map_or(0, |byte| byte.leading_zeros())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solution(challenge: &Challenge) -> String {
        (0..1_u64 << 40).map(|number| number.to_string()).find(|number| challenge.is_solved_by(number)).unwrap()
    }

    #[test]
    fn leading_zeros_are_counted_over_bytes() {
        assert_eq!([&[0xff_u8][..], &[0x01], &[0, 0x10], &[0, 0], &[]].map(leading_zero_bits), [0, 7, 11, 16, 0]);
    }

    #[test]
    fn a_challenge_is_read_as_it_was_issued_and_solved_by_work() {
        let key = HashKey::new(b"secret");
        let challenge = Challenge::issued(&key, 8, 1_000, [7; NONCE_BYTES]);
        assert_eq!((challenge.bits, challenge.expires_s), (8, 1_000 + LIFETIME_S));
        assert_eq!(Challenge::read(&key, &challenge.text).as_ref(), Some(&challenge));
        let solution = solution(&challenge);
        assert!(challenge.is_solved_by(&solution));
        for wrong in ["", "-1", "1e3", " 1", "123456789012345678901", "x"] {
            assert!(!challenge.is_solved_by(wrong), "{wrong:?}");
        }
        let other = Challenge::issued(&key, 24, 1_000, [8; NONCE_BYTES]);
        assert!(!other.is_solved_by(&solution), "another challenge");
    }

    #[test]
    fn a_challenge_that_was_changed_or_signed_elsewhere_is_none() {
        let key = HashKey::new(b"secret");
        let challenge = Challenge::issued(&key, 20, 1_000, [7; NONCE_BYTES]);
        let mut bytes = URL_SAFE_NO_PAD.decode(&challenge.text).unwrap();
        bytes[8] = 0;
        let easier = URL_SAFE_NO_PAD.encode(bytes);
        for text in [easier.as_str(), "", "AAAA", &challenge.text[1..], &format!("{}A", challenge.text)] {
            assert_eq!(Challenge::read(&key, text), None, "{text}");
        }
        assert_eq!(Challenge::read(&HashKey::new(b"another"), &challenge.text), None);
    }

    #[test]
    fn no_bits_are_solved_by_any_number() {
        let challenge = Challenge::issued(&HashKey::new(b"s"), 0, 0, [0; NONCE_BYTES]);
        assert!(challenge.is_solved_by("0") && !challenge.is_solved_by("zero"));
    }
}

//! Entity tags: made without a body, compared before any work is done.
//!
//! # Reference
//! RFC 9110, sections 8.8.3 and 13.1.2.

use axum::http::HeaderMap;
use axum::http::header::IF_NONE_MATCH;
use sha2::{Digest as _, Sha256};

/// A strong entity tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::http) struct EntityTag(String);

impl EntityTag {
    /// The tag of an answer that depends on these parts and on nothing else.
    pub(in crate::http) fn of(parts: &[&str]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            // The length keeps ("ab", "c") and ("a", "bc") apart.
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        Self(format!("\"{}\"", hex::encode(&hasher.finalize()[..16])))
    }

    /// The tag of given bytes.
    pub(in crate::http) fn of_bytes(bytes: &[u8]) -> Self {
        Self(format!("\"{}\"", hex::encode(&Sha256::digest(bytes)[..16])))
    }

    /// The tag as the header writes it, with its quotes.
    pub(in crate::http) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `If-None-Match` names the tag, by the weak comparison that RFC 9110 requires.
    pub(in crate::http) fn matches_request(&self, headers: &HeaderMap) -> bool {
        let values = headers.get_all(IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
        values.flat_map(|value| value.split(',')).map(str::trim).any(|entry| {
            // A proxy that compresses on the fly may weaken a tag; the content is the same.
            entry == "*" || entry.strip_prefix("W/").unwrap_or(entry) == self.0
        })
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn matches_tag(value: &str) -> bool {
        let headers = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_str(value).unwrap())]);
        EntityTag::of(&["a", "b"]).matches_request(&headers)
    }

    #[test]
    fn parts_are_kept_apart() {
        assert_ne!(EntityTag::of(&["ab", "c"]), EntityTag::of(&["a", "bc"]));
        assert_eq!(EntityTag::of(&["a", "b"]), EntityTag::of(&["a", "b"]));
    }

    #[test]
    fn lists_stars_and_weak_tags_match() {
        let tag = EntityTag::of(&["a", "b"]);
        assert!(matches_tag("*"));
        assert!(matches_tag(tag.as_str()));
        assert!(matches_tag(&format!("\"x\", W/{}", tag.as_str())));
        assert!(!matches_tag("\"x\""));
        assert!(!matches_tag(tag.as_str().trim_matches('"')));
        assert!(!tag.matches_request(&HeaderMap::new()));
    }
}

//! Entity tags: made without a body, compared before any work is done.
//!
//! # Reference
//! RFC 9110, sections 8.8.3 and 13.1.2.

use axum::http::HeaderMap;
use axum::http::header::IF_NONE_MATCH;
use sha2::{Digest as _, Sha256};

/// What a weak tag begins with.
const WEAK: &str = "W/";

/// An entity tag: strong, unless it was weakened.
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

    /// The same for an answer whose bytes may be written in another way that reads the same.
    pub(in crate::http) fn weakened(self) -> Self {
        if self.0.starts_with(WEAK) { self } else { Self(format!("{WEAK}{}", self.0)) }
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
            entry == "*" || opaque_part(entry) == opaque_part(&self.0)
        })
    }
}

/// A tag without the mark of a weak one.
fn opaque_part(tag: &str) -> &str {
    tag.strip_prefix(WEAK).unwrap_or(tag)
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

    #[test]
    fn a_weak_tag_matches_itself_and_the_strong_one() {
        let strong = EntityTag::of(&["a", "b"]);
        let weak = strong.clone().weakened();
        assert_eq!(weak.as_str(), format!("W/{}", strong.as_str()));
        assert_eq!(weak.clone().weakened(), weak);
        for sent in [strong.as_str(), weak.as_str()] {
            let headers = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_str(sent).unwrap())]);
            assert!(weak.matches_request(&headers), "{sent}");
        }
    }
}

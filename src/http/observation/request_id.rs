//! The id by which a request is found in the logs of a proxy, of this server and of its clients.
//!
//! In: the header `X-Request-Id`, as a proxy or a client sets it. Out: the same where it is plain, else one of our own.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// The header with the id, of requests and of answers.
pub(in crate::http) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// No id of others is longer: a UUID has 36 letters, a trace id 32.
const MAX_BYTES: usize = 64;

/// What ids of this process begin with, so that those of another start are others.
static START: LazyLock<u32> = LazyLock::new(|| {
    let mut bytes = [0; 4];
    // Without random bytes ids are still told apart within one start.
    getrandom::fill(&mut bytes).map_or(0, |()| u32::from_le_bytes(bytes))
});
static NEXT: AtomicU64 = AtomicU64::new(1);

/// The id of a request: the one that it came with, or a new one.
pub(in crate::http) fn request_id(headers: &HeaderMap) -> HeaderValue {
    let mut given = headers.get_all(X_REQUEST_ID).iter();
    match (given.next(), given.next()) {
        (Some(id), None) if is_plain(id.as_bytes()) => id.clone(),
        _ => fresh(),
    }
}

fn fresh() -> HeaderValue {
    let id = format!("{:08x}-{:x}", *START, NEXT.fetch_add(1, Ordering::Relaxed));
    HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("none"))
}

/// Whether an id can stand in a log as it is.
fn is_plain(id: &[u8]) -> bool {
    (1..=MAX_BYTES).contains(&id.len()) && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(given: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for id in given {
            headers.append(X_REQUEST_ID, HeaderValue::from_static(id));
        }
        request_id(&headers).to_str().unwrap().to_owned()
    }

    #[test]
    fn a_plain_id_is_taken_and_any_other_replaced() {
        for id in ["a", "7b3f0c0e-2c4e-4b44-9c1b-1d1f7f0b9a10", "trace_1".replace('_', "-").leak()] {
            assert_eq!(of(&[id]), id);
        }
        let long = "x".repeat(65).leak();
        for given in [&[][..], &[""], &["a b"], &["a\"b"], &["a", "b"], &[long], &["<script>"]] {
            let made = of(given);
            assert!(!given.contains(&made.as_str()) && is_plain(made.as_bytes()), "{given:?}: {made}");
        }
    }

    #[test]
    fn ids_of_ours_differ() {
        assert_ne!(of(&[]), of(&[]));
    }
}

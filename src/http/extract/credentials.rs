//! Who sends a request: by a token of the configuration, a token of the provider of sign-ins, or a signed address of tiles.
//!
//! In: a request as it was received. Out: the holder of what it presents; anybody where it presents nothing. What is
//! presented and opens nothing is refused, never passed over, and two things at once are one too many.

use std::sync::Arc;

use jiff::Timestamp;

use super::access::{HolderNames, Surroundings, TokenHolder, presented};
use super::received::Received;
use super::tile_signature::{SignedBy, is_signed};
use crate::http::error::ApiError;
use crate::http::identity::provider::IdentityProvider;
use crate::http::state::AppState;

/// Who sends a request.
///
/// # Errors
/// When what it presents opens nothing, or nothing now.
pub(in crate::http) fn holder(
    received: Received<'_>,
    state: &AppState,
    surroundings: Surroundings,
) -> Result<TokenHolder, ApiError> {
    let query = received.uri.query();
    match presented(received.headers)? {
        Some(_) if is_signed(query) => Err(ApiError::InvalidToken),
        Some(token) => holder_of_token(token, state, surroundings),
        None if is_signed(query) => holder_of_address(received, state, surroundings),
        None => Ok(TokenHolder::anonymous()),
    }
}

fn holder_of_token(token: &str, state: &AppState, surroundings: Surroundings) -> Result<TokenHolder, ApiError> {
    let now_s = Timestamp::now().as_second();
    if let Some(found) = state.access().holder(token, surroundings, now_s) {
        return found;
    }
    state.identity.as_ref().map_or(Err(ApiError::InvalidToken), |provider| provider.holder(token, now_s))
}

/// Who had an address signed, with the role that it was signed for. The signature is good for as long as its maker's own
/// token: whoever is taken off the list takes his templates along.
fn holder_of_address(
    received: Received<'_>,
    state: &AppState,
    surroundings: Surroundings,
) -> Result<TokenHolder, ApiError> {
    let path = received.uri.path().strip_prefix(state.site.base_path.as_str()).unwrap_or_default();
    // Elsewhere the parameter is one that the route does not know.
    let Some(tileset) = tileset_of(path) else { return Ok(TokenHolder::anonymous()) };
    let now_s = Timestamp::now().as_second();
    let query = received.uri.query().unwrap_or_default();
    let SignedBy { role, token_id, label } =
        state.signing_key().and_then(|key| key.verified(tileset, query, now_s)).ok_or(ApiError::InvalidToken)?;
    if let Some(maker) = state.access().holder_of_fingerprint(&token_id, surroundings, now_s) {
        return if maker.role >= role { Ok(maker.standing_in(role)) } else { Err(ApiError::InvalidToken) };
    }
    if state.identity.is_none() || !IdentityProvider::names(&token_id) {
        return Err(ApiError::InvalidToken);
    }
    let names = HolderNames { label: label.into(), token_id: Arc::from(token_id) };
    Ok(TokenHolder::new(role, names, None))
}

/// The tileset in the path of a tile.
fn tileset_of(path: &str) -> Option<&str> {
    let mut parts = path.strip_prefix("/tiles/")?.split('/');
    let tileset = parts.next()?;
    (parts.count() == 3).then_some(tileset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_path_of_a_tile_names_its_tileset() {
        assert_eq!(tileset_of("/tiles/incidents/9/1/2"), Some("incidents"));
        for other in ["/tiles/incidents", "/tiles/incidents/9/1", "/tiles/incidents/9/1/2/3", "/incidents", ""] {
            assert_eq!(tileset_of(other), None, "{other}");
        }
    }
}

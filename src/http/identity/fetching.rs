//! What a provider says of itself, fetched: its description, its keys. Blocks.

use std::time::Duration;

use serde::Deserialize;

use super::key_set::KeySet;
use crate::config::OidcSettings;

/// How long a provider may take.
const TIMEOUT: Duration = Duration::from_secs(8);
/// No description and no key set is larger.
const MOST_BYTES: u64 = 512 * 1024;

/// What a provider says of itself, as far as it is needed here.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Description {
    issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    jwks_uri: String,
}

/// Why a provider cannot be used now.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    #[error("{address}: {cause}")]
    Unreachable { address: String, cause: Box<ureq::Error> },
    #[error("{address}: what it says cannot be read: {cause}")]
    Unreadable { address: String, cause: serde_json::Error },
    #[error("{address}: it calls itself {said:?}, not as the configuration does")]
    OtherIssuer { address: String, said: String },
    #[error("{address}: an address of a provider begins with https://")]
    Insecure { address: String },
    #[error("{address}: none of its keys signs with RS256 or ES256")]
    NoKeys { address: String },
}

/// A client for all that a provider says. Addresses that it sends elsewhere are not followed: keys come from where it
/// says that they are.
pub(super) fn client() -> ureq::Agent {
    ureq::Agent::config_builder().timeout_global(Some(TIMEOUT)).max_redirects(0).build().new_agent()
}

/// The description of the configured provider and its keys.
///
/// # Errors
/// When either cannot be had, or is somebody else's.
pub(super) fn described(client: &ureq::Agent, settings: &OidcSettings) -> Result<(Description, KeySet), FetchError> {
    let address = format!("{}/.well-known/openid-configuration", settings.issuer.trim_end_matches('/'));
    let description: Description = parsed(&address, &fetched(client, &address)?)?;
    if description.issuer != settings.issuer {
        return Err(FetchError::OtherIssuer { address, said: description.issuer });
    }
    let is_local = settings.issuer.starts_with("http://");
    let endpoints = [&description.authorization_endpoint, &description.token_endpoint, &description.jwks_uri];
    if let Some(insecure) = endpoints.into_iter().find(|address| !address.starts_with("https://") && !is_local) {
        return Err(FetchError::Insecure { address: insecure.clone() });
    }
    let keys = keys(client, &description.jwks_uri)?;
    Ok((description, keys))
}

fn keys(client: &ureq::Agent, address: &str) -> Result<KeySet, FetchError> {
    let document = fetched(client, address)?;
    let keys = KeySet::read(&document);
    let keys = keys.map_err(|cause| FetchError::Unreadable { address: address.to_owned(), cause })?;
    if keys.len() == 0 { Err(FetchError::NoKeys { address: address.to_owned() }) } else { Ok(keys) }
}

fn fetched(client: &ureq::Agent, address: &str) -> Result<Vec<u8>, FetchError> {
    let unreachable = |cause| FetchError::Unreachable { address: address.to_owned(), cause: Box::new(cause) };
    let mut answer = client.get(address).header("Accept", "application/json").call().map_err(unreachable)?;
    answer.body_mut().with_config().limit(MOST_BYTES).read_to_vec().map_err(unreachable)
}

fn parsed<T: for<'de> Deserialize<'de>>(address: &str, document: &[u8]) -> Result<T, FetchError> {
    serde_json::from_slice(document).map_err(|cause| FetchError::Unreadable { address: address.to_owned(), cause })
}

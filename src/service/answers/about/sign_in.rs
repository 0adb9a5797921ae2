//! How somebody signs in: what the page needs to know of the provider, which is nothing secret.
//!
//! In: the settings of the provider and what it says of itself. Out: the answer of `/sign-in`.

use serde::Serialize;
use utoipa::ToSchema;

/// How somebody signs in.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub(crate) struct SignInAnswer {
    /// The provider at which people sign in; null where only tokens open roles.
    #[schema(required)]
    pub(crate) provider: Option<SignInProviderAnswer>,
}

/// A provider of sign-ins (OpenID Connect), and the page as its public client.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SignInProviderAnswer {
    /// What it is called.
    pub(crate) label: String,
    /// Its name in its tokens.
    pub(crate) issuer: String,
    /// How the page is registered there.
    pub(crate) client_id: String,
    /// What the page asks for.
    pub(crate) scopes: Vec<String>,
    /// Which of its tokens the page sends.
    pub(crate) token: SignInTokenAnswer,
    /// Whether it can be asked now; where it cannot, tokens of the configuration go on working.
    pub(crate) available: bool,
    /// Where somebody signs in; null until the provider has said so.
    #[schema(required)]
    pub(crate) authorization_endpoint: Option<String>,
    /// Where the page gets its tokens; null until the provider has said so.
    #[schema(required)]
    pub(crate) token_endpoint: Option<String>,
}

/// Which of the provider's tokens the page sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SignInTokenAnswer {
    /// The access token.
    AccessToken,
    /// The ID token.
    IdToken,
}

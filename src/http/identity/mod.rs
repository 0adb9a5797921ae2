//! The provider of sign-ins (OpenID Connect): whose tokens are believed beside those of the configuration.
//!
//! In: the settings, and what the provider says of itself over HTTP. Out: the holder of a token that it signed. Its keys
//! are fetched beside the requests, kept, and fetched anew when a token names one that is not known, no more often than
//! the settings say. While it is away, what is known stays in use, and all other tokens work as ever.
//!
//! # Reference
//! OpenID Connect Core 1.0; OpenID Connect Discovery 1.0, 4; RFC 7519; RFC 9068.

mod claims;
mod fetching;
mod key_set;
pub mod keys_at_hand;
pub mod provider;
mod web_token;

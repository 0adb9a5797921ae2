//! Who may have which role: tokens of the configuration, and the provider of sign-ins.
//!
//! In: the tables `[[tokens]]` and `[oidc]`. Out: checked entries. What a role opens is not decided here.

mod oidc;
mod roles;
mod tokens;

pub(super) use oidc::OidcTable;
pub use oidc::{OidcSettings, PageToken};
pub use tokens::TokenEntry;
pub(super) use tokens::TokenTable;

//! The tokens that open roles, for operators: never a token, only what tells one from another.
//!
//! In: the access list as the server counts its use. Out: the answer of `/tokens`.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::imports::moment;
use crate::domain::role::Role;

/// The tokens in use.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TokensAnswer {
    /// When the server began to count requests.
    #[schema(format = DateTime)]
    counted_since: String,
    /// Those of the configuration in its order, then those that open the sample from this machine.
    tokens: Vec<TokenAnswer>,
}

/// A token, without the token.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TokenAnswer {
    /// Who holds it, as the configuration says.
    pub(crate) label: String,
    /// The role that it opens.
    pub(crate) role: Role,
    /// The first eight hexadecimal digits of its SHA-256, by which its entry in the configuration is found.
    pub(crate) fingerprint: String,
    /// Where it opens anything.
    pub(crate) scope: TokenScopeAnswer,
    /// From when on it is good; null where always.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    pub(crate) not_before: Option<String>,
    /// From when on it is no longer; null where never.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    pub(crate) expires: Option<String>,
    /// Whether it is good now.
    pub(crate) state: TokenStateAnswer,
    /// Requests with it that were answered since the server began to count.
    pub(crate) requests: u64,
    /// The day of the last of them; null where there was none.
    #[schema(value_type = Option<String>, format = Date, required)]
    pub(crate) last_used_on: Option<Date>,
}

/// Whether a token is good now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenStateAnswer {
    /// It is.
    Valid,
    /// Not yet.
    NotYetValid,
    /// No longer.
    Expired,
}

/// Where a token opens its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenScopeAnswer {
    /// Everywhere.
    Full,
    /// From this machine, as long as the sample is served.
    LocalSample,
}

impl TokensAnswer {
    /// Tokens whose requests were counted since a moment.
    pub(crate) fn of(counted_since_s: i64, tokens: Vec<TokenAnswer>) -> Self {
        Self { counted_since: moment(counted_since_s), tokens }
    }
}

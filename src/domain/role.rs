//! Roles: who is asking, and what may leave the server for them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The four roles, each allowed all that the former is allowed to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Anybody: released aggregates, small counts hidden.
    #[default]
    Public,
    /// Unsuppressed aggregates for any filter.
    Planner,
    /// Incident points as well.
    Commander,
    /// Writes as well.
    Operator,
}

impl Role {
    /// Every role, the least privileged first.
    pub const ALL: [Self; 4] = [Self::Public, Self::Planner, Self::Commander, Self::Operator];

    /// The word for the role in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Planner => "planner",
            Self::Commander => "commander",
            Self::Operator => "operator",
        }
    }

    /// Whether the role sees counts of one to four and may choose any filter.
    pub fn sees_small_counts(self) -> bool {
        self >= Self::Planner
    }

    /// Whether the role sees where a community model stands.
    pub fn sees_model_positions(self) -> bool {
        self >= Self::Planner
    }

    /// Whether the role sees single incidents as points.
    pub fn sees_incident_points(self) -> bool {
        self >= Self::Commander
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a text is not a role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("role {0:?} is none of public, planner, commander, operator")]
pub struct RoleError(String);

impl FromStr for Role {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|role| role.as_str() == text);
        found.ok_or_else(|| RoleError(text.to_owned()))
    }
}

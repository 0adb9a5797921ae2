//! Refusals as documents (RFC 9457), and what a kind of them means.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::role::Role;
use crate::domain::text::Names;
use crate::domain::time::period::PeriodDates;
use crate::service::answers::writing::RejectedFeature;

/// Why a request gets no answer, in the language of the client.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ProblemAnswer {
    /// The address that explains the kind of problem.
    #[serde(rename = "type")]
    pub(crate) kind_url: String,
    /// The kind of problem in a few words.
    pub(crate) title: String,
    /// The status code of HTTP.
    pub(crate) status: u16,
    /// What is wrong with this request.
    pub(crate) detail: String,
    /// The path that was asked for.
    pub(crate) instance: String,
    #[serde(flatten)]
    pub(crate) members: ProblemMembers,
}

/// The members of a problem that a program can use; each is there only where the kind has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ProblemMembers {
    /// The parameter that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parameter: Option<String>,
    /// The member of the body that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<String>,
    /// The parameters that the address takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) allowed: Option<Vec<&'static str>>,
    /// The values there are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) known: Vec<String>,
    /// What the public may ask for instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) released: Option<Vec<String>>,
    /// The days on which incidents are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) covered: Option<Vec<PeriodDates>>,
    /// The role that is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) needed: Option<Role>,
    /// The role of who asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) role: Option<Role>,
    /// The features that were not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rejected: Option<Vec<RejectedFeature>>,
    /// The version of what was to be changed, as it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<String>,
    /// The media types that are offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) offered: Option<Vec<&'static str>>,
}

/// What a kind of problem means.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ProblemKindAnswer {
    /// The last part of the address of the kind.
    pub(crate) kind: &'static str,
    /// The kind in a few words.
    pub(crate) title: Names,
    /// What it means.
    pub(crate) description: Names,
}
